import Planning
import Words

/// What the signs of a map mean: only those that occur, each with its number.
struct MapLegend {
  private enum Sign {
    case symbol(MapSymbol)
    case line(stroke: String, width: String, dash: String)
    case area
    case roads([MapRoads.Rank])
  }

  private struct Entry {
    var sign: Sign
    var text: String
  }

  private var entries: [Entry] = []
  private let top: Int
  private static let columns = 4
  private static let rowHeight = 24

  /// The room it takes below the map, in units.
  var height: Int {
    entries.isEmpty ? 0 : (entries.count + Self.columns - 1) / Self.columns * Self.rowHeight + 16
  }

  /// Lists what occurs on `map`.
  init(of map: MapDrawing) {
    top = map.projection.height
    let language = map.language
    func add(_ symbol: MapSymbol, _ word: String, _ count: Int) {
      if count > 0 { entries.append(Entry(sign: .symbol(symbol), text: "\(word) \(Figures.whole(count))")) }
    }
    let isInCells = map.places.areCells
    add(
      .served, (isInCells ? ReportWord.servedCells : .servedPlaces)[language], map.places.served.count)
    add(.partlyServed, ReportWord.partlyServedCells[language], map.places.partly.count)
    add(
      .unserved, (isInCells ? ReportWord.unservedCells : .unservedPlaces)[language], map.places.unserved.count
    )
    if !map.circles.isEmpty { entries.append(Entry(sign: .area, text: ReportWord.circleArea[language])) }
    if !map.points.areLeftOut {
      for kind in PointKind.allCases {
        add(.point(kind), kind.words[language], map.points.kinds[Int(kind.rawValue)].count)
      }
      add(.notCounting, ReportWord.notCounting[language], map.points.others.count)
    }
    if let roads = map.roads, !roads.isEmpty {
      entries.append(Entry(sign: .roads(roads.ranks), text: ReportWord.roads[language]))
    }
    if map.network.boundaries.contains(where: { $0.level == "county" }) {
      entries.append(
        Entry(
          sign: .line(stroke: "#333", width: "2.2", dash: "none"), text: ReportWord.countyOutline[language]))
    }
    if map.network.boundaries.contains(where: { $0.level == "township" }) {
      entries.append(
        Entry(
          sign: .line(stroke: "#8A8A8A", width: "1", dash: "5 3"), text: ReportWord.townshipOutline[language])
      )
    }
  }

  /// Draws it below the map, row by row.
  func draw(on sheet: inout MarkupWriter) {
    let columnWidth = MapProjection.width / Self.columns
    for (index, entry) in entries.enumerated() {
      let x = index % Self.columns * columnWidth + 22
      let y = top + 24 + index / Self.columns * Self.rowHeight
      switch entry.sign {
      case .symbol(let symbol): symbol.draw(at: [SheetPosition(x: x * 10, y: y * 10)], on: &sheet)
      case .line(let stroke, let width, let dash):
        sheet.empty(
          "path",
          [
            "d": "M\(x - 12) \(y)h24", "fill": "none", "stroke": stroke, "stroke-width": width,
            "stroke-dasharray": dash,
          ])
      case .roads(let ranks):
        // One stroke over the other, the one that matters most above, as many as the map has.
        for (index, rank) in ranks.reversed().enumerated() {
          let stroke = (2 * index + 1 - ranks.count) * 30
          sheet.empty(
            "path",
            [
              "d": "M\(x - 12) \(PathData.number(y * 10 + stroke))h24", "fill": "none", "stroke": rank.stroke,
              "stroke-width": PathData.number(rank.width(enlarged: false)), "stroke-linecap": "round",
            ])
        }
      case .area:
        sheet.empty(
          "rect",
          [
            "x": "\(x - 12)", "y": "\(y - 7)", "width": "24", "height": "14", "rx": "6",
            "fill": MapSymbol.sky,
            "fill-opacity": ".28", "stroke": MapSymbol.blue, "stroke-opacity": ".5", "stroke-width": ".8",
          ])
      }
      sheet.element("text", ["x": "\(x + 20)", "y": "\(y + 5)"], entry.text)
    }
  }
}
