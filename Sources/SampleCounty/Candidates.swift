/// How many sites could be opened.
private let siteCount = 300

/// `candidates.synthetic.csv`: sites where a point could be opened, with what that would cost.
///
/// One in every village without a working point; two in three of the rest where most customers are far from one,
/// and the last third anywhere, so that a planner must also say no.
func candidatesFile(
  places: [Place], points: [Point], partition: Partition, using dice: inout Dice
) -> SampleFile {
  let working = points.filter(\.works)
  let served = Set(working.map { places[$0.place].village })
  let middles = places.indices.filter { $0 == 0 || places[$0].village != places[$0 - 1].village }
  var chosen = middles.filter { !served.contains(places[$0].village) }

  let need = places.map { place in
    let nearest = working.map { place.spot.meters(to: $0.spot) }.min() ?? 0
    return Double(place.customers) * max(0, nearest - 400)
  }
  var taken = Set(chosen)
  let neediest = places.indices.filter { !taken.contains($0) }.sorted { (need[$0], $1) > (need[$1], $0) }
  chosen += neediest.prefix((siteCount - chosen.count) * 2 / 3)
  taken = Set(chosen)
  let rest = dice.shuffled(places.indices.filter { !taken.contains($0) })
  chosen += rest.prefix(siteCount - chosen.count)

  var spots = Set(places.map(\.spot) + points.map(\.spot))
  let rows = chosen.sorted().enumerated().map { number, i in
    let kind = kind(at: places[i], using: &dice)
    let spot = freeSpot(near: places[i], avoiding: &spots, in: partition, using: &dice)
    let cost = costs(of: kind, using: &dice)
    return [
      "C" + padded(number + 1, 3), places[i].joinedName + sign(of: kind), spot.longitude, spot.latitude,
      kind.rawValue, places[i].id, decimal(cost.openingFen, places: 2), decimal(cost.monthlyFen, places: 2),
      String(kind == .ruralBank ? 2 : 1),
    ]
  }
  return SampleFile(
    name: "candidates.synthetic.csv",
    header: "candidate_id,name,longitude,latitude,kind,place_id,opening_cost_yuan,monthly_cost_yuan,counters",
    rows: rows)
}

private func kind(at place: Place, using dice: inout Dice) -> Point.Kind {
  let kinds: [(kind: Point.Kind, weight: Double)] =
    place.isTown
    ? [(.shop, 5), (.selfService, 3), (.communityStation, 3)]
    : [
      (.shop, 6), (.villageCommittee, 3), (.communityStation, 1),
      (.ruralBank, place.customers > 60 ? 0.6 : 0),
    ]
  return kinds[dice.position(by: kinds.map(\.weight))].kind
}

private func sign(of kind: Point.Kind) -> String {
  switch kind {
  case .selfService: "拟设自助终端"
  case .communityStation: "拟设便民服务站"
  case .villageCommittee: "拟设便民交费点"
  case .ruralBank: "拟设农商银行服务点"
  case .businessHall, .bank, .postal, .shop: "小超市拟设代收点"
  }
}

/// A card reader costs 1,000 to 3,000 yuan, a terminal 30,000 to 80,000.
private func costs(of kind: Point.Kind, using dice: inout Dice) -> (openingFen: Int, monthlyFen: Int) {
  switch kind {
  case .selfService: (dice.whole(in: 30...80) * 100_000, dice.whole(in: 45...90) * 1_000)
  case .ruralBank: (dice.whole(in: 60...120) * 100_000, dice.whole(in: 80...150) * 1_000)
  case .communityStation: (dice.whole(in: 30...60) * 10_000, dice.whole(in: 5...10) * 1_000)
  case .businessHall, .bank, .postal, .shop, .villageCommittee:
    (dice.whole(in: 10...30) * 10_000, dice.whole(in: 3...8) * 1_000)
  }
}

private func freeSpot(
  near place: Place, avoiding spots: inout Set<Spot>, in partition: Partition, using dice: inout Dice
) -> Spot {
  while true {
    let (x, y) = dice.inDisc()
    let spot = place.spot.moved(east: 80 * x, north: 80 * y)
    if partition.townships[place.township].contains(spot), spots.insert(spot).inserted { return spot }
  }
}
