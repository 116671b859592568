/// The farthest place under rules: whether everybody can be within so many seconds is a question of covering, halved among seconds.
extension SiteRuling {
  /// What each place weighs in the question whether everybody is near enough. A bound that is less by any part of one place proves that
  /// nobody can be; in whole numbers that takes places that weigh much.
  private static let eachWeighs = 1 << 20

  /// The rules with a row for each place that has no such short way without a plan.
  private func within(_ seconds: Int, _ ways: AssignmentCosts) -> RuledCovering {
    let barred = Set(problem.forbidden)
    var builder = RowBuilder(siteCount: problem.siteCount)
    var isHopeless = false
    for row in 0..<ways.rowCount where ways.base[row] > seconds {
      let near = (ways.rowStart[row]..<ways.rowStart[row + 1]).prefix { ways.costs[$0] <= seconds }
      let sites = near.map { ways.sites[$0] }.filter { !barred.contains(Int($0)) }
      isHopeless = isHopeless || sites.isEmpty
      builder.append(Self.eachWeighs, sites.sorted())
    }
    var asked = builder.problem
    if isHopeless {
      // What no site can cover proves all there is to prove.
      (asked.rows, asked.weights, asked.needs) = (FlatRows([[]]), [Self.eachWeighs], [1])
    }
    (asked.rules, asked.kept, asked.forbidden) = (problem.rules, problem.kept, problem.forbidden)
    asked.guess = problem.guess
    return asked
  }

  /// The longest way of each place with the best that is allowed, whatever it is.
  private func shortest(_ ways: AssignmentCosts) -> [Int] {
    let barred = Set(problem.forbidden)
    return ways.nearest(of: (0..<ways.siteCount).filter { !barred.contains($0) })
  }

  /// The plan that brings the farthest place as near as possible.
  func farthest(_ assignment: SiteAssignment, _ shouldStop: @escaping () -> Bool) -> SiteFindings {
    let ways = assignment.costs
    var found = SiteFindings(unit: .seconds)
    found.beyondReach = assignment.beyondReach
    let first = problem.plan(shouldStop: shouldStop)
    guard var open = first.sites else {
      found.isInterrupted = first.isInterrupted
      return withoutPlan(found, bound: first.bound, shouldStop)
    }
    func longest(_ open: [Int]) -> Int { ways.nearest(of: open).max() ?? 0 }
    var (low, high) = (shortest(ways).max() ?? 0, longest(open))
    let levels = Set(ways.base + ways.costs).sorted()
    var proof: RuledCertificate?
    while low < high, !found.isInterrupted {
      let between = levels.filter { low <= $0 && $0 < high }
      let middle = between.isEmpty ? low : between[(between.count - 1) / 2]
      var asked = within(middle, ways)
      asked.guess = open
      let all = asked.weights.reduce(0, +)
      let plan = asked.plan(above: all - 1, enough: all, shouldStop: shouldStop)
      if let better = plan.sites {
        open = better
        high = longest(open)
      } else if plan.bound < all {
        low = between.first { $0 > middle } ?? high
        proof = plan.certificate
      } else {
        found.isInterrupted = true
      }
    }
    if proof == nil, low == high, high > 0 {
      let asked = within(high - 1, ways)
      proof = asked.plan(above: asked.weights.reduce(0, +) - 1, shouldStop: shouldStop).certificate
    }
    (found.value, found.bound) = (high, low)
    found.proof = proof.map { .ruled($0) }
    describe(open, of: within(high, ways), in: &found)
    let closed = Set(found.closed.map(\.point))
    let staying = closable.indices.filter { !closed.contains(closable[$0]) }.map { sites.count + $0 }
    let chosen = found.chosen.map(\.site)
    found.chosen = assignment.order(chosen, besides: staying, leavesOut: false) { $0.max() ?? 0 }
    found.closed = found.closed.map { one in
      let itself = (closable.firstIndex(of: one.point) ?? 0) + sites.count
      let loss = high - longest(chosen + staying + [itself])
      return ClosedPoint(point: one.point, loss: max(0, loss), movesTo: one.movesTo)
    }
    return found
  }

  /// The fewest or cheapest sites that leave nobody farther away than so many seconds.
  func nobodyFarther(
    than seconds: Int, _ isCheapest: Bool, _ assignment: SiteAssignment,
    _ shouldStop: @escaping () -> Bool
  ) throws(SiteQuestionError) -> SiteFindings {
    let ways = assignment.costs
    let all = ways.rowCount + assignment.beyondReach.count
    let best = shortest(ways)
    let tooFar = best.indices.filter { best[$0] > seconds }.map { assignment.rowPlaces[$0] }
    let unservable = (tooFar + assignment.beyondReach).sorted()
    func shortfall(_ reached: Int) -> SiteProposal.Shortfall {
      let least = farthest(assignment, shouldStop)
      return .init(
        unservable: unservable, mostWeight: reached, totalWeight: all,
        relaxation: SiteRelaxation(
          leastSeconds: least.value, helps: assignment.beyondReach.isEmpty && least.conflict == nil,
          nearest: assignment.nearestSites(of: unservable)))
    }
    if !unservable.isEmpty {
      var found = SiteFindings(unit: isCheapest ? .fen : .sites)
      found.shortfall = shortfall(all - unservable.count)
      return found
    }
    let asked = within(seconds, ways)
    let near = ways.base.count { $0 <= seconds }
    return try least(asked.weights.reduce(0, +), of: asked, isCheapest, shouldStop) {
      shortfall(near + $0 / Self.eachWeighs)
    }
  }
}
