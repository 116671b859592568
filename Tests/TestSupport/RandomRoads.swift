public import Travel

/// Small roads with everything that makes searches stumble: one-ways, loops, parallel and zero-length edges, edges nobody may
/// use, forbidden turns and paths, parts of their own, and many ways that take equally long.
///
/// Junctions lie within 2 km of 35° N 112° E.
public func randomRoads(seed: Int, junctions: Int = 12, edges: Int = 24) -> RoadNetwork {
  var random = SeededGenerator(seed: seed)
  var sketch = EdgeSketch()
  for _ in 0..<junctions {
    _ = sketch.junction(
      35 + .random(in: 0..<0.02, using: &random), 112 + .random(in: 0..<0.02, using: &random))
  }
  func time(_ roll: Int, _ random: inout SeededGenerator) -> UInt32? {
    switch roll {
    case 0: nil
    case 1: 0
    case 2: UInt32.random(in: 0...100_000, using: &random)
    // Few values, so that ways tie.
    default: 500 * UInt32.random(in: 1...4, using: &random)
    }
  }
  func times(_ random: inout SeededGenerator) -> EdgeSketch.Times {
    (
      time(.random(in: 0..<8, using: &random), &random), time(.random(in: 0..<8, using: &random), &random)
    )
  }
  for _ in 0..<edges {
    let from = UInt32.random(in: 0..<UInt32(junctions), using: &random)
    // A third of the junctions keep to themselves.
    let to =
      from % 3 == 0
      ? from / 3 * 3 : UInt32.random(in: 0..<UInt32(junctions), using: &random)
    let length: UInt32 =
      Int.random(in: 0..<8, using: &random) == 0 ? 0 : .random(in: 1...4, using: &random) * 333
    let shape = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      (
        latitude: 35 + Double.random(in: 0..<0.02, using: &random),
        longitude: 112 + Double.random(in: 0..<0.02, using: &random)
      )
    }
    sketch.edge(
      from, to, millimeters: length, walk: times(&random), ebike: times(&random), car: times(&random),
      shape: shape)
  }
  let network = sketch.network
  // Turns are forbidden where edges meet, some U-turns among them.
  var turns: Set<[UInt32]> = []
  for _ in 0..<edges {
    let edge = Int.random(in: 0..<edges, using: &random)
    let junction = Bool.random(using: &random) ? network.edgeFrom[edge] : network.edgeTo[edge]
    let leaving = network.edgeFrom.indices.filter {
      network.edgeFrom[$0] == junction || network.edgeTo[$0] == junction
    }
    if let out = leaving.randomElement(using: &random) {
      turns.insert([UInt32(edge), junction, UInt32(out)])
    }
  }
  var result = network
  result.forbiddenTurns = FlatArray(turns.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 })
  result.forbid(randomPaths(edges, on: network, longest: 3, &random))
  return result
}

/// Paths of two edges and more, many of which begin, go on or end as another does; a few are nowhere to be driven.
public func randomPaths(
  _ count: Int, on network: RoadNetwork, longest: Int, _ random: inout SeededGenerator
) -> [[UInt32]] {
  func tail(_ arc: UInt32) -> UInt32 {
    arc % 2 == 0 ? network.edgeFrom[Int(arc / 2)] : network.edgeTo[Int(arc / 2)]
  }
  func head(_ arc: UInt32) -> UInt32 { tail(arc ^ 1) }
  let arcs = (0..<2 * UInt32(network.edgeCount)).filter {
    let times = $0 % 2 == 0 ? network.times[2].forward : network.times[2].backward
    return times[Int($0 / 2)] != RoadNetwork.noWay
  }
  var paths: [[UInt32]] = []
  for _ in 0..<count {
    guard let any = arcs.randomElement(using: &random) else { return [] }
    var path = [any]
    if let other = paths.randomElement(using: &random), Bool.random(using: &random) {
      let from = Int.random(in: 0..<other.count, using: &random)
      path = Array(other[from..<Int.random(in: from..<other.count, using: &random) + 1])
    }
    let length = Int.random(in: 2...longest, using: &random)
    while path.count < length {
      let isLost = Int.random(in: 0..<20, using: &random) == 0
      let next = arcs.filter { isLost || tail($0) == head(path[path.count - 1]) }
      guard let arc = next.randomElement(using: &random) else { break }
      path.append(arc)
    }
    paths.append(path)
  }
  return paths
}

/// Positions on edges of `network`, a tenth of them off it, some with gaps, some at the very ends.
public func randomPositions(_ count: Int, on network: RoadNetwork, seed: Int) -> [RoadPosition?] {
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in
    guard Int.random(in: 0..<10, using: &random) > 0, network.edgeCount > 0 else { return nil }
    let edge = Int.random(in: 0..<network.edgeCount, using: &random)
    let length = network.edgeMillimeters[edge]
    let along = [0, length, .random(in: 0...length, using: &random)].randomElement(using: &random) ?? 0
    let gap: UInt32 = Bool.random(using: &random) ? 0 : .random(in: 0...700, using: &random)
    return RoadPosition(
      edge: UInt32(edge), millimeters: along, gapMillimeters: gap, approachMillimeters: gap * 13 / 10,
      gapMilliseconds: gap)
  }
}
