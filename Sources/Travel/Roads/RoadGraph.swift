/// Where one mode of travel can go on the roads, as a graph that searches read quickly.
///
///     let walking = RoadGraph(network, mode: .walk)
///     walking.forward.start[7]..<walking.forward.start[8]  // the arcs that leave node 7
///
/// Nodes are the junctions, in the order of the network. Where turns or paths are forbidden to cars, further nodes follow:
/// copies of a junction that stand for having arrived by certain edges, and lack the arcs that may not be taken then. Arcs are
/// the directions of edges that the mode may use, with the slope counted in: the time on level ground times the
/// thousandths, rounded to the nearest, halves up. An arc that takes `longestMilliseconds` or more is left out.
///
/// - Complexity: O(*n* + *m*) to make for *n* junctions and *m* edges; a copy is O(1).
public struct RoadGraph: Sendable {
  /// One direction of an edge, as seen from one of its ends.
  public struct Arc: BitwiseCopyable, Hashable, Sendable {
    /// The node at the other end.
    public var node: UInt32
    /// The time it takes.
    public var milliseconds: UInt32

    /// Describes an arc.
    public init(node: UInt32, milliseconds: UInt32) {
      self.node = node
      self.milliseconds = milliseconds
    }
  }

  /// All arcs, grouped by the node at one end (compressed sparse rows).
  public struct Rows: Sendable {
    /// The arcs of node `v` are `start[v]..<start[v + 1]`; one more than there are nodes.
    public var start: FlatArray<UInt32>
    /// The other ends, and the times.
    public var arcs: FlatArray<Arc>
    /// The lengths.
    public var millimeters: FlatArray<UInt32>
    /// Twice the edge's number, plus 1 where the arc runs from the edge's second junction to its first.
    public var edges: FlatArray<UInt32>
  }

  /// No arc takes this long (2³⁰ ms, twelve days), so that sums of two times fit 32 bits.
  public static let longestMilliseconds: UInt32 = 1 << 30

  /// Whose ways these are.
  public let mode: TravelMode
  /// The roads; its columns are shared, not copied.
  public let network: RoadNetwork
  /// The arcs by the node they leave.
  public let forward: Rows
  /// The same arcs by the node they arrive at; `node` is the one they leave.
  public let reverse: Rows
  /// The junction that each further node is a copy of, ascending: node `junctionCount + i` is a copy of `copyJunctions[i]`.
  public let copyJunctions: FlatArray<UInt32>

  /// How many nodes there are: junctions and copies.
  public var nodeCount: Int { network.junctionCount + copyJunctions.count }

  /// Puts saved columns together.
  init(
    network: RoadNetwork, mode: TravelMode, forward: Rows, reverse: Rows, copyJunctions: FlatArray<UInt32>
  ) {
    self.network = network
    self.mode = mode
    self.forward = forward
    self.reverse = reverse
    self.copyJunctions = copyJunctions
  }

  /// The junction that a node is, or is a copy of.
  ///
  /// - Complexity: O(1).
  public func junction(ofNode node: UInt32) -> UInt32 {
    let copy = Int(node) - network.junctionCount
    return copy < 0 ? node : copyJunctions[copy]
  }

  /// The copies of a junction, as nodes.
  ///
  /// - Complexity: O(log *c*) for *c* copies of all junctions together.
  func copies(of junction: UInt32) -> Range<UInt32> {
    guard !copyJunctions.isEmpty else { return 0..<0 }
    let first = copyJunctions.partitionPoint { $0 >= junction }
    let end = copyJunctions.partitionPoint { $0 > junction }
    let base = network.junctionCount
    return UInt32(base + first)..<UInt32(base + end)
  }
}

extension RoadNetwork {
  /// What a direction of an edge takes by a mode, slope counted in; `noWay` where it may not be used.
  ///
  /// - Complexity: O(1).
  public func milliseconds(ofEdge edge: Int, by mode: TravelMode, backward: Bool) -> UInt32 {
    let times = times[mode.column]
    let flat = backward ? times.backward[edge] : times.forward[edge]
    let slope = backward ? times.backwardSlope : times.forwardSlope
    guard flat != Self.noWay else { return flat }
    let milliseconds = slope.isEmpty ? UInt64(flat) : (UInt64(flat) * UInt64(slope[edge]) + 500) / 1_000
    return milliseconds < RoadGraph.longestMilliseconds ? UInt32(milliseconds) : Self.noWay
  }
}

extension TravelMode {
  /// The position of the mode in `RoadNetwork.times`.
  var column: Int {
    switch self {
    case .walk: 0
    case .ebike: 1
    case .car: 2
    }
  }
}

extension FlatArray {
  /// The first position whose value is at or past the one looked for; all that follow are so too.
  func partitionPoint(where isPast: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isPast(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
