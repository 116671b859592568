/// How much any number of sites can cover, at least and at most, in one go.
///
///     let curve = CoverageCurve(of: cover, upTo: 50)
///     curve.values[20]...curve.bounds[20]   // the most that 20 sites cover lies in here
///
/// Multipliers that bound one number of sites bound every number: only the sum of the largest worths changes.
public struct CoverageCurve: Hashable, Sendable {
  /// What a plan of 0, 1, 2 ... sites covers, kept sites included.
  public let values: [Int]
  /// No plan of as many sites covers more.
  public let bounds: [Int]
  /// The sites of each plan, ascending.
  public let sites: [[Int]]
  /// Whether it was stopped before it was done; values and bounds hold nevertheless.
  public let isInterrupted: Bool

  /// - Parameters:
  ///   - most: the largest number of sites.
  ///   - kept: sites that are open already, and do not count.
  ///   - forbidden: sites that may not be opened.
  ///   - shouldStop: asked often; true ends it early.
  public init(
    of table: CoverTable, upTo most: Int, kept: [Int] = [], forbidden: [Int] = [],
    shouldStop: () -> Bool = { false }
  ) {
    precondition(most >= 0, "a number of sites is expected: \(most)")
    let start = CoveringStart(table, limit: .sites(table.siteCount), kept: kept, forbidden: forbidden)
    var problem = start.problem
    var values = [problem.covered]
    var sites: [[Int]] = [[]]
    problem.budget = 0
    var plan = SwapSearch(problem)
    for _ in 0..<most {
      if !shouldStop() {
        plan.raiseBudget(by: 1)
        plan.fill()
        plan.improve(shouldStop)
      }
      values.append(plan.value)
      sites.append(plan.chosen.map { Int(problem.siteID[Int($0)]) })
    }

    var bounds = [Int](repeating: problem.coverable, count: most + 1)
    bounds[0] = problem.covered
    let shift = CoveringBound.shift(forWeight: problem.coverable)
    var relaxation: CoveringRelaxation?
    // Numbers of sites at which multipliers are sought: each about a quarter more than the one before.
    var knot = 1
    while knot <= most, knot <= problem.siteCount, !shouldStop() {
      problem.budget = knot
      let part = relaxation.map { last in
        let sum = last.x.reduce(0, +)
        return last.x.map { sum > Double(knot) ? $0 * Double(knot) / sum : $0 }
      }
      var next = CoveringRelaxation(
        problem, x: part, v: relaxation?.v, primalWeight: relaxation?.primalWeight ?? 1)
      repeat {
        next.advance()
      } while next.iterations < 2_000 && !shouldStop()
        && next.bound - next.value > max(0.5, 1e-4 * next.bound)
      let proof = CoveringBound(problem, shares: next.bestShares, shift: shift)
      for (count, bound) in proof.bounds(problem, upTo: most).enumerated() {
        bounds[count] = min(bounds[count], bound)
      }
      relaxation = next
      knot = max(knot + 1, knot * 5 / 4)
    }
    self.values = values
    self.bounds = bounds
    self.sites = sites
    isInterrupted = shouldStop()
  }
}
