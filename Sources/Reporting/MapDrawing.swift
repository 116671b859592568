import Geo
import Planning
import Travel
import Words

/// The map of the report: roads, outlines, the merged circles, places by verdict, points by kind, and what explains them.
///
/// Everything is drawn by presentation attributes, without a style sheet, so that it looks the same in a
/// browser, in an image viewer and in a converter. Each kind of sign is one path.
struct MapDrawing {
  /// Which part is shown.
  enum Part: Hashable {
    /// The county, or everything there is.
    case whole
    /// The quarter of the sheet in which most customers live.
    case busiest
    /// A township, by its position in `PlaceTable.townshipNames`.
    case township(Int)

    /// Whether it is one of many.
    var isSheet: Bool {
      if case .township = self { return true }
      return false
    }

    /// Whether small roads have room.
    var isEnlarged: Bool { self != .whole }
  }

  /// Above this number of places on the sheet, cells of places are drawn instead.
  static let mostSinglePlaces = 20_000
  /// The side of such a cell, in tenths of a unit.
  static let cellSide = 50

  let network: PaymentNetwork
  let coverage: Coverage
  let circles: [Polygon]
  let language: Language
  let part: Part
  let projection: MapProjection
  /// The middle of the part that a second map enlarges; `nil` where none does.
  private(set) var detail: SheetPosition?
  /// What stands below the legend, line by line, where no report around the map says it.
  private var foot: [String] = []

  /// The signs of the places on the sheet.
  let places: PlaceSigns
  /// The signs of the points on the sheet.
  let points: PointSigns
  /// How many places lie beside the sheet.
  let placesOutside: Int
  /// The roads on the sheet; none where the network has none.
  let roads: MapRoads?

  /// How many times larger the busiest part is drawn.
  static let zoom = 4

  /// The height of a township's map: beside its tables it leaves room on a sheet of A4.
  static let townshipHeight = 400

  /// Lays out the map; `nil` for the busiest part where there is nothing to enlarge: fewer than 200 places, or
  /// fewer than 20 in that part.
  ///
  /// - Complexity: O(*places* + *points* + *corners*), those of the roads among them.
  init?(_ part: Part, of network: PaymentNetwork, coverage: Coverage, circles: [Polygon], language: Language)
  {
    switch part {
    case .whole:
      projection = MapProjection(showing: Self.extent(of: network))
      detail = Self.busiestPart(of: network.places, in: projection)
    case .busiest:
      let whole = MapProjection(showing: Self.extent(of: network))
      guard let busiest = Self.busiestPart(of: network.places, in: whole) else { return nil }
      projection = MapProjection(
        whole, center: busiest, zoom: Self.zoom, height: Self.detailHeight(beside: whole))
      detail = nil
    case .township(let township):
      projection = MapProjection(
        showing: Self.extent(ofTownship: township, in: network), height: Self.townshipHeight, margin: 40)
      detail = nil
    }
    self.network = network
    self.coverage = coverage
    self.circles = circles
    self.language = language
    self.part = part
    places = PlaceSigns(of: network.places, coverage: coverage, in: projection)
    placesOutside = network.places.count - places.onSheet
    points = PointSigns(of: network.points, coverage: coverage, in: projection)
    let projection = projection
    roads = network.roads.map {
      MapRoads(
        of: $0.file.network, in: projection, enlarged: part.isEnlarged,
        mostCorners: part.isSheet ? MapRoads.mostCornersOfSheet : MapRoads.mostCorners)
    }
  }

  /// The map to be passed on without a report: `lines` below its legend, the first of them its title, and no frame, for no
  /// second map enlarges what is in it.
  func alone(saying lines: [String]) -> MapDrawing {
    var map = self
    map.detail = nil
    map.foot = lines
    return map
  }

  /// The drawing as an SVG element that stands alone.
  func svg() -> String {
    let legend = MapLegend(of: self)
    let height = hasLegend ? legend.height : 0
    return sheet.svg(
      legendHeight: height + foot.count * Self.footLine, ground: { drawGround(on: &$0) },
      legend: { sheet in
        if hasLegend { legend.draw(on: &sheet) }
        drawFoot(below: projection.height + height, on: &sheet)
      })
  }

  /// The height of a line below the legend, in units.
  private static let footLine = 22

