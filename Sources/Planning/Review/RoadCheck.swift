import Geo
public import Travel

/// What became of an atlas's saved roads.
public enum RoadsFound: Sendable {
  /// The atlas has none.
  case none
  /// They are there, whole.
  case present(RoadNetworkFile)
  /// The atlas names a file that is not there.
  case missing(file: String)
  /// The file is not the one the atlas was saved with.
  case damaged(file: String)
}

/// Looks for what in the roads would make an answer wrong: islands, and places and points that are on one, or far from
/// any road.
///
///     checkRoads(network, .present(roads), snapping: rules.snapping)
///
/// Places and points are looked at as walkers. An island is listed once for all modes to which it is the same.
///
/// - Returns: the findings: the file's, islands by their first edge, then places and points by id.
/// - Complexity: O(*n* + *m* + *p* log *m*) for *n* junctions, *m* edges, and *p* places and points.
public func checkRoads(
  _ network: PaymentNetwork, _ roads: RoadsFound, snapping options: RoadSnapping.Options
) -> [DataFinding] {
  switch roads {
  case .none: return []
  case .missing(let file):
    return [DataFinding(rule: .roadsMissing(file: file), table: "road_network", id: "")]
  case .damaged(let file):
    return [DataFinding(rule: .roadsDamaged(file: file), table: "road_network", id: "")]
  case .present(let roads):
    let parts = roads.graphs.map { (mode: $0.mode, components: RoadComponents(of: $0)) }
    var findings = islands(parts, roads.network)
    guard let walking = parts.first(where: { $0.mode == .walk })?.components else { return findings }
    let (places, points) = (network.places, network.points)
    findings += strays(
      table: "places", places.ids, places.latitudes, places.longitudes, roads, walking, options)
    findings += strays(
      table: "points", points.ids, points.latitudes, points.longitudes, roads, walking, options)
    return findings
  }
}

/// The islands of all modes, the same ones joined.
private func islands(
  _ parts: [(mode: TravelMode, components: RoadComponents)], _ network: RoadNetwork
) -> [DataFinding] {
  var modes: [RoadComponents.Component: [TravelMode]] = [:]
  for part in parts {
    for island in part.components.islands {
      // What tells islands apart is their edges; copies of junctions for forbidden turns are the cars' own.
      var key = island
      key.nodeCount = 0
      modes[key, default: []].append(part.mode)
    }
  }
  let sorted = modes.sorted {
    ($0.key.firstEdge, $0.key.edgeCount, $0.key.millimeters)
      < ($1.key.firstEdge, $1.key.edgeCount, $1.key.millimeters)
  }
  return sorted.map { island, modes in
    let junction = Int(network.edgeFrom[Int(island.firstEdge)])
    return DataFinding(
      rule: .roadIsland(
        modes: modes, edges: island.edgeCount, meters: Int(clamping: island.millimeters / 1000),
        latitude: Double(network.junctionLatitudes[junction]) / 1e7,
        longitude: Double(network.junctionLongitudes[junction]) / 1e7),
      table: "roads", id: "\(island.firstEdge)")
  }
}

/// The rows of a table that are far from any road, or on an island.
private func strays(
  table: String, _ ids: TextColumn, _ latitudes: [Double], _ longitudes: [Double], _ roads: RoadNetworkFile,
  _ walking: RoadComponents, _ options: RoadSnapping.Options
) -> [DataFinding] {
  let snaps = roads.snapping.snap(
    latitudes: latitudes, longitudes: longitudes, mode: .walk, options: options)
  return snaps.enumerated().compactMap { row, snap in
    func finding(_ rule: DataFinding.Rule) -> DataFinding {
      DataFinding(rule: rule, table: table, id: ids[row])
    }
    switch snap {
    case .offNetwork(let millimeters):
      return finding(
        .offRoads(meters: millimeters.map { $0 / 1000 }, limitMeters: Int(options.limitMillimeters / 1000)))
    case .onRoad(let position):
      let edge = Int(position.edge)
      guard !walking.leadsSomewhere(edge: edge) else { return nil }
      let component = walking.ofEdge[edge]
      let edges = component == RoadComponents.none ? 1 : walking.all[Int(component)].edgeCount
      return finding(.onRoadIsland(edges: edges))
    }
  }
}
