/// One of the eight directions people name.
public enum CompassDirection: UInt8, CaseIterable, Sendable {
  case north = 0
  case northeast, east, southeast, south, southwest, west, northwest

  /// The word used in files, such as `northeast`.
  public var name: String {
    switch self {
    case .north: "north"
    case .northeast: "northeast"
    case .east: "east"
    case .southeast: "southeast"
    case .south: "south"
    case .southwest: "southwest"
    case .west: "west"
    case .northwest: "northwest"
    }
  }
}

extension Coordinate where Frame == WGS84 {
  /// The direction in which the great circle to `other` starts, to the nearest of eight; `nil` where both are one place.
  ///
  ///     home.direction(to: hall)  // .northeast
  ///
  /// The bearing is that of spherical trigonometry (Snyder 1987, USGS Paper 1395, equation 5-4b), its northward part
  /// written so that it keeps its digits for short ways. Exactly between two of the eight, north, east, south or west wins;
  /// at the poles every direction is south or north.
  ///
  /// - Complexity: O(1).
  public func direction(to other: Self) -> CompassDirection? {
    let turn = (other.longitude - longitude).remainder(dividingBy: 360)
    let own = sineAndCosine(ofDegrees: SIMD2(latitude, other.latitude))
    let way = sineAndCosine(ofDegrees: SIMD2(other.latitude - latitude, turn))
    let half = sineAndCosine(ofDegrees: SIMD2(turn / 2, 0)).sine[0]
    let eastward = way.sine[1] * own.cosine[1]
    let northward = way.sine[0] + 2 * own.sine[0] * own.cosine[1] * half * half
    guard eastward != 0 || northward != 0 else { return nil }
    // tan 22.5° = √2 - 1: no arctangent, whose last bits differ from library to library.
    let rim = 2.0.squareRoot() - 1
    if abs(eastward) <= rim * abs(northward) { return northward > 0 ? .north : .south }
    if abs(northward) <= rim * abs(eastward) { return eastward > 0 ? .east : .west }
    if northward > 0 { return eastward > 0 ? .northeast : .northwest }
    return eastward > 0 ? .southeast : .southwest
  }
}
