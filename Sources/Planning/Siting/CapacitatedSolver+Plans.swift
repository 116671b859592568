/// Plans of some sites: who goes where, which sites are exchanged for others, and what is tried at random.
extension CapacitatedSolver {
  /// Looks at the sites that the bound takes, as a plan.
  mutating func consider(_ picks: [(site: Int, level: Int)]) {
    var levels = [Int16](repeating: -1, count: problem.levels.count)
    for (site, level) in picks { levels[site] = Int16(level) }
    guard let levels = allowed(levels) else { return }
    _ = worked(levels)
  }

  /// These sites, or others near them that keep to the rules; `nil` where those are over the limit, or none were found.
  func allowed(_ levels: [Int16]) -> [Int16]? {
    if isAllowed(levels) { return levels }
    guard let ruled else { return nil }
    var mended = RuledExchange(
      ruled.instance, decided: ruled.decisions, open: levels.indices.filter { levels[$0] >= 0 })
    mended.mend { false }
    guard mended.keepsRules else { return nil }
    let cheapest = cheapest(mended.isOpen.indices.filter { mended.isOpen[$0] })
    var next = levels.indices.map { !mended.isOpen[$0] ? -1 : levels[$0] >= 0 ? levels[$0] : cheapest[$0] }
    if !isAllowed(next) { next = cheapest }
    return isAllowed(next) ? next : nil
  }

  func isAllowed(_ levels: [Int16]) -> Bool {
    isWithinLimit(levels)
      && (problem.rules.isEmpty || problem.keepsRules(levels.indices.filter { levels[$0] >= 0 }))
  }

  func isWithinLimit(_ levels: [Int16]) -> Bool {
    var left = problem.limit
    for site in levels.indices where levels[site] >= 0 {
      left -= problem.levels[site][Int(levels[site])].price
      if left < 0 { return false }
    }
    return true
  }

  /// Works a set of sites out, unless it was looked at before, and keeps it where it is the best.
  mutating func worked(_ levels: [Int16]) -> Plan? {
    guard known[levels] == nil, work < mostWork else { return nil }
    let found = plan(levels)
    known[levels] = found.value
    if found.value < best.value { best = found }
    return found
  }

  /// Who goes where if these sites are open; sites that nobody goes to are left out unless every plan opens them, and sites too large
  /// are made smaller where that is cheaper.
  mutating func plan(_ levels: [Int16]) -> Plan {
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
      if capacities[site] == 0, state[site] == 0, canClose(site, in: plan.levels) {
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

  /// Whether a site nobody goes to may be left out.
  func canClose(_ site: Int, in levels: [Int16]) -> Bool {
    problem.rules.isEmpty || problem.keepsRules(levels.indices.filter { levels[$0] >= 0 && $0 != site })
  }

  /// Opens, closes, exchanges and resizes sites of a plan as long as that is better; sites that the prices think well of first.
  mutating func exchange(_ start: Plan, most: Int, _ shouldStop: () -> Bool) {
    let last = evaluations + most
    var current = start
    var isBetter = true
    while isBetter, evaluations < last, work < mostWork, !shouldStop() {
      isBetter = false
      let levels = current.levels
      let free = levels.indices.filter { state[$0] == 0 }
      let entering = free.filter { levels[$0] < 0 }.sorted { (bound.worths[$0], $0) < (bound.worths[$1], $1) }
      let leaving = free.filter { levels[$0] >= 0 }.sorted { (bound.worths[$1], $0) < (bound.worths[$0], $1) }
      func take(_ next: [Int16]) -> Bool {
        guard isAllowed(next), let plan = worked(next), plan.value < current.value else { return false }
        current = plan
        return true
      }
      search: for rank in 1..<(entering.count + leaving.count + 1) {
        // Pairs by the sum of their ranks: those that promise most first.
        for first in 0...rank {
          let second = rank - first
          guard first <= leaving.count, second <= entering.count else { continue }
          if evaluations >= last || work >= mostWork || shouldStop() { break search }
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
  mutating func walk(_ shouldStop: () -> Bool) {
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
  mutating func disturb(_ shouldStop: () -> Bool) {
    var dice = SplitMix64(seed: 1)
    for _ in 0..<Self.mostDisturbances where best.value > bound.value {
      if evaluations >= Self.mostEvaluations.all || work >= mostWork || shouldStop() { return }
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
      guard let levels = allowed(levels), let start = worked(levels) else { continue }
      exchange(start, most: Self.mostEvaluations.afterDisturbance, shouldStop)
    }
  }
}
