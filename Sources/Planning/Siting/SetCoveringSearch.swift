/// Branch and bound for set covering: reductions, first-order bounds, reduced-cost fixing, rows merged again at every node.
///
/// As `CoveringSearch`, for least cost: depth first, opened before closed, work counted and not timed.
struct SetCoveringSearch {
  /// A part of the search.
  private struct Branch {
    var problem: CoveringProblem
    var rowMap: [Int32]
    var opened: [Int32] = []
    var spent = 0
    /// Whether some row has no site left.
    var isImpossible = false
    var x: [Double]?
    var u: [Double]?
    var primalWeight: Double?
  }

  /// The best cover, by positions in the root.
  private(set) var chosen: [Int32] = []
  private(set) var cost: Int
  private(set) var isInterrupted = false
  private(set) var recorder: ProofRecorder

  private let root: CoveringProblem
  private let names: [Int32]
  private let shift: Int
  private let gap: Double
  /// A cover of at most this cost ends the search, and so does a bound above it; `nil` for the best.
  private let sufficient: Int?
  private let shouldStop: () -> Bool
  private var repair: CoverRepair
  private var dice: SplitMix64
  private var active = 0
  private var waiting: [Int] = []
  private var boundWork = 0
  private var isAtRoot = true
  // Costs that share a divisor make bounds jump by it.
  private let step: Int

  /// - Parameters:
  ///   - root: every row has a site.
  ///   - step: a divisor of all costs.
  init(
    _ root: CoveringProblem, recorder: ProofRecorder, shift: Int, step: Int, gap: Double, sufficient: Int?,
    seed: Int,
    shouldStop: @escaping () -> Bool
  ) {
    names = root.siteID
    self.root = root
    self.recorder = recorder
    self.shift = shift
    self.gap = gap
    self.sufficient = sufficient
    self.shouldStop = shouldStop
    repair = CoverRepair(root)
    cost = root.costs.reduce(0, +)
    chosen = (0..<Int32(root.siteCount)).map { $0 }
    dice = SplitMix64(seed: UInt64(bitPattern: Int64(seed)))
    self.step = step
  }

  /// No cover costs less.
  var bound: Int { min(limit, min(active, waiting.min() ?? .max)) }

  /// What a cover must cost less than to be of interest.
  private var limit: Int { min(cost, sufficient.map { $0 + 1 } ?? .max) }

  private var isEnough: Bool {
    if let sufficient, cost <= sufficient { return true }
    return limit == bound || (gap > 0 && Double(cost - bound) <= gap * Double(cost))
  }

  private mutating func stops() -> Bool {
    if !isInterrupted, shouldStop() { isInterrupted = true }
    return isInterrupted
  }

  /// Finds a cover and proves it as far as it gets.
  mutating func run(rowMap: [Int32]) {
    repair.start(from: [])
    take()
    var problem = root
    problem.siteID = (0..<Int32(root.siteCount)).map { $0 }
    explore(Branch(problem: problem, rowMap: rowMap), node: recorder.start())
  }

  private mutating func take() {
    if repair.bestCost < cost {
      cost = repair.bestCost
      chosen = repair.best
    }
  }

  private mutating func close() { active = .max }

