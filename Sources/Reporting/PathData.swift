import Geo

/// The `d` of an SVG path, written in few bytes: whole tenths of a unit, relative steps, no needless zeros.
struct PathData {
  /// What has been written.
  private(set) var text = ""

  /// Moves to a sheet position and draws `mark`, relative steps in SVG's own notation.
  mutating func mark(_ mark: String, at position: SheetPosition) {
    text += "M"
    append(position.x)
    appendNext(position.y)
    text += mark
  }

  /// Draws an open line through at least two positions.
  mutating func line(_ corners: [SheetPosition]) {
    guard let first = corners.first, corners.count > 1 else { return }
    text += "M"
    append(first.x)
    appendNext(first.y)
    text += "l"
    for (index, (from, to)) in zip(corners, corners.dropFirst()).enumerated() {
      if index == 0 { append(to.x - from.x) } else { appendNext(to.x - from.x) }
      appendNext(to.y - from.y)
    }
  }

  /// Draws `polygon` as far as it lies on the sheet of `projection`, a little over its edge.
  ///
  /// Corners less than three tenths of a unit from the last one, or from the line drawn without them, are left out: no
  /// eye and no printer shows them, and a circle merged from a thousand arcs is mostly such corners.
  ///
  /// - Parameter step: how many tenths of a unit apart corners are at least.
  mutating func outline(_ polygon: Polygon, in projection: MapProjection, step: Int = 3) {
    ring(polygon.exterior, in: projection, step)
    for hole in polygon.holes { ring(hole, in: projection, step) }
  }

  private mutating func ring(
    _ corners: [Coordinate<WGS84>], in projection: MapProjection, _ step: Int
  ) {
    var thinned: [SheetPosition] = []
    for corner in corners {
      let position = projection.position(latitude: corner.latitude, longitude: corner.longitude)
      if let last = thinned.last, abs(position.x - last.x) < step, abs(position.y - last.y) < step {
        continue
      }
      thinned.append(position)
    }
    let visible = SheetClip(projection).clip(thinned)
    let drawn = SheetLine.simplified(visible + visible.prefix(1)).dropLast()
    guard drawn.count > 2 else { return }
    line(Array(drawn))
    text += "z"
  }

  /// A number after another one: a minus sign parts them as well as a blank does.
  private mutating func appendNext(_ tenths: Int) {
    if tenths >= 0 { text += " " }
    append(tenths)
  }

  private mutating func append(_ tenths: Int) { text += Self.number(tenths) }

  /// `tenths`, at least 0, as people read numbers: 125 is `12.5`, 3 is `0.3`, 40 is `4`.
  static func decimal(tenths: Int) -> String {
    "\(tenths / 10)" + (tenths % 10 > 0 ? ".\(tenths % 10)" : "")
  }

  /// `tenths` as SVG writes numbers: 125 is `12.5`, -3 is `-.3`, 40 is `4`.
  static func number(_ tenths: Int) -> String {
    let whole = tenths.magnitude / 10
    let rest = tenths.magnitude % 10
    return (tenths < 0 ? "-" : "") + (whole > 0 || rest == 0 ? "\(whole)" : "") + (rest > 0 ? ".\(rest)" : "")
  }
}

/// Cuts rings to a sheet with ten units of margin, so that a detail map does not carry the county.
///
/// Sutherland and Hodgman 1974, "Reentrant Polygon Clipping", CACM 17(1): edge by edge. A ring cut in two stays
/// one, joined along the margin, which is never seen.
private struct SheetClip {
  private let right: Int
  private let bottom: Int
  private static let margin = 100

  init(_ projection: MapProjection) {
    right = MapProjection.width * 10 + Self.margin
    bottom = projection.height * 10 + Self.margin
  }

  func clip(_ ring: [SheetPosition]) -> [SheetPosition] {
    var kept = Self.cut(ring) { $0.x + Self.margin }
    kept = Self.cut(kept) { right - $0.x }
    kept = Self.cut(kept) { $0.y + Self.margin }
    return Self.cut(kept) { bottom - $0.y }
  }

  /// The part of `ring` where `depth`, which is linear, is at least 0.
  private static func cut(_ ring: [SheetPosition], depth: (SheetPosition) -> Int) -> [SheetPosition] {
    guard var previous = ring.last, ring.contains(where: { depth($0) < 0 }) else { return ring }
    var kept: [SheetPosition] = []
    for corner in ring {
      let from = depth(previous)
      let to = depth(corner)
      if (from < 0) != (to < 0) {
        let part = Double(from) / Double(from - to)
        kept.append(
          SheetPosition(
            x: previous.x + Int((Double(corner.x - previous.x) * part).rounded()),
            y: previous.y + Int((Double(corner.y - previous.y) * part).rounded())))
      }
      if to >= 0 { kept.append(corner) }
      previous = corner
    }
    return kept
  }
}
