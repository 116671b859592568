import Travel

/// The question of relief as one of capacitated assignment: each place's payments go to points and opened sites within reach, and none
/// takes more than it can at its peak.
///
/// First as few payments as possible find no place, then ways are as short as possible (`ReliefSearch`). Places with no point or allowed
/// site within reach are left out, because no plan changes anything for them.
struct SiteRelief {
  private let question: SiteQuestion
  private let network: PaymentNetwork
  private let siteCount: Int
  /// The points that count; then the sites.
  private let counting: [Int]
  private let problem: CapacitatedAssignment
  private let rows: [Int]
  private let beyondReach: [Int]
  private let entries: [[(site: Int, cost: Int)]]
  private let exchange: Int

  /// - Precondition: there is a capacity for each point, and at least one for each site; payments for each place or none.
  init(_ network: PaymentNetwork, _ sites: CandidateTable, _ question: SiteQuestion) throws(SiteQuestionError)
  {
    let relief = question.relief
    precondition(
      relief.pointCapacities.count == network.points.count, "a capacity for each point is expected")
    precondition(
      relief.siteCapacities.count == sites.count && relief.siteCapacities.allSatisfy { !$0.isEmpty },
      "capacities for each site are expected")
    let places = network.places
    precondition(
      relief.payments.isEmpty || relief.payments.count == places.count, "payments for each place are expected"
    )
    self.question = question
    self.network = network
    siteCount = sites.count
    let filter = PointFilter(question.coverage)
    let counting = (0..<network.points.count).filter { filter.counts($0, in: network.points) }
    self.counting = counting

    let everything = CandidateTable(counting, of: network.points, and: sites)
    let seconds = min(SiteReach.horizonSeconds, max(0, relief.reach.seconds))
    let ways = SiteReach(of: everything, in: network, question.coverage).within(
      [Int32](repeating: Int32(seconds), count: places.count))
    let closed = try Self.closed(question, siteCount: sites.count)
    var isOut = [Bool](repeating: false, count: everything.count)
    for site in closed { isOut[counting.count + site] = true }

    // Who is out of everybody's reach does not hang on what a part of the question forbids besides.
    var isUnused = isOut
    if let whole = question.forbiddenInWhole {
      var all = question
      all.forbidden = whole
      isUnused = [Bool](repeating: false, count: everything.count)
      for site in try Self.closed(all, siteCount: sites.count) { isUnused[counting.count + site] = true }
    }

    var (rows, beyond, demands): ([Int], [Int], [Int]) = ([], [], [])
    var entries: [[(site: Int, cost: Int)]] = []
    var (payments, longest) = (0, 0)
    for i in 0..<places.count {
      let demand = relief.payments.isEmpty ? places.weight(of: i, by: .payments) : max(0, relief.payments[i])
      let row = ways[i].filter { !isOut[Int($0.point)] }.map { (site: Int($0.point), cost: Int($0.seconds)) }
      if ways[i].allSatisfy({ isUnused[Int($0.point)] }) {
        beyond.append(i)
        continue
      }
      guard demand < 1 << 40 else { throw .tooLarge }
      payments += demand
      longest += demand * (row.map(\.cost).max() ?? 0)
      guard payments < 1 << 40, longest < CapacitatedAssignment.greatestTotal else { throw .tooLarge }
      rows.append(i)
      demands.append(demand)
      entries.append(row)
    }
    exchange = min(max(longest, seconds) + 1, CapacitatedAssignment.greatestTotal / max(1, payments))
    guard exchange > seconds, exchange > longest || exchange >= SiteReach.horizonSeconds else {
      throw .tooLarge
    }
    self.entries = entries
    (self.rows, beyondReach) = (rows, beyond)
    let pointLevels = counting.map { point in
      [CapacitatedAssignment.Level(capacity: min(1 << 50, max(0, relief.pointCapacities[point])))]
    }
    let siteLevels = try (0..<sites.count).map { (site) throws(SiteQuestionError) in
      try Self.levels(of: site, question)
    }
    var problem = CapacitatedAssignment(
      AssignmentCosts(
        siteCount: everything.count, base: [Int](repeating: exchange, count: rows.count), rows: entries),
      demands: demands, levels: pointLevels + siteLevels)
    problem.isSplit = relief.isSplit
    problem.open = Array(0..<counting.count) + question.kept.map { counting.count + $0 }
    problem.closed = closed.map { counting.count + $0 }
    switch question.limit {
    case .sites(let count): problem.limit = min(count, sites.count)
    case .budget(let fen): problem.limit = fen
    case .target, .within: preconditionFailure("relief is asked with a number of sites or a budget")
    }
    self.problem = problem
  }

