/// The fewest or cheapest sites that cover a given weight: the partial set covering problem (Daskin and Owen 1999, "Two new location
/// covering problems: the partial p-center problem and the partial set covering problem").
///
///     let answer = PartialCovering(target: cover.servableWeight * 95 / 100).plan(for: cover)
///     answer?.sites.count
///
/// A cost is enough if the most that can be covered for it reaches the target, so that the question is halved into questions of
/// `MaximalCovering`, each stopped as soon as it is decided.
public struct PartialCovering: Hashable, Sendable {
  /// The weight to be covered, kept sites included.
  public var target: Int
  /// What each site costs; without, the fewest sites are sought.
  public var costs: [Int]?
  /// Sites that are open already.
  public var kept: [Int] = []
  /// Sites that may not be opened. A site that is kept as well is kept.
  public var forbidden: [Int] = []
  /// Names the sequence of chance by which plans are disturbed.
  public var seed = 1
  /// How many multipliers a certificate may hold before it falls back to the first bound.
  public var certificateLimit = 4_000_000

  /// Asks for a weight to be covered by the fewest sites, or the cheapest.
  public init(target: Int, costs: [Int]? = nil) {
    self.target = target
    self.costs = costs
  }

  /// Finds and proves a plan; its value and bound are costs.
  ///
  /// - Parameter shouldStop: asked often; once it is true the best plan so far is returned, with its bound.
  /// - Returns: nil where all allowed sites together do not reach the target.
  /// - Precondition: there is a cost for each site, none negative, and together at most 2⁵⁰.
  public func plan(for table: CoverTable, shouldStop: @escaping () -> Bool = { false }) -> SitePlan? {
    let costs = self.costs ?? [Int](repeating: 1, count: table.siteCount)
    let total = checkedTotal(of: costs, siteCount: table.siteCount)
    let start = CoveringStart(table, limit: .budget(total, costs: costs), kept: kept, forbidden: forbidden)
    guard start.problem.coverable >= target else { return nil }

    var best = start.free + thrifty(start.problem).map { Int(start.problem.siteID[Int($0)]) }
    func cost(_ sites: [Int]) -> Int { sites.reduce(0) { $0 + costs[$1] } }
    // Below `low` nothing reaches the target.
    var (low, high) = (0, cost(best))
    var proof: CoveringCertificate?
    var isInterrupted = false
    while low < high, !isInterrupted {
      let budget = low + (high - low - 1) / 2
      var question = MaximalCovering(.budget(budget, costs: costs))
      (question.kept, question.forbidden, question.seed) = (kept, forbidden, seed)
      question.certificateLimit = certificateLimit
      let (plan, isFound) = question.solve(table, above: target - 1, enough: target, shouldStop)
      if isFound {
        best = plan.sites
        high = cost(best)
      } else if plan.bound < target {
        low = budget + 1
        proof = plan.certificate
      } else {
        isInterrupted = true
      }
    }
    let (order, gains, _) = openingOrder(of: best, table, kept: kept)
    let certificate = CoveringCertificate(
      goal: .partialCovering, siteCount: table.siteCount, rows: table.rows, weights: table.weights,
      costs: costs,
      budget: total, target: target, kept: kept.sorted(), forbidden: forbidden.sorted(), sites: order,
      value: high,
      bound: low, shift: proof?.shift ?? 0, isWhole: proof?.isWhole ?? true, nodes: proof?.nodes ?? [])
    return SitePlan(
      sites: order, gains: gains, value: high, bound: low, isInterrupted: isInterrupted,
      certificate: certificate)
  }

  /// A plan that reaches the target: what adds most for its cost, then without what is not needed.
  private func thrifty(_ problem: CoveringProblem) -> [Int32] {
    var plan = SwapSearch(problem)
    plan.fill(until: target)
    for site in plan.chosen.sorted(by: { (problem.costs[Int($0)], $0) > (problem.costs[Int($1)], $1) })
    where plan.value - plan.effect(of: Int(site)) >= target {
      plan.close(Int(site))
    }
    return plan.chosen
  }
}

/// What all sites cost.
func checkedTotal(of costs: [Int], siteCount: Int) -> Int {
  precondition(costs.count == siteCount, "one cost for each site is expected")
  var total = 0
  for cost in costs {
    precondition(cost >= 0 && cost <= 1 << 50, "costs from 0 to 2⁵⁰ are expected")
    total += cost
    precondition(total <= 1 << 50, "the sites together cost more than 2⁵⁰")
  }
  return total
}
