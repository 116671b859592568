/// How far along the roads a time goes: every edge that some of is reached, and which parts of it.
///
///     let reach = search.reach(of: points, within: 600_000)
///     for i in reach.edges.indices {
///       for part in reach.parts(at: i, within: 300_000) { … }  // in millimeters from the edge's first junction
///     }
///
/// This is what an isochrone is drawn from. An edge is reached through its ends, and, where a point is on it, from within.
public struct RoadReach: Sendable {
  /// A point on an edge.
  public struct Start: Hashable, Sendable {
    /// The edge.
    public var edge: UInt32
    /// How far along it.
    public var millimeters: UInt32
    /// The point's gap.
    public var milliseconds: UInt32
  }

  /// The roads; its columns are shared, not copied.
  public let network: RoadNetwork
  /// Whose ways these are.
  public let mode: TravelMode
  /// To the points, or from them.
  public let direction: RoadSearch.Direction
  /// The longest time looked for.
  public let limit: UInt32
  /// The edges that some of may be reached, ascending.
  public let edges: [UInt32]
  /// For travel along each of these edges from its first junction to its second: to the points, the time from the second
  /// junction on; from the points, the time up to the first. `RoadSearch.unreached` where there is no such way within the limit.
  public let forward: [UInt32]
  /// For travel from its second junction to its first: to the points, the time from the first junction on; from the
  /// points, the time up to the second.
  public let backward: [UInt32]
  /// The points within the limit, by edge, then position.
  public let starts: [Start]

  /// The parts of the edge at position `i` of `edges` from where (or to where) travel takes at most `time`, in millimeters
  /// from its first junction, ascending and apart from each other. The rim counts as within.
  ///
  /// - Precondition: `time` is at most `limit`.
  /// - Complexity: O(log *s* + *k* log *k*) for *s* starts, *k* of them on the edge.
  public func parts(at i: Int, within time: UInt32) -> [ClosedRange<UInt32>] {
    precondition(time <= limit, "a time at most the limit searched is expected")
    let edge = Int(edges[i])
    let length = network.edgeMillimeters[edge]
    let along = network.milliseconds(ofEdge: edge, by: mode, backward: false)
    let against = network.milliseconds(ofEdge: edge, by: mode, backward: true)
    let leads = direction == .toPoint
    var parts: [ClosedRange<UInt32>] = []
    // Travel to the points ends where the end of the edge is; travel from them begins at its beginning. All of an edge
    // without length is at its first junction, so the time of the edge lies on the other side of it.
    if forward[i] <= time, length > 0 || !leads || along <= time - forward[i] {
      let part = longestPart(within: time - forward[i], of: along, whole: length)
      parts.append(leads ? length - part...length : 0...part)
    }
    if backward[i] <= time, length > 0 || leads || against <= time - backward[i] {
      let part = longestPart(within: time - backward[i], of: against, whole: length)
      parts.append(leads ? 0...part : length - part...length)
    }
    for start in startsOn(edge: edges[i]) where start.milliseconds <= time {
      let left = time - start.milliseconds
      let (lower, upper) = leads ? (along, against) : (against, along)
      var low = start.millimeters
      var high = start.millimeters
      if lower != RoadNetwork.noWay { low -= min(low, longestPart(within: left, of: lower, whole: length)) }
      if upper != RoadNetwork.noWay {
        high += min(length - high, longestPart(within: left, of: upper, whole: length))
      }
      parts.append(low...high)
    }
    return merged(parts)
  }

  /// The points on an edge.
  private func startsOn(edge: UInt32) -> ArraySlice<Start> {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle].edge >= edge { high = middle } else { low = middle + 1 }
    }
    return starts[low...].prefix { $0.edge == edge }
  }

  private func merged(_ parts: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var merged: [ClosedRange<UInt32>] = []
    for part in parts.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = merged.last, part.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
      } else {
        merged.append(part)
      }
    }
    return merged
  }
}

extension RoadSearch {
  /// What all points together reach within a time.
  ///
  /// - Precondition: `direction` is not `.roundTrip`, `limit` is at most `longestMilliseconds`.
  /// - Complexity: O(*n* + *m*) for *n* nodes and *m* arcs of a road network.
  public func reach(
    of points: [RoadPosition?], direction: Direction = .toPoint, within limit: UInt32
  ) -> RoadReach {
    let labels = labels(of: points, direction: direction, within: limit)
    let scratch = EdgeScratch(edgeCount: graph.network.edgeCount)
    defer { scratch.deallocate() }
    return view(direction).withTable { table in
      for node in 0..<table.nodeCount where labels.milliseconds[node] != Self.unreached {
        scratch.reach(table, node: node, milliseconds: labels.milliseconds[node])
      }
      return scratch.reach(self, points, direction, limit)
    }
  }

