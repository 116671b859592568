import Geo

/// The question of coverage under rules as one of `RuledCovering`: candidates are sites, and so are the points that may close.
///
/// Sites are numbered: the candidates by their positions, then the points that may close by theirs in `closable`.
struct SiteRuling {
  private let question: SiteQuestion
  private let network: PaymentNetwork
  private let sites: CandidateTable
  /// The points that may close.
  private let closable: [Int]
  /// The places of the rows before they were merged, with their sites and what they need.
  private var problem: RuledCovering
  /// What is served, or secured, whatever is decided.
  private let base: Int
  private let total: Int
  /// What closing a point must be worth.
  private let charge: Int
  private let unit: SiteProposal.Unit
  private let securedToday: Int?
  private let poorestSites: [Int32]
  private let keptTooNear: [Int]
  /// The ways of distance; `nil` for coverage.
  private let ways: AssignmentCosts?
  private let beyondReach: [Int]

  private var rules: SiteRules { question.rules }

  /// - Parameter reach: of the candidates.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ question: SiteQuestion,
    among sites: CandidateTable
  ) throws(SiteQuestionError) {
    let rules = question.rules
    let places = network.places
    let options = question.coverage
    let weights = (0..<places.count).map { places.weight(of: $0, by: options.weight) }
    let total = try checkedSum(weights, atMost: CoverTable.greatestTotalWeight / 2)
    let stays = Set(rules.keptPoints)
    let closable =
      rules.closesPoints ? before.counts.indices.filter { before.counts[$0] && !stays.contains($0) } : []
    let (product, overflow) = total.multipliedReportingOverflow(by: rules.keepUnlessMillionths)
    let share = overflow ? total / 1_000_000 * rules.keepUnlessMillionths : product / 1_000_000
    let charge = rules.keepUnlessMillionths > 0 ? share + 1 : 0
    let (charges, tooMany) = charge.multipliedReportingOverflow(by: closable.count)
    if tooMany || charges > CoverTable.greatestTotalWeight / 2 { throw .tooLarge }

    let count = sites.count
    var builder = RowBuilder(siteCount: count + closable.count)
    var ways: AssignmentCosts?
    if question.goal == .distance {
      let assignment = try SiteAssignment(network, before, reach, question, siteCount: count)
      builder.append(assignment.costs)
      (ways, beyondReach) = (assignment.costs, assignment.beyondReach)
    } else {
      beyondReach = []
    }
    if question.goal == .distance {
      precondition(
        !rules.closesPoints && rules.poorest == nil && rules.secondOperator == nil,
        "with distance, no points close, and nothing is asked of townships and operators")
    } else if let newOperator = rules.secondOperator {
      let rows = SecondOperatorRows(network, options, newOperator)
      let candidates = reach.serving([Bool](repeating: false, count: places.count))
      for i in weights.indices where weights[i] > 0 { rows.add(i, weights[i], candidates[i], to: &builder) }
    } else if closable.isEmpty {
      let candidates = reach.serving(before.isServed)
      for i in weights.indices where weights[i] > 0 {
        if before.isServed[i] {
          builder.base += weights[i]
        } else {
          builder.append(weights[i], candidates[i])
        }
      }
    } else {
      let everybody = [Bool](repeating: false, count: places.count)
      let candidates = reach.serving(everybody)
      let points = SiteReach(points: network.points, in: network, options).serving(everybody)
      var number = [Int32](repeating: -1, count: network.points.count)
      for (k, point) in closable.enumerated() { number[point] = Int32(count + k) }
      for i in weights.indices where weights[i] > 0 {
        let serving = points[i].map { number[Int($0)] }
        if serving.contains(-1) {
          builder.base += weights[i]
        } else {
          builder.append(weights[i], candidates[i] + serving.sorted())
        }
      }
      if charge > 0 {
        for k in closable.indices { builder.append(charge, [Int32(count + k)]) }
      }
    }
    var problem = builder.problem
    problem.kept = question.kept
    problem.gap = question.gap
    problem.guess = closable.indices.map { count + $0 }

    var forbidden = Set(question.forbidden)
    var tooNear: Set<Int> = []
    let kept = Set(question.kept)
    if let spacing = rules.spacing {
      let counting = before.counts.indices.filter { before.counts[$0] }
      let near = SiteSpacing(spacing, sites, points: counting.map(network.points.coordinate(of:)))
      var place = [Int](repeating: -1, count: network.points.count)
      for (k, point) in closable.enumerated() { place[point] = count + k }
      var edges = near.neighbors
      edges += [[Int32]](repeating: [], count: closable.count)
      for site in 0..<count {
        for k in near.points[site] {
          let other = place[counting[Int(k)]]
          if other >= 0 {
            edges[site].append(Int32(other))
            edges[other].append(Int32(site))
          } else if kept.contains(site) {
            // Kept sites are open: the rule shows that there is no plan.
            problem.rules.append(.atMost(0, of: [Int32(site)]))
            tooNear.insert(site)
          } else {
            forbidden.insert(site)
          }
        }
        if kept.contains(site), near.neighbors[site].contains(where: { kept.contains(Int($0)) }) {
          tooNear.insert(site)
        }
      }
      problem.rules += SiteSpacing.cliques(edges.map { $0.sorted() }).map { .atMost(1, of: $0) }
    }
    if question.costsMatter {
      precondition(question.costsFen.count == count, "one cost for each site is expected")
      for site in 0..<count where question.costsFen[site] == nil { forbidden.insert(site) }
    }
    if !rules.closedPoints.isEmpty {
      let closed = Set(rules.closedPoints)
      // A point that stays open is a site that opens.
      for (k, point) in closable.enumerated() where closed.contains(point) { forbidden.insert(count + k) }
    }
    problem.forbidden = forbidden.sorted()
    if rules.perTownship != nil || rules.poorest != nil {
      let townships = SiteTownships(sites, places)
      if let most = rules.perTownship {
        problem.rules += townships.groups.filter { $0.count > most }.map { .atMost(most, of: $0) }
      }
      let poor = rules.poorest.map {
        Set(SiteTownships.poorest($0.townships, places, weights, before.isServed))
      }
      poorestSites = (0..<Int32(count)).filter { poor?.contains(townships.ofSite[Int($0)]) ?? false }
      if let least = rules.poorest?.sites { problem.rules.append(.atLeast(least, of: poorestSites)) }
    } else {
      poorestSites = []
    }
    (self.network, self.question, self.sites, self.closable) = (network, question, sites, closable)
    (self.problem, self.total, self.charge) = (problem, total, charge)
    base = builder.base - charge * closable.count
    securedToday = rules.secondOperator == nil ? nil : builder.base
    keptTooNear = tooNear.sorted()
    unit = question.goal == .distance ? .paymentSeconds : SiteProposal.Unit(options.weight)
    self.ways = ways
    try addPointRules()
    try addLimit()
  }

  // MARK: - Rules of numbers and money

  private var candidates: [Int32] { (0..<Int32(sites.count)).map { $0 } }
  private var points: [Int32] { closable.indices.map { Int32(sites.count + $0) } }

  private mutating func addPointRules() throws(SiteQuestionError) {
    guard rules.closesPoints else { return }
    let most = rules.close + rules.relocate
    problem.rules.append(.atLeast(closable.count - most, of: points))
    switch question.limit {
    case .sites(let count):
      // As many close as are to be closed, and one more for each site beyond those that may be opened anyway.
      problem.rules.append(.atMost(closable.count - rules.close, of: points))
      problem.rules.append(.atMost(closable.count + count - rules.close, of: candidates + points))
      if rules.relocate > 0 {
        problem.rules.append(.atLeast(closable.count - rules.close, of: candidates + points))
      }
    case .target:
      problem.rules.append(.atMost(closable.count - rules.close, of: points))
    case .budget, .within:
      if rules.relocate > 0 {
        // No more points close than sites open, but for those that just close.
        problem.rules.append(.atLeast(closable.count - rules.close, of: candidates + points))
      }
    }
  }

  private mutating func addLimit() throws(SiteQuestionError) {
    switch question.limit {
    case .sites(let count):
      problem.rules.append(.atMost(count + rules.relocate, of: candidates))
    case .budget(let fen):
      let costs = question.costsFen.map { $0 ?? 0 }
      let closings = closable.map { point in
        let monthly = max(0, network.points.monthlyCostsFen[point])
        let (saved, overflow) = monthly.multipliedReportingOverflow(by: rules.monthsSaved)
        return (rules.relocate > 0 ? rules.movingCostFen : 0) - (overflow ? 1 << 50 : min(saved, 1 << 50))
      }
      _ = try checkedSum(costs + closings.map(abs) + [min(fen, 1 << 49)], atMost: 1 << 50)
      // What closings cost is counted as what keeping points saves.
      problem.rules.append(
        SiteRule(
          sites: candidates + points, amounts: costs + closings.map { -$0 },
          limit: min(fen, 1 << 49) - closings.reduce(0, +)))
    case .target, .within: break
    }
  }

  // MARK: - Answers

  /// - Parameter explaining: whether to say what would help where no plan keeps to the rules.
  func findings(explaining: Bool = true, _ shouldStop: @escaping () -> Bool) throws(SiteQuestionError)
    -> SiteFindings
  {
    if case .target(let millionths, let isCheapest) = question.limit {
      return try least(millionths, isCheapest, explaining: explaining, shouldStop)
    }
    let plan = problem.plan(shouldStop: shouldStop)
    var found = SiteFindings(unit: unit)
    found.isInterrupted = plan.isInterrupted
    found.proof = .ruled(plan.certificate)
    found.beyondReach = beyondReach
    guard let open = plan.sites else {
      return withoutPlan(found, bound: plan.bound, explaining: explaining, shouldStop)
    }
    found.value = told(plan.value)
    found.bound = told(plan.bound)
    describe(open, in: &found)
    return found
  }

  /// What is told of a weight covered: what is served, or what all ways together still are.
  private func told(_ covered: Int) -> Int {
    ways.map { $0.base.reduce(0, +) - covered } ?? base + covered
  }

  /// The fewest or cheapest sites for a share of the weight: halved among costs, as in `PartialCovering`.
  private func least(
    _ millionths: Int, _ isCheapest: Bool, explaining: Bool, _ shouldStop: @escaping () -> Bool
  ) throws(SiteQuestionError) -> SiteFindings {
    let costs = isCheapest ? question.costsFen.map { $0 ?? 0 } : [Int](repeating: 1, count: sites.count)
    let most = try checkedSum(costs, atMost: 1 << 50)
    let wanted = max(0, atLeast(millionths, of: total) - base)
    var found = SiteFindings(unit: isCheapest ? .fen : .sites)
    let first = problem.plan(enough: wanted, shouldStop: shouldStop)
    guard var open = first.sites, first.value >= wanted else {
      found.isInterrupted = first.isInterrupted
      found.bound = most
      if first.sites == nil {
        return withoutPlan(found, bound: first.bound, explaining: explaining, shouldStop)
      }
      found.shortfall = shortfall(base + first.value)
      return found
    }
    func cost(_ open: [Int]) -> Int { open.reduce(0) { $1 < costs.count ? $0 + costs[$1] : $0 } }
    var (low, high) = (0, cost(open))
    var proof = first.certificate
    while low < high, !found.isInterrupted {
      let middle = low + (high - low - 1) / 2
      var within = problem
      within.rules.append(SiteRule(sites: candidates, amounts: costs, limit: middle))
      within.guess = open
      let plan = within.plan(above: wanted - 1, enough: wanted, shouldStop: shouldStop)
      if let better = plan.sites {
        open = better
        high = cost(open)
      } else if plan.bound < wanted {
        low = middle + 1
        proof = plan.certificate
      } else {
        found.isInterrupted = true
      }
    }
    (found.value, found.bound) = (high, low)
    found.proof = .ruled(proof)
    describe(open, in: &found)
    return found
  }

  private func shortfall(_ most: Int) -> SiteProposal.Shortfall {
    let forbidden = Set(problem.forbidden)
    var unservable: [Int] = []
    let reach = SiteReach(of: sites, in: network, question.coverage)
    let isServed = coverage(of: network, question.coverage).isServed
    for (place, row) in reach.serving(isServed).enumerated() where !isServed[place] {
      if network.places.weight(of: place, by: question.coverage.weight) > 0,
        row.allSatisfy({ forbidden.contains(Int($0)) })
      {
        unservable.append(place)
      }
    }
    return .init(unservable: unservable, mostWeight: most, totalWeight: total)
  }

  /// What to say where there is no plan: that none keeps to the rules, and why; or that none was found in time.
  private func withoutPlan(
    _ found: SiteFindings, bound: Int, explaining: Bool, _ shouldStop: @escaping () -> Bool
  ) -> SiteFindings {
    var found = found
    found.isPlan = false
    found.bound = told(max(0, bound))
    found.value = told(0)
    guard bound < 0 else { return found }
    found.value = 0
    found.bound = 0
    var conflict = RuleConflict(keptTooNear: keptTooNear)
    if rules.close > closable.count { conflict.mostClosed = closable.count }
    if explaining, let asked = rules.poorest?.sites {
      let most = mostInPoorest(problem, shouldStop)
      if most < asked {
        conflict.mostInPoorest = most
        conflict.largestSpacingMeters = largestSpacing(for: asked, shouldStop)
      }
    }
    found.conflict = conflict
    return found
  }

  /// How many sites can be opened in the poorest townships at most, by the other rules.
  private func mostInPoorest(
    _ problem: RuledCovering, enough: Int = .max, _ shouldStop: @escaping () -> Bool
  ) -> Int {
    var count = RuledCovering(
      siteCount: problem.siteCount, rows: FlatRows(poorestSites.map { [$0] }),
      weights: poorestSites.map { _ in 1 })
    let asked = SiteRule.atLeast(rules.poorest?.sites ?? 0, of: poorestSites)
    count.rules = problem.rules.filter { $0 != asked }
    (count.kept, count.forbidden, count.guess) = (problem.kept, problem.forbidden, problem.guess)
    return max(0, count.plan(enough: enough, shouldStop: shouldStop).value)
  }

  /// The greatest spacing, in whole meters, at which enough sites fit into the poorest townships.
  private func largestSpacing(for asked: Int, _ shouldStop: @escaping () -> Bool) -> Int? {
    guard let spacing = rules.spacing else { return nil }
    // Fits below `high` are sought: more spacing never helps.
    var (low, high) = (-1, Int(min(4e7, spacing.meters.rounded(.up))))
    while high - low > 1, !shouldStop() {
      let middle = (low + high) / 2
      var looser = question
      looser.rules.spacing = middle == 0 ? nil : .meters(Double(middle))
      let before = coverage(of: network, question.coverage)
      let reach = SiteReach(of: sites, in: network, question.coverage)
      guard let ruling = try? SiteRuling(network, before, reach, looser, among: sites) else { return nil }
      if ruling.mostInPoorest(ruling.problem, enough: asked, shouldStop) >= asked {
        low = middle
      } else {
        high = middle
      }
    }
    return low < 0 ? nil : low
  }

  // MARK: - Description

  /// The sites in the order to open them, the points that close, and what is secured.
  private func describe(_ open: [Int], in found: inout SiteFindings) {
    var plan = RuledTally(problem, open: open)
    var payments = [Int](repeating: 0, count: network.points.count)
    if !closable.isEmpty {
      for (point, count) in zip(network.volumes.points, network.volumes.payments) {
        payments[Int(point)] = payments[Int(point)].addingReportingOverflow(count).partialValue
      }
    }
    plan.leaveAlone(candidates: sites.count, payments: closable.map { payments[$0] })
    let kept = Set(question.kept)
    let opened = plan.openingOrder(candidates: sites.count, kept: kept)
    found.chosen = opened.map { .init(site: $0.site, gain: $0.gain) }
    let closed = closable.indices.filter { !plan.isOpen[sites.count + $0] }
    var moves: [Int: Int] = [:]
    if rules.relocate > 0, rules.close == 0 {
      moves = nearestPairs(closed.map { closable[$0] }, opened.map(\.site).filter { !kept.contains($0) })
    }
    found.closed = closed.map {
      ClosedPoint(
        point: closable[$0], loss: max(0, plan.effect(sites.count + $0) - charge),
        movesTo: moves[closable[$0]])
    }
    found.charge = charge * closed.count
    if let securedToday {
      found.security = SecondOperatorShare(total: total, before: securedToday, after: base + plan.value)
    }
  }

  /// Which site each point moves to: the nearest pair first, the earlier of equals.
  private func nearestPairs(_ points: [Int], _ opened: [Int]) -> [Int: Int] {
    var pairs: [(meters: Double, point: Int, site: Int)] = []
    for point in points {
      let here = network.points.coordinate(of: point)
      for site in opened { pairs.append((here.distance(to: sites.coordinate(of: site)).meters, point, site)) }
    }
    pairs.sort { ($0.meters, $0.point, $0.site) < ($1.meters, $1.point, $1.site) }
    var moves: [Int: Int] = [:]
    var taken: Set<Int> = []
    for pair in pairs where moves[pair.point] == nil && !taken.contains(pair.site) {
      moves[pair.point] = pair.site
      taken.insert(pair.site)
    }
    return moves
  }
}

extension SiteQuestion {
  /// Whether costs decide what can be opened.
  public var costsMatter: Bool {
    switch limit {
    case .sites: false
    case .budget: true
    case .target(_, let isCheapest), .within(_, let isCheapest): isCheapest
    }
  }
}
