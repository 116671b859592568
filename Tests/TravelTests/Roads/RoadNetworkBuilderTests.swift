import Geo
import TestSupport
import Testing

@testable import Travel

@Suite("Networks made of ways")
struct RoadNetworkBuilderTests {
  private static let lane = ["highway": "residential"]

  @Test("junctions are ends and crossings, all else is shape")
  func junctions() {
    var town = RoadSketch(
      """
      . . x
      a b c d e
      . . y
      """)
    town.way("abcde", Self.lane)
    town.way("xcy", ["highway": "footway"])
    let (network, counts) = town.network()
    #expect(network.junctionCount == 5)
    #expect(town.edges(of: network).sorted() == ["a(b)-c", "c(d)-e", "c-y", "x-c"])
    #expect(Set(network.edgeClasses) == [RoadClass.residential.rawValue, RoadClass.footway.rawValue])
    #expect(counts.waysRead == 2 && counts.waysUsed == 2 && counts.nodesRead == 7)
    #expect(counts.waysUsedByMode == [.walk: 2, .ebike: 2, .car: 1])
    #expect(counts.waysDropped.isEmpty)
  }

  @Test("a length is that along the shape, a time that of the length")
  func lengths() throws {
    var town = RoadSketch(
      """
      a b .
      . c d
      """)
    town.way("abcd", Self.lane)
    let (network, _) = town.network()
    let places = town.nodes.map {
      Coordinate<WGS84>.at(Double($0.latitude) / 1e7, Double($0.longitude) / 1e7)
    }
    let meters = zip(places, places.dropFirst()).map { $0.distance(to: $1).meters }.reduce(0, +)
    #expect(network.edgeCount == 1)
    #expect(network.edgeMillimeters[0] == UInt32((meters * 1_000).rounded()))
    for (number, speed) in [4.5, 15, 25].enumerated() {
      let expected = UInt32((Double(network.edgeMillimeters[0]) * 3.6 / speed).rounded())
      #expect(network.times[number].forward[0] == expected)
      #expect(network.times[number].backward[0] == expected)
    }
  }

  @Test("ways that cross themselves, end in themselves or go round are kept")
  func loops() {
    var town = RoadSketch(
      """
      a b c
      d e f
      g h i
      """)
    town.way("abcfebd", Self.lane)  // passes b twice
    town.way("ghi", ["highway": "track"])
    town.way("gfi", ["highway": "path"])
    #expect(
      town.network().counts.waysUsed == 3
        && town.edges(of: town.network().network).sorted() == [
          "a-b", "b(c)-f", "b-d", "f(e)-b", "f-i", "g(h)-i", "g-f",
        ])

