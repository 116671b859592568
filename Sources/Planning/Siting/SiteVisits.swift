import Foundation

/// Whose payments sites are to draw.
public enum VisitSource: String, CaseIterable, Sendable {
  /// Everybody's, whoever had them before.
  case all
  /// Those of points that are not the company's own: of any kind but business halls and self-service terminals, or, where an operator is
  /// named, of anybody else.
  case others
  /// Those of people who would not come at all.
  case nobody
}

extension CapturedVisits {
  /// The payments that points opened at sites would draw, by the choice that a forecast rests on.
  ///
  ///     let problem = CapturedVisits(of: sites, in: network, forecast)
  ///
  /// What a place's sites draw comes from what it chooses now in proportion, so of the part that counts in the same proportion. Staying at
  /// home, where asked for, weighs as much as a point of the reference kind so many minutes away.
  ///
  /// - Parameters:
  ///   - sites: the candidates.
  ///   - network: the network of the forecast.
  ///   - source: whose payments count.
  ///   - ownOperator: the operator, as a position in the table of operators, whose points are the company's own; `nil` to go by kinds.
  ///   - homeMinutes: how far away staying at home is; `nil` where everybody comes.
  ///   - closesPoints: whether points of today may close: the company's own, or, from nobody, any. They are sites, then, after the
  ///     candidates, and what they draw today counts too: what is drawn with all of them open and nothing else is what is drawn today.
  /// - Precondition: where points may close, the payments of others or of nobody count. Where all do, a site would gain from the points that close.
  /// - Complexity: that of `NewcomerReach`, and O(entries).
  public init(
    of sites: CandidateTable, in network: PaymentNetwork, _ forecast: PaymentForecast,
    from source: VisitSource = .all, ownOperator: Int32? = nil, homeMinutes: Double? = nil,
    closesPoints: Bool = false
  ) {
    precondition(!closesPoints || source != .all, "points close where others' or nobody's payments count")
    let model = forecast.estimate.model
    let shares = forecast.shares
    let reach = NewcomerReach(of: sites, in: network, reach: shares.reach, forecast.estimate.options)
    var entries = [[(site: Int, log: Double)]](repeating: [], count: network.places.count)
    for site in 0..<sites.count {
      let draw = model.logAttraction(
        of: sites.kinds[site] ?? model.reference, counters: Int(sites.counters[site]))
      for entry in reach[site] {
        entries[Int(entry.place)].append((site, model.logDecay(entry.seconds).value + draw))
      }
    }
    let home = homeMinutes.map { model.logDecay(Int32(clamping: Int(min(1e6, $0 * 60)))).value }
    let points = network.points
    func isOwn(_ point: Int) -> Bool {
      if let ownOperator { return points.operators[point] == ownOperator }
      return points.kinds[point] == .businessHall || points.kinds[point] == .selfService
    }
    let mayClose = (0..<points.count).filter { closesPoints && (source == .nobody || isOwn($0)) }
    var number = [Int](repeating: -1, count: points.count)
    for (k, point) in mayClose.enumerated() { number[point] = sites.count + k }
    let rows = entries.indices.map { place -> Row in
      let logs = entries[place].map(\.log) + [shares.logSums[place], home ?? -.infinity]
      let greatest = logs.max() ?? 0
      guard greatest.isFinite else { return Row(payments: 0, standing: 0, sites: []) }
      let now = exp(shares.logSums[place] - greatest)
      let away = exp((home ?? -.infinity) - greatest)
      let standing = now + away
      var choices = entries[place].map { (site: $0.site, weight: exp($0.log - greatest)) }
      // Of the payments of a place, others have X of S, and lose X (1 ÷ S − 1 ÷ (S + V)) to weight V that is added, or gain where it is
      // taken away. With R for what can neither open nor close, and U for what is open of the rest, that is
      // X ÷ R (U ÷ (R + U) − U₀ ÷ S), U₀ being U today.
      var (rest, others) = (standing, 0.0)
      for (entry, share) in zip(shares.reach[place], shares[place]) {
        let (point, weight) = (Int(entry.point), now * Double(share))
        if !isOwn(point) { others += weight }
        if number[point] >= 0, weight > 0 {
          rest -= weight
          choices.append((site: number[point], weight: weight))
        }
      }
      others = min(others, now)
      let counted =
        switch source {
        case .all: standing
        case .others: others
        case .nobody: away
        }
      // What counts stays whatever closes; sums of what is taken away are off by less than a millionth of all.
      rest = max(rest, closesPoints ? counted : 0)
      // Nobody had the payments of those who have nowhere to go.
      let part = rest > 0 ? counted / rest : source == .others || standing > 0 ? 0 : 1
      return Row(
        payments: min(max(0, forecast.demand[place]), Self.mostPayments) * part, standing: rest,
        sites: choices)
    }
    self.init(siteCount: sites.count + mayClose.count, rows: rows)
    self.points = mayClose
  }
}

/// The question of visits as one of maximum capture.
struct SiteVisits {
  private let question: SiteQuestion
  private let problem: CapturedVisits
  private let candidates: Int
  /// The rules and what they forbid; `nil` where only a number of sites is asked for.
  private let ruling: SiteRuling?
  /// Whole payments that closing a point must bring.
  private let charge: Int

