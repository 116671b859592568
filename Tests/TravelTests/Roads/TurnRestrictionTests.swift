import TestSupport
import Testing

@testable import Travel

@Suite("Turns that cars may not make")
struct TurnRestrictionTests {
  /// Four arms that meet in x: a from the west, b from the north, c from the east, d from the south; ways 1 to 4.
  private func crossing(_ tags: [String: [String: String]] = [:]) -> RoadSketch {
    var town = RoadSketch(
      """
      . b .
      a x c
      . d .
      """)
    for arm in ["a", "b", "c", "d"] { town.way(arm + "x", tags[arm] ?? ["highway": "residential"]) }
    return town
  }

  private func expect(
    _ town: RoadSketch, turns: [String], drops: [TurnDrop: Int] = [:], _ note: Comment? = nil
  ) {
    let (network, counts) = town.network()
    #expect(town.turns(of: network) == turns, note)
    #expect(counts.restrictionsDropped == drops, note)
    #expect(counts.restrictionsRead == counts.restrictionsUsed + drops.values.reduce(0, +), note)
  }

  @Test("what is forbidden is forbidden, and of an only turn all others are, turning round too")
  func values() {
    for (value, turns) in [
      ("no_left_turn", ["a-x-b"]), ("no_right_turn", ["a-x-b"]), ("no_straight_on", ["a-x-b"]),
      ("no_entry", ["a-x-b"]), ("only_left_turn", ["a-x-a", "a-x-c", "a-x-d"]),
      ("only_straight_on", ["a-x-a", "a-x-c", "a-x-d"]),
    ] {
      var town = crossing()
      town.turn(value, from: 1, via: "x", to: 2)
      expect(town, turns: turns, "\(value)")
    }
    var town = crossing()
    town.turn("no_u_turn", from: 1, via: "x", to: 1)
    town.turn("no_u_turn", from: 1, via: "x", to: 1)
    expect(town, turns: ["a-x-a"])
  }

  @Test("restrictions for others, at times, or of unknown kinds are counted")
  func tags() {
    for (tags, drop) in [
      (["restriction": "no_left_turn", "except": "motorcar"], .notForCars),
      (["restriction": "no_left_turn", "except": "psv; motor_vehicle"], .notForCars),
      (["restriction:hgv": "no_left_turn"], .notForCars),
      (["restriction:conditional": "no_left_turn @ (07:00-09:00)"], .conditional),
      (["restriction": "give_way"], .notUnderstood),
      (["restriction": "no_left_turn", "except": "psv;bicycle"], nil),
      (["restriction:motorcar": "no_left_turn"], nil), (["restriction:motor_vehicle": "no_left_turn"], nil),
      (["restriction:vehicle": "no_left_turn", "restriction": "give_way"], nil),
    ] as [([String: String], TurnDrop?)] {
      var town = crossing()
      town.turn("", from: 1, via: "x", to: 2, tags)
      town.relations[0].tags["restriction"] = tags["restriction"]
      expect(town, turns: drop == nil ? ["a-x-b"] : [], drops: drop.map { [$0: 1] } ?? [:], "\(tags)")
    }
  }

  @Test("members that cannot be used are counted")
  func members() {
    let via = RoadSketch.Member("node", RoadSketch.id("x"), "via")
    let from = RoadSketch.Member("way", 1, "from")
    let to = RoadSketch.Member("way", 2, "to")
    for (members, drop) in [
      ([from, to], .notUnderstood), ([via, to], .notUnderstood), ([from, via], .notUnderstood),
      ([from, via, via, to], .notUnderstood),
      ([from, via, RoadSketch.Member("way", 3, "via"), to], .notUnderstood),
      ([from, RoadSketch.Member("relation", 3, "via"), to], .notUnderstood),
      ([from, RoadSketch.Member("node", 12, "via"), to], .missingMember),
      ([from, RoadSketch.Member("node", RoadSketch.id("c"), "via"), to], .missingMember),
      ([from, via, RoadSketch.Member("way", 99, "to")], .missingMember),
      ([RoadSketch.Member("way", 99, "from"), via, to], .missingMember),
    ] as [([RoadSketch.Member], TurnDrop)] {
      var town = crossing()
      town.relation(members, ["type": "restriction", "restriction": "no_left_turn"])
      expect(town, turns: [], drops: [drop: 1])
    }
    var town = crossing()
    town.relation([from, via, to], ["type": "route", "restriction": "no_left_turn"])
    expect(town, turns: [])
    #expect(town.network().counts.relationsRead == 1)
  }

  @Test("several entries or exits are all forbidden, an only turn has one exit")
  func several() {
    let members = [
      RoadSketch.Member("way", 1, "from"), RoadSketch.Member("way", 3, "from"),
      RoadSketch.Member("node", RoadSketch.id("x"), "via"), RoadSketch.Member("way", 2, "to"),
    ]
    var town = crossing()
    town.relation(members, ["type": "restriction", "restriction": "no_entry"])
    expect(town, turns: ["a-x-b", "c-x-b"])
    town = crossing()
    town.relation(
      members + [RoadSketch.Member("way", 4, "to")], ["type": "restriction", "restriction": "only_left_turn"])
    expect(town, turns: [], drops: [.notUnderstood: 1])
  }

  @Test("turns that one-way roads forbid anyhow have no effect")
  func oneWays() {
    var town = crossing(["b": ["highway": "residential", "oneway": "yes"]])  // towards x
    town.turn("no_left_turn", from: 1, via: "x", to: 2)
    town.turn("only_left_turn", from: 1, via: "x", to: 2)
    town.turn("only_left_turn", from: 1, via: "x", to: 3)
    expect(town, turns: ["a-x-a", "a-x-d"], drops: [.noEffect: 2])

    town = crossing(["a": ["highway": "residential", "oneway": "-1"]])
    town.turn("no_left_turn", from: 1, via: "x", to: 2)
    expect(town, turns: [], drops: [.noEffect: 1])
  }

  @Test("a way that cars may not use is no member")
  func footway() {
    var town = crossing(["b": ["highway": "footway"]])
    town.turn("no_left_turn", from: 1, via: "x", to: 2)
    expect(town, turns: [], drops: [.missingMember: 1])
  }

  @Test("a way that runs through the node is ambiguous")
  func through() {
    var town = RoadSketch(
      """
      . b .
      a x c
      """)
    town.way("axc", ["highway": "residential"])
    town.way("bx", ["highway": "residential"])
    town.turn("no_left_turn", from: 1, via: "x", to: 2)
    town.turn("no_u_turn", from: 1, via: "x", to: 1)
    expect(town, turns: [], drops: [.ambiguous: 2])
  }

  @Test("nobody turns at a bollard")
  func barrier() {
    var town = crossing()
    town.tag("x", ["barrier": "bollard"])
    town.turn("no_left_turn", from: 1, via: "x", to: 2)
    expect(town, turns: [], drops: [.noEffect: 1])
  }

  @Test("a turn within a way makes a junction of its node")
  func withinWay() {
    var town = RoadSketch("a x c")
    town.way("ax", ["highway": "residential"])
    town.way("xc", ["highway": "residential"])
    town.turn("no_straight_on", from: 1, via: "x", to: 2)
    expect(town, turns: ["a-x-c"])
  }
}