  /// The sites that no plan opens: forbidden ones, and those of unknown cost where costs matter.
  private static func closed(_ question: SiteQuestion, siteCount: Int) throws(SiteQuestionError) -> [Int] {
    guard case .budget(let fen) = question.limit else { return question.forbidden }
    precondition(question.costsFen.count == siteCount, "one cost for each site is expected")
    guard fen < 1 << 50 else { throw .tooLarge }
    let unknown = question.costsFen.indices.filter { question.costsFen[$0] == nil }
    return Set(question.forbidden).union(unknown).sorted()
  }

  /// The sizes of a site. Within a number of sites the largest is as cheap as any: the counters it needs are counted afterwards.
  private static func levels(
    of site: Int, _ question: SiteQuestion
  ) throws(SiteQuestionError) -> [CapacitatedAssignment.Level] {
    let relief = question.relief
    let capacities = relief.siteCapacities[site].map { min(1 << 50, max(0, $0)) }
    guard case .budget = question.limit, let cost = question.costsFen[site] else {
      return [.init(capacity: capacities.max() ?? 0, price: 1)]
    }
    let included = relief.countersIncluded.isEmpty ? 1 : max(1, relief.countersIncluded[site])
    var levels: [CapacitatedAssignment.Level] = []
    for (index, capacity) in capacities.enumerated() {
      let more = max(0, index + 1 - included)
      let (extra, isTooLarge) = relief.counterCostFen.multipliedReportingOverflow(by: more)
      let (price, isMore) = cost.addingReportingOverflow(extra)
      guard !isTooLarge, !isMore, price <= 1 << 50 else { throw .tooLarge }
      levels.append(.init(capacity: capacity, price: price))
    }
    return levels
  }

  /// The question with a price of a payment without a place, in seconds where ways count.
  private func asked(_ exchange: Int, countsWays: Bool) -> CapacitatedAssignment {
    var asked = CapacitatedAssignment(
      AssignmentCosts(
        siteCount: problem.levels.count, base: [Int](repeating: exchange, count: rows.count),
        rows: countsWays ? entries : entries.map { $0.map { (site: $0.site, cost: 0) } }),
      demands: problem.demands, levels: problem.levels)
    (asked.isSplit, asked.open, asked.closed) = (problem.isSplit, problem.open, problem.closed)
    asked.limit = problem.limit
    return asked
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    let longest = entries.reduce(1) { $1.reduce($0) { max($0, $1.cost) } }
    // Up to a price above all ways together where that is quick.
    let isSmall = entries.reduce(0) { $0 + $1.count } < 5_000
    let exchanges = [28 * longest, 112 * longest] + (isSmall ? [exchange] : [])
    var search = ReliefSearch(
      longest: longest, exchanges: exchanges.map { max(longest + 1, min($0, exchange)) }
    ) { asked($0, countsWays: $1) }
    let certificate = search.run(shouldStop)
    guard let answer = search.plan else { preconditionFailure("a search looks at one plan at least") }
    var today = problem
    today.open = Array(0..<counting.count)
    today.closed = (counting.count..<counting.count + siteCount).map { $0 }
    today.limit = 0
    let without = CapacitatedSolver(today).planOfOpenSites()

    var loads = [Int](repeating: 0, count: problem.levels.count)
    for shares in answer.assignment { for share in shares { loads[share.site] += share.units } }
    let opened = Set(
      question.kept + answer.sites.map(\.site).filter { $0 >= counting.count }.map { $0 - counting.count }
    )
    .filter { loads[counting.count + $0] > 0 || question.kept.contains($0) }
    .sorted { (loads[counting.count + $1], $0) < (loads[counting.count + $0], $1) }

    var found = SiteFindings(unit: .paymentSeconds)
    found.beyondReach = beyondReach
    found.isInterrupted = search.isInterrupted
    found.chosen = opened.map { .init(site: $0, gain: loads[counting.count + $0]) }
    found.proof = certificate.map { .relief($0) }
    let relief = plan(answer, loads, opened, unplacedBefore: unplaced(without).reduce(0, +))
    found.details.relief = relief
    found.settle([
      .init(name: .paymentsUnplaced, value: search.unplaced.value, bound: search.unplaced.bound),
      .init(name: .travel, value: search.ways.value, bound: search.ways.bound),
    ])
    return found
  }

