import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// The promise where points of today close or move, judged by opening every set of sites and closing every set of points in turn.
@Suite("Promises that close points")
struct SitePromiseClosingTests {
  private typealias Case = SiteProposalTests.Case

  /// A change of the network and what it makes of each aim.
  private struct Change {
    var opened: [Int]
    var closed: [Int]
    var aims: [Int]
  }

  /// A county in which every point counts and may close, and every other one has hours and volumes, so that effective points are known.
  private func county(_ seed: Int, onRoads: Bool) -> Case {
    var one = Case.random(seed, onRoads: onRoads, sites: 4)
    (one.kept, one.forbidden, one.options.kinds, one.options.methods, one.options.moment) = (
      [], [], [], [], nil
    )
    one.options.weight = .customers
    for point in one.network.points.statuses.indices {
      one.network.points.statuses[point] = .active
      one.network.points.monthlyCostsFen[point] = 7 * (point + 1)
      // Most points lie in some village, some two in the same.
      if point % 4 != 3 {
        one.network.points.places[point] = Int32((5 * (point / 2) + seed) % one.network.places.count)
      }
    }
    if seed % 3 != 0 { one.costs = one.costs.map { $0 ?? 500 } }
    return one
  }

  /// Villages that are not effective after a change, or without a point where nobody knows which are; what opens is effective.
  private func villages(_ one: Case, _ opened: [Int], _ closed: [Int], isKnown: Bool) -> Int {
    let places = one.network.places
    let counts = coverage(of: one.network, one.options).counts
    let good =
      isKnown ? VillageLadder.effectivePoints(of: one.network, counts: counts) ?? [] : counts
    var lifted = Set<Int32>()
    for point in good.indices where good[point] && !closed.contains(point) {
      let place = one.network.points.places[point]
      if place >= 0 { lifted.insert(places.villages[Int(place)]) }
    }
    let network = one.network.opening(opened, of: one.sites, unstated: one.options.unstatedKind)
    for point in one.network.points.count..<network.points.count where network.points.places[point] >= 0 {
      lifted.insert(places.villages[Int(network.points.places[point])])
    }
    let all = Set((0..<places.count).filter { places.settings[$0] == .village }.map { places.villages[$0] })
    return all.subtracting(lifted).count
  }

  private func changes(_ one: Case, _ isKnown: Bool) -> [(
    opened: [Int], closed: [Int], villages: Int, coverage: Coverage
  )] {
    let points = one.network.points.count
    return (0..<1 << points).flatMap { bits in
      let closed = (0..<points).filter { bits >> $0 & 1 == 1 }
      var changed = one
      changed.network = one.network.closing(closed)
      return changed.all.map {
        ($0.sites, closed, villages(one, $0.sites, closed, isKnown: isKnown), $0.coverage)
      }
    }
  }

