extension County {
  /// The county's roads: all that `roads.synthetic.osm.pbf` says, from dice of their own.
  func roadMap() -> RoadMap {
    var riverDice = Dice(seed: seed, for: "rivers")
    let rivers = riverCourses(using: &riverDice)
    var lineDice = Dice(seed: seed, for: "main roads")
    let lines = mainLines.map { line in
      bentLine(from: line.from, to: line.to, step: RoadSites.mainSpacing, using: &lineDice) { spot, length in
        let steepest =
          switch relief.terrain(at: spot) {
          case .plain: 0.03
          case .hill: 0.08
          case .mountain: 0.13
          }
        // The longest pieces bend least: a road is laid toward its end.
        return steepest * min(1, 3_000 / length)
      }
    }
    let hamlets = hamletsWithoutRoad(awayFrom: lines.flatMap { $0 })
    var siteDice = Dice(seed: seed, for: "road sites")
    let sites = RoadSites(self, mainLines: lines, using: &siteDice)
    var planDice = Dice(seed: seed, for: "road plan")
    let bare = RoadPlan(
      self, sites: sites, rivers: rivers.map(\.course), closed: hamlets.map { places[$0].spot },
      using: &planDice)
    var buildingDice = Dice(seed: seed, for: "road building")
    let plan = RoadBuilding(self, plan: bare, hamlets: hamlets, using: &buildingDice).plan
    var bendDice = Dice(seed: seed, for: "road bends")
    var making = RoadMapMaking(plan, rivers: rivers.map(\.course), using: &bendDice)
    let crossings = sites.crossings[0]
    for (column, row) in [(0, 0), (8, -8), (-8, 8)] {
      if let site = crossings[GridCrossing(column: column, row: row)] { making.makeRoundabout(at: site) }
    }
    Motorway.lay(on: &making, within: partition.county)
    var tagDice = Dice(seed: seed, for: "road tags")
    return RoadMap(making, plan: plan, rivers: rivers, using: &tagDice)
  }

  /// Four places high up, far apart, each with as few others around as can be: no road comes within 2 km of them.
  private func hamletsWithoutRoad(awayFrom mainSpots: [Spot]) -> [Int] {
    let all = SpotIndex(places.map(\.spot), cell: 1_000)
    let main = SpotIndex(mainSpots, cell: 1_000)
    let lonely = places.indices
      .filter { places[$0].terrain == .mountain && main.near(places[$0].spot, within: 2_700).isEmpty }
      .map { (others: all.near(places[$0].spot, within: 2_250).count, place: $0) }
      .sorted(by: <)
    var chosen: [Int] = []
    for (_, place) in lonely where chosen.count < 4 {
      if chosen.allSatisfy({ places[$0].spot.meters(to: places[place].spot) > 8_000 }) {
        chosen.append(place)
      }
    }
    return chosen
  }
}
