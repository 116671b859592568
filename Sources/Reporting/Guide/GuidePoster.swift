import Geo
import Planning
import Words

/// The poster of a township, A3 across: the map of all its points, and their list by kind; long lists go on on pages of
/// their own.
struct GuidePoster {
  let document: GuideDocument
  let township: GuideDocument.Township
  /// The position of the township in the document, which names its pages and its anchor.
  let number: Int

  /// How high a column of the list is, in tenths of a millimeter.
  private static let columnHeight = 2_360

  private var language: Language { document.language }
  private var points: PointTable { document.network.points }
  private var places: PlaceTable { document.network.places }

  /// The points of one kind as far as they stand in one column.
  private struct Group {
    var kind: PointKind
    var isContinued: Bool
    /// Positions in `township.points`, which are the numbers less one.
    var rows: [Int]
  }

  /// The sizes of letters of the list, in tenths of a point, the largest first: the one by which it fits on one page is taken,
  /// else the smallest.
  private static let sizes = [110, 95, 80]

  func html() -> String {
    let lists = Self.sizes.lazy.map { (size: $0, columns: self.columns(size: $0)) }
    let (size, columns) = lists.first { $0.columns.count <= 1 } ?? (80, self.columns(size: 80))
    var html = MarkupWriter()
    html.element("section", ["class": "page poster w\(number)", "id": "t\(number)"]) { html in
      writeHead("h1", GuideWord.posterTitle[language], to: &html)
      html.element("div", ["class": "wall"]) { html in
        html.element("div", ["class": "map"]) { html in
          html.element("figure") { $0.embed(map().svg(roads: document.network.roads, document.cells)) }
          writeChannels(to: &html)
        }
        html.element("div", ["class": "list"]) { html in
          if columns.isEmpty { html.element("p", GuideWord.noPoints[language]) }
          if let first = columns.first { write(first, size: size, to: &html) }
        }
      }
      writeFoot(to: &html)
    }
    html.embed("\n")
    for start in stride(from: 1, to: columns.count, by: 2) {
      html.element("section", ["class": "page poster w\(number)"]) { html in
        writeHead("p", "\(GuideWord.posterTitle[language]) (\(GuideWord.continued[language]))", to: &html)
        html.element("div", ["class": "wall"]) { html in
          for column in columns[start..<min(columns.count, start + 2)] {
            html.element("div", ["class": "list"]) { write(column, size: size, to: &$0) }
          }
        }
        writeFoot(to: &html)
      }
      html.embed("\n")
    }
    return html.text
  }

  private func writeHead(_ element: String, _ title: String, to html: inout MarkupWriter) {
    html.element("header", ["class": "head"]) { html in
      html.element("div") { html in
        html.element(element, township.name)
        html.element("p", "\(GuideWord.title[language]) · \(title)")
      }
      html.element("div", ["class": "of"]) { html in
        html.element("p", document.pointCount(township.points.count))
        if document.isSynthetic { html.element("p", ["class": "made"], ReportWord.syntheticShort[language]) }
      }
    }
    html.embed("\n")
  }

  private func writeFoot(to html: inout MarkupWriter) {
    html.element("footer", ["class": "foot"]) { html in
      html.element("p", document.completenessLine)
      html.element("p", document.origin)
    }
  }

  private func writeChannels(to html: inout MarkupWriter) {
    let channels = document.channelsFromHome.prefix(GuideSheet.mostChannels)
    guard !channels.isEmpty else { return }
    html.element("div", ["class": "home"]) { html in
      html.element("h2", GuideWord.fromHome[language])
      html.element("p", channels.map(\.name).joined(separator: " · "))
    }
  }

