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
  /// - Complexity: that of `NewcomerReach`, and O(entries).
  public init(
    of sites: CandidateTable, in network: PaymentNetwork, _ forecast: PaymentForecast,
    from source: VisitSource = .all, ownOperator: Int32? = nil, homeMinutes: Double? = nil
  ) {
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
    let rows = entries.indices.map { place -> Row in
      let logs = entries[place].map(\.log) + [shares.logSums[place], home ?? -.infinity]
      let greatest = logs.max() ?? 0
      guard greatest.isFinite else { return Row(payments: 0, standing: 0, sites: []) }
      let now = exp(shares.logSums[place] - greatest)
      let away = exp((home ?? -.infinity) - greatest)
      let standing = now + away
      var part = 1.0
      switch source {
      case .all: break
      case .others:
        let others = zip(shares.reach[place], shares[place]).reduce(0.0) {
          isOwn(Int($1.0.point)) ? $0 : $0 + Double($1.1)
        }
        part = standing > 0 ? min(1, others) * now / standing : 0
      case .nobody: part = standing > 0 ? away / standing : 1
      }
      return Row(
        payments: min(max(0, forecast.demand[place]), Self.mostPayments) * part, standing: standing,
        sites: entries[place].map { (site: $0.site, weight: exp($0.log - greatest)) })
    }
    self.init(siteCount: sites.count, rows: rows)
  }
}

/// The question of visits as one of maximum capture.
struct SiteVisits {
  private let question: SiteQuestion
  private let problem: CapturedVisits
  /// The rules and what they forbid; `nil` where only a number of sites is asked for.
  private let ruling: SiteRuling?

  /// - Parameter explaining: whether to say what would help where there is no plan.
  /// - Precondition: the question has a problem of as many sites.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ question: SiteQuestion,
    among sites: CandidateTable, explaining: Bool
  ) throws(SiteQuestionError) {
    guard let problem = question.visits else { preconditionFailure("visits are asked with captured visits") }
    precondition(problem.siteCount == sites.count, "captured visits of these sites are expected")
    // Sums of slopes times weights stay far below 2⁵³ thousandths.
    _ = try checkedSum(problem.payments, atMost: 1 << 50)
    self.question = question
    self.problem = problem
    if case .sites = question.limit, question.rules.isEmpty {
      ruling = nil
    } else {
      ruling = try SiteRuling(network, before, reach, question, among: sites, explaining: explaining)
    }
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    var count = problem.siteCount
    switch question.limit {
    case .sites(let most): count = most
    case .budget: break
    case .target, .within: preconditionFailure("visits are asked with a number of sites or a budget")
    }
    var solver = MaximumCapture(problem, choosing: count)
    (solver.open, solver.closed) = (question.kept, ruling?.problem.forbidden ?? question.forbidden)
    solver.rules = ruling?.problem.rules ?? []
    let answer = solver.solve(shouldStop: shouldStop)
    var found = SiteFindings(unit: .payments, value: answer.value, bound: answer.bound)
    found.isInterrupted = answer.isInterrupted
    found.proof = answer.conflict.map { .ruled($0) } ?? .capture(answer.certificate)
    if let ruling, !answer.isPlan { return ruling.withoutPlan(found, bound: answer.bound, shouldStop) }
    found.chosen = zip(answer.sites, answer.gains).map { .init(site: $0, gain: $1) }
    return found
  }
}
