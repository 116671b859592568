import Geo
import Planning
import Travel
import Words

/// The map of what a scenario changes: places gained and lost, points opened, closed and moved, over the county as it is.
struct ScenarioMap {
  let outcome: ScenarioOutcome
  let language: Language

  static let green = "#009E73"
  /// A place that becomes served: a green disc.
  static let gained = MapSymbol(
    mark: "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", fill: green, stroke: "#004D38", strokeWidth: "1")
  /// A place that is no longer served: a heavy cross.
  static let lost = MapSymbol(
    mark: "m-5-5l10 10m0-10l-10 10", fill: "none", stroke: MapSymbol.vermillion, strokeWidth: "3.2")
  /// A place served before and after: a small gray dot.
  static let served = MapSymbol(mark: "h0", fill: "none", stroke: "#9AB4C4", strokeWidth: "3")
  /// A place served neither before nor after: a small gray cross.
  static let unserved = MapSymbol(
    mark: "m-2-2l4 4m0-4l-4 4", fill: "none", stroke: "#A8927F", strokeWidth: "1.2")
  /// A point that stays: a small ring.
  static let stays = MapSymbol(
    mark: "m-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0z", fill: "#fff", stroke: "#777", strokeWidth: ".8")
  /// A point that opens: a blue square with a plus.
  static let opened = MapSymbol(
    mark: "m-7-7h14v14h-14zm7 3v8m-4-4h8", fill: "#CFE8F7", stroke: MapSymbol.blue, strokeWidth: "2")
  /// A point that closes: a black square struck out.
  static let closed = MapSymbol(
    mark: "m-6-6h12v12h-12zm0 0l12 12m0-12l-12 12", fill: "#fff", stroke: "#000", strokeWidth: "2")
  /// Where a point moves to, and one of which something else is said: a diamond.
  static let altered = MapSymbol(
    mark: "m0-7l7 7l-7 7l-7-7z", fill: "#E69F00", stroke: "#000", strokeWidth: "1.2")

  /// The drawing as an SVG element that stands alone.
  ///
  /// - Complexity: O(*places* + *points* + *corners of boundaries and roads*).
  func svg() -> String {
    let network = outcome.network
    let projection = MapProjection(showing: MapDrawing.extent(of: network))
    let entries = legend(projection)
    let sheet = MapSheet(
      projection: projection, title: ScenarioWord.mapOfChanges[language],
      description: entries.map { "\($0.word[language]) \(Figures.whole($0.positions.count))" }
        .joined(separator: ReportSentences(language).separator))
    return sheet.svg(
      legendHeight: (entries.count + 3) / 4 * 26 + 16, ground: { ground(sheet, on: &$0) }
    ) { legend in
      for (index, entry) in entries.enumerated() {
        let x = index % 4 * 250 + 22
        let y = projection.height + 26 + index / 4 * 26
        entry.symbol.draw(at: [SheetPosition(x: x * 10, y: y * 10)], on: &legend)
        legend.element(
          "text", ["x": "\(x + 18)", "y": "\(y + 5)"],
          "\(entry.word[language]) \(Figures.whole(entry.positions.count))")
      }
    }
  }

  private func ground(_ sheet: MapSheet, on window: inout MarkupWriter) {
    let (network, projection) = (outcome.network, sheet.projection)
    sheet.outline(
      network.boundaries, where: { $0 == "county" }, fill: "#fff", stroke: "none", width: "0", on: &window)
    outcome.networkBefore.roads.map {
      MapRoads(of: $0.file.network, in: projection, enlarged: false).draw(on: &window)
    }
    sheet.outlineTownshipsAndCounty(network.boundaries, on: &window)
    drawMoves(projection, on: &window)
    for entry in legend(projection) { entry.symbol.draw(at: entry.positions, on: &window) }
    let furniture = MapFurniture(projection: projection, language: language)
    var labels = MapLabels(in: projection)
    furniture.reserve(in: &labels)
    for point in outcome.opened + outcome.closed + outcome.moved {
      // Beside the sign, not over it.
      let sign = spot(network.points, point, projection)
      labels.add(network.points.ids[point], at: SheetPosition(x: sign.x, y: sign.y - 180))
    }
    labels.draw(on: &window)
    furniture.draw(
      isSynthetic: network.sources.contains(where: \.isSynthetic),
      attributions: network.attributions(drawsRoads: network.roads != nil), on: &window)
  }

  /// A line from where each moved point was to where it is.
  private func drawMoves(_ projection: MapProjection, on sheet: inout MarkupWriter) {
    guard !outcome.moved.isEmpty else { return }
    var path = PathData()
    for point in outcome.moved {
      path.line([
        spot(outcome.networkBefore.points, point, projection),
        spot(outcome.network.points, point, projection),
      ])
    }
    sheet.empty(
      "path",
      ["d": path.text, "fill": "none", "stroke": "#000", "stroke-width": "1.6", "stroke-dasharray": "4 2"])
  }

  private struct Entry {
    let symbol: MapSymbol
    let word: Bilingual
    let positions: [SheetPosition]
  }

  /// What occurs, in the order in which it is drawn: what changes comes last.
  private func legend(_ projection: MapProjection) -> [Entry] {
    let (places, points) = (outcome.network.places, outcome.network.points)
    let (before, after) = (outcome.before.isServed, outcome.after.isServed)
    func signs(_ isMeant: (Int) -> Bool) -> [SheetPosition] {
      (0..<places.count).filter(isMeant).map {
        projection.position(latitude: places.latitudes[$0], longitude: places.longitudes[$0])
      }.filter(projection.shows)
    }
    func spots(_ positions: [Int]) -> [SheetPosition] {
      positions.map { spot(points, $0, projection) }.filter(projection.shows)
    }
    let changed = Set(outcome.opened + outcome.closed + outcome.moved + outcome.altered)
    let stays = (0..<points.count).filter { !changed.contains($0) && outcome.after.counts[$0] }
    return [
      Entry(
        symbol: Self.served, word: ScenarioWord.servedBefore.words,
        positions: signs { before[$0] && after[$0] }),
      Entry(
        symbol: Self.unserved, word: ScenarioWord.unservedBefore.words,
        positions: signs { !before[$0] && !after[$0] }),
      Entry(
        symbol: Self.stays, word: ScenarioWord.pointStays.words, positions: spots(stays)),
      Entry(
        symbol: Self.altered, word: ScenarioWord.pointAltered.words,
        positions: spots(outcome.moved + outcome.altered)),
      Entry(
        symbol: Self.closed, word: ScenarioWord.pointClosed.words,
        positions: spots(outcome.closed)),
      Entry(
        symbol: Self.opened, word: ScenarioWord.pointOpened.words,
        positions: spots(outcome.opened)),
      Entry(
        symbol: Self.gained, word: ScenarioWord.placeGained.words,
        positions: signs { !before[$0] && after[$0] }),
      Entry(
        symbol: Self.lost, word: ScenarioWord.placeLost.words,
        positions: signs { before[$0] && !after[$0] }),
    ].filter { !$0.positions.isEmpty }
  }

  private func spot(_ points: PointTable, _ point: Int, _ projection: MapProjection) -> SheetPosition {
    projection.position(latitude: points.latitudes[point], longitude: points.longitudes[point])
  }

}
