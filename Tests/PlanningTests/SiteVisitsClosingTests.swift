import Foundation
import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Points that close for visits, judged by every set of sites and points in turn, and by forecasts of the changed network.
@Suite("Points that close for visits")
struct SiteVisitsClosingTests {
  typealias Case = SiteProposalTests.Case

  /// A county whose places choose by chance among sites and points of today, of which one may never close.
  private func county(_ seed: Int) -> (one: Case, question: SiteQuestion) {
    var one = Case.random(seed, onRoads: false, sites: 5)
    (one.kept, one.options.kinds, one.options.methods, one.options.moment) = ([], [], [], nil)
    let count = one.network.points.count
    for point in 0..<count {
      one.network.points.statuses[point] = .active
      one.network.points.monthlyCostsFen[point] = 100 + 70 * point
    }
    var dice = SeededGenerator(seed: 800 + seed)
    var question = one.question(.sites(2), .visits)
    let points = Array((seed % 2)..<count)
    var visits = CapturedVisits(
      siteCount: 5 + points.count,
      rows: (0..<20).map { _ in
        .init(
          payments: Double(Int.random(in: 1...90, using: &dice)),
          standing: .random(in: 0.1...2, using: &dice),
          sites: (0..<5 + points.count).filter { _ in Bool.random(using: &dice) }.map {
            ($0, Double.random(in: 0.1...2, using: &dice))
          })
      })
    visits.points = points
    question.visits = visits
    return (one, question)
  }

  private struct Change {
    var opened: [Int]
    var closed: [Int]
    var gained: Int
  }

  /// Every set of openings and closings, with what is drawn more than today.
  private func changes(_ one: Case, _ visits: CapturedVisits) -> [Change] {
    let points = visits.points
    let today = visits.captured(by: 5..<5 + points.count)
    return (0..<32).flatMap { sites in
      (0..<1 << points.count).compactMap { bits -> Change? in
        let opened = (0..<5).filter { sites >> $0 & 1 == 1 }
        guard Set(opened).isDisjoint(with: one.forbidden) else { return nil }
        let closed = points.indices.filter { bits >> $0 & 1 == 1 }
        let open = opened + points.indices.filter { !closed.contains($0) }.map { 5 + $0 }
        return Change(
          opened: opened, closed: closed.map { points[$0] }, gained: visits.captured(by: open) - today)
      }
    }
  }

