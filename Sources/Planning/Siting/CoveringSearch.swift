/// Branch and bound for maximal covering: first-order bounds, reduced-cost fixing, rows merged again at every node.
///
/// Depth first, the site with the most undecided fraction first, opened before closed. The plan is improved by exchange and by
/// rounding fractions along the way. Work is counted, not timed, so that the answer depends on nothing but the question; only
/// `shouldStop` can end it early.
struct CoveringSearch {
  /// When to be content.
  struct Aim {
    /// A share of the value that may remain between it and the bound.
    var gap = 0.0
    /// A value to exceed: plans up to it are of no use.
    var above = -1
    /// A value that is enough.
    var enough = Int.max
    var seed = 1
  }

  /// A part of the search.
  struct Branch {
    var problem: CoveringProblem
    /// The row of `problem` for each row that the proof speaks of.
    var rowMap: [Int32]
    /// The sites opened on the way here, by their position in the root.
    var opened: [Int32] = []
    var x: [Double]?
    var v: [Double]?
    var primalWeight = 1.0
  }

  /// The best plan, by positions in the root.
  private(set) var chosen: [Int32] = []
  /// What it covers, or the value to exceed where none does.
  private(set) var value: Int
  private(set) var isInterrupted = false
  private(set) var nodeCount = 0
  private(set) var recorder: ProofRecorder

  private let root: CoveringProblem
  private let names: [Int32]
  private let shift: Int
  private let aim: Aim
  private let shouldStop: () -> Bool
  private var swaps: SwapSearch
  private var dice: SplitMix64
  // The bound of the branch at hand, and those of the branches that wait.
  private var active: Int
  private var waiting: [Int] = []
  // Pairs read for bounds and for shaking.
  private var boundWork = 0
  private var shakeWork = 0
  // Pairs that may be read for shaking besides.
  private var patience = 0
  // Disturbances since a better plan was found.
  private var idle = 0

  /// - Parameters:
  ///   - names: the site of the proof for each site of `root`.
  init(
    _ root: CoveringProblem, recorder: ProofRecorder, shift: Int, aim: Aim, shouldStop: @escaping () -> Bool
  ) {
    names = root.siteID
    self.root = root
    self.recorder = recorder
    self.shift = shift
    self.aim = aim
    self.shouldStop = shouldStop
    swaps = SwapSearch(root)
    value = max(root.covered, aim.above)
    active = root.coverable
    dice = SplitMix64(seed: UInt64(bitPattern: Int64(aim.seed)))
  }

  /// No choice covers more.
  var bound: Int { max(value, active, waiting.max() ?? 0) }

  private var isEnough: Bool {
    value >= aim.enough || (aim.gap > 0 && Double(bound - value) <= aim.gap * Double(value))
  }

  private mutating func stops() -> Bool {
    if !isInterrupted, shouldStop() { isInterrupted = true }
    return isInterrupted
  }

  /// Finds a plan and proves it as far as it gets.
  ///
  /// - Parameter rowMap: the row of the root for each row that the proof speaks of.
  mutating func run(rowMap: [Int32]) {
    swaps.fill()
    swaps.improve(shouldStop)
    take(swaps)
    var problem = root
    problem.siteID = (0..<Int32(root.siteCount)).map { $0 }
    explore(Branch(problem: problem, rowMap: rowMap), node: recorder.start())
  }

  private mutating func take(_ found: SwapSearch) {
    if found.value > value {
      value = found.value
      chosen = found.chosen
    }
  }

