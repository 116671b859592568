/// How much may be opened in each phase of a plan.
public enum PhaseSizes: Hashable, Sendable {
  /// At most so many sites in each.
  case sites([Int])
  /// Sites that cost at most so much in each, in fen; what is left over is not carried on.
  case budgets(fen: [Int])

  /// How many phases there are.
  public var count: Int {
    switch self {
    case .sites(let sizes): sizes.count
    case .budgets(let sizes): sizes.count
    }
  }
}

/// A phase of a plan: the best that can be done with what was opened before.
public struct SitePhase: Sendable {
  /// How many sites the phase opens; they follow those of the phases before in the plan.
  public let siteCount: Int
  /// What the plan reaches at its end.
  public let value: Int
  /// Nothing better can be reached at its end with the phases before as they are.
  public let bound: Int
  /// The coverage at its end.
  public let after: Coverage
  /// Whether it was stopped before it was done.
  public let isInterrupted: Bool
  /// What another program needs to check the bound.
  public let proof: SiteProposal.Proof?
  /// What was asked for it, with the sites of the phases before kept.
  let asked: SiteQuestion

  /// Whether nothing better can be reached with the phases before as they are.
  public var isProven: Bool { value == bound }
  /// How much better the phase could be at most, as a share of its value; 0 is proven, infinite where the value is 0.
  public var gap: Double {
    isProven ? 0 : value == 0 ? .infinity : Double((bound - value).magnitude) / Double(value.magnitude)
  }
}

extension PaymentNetwork {
  /// The best sites for one phase after another, each proven given those before.
  ///
  ///     let plan = try network.phasedProposal(question, .sites([10, 10, 20]), among: network.candidates)
  ///     plan.phases[0].value, plan.chosen.prefix(plan.phases[0].siteCount)
  ///
  /// Each phase may open so many sites or spend so much; kept sites are opened in the first. Rules hold at the end of each, but that as many
  /// sites as may be open by then are enough in the poorest townships. The plan's own `bound` is of all phases at once, so that the gap
  /// says what it costs to have the first sites bring most; the phases' own bounds are given the phases before.
  ///
  /// - Parameter sizes: at least one phase; the question's own limit does not matter.
  /// - Precondition: as for `proposal`; no points close, and second operators are not asked for.
  /// - Throws: as `proposal`.
  public func phasedProposal(
    _ question: SiteQuestion, _ sizes: PhaseSizes, among sites: CandidateTable,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(SiteQuestionError) -> SiteProposal {
    precondition(sizes.count > 0, "a phase is expected")
    precondition(
      !question.rules.closesPoints && question.rules.secondOperator == nil, "phases only open points")
    var phases: [SitePhase] = []
    var chosen: [SiteProposal.Chosen] = []
    var last: SiteProposal?
    for phase in 0..<sizes.count {
      var asked = question
      let open = chosen.map(\.site)
      asked.kept = phase == 0 ? question.kept : open
      asked.limit = limit(of: sizes, upTo: phase, open, question)
      if case .sites(let count) = asked.limit, let least = asked.rules.poorest?.sites {
        asked.rules.poorest?.sites = min(least, count)
      }
      let found = try proposal(asked, among: sites, shouldStop: shouldStop)
      guard found.isAnswered else { return found }
      let new = Set(found.chosen.map(\.site)).subtracting(open).sorted()
      if question.goal == .relief {
        // Who goes where is decided anew in each phase: the sites have the order in which each phase loads them.
        let isNew = Set(new)
        chosen += found.chosen.filter { isNew.contains($0.site) }
      } else {
        chosen += try ordered(new, after: open, question, among: sites)
      }
      phases.append(
        SitePhase(
          siteCount: new.count, value: found.value, bound: found.bound, after: found.after,
          isInterrupted: found.isInterrupted, proof: found.proof, asked: asked))
      last = found
    }
    guard let last else { preconditionFailure("a phase is expected") }
    var details = last.details
    if let relief = details.relief {
      var order: [Int: Int] = [:]
      for (position, one) in last.chosen.enumerated() { order[one.site] = position }
      details.relief = relief.ordering(chosen.compactMap { order[$0.site] })
      chosen = chosen.compactMap { one in order[one.site].map { last.chosen[$0] } }
    }
    var whole = question
    whole.limit = limit(of: sizes, upTo: sizes.count - 1, nil, question)
    let atOnce = try proposal(whole, among: sites, shouldStop: shouldStop)
    return SiteProposal(
      question: whole, unit: last.unit, value: last.value, bound: atOnce.bound,
      isInterrupted: atOnce.isInterrupted || phases.contains(where: \.isInterrupted), chosen: chosen,
      shortfall: nil, beyondReach: last.beyondReach, before: atOnce.before, after: last.after,
      network: opening(chosen.map(\.site), of: sites, unstated: question.coverage.unstatedKind), proof: nil,
      details: details,
      phases: phases)
  }

  /// What may be open at the end of a phase: with the sites that are open before it, or, without them, all phases at once.
  private func limit(
    of sizes: PhaseSizes, upTo phase: Int, _ open: [Int]?, _ question: SiteQuestion
  ) -> SiteQuestion.Limit {
    switch sizes {
    case .sites(let sizes):
      return .sites(open.map { ($0.isEmpty ? 0 : $0.count) + sizes[phase] } ?? sizes.reduce(0, +))
    case .budgets(let sizes):
      let spent = (open ?? []).reduce(0) { $0 + (question.costsFen[$1] ?? 0) }
      return .budget(fen: open == nil ? sizes.reduce(0, +) : spent + sizes[phase])
    }
  }

  /// New sites in the order in which each adds most to those that are open.
  private func ordered(
    _ new: [Int], after open: [Int], _ question: SiteQuestion, among sites: CandidateTable
  ) throws(SiteQuestionError) -> [SiteProposal.Chosen] {
    if new.isEmpty { return [] }
    if question.goal == .visits, let visits = question.visits {
      return visits.order(of: new, after: open).map { .init(site: $0.site, gain: $0.gain) }
    }
    var alone = question
    alone.rules = SiteRules()
    alone.limit = .sites(new.count)
    alone.kept = new
    alone.forbidden = []
    return try opening(open, of: sites, unstated: question.coverage.unstatedKind)
      .proposal(alone, among: sites).chosen
  }
}
