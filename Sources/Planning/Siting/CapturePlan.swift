/// The best plan known of a question of captured payments.
struct CapturePlan {
  private let question: MaximumCapture
  private let problem: CapturedVisits
  private var isClosed: [Bool]
  private var isOpen: [Bool]
  /// The sites, in no order.
  private(set) var sites: [Int]
  /// What they capture, in thousandths.
  private(set) var thousandths: Int

  var payments: Int { thousandths / 1_000 }

  init(_ question: MaximumCapture) {
    self.question = question
    problem = question.problem
    isClosed = [Bool](repeating: false, count: question.problem.siteCount)
    isOpen = isClosed
    for site in question.closed { isClosed[site] = true }
    for site in question.open { isOpen[site] = true }
    sites = Set(question.open).sorted()
    thousandths = question.problem.thousandths(by: sites)
  }

  /// Whether each site is in the plan.
  var isIn: [Bool] {
    var isIn = [Bool](repeating: false, count: problem.siteCount)
    for site in sites { isIn[site] = true }
    return isIn
  }

  /// The weight of the plan's sites in each row.
  var sums: [Int] { problem.sums(of: sites) }

  /// Keeps a plan if it is the best.
  mutating func take(_ plan: [Int]) {
    let value = problem.thousandths(by: plan)
    if value > thousandths { (sites, thousandths) = (plan, value) }
  }

  /// Fills sites up with what adds most, then exchanges one for another as long as that captures more; keeps the plan if it is the best.
  ///
  /// What a site adds only falls while others are added, so an old figure is an upper bound (Minoux 1978, "Accelerated greedy algorithms for
  /// maximizing submodular set functions").
  mutating func improve(from start: [Int], _ shouldStop: () -> Bool) {
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

  /// The sites in the order in which each adds most, the lower one of equals, and what it adds in whole payments; sites that add nothing
  /// and are not kept are left out.
  func order() -> (sites: [Int], gains: [Int]) {
    var left = Set(sites).union(question.open).sorted()
    var (order, gains): ([Int], [Int]) = ([], [])
    var value = 0
    while !left.isEmpty {
      var pick = (slot: 0, value: -1)
      for slot in left.indices {
        let next = problem.thousandths(by: order + [left[slot]])
        if next > pick.value { pick = (slot, next) }
      }
      let site = left.remove(at: pick.slot)
      if pick.value > value || isOpen[site] {
        order.append(site)
        gains.append(pick.value / 1_000 - value / 1_000)
        value = pick.value
      }
    }
    return (order, gains)
  }
}
