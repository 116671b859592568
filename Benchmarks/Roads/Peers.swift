import Foundation
import Travel

/// Files of plain numbers (little-endian, 32 bits) that `peer_roads.py` reads.
struct Peers {
  let folder: URL
  let prefix: String

  func write(
    _ search: RoadSearch, thousand: [RoadPosition?], _ labels: RoadLabels, agents: [RoadPosition?],
    _ areas: RoadSearch.NodesWithin, villages: [RoadPosition?], _ table: RoadTable
  ) throws {
    let graph = search.graph
    try write("start", Array(graph.forward.start))
    try write("heads", graph.forward.arcs.map(\.node))
    try write("times", graph.forward.arcs.map(\.milliseconds))
    try write("near.points", junctions(of: thousand, graph))
    try write("near", labels.milliseconds)
    try write("areas.points", junctions(of: agents, graph))
    try write("areas.sizes", agents.indices.map { UInt32(areas.entries(ofPoint: $0).count) })
    try write("villages", junctions(of: villages, graph))
    try write("table", table.milliseconds)
    try write("latitudes", graph.network.junctionLatitudes.map { UInt32(bitPattern: $0) })
    try write("longitudes", graph.network.junctionLongitudes.map { UInt32(bitPattern: $0) })
  }

  private func junctions(of positions: [RoadPosition?], _ graph: RoadGraph) -> [UInt32] {
    positions.compactMap { $0.map { graph.network.edgeFrom[Int($0.edge)] } }
  }

  private func write(_ name: String, _ values: [UInt32]) throws {
    let data = values.withUnsafeBytes { Data($0) }
    try data.write(to: folder.appendingPathComponent("\(prefix).\(name).u32"))
  }
}