  private func drawFoot(below top: Int, on sheet: inout MarkupWriter) {
    for (number, line) in foot.enumerated() {
      sheet.element(
        "text",
        [
          "x": "10", "y": "\(top + number * Self.footLine + 13)",
          "font-weight": number == 0 ? "bold" : "normal",
        ], line)
    }
  }

  private var sheet: MapSheet {
    MapSheet(
      projection: projection,
      title: title,
      description: description())
  }

  private var title: String {
    switch part {
    case .whole: ReportWord.mapTitle[language]
    case .busiest: ReportWord.detailMapTitle[language]
    case .township(let township):
      "\(TownshipWord.mapTitle[language]): \(network.places.townshipNames[township])"
    }
  }

  /// The second map stands under the first one and needs no legend of its own, unless its signs mean single
  /// places and the first one's cells. A township's sheet is handed out alone.
  private var hasLegend: Bool { part != .busiest || network.places.count > Self.mostSinglePlaces }

  /// What the map shows, for those who cannot see it.
  private func description() -> String {
    ReportSentences(language).mapDescription(
      served: places.served.count, partly: places.partly.count, unserved: places.unserved.count,
      points: points.kinds.reduce(0) { $0 + $1.count }, cellMeters: cellMeters)
  }

  /// The side of a cell on the ground, in meters; `nil` where places are drawn singly.
  var cellMeters: Int? {
    places.areCells
      ? Int((projection.metersPerUnit * Double(Self.cellSide) / 10).rounded()) : nil
  }

  private func drawGround(on window: inout MarkupWriter) {
    let (sheet, boundaries) = (self.sheet, network.boundaries)
    sheet.outline(
      boundaries, where: { $0 == "county" }, fill: "#fff", stroke: "none", width: "0", on: &window)
    roads?.draw(on: &window)
    drawCircles(on: &window)
    sheet.outline(
      boundaries, where: { $0 != "county" && $0 != "township" }, stroke: "#ccc", width: ".6", on: &window)
    sheet.outlineTownshipsAndCounty(boundaries, on: &window)
    if case .township(let township) = part {
      let name = network.places.townshipNames[township]
      sheet.outline(
        boundaries.filter { $0.name == name }, where: { $0 == "township" }, stroke: "#333", width: "2",
        on: &window)
    }
    MapSymbol.served.draw(at: places.served, on: &window)
    MapSymbol.partlyServed.draw(at: places.partly, on: &window)
    MapSymbol.unserved.draw(at: places.unserved, on: &window)
    MapSymbol.notCounting.draw(at: points.others.positions, on: &window)
    // Halls are few and matter most: they are drawn last.
    for kind in PointKind.allCases.reversed() {
      MapSymbol.point(kind).draw(at: points.kinds[Int(kind.rawValue)].positions, on: &window)
    }
    drawDetailFrame(on: &window)
    let furniture = MapFurniture(projection: projection, language: language)
    var labels = MapLabels(in: projection)
    furniture.reserve(in: &labels)
    for (name, anchor) in labelAnchors() { labels.add(name, at: anchor) }
    labels.draw(on: &window)
    furniture.draw(
      isSynthetic: network.sources.contains(where: \.isSynthetic), attributions: attributions, on: &window)
  }

  /// Whom the licenses of what is drawn ask to be named, each once.
  var attributions: [String] { network.attributions(drawsRoads: roads != nil) }

  /// Frames the part that the second map enlarges.
  private func drawDetailFrame(on sheet: inout MarkupWriter) {
    guard let detail else { return }
    let width = MapProjection.width * 10 / Self.zoom
    let height = Self.detailHeight(beside: projection) * 10 / Self.zoom
    sheet.empty(
      "rect",
      [
        "x": PathData.number(detail.x - width / 2), "y": PathData.number(detail.y - height / 2),
        "width": PathData.number(width), "height": PathData.number(height), "fill": "none", "stroke": "#000",
        "stroke-width": "1.2",
      ])
  }

  private func drawCircles(on sheet: inout MarkupWriter) {
    var path = PathData()
    // A report has dozens of township maps, and their edges are looked at less closely.
    let step = part.isSheet ? 16 : 3
    for circle in circles { path.outline(circle, in: projection, step: step) }
    guard !path.text.isEmpty else { return }
    // By winding, not even-odd: circles that were not merged still make one area.
    sheet.empty(
      "path",
      [
        "d": path.text, "fill": MapSymbol.sky, "fill-opacity": ".28",
        "stroke": MapSymbol.blue, "stroke-opacity": ".5", "stroke-width": ".7",
      ])
  }

}
