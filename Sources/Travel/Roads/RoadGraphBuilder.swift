extension RoadGraph {
  /// Makes the graph of one mode.
  ///
  /// Turns are forbidden to cars only. Arriving by an edge that has forbidden turns at a junction leads to a copy of the
  /// junction, one for each such edge, whose arcs are the junction's without the forbidden ones. At a loop, which arrives
  /// and leaves at the same junction, a forbidden turn holds for both of its directions.
  ///
  /// - Precondition: there are fewer than 2³¹ edges, and slopes, where there are any, stand for every edge.
  /// - Complexity: O(*n* + *m*) for *n* junctions and *m* edges, besides the sorting of the forbidden turns.
  public init(_ network: RoadNetwork, mode: TravelMode) {
    precondition(network.edgeCount < 1 << 31, "fewer than 2,147,483,648 edges are expected")
    let times = network.times[mode.column]
    precondition(
      [times.forwardSlope.count, times.backwardSlope.count].allSatisfy { $0 == 0 || $0 == network.edgeCount },
      "slopes for every edge are expected, or none")
    let turns = mode == .car ? ForbiddenTurns(of: network) : ForbiddenTurns()
    let forward = Self.forwardRows(of: network, mode, turns)
    self.init(
      network: network, mode: mode, forward: forward, reverse: Self.reversed(forward),
      copyJunctions: FlatArray(turns.copies.map(\.junction)))
  }

  private static func forwardRows(of network: RoadNetwork, _ mode: TravelMode, _ turns: ForbiddenTurns)
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
      arcs[slot] = Arc(node: turns.node(at: head, arrivedBy: arc / 2), milliseconds: milliseconds)
      edges[slot] = arc
    }
    for copy in turns.copies {
      for slot in Int(start[Int(copy.junction)])..<Int(start[Int(copy.junction) + 1])
      where !copy.forbidden.contains(edges[slot] / 2) {
        arcs.append(arcs[slot])
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

/// The copies of junctions that forbidden turns ask for.
private struct ForbiddenTurns {
  struct Copy {
    var junction: UInt32
    var arrivedBy: UInt32
    var forbidden: [UInt32]
  }

  private(set) var copies: [Copy] = []
  private var junctionCount = 0
  // By edge whether any turn from it is forbidden, so that the dictionary is asked seldom.
  private var concerns: [Bool] = []
  private var copyAt: [UInt64: Int] = [:]

  /// None.
  init() {}

  /// - Precondition: the turns name edges and junctions that exist.
  init(of network: RoadNetwork) {
    let turns = network.forbiddenTurns
    guard !turns.isEmpty else { return }
    junctionCount = network.junctionCount
    concerns = [Bool](repeating: false, count: network.edgeCount)
    var forbidden: [UInt64: [UInt32]] = [:]
    for turn in stride(from: 0, to: turns.count, by: 3) {
      let (edge, junction, out) = (turns[turn], turns[turn + 1], turns[turn + 2])
      precondition(
        Int(edge) < network.edgeCount && Int(out) < network.edgeCount && Int(junction) < junctionCount,
        "a turn between edges that exist is expected")
      // A turn at a junction where the edge does not end forbids nothing.
      guard network.edgeFrom[Int(edge)] == junction || network.edgeTo[Int(edge)] == junction else { continue }
      concerns[Int(edge)] = true
      forbidden[Self.key(junction, edge), default: []].append(out)
    }
    copies = forbidden.sorted { $0.key < $1.key }.map { key, edges in
      Copy(
        junction: UInt32(truncatingIfNeeded: key >> 32), arrivedBy: UInt32(truncatingIfNeeded: key),
        forbidden: edges)
    }
    for (i, copy) in copies.enumerated() { copyAt[Self.key(copy.junction, copy.arrivedBy)] = i }
  }

  /// The node that arriving at `junction` by `edge` leads to.
  func node(at junction: UInt32, arrivedBy edge: UInt32) -> UInt32 {
    guard !concerns.isEmpty, concerns[Int(edge)], let copy = copyAt[Self.key(junction, edge)] else {
      return junction
    }
    return UInt32(junctionCount + copy)
  }

  private static func key(_ junction: UInt32, _ edge: UInt32) -> UInt64 {
    UInt64(junction) << 32 | UInt64(edge)
  }
}
