import Foundation
public import Geo

/// Why an area could not be put together.
public struct CoverageAreaError: Error, Hashable, Sendable {
  /// What the geometry library said.
  public let message: String
}

/// The area within reach of at least one site: circles around the sites, merged.
///
///     let area = try coverageArea(around: [hall, shop], radii: [.meters(577), .meters(577)])
///     area.count  // 1 where the circles overlap, otherwise 2
///
/// Each circle is a polygon whose corners lie *on* the circle (on the sphere of radius `earthRadiusMeters`), at equal
/// bearings from due north, and whose edges are straight in longitude and latitude, as GeoJSON reads them. So the
/// drawing is smaller than the truth, by at most 1.06 *r* (1 − cos(π ÷ `corners`)): 0.13 % of the radius for 64 corners;
/// the 0.06 is for edges that are straight on the map and not on the ground. Where those would stray further, which is
/// where *r* ÷ *R* × tan(latitude of the circle's far side) exceeds 0.05, on circles near the poles or of continental
/// size, there are more corners, and the edge stays within 2 *r* (1 − cos(π ÷ `corners`)) of the circle, on either side.
/// Rounding adds at most 3 centimeters.
///
/// Circles across the 180th meridian are cut there (RFC 7946, 3.1.9). A circle around a pole reaches up to it.
///
/// - Parameters:
///   - sites: the centers, in any order; repeated ones are harmless.
///   - radii: the radius of each, of any length up to the whole earth. Circles of less than half a meter, those of no
///     radius among them, are left out.
///   - corners: how many corners each circle has, at least 8.
/// - Returns: valid polygons that at most touch, with the exterior counter-clockwise and holes clockwise (RFC 7946,
///   3.1.6), coordinates of at most 7 decimals, each ring from its westernmost (then southernmost) corner on; in
///   ascending order of the first corner. Polygons and holes of less than one square meter are left out and filled. Where
///   many circles hang together, edges have a few corners more, on the seams of the tiles they were merged in. The
///   answer depends neither on the order of the sites nor on the number of threads.
/// - Throws: `CoverageAreaError` when the geometry library fails, as it does when memory runs out.
/// - Complexity: O(*n* log *n*) for *n* sites with circles of about one size, however they lie: a tile of the map never
///   holds more than a few dozen circles unless they all cross it.
public func coverageArea(
  around sites: [Coordinate<WGS84>], radii: [Distance], corners: Int = 64
) throws(CoverageAreaError) -> [Polygon] {
  precondition(sites.count == radii.count, "\(sites.count) sites but \(radii.count) radii")
  precondition(corners >= 8, "a circle of \(corners) corners is too coarse: at least 8")
  let circles = distinctCircles(around: sites, radii: radii)
  let bearings = (0..<corners).map { 2 * Double.pi * Double($0) / Double(corners) }
  let outline = CircleOutline(bearings: bearings)
  return try merged(circles, outlinedBy: outline)
}

/// A circle to be drawn.
struct Circle {
  let center: Coordinate<WGS84>
  let radius: Distance
}

/// The circles worth drawing, one for each center, in Morton order: near ones stand near each other.
private func distinctCircles(around sites: [Coordinate<WGS84>], radii: [Distance]) -> [Circle] {
  let order = sites.indices.filter { radii[$0].meters >= smallestRadiusMeters }.map { site in
    (code: mortonCode(of: sites[site]), site: site)
  }.sorted { a, b in
    let (p, q) = (sites[a.site], sites[b.site])
    return (a.code, p.longitude, p.latitude, -radii[a.site].meters)
      < (b.code, q.longitude, q.latitude, -radii[b.site].meters)
  }
  var circles: [Circle] = []
  for (_, site) in order where circles.last?.center != sites[site] {
    circles.append(Circle(center: sites[site], radius: radii[site]))
  }
  return circles
}

private let smallestRadiusMeters = 0.5

/// The position's longitude and latitude in 32 bits each, interleaved (Morton 1966).
private func mortonCode(of position: Coordinate<WGS84>) -> UInt64 {
  func spread(_ share: Double) -> UInt64 {
    var bits = UInt64(share * Double(UInt32.max))
    for (shift, mask) in [
      (16, 0x0000_FFFF_0000_FFFF), (8, 0x00FF_00FF_00FF_00FF), (4, 0x0F0F_0F0F_0F0F_0F0F),
      (2, 0x3333_3333_3333_3333), (1, 0x5555_5555_5555_5555),
    ] as [(UInt64, UInt64)] {
      bits = (bits | bits << shift) & mask
    }
    return bits
  }
  return spread((position.longitude + 180) / 360) | spread((position.latitude + 90) / 180) << 1
}
