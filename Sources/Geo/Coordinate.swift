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
  /// digits for short distances. Sines and cosines are `sineAndCosine`'s, so that the last bits do not depend on the
  /// version of the system's library.
  ///
  /// - Complexity: O(1).
  public func distance(to other: Self) -> Distance {
    .meters(
      greatCircleMeters(
        latitude, longitude, cosine(ofDegrees: latitude),
        other.latitude, other.longitude, cosine(ofDegrees: other.latitude)))
  }
}

/// What `distance(to:)` computes, for kernels that have the cosines of the latitudes at hand: the same operations
/// on the same numbers, hence the same bits. Swapping the two places changes nothing either.
@inline(__always)
func greatCircleMeters(
  _ latitude: Double, _ longitude: Double, _ cosLatitude: Double,
  _ otherLatitude: Double, _ otherLongitude: Double, _ otherCosLatitude: Double
) -> Double {
  let halves = SIMD2(otherLatitude - latitude, otherLongitude - longitude) * 0.5
  let sines = sineAndCosine(ofDegrees: halves).sine
  let squares = sines * sines
  let h = squares[0] + cosLatitude * otherCosLatitude * squares[1]
  return 2 * earthRadiusMeters * arcsine(ofRoot: h)
}

/// The arcsine of √h, within 4 units in the last place.
@inline(__always)
private func arcsine(ofRoot h: Double) -> Double {
  let x = h.squareRoot()
  // Up to 127 km four terms of the series are as good as the library, whose call takes three times as long: the fifth
  // is 35/1152 · h⁴, below 4e-18.
  if h < 1e-4 { return x + x * h * (1.0 / 6 + h * (3.0 / 40 + h * (15.0 / 336))) }
  // Rounding can push h past 1 for antipodal points, and asin(1 + ε) is NaN.
  return asin(min(1, x))
}
