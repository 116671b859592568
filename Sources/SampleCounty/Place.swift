/// A villagers' group or an urban quarter: the unit whose customers need somewhere to pay.
struct Place {
  let id: String
  let name: String
  /// Its position in the table of villages.
  let village: Int
  /// Its position in `Township.all`.
  let township: Int
  let isTown: Bool
  let terrain: Terrain
  let spot: Spot
  var customers = 0
  /// Customers on fee control, in thousandths.
  var feeControl = 0
  /// Customers who pay online, in thousandths.
  var online = 0
  /// Elderly customers, in thousandths.
  var elderly = 0
  var arrearsFen = 0

  /// The name without the space between village and group.
  var joinedName: String { name.filter { $0 != " " } }
}

/// The county's totals, which the places add up to.
enum KnownTotals {
  /// Villagers' groups and quarters; sources count 3,556 to 3,635 groups.
  static let places = 3_600
  /// 142,000 customers on fee control are 50.4 %.
  static let customers = 281_746
  static let feeControl = 142_000.0 / 281_746
  /// The share that pays online; with it in-person payments come to 126,000 a month (see `Demand`).
  static let online = 0.30
  static let elderly = 0.21
}

/// Makes the places: so many groups to a village, so many customers to a group.
func makePlaces(
  of villages: [Village], at sites: [Spot], in partition: Partition, relief: Relief, using dice: inout Dice
) -> [Place] {
  let sizes = zip(villages, sites).map {
    typicalCustomers(of: $0, at: $1, relief: relief) * dice.factor(spread: 0.38)
  }
  let groupWeights = villages.indices.map { v in
    sizes[v] / typicalGroup(in: villages[v], terrain: relief.terrain(at: sites[v]))
  }
  let groupCounts = apportioned(KnownTotals.places, by: groupWeights, least: 2)

  var places: [Place] = []
  var weights: [Double] = []
  var taken = Set<Spot>()
  for (v, village) in villages.enumerated() {
    let ring = partition.townships[village.township]
    let layout = GroupLayout(village: village, at: sites[v], within: ring, relief: relief, using: &dice)
    let spots = layout.spots(groupCounts[v], avoiding: &taken, using: &dice)
    for (number, spot) in spots.enumerated() {
      places.append(
        Place(
          id: "\(village.code)-\(padded(number + 1, 2))",
          name: "\(village.name) 第\(number + 1)\(groupWord(of: village))", village: v,
          township: village.township, isTown: village.isTown, terrain: relief.terrain(at: spot), spot: spot))
      // The first group is the village's middle, and larger.
      weights.append(sizes[v] / Double(spots.count) * (number == 0 ? 1.4 : 1) * dice.factor(spread: 0.3))
    }
  }
  let customers = apportioned(KnownTotals.customers, by: weights, least: 4)
  for i in places.indices { places[i].customers = customers[i] }
  addShares(to: &places, using: &dice)
  return places
}

private func groupWord(of village: Village) -> String {
  village.isEstate ? "片区" : village.kind == "居委会" ? "居民组" : "组"
}

/// Customers of a village of that kind. Villages of the plain have a few hundred to 1,600 households, mountain
/// villages 130 and more (gazetteer pages of eight settlements).
private func typicalCustomers(of village: Village, at site: Spot, relief: Relief) -> Double {
  if Township.all[village.township].isSubdistrict {
    let fromCenter = site.meters(to: Township.cityCenter) / 1_000
    return village.isEstate ? 2_300 : max(600, 1_700 - 220 * fromCenter)
  }
  let rural =
    switch relief.terrain(at: site) {
    case .plain: 500.0
    case .hill: 320.0
    case .mountain: 205.0
    }
  return village.isSeat ? 2.6 * rural : rural
}

private func typicalGroup(in village: Village, terrain: Terrain) -> Double {
  if Township.all[village.township].isSubdistrict { return village.isEstate ? 210 : 150 }
  return switch terrain {
  case .plain: 72
  case .hill: 50
  case .mountain: 34
  }
}

/// Gives each place its shares and its arrears; the shares weighted by customers come to the known totals.
private func addShares(to places: inout [Place], using dice: inout Dice) {
  func thousandths(_ share: Double) -> Int { Int((share * 1_000).rounded()) }
  func share(around center: Double, _ spread: Double, _ dice: inout Dice) -> Int {
    thousandths(min(0.97, max(0.03, center + spread * dice.bell())))
  }
  for i in places.indices {
    let (fee, online, elderly) =
      if places[i].isTown {
        (0.58, 0.38, 0.16)
      } else {
        switch places[i].terrain {
        case .plain: (0.47, 0.26, 0.22)
        case .hill: (0.42, 0.20, 0.27)
        case .mountain: (0.34, 0.13, 0.34)
        }
      }
    places[i].feeControl = share(around: fee, 0.10, &dice)
    places[i].online = share(around: online, 0.07, &dice)
    places[i].elderly = share(around: elderly, 0.05, &dice)
    // One customer in sixteen owes a bill or two; four small places in ten owe nothing.
    if places[i].customers > 60 || dice.happens(0.6) {
      let yuan = Double(places[i].customers) * 0.06 * 115 * dice.factor(spread: 0.6)
      places[i].arrearsFen = Int((yuan * 100).rounded())
    }
  }
  let customers = places.map(\.customers)
  let fee = tuned(places.map(\.feeControl), weightedBy: customers, to: KnownTotals.feeControl * 1_000)
  let online = tuned(places.map(\.online), weightedBy: customers, to: KnownTotals.online * 1_000)
  let elderly = tuned(places.map(\.elderly), weightedBy: customers, to: KnownTotals.elderly * 1_000)
  for i in places.indices {
    (places[i].feeControl, places[i].online, places[i].elderly) = (fee[i], online[i], elderly[i])
  }
}

/// `places.synthetic.csv`.
func placesFile(_ places: [Place], villages: [Village]) -> SampleFile {
  SampleFile(
    name: "places.synthetic.csv",
    header: "place_id,name,setting,longitude,latitude,customers,township,village,village_code,terrain,"
      + "fee_control_share,online_share,elderly_share,arrears_yuan",
    rows: places.map { place in
      [
        place.id, place.name, place.isTown ? "town" : "village", place.spot.longitude, place.spot.latitude,
        String(place.customers), Township.all[place.township].name, villages[place.village].name,
        villages[place.village].code, place.terrain.rawValue, decimal(place.feeControl, places: 3),
        decimal(place.online, places: 3), decimal(place.elderly, places: 3),
        decimal(place.arrearsFen, places: 2),
      ]
    })
}
