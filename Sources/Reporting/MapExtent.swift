import Geo

/// The part of the earth a map shows: the smallest range of longitudes, and of latitudes, that holds a set of
/// positions, also where that range crosses the 180th meridian.
struct MapExtent: Hashable, Sendable {
  /// Degrees north of the southern and the northern edge; `south` above `north` while nothing is included.
  private(set) var south = 90.0
  private(set) var north = -90.0

  // The lowest and highest longitude seen in each degree; ∞ where none. The widest run of empty degrees is what
  // the map leaves out.
  private var lowest = [Double](repeating: .infinity, count: 360)
  private var highest = [Double](repeating: -.infinity, count: 360)

  /// Widens the extent to hold a position.
  mutating func include(latitude: Double, longitude: Double) {
    south = min(south, latitude)
    north = max(north, latitude)
    // 180 and -180 are the same meridian and must fall in the same degree.
    let folded = longitude == 180 ? -180 : longitude
    let bin = min(359, max(0, Int((folded + 180).rounded(.down))))
    lowest[bin] = min(lowest[bin], folded)
    highest[bin] = max(highest[bin], folded)
  }

  /// Widens the extent to hold every corner of `polygons`' outer rings.
  mutating func include(_ polygons: [Polygon]) {
    for corner in polygons.lazy.flatMap(\.exterior) {
      include(latitude: corner.latitude, longitude: corner.longitude)
    }
  }

  /// Whether nothing was included.
  var isEmpty: Bool { south > north }

  /// Degrees east of the western edge, and of the eastern one, which passes 180 rather than wrapping round.
  ///
  /// Exact unless the positions lie all round the earth without a gap of a degree.
  var longitudes: (west: Double, east: Double) {
    let occupied = lowest.indices.filter { lowest[$0].isFinite }
    guard let first = occupied.first, let last = occupied.last else { return (0, 0) }
    // The extent starts after the widest gap; the one over the 180th meridian wins ties.
    var start = first
    var end = last
    var widest = lowest[first] + 360 - highest[last]
    for (before, after) in zip(occupied, occupied.dropFirst()) where lowest[after] - highest[before] > widest
    {
      widest = lowest[after] - highest[before]
      start = after
      end = before
    }
    let west = lowest[start]
    let east = highest[end]
    return (west, east < west ? east + 360 : east)
  }
}
