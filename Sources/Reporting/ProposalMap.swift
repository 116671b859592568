import Geo
import Planning
import Words

/// The map of a plan: the sites by number, who gets served by them, and who is still not.
struct ProposalMap {
  private let network: PaymentNetwork
  private let plan: KeptPlan
  private let language: Language
  private let projection: MapProjection
  private let still: PlaceSigns
  private let gained: [SheetPosition]
  private let points: [SheetPosition]

  /// A place that the plan serves.
  private static let newlyServed = MapSymbol(
    mark: "m-2.8 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0z", fill: "#009E73", stroke: "#004D38",
    strokeWidth: ".7")
  /// A point of today.
  private static let existing = MapSymbol(mark: "h0", fill: "none", stroke: "#8A8A8A", strokeWidth: "2.6")
  /// A pin that stands on a site and holds its number, so that the places around it stay in sight.
  private static let site = MapSymbol(
    mark: "l-5.6-11a8.5 8.5 0 1 1 11.2 0z", fill: "#A33F00", stroke: "#fff", strokeWidth: "1.2")
  /// How far above its site the middle of a number's line is, in tenths of a unit.
  private static let numberHeight = 132

  /// - Parameter gained: the places that the plan serves, as positions in the place table.
  init(
    of plan: KeptPlan, gained: [Int], in network: PaymentNetwork, coverage: Coverage, language: Language
  ) {
    (self.network, self.plan, self.language) = (network, plan, language)
    let projection = MapProjection(showing: MapDrawing.extent(of: network))
    self.projection = projection
    var after = coverage
    for place in gained { after.isServed[place] = true }
    still = PlaceSigns(of: network.places, coverage: after, in: projection)
    self.gained = gained.map {
      projection.position(latitude: network.places.latitudes[$0], longitude: network.places.longitudes[$0])
    }.filter(projection.shows)
    points = PointSigns(of: network.points, coverage: coverage, in: projection).kinds.flatMap(\.positions)
  }

  /// What the map shows, for a heading and for those who cannot see it.
  private var title: String { PlanWord.mapTitle[language] }

  /// The drawing as an SVG element that stands alone.
  func svg() -> String {
    sheet.svg(legendHeight: 44, ground: { drawGround(on: &$0) }, legend: { drawLegend(on: &$0) })
  }

  private var sheet: MapSheet {
    MapSheet(
      projection: projection, title: title,
      description: ReportSentences(language).proposalMap(
        sites: plan.sites.count, gained: gained.count, unserved: still.unserved.count))
  }

  private func drawGround(on window: inout MarkupWriter) {
    let (sheet, boundaries) = (self.sheet, network.boundaries)
    sheet.outline(
      boundaries, where: { $0 == "county" }, fill: "#fff", stroke: "#333", width: "2.2", on: &window)
    sheet.outline(
      boundaries, where: { $0 == "township" }, stroke: "#8A8A8A", width: "1", dash: "5 3", on: &window)
    Self.existing.draw(at: points, on: &window)
    MapSymbol.partlyServed.draw(at: still.partly, on: &window)
    MapSymbol.unserved.draw(at: still.unserved, on: &window)
    Self.newlyServed.draw(at: gained, on: &window)
    // The first ones are drawn last, over the others.
    for (order, site) in plan.sites.enumerated().reversed() {
      let position = projection.position(
        latitude: site.position.latitude, longitude: site.position.longitude)
      if projection.shows(position) { Self.draw(order + 1, at: position, on: &window) }
    }
    MapFurniture(projection: projection, language: language).draw(
      isSynthetic: network.sources.contains(where: \.isSynthetic), attributions: [], on: &window)
  }

  private static func draw(_ number: Int, at position: SheetPosition, on sheet: inout MarkupWriter) {
    site.draw(at: [position], on: &sheet)
    sheet.element(
      "text",
      [
        "x": PathData.number(position.x), "y": PathData.number(position.y - numberHeight),
        "text-anchor": "middle",
        "font-size": number < 100 ? "12" : "9", "font-weight": "bold", "fill": "#fff",
      ], "\(number)")
  }

  private func drawLegend(on sheet: inout MarkupWriter) {
    let y = projection.height + 24
    let entries: [(MapSymbol?, String)] = [
      (nil, PlanWord.proposedSite[language]),
      (Self.newlyServed, PlanWord.newlyServed[language] + " " + Figures.whole(gained.count)),
      (.unserved, PlanWord.stillUnserved[language] + " " + Figures.whole(still.unserved.count)),
      (Self.existing, PlanWord.existingPoint[language]),
    ]
    for (index, (symbol, text)) in entries.enumerated() {
      let position = SheetPosition(x: (index * MapProjection.width / 4 + 22) * 10, y: y * 10)
      if let symbol {
        symbol.draw(at: [position], on: &sheet)
      } else {
        // A pin stands on its place: its middle is higher.
        Self.draw(1, at: SheetPosition(x: position.x, y: position.y + 110), on: &sheet)
      }
      sheet.element("text", ["x": "\(index * MapProjection.width / 4 + 42)", "y": "\(y + 5)"], text)
    }
  }
}
