import Geo
import Planning
import Words

/// One sheet of A4: the ways to pay of a place, their map, and the ways that need no visit.
struct GuideSheet {
  let document: GuideDocument
  let sheet: PaymentGuide.Sheet
  /// Its position in the guide, which is its anchor.
  let number: Int
  /// The position of its township in the document, which names its pages.
  let section: Int

  /// How many rows a page has room for, and for large letters.
  static let mostRows = 12
  static let mostLargeRows = 5
  /// How many ways that need no visit it has room for.
  static let mostChannels = 20

  private var language: Language { document.language }
  private var isLarge: Bool { document.layout.isLarge }
  private var points: PointTable { document.network.points }
  private var places: PlaceTable { document.network.places }

  /// The ways that are shown: the nearest, then of the others as many as there is room for. In large letters the nearest four
  /// and the nearest business hall, which takes every way of paying; or the nearest five.
  var rows: [PaymentGuide.Way] {
    guard isLarge else {
      let most = Self.mostRows
      let near = sheet.ways.filter(\.isNearest).prefix(most)
      let others = sheet.ways.filter { !$0.isNearest }.prefix(most - near.count)
      return sheet.ways.filter { way in near.contains(way) || others.contains(way) }
    }
    let first = sheet.ways.prefix(Self.mostLargeRows)
    guard let hall = sheet.ways.first(where: { points.kinds[Int($0.point)] == .businessHall }),
      !first.contains(hall)
    else { return Array(first) }
    return first.dropLast() + [hall]
  }

  func html() -> String {
    let rows = rows
    var html = MarkupWriter()
    let style =
      "page sheet t\(section)"
      + (isLarge ? " large" : rows.count > Self.mostRoomyRows ? " dense" : "")
    html.element("section", ["class": style, "id": "s\(number)"]) { html in
      writeHead(to: &html)
      if rows.isEmpty {
        html.element("p", ["class": "none"], GuideWord.noWays[language])
      } else {
        write(rows, to: &html)
      }
      html.element("figure") { $0.embed(map(rows).svg(roads: document.network.roads, document.cells)) }
      html.embed("\n")
      writeChannels(to: &html)
      html.element("footer", ["class": "foot"]) { html in
        html.element("p", document.definition(of: sheet, dropped: sheet.ways.count - rows.count))
        html.element("p", document.origin)
      }
    }
    html.embed("\n")
    return html.text
  }

  private func writeHead(to html: inout MarkupWriter) {
    let township = places.townshipNames[Int(places.townships[sheet.place])]
    html.element("header", ["class": "head"]) { html in
      html.element("div") { html in
        html.element("h2", document.name(of: sheet))
        html.element("p", GuideWord.sheetTitle[language])
      }
      html.element("div", ["class": "of"]) { html in
        if !township.isEmpty { html.element("p", township) }
        if document.layout.isByVillage {
          let seat = places.names[sheet.place]
          html.element("p", document.counted(from: seat))
        }
        if document.isSynthetic { html.element("p", ["class": "made"], ReportWord.syntheticShort[language]) }
      }
    }
    html.embed("\n")
  }

  /// What stands below a point's name, before its phone number: its kind, and in large letters what can be paid with.
  private func details(of point: Int) -> String {
    let kind = points.kinds[point].words[language]
    return isLarge ? "\(kind) · \(points.methods[point].sentence(language))" : kind
  }

  private func write(_ rows: [PaymentGuide.Way], to html: inout MarkupWriter) {
    let mode = document.guide.options.coverage.standard.mode(of: places.settings[sheet.place]).words[language]
    let isOnRoads = document.guide.options.coverage.travel == .roads
    html.element("table", ["class": "ways"]) { html in
      html.element("thead") { html in
        html.element("tr") { html in
          func head(_ style: String, _ word: String) {
            html.element("th", ["scope": "col", "class": style], word)
          }
          head("n", GuideWord.number[language])
          head("p", GuideWord.point[language])
          if !isLarge { head("m", GuideWord.methods[language]) }
          head("t", document.minutesHead(mode, onRoads: isOnRoads))
          head("d", document.distanceHead(withHours: isLarge))
          if !isLarge { head("h", GuideWord.hours[language]) }
        }
      }
      html.element("tbody") { html in
        for (index, way) in rows.enumerated() {
          let point = Int(way.point)
          html.embed("\n")
          html.element("tr") { html in
            html.element("td", ["class": "n"]) { $0.element("span", ["class": "disk"], "\(index + 1)") }
            html.element("th", ["scope": "row", "class": "p"]) { html in
              document.writeSign(of: points.kinds[point], to: &html)
              html.element("b", points.names[point])
              html.write(" ")
              html.element("small") { html in
                html.write(details(of: point))
                guard let phone = document.phone(of: point) else { return }
                html.write(" · ")
                html.element("span", ["class": "nb"], phone)
              }
            }
            if !isLarge { html.element("td", ["class": "m"]) { document.writeMethods(of: point, to: &$0) } }
            html.element("td", ["class": "t"]) { html in
              html.element("b", Figures.whole(way.minutes))
              html.write(" " + GuideWord.toTheNearest[language])
              if isOnRoads, !isLarge {
                html.element("small", RoundedDistance(meters: Int(way.meters)).words[language])
              }
            }
            html.element("td", ["class": "d"]) { html in
              html.write(way.directionWords[language])
              if isLarge { html.element("small") { document.writeHours(of: point, to: &$0) } }
            }
            if !isLarge { html.element("td", ["class": "h"]) { document.writeHours(of: point, to: &$0) } }
          }
        }
      }
    }
    html.embed("\n")
  }

