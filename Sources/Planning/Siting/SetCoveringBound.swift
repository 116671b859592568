/// A bound on what covering every row must cost, proven by whole-number multipliers.
///
/// For multipliers u ≥ 0 of the rows, no cover costs less than `L(u) = Σ u + Σ min(0, cost − Σ of the site's rows' u)`: the
/// Lagrangian dual of set covering (Beasley 1987), true for every u. Here u is a multiple of 2⁻ᵠ, so that everything is exact;
/// costs are whole, so that the bound may be rounded up.
struct SetCoveringBound {
  let multipliers: [Int]
  /// No cover of what is left costs less, what is spent already not counted.
  let bound: Int

  private let shift: Int
  private let total: Int
  // Cost less the multipliers of the rows, times 2^shift.
  private let reducedCosts: [Int]

  /// - Parameters:
  ///   - prices: u of each row; whatever is not within 0 and the cost of the cheapest site of the row is brought there, which
  ///     makes the bound no worse.
  init(_ problem: CoveringProblem, prices: [Double], shift: Int) {
    let scale = Double(1 << shift)
    var multipliers = [Int](repeating: 0, count: problem.rowCount)
    var reduced = problem.costs.map { $0 << shift }
    var sum = 0
    for row in 0..<problem.rowCount {
      let sites = problem.rows[row]
      let most = sites.reduce(Int.max) { min($0, problem.costs[Int($1)]) } << shift
      let wanted = (prices[row] * scale).rounded()
      // Rows may outnumber costs by so much that their sum does not fit: then the rest stay at zero.
      var multiplier = wanted > 0 ? (wanted < Double(most) ? min(Int(wanted), most) : most) : 0
      if sum > (1 << 61) - multiplier { multiplier = 0 }
      multipliers[row] = multiplier
      sum += multiplier
      for site in sites { reduced[Int(site)] -= multiplier }
    }
    self.multipliers = multipliers
    self.shift = shift
    reducedCosts = reduced
    // Every excess is at most the sum of multipliers; their sum may still be below what fits, and is then no use.
    var total = sum
    for cost in reduced where cost < 0 {
      let (less, overflow) = total.addingReportingOverflow(cost)
      total = overflow ? -1 : less
      if total < 0 { break }
    }
    self.total = max(0, total)
    bound = total <= 0 ? 0 : (total + (1 << shift) - 1) >> shift
    isExact = total >= 0
  }

  private let isExact: Bool

  /// The largest shift at which costs that sum up to `cost` fit.
  static func shift(forCost cost: Int) -> Int { min(20, max(0, cost.leadingZeroBitCount - 5)) }

  /// What the bound decides about each site where less than `cost` is wanted for what is left.
  func decisions(for problem: CoveringProblem, below cost: Int) -> [CoveringProblem.Decision] {
    guard isExact else { return [CoveringProblem.Decision](repeating: .free, count: problem.siteCount) }
    // More than this, and the cost rounded up is at least `cost`.
    let limit = ((cost - 1) << shift) - total
    return reducedCosts.map { reduced in
      if reduced > 0, reduced > limit { return .closed }
      if reduced < 0, -reduced > limit { return .open }
      return .free
    }
  }
}
