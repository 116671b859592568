import Foundation

/// A polygon with holes, on WGS-84.
///
///     let square = Polygon(exterior: [sw, se, ne, nw])
///     square.contains(home)
///     square.areaSquareMeters
///
/// Rings are closed without repeating the first corner. The exterior runs counter-clockwise and holes clockwise in
/// what paycircle makes (RFC 7946, 3.1.6); reading accepts either. Edges are straight lines in latitude and
/// longitude (RFC 7946, 3.1.1), so a polygon across the 180th meridian is cut there into two (3.1.9).
public struct Polygon: Hashable, Sendable {
  /// The outer ring.
  public var exterior: [Coordinate<WGS84>]
  /// The inner rings.
  public var holes: [[Coordinate<WGS84>]]

  /// Puts a polygon together.
  public init(exterior: [Coordinate<WGS84>], holes: [[Coordinate<WGS84>]] = []) {
    self.exterior = exterior
    self.holes = holes
  }

  /// The smallest box around the exterior, or `nil` when that is empty. It never crosses the 180th meridian,
  /// because edges do not.
  ///
  /// - Complexity: O(corners).
  public var boundingBox: BoundingBox? {
    guard let first = exterior.first else { return nil }
    var (south, north, west, east) = (first.latitude, first.latitude, first.longitude, first.longitude)
    for corner in exterior {
      south = min(south, corner.latitude)
      north = max(north, corner.latitude)
      west = min(west, corner.longitude)
      east = max(east, corner.longitude)
    }
    return BoundingBox(south: south, west: west, north: north, east: east)
  }

  /// Whether `coordinate` lies in the exterior and in none of the holes. The rim counts as inside, that of the
  /// exterior as well as that of a hole.
  ///
  /// Works by even-odd counting, so a ring that crosses itself leaves out what it winds around twice. Which side
  /// of a slanting edge a position is on is known to about 1e-13 degrees, 0.01 micrometers.
  ///
  /// - Complexity: O(corners).
  public func contains(_ coordinate: Coordinate<WGS84>) -> Bool {
    switch side(of: exterior, coordinate) {
    case .rim: return true
    case .outside: return false
    case .inside: break
    }
    return !holes.contains { side(of: $0, coordinate) == .inside }
  }

  /// The area in square meters, holes taken out, on a sphere of radius `earthRadiusMeters`.
  ///
  /// Exact for edges that are straight in latitude and longitude, up to rounding. Against the WGS-84 ellipsoid it
  /// is 0.5 % too large at the equator, right near latitude 35, and 0.9 % too small at the poles.
  ///
  /// - Complexity: O(corners).
  public var areaSquareMeters: Double {
    holes.reduce(area(of: exterior)) { $0 - area(of: $1) }
  }

  /// The same polygon with its exterior counter-clockwise and its holes clockwise (RFC 7946, 3.1.6). Each ring
  /// keeps its first corner; a ring without area stays as it is.
  ///
  /// - Complexity: O(corners).
  public var normalized: Polygon {
    Polygon(
      exterior: doubleSignedArea(of: exterior) < 0 ? turned(exterior) : exterior,
      holes: holes.map { doubleSignedArea(of: $0) > 0 ? turned($0) : $0 })
  }
}

