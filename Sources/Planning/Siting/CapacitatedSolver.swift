/// The search for a good plan of capacitated sites, and for prices that prove how good it is.
struct CapacitatedSolver {
  private let problem: CapacitatedAssignment
  private var state: [Int8]
  private var bound: CapacitatedBound
  private var best: Plan
  private var scratch = Knapsack()
  /// Values of the sets of sites that were looked at, by the level of each site; -1 where it is not open.
  private var known: [[Int16]: Int] = [:]
  private var evaluations = 0

  /// A plan with who goes where.
  struct Plan {
    var levels: [Int16]
    var assignment: [[CapacitatedAnswer.Share]]
    var value: Int
  }

  /// How many sets of sites are looked at while prices move, in the exchange of sites, after each disturbance, and in all.
  private static let mostEvaluations = (climbing: 120, exchanging: 1_500, afterDisturbance: 150, all: 5_000)
  private static let mostDisturbances = 25
  /// How often the rows of the best plan are disturbed.
  private static let mostWalks = 1_000
  /// How many entries all assignments together may go through, so that large questions end.
  private static let mostWork = 800_000_000
  private var work = 0

  init(_ problem: CapacitatedAssignment) {
    self.problem = problem
    state = [Int8](repeating: 0, count: problem.levels.count)
    for site in problem.closed { state[site] = -1 }
    for site in problem.open { state[site] = 1 }
    bound = CapacitatedBound(problem)
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
    best = plan(openOnly)
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
  /// - Parameter prices: by row, times the scale; those that are too high are lowered.
  mutating func proven(
    _ plan: CapacitatedAnswer, from prices: [Int], rounds: Int, _ shouldStop: () -> Bool
  ) -> CapacitatedAnswer {
    var levels = best.levels
    for (site, level) in plan.sites { levels[site] = Int16(level) }
    best = Plan(levels: levels, assignment: plan.assignment, value: plan.value)
    for row in prices.indices {
      bound.prices[row] = min(bound.greatestPrice(problem, row), max(0, prices[row]))
    }
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
      proof: CapacitatedPrices(scale: bound.scale, rows: bound.prices, limit: bound.limitPrice))
  }

  /// Who goes where if nothing is opened but what every plan opens.
  func planOfOpenSites() -> [[CapacitatedAnswer.Share]] {
    var solver = self
    return solver.plan(solver.openOnly).assignment
  }

