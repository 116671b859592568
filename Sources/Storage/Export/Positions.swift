import Geo

/// Coordinates on their way into a file: in the datum asked for, in whole ten-millionths of a degree (1 cm).
struct PositionWriter {
  let datum: ExportDatum

  /// Longitude and latitude in ten-millionths of a degree.
  func position(_ coordinate: Coordinate<WGS84>) -> (x: Int, y: Int) {
    func units<Frame>(_ coordinate: Coordinate<Frame>) -> (x: Int, y: Int) {
      (Int((coordinate.longitude * 1e7).rounded()), Int((coordinate.latitude * 1e7).rounded()))
    }
    return switch datum {
    case .wgs84: units(coordinate)
    case .gcj02: units(coordinate.gcj02)
    case .bd09: units(coordinate.bd09)
    }
  }

  /// Ten-millionths of a degree as a decimal number without trailing zeros, such as `112.5903`.
  static func text(_ units: Int) -> String {
    let whole = units.magnitude / 10_000_000
    var fraction = units.magnitude % 10_000_000
    var text = (units < 0 ? "-" : "") + String(whole)
    guard fraction > 0 else { return text }
    var digits = 7
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    let figures = String(fraction)
    text += "." + String(repeating: "0", count: digits - figures.count) + figures
    return text
  }

  /// The rings of a polygon, closed, with corners that fall together left out and rings that vanish dropped.
  func rings(_ polygon: Polygon) -> [[(x: Int, y: Int)]] {
    ([polygon.exterior] + polygon.holes).compactMap { ring in
      var corners: [(x: Int, y: Int)] = []
      for corner in ring.map(position) where corners.last.map({ $0 != corner }) ?? true {
        corners.append(corner)
      }
      if corners.count > 1, corners[0] == corners[corners.count - 1] { corners.removeLast() }
      return corners.count < 3 ? nil : corners + [corners[0]]
    }
  }
}
