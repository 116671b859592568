import Geo
import TestSupport

@testable import Travel

/// A random town whose tags are taken from a table that says what they mean, so that the rules are not asked.
struct RandomTown {
  var sketch = RoadSketch()
  /// By way: speeds in the order walk, ebike, car; 0 is closed.
  var speeds: [(forward: [Double], backward: [Double])] = []
  /// By node id: the modes stopped there.
  var stopped: [Int64: Set<TravelMode>] = [:]

  private static let kinds: [(tags: [String: String], forward: [Double], backward: [Double])] = [
    (["highway": "residential"], [4.5, 15, 25], [4.5, 15, 25]),
    (["highway": "primary", "oneway": "yes"], [4.5, 15, 65], [4.5, 0, 0]),
    (["highway": "tertiary", "oneway": "-1"], [4.5, 0, 0], [4.5, 15, 40]),
    (["highway": "footway"], [4.5, 4, 0], [4.5, 4, 0]),
    (["highway": "steps"], [2, 0, 0], [2, 0, 0]),
    (["highway": "motorway"], [0, 0, 90], [0, 0, 0]),
    (["highway": "path", "bicycle": "no"], [4.5, 0, 0], [4.5, 0, 0]),
  ]
  private static let barriers: [(tags: [String: String], stopped: Set<TravelMode>)] = [
    (["barrier": "gate"], []), (["barrier": "bollard"], [.car]), (["barrier": "stile"], [.ebike, .car]),
    (["barrier": "fence"], [.walk, .ebike, .car]), (["barrier": "gate", "foot": "no"], [.walk]),
  ]

  init(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 8...40, using: &random)
    // A few nodes share their place with another; the rest lie apart.
    for id in 1...Int64(count) {
      var node = RoadSketch.Node(
        id: id, latitude: 350_000_000 + Int32.random(in: 0...90_000, using: &random),
        longitude: 1_125_000_000 + Int32.random(in: 0...90_000, using: &random))
      if Int.random(in: 0..<6, using: &random) == 0 {
        let barrier = Self.barriers.randomElement(using: &random)!
        node.tags = barrier.tags
        stopped[id] = barrier.stopped
      }
      sketch.nodes.append(node)
    }
    for way in 1...Int64.random(in: 4...20, using: &random) {
      let kind = Self.kinds.randomElement(using: &random)!
      // Up to two ids past the last are of nodes that are not there; the same node may come again, also at once.
      let refs = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Int64.random(in: 1...Int64(count) + 2, using: &random)
      }
      sketch.ways.append(RoadSketch.Way(id: way, refs: refs, tags: kind.tags))
      speeds.append((kind.forward, kind.backward))
    }
  }

  /// Milliseconds from a node to every node that is reached, on the raw ways, node by node: a barrier can be reached and
  /// not be passed.
  func milliseconds(from start: Int64, by mode: TravelMode) -> [Int64: Int] {
    let number = TravelMode.allCases.firstIndex(of: mode)!
    let places = Dictionary(
      uniqueKeysWithValues: sketch.nodes.map {
        ($0.id, Coordinate<WGS84>.at(Double($0.latitude) / 1e7, Double($0.longitude) / 1e7))
      })
    var best: [Int64: Int] = [start: 0]
    var done: Set<Int64> = []
    while let node = best.filter({ !done.contains($0.key) }).min(by: { $0.value < $1.value })?.key {
      done.insert(node)
      if node != start, stopped[node]?.contains(mode) == true { continue }
      for (way, speed) in zip(sketch.ways, speeds) {
        for (a, b) in zip(way.refs, way.refs.dropFirst()) where a != b && (a == node || b == node) {
          guard let from = places[a], let to = places[b] else { continue }
          let millimeters = (from.distance(to: to).meters * 1_000).rounded()
          for (isFrom, other, speed) in [
            (a == node, b, speed.forward[number]), (b == node, a, speed.backward[number]),
          ]
          where isFrom && speed > 0 {
            let time = best[node]! + max(1, Int((millimeters * 3.6 / speed).rounded()))
            best[other] = min(best[other] ?? time, time)
          }
        }
      }
    }
    return best
  }
}
