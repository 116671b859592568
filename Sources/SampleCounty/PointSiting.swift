/// How many points there are of each kind; village committees make up the rest of the 755.
enum PointCounts {
  /// Service outlets of the whole county.
  static let all = 755
  /// Three in the city and one in each of the eleven towns.
  static let cityHalls = 3
  static let selfService = 60
  static let bankOfChina = 6
  static let agriculturalBank = 12
  static let cityPostOffices = 6
  static let cityRuralBanks = 12
  /// Branches of the rural commercial bank outside the city: one in each town and fifteen in large villages.
  static let countryRuralBanks = 26
  /// Social agents that opened in 2015: shops in the city and in villages, and community stations.
  static let cityShops = 17
  static let villageShops = 22
  static let communityStations = 20
  /// Villages in the hills and mountains without any point, and city communities whose committee takes no
  /// payments: together 4.5 % of 551. Points that are shut leave a few more without.
  static let villagesWithout = 15
  static let communitiesWithout = 10
}

/// Decides where payment points are: makes them, still without hours, methods and costs.
struct PointSiting {
  private let places: [Place]
  private let villages: [Village]
  private let partition: Partition
  /// The places of each village, the middle one first.
  private let members: [[Int]]
  private var dice: Dice
  private var taken: Set<Spot>
  private(set) var points: [Point] = []

  init(places: [Place], villages: [Village], partition: Partition, dice: Dice) {
    self.places = places
    self.villages = villages
    self.partition = partition
    self.dice = dice
    taken = Set(places.map(\.spot))
    var members = villages.map { _ in [Int]() }
    for (i, place) in places.enumerated() { members[place.village].append(i) }
    self.members = members
    let city = villages.indices.filter { Township.all[villages[$0].township].isSubdistrict }
    let seats = villages.indices.filter { villages[$0].isSeat }
    placeHalls(city: city, seats: seats)
    placeBanks(city: city, seats: seats)
    placeSelfService(city: city, seats: seats)
    placeAgents(city: city)
    placeCommittees(city: city)
    for i in points.indices { points[i].id = "P" + padded(i + 1, 4) }
  }

  private mutating func placeHalls(city: [Int], seats: [Int]) {
    let operatorName = "国网济源供电公司"
    for village in centralVillages(PointCounts.cityHalls, of: city, spacing: 1_800) {
      add(.businessHall, "国网济源供电\(shortName(of: village))营业厅", at: members[village][0], by: operatorName)
    }
    for seat in seats {
      add(.businessHall, "\(shortName(of: seat))供电所营业厅", at: members[seat][0], by: operatorName)
    }
  }

  private mutating func placeBanks(city: [Int], seats: [Int]) {
    let largeTowns = seats.sorted { (customers(of: $0), $1) > (customers(of: $1), $0) }.prefix(4)
    for village in centralVillages(PointCounts.bankOfChina, of: city, spacing: 900) {
      add(.bank, "中国银行济源\(shortName(of: village))支行", at: anyPlace(of: village), by: "中国银行")
    }
    let agricultural = centralVillages(PointCounts.agriculturalBank - 4, of: city, spacing: 1_000)
    for village in agricultural + largeTowns {
      add(.bank, "中国农业银行济源\(shortName(of: village))支行", at: anyPlace(of: village), by: "中国农业银行")
    }
    for village in centralVillages(PointCounts.cityPostOffices, of: city, spacing: 1_300) + seats {
      add(.postal, "\(shortName(of: village))邮政支局", at: anyPlace(of: village), by: "中国邮政储蓄银行")
    }
    let rural = villages.indices.filter { !villages[$0].isTown && villages[$0].name.last != "村" }
    let large = rural.sorted { (customers(of: $0), $1) > (customers(of: $1), $0) }
    let cityBranches = centralVillages(PointCounts.cityRuralBanks, of: city, spacing: 800)
    for village in cityBranches + seats + spread(PointCounts.countryRuralBanks - seats.count, of: large) {
      add(.ruralBank, "济源农商银行\(shortName(of: village))支行", at: anyPlace(of: village), by: "济源农商银行")
    }
  }

  private mutating func placeSelfService(city: [Int], seats: [Int]) {
    let operatorName = "国网济源供电公司"
    // In every hall, beside city banks, and in the larger communities.
    for host in points where host.kind == .businessHall {
      add(.selfService, "\(host.name)自助终端", at: host.place, by: operatorName)
    }
    let banks = points.filter { $0.kind == .bank && places[$0.place].isTown }.prefix(12)
    for host in banks { add(.selfService, "\(host.name)自助终端", at: host.place, by: operatorName) }
    let rest = PointCounts.selfService - points.filter { $0.kind == .selfService }.count
    for village in centralVillages(rest, of: city, spacing: 500) {
      let place = anyPlace(of: village)
      add(.selfService, "\(places[place].joinedName)自助交费终端", at: place, by: operatorName)
    }
  }