    var ring = RoadSketch("a b\nd c")
    ring.way("abcda", Self.lane)
    let (network, _) = ring.network()
    #expect(ring.edges(of: network) == ["a(bcd)-a"])
    #expect(network.times[0].forward[0] > 300_000)
  }

  @Test("parallel roads between the same junctions are all kept, in order of their ways")
  func parallel() {
    var town = RoadSketch("a b")
    town.way("ab", ["highway": "steps"])
    town.way("ab", Self.lane)
    town.way("ba", ["highway": "track"])
    town.way("ab", ["highway": "path"])
    let (network, _) = town.network()
    #expect(network.edgeCount == 4)
    let classes = (0..<4).map { RoadClass(rawValue: network.edgeClasses[$0])! }
    #expect(classes.filter { $0 != .track } == [.steps, .residential, .path])
  }

  @Test("a node named twice in a row is one, a way of one node is none, one in the same place costs nothing")
  func degenerate() {
    var town = RoadSketch("a b c")
    town.way("aabbb", Self.lane)
    town.way("c", Self.lane)
    town.way("cc", Self.lane)
    town.way("", Self.lane)
    town.nodes.append(town.nodes[1])
    town.nodes[3].id = 77
    town.ways.append(RoadSketch.Way(id: 9, refs: [RoadSketch.id("b"), 77], tags: Self.lane))
    let (network, counts) = town.network()
    #expect(network.edgeCount == 2)
    #expect(counts.waysDropped == [.missingNodes: 3])
    #expect(counts.waysRead == counts.waysUsed + 3)
    let flat = network.edgeMillimeters.firstIndex(of: 0)!
    #expect(network.times.allSatisfy { $0.forward[flat] == 0 && $0.backward[flat] == 0 })
  }

  @Test("a road is cut where a node is missing or off the earth")
  func missing() {
    var town = RoadSketch("a b c d e f")
    town.way("abXcdYe", Self.lane)
    town.way("fX", Self.lane)
    town.way("dYYe", Self.lane)
    let (network, counts) = town.network()
    #expect(town.edges(of: network).sorted() == ["a-b", "c-d"])
    #expect(counts.nodesMissing == 5)
    #expect(counts.waysCut == 1)
    #expect(counts.waysDropped == [.missingNodes: 2])

    for (latitude, longitude) in [
      (Int32.max, Int32(0)), (900_000_001, 0), (0, 1_800_000_001), (0, Int32.min),
    ] {
      var town = RoadSketch("a b c")
      town.way("abc", Self.lane)
      town.nodes[2].latitude = latitude
      town.nodes[2].longitude = longitude
      let (network, counts) = town.network()
      #expect(town.edges(of: network) == ["a-b"])
      #expect(counts.nodesMissing == 1)
    }
  }

  @Test("of nodes and ways that come again the first counts")
  func repeated() {
    var town = RoadSketch("a b c")
    town.way("ab", Self.lane)
    town.way("bc", Self.lane)
    town.ways.append(RoadSketch.Way(id: 1, refs: [98, 99], tags: ["highway": "steps"]))
    town.nodes.append(town.nodes[0])
    town.nodes[3].latitude += 100
    let (network, counts) = town.network()
    #expect(town.edges(of: network).sorted() == ["a-b", "b-c"])
    #expect(counts.nodesRepeated == 1 && counts.waysDropped == [.repeated: 1])
    #expect(counts.waysRead == counts.waysUsed + 1)
  }

  @Test("pieces that only damaged data has are left out")
  func tooLong() {
    var town = RoadSketch("a b")
    town.nodes.append(RoadSketch.Node(id: 5, latitude: -800_000_000, longitude: -700_000_000))
    town.ways.append(RoadSketch.Way(id: 1, refs: [97, 98, 5, 97], tags: Self.lane))
    town.ways.append(RoadSketch.Way(id: 2, refs: [98, 97], tags: Self.lane))
    let (network, counts) = town.network()
    #expect(network.edgeCount == 2 && counts.edgesTooLong == 1)
  }

  @Test("keeping every node leaves nothing to shapes")
  func everyNode() {
    var town = RoadSketch("a b c d")
    town.way("abcd", Self.lane)
    let (network, _) = town.network(keepsEveryNode: true)
    #expect(network.junctionCount == 4 && network.edgeCount == 3 && network.shapeLatitudes.isEmpty)
  }

  @Test("a ferry's time is that of the whole crossing, shared out by length")
  func ferry() {
    var rules = RoadRules()
    rules.usesFerries = true
    var town = RoadSketch(
      """
      a b c d
      . e
      """)
    town.way("abcd", ["route": "ferry", "duration": "0:30", "motor_vehicle": "no"])
    town.way("be", Self.lane)
    let (network, _) = town.network(rules: rules)
    let rows = (0..<network.edgeCount).filter { network.edgeClasses[$0] == RoadClass.ferry.rawValue }
    #expect(rows.count == 2)
    #expect(abs(rows.map { Int(network.times[0].forward[$0]) }.reduce(0, +) - 1_800_000) <= 1)
    #expect(rows.allSatisfy { network.times[2].forward[$0] == RoadNetwork.noWay })
    let (short, long) = (rows.min { network.edgeMillimeters[$0] < network.edgeMillimeters[$1] }!, rows)
    #expect(network.times[1].backward[short] * 2 <= long.map { network.times[1].backward[$0] }.max()! + 2)
    #expect(town.network().counts.waysDropped == [.ferry: 1])
  }

  @Test("edges stand in order, and the order does not depend on that of the file", arguments: 0..<40)
  func order(seed: Int) {
    var random = SeededGenerator(seed: seed)
    var town = RandomTown(seed: seed).sketch
    for way in 1..<Int64(town.ways.count) {
      town.turn(
        "no_left_turn", from: way, via: Character(Unicode.Scalar(UInt8.random(in: 1...9, using: &random))),
        to: way + 1)
    }
    let (network, counts) = town.network()
    let ends = (0..<network.edgeCount).map { (network.edgeFrom[$0], network.edgeTo[$0]) }
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(zip(network.shapeStart, network.shapeStart.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(ends.allSatisfy { $0 < UInt32(network.junctionCount) && $1 < UInt32(network.junctionCount) })
    // No edge is there for nobody, the links of barriers included.
    #expect(
      (0..<network.edgeCount).allSatisfy { edge in
        network.times.contains { min($0.forward[edge], $0.backward[edge]) != RoadNetwork.noWay }
      })

    town.nodes.shuffle(using: &random)
    town.ways.shuffle(using: &random)
    town.relations.shuffle(using: &random)
    let (again, countsAgain) = town.network()
    #expect(again.columns == network.columns)
    #expect(countsAgain == counts)
  }

  @Test("times are those of a search on the raw ways, node by node", arguments: 0..<60)
  func judged(seed: Int) {
    let town = RandomTown(seed: seed)
    let (fine, _) = town.sketch.network(keepsEveryNode: true)
    let (coarse, counts) = town.sketch.network()
    #expect(counts.waysRead == town.sketch.ways.count)
    #expect(counts.waysRead == counts.waysUsed + counts.waysDropped.values.reduce(0, +))
    func junctions(_ network: RoadNetwork, at node: RoadSketch.Node) -> [Int] {
      (0..<network.junctionCount).filter {
        network.junctionLatitudes[$0] == node.latitude && network.junctionLongitudes[$0] == node.longitude
      }
    }
    for mode in TravelMode.allCases {
      for start in town.sketch.nodes.prefix(8) {
        let expected = town.milliseconds(from: start.id, by: mode)
        for (network, slack) in [(fine, 0), (coarse, town.sketch.nodes.count)] {
          let starts = junctions(network, at: start)
          guard !starts.isEmpty else { continue }
          let found = network.milliseconds(from: starts, by: mode)
          for node in town.sketch.nodes {
            let here = junctions(network, at: node)
            guard !here.isEmpty else { continue }
            let best = here.compactMap { found[$0] }.min()
            #expect(
              (best == nil) == (expected[node.id] == nil)
                && abs((best ?? 0) - (expected[node.id] ?? 0)) <= slack,
              "\(mode) from \(start.id) to \(node.id): \(String(describing: best)), expected \(String(describing: expected[node.id]))"
            )
          }
        }
      }
    }
  }

  @Test("a gate parts the road for those it stops, who reach it from both sides")
  func gate() {
    var town = RoadSketch("a b c d e")
    town.way("abcde", Self.lane)
    town.tag("c", ["barrier": "bollard"])
    let (network, counts) = town.network()
    #expect(counts.barriers == [.car: 1])
    #expect(network.junctionCount == 4 && network.edgeCount == 3)
    let start = (0..<4).first { town.letters(at: $0, of: network) == "a" }!
    let end = (0..<4).first { town.letters(at: $0, of: network) == "e" }!
    let gates = (0..<4).filter { town.letters(at: $0, of: network) == "c" }
    let walked = network.milliseconds(from: [start], by: .walk)
    #expect(walked[end] != nil && walked[gates[0]] == walked[gates[1]])
    let driven = network.milliseconds(from: [start], by: .car)
    #expect(driven[end] == nil && gates.compactMap { driven[$0] }.count == 1)
    #expect(network.milliseconds(from: [end], by: .car).compactMap { $0 }.count == 2)
  }

  @Test("a barrier at the end of a road, or on one where nobody could go whom it stops, is none")
  func idleBarrier() {
    var town = RoadSketch("a b c")
    town.way("abc", ["highway": "footway"])
    town.tag("a", ["barrier": "fence"])
    town.tag("b", ["barrier": "bollard"])
    let (network, counts) = town.network()
    #expect(town.edges(of: network) == ["a(b)-c"] && counts.barriers.isEmpty)
  }

  @Test("nothing makes an empty network")
  func empty() {
    let (network, counts) = RoadSketch().network()
    #expect(network.edgeCount == 0 && network.junctionCount == 0)
    #expect(counts.waysUsedByMode.values.allSatisfy { $0 == 0 })
    #expect(counts.waysUsed == 0 && counts.waysDropped.isEmpty && counts.restrictionsDropped.isEmpty)
  }
}