  /// The list in columns of about a page's height, in letters of `tenths` of a point.
  private func columns(size tenths: Int) -> [[Group]] {
    var columns: [[Group]] = []
    var left = 0
    var last: PointKind?
    for (row, point) in township.points.enumerated() {
      let kind = points.kinds[point]
      // A point is 0.353 mm; lines are 1.22 letters high, and what stands above and below them is in proportion.
      let size = tenths * 353 / 1_000
      let lines = max(
        TextMeasure.lines(of: points.names[point], size: size, width: 460),
        TextMeasure.lines(of: points.methods[point].sentence(language), size: size, width: 410),
        TextMeasure.lines(
          of: [document.hours(of: point), document.phone(of: point)].compactMap(\.self).joined(
            separator: " "),
          size: size, width: 630))
      let height = max(lines * size * 125 / 100, 36) + size / 3 + 2
      let heading = size * 2 + 4
      if left < height + (kind == last ? 0 : heading) {
        columns.append([])
        left = Self.columnHeight - 60
        columns[columns.count - 1].append(Group(kind: kind, isContinued: kind == last, rows: []))
        left -= heading
      } else if kind != last {
        columns[columns.count - 1].append(Group(kind: kind, isContinued: false, rows: []))
        left -= heading
      }
      let column = columns.count - 1
      columns[column][columns[column].count - 1].rows.append(row)
      left -= height
      last = kind
    }
    return columns
  }

  private func write(_ groups: [Group], size: Int, to html: inout MarkupWriter) {
    html.element("table", ["class": "z\(size)"]) { html in
      html.element("thead") { html in
        html.element("tr") { html in
          for (style, word) in [
            ("n", GuideWord.number), ("p", .point), ("m", .methods), ("h", .hours),
          ] {
            html.element("th", ["scope": "col", "class": style], word[language])
          }
        }
      }
      for group in groups {
        html.element("tbody") { html in
          html.element("tr", ["class": "kind"]) { html in
            html.element("th", ["colspan": "4", "scope": "rowgroup"]) { html in
              document.writeSign(of: group.kind, to: &html)
              html.write(group.kind.words[language])
              if group.isContinued { html.write(" (\(GuideWord.continued[language]))") }
            }
          }
          for row in group.rows {
            let point = township.points[row]
            html.embed("\n")
            html.element("tr") { html in
              html.element("td", ["class": "n"]) { $0.element("span", ["class": "disk"], "\(row + 1)") }
              html.element("th", ["scope": "row", "class": "p"], points.names[point])
              html.element("td", ["class": "m"]) { document.writeMethods(of: point, to: &$0) }
              html.element("td", ["class": "h"]) { html in
                document.writeHours(of: point, isInLine: true, to: &html)
                guard let phone = document.phone(of: point) else { return }
                html.write(" ")
                html.element("span", ["class": "nb"], phone)
              }
            }
          }
        }
      }
    }
  }

  private func map() -> GuideMap {
    let outlines = document.network.boundaries.filter {
      $0.level == "township" && $0.name == places.townshipNames[township.index]
    }.flatMap(\.polygons)
    return GuideMap(
      title: GuideWord.posterMapTitle[language], language: language,
      marks: township.points.enumerated().map { row, point in
        GuideMap.Mark(
          number: row + 1, kind: points.kinds[point], position: points.coordinate(of: point),
          isShown: true)
      },
      names: villageNames(), mustShowNames: true, outlines: outlines, isSynthetic: document.isSynthetic,
      attributions: document.attributions, height: 1_010, letterSize: 12, mostCorners: 15_000)
  }

  /// The names of the township's villages where most of their people live, the largest first.
  private func villageNames() -> [(name: String, position: Coordinate<WGS84>)] {
    let members = (0..<places.count).filter { Int(places.townships[$0]) == township.index }
    return places.seats(ofVillagesOf: members).sorted {
      (places.customers[$1], $0) < (places.customers[$0], $1)
    }
    .compactMap { seat in
      let village = places.villageNames[Int(places.villages[seat])]
      return (village.isEmpty ? places.names[seat] : village, places.coordinate(of: seat))
    }
  }
}
