import TestSupport
import Testing

@testable import Planning

/// Other plans that close or move points, for distance, the farthest place and gradual coverage, judged by opening every set of sites
/// and closing every set of points, and asking `coverage` how long the ways are then.
@Suite("Other plans that close points, by ways")
struct SiteClosingAlternativesTests {
  private typealias Case = SiteProposalTests.Case
  private typealias Change = SiteRulesWaysTests.Change

  /// What may be done to points.
  private struct Closing: CustomStringConvertible {
    var close = 0
    var relocate = 0
    var choose: Int
    var keptPoints: [Int] = []
    var keepUnlessMillionths = 0

    var description: String { "close \(close), relocate \(relocate), choose \(choose), keep \(keptPoints)" }

    func allows(_ change: Change) -> Bool {
      guard change.closed.allSatisfy({ !keptPoints.contains($0) }) else { return false }
      return relocate == 0
        ? change.closed.count == close && change.opened.count <= choose
        : change.closed.count <= min(relocate, change.opened.count)
          && change.opened.count <= choose + change.closed.count
    }
  }

  /// How far plans came, over all that was asked.
  private struct Tally {
    var plans = 0
    var full = 0
  }

  private static func adds(_ one: Change, to other: Change) -> Bool {
    Set(one.opened).isSuperset(of: other.opened) && Set(one.closed).isSuperset(of: other.closed)
  }

  /// What would be lost if each closed point were charged for, in the goal's unit.
  private func charge(_ one: Case, _ closing: Closing, _ best: SiteProposal) -> Int {
    guard closing.keepUnlessMillionths > 0 else { return 0 }
    let ways = SiteRulesWaysTests()
    let all: Int
    if best.question.goal == .distance {
      all = ways.merit(one, .distance, best.before, Set(best.beyondReach))
    } else {
      all = (0..<one.network.places.count).reduce(0) {
        $0 + 1_000 * one.network.places.weight(of: $1, by: one.options.weight)
      }
    }
    return all * closing.keepUnlessMillionths / 1_000_000 + 1
  }

  private func check(
    _ one: Case, _ goal: SiteQuestion.Goal, _ closing: Closing,
    _ everything: [(opened: [Int], closed: [Int], coverage: Coverage)], within millionths: Int,
    _ tally: inout Tally
  ) throws {
    let ways = SiteRulesWaysTests()
    var question = ways.question(one, .sites(closing.choose), goal)
    (question.rules.close, question.rules.relocate) = (closing.close, closing.relocate)
    (question.rules.keptPoints, question.rules.keepUnlessMillionths) = (
      closing.keptPoints, closing.keepUnlessMillionths
    )
    let best = try one.network.proposal(question, among: one.sites)
    #expect(best.isAnswered && best.isProven, "\(goal), \(closing)")
    let each = charge(one, closing, best)
    let all = ways.judged(everything, one, goal, best.beyondReach).filter(closing.allows).map {
      Change(opened: $0.opened, closed: $0.closed, merit: $0.merit + each * $0.closed.count)
    }
    let others = try one.network.alternatives(to: best, among: one.sites, count: 3, within: millionths)
    // Gradual coverage tells what is left of all weight, ways what they come to.
    let sum = ways.told(one, best) + best.value
    func merit(_ value: Int) -> Int { goal == .coverage ? sum - value : value }
    func isGood(_ change: Change) -> Bool {
      goal == .coverage
        ? (sum - change.merit) * 1_000_000 >= best.value * (1_000_000 - millionths)
        : change.merit * 1_000_000 <= best.value * (1_000_000 + millionths)
    }
    #expect(!others.isInterrupted)
    let own = try #require(
      all.first {
        Set($0.opened) == Set(best.chosen.map(\.site)) && $0.closed == best.closed.map(\.point).sorted()
      })
    #expect(own.merit == all.map(\.merit).min() && merit(best.value) == own.merit)
    var listed = [own]
    func rest() -> Change? {
      all.filter { one in !listed.contains { Self.adds(one, to: $0) } }.min { $0.merit < $1.merit }
    }
    for plan in others.plans {
      let change = try #require(
        all.first { $0.opened == plan.sites && $0.closed == plan.closed },
        "a plan that breaks a rule: \(goal), \(closing), \(plan)")
      #expect(isGood(change) && merit(plan.value) == change.merit)
      #expect(!listed.contains { Self.adds(change, to: $0) }, "no other plan")
      #expect(change.merit == rest()?.merit, "\(goal), \(closing): the best of those left comes next")
      #expect(
        Set(plan.without) == Set(own.opened).subtracting(plan.sites)
          && Set(plan.instead) == Set(plan.sites).subtracting(own.opened))
      listed.append(change)
    }
    if others.plans.count < 3 {
      #expect(rest().map(isGood) != true, "\(goal), \(closing): three are asked for, and there is one more")
    }
    if others.isComplete { #expect(rest().map(isGood) != true) }
    for member in others.members where !one.kept.contains(member.site) {
      let without = all.filter { !$0.opened.contains(member.site) }
      #expect(member.standing != .unknown)
      #expect((member.standing == .every) == !without.contains(where: isGood), "site \(member.site)")
      #expect(member.valueWithout.map(merit) == without.map(\.merit).min())
    }
    #expect(others.closures.map(\.point) == best.closed.map(\.point))
    for closure in others.closures {
      let staying = all.filter { !$0.closed.contains(closure.point) }
      #expect(closure.standing != .unknown)
      #expect((closure.standing == .every) == !staying.contains(where: isGood), "point \(closure.point)")
      #expect(closure.valueWithout.map(merit) == staying.map(\.merit).min())
    }
    tally.plans += others.plans.count
    if others.plans.count == 3 { tally.full += 1 }
  }

  private func closings(of goal: SiteQuestion.Goal) -> [Closing] {
    [
      Closing(close: 1, choose: 1), Closing(close: 2, choose: 0),
      Closing(close: 1, choose: 2, keptPoints: [0]),
      Closing(relocate: 1, choose: 1), Closing(relocate: 2, choose: 0),
      Closing(relocate: 1, choose: 0, keptPoints: [1, 2]),
    ]
      + (goal == .worst ? [] : [Closing(relocate: 2, choose: 0, keepUnlessMillionths: 4_000)])
  }

  /// A county in which every point counts and may close.
  private func county(_ seed: Int, sites: Int) -> Case {
    var one = Case.random(seed, onRoads: false, sites: sites)
    (one.kept, one.options.kinds, one.options.methods, one.options.moment) = ([], [], [], nil)
    for point in one.network.points.statuses.indices { one.network.points.statuses[point] = .active }
    return one
  }

  @Test("within one per cent, or ten, each is the best of those left, keeps every rule, and none is missed")
  func others() throws {
    var near: [SiteQuestion.Goal: Tally] = [:]
    var far = near
    for seed in 0..<4 {
      let one = county(seed, sites: 4)
      let everything = SiteRulesWaysTests().changes(one, closable: Array(0..<one.network.points.count))
      for goal in SiteRulesWaysTests.goals {
        for closing in closings(of: goal) {
          try check(one, goal, closing, everything, within: 10_000, &near[goal, default: .init()])
          try check(one, goal, closing, everything, within: 100_000, &far[goal, default: .init()])
        }
      }
    }
    for goal in SiteRulesWaysTests.goals {
      let (near, far) = (near[goal, default: .init()], far[goal, default: .init()])
      #expect(near.plans > 8 && near.full > 0 && far.plans > near.plans && far.full > 5, "\(goal)")
    }
  }
}