  private mutating func explore(_ start: Branch, node first: Int) {
    var (branch, node) = (start, first)
    while true {
      thin(&branch, &node)
      if branch.isImpossible || branch.spent >= limit { return close() }
      let problem = branch.problem
      if problem.rowCount == 0 {
        cost = branch.spent
        chosen = branch.opened
        return close()
      }
      let (relaxation, proof) = relax(branch)
      let bound = rounded(branch.spent + proof.bound)
      active = max(active, bound)
      if isAtRoot, bound < limit { search(from: relaxation, branch) }
      recorder.multiply(node, proof.multipliers, rowMap: branch.rowMap, bound: branch.spent + proof.bound)
      if bound >= limit { return close() }
      if isEnough || stops() { return }
      branch.x = relaxation.bestX
      branch.u = relaxation.bestPrices
      branch.primalWeight = relaxation.primalWeight
      var decisions = proof.decisions(for: problem, below: limit - branch.spent)
      let opened = decisions.indices.filter { decisions[$0] == .open }
      let closed = decisions.indices.filter { decisions[$0] == .closed }
      recorder.edit(node) {
        $0.opened = opened.map { Int(names[Int(problem.siteID[$0])]) }
        $0.closed = closed.map { Int(names[Int(problem.siteID[$0])]) }
      }
      let free = decisions.indices.filter { decisions[$0] == .free }
      if (opened.count + closed.count) * 10 >= problem.siteCount || free.isEmpty {
        let next = recorder.start()
        recorder.edit(node) { $0.next = next }
        branch = cut(branch, decisions)
        node = next
        continue
      }
      let x = relaxation.bestX
      let site = free.max { (min(x[$0], 1 - x[$0]), -$0) < (min(x[$1], 1 - x[$1]), -$1) } ?? free[0]
      let (next, otherwise) = (recorder.start(), recorder.start())
      recorder.edit(node) {
        $0.branch = Int(names[Int(problem.siteID[site])])
        $0.next = next
        $0.otherwise = otherwise
      }
      isAtRoot = false
      waiting.append(bound)
      decisions[site] = .open
      explore(cut(branch, decisions), node: next)
      if isInterrupted || isEnough { return }
      waiting.removeLast()
      active = bound
      decisions[site] = .closed
      explore(cut(branch, decisions), node: otherwise)
      return
    }
  }

  /// A bound up to the next sum that costs can have.
  private func rounded(_ bound: Int) -> Int { step > 1 ? (bound + step - 1) / step * step : bound }

  /// The branch after decisions.
  private func cut(_ branch: Branch, _ decisions: [CoveringProblem.Decision]) -> Branch {
    let old = branch.problem
    let (reduced, map) = old.reduced(by: decisions)
    let (problem, kept) = reduced.withoutImpliedRows()
    var next = Branch(
      problem: problem,
      rowMap: branch.rowMap.map { row in
        guard row >= 0 else { return row }
        let merged = map[Int(row)]
        return merged < 0 ? merged : kept[Int(merged)]
      })
    next.isImpossible = map.contains(-2)
    next.opened = branch.opened
    next.spent = branch.spent
    for site in decisions.indices where decisions[site] == .open {
      next.opened.append(old.siteID[site])
      next.spent += old.costs[site]
    }
    next.primalWeight = branch.primalWeight
    if let x = branch.x, let u = branch.u {
      var site = 0
      next.x = problem.siteID.map { id in
        while old.siteID[site] != id { site += 1 }
        return x[site]
      }
      var prices = [Double](repeating: 0, count: problem.rowCount)
      for row in map.indices where map[row] >= 0 && kept[Int(map[row])] >= 0 {
        prices[Int(kept[Int(map[row])])] += u[row]
      }
      next.u = prices
    }
    return next
  }

