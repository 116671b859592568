/// The ways of a network cut into edges: at junctions, at barriers, and where nodes are missing.
struct RoadPieces {
  /// The nodes of all ways in order, as positions in the node table; the runs of each way follow each other.
  private(set) var nodes: [UInt32] = []

  /// An edge: the nodes of a stretch, ends included.
  struct Edge {
    /// Where its first and last node stand in `nodes`.
    var first: UInt32
    var last: UInt32
    /// The way it is part of.
    var way: UInt32
    /// The nodes it ends at, or copies of them beside a barrier.
    var from: UInt32
    var to: UInt32
    var millimeters: UInt32
  }
  /// In order of ways, and along each.
  private(set) var edges: [Edge] = []

  /// No edge is longer: only damaged data has such roads, and times must stay far from the end of 32 bits.
  static let mostMeters = 1_000_000.0

  /// Cuts the ways of `builder`, and counts what is lost.
  init(
    _ table: RoadNodeTable, refs: [Int64], refStarts: [Int], wayModes: [TravelModes], viaNodes: [Int64],
    keepsEveryNode: Bool, counts: inout RoadImportCounts
  ) {
    // How often roads come by: 2 stands for more, and for an end.
    var passes = [UInt8](repeating: 0, count: table.count)
    for via in viaNodes { if let place = table.index(of: via) { passes[place] = 2 } }

    // Runs of nodes that are there, each once in a row.
    var runs: [(start: Int, way: UInt32)] = []
    nodes.reserveCapacity(refs.count)
    for way in wayModes.indices {
      let firstRun = runs.count
      var start = nodes.count
      var missing = 0
      func endOfRun(_ nodes: inout [UInt32]) {
        if nodes.count - start >= 2 {
          runs.append((start, UInt32(way)))
        } else {
          nodes.removeSubrange(start...)
        }
        start = nodes.count
      }
      for position in refStarts[way]..<refStarts[way + 1] {
        guard let place = table.index(of: refs[position]), table.isPresent(place) else {
          missing += 1
          endOfRun(&nodes)
          continue
        }
        if nodes.count > start, nodes[nodes.count - 1] == UInt32(place) { continue }
        nodes.append(UInt32(place))
      }
      endOfRun(&nodes)
      counts.nodesMissing += missing
      if runs.count == firstRun {
        counts.waysDropped[.missingNodes, default: 0] += 1
      } else if missing > 0 {
        counts.waysCut += 1
      }
    }
    runs.append((nodes.count, 0))

    for run in 0..<runs.count - 1 {
      let range = runs[run].start..<runs[run + 1].start
      let modes = wayModes[Int(runs[run].way)]
      for position in range {
        let node = Int(nodes[position])
        let isEnd = position == range.lowerBound || position == range.upperBound - 1
        let stops = !table.stopped[node].isDisjoint(with: modes)
        passes[node] = min(2, passes[node] + (isEnd || stops || keepsEveryNode ? 2 : 1))
      }
    }

    for run in 0..<runs.count - 1 {
      let range = runs[run].start..<runs[run + 1].start
      var first = range.lowerBound
      var meters = 0.0
      for position in range.dropFirst() {
        meters += table.meters(from: Int(nodes[position - 1]), to: Int(nodes[position]))
        guard passes[Int(nodes[position])] >= 2 else { continue }
        if meters <= Self.mostMeters {
          edges.append(
            Edge(
              first: UInt32(first), last: UInt32(position), way: runs[run].way, from: nodes[first],
              to: nodes[position], millimeters: UInt32((meters * 1_000).rounded())))
        } else {
          counts.edgesTooLong += 1
        }
        first = position
        meters = 0
      }
    }
  }

  /// Lets the edge end at copies of its nodes.
  mutating func setEnds(of edge: Int, from: UInt32, to: UInt32) {
    edges[edge].from = from
    edges[edge].to = to
  }
}
