/// The search for a good plan of capacitated sites, and for prices that prove how good it is.
struct CapacitatedSolver {
  let problem: CapacitatedAssignment
  var state: [Int8]
  var bound: CapacitatedBound
  var best: Plan
  private var scratch = Knapsack()
  /// The rules with what they decide by themselves; `nil` where there are none.
  let ruled: (instance: RuledInstance, decisions: [Int8])?
  /// Values of the sets of sites that were looked at, by the level of each site; -1 where it is not open.
  var known: [[Int16]: Int] = [:]
  var evaluations = 0

  /// A plan with who goes where.
  struct Plan {
    var levels: [Int16]
    var assignment: [[CapacitatedAnswer.Share]]
    var value: Int
  }

  /// How many sets of sites are looked at while prices move, in the exchange of sites, after each disturbance, and in all.
  static let mostEvaluations = (climbing: 120, exchanging: 1_500, afterDisturbance: 150, all: 5_000)
  static let mostDisturbances = 25
  /// How often the rows of the best plan are disturbed.
  static let mostWalks = 1_000
  /// How many entries all assignments together may go through, so that large questions end; small ones may go on for as long again.
  private(set) var mostWork = 400_000_000
  var work = 0

  init(_ problem: CapacitatedAssignment) {
    self.problem = problem
    state = [Int8](repeating: 0, count: problem.levels.count)
    for site in problem.closed { state[site] = -1 }
    for site in problem.open { state[site] = 1 }
    bound = CapacitatedBound(problem)
    if problem.rules.isEmpty {
      ruled = nil
    } else {
      let instance = RuledInstance(problem.ruled)
      var decided = RuledState(instance)
      _ = decided.propagate()
      ruled = (instance, decided.decisions)
    }
    mostWork += min(mostWork, mostWork / max(1, problem.costs.sites.count) * 20_000)
    let nobody = [Int16](repeating: -1, count: problem.levels.count)
    best = Plan(
      levels: nobody, assignment: [[CapacitatedAnswer.Share]](repeating: [], count: problem.demands.count),
      value: .max)
  }

  mutating func solve(_ shouldStop: () -> Bool) -> CapacitatedAnswer {
    let costs = problem.costs
    for row in 0..<costs.rowCount {
      let entries = costs.rowStart[row]..<costs.rowStart[row + 1]
      // What a row costs without its best site: near the best prices.
      let second = entries.count > 1 ? costs.costs[entries.lowerBound + 1] : costs.base[row]
      bound.prices[row] = second * bound.scale * (problem.isSplit ? 1 : problem.demands[row])
    }
    best = plan(problem.rules.isEmpty ? openOnly : cheapest(problem.guess))
    bound.evaluate(problem, state: state, isExact: false, scratch: &scratch)
    consider(bound.picks)
    // Large questions get fewer steps, each of which costs as much more.
    let rounds = max(60, min(600, 60_000_000 / max(1, costs.sites.count)))
    let first = bound.prices
    climb(rounds: rounds, isExact: false, shouldStop)
    if !problem.isSplit { climb(rounds: rounds / 4, isExact: true, shouldStop) }
    exchange(best, most: Self.mostEvaluations.exchanging, shouldStop)
    climbWithRoom(from: first, rounds: rounds, shouldStop)
    exchange(best, most: Self.mostEvaluations.exchanging, shouldStop)
    walk(shouldStop)
    disturb(shouldStop)
    walk(shouldStop)
    climb(rounds: rounds / 3, isExact: !problem.isSplit, shouldStop)
    return answer(shouldStop)
  }

  /// Goes on from a plan and prices that another question with the same sites led to.
  ///
  /// - Parameters:
  ///   - prices: by row, times the scale; those that are too high are lowered.
  ///   - rulePrices: by rule, times the scale.
  mutating func proven(
    _ plan: CapacitatedAnswer, from prices: [Int], rulePrices: [Double], rounds: Int, _ shouldStop: () -> Bool
  ) -> CapacitatedAnswer {
    var levels = best.levels
    for (site, level) in plan.sites { levels[site] = Int16(level) }
    best = Plan(levels: levels, assignment: plan.assignment, value: plan.value)
    for row in prices.indices {
      bound.prices[row] = min(bound.greatestPrice(problem, row), max(0, prices[row]))
    }
    for (rule, price) in rulePrices.enumerated() { bound.moveRule(rule, by: price, problem) }
    climb(rounds: rounds, isExact: false, shouldStop)
    if !problem.isSplit { climb(rounds: rounds, isExact: true, shouldStop) }
    return answer(shouldStop)
  }

  /// How finely prices are divided.
  var scale: Int { bound.scale }

