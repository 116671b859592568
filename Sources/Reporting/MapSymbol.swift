import Planning
import Words

/// A sign on the map: a shape, and the paint that tells it from the others in color and in black and white.
///
/// Colors are those of Okabe and Ito 2008 ("Color Universal Design", jfly.uni-koeln.de/color), which people with any of the
/// common color visions tell apart; shapes differ as well, so that a gray print loses nothing.
struct MapSymbol {
  /// Relative steps from the center, in SVG path notation.
  let mark: String
  let fill: String
  let stroke: String
  let strokeWidth: String

  static let blue = SignColor.blue
  static let sky = SignColor.sky
  static let vermillion = SignColor.vermillion

  /// How wide the sign of a served place is, in units.
  static let placeWidth = 3.4

  /// A place that is served: a small dot (a stroke of no length with round ends).
  static let served = MapSymbol(mark: "h0", fill: "none", stroke: blue, strokeWidth: "3.4")
  /// A place that is not: a cross.
  static let unserved = MapSymbol(
    mark: "m-2.6-2.6l5.2 5.2m0-5.2l-5.2 5.2", fill: "none", stroke: vermillion, strokeWidth: "1.7")
  /// A cell of places of which some are served: a slash.
  static let partlyServed = MapSymbol(
    mark: "m-2.2 2.2l4.4-4.4", fill: "none", stroke: vermillion, strokeWidth: "1.4")
  /// A payment point that does not count: a crossed-out gray ring.
  static let notCounting = MapSymbol(
    mark: "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0h6", fill: "none", stroke: "#777", strokeWidth: "1")

  /// The sign of a kind of payment point.
  static func point(_ kind: PointKind) -> MapSymbol {
    switch kind {
    case .businessHall: solid("m-5-5h10v10h-10z", "#000")
    case .selfService: solid("m-3.4-3.4h6.8v6.8h-6.8z", "#fff")
    case .bank: solid("m0-5.2l5.2 5.2l-5.2 5.2l-5.2-5.2z", SignColor.purple)
    case .ruralBank: solid("m0-5.2l5.2 5.2l-5.2 5.2l-5.2-5.2z", "#fff")
    case .postal: solid("m-4.8-4h9.6l-4.8 8.4z", SignColor.green)
    case .shop: solid("m0-4.8l4.6 8h-9.2z", SignColor.orange)
    case .communityStation: solid("m-2.2-4h4.4l2.2 4l-2.2 4h-4.4l-2.2-4z", SignColor.yellow)
    case .villageCommittee: solid("m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z", "#fff")
    case .other: solid("m-1.4-4.4h2.8v3h3v2.8h-3v3h-2.8v-3h-3v-2.8h3z", "#fff")
    }
  }

  private static func solid(_ mark: String, _ fill: String) -> MapSymbol {
    MapSymbol(mark: mark, fill: fill, stroke: "#000", strokeWidth: ".9")
  }

  /// Draws the sign at every one of `positions`, `tenths` tenths as large as it is.
  func draw(at positions: [SheetPosition], tenths: Int, on sheet: inout MarkupWriter) {
    guard !positions.isEmpty else { return }
    sheet.element("g", ["transform": "scale(\(PathData.decimal(tenths: tenths)))"]) { sheet in
      draw(
        at: positions.map { SheetPosition(x: $0.x * 10 / tenths, y: $0.y * 10 / tenths) }, on: &sheet)
    }
  }

  /// Draws the sign at every one of `positions`, as one path.
  func draw(at positions: [SheetPosition], on sheet: inout MarkupWriter) {
    guard !positions.isEmpty else { return }
    var path = PathData()
    for position in positions { path.mark(mark, at: position) }
    sheet.empty(
      "path",
      [
        "d": path.text, "fill": fill, "stroke": stroke, "stroke-width": strokeWidth,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
      ])
  }
}
