import Geo
import Planning
import TestSupport
import Testing
import Travel

/// Proposals under rules, judged by opening every set of sites and closing every set of points in turn.
@Suite("Rules of proposals")
struct SiteRulesTests {
  typealias Case = SiteProposalTests.Case

  /// A change of the network with what `coverage` makes of it.
  struct Change {
    var opened: [Int]
    var closed: [Int]
    var served: Int
  }

  func place(_ one: Case, _ site: Int) -> Coordinate<WGS84> { one.sites.coordinate(of: site) }

  private func weights(_ one: Case) -> [Int] {
    (0..<one.network.places.count).map { weight(one, $0) }
  }

  /// What a place weighs, as the total of a coverage in which nobody else lives.
  private func weight(_ one: Case, _ place: Int) -> Int {
    var network = one.network
    for i in network.places.customers.indices where i != place {
      network.places.customers[i] = 0
      network.places.arrearsFen[i] = 0
    }
    return coverage(of: network, one.options).summary.weighted.total
  }

  /// The township of a site, or `nil`: that of its place, or of the nearest one.
  func township(_ one: Case, _ site: Int) -> Int32? {
    let places = one.network.places
    let own = Int(one.sites.places[site])
    let here = place(one, site)
    let nearest =
      own >= 0
      ? own
      : (0..<places.count).min {
        here.distance(to: places.coordinate(of: $0)) < here.distance(to: places.coordinate(of: $1))
      }
    guard let nearest, !places.townshipNames[Int(places.townships[nearest])].isEmpty else { return nil }
    return places.townships[nearest]
  }

  func keepsSpacing(_ one: Case, _ change: Change, _ spacing: Distance) -> Bool {
    let counted = coverage(of: one.network, one.options).counts
    let points = counted.indices.filter { counted[$0] && !change.closed.contains($0) }
    return change.opened.allSatisfy { site in
      points.allSatisfy { place(one, site).distance(to: one.network.points.coordinate(of: $0)) >= spacing }
        && change.opened.allSatisfy {
          $0 == site || place(one, site).distance(to: place(one, $0)) >= spacing
        }
    }
  }

  /// The townships in order of the share served today.
  func poorest(_ one: Case, _ count: Int) -> Set<Int32> {
    let before = coverage(of: one.network, one.options)
    let places = one.network.places
    let weights = weights(one)
    let shares = places.townshipNames.indices.compactMap { township -> (Double, Int)? in
      let members = weights.indices.filter { Int(places.townships[$0]) == township }
      let total = members.reduce(0) { $0 + weights[$1] }
      guard total > 0, !places.townshipNames[township].isEmpty else { return nil }
      return (
        Double(members.reduce(0) { before.isServed[$1] ? $0 + weights[$1] : $0 }) / Double(total), township
      )
    }
    return Set(shares.sorted { $0 < $1 }.prefix(count).map { Int32($0.1) })
  }

  private func openings(_ one: Case) -> [Change] {
    one.all.map { Change(opened: $0.sites, closed: [], served: $0.coverage.summary.weighted.served) }
  }

