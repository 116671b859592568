import Foundation

/// A position on the earth's surface, in degrees.
///
///     let hall = Coordinate<WGS84>(latitude: 35.09, longitude: 112.59)!
///     hall.distance(to: home).meters
public struct Coordinate<Frame: Datum>: Hashable, Sendable {
  /// Degrees north, in `-90...90`.
  public let latitude: Double

  /// Degrees east, in `-180...180`.
  public let longitude: Double

  /// Creates a coordinate, or returns `nil` when either value is out of range or NaN.
  public init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }
}

/// The mean radius R1 of the earth, in meters: (2a + b) / 3 of the GRS80 ellipsoid.
///
/// Moritz (2000), "Geodetic Reference System 1980", Journal of Geodesy 74(1), p. 131, to one decimal.
public let earthRadiusMeters = 6_371_008.8

extension Coordinate where Frame == WGS84 {
  /// The great-circle distance to `other`, on a sphere of radius `earthRadiusMeters`.
  ///
  /// Within 0.56 % of the ellipsoidal distance everywhere on earth; the circuity factors applied to it
  /// downstream are uncertain by ten times as much.
  ///
  /// The haversine formula (Sinnott 1984, "Virtues of the Haversine", Sky and Telescope 68), which keeps its
  /// digits for short distances.
  ///
  /// - Complexity: O(1).
  public func distance(to other: Self) -> Distance {
    .meters(
      greatCircleMeters(
        latitude, longitude, cos(latitude * radiansPerDegree),
        other.latitude, other.longitude, cos(other.latitude * radiansPerDegree)))
  }
}

let radiansPerDegree = Double.pi / 180

/// What `distance(to:)` computes, for kernels that have the cosines of the latitudes at hand: the same operations
/// on the same numbers, hence the same bits. Swapping the two places changes nothing either.
@inline(__always)
func greatCircleMeters(
  _ latitude: Double, _ longitude: Double, _ cosLatitude: Double,
  _ otherLatitude: Double, _ otherLongitude: Double, _ otherCosLatitude: Double
) -> Double {
  let sinHalfLatitude = sin((otherLatitude - latitude) * radiansPerDegree / 2)
  let sinHalfLongitude = sin((otherLongitude - longitude) * radiansPerDegree / 2)
  let h =
    sinHalfLatitude * sinHalfLatitude
    + cosLatitude * otherCosLatitude * sinHalfLongitude * sinHalfLongitude
  // Rounding can push h past 1 for antipodal points, and asin(1 + ε) is NaN.
  return 2 * earthRadiusMeters * asin(min(1, h.squareRoot()))
}
