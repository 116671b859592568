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
  private var rootBound: AssignmentBound
  // What was taken where plans were already made of it.
  private var polishedSites: Set<Set<Int>> = []

  init(_ question: PMedian) {
    self.question = question
    state = [Int8](repeating: 0, count: question.costs.siteCount)
    for site in question.open { state[site] = 1 }
    for site in question.closed { state[site] = -1 }
    openCount = state.count { $0 == 1 }
    let state = state
    costs = question.costs.filtered { state[$0] >= 0 }
    best = ([], 0)
    rootBound = AssignmentBound(costs)
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
        .init(prices: rootBound.prices, closes: [], opens: [], outcome: .goesOn)
      ]
      isWhole = false
    }
    return PMedianAnswer(
      plan: best.plan, value: value, bound: lower, nodes: nodes,
      proof: PMedianProof(scale: rootBound.scale, value: lower, isWhole: isWhole, steps: steps))
  }

  /// `start` filled up greedily and bettered by exchange.
  private func polished(_ start: [Int], _ shouldStop: () -> Bool) -> AssignmentSwaps {
    let isOpen = Set(question.open)
    let isClosed = Set(question.closed)
    var swaps = AssignmentSwaps(
      costs, mayEnter: { !isClosed.contains($0) }, mayLeave: { !isOpen.contains($0) })
    for site in question.open { swaps.add(site) }
    for site in start where !swaps.contains(site) && !isClosed.contains(site) && swaps.plan.count < question.p
    {
      swaps.add(site)
    }
    swaps.fill(to: question.p)
    swaps.improve(shouldStop: shouldStop)
    return swaps
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
    var undo: [Int] = []
    defer {
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
      if isRoot && nodes == 1 && undo.isEmpty { rootBound = bound }
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
      let free = state.indices.filter { state[$0] == 0 && costs.columnStart[$0] < costs.columnStart[$0 + 1] }
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
        let fixed = state
        costs = costs.filtered { fixed[$0] >= 0 }
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
    steps.append(.init(prices: bound.prices, closes: closes, opens: opens, outcome: outcome))
  }

  /// The free sites that the bound decides: with the opposite, no plan would be better than the best one known.
  private func fixings(_ bound: AssignmentBound) -> (closes: [Int], opens: [Int]) {
    let isTaken = Set(bound.taken)
    var closes: [Int] = []
    var opens: [Int] = []
    for site in state.indices where state[site] == 0 {
      let price = bound.reduced[site]
      if isTaken.contains(site) {
        // Leaving it out takes the next one in, if there is one.
        let without = bound.scaled - price + min(0, bound.firstLeft)
        if AssignmentBound.wholeBound(without, bound.scale) >= limit { opens.append(site) }
      } else {
        let with = bound.scaled + price - bound.lastTaken
        if AssignmentBound.wholeBound(with, bound.scale) >= limit { closes.append(site) }
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
    let free = state.indices.filter { state[$0] == 0 && costs.columnStart[$0] < costs.columnStart[$0 + 1] }
    var present = bound
    present.evaluate(costs, state: state, p: question.p, free: free)
    var highest = present
    var slope = [Double](repeating: 0, count: costs.rowCount)
    var isTaken = [Bool](repeating: false, count: state.count)
    var quiet = 0
    var used = 0
    for round in 0..<iterations {
      used = round
      if isRoot, round % 20 == 19 {
        let (closes, opens) = fixings(highest)
        if isMuch(closes.count + opens.count, of: free.count) { break }
      }
      for site in present.taken { isTaken[site] = true }
      for site in free { average[site] += 0.1 * ((isTaken[site] ? 1 : 0) - average[site]) }
      let length = lean(&slope, at: present, isTaken)
      for site in present.taken { isTaken[site] = false }
      if length == 0 { break }
      if highest.value >= limit { break }
      if round & 15 == 15, shouldStop() { break }
      let distance = Double(limit * present.scale - present.scaled)
      let pace = step * max(distance, Double(present.scale)) / length
      for row in 0..<costs.rowCount {
        let least =
          costs.rowStart[row] < costs.rowStart[row + 1] ? costs.costs[costs.rowStart[row]] : costs.base[row]
        let wanted = Double(present.prices[row]) + pace * slope[row]
        present.prices[row] = min(
          costs.base[row] * present.scale, max(least * present.scale, Int(wanted.rounded())))
      }
      present.evaluate(costs, state: state, p: question.p, free: free)
      if present.scaled > highest.scaled {
        if isRoot, present.value > highest.value, round > 20,
          polishedSites.insert(Set(present.taken)).inserted
        {
          let plan = polished(present.taken, shouldStop)
          take(plan.plan, plan.value)
        }
        highest = present
        quiet = 0
      } else {
        quiet += 1
        if quiet >= (isRoot ? 20 : 8) {
          step *= 0.7
          quiet = 0
          present = highest
          for row in slope.indices { slope[row] = 0 }
          if step < 0.0005 { break }
        }
      }
    }
    take(highest.taken, costs.value(of: highest.taken))
    bound = highest
    return used
  }

  /// Turns the slope towards rows that are served too seldom, and away from those served too often, by what the bound takes.
  ///
  /// - Returns: the square of its length.
  private func lean(_ slope: inout [Double], at bound: AssignmentBound, _ isTaken: [Bool]) -> Double {
    var length = 0.0
    let scale = bound.scale
    // Arrays would check every index; this and `evaluate` are where the time goes.
    slope.withUnsafeMutableBufferPointer { slope in
      costs.sites.withUnsafeBufferPointer { sites in
        costs.costs.withUnsafeBufferPointer { entryCosts in
          isTaken.withUnsafeBufferPointer { isTaken in
            for row in slope.indices {
              let price = bound.prices[row]
              var served = 0
              var entry = costs.rowStart[row]
              let end = costs.rowStart[row + 1]
              while entry < end, entryCosts[entry] * scale < price {
                if isTaken[Int(sites[entry])] { served += 1 }
                entry += 1
              }
              slope[row] = Double(1 - served) + 0.6 * slope[row]
              length += slope[row] * slope[row]
            }
          }
        }
      }
    }
    return length
  }
}

extension AssignmentSwaps {
  /// The middle between what a row costs and what it would cost without its site, times `scale`.
  func middleCost(of row: Int, scale: Int) -> Int {
    (firstAndSecond(of: row).0 * scale + firstAndSecond(of: row).1 * scale) / 2
  }
}
