import Foundation

/// A flat map around one place, in meters east and north of it.
///
///     let plane = LocalPlane(origin: hall)
///     let (east, north) = plane.meters(of: home)
///     plane.coordinate(eastMeters: east, northMeters: north)  // home
///
/// The azimuthal equidistant projection of the sphere (Snyder 1987, "Map Projections: A Working Manual", USGS
/// Professional Paper 1395, p. 191-202). Distances and directions from the origin are those of the sphere, so a
/// circle around the origin is a circle. At a distance *d* from the origin, lengths across the line of sight come
/// out too long by the factor (*d*/R) / sin(*d*/R): 0.0004 % at 30 km, 0.004 % at 100 km, 0.1 % at 500 km. No two
/// places within *d* come out closer than on the sphere, nor farther by more than that factor.
///
/// Works at the poles and across the 180th meridian. The one place without a position is the point of the earth
/// opposite the origin, which lies in every direction at once: some direction is returned.
public struct LocalPlane: Hashable, Sendable {
  /// Where both axes are 0.
  public let origin: Coordinate<WGS84>

  private let sinLatitude: Double
  private let cosLatitude: Double

  /// Lays the plane on the earth at `origin`.
  public init(origin: Coordinate<WGS84>) {
    self.origin = origin
    sinLatitude = sin(origin.latitude * degree)
    cosLatitude = cos(origin.latitude * degree)
  }

  /// The position of `coordinate` on the plane, in meters.
  ///
  /// - Complexity: O(1).
  public func meters(of coordinate: Coordinate<WGS84>) -> (east: Double, north: Double) {
    let sinHalfLongitude = sin((coordinate.longitude - origin.longitude) * degree / 2)
    let cosOther = cos(coordinate.latitude * degree)
    // sin c times the direction, in forms that keep their digits for short distances.
    let east = cosOther * sin((coordinate.longitude - origin.longitude) * degree)
    let bow = 2 * cosOther * sinHalfLongitude * sinHalfLongitude
    let north = sin((coordinate.latitude - origin.latitude) * degree) + sinLatitude * bow
    let sinAngle = (east * east + north * north).squareRoot()
    guard sinAngle > 0 else {
      return (0, origin.distance(to: coordinate).meters)
    }
    let cosAngle = cos((coordinate.latitude - origin.latitude) * degree) - cosLatitude * bow
    let scale = earthRadiusMeters * atan2(sinAngle, cosAngle) / sinAngle
    return (east * scale, north * scale)
  }

  /// The coordinate at a position on the plane, to a few nanometers.
  ///
  /// Positions farther out than half the earth's circumference come back around the other side.
  ///
  /// - Precondition: both values are finite.
  /// - Complexity: O(1).
  public func coordinate(eastMeters: Double, northMeters: Double) -> Coordinate<WGS84> {
    precondition(eastMeters.isFinite && northMeters.isFinite, "a position on a plane is two finite numbers")
    let length = (eastMeters * eastMeters + northMeters * northMeters).squareRoot()
    guard length > 0 else { return origin }
    let angle = length / earthRadiusMeters
    let east = sin(angle) * eastMeters / length
    let north = sin(angle) * northMeters / length

    // The point on the unit sphere, with the origin's meridian as x.
    let x = cosLatitude * cos(angle) - sinLatitude * north
    let z = sinLatitude * cos(angle) + cosLatitude * north
    let latitude = atan2(z, (x * x + east * east).squareRoot()) / degree
    var longitude = origin.longitude + atan2(east, x) / degree
    if longitude > 180 { longitude -= 360 }
    if longitude < -180 { longitude += 360 }
    // Rounding can end a hair beyond the pole or the 180th meridian.
    return Coordinate(latitude: min(90, max(-90, latitude)), longitude: min(180, max(-180, longitude)))!
  }
}

private let degree = Double.pi / 180