  @Test(
    "are the best of all changes that are allowed, aim after aim, and their certificates hold",
    arguments: 0..<6)
  func closing(seed: Int) throws {
    let one = county(seed, onRoads: seed == 5)
    let places = one.network.places
    let today = coverage(of: one.network, one.options)
    let isKnown = today.summary.villages.effective != nil
    let everything = changes(one, isKnown)
    let knowsCosts = !one.costs.contains(nil)
    var certificates: [PromiseCertificate] = []
    for (close, relocate, choose, kept) in [
      (1, 0, 1, []), (2, 0, 0, []), (1, 0, 2, [0]), (0, 1, 1, []), (0, 2, 0, [1]),
    ] {
      var question = one.question(.sites(choose), .promise)
      (question.rules.close, question.rules.relocate, question.rules.keptPoints) = (close, relocate, kept)
      (question.rules.monthsSaved, question.rules.movingCostFen) = (12, 150)
      if seed % 2 == 1 { question.mostSteps = -1 }
      let proposal = try one.network.proposal(question, among: one.sites)
      #expect(proposal.isAnswered && proposal.isProven && proposal.details.levels.allSatisfy(\.isProven))
      let all = everything.filter { change in
        change.closed.allSatisfy { !kept.contains($0) }
          && (relocate == 0
            ? change.closed.count == close && change.opened.count <= choose
            : change.closed.count <= min(relocate, change.opened.count)
              && change.opened.count <= choose + change.closed.count)
      }.map { change in
        let ways = (0..<places.count).reduce(0) { sum, i in
          if proposal.beyondReach.contains(i) { return sum }
          let none = change.coverage.nearestPoints[i] < 0
          return sum + (none ? 86_400 : min(86_400, Int(change.coverage.seconds[i])))
            * places.weight(of: i, by: .payments)
        }
        let saved = change.closed.reduce(0) { $0 + 12 * 7 * ($1 + 1) - (relocate > 0 ? 150 : 0) }
        return Change(
          opened: change.opened, closed: change.closed,
          aims: [
            change.villages, change.coverage.summary.all.customers.unserved, ways,
            knowsCosts ? (one.cost(change.opened) ?? 0) - saved : change.opened.count,
          ])
      }
      let best = all.map(\.aims).min { $0.lexicographicallyPrecedes($1) }
      #expect(proposal.details.levels.map(\.value) == best, "close \(close), relocate \(relocate), \(choose)")
      let own = try #require(
        all.first {
          Set($0.opened) == Set(proposal.chosen.map(\.site))
            && $0.closed == proposal.closed.map(\.point).sorted()
        })
      #expect(own.aims == best)
      let changed = one.network.closing(own.closed)
        .opening(proposal.chosen.map(\.site), of: one.sites, unstated: one.options.unstatedKind)
      #expect(proposal.after.summary == coverage(of: changed, one.options).summary)
      for point in proposal.closed {
        let back = everything.first {
          $0.opened == own.opened && $0.closed == own.closed.filter { $0 != point.point }
        }
        #expect(point.loss == own.aims[1] - (back?.coverage.summary.all.customers.unserved ?? -1))
        #expect((point.movesTo != nil) == (relocate > 0))
      }
      guard case .promise(let certificate)? = proposal.proof else {
        Issue.record("a certificate of the promise is expected")
        return
      }
      certificates.append(certificate)
    }
    var forged = certificates
    for k in forged.indices {
      forged[k].bounds[2] += 1
      forged[k].values[2] += 1
    }
    let verdicts = try checkedByAnother(certificates + forged)
    #expect(verdicts.prefix(certificates.count).allSatisfy { $0 == nil }, "\(verdicts)")
    #expect(verdicts.dropFirst(certificates.count).allSatisfy { $0 != nil })
  }

  @Test("close no more than the budget frees, with what closed points cost")
  func budget() throws {
    for seed in [1, 2, 4] {
      let one = county(seed, onRoads: false)
      let everything = changes(one, coverage(of: one.network, one.options).summary.villages.effective != nil)
      var question = one.question(.budget(fen: 300), .promise)
      (question.rules.close, question.rules.monthsSaved) = (2, 12)
      let proposal = try one.network.proposal(question, among: one.sites)
      #expect(proposal.isAnswered && proposal.isProven)
      let best = everything.filter { change in
        let saved = change.closed.reduce(0) { $0 + 12 * 7 * ($1 + 1) }
        return change.closed.count <= 2 && (one.cost(change.opened).map { $0 - saved <= 300 } ?? false)
      }.map { [$0.villages, $0.coverage.summary.all.customers.unserved] }
        .min { $0.lexicographicallyPrecedes($1) }
      #expect(Array(proposal.details.levels.map(\.value).prefix(2)) == best)
    }
  }

  @Test("more points to close than there are is no plan, and says how many there are")
  func tooMany() throws {
    let one = county(1, onRoads: false)
    var question = one.question(.sites(1), .promise)
    question.rules.close = one.network.points.count + 1
    let proposal = try one.network.proposal(question, among: one.sites)
    #expect(!proposal.isAnswered && proposal.conflict?.mostClosed == one.network.points.count)
  }

  @Test("have other plans that are as good at the aims before, and close as many points")
  func others() throws {
    var plans = 0
    for seed in 1..<4 {
      let one = county(seed, onRoads: false)
      var question = one.question(.sites(1), .promise)
      question.rules.close = 1
      let best = try one.network.proposal(question, among: one.sites)
      let telling = best.details.levels.telling ?? 0
      let others = try one.network.alternatives(to: best, among: one.sites, count: 3, within: 500_000)
      for plan in others.plans {
        #expect(plan.closed.count == 1 && plan.sites.count <= 1)
        var decided = question
        decided.forbiddenInWhole = []
        (decided.kept, decided.forbidden) = (
          plan.sites, (0..<one.sites.count).filter { !plan.sites.contains($0) }
        )
        decided.rules.closedPoints = plan.closed
        decided.rules.keptPoints = (0..<one.network.points.count).filter { !plan.closed.contains($0) }
        let alone = try one.network.proposal(decided, among: one.sites)
        let values = alone.details.levels.map(\.value)
        #expect(values.prefix(telling) == best.details.levels.map(\.value).prefix(telling))
        #expect(values[telling] == plan.value && plan.value <= others.leastGood)
      }
      plans += others.plans.count
    }
    #expect(plans > 2)
  }
}
