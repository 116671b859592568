public import Geo

/// Finds the edge that a place or a payment point belongs to: the nearest one its travelers can use.
///
///     let snapping = RoadSnapping(network, graphs: [walking, ebiking, driving])
///     switch snapping.snap(home, mode: .walk) {
///     case .onRoad(let position): position.gapMillimeters       // 18 m to the road
///     case .offNetwork(let millimeters): millimeters            // 3.2 km to the nearest road: too far
///     }
///
/// The nearest is by the straight line to the edge's shape, on a flat map around the position (equirectangular, true to
/// scale at the position's latitude: within 2 km of it lengths are right to 0.02 % below 50° north or south). Of equally near edges
/// the lower number is taken.
///
/// **Islands.** An edge whose component (`RoadComponents`) does not lead somewhere is passed over when an edge that leads
/// somewhere lies within the limit and at most `islandDetourMillimeters` farther; the position says so (`passesIsland`).
/// Otherwise the island's edge is taken: better an island than a road across the valley.
///
/// Inside: an R-tree (Guttman 1984, SIGMOD) packed over the segments in the order of the edges. As neighboring edges have
/// neighboring numbers, no sorting is needed; boxes know which modes can use something below them. About 3 bytes a segment.
///
/// The network must not cross the 180th meridian.
public struct RoadSnapping: Sendable {
  /// How far from the road a place may be, and what the way to the road takes.
  public struct Options: Hashable, Sendable {
    /// The speed between door and road.
    public var offRoadMillimetersPerSecond: UInt32 = 1_250
    /// How many times longer the way to the road is than the straight line, in thousandths.
    public var circuityThousandths: UInt32 = 1_300
    /// Beyond this a position is off the network.
    public var limitMillimeters: UInt32 = 2_000_000
    /// How much farther than an island's edge one that leads somewhere may be, to be taken instead.
    public var islandDetourMillimeters: UInt32 = 500_000

    /// Walking at 1.25 m/s, circuity 1.3, 2 km at most, 500 m farther than an island.
    public init() {}
  }

  /// What became of a position.
  public enum Snap: Hashable, Sendable {
    /// It is on this edge.
    case onRoad(RoadPosition)
    /// It is beyond the limit. How far the nearest usable road is, or `nil` where the mode can use none.
    case offNetwork(millimeters: Int?)

    /// The position on the road, if there is one.
    public var position: RoadPosition? {
      if case .onRoad(let position) = self { position } else { nil }
    }
  }

  /// The roads; its columns are shared, not copied.
  public let network: RoadNetwork
  let tree: SegmentTree

  /// Arranges the segments of the edges that the graphs use.
  ///
  /// - Parameter graphs: the graphs of `network`, one for each mode that will be asked for.
  /// - Complexity: O(*n* + *m* + *s*) for *n* nodes, *m* edges and *s* segments.
  public init(_ network: RoadNetwork, graphs: [RoadGraph]) {
    self.network = network
    tree = SegmentTree(network, uses: Self.uses(of: network, graphs))
  }

  /// Puts saved columns together.
  init(network: RoadNetwork, tree: SegmentTree) {
    self.network = network
    self.tree = tree
  }

  /// Snaps one position for travelers by `mode`.
  ///
  /// - Precondition: the limit is at most 1,000 km, the speed is not 0, and circuity is at most 1,000.
  /// - Complexity: O(log *s*) for *s* segments spread like a county's roads.
  public func snap(_ position: Coordinate<WGS84>, mode: TravelMode, options: Options = Options()) -> Snap {
    precondition(options.limitMillimeters <= 1_000_000_000, "a limit of at most 1,000 km is expected")
    precondition(options.offRoadMillimetersPerSecond > 0, "a speed above 0 is expected")
    precondition(options.circuityThousandths <= 1_000_000, "a circuity of at most 1,000 is expected")
    let plane = SnapPlane(latitude: position.latitude, longitude: position.longitude)
    return tree.withReader(network) { reader in
      guard let nearest = reader.nearest(to: plane, using: Self.bit(usable: mode)) else {
        return .offNetwork(millimeters: nil)
      }
      let limit = Double(options.limitMillimeters) / 1_000
      guard nearest.meters <= limit else {
        return .offNetwork(millimeters: Int((nearest.meters * 1_000).rounded()))
      }
      let leading = Self.bit(leading: mode)
      if reader.uses[nearest.edge] & leading == 0,
        let main = reader.nearest(
          to: plane, using: leading,
          within: min(limit, nearest.meters + Double(options.islandDetourMillimeters) / 1_000))
      {
        return .onRoad(reader.position(main, from: plane, options, passesIsland: true))
      }
      return .onRoad(reader.position(nearest, from: plane, options, passesIsland: false))
    }
  }

  /// Snaps many positions, on all cores; the answers are those of `snap`, in the order asked.
  ///
  /// - Precondition: the arrays are equally long and hold only values that a `Coordinate` accepts.
  public func snap(
    latitudes: [Double], longitudes: [Double], mode: TravelMode, options: Options = Options()
  ) -> [Snap] {
    precondition(latitudes.count == longitudes.count, "as many longitudes as latitudes are expected")
    precondition(
      latitudes.allSatisfy { abs($0) <= 90 } && longitudes.allSatisfy { abs($0) <= 180 },
      "positions on earth are expected")
    // Along a curve, so that a search finds most of its boxes in the cache.
    let order = RoadOrder.alongCurve(
      latitudes: latitudes.map { Int32(($0 * 1e7).rounded()) },
      longitudes: longitudes.map { Int32(($0 * 1e7).rounded()) })
    return [Snap](unsafeUninitializedCapacity: latitudes.count) { snaps, count in
      nonisolated(unsafe) let base = snaps.baseAddress
      inParallel(over: latitudes.count) { _, part in
        for i in order[part].lazy.map(Int.init) {
          guard let position = Coordinate<WGS84>(latitude: latitudes[i], longitude: longitudes[i]) else {
            preconditionFailure("not a position on earth: \(latitudes[i]), \(longitudes[i])")
          }
          base?.advanced(by: i).initialize(to: snap(position, mode: mode, options: options))
        }
      }
      count = latitudes.count
    }
  }

  // MARK: Uses

  static func bit(usable mode: TravelMode) -> UInt8 { 1 << UInt8(mode.column) }
  static func bit(leading mode: TravelMode) -> UInt8 { 8 << UInt8(mode.column) }

  /// By edge, which modes can use it, and for which it leads somewhere.
  private static func uses(of network: RoadNetwork, _ graphs: [RoadGraph]) -> [UInt8] {
    var uses = [UInt8](repeating: 0, count: network.edgeCount)
    for graph in graphs {
      let parts = RoadComponents(of: graph)
      for arc in graph.forward.edges { uses[Int(arc / 2)] |= bit(usable: graph.mode) }
      for edge in uses.indices where parts.leadsSomewhere(edge: edge) {
        uses[edge] |= bit(leading: graph.mode)
      }
    }
    return uses
  }
}
