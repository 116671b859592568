/// A rectangle of latitudes and longitudes, rim included, that may lie across the 180th meridian.
///
///     let county = BoundingBox(covering: places)!
///     county.values  // [west, south, east, north], as RFC 7946 orders a `bbox`
///
/// Where `west` is greater than `east` the box crosses the 180th meridian (RFC 7946, 5.2).
public struct BoundingBox: Hashable, Sendable {
  /// The least latitude, in degrees.
  public let south: Double
  /// The longitude where the box begins, going east, in degrees.
  public let west: Double
  /// The greatest latitude, in degrees, at least `south`.
  public let north: Double
  /// The longitude where the box ends, going east, in degrees.
  public let east: Double

  /// Creates a box, or returns `nil` when a value is off the earth, NaN, or `south` is above `north`.
  public init?(south: Double, west: Double, north: Double, east: Double) {
    guard (-90...90).contains(south), (-90...90).contains(north), south <= north,
      (-180...180).contains(west), (-180...180).contains(east)
    else { return nil }
    self.south = south
    self.west = west
    self.north = north
    self.east = east
  }

  /// Creates a box from four values in RFC 7946's order (west, south, east, north), or returns `nil` when there
  /// are not four or they are no box.
  public init?(values: [Double]) {
    guard values.count == 4 else { return nil }
    self.init(south: values[1], west: values[0], north: values[3], east: values[2])
  }

  /// The smallest box around `coordinates`, or `nil` when there are none.
  ///
  /// It crosses the 180th meridian only where that makes it narrower.
  ///
  /// - Complexity: O(*n* log *n*).
  public init?(covering coordinates: some Sequence<Coordinate<WGS84>>) {
    var longitudes: [Double] = []
    var south = Double.infinity
    var north = -Double.infinity
    for coordinate in coordinates {
      longitudes.append(coordinate.longitude)
      south = min(south, coordinate.latitude)
      north = max(north, coordinate.latitude)
    }
    longitudes.sort()
    guard let least = longitudes.first, let greatest = longitudes.last else { return nil }

    // The box is what the widest empty stretch of longitude leaves over.
    var widestGap = least + 360 - greatest
    var west = least
    var east = greatest
    for (a, b) in zip(longitudes, longitudes.dropFirst()) where b - a > widestGap {
      widestGap = b - a
      west = b
      east = a
    }
    self.init(south: south, west: west, north: north, east: east)
  }

  /// West, south, east, north: the order of a GeoJSON `bbox` (RFC 7946, 5).
  public var values: [Double] { [west, south, east, north] }

  /// Whether the box lies across the 180th meridian.
  public var crossesAntimeridian: Bool { west > east }

  /// The middle of the box, in degrees of both axes.
  public var center: Coordinate<WGS84> {
    var longitude = (west + east) / 2
    if crossesAntimeridian { longitude += longitude > 0 ? -180 : 180 }
    return Coordinate(latitude: (south + north) / 2, longitude: longitude)!
  }

  /// Whether `coordinate` lies in the box. The rim counts as inside; longitudes 180 and -180 are the same.
  ///
  /// - Complexity: O(1).
  public func contains(_ coordinate: Coordinate<WGS84>) -> Bool {
    guard (south...north).contains(coordinate.latitude) else { return false }
    if abs(coordinate.longitude) == 180 { return spans(180) || spans(-180) }
    return spans(coordinate.longitude)
  }

  private func spans(_ longitude: Double) -> Bool {
    crossesAntimeridian ? longitude >= west || longitude <= east : longitude >= west && longitude <= east
  }
}
