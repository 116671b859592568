/// Other plans that are nearly as good as a proposal, and which of its sites none of them does without.
///
///     let others = try network.alternatives(to: proposal, among: sites, count: 3, within: 10_000)
///     others.plans.map(\.value)            // the three best plans besides, as far as they are within 1 %
///     others.members[0].standing           // .every: no good plan leaves the first site out, as is proven
///
/// Plans are sets of sites that all bring something or that a rule asks for, and of points that close. The best are found one after
/// another, each proven to be the best of those left where the solver proves: what is left once a plan is known is divided into the
/// plans without its first site, those with the first but without the second, and so on (Murty 1968, "An algorithm for ranking all
/// the assignments in order of increasing cost"; Lawler 1972). Plans that only add to a known one are no others. Every rule of the
/// question is a rule of each.
///
/// Where a goal has several aims, a plan is good where it is as good at those before the one that the proposal's value tells of, and nearly
/// as good at that one. Of a plan in phases the last phase varies: the sites of those before are taken as opened.
public struct SiteAlternatives: Sendable {
  /// Another plan.
  public struct Plan: Hashable, Sendable {
    /// Its sites, ascending.
    public let sites: [Int]
    /// The points of today that it closes, ascending.
    public let closed: [Int]
    /// What it reaches, in the proposal's unit: at the aim that the proposal's value tells of, where there are several.
    public let value: Int
    /// The proposal's sites that it does without, and those it opens instead; ascending.
    public let without: [Int], instead: [Int]
  }

  /// How needed a site is.
  public enum Standing: String, Sendable {
    /// Every good plan opens it: without it the bound is worse than good. Or it was asked to be kept, or opened in a phase before.
    case every
    /// More than half of the good plans that were found open it.
    case most
    /// Good plans do without it.
    case exchangeable
    /// The search was stopped before it was known, or the bound without it is not good enough to tell.
    case unknown
  }

  /// A site of the proposal among the good plans.
  public struct Member: Hashable, Sendable {
    /// The site.
    public let site: Int
    /// How needed it is.
    public let standing: Standing
    /// The best plan found without it, and what no plan without it betters; `nil` where there is none, the site is kept, or an aim
    /// that comes first is worse.
    public let valueWithout: Int?, boundWithout: Int?
    /// What a plan that is good without it opens instead, ascending; empty where none is.
    public let exchangeableWith: [Int]
    /// How many of the good plans that were found open it.
    public let plans: Int
  }

  /// A point that the proposal closes, among the good plans.
  public struct Closure: Hashable, Sendable {
    /// The point, as a position in the point table.
    public let point: Int
    /// How needed its closing is.
    public let standing: Standing
    /// The best plan found that leaves it, and what no such plan betters; `nil` where there is none.
    public let valueWithout: Int?, boundWithout: Int?
    /// How many of the good plans that were found close it.
    public let plans: Int
  }

  /// The value from which on, or down to which, a plan is good.
  public let leastGood: Int
  /// Other good plans, the best first.
  public let plans: [Plan]
  /// The sites of the proposal, in its order.
  public let members: [Member]
  /// The points that the proposal closes, in its order.
  public let closures: [Closure]
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
  ///   - best: a proposal of this network; its question is asked again, with sites kept and forbidden, and with points that close
  ///     or stay.
  ///   - sites: the candidates it was made of.
  ///   - count: how many other plans at most.
  ///   - millionths: how far from the proposal's value a good plan may be, in millionths of that value.
  ///   - shouldStop: asked often; true ends it early.
  /// - Precondition: there is a plan.
  /// - Complexity: one search for each site and each closed point of the proposal, and one for each of each plan found.
  public func alternatives(
    to best: SiteProposal, among sites: CandidateTable, count: Int, within millionths: Int,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(SiteQuestionError) -> SiteAlternatives {
    precondition(best.isAnswered, "a plan is expected")
    let reach = SiteReach(of: sites, in: self, best.question.coverage)
    let serving = reach.serving(best.before.isServed)
    return try AlternativeSearch(best, siteCount: sites.count, millionths: millionths).run(
      count: count, shouldStop
    ) { question throws(SiteQuestionError) in
      try findings(question, best.before, reach, serving, among: sites, explaining: false, shouldStop)
    }
  }
}
