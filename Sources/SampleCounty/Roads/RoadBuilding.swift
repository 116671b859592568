/// Decides which roads the county has: streets, main roads, roads to every village, lanes to every group, and the
/// odd ends that a real map has.
struct RoadBuilding {
  private(set) var plan: RoadPlan
  private let county: County
  private var search: PlanSearch
  private var dice: Dice
  /// Whether the site is joined to the city's center by what is built.
  private var joined: [Bool]
  private let center: Int
  /// The site of each village's middle.
  private let villageSites: [Int]

  init(_ county: County, plan: RoadPlan, hamlets: [Int], using dice: inout Dice) {
    self.county = county
    self.plan = plan
    self.dice = dice
    search = PlanSearch(plan)
    joined = plan.spots.map { _ in false }
    center = plan.sites.crossings[0][GridCrossing(column: 0, row: 0)] ?? 0
    villageSites = county.places.indices.filter {
      $0 == 0 || county.places[$0].village != county.places[$0 - 1].village
    }
    .map { plan.sites.siteOfPlace[$0] }
    for number in plan.sites.grids.indices { buildStreets(of: number) }
    buildMainRoads()
    buildVillageRoads()
    buildLinks()
    joinPieces()
    buildLanes()
    buildLoops()
    buildShortcuts()
    buildFieldTracks()
    buildIslands(near: hamlets)
    dice = self.dice
  }

  // MARK: Streets

  private mutating func buildStreets(of number: Int) {
    let isCity = number == 0
    let crossings = plan.sites.crossings[number]
    // Block by block: an alley or a street is there from one larger street to the next, or not at all.
    for crossing in plan.sites.grids[number].crossings {
      for (across, line, next) in [
        (false, crossing.row, GridCrossing(column: crossing.column + 1, row: crossing.row)),
        (true, crossing.column, GridCrossing(column: crossing.column, row: crossing.row + 1)),
      ] {
        let along = across ? crossing.row : crossing.column
        let kind = GridLine(number: line)
        guard let a = crossings[crossing], let b = crossings[next], let side = plan.side(between: a, b),
          isThere(
            kind, across: across, line: line, block: along.quotient(by: kind == .alley ? 2 : 4), grid: number)
        else { continue }
        if plan.crossesWater[side], kind == .street || kind == .alley { continue }
        var road = street(kind, across: across, line: line, along: along, isCity: isCity)
        road.isStreet = true
        plan.build(road, on: side)
        if road.isOneWay { plan.flowFrom[side] = (line / 2).isMultiple(of: 2) == across ? a : b }
      }
    }
  }

  /// Whether a block has its street: by dice of its own, so that all of the block agrees.
  private func isThere(_ kind: GridLine, across: Bool, line: Int, block: Int, grid: Int) -> Bool {
    let share =
      switch kind {
      case .arterial, .collector: 1.0
      case .street: 0.84
      case .alley: grid == 0 ? 0.30 : 0.2
      }
    var own = Dice(seed: county.seed, for: "street \(grid) \(across) \(line) \(block)")
    return own.happens(share)
  }

  private func street(_ kind: GridLine, across: Bool, line: Int, along: Int, isCity: Bool) -> Road {
    let names = across ? Names.northSouth : Names.eastWest
    switch kind {
    case .arterial:
      guard isCity else { return Road(highway: .tertiary, name: across ? "政府路" : "中心街") }
      return Road(
        highway: line.magnitude <= 16 ? .secondary : .tertiary, name: names[(line / 8 + 8) % names.count])
    case .collector:
      guard isCity else { return Road(highway: .residential) }
      return Road(highway: .tertiary, name: names[(line.quotient(by: 8) + 15) % names.count])
    case .street:
      if isCity, !across, line == 2, (-8..<0).contains(along) {
        return Road(highway: .pedestrian, name: "宣化步行街")
      }
      let oneWay = isCity && [2, 6, 10].contains(line.magnitude) && along.magnitude <= 16
      return Road(highway: .residential, isOneWay: oneWay)
    case .alley:
      var own = Dice(seed: county.seed, for: "alley \(across) \(line) \(along.quotient(by: 2))")
      let kinds: [(Highway, Double)] = [(.footway, 5), (.service, 4), (.pedestrian, 1), (.steps, 0.4)]
      return Road(highway: isCity ? kinds[own.position(by: kinds.map(\.1))].0 : .service)
    }
  }

  // MARK: Between towns and villages

  private mutating func buildMainRoads() {
    var preferred = plan.sides.map { _ in false }
    for line in plan.sites.mainLines {
      for (a, b) in zip(line, line.dropFirst()) {
        if let side = plan.side(between: a, b) { preferred[side] = true }
      }
    }
    // The most important first: lesser ones join them.
    for primary in [true, false] {
      for (line, sites) in zip(mainLines, plan.sites.mainLines) where line.isPrimary == primary {
        guard let from = sites.first, let to = sites.last else { continue }
        let goal = search.search(
          plan, from: from,
          cost: { plan, side in
            plan.cost(side, reuse: 0.85, bridge: 500).map { $0 * (preferred[side] ? 0.5 : 1) }
          }, isGoal: { $0 == to })
        guard goal != nil else { continue }
        let road = Road(highway: primary ? .primary : .secondary, name: line.name, ref: line.ref)
        for side in search.way(plan, to: to) { plan.build(road, on: side) }
      }
    }
  }

