/// The search for a best plan of p-median and its proof.
struct PMedianSolver {
  private let question: PMedian
  private var costs: AssignmentCosts
  private var state: [Int8]
  private var openCount: Int
  private var best: (plan: [Int], value: Int)
  private var nodes = 0
  private var steps: [PMedianProof.Step] = []
  private var isWhole = true
  private var rootPrices: [Int]
  // The rows of `costs` in the question's, all but the last once some are settled; and what the question's rows cost that are.
  private var rows: [Int]
  private var settled: [Int]
  // What was taken where plans were already made of it.
  private var polishedSites: Set<Set<Int>> = []

  init(_ question: PMedian) {
    self.question = question
    state = [Int8](repeating: 0, count: question.costs.siteCount)
    for site in question.open { state[site] = 1 }
    for site in question.closed { state[site] = -1 }
    openCount = state.count { $0 == 1 }
    costs = question.costs
    best = ([], 0)
    rootPrices = costs.base
    rows = Array(costs.base.indices)
    settled = costs.base
  }

  mutating func solve(shouldStop: @escaping () -> Bool) -> PMedianAnswer {
    let first = polished(question.open, shouldStop)
    best = (first.plan.sorted(), first.value)
    var bound = AssignmentBound(costs)
    for row in 0..<costs.rowCount {
      // Between what a row costs and what it would cost without its site: where the best prices lie.
      bound.prices[row] = first.middleCost(of: row, scale: bound.scale)
    }
    let proven = explore(bound, iterations: 2_000, isRoot: true, shouldStop)
    let value = best.value
    let lower = min(value, proven)
    if !isWhole || lower < limit {
      steps = [
        .init(prices: rootPrices, closes: [], opens: [], outcome: .goesOn)
      ]
      isWhole = false
    }
    return PMedianAnswer(
      plan: best.plan, value: value, bound: lower, nodes: nodes,
      proof: PMedianProof(scale: bound.scale, value: lower, isWhole: isWhole, steps: steps))
  }

  /// `start` filled up greedily and bettered by exchange.
  private func polished(_ start: [Int], _ shouldStop: () -> Bool) -> AssignmentSwaps {
    var swaps = AssignmentSwaps(costs, state: state)
    for site in start where !swaps.contains(site) && state[site] == 0 && swaps.plan.count < question.p {
      swaps.add(site)
    }
    swaps.fill(to: question.p)
    swaps.improve(shouldStop: shouldStop)
    return swaps
  }

  private var freeSites: [Int] {
    state.indices.filter { state[$0] == 0 && costs.columnStart[$0] < costs.columnStart[$0 + 1] }
  }

  /// Leaves out of `costs` what the fixed sites make needless, where that is much, and the same of prices.
  private mutating func restrict(_ bound: inout AssignmentBound) {
    guard let rest = costs.rest(state, below: costs.sites.count / 4 * 3) else { return }
    for row in rows.indices { settled[rows[row]] = rest.base[row] }
    rows = rest.rows.map { rows[$0] }
    costs = rest.costs
    bound.leave(rest.rows, costs)
  }

  /// Prices of all rows of the question.
  private func whole(_ bound: AssignmentBound) -> [Int] {
    var prices = settled.map { $0 * bound.scale }
    for (row, former) in rows.enumerated() { prices[former] = bound.prices[row] }
    return prices
  }

  /// What a plan must undercut to be of interest.
  private var limit: Int { min(best.value, question.below ?? .max) }

  private mutating func take(_ plan: [Int], _ value: Int) {
    if value < best.value { best = (plan.sorted(), value) }
  }

  /// Searches the part of the plans that `state` describes.
  ///
  /// - Returns: a bound on the part: no plan of it costs less, or none costs less than the best one known.
  private mutating func explore(
    _ start: AssignmentBound, iterations: Int, isRoot: Bool, _ shouldStop: () -> Bool
  ) -> Int {
    nodes += 1
    var bound = start
    let former = (costs, rows, settled)
    restrict(&bound)
    var undo: [Int] = []
    defer {
      (costs, rows, settled) = former
      for site in undo {
        if state[site] == 1 { openCount -= 1 }
        state[site] = 0
      }
    }
    var budget = iterations
    var step = isRoot ? 1.6 : 0.8
    var average = [Float](repeating: 0, count: state.count)
    while true {
      let used = ascend(&bound, budget, &step, &average, isRoot: isRoot, shouldStop)
      if isRoot && undo.isEmpty { rootPrices = whole(bound) }
      if bound.value >= limit {
        record(bound, [], [], .done)
        return bound.value
      }
      if shouldStop() {
        isWhole = false
        return bound.value
      }
      let (closes, opens) = fixings(bound)
      for site in closes { state[site] = -1 }
      for site in opens {
        state[site] = 1
        openCount += 1
      }
      undo += closes + opens
      let free = freeSites
      if openCount >= question.p || free.isEmpty || free.count <= question.p - openCount {
        // One plan is left: all that is open, and as many of the others as may be.
        let plan = state.indices.filter { state[$0] == 1 } + free.prefix(max(0, question.p - openCount))
        let value = costs.value(of: plan)
        take(plan, value)
        settle(bound, closes, opens, plan)
        return value
      }
      if isRoot, isMuch(closes.count + opens.count, of: free.count + closes.count) {
        // Much has been decided: the rest is small, and worth another climb.
        record(bound, closes, opens, .goesOn)
        restrict(&bound)
        budget = max(200, budget - used)
        step = max(step, 0.4)
        continue
      }
      let site = free.min { a, b in
        let (x, y) = (abs(average[a] - 0.5), abs(average[b] - 0.5))
        return x == y ? a < b : x < y
      }!
      record(bound, closes, opens, .divides(site: site))
      state[site] = 1
      openCount += 1
      let with = explore(bound, iterations: 100, isRoot: false, shouldStop)
      openCount -= 1
      state[site] = -1
      let without = shouldStop() ? bound.value : explore(bound, iterations: 100, isRoot: false, shouldStop)
      state[site] = 0
      if shouldStop() { isWhole = false }
      return max(bound.value, min(with, without))
    }
  }

