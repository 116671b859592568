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
  let detail: SheetPosition?

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

  /// Lays out the map; `nil` for the busiest part where there is nothing to enlarge: fewer than 200 places, or
  /// fewer than 20 in that part.
  ///
  /// - Complexity: O(*places* + *points* + *corners*), those of the roads among them.
  init?(_ part: Part, of network: PaymentNetwork, coverage: Coverage, circles: [Polygon], language: Language)
  {
    let whole = MapProjection(showing: Self.extent(of: network))
    let busiest = Self.busiestPart(of: network.places, in: whole)
    switch part {
    case .whole:
      projection = whole
      detail = busiest
    case .busiest:
      guard let busiest else { return nil }
      projection = MapProjection(
        whole, center: busiest, zoom: Self.zoom, height: Self.detailHeight(beside: whole))
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
      MapRoads(of: $0.file.network, in: projection, enlarged: part == .busiest)
    }
  }

  /// The drawing as an SVG element that stands alone.
  func svg() -> String {
    let legend = MapLegend(of: self)
    var sheet = MarkupWriter()
    let height = projection.height + (hasLegend ? legend.height : 0)
    let title = part == .whole ? ReportWord.mapTitle[language] : ReportWord.detailMapTitle[language]
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "width": "\(MapProjection.width)", "height": "\(height)",
      "viewBox": "0 0 \(MapProjection.width) \(height)", "role": "img", "aria-label": title,
      "font-family": Charts.fontFamily, "font-size": "14", "fill": "#222",
    ]
    sheet.element("svg", attributes) { sheet in
      sheet.element("title", title)
      sheet.element("desc", description())
      sheet.empty(
        "rect", ["width": "\(MapProjection.width)", "height": "\(height)", "fill": "#fff"])
      let window: KeyValuePairs = [
        "width": "\(MapProjection.width)", "height": "\(projection.height)", "overflow": "hidden",
      ]
      sheet.element("svg", window) { drawGround(on: &$0) }
      sheet.empty(
        "rect",
        [
          "x": "1", "y": "1", "width": "\(MapProjection.width - 2)", "height": "\(projection.height - 2)",
          "fill": "none", "stroke": "#999",
        ])
      if hasLegend { legend.draw(on: &sheet) }
    }
    return sheet.text
  }

  /// The second map stands under the first one and needs no legend of its own, unless its signs mean single
  /// places and the first one's cells.
  private var hasLegend: Bool { part == .whole || network.places.count > Self.mostSinglePlaces }

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

  private func drawGround(on sheet: inout MarkupWriter) {
    sheet.empty(
      "rect", ["width": "\(MapProjection.width)", "height": "\(projection.height)", "fill": "#F3F5F6"])
    outline(where: { $0 == "county" }, fill: "#fff", stroke: "none", width: "0", dash: nil, on: &sheet)
    roads?.draw(on: &sheet)
    drawCircles(on: &sheet)
    outline(
      where: { $0 != "county" && $0 != "township" }, fill: "none", stroke: "#ccc", width: ".6", dash: nil,
      on: &sheet)
    outline(
      where: { $0 == "township" }, fill: "none", stroke: "#8A8A8A", width: "1", dash: "5 3", on: &sheet)
    outline(where: { $0 == "county" }, fill: "none", stroke: "#333", width: "2.2", dash: nil, on: &sheet)
    MapSymbol.served.draw(at: places.served, on: &sheet)
    MapSymbol.partlyServed.draw(at: places.partly, on: &sheet)
    MapSymbol.unserved.draw(at: places.unserved, on: &sheet)
    MapSymbol.notCounting.draw(at: points.others.positions, on: &sheet)
    // Halls are few and matter most: they are drawn last.
    for kind in PointKind.allCases.reversed() {
      MapSymbol.point(kind).draw(at: points.kinds[Int(kind.rawValue)].positions, on: &sheet)
    }
    drawDetailFrame(on: &sheet)
    let furniture = MapFurniture(projection: projection, language: language)
    var labels = MapLabels(in: projection)
    furniture.reserve(in: &labels)
    for (name, anchor) in labelAnchors() { labels.add(name, at: anchor) }
    labels.draw(on: &sheet)
    furniture.draw(
      isSynthetic: network.sources.contains(where: \.isSynthetic), attributions: attributions, on: &sheet)
  }

  /// Whom the licenses of what is drawn ask to be named, each once.
  var attributions: [String] {
    var named: [String] = []
    for source in network.sources where !source.attribution.isEmpty {
      // Roads that are not drawn need not be named here.
      if source.kind == "roads", roads == nil { continue }
      if !named.contains(source.attribution) { named.append(source.attribution) }
    }
    return named
  }

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
    for circle in circles { path.outline(circle, in: projection) }
    guard !path.text.isEmpty else { return }
    // By winding, not even-odd: circles that were not merged still make one area.
    sheet.empty(
      "path",
      [
        "d": path.text, "fill": MapSymbol.sky, "fill-opacity": ".28",
        "stroke": MapSymbol.blue, "stroke-opacity": ".5", "stroke-width": ".7",
      ])
  }

  private func outline(
    where isMeant: (String) -> Bool, fill: String, stroke: String, width: String, dash: String?,
    on sheet: inout MarkupWriter
  ) {
    var path = PathData()
    for boundary in network.boundaries where isMeant(boundary.level) {
      for polygon in boundary.polygons { path.outline(polygon, in: projection) }
    }
    guard !path.text.isEmpty else { return }
    let attributes: KeyValuePairs = [
      "d": path.text, "fill": fill, "fill-rule": "evenodd", "stroke": stroke, "stroke-width": width,
      "stroke-linejoin": "round", "stroke-dasharray": dash ?? "none",
    ]
    sheet.empty("path", attributes)
  }
}