  /// From each town to its villages, on as few roads as will do; where many villages hang on one, it is better.
  private mutating func buildVillageRoads() {
    for number in Township.all.indices {
      let members = county.villages.indices.filter { county.villages[$0].township == number }
      let seat = members.first { county.villages[$0].isSeat }.map { villageSites[$0] } ?? center
      var missing = Set(members.map { villageSites[$0] })
      _ = search.search(
        plan, from: seat, within: 60_000, cost: { $0.cost($1, reuse: 0.6, bridge: 4_000) },
        isGoal: {
          missing.remove($0)
          return missing.isEmpty
        })
      var uses: [Int: Int] = [:]
      for member in members where search.reached(villageSites[member]) {
        for side in search.way(plan, to: villageSites[member]) {
          uses[side, default: 0] += 1
          let used = uses[side] ?? 0
          let road = Road(highway: used >= 3 ? .tertiary : .unclassified)
          plan.build(road, on: side)
        }
      }
    }
  }

  /// Joins neighboring villages where the way around is long for the terrain.
  private mutating func buildLinks() {
    let index = SpotIndex(villageSites.map { plan.spots[$0] }, cell: 2_000)
    var pairs: [(meters: Double, a: Int, b: Int)] = []
    for a in villageSites.indices {
      let here = plan.spots[villageSites[a]]
      for b in index.near(here, within: 4_500) where b > a {
        let there = plan.spots[villageSites[b]]
        let middle = displacedMiddle(of: here, and: there, by: 0)
        let meters = here.meters(to: there)
        // Gabriel and Sokal (1969): neighbors are those with nobody in the circle between them.
        let between = index.near(middle, within: meters / 2 - 1)
        if between.isEmpty { pairs.append((meters, a, b)) }
      }
    }
    for (meters, a, b) in pairs.sorted(by: <) {
      let (from, to) = (villageSites[a], villageSites[b])
      let terrain = county.relief.terrain(
        at: displacedMiddle(of: plan.spots[from], and: plan.spots[to], by: 0))
      let limit =
        switch terrain {
        case .plain: 1.30
        case .hill: 1.50
        case .mountain: 1.8
        }
      let found = search.search(
        plan, from: from, within: limit * meters,
        cost: { $0.built[$1] == nil ? nil : $0.windingLength($1) }, isGoal: { $0 == to })
      guard found == nil else { continue }
      let way = search.search(
        plan, from: from, within: 3 * meters, cost: { $0.cost($1, reuse: 0.8, bridge: 3_500) },
        isGoal: { $0 == to })
      guard way != nil else { continue }
      for side in search.way(plan, to: to) { plan.build(Road(highway: .unclassified), on: side) }
    }
  }

  // MARK: To every door

  /// Marks what can be reached from `start` on what is built.
  private mutating func join(from start: Int) {
    var open = [start]
    joined[start] = true
    while let site = open.popLast() {
      for link in plan.links(at: site) where plan.built[link.side] != nil && !joined[link.site] {
        joined[link.site] = true
        open.append(link.site)
      }
    }
  }

  /// Leads a road from `site` to the nearest that is joined; whether that went.
  private mutating func lead(_ site: Int, within meters: Double, road: Road) -> Bool {
    let joined = joined
    guard
      let goal = search.search(
        plan, from: site, within: meters, cost: { $0.cost($1, reuse: 0.3, bridge: .infinity) },
        isGoal: { joined[$0] })
    else { return false }
    for side in search.way(plan, to: goal) { plan.build(road, on: side) }
    join(from: goal)
    return true
  }

  /// Joins streets that the grid left alone; what cannot be joined is not built.
  private mutating func joinPieces() {
    join(from: center)
    for side in plan.sides.indices where plan.built[side] != nil && !joined[plan.sides[side].from] {
      if !lead(plan.sides[side].from, within: 1_500, road: Road(highway: .residential)) {
        plan.built[side] = nil
      }
    }
  }

  private mutating func buildLanes() {
    for (i, place) in county.places.enumerated() {
      let site = plan.sites.siteOfPlace[i]
      if !joined[site] { _ = lead(site, within: 9_000, road: Road(highway: lane(in: place.terrain))) }
    }
  }

  private mutating func lane(in terrain: Terrain) -> Highway {
    let kinds: [(Highway, Double)] =
      switch terrain {
      case .plain: [(.residential, 8), (.service, 2), (.track, 0.4)]
      case .hill: [(.residential, 5), (.service, 2.5), (.track, 3), (.path, 0.3)]
      case .mountain: [(.residential, 1.5), (.service, 2.5), (.track, 6), (.path, 1.2)]
      }
    return kinds[dice.position(by: kinds.map(\.1))].0
  }

