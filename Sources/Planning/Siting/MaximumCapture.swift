/// The sites that capture the most payments, with a proof.
///
///     let answer = MaximumCapture(problem, choosing: 5).solve { false }
///     answer.sites, answer.value, answer.bound
///
/// Values are whole payments, rounded down: a plan is proven where no other captures a whole payment more. Greedy and exchange find a
/// plan; the bound is that of `CaptureBound`; sites that it decides are fixed, and what remains is divided by the site whose part is
/// nearest to a half.
public struct MaximumCapture: Sendable {
  /// The rows.
  public let problem: CapturedVisits
  /// How many sites a plan may have, open ones included.
  public let count: Int
  /// Sites that every plan has.
  public var open: [Int] = []
  /// Sites that no plan has.
  public var closed: [Int] = []

  /// Asks for `count` sites.
  ///
  /// - Precondition: `count` is at least 0.
  public init(_ problem: CapturedVisits, choosing count: Int) {
    precondition(count >= 0, "a number of sites of at least 0 is expected")
    self.problem = problem
    self.count = min(count, problem.siteCount)
  }

  /// A plan and its proof.
  public struct Answer: Sendable {
    /// The sites, in the order in which each adds most.
    public var sites: [Int]
    /// What each adds to the ones before it, in whole payments.
    public var gains: [Int]
    /// Whole payments that the plan captures.
    public var value: Int
    /// No plan captures more.
    public var bound: Int
    /// Whether it was stopped before it was done.
    public var isInterrupted: Bool
  }

  /// How many parts the plans are divided into at most, and how many entries bounds go through at most.
  private static let most = (nodes: 4_000, work: 600_000_000)

  /// Finds and proves a plan.
  ///
  /// - Precondition: `open` and `closed` have nothing in common, and there are at most `count` open sites.
  /// - Complexity: exponential at worst; each bound is O(steps · entries).
  public func solve(shouldStop: () -> Bool) -> Answer {
    precondition(Set(open).isDisjoint(with: closed), "a site is open or closed, not both")
    precondition(Set(open).count <= count, "at most the number of sites asked for can be open")
    var search = CaptureSearch(self)
    search.exchange(shouldStop)
    var state = [Int8](repeating: 0, count: problem.siteCount)
    for site in closed { state[site] = -1 }
    for site in open { state[site] = 1 }
    let proven = search.explore(&state, steps: 400, limits: Self.most, shouldStop)
    let (sites, gains) = search.order()
    let value = problem.captured(by: sites)
    let bound = max(value, proven)
    return Answer(
      sites: sites, gains: gains, value: value, bound: bound, isInterrupted: bound > value && shouldStop())
  }
}

/// The search behind `MaximumCapture`.
private struct CaptureSearch {
  private let question: MaximumCapture
  private let problem: CapturedVisits
  private var chosen: [Int]
  private var best: Int
  private var nodes = 0
  private var work = 0

  init(_ question: MaximumCapture) {
    self.question = question
    problem = question.problem
    chosen = Set(question.open).sorted()
    best = 0
  }

  /// Fills the plan up with what adds most, then exchanges one site for another as long as that captures more.
  mutating func exchange(_ shouldStop: () -> Bool) {
    let closed = Set(question.closed)
    let open = Set(question.open)
    var sums = [Int](repeating: 0, count: problem.payments.count)
    func change(_ site: Int, _ sign: Int) {
      for entry in problem.columnStart[site]..<problem.columnStart[site + 1] {
        sums[Int(problem.columnRows[entry])] += sign * problem.columnWeights[entry]
      }
    }
    func gain(_ site: Int) -> Int {
      var gain = 0
      for entry in problem.columnStart[site]..<problem.columnStart[site + 1] {
        let row = Int(problem.columnRows[entry])
        gain +=
          problem.captured(row, sums[row] + problem.columnWeights[entry]) - problem.captured(row, sums[row])
      }
      return gain
    }
    func bestToAdd(_ isIn: Set<Int>) -> (site: Int, gain: Int)? {
      var top: (site: Int, gain: Int)?
      for site in 0..<problem.siteCount where !isIn.contains(site) && !closed.contains(site) {
        let gain = gain(site)
        if gain > (top?.gain ?? 0) { top = (site, gain) }
      }
      return top
    }
    for site in chosen { change(site, 1) }
    while chosen.count < question.count, let top = bestToAdd(Set(chosen)) {
      chosen.append(top.site)
      change(top.site, 1)
    }
    var isBetter = true
    while isBetter, !shouldStop() {
      isBetter = false
      for slot in chosen.indices where !open.contains(chosen[slot]) {
        let site = chosen[slot]
        change(site, -1)
        let lost = gain(site)
        if let top = bestToAdd(Set(chosen)), top.gain > lost {
          chosen[slot] = top.site
          isBetter = true
        }
        change(chosen[slot], 1)
      }
    }
    best = problem.thousandths(by: chosen)
  }

