/// Where the villages are: spread over their township, wider apart in the mountains than in the city.
///
/// Each new site is the best of some random ones: the farthest from the villages already there, measured in the
/// spacing usual at that spot (Mitchell's best candidate, 1991). Names are then given to sites so that a "沟"
/// tends to lie high, an estate in the middle of the city, and 东留村 east of 西留村.
///
/// - Returns: one spot for each of `villages`.
func villageSites(
  for villages: [Village], in partition: Partition, relief: Relief, using dice: inout Dice
) -> [Spot] {
  var sites: [Spot] = []
  var spots = villages.map { _ in Township.cityCenter }
  for (number, township) in Township.all.enumerated() {
    let ring = partition.townships[number]
    let members = villages.indices.filter { villages[$0].township == number }
    var own: [Spot] = township.seat.map { [$0.spot] } ?? []
    while own.count < members.count {
      own.append(bestSite(within: ring, away: sites + own, relief: relief, using: &dice))
    }
    sites += own
    let given = named(members.map { villages[$0] }, at: own, relief: relief, using: &dice)
    for (member, spot) in zip(members, given) { spots[member] = spot }
  }
  return spots
}

private func bestSite(within ring: Ring, away others: [Spot], relief: Relief, using dice: inout Dice) -> Spot
{
  var best: (spot: Spot, room: Double)?
  for _ in 0..<24 {
    let spot = anySpot(within: ring, using: &dice)
    let spacing = usualSpacing(at: spot, relief: relief)
    var room = Double.infinity
    for other in others { room = min(room, other.meters(to: spot) / spacing) }
    guard room > best?.room ?? -1 else { continue }
    // Half a spacing from the border, so that a village's groups stay in its township.
    room = min(room, 2.2 * ring.meters(to: spot) / spacing)
    if room > best?.room ?? -1 { best = (spot, room) }
  }
  return best!.spot
}

private func anySpot(within ring: Ring, using dice: inout Dice) -> Spot {
  let (east, north) = (ring.map(\.longitudeE6), ring.map(\.latitudeE6))
  while true {
    let spot = Spot(
      longitudeE6: dice.whole(in: east.min()!...east.max()!),
      latitudeE6: dice.whole(in: north.min()!...north.max()!))
    if ring.contains(spot) { return spot }
  }
}

/// Meters from village to village: 450 in the city's middle, a kilometer in the plain, two high up.
private func usualSpacing(at spot: Spot, relief: Relief) -> Double {
  let fromCenter = spot.meters(to: Township.cityCenter)
  return min(450 + fromCenter / 6, 1_150) + 700 * min(1.6, max(0, relief.height(at: spot)))
}

/// The spots of `members`, the first of `sites` going to the seat.
private func named(
  _ members: [Village], at sites: [Spot], relief: Relief, using dice: inout Dice
) -> [Spot] {
  let inCity = members.contains { Township.all[$0.township].isSubdistrict }
  let outwardness = sites.map { inCity ? $0.meters(to: Township.cityCenter) : relief.height(at: $0) }
  let ranks = members.map { remoteness(ofName: $0.name, inCity: inCity) + 0.7 * dice.bell() }
  var free = Array(sites.indices)
  var seated: [Int: Int] = [:]
  if let seat = members.firstIndex(where: \.isSeat) {
    seated[seat] = 0
    free.removeFirst()
  }
  free.sort { (outwardness[$0], $0) < (outwardness[$1], $1) }
  let others = members.indices.filter { seated[$0] == nil }
    .sorted { (ranks[$0], $0) < (ranks[$1], $1) }
  for (member, site) in zip(others, free) { seated[member] = site }

  var spots = members.indices.map { sites[seated[$0]!] }
  bringTwinsTogether(&spots, of: members)
  return spots
}

/// How far out, or up, a village of that name would be expected, in no unit.
private func remoteness(ofName name: String, inCity: Bool) -> Double {
  if inCity { return name.hasSuffix("社区") ? -2 : name.hasSuffix("街") || name.hasSuffix("关") ? -3 : 0.5 }
  let high = name.contains { "沟凹岭山窑崖坡洼洞腰坪".contains($0) }
  // 新村: villages moved down from the reservoir.
  return name.hasSuffix("新村") ? -1.5 : high ? 1 : 0
}

/// Trades sites until 西X is the nearest neighbor west of 东X, 南X south of 北X, and so on.
private func bringTwinsTogether(_ spots: inout [Spot], of members: [Village]) {
  let twins: [(Character, Character, east: Double, north: Double)] = [
    ("东", "西", -1, 0), ("北", "南", 0, -1), ("后", "前", 0, -1), ("上", "下", 0, -1),
  ]
  var settled = Set(members.indices.filter { members[$0].isSeat })
  for (first, second, east, north) in twins {
    for a in members.indices where members[a].name.first == first && !settled.contains(a) {
      let twin = String(second) + members[a].name.dropFirst()
      guard let b = members.firstIndex(where: { $0.name == twin }), !settled.contains(b) else { continue }
      let neighbors = members.indices.filter { c in
        let (dx, dy) = (spots[c].east - spots[a].east, spots[c].north - spots[a].north)
        return c != a && !settled.contains(c)
          && dx * east + dy * north > 0.6 * (dx * dx + dy * dy).squareRoot()
      }
      let nearest = neighbors.min { spots[$0].meters(to: spots[a]) < spots[$1].meters(to: spots[a]) }
      if let nearest { spots.swapAt(b, nearest) }
      settled.formUnion([a, b])
    }
  }
}