  /// Closes loops between neighbors of one village where the way around is long; footpaths high up.
  private mutating func buildLoops() {
    var villageOf = plan.spots.map { _ in -1 }
    for (i, place) in county.places.enumerated() { villageOf[plan.sites.siteOfPlace[i]] = place.village }
    let short = plan.sides.indices
      .filter { plan.built[$0] == nil && !plan.crossesWater[$0] && plan.lengths[$0] < 480 }
      .sorted { (plan.lengths[$0], $0) < (plan.lengths[$1], $1) }
    for side in short {
      let (from, to) = (plan.sides[side].from, plan.sides[side].to)
      guard joined[from], joined[to] else { continue }
      let within = villageOf[from] >= 0 && villageOf[from] == villageOf[to]
      let factor =
        switch plan.terrains[side] {
        case .plain: within ? 2.2 : 6
        case .hill: within ? 2.6 : 7
        case .mountain: within ? 3.2 : 8
        }
      guard within || dice.happens(plan.terrains[side] == .plain ? 0.25 : 0.18) else { continue }
      let found = search.search(
        plan, from: from, within: factor * plan.lengths[side],
        cost: { $0.built[$1] == nil ? nil : $0.windingLength($1) }, isGoal: { $0 == to })
      guard found == nil else { continue }
      let highway: Highway =
        within ? lane(in: plan.terrains[side]) : plan.terrains[side] == .plain ? .track : .path
      plan.build(Road(highway: highway), on: side)
    }
  }

  /// Where people have to go far around to the points nearest to them, somebody made a track or trod a path.
  private mutating func buildShortcuts() {
    let index = SpotIndex(county.points.map(\.spot), cell: 1_000)
    for (i, place) in county.places.enumerated() {
      let from = plan.sites.siteOfPlace[i]
      let near = index.near(place.spot, within: 4_000)
        .map { (meters: county.points[$0].spot.meters(to: place.spot), point: $0) }
        .filter { $0.meters > 250 }.sorted(by: <)
      let (limit, highways): (Double, [Highway]) =
        switch place.terrain {
        case .plain: (1.8, [.residential, .unclassified])
        case .hill: (2.1, [.residential, .service, .track])
        case .mountain: (2.8, [.service, .track, .track, .path])
        }
      for (_, point) in near.prefix(3) {
        let to = plan.sites.siteOfPlace[county.points[point].place]
        guard from != to, joined[from], joined[to] else { continue }
        let straight = plan.spots[from].meters(to: plan.spots[to])
        let short = search.search(
          plan, from: from, within: limit * straight + 150,
          cost: { $0.built[$1] == nil ? nil : $0.windingLength($1) }, isGoal: { $0 == to })
        guard short == nil else { continue }
        let way = search.search(
          plan, from: from, within: 2 * straight, cost: { $0.cost($1, reuse: 0.6, bridge: .infinity) },
          isGoal: { $0 == to })
        guard way != nil else { continue }
        let highway = dice.one(of: highways)
        for side in search.way(plan, to: to) { plan.build(Road(highway: highway), on: side) }
        join(from: to)
      }
    }
  }

  /// Dead ends into fields and up slopes.
  private mutating func buildFieldTracks() {
    for start in plan.sites.spots.indices where joined[start] && dice.happens(0.05) {
      var site = start
      let highway: Highway = dice.happens(0.75) ? .track : .path
      for _ in 0..<dice.whole(in: 1...3) {
        let free = plan.links(at: site).filter {
          !joined[$0.site] && !plan.crossesWater[$0.side] && !plan.closed[$0.site]
        }
        guard let link = free.randomlyFirst(using: &dice) else { break }
        plan.build(Road(highway: highway), on: link.side)
        joined[link.site] = true
        site = link.site
      }
    }
  }

  /// Bits of road that lead nowhere: beside two hamlets without a road, and in four spots far from any road.
  private mutating func buildIslands(near hamlets: [Int]) {
    let far = plan.sites.spots.indices.filter { site in
      !joined[site] && !plan.closed[site]
        && plan.links(at: site).allSatisfy { link in plan.links(at: link.site).allSatisfy { !joined[$0.site] }
        }
    }
    var starts = hamlets.prefix(2).map { plan.sites.siteOfPlace[$0] }
    for _ in 0..<4 where !far.isEmpty { starts.append(dice.one(of: far)) }
    for start in starts where !joined[start] {
      var site = start
      var own: Set<Int> = [start]
      for _ in 0..<dice.whole(in: 2...4) {
        let free = plan.links(at: site).filter { link in
          !own.contains(link.site) && plan.links(at: link.site).allSatisfy { !joined[$0.site] }
        }
        guard let link = free.randomlyFirst(using: &dice) else { break }
        plan.build(Road(highway: .track), on: link.side)
        own.insert(link.site)
        site = link.site
      }
    }
  }
}

extension Int {
  /// The quotient rounded down, also below zero.
  func quotient(by divisor: Int) -> Int { (self - (self % divisor + divisor) % divisor) / divisor }
}

extension Collection where Index == Int {
  /// One of the elements, each as likely, or `nil` if there is none.
  func randomlyFirst(using dice: inout Dice) -> Element? {
    isEmpty ? nil : self[startIndex + dice.whole(in: 0...count - 1)]
  }
}
