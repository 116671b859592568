extension RoadGraph {
  /// Makes the graph of one mode.
  ///
  /// Turns and paths are forbidden to cars only. Whoever has driven the beginning of something forbidden arrives at a copy
  /// of the junction, one for each such beginning, whose arcs are the junction's without what would complete it
  /// (`ForbiddenPaths`). Who starts on an edge has driven that edge and no other. At a loop, which arrives and leaves at
  /// the same junction, a forbidden turn holds for both of its directions.
  ///
  /// - Precondition: there are fewer than 2³¹ edges, and slopes, where there are any, stand for every edge.
  /// - Complexity: O(*n* + *m*) for *n* junctions and *m* edges, besides O(*f* log *f* + *c* *d* *l*) for *f* arcs of
  ///   forbidden paths, *c* copies, *d* arcs of a junction and *l* arcs of the longest path.
  public init(_ network: RoadNetwork, mode: TravelMode) {
    precondition(network.edgeCount < 1 << 31, "fewer than 2,147,483,648 edges are expected")
    let times = network.times[mode.column]
    precondition(
      [times.forwardSlope.count, times.backwardSlope.count].allSatisfy { $0 == 0 || $0 == network.edgeCount },
      "slopes for every edge are expected, or none")
    let paths = mode == .car ? ForbiddenPaths(of: network, mode) : ForbiddenPaths()
    let forward = Self.forwardRows(of: network, mode, paths)
    self.init(
      network: network, mode: mode, forward: forward, reverse: Self.reversed(forward),
      copyJunctions: FlatArray(paths.copies.map(\.junction)))
  }

  private static func forwardRows(of network: RoadNetwork, _ mode: TravelMode, _ paths: ForbiddenPaths)
    -> Rows
  {
    let junctions = network.junctionCount
    var start = [UInt32](repeating: 0, count: junctions + 1)
    var usable: [(arc: UInt32, milliseconds: UInt32)] = []
    usable.reserveCapacity(2 * network.edgeCount)
    for edge in 0..<network.edgeCount {
      for backward in [false, true] {
        let milliseconds = network.milliseconds(ofEdge: edge, by: mode, backward: backward)
        guard milliseconds != RoadNetwork.noWay else { continue }
        let arc = UInt32(2 * edge) + (backward ? 1 : 0)
        usable.append((arc, milliseconds))
        start[Int(network.ends(ofArc: arc).tail) + 1] += 1
      }
    }
    for junction in 0..<junctions { start[junction + 1] += start[junction] }

    var next = start
    var arcs = [Arc](repeating: Arc(node: 0, milliseconds: 0), count: usable.count)
    var edges = [UInt32](repeating: 0, count: usable.count)
    for (arc, milliseconds) in usable {
      let (tail, head) = network.ends(ofArc: arc)
      let slot = Int(next[Int(tail)])
      next[Int(tail)] += 1
      arcs[slot] = Arc(node: paths.node(at: head, arrivedBy: arc), milliseconds: milliseconds)
      edges[slot] = arc
    }
    for copy in paths.copies {
      for slot in Int(start[Int(copy.junction)])..<Int(start[Int(copy.junction) + 1]) {
        let head = network.ends(ofArc: edges[slot]).head
        guard let node = paths.node(at: head, after: copy, then: edges[slot]) else { continue }
        arcs.append(Arc(node: node, milliseconds: arcs[slot].milliseconds))
        edges.append(edges[slot])
      }
      start.append(UInt32(arcs.count))
    }
    return Rows(
      start: FlatArray(start), arcs: FlatArray(arcs),
      millimeters: FlatArray(edges.map { network.edgeMillimeters[Int($0 / 2)] }), edges: FlatArray(edges))
  }

  /// The same arcs by their heads; those of a head in the order of their tails.
  private static func reversed(_ rows: Rows) -> Rows {
    let nodes = rows.start.count - 1
    var start = [UInt32](repeating: 0, count: nodes + 1)
    for arc in rows.arcs { start[Int(arc.node) + 1] += 1 }
    for node in 0..<nodes { start[node + 1] += start[node] }
    var next = start
    var arcs = [Arc](repeating: Arc(node: 0, milliseconds: 0), count: rows.arcs.count)
    var millimeters = [UInt32](repeating: 0, count: rows.arcs.count)
    var edges = millimeters
    for tail in 0..<nodes {
      for k in Int(rows.start[tail])..<Int(rows.start[tail + 1]) {
        let head = Int(rows.arcs[k].node)
        let slot = Int(next[head])
        next[head] += 1
        arcs[slot] = Arc(node: UInt32(tail), milliseconds: rows.arcs[k].milliseconds)
        millimeters[slot] = rows.millimeters[k]
        edges[slot] = rows.edges[k]
      }
    }
    return Rows(
      start: FlatArray(start), arcs: FlatArray(arcs), millimeters: FlatArray(millimeters),
      edges: FlatArray(edges))
  }
}

extension RoadNetwork {
  /// The junctions a direction of an edge runs from and to; the arc is twice the edge's number, plus 1 backward.
  @inline(__always)
  func ends(ofArc arc: UInt32) -> (tail: UInt32, head: UInt32) {
    let from = edgeFrom[Int(arc / 2)]
    let to = edgeTo[Int(arc / 2)]
    return arc & 1 == 0 ? (from, to) : (to, from)
  }
}
