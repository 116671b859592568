import TestSupport
import Testing

@testable import Travel

@Suite("Turn restrictions over ways")
struct ViaWayTests {
  private static let street = ["highway": "residential"]
  private static let oneWay = ["highway": "residential", "oneway": "yes"]

  private func restrict(
    _ town: inout RoadSketch, _ value: String, from: [Int64], via: [Int64], to: [Int64]
  ) {
    town.relation(
      from.map { RoadSketch.Member("way", $0, "from") } + via.map { RoadSketch.Member("way", $0, "via") }
        + to.map { RoadSketch.Member("way", $0, "to") }, ["type": "restriction", "restriction": value])
  }

  private func expect(
    _ town: RoadSketch, paths: [String], drops: [TurnDrop: Int] = [:], _ note: Comment? = nil
  ) {
    let (network, counts) = town.network()
    #expect(town.paths(of: network) == paths, note)
    #expect(counts.restrictionsDropped == drops, note)
    #expect(counts.restrictionsRead == counts.restrictionsUsed + drops.values.reduce(0, +), note)
    #expect(network.forbiddenTurns.isEmpty, note)
  }

  /// Two streets from the west to the east, a and d, that are joined by b and c; e leads south.
  ///
  /// Ways: 1 ab, 2 bf, 3 bc, 4 dc, 5 cg, 6 ce.
  private func ladder(link: [String: String] = street) -> RoadSketch {
    var town = RoadSketch(
      """
      a b f
      d c g
      . e .
      """)
    town.way("ab", Self.street)
    town.way("bf", Self.street)
    town.way("bc", link)
    town.way("dc", Self.street)
    town.way("cg", Self.street)
    town.way("ce", Self.street)
    return town
  }

  @Test("on a dual carriageway nobody turns round over the link between")
  func dualCarriageway() {
    var town = RoadSketch(
      """
      a b f
      d c g
      """)
    town.way("ab", Self.oneWay)
    town.way("bf", Self.oneWay)
    town.way("bc", Self.street)
    town.way("gc", Self.oneWay)
    town.way("cd", Self.oneWay)
    restrict(&town, "no_u_turn", from: [1], via: [3], to: [5])
    // Nor turning round on the link, which would make him forget where he came from.
    expect(town, paths: ["a-b-c-b", "a-b-c-d"])
  }

  @Test("what is forbidden is the way to the exit, not the exits before; the opposite direction stays free")
  func noTurn() {
    var town = ladder()
    restrict(&town, "no_left_turn", from: [1], via: [3], to: [5])
    expect(town, paths: ["a-b-c-b", "a-b-c-g"])
    town = ladder(link: Self.oneWay)
    restrict(&town, "no_left_turn", from: [1], via: [3], to: [5])
    expect(town, paths: ["a-b-c-g"])
  }

  @Test("of an only way every other exit is forbidden, at each junction on the way")
  func onlyStraightOn() {
    var town = ladder()
    restrict(&town, "only_straight_on", from: [1], via: [3], to: [6])
    expect(town, paths: ["a-b-c-b", "a-b-c-d", "a-b-c-g"])

    // The way between meets a road that leads out of it.
    town = RoadSketch(
      """
      a b x c g
      . . y d .
      """)
    town.way("ab", Self.street)
    town.way("bxc", Self.street)
    town.way("xy", Self.street)
    town.way("cg", Self.street)
    town.way("cd", Self.street)
    restrict(&town, "only_straight_on", from: [1], via: [2], to: [4])
    expect(town, paths: ["a-b-x-b", "a-b-x-c-d", "a-b-x-c-x", "a-b-x-y"])
    town.relations = []
    restrict(&town, "no_right_turn", from: [1], via: [2], to: [5])
    expect(town, paths: ["a-b-x-b", "a-b-x-c-d", "a-b-x-c-x"])
  }

  @Test("several ways between may come in any order and direction")
  func severalWays() {
    for (first, second, via) in [
      ("bx", "xc", [2, 3]), ("xb", "xc", [3, 2]), ("xb", "cx", [2, 3]), ("bx", "cx", [3, 2, 3]),
    ] as [(String, String, [Int64])] {
      var town = RoadSketch("a b x c d")
      town.way("ab", Self.street)
      town.way(first, Self.street)
      town.way(second, Self.street)
      town.way("dc", Self.street)
      restrict(&town, "no_straight_on", from: [1], via: via, to: [4])
      expect(town, paths: ["a-b-x-b", "a-b-x-c-d", "a-b-x-c-x"], "\(first) \(second) \(via)")
    }
  }