  /// - Parameter explaining: whether to say what would help where there is no plan.
  /// - Precondition: the question has a problem of as many sites; where points may close, they are sites of it.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ question: SiteQuestion,
    among sites: CandidateTable, explaining: Bool
  ) throws(SiteQuestionError) {
    guard let problem = question.visits else { preconditionFailure("visits are asked with captured visits") }
    precondition(
      problem.siteCount == sites.count + problem.points.count, "captured visits of these sites are expected")
    // Sums of slopes times weights stay far below 2⁵³ thousandths.
    let total = try checkedSum(problem.payments, atMost: 1 << 50)
    candidates = sites.count
    var asked = question
    if question.rules.closesPoints {
      // Only what is a site can close.
      let mayClose = Set(problem.points)
      asked.rules.keptPoints += (0..<network.points.count).filter { !mayClose.contains($0) }
      // All that can be drawn besides what is drawn today.
      let most = total - problem.thousandths(by: sites.count..<problem.siteCount)
      let share = most / 1_000 * question.rules.keepUnlessMillionths / 1_000_000
      charge =
        question.rules.keepUnlessMillionths == 0 ? 0 : 1 + min(share, Int(CapturedVisits.mostPayments))
    } else {
      charge = 0
    }
    self.question = asked
    if case .sites = question.limit, question.rules.isEmpty {
      ruling = nil
    } else {
      ruling = try SiteRuling(network, before, reach, asked, among: sites, explaining: explaining)
    }
    self.problem =
      charge == 0 ? problem : problem.granting(charge, for: sites.count..<problem.siteCount)
    _ = try checkedSum(self.problem.payments, atMost: 1 << 50)
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    var count = problem.siteCount
    switch question.limit {
    case .sites(let most): count = question.rules.closesPoints ? count : most + problem.points.count
    case .budget: break
    case .target, .within: preconditionFailure("visits are asked with a number of sites or a budget")
    }
    var solver = MaximumCapture(problem, choosing: count)
    // Of the points that are sites, those that no rule lets close stay.
    let mayClose = Set(ruling?.closable ?? [])
    let staying = problem.points.indices.filter { !mayClose.contains(problem.points[$0]) }
    solver.open = question.kept + staying.map { candidates + $0 }
    solver.closed = question.forbidden
    if let ruling { state(ruling, for: &solver) }
    let answer = solver.solve(shouldStop: shouldStop)
    var found = SiteFindings(unit: .payments, value: told(answer.value), bound: told(answer.bound))
    found.isInterrupted = answer.isInterrupted
    found.proof = answer.conflict.map { .ruled($0) } ?? .capture(answer.certificate)
    if let ruling, !answer.isPlan {
      found = ruling.withoutPlan(found, bound: answer.bound, shouldStop)
      if answer.bound >= 0 { (found.value, found.bound) = (min(0, told(answer.bound)), told(answer.bound)) }
      return found
    }
    guard let ruling, question.rules.closesPoints else {
      found.chosen = zip(answer.sites, answer.gains).filter { $0.0 < candidates }
        .map { .init(site: $0, gain: $1) }
      return found
    }
    describe(answer.sites, by: ruling, in: &found)
    return found
  }

  /// What is told of payments drawn: those more than today.
  private func told(_ drawn: Int) -> Int {
    drawn - (problem.points.isEmpty ? 0 : problem.captured(by: candidates..<problem.siteCount))
  }

  /// Puts the rules, whose last sites are the points that may close, in terms of all points that are sites.
  private func state(_ ruling: SiteRuling, for solver: inout MaximumCapture) {
    var number: [Int: Int32] = [:]
    for (k, point) in problem.points.enumerated() { number[point] = Int32(candidates + k) }
    let sites = (0..<Int32(candidates)) + ruling.closable.compactMap { number[$0] }
    solver.rules = ruling.problem.rules.map { rule in
      SiteRule(sites: rule.sites.map { sites[Int($0)] }, amounts: rule.amounts, limit: rule.limit)
    }
    solver.closed = ruling.problem.forbidden.map { Int(sites[$0]) }
    solver.guess = ruling.problem.guess.map { Int(sites[$0]) }
  }

  /// The sites in the order to open them beside the points that stay, and the points that close.
  private func describe(_ open: [Int], by ruling: SiteRuling, in found: inout SiteFindings) {
    let isOpen = Set(open)
    let staying = (candidates..<problem.siteCount).filter(isOpen.contains)
    found.chosen = problem.order(of: open.filter { $0 < candidates }, after: staying).map {
      .init(site: $0.site, gain: $0.gain)
    }
    let sums = problem.sums(of: open)
    let closed = (candidates..<problem.siteCount).filter { !isOpen.contains($0) }
    var moves: [Int: Int] = [:]
    if question.rules.relocate > 0, question.rules.close == 0 {
      let kept = Set(question.kept)
      moves = ruling.nearestPairs(
        closed.map { problem.points[$0 - candidates] },
        found.chosen.map(\.site).filter { !kept.contains($0) })
    }
    found.closed = closed.map { site in
      let point = problem.points[site - candidates]
      let loss = problem.gain(of: site, beside: sums) / 1_000 - charge
      return ClosedPoint(point: point, loss: max(0, loss), movesTo: moves[point])
    }
    found.charge = charge * closed.count
  }
}