  /// Searches the plans that `state` leaves.
  ///
  /// - Returns: no plan of this part captures more whole payments, or more than the best one known.
  mutating func explore(
    _ state: inout [Int8], steps: Int, limits: (nodes: Int, work: Int), _ shouldStop: () -> Bool
  ) -> Int {
    nodes += 1
    var fixed: [Int] = []
    defer { for site in fixed { state[site] = 0 } }
    let room = question.count - state.count { $0 == 1 }
    let free = state.indices.filter {
      state[$0] == 0 && problem.columnStart[$0] < problem.columnStart[$0 + 1]
    }
    if free.count <= room || room == 0 {
      let plan = state.indices.filter { state[$0] == 1 } + (room == 0 ? [] : free)
      take(plan)
      return problem.captured(by: plan)
    }
    var bound = CaptureBound(problem)
    var start = [Double](repeating: 0, count: state.count)
    for site in chosen { start[site] = 1 }
    bound.find(state: state, room: room, start: start, steps: steps, below: best / 1_000)
    work += steps * problem.rowSites.count
    // A plan from the parts: the largest ones.
    let ranked = free.sorted { (bound.parts[$1], $0) < (bound.parts[$0], $1) }
    take(state.indices.filter { state[$0] == 1 } + ranked.prefix(room))
    if bound.value <= best / 1_000 || shouldStop() || nodes >= limits.nodes || work >= limits.work {
      return bound.value
    }
    for site in free {
      let slope = bound.slopes[site]
      if slope < bound.lastTaken || (slope == bound.lastTaken && bound.firstLeft == slope) {
        if CaptureBound.whole(bound.least - bound.lastTaken + slope) <= best / 1_000 {
          state[site] = -1
          fixed.append(site)
        }
      } else if CaptureBound.whole(bound.least - slope + bound.firstLeft) <= best / 1_000 {
        state[site] = 1
        fixed.append(site)
      }
    }
    let left = free.filter { state[$0] == 0 }
    let opened = state.count { $0 == 1 }
    guard opened < question.count,
      let site = left.min(by: { nearness(bound.parts[$0], $0) < nearness(bound.parts[$1], $1) })
    else {
      // All is decided, or all that is not is left out.
      if opened > question.count { return best / 1_000 }
      let plan = state.indices.filter { state[$0] == 1 }
      take(plan)
      return max(best / 1_000, problem.captured(by: plan))
    }
    state[site] = 1
    let with = explore(&state, steps: 60, limits: limits, shouldStop)
    state[site] = -1
    let without = explore(&state, steps: 60, limits: limits, shouldStop)
    state[site] = 0
    return min(bound.value, max(with, without))
  }

  private func nearness(_ part: Double, _ site: Int) -> (Double, Int) { (abs(part - 0.5), site) }

  private mutating func take(_ plan: [Int]) {
    let value = problem.thousandths(by: plan)
    if value > best { (best, chosen) = (value, plan) }
  }

  /// The sites in the order in which each adds most, the lower one of equals, and what it adds in whole payments; sites that add nothing
  /// and are not kept are left out.
  func order() -> (sites: [Int], gains: [Int]) {
    var left = Set(chosen).union(question.open).sorted()
    let open = Set(question.open)
    var (sites, gains): ([Int], [Int]) = ([], [])
    var value = 0
    while !left.isEmpty {
      var pick = (slot: 0, value: -1)
      for slot in left.indices {
        let next = problem.thousandths(by: sites + [left[slot]])
        if next > pick.value { pick = (slot, next) }
      }
      let site = left.remove(at: pick.slot)
      if pick.value > value || open.contains(site) {
        sites.append(site)
        gains.append(pick.value / 1_000 - value / 1_000)
        value = pick.value
      }
    }
    return (sites, gains)
  }
}
