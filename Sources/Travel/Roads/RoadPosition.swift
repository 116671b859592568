/// Where a place or a point is on the roads: an edge, how far along it, and the way from the door to it.
///
///     let position = RoadPosition(edge: 17, millimeters: 42_000)
///     position.gapMilliseconds  // 0: it lies on the road
///
/// `RoadSnapping` makes them from coordinates.
public struct RoadPosition: Hashable, Sendable {
  /// The edge, as a position in the network's edge columns.
  public var edge: UInt32
  /// How far along the edge from its first junction, in `0...edgeMillimeters[edge]`.
  public var millimeters: UInt32
  /// The straight line from the door to the road.
  public var gapMillimeters: UInt32
  /// The way from the door to the road: the straight line times circuity. Counted in lengths.
  public var approachMillimeters: UInt32
  /// What that way takes. Counted in times.
  public var gapMilliseconds: UInt32
  /// Degrees north of the position on the road, times 10⁷.
  public var latitude: Int32
  /// Degrees east of it, times 10⁷.
  public var longitude: Int32
  /// Whether a nearer edge was passed over because it belongs to an island.
  public var passesIsland: Bool

  /// Describes a position; without the last arguments it lies on the road, and nobody needs to know where on earth.
  public init(
    edge: UInt32, millimeters: UInt32, gapMillimeters: UInt32 = 0, approachMillimeters: UInt32 = 0,
    gapMilliseconds: UInt32 = 0, latitude: Int32 = 0, longitude: Int32 = 0, passesIsland: Bool = false
  ) {
    self.edge = edge
    self.millimeters = millimeters
    self.gapMillimeters = gapMillimeters
    self.approachMillimeters = approachMillimeters
    self.gapMilliseconds = gapMilliseconds
    self.latitude = latitude
    self.longitude = longitude
    self.passesIsland = passesIsland
  }
}

/// What a part of an edge takes: `milliseconds` × `part` ÷ `whole`, rounded to the nearest, halves up.
///
/// Every partial edge in the program is rounded by this rule, once for each part traveled, so that another engine can
/// agree to the millisecond. Of an edge without length a part is the whole.
///
/// - Complexity: O(1).
@inline(__always)
func partialMilliseconds(_ milliseconds: UInt32, part: UInt32, of whole: UInt32) -> UInt32 {
  guard whole > 0 else { return milliseconds }
  let half = UInt64(whole) / 2
  // floor(a / n + 1/2) = floor((a + floor(n / 2)) / n) for whole numbers a and n when n is even; when n is odd a half
  // never occurs, and adding the smaller half rounds the same.
  return UInt32(truncatingIfNeeded: (UInt64(milliseconds) * UInt64(part) + half) / UInt64(whole))
}

/// The longest part of an edge that takes at most `limit` by that rule.
///
/// - Complexity: O(1).
func longestPart(within limit: UInt32, of milliseconds: UInt32, whole: UInt32) -> UInt32 {
  guard milliseconds > limit else { return whole }
  // Rounded time ≤ limit ⟺ milliseconds × part ÷ whole < limit + 1/2 ⟺ 2 × milliseconds × part < (2 × limit + 1) × whole.
  guard whole > 0 else { return 0 }
  let bound = ((2 * UInt64(limit) + 1) * UInt64(whole) - 1) / (2 * UInt64(milliseconds))
  return UInt32(truncatingIfNeeded: min(UInt64(whole), bound))
}
