import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Distance, the farthest place and gradual coverage under rules, judged by opening every set of sites and closing every set of points in turn.
@Suite("Rules of ways")
struct SiteRulesWaysTests {
  typealias Case = SiteProposalTests.Case

  /// A change of the network, with what a goal makes of it: less is better.
  struct Change {
    var opened: [Int]
    var closed: [Int]
    var merit: Int
  }

  static let goals: [SiteQuestion.Goal] = [.distance, .worst, .coverage]

  /// What a goal makes of a coverage: ways of payments, the longest way, or thousandths that gradual coverage loses.
  func merit(_ one: Case, _ goal: SiteQuestion.Goal, _ coverage: Coverage, _ left: Set<Int>) -> Int {
    let places = one.network.places
    let ways = (0..<places.count).filter { !left.contains($0) }.map { place in
      (
        place: place,
        seconds: coverage.nearestPoints[place] < 0 ? 86_400 : min(86_400, Int(coverage.seconds[place]))
      )
    }
    switch goal {
    case .worst: return ways.map(\.seconds).max() ?? 0
    case .distance:
      return ways.reduce(0) { sum, way in
        let payments = InPersonPayments().perMonth(
          customers: places.customers[way.place], feeControlShare: places.feeControlShares[way.place],
          onlineShare: places.onlineShares[way.place])
        return sum + way.seconds * payments
      }
    default:
      return ways.reduce(0) {
        $0 + places.weight(of: $1.place, by: one.options.weight)
          * (1_000 - GradualDecay().thousandths(after: $1.seconds))
      }
    }
  }

  /// Every set of openings and closings, with its coverage.
  func changes(
    _ one: Case, closable: [Int] = []
  ) -> [(opened: [Int], closed: [Int], coverage: Coverage)] {
    (0..<1 << closable.count).flatMap { bits in
      let closed = closable.indices.filter { bits >> $0 & 1 == 1 }.map { closable[$0] }
      var changed = one
      changed.network = one.network.closing(closed)
      return changed.all.map { ($0.sites, closed, $0.coverage) }
    }
  }

  func judged(
    _ all: [(opened: [Int], closed: [Int], coverage: Coverage)], _ one: Case, _ goal: SiteQuestion.Goal,
    _ left: [Int]
  ) -> [Change] {
    let left = Set(left)
    return all.map {
      Change(opened: $0.opened, closed: $0.closed, merit: merit(one, goal, $0.coverage, left))
    }
  }

  func question(_ one: Case, _ limit: SiteQuestion.Limit, _ goal: SiteQuestion.Goal) -> SiteQuestion {
    var question = one.question(limit, goal)
    if goal == .coverage { question.gradual = GradualDecay() }
    return question
  }

  /// The least that a goal's merit can be, of what the proposal says.
  func told(_ one: Case, _ proposal: SiteProposal) -> Int {
    guard proposal.question.goal == .coverage else { return proposal.value }
    let left = Set(proposal.beyondReach)
    let all = (0..<one.network.places.count).filter { !left.contains($0) }.reduce(0) {
      $0 + one.network.places.weight(of: $1, by: one.options.weight)
    }
    return 1_000 * all - proposal.value
  }

