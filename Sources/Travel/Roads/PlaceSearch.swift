/// The places by the nodes and edges they touch, in the direction of a search.
struct PlacesByNode {
  struct Entry {
    var place: UInt32
    var milliseconds: UInt32
    var millimeters: UInt32
  }

  let view: RoadSearch.View
  let positions: [RoadPosition?]
  let byEdge: PositionsByEdge
  // The entries of node v are entries[start[v]..<start[v + 1]].
  let start: [UInt32]
  let entries: [Entry]

  init(_ positions: [RoadPosition?], _ view: RoadSearch.View) {
    self.view = view
    self.positions = positions
    byEdge = PositionsByEdge(positions)
    var start = [UInt32](repeating: 0, count: view.graph.nodeCount + 1)
    var found: [(node: UInt32, entry: Entry)] = []
    found.reserveCapacity(2 * positions.count)
    for (place, position) in positions.enumerated() {
      guard let position else { continue }
      for access in view.accesses(ofPlace: position) {
        start[Int(access.node) + 1] += 1
        found.append(
          (
            access.node,
            Entry(place: UInt32(place), milliseconds: access.milliseconds, millimeters: access.millimeters)
          ))
      }
    }
    for node in 0..<view.graph.nodeCount { start[node + 1] += start[node] }
    var next = start
    var entries = [Entry](repeating: Entry(place: 0, milliseconds: 0, millimeters: 0), count: found.count)
    for (node, entry) in found {
      entries[Int(next[Int(node)])] = entry
      next[Int(node)] += 1
    }
    self.start = start
    self.entries = entries
  }
}

/// The search behind `within` and `table`, for one point after another.
struct PlaceSearch {
  private let located: PlacesByNode
  private var search: BoundedSearch
  /// What the last point reaches.
  var found: ReachedPlaces

  init(_ located: PlacesByNode, limit: UInt32) {
    self.located = located
    search = BoundedSearch(nodeCount: located.view.graph.nodeCount, limit: limit, lengths: true)
    found = ReachedPlaces(count: located.positions.count)
  }

  func deallocate() {
    search.deallocate()
    found.deallocate()
  }

  /// Finds the places within the limit of `point`, which the answer calls `number`.
  mutating func run(from point: RoadPosition?, number: Int) {
    found.clear(point: number)
    guard let point else { return }
    located.view.withTable { search.run($0, from: located.view.accesses(ofPoint: point)) }
    let limit = UInt64(search.limit)
    search.forEachReached { node, milliseconds, millimeters in
      for i in Int(located.start[node])..<Int(located.start[node + 1]) {
        let entry = located.entries[i]
        let total = UInt64(milliseconds) + UInt64(entry.milliseconds)
        if total <= limit {
          found.improve(entry.place, UInt32(total), saturatingSum(millimeters, entry.millimeters))
        }
      }
    }
    for place in located.byEdge.positions(onEdge: point.edge) {
      guard let position = located.positions[place],
        let way = located.view.direct(place: position, point: point), way.milliseconds <= limit
      else { continue }
      found.improve(UInt32(place), UInt32(way.milliseconds), way.millimeters)
    }
    found.sort()
  }
}

/// The places that one point reaches.
struct ReachedPlaces {
  private(set) var point = 0
  /// Ascending after `sort`.
  private(set) var places: [UInt32] = []
  /// By place; of the places reached only.
  let milliseconds: UnsafeMutablePointer<UInt32>
  let millimeters: UnsafeMutablePointer<UInt32>
  // One bit a place: whether it is reached.
  private let reached: UnsafeMutablePointer<UInt64>
  private let count: Int

  init(count: Int) {
    self.count = count
    milliseconds = .allocate(capacity: max(1, count))
    milliseconds.initialize(repeating: RoadSearch.unreached, count: count)
    millimeters = .allocate(capacity: max(1, count))
    millimeters.initialize(repeating: RoadSearch.unreached, count: count)
    reached = .allocate(capacity: count / 64 + 1)
    reached.initialize(repeating: 0, count: count / 64 + 1)
  }

  func deallocate() {
    milliseconds.deallocate()
    millimeters.deallocate()
    reached.deallocate()
  }

  mutating func clear(point: Int) {
    self.point = point
    for place in places {
      milliseconds[Int(place)] = RoadSearch.unreached
      millimeters[Int(place)] = RoadSearch.unreached
    }
    places.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func improve(_ place: UInt32, _ time: UInt32, _ length: UInt32) {
    let at = Int(place)
    let known = milliseconds[at]
    if known == RoadSearch.unreached {
      reached[at / 64] |= 1 << UInt64(at % 64)
      places.append(place)
    } else if time > known || time == known && length >= millimeters[at] {
      return
    }
    milliseconds[at] = time
    millimeters[at] = length
  }

  /// Puts the places in order: few by sorting, many by going through the bits.
  mutating func sort() {
    if places.count < count / 256 {
      places.sort()
      for place in places { reached[Int(place) / 64] = 0 }
      return
    }
    places.removeAll(keepingCapacity: true)
    for word in 0...count / 64 {
      var bits = reached[word]
      reached[word] = 0
      while bits != 0 {
        places.append(UInt32(64 * word + bits.trailingZeroBitCount))
        bits &= bits &- 1
      }
    }
  }

  /// Keeps the places that the way home reaches too, within the limit for both ways together.
  mutating func add(_ home: ReachedPlaces, limit: UInt32) {
    let all = places
    places.removeAll(keepingCapacity: true)
    for place in all {
      let at = Int(place)
      let back = home.milliseconds[at]
      if back != RoadSearch.unreached, milliseconds[at] + back <= limit {
        milliseconds[at] += back
        millimeters[at] = saturatingSum(millimeters[at], home.millimeters[at])
        places.append(place)
      } else {
        milliseconds[at] = RoadSearch.unreached
        millimeters[at] = RoadSearch.unreached
      }
    }
  }
}
