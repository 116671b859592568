import Travel

/// Who is served by the standard, and why the others are not.
///
///     var options = CoverageOptions()
///     options.breakdown = .township
///     let coverage = coverage(of: network, options)
///     coverage.summary.all.customers.share  // 0.93
///
/// A point counts when its status is active, its kind and methods match, and it is open at the moment asked for; where
/// its hours are not known it counts, and `assumedOpen` says how many such points there are. A point whose methods are
/// not known does not match a method.
///
/// On roads a place is where its nearest usable road is, and the way from the door counts; `offRoads` lists the places that
/// have none within reach.
///
/// With `delays`, the wait and the handling at a point count besides the way to it, for all who are judged by minutes; see
/// `CoverageWaits`. Travel times, and the ladder of villages, stay what they are.
///
/// - Parameter delays: whole seconds that each point takes besides the way (`Waiting.delaySeconds`); `nil` for none.
/// - Precondition: on roads, `network.roads` is not `nil`; there are as many delays as points, each in 0...86,400.
/// - Returns: the verdict on every place, with the figures of the whole and of each line of the breakdown.
/// - Complexity: O((places + points) · log places) expected.
public func coverage(
  of network: PaymentNetwork, _ options: CoverageOptions, delays: [Int32]? = nil
) -> Coverage {
  if let delays {
    precondition(delays.count == network.points.count, "a delay for every point is expected")
    precondition(delays.allSatisfy { (0...86_400).contains($0) }, "delays of at most a day are expected")
  }
  var answer = Coverage(options: options)
  let filter = PointFilter(options)
  answer.counts = (0..<network.points.count).map { filter.counts($0, in: network.points) }
  if options.moment != nil {
    answer.assumedOpen = (0..<network.points.count).count {
      answer.counts[$0] && network.points.hours[$0] < 0
    }
  }

  var ways: RoadWays?
  if options.travel == .roads {
    guard let roads = network.roads else { preconditionFailure("travel on roads needs a network with roads") }
    ways = RoadWays(roads, of: network, standard: options.standard, factors: options.factors)
  }
  let judge = Judge(
    network, standard: options.standard, factors: options.factors, counts: answer.counts, ways: ways,
    delays: delays)
  let placeCount = network.places.count
  answer.nearestPoints = [Int32](repeating: -1, count: placeCount)
  answer.seconds = [Int32](repeating: 0, count: placeCount)
  answer.meters = [Int32](repeating: 0, count: placeCount)
  answer.isServed.reserveCapacity(placeCount)
  var hasBackup: [Bool] = []
  hasBackup.reserveCapacity(placeCount)
  for i in 0..<placeCount {
    if let nearest = judge.reach[i].first {
      answer.nearestPoints[i] = nearest.point
      answer.seconds[i] = nearest.seconds
      answer.meters[i] = nearest.meters
    }
    let verdict = judge.verdict(on: i)
    answer.isServed.append(verdict.isServed)
    hasBackup.append(verdict.servingPoints > 1)
  }
  answer.reasons = reasons(
    in: network, options, served: answer.isServed, nearest: answer.nearestPoints, ways: ways, delays: delays)
  answer.waits = delays.map {
    var waits = CoverageWaits(delaySeconds: $0)
    waits.fill(judge, network.places, weight: options.weight)
    return waits
  }
  if let ways {
    answer.offRoads = ways.offRoads(network.places, options.standard)
    answer.pointsOffRoads = (0..<network.points.count).filter {
      answer.counts[$0] && ways.isOffRoads(point: $0)
    }
  }

  let ladder = VillageLadder(
    network, standard: options.standard, factors: options.factors, counts: answer.counts,
    nearest: judge, ways: ways)
  let summarizer = Summarizer(
    network: network, answer: answer, hasBackup: hasBackup, ladder: ladder, weight: options.weight)
  answer.summary = summarizer.summary(of: 0..<placeCount)
  answer.villageLevels = ladder.levels
  if let breakdown = options.breakdown {
    answer.lines = groups(of: network.places, by: breakdown).map {
      Coverage.Line(key: $0.key, summary: summarizer.summary(of: $0.places))
    }
  }
  return answer
}

