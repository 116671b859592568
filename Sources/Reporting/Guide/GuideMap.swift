import Geo
import Planning
import Travel
import Words

/// The map of a sheet or of a poster: roads, outlines, numbered points by kind, and the place all ways start from.
struct GuideMap {
  /// A point with the number it has in the list.
  struct Mark {
    var number: Int
    var kind: PointKind
    var position: Coordinate<WGS84>
    /// Whether the map must be wide enough for it; others are shown at the edge where they lie beside it.
    var isShown: Bool
  }

  /// What the map says, for those who cannot see it.
  var title: String
  var language: Language
  var marks: [Mark]
  /// Where the ways start; `nil` on a poster.
  var home: Coordinate<WGS84>?
  /// Places whose names are written, the most important first.
  var names: [(name: String, position: Coordinate<WGS84>)] = []
  /// Whether the map must be wide enough for these places too.
  var mustShowNames = false
  /// Areas that are outlined, as far as the map shows them.
  var outlines: [Polygon] = []
  var isSynthetic = false
  var attributions: [String] = []
  /// In units.
  var height: Int
  var letterSize: Int
  /// How many corners its roads may have.
  var mostCorners: Int

  /// The drawing as an SVG element that stands alone.
  func svg(roads network: NetworkRoads?, _ cells: RoadCells?) -> String {
    let projection = projection()
    let roads = network.flatMap { network in
      cells.map {
        MapRoads(
          of: network.file.network, in: projection, enlarged: true, mostCorners: mostCorners,
          edges: $0.edges(on: projection))
      }
    }
    var sheet = MarkupWriter()
    let (width, height) = ("\(MapProjection.width)", "\(height)")
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)", "role": "img",
      "aria-label": title, "font-family": Charts.fontFamily, "font-size": "14", "fill": "#222",
    ]
    sheet.element("svg", attributes) { sheet in
      sheet.empty("rect", ["width": width, "height": height, "fill": "#FBFBF9"])
      // A window of its own cuts what hangs over the edge.
      sheet.element("svg", ["width": width, "height": height, "overflow": "hidden"]) { sheet in
        roads?.draw(on: &sheet)
        drawOutlines(on: &sheet, projection)
        drawSigns(on: &sheet, projection, hasRoads: roads.map { !$0.isEmpty } ?? false)
      }
      sheet.empty(
        "rect",
        [
          "x": "1", "y": "1", "width": "\(MapProjection.width - 2)", "height": "\(self.height - 2)",
          "fill": "none", "stroke": "#777", "stroke-width": "1.4",
        ])
    }
    return sheet.text
  }

  private func projection() -> MapProjection {
    var extent = MapExtent()
    if let home { extent.include(latitude: home.latitude, longitude: home.longitude) }
    let shown = marks.filter(\.isShown).map(\.position) + (mustShowNames ? names.map(\.position) : [])
    for position in shown { extent.include(latitude: position.latitude, longitude: position.longitude) }
    return MapProjection(showing: extent, height: height, margin: 70)
  }

  private func drawOutlines(on sheet: inout MarkupWriter, _ projection: MapProjection) {
    var path = PathData()
    for polygon in outlines { path.outline(polygon, in: projection) }
    guard !path.text.isEmpty else { return }
    sheet.empty(
      "path",
      [
        "d": path.text, "fill": "none", "stroke": "#8A8A8A", "stroke-width": "1.6", "stroke-dasharray": "6 4",
        "stroke-linejoin": "round",
      ])
  }

  private func drawSigns(on sheet: inout MarkupWriter, _ projection: MapProjection, hasRoads: Bool) {
    func position(_ coordinate: Coordinate<WGS84>) -> SheetPosition {
      projection.position(latitude: coordinate.latitude, longitude: coordinate.longitude)
    }
    let bottom = projection.height * 10
    // Signs grow with the letters: half a sign is as wide as half a letter.
    let sign = letterSize * 5
    var badges = NumberBadges(in: projection, letterSize: letterSize)
    badges.reserve(from: SheetPosition(x: 0, y: bottom - 550), to: SheetPosition(x: 2_600, y: bottom))
    badges.reserve(from: SheetPosition(x: 9_300, y: 0), to: SheetPosition(x: 10_000, y: 800))
    let center =
      home.map(position) ?? SheetPosition(x: MapProjection.width * 5, y: projection.height * 5)
    if home != nil { badges.reserve(center, half: 110) }
    let places = marks.map { (mark: $0, at: position($0.position)) }
    let inside = places.filter { projection.shows($0.at) }
    for (_, at) in inside { badges.reserve(at, half: sign) }
    for (mark, at) in inside { badges.add(mark.number, beside: at) }
    for (mark, at) in places where !projection.shows(at) {
      badges.addAtEdge(mark.number, from: center, towards: at)
    }

    let furniture = MapFurniture(projection: projection, language: language)
    var labels = MapLabels(in: projection)
    furniture.reserve(in: &labels)
    for badge in badges.badges {
      let half = badges.radius
      labels.reserve(
        from: SheetPosition(x: badge.center.x - half, y: badge.center.y - half),
        to: SheetPosition(x: badge.center.x + half, y: badge.center.y + half))
    }
    for (_, at) in inside {
      labels.reserve(
        from: SheetPosition(x: at.x - sign, y: at.y - sign), to: SheetPosition(x: at.x + sign, y: at.y + sign)
      )
    }
    if home != nil {
      labels.reserve(
        from: SheetPosition(x: center.x - 110, y: center.y - 110),
        to: SheetPosition(x: center.x + 110, y: center.y + 110))
      labels.add(GuideWord.here[language], at: SheetPosition(x: center.x, y: center.y + 210))
    }
    for (name, coordinate) in names { labels.add(name, at: position(coordinate)) }

    furniture.draw(isSynthetic: isSynthetic, attributions: hasRoads ? attributions : [], on: &sheet)
    labels.draw(on: &sheet)
    for kind in PointKind.allCases.reversed() {
      let signs = inside.filter { $0.mark.kind == kind }.map(\.at)
      MapSymbol.point(kind).draw(at: signs, tenths: letterSize, on: &sheet)
    }
    if home != nil { drawHome(at: center, on: &sheet) }
    drawArrows(places.filter { !projection.shows($0.at) }.map { ($0.mark.number, $0.at) }, badges, on: &sheet)
    badges.draw(on: &sheet)
  }

  /// A ring with a cross of hairs, which no kind of point has.
  private func drawHome(at center: SheetPosition, on sheet: inout MarkupWriter) {
    var path = PathData()
    path.mark("m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0zm-4 0h8m6 0h8m-11-11v8m0 6v8", at: center)
    let d = path.text
    sheet.empty("path", ["d": d, "fill": "#fff", "stroke": "#fff", "stroke-width": "6"])
    sheet.empty("path", ["d": d, "fill": "none", "stroke": "#C2190F", "stroke-width": "2.6"])
  }

  /// An arrowhead on each disk at the edge, towards what lies beside the sheet.
  private func drawArrows(
    _ targets: [(number: Int, at: SheetPosition)], _ badges: NumberBadges, on sheet: inout MarkupWriter
  ) {
    var path = PathData()
    for (number, target) in targets {
      guard let badge = badges.badges.first(where: { $0.number == number }) else { continue }
      let across = Double(target.x - badge.center.x)
      let down = Double(target.y - badge.center.y)
      let length = max(1, (across * across + down * down).squareRoot())
      func corner(_ along: Double, _ aside: Double) -> SheetPosition {
        SheetPosition(
          x: badge.center.x + Int(((across * along - down * aside) / length).rounded()),
          y: badge.center.y + Int(((down * along + across * aside) / length).rounded()))
      }
      let r = Double(badges.radius)
      path.line([corner(r * 0.4, r), corner(r + 110, 0), corner(r * 0.4, -r)])
    }
    guard !path.text.isEmpty else { return }
    sheet.empty("path", ["d": path.text, "fill": "#222", "stroke": "#fff", "stroke-width": "1"])
  }
}