  /// The open sites alone, each at its cheapest level.
  private var openOnly: [Int16] {
    problem.levels.indices.map { site in
      guard state[site] == 1 else { return -1 }
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
    var (pace, quiet, improvements) = (1.5, 0, 0)
    for round in 0..<rounds {
      if bound.value >= best.value || shouldStop() { return }
      var length = 0.0
      for row in slope.indices where problem.demands[row] > 0 {
        slope[row] = 1 - present.served[row] + 0.5 * slope[row]
        length += Double(problem.demands[row]) * slope[row] * slope[row]
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

  // MARK: Plans

  /// Looks at the sites that the bound takes, as a plan.
  private mutating func consider(_ picks: [(site: Int, level: Int)]) {
    var levels = [Int16](repeating: -1, count: problem.levels.count)
    for (site, level) in picks { levels[site] = Int16(level) }
    guard isWithinLimit(levels) else { return }
    _ = worked(levels)
  }

  private func isWithinLimit(_ levels: [Int16]) -> Bool {
    var left = problem.limit
    for site in levels.indices where levels[site] >= 0 {
      left -= problem.levels[site][Int(levels[site])].price
      if left < 0 { return false }
    }
    return true
  }

  /// Works a set of sites out, unless it was looked at before, and keeps it where it is the best.
  private mutating func worked(_ levels: [Int16]) -> Plan? {
    guard known[levels] == nil, work < Self.mostWork else { return nil }
    let found = plan(levels)
    known[levels] = found.value
    if found.value < best.value { best = found }
    return found
  }

  /// Who goes where if these sites are open; sites that nobody goes to are left out unless every plan opens them, and sites too large
  /// are made smaller where that is cheaper.
  private mutating func plan(_ levels: [Int16]) -> Plan {
    evaluations += 1
    var capacities = levels.indices.map { levels[$0] < 0 ? -1 : problem.levels[$0][Int(levels[$0])].capacity }
    // An open site that is smaller than it could be for the same price would only be in the way.
    var plan = Plan(levels: levels, assignment: [], value: 0)
    work += problem.costs.sites.count
    if problem.isSplit {
      let flow = CapacitatedFlow(problem, capacities: capacities)
      (plan.assignment, plan.value) = (flow.assignment, flow.value)
    } else {
      let sites: [Int32]
      var load = CapacitatedLoad(problem, capacities: capacities)
      load.fill()
      load.improve(rounds: 8)
      if Double(load.value) < Double(best.value) * 1.02 {
        // Close: the transport problem leaves few rows divided, and is often the better start.
        let flow = CapacitatedFlow(problem, capacities: capacities)
        work += 4 * problem.costs.sites.count
        var other = CapacitatedLoad(problem, capacities: capacities)
        for (row, shares) in flow.assignment.enumerated() {
          if shares.count == 1, shares[0].units == problem.demands[row] {
            other.move(row, to: Int32(shares[0].site))
          }
        }
        other.fill()
        other.improve(rounds: 20)
        load.improve(rounds: 20)
        if other.value < load.value { load = other }
        var pairs = CapacitatedPairs(problem, capacities: capacities, site: load.site)
        pairs.descend()
        work += pairs.steps / 8
        sites = pairs.site
        plan.value = pairs.value
      } else {
        sites = load.site
        plan.value = load.value
      }
      plan.assignment = sites.enumerated().map { row, site in
        site < 0 ? [] : [CapacitatedAnswer.Share(site: Int(site), units: problem.demands[row])]
      }
    }
    capacities = [Int](repeating: 0, count: levels.count)
    for shares in plan.assignment { for share in shares { capacities[share.site] += share.units } }
    for site in levels.indices where levels[site] >= 0 {
      if capacities[site] == 0, state[site] == 0 {
        plan.levels[site] = -1
        continue
      }
      let sizes = problem.levels[site]
      let least = sizes.indices.filter { sizes[$0].capacity >= capacities[site] }
        .min { (sizes[$0].cost, sizes[$0].price, $0) < (sizes[$1].cost, sizes[$1].price, $1) }
      if let least, sizes[least].price <= sizes[Int(levels[site])].price { plan.levels[site] = Int16(least) }
      plan.value += sizes[Int(plan.levels[site])].cost
    }
    return plan
  }

  /// Opens, closes, exchanges and resizes sites of a plan as long as that is better; sites that the prices think well of first.
  private mutating func exchange(_ start: Plan, most: Int, _ shouldStop: () -> Bool) {
    let last = evaluations + most
    var current = start
    var isBetter = true
    while isBetter, evaluations < last, work < Self.mostWork, !shouldStop() {
      isBetter = false
      let levels = current.levels
      let free = levels.indices.filter { state[$0] == 0 }
      let entering = free.filter { levels[$0] < 0 }.sorted { (bound.worths[$0], $0) < (bound.worths[$1], $1) }
      let leaving = free.filter { levels[$0] >= 0 }.sorted { (bound.worths[$1], $0) < (bound.worths[$0], $1) }
      func take(_ next: [Int16]) -> Bool {
        guard isWithinLimit(next), let plan = worked(next), plan.value < current.value else { return false }
        current = plan
        return true
      }
      search: for rank in 1..<(entering.count + leaving.count + 1) {
        // Pairs by the sum of their ranks: those that promise most first.
        for first in 0...rank {
          let second = rank - first
          guard first <= leaving.count, second <= entering.count else { continue }
          if evaluations >= last || work >= Self.mostWork || shouldStop() { break search }
          var next = levels
          if first > 0 { next[leaving[first - 1]] = -1 }
          let site = second > 0 ? entering[second - 1] : nil
          for level in site.map({ problem.levels[$0].indices.reversed().map(Int16.init) }) ?? [-1] {
            if let site { next[site] = level }
            if take(next) {
              isBetter = true
              break search
            }
          }
        }
      }
      if isBetter { continue }
      for site in levels.indices where current.levels[site] >= 0 {
        for level in problem.levels[site].indices where Int16(level) != current.levels[site] {
          var next = current.levels
          next[site] = Int16(level)
          if evaluations < last, take(next) { isBetter = true }
        }
      }
    }
  }

  /// Betters who goes where in the best plan, its sites as they are.
  private mutating func walk(_ shouldStop: () -> Bool) {
    guard !problem.isSplit, best.value > bound.value else { return }
    let capacities = best.levels.indices.map {
      best.levels[$0] < 0 ? -1 : problem.levels[$0][Int(best.levels[$0])].capacity
    }
    var pairs = CapacitatedPairs(
      problem, capacities: capacities, site: best.assignment.map { $0.first.map { Int32($0.site) } ?? -1 })
    let others = best.value - pairs.value
    var dice = SplitMix64(seed: 2)
    pairs.walk(rounds: Self.mostWalks, &dice, shouldStop)
    guard pairs.value + others < best.value else { return }
    best.value = pairs.value + others
    best.assignment = pairs.site.enumerated().map { row, site in
      site < 0 ? [] : [CapacitatedAnswer.Share(site: Int(site), units: problem.demands[row])]
    }
    known[best.levels] = best.value
  }

  /// Exchanges two or three sites of the best plan at random, and betters what comes of it, as often as there is room for; a
  /// seed names the sequence, so that the answer is always the same.
  private mutating func disturb(_ shouldStop: () -> Bool) {
    var dice = SplitMix64(seed: 1)
    for _ in 0..<Self.mostDisturbances where best.value > bound.value {
      if evaluations >= Self.mostEvaluations.all || work >= Self.mostWork || shouldStop() { return }
      var levels = best.levels
      var leaving = levels.indices.filter { state[$0] == 0 && levels[$0] >= 0 }
      var entering = levels.indices.filter { state[$0] == 0 && levels[$0] < 0 }
        .sorted { (bound.worths[$0], $0) < (bound.worths[$1], $1) }
      guard !leaving.isEmpty, !entering.isEmpty else { return }
      for _ in 0..<min(leaving.count, 2 + Int(dice.next(below: 2))) {
        levels[leaving.remove(at: Int(dice.next(below: UInt64(leaving.count))))] = -1
      }
      for _ in 0..<min(entering.count, 1 + Int(dice.next(below: 3))) {
        let site = entering.remove(at: Int(dice.next(below: UInt64(min(20, entering.count)))))
        var next = levels
        next[site] = Int16(problem.levels[site].count - 1)
        if isWithinLimit(next) { levels = next }
      }
      guard let start = worked(levels) else { continue }
      exchange(start, most: Self.mostEvaluations.afterDisturbance, shouldStop)
    }
  }
}
