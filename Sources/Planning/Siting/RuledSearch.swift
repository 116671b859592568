/// Branch and bound for covering under rules: first-order bounds, what rules force, reduced-cost fixing, rounding and exchange.
///
/// Depth first, the most undecided fraction first, opened before closed. Work is counted, not timed; only `shouldStop` ends it early.
struct RuledSearch {
  /// When to be content, and what to begin with.
  struct Aim {
    var gap = 0.0
    var above = -1
    var enough = Int.max
    var guess: [Int] = []
  }

  /// Whether each site is open in the best plan; `nil` where there is none above what was to be exceeded.
  private(set) var best: [Bool]?
  private(set) var value: Int
  private(set) var isInterrupted = false

  private let instance: RuledInstance
  private let aim: Aim
  private let certificateLimit: Int
  private let shouldStop: () -> Bool
  private var state: RuledState
  private var active: Int
  private var waiting: [Int] = []
  private var nodeCount = 0
  // Where the search left off, by site, row and rule of the instance.
  private var point: RuledRelaxation.Point

  private var nodes: [RuledCertificate.Node] = []
  private var numbers = 0
  private var isWhole = true
  private var hasBranched = false
  private var trunk: [RuledCertificate.Node] = []
  private var trunkBound: Int?

  init(_ instance: RuledInstance, aim: Aim, certificateLimit: Int, shouldStop: @escaping () -> Bool) {
    self.instance = instance
    self.aim = aim
    self.certificateLimit = certificateLimit
    self.shouldStop = shouldStop
    state = RuledState(instance)
    value = aim.above
    active = instance.everything
    point = .init(
      x: [Double](repeating: 0, count: instance.siteCount),
      v: [Double](repeating: 0, count: instance.weights.count),
      y: [Double](repeating: 0, count: instance.rules.count),
      u: [Double](repeating: 0, count: instance.ways?.rowCount ?? 0))
    for site in aim.guess { point.x[site] = 1 }
  }

  /// No plan covers more.
  var bound: Int { max(value, active, waiting.max() ?? -1) }

  private var isEnough: Bool {
    value >= aim.enough || (aim.gap > 0 && value > 0 && Double(bound - value) <= aim.gap * Double(value))
  }

  private mutating func stops() -> Bool {
    if !isInterrupted, shouldStop() { isInterrupted = true }
    return isInterrupted
  }

  /// Finds a plan and proves it as far as it gets.
  mutating func run() {
    offer(aim.guess)
    if let ways = instance.ways, let best {
      // Between what a way costs and what it would cost without its site: where the best prices lie.
      let plan = AssignmentSwaps(ways, state: best.map { $0 ? 1 : 0 })
      point.u = point.u.indices.map { Double(plan.middleCost(of: $0, scale: 1)) }
      point.x = best.map { $0 ? 1 : 0 }
    }
    explore(start())
  }

  /// What another program needs to check the bound.
  func certificate(of question: RuledCovering, _ sites: [Int]?) -> RuledCertificate {
    let isDone = isWhole && bound <= value
    return RuledCertificate(
      siteCount: question.siteCount, rowStart: question.rows.start, rowSites: question.rows.items,
      weights: question.weights, needs: question.needs,
      ways: question.ways.map {
        .init(base: $0.base, rowStart: $0.rowStart, rowSites: $0.sites, rowCosts: $0.costs)
      }, rules: question.rules, kept: question.kept.sorted(),
      forbidden: question.forbidden.sorted(), sites: sites ?? [], value: sites == nil ? -1 : value,
      bound: isDone ? bound : max(value, trunkBound ?? bound), shift: instance.shift,
      priceShift: instance.priceShift, isWhole: isDone, nodes: isDone ? nodes : trunk)
  }

  // MARK: - Plans

  /// Makes a plan of these sites, keeps it if it is the best.
  private mutating func offer(_ sites: [Int]) {
    var first = RuledState(instance)
    _ = first.propagate()
    var plan = RuledExchange(instance, decided: first.decisions, open: sites)
    plan.mend(shouldStop)
    guard plan.keepsRules else { return }
    plan.improve(shouldStop)
    if plan.value > value { (best, value) = (plan.isOpen, plan.value) }
  }

  private mutating func round(_ problem: RuledProblem, _ x: [Double]) {
    var sites = state.decisions.indices.filter { state.decisions[$0] == 1 }
    for k in x.indices where x[k] >= 0.5 { sites.append(Int(problem.siteID[k])) }
    offer(sites)
  }

  // MARK: - Search

  private mutating func explore(_ first: Int) {
    var node = first
    nodeCount += 1
    let depth = state.trail.count
    defer { state.rewind(to: depth) }
    while true {
      let forced = state.propagate()
      edit(node) { $0.forced = forced }
      if state.isBroken {
        active = -1
        return
      }
      let problem = RuledProblem(instance, state.decisions)
      if problem.siteID.isEmpty, problem.covered > value {
        (best, value) = (state.decisions.map { $0 == 1 }, problem.covered)
      }
      let (relaxation, proof) = relax(problem)
      active = min(active, proof.bound)
      multiply(node, problem, proof)
      if proof.bound <= value {
        active = -1
        return
      }
      if isEnough || stops() { return }
      keep(relaxation.best, relaxation.fractions, of: problem)
      let decisions = proof.decisions(problem, beating: value)
      let decided = decisions.indices.filter { decisions[$0] != 0 }
      edit(node) { $0.decided = decided.map { [Int(problem.siteID[$0]), decisions[$0] == 1 ? 1 : 0] } }
      for site in decided { state.decide(Int(problem.siteID[site]), isOpen: decisions[site] == 1) }
      let free = decisions.indices.filter { decisions[$0] == 0 }
      if decided.count * 10 < problem.siteID.count,
        let site = free.min(by: { a, b in
          let (x, y) = (abs(relaxation.fractions[a] - 0.5), abs(relaxation.fractions[b] - 0.5))
          return x == y ? a < b : x < y
        })
      {
        split(Int(problem.siteID[site]), node)
        return
      }
      let next = start()
      edit(node) { $0.next = next }
      node = next
    }
  }

