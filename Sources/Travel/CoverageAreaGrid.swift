import Geo

/// A corner on the map of longitude (x) and latitude (y), in units of 10⁻⁷ degrees: about a centimeter.
///
/// All that is merged has whole coordinates, so that comparing, turning and crossing are exact, and what is printed with
/// seven decimals is what was computed.
typealias GridCorner = SIMD2<Int32>

/// A closed ring; its first corner is not repeated.
typealias GridRing = [GridCorner]

/// A polygon on the grid: its exterior first, then its holes.
struct GridPolygon: Equatable, Sendable {
  var rings: [GridRing]
}

/// How many grid units a degree has.
let gridUnitsPerDegree = 1e7

/// The nearest corner of the grid; longitudes may run past ±180°, to be cut later.
func gridPosition(_ longitude: Double, _ latitude: Double) -> SIMD2<Int> {
  let scaled = (SIMD2(longitude, latitude) * gridUnitsPerDegree).rounded(.toNearestOrAwayFromZero)
  return SIMD2(Int(scaled.x), Int(scaled.y))
}

/// A rectangle of the grid, its rim included.
struct GridBox: Equatable, Sendable {
  var low: GridCorner
  var high: GridCorner

  /// All of the map.
  static let world = GridBox(
    low: GridCorner(-1_800_000_000, -900_000_000), high: GridCorner(1_800_000_000, 900_000_000))

  init(low: GridCorner, high: GridCorner) {
    (self.low, self.high) = (low, high)
  }

  /// The least box around corners, of which there must be one.
  init(around corners: some Sequence<GridCorner>) {
    var low = GridCorner(repeating: .max)
    var high = GridCorner(repeating: .min)
    for corner in corners {
      low = pointwiseMin(low, corner)
      high = pointwiseMax(high, corner)
    }
    self.init(low: low, high: high)
  }

  /// Whether the two share a point.
  func meets(_ other: GridBox) -> Bool { all(low .<= other.high) && all(other.low .<= high) }

  /// Whether every point of the other is one of this.
  func contains(_ other: GridBox) -> Bool { all(low .<= other.low) && all(other.high .<= high) }

  /// Its corners counter-clockwise, from the southwest.
  var ring: GridRing { [low, GridCorner(high.x, low.y), high, GridCorner(low.x, high.y)] }

  /// Whether the corner lies on the rim.
  func hasOnRim(_ corner: GridCorner) -> Bool { any((corner .== low) .| (corner .== high)) }

  var width: Int { Int(high.x) - Int(low.x) }
  var height: Int { Int(high.y) - Int(low.y) }

  /// The two halves, divided across the longer side; they share a seam. `nil` for a box of a single unit.
  var halves: (GridBox, GridBox)? {
    guard max(width, height) > 1 else { return nil }
    var (first, second) = (self, self)
    let axis = width >= height ? 0 : 1
    let middle = Int32((Int(low[axis]) + Int(high[axis])) >> 1)
    first.high[axis] = middle
    second.low[axis] = middle
    return (first, second)
  }
}

/// The cross product of *b* − *a* and *c* − *a*: positive where *c* lies left of the way from *a* to *b*.
///
/// Exact: it is twice the area of a triangle, which has at most 63 bits on the map; what overflows on the way comes back.
@inline(__always)
func turn(_ a: SIMD2<Int>, _ b: SIMD2<Int>, _ c: SIMD2<Int>) -> Int {
  let (u, v) = (b &- a, c &- a)
  return u.x &* v.y &- u.y &* v.x
}

@inline(__always)
func turn(_ a: GridCorner, _ b: GridCorner, _ c: GridCorner) -> Int { turn(wide(a), wide(b), wide(c)) }

@inline(__always)
func wide(_ corner: GridCorner) -> SIMD2<Int> { SIMD2<Int>(truncatingIfNeeded: corner) }

/// The corner as one number, ascending from west to east, then from south to north.
@inline(__always)
func key(_ corner: GridCorner) -> UInt64 {
  UInt64(UInt32(bitPattern: corner.x ^ .min)) << 32 | UInt64(UInt32(bitPattern: corner.y ^ .min))
}

/// Twice the area in square units, positive where the ring runs counter-clockwise.
///
/// Measured from the first corner, so that small rings far from the origin are exact.
func doubledArea(of ring: GridRing) -> Double {
  guard let first = ring.first else { return 0 }
  var sum = 0.0
  for index in ring.indices.dropFirst(2) { sum += Double(turn(first, ring[index - 1], ring[index])) }
  return sum
}

/// Whether the ring turns nowhere to the right or back, and only once around: then it encloses a convex area.
func isConvex(_ ring: [SIMD2<Int>]) -> Bool {
  guard ring.count >= 3 else { return false }
  var wasNorthward = ring[0].y > ring[ring.count - 1].y
  var extremes = 0
  var hasTurned = false
  var (a, b) = (ring[ring.count - 2], ring[ring.count - 1])
  for c in ring {
    let side = turn(a, b, c)
    let (ahead, next) = (b &- a, c &- b)
    if side < 0
      || side == 0 && (ahead.x.signum() * next.x.signum() < 0 || ahead.y.signum() * next.y.signum() < 0)
    {
      return false
    }
    if side > 0 { hasTurned = true }
    // A ring that turns once goes north once and south once.
    let isNorthward = c.y == b.y ? wasNorthward : c.y > b.y
    if isNorthward != wasNorthward { extremes += 1 }
    wasNorthward = isNorthward
    (a, b) = (b, c)
  }
  return hasTurned && extremes <= 2
}