  /// What each point alone reaches within a time, handed to `transform` on all cores; its answers in the order of the points.
  ///
  /// - Parameter transform: is given the point's position in the array and its reach; for a point off the network
  ///   the reach is empty. Called on several threads at once.
  /// - Precondition: `direction` is not `.roundTrip`, `limit` is at most `longestMilliseconds`.
  public func mapReaches<Answer: Sendable>(
    of points: [RoadPosition?], direction: Direction = .toPoint, within limit: UInt32,
    _ transform: (Int, RoadReach) -> Answer
  ) -> [Answer] {
    let view = view(direction)
    return [Answer](unsafeUninitializedCapacity: points.count) { answers, count in
      nonisolated(unsafe) let base = answers.baseAddress
      inParallel(over: points.count) { _, range in
        var search = BoundedSearch(nodeCount: graph.nodeCount, limit: limit, lengths: false)
        let scratch = EdgeScratch(edgeCount: graph.network.edgeCount)
        defer {
          search.deallocate()
          scratch.deallocate()
        }
        for i in range {
          let reach = view.withTable { table in
            if let point = points[i] {
              search.run(table, from: view.accesses(ofPoint: point))
              search.forEachReached { node, milliseconds, _ in
                scratch.reach(table, node: node, milliseconds: milliseconds)
              }
            }
            return scratch.reach(self, [points[i]], direction, limit)
          }
          base?.advanced(by: i).initialize(to: transform(i, reach))
        }
      }
      count = points.count
    }
  }
}

/// Times by direction of edge, and which edges have any.
private struct EdgeScratch {
  private let times: UnsafeMutablePointer<UInt32>
  private let touched: UnsafeMutablePointer<UInt64>
  private let edgeCount: Int

  init(edgeCount: Int) {
    self.edgeCount = edgeCount
    times = .allocate(capacity: max(1, 2 * edgeCount))
    times.initialize(repeating: RoadSearch.unreached, count: 2 * edgeCount)
    touched = .allocate(capacity: edgeCount / 64 + 1)
    touched.initialize(repeating: 0, count: edgeCount / 64 + 1)
  }

  func deallocate() {
    times.deallocate()
    touched.deallocate()
  }

  /// Notes the time at a node for all arcs that a search follows from it.
  @inline(__always)
  func reach(_ table: ArcTable, node: Int, milliseconds: UInt32) {
    for k in Int(table.start[node])..<Int(table.start[node + 1]) {
      let arc = Int(table.edges[k])
      // Several copies of a junction may lead into the same edge.
      times[arc] = min(times[arc], milliseconds)
      touch(edge: arc / 2)
    }
  }

  private func touch(edge: Int) { touched[edge / 64] |= 1 << UInt64(edge % 64) }

  /// What was noted, as an answer; forgets it.
  func reach(
    _ search: RoadSearch, _ points: [RoadPosition?], _ direction: RoadSearch.Direction, _ limit: UInt32
  ) -> RoadReach {
    let network = search.graph.network
    let mode = search.graph.mode
    let starts = points.compactMap { point -> RoadReach.Start? in
      guard let point, point.gapMilliseconds <= limit,
        [false, true].contains(where: {
          network.milliseconds(ofEdge: Int(point.edge), by: mode, backward: $0) != RoadNetwork.noWay
        })
      else { return nil }
      return .init(edge: point.edge, millimeters: point.millimeters, milliseconds: point.gapMilliseconds)
    }.sorted { ($0.edge, $0.millimeters, $0.milliseconds) < ($1.edge, $1.millimeters, $1.milliseconds) }
    for start in starts { touch(edge: Int(start.edge)) }

    var edges: [UInt32] = []
    var forward: [UInt32] = []
    var backward: [UInt32] = []
    for word in 0...edgeCount / 64 {
      var bits = touched[word]
      touched[word] = 0
      while bits != 0 {
        let edge = 64 * word + bits.trailingZeroBitCount
        bits &= bits &- 1
        edges.append(UInt32(edge))
        forward.append(times[2 * edge])
        backward.append(times[2 * edge + 1])
        times[2 * edge] = RoadSearch.unreached
        times[2 * edge + 1] = RoadSearch.unreached
      }
    }
    return RoadReach(
      network: network, mode: mode, direction: direction, limit: limit, edges: edges, forward: forward,
      backward: backward, starts: starts)
  }
}