  /// Takes away superfluous sites and opens the only sites of rows, until there are none.
  private mutating func thin(_ branch: inout Branch, _ node: inout Int) {
    let (merged, kept) = branch.problem.withoutImpliedRows()
    if merged.rowCount < branch.problem.rowCount {
      branch.rowMap = branch.rowMap.map { $0 < 0 ? $0 : kept[Int($0)] }
      if let u = branch.u {
        var prices = [Double](repeating: 0, count: merged.rowCount)
        for row in u.indices where kept[row] >= 0 { prices[Int(kept[row])] = u[row] }
        branch.u = prices
      }
      branch.problem = merged
    }
    while !branch.isImpossible {
      let problem = branch.problem
      let found = problem.dominations()
      if !found.isEmpty {
        recorder.edit(node) {
          $0.dominated = found.map { pair in
            [pair.site, pair.by].map { Int(names[Int(problem.siteID[Int($0)])]) }
          }
        }
        var decisions = [CoveringProblem.Decision](repeating: .free, count: problem.siteCount)
        for pair in found { decisions[Int(pair.site)] = .closed }
        branch = cut(branch, decisions)
      }
      let essential = branch.problem.essentialSites()
      if essential.isEmpty, found.isEmpty { return }
      let next = recorder.start()
      recorder.edit(node) {
        $0.opened = essential.map { Int(names[Int(branch.problem.siteID[Int($0)])]) }
        $0.next = next
      }
      node = next
      var decisions = [CoveringProblem.Decision](repeating: .free, count: branch.problem.siteCount)
      for site in essential { decisions[Int(site)] = .open }
      branch = cut(branch, decisions)
      if branch.spent >= limit { return }
    }
  }

  /// Bounds a branch until it is settled, or as well as it pays to.
  private mutating func relax(_ branch: Branch) -> (SetCoveringRelaxation, SetCoveringBound) {
    let problem = branch.problem
    var relaxation = SetCoveringRelaxation(
      problem, x: branch.x, u: branch.u, primalWeight: branch.primalWeight)
    let mostIterations = isAtRoot ? 40_000 : 3_000
    var look = isAtRoot ? 160 : 320
    while true {
      relaxation.advance()
      boundWork += 40 * (problem.rows.items.count + problem.rowCount)
      let wanted = Double(limit - branch.spent - step)
      if relaxation.bound > wanted + 1e-6 * Double(step) || relaxation.iterations >= mostIterations || stops()
      {
        break
      }
      let slack = wanted - relaxation.bound
      if relaxation.cost <= wanted,
        relaxation.cost - relaxation.bound <= max(0.02 * slack, (isAtRoot ? 0.01 : 0.1) * Double(step))
      {
        break
      }
      // As exact as floating point can be.
      if relaxation.cost - relaxation.bound <= 1e-10 * relaxation.cost { break }
      guard relaxation.iterations >= look else { continue }
      look *= 2
      if isAtRoot { search(from: relaxation, branch) }
      let proof = SetCoveringBound(problem, prices: relaxation.bestPrices, shift: shift)
      let bound = rounded(branch.spent + proof.bound)
      active = max(active, bound)
      let decided = proof.decisions(for: problem, below: limit - branch.spent).count { $0 != .free }
      if bound >= limit || isEnough || decided * 5 >= problem.siteCount { return (relaxation, proof) }
    }
    search(from: relaxation, branch)
    return (relaxation, SetCoveringBound(problem, prices: relaxation.bestPrices, shift: shift))
  }

  /// Makes a cover of fractions, and improves the best cover for a while.
  private mutating func search(from relaxation: SetCoveringRelaxation, _ branch: Branch) {
    let x = relaxation.bestX
    var plan = CoverRepair(branch.problem)
    plan.start(
      from: x.indices.filter { x[$0] > 0.3 }.sorted { x[$0] == x[$1] ? $0 < $1 : x[$0] > x[$1] }.map {
        Int32($0)
      })
    if branch.problem.rowCount > 0, cost > branch.spent + 1 {
      plan.run(steps: isAtRoot ? 2_000 : 100, &dice, shouldStop)
    }
    if !plan.best.isEmpty || branch.problem.rowCount == 0, plan.bestCost < cost - branch.spent {
      cost = branch.spent + plan.bestCost
      chosen = branch.opened + plan.best.map { branch.problem.siteID[Int($0)] }
    }
    guard isAtRoot else { return }
    while repair.work < boundWork, cost > bound, !stops() {
      let before = repair.bestCost
      repair.run(steps: 2_000, &dice, shouldStop)
      take()
      if repair.bestCost == before, repair.work * 2 >= boundWork { break }
    }
  }
}

/// The greatest number that divides both; of zero and n it is n.
func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
