import TestSupport
import Travel

/// A synthetic country: a lattice of junctions 150 m apart, each moved by up to 45 m; every tenth line a tertiary road and every
/// fiftieth a primary one, three in four of the other edges kept, one in twenty of those one-way. Junctions along the curve of
/// Hilbert (1891, Mathematische Annalen 38), edges by their first junction.
func jitteredGrid(junctions: Int, seed: Int) -> RoadNetwork {
  var random = SeededGenerator(seed: seed)
  let side = max(2, Int(Double(junctions).squareRoot().rounded(.up)))
  let meters = 111_195.0
  let eastMeters = meters * 0.9
  var order = [UInt32](repeating: 0, count: side * side)
  let bits = (side - 1).bitWidth - (side - 1).leadingZeroBitCount
  let along = (0..<side * side).map { hilbert(x: $0 % side, y: $0 / side, bits: bits) }
  let byCurve = (0..<side * side).sorted { along[$0] < along[$1] }
  for (position, cell) in byCurve.enumerated() { order[cell] = UInt32(position) }

  var latitudes = [Int32](repeating: 0, count: side * side)
  var longitudes = latitudes
  var positions = [(x: Double, y: Double)](repeating: (0, 0), count: side * side)
  for cell in 0..<side * side {
    let x = 150 * (Double(cell % side) + .random(in: -0.3...0.3, using: &random))
    let y = 150 * (Double(cell / side) + .random(in: -0.3...0.3, using: &random))
    positions[cell] = (x, y)
    latitudes[Int(order[cell])] = Int32((25 + y / meters) * 1e7)
    longitudes[Int(order[cell])] = Int32((105 + x / eastMeters) * 1e7)
  }

  struct Edge {
    var from: UInt32
    var to: UInt32
    var millimeters: UInt32
    var kilometersPerHour: Double
    var isOneWay: Bool
  }
  var edges: [Edge] = []
  for cell in 0..<side * side {
    for (isLast, next, line) in [
      (cell % side == side - 1, cell + 1, cell / side), (cell / side == side - 1, cell + side, cell % side),
    ] where !isLast {
      let speed = line % 50 == 0 ? 60.0 : line % 10 == 0 ? 40 : 25
      if speed == 25, Int.random(in: 0..<4, using: &random) == 0 { continue }
      let (a, b) = (positions[cell], positions[next])
      let length = ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
      edges.append(
        Edge(
          from: order[cell], to: order[next], millimeters: UInt32(length * 1_000), kilometersPerHour: speed,
          isOneWay: speed == 25 && Int.random(in: 0..<20, using: &random) == 0))
    }
  }
  edges.sort { ($0.from, $0.to) < ($1.from, $1.to) }
  func times(kilometersPerHour: (Edge) -> Double, oneWays: Bool) -> RoadNetwork.EdgeTimes {
    let times = edges.map { UInt32(Double($0.millimeters) * 3.6 / kilometersPerHour($0)) }
    return .init(
      forward: FlatArray(times),
      backward: FlatArray(
        edges.indices.map { oneWays && edges[$0].isOneWay ? RoadNetwork.noWay : times[$0] }))
  }
  return RoadNetwork(
    junctionLatitudes: FlatArray(latitudes), junctionLongitudes: FlatArray(longitudes),
    edgeFrom: FlatArray(edges.map(\.from)), edgeTo: FlatArray(edges.map(\.to)),
    edgeMillimeters: FlatArray(edges.map(\.millimeters)),
    edgeClasses: FlatArray(edges.map { _ in RoadClass.residential.rawValue }),
    shapeStart: FlatArray([UInt32](repeating: 0, count: edges.count + 1)), shapeLatitudes: FlatArray([]),
    shapeLongitudes: FlatArray([]),
    times: [
      times(kilometersPerHour: { _ in 4.5 }, oneWays: false),
      times(kilometersPerHour: { _ in 15 }, oneWays: true),
      times(kilometersPerHour: \.kilometersPerHour, oneWays: true),
    ], forbiddenTurns: FlatArray([]))
}

/// How far along the curve a cell of a square of 2ᵇ × 2ᵇ lies.
private func hilbert(x: Int, y: Int, bits: Int) -> UInt64 {
  var (x, y, distance) = (x, y, UInt64(0))
  for bit in (0..<bits).reversed() {
    let (right, up) = ((x >> bit) & 1, (y >> bit) & 1)
    distance = distance << 2 | UInt64((3 * right) ^ up)
    if up == 0 {
      if right == 1 { (x, y) = (~x, ~y) }
      (x, y) = (y, x)
    }
  }
  return distance
}