  /// That the plan is what its figures say.
  ///
  /// - Returns: its proof, for another program to check.
  private func check(_ one: Case, _ proposal: SiteProposal) -> [RuledCertificate] {
    #expect(proposal.isAnswered && proposal.isProven)
    var changed = one
    changed.network = one.network.closing(proposal.closed.map(\.point))
    #expect(proposal.after.summary == changed.judged(proposal.chosen.map(\.site)).summary)
    guard proposal.unit != .sites, proposal.unit != .fen || proposal.question.goal == .coverage else {
      return []
    }
    let merit = merit(one, proposal.question.goal, proposal.after, Set(proposal.beyondReach))
    #expect(told(one, proposal) == merit + proposal.charge)
    if case .ruled(let certificate) = proposal.proof {
      let weight = certificate.weights.reduce(0, +)
      if proposal.question.goal == .worst { #expect(certificate.bound < weight) }
      return [certificate]
    }
    #expect(proposal.value == 0, "only what cannot be less needs no proof")
    return []
  }

  @Test(
    "sites apart, few in a township and some in the poorest bring people as near as the best of all sets that keep to that",
    arguments: 0..<6)
  func places(seed: Int) throws {
    var dice = SeededGenerator(seed: 300 + seed)
    let one = Case.random(seed, onRoads: seed % 5 == 4)
    let spacing = Distance.meters([50, 300, 1_500, 6_000].randomElement(using: &dice)!)
    let townships = SiteTownships(one.sites, one.network.places).ofSite
    let before = coverage(of: one.network, one.options)
    let weights = (0..<one.network.places.count).map {
      one.network.places.weight(of: $0, by: one.options.weight)
    }
    let poor = Set(SiteTownships.poorest(1, one.network.places, weights, before.isServed))
    let points = before.counts.indices.filter { before.counts[$0] }.map(
      one.network.points.coordinate(of:))
    func isApart(_ opened: [Int]) -> Bool {
      opened.allSatisfy { site in
        let here = one.sites.coordinate(of: site)
        return points.allSatisfy { here.distance(to: $0) >= spacing }
          && opened.allSatisfy { $0 == site || here.distance(to: one.sites.coordinate(of: $0)) >= spacing }
      }
    }
    func isSparse(_ opened: [Int]) -> Bool {
      Dictionary(grouping: opened.map { townships[$0] }.filter { $0 >= 0 }) { $0 }.values.allSatisfy {
        $0.count <= 1
      }
    }
    let everything = changes(one)
    var proofs: [RuledCertificate] = []
    for goal in Self.goals {
      for mask in 1..<8 {
        var asked = question(one, .sites(3), goal)
        if mask & 1 > 0 { asked.rules.spacing = spacing }
        if mask & 2 > 0 { asked.rules.perTownship = 1 }
        if mask & 4 > 0 { asked.rules.poorest = .init(sites: 1, townships: 1) }
        let found = try one.network.proposal(asked, among: one.sites)
        let all = judged(everything, one, goal, found.beyondReach).filter { change in
          (mask & 1 == 0 || isApart(change.opened)) && (mask & 2 == 0 || isSparse(change.opened))
            && (mask & 4 == 0 || change.opened.contains { poor.contains(townships[$0]) })
        }
        if let best = all.filter({ $0.opened.count <= 3 }).map(\.merit).min() {
          proofs += check(one, found)
          #expect(told(one, found) == best, "\(goal), mask \(mask)")
          #expect(all.contains { Set($0.opened) == Set(found.chosen.map(\.site)) })
          if goal != .worst, mask % 2 == seed % 2 {
            // Ways too long for rows of steps say the same.
            asked.mostSteps = -1
            let long = try one.network.proposal(asked, among: one.sites)
            proofs += check(one, long)
            #expect(told(one, long) == best, "\(goal), mask \(mask)")
            asked.mostSteps = 2_000_000
          }
        } else {
          #expect(found.conflict != nil && found.chosen.isEmpty, "\(goal), mask \(mask)")
        }
        asked.limit = .budget(fen: 1_200)
        guard (one.cost(one.kept) ?? .max) <= 1_200 else { continue }
        let within = try one.network.proposal(asked, among: one.sites)
        let affordable = all.filter { (one.cost($0.opened) ?? .max) <= 1_200 }
        if within.beyondReach == found.beyondReach, let best = affordable.map(\.merit).min() {
          proofs += check(one, within)
          #expect(told(one, within) == best, "\(goal), mask \(mask)")
        }
      }
    }
    #expect(try checkedByAnother(proofs).allSatisfy { $0 == nil } && !proofs.isEmpty)
  }

  @Test(
    "points close where that makes ways least longer, and move where it makes them shortest",
    arguments: 0..<4,
    [false, true])
  func closing(seed: Int, onRoads: Bool) throws {
    var one = Case.random(seed, onRoads: onRoads, sites: 4)
    (one.kept, one.options.kinds, one.options.methods, one.options.moment) = ([], [], [], nil)
    for point in one.network.points.statuses.indices { one.network.points.statuses[point] = .active }
    let points = Array(0..<one.network.points.count)
    let everything = changes(one, closable: points)
    var proofs: [RuledCertificate] = []
    for goal in Self.goals {
      for (close, relocate, choose, kept) in [
        (1, 0, 0, []), (2, 0, 1, []), (1, 0, 1, [0]), (0, 2, 0, []), (0, 1, 1, [1]),
      ] {
        var asked = question(one, .sites(choose), goal)
        (asked.rules.close, asked.rules.relocate, asked.rules.keptPoints) = (close, relocate, kept)
        let found = try one.network.proposal(asked, among: one.sites)
        proofs += check(one, found)
        if goal != .worst, seed % 2 == 0 {
          asked.mostSteps = -1
          let long = try one.network.proposal(asked, among: one.sites)
          proofs += check(one, long)
          #expect(long.value == found.value && long.bound == found.bound)
        }
        let all = judged(everything, one, goal, found.beyondReach)
        let allowed = all.filter { $0.closed.allSatisfy { !kept.contains($0) } }.filter {
          relocate == 0
            ? $0.closed.count == close && $0.opened.count <= choose
            : $0.closed.count <= min(relocate, $0.opened.count) && $0.opened.count <= choose + $0.closed.count
        }
        #expect(told(one, found) == allowed.map(\.merit).min(), "\(goal) \(close) \(relocate) \(choose)")
        #expect(
          allowed.contains {
            Set($0.opened) == Set(found.chosen.map(\.site)) && $0.closed == found.closed.map(\.point).sorted()
          })
        for one in found.closed { #expect(one.loss >= 0 && points.contains(one.point)) }
      }
      guard goal != .worst else { continue }
      var asked = question(one, .sites(0), goal)
      (asked.rules.relocate, asked.rules.keepUnlessMillionths) = (2, 20_000)
      let found = try one.network.proposal(asked, among: one.sites)
      proofs += check(one, found)
      let before = merit(one, goal, found.before, Set(found.beyondReach))
      let everybody = (0..<one.network.places.count).reduce(0) {
        $0 + one.network.places.weight(of: $1, by: one.options.weight)
      }
      let charge = (goal == .distance ? before : 1_000 * everybody) / 50 + 1
      let allowed = judged(everything, one, goal, found.beyondReach).filter {
        $0.closed.count <= min(2, $0.opened.count) && $0.opened.count <= $0.closed.count
      }
      #expect(told(one, found) == allowed.map { $0.merit + charge * $0.closed.count }.min(), "\(goal)")
      #expect(found.charge == charge * found.closed.count)
    }
    #expect(try checkedByAnother(proofs).allSatisfy { $0 == nil } && !proofs.isEmpty)
  }

  @Test(
    "a time is reached by the fewest or cheapest sites that keep to rules, or the least time is said that they reach",
    arguments: 0..<6)
  func times(seed: Int) throws {
    var one = Case.random(seed, onRoads: seed % 5 == 4)
    one.kept = []
    let townships = SiteTownships(one.sites, one.network.places).ofSite
    let everything = changes(one)
    for goal in [SiteQuestion.Goal.distance, .worst] {
      for (seconds, cheapest) in [(60, false), (600, true), (1_500, false), (4_000, true)] {
        var asked = question(one, .within(seconds: seconds, cheapest: cheapest), goal)
        asked.rules.perTownship = 1
        let found = try one.network.proposal(asked, among: one.sites)
        let left = goal == .worst ? [] : found.beyondReach
        let payments = (0..<one.network.places.count).filter { !left.contains($0) }.reduce(0) { sum, place in
          sum
            + InPersonPayments().perMonth(
              customers: one.network.places.customers[place],
              feeControlShare: one.network.places.feeControlShares[place],
              onlineShare: one.network.places.onlineShares[place])
        }
        let limit = goal == .worst ? seconds : seconds * payments
        let all = judged(everything, one, goal, left).filter { change in
          Dictionary(grouping: change.opened.map { townships[$0] }.filter { $0 >= 0 }) { $0 }.values
            .allSatisfy { $0.count <= 1 } && (!cheapest || one.cost(change.opened) != nil)
        }
        let enough = all.filter { $0.merit <= limit }
        if let best = enough.map({ cheapest ? one.cost($0.opened) ?? 0 : $0.opened.count }).min() {
          #expect(found.isAnswered && found.isProven && found.value == best, "\(goal) \(seconds)")
          #expect(enough.contains { Set($0.opened) == Set(found.chosen.map(\.site)) })
        } else {
          let relaxation = try #require(found.shortfall?.relaxation, "\(goal) \(seconds)")
          guard relaxation.helps, let least = relaxation.townSeconds else {
            #expect(goal == .worst)
            continue
          }
          #expect(all.contains { $0.merit <= (goal == .worst ? least : least * payments) })
          #expect(!all.contains { $0.merit <= (goal == .worst ? least - 1 : (least - 1) * payments) })
        }
      }
    }
  }

  @Test("of many points only those near enough to be left over make rows")
  func rows() throws {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v")]
    sketch.points = (0..<40).map { .init(id: "p\(10 + $0)", place: "v", volumes: [1]) }
    for k in sketch.points.indices { sketch.points[k].longitude += 0.001 * Double(k) }
    let network = sketch.network
    let options = CoverageOptions()
    let before = coverage(of: network, options)
    let reach = SiteReach(of: CandidateTable(), in: network, options)
    let ways = SiteWays(
      network, before, reach, candidates: 0, closable: Array(0..<40), atMost: 3, options)
    #expect(ways.rows[0].map(\.point) == [0, 1, 2])
    let third = coverage(of: network.closing([0, 1, 2]), options)
    #expect(ways.base == [third.seconds[0]] && ways.isReached == [true])
  }
}