  @Test(
    "spacing, townships and the poorest of them are kept to, and nothing that keeps to them is better",
    arguments: 0..<14)
  func places(seed: Int) throws {
    var dice = SeededGenerator(seed: seed)
    var one = Case.random(seed, onRoads: seed % 6 == 5)
    one.kept = seed % 4 == 0 ? one.kept : []
    let spacing = Distance.meters([50, 300, 1_500, 6_000].randomElement(using: &dice)!)
    let perTownship = Int.random(in: 1...2, using: &dice)
    let atLeast = Int.random(in: 1...2, using: &dice)
    let townships = (0..<one.sites.count).map { township(one, $0) }
    let poor = poorest(one, 1)
    let all = openings(one)
    for mask in 1..<8 {
      var question = one.question(.sites(3))
      if mask & 1 > 0 { question.rules.spacing = spacing }
      if mask & 2 > 0 { question.rules.perTownship = perTownship }
      if mask & 4 > 0 { question.rules.poorest = .init(sites: atLeast, townships: 1) }
      let allowed = all.filter { change in
        (mask & 1 == 0 || keepsSpacing(one, change, spacing))
          && (mask & 2 == 0
            || Dictionary(grouping: change.opened.compactMap { townships[$0] }) { $0 }.values.allSatisfy {
              $0.count <= perTownship
            })
          && (mask & 4 == 0 || change.opened.count { townships[$0].map(poor.contains) ?? false } >= atLeast)
      }
      let proposal = try one.network.proposal(question, among: one.sites)
      let opened = proposal.chosen.map(\.site)
      if let best = allowed.filter({ $0.opened.count <= 3 }).map(\.served).max() {
        #expect(proposal.isAnswered && proposal.isProven && proposal.value == best, "mask \(mask)")
        #expect(allowed.contains { Set($0.opened) == Set(opened) } && opened.count <= 3)
        #expect(proposal.after.summary.weighted.served == proposal.value)
        #expect(proposal.after.summary == one.judged(opened).summary)
      } else {
        let conflict = try #require(proposal.conflict, "mask \(mask)")
        #expect(opened.isEmpty && !proposal.isAnswered)
        if mask == 4 || mask == 6 || mask == 5 || mask == 7, let most = conflict.mostInPoorest {
          let without = all.filter { change in
            change.opened.count <= 3 && (mask & 1 == 0 || keepsSpacing(one, change, spacing))
              && (mask & 2 == 0
                || Dictionary(grouping: change.opened.compactMap { townships[$0] }) { $0 }.values.allSatisfy {
                  $0.count <= perTownship
                })
          }
          let possible =
            without.map { $0.opened.count { townships[$0].map(poor.contains) ?? false } }.max() ?? 0
          #expect(most == possible && most < atLeast)
        }
        if let meters = conflict.largestSpacingMeters {
          // What it offers is enough, and a meter more is not.
          question.rules.spacing = meters == 0 ? nil : .meters(Double(meters))
          #expect(try one.network.proposal(question, among: one.sites).isAnswered)
          question.rules.spacing = .meters(Double(meters + 1))
          #expect(try !one.network.proposal(question, among: one.sites).isAnswered)
        }
      }
      // The same rules with a budget, and with a target.
      question.limit = .budget(fen: 1_200)
      let affordable = allowed.filter { one.cost($0.opened).map { $0 <= 1_200 } ?? false }
      let within = try one.network.proposal(question, among: one.sites)
      if (one.cost(one.kept) ?? 0) <= 1_200 {
        #expect(within.isAnswered == !affordable.isEmpty)
        if let best = affordable.map(\.served).max() { #expect(within.isProven && within.value == best) }
      }
      question.limit = .target(millionths: 500_000, cheapest: false)
      let reached = try one.network.proposal(question, among: one.sites)
      let total = reached.before.summary.weighted.total
      let enough = allowed.filter { $0.served * 2 >= total }
      if let fewest = enough.map(\.opened.count).min() {
        #expect(reached.isProven && reached.value == fewest && reached.chosen.count == fewest)
        #expect(reached.after.summary.weighted.served * 2 >= total)
      } else {
        #expect(!reached.isAnswered)
        if let most = allowed.map(\.served).max() { #expect(reached.shortfall?.mostWeight == most) }
      }
    }
  }

  /// Every set of openings and closings.
  private func changes(_ one: Case, closable: [Int]) -> [Change] {
    (0..<1 << closable.count).flatMap { bits -> [Change] in
      let closed = closable.indices.filter { bits >> $0 & 1 == 1 }.map { closable[$0] }
      var changed = one
      changed.network = one.network.closing(closed)
      return changed.all.map {
        Change(opened: $0.sites, closed: closed, served: $0.coverage.summary.weighted.served)
      }
    }
  }

  @Test(
    "points close where it does least harm, and move where that serves more", arguments: 0..<5,
    [false, true])
  func closing(seed: Int, onRoads: Bool) throws {
    var one = Case.random(seed, onRoads: onRoads, sites: 5)
    // Points of villages count, so that closing one tells.
    (one.kept, one.options.kinds, one.options.methods, one.options.moment) = ([], [], [], nil)
    for point in one.network.points.statuses.indices {
      one.network.points.statuses[point] = .active
      one.network.points.monthlyCostsFen[point] = 100 + 70 * point
    }
    let points = Array(0..<one.network.points.count)
    let all = changes(one, closable: points)
    func check(_ proposal: SiteProposal) {
      let isCounted = proposal.unit != .sites
      let (opened, closed) = (proposal.chosen.map(\.site), proposal.closed.map(\.point))
      #expect(proposal.isAnswered && proposal.isProven)
      // What is promised is what coverage says of the changed network.
      var changed = one
      changed.network = one.network.closing(closed)
      #expect(proposal.after.summary == changed.judged(opened).summary)
      if isCounted { #expect(proposal.after.summary.weighted.served == proposal.value + proposal.charge) }
      #expect(closed.allSatisfy { proposal.network.points.statuses[$0] == .closed })
    }
    for (close, choose) in [(1, 0), (2, 1), (1, 2)] {
      var question = one.question(.sites(choose))
      question.rules.close = close
      let proposal = try one.network.proposal(question, among: one.sites)
      check(proposal)
      #expect(proposal.closed.count == close && proposal.chosen.count <= choose)
      #expect(
        proposal.value
          == all.filter { $0.opened.count <= choose && $0.closed.count == close }.map(\.served).max())
      question.rules.keptPoints = [0]
      let without = try one.network.proposal(question, among: one.sites)
      #expect(
        without.value
          == all.filter { $0.opened.count <= choose && $0.closed.count == close && !$0.closed.contains(0) }
          .map(\.served).max())
    }
    for (moves, choose, share) in [(1, 0, 0), (2, 1, 0), (2, 0, 30_000)] {
      var question = one.question(.sites(choose))
      question.rules.relocate = moves
      question.rules.keepUnlessMillionths = share
      let proposal = try one.network.proposal(question, among: one.sites)
      check(proposal)
      let total = proposal.before.summary.weighted.total
      let charge = share > 0 ? total * share / 1_000_000 + 1 : 0
      #expect(proposal.charge == charge * proposal.closed.count)
      #expect(proposal.closed.count <= moves && proposal.chosen.count <= choose + proposal.closed.count)
      #expect(Set(proposal.closed.compactMap(\.movesTo)).count == proposal.closed.count)
      let allowed = all.filter {
        $0.closed.count <= moves && $0.closed.count <= $0.opened.count
          && $0.opened.count <= choose + $0.closed.count
      }
      #expect(proposal.value == allowed.map { $0.served - charge * $0.closed.count }.max())
      // Leaving any point where it is, and its site closed, loses more than was asked for.
      for one in proposal.closed {
        let rest = Set(proposal.closed.map(\.point)).subtracting([one.point])
        let best = allowed.filter { Set($0.closed) == rest }.map(\.served).max() ?? 0
        if share > 0 {
          #expect((proposal.value + proposal.charge - best) * 1_000_000 > total * share)
        }
      }
    }
    // A budget of nothing but what closed points save.
    for relocates in [false, true] {
      var question = one.question(.budget(fen: 300))
      (question.rules.close, question.rules.relocate) = relocates ? (0, 2) : (2, 0)
      question.rules.movingCostFen = 50
      question.rules.monthsSaved = 3
      let proposal = try one.network.proposal(question, among: one.sites)
      check(proposal)
      let allowed = all.filter { change in
        guard let cost = one.cost(change.opened), change.closed.count <= 2 else { return false }
        let saved = change.closed.reduce(0) { $0 + 3 * one.network.points.monthlyCostsFen[$1] }
        let moving = relocates ? 50 * change.closed.count : 0
        return cost + moving - saved <= 300 && (!relocates || change.closed.count <= change.opened.count)
      }
      #expect(proposal.value == allowed.map(\.served).max())
    }
    var question = one.question(.target(millionths: 600_000, cheapest: false))
    question.rules.close = 1
    let target = try one.network.proposal(question, among: one.sites)
    let total = target.before.summary.weighted.total
    let enough = all.filter { $0.closed.count == 1 && $0.served * 10 >= total * 6 }
    if let fewest = enough.map(\.opened.count).min() {
      check(target)
      #expect(target.value == fewest && target.closed.count == 1)
    } else {
      #expect(target.shortfall?.mostWeight == all.filter { $0.closed.count == 1 }.map(\.served).max())
    }
    question.limit = .sites(1)
    question.rules.close = points.count + 1
    let impossible = try one.network.proposal(question, among: one.sites)
    #expect(impossible.conflict?.mostClosed == points.count)
  }

  @Test("of points that may close as well as others, the one with the fewest payments does")
  func quiet() throws {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v")]
    sketch.points = [9, 4, 7].enumerated().map { .init(id: "p\($0)", place: "v", volumes: [$1]) }
    var question = SiteQuestion(.sites(0))
    question.rules.close = 2
    let proposal = try sketch.network.proposal(
      question, among: CandidateTable(atPlaces: sketch.network.places))
    #expect(proposal.closed.map(\.point) == [1, 2] && proposal.closed.map(\.loss) == [0, 0])
  }

  @Test(
    "a second operator is given to as much weight as the best of all sets gives one", arguments: 0..<16,
    [false, true])
  func secondOperator(seed: Int, onRoads: Bool) throws {
    var one = Case.random(seed, onRoads: onRoads)
    var dice = SeededGenerator(seed: 90 + seed)
    one.kept = []
    let count = one.network.points.count
    one.network.points.operatorNames = ["", "bank", "shop"]
    one.network.points.operators = (0..<count).map { _ in .random(in: 0...2, using: &dice) }
    let weights = weights(one)
    // Who is served by each point or site alone.
    let counted = coverage(of: one.network, one.options).counts
    func alone(_ keep: (Int) -> Bool, _ opened: [Int]) -> [Bool] {
      let closed = (0..<count).filter { !keep($0) }
      var changed = one
      changed.network = one.network.closing(closed)
      return changed.judged(opened).isServed
    }
    let byPoint = (0..<count).map { point in
      counted[point] ? alone({ $0 == point }, []) : weights.map { _ in false }
    }
    let bySite = (0..<one.sites.count).map { alone({ _ in false }, [$0]) }
    for newOperator in [SiteRules.NewOperator.ownEach, .named("bank"), .named("new")] {
      func secured(_ opened: [Int]) -> Int {
        weights.indices.reduce(0) { sum, place in
          var operators: Set<String> = []
          for point in 0..<count where byPoint[point][place] {
            operators.insert(one.network.points.operatorNames[Int(one.network.points.operators[point])])
          }
          for site in opened where bySite[site][place] {
            if case .named(let name) = newOperator {
              operators.insert(name)
            } else {
              operators.insert("own \(site)")
            }
          }
          return operators.count >= 2 ? sum + weights[place] : sum
        }
      }
      var question = one.question(.sites(3))
      question.rules.secondOperator = newOperator
      let proposal = try one.network.proposal(question, among: one.sites)
      let best = one.all.filter { $0.sites.count <= 3 }.map { secured($0.sites) }.max()
      #expect(proposal.isProven && proposal.value == best, "\(newOperator)")
      #expect(secured(proposal.chosen.map(\.site)) == proposal.value)
      let share = try #require(proposal.security)
      #expect(share.after == proposal.value && share.before == secured([]))
      #expect(share.total == weights.reduce(0, +))
    }
  }

  @Test("each phase is the best given those before it", arguments: 0..<12)
  func phases(seed: Int) throws {
    let one = Case.random(seed, onRoads: seed % 4 == 3)
    let all = one.all
    for goal in SiteQuestion.Goal.allCases.filter({ [.coverage, .distance, .worst].contains($0) }) {
      let sizes = [max(1, one.kept.count), 1, 2]
      let plan = try one.network.phasedProposal(
        one.question(.sites(1), goal), .sites(sizes), among: one.sites)
      #expect(plan.phases.count == 3 && plan.phases.map(\.siteCount).reduce(0, +) == plan.chosen.count)
      let atOnce = try one.network.proposal(one.question(.sites(sizes.reduce(0, +)), goal), among: one.sites)
      #expect(plan.bound == atOnce.value && plan.value == plan.phases[2].value)
      var open: Set<Int> = []
      for (number, phase) in plan.phases.enumerated() {
        let before = open
        for chosen in plan.chosen[open.count..<open.count + phase.siteCount] { open.insert(chosen.site) }
        #expect(phase.siteCount <= sizes[number] && phase.isProven)
        #expect(phase.after.summary == one.judged(open.sorted()).summary)
        guard goal == .coverage else { continue }
        let best = all.filter {
          $0.sites.count <= before.count + sizes[number] && before.isSubset(of: $0.sites)
        }
        .map(\.coverage.summary.weighted.served).max()
        #expect(phase.value == best)
      }
      if goal == .coverage {
        let gained = plan.chosen.reduce(plan.before.summary.weighted.served) { $0 + $1.gain }
        #expect(gained == plan.value)
      }
    }
    let budgets = [(one.cost(one.kept) ?? 0) + 400, 700]
    let plan = try one.network.phasedProposal(
      one.question(.budget(fen: 0)), .budgets(fen: budgets), among: one.sites)
    var open: Set<Int> = []
    for (number, phase) in plan.phases.enumerated() {
      let before = open
      for chosen in plan.chosen[open.count..<open.count + phase.siteCount] { open.insert(chosen.site) }
      let most = (one.cost(Array(before)) ?? 0) + budgets[number]
      #expect((one.cost(Array(open)) ?? .max) <= most)
      let best = all.filter { before.isSubset(of: $0.sites) && (one.cost($0.sites) ?? .max) <= most }
        .map(\.coverage.summary.weighted.served).max()
      #expect(phase.value == best && phase.isProven)
    }
  }

  @Test(
    "ways within a budget, and with sites apart, are as short as the best of all sets makes them",
    arguments: 0..<16)
  func ways(seed: Int) throws {
    let one = Case.random(seed, onRoads: seed % 4 == 3)
    let all = one.all
    let places = one.network.places
    func total(_ coverage: Coverage, _ left: [Int]) -> Int {
      coverage.seconds.indices.filter { !left.contains($0) }.reduce(0) { sum, i in
        let way = coverage.nearestPoints[i] < 0 ? 86_400 : min(86_400, Int(coverage.seconds[i]))
        let payments = InPersonPayments().perMonth(
          customers: places.customers[i], feeControlShare: places.feeControlShares[i],
          onlineShare: places.onlineShares[i])
        return sum + way * payments
      }
    }
    func longest(_ coverage: Coverage, _ left: [Int]) -> Int {
      coverage.seconds.indices.filter { !left.contains($0) }.map {
        coverage.nearestPoints[$0] < 0 ? 86_400 : min(86_400, Int(coverage.seconds[$0]))
      }.max() ?? 0
    }
    let budget = max(1_500, one.cost(one.kept) ?? 0)
    let affordable = all.filter { (one.cost($0.sites) ?? .max) <= budget }
    let near = try one.network.proposal(one.question(.budget(fen: budget), .distance), among: one.sites)
    #expect(near.isProven && near.value == affordable.map { total($0.coverage, near.beyondReach) }.min())
    #expect(near.value == total(near.after, near.beyondReach))
    let worst = try one.network.proposal(one.question(.budget(fen: budget), .worst), among: one.sites)
    #expect(worst.isProven && worst.value == affordable.map { longest($0.coverage, worst.beyondReach) }.min())
    #expect(worst.value == longest(worst.after, worst.beyondReach))
    #expect((one.cost(worst.chosen.map(\.site)) ?? .max) <= budget)

    var apart = one.question(.sites(3), .distance)
    apart.kept = []
    apart.rules.spacing = .meters(400)
    var free = one
    free.kept = []
    let spread = try one.network.proposal(apart, among: one.sites)
    let allowed = free.all.filter {
      $0.sites.count <= 3 && keepsSpacing(one, Change(opened: $0.sites, closed: [], served: 0), .meters(400))
    }
    #expect(spread.isProven && spread.value == allowed.map { total($0.coverage, spread.beyondReach) }.min())

    // The fewest and the cheapest for a time; or the least time that can be reached.
    for cheapest in [false, true] {
      let within = cheapest ? all.filter { one.cost($0.sites) != nil } : all
      for seconds in [120, 600, 3_000, 86_400] {
        let plan = try one.network.proposal(
          one.question(.within(seconds: seconds, cheapest: cheapest), .worst), among: one.sites)
        let enough = within.filter { longest($0.coverage, []) <= seconds }
        if let best = enough.map({ cheapest ? one.cost($0.sites) ?? 0 : $0.sites.count }).min(),
          seconds < 86_400
        {
          #expect(plan.isAnswered && plan.isProven && plan.value == best)
          #expect(longest(plan.after, []) <= seconds)
        } else if seconds < 86_400 {
          let shortfall = try #require(plan.shortfall)
          let everything = try #require(within.max { $0.sites.count < $1.sites.count }).coverage
          #expect(
            shortfall.unservable
              == everything.seconds.indices.filter {
                everything.nearestPoints[$0] < 0 || everything.seconds[$0] > seconds
              })
          let relaxation = try #require(shortfall.relaxation)
          if relaxation.helps, let least = relaxation.townSeconds {
            #expect(least == within.map { longest($0.coverage, []) }.min())
          }
        }
      }
    }
    for seconds in [60, 300, 900, 4_000] {
      let plan = try one.network.proposal(
        one.question(.within(seconds: seconds, cheapest: false), .distance), among: one.sites)
      let payments = (0..<places.count).map { i in
        plan.beyondReach.contains(i)
          ? 0
          : InPersonPayments().perMonth(
            customers: places.customers[i], feeControlShare: places.feeControlShares[i],
            onlineShare: places.onlineShares[i])
      }.reduce(0, +)
      let left = near.beyondReach
      let enough = all.filter { total($0.coverage, left) <= payments * seconds }
      guard one.costs.allSatisfy({ $0 != nil }) || plan.beyondReach == left else { continue }
      if let best = enough.map(\.sites.count).min() {
        #expect(plan.isAnswered && plan.isProven && plan.value == best, "\(seconds)")
        #expect(total(plan.after, left) <= payments * seconds)
      } else {
        #expect(!plan.isAnswered && plan.shortfall?.relaxation?.townSeconds != nil)
      }
    }
  }

