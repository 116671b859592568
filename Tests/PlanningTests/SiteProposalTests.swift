import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Proposals are judged by opening every set of sites in turn and asking `coverage` what it makes of it.
@Suite("Sites proposed")
struct SiteProposalTests {
  /// A county, sites to choose among, and a question without limit.
  struct Case {
    var network: PaymentNetwork
    var sites: CandidateTable
    var options = CoverageOptions()
    var kept: [Int] = []
    var forbidden: [Int] = []
    var costs: [Int?] = []

    static func random(_ seed: Int, onRoads: Bool, sites count: Int = 7) -> Case {
      var random = SeededGenerator(seed: 7_000 + seed)
      let network =
        onRoads
        ? RoadCounty.random(seed: seed, places: 30, points: 3).network
        : NetworkSketch.random(seed: seed, places: 30, points: 4).network
      var sites = CandidateTable()
      for i in 0..<count {
        // Some on a place, some on another site: ties.
        let place = Int.random(in: 0..<network.places.count, using: &random)
        let isCopy = i > 0 && Int.random(in: 0..<5, using: &random) == 0
        sites.ids.append("c\(i)")
        sites.names.append("site \(i)")
        sites.kinds.append(Bool.random(using: &random) ? nil : [.shop, .bank].randomElement(using: &random)!)
        let away = Double.random(in: -0.004...0.004, using: &random)
        sites.latitudes.append(isCopy ? sites.latitudes[i - 1] : network.places.latitudes[place] + away)
        sites.longitudes.append(isCopy ? sites.longitudes[i - 1] : network.places.longitudes[place] - away)
        sites.places.append(Bool.random(using: &random) ? Int32(place) : -1)
        sites.openingCostsFen.append(nil)
        sites.monthlyCostsFen.append(nil)
        sites.counters.append(0)
      }
      var one = Case(network: network, sites: sites)
      if onRoads { one.options.travel = .roads }
      one.options.weight = CoverageOptions.Weight.allCases.randomElement(using: &random)!
      if Bool.random(using: &random) {
        one.options.standard.village = .within(.minutes(6), Bool.random(using: &random) ? .walk : .ebike)
      }
      one.options.standard.townLimit = .minutes([2, 5, 10].randomElement(using: &random)!)
      one.options.standard.countsReturn = Int.random(in: 0..<4, using: &random) == 0
      if Int.random(in: 0..<3, using: &random) == 0 { one.options.kinds = [.bank, .postal] }
      if Int.random(in: 0..<3, using: &random) == 0 { one.options.methods = [.citizenCard] }
      if Int.random(in: 0..<3, using: &random) == 0 { one.options.moment = WeekMinute(parsing: "Sa 18:30") }
      if Int.random(in: 0..<2, using: &random) == 0 { one.kept = [Int.random(in: 0..<count, using: &random)] }
      if Int.random(in: 0..<2, using: &random) == 0 {
        one.forbidden = [Int.random(in: 0..<count, using: &random)].filter { !one.kept.contains($0) }
      }
      one.costs = (0..<count).map { _ in
        Int.random(in: 0..<6, using: &random) == 0 ? nil : .random(in: 0...9, using: &random) * 100
      }
      for site in one.kept where one.costs[site] == nil { one.costs[site] = 300 }
      return one
    }

    func question(_ limit: SiteQuestion.Limit, _ goal: SiteQuestion.Goal = .coverage) -> SiteQuestion {
      var question = SiteQuestion(limit)
      question.goal = goal
      question.coverage = options
      (question.kept, question.forbidden, question.costsFen) = (kept, forbidden, costs)
      return question
    }

    /// Every set of sites that may be opened, with what `coverage` says of it.
    var all: [(sites: [Int], coverage: Coverage)] {
      (0..<1 << sites.count).compactMap { bits in
        let set = (0..<sites.count).filter { bits >> $0 & 1 == 1 }
        guard Set(kept).isSubset(of: set), Set(forbidden).isDisjoint(with: set) else { return nil }
        return (set, judged(set))
      }
    }

    func judged(_ set: [Int]) -> Coverage {
      coverage(of: network.opening(set, of: sites, unstated: options.unstatedKind), options)
    }

    func cost(_ set: [Int]) -> Int? {
      set.reduce(Int?.some(0)) { sum, site in sum.flatMap { sum in costs[site].map { sum + $0 } } }
    }
  }

