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
  /// The rules and what they forbid; `nil` where there are none.
  private let ruling: SiteRuling?

  /// - Parameter explaining: whether to say what would help where there is no plan.
  /// - Precondition: points close within a number of sites, and without a share that it must gain; there is a capacity for each point, and at least one for each site; payments for each place or none.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ question: SiteQuestion,
    among sites: CandidateTable, explaining: Bool
  ) throws(SiteQuestionError) {
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
    ruling =
      question.rules.isEmpty
      ? nil : try SiteRuling(network, before, reach, question, among: sites, explaining: explaining)
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
    let mayClose = Set(ruling?.closable ?? [])
    problem.open =
      counting.indices.filter { !mayClose.contains(counting[$0]) } + question.kept.map { counting.count + $0 }
    problem.closed = closed.map { counting.count + $0 }
    switch question.limit {
    case .sites(let count): problem.limit = min(count + question.rules.relocate, sites.count)
    case .budget(let fen): problem.limit = fen
    case .target, .within: preconditionFailure("relief is asked with a number of sites or a budget")
    }
    if let ruling {
      precondition(question.rules.keepUnlessMillionths == 0, "relief has no shares to keep points for")
      let number = Self.numbers(ruling, counting, siteCount: sites.count)
      // The last rule is the limit, which the prices of levels keep.
      problem.rules = ruling.problem.rules.dropLast().map { rule in
        let named = zip(rule.sites.map { number[Int($0)] }, rule.amounts).sorted { $0.0 < $1.0 }
        return SiteRule(sites: named.map { Int32($0.0) }, amounts: named.map(\.1), limit: rule.limit)
      }
      problem.closed = Set(problem.closed + ruling.problem.forbidden.map { number[$0] }).sorted()
    }
    self.problem = problem
  }

  /// The sites of the rules, the candidates and then the points that may close, as sites of the question.
  private static func numbers(_ ruling: SiteRuling, _ counting: [Int], siteCount: Int) -> [Int] {
    var place: [Int: Int] = [:]
    for (slot, point) in counting.enumerated() { place[point] = slot }
    return (0..<siteCount).map { counting.count + $0 } + ruling.closable.compactMap { place[$0] }
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
  private func asked(_ exchange: Int, countsWays: Bool, from guess: [Int]) -> CapacitatedAssignment {
    var asked = CapacitatedAssignment(
      AssignmentCosts(
        siteCount: problem.levels.count, base: [Int](repeating: exchange, count: rows.count),
        rows: countsWays ? entries : entries.map { $0.map { (site: $0.site, cost: 0) } }),
      demands: problem.demands, levels: problem.levels)
    (asked.isSplit, asked.open, asked.closed) = (problem.isSplit, problem.open, problem.closed)
    (asked.limit, asked.rules, asked.guess) = (problem.limit, problem.rules, guess)
    return asked
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    var guess: [Int] = []
    if let ruling {
      // Whether there is a plan at all is decided by the rules alone, whoever goes where.
      let any = problem.ruled.plan(enough: 0, shouldStop: shouldStop)
      guard let sites = any.sites else {
        var found = SiteFindings(unit: .paymentSeconds)
        found.isInterrupted = any.isInterrupted
        found.proof = .ruled(any.certificate)
        return ruling.withoutPlan(found, bound: any.bound, shouldStop)
      }
      guess = sites
    }
    let longest = entries.reduce(1) { $1.reduce($0) { max($0, $1.cost) } }
    // Up to a price above all ways together where that is quick.
    let isSmall = entries.reduce(0) { $0 + $1.count } < 5_000
    let exchanges = [28 * longest, 112 * longest] + (isSmall ? [exchange] : [])
    var search = ReliefSearch(
      longest: longest, exchanges: exchanges.map { max(longest + 1, min($0, exchange)) }
    ) { asked($0, countsWays: $1, from: guess) }
    let certificate = search.run(shouldStop)
    guard let answer = search.plan else { preconditionFailure("a search looks at one plan at least") }
    var today = problem
    (today.rules, today.open) = ([], Array(0..<counting.count))
    today.closed = (counting.count..<counting.count + siteCount).map { $0 }
    today.limit = 0
    let without = CapacitatedSolver(today).planOfOpenSites()

    var loads = [Int](repeating: 0, count: problem.levels.count)
    for shares in answer.assignment { for share in shares { loads[share.site] += share.units } }
    let opened = Set(
      question.kept + answer.sites.map(\.site).filter { $0 >= counting.count }.map { $0 - counting.count }
    )
    // What rules ask for is opened even where nobody is sent there.
    .filter { loads[counting.count + $0] > 0 || ruling != nil || question.kept.contains($0) }
    .sorted { (loads[counting.count + $1], $0) < (loads[counting.count + $0], $1) }

    var found = SiteFindings(unit: .paymentSeconds)
    found.beyondReach = beyondReach
    found.isInterrupted = search.isInterrupted
    found.chosen = opened.map { .init(site: $0, gain: loads[counting.count + $0]) }
    found.proof = certificate.map { .relief($0) }
    if let ruling { found.closed = closed(answer, opened, by: ruling) }
    let relief = plan(answer, loads, opened, unplacedBefore: unplaced(without).reduce(0, +))
    found.details.relief = relief
    found.settle([
      .init(name: .paymentsUnplaced, value: search.unplaced.value, bound: search.unplaced.bound),
      .init(name: .travel, value: search.ways.value, bound: search.ways.bound),
    ])
    return found
  }

  /// The points that the plan closes, each with the payments that would find a place if it stayed.
  private func closed(
    _ answer: CapacitatedAnswer, _ opened: [Int], by ruling: SiteRuling
  ) -> [ClosedPoint] {
    let isOpen = Set(answer.sites.map(\.site))
    let closed = counting.indices.filter { !isOpen.contains($0) }
    guard !closed.isEmpty else { return [] }
    var moves: [Int: Int] = [:]
    if question.rules.relocate > 0, question.rules.close == 0 {
      let kept = Set(question.kept)
      moves = ruling.nearestPairs(closed.map { counting[$0] }, opened.filter { !kept.contains($0) })
    }
    return closed.map { slot in
      var room = problem.levels[slot][0].capacity
      var loss = 0
      for (row, missing) in unplaced(answer.assignment).enumerated()
      where missing > 0 && entries[row].contains(where: { $0.site == slot }) {
        let more = problem.isSplit ? min(room, missing) : missing <= room ? missing : 0
        (room, loss) = (room - more, loss + more)
      }
      return ClosedPoint(point: counting[slot], loss: loss, movesTo: moves[counting[slot]])
    }
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