  @Test(
    "points close and move where that draws most, as many as are asked for, and it is proven",
    arguments: 0..<10)
  func closing(seed: Int) throws {
    let (one, plain) = county(seed)
    let visits = try #require(plain.visits)
    let all = changes(one, visits)
    var certificates: [CaptureCertificate] = []
    func check(_ proposal: SiteProposal, _ allowed: [Change], charge: Int = 0, _ note: String) throws {
      let (opened, closed) = (proposal.chosen.map(\.site), proposal.closed.map(\.point))
      guard let best = allowed.map({ $0.gained - charge * $0.closed.count }).max() else {
        #expect(proposal.conflict != nil, "\(note)")
        return
      }
      #expect(proposal.isAnswered && proposal.isProven && proposal.value == best, "\(note)")
      let own = allowed.first { $0.opened == opened.sorted() && $0.closed == closed.sorted() }
      #expect(
        own.map { $0.gained - charge * closed.count } == best && proposal.charge == charge * closed.count)
      #expect(closed.allSatisfy { proposal.network.points.statuses[$0] == .closed })
      // What is lost by a point is what staying would bring, to the rounding of whole payments.
      for point in proposal.closed {
        let rest = closed.filter { $0 != point.point }.sorted()
        let other = try #require(all.first { $0.opened == opened.sorted() && $0.closed == rest })
        #expect(abs(point.loss - max(0, other.gained - (own?.gained ?? 0))) <= 1)
      }
      guard case .capture(let certificate)? = proposal.proof else {
        Issue.record("a certificate of captured payments is expected: \(note)")
        return
      }
      certificates.append(certificate)
    }
    for (close, choose) in [(1, 0), (2, 1), (1, 2)] {
      var question = plain
      question.limit = .sites(choose)
      question.rules.close = close
      let exact = all.filter { $0.closed.count == close && $0.opened.count <= choose }
      try check(try one.network.proposal(question, among: one.sites), exact, "close \(close)")
      question.rules.keptPoints = [2]
      try check(
        try one.network.proposal(question, among: one.sites), exact.filter { !$0.closed.contains(2) }, "kept")
      question.rules.keptPoints = []
      question.rules.closedPoints = [3]
      try check(
        try one.network.proposal(question, among: one.sites), exact.filter { $0.closed.contains(3) }, "closed"
      )
    }
    // All that can be drawn besides what is drawn today: what stands at R of S now, and no more than that.
    let rows = visits.payments.indices.map { row in
      visits.payments[row] - visits.captured(row, visits.sums(of: 5..<visits.siteCount)[row])
    }
    for (moves, choose, share) in [(1, 0, 0), (2, 1, 0), (2, 0, 40_000)] {
      var question = plain
      question.limit = .sites(choose)
      question.rules.relocate = moves
      question.rules.keepUnlessMillionths = share
      let charge = share > 0 ? rows.reduce(0, +) / 1_000 * share / 1_000_000 + 1 : 0
      let proposal = try one.network.proposal(question, among: one.sites)
      let allowed = all.filter {
        $0.closed.count <= moves && $0.closed.count <= $0.opened.count
          && $0.opened.count <= choose + $0.closed.count
      }
      try check(proposal, allowed, charge: charge, "relocate \(moves)")
      #expect(Set(proposal.closed.compactMap(\.movesTo)).count == proposal.closed.count)
    }
    for relocates in [false, true] {
      var question = plain
      question.limit = .budget(fen: 300)
      (question.rules.close, question.rules.relocate) = relocates ? (0, 2) : (2, 0)
      question.rules.movingCostFen = 50
      question.rules.monthsSaved = 3
      question.rules.perTownship = seed % 3 == 0 ? nil : 1
      let judge = SiteRulesTests()
      let allowed = all.filter { change in
        guard let cost = one.cost(change.opened), change.closed.count <= 2 else { return false }
        let saved = change.closed.reduce(0) { $0 + 3 * one.network.points.monthlyCostsFen[$1] }
        let moving = relocates ? 50 * change.closed.count : 0
        let each = Dictionary(grouping: change.opened.compactMap { judge.township(one, $0) }) { $0 }
        if seed % 3 != 0, each.values.contains(where: { $0.count > 1 }) { return false }
        return cost + moving - saved <= 300 && (!relocates || change.closed.count <= change.opened.count)
      }
      try check(try one.network.proposal(question, among: one.sites), allowed, "budget \(relocates)")
    }
    #expect(!certificates.isEmpty)
    let verdicts = try checkedByAnother(certificates)
    #expect(verdicts.allSatisfy { $0 == nil }, "\(verdicts)")
    var question = plain
    question.rules.close = visits.points.count + 1
    let impossible = try one.network.proposal(question, among: one.sites)
    #expect(impossible.conflict?.mostClosed == visits.points.count)
  }

  @Test("other plans close other points, and no better one is missed", arguments: 0..<4)
  func others(seed: Int) throws {
    let (one, plain) = county(seed)
    let visits = try #require(plain.visits)
    var question = plain
    question.limit = .sites(1)
    question.rules.close = 1
    let best = try one.network.proposal(question, among: one.sites)
    let others = try one.network.alternatives(to: best, among: one.sites, count: 3, within: 1_000_000)
    let exact = changes(one, visits).filter { $0.closed.count == 1 && $0.opened.count <= 1 }
    for plan in others.plans {
      let judged = exact.first { $0.opened == plan.sites && $0.closed == plan.closed }
      #expect(judged?.gained == plan.value && plan.value >= others.leastGood && plan.closed.count == 1)
    }
    for closure in others.closures {
      let without = exact.filter { $0.closed != [closure.point] }.map(\.gained).max()
      #expect(closure.valueWithout == without && closure.boundWithout == without)
    }
    for member in others.members {
      let without = exact.filter { !$0.opened.contains(member.site) }.map(\.gained).max()
      #expect(member.valueWithout == without && member.boundWithout == without)
    }
  }

  @Test(
    "what is drawn is what forecasts of the changed network take from others, or from those at home",
    arguments: 0..<6)
  func forecasts(seed: Int) throws {
    var county = ChoiceCounty(seed: seed, truth: PaymentForecastTests.truth, places: 30, points: 14)
    county.makeVolumes(seed: seed)
    county.options.reach.nearest = 40
    let network = county.network
    let estimate = ChoiceEstimate(of: network, surveys: county.answers(8, seed: 5), county.options)
    let reconciled = DemandReconciliation(of: network, estimate, county.options.payments)
    let today = PaymentForecast(of: network, estimate, reconciled, by: InPersonPayments())
    var dice = SeededGenerator(seed: seed + 17)
    var sites = CandidateTable()
    for site in 0..<4 {
      sites.ids.append("c\(site)")
      sites.names.append("site \(site)")
      sites.kinds.append([.shop, .businessHall].randomElement(using: &dice)!)
      sites.latitudes.append(35 + .random(in: -0.04...0.04, using: &dice))
      sites.longitudes.append(112.5 + .random(in: -0.04...0.04, using: &dice))
      sites.places.append(-1)
      sites.openingCostsFen.append(nil)
      sites.monthlyCostsFen.append(nil)
      sites.counters.append(0)
    }
    let minutes = 25.0
    let home = exp(estimate.model.logDecay(Int32(minutes * 60)).value)
    func isOwn(_ point: Int) -> Bool {
      network.points.kinds[point] == .businessHall || network.points.kinds[point] == .selfService
    }
    /// Payments of points that are not the company's own, or of nobody, where staying at home is a choice.
    func counted(_ forecast: PaymentForecast, _ source: VisitSource) -> Double {
      forecast.demand.indices.reduce(0) { sum, place in
        let weight = exp(forecast.shares.logSums[place])
        let others = zip(forecast.shares.reach[place], forecast.shares[place]).reduce(0.0) {
          let point = Int($1.0.point)
          return point < network.points.count && !isOwn(point) ? $0 + Double($1.1) : $0
        }
        let part = source == .others ? others * weight : home
        return sum + forecast.demand[place] * part / (weight + home)
      }
    }
    for source in [VisitSource.others, .nobody] {
      let problem = CapturedVisits(
        of: sites, in: network, today, from: source, homeMinutes: minutes, closesPoints: true)
      #expect(
        problem.points == (0..<network.points.count).filter { source == .nobody || isOwn($0) })
      #expect(problem.siteCount == 4 + problem.points.count)
      for _ in 0..<8 {
        let opened = (0..<4).filter { _ in Bool.random(using: &dice) }
        let closed = Set(problem.points.filter { _ in Int.random(in: 0..<4, using: &dice) == 0 })
        let changed = network.opening(opened, of: sites).closing(closed.sorted())
        let after = PaymentForecast(of: changed, estimate, reconciled, by: InPersonPayments())
        let open =
          opened + problem.points.indices.filter { !closed.contains(problem.points[$0]) }.map { 4 + $0 }
        let drawn =
          problem.thousandths(by: open) - problem.thousandths(by: 4..<problem.siteCount)
        let judge = counted(today, source) - counted(after, source)
        #expect(abs(Double(drawn) / 1_000 - judge) < 0.1 + 2e-4 * abs(judge), "\(source) \(judge)")
      }
      // Without points that close, the same sites draw the same.
      let plain = CapturedVisits(of: sites, in: network, today, from: source, homeMinutes: minutes)
      let more = problem.captured(by: 0..<problem.siteCount) - problem.captured(by: 4..<problem.siteCount)
      #expect(abs(plain.captured(by: 0..<4) - more) <= 1 && plain.points.isEmpty)
    }
  }
}
