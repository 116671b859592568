/// Other plans that are nearly as good as a proposal, and which of its sites none of them does without.
///
///     let others = try network.alternatives(to: proposal, among: sites, count: 3, within: 10_000)
///     others.plans.map(\.value)            // the three best plans besides, as far as they are within 1 %
///     others.members[0].standing           // .every: no good plan leaves the first site out, as is proven
///
/// Plans are sets of sites that all bring something. The best are found one after another, each proven to be the best of those left
/// where the solver proves: what is left once a plan is known is divided into the plans without its first site, those with the
/// first but without the second, and so on (Murty 1968, "An algorithm for ranking all the assignments in order of increasing cost";
/// Lawler 1972). Plans that only add sites to a known one are no others.
public struct SiteAlternatives: Sendable {
  /// Another plan.
  public struct Plan: Hashable, Sendable {
    /// Its sites, ascending.
    public let sites: [Int]
    /// What it reaches, in the proposal's unit.
    public let value: Int
    /// The proposal's sites that it does without, and those it opens instead; ascending.
    public let without: [Int], instead: [Int]
  }

  /// How needed a site is.
  public enum Standing: String, Sendable {
    /// Every good plan opens it: without it the bound is worse than good. Or it was asked to be kept.
    case every
    /// More than half of the good plans that were found open it.
    case most
    /// Good plans do without it.
    case exchangeable
    /// The search was stopped before it was known.
    case unknown
  }

  /// A site of the proposal among the good plans.
  public struct Member: Hashable, Sendable {
    /// The site.
    public let site: Int
    /// How needed it is.
    public let standing: Standing
    /// The best plan found without it, and what no plan without it betters; `nil` where there is none, or the site is kept.
    public let valueWithout: Int?, boundWithout: Int?
    /// What a plan that is good without it opens instead, ascending; empty where none is.
    public let exchangeableWith: [Int]
    /// How many of the good plans that were found open it.
    public let plans: Int
  }

  /// The value from which on, or down to which, a plan is good.
  public let leastGood: Int
  /// Other good plans, the best first.
  public let plans: [Plan]
  /// The sites of the proposal, in its order.
  public let members: [Member]
  /// How many good plans were found, the proposal among them.
  public let goodPlans: Int
  /// Whether there is no other good plan besides `plans`.
  public let isComplete: Bool
  /// Whether it was stopped before it was done.
  public let isInterrupted: Bool
}

extension PaymentNetwork {
  /// The best other plans.
  ///
  /// - Parameters:
  ///   - best: a proposal of this network; its question is asked again, with sites kept and forbidden.
  ///   - sites: the candidates it was made of.
  ///   - count: how many other plans at most.
  ///   - millionths: how far from the proposal's value a good plan may be, in millionths of that value.
  ///   - shouldStop: asked often; true ends it early.
  /// - Precondition: the goal is coverage, distance or worst; there is no shortfall.
  /// - Complexity: one search for each site of the proposal, and one for each site of each plan found.
  public func alternatives(
    to best: SiteProposal, among sites: CandidateTable, count: Int, within millionths: Int,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(SiteQuestionError) -> SiteAlternatives {
    let reach = SiteReach(of: sites, in: self, best.question.coverage)
    let serving = reach.serving(best.before.isServed)
    return try AlternativeSearch(best, millionths: millionths).run(count: count, shouldStop) {
      question throws(SiteQuestionError) in
      try findings(question, best.before, reach, serving, among: sites, shouldStop)
    }
  }
}

/// The search behind `alternatives`.
struct AlternativeSearch {
  typealias Solver = (SiteQuestion) throws(SiteQuestionError) -> SiteFindings

  /// Plans that keep some sites and forbid others, by the best of them.
  private struct Part {
    var kept: [Int]
    var forbidden: [Int]
    var found: SiteFindings
    var sites: [Int]
  }

  private let best: SiteProposal
  private let leastGood: Int
  private let wantsMore: Bool
  private let ownSites: [Int]

  init(_ best: SiteProposal, millionths: Int) {
    self.best = best
    if case .target = best.question.limit {
      wantsMore = false
    } else {
      wantsMore = best.question.goal == .coverage
    }
    let slack = Int(
      1_000_000.dividingFullWidth(best.value.multipliedFullWidth(by: min(1_000_000, millionths))).quotient)
    leastGood = wantsMore ? best.value - slack : best.value + slack
    ownSites = best.chosen.map(\.site).sorted()
  }

  private func isGood(_ value: Int) -> Bool { wantsMore ? value >= leastGood : value <= leastGood }

