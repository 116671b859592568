import Foundation
import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Goals with more than one aim, gradual coverage and merged candidates, judged by opening every set of sites and asking `coverage`.
@Suite("Goals of a plan")
struct SiteGoalTests {
  @Test("gradual coverage counts as much as the best of all sets, in thousandths", arguments: 0..<10)
  func gradual(seed: Int) throws {
    let one = SiteProposalTests.Case.random(seed, onRoads: seed % 5 == 4)
    let places = one.network.places
    let decay = seed % 2 == 0 ? GradualDecay() : GradualDecay(.exponential, parameters: [log(0.05)])
    var question = one.question(.sites(max(2, one.kept.count)))
    question.gradual = decay
    let proposal = try one.network.proposal(question, among: one.sites)
    /// Half at 12 minutes, by the third power; or five per cent less each minute.
    func counted(_ coverage: Coverage) -> Int {
      (0..<places.count).reduce(0) { sum, i in
        guard coverage.nearestPoints[i] >= 0 else { return sum }
        let minutes = max(1.0 / 60, Double(min(86_400, coverage.seconds[i])) / 60)
        let share = seed % 2 == 0 ? 1 / (1 + pow(minutes / 12, 3)) : exp(-0.05 * minutes)
        return sum + places.weight(of: i, by: one.options.weight) * Int((share * 1_000).rounded())
      }
    }
    let best = one.all.filter { $0.sites.count <= max(2, one.kept.count) }.map { counted($0.coverage) }.max()
    #expect(proposal.isProven && proposal.value == best && proposal.details.divisor == 1_000)
    #expect(proposal.value == counted(proposal.after))
    #expect(proposal.chosen.reduce(counted(proposal.before)) { $0 + $1.gain } == proposal.value)
    #expect(proposal.unit == SiteProposal.Unit(one.options.weight))
    // Long rows are left to p-median's own search, which finds the same.
    question.mostStepEntries = -1
    let searched = try one.network.proposal(question, among: one.sites)
    #expect(searched.value == best && searched.isProven && searched.details.divisor == 1_000)
    guard case .ruled(let steps)? = proposal.proof, case .median(let certificate)? = searched.proof else {
      Issue.record("certificates of covering under rules and of p-median are expected")
      return
    }
    #expect(try checkedByAnother([certificate]) == [nil])
    #expect(try checkedByAnother([steps]) == [nil])
  }

