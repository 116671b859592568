import Foundation
import TestSupport
import Travel

@testable import Storage

/// A town of `side` × `side` junctions 200 m apart, with seeded bends, classes, one-ways and forbidden turns.
func roadSketch(side: Int, seed: Int = 1, south: Double = 35.0, west: Double = 112.0) -> RoadNetwork {
  var rng = SeededGenerator(seed: seed)
  func e7(_ degrees: Double) -> Int32 { Int32((degrees * 1e7).rounded()) }
  func position(_ i: Int) -> (Double, Double) {
    (south + Double(i / side) * 0.002, west + Double(i % side) * 0.002)
  }
  var (from, to, millimeters): ([UInt32], [UInt32], [UInt32]) = ([], [], [])
  var classes: [UInt8] = []
  var shapeStart: [UInt32] = [0]
  var (shapeLatitudes, shapeLongitudes): ([Int32], [Int32]) = ([], [])
  var forward = [[UInt32]](repeating: [], count: 3)
  var backward = forward
  for i in 0..<side * side {
    for j in [i % side < side - 1 ? i + 1 : -1, i / side < side - 1 ? i + side : -1] where j >= 0 {
      from.append(UInt32(i))
      to.append(UInt32(j))
      millimeters.append(UInt32.random(in: 200_000...260_000, using: &rng))
      classes.append(UInt8.random(in: 2...11, using: &rng))
      let (a, b) = (position(i), position(j))
      for k in 1...Int.random(in: 1...3, using: &rng) {
        let share = Double(k) / 4
        shapeLatitudes.append(e7(a.0 + share * (b.0 - a.0) + Double.random(in: -1e-4...1e-4, using: &rng)))
        shapeLongitudes.append(e7(a.1 + share * (b.1 - a.1) + Double.random(in: -1e-4...1e-4, using: &rng)))
      }
      shapeStart.append(UInt32(shapeLatitudes.count))
      for mode in 0..<3 {
        let time = UInt32.random(in: 10_000...200_000, using: &rng)
        let back = UInt32.random(in: 10_000...200_000, using: &rng)
        // Cars: some roads one way, some the other, some closed.
        let use = mode == 2 ? Int.random(in: 0..<4, using: &rng) : 0
        forward[mode].append(use & 1 == 1 ? RoadNetwork.noWay : time)
        backward[mode].append(use & 2 == 2 ? RoadNetwork.noWay : back)
      }
    }
  }
  return RoadNetwork(
    junctionLatitudes: FlatArray((0..<side * side).map { e7(position($0).0) }),
    junctionLongitudes: FlatArray((0..<side * side).map { e7(position($0).1) }),
    edgeFrom: FlatArray(from), edgeTo: FlatArray(to), edgeMillimeters: FlatArray(millimeters),
    edgeClasses: FlatArray(classes), shapeStart: FlatArray(shapeStart),
    shapeLatitudes: FlatArray(shapeLatitudes), shapeLongitudes: FlatArray(shapeLongitudes),
    times: (0..<3).map {
      RoadNetwork.EdgeTimes(forward: FlatArray(forward[$0]), backward: FlatArray(backward[$0]))
    },
    forbiddenTurns: FlatArray([]))
}

/// Whether two networks hold the same columns.
func isSame(_ a: RoadNetwork, _ b: RoadNetwork) -> Bool {
  a.junctionLatitudes == b.junctionLatitudes && a.junctionLongitudes == b.junctionLongitudes
    && a.edgeFrom == b.edgeFrom && a.edgeTo == b.edgeTo && a.edgeMillimeters == b.edgeMillimeters
    && a.edgeClasses == b.edgeClasses && a.shapeStart == b.shapeStart
    && a.shapeLatitudes == b.shapeLatitudes && a.shapeLongitudes == b.shapeLongitudes
    && a.forbiddenTurns == b.forbiddenTurns
    && zip(a.times, b.times).allSatisfy {
      $0.forward == $1.forward && $0.backward == $1.backward && $0.forwardSlope == $1.forwardSlope
        && $0.backwardSlope == $1.backwardSlope
    }
}

/// Puts roads into an atlas, as the import does.
func keepRoads(_ network: RoadNetwork, in path: String) throws {
  try AtlasUpdate(path: path, waitSeconds: 1).run { db in
    let description = RoadDescription(
      counts: "{}", rules: "walk: {}\n", elevation: nil, attribution: openStreetMapAttribution)
    let (sidecar, _) = try replaceRoads(with: network, description, atlas: path, fillingTable: true, db)
    return .keep((), roads: sidecar)
  }
}
