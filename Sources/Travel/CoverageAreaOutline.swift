import Foundation
import Geo

/// Draws circles on the sphere as rings of longitude and latitude.
struct CircleOutline {
  /// A corner; the longitude may run past ±180 so that a ring does not jump.
  typealias Corner = (longitude: Double, latitude: Double)

  /// What a circle is on a map of longitude and latitude.
  enum Shape {
    /// A ring within 180° of its center, perhaps across the 180th meridian.
    case ring([Corner])
    /// A cap around one pole: the edge runs once around the earth, and the ring back along the pole.
    case polarCap([Corner])
    /// All of the earth but a ring: a circle around both poles.
    case allBut([Corner])
    /// All of the earth.
    case everything
  }

  /// The bearings of the corners, in radians from due north, ascending from 0 and below 2π.
  let bearings: [Double]

  private let sines: [Double]
  private let cosines: [Double]

  init(bearings: [Double]) {
    self.bearings = bearings
    sines = bearings.map { sin($0) }
    cosines = bearings.map { cos($0) }
  }

  /// The shape of `circle`.
  func shape(of circle: Circle) -> Shape {
    let radius = circle.radius.meters / earthRadiusMeters
    let latitude = circle.center.latitude * .pi / 180
    let reach = abs(latitude) + radius
    guard radius < .pi else { return .everything }
    if radius - abs(latitude) >= .pi / 2 {
      // What is not within reach is a circle too, around the antipode, and around no pole.
      let west = circle.center.longitude > 0 ? circle.center.longitude - 180 : circle.center.longitude + 180
      let antipode = Coordinate<WGS84>(latitude: -circle.center.latitude, longitude: west)!
      let rest = Circle(center: antipode, radius: .meters((.pi - radius) * earthRadiusMeters))
      guard case .ring(let corners) = shape(of: rest) else { return .everything }
      return .allBut(corners)
    }
    let arc = CircleArc(circle: circle, tolerance: 1 - cos(bearings[1] / 2))
    if reach >= .pi / 2 { return .polarCap(polarCap(arc)) }
    if isPlain(circle) {
      return .ring(bearings.indices.map { arc.corner(sine: sines[$0], cosine: cosines[$0]) })
    }
    var corners: [Corner] = []
    for (index, bearing) in bearings.enumerated() {
      let next = index + 1 < bearings.count ? bearings[index + 1] : 2 * .pi
      corners.append(arc.corner(at: bearing))
      arc.refine(from: bearing, corners[corners.count - 1], to: next, arc.corner(at: next), into: &corners)
    }
    return .ring(corners)
  }

  /// Whether corners at equal bearings are enough.
  ///
  /// Over one edge, a straight line on the map leaves the great circle by tan(latitude) × (radius ÷ R) times as much as
  /// the great circle leaves the circle. Where that is below a twentieth the corners may stay as they are.
  func isPlain(_ circle: Circle) -> Bool {
    let radius = circle.radius.meters / earthRadiusMeters
    let reach = abs(circle.center.latitude) * .pi / 180 + radius
    return reach < .pi / 2 && radius * tan(reach) < 0.05
  }

  /// The edge of a circle around a pole, from one side of its center's antimeridian to the other, and the pole.
  private func polarCap(_ arc: CircleArc) -> [Corner] {
    let isNorth = arc.circle.center.latitude > 0
    // The edge crosses the center's antimeridian beyond the pole: due north there, or due south.
    let start = isNorth ? 0 : Double.pi
    let (first, last) = isNorth ? (180.0, -180.0) : (-180.0, 180.0)
    let center = arc.circle.center.longitude
    let rim = arc.corner(at: start).latitude
    var corners: [Corner] = [(center + first, rim)]
    for index in bearings.indices {
      let isLast = index + 1 == bearings.count
      let next = isLast ? 2 * .pi : bearings[index + 1]
      let end = isLast ? (center + last, rim) : arc.corner(at: start + next)
      arc.refine(
        from: start + bearings[index], corners[corners.count - 1], to: start + next, end, into: &corners)
      corners.append(end)
    }
    let pole = isNorth ? 90.0 : -90.0
    return corners + [(center + last, pole), (center + first, pole)]
  }
}

/// The edge of one circle.
private struct CircleArc {
  let circle: Circle
  /// How far an edge may leave the circle, as a share of the radius, before it is given another corner.
  let tolerance: Double

  private let sinRadius: Double
  private let cosRadius: Double
  private let sinLatitude: Double
  private let cosLatitude: Double

  init(circle: Circle, tolerance: Double) {
    self.circle = circle
    self.tolerance = tolerance
    let radius = circle.radius.meters / earthRadiusMeters
    let latitude = circle.center.latitude * .pi / 180
    (sinRadius, cosRadius) = (sin(radius), cos(radius))
    (sinLatitude, cosLatitude) = (sin(latitude), cos(latitude))
  }

  /// The corner in the direction whose sine and cosine are given, clockwise from due north.
  ///
  /// The direct problem on the sphere as a rotation of vectors; unlike the textbook's arcsine, the arctangent keeps its
  /// digits near the poles.
  func corner(sine: Double, cosine: Double) -> CircleOutline.Corner {
    let north = sinLatitude * cosRadius + cosLatitude * sinRadius * cosine
    let ahead = cosLatitude * cosRadius - sinLatitude * sinRadius * cosine
    let aside = sinRadius * sine
    let latitude = atan2(north, (ahead * ahead + aside * aside).squareRoot())
    return (circle.center.longitude + atan2(aside, ahead) * 180 / .pi, latitude * 180 / .pi)
  }

  func corner(at bearing: Double) -> CircleOutline.Corner {
    corner(sine: sin(bearing), cosine: cos(bearing))
  }

  /// Adds the corners needed between two, so that the edges follow the circle.
  func refine(
    from bearing: Double, _ corner: CircleOutline.Corner, to nextBearing: Double,
    _ next: CircleOutline.Corner,
    depth: Int = 0, into corners: inout [CircleOutline.Corner]
  ) {
    // Bearings halved thirty times differ by less than a millimeter on any circle.
    guard depth < 30, strays(from: corner, to: next) else { return }
    let middle = (bearing + nextBearing) / 2
    let between = self.corner(at: middle)
    refine(from: bearing, corner, to: middle, between, depth: depth + 1, into: &corners)
    corners.append(between)
    refine(from: middle, between, to: nextBearing, next, depth: depth + 1, into: &corners)
  }

  /// Whether the straight edge leaves the circle by more than the tolerance at one of three places between its ends.
  private func strays(from corner: CircleOutline.Corner, to next: CircleOutline.Corner) -> Bool {
    [0.25, 0.5, 0.75].contains { share in
      let longitude = corner.longitude + share * (next.longitude - corner.longitude)
      let latitude = corner.latitude + share * (next.latitude - corner.latitude)
      let place = Coordinate<WGS84>(
        latitude: min(90, max(-90, latitude)), longitude: longitude.remainder(dividingBy: 360))
      guard let place else { return false }
      let meters = place.distance(to: circle.center).meters
      // Nearer than the inscribed edge of the plain circle comes, or outside by as much.
      return meters < circle.radius.meters * (1 - 1.5 * tolerance)
        || meters > circle.radius.meters * (1 + tolerance)
    }
  }
}