  @Test("the promise is kept in its order: villages, customers, ways, cost", arguments: 0..<16)
  func promise(seed: Int) throws {
    var one = SiteProposalTests.Case.random(seed, onRoads: seed % 8 == 7)
    one.options.weight = .customers
    if seed % 3 != 0 { one.costs = one.costs.map { $0 ?? 500 } }
    let places = one.network.places
    let isKnown = one.judged([]).summary.villages.effective != nil
    /// Villages that are effective, or have a point where nobody knows which are.
    func villages(_ set: [Int]) throws -> Int {
      // What opens is effective: open all week, with a payment in the latest month.
      var network = one.network.opening(set, of: one.sites, unstated: one.options.unstatedKind)
      let first = one.network.points.count
      if isKnown, !set.isEmpty {
        network.points.openingHours.append(try OpeningHours(parsing: "24/7"))
        let hours = Int32(network.points.openingHours.count - 1)
        for point in first..<network.points.count {
          network.points.hours[point] = hours
          network.volumes.points.append(Int32(point))
          network.volumes.monthIndices.append(Int32(network.volumes.months.count - 1))
          network.volumes.payments.append(1)
          network.volumes.amountsFen.append(-1)
          network.volumes.busiestDayPayments.append(-1)
        }
      }
      let summary = coverage(of: network, one.options).summary.villages
      return summary.total - (isKnown ? summary.effective ?? 0 : summary.withPoint)
    }
    let knowsCosts = !one.costs.contains(nil)
    let townships = SiteTownships(one.sites, places).ofSite
    let all = one.all
    let most = 1_200 + (one.cost(one.kept) ?? 0)
    for (limit, perTownship) in [
      (SiteQuestion.Limit.sites(max(1, one.kept.count)), nil), (.sites(3), nil), (.sites(3), 1),
      (.budget(fen: most), nil), (.budget(fen: most), 2),
    ] {
      var question = one.question(limit, .promise)
      question.rules.perTownship = perTownship
      // Every other county has ways too long for rows of steps.
      if seed % 2 == 1 { question.mostSteps = -1 }
      let proposal = try one.network.proposal(question, among: one.sites)
      func aims(_ set: [Int], _ coverage: Coverage) throws -> [Int] {
        let ways = (0..<places.count).reduce(0) { sum, i in
          if proposal.beyondReach.contains(i) { return sum }
          let seconds = coverage.nearestPoints[i] < 0 ? 86_400 : min(86_400, Int(coverage.seconds[i]))
          return sum + seconds * places.weight(of: i, by: .payments)
        }
        return [
          try villages(set), coverage.summary.all.customers.unserved, ways,
          knowsCosts ? one.cost(set) ?? 0 : set.count,
        ]
      }
      func isAllowed(_ set: [Int]) -> Bool {
        let groups = Dictionary(grouping: set.map { townships[$0] }.filter { $0 >= 0 }) { $0 }
        guard groups.values.allSatisfy({ $0.count <= perTownship ?? .max }) else { return false }
        if case .sites(let count) = limit { return set.count <= count }
        return (one.cost(set) ?? .max) <= most
      }
      let best = try all.filter { isAllowed($0.sites) }.map { try aims($0.sites, $0.coverage) }
        .min { $0.lexicographicallyPrecedes($1) }
      let levels = proposal.details.levels
      guard proposal.conflict == nil else {
        #expect(best == nil)
        continue
      }
      #expect(levels.map(\.value) == best, "seed \(seed)")
      #expect(levels.allSatisfy(\.isProven) && proposal.isProven)
      let chosen = proposal.chosen.map(\.site)
      #expect(try aims(chosen.sorted(), proposal.after) == best)
      #expect(isAllowed(chosen) && Set(chosen).isSuperset(of: one.kept))
      #expect(levels[0].name == (isKnown ? .villagesBelowL3 : .villagesWithoutPoint))
      #expect(levels[3].name == (knowsCosts ? .cost : .sites))

      guard case .promise(let certificate)? = proposal.proof else {
        Issue.record("a certificate of the promise is expected")
        continue
      }
      #expect(certificate.bounds == certificate.values)
      var forged: [PromiseCertificate] = []
      for aim in 0..<3 {
        var one = certificate
        one.values[aim] += 1
        one.bounds[aim] += 1
        forged.append(one)
        one.values[aim] -= 1
        if aim > 0 { forged.append(one) }
      }
      var lighter = certificate
      lighter.exchange[1] += 1
      if certificate.covering.weights.contains(where: { $0 % certificate.villageWeight > 0 }) {
        forged.append(lighter)
      }
      if var cheaper = certificate.cheaper {
        var one = certificate
        one.cheaper = nil
        if one.bounds[2] > one.covering.kept.reduce(0, { $0 + one.costs[$1] }) { forged.append(one) }
        cheaper.rules.removeLast()
        one.cheaper = cheaper
        forged.append(one)
      }
      let verdicts = try checkedByAnother([certificate] + forged)
      #expect(verdicts[0] == nil && verdicts.dropFirst().allSatisfy { $0 != nil }, "\(verdicts)")
    }
  }