  /// Goes both ways.
  private mutating func split(_ site: Int, _ node: Int) {
    let (bound, next, otherwise) = (active, start(), start())
    edit(node) { ($0.branch, $0.next, $0.otherwise) = (site, next, otherwise) }
    hasBranched = true
    waiting.append(bound)
    let depth = state.trail.count
    state.decide(site, isOpen: true)
    explore(next)
    state.rewind(to: depth)
    if isInterrupted || isEnough { return }
    waiting.removeLast()
    active = bound
    state.decide(site, isOpen: false)
    explore(otherwise)
    state.rewind(to: depth)
  }

  /// Bounds what is left until it is settled, or as well as it pays to.
  private mutating func relax(_ problem: RuledProblem) -> (RuledRelaxation, RuledBound) {
    func exact(_ relaxation: RuledRelaxation) -> RuledBound {
      RuledBound(
        problem, shares: relaxation.best.v, prices: relaxation.prices, wayPrices: relaxation.best.u,
        shift: instance.shift, priceShift: instance.priceShift)
    }
    var relaxation = RuledRelaxation(
      problem,
      at: .init(
        x: problem.siteID.map { point.x[Int($0)] }, v: problem.rowID.map { point.v[Int($0)] },
        y: problem.ruleID.map { point.y[Int($0)] },
        u: problem.ways?.rowID.map { point.u[Int($0)] } ?? []))
    let isRoot = !hasBranched
    let limit = isRoot ? 6_000 : 600
    var look = isRoot ? 160 : 80
    var last = relaxation.bound
    while relaxation.iterations < limit, !stops() {
      if relaxation.bound < Double(value + 1) { break }
      relaxation.advance()
      guard relaxation.iterations >= look else { continue }
      look *= 2
      if isRoot { round(problem, relaxation.fractions) }
      let proof = exact(relaxation)
      active = min(active, proof.bound)
      if proof.bound <= value || isEnough { return (relaxation, proof) }
      if proof.decisions(problem, beating: value).count(where: { $0 != 0 }) * 5
        >= max(1, problem.siteID.count)
      {
        break
      }
      // What the bound no longer moves by is for branching.
      if last - relaxation.bound <= (isRoot ? 1e-4 : 1e-2) * (relaxation.bound - Double(value)) { break }
      last = relaxation.bound
    }
    if isRoot || nodeCount & 7 == 0 { round(problem, relaxation.fractions) }
    return (relaxation, exact(relaxation))
  }

  private mutating func keep(_ best: RuledRelaxation.Point, _ x: [Double], of problem: RuledProblem) {
    for (k, site) in problem.siteID.enumerated() { point.x[Int(site)] = x[k] }
    for (k, row) in problem.rowID.enumerated() { point.v[Int(row)] = best.v[k] }
    for (k, rule) in problem.ruleID.enumerated() { point.y[Int(rule)] = best.y[k] }
    for (k, row) in (problem.ways?.rowID ?? []).enumerated() { point.u[Int(row)] = best.u[k] }
  }

  // MARK: - Proof

  private mutating func start() -> Int {
    guard isWhole else { return 0 }
    nodes.append(.init())
    return nodes.count - 1
  }

  private mutating func edit(_ node: Int, _ change: (inout RuledCertificate.Node) -> Void) {
    if isWhole { change(&nodes[node]) }
  }

  private mutating func multiply(_ node: Int, _ problem: RuledProblem, _ proof: RuledBound) {
    guard isWhole else { return }
    numbers += instance.weights.count + instance.rules.count + (instance.ways?.rowCount ?? 0)
    if numbers > certificateLimit, trunkBound != nil {
      isWhole = false
      nodes = []
      return
    }
    var (multipliers, prices) = (
      [Int](repeating: 0, count: instance.weights.count), [Int](repeating: 0, count: instance.rules.count)
    )
    for (k, row) in problem.rowID.enumerated() { multipliers[Int(row)] = proof.multipliers[k] }
    for (k, rule) in problem.ruleID.enumerated() { prices[Int(rule)] = proof.prices[k] }
    (nodes[node].multipliers, nodes[node].prices) = (multipliers, prices)
    if let ways = instance.ways {
      // Ways that are settled have no price below what they cost.
      var wayPrices = ways.base.map { $0 << instance.shift }
      for (k, row) in (problem.ways?.rowID ?? []).enumerated() { wayPrices[Int(row)] = proof.wayPrices[k] }
      nodes[node].wayPrices = wayPrices
    }
    if !hasBranched { (trunk, trunkBound) = (nodes, proof.bound) }
  }
}