  @Test("several entries and exits, and restrictions that share a way between, all hold")
  func several() {
    var town = ladder()
    restrict(&town, "no_entry", from: [1, 2], via: [3], to: [6])
    expect(town, paths: ["a-b-c-b", "a-b-c-e", "f-b-c-b", "f-b-c-e"])
    town = ladder()
    restrict(&town, "no_exit", from: [1], via: [3], to: [4, 6])
    restrict(&town, "no_left_turn", from: [2], via: [3], to: [5])
    restrict(&town, "no_right_turn", from: [5], via: [3], to: [2])
    expect(
      town,
      paths: ["a-b-c-b", "a-b-c-d", "a-b-c-e", "f-b-c-b", "f-b-c-g", "g-c-b-c", "g-c-b-f"])
  }

  @Test("what does not hang together, or cannot be driven, is counted with the reason")
  func drops() {
    for (value, from, via, to, drop) in [
      ("no_left_turn", [1], [3], [99], .missingMember), ("no_left_turn", [99], [3], [5], .missingMember),
      ("no_left_turn", [1], [99], [5], .missingMember), ("no_left_turn", [1], [3, 99], [5], .missingMember),
      // Both members at one end of the way between; ways between that do not touch; one that is an end itself.
      ("no_left_turn", [1], [3], [2], .missingMember), ("no_left_turn", [2], [1, 5], [6], .missingMember),
      ("no_left_turn", [1], [3], [3], .missingMember),
      // Ways between that fork.
      ("no_left_turn", [1], [3, 5, 6], [4], .ambiguous),
      ("only_left_turn", [1], [3], [5, 6], .notUnderstood),
    ] as [(String, [Int64], [Int64], [Int64], TurnDrop)] {
      var town = ladder()
      restrict(&town, value, from: from, via: via, to: to)
      expect(town, paths: [], drops: [drop: 1], "\(from) \(via) \(to)")
    }
    for (link, drop) in [
      (["highway": "residential", "oneway": "-1"], .noEffect), (["highway": "footway"], .missingMember),
    ] as [([String: String], TurnDrop)] {
      var town = ladder(link: link)
      restrict(&town, "no_left_turn", from: [1], via: [3], to: [5])
      expect(town, paths: [], drops: [drop: 1], "\(link)")
    }
    var town = ladder()
    town.tag("c", ["barrier": "bollard"])
    restrict(&town, "no_left_turn", from: [1], via: [3], to: [5])
    expect(town, paths: [], drops: [.noEffect: 1])
    // A way between that lies elsewhere.
    town = RoadSketch("a b c d y z")
    for way in ["ab", "bc", "cd", "yz"] { town.way(way, Self.street) }
    restrict(&town, "no_straight_on", from: [1], via: [2, 4], to: [3])
    expect(town, paths: [], drops: [.missingMember: 1])
    // An end of the street: nothing is left to forbid.
    town = RoadSketch("a b c d")
    for way in ["ab", "bc", "cd"] { town.way(way, Self.oneWay) }
    restrict(&town, "only_straight_on", from: [1], via: [2], to: [3])
    restrict(&town, "no_straight_on", from: [3], via: [2], to: [1])
    expect(town, paths: [], drops: [.noEffect: 2])
  }

  @Test("a circle between, or members at both of its ends, leave the direction open")
  func circles() {
    var town = RoadSketch(
      """
      a b c
      . d e
      """)
    town.way("ab", Self.street)
    town.way("bdecb", Self.street)
    town.way("cb", Self.street)
    restrict(&town, "no_u_turn", from: [1], via: [2], to: [1])
    expect(town, paths: [], drops: [.ambiguous: 1])

    // Over the link and home by the same loop: which end is meant is not said, unless the link is one-way.
    for (link, paths) in [(Self.street, []), (Self.oneWay, ["d-b-d-b"])] {
      town = RoadSketch(
        """
        b c
        d e
        """)
      town.way("bd", link)
      town.way("bced", Self.street)
      restrict(&town, "no_u_turn", from: [2], via: [1], to: [2])
      expect(town, paths: paths, drops: paths.isEmpty ? [.ambiguous: 1] : [:])
    }
  }

