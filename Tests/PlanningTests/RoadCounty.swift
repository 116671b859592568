import Geo
import Planning
import TestSupport
import Travel

/// A town of streets on the ground, with a county's places and points beside them.
struct RoadCounty {
  var sketch: NetworkSketch
  var file: RoadNetworkFile

  /// The network with its roads.
  var network: PaymentNetwork {
    var network = sketch.network
    network.roads = NetworkRoads(file)
    return network
  }

  /// Streets between 8 × 8 crossings about 180 m apart, some missing, some one-way, some with bends, some closed to one mode;
  /// a street by itself 1 km to the west; places and points beside them, some on the very road, some far from any.
  static func random(seed: Int, places: Int = 50, points: Int = 16, forbidsTurns: Bool = true) -> RoadCounty {
    var random = SeededGenerator(seed: seed)
    var streets = Streets()
    var crossings: [UInt32] = []
    for row in 0..<8 {
      for column in 0..<8 {
        crossings.append(
          streets.junction(
            35 + 0.0016 * Double(row) + .random(in: -0.0004...0.0004, using: &random),
            112.5 + 0.002 * Double(column) + .random(in: -0.0005...0.0005, using: &random)))
      }
    }
    for row in 0..<8 {
      for column in 0..<8 {
        let here = crossings[8 * row + column]
        if column < 7 { streets.street(here, crossings[8 * row + column + 1], &random) }
        if row < 7 { streets.street(here, crossings[8 * (row + 1) + column], &random) }
      }
    }
    let island = (0..<3).map { streets.junction(35.004, 112.488 - 0.0005 * Double($0)) }
    for (a, b) in zip(island, island.dropFirst()) { streets.street(a, b, &random, isAlwaysThere: true) }
    var roads = streets.sketch.network
    if forbidsTurns { roads.forbiddenTurns = turns(on: roads, &random) }

    var sketch = NetworkSketch.random(seed: seed, places: places, points: points)
    func somewhere() -> (latitude: Double, longitude: Double) {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: return (35.1 + .random(in: 0...0.2, using: &random), 112.5)
      case 1: return (35.004 + .random(in: -0.001...0.001, using: &random), 112.4875)
      case 2...4:
        // On a crossing, where edges are equally near.
        let at = Int.random(in: 0..<roads.junctionCount, using: &random)
        return (Double(roads.junctionLatitudes[at]) / 1e7, Double(roads.junctionLongitudes[at]) / 1e7)
      default:
        return (
          35 + .random(in: -0.001...0.013, using: &random),
          112.5 + .random(in: -0.001...0.016, using: &random)
        )
      }
    }
    for i in sketch.places.indices { (sketch.places[i].latitude, sketch.places[i].longitude) = somewhere() }
    for i in sketch.points.indices { (sketch.points[i].latitude, sketch.points[i].longitude) = somewhere() }
    return RoadCounty(sketch: sketch, file: RoadNetworkFile(roads))
  }

  private static func turns(on roads: RoadNetwork, _ random: inout SeededGenerator) -> FlatArray<UInt32> {
    var turns: Set<[UInt32]> = []
    for _ in 0..<20 {
      let edge = Int.random(in: 0..<roads.edgeCount, using: &random)
      let at = Bool.random(using: &random) ? roads.edgeFrom[edge] : roads.edgeTo[edge]
      let out = (0..<roads.edgeCount).filter { roads.edgeFrom[$0] == at || roads.edgeTo[$0] == at }
      turns.insert([UInt32(edge), at, UInt32(out.randomElement(using: &random)!)])
    }
    return FlatArray(turns.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 })
  }
}

/// Streets whose lengths are those on the ground.
private struct Streets {
  var sketch = EdgeSketch()
  private var positions: [Coordinate<WGS84>] = []

  mutating func junction(_ latitude: Double, _ longitude: Double) -> UInt32 {
    positions.append(Coordinate(latitude: latitude, longitude: longitude)!)
    return sketch.junction(latitude, longitude)
  }

  mutating func street(
    _ from: UInt32, _ to: UInt32, _ random: inout SeededGenerator, isAlwaysThere: Bool = false
  ) {
    let (a, b) = (positions[Int(from)], positions[Int(to)])
    let bends: [(latitude: Double, longitude: Double)] =
      Bool.random(using: &random)
      ? []
      : [
        (
          (a.latitude + b.latitude) / 2 + .random(in: -0.0003...0.0003, using: &random),
          (a.longitude + b.longitude) / 2 + .random(in: -0.0003...0.0003, using: &random)
        )
      ]
    let corners = [a] + bends.map { Coordinate(latitude: $0.latitude, longitude: $0.longitude)! } + [b]
    let meters = zip(corners, corners.dropFirst()).reduce(0.0) { $0 + $1.0.distance(to: $1.1).meters }
    let walk = UInt32((meters / 1.25 * 1_000).rounded())
    let ebike = UInt32((meters / 4.2 * 1_000).rounded())
    // Whole seconds, so that ways tie.
    let car = UInt32((meters / 9).rounded()) * 1_000
    let roll = isAlwaysThere ? 9 : Int.random(in: 0..<12, using: &random)
    if roll == 0 { return }
    let ridden: EdgeSketch.Times = roll == 1 ? (ebike, nil) : roll == 2 ? (nil, ebike) : (ebike, ebike)
    let driven: EdgeSketch.Times =
      roll == 1 ? (car, nil) : roll == 2 ? (nil, car) : roll == 3 ? (nil, nil) : (car, car * 2)
    sketch.edge(
      from, to, millimeters: UInt32((meters * 1_000).rounded()), walk: roll == 4 ? (walk, nil) : (walk, walk),
      ebike: ridden, car: driven, shape: bends)
  }
}