  private func check(_ proposal: SiteProposal, _ one: Case) {
    let sites = proposal.chosen.map(\.site)
    #expect(Set(sites).count == sites.count && Set(sites).isDisjoint(with: one.forbidden))
    #expect(proposal.isProven && !proposal.isInterrupted && proposal.gap == 0)
    // The plan's own figures are those of coverage with the sites opened.
    #expect(proposal.after.summary == one.judged(sites.sorted()).summary)
    #expect(proposal.before.summary == coverage(of: one.network, one.options).summary)
    let gained = proposal.chosen.flatMap(\.newlyServed)
    #expect(
      gained.sorted()
        == one.network.places.customers.indices.filter {
          proposal.after.isServed[$0] && !proposal.before.isServed[$0]
        })
  }

  @Test(
    "serve as much as the best of all sets of sites, for a number or a budget",
    arguments: 0..<24, [false, true])
  func most(seed: Int, onRoads: Bool) throws {
    let one = Case.random(seed, onRoads: onRoads)
    let all = one.all
    for count in max(1, one.kept.count)...3 {
      let proposal = try one.network.proposal(one.question(.sites(count)), among: one.sites)
      check(proposal, one)
      let best = all.filter { $0.sites.count <= count }.map(\.coverage.summary.weighted.served).max()
      #expect(proposal.value == best)
      #expect(proposal.chosen.count <= count && Set(proposal.chosen.map(\.site)).isSuperset(of: one.kept))
      #expect(proposal.after.summary.weighted.served == proposal.value)
      #expect(
        proposal.chosen.reduce(proposal.before.summary.weighted.served) { $0 + $1.gain } == proposal.value)
    }
    for budget in [1_000, 1_800] {
      let proposal = try one.network.proposal(one.question(.budget(fen: budget)), among: one.sites)
      check(proposal, one)
      let affordable = all.filter { one.cost($0.sites).map { $0 <= budget } ?? false }
      #expect(proposal.value == affordable.map(\.coverage.summary.weighted.served).max())
      #expect((one.cost(proposal.chosen.map(\.site)) ?? .max) <= budget)
    }
  }

  @Test(
    "reach a target by the fewest or the cheapest sites, or say who cannot be served",
    arguments: 0..<24, [false, true])
  func target(seed: Int, onRoads: Bool) throws {
    let one = Case.random(seed, onRoads: onRoads)
    let all = one.all
    for (millionths, isCheapest) in [
      (1_000_000, false), (700_000, false), (400_000, true), (1_000_000, true),
    ] {
      let proposal = try one.network.proposal(
        one.question(.target(millionths: millionths, cheapest: isCheapest)), among: one.sites)
      let allowed = isCheapest ? all.filter { one.cost($0.sites) != nil } : all
      let enough = allowed.filter { isEnough($0.coverage, millionths) }
      let best = enough.map { isCheapest ? one.cost($0.sites) ?? 0 : $0.sites.count }.min()
      if let best {
        check(proposal, one)
        #expect(proposal.shortfall == nil && proposal.value == best)
        #expect(isEnough(proposal.after, millionths))
      } else {
        let shortfall = try #require(proposal.shortfall)
        #expect(proposal.chosen.isEmpty)
        #expect(shortfall.mostWeight == allowed.map(\.coverage.summary.weighted.served).max())
        let weighted = one.options.weight == .customers
        let everything = allowed.max { $0.sites.count < $1.sites.count }?.coverage
        if weighted, let everything {
          #expect(
            shortfall.unservable
              == one.network.places.customers.indices.filter {
                !everything.isServed[$0] && one.network.places.customers[$0] > 0
              })
        }
      }
    }
  }

  private func isEnough(_ coverage: Coverage, _ millionths: Int) -> Bool {
    let weighted = coverage.summary.weighted
    return weighted.served * 1_000_000 >= weighted.total * millionths
  }

  /// Ways in seconds after a plan, at most a day, of the places that some point or allowed site reaches.
  private func ways(_ coverage: Coverage, _ proposal: SiteProposal) -> [(place: Int, seconds: Int)] {
    coverage.seconds.indices.filter { !proposal.beyondReach.contains($0) }.map {
      ($0, coverage.nearestPoints[$0] < 0 ? 86_400 : min(86_400, Int(coverage.seconds[$0])))
    }
  }

  @Test(
    "shorten all ways, and the longest, as much as the best of all sets", arguments: 0..<24, [false, true])
  func distances(seed: Int, onRoads: Bool) throws {
    let one = Case.random(seed, onRoads: onRoads)
    let all = one.all
    let places = one.network.places
    for count in max(1, one.kept.count)...3 {
      let near = try one.network.proposal(one.question(.sites(count), .distance), among: one.sites)
      check(near, one)
      func total(_ coverage: Coverage) -> Int {
        ways(coverage, near).reduce(0) { sum, way in
          sum + way.seconds
            * InPersonPayments().perMonth(
              customers: places.customers[way.place], feeControlShare: places.feeControlShares[way.place],
              onlineShare: places.onlineShares[way.place])
        }
      }
      #expect(near.value == all.filter { $0.sites.count <= count }.map { total($0.coverage) }.min())
      #expect(near.value == total(near.after))
      #expect(near.chosen.reduce(total(near.before)) { $0 - $1.gain } == near.value)
      // Long rows are left to p-median's own search, which finds the same.
      var long = one.question(.sites(count), .distance)
      long.mostStepEntries = -1
      let searched = try one.network.proposal(long, among: one.sites)
      #expect(searched.value == near.value && searched.isProven)

      let worst = try one.network.proposal(one.question(.sites(count), .worst), among: one.sites)
      check(worst, one)
      func longest(_ coverage: Coverage) -> Int { ways(coverage, worst).map(\.seconds).max() ?? 0 }
      #expect(worst.value == all.filter { $0.sites.count <= count }.map { longest($0.coverage) }.min())
      #expect(worst.value == longest(worst.after))
      #expect(worst.chosen.reduce(longest(worst.before)) { $0 - $1.gain } == worst.value)
      // Nobody left out is reached by anything.
      let everything = all.max { $0.sites.count < $1.sites.count }?.coverage
      for place in worst.beyondReach { #expect(everything?.nearestPoints[place] == -1) }
    }
  }

  @Test("are no better than the curve's bounds and no worse than its values", arguments: 0..<8)
  func curve(seed: Int) throws {
    let one = Case.random(seed, onRoads: false)
    let curve = try one.network.coverageCurve(one.question(.sites(1)), among: one.sites, upTo: 5)
    #expect(curve.map(\.sites) == Array(one.kept.count...5))
    let all = one.all
    for point in curve {
      let best =
        all.filter { $0.sites.count <= point.sites }.map(\.coverage.summary.weighted.served).max() ?? -1
      #expect(point.value <= best && best <= point.bound)
    }
  }

  @Test("of more sites than there are, of none that help, and where nobody lives")
  func corners() throws {
    var one = Case.random(3, onRoads: false)
    (one.kept, one.forbidden) = ([], [])
    let everything = one.judged(Array(0..<one.sites.count)).summary.weighted.served
    for goal in [SiteQuestion.Goal.coverage, .distance, .worst] {
      let proposal = try one.network.proposal(one.question(.sites(1_000), goal), among: one.sites)
      check(proposal, one)
      #expect(proposal.chosen.count <= one.sites.count)
      if goal == .coverage { #expect(proposal.value == everything) }
    }
    one.forbidden = Array(0..<one.sites.count)
    for goal in [SiteQuestion.Goal.coverage, .distance, .worst] {
      let proposal = try one.network.proposal(one.question(.sites(2), goal), among: one.sites)
      check(proposal, one)
      #expect(proposal.chosen.isEmpty)
    }
    one.forbidden = []
    one.network.places.customers = one.network.places.customers.map { _ in 0 }
    one.options.weight = .customers
    let nobody = try one.network.proposal(one.question(.sites(2)), among: one.sites)
    #expect(nobody.isProven && nobody.value == 0 && nobody.bound == 0 && nobody.chosen.isEmpty)
    let all = try one.network.proposal(
      one.question(.target(millionths: 1_000_000, cheapest: false)), among: one.sites)
    #expect(all.shortfall == nil && all.value == 0)
  }

  @Test("stopped at once still have a true bound")
  func stopped() throws {
    let one = Case.random(5, onRoads: false)
    for goal in [SiteQuestion.Goal.coverage, .distance, .worst] {
      let best = try one.network.proposal(one.question(.sites(3), goal), among: one.sites)
      let plan = try one.network.proposal(one.question(.sites(3), goal), among: one.sites) { true }
      if goal == .coverage {
        #expect(plan.value <= best.value && plan.bound >= best.value)
      } else {
        #expect(plan.value >= best.value && plan.bound <= best.value)
      }
    }
  }

  @Test("are refused where weights add up to more than whole numbers can prove anything about")
  func tooLarge() {
    var one = Case.random(3, onRoads: false)
    one.options.weight = .customers
    one.network.places.customers[0] = 1 << 60
    one.network.places.customers[1] = 1 << 60
    for goal in [SiteQuestion.Goal.coverage, .distance] {
      #expect(throws: SiteQuestionError.tooLarge) {
        _ = try one.network.proposal(one.question(.sites(2), goal), among: one.sites)
      }
    }
  }

  @Test("among sites at places and in cells, each place in its cell")
  func sources() {
    let network = NetworkSketch.random(seed: 4, places: 60, points: 0).network
    let atPlaces = CandidateTable(atPlaces: network.places)
    #expect(atPlaces.count == 60 && atPlaces.places == Array(0..<60))
    #expect((0..<60).allSatisfy { atPlaces.ids[$0] == network.places.ids[$0] })
    for side in [100.0, 500, 20_000] {
      let cells = CandidateTable(inCellsOf: .meters(side), among: network.places)
      let middles = (0..<cells.count).map(cells.coordinate(of:))
      for i in 0..<60 where network.places.customers[i] > 0 {
        let here = network.places.coordinate(of: i)
        let nearest = middles.map { here.distance(to: $0).meters }.min() ?? .infinity
        // Half the diagonal of a cell, whose width is at most one column more than the side.
        #expect(nearest <= side * 0.75)
      }
      #expect(Set((0..<cells.count).map { cells.ids[$0] }).count == cells.count)
      #expect(cells.count <= network.places.customers.count { $0 > 0 })
      for (i, here) in middles.enumerated() where i > 0 {
        #expect(here.distance(to: middles[i - 1]).meters > side * 0.99)
      }
    }
    #expect(CandidateTable(inCellsOf: .meters(500), among: PlaceTable()).count == 0)
  }
}