  @Test(
    "a promise that is stopped has true bounds of every aim, that of ways included, and a valid certificate",
    arguments: 0..<8)
  func stoppedPromise(seed: Int) throws {
    var one = SiteProposalTests.Case.random(seed, onRoads: false)
    one.options.weight = .customers
    let question = one.question(.sites(max(2, one.kept.count)), .promise)
    let best = try one.network.proposal(question, among: one.sites).details.levels
    let stopped = try one.network.proposal(question, among: one.sites) { true }
    let levels = stopped.details.levels
    for (mine, other) in zip(levels, best) {
      #expect(mine.bound <= mine.value)
      // Later aims speak of plans as good at those before.
      #expect(mine.bound <= other.value)
      if mine.value != other.value { break }
    }
    if best[2].value > 0 { #expect(levels[2].bound > 0) }
    guard case .promise(let certificate)? = stopped.proof else {
      Issue.record("a certificate of the promise is expected")
      return
    }
    #expect(try checkedByAnother([certificate]) == [nil])
  }

  @Test("candidates are made one only where another is as good for everybody", arguments: 0..<12)
  func merged(seed: Int) throws {
    let one = SiteProposalTests.Case.random(seed, onRoads: false, sites: 9)
    let proposal = try one.network.proposal(one.question(.sites(max(2, one.kept.count))), among: one.sites)
    let merging = try #require(proposal.details.merging)
    let base = one.judged(one.kept)
    func gained(_ site: Int) -> Set<Int> {
      let with = one.judged(Set(one.kept + [site]).sorted())
      return Set(
        (0..<one.network.places.count).filter {
          with.isServed[$0] && !base.isServed[$0]
            && one.network.places.weight(of: $0, by: one.options.weight) > 0
        })
    }
    for standIn in merging.standIns {
      #expect(gained(standIn.site).isSubset(of: gained(standIn.by)))
      #expect(standIn.isSame == (gained(standIn.site) == gained(standIn.by)))
      #expect(!merging.standIns.contains { $0.site == standIn.by })
    }
    for site in merging.idle { #expect(gained(site).isEmpty) }
    // Whatever is left differs from everything else that is left.
    let gone = Set(merging.standIns.map(\.site) + merging.idle + one.kept + one.forbidden)
    let left = (0..<one.sites.count).filter { !gone.contains($0) }
    for (a, b) in left.indices.flatMap({ i in left.indices.filter { $0 != i }.map { (left[i], left[$0]) } }) {
      #expect(!gained(a).isSubset(of: gained(b)))
    }
  }

  @Test("more sites than there are, none that help, and nobody at all are answered for every goal")
  func corners() throws {
    var one = SiteProposalTests.Case.random(3, onRoads: false)
    (one.kept, one.forbidden) = ([], [])
    func asked(_ goal: SiteQuestion.Goal, _ count: Int) -> SiteQuestion {
      var question = one.question(.sites(count), goal)
      question.relief.pointCapacities = one.network.points.ids.indices0.map { _ in 50 }
      question.relief.siteCapacities = one.sites.ids.indices0.map { _ in [40, 80] }
      question.visits = CapturedVisits(
        siteCount: one.sites.count,
        rows: (0..<one.sites.count).map { .init(payments: 10, standing: 1, sites: [($0, 1)]) })
      return question
    }
    for nobody in [false, true] {
      if nobody { one.network.places.customers = one.network.places.customers.map { _ in 0 } }
      for goal in SiteQuestion.Goal.allCases {
        let many = try one.network.proposal(asked(goal, 1_000), among: one.sites)
        #expect(many.chosen.count <= one.sites.count && (goal == .relief || many.isProven))
        one.forbidden = Array(0..<one.sites.count)
        let none = try one.network.proposal(asked(goal, 2), among: one.sites)
        #expect(none.chosen.isEmpty && (goal == .relief || none.isProven), "\(goal)")
        one.forbidden = []
        let stopped = try one.network.proposal(asked(goal, 2), among: one.sites) { true }
        #expect(stopped.chosen.count <= 2)
      }
    }
  }
}

extension TextColumn {
  fileprivate var indices0: Range<Int> { 0..<count }
}
