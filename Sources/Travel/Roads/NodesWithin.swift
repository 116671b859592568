extension RoadSearch {
  /// Which nodes lie within a time of each point: the areas themselves, for whoever needs no places.
  public struct NodesWithin: Hashable, Sendable {
    /// The entries of point `p` are `start[p]..<start[p + 1]`; one more than there are points.
    public let start: [Int]
    /// The nodes; within a point in an order that depends on nothing but the graph and the point.
    public let nodes: [UInt32]
    /// The times.
    public let milliseconds: [UInt32]

    /// The entries of a point, as positions in the columns.
    public func entries(ofPoint point: Int) -> Range<Int> { start[point]..<start[point + 1] }
  }

  /// The nodes within a time of each point, by one bounded search a point, on all cores.
  ///
  /// - Precondition: `direction` is not `.roundTrip`, `limit` is at most `longestMilliseconds`; the rim counts as within.
  /// - Complexity: O(*n* + Σ *r*), where *n* counts nodes and *r* the nodes and arcs within the limit of each point.
  public func nodes(
    within limit: UInt32, of points: [RoadPosition?], direction: Direction = .toPoint
  ) -> NodesWithin {
    let view = view(direction)
    var parts = [NodeRows](repeating: NodeRows(), count: min(64, points.count))
    parts.withUnsafeMutableBufferPointer { parts in
      nonisolated(unsafe) let parts = parts
      inParallel(over: points.count) { part, range in
        var rows = NodeRows()
        var search = BoundedSearch(nodeCount: graph.nodeCount, limit: limit, lengths: false)
        defer { search.deallocate() }
        view.withTable { table in
          for i in range {
            if let point = points[i] {
              search.run(table, from: view.accesses(ofPoint: point))
              search.forEachReached { node, milliseconds, _ in
                rows.nodes.append(UInt32(truncatingIfNeeded: node))
                rows.milliseconds.append(milliseconds)
              }
            }
            rows.ends.append(rows.nodes.count)
          }
        }
        parts[part] = rows
      }
    }
    var start = [0]
    start.reserveCapacity(points.count + 1)
    for part in parts {
      let base = start[start.count - 1]
      start += part.ends.map { base + $0 }
    }
    return NodesWithin(
      start: start, nodes: parts.flatMap(\.nodes), milliseconds: parts.flatMap(\.milliseconds))
  }
}

/// Rows of `NodesWithin` for some of the points.
private struct NodeRows {
  var ends: [Int] = []
  var nodes: [UInt32] = []
  var milliseconds: [UInt32] = []
}
