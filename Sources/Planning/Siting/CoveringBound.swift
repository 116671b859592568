/// A bound on what any choice of sites can cover, proven by whole-number multipliers.
///
/// For multipliers 0 ≤ u ≤ w of the rows, no choice within the budget covers more than
/// `L(u) = Σ (w − u) + the most that sites worth the sum of their rows' u bring within the budget`:
/// a row counts w − u whether covered or not, and u once for every chosen site that covers it, which is at least w when it is
/// covered. It is the Lagrangian dual of the relaxation (Galvão and ReVelle 1996, "A Lagrangean heuristic for the maximal
/// covering location problem"), true for every u, however u was found. Here u is a multiple of 2⁻ᵠ, so that everything is exact;
/// weights are whole, so that the bound may be rounded down.
struct CoveringBound {
  /// Multipliers of the rows, times 2^`shift`.
  let multipliers: [Int]
  let shift: Int
  /// No choice covers more.
  let bound: Int

  // L(u) × 2^shift without what is covered already, rounded up where a site is taken in part.
  private let total: Int
  private let worths: [Int]
  private let knapsack: KnapsackBound?

  /// - Parameters:
  ///   - shares: u ÷ w of each row; whatever is not within 0...1 is brought there.
  init(_ problem: CoveringProblem, shares: [Double], shift: Int) {
    let scale = Double(1 << shift)
    var multipliers = [Int](repeating: 0, count: problem.rowCount)
    var worths = [Int](repeating: 0, count: problem.siteCount)
    var rest = 0
    problem.rows.items.withUnsafeBufferPointer { items in
      for row in 0..<problem.rowCount {
        let most = problem.weights[row] << shift
        let share = shares[row]
        let wanted = (share * Double(problem.weights[row]) * scale).rounded()
        // The comparison also sends what is not a number to zero.
        let multiplier = wanted > 0 ? (wanted < Double(most) ? min(Int(wanted), most) : most) : 0
        multipliers[row] = multiplier
        rest += most - multiplier
        for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
          worths[Int(items[slot])] += multiplier
        }
      }
    }
    let knapsack = KnapsackBound(worths: worths, costs: problem.costs, budget: problem.budget)
    let most = problem.coverable
    if let knapsack, case let (sum, overflow) = rest.addingReportingOverflow(knapsack.value), !overflow {
      total = sum
      bound = min(most, problem.covered + (sum >> shift))
      self.knapsack = knapsack
    } else {
      // Worse than "everything", which multipliers of zero prove.
      total = .max
      bound = most
      self.knapsack = nil
    }
    self.multipliers = multipliers
    self.worths = worths
    self.shift = shift
  }

  /// The largest shift at which no sum over rows of this weight overflows.
  static func shift(forWeight weight: Int) -> Int {
    min(20, max(0, weight.leadingZeroBitCount - 3))
  }

  /// What the bound decides about each site where more than `value` is wanted: closed where no better choice holds it, open
  /// where every better choice does.
  ///
  /// With price λ per cost, `L(u)` is at most `L − (C − λ·cost)⁺` without a site and at most `L + min(0, C − λ·cost)` with it,
  /// where C is what it is worth (reduced-cost fixing).
  func decisions(for problem: CoveringProblem, beating value: Int) -> [CoveringProblem.Decision] {
    var decisions = [CoveringProblem.Decision](repeating: .free, count: problem.siteCount)
    guard let knapsack, value < problem.coverable, value >= problem.covered else { return decisions }
    let target = (value - problem.covered + 1) << shift
    guard total >= target else { return decisions }
    let slack = total - target
    for site in 0..<problem.siteCount {
      let (worth, cost) = (worths[site], problem.costs[site])
      // Closed: slack + worth < λ·cost.
      if product(slack + worth, knapsack.highPrice.cost) < product(knapsack.highPrice.worth, cost) {
        decisions[site] = .closed
      } else if slack < worth,
        product(knapsack.lowPrice.worth, cost) < product(worth - slack, knapsack.lowPrice.cost)
      {
        decisions[site] = .open
      }
    }
    return decisions
  }

  /// What the multipliers prove for 0, 1, 2 ... sites that cost one each.
  func bounds(_ problem: CoveringProblem, upTo count: Int) -> [Int] {
    let most = problem.coverable
    var rest = 0
    for row in multipliers.indices { rest += (problem.weights[row] << shift) - multipliers[row] }
    var sorted = worths.sorted(by: >)[...]
    var bounds: [Int] = []
    for _ in 0...count {
      let more = rest >> shift
      bounds.append(more < most - problem.covered ? problem.covered + more : most)
      let (sum, overflow) = rest.addingReportingOverflow(sorted.popFirst() ?? 0)
      // Beyond what fits, no more than everything is said.
      rest = overflow ? .max : sum
    }
    return bounds
  }
}