  @Test(
    "where a target cannot be reached, the least that helps does help, and less does not", arguments: 0..<24)
  func relaxations(seed: Int) throws {
    var one = Case.random(seed, onRoads: seed % 6 == 5)
    one.options.standard.countsReturn = false
    var question = one.question(.target(millionths: 1_000_000, cheapest: false))
    let proposal = try one.network.proposal(question, among: one.sites)
    guard let shortfall = proposal.shortfall else { return }
    let fewest = try #require(shortfall.fewest)
    let most = one.all.filter { $0.coverage.summary.weighted.served == shortfall.mostWeight }
    #expect(fewest.value == most.map(\.sites.count).min() && fewest.bound == fewest.value)
    let relaxation = try #require(shortfall.relaxation)
    #expect(relaxation.nearest.map(\.place) == shortfall.unservable)
    guard relaxation.helps else { return }
    func isReached(_ less: Int) throws -> Bool {
      question.coverage.standard = one.options.standard
      if let seconds = relaxation.townSeconds {
        question.coverage.standard.townLimit = .seconds(seconds - less)
      }
      switch one.options.standard.village {
      case .within(_, let mode):
        if let seconds = relaxation.villageSeconds {
          question.coverage.standard.village = .within(.seconds(seconds - less), mode)
        }
      case .pointInVillage:
        if let meters = relaxation.villageMeters {
          question.coverage.standard.village = .pointInVillage(radius: .meters(Double(meters - less)))
        }
      }
      return try one.network.proposal(question, among: one.sites).isAnswered
    }
    #expect(try isReached(0))
    #expect(try !isReached(1))
  }
}
