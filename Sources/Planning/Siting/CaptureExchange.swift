/// Plans of captured payments that keep to rules: mended, filled up, and bettered by exchanging one site for another.
///
/// Mending goes by what sites draw alone (`RuledExchange`). Filling goes by what a site adds for what it uses up of the rules, like greedy plans
/// within a budget (Sviridenko 2004, "A note on maximizing a submodular set function subject to a knapsack constraint", Operations Research
/// Letters 32).
struct CaptureExchange {
  private let problem: CapturedVisits
  private let rules: CaptureRules.Source
  /// What the rules decide by themselves, and what was decided beforehand: 1 open, -1 closed.
  private let decisions: [Int8]
  private var isChosen: [Bool]
  private var sums: [Int] = []
  /// By rule, what the chosen sites amount to.
  private var activity: [Int] = []
  /// What each site draws alone: it adds no more to others.
  private let alone: [Int]

  init(_ question: MaximumCapture, _ rules: CaptureRules.Source) {
    problem = question.problem
    self.rules = rules
    var state = RuledState(rules.instance)
    _ = state.propagate()
    decisions = state.decisions
    isChosen = [Bool](repeating: false, count: problem.siteCount)
    // Rounding may make what a site adds grow by one a row at most.
    alone = (0..<question.problem.siteCount).map { site in
      question.problem.gain(of: site, beside: nil) + question.problem.columnStart[site + 1]
        - question.problem.columnStart[site]
    }
  }

  /// A plan made from some sites; `nil` where they could not be mended.
  ///
  /// - Complexity: O(sites of a plan × entries) for each round of exchanges.
  mutating func plan(from start: [Int], _ shouldStop: () -> Bool) -> [Int]? {
    var mended = RuledExchange(rules.instance, decided: decisions, open: start)
    mended.mend(shouldStop)
    guard mended.keepsRules else { return nil }
    isChosen = mended.isOpen
    let chosen = isChosen.indices.filter { isChosen[$0] }
    sums = problem.sums(of: chosen)
    activity = rules.activity(of: chosen)
    fill()
    while !shouldStop(), exchange(shouldStop) { fill() }
    return isChosen.indices.filter { isChosen[$0] }
  }

  private mutating func flip(_ site: Int) {
    isChosen[site].toggle()
    let sign = isChosen[site] ? 1 : -1
    for entry in problem.columnStart[site]..<problem.columnStart[site + 1] {
      sums[Int(problem.columnRows[entry])] += sign * problem.columnWeights[entry]
    }
    for (rule, amount) in rules.instance.rulesOfSite[site] { activity[rule] += sign * amount }
  }

  /// Whether the rules stay kept when a site is chosen as well, another one just having been taken out.
  private func fits(_ site: Int, for other: Int?) -> Bool {
    let own = rules.instance.rulesOfSite[site]
    let isKept = own.allSatisfy { activity[$0.rule] + $0.amount <= rules.instance.rules[$0.rule].limit }
    guard isKept, let other else { return isKept }
    return rules.instance.rulesOfSite[other].allSatisfy { entry in
      let more = own.first { $0.rule == entry.rule }?.amount ?? 0
      return activity[entry.rule] + more <= rules.instance.rules[entry.rule].limit
    }
  }

  /// Chooses what adds most for what it uses up of the rules, again and again.
  private mutating func fill() {
    while true {
      var best: (site: Int, merit: Double)?
      for site in isChosen.indices
      where !isChosen[site] && decisions[site] == 0 && alone[site] > 0 && fits(site, for: nil) {
        var use = 1e-9
        for (rule, amount) in rules.instance.rulesOfSite[site] where amount > 0 {
          use += Double(amount) / Double(max(1, rules.instance.rules[rule].limit - activity[rule]))
        }
        if let best, Double(alone[site]) / use <= best.merit { continue }
        let gain = problem.gain(of: site, beside: sums)
        if gain > 0, Double(gain) / use > best?.merit ?? 0 { best = (site, Double(gain) / use) }
      }
      guard let best else { return }
      flip(best.site)
    }
  }

  /// Exchanges each chosen site for the one that adds most in its place.
  ///
  /// - Returns: whether that brought anything.
  private mutating func exchange(_ shouldStop: () -> Bool) -> Bool {
    var isBetter = false
    for site in isChosen.indices where isChosen[site] && decisions[site] == 0 {
      if shouldStop() { break }
      flip(site)
      var top = (site: site, gain: problem.gain(of: site, beside: sums))
      for other in isChosen.indices
      where !isChosen[other] && decisions[other] == 0 && alone[other] > top.gain && fits(other, for: site) {
        let gain = problem.gain(of: other, beside: sums)
        if gain > top.gain { top = (other, gain) }
      }
      flip(top.site)
      if top.site != site { isBetter = true }
    }
    return isBetter
  }
}