  @Test("a way between of more edges than any road has is not understood")
  func tooLong() {
    var sketch = RoadSketch()
    for id in 0..<Int64(300) {
      sketch.nodes.append(.init(id: id, latitude: 350_000_000 + 1_000 * Int32(id), longitude: 1_125_000_000))
    }
    func town(_ count: Int64) -> RoadSketch {
      var town = sketch
      town.ways = [
        .init(id: 1, refs: [0, 1], tags: Self.street),
        .init(id: 2, refs: Array(1...count + 1), tags: Self.street),
        .init(id: 3, refs: [count + 1, count + 2], tags: Self.street),
      ]
      restrict(&town, "no_straight_on", from: [1], via: [2], to: [3])
      return town
    }
    #expect(town(256).network(keepsEveryNode: true).counts.restrictionsUsed == 1)
    #expect(town(257).network(keepsEveryNode: true).counts.restrictionsDropped == [.notUnderstood: 1])
    #expect(town(257).network().counts.restrictionsUsed == 1)
  }

  @Test(
    "from every node to every node cars take as long as by the restrictions themselves", arguments: 1...16)
  func judged(seed: Int) throws {
    let town = RandomRestrictions(seed: seed)
    for keepsEveryNode in [true, false] {
      let (network, counts) = town.sketch.network(keepsEveryNode: keepsEveryNode)
      #expect(
        counts.restrictionsUsed + (counts.restrictionsDropped[.noEffect] ?? 0) == town.sketch.relations.count)
      let graph = RoadGraph(network, mode: .car)
      let junctions = Dictionary(
        uniqueKeysWithValues: town.sketch.nodes.compactMap { node in
          (0..<network.junctionCount).first {
            network.junctionLatitudes[$0] == node.latitude && network.junctionLongitudes[$0] == node.longitude
          }.map { (node.id, $0) }
        })
      // With every node kept steps are edges, and every millisecond is the same.
      let whole = town.sketch.network(keepsEveryNode: true).network
      let steps = Dictionary(
        uniqueKeysWithValues: (0..<whole.edgeCount).flatMap { edge in
          let ends = [whole.edgeFrom[edge], whole.edgeTo[edge]].map { junction in
            town.sketch.nodes.first {
              $0.latitude == whole.junctionLatitudes[Int(junction)]
                && $0.longitude == whole.junctionLongitudes[Int(junction)]
            }!.id
          }
          return [(ends, whole.times[2].forward[edge]), (ends.reversed(), whole.times[2].backward[edge])]
        })
      for (start, junction) in junctions {
        let judged = town.times(from: start, junctions: Set(junctions.keys)) {
          Int(steps[[$0.from, $0.to]]!)
        }
        let times = times(on: graph, from: junction)
        for (end, junction) in junctions {
          let difference = (judged[end] ?? -1_000) - (times[junction] ?? -1_000)
          // Edges of several steps are rounded once.
          #expect(abs(difference) <= (keepsEveryNode ? 0 : 20), "\(start) to \(end)")
        }
      }
    }
  }

  /// The time from a junction, where nothing was driven yet, to every junction.
  private func times(on graph: RoadGraph, from junction: Int) -> [Int?] {
    var best = [Int?](repeating: nil, count: graph.nodeCount)
    best[junction] = 0
    var open = [junction]
    while let node = open.popLast() {
      for k in Int(graph.forward.start[node])..<Int(graph.forward.start[node + 1]) {
        let arc = graph.forward.arcs[k]
        let time = best[node]! + Int(arc.milliseconds)
        guard time < best[Int(arc.node)] ?? .max else { continue }
        best[Int(arc.node)] = time
        open.insert(Int(arc.node), at: 0)
      }
    }
    var times = [Int?](repeating: nil, count: graph.network.junctionCount)
    for (node, time) in best.enumerated() {
      guard let time else { continue }
      let junction = Int(graph.junction(ofNode: UInt32(node)))
      times[junction] = min(times[junction] ?? .max, time)
    }
    return times
  }
}
