import Geo

/// What a question under rules is answered with.
extension SiteRuling {
  func findings(_ shouldStop: @escaping () -> Bool) throws(SiteQuestionError) -> SiteFindings {
    switch (question.limit, assignment) {
    case (.target(let millionths, let isCheapest), _):
      let wanted = max(0, atLeast(millionths, of: total) - base)
      return try least(wanted, of: problem, isCheapest, shouldStop) { shortfall(base + $0) }
    case (.within(let seconds, let isCheapest), let assignment?) where question.goal == .distance:
      let (product, overflow) = assignment.totalWeight.multipliedReportingOverflow(by: seconds)
      let wanted = overflow ? 0 : max(0, told(0) - product)
      return try least(wanted, of: problem, isCheapest, shouldStop) { most in
        let mean = assignment.totalWeight == 0 ? 0 : (told(most) - 1) / assignment.totalWeight + 1
        return .init(
          unservable: [], mostWeight: 0, totalWeight: 0,
          relaxation: SiteRelaxation(leastSeconds: mean, helps: true, nearest: []))
      }
    case (.within(let seconds, let isCheapest), let assignment?):
      return try nobodyFarther(than: seconds, isCheapest, assignment, shouldStop)
    case (_, let assignment?) where question.goal == .worst: return farthest(assignment, shouldStop)
    default: break
    }
    let plan = problem.plan(shouldStop: shouldStop)
    var found = SiteFindings(unit: unit)
    found.isInterrupted = plan.isInterrupted
    found.proof = .ruled(plan.certificate)
    found.beyondReach = assignment?.beyondReach ?? []
    found.details.merging = assignment?.merging
    if question.gradual != nil { found.details.divisor = SiteAssignment.gradualUnits }
    guard let open = plan.sites else {
      return withoutPlan(found, bound: plan.bound, shouldStop)
    }
    found.value = told(plan.value)
    found.bound = told(plan.bound)
    describe(open, of: problem, in: &found)
    return found
  }

  /// What is told of a weight covered: what is served, or what all ways together still are.
  private func told(_ covered: Int) -> Int {
    guard let assignment else { return base + covered }
    let ways = assignment.costs.base.reduce(0, +) - (base + covered)
    return question.gradual == nil ? ways : assignment.everything - ways
  }

  /// The fewest or cheapest sites that cover so much weight: halved among costs, as in `PartialCovering`.
  ///
  /// - Parameter shortfall: what to say where the most that can be covered is less.
  func least(
    _ wanted: Int, of problem: RuledCovering, _ isCheapest: Bool, _ shouldStop: @escaping () -> Bool,
    shortfall: (Int) -> SiteProposal.Shortfall
  ) throws(SiteQuestionError) -> SiteFindings {
    let costs = isCheapest ? question.costsFen.map { $0 ?? 0 } : [Int](repeating: 1, count: sites.count)
    let most = try checkedSum(costs, atMost: 1 << 50)
    var found = SiteFindings(unit: isCheapest ? .fen : .sites)
    found.beyondReach = question.goal == .distance ? assignment?.beyondReach ?? [] : []
    found.details.merging = assignment?.merging
    let first = problem.plan(enough: wanted, shouldStop: shouldStop)
    guard var open = first.sites, first.value >= wanted else {
      found.isInterrupted = first.isInterrupted
      found.bound = most
      if first.sites == nil { return withoutPlan(found, bound: first.bound, shouldStop) }
      found.shortfall = shortfall(first.value)
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
    describe(open, of: problem, in: &found)
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
  func withoutPlan(
    _ found: SiteFindings, bound: Int, _ shouldStop: @escaping () -> Bool
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
    if isExplaining, let asked = rules.poorest?.sites {
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
  func describe(_ open: [Int], of problem: RuledCovering, in found: inout SiteFindings) {
    var plan = RuledTally(problem, open: open)
    plan.leaveAlone(candidates: sites.count, payments: paymentsOfClosable)
    let kept = Set(question.kept)
    let opened = plan.openingOrder(candidates: sites.count, kept: kept)
    found.chosen = opened.map { .init(site: $0.site, gain: $0.gain) }
    let isOpen = plan.isOpen
    found.closed = closed(isOpen.indices.filter { isOpen[$0] }, opened.map(\.site)) {
      max(0, plan.effect($0) - charge)
    }
    found.charge = charge * found.closed.count
    if let securedToday {
      found.security = SecondOperatorShare(total: total, before: securedToday, after: base + plan.value)
    }
  }

  /// The payments of each point that may close, all months together.
  var paymentsOfClosable: [Int] {
    guard !closable.isEmpty else { return [] }
    var payments = [Int](repeating: 0, count: network.points.count)
    for (point, count) in zip(network.volumes.points, network.volumes.payments) {
      payments[Int(point)] = payments[Int(point)].addingReportingOverflow(count).partialValue
    }
    return closable.map { payments[$0] }
  }

  /// The points that a plan closes, and where they move to.
  ///
  /// - Parameters:
  ///   - open: the open sites, points among them.
  ///   - chosen: the candidates among them.
  ///   - loss: what a site's being closed loses.
  func closed(_ open: [Int], _ chosen: [Int], loss: (Int) -> Int) -> [ClosedPoint] {
    let isOpen = Set(open)
    let kept = Set(question.kept)
    let closed = closable.indices.filter { !isOpen.contains(sites.count + $0) }
    var moves: [Int: Int] = [:]
    if rules.relocate > 0, rules.close == 0 {
      moves = nearestPairs(closed.map { closable[$0] }, chosen.filter { !kept.contains($0) })
    }
    return closed.map {
      ClosedPoint(point: closable[$0], loss: loss(sites.count + $0), movesTo: moves[closable[$0]])
    }
  }

  /// Which site each point moves to: the nearest pair first, the earlier of equals.
  func nearestPairs(_ points: [Int], _ opened: [Int]) -> [Int: Int] {
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
