import Geo
import TestSupport
import Testing

@testable import Planning

/// Alternatives are judged by the value of every set of sites, one after the other.
@Suite("Other plans nearly as good")
struct SiteAlternativesTests {
  typealias Case = SiteProposalTests.Case

  /// A question, its best plan, and the value of every set that may be opened.
  private func asked(_ seed: Int, onRoads: Bool, _ limit: SiteQuestion.Limit, _ goal: SiteQuestion.Goal)
    throws
    -> (one: Case, best: SiteProposal, all: [(sites: Set<Int>, value: Int)])
  {
    var one = Case.random(seed, onRoads: onRoads)
    one.costs = one.costs.map { $0 ?? 400 }
    let best = try one.network.proposal(one.question(limit, goal), among: one.sites)
    var all: [(sites: Set<Int>, value: Int)] = []
    for (sites, coverage) in one.all {
      switch limit {
      case .sites(let count): guard sites.count <= count else { continue }
      case .budget(let fen): guard let cost = one.cost(sites), cost <= fen else { continue }
      case .target(let millionths, _):
        let weighted = coverage.summary.weighted
        guard weighted.served * 1_000_000 >= weighted.total * millionths else { continue }
      case .within: continue
      }
      let value: Int
      switch (goal, limit) {
      case (.coverage, .target): value = sites.count
      case (.coverage, _): value = coverage.summary.weighted.served
      default:
        // Payment-seconds, or the longest way, over the places that anything reaches.
        let ways = coverage.seconds.indices.filter { !best.beyondReach.contains($0) }.map { place in
          (
            coverage.nearestPoints[place] < 0 ? 86_400 : min(86_400, Int(coverage.seconds[place])),
            one.network.places.weight(of: place, by: .payments)
          )
        }
        value = goal == .worst ? ways.map(\.0).max() ?? 0 : ways.reduce(0) { $0 + $1.0 * $1.1 }
      }
      all.append((Set(sites), value))
    }
    return (one, best, all)
  }

  private func check(
    _ asked: (one: Case, best: SiteProposal, all: [(sites: Set<Int>, value: Int)]), wantsMore: Bool,
    within millionths: Int
  ) throws {
    let (one, best, all) = asked
    guard best.shortfall == nil else { return }
    let others = try one.network.alternatives(to: best, among: one.sites, count: 3, within: millionths)
    let own = Set(best.chosen.map(\.site))
    func isGood(_ value: Int) -> Bool {
      wantsMore
        ? value * 1_000_000 >= best.value * (1_000_000 - millionths)
        : value * 1_000_000 <= best.value * (1_000_000 + millionths)
    }
    #expect(isGood(others.leastGood) && !isGood(others.leastGood + (wantsMore ? -1 : 1)))
    #expect(!others.isInterrupted)
    var listed = [own]
    for (number, plan) in others.plans.enumerated() {
      let sites = Set(plan.sites)
      let set = try #require(all.first { $0.sites == sites }, "a plan that may not be opened")
      #expect(set.value == plan.value && isGood(plan.value))
      #expect(!listed.contains { sites.isSuperset(of: $0) })
      #expect(Set(plan.without) == own.subtracting(sites) && Set(plan.instead) == sites.subtracting(own))
      // Nothing that is no more than a plan named before with sites added is better.
      let rest = all.filter { other in !listed.contains { other.sites.isSuperset(of: $0) } }.map(\.value)
      #expect(plan.value == (wantsMore ? rest.max() : rest.min()), "plan \(number)")
      listed.append(sites)
    }
    let rest = all.filter { other in !listed.contains { other.sites.isSuperset(of: $0) } }.map(\.value)
    let next = wantsMore ? rest.max() : rest.min()
    if others.plans.count < 3 { #expect(next.map(isGood) != true) }
    if others.isComplete { #expect(next.map(isGood) != true) }

    #expect(others.members.map(\.site) == best.chosen.map(\.site))
    for member in others.members {
      let without = all.filter { !$0.sites.contains(member.site) }.map(\.value)
      let most = wantsMore ? without.max() : without.min()
      #expect((member.standing == .every) == (most.map(isGood) != true))
      #expect(member.standing != .unknown)
      if !one.kept.contains(member.site) {
        #expect(member.valueWithout == most && member.boundWithout == most)
      }
      if member.standing == .every {
        #expect(all.allSatisfy { !isGood($0.value) || $0.sites.contains(member.site) })
        #expect(others.plans.allSatisfy { $0.sites.contains(member.site) })
        #expect(member.exchangeableWith.isEmpty && member.plans == others.goodPlans)
      }
      #expect((1...others.goodPlans).contains(member.plans))
      if member.standing == .most { #expect(member.plans * 2 > others.goodPlans) }
    }
  }

  @Test(
    "are the best of all other sets, in turn, and the core is in every good one", arguments: 0..<16,
    [false, true])
  func coverage(seed: Int, onRoads: Bool) throws {
    for millionths in [10_000, 250_000] {
      try check(asked(seed, onRoads: onRoads, .sites(3), .coverage), wantsMore: true, within: millionths)
      try check(
        asked(seed, onRoads: onRoads, .budget(fen: 1_500), .coverage), wantsMore: true, within: millionths)
    }
  }

  @Test("are as few sites, or as near, where fewer or nearer is better", arguments: 0..<12)
  func least(seed: Int) throws {
    try check(
      asked(seed, onRoads: false, .target(millionths: 600_000, cheapest: false), .coverage), wantsMore: false,
      within: 500_000)
    try check(asked(seed, onRoads: false, .sites(2), .distance), wantsMore: false, within: 100_000)
    try check(asked(seed, onRoads: false, .sites(2), .worst), wantsMore: false, within: 100_000)
  }

  @Test("stopped early, nothing is claimed that is not known")
  func stopped() throws {
    let (one, best, _) = try asked(3, onRoads: false, .sites(3), .coverage)
    let others = try one.network.alternatives(to: best, among: one.sites, count: 3, within: 10_000) { true }
    #expect(others.isInterrupted && !others.isComplete && others.plans.isEmpty)
    #expect(others.members.allSatisfy { $0.standing == .unknown || one.kept.contains($0.site) })
  }
}
