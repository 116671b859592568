/// The best plan known of a question of captured payments.
struct CapturePlan {
  private let question: MaximumCapture
  private let problem: CapturedVisits
  private let rules: CaptureRules.Source
  private var isClosed: [Bool]
  private var isOpen: [Bool]
  /// The sites, in no order.
  private(set) var sites: [Int]
  /// What they capture, in thousandths; -1 where no plan is known.
  private(set) var thousandths: Int

  /// Whether a plan is known.
  var isPlan: Bool { thousandths >= 0 }
  /// Whole payments; -1 where no plan is known.
  var payments: Int { isPlan ? thousandths / 1_000 : -1 }

  init(_ question: MaximumCapture, _ rules: CaptureRules.Source) {
    self.question = question
    self.rules = rules
    problem = question.problem
    isClosed = [Bool](repeating: false, count: question.problem.siteCount)
    isOpen = isClosed
    for site in question.closed { isClosed[site] = true }
    for site in question.open { isOpen[site] = true }
    sites = Set(question.open).sorted()
    thousandths = -1
    take(sites)
  }

  /// Whether each site is in the plan.
  var isIn: [Bool] {
    var isIn = [Bool](repeating: false, count: problem.siteCount)
    for site in sites { isIn[site] = true }
    return isIn
  }

  /// The weight of the plan's sites in each row.
  var sums: [Int] { problem.sums(of: sites) }

  /// Keeps a plan if it keeps to the rules and is the best.
  mutating func take(_ plan: [Int]) {
    let value = problem.thousandths(by: plan)
    if value > thousandths, keepsRules(plan) { (sites, thousandths) = (plan, value) }
  }

  private func keepsRules(_ plan: [Int]) -> Bool {
    guard rules.isRuled else { return true }
    let activity = rules.activity(of: plan)
    return activity.indices.allSatisfy { activity[$0] <= rules.instance.rules[$0].limit }
  }

  /// Fills sites up with what adds most, then exchanges one for another as long as that captures more; keeps the plan if it is the best.
  ///
  /// What a site adds only falls while others are added, so an old figure is an upper bound (Minoux 1978, "Accelerated greedy algorithms for
  /// maximizing submodular set functions").
  mutating func improve(from start: [Int], _ shouldStop: () -> Bool) {
    if rules.isRuled {
      var exchange = CaptureExchange(question, rules)
      if let plan = exchange.plan(from: start, shouldStop) { take(plan) }
      return
    }
    var chosen = Set(start).union(question.open).sorted()
    var sums = problem.sums(of: chosen)
    var isChosen = [Bool](repeating: false, count: problem.siteCount)
    for site in chosen { isChosen[site] = true }
    // Rounding may make a figure grow by one a row at most.
    var ceilings = (0..<problem.siteCount).map { problem.gain(of: $0, beside: sums) + slack($0) }
    func bestToAdd(_ ceilings: inout [Int]) -> Int? {
      var top: (site: Int, gain: Int)?
      for site in ceilings.indices
      where !isChosen[site] && !isClosed[site] && ceilings[site] > top?.gain ?? 0 {
        let gain = problem.gain(of: site, beside: sums)
        ceilings[site] = gain + slack(site)
        if gain > top?.gain ?? 0 { top = (site, gain) }
      }
      return top?.site
    }
    func change(_ site: Int, _ sign: Int) {
      isChosen[site] = sign > 0
      for entry in problem.columnStart[site]..<problem.columnStart[site + 1] {
        sums[Int(problem.columnRows[entry])] += sign * problem.columnWeights[entry]
      }
    }
    while chosen.count < question.count, let site = bestToAdd(&ceilings) {
      chosen.append(site)
      change(site, 1)
    }
    // Beside no other site a site draws most.
    ceilings = (0..<problem.siteCount).map { problem.gain(of: $0, beside: nil) + slack($0) }
    var isBetter = true
    while isBetter, !shouldStop() {
      isBetter = false
      for slot in chosen.indices where !isOpen[chosen[slot]] {
        change(chosen[slot], -1)
        let lost = problem.gain(of: chosen[slot], beside: sums)
        var top: (site: Int, gain: Int)?
        for site in ceilings.indices
        where !isChosen[site] && !isClosed[site] && ceilings[site] > top?.gain ?? lost {
          let gain = problem.gain(of: site, beside: sums)
          if gain > top?.gain ?? lost { top = (site, gain) }
        }
        if let top {
          chosen[slot] = top.site
          isBetter = true
        }
        change(chosen[slot], 1)
      }
    }
    take(chosen)
  }

  private func slack(_ site: Int) -> Int { problem.columnStart[site + 1] - problem.columnStart[site] }

  /// The sites of the guess, then the others in the order in which each adds most, the lower one of equals, and what each adds in whole
  /// payments; sites that add nothing and are not kept are left out, where no rule asks for them.
  func order() -> (sites: [Int], gains: [Int]) {
    var left = Set(sites).union(question.open).sorted()
    let guess = Set(question.guess)
    for site in question.guess where !left.contains(site) && !isClosed[site] {
      if keepsRules(left + [site]) { left.append(site) }
    }
    var value = problem.thousandths(by: left)
    for site in left.reversed() where !isOpen[site] && !guess.contains(site) {
      let others = left.filter { $0 != site }
      guard problem.thousandths(by: others) == value else { continue }
      if keepsRules(others) {
        left = others
      } else if let other = question.guess.first(where: {
        !left.contains($0) && !isClosed[$0] && keepsRules(others + [$0])
      }) {
        left = others + [other]
        value = problem.thousandths(by: left)
      }
    }
    let first = left.filter(guess.contains).sorted()
    var gains: [Int] = []
    var sums = problem.sums(of: [])
    value = 0
    for site in first {
      let gain = problem.gain(of: site, beside: sums)
      problem.add(site, to: &sums)
      gains.append((value + gain) / 1_000 - value / 1_000)
      value += gain
    }
    let order = problem.order(of: left.filter { !guess.contains($0) }, after: first)
    return (first + order.map(\.site), gains + order.map(\.gain))
  }
}
