import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Alternatives under rules and for goals of several aims, judged by asking of every set of sites, and of every set of points that
/// may close, what it reaches when nothing is left to decide.
@Suite("Other plans under rules and for every goal")
struct SiteRuledAlternativesTests {
  typealias Case = SiteProposalTests.Case

  /// A plan, and what it reaches at each aim; less is better.
  private struct Judged {
    var sites: Set<Int>
    var closed: Set<Int>
    var aims: [Int]

    func adds(to other: Judged) -> Bool {
      sites.isSuperset(of: other.sites) && closed.isSuperset(of: other.closed)
    }
  }

  private func aims(_ proposal: SiteProposal) -> [Int] {
    let levels = proposal.details.levels
    if !levels.isEmpty { return levels.map(\.value) }
    let wantsMore =
      switch proposal.question.limit {
      case .target, .within: false
      default: proposal.question.goal == .coverage || proposal.question.goal == .visits
      }
    return [wantsMore ? -proposal.value : proposal.value]
  }

  /// Every plan that the question allows; `nil` where not all are exact.
  private func all(_ network: PaymentNetwork, _ sites: CandidateTable, _ question: SiteQuestion) throws
    -> [Judged]?
  {
    let counts = coverage(of: network, question.coverage).counts
    let closable = question.rules.closesPoints ? counts.indices.filter { counts[$0] } : []
    var found: [Judged] = []
    for bits in 0..<1 << sites.count {
      let set = Set((0..<sites.count).filter { bits >> $0 & 1 == 1 })
      guard set.isSuperset(of: question.kept), set.isDisjoint(with: question.forbidden) else { continue }
      if case .sites(let count) = question.limit, set.count > count + question.rules.relocate { continue }
      if case .budget(let fen) = question.limit {
        let costs = set.map { question.costsFen[$0] }
        guard !costs.contains(nil), costs.reduce(0, { $0 + $1! }) <= fen else { continue }
      }
      for closing in 0..<1 << closable.count
      where closing.nonzeroBitCount <= question.rules.close + question.rules.relocate {
        let closed = closable.indices.filter { closing >> $0 & 1 == 1 }.map { closable[$0] }
        var decided = question
        decided.forbiddenInWhole = question.forbidden
        decided.kept = set.sorted()
        decided.forbidden = (0..<sites.count).filter { !set.contains($0) }
        decided.rules.closedPoints = closed
        decided.rules.keptPoints = closable.filter { !closed.contains($0) }
        let proposal = try network.proposal(decided, among: sites)
        guard proposal.isAnswered else { continue }
        guard proposal.isProven else { return nil }
        #expect(Set(proposal.closed.map(\.point)) == Set(closed))
        found.append(Judged(sites: set, closed: Set(closed), aims: aims(proposal)))
      }
    }
    return found
  }