  private func writeChannels(to html: inout MarkupWriter) {
    let channels = document.channelsFromHome
    guard !channels.isEmpty else { return }
    let shown = channels.prefix(Self.mostChannels)
    html.element("div", ["class": "home"]) { html in
      html.element("h3", GuideWord.fromHome[language])
      guard !isLarge else {
        html.element("p", shown.map(\.name).joined(separator: " · "))
        return
      }
      html.element("div", ["class": "two"]) { html in
        let half = (shown.count + 1) / 2
        for part in [shown.prefix(half), shown.dropFirst(half)] where !part.isEmpty {
          html.element("table") { html in
            html.element("thead") { html in
              html.element("tr") { html in
                for word in [GuideWord.channel, .medium, .provider] {
                  html.element("th", ["scope": "col"], word[language])
                }
              }
            }
            html.element("tbody") { html in
              for channel in part {
                html.element("tr") { html in
                  html.element("th", ["scope": "row"], channel.name)
                  html.element("td", channel.mediumWords(language))
                  html.element("td", channel.provider.isEmpty ? Figures.missing : channel.provider)
                }
              }
            }
          }
        }
      }
    }
    html.embed("\n")
  }

  private func map(_ rows: [PaymentGuide.Way]) -> GuideMap {
    GuideMap(
      title: GuideWord.mapTitle[language], language: language,
      marks: rows.enumerated().map { index, way in
        GuideMap.Mark(
          number: index + 1, kind: points.kinds[Int(way.point)],
          position: points.coordinate(of: Int(way.point)), isShown: way.isNearest)
      },
      home: places.coordinate(of: sheet.place), names: villages(of: rows), isSynthetic: false,
      attributions: document.attributions,
      height: mapHeight(rows), letterSize: isLarge ? 24 : 16, mostCorners: 2_500)
  }

  /// The other villages whose points are listed, each once, at the places the points are assigned to.
  private func villages(of rows: [PaymentGuide.Way]) -> [(name: String, position: Coordinate<WGS84>)] {
    var known: Set<Int32> = [places.villages[sheet.place]]
    return rows.compactMap { way in
      let place = Int(points.places[Int(way.point)])
      guard place >= 0, known.insert(places.villages[place]).inserted else { return nil }
      let name = places.villageNames[Int(places.villages[place])]
      return name.isEmpty ? nil : (name, places.coordinate(of: place))
    }
  }

  /// Above this number of rows letters are smaller.
  private static let mostRoomyRows = 7

  /// The height of the map in units of a sheet 186 mm wide: what the page leaves, as far as that can be told before a browser
  /// has set the text; the browser then fits the drawing into what there is.
  private func mapHeight(_ rows: [PaymentGuide.Way]) -> Int {
    // All in tenths of a millimeter, letters and columns as `GuideStyle` has them.
    let isDense = !isLarge && rows.count > Self.mostRoomyRows
    let sizes =
      isLarge
      ? (text: 49, name: 60, small: 44)
      : isDense ? (text: 28, name: 32, small: 27) : (text: 34, name: 37, small: 30)
    let widths =
      isLarge ? (point: 700, methods: 700, direction: 610) : (point: 480, methods: 250, direction: 300)
    var used = isLarge ? 370 : isDense ? 280 : 345
    for way in rows {
      let point = Int(way.point)
      func height(_ text: String, _ size: Int, _ width: Int) -> Int {
        TextMeasure.lines(of: text, size: size, width: width) * size * 13 / 10
      }
      // The sign before the name is as wide as a letter.
      let name = "\u{3000}" + points.names[point]
      let kind = [details(of: point), document.phone(of: point)].compactMap(\.self).joined(separator: " · ")
      let first =
        isDense
        ? height("\(name) \(kind)", sizes.name, widths.point)
        : height(name, sizes.name, widths.point) + height(kind, sizes.small, widths.point)
      let methods = isLarge ? 0 : height(points.methods[point].sentence(language), sizes.text, widths.methods)
      let direction = height(way.directionWords[language], sizes.text, widths.direction)
      let lines = document.hourLines(
        of: point, size: isLarge ? sizes.small : sizes.text, width: isLarge ? widths.direction : 400)
      let hours = lines * (isLarge ? sizes.small : sizes.text) * 13 / 10
      let minutes = isLarge || guideIsStraight ? 0 : isDense ? 78 : 105
      used += max(first, methods, isLarge ? direction + hours : max(direction, hours), minutes)
      used += isLarge ? 8 : isDense ? 20 : 28
    }
    let channels = min(Self.mostChannels, document.channelsFromHome.count)
    used += channels == 0 ? 0 : isLarge ? 240 : 110 + (channels + 1) / 2 * 46
    used += isLarge ? 160 : language == .english ? 180 : 150
    return max(300, min(1_050, (2_715 - used) * 1_000 / 1_860))
  }

  private var guideIsStraight: Bool { document.guide.options.coverage.travel == .straight }
}