  private mutating func explore(_ start: Branch, node first: Int) {
    var (branch, node) = (start, first)
    nodeCount += 1
    while true {
      thin(&branch, node)
      let problem = branch.problem
      if problem.covered > value { offer([], branch) }
      if problem.coverable <= value {
        recorder.multiply(
          node, [Int](repeating: 0, count: problem.rowCount), rowMap: branch.rowMap, bound: problem.coverable)
        active = 0
        return
      }
      let isRoot = nodeCount == 1
      let (relaxation, proof) = relax(branch, isRoot: isRoot)
      active = min(active, proof.bound)
      if isRoot, proof.bound > value {
        shake()
        persist()
      }
      recorder.multiply(node, proof.multipliers, rowMap: branch.rowMap, bound: proof.bound)
      if proof.bound <= value {
        active = 0
        return
      }
      if isEnough || stops() { return }
      branch.x = relaxation.bestX
      branch.v = relaxation.bestShares
      branch.primalWeight = relaxation.primalWeight
      let decisions = proof.decisions(for: problem, beating: value)
      let opened = problem.siteID.indices.filter { decisions[$0] == .open }
      let closed = problem.siteID.indices.filter { decisions[$0] == .closed }
      recorder.edit(node) {
        $0.opened = opened.map { Int(names[Int(problem.siteID[$0])]) }
        $0.closed = closed.map { Int(names[Int(problem.siteID[$0])]) }
      }
      let left = opened.reduce(problem.budget) { $0 - problem.costs[$1] }
      if left < 0 {
        active = 0
        return
      }
      let site = leastDecided(relaxation.bestX, problem, decisions, budget: left)
      if let site, (opened.count + closed.count) * 10 < problem.siteCount {
        split(branch, at: site, decisions, node: node)
        return
      }
      let next = recorder.start()
      recorder.edit(node) { $0.next = next }
      branch = cut(branch, decisions)
      node = next
    }
  }

  /// The free and affordable site whose fraction is farthest from 0 and 1.
  private func leastDecided(
    _ x: [Double], _ problem: CoveringProblem, _ decisions: [CoveringProblem.Decision], budget: Int
  ) -> Int? {
    var best: Int?
    var least = -1.0
    for site in decisions.indices where decisions[site] == .free && problem.costs[site] <= budget {
      let undecided = min(x[site], 1 - x[site])
      if undecided > least {
        least = undecided
        best = site
      }
    }
    return best
  }

  /// Goes both ways.
  private mutating func split(
    _ branch: Branch, at site: Int, _ decisions: [CoveringProblem.Decision], node: Int
  ) {
    let (bound, next, otherwise) = (active, recorder.start(), recorder.start())
    recorder.edit(node) {
      $0.branch = Int(names[Int(branch.problem.siteID[site])])
      $0.next = next
      $0.otherwise = otherwise
    }
    shake()
    var decisions = decisions
    waiting.append(bound)
    decisions[site] = .open
    explore(cut(branch, decisions), node: next)
    if isInterrupted || isEnough { return }
    waiting.removeLast()
    active = bound
    decisions[site] = .closed
    explore(cut(branch, decisions), node: otherwise)
  }

  /// The branch after decisions, with fractions and shares carried on.
  private func cut(_ branch: Branch, _ decisions: [CoveringProblem.Decision]) -> Branch {
    let old = branch.problem
    let (problem, map) = old.reduced(by: decisions)
    var next = Branch(problem: problem, rowMap: branch.rowMap.map { $0 < 0 ? $0 : map[Int($0)] })
    next.opened = branch.opened
    for site in decisions.indices where decisions[site] == .open { next.opened.append(old.siteID[site]) }
    next.primalWeight = branch.primalWeight
    if let x = branch.x, let v = branch.v {
      var kept: [Double] = []
      var site = 0
      for id in problem.siteID {
        while old.siteID[site] != id { site += 1 }
        kept.append(x[site])
      }
      let cost = zip(kept, problem.costs).reduce(0) { $0 + $1.0 * Double($1.1) }
      if cost > Double(problem.budget) {
        let part = Double(problem.budget) / cost
        for site in kept.indices { kept[site] *= part }
      }
      next.x = kept
      var shares = [Double](repeating: 0, count: problem.rowCount)
      for row in map.indices where map[row] >= 0 {
        shares[Int(map[row])] += v[row] * Double(old.weights[row])
      }
      for row in shares.indices { shares[row] /= Double(problem.weights[row]) }
      next.v = shares
    }
    return next
  }

  /// Takes superfluous sites away.
  private mutating func thin(_ branch: inout Branch, _ node: Int) {
    let problem = branch.problem
    let found = problem.dominations()
    guard !found.isEmpty else { return }
    recorder.edit(node) {
      $0.dominated = found.map { pair in
        [pair.site, pair.by].map { Int(names[Int(problem.siteID[Int($0)])]) }
      }
    }
    var decisions = [CoveringProblem.Decision](repeating: .free, count: problem.siteCount)
    for pair in found { decisions[Int(pair.site)] = .closed }
    branch = cut(branch, decisions)
  }