  private mutating func placeAgents(city: [Int]) {
    let shopNames = dice.shuffled([
      "福源", "惠民", "万家", "好又多", "顺发", "兴隆", "佳美", "农家", "百姓", "丰收", "四季", "家和", "宏达", "利民",
      "便民", "金穗", "鑫源", "愚公", "济水", "王屋山",
    ])
    let signs = ["超市", "便利店", "商店", "购物中心", "农家小超市", "供销社"]
    func shop(_ number: Int) -> String { shopNames[number % shopNames.count] + signs[number % 4] }
    for (number, village) in centralVillages(PointCounts.cityShops, of: city, spacing: 700).enumerated() {
      add(.shop, villages[village].name + shop(number), at: anyPlace(of: village), by: shop(number))
    }
    let rural = dice.shuffled(villages.indices.filter { !villages[$0].isTown })
    for (number, village) in rural.prefix(PointCounts.villageShops).enumerated() {
      let sign = shopNames[(number + 7) % shopNames.count] + signs[2 + number % 4]
      add(.shop, villages[village].name + sign, at: anyPlace(of: village), by: sign)
    }
    let estates = city.filter { villages[$0].isEstate }
    let others = centralVillages(
      PointCounts.communityStations, of: city.filter { !villages[$0].isEstate }, spacing: 900)
    for village in (estates + others).prefix(PointCounts.communityStations) {
      let name = "\(villages[village].name)便民服务站"
      add(
        .communityStation, name, at: anyPlace(of: village),
        by: "\(villages[village].name)\(villages[village].kind)")
    }
  }

  /// One at every committee that is not left without, then a second one in villages whose groups lie far apart,
  /// until there are 755 points.
  private mutating func placeCommittees(city: [Int]) {
    let served = Set(points.map { places[$0.place].village })
    let remote = villages.indices.filter { v in
      !villages[v].isTown && !served.contains(v) && places[members[v][0]].terrain != .plain
    }
    let unserved = city.filter { !served.contains($0) }
    let without = Set(
      dice.shuffled(remote).prefix(PointCounts.villagesWithout)
        + dice.shuffled(unserved).prefix(PointCounts.communitiesWithout))
    for (v, village) in villages.enumerated() where !without.contains(v) {
      let name = "\(village.name)\(village.kind)"
      add(.villageCommittee, name + "交费点", at: members[v][0], by: name)
    }
    let farthest = villages.indices
      .filter { !without.contains($0) && !villages[$0].isTown }
      .map { v in (v, members[v].max { fromMiddle($0, of: v) < fromMiddle($1, of: v) }!) }
      .sorted { (fromMiddle($0.1, of: $0.0), $1.0) > (fromMiddle($1.1, of: $1.0), $0.0) }
    // Every other one of the farthest: the rest keep hamlets that are far from their village's point.
    let second = farthest.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    for (v, place) in second.prefix(PointCounts.all - points.count) {
      add(
        .villageCommittee, "\(places[place].joinedName)便民交费点", at: place,
        by: "\(villages[v].name)\(villages[v].kind)")
    }
  }

  /// What people call the spot: the town where it is the town's seat, the estate without 社区, else the village.
  private func shortName(of village: Int) -> String {
    if villages[village].isSeat { return String(Township.all[villages[village].township].name.dropLast()) }
    return String(villages[village].name.dropLast(villages[village].isEstate ? 2 : 0))
  }

  private func fromMiddle(_ place: Int, of village: Int) -> Double {
    places[place].spot.meters(to: places[members[village][0]].spot)
  }

  private func customers(of village: Int) -> Int { members[village].reduce(0) { $0 + places[$1].customers } }

  private mutating func anyPlace(of village: Int) -> Int {
    members[village][dice.position(by: members[village].map { Double(places[$0].customers) })]
  }

  /// `count` of `choice`, likelier near the city's center, at least `spacing` meters apart while that goes.
  private mutating func centralVillages(_ count: Int, of choice: [Int], spacing: Double) -> [Int] {
    let weights = choice.map { village in
      let kilometers = places[members[village][0]].spot.meters(to: Township.cityCenter) / 1_000
      return Double(customers(of: village)) / (1 + kilometers * kilometers / 4)
    }
    var chosen: [Int] = []
    var spacing = spacing
    while chosen.count < min(count, choice.count) {
      let village = choice[dice.position(by: weights)]
      let spot = places[members[village][0]].spot
      if chosen.allSatisfy({ $0 != village && places[members[$0][0]].spot.meters(to: spot) >= spacing }) {
        chosen.append(village)
      } else {
        spacing *= 0.98
      }
    }
    return chosen
  }

  /// The first `count` of `villages` that lie at least 3 km apart.
  private func spread(_ count: Int, of villages: [Int]) -> [Int] {
    var chosen: [Int] = []
    for village in villages where chosen.count < count {
      let spot = places[members[village][0]].spot
      if chosen.allSatisfy({ places[members[$0][0]].spot.meters(to: spot) >= 3_000 }) {
        chosen.append(village)
      }
    }
    return chosen
  }

  /// Puts a point 15 to 60 m from a place's middle, in a spot of its own.
  private mutating func add(_ kind: Point.Kind, _ name: String, at place: Int, by operatorName: String) {
    let ring = partition.townships[places[place].township]
    while true {
      let (x, y) = dice.inDisc()
      let spot = places[place].spot.moved(east: 60 * x, north: 60 * y)
      guard x * x + y * y > 1.0 / 16, ring.contains(spot), taken.insert(spot).inserted else { continue }
      points.append(Point(name: name, kind: kind, spot: spot, place: place, operatorName: operatorName))
      return
    }
  }
}