  /// Adds the last step of a part in which a single plan is left: with prices that make L the plan's own cost.
  private mutating func settle(_ bound: AssignmentBound, _ closes: [Int], _ opens: [Int], _ plan: [Int]) {
    record(bound, closes, opens, .goesOn)
    var last = bound
    let inPlan = Set(plan)
    for row in 0..<costs.rowCount {
      let entries = costs.rowStart[row]..<costs.rowStart[row + 1]
      let cheapest = entries.first { inPlan.contains(Int(costs.sites[$0])) }
      last.prices[row] = (cheapest.map { costs.costs[$0] } ?? costs.base[row]) * bound.scale
    }
    record(last, [], [], .done)
  }

  private mutating func record(
    _ bound: AssignmentBound, _ closes: [Int], _ opens: [Int], _ outcome: PMedianProof.Outcome
  ) {
    guard isWhole else { return }
    if steps.count >= question.longestProof {
      isWhole = false
      steps = []
      return
    }
    steps.append(.init(prices: whole(bound), closes: closes, opens: opens, outcome: outcome))
  }

  /// The free sites that the bound decides: with the opposite, no plan would be better than the best one known.
  private func fixings(_ bound: AssignmentBound) -> (closes: [Int], opens: [Int]) {
    let isTaken = Set(bound.taken)
    var closes: [Int] = []
    var opens: [Int] = []
    for site in state.indices where state[site] == 0 {
      if isTaken.contains(site) {
        let without = AssignmentBound.wholeBound(bound.scaled(without: site), bound.scale)
        if without >= limit { opens.append(site) }
      } else {
        let with = AssignmentBound.wholeBound(bound.scaled(with: site), bound.scale)
        if with >= limit { closes.append(site) }
      }
    }
    return (closes, opens)
  }

  private func isMuch(_ decided: Int, of sites: Int) -> Bool { decided > max(8, sites / 4) }

  /// Moves the prices up the slope of L, and keeps the best. At the root it ends as soon as the prices decide about many sites,
  /// without which every further step is cheaper.
  ///
  /// - Parameter step: how far to go, beside what is missing to the plan; smaller after steps that did not help.
  /// - Returns: how many steps were taken.
  private mutating func ascend(
    _ bound: inout AssignmentBound, _ iterations: Int, _ step: inout Double, _ average: inout [Float],
    isRoot: Bool, _ shouldStop: () -> Bool
  ) -> Int {
    let (open, free) = (state.indices.filter { state[$0] == 1 }, freeSites)
    var present = bound
    present.evaluate(costs, p: question.p, open: open, free: free)
    // How many entries were read for the bound, and how many to better plans.
    var (boundReads, polishReads) = (present.reads, 0)
    var earlier = present.scaled
    var highest = present
    var slope = PriceSlope(costs, scale: bound.scale)
    var isTaken = [Bool](repeating: false, count: state.count)
    var quiet = 0
    var used = 0
    let (window, patience) = isRoot ? (25, 40) : (10, 5)
    func polish(_ sites: [Int]) {
      // Most of these plans are no better than the best one, and reading out of order, as exchanging does, costs several times
      // what reading in order does.
      guard polishReads <= boundReads / 8, polishedSites.insert(Set(sites)).inserted else { return }
      let plan = polished(sites, shouldStop)
      polishReads += plan.reads
      take(plan.plan, plan.value)
    }
    for round in 0..<iterations {
      used = round
      if isRoot, round % 20 == 19 {
        let (closes, opens) = fixings(highest)
        if isMuch(closes.count + opens.count, of: free.count) { break }
      }
      for site in present.taken { isTaken[site] = true }
      for site in free { average[site] += 0.1 * ((isTaken[site] ? 1 : 0) - average[site]) }
      for site in present.taken { isTaken[site] = false }
      let length = slope.turn(at: present, costs)
      if length == 0 { break }
      if highest.value >= limit { break }
      if round & 15 == 15, shouldStop() { break }
      if round > 0, round % window == 0 {
        // Where this pace does not lead to the plan's value in the rounds that are left, dividing does.
        let missing = (limit - 1) * highest.scale - highest.scaled
        if missing / patience > highest.scaled - earlier { break }
        earlier = highest.scaled
      }
      let distance = Double(limit * present.scale - present.scaled)
      slope.move(&present, step * max(distance, Double(present.scale)) / length)
      present.evaluate(costs, p: question.p, open: open, free: free)
      boundReads += present.reads
      if present.scaled > highest.scaled {
        if isRoot, present.value > highest.value, round > 20 {
          polish(present.taken)
        }
        highest = present
        quiet = 0
      } else {
        quiet += 1
        if quiet >= (isRoot ? 20 : 8) {
          step *= 0.7
          quiet = 0
          if isRoot { polish(highest.taken) }
          present = highest
          slope.forget()
          if step < 0.0005 { break }
        }
      }
    }
    take(highest.taken, costs.value(of: highest.taken))
    if highest.value < limit { polish(highest.taken) }
    bound = highest
    return used
  }
}

extension AssignmentSwaps {
  /// The middle between what a row costs and what it would cost without its site, times `scale`.
  func middleCost(of row: Int, scale: Int) -> Int {
    (firstAndSecond(of: row).0 * scale + firstAndSecond(of: row).1 * scale) / 2
  }
}