  /// Payments that find no place, by row.
  private func unplaced(_ assignment: [[CapacitatedAnswer.Share]]) -> [Int] {
    assignment.enumerated().map { row, shares in shares.reduce(problem.demands[row]) { $0 - $1.units } }
  }

  private func plan(
    _ answer: CapacitatedAnswer, _ loads: [Int], _ opened: [Int], unplacedBefore: Int
  ) -> ReliefPlan {
    var points = [ReliefPlan.Load?](repeating: nil, count: network.points.count)
    for (slot, point) in counting.enumerated() {
      points[point] = .init(
        payments: loads[slot], capacity: question.relief.pointCapacities[point], counters: nil)
    }
    let sites = opened.map { site in
      let load = loads[counting.count + site]
      let capacities = question.relief.siteCapacities[site]
      let fewest = capacities.firstIndex { $0 >= load } ?? capacities.count - 1
      return ReliefPlan.Load(payments: load, capacity: capacities[fewest], counters: fewest + 1)
    }
    var places = [[ReliefPlan.Share]](repeating: [], count: network.places.count)
    var left = [Int](repeating: 0, count: network.places.count)
    for (row, missing) in unplaced(answer.assignment).enumerated() {
      left[rows[row]] = missing
      places[rows[row]] = answer.assignment[row].filter { $0.units > 0 }.map {
        .init(
          target: $0.site < counting.count ? .point(counting[$0.site]) : .site($0.site - counting.count),
          payments: $0.units)
      }
    }
    return ReliefPlan(
      sites: sites, points: points, places: places, unplaced: left, unplacedBefore: unplacedBefore,
      exchangeSeconds: exchange)
  }
}

extension SiteFindings {
  /// Says how good the plan is at several aims: value and bound are those of the one that tells.
  mutating func settle(_ levels: [SiteDetails.Level]) {
    details.levels = levels
    guard let one = levels.telling.map({ levels[$0] }) else { return }
    (value, bound, unit) = (one.value, one.bound, SiteProposal.Unit(one.name))
  }
}

extension SiteProposal.Unit {
  init(_ level: SiteDetails.Level.Name) {
    switch level {
    case .villagesBelowL3, .villagesWithoutPoint: self = .villages
    case .customersUnserved: self = .customers
    case .travel: self = .paymentSeconds
    case .cost: self = .fen
    case .sites: self = .sites
    case .paymentsUnplaced: self = .payments
    }
  }
}

extension CandidateTable {
  /// Points of a network, and after them sites.
  fileprivate init(_ points: [Int], of table: PointTable, and sites: CandidateTable) {
    self = sites
    var ids = TextColumn()
    for point in points { ids.append(table.ids[point]) }
    for site in 0..<sites.count { ids.append(sites.ids[site]) }
    (self.ids, names) = (ids, ids)
    kinds = points.map { table.kinds[$0] } + sites.kinds
    latitudes = points.map { table.latitudes[$0] } + sites.latitudes
    longitudes = points.map { table.longitudes[$0] } + sites.longitudes
    places = points.map { table.places[$0] } + sites.places
    openingCostsFen = points.map { _ in nil } + sites.openingCostsFen
    monthlyCostsFen = points.map { _ in nil } + sites.monthlyCostsFen
    counters = points.map { table.counters[$0] } + sites.counters
  }
}
