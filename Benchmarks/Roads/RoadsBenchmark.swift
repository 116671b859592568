import Foundation
import Geo
import Storage
import TestSupport
import Travel

/// Measures graphs, snapping, searches and opening on a network of roads.
///
///     RoadsBenchmark grid 1000000 .build/benchmark/grid
///     RoadsBenchmark osm porto.osm.pbf .build/benchmark/porto
///     RoadsBenchmark osm-nodes porto.osm.pbf .build/benchmark/porto-nodes
///     RoadsBenchmark graphs porto.osm.pbf
///
/// The third keeps every node of a road as a junction, as the peers do. The last only reads the file and makes the graphs of
/// walkers and cars, and prints what that takes once, the memory of the whole process included. Otherwise prints the median CPU time of all threads over several
/// runs, and leaves the graph, the questions and the answers in the folder, so that other programs can be asked the same
/// (`peer_roads.py`).
@main
struct RoadsBenchmark {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if arguments.count == 2, arguments[0] == "graphs" { return try readGraphs(arguments[1]) }
      guard arguments.count == 3, let network = try network(arguments[0], arguments[1]) else {
        FileHandle.standardError.write(
          Data(
            "usage: RoadsBenchmark grid <junctions> <folder> | osm <file> <folder> | osm-nodes <file> <folder> | graphs <file>\n"
              .utf8))
        exit(64)
      }
      let folder = URL(fileURLWithPath: arguments[2])
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try measure(network, in: folder)
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func readGraphs(_ file: String) throws {
    let (network, counts) = try OpenStreetMapFile(path: file).roadNetwork(rules: .standard)
    let graphs = [TravelMode.walk, .car].map { RoadGraph(network, mode: $0) }
    let seconds = cpuSeconds()
    say(
      "\(counts.nodesRead) nodes read, \(graphs.map(\.nodeCount)) nodes of the graphs on foot and by car: "
        + String(format: "%.2f s CPU, %.0f MB at most", seconds, peakMegabytes()))
  }

  private static func network(_ kind: String, _ source: String) throws -> RoadNetwork? {
    switch kind {
    case "grid": Int(source).map { jitteredGrid(junctions: $0, seed: 7) }
    case "osm": try OpenStreetMapFile(path: source).roadNetwork(rules: .standard).network
    case "osm-nodes":
      try OpenStreetMapFile(path: source).roadNetwork(rules: .standard, keepsEveryNode: true).network
    default: nil
    }
  }
}

/// Asks everything of one network.
func measure(_ network: RoadNetwork, in folder: URL) throws {
  say("\(network.junctionCount) junctions, \(network.edgeCount) edges; CPU, median of \(runs)")
  let roads = report("graphs and snapping of three modes") { RoadNetworkFile(network) }
  try measureOpening(roads, in: folder)
  measureSnapping(roads)
  for mode in [TravelMode.walk, .car] {
    try measureSearches(roads, mode, Peers(folder: folder, prefix: mode.rawValue))
  }
}

private func measureOpening(_ roads: RoadNetworkFile, in folder: URL) throws {
  let file = folder.appendingPathComponent("network.roads")
  try Data(roads.encode()).write(to: file)
  let mapping = try Mapping(file)
  let opened = report("open \(mapping.bytes.count / 1_000_000) MB, mapped and checked") {
    try? RoadNetworkFile.decode(bytes: mapping.bytes, keeper: mapping)
  }
  precondition(opened != nil, "what was written is read")
}

private func measureSnapping(_ roads: RoadNetworkFile) {
  let network = roads.network
  var random = SeededGenerator(seed: 3)
  var latitudes: [Double] = []
  var longitudes: [Double] = []
  for _ in 0..<100_000 {
    let junction = Int.random(in: 0..<network.junctionCount, using: &random)
    // Up to 300 m from a junction.
    latitudes.append(
      Double(network.junctionLatitudes[junction]) * 1e-7 + .random(in: -0.0027...0.0027, using: &random))
    longitudes.append(
      Double(network.junctionLongitudes[junction]) * 1e-7 + .random(in: -0.003...0.003, using: &random))
  }
  for mode in [TravelMode.walk, .car] {
    let snaps = report("snap 100,000 positions, \(mode)") {
      roads.snapping.snap(latitudes: latitudes, longitudes: longitudes, mode: mode)
    }
    let gaps = snaps.reduce(0) { $0 + Int($1.position?.gapMillimeters ?? 0) }
    say("  mean gap \(gaps / snaps.count) mm")
  }
}

private func measureSearches(_ roads: RoadNetworkFile, _ mode: TravelMode, _ peers: Peers) throws {
  let search = RoadSearch(roads.graph(mode))
  say("-- \(mode): \(search.graph.nodeCount) nodes, \(search.graph.forward.arcs.count) arcs")
  let thousand = positions(1_000, search.graph, seed: 11)
  let agents = positions(755, search.graph, seed: 12)
  let villages = positions(2_000, search.graph, seed: 13)

  let labels = report("nearest of 1,000 points for every node") { search.labels(of: thousand) }
  for k in [1, 3, 5] {
    _ = report("\(k) nearest of 1,000 points for 2,000 places, with lengths") {
      search.nearest(k, of: thousand, to: villages)
    }
  }
  let areas = report("ten-minute areas of 755 points: edges and times") {
    search.mapReaches(of: agents, within: 600_000) { $1.edges.count }
  }
  say("  mean \(areas.reduce(0, +) / areas.count) edges")
  let sizes = report("ten-minute areas of 755 points: nodes") {
    search.nodes(within: 600_000, of: agents)
  }
  say("  mean \(sizes.nodes.count / agents.count) nodes")
  _ = report("places within ten minutes of 755 points, of 2,000") {
    search.within(600_000, of: agents, to: villages)
  }
  let table = report("matrix of 2,000 x 755 within an hour") {
    search.table(of: agents, to: villages, within: 3_600_000)
  }
  try peers.write(search, thousand: thousand, labels, agents: agents, sizes, villages: villages, table)
}

/// Junctions as positions at the beginning of an edge: of edges used in both directions, at junctions where no turn is forbidden,
/// so that for other programs the node is the whole question.
private func positions(_ count: Int, _ graph: RoadGraph, seed: Int) -> [RoadPosition?] {
  let network = graph.network
  let turns = network.forbiddenTurns
  let forbidding = Set(stride(from: 1, to: turns.count, by: 3).map { turns[$0] })
    .union(
      network.forbiddenPathArcs.flatMap { [network.edgeFrom[Int($0 / 2)], network.edgeTo[Int($0 / 2)]] })
  let suitable = (0..<network.edgeCount).filter { edge in
    !forbidding.contains(network.edgeFrom[edge])
      && [false, true].allSatisfy {
        network.milliseconds(ofEdge: edge, by: graph.mode, backward: $0) != RoadNetwork.noWay
      }
  }
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in
    suitable.randomElement(using: &random).map { RoadPosition(edge: UInt32($0), millimeters: 0) }
  }
}
