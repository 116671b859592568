/// The ways of a network cut into edges: at junctions, at barriers, and where nodes are missing.
struct RoadPieces {
  /// The nodes of all ways in order, as positions in the node table; the runs of each way follow each other.
  private(set) var nodes: [UInt32]

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
  /// How many nodes lie between the ends of edges.
  private(set) var shapeCount = 0

  /// No edge is longer: only damaged data has such roads, and times must stay far from the end of 32 bits.
  static let mostMeters = 1_000_000.0

  /// Cuts ways, and counts what is lost.
  ///
  /// - Parameters:
  ///   - places: the nodes of all ways, as positions in `table`; those of way `w` are `starts[w]..<starts[w + 1]`.
  ///   - wayModes: who may use each way.
  ///   - vias: the positions of nodes that are junctions in any case.
  init(
    _ table: RoadNodeTable, places: consuming [UInt32], starts: [Int], wayModes: [TravelModes],
    vias: [Int], keepsEveryNode: Bool, counts: inout RoadImportCounts
  ) {
    // Runs of nodes that are there, each once in a row, are moved to the front.
    nodes = places
    var runs: [Run] = []
    var end = 0
    for way in wayModes.indices {
      let firstRun = runs.count
      var start = end
      var missing = 0
      func finishRun() {
        if end - start >= 2 { runs.append(Run(start: start, end: end, way: way)) } else { end = start }
        start = end
      }
      for position in starts[way]..<starts[way + 1] {
        let place = nodes[position]
        guard table.isPresent(Int(place)) else {
          missing += 1
          finishRun()
          continue
        }
        if end > start, nodes[end - 1] == place { continue }
        nodes[end] = place
        end += 1
      }
      finishRun()
      counts.nodesMissing += missing
      if runs.count == firstRun {
        counts.waysDropped[.missingNodes, default: 0] += 1
      } else if missing > 0 {
        counts.waysCut += 1
      }
    }

    // How often roads come by a node: 2 stands for more, and for an end.
    var passes = [UInt8](repeating: 0, count: table.count)
    for via in vias { passes[via] = 2 }
    for run in runs {
      for position in run.start..<run.end {
        let node = Int(nodes[position])
        let isEnd = position == run.start || position == run.end - 1
        let stops = !table.stopped[node].isDisjoint(with: wayModes[run.way])
        passes[node] = min(2, passes[node] + (isEnd || stops || keepsEveryNode ? 2 : 1))
      }
    }

    var count = 0
    for run in runs {
      for position in run.start + 1..<run.end where passes[Int(nodes[position])] >= 2 { count += 1 }
    }
    edges.reserveCapacity(count)
    for run in runs {
      var first = run.start
      var meters = 0.0
      for position in run.start + 1..<run.end {
        meters += table.meters(from: Int(nodes[position - 1]), to: Int(nodes[position]))
        guard passes[Int(nodes[position])] >= 2 else { continue }
        if meters <= Self.mostMeters {
          edges.append(
            Edge(
              first: UInt32(first), last: UInt32(position), way: UInt32(run.way), from: nodes[first],
              to: nodes[position], millimeters: UInt32((meters * 1_000).rounded())))
          shapeCount += position - first - 1
        } else {
          counts.edgesTooLong += 1
        }
        first = position
        meters = 0
      }
    }
  }

  /// Nodes of a way that follow each other in the file's knowledge.
  private struct Run {
    var start: Int
    var end: Int
    var way: Int
  }

  /// Lets the edge end at copies of its nodes.
  mutating func setEnds(of edge: Int, from: UInt32, to: UInt32) {
    edges[edge].from = from
    edges[edge].to = to
  }
}