  private mutating func answer(_ shouldStop: () -> Bool) -> CapacitatedAnswer {
    if !problem.isSplit { bound.evaluate(problem, state: state, isExact: true, scratch: &scratch) }
    let lower = min(best.value, max(0, bound.value))
    return CapacitatedAnswer(
      sites: best.levels.indices.compactMap { best.levels[$0] < 0 ? nil : ($0, Int(best.levels[$0])) },
      assignment: best.assignment, value: best.value, bound: lower,
      isInterrupted: lower < best.value && shouldStop(),
      proof: CapacitatedPrices(
        scale: bound.scale, rows: bound.prices, limit: bound.limitPrice, rules: bound.rulePrices))
  }

  /// Who goes where if nothing is opened but what every plan opens.
  func planOfOpenSites() -> [[CapacitatedAnswer.Share]] {
    var solver = self
    return solver.plan(solver.openOnly).assignment
  }

  /// The open sites alone, each at its cheapest level.
  private var openOnly: [Int16] { cheapest(state.indices.filter { state[$0] == 1 }) }

  /// Some sites, each at its cheapest level.
  func cheapest(_ sites: [Int]) -> [Int16] {
    let isOpen = Set(sites)
    return problem.levels.indices.map { site in
      guard isOpen.contains(site) else { return -1 }
      let levels = problem.levels[site]
      return Int16(
        levels.indices.min {
          (levels[$0].price, -levels[$0].capacity, $0) < (levels[$1].price, -levels[$1].capacity, $1)
        }
          ?? 0)
    }
  }

  // MARK: Prices

  /// Moves the prices up the slope of L, and keeps the best.
  private mutating func climb(rounds: Int, isExact: Bool, _ shouldStop: () -> Bool) {
    bound.evaluate(problem, state: state, isExact: isExact, scratch: &scratch)
    var present = bound
    var slope = [Double](repeating: 0, count: problem.demands.count)
    var ruleSlope = [Double](repeating: 0, count: problem.rules.count)
    // A rule's price is one of a whole site.
    let siteShare = Double(max(1, problem.demands.reduce(0, +) / problem.levels.count))
    var (pace, quiet, improvements) = (1.5, 0, 0)
    for round in 0..<rounds {
      if bound.value >= best.value || shouldStop() { return }
      var length = 0.0
      for row in slope.indices where problem.demands[row] > 0 {
        slope[row] = 1 - present.served[row] + 0.5 * slope[row]
        length += Double(problem.demands[row]) * slope[row] * slope[row]
      }
      for (rule, over) in present.excess(problem).enumerated() {
        // Sites that nobody needs come and go together: no more than two of them at a time tell which way to go.
        ruleSlope[rule] = max(-2, min(over, 2)) + 0.5 * ruleSlope[rule]
        length += siteShare * ruleSlope[rule] * ruleSlope[rule]
      }
      if length < 1e-12 { return }
      // Where rows find no place yet, the value is far off any bound: then the way there is taken in parts.
      let missing = Double(best.value) * Double(present.scale) - Double(present.scaled)
      let distance = min(missing, max(0.1 * abs(Double(present.scaled)), Double(present.scale)))
      let step = pace * distance / length
      for row in slope.indices where problem.demands[row] > 0 {
        let share = problem.isSplit ? 1 : Double(problem.demands[row])
        let greatest = present.greatestPrice(problem, row)
        let moved = Double(present.prices[row]) + step * share * slope[row]
        present.prices[row] = moved >= Double(greatest) ? greatest : max(0, Int(moved.rounded()))
      }
      for rule in ruleSlope.indices {
        present.moveRule(rule, by: step * siteShare * ruleSlope[rule], problem)
      }
      present.evaluate(problem, state: state, isExact: isExact, scratch: &scratch)
      if present.scaled > bound.scaled {
        bound = present
        quiet = 0
        improvements += 1
        if improvements % 4 == 1, round > 10, evaluations < Self.mostEvaluations.climbing {
          consider(present.picks)
        }
      } else {
        quiet += 1
        if quiet >= 10 {
          pace *= 0.65
          quiet = 0
          present = bound
          for row in slope.indices { slope[row] = 0 }
          for rule in ruleSlope.indices { ruleSlope[rule] = 0 }
          if pace < 0.002 { return }
        }
      }
    }
  }

  /// Climbs once more from the first prices, now with what the sites need room for, and goes on with the better bound.
  private mutating func climbWithRoom(from first: [Int], rounds: Int, _ shouldStop: () -> Bool) {
    if bound.value >= best.value || shouldStop() { return }
    let other = bound
    (bound.prices, bound.needsRoom) = (first, true)
    bound.evaluate(problem, state: state, isExact: false, scratch: &scratch)
    evaluations = 0
    climb(rounds: rounds, isExact: false, shouldStop)
    if !problem.isSplit { climb(rounds: rounds / 4, isExact: true, shouldStop) }
    if other.scaled > bound.scaled {
      bound = other
      bound.needsRoom = true
    }
  }
}