/// Which points count.
struct PointFilter {
  var kinds: Set<PointKind>
  var methods: PaymentMethods
  var moment: WeekMinute?

  init(_ options: CoverageOptions) {
    kinds = options.kinds
    methods = options.methods
    moment = options.moment
  }

  func counts(_ point: Int, in points: PointTable) -> Bool {
    counts(points.statuses[point], points.kinds[point], points.methods[point], points.openingHours(of: point))
  }

  func counts(
    _ status: PointStatus, _ kind: PointKind, _ methods: PaymentMethods, _ hours: OpeningHours?
  ) -> Bool {
    guard status == .active else { return false }
    if !kinds.isEmpty, !kinds.contains(kind) { return false }
    if !self.methods.isEmpty, methods.isDisjoint(with: self.methods) { return false }
    if let moment, let hours, !hours.contains(moment) { return false }
    return true
  }
}

extension PointFilter {
  /// Wider filters, and why a place is not served that would be by one of them; the first that would serve it counts.
  var relaxed: [(reason: UnservedReason, filter: PointFilter)] {
    func filter(_ change: (inout PointFilter) -> Void) -> PointFilter {
      var filter = self
      change(&filter)
      return filter
    }
    var relaxed: [(UnservedReason, PointFilter)] = []
    if moment != nil { relaxed.append((.closedThen, filter { $0.moment = nil })) }
    if !methods.isEmpty { relaxed.append((.methodMissing, filter { $0.methods = [] })) }
    if relaxed.count == 2 {
      let both = filter {
        $0.moment = nil
        $0.methods = []
      }
      relaxed.append((.methodMissing, both))
    }
    return relaxed
  }
}

extension ServiceStandard {
  /// Why the rule itself fails a place.
  func reason(_ setting: Setting, reachesPoint: Bool) -> UnservedReason {
    if case (.village, .pointInVillage) = (setting, village) { return .noPointInVillage }
    return reachesPoint ? .tooFar : .unreachable
  }
}

/// Why each unserved place is not served.
///
/// A place that would be served at another moment is `closedThen`; one that would be served with any method is
/// `methodMissing`, also where it takes both. Otherwise the rule itself fails it.
private func reasons(
  in network: PaymentNetwork, _ options: CoverageOptions, served: [Bool], nearest: [Int32], ways: RoadWays?,
  delays: [Int32]?
) -> [UnservedReason?] {
  func judge(_ filter: PointFilter) -> Judge {
    let counts = (0..<network.points.count).map { filter.counts($0, in: network.points) }
    return Judge(
      network, standard: options.standard, factors: options.factors, counts: counts, ways: ways,
      delays: delays)
  }
  var reasons = [UnservedReason?](repeating: nil, count: served.count)
  guard served.contains(false) else { return reasons }
  let relaxed = PointFilter(options).relaxed.map { ($0.reason, judge($0.filter)) }
  for i in served.indices where !served[i] {
    if let found = relaxed.first(where: { $0.1.verdict(on: i).isServed }) {
      reasons[i] = found.0
    } else {
      reasons[i] = options.standard.reason(network.places.settings[i], reachesPoint: nearest[i] >= 0)
    }
  }
  return reasons
}

/// The places of each line of a breakdown, in ascending order of the keys.
func groups(
  of places: PlaceTable, by breakdown: CoverageOptions.Breakdown
) -> [(key: String, places: [Int])] {
  let names: [String]
  let group: (Int) -> Int
  switch breakdown {
  case .township:
    names = places.townshipNames
    group = { Int(places.townships[$0]) }
  case .setting:
    names = Setting.allCases.map(\.name)
    group = { Int(places.settings[$0].rawValue) }
  case .terrain:
    names = Terrain.allCases.map(\.name)
    group = { Int(places.terrains[$0].rawValue) }
  }
  var members = [[Int]](repeating: [], count: names.count)
  for i in 0..<places.count { members[group(i)].append(i) }
  return zip(names, members).filter { !$0.1.isEmpty }.sorted { $0.0 < $1.0 }.map { (key: $0.0, places: $0.1) }
}
