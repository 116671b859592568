extension RoadMap {
  /// The ways of what was made, with tags, barriers, turn restrictions, the ferry and the rivers; nodes are numbered
  /// in the order in which the ways come to them.
  init(
    _ making: RoadMapMaking, plan: RoadPlan, rivers: [(name: String, course: [Spot])], using dice: inout Dice
  ) {
    var making = making
    let barriers = RoadMap.barriers(on: &making, using: &dice)
    let crossings = RoadMap.restrictedCrossings(making, plan: plan)
    making.breaks = Set(crossings.map(\.via))
    let strung = making.strung()
    var numbers: [Int: Int] = [:]
    for piece in strung {
      let nodes = piece.nodes.map { node in
        if let number = numbers[node] { return number }
        numbers[node] = self.nodes.count
        self.nodes.append(Node(spot: making.spots[node], tags: barriers[node] ?? []))
        return self.nodes.count - 1
      }
      ways.append(Way(nodes: nodes, tags: piece.road.tags(chance: dice.unit())))
    }
    for (number, crossing) in crossings.enumerated() {
      // Around the crossing, against the clock: the second next arm lies straight on, the one before to the left.
      let (kind, turn) = [
        ("only_straight_on", 2), ("no_left_turn", 3), ("no_left_turn", 3), ("no_u_turn", 0),
        ("only_right_turn", 1),
        ("no_right_turn", 1), ("no_left_turn", 3),
      ][number % 7]
      let arm = dice.whole(in: 0...3)
      guard let via = numbers[crossing.via],
        let from = numbers[crossing.arms[arm]].flatMap({ way(from: via, by: $0) }),
        let to = numbers[crossing.arms[(arm + turn) % 4]].flatMap({ way(from: via, by: $0) })
      else { continue }
      restrictions.append(Restriction(kind: kind, from: from, via: via, to: to))
    }
    addFerry()
    for (name, course) in rivers {
      let first = nodes.count
      nodes += course.map { Node(spot: $0) }
      ways.append(
        Way(
          nodes: Array(first..<nodes.count),
          tags: [
            Tag(key: "name", value: name), Tag(key: "source", value: "synthetic"),
            Tag(key: "waterway", value: "river"),
          ]))
    }
  }

  /// The way with an end at `via` whose next node is `neighbor`.
  private func way(from via: Int, by neighbor: Int) -> Int? {
    ways.firstIndex { way in
      let n = way.nodes
      return (n.first == via && n[1] == neighbor) || (n.last == via && n[n.count - 2] == neighbor)
    }
  }

  /// Gates across service roads and bollards across alleys of the city: a node in the middle of the piece.
  private static func barriers(on making: inout RoadMapMaking, using dice: inout Dice) -> [Int: [Tag]] {
    var barriers: [Int: [Tag]] = [:]
    for (highway, count, tags) in [
      (
        Highway.service, 8,
        [
          Tag(key: "access", value: "private"), Tag(key: "barrier", value: "gate"),
          Tag(key: "foot", value: "yes"),
        ]
      ),
      (.service, 2, [Tag(key: "barrier", value: "lift_gate")]),
      (.pedestrian, 3, [Tag(key: "barrier", value: "bollard")]),
      (.footway, 3, [Tag(key: "barrier", value: "bollard")]),
    ] {
      let free = making.pieces.indices.filter { i in
        let piece = making.pieces[i]
        return piece.road.highway == highway && piece.road.isStreet && piece.nodes.count == 2
      }
      for piece in dice.shuffled(free).prefix(count) {
        barriers[making.addMiddle(of: piece)] = tags
      }
    }
    return barriers
  }

  /// Crossings of two arterials with four arms, and the node next on each arm, against the clock.
  private static func restrictedCrossings(_ making: RoadMapMaking, plan: RoadPlan) -> [(
    via: Int, arms: [Int]
  )] {
    var armsOf: [Int: [Int]] = [:]
    for piece in making.pieces {
      armsOf[piece.nodes[0], default: []].append(piece.nodes[1])
      armsOf[piece.nodes[piece.nodes.count - 1], default: []].append(piece.nodes[piece.nodes.count - 2])
    }
    var found: [(via: Int, arms: [Int])] = []
    for crossing in plan.sites.grids[0].crossings where found.count < 21 {
      guard crossing.column.isMultiple(of: 8), crossing.row.isMultiple(of: 8),
        let via = plan.sites.crossings[0][crossing], let arms = armsOf[via], arms.count == 4
      else { continue }
      let center = making.spots[via]
      // Quarters from the east, then the turn within: an angle without trigonometry.
      func angle(_ node: Int) -> Double {
        let (x, y) = (making.spots[node].east - center.east, making.spots[node].north - center.north)
        let share = y / (abs(x) + abs(y))
        return x >= 0 ? (y >= 0 ? share : 4 + share) : 2 - share
      }
      found.append((via, arms.sorted { (angle($0), $0) < (angle($1), $1) }))
    }
    return found
  }

  /// Along the reservoir at the county's southern border, from landing to landing, outside the county.
  private mutating func addFerry() {
    let usable = Set(
      ways.filter { ["tertiary", "unclassified", "residential"].contains($0.value("highway")) }.flatMap(
        \.nodes))
    func landing(_ longitude: Int, _ latitude: Int) -> Int? {
      let spot = Spot(longitudeE6: longitude * 1_000, latitudeE6: latitude * 1_000)
      return nodes.indices.filter { usable.contains($0) }
        .min { (nodes[$0].spot.meters(to: spot), $0) < (nodes[$1].spot.meters(to: spot), $1) }
    }
    guard let west = landing(112_296, 34_945), let east = landing(112_436, 34_916) else { return }
    let first = nodes.count
    for (longitude, latitude) in [(112_310, 34_926), (112_350, 34_912), (112_396, 34_898), (112_424, 34_897)]
    {
      nodes.append(Node(spot: Spot(longitudeE6: longitude * 1_000, latitudeE6: latitude * 1_000)))
    }
    let tags = [
      ("bicycle", "yes"), ("duration", "00:45"), ("foot", "yes"), ("motor_vehicle", "yes"),
      ("name", "小浪底库区渡船"),
      ("route", "ferry"), ("source", "synthetic"),
    ]
    ways.append(
      Way(
        nodes: [west] + Array(first..<nodes.count) + [east], tags: tags.map { Tag(key: $0.0, value: $0.1) }))
  }
}