  /// - Parameter asked: the question that varies, where it is not the proposal's own.
  private func check(
    _ network: PaymentNetwork, _ sites: CandidateTable, _ best: SiteProposal, asked: SiteQuestion? = nil,
    within millionths: Int
  ) throws -> Int {
    guard best.isAnswered, best.details.levels.allSatisfy(\.isProven),
      let all = try all(network, sites, asked ?? best.question)
    else { return 0 }
    let others = try network.alternatives(to: best, among: sites, count: 3, within: millionths)
    let telling = best.details.levels.telling ?? 0
    let bestAims = aims(best)
    let least = bestAims[telling] == best.value ? others.leastGood : -others.leastGood
    func isGood(_ one: Judged) -> Bool {
      Array(one.aims.prefix(telling)) == Array(bestAims.prefix(telling)) && one.aims[telling] <= least
    }
    let own = Judged(
      sites: Set(best.chosen.map(\.site)), closed: Set(best.closed.map(\.point)), aims: bestAims)
    var listed = [own]
    func rest() -> Judged? {
      all.filter { one in !listed.contains { one.adds(to: $0) } }.min {
        $0.aims.lexicographicallyPrecedes($1.aims)
      }
    }
    for plan in others.plans {
      let judged = try #require(
        all.first { $0.sites == Set(plan.sites) && $0.closed == Set(plan.closed) },
        "a plan that breaks a rule")
      #expect(isGood(judged) && abs(judged.aims[telling]) == plan.value)
      #expect(!listed.contains { judged.adds(to: $0) })
      #expect(judged.aims == rest()?.aims)
      #expect(
        Set(plan.without) == own.sites.subtracting(plan.sites)
          && Set(plan.instead) == judged.sites.subtracting(own.sites))
      listed.append(judged)
    }
    if others.plans.count < 3 { #expect(rest().map(isGood) != true, "one is missing") }
    if others.isComplete { #expect(rest().map(isGood) != true) }
    #expect(!others.isInterrupted && others.members.map(\.site) == best.chosen.map(\.site))
    let kept = Set((asked ?? best.question).kept)
    for member in others.members where !kept.contains(member.site) {
      let without = all.filter { !$0.sites.contains(member.site) }
      #expect((member.standing == .every) == !without.contains(where: isGood), "site \(member.site)")
      #expect(member.standing != .unknown)
    }
    for closure in others.closures {
      let staying = all.filter { !$0.closed.contains(closure.point) }
      #expect((closure.standing == .every) == !staying.contains(where: isGood), "point \(closure.point)")
    }
    return others.plans.count
  }

  @Test(
    "with sites apart, so many a township and some in the poorest, no rule is broken and none is missed")
  func places() throws {
    var plans = 0
    for seed in 0..<6 { plans += try places(seed) }
    #expect(plans > 10)
  }

  private func places(_ seed: Int) throws -> Int {
    var one = Case.random(seed, onRoads: seed == 5)
    one.costs = one.costs.map { $0 ?? 400 }
    let rules = SiteRulesTests()
    var plans = 0
    for mask in [1, 2, 4, 7] {
      for limit in [
        SiteQuestion.Limit.sites(3), .budget(fen: 1_500), .target(millionths: 500_000, cheapest: false),
      ] {
        var question = one.question(limit)
        if mask & 1 > 0 { question.rules.spacing = .meters(400) }
        if mask & 2 > 0 { question.rules.perTownship = 1 }
        if mask & 4 > 0 { question.rules.poorest = .init(sites: 1, townships: 1) }
        let best = try one.network.proposal(question, among: one.sites)
        plans += try check(one.network, one.sites, best, within: 200_000)
        guard best.isAnswered else { continue }
        // The rules once more, by geometry and not by the solver.
        for plan in try one.network.alternatives(to: best, among: one.sites, count: 3, within: 200_000).plans
        {
          let townships = plan.sites.compactMap { rules.township(one, $0) }
          #expect(
            mask & 1 == 0
              || rules.keepsSpacing(one, .init(opened: plan.sites, closed: [], served: 0), .meters(400)))
          #expect(mask & 2 == 0 || Set(townships).count == townships.count)
          #expect(mask & 4 == 0 || townships.contains { rules.poorest(one, 1).contains($0) })
        }
      }
    }
    return plans
  }

  @Test("points that close or move are part of a plan, and as many close as are asked for")
  func closing() throws {
    var plans = 0
    for seed in 0..<4 { plans += try closing(seed) }
    #expect(plans > 6)
  }

  private func closing(_ seed: Int) throws -> Int {
    var one = Case.random(seed, onRoads: false, sites: 4)
    (one.kept, one.options.kinds, one.options.methods, one.options.moment) = ([], [], [], nil)
    for point in one.network.points.statuses.indices { one.network.points.statuses[point] = .active }
    var plans = 0
    for (close, relocate, choose) in [(1, 0, 1), (2, 0, 0), (0, 1, 1), (0, 2, 0)] {
      var question = one.question(.sites(choose))
      (question.rules.close, question.rules.relocate) = (close, relocate)
      let best = try one.network.proposal(question, among: one.sites)
      plans += try check(one.network, one.sites, best, within: 300_000)
      for plan in try one.network.alternatives(to: best, among: one.sites, count: 3, within: 300_000).plans {
        #expect(close == 0 ? plan.closed.count <= relocate : plan.closed.count == close)
        #expect(plan.sites.count <= choose + (close == 0 ? plan.closed.count : 0))
      }
    }
    return plans
  }

  @Test(
    "second operators, ways under rules and within budgets, and visits have others, too")
  func goals() throws {
    var plans = 0
    for seed in 0..<4 { plans += try goals(seed) }
    #expect(plans > 10)
  }

  private func goals(_ seed: Int) throws -> Int {
    var one = Case.random(seed, onRoads: false, sites: 6)
    one.costs = one.costs.map { $0 ?? 400 }
    var second = one.question(.sites(3))
    second.rules.secondOperator = .ownEach
    var ways = one.question(.sites(3), .distance)
    ways.rules.spacing = .meters(300)
    let money = one.question(.budget(fen: 1_500), .distance)
    var visits = one.question(.sites(3), .visits)
    var dice = SeededGenerator(seed: seed)
    visits.visits = CapturedVisits(
      siteCount: 6,
      rows: (0..<20).map { _ in
        .init(
          payments: Double(Int.random(in: 1...90, using: &dice)), standing: 1,
          sites: (0..<6).filter { _ in Bool.random(using: &dice) }.map {
            ($0, Double.random(in: 0.1...2, using: &dice))
          })
      })
    var drawn = visits
    drawn.limit = .budget(fen: 1_500)
    drawn.rules.perTownship = 2
    var plans = 0
    for question in [second, ways, money, visits, drawn] {
      plans += try check(
        one.network, one.sites, try one.network.proposal(question, among: one.sites), within: 250_000)
    }
    return plans
  }

  @Test(
    "a promise's others are as good at the aims before, and nearly so at the one that is told",
    arguments: 0..<6)
  func promise(seed: Int) throws {
    var one = Case.random(seed, onRoads: false, sites: 6)
    one.options.weight = .customers
    let best = try one.network.proposal(one.question(.sites(3), .promise), among: one.sites)
    _ = try check(one.network, one.sites, best, within: 400_000)
    if seed == 0 { #expect(try check(one.network, one.sites, best, within: 1_000_000) > 0) }
  }

  @Test("relief has others where every set of sites can be settled")
  func relief() throws {
    var plans = 0
    for seed in 0..<12 {
      let (network, sites, asked) = SiteReliefTests().county(seed)
      var question = asked
      question.relief.isSplit = true
      let best = try network.proposal(question, among: sites)
      plans += try check(network, sites, best, within: 900_000)
    }
    #expect(plans > 1)
  }

  @Test("of phases the last one varies, given those before")
  func phases() throws {
    var plans = 0
    for seed in 0..<6 { plans += try phases(seed) }
    #expect(plans > 10)
  }

  private func phases(_ seed: Int) throws -> Int {
    var one = Case.random(seed, onRoads: false)
    one.costs = one.costs.map { $0 ?? 400 }
    var plans = 0
    for goal in [SiteQuestion.Goal.coverage, .distance, .worst] {
      for sizes in [
        PhaseSizes.sites([max(1, one.kept.count), 2]),
        .budgets(fen: [(one.kept.isEmpty ? 0 : one.costs[one.kept[0]]!) + 400, 900]),
      ] {
        let best = try one.network.phasedProposal(one.question(.sites(1), goal), sizes, among: one.sites)
        let open = best.chosen.prefix(best.phases[0].siteCount).map(\.site)
        var asked = one.question(
          {
            switch sizes {
            case .sites(let sizes): return .sites(open.count + sizes[1])
            case .budgets(let sizes): return .budget(fen: (one.cost(open) ?? 0) + sizes[1])
            }
          }(), goal)
        asked.kept = open
        plans += try check(one.network, one.sites, best, asked: asked, within: 250_000)
      }
    }
    return plans
  }

  @Test("stopped early, no site is claimed to be in every plan")
  func stopped() throws {
    let one = Case.random(3, onRoads: false)
    var question = one.question(.sites(3))
    question.rules.spacing = .meters(300)
    let best = try one.network.proposal(question, among: one.sites)
    let all = try #require(try all(one.network, one.sites, question))
    for patience in [0, 1, 2, 4, 8, 15, 25] {
      var asked = 0
      let others = try one.network.alternatives(to: best, among: one.sites, count: 3, within: 100_000) {
        asked += 1
        return asked > patience
      }
      for member in others.members where member.standing == .every && !one.kept.contains(member.site) {
        #expect(all.allSatisfy { $0.sites.contains(member.site) || -$0.aims[0] < others.leastGood })
      }
      #expect(others.isInterrupted && !others.isComplete)
    }
  }
}
