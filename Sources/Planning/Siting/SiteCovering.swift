/// The question of coverage as one of covering: a row for each place that weighs something and is not served today.
///
/// What is served today stays served, since points are only added; so it is added to values and bounds, and the rest is left to the
/// solvers.
struct SiteCovering {
  private let question: SiteQuestion
  private let table: CoverTable
  /// The places of the table, in its order.
  private let rows: [Int]
  private let served: Int
  private let total: Int
  private let unit: SiteProposal.Unit

  /// - Parameter sites: by place, the sites that would serve it.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ sites: [[Int32]], _ question: SiteQuestion,
    siteCount: Int
  ) throws(SiteQuestionError) {
    let weight = question.coverage.weight
    let weights = (0..<network.places.count).map { network.places.weight(of: $0, by: weight) }
    total = try checkedSum(weights, atMost: CoverTable.greatestTotalWeight)
    served = weights.indices.reduce(0) { before.isServed[$1] ? $0 + weights[$1] : $0 }
    rows = weights.indices.filter { !before.isServed[$0] && weights[$0] > 0 }
    var builder = CoverTable.Builder(siteCount: siteCount)
    for place in rows { builder.append(weight: weights[place], sites: sites[place]) }
    table = builder.finished()
    unit = SiteProposal.Unit(weight)
    self.question = question
  }

  func findings(_ shouldStop: @escaping () -> Bool) throws(SiteQuestionError) -> SiteFindings {
    var found = try best(shouldStop)
    found.details.merging = try merging()
    return found
  }

  /// Which sites others stand for; where costs matter, a dearer one stands for nobody.
  private func merging() throws(SiteQuestionError) -> SiteMerging {
    switch question.limit {
    case .sites, .target(_, cheapest: false):
      return table.merging(
        costs: [Int](repeating: 1, count: table.siteCount), kept: question.kept, forbidden: question.forbidden
      )
    case .budget, .target(_, cheapest: true):
      let (costs, unknown) = try knownCosts()
      return table.merging(costs: costs, kept: question.kept, forbidden: question.forbidden + unknown)
    case .within: preconditionFailure("coverage is asked with sites, a budget or a share")
    }
  }

  private func best(_ shouldStop: @escaping () -> Bool) throws(SiteQuestionError) -> SiteFindings {
    switch question.limit {
    case .sites(let count): return mostWithin(.sites(count - question.kept.count), shouldStop)
    case .budget(let fen):
      let (costs, unknown) = try knownCosts()
      let kept = question.kept.reduce(0) { $0 + costs[$1] }
      return mostWithin(.budget(fen - kept, costs: costs), closing: unknown, shouldStop)
    case .target(let millionths, let isCheapest):
      let (costs, unknown) = isCheapest ? try knownCosts() : ([Int](repeating: 1, count: table.siteCount), [])
      return leastFor(millionths, costs: costs, closing: unknown, isCheapest: isCheapest, shouldStop)
    case .within: preconditionFailure("coverage is asked with sites, a budget or a share")
    }
  }

  /// How much each number of sites can serve; the numbers count kept sites.
  func curve(upTo most: Int, _ shouldStop: () -> Bool) -> [SiteCurvePoint] {
    let kept = question.kept.count
    let curve = CoverageCurve(
      of: table, upTo: min(most, table.siteCount) - kept, kept: question.kept, forbidden: question.forbidden,
      shouldStop: shouldStop)
    return curve.values.indices.map {
      SiteCurvePoint(sites: kept + $0, value: served + curve.values[$0], bound: served + curve.bounds[$0])
    }
  }

  /// What the sites cost, and those of which nobody knows.
  private func knownCosts() throws(SiteQuestionError) -> (costs: [Int], unknown: [Int]) {
    precondition(question.costsFen.count == table.siteCount, "one cost for each site is expected")
    let costs = question.costsFen.map { $0 ?? 0 }
    _ = try checkedSum(costs, atMost: 1 << 50)
    return (costs, question.costsFen.indices.filter { question.costsFen[$0] == nil })
  }

  private func mostWithin(
    _ limit: MaximalCovering.Limit, closing unknown: [Int] = [], _ shouldStop: @escaping () -> Bool
  ) -> SiteFindings {
    var solver = MaximalCovering(limit)
    solver.kept = question.kept
    solver.forbidden = question.forbidden + unknown
    solver.gap = question.gap
    let plan = solver.plan(for: table, shouldStop: shouldStop)
    var found = SiteFindings(unit: unit, value: served + plan.value, bound: served + plan.bound)
    found.isInterrupted = plan.isInterrupted
    found.chosen = chosen(plan.sites)
    found.proof = .covering(plan.certificate)
    return found
  }

  private func leastFor(
    _ millionths: Int, costs: [Int], closing unknown: [Int], isCheapest: Bool,
    _ shouldStop: @escaping () -> Bool
  ) -> SiteFindings {
    var found = SiteFindings(unit: isCheapest ? .fen : .sites)
    let forbidden = question.forbidden + unknown
    let wanted = atLeast(millionths, of: total) - served
    var plan: SitePlan?
    var unservable: [Int] = []
    if millionths == 1_000_000 {
      var solver = SetCovering(costs: costs)
      (solver.kept, solver.forbidden, solver.gap) = (question.kept, forbidden, question.gap)
      let answer = solver.plan(for: table, shouldStop: shouldStop)
      unservable = answer.unservable
      if unservable.isEmpty { plan = answer.plan }
    } else {
      var solver = PartialCovering(target: max(0, wanted), costs: costs)
      (solver.kept, solver.forbidden) = (question.kept, forbidden)
      plan = solver.plan(for: table, shouldStop: shouldStop)
    }
    guard let plan else {
      found.shortfall = shortfall(closing: forbidden)
      var all = SetCovering(costs: costs)
      (all.kept, all.forbidden) = (question.kept, forbidden)
      let most = all.plan(for: table, shouldStop: shouldStop).plan
      let kept = question.kept.reduce(0) { $0 + costs[$1] }
      found.shortfall?.fewest = (kept + most.value, kept + most.bound)
      return found
    }
    let kept = question.kept.reduce(0) { $0 + costs[$1] }
    found.value = kept + plan.value
    found.bound = kept + plan.bound
    found.isInterrupted = plan.isInterrupted
    found.chosen = chosen(plan.sites)
    found.proof = .covering(plan.certificate)
    return found
  }

  /// Kept and proposed sites in the order to open them. Sites that cost nothing and bring nothing are left out.
  private func chosen(_ sites: [Int]) -> [SiteProposal.Chosen] {
    let (order, gains, _) = openingOrder(of: question.kept + sites, table, kept: [])
    let kept = Set(question.kept)
    return zip(order, gains).filter { $1 > 0 || kept.contains($0) }.map { .init(site: $0, gain: $1) }
  }

  private func shortfall(closing forbidden: [Int]) -> SiteProposal.Shortfall {
    var isAllowed = [Bool](repeating: true, count: table.siteCount)
    for site in forbidden { isAllowed[site] = false }
    let canServe = (0..<table.rows.count).map { row in table.rows[row].contains { isAllowed[Int($0)] } }
    let most = canServe.indices.reduce(served) { canServe[$1] ? $0 + table.weights[$1] : $0 }
    return .init(
      unservable: rows.indices.filter { slot in
        let row = table.rowOfPlace[slot]
        return row < 0 || !canServe[Int(row)]
      }.map { rows[$0] }, mostWeight: most, totalWeight: total)
  }
}

/// The least whole number that is at least so many millionths of `total`.
func atLeast(_ millionths: Int, of total: Int) -> Int {
  let product = total.multipliedFullWidth(by: millionths)
  let (quotient, remainder) = 1_000_000.dividingFullWidth(product)
  return remainder > 0 ? quotient + 1 : quotient
}
