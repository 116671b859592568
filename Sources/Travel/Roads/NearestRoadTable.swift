/// The nearest points of each place, `k` entries a place, in the order of the places.
///
///     let table = search.nearest(2, of: points, to: places)
///     table.points[2 * place + 1]        // the second nearest point
///     table.milliseconds[2 * place + 1]  // how long the way to it takes
public struct NearestRoadTable: Hashable, Sendable {
  /// How many entries each place has.
  public let k: Int
  /// Row by row the points, ascending by time, then position; -1 where fewer are reached.
  public internal(set) var points: [Int32]
  /// Their times; `RoadSearch.unreached` where the point is -1.
  public internal(set) var milliseconds: [UInt32]
  /// The lengths of the ways, in millimeters; `RoadSearch.unreached` where the point is -1.
  public internal(set) var millimeters: [UInt32]

  init(k: Int, places: Int) {
    self.k = k
    points = [Int32](repeating: -1, count: k * places)
    milliseconds = [UInt32](repeating: RoadSearch.unreached, count: k * places)
    millimeters = milliseconds
  }
}

extension RoadSearch {
  /// The `k` nearest points of each place by one search from all points at once.
  ///
  /// - Parameters:
  ///   - k: how many points each place gets, at least 0.
  ///   - points: where the points are.
  ///   - places: where the places are.
  ///   - direction: to the point, as people go to pay, or from it.
  ///   - limit: the longest time looked for; the rim counts as within.
  ///   - delays: what each point takes besides the way, in milliseconds, and what then counts in every time; empty for nothing.
  /// - Precondition: `direction` is not `.roundTrip` (`within` answers that), `limit` is at most `longestMilliseconds`;
  ///   there are as many delays as points, or none.
  /// - Complexity: O(*k*² (*n* + *m*)) for *n* nodes and *m* arcs of a road network.
  public func nearest(
    _ k: Int, of points: [RoadPosition?], to places: [RoadPosition?], direction: Direction = .toPoint,
    within limit: UInt32 = longestMilliseconds, delays: [UInt32] = []
  ) -> NearestRoadTable {
    precondition(
      delays.isEmpty || delays.count == points.count, "a delay for every point, or none, is expected")
    precondition(k >= 0, "a number of points cannot be negative: \(k)")
    precondition(points.count <= Int(Int32.max), "fewer points are expected")
    var table = NearestRoadTable(k: k, places: places.count)
    guard k > 0 else { return table }
    let view = view(direction)
    let neighbors = PositionsByEdge(points)
    view.withTable { arcs in
      let slots = min(k, max(1, points.count))
      var search = SlotSearch(arcs, slots: slots, limit: limit)
      defer { search.deallocate() }
      search.run(from: points, delays, view)
      for (row, place) in places.enumerated() {
        guard let place else { continue }
        var best = BestPoints(count: slots, limit: limit)
        for access in view.accesses(ofPlace: place) {
          search.forEachSlot(of: access.node) { label, millimeters in
            best.insert(
              milliseconds: label >> 32 + UInt64(access.milliseconds),
              point: UInt32(truncatingIfNeeded: label),
              millimeters: saturatingSum(millimeters, access.millimeters))
          }
        }
        for point in neighbors.positions(onEdge: place.edge) {
          guard let position = points[point], let way = view.direct(place: place, point: position) else {
            continue
          }
          best.insert(
            milliseconds: way.milliseconds + (delays.isEmpty ? 0 : UInt64(delays[point])),
            point: UInt32(point),
            millimeters: way.millimeters)
        }
        for (rank, entry) in best.entries.enumerated() {
          table.points[row * k + rank] = Int32(entry.point)
          table.milliseconds[row * k + rank] = UInt32(entry.milliseconds)
          table.millimeters[row * k + rank] = entry.millimeters
        }
      }
    }
    return table
  }
}

/// The search for one point or for several, whichever is needed: that for one is several times as fast.
private enum SlotSearch {
  case one(NearestPointSearch)
  case several(NearestPointsSearch)

  init(_ table: ArcTable, slots: Int, limit: UInt32) {
    self =
      slots == 1
      ? .one(NearestPointSearch(table, limit: limit, lengths: true))
      : .several(NearestPointsSearch(table, slots: slots, limit: limit))
  }

  func deallocate() {
    switch self {
    case .one(let search): search.deallocate()
    case .several(let search): search.deallocate()
    }
  }

  mutating func run(from points: [RoadPosition?], _ delays: [UInt32], _ view: RoadSearch.View) {
    switch self {
    case .one(var search):
      search.start(from: points, delays: delays, view)
      search.run()
      self = .one(search)
    case .several(var search):
      search.start(from: points, delays: delays, view)
      search.run()
      self = .several(search)
    }
  }

  /// The filled slots of a node: time and point, and the length of the way.
  func forEachSlot(of node: UInt32, _ body: (UInt64, UInt32) -> Void) {
    switch self {
    case .one(let search): search.forEachSlot(of: node, body)
    case .several(let search): search.forEachSlot(of: node, body)
    }
  }
}

/// Positions by the edge they are on.
struct PositionsByEdge {
  // The edge in the upper half, the position in the array in the lower; ascending.
  private let keys: [UInt64]

  init(_ positions: [RoadPosition?]) {
    keys = positions.enumerated().compactMap { i, position in
      position.map { UInt64($0.edge) << 32 | UInt64(i) }
    }.sorted()
  }

  /// The positions on an edge, ascending.
  ///
  /// - Complexity: O(log *n* + *k*) for *k* positions found.
  func positions(onEdge edge: UInt32) -> some Sequence<Int> {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] >> 32 >= UInt64(edge) { high = middle } else { low = middle + 1 }
    }
    return keys[low...].lazy.prefix { $0 >> 32 == UInt64(edge) }.map {
      Int(truncatingIfNeeded: $0 & 0xFFFF_FFFF)
    }
  }
}

/// The best distinct points of one place, as they turn up.
private struct BestPoints {
  struct Entry {
    var milliseconds: UInt64
    var point: UInt32
    var millimeters: UInt32
  }

  private let count: Int
  private let limit: UInt32
  private(set) var entries: [Entry] = []

  init(count: Int, limit: UInt32) {
    self.count = count
    self.limit = limit
  }

  mutating func insert(milliseconds: UInt64, point: UInt32, millimeters: UInt32) {
    guard milliseconds <= UInt64(limit) else { return }
    if let at = entries.firstIndex(where: { $0.point == point }) {
      let known = entries[at]
      guard (milliseconds, millimeters) < (known.milliseconds, known.millimeters) else { return }
      entries.remove(at: at)
    }
    let slot =
      entries.firstIndex { (milliseconds, point) < ($0.milliseconds, $0.point) } ?? entries.count
    guard slot < count else { return }
    if entries.count == count { entries.removeLast() }
    entries.insert(Entry(milliseconds: milliseconds, point: point, millimeters: millimeters), at: slot)
  }
}