  /// Bounds a branch until it is settled, or as well as it pays to.
  private mutating func relax(_ branch: Branch, isRoot: Bool) -> (CoveringRelaxation, CoveringBound) {
    let problem = branch.problem
    let pairs = problem.rows.items.count + problem.rowCount
    var relaxation = CoveringRelaxation(
      problem, x: branch.x, v: branch.v, primalWeight: branch.primalWeight)
    var look = isRoot ? 160 : 120
    let limit = isRoot ? 40_000 : 3_000
    while true {
      relaxation.advance()
      boundWork += 40 * pairs
      let slack = relaxation.bound - Double(value)
      // The root's bound is the one people see when nothing is proven; but not at any price.
      let tolerance = isRoot ? (relaxation.iterations < 3_000 ? 0.004 : 0.02) : 0.3
      if slack < 1 || relaxation.iterations >= limit || stops() { break }
      // As exact as floating point can be.
      if relaxation.bound - relaxation.value <= 1e-10 * relaxation.bound { break }
      // What no multipliers can close: the rest is for branching.
      if relaxation.value - Double(value) >= 1,
        relaxation.bound - relaxation.value <= tolerance * slack
      {
        break
      }
      guard relaxation.iterations >= look else { continue }
      look *= 2
      if isRoot {
        round(relaxation, branch)
        shake()
      }
      let proof = CoveringBound(problem, shares: relaxation.bestShares, shift: shift)
      active = min(active, proof.bound)
      if proof.bound <= value || isEnough { return (relaxation, proof) }
      let decided = proof.decisions(for: problem, beating: value).count { $0 != .free }
      if decided * 5 >= problem.siteCount { return (relaxation, proof) }
    }
    round(relaxation, branch)
    return (relaxation, CoveringBound(problem, shares: relaxation.bestShares, shift: shift))
  }

  /// Makes a plan of fractions: the greatest first, then whatever adds most, then exchanges.
  private mutating func round(_ relaxation: CoveringRelaxation, _ branch: Branch) {
    let x = relaxation.bestX
    var plan = SwapSearch(branch.problem)
    for site in x.indices.sorted(by: { x[$0] == x[$1] ? $0 < $1 : x[$0] > x[$1] })
    where x[site] > 0.01 && plan.fits(site) && plan.effect(of: site) > 0 {
      plan.open(site)
    }
    plan.fill()
    plan.improve(shouldStop)
    if plan.value > value { offer(plan.chosen, branch) }
  }

  /// Improves a plan of a branch among all sites, and keeps it if it is the best.
  private mutating func offer(_ sites: [Int32], _ branch: Branch) {
    swaps.become(branch.opened + sites.map { branch.problem.siteID[Int($0)] })
    take(swaps)
    swaps.fill()
    swaps.improve(shouldStop)
    take(swaps)
  }

  /// How much may be read for disturbing plans, beside what was read for bounds: a pair costs several times as much here, because
  /// it is read out of order; and where nothing better was found for long, there is likely nothing.
  private var shakeAllowance: Int { boundWork / (idle < 20 * root.siteCount ? 8 : 32) + patience }

  /// Goes on disturbing where the gap that is asked for is nearly met: a better plan meets it cheaper than branches, each of which
  /// keeps a copy of the problem.
  private mutating func persist() {
    guard aim.gap > 0, !isEnough, Double(bound - value) <= 1.1 * aim.gap * Double(value) else { return }
    patience = boundWork / 2
    shake()
    patience = 0
  }

  /// Disturbs a plan and improves it, again and again, as long as the allowance lasts.
  ///
  /// It walks on from plans as good and, now and then, a little worse, and goes back to the best after a while without a better
  /// one (iterated local search, Lourenço, Martin and Stützle 2003).
  private mutating func shake() {
    guard root.siteCount > 0, !chosen.isEmpty else { return }
    let start = swaps.work
    let tolerance = value / (64 * chosen.count)
    var (here, hereValue) = (chosen, value)
    while shakeWork + swaps.work - start < shakeAllowance, !isEnough, value < bound, !stops() {
      if idle % 200 == 199 { (here, hereValue) = (chosen, value) }
      swaps.become(here)
      swaps.shake(&dice)
      swaps.improveNearby(shouldStop)
      if swaps.value > value { swaps.improve(shouldStop) }
      idle = swaps.value > value ? 0 : idle + 1
      take(swaps)
      let isClose = swaps.value >= hereValue - tolerance && dice.next(below: 8) == 0
      if swaps.value >= hereValue || isClose { (here, hereValue) = (swaps.chosen, swaps.value) }
    }
    shakeWork += swaps.work - start
  }
}
