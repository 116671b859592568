import Geo
import Planning
import TestSupport
import Testing
import Travel

/// Gains are judged by `coverage` of the network with the sites opened one more at a time, and each alone.
@Suite("Who gains by a plan")
struct SiteBenefitTests {
  typealias Case = SiteProposalTests.Case

  private func elderly(_ place: Int, _ one: Case) -> Int? {
    let share = one.network.places.elderlyShares[place]
    return share.isNaN ? nil : Int((Double(one.network.places.customers[place]) * share).rounded())
  }

  private func group(_ places: [Int], _ one: Case) -> SiteBenefit.Group {
    var group = SiteBenefit.Group()
    group.places = places.count
    group.customers = places.reduce(0) { $0 + one.network.places.customers[$1] }
    let known = places.compactMap { elderly($0, one) }
    group.elderly = known.isEmpty ? nil : known.reduce(0, +)
    return group
  }

  /// A county whose places state their elderly, now and then, and some of which reach no point.
  private func county(_ seed: Int, onRoads: Bool) -> Case {
    var one = Case.random(seed, onRoads: onRoads)
    var random = SeededGenerator(seed: seed)
    for place in 0..<one.network.places.count where Bool.random(using: &random) {
      one.network.places.elderlyShares[place] = .random(in: 0...1, using: &random)
    }
    if seed % 3 == 0 {
      for point in one.network.points.statuses.indices { one.network.points.statuses[point] = .closed }
    }
    return one
  }

  @Test("is told place by place as coverage tells it", arguments: 0..<24, [false, true])
  func gains(seed: Int, onRoads: Bool) throws {
    let one = county(seed, onRoads: onRoads)
    let goal = [SiteQuestion.Goal.coverage, .distance][seed % 2]
    let proposal = try one.network.proposal(one.question(.sites(3), goal), among: one.sites)
    let sites = proposal.chosen.map(\.site)
    let benefits = proposal.benefits(in: one.network)
    #expect(benefits.count == sites.count)
    let places = one.network.places.customers.indices
    let before = one.judged([])
    let after = one.judged(sites)
    var (sum, nearer, first) = (0, 0, 0)
    for (order, benefit) in benefits.enumerated() {
      let (less, more) = (one.judged(Array(sites.prefix(order))), one.judged(Array(sites.prefix(order + 1))))
      #expect(benefit.newlyServed == group(places.filter { more.isServed[$0] && !less.isServed[$0] }, one))
      // Alone, the site is as near to its places as the whole plan brings any point.
      let alone = one.judged([sites[order]])
      let mine = places.filter { Int(after.nearestPoints[$0]) == one.network.points.count + order }
      for place in mine { #expect(alone.seconds[place] == after.seconds[place]) }
      #expect(benefit.nearer == group(mine.filter { before.nearestPoints[$0] >= 0 }, one))
      #expect(benefit.firstReached == group(mine.filter { before.nearestPoints[$0] < 0 }, one))
      if let mean = benefit.meanSecondsSaved {
        let exact = Double(benefit.customerSecondsSaved) / Double(benefit.nearer.customers)
        #expect(abs(Double(mean) - exact) <= 0.5)
      } else {
        #expect(benefit.nearer.customers == 0)
      }
      if let cost = one.costs[sites[order]], benefit.newlyServed.customers > 0 {
        let each = try #require(proposal.costPerCustomerFen(order, benefit))
        #expect(abs(Double(each) - Double(cost) / Double(benefit.newlyServed.customers)) <= 0.5)
      } else {
        #expect(proposal.costPerCustomerFen(order, benefit) == nil)
      }
      sum += benefit.customerSecondsSaved
      nearer += benefit.nearer.customers
      first += benefit.firstReached.places
    }
    let whole = proposal.benefit(in: one.network)
    #expect(whole.customerSecondsSaved == sum && whole.nearer.customers == nearer)
    // No way changes but those of who goes to a site.
    let saved = places.filter { before.nearestPoints[$0] >= 0 }.reduce(0) {
      $0 + Int(before.seconds[$1] - after.seconds[$1]) * one.network.places.customers[$1]
    }
    #expect(whole.customerSecondsSaved == saved)
    #expect(first == places.count { before.nearestPoints[$0] < 0 && after.nearestPoints[$0] >= 0 })
    #expect(whole.newlyServed == group(places.filter { after.isServed[$0] && !before.isServed[$0] }, one))
  }

  @Test("costs to the nearest fen, half upward, and nothing for nobody")
  func cost() {
    #expect(fen(100, perCustomers: 3) == 33 && fen(200, perCustomers: 3) == 67)
    #expect(fen(1, perCustomers: 2) == 1 && fen(.max, perCustomers: 1) == .max)
    #expect(fen(100, perCustomers: 0) == nil)
  }
}