extension Polygon {
  /// Why a list of positions, as files hold them, is no ring.
  public struct RingDefect: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
      /// There is not even an outer ring.
      case noRing
      /// A ring has at least four positions, the last repeating the first (RFC 7946, 3.1.6).
      case tooFewPositions(found: Int)
      /// The last position does not repeat the first.
      case notClosed(first: Coordinate<WGS84>, last: Coordinate<WGS84>)
    }

    /// Which ring, counting from 0, the exterior.
    public let ring: Int
    /// What is wrong with it.
    public let reason: Reason

    /// Names a defect.
    public init(ring: Int, reason: Reason) {
      self.ring = ring
      self.reason = reason
    }
  }

  /// Takes rings as GeoJSON and GeoPackage hold them: the exterior first, each with its first position repeated
  /// at the end.
  ///
  ///     try Polygon(closedRings: [[a, b, c, a]]).exterior  // [a, b, c]
  ///
  /// - Throws: the first defect, in the order of the rings.
  public init(closedRings: [[Coordinate<WGS84>]]) throws(RingDefect) {
    var rings: [[Coordinate<WGS84>]] = []
    for (number, positions) in closedRings.enumerated() {
      guard let first = positions.first, let last = positions.last, positions.count >= 4 else {
        throw RingDefect(ring: number, reason: .tooFewPositions(found: positions.count))
      }
      guard first == last else {
        throw RingDefect(ring: number, reason: .notClosed(first: first, last: last))
      }
      rings.append(Array(positions.dropLast()))
    }
    guard let exterior = rings.first else { throw RingDefect(ring: 0, reason: .noRing) }
    self.init(exterior: exterior, holes: Array(rings.dropFirst()))
  }

  /// The rings as files hold them: the exterior first, each with its first position repeated at the end.
  public var closedRings: [[Coordinate<WGS84>]] {
    ([exterior] + holes).map { $0 + $0.prefix(1) }
  }
}

private enum Side { case inside, outside, rim }

/// Where `p` lies, by how many edges of the ring a ray to the east meets.
private func side(of ring: [Coordinate<WGS84>], _ p: Coordinate<WGS84>) -> Side {
  guard var a = ring.last else { return .outside }
  var inside = false
  for b in ring {
    defer { a = b }
    let isBelowA = p.latitude < a.latitude
    let isBelowB = p.latitude < b.latitude
    // Twice the area of the triangle a, b, p: positive where p lies left of the edge.
    let turn =
      (b.longitude - a.longitude) * (p.latitude - a.latitude)
      - (b.latitude - a.latitude) * (p.longitude - a.longitude)
    if turn == 0,
      min(a.latitude, b.latitude) <= p.latitude, p.latitude <= max(a.latitude, b.latitude),
      min(a.longitude, b.longitude) <= p.longitude, p.longitude <= max(a.longitude, b.longitude)
    {
      return .rim
    }
    // An edge owns its lower end and not its upper one, so a ray through a corner is counted once.
    if isBelowA != isBelowB, (turn > 0) == isBelowB { inside.toggle() }
  }
  return inside ? .inside : .outside
}

/// The area under each edge down to the equator, summed.
///
/// Along an edge that is straight in latitude and longitude the mean of sin(latitude) is the sine of the middle
/// latitude times sin(h)/h, where h is half the difference (by integration).
private func area(of ring: [Coordinate<WGS84>]) -> Double {
  guard var a = ring.last else { return 0 }
  let degree = Double.pi / 180
  // Measured from the first corner's latitude instead of the equator, so that a village keeps its digits.
  let base = sin(a.latitude * degree)
  var sum = 0.0
  for b in ring {
    let half = (b.latitude - a.latitude) * degree / 2
    let mean = sin((a.latitude + b.latitude) * degree / 2) * (half == 0 ? 1 : sin(half) / half)
    sum += (b.longitude - a.longitude) * degree * (mean - base)
    a = b
  }
  return abs(sum) * earthRadiusMeters * earthRadiusMeters
}

/// In square degrees; positive where the ring runs counter-clockwise.
private func doubleSignedArea(of ring: [Coordinate<WGS84>]) -> Double {
  guard let first = ring.first, var a = ring.last else { return 0 }
  var sum = 0.0
  for b in ring {
    sum +=
      (a.longitude - first.longitude) * (b.latitude - first.latitude)
      - (b.longitude - first.longitude) * (a.latitude - first.latitude)
    a = b
  }
  return sum
}

/// The ring walked the other way from the same first corner.
private func turned(_ ring: [Coordinate<WGS84>]) -> [Coordinate<WGS84>] {
  Array(ring.prefix(1)) + ring.dropFirst().reversed()
}
