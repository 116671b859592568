import Geo
import Travel

/// Which sites would serve each place, and how long the way to them would be, by the rules that coverage judges by.
///
/// A point opened at a site is judged like any other: so whoever is served by the plan here is served by `coverage` of the
/// network with the sites opened, and nobody else.
struct SiteReach {
  /// The longest way that is told from having none: a day.
  static let horizonSeconds = 86_400

  private let network: PaymentNetwork
  private let options: CoverageOptions
  /// The sites as points that are open, alone.
  private let points: PointTable
  /// The sites that count once they are open.
  private let counting: [Int32]
  private let index: GridIndex
  private let ways: RoadWays?
  private let siteVillages: [Int32]

  /// - Precondition: on roads, `network.roads` is not `nil`.
  /// - Complexity: O(*m* log *m*) for *m* sites; on roads, everything is put on its road.
  init(of sites: CandidateTable, in network: PaymentNetwork, _ options: CoverageOptions) {
    var points = PointTable()
    points.open(Array(0..<sites.count), of: sites, unstated: options.unstatedKind)
    let filter = PointFilter(options)
    counting = (0..<Int32(sites.count)).filter { filter.counts(Int($0), in: points) }
    index = GridIndex(
      latitudes: counting.map { points.latitudes[Int($0)] },
      longitudes: counting.map { points.longitudes[Int($0)] })
    if options.travel == .roads {
      guard let roads = network.roads else {
        preconditionFailure("travel on roads needs a network with roads")
      }
      var alone = PaymentNetwork()
      alone.places = network.places
      alone.points = points
      ways = RoadWays(roads, of: alone, standard: options.standard, factors: options.factors)
    } else {
      ways = nil
    }
    siteVillages = points.places.map { $0 < 0 ? -1 : network.places.villages[Int($0)] }
    self.points = points
    self.network = network
    self.options = options
  }

  /// The sites that would serve each place that is not served, ascending; no row for the others.
  ///
  /// - Complexity: O(places · log sites + pairs) by straight line; on roads one bounded search a site.
  func serving(_ isServed: [Bool]) -> [[Int32]] {
    let places = network.places
    var rows = [[Int32]](repeating: [], count: places.count)
    let limits = Setting.allCases.map(limit(of:))
    let timed = (0..<places.count).filter {
      !isServed[$0] && limits[Int(places.settings[$0].rawValue)] != nil
    }
    if !timed.isEmpty {
      var most = [Int32](repeating: -1, count: places.count)
      for i in timed { most[i] = Int32(clamping: limits[Int(places.settings[i].rawValue)] ?? 0) }
      for (i, row) in within(most).enumerated() { rows[i] = row.map(\.point).sorted() }
    }
    guard case .pointInVillage(let radius) = options.standard.village else { return rows }
    let ofVillage = sitesOfVillages
    for i in 0..<places.count where !isServed[i] && places.settings[i] == .village {
      let near = index.indices(within: .meters(radius.meters + rimMeters), of: places.coordinate(of: i))
      rows[i] = Set(near.map { counting[$0] } + ofVillage[Int(places.villages[i])]).sorted()
    }
    return rows
  }

  /// The sites that count in each administrative village, ascending.
  var sitesOfVillages: [[Int32]] {
    var ofVillage = [[Int32]](repeating: [], count: network.places.villageNames.count)
    for site in counting where siteVillages[Int(site)] >= 0 {
      ofVillage[Int(siteVillages[Int(site)])].append(site)
    }
    return ofVillage
  }

  /// How far up the ladder villages are today.
  ///
  /// - Parameter counts: which points of the network count.
  func ladder(_ counts: [Bool]) -> VillageLadder {
    var today: RoadWays?
    if options.travel == .roads, let roads = network.roads {
      today = RoadWays(roads, of: network, standard: options.standard, factors: options.factors)
    }
    let judge = Judge(
      network, standard: options.standard, factors: options.factors, counts: counts, ways: today)
    return VillageLadder(
      network, standard: options.standard, factors: options.factors, counts: counts, nearest: judge,
      ways: today)
  }

  /// For each place the sites that are reached within its number of seconds, and when; none where the number is negative.
  ///
  /// - Complexity: O(places · log sites + pairs) by straight line; on roads one bounded search a site.
  func within(_ seconds: [Int32]) -> [[Reach.Entry]] {
    let places = network.places
    if let ways {
      let most = min(Self.horizonSeconds, Int(seconds.max() ?? 0))
      guard most >= 0 else { return [[Reach.Entry]](repeating: [], count: places.count) }
      let rows = ways.within(.seconds(most), of: counting, to: places, mode: options.standard.mode(of:))
      return zip(rows, seconds).map { row, limit in row.filter { $0.seconds <= limit } }
    }
    let lines = Setting.allCases.map {
      StraightLine(mode: options.standard.mode(of: $0), factors: options.factors)
    }
    let trips = options.standard.countsReturn ? 2.0 : 1
    return seconds.indices.map { i in
      guard seconds[i] >= 0 else { return [] }
      let line = lines[Int(places.settings[i].rawValue)]
      let here = places.coordinate(of: i)
      // The seconds decide; a meter more than they are good for lets rounding lose nobody.
      let radius = line.distance(within: .seconds(Int(seconds[i])), in: places.terrains[i]).meters / trips + 1
      return index.indices(within: .meters(radius), of: here).compactMap { slot -> Reach.Entry? in
        let site = counting[slot]
        let meters = here.distance(to: points.coordinate(of: Int(site))).meters
        let way = Int32(clamping: line.seconds(over: .meters(trips * meters), in: places.terrains[i]))
        guard way <= seconds[i] else { return nil }
        return Reach.Entry(point: site, seconds: way, meters: Int32((trips * meters).rounded()))
      }
    }
  }

  /// The seconds a setting is judged by; `nil` where a point in the village is asked for.
  private func limit(of setting: Setting) -> Int? {
    switch (setting, options.standard.village) {
    case (.town, _): options.standard.townLimit.seconds
    case (.village, .within(let limit, _)): limit.seconds
    case (.village, .pointInVillage): nil
    }
  }
}