  private func question(kept: [Int], forbidden: [Int]) -> SiteQuestion {
    var question = best.question
    question.kept = Set(question.kept).union(kept).sorted()
    question.forbidden = Set(question.forbidden).union(forbidden).sorted()
    return question
  }

  /// The sites that bring something, or that the question keeps. The farthest place is often brought nearer by several
  /// sites only together, so that there all of them count.
  private func sites(of found: SiteFindings) -> [Int] {
    let kept = Set(best.question.kept)
    return found.chosen.filter { best.question.goal == .worst || $0.gain > 0 || kept.contains($0.site) }
      .map(\.site).sorted()
  }

  func run(count: Int, _ shouldStop: () -> Bool, _ solve: Solver) throws(SiteQuestionError)
    -> SiteAlternatives
  {
    var known: [(sites: Set<Int>, value: Int)] = [(Set(ownSites), best.value)]
    var without: [(site: Int, found: SiteFindings)] = []
    let isKept = Set(best.question.kept)
    for one in best.chosen where !isKept.contains(one.site) && !shouldStop() {
      let found = try solve(question(kept: [], forbidden: [one.site]))
      without.append((one.site, found))
      let sites = Set(sites(of: found))
      if found.shortfall == nil, isGood(found.value), !known.contains(where: { $0.sites == sites }) {
        known.append((sites, found.value))
      }
    }

    var plans: [SiteAlternatives.Plan] = []
    var waiting: [Part] = []
    var isComplete = true
    func divide(_ sites: [Int], kept: [Int], forbidden: [Int]) throws(SiteQuestionError) {
      var opened = kept
      for site in sites where !isKept.contains(site) && !kept.contains(site) {
        if shouldStop() {
          isComplete = false
          return
        }
        let (inside, outside) = (opened, forbidden + [site])
        let found = try solve(question(kept: inside, forbidden: outside))
        opened.append(site)
        if found.shortfall != nil { continue }
        if isGood(found.value) {
          waiting.append(Part(kept: inside, forbidden: outside, found: found, sites: self.sites(of: found)))
        } else if isGood(found.bound) {
          isComplete = false
        }
      }
    }
    if count > 0 { try divide(ownSites, kept: [], forbidden: []) }
    while plans.count < count, !waiting.isEmpty, !shouldStop() {
      var next = 0
      for (i, part) in waiting.enumerated()
      where wantsMore
        ? part.found.value > waiting[next].found.value : part.found.value < waiting[next].found.value
      {
        next = i
      }
      let part = waiting.remove(at: next)
      let sites = Set(part.sites)
      let isOther = sites != Set(ownSites) && !plans.contains { sites.isSuperset(of: $0.sites) }
      if isOther, !sites.isSuperset(of: ownSites) {
        plans.append(
          .init(
            sites: part.sites, value: part.found.value, without: Set(ownSites).subtracting(sites).sorted(),
            instead: sites.subtracting(ownSites).sorted()))
        if !known.contains(where: { $0.sites == sites }) { known.append((sites, part.found.value)) }
      }
      if plans.count < count {
        try divide(part.found.chosen.map(\.site).sorted(), kept: part.kept, forbidden: part.forbidden)
      } else {
        isComplete = false
      }
    }
    let isInterrupted = shouldStop()
    return SiteAlternatives(
      leastGood: leastGood, plans: plans, members: best.chosen.map { member($0.site, without, known) },
      goodPlans: known.count, isComplete: isComplete && waiting.isEmpty && !isInterrupted && count > 0,
      isInterrupted: isInterrupted)
  }

  private func member(
    _ site: Int, _ without: [(site: Int, found: SiteFindings)], _ known: [(sites: Set<Int>, value: Int)]
  ) -> SiteAlternatives.Member {
    let plans = known.count { $0.sites.contains(site) }
    func member(
      _ standing: SiteAlternatives.Standing, _ found: SiteFindings? = nil, with: [Int] = []
    ) -> SiteAlternatives.Member {
      .init(
        site: site, standing: standing, valueWithout: found?.value, boundWithout: found?.bound,
        exchangeableWith: with, plans: plans)
    }
    if best.question.kept.contains(site) { return member(.every) }
    guard let found = without.first(where: { $0.site == site })?.found else { return member(.unknown) }
    if found.shortfall != nil { return member(.every) }
    guard isGood(found.value) else { return member(isGood(found.bound) ? .unknown : .every, found) }
    return member(
      plans * 2 > known.count ? .most : .exchangeable, found,
      with: Set(sites(of: found)).subtracting(ownSites).sorted())
  }
}
