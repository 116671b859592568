/// The questions of distance and of the farthest place as ones of assignment: each place goes to its nearest point, or to an opened
/// site that is nearer.
///
/// Ways are seconds by the mode of the place's setting, as coverage tells them, at most `SiteReach.horizonSeconds`, a day: having no
/// point at all counts as that. Places that neither a point nor an allowed site can be reached from are left out, because no
/// plan changes anything for them. Distance weighs ways by in-person payments a month; of the farthest place all places count, whatever they
/// weigh, as in the longest time that coverage tells. Gradual coverage counts of each place's weight what its decay leaves after the
/// way, in thousandths: what is lost is what the assignment costs.
struct SiteAssignment {
  private let question: SiteQuestion
  let costs: AssignmentCosts
  let beyondReach: [Int]
  private let merging: SiteMerging
  /// What gradual coverage would count if nobody had any way.
  private let everything: Int

  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ question: SiteQuestion,
    siteCount: Int, merges: Bool = true
  ) throws(SiteQuestionError) {
    self.question = question
    let horizon = Int32(SiteReach.horizonSeconds)
    let places = network.places
    let base = (0..<places.count).map {
      before.nearestPoints[$0] < 0 ? horizon : min(horizon, before.seconds[$0])
    }
    let decay = question.goal == .coverage ? question.gradual : nil
    let weights = (0..<places.count).map { i in
      question.goal == .worst
        ? 1 : places.weight(of: i, by: decay == nil ? .payments : question.coverage.weight)
    }
    let largest = decay == nil ? SiteReach.horizonSeconds : 1_000
    _ = try checkedSum(weights, atMost: (1 << 52) / largest)
    let each = decay.map { decay in
      (0...SiteReach.horizonSeconds).map { 1_000 - decay.thousandths(after: $0) }
    }
    func cost(_ seconds: Int32, _ i: Int) -> Int { (each?[Int(seconds)] ?? Int(seconds)) * weights[i] }
    var isForbidden = [Bool](repeating: false, count: siteCount)
    for site in question.forbidden { isForbidden[site] = true }
    let rows = reach.within(base)
    var (beyond, bases): ([Int], [Int]) = ([], [])
    var entries: [[(site: Int, cost: Int)]] = []
    for i in 0..<places.count {
      let allowed = rows[i].filter { !isForbidden[Int($0.point)] }
      if before.nearestPoints[i] < 0, allowed.isEmpty {
        beyond.append(i)
      } else {
        bases.append(cost(base[i], i))
        entries.append(allowed.map { (Int($0.point), cost($0.seconds, i)) })
      }
    }
    let all = AssignmentCosts(siteCount: siteCount, base: bases, rows: entries)
    let merging = all.merging(kept: question.kept, forbidden: question.forbidden)
    let standIns = merges ? Set(merging.standIns.map(\.site)) : []
    costs = standIns.isEmpty ? all : all.filtered { !standIns.contains($0) }
    self.merging = merging
    beyondReach = beyond
    everything =
      decay == nil ? 0 : weights.reduce(0, +) * 1_000 - beyond.reduce(0) { $0 + weights[$1] * 1_000 }
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    guard case .sites(let count) = question.limit else {
      preconditionFailure("distance and worst are asked with a number of sites")
    }
    let p = min(count, costs.siteCount)
    var found = SiteFindings(unit: question.goal == .worst ? .seconds : .paymentSeconds)
    found.beyondReach = beyondReach
    found.details.merging = merging
    if question.goal == .worst {
      var solver = PCenter(costs, p: p)
      (solver.open, solver.closed) = (question.kept, question.forbidden)
      let answer = solver.solve(shouldStop: shouldStop)
      (found.value, found.bound) = (answer.radius, answer.bound)
      found.chosen = order(answer.plan) { $0.max() ?? 0 }
      found.proof = .center(CenterCertificate(of: answer, to: solver))
    } else {
      var solver = PMedian(costs, p: p)
      (solver.open, solver.closed) = (question.kept, question.forbidden)
      let answer = solver.solve(shouldStop: shouldStop)
      (found.value, found.bound) = (answer.value, answer.bound)
      found.chosen = order(answer.plan) { $0.reduce(0, +) }
      found.proof = .median(MedianCertificate(of: answer, to: solver))
    }
    found.isInterrupted = found.value != found.bound
    if question.goal == .coverage {
      found.unit = SiteProposal.Unit(question.coverage.weight)
      found.details.divisor = 1_000
      (found.value, found.bound) = (everything - found.value, everything - found.bound)
    }
    return found
  }

  /// The sites in the order in which each lowers the total most, the lower position first of equals. Sites that change nothing for
  /// anybody, unless they are kept, are left out.
  ///
  /// - Complexity: O(*p*² rows) for *p* sites.
  private func order(_ plan: [Int], by total: ([Int]) -> Int) -> [SiteProposal.Chosen] {
    var left = Set(plan).union(question.kept).sorted()
    let kept = Set(question.kept)
    var best = costs.base
    var value = total(best)
    var chosen: [SiteProposal.Chosen] = []
    while !left.isEmpty {
      var pick = (slot: 0, value: Int.max, best: best)
      for (slot, site) in left.enumerated() {
        let next = costs.nearest(best, with: site)
        let nextValue = total(next)
        if nextValue < pick.value { pick = (slot, nextValue, next) }
      }
      let site = left.remove(at: pick.slot)
      if pick.best != best || kept.contains(site) {
        chosen.append(.init(site: site, gain: value - pick.value))
      }
      (best, value) = (pick.best, pick.value)
    }
    return chosen
  }
}

extension AssignmentCosts {
  /// What each row costs where a site is opened besides those that `best` comes from.
  ///
  /// - Complexity: O(rows).
  func nearest(_ best: [Int], with site: Int) -> [Int] {
    var best = best
    for entry in columnStart[site]..<columnStart[site + 1] {
      let row = Int(rows[entry])
      best[row] = min(best[row], columnCosts[entry])
    }
    return best
  }
}
