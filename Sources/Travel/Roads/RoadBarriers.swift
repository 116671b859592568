/// Barriers that stop some mode and let others pass, expressed in junctions and edges.
///
/// Where a barrier stands, each road ends at a junction of its own, all in the same place. What the barrier lets pass
/// goes from one to the other over a link of no length and no time. So a car reaches the gate from both sides, and a
/// walker goes through.
struct RoadBarriers {
  /// The node each copy stands for; the copy at position `k` is node `table.count + k`.
  private(set) var copies: [UInt32] = []
  /// The links, with the modes that pass and the way whose class they take.
  private(set) var links: [Link] = []

  struct Link: Hashable {
    var from: UInt32
    var to: UInt32
    var way: UInt32
    var passing: TravelModes
  }

  /// Parts the edges of `pieces` at barriers.
  ///
  /// A barrier matters to a mode if the mode may use at least two of the roads that meet there.
  init(
    _ table: RoadNodeTable, wayModes: [TravelModes], pieces: inout RoadPieces, counts: inout RoadImportCounts
  ) {
    struct End {
      var node: UInt32
      var edge: Int
      var isFirst: Bool
    }
    var ends: [End] = []
    for (number, edge) in pieces.edges.enumerated() {
      if !table.stopped[Int(edge.from)].isEmpty {
        ends.append(End(node: edge.from, edge: number, isFirst: true))
      }
      if !table.stopped[Int(edge.to)].isEmpty {
        ends.append(End(node: edge.to, edge: number, isFirst: false))
      }
    }
    ends.sort { ($0.node, $0.edge, $0.isFirst ? 0 : 1) < ($1.node, $1.edge, $1.isFirst ? 0 : 1) }

    var start = 0
    while start < ends.count {
      let node = ends[start].node
      var end = start
      while end < ends.count, ends[end].node == node { end += 1 }
      defer { start = end }
      let modes = ends[start..<end].map { wayModes[Int(pieces.edges[$0.edge].way)] }
      var stopped: TravelModes = []
      var passing: TravelModes = []
      for mode in TravelMode.allCases where modes.count(where: { $0.contains(mode) }) >= 2 {
        if table.stopped[Int(node)].contains(mode) {
          stopped.insert(TravelModes(mode))
          counts.barriers[mode, default: 0] += 1
        } else {
          passing.insert(TravelModes(mode))
        }
      }
      guard !stopped.isEmpty else { continue }

      // The first road keeps the node; each other is linked to it, for those who pass.
      for side in ends[start..<end].dropFirst() {
        let copy = UInt32(table.count + copies.count)
        copies.append(node)
        let edge = pieces.edges[side.edge]
        pieces.setEnds(
          of: side.edge, from: side.isFirst ? copy : edge.from, to: side.isFirst ? edge.to : copy)
        if !passing.isEmpty { links.append(Link(from: node, to: copy, way: edge.way, passing: passing)) }
      }
    }
  }
}
