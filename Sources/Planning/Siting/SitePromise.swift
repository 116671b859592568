/// What planners promise, one aim after the other: as few villages as possible below L3, then as few customers as possible that the standard
/// leaves unserved, then the shortest ways of all payments together, then the least cost.
///
/// A site that opens is taken to be effective, so it lifts the village it lies in to L3. Where no volumes or hours tell which points are
/// effective, villages without a point are counted instead. The first two aims are one question of maximal covering, in which a
/// village weighs one more than all customers; its multipliers say which sites no plan that is as good can do with or without. Among what they leave, plans
/// are gone through one by one where they are few; else the third aim is a p-median that any loss at the first two costs more than all
/// ways together, where 52 bits are enough for that.
struct SitePromise {
  private let question: SiteQuestion
  private let siteCount: Int
  private let count: Int
  private let levelName: SiteDetails.Level.Name
  /// Villages below L3, and those of them that some allowed site could lift.
  private let villagesBelow: Int
  private let customersUnserved: Int
  /// A row for each village, then for each place with customers, that is not served today and that some site would serve.
  private let table: CoverTable
  private let villageWeight: Int
  /// Ways of all payments.
  private let travel: AssignmentCosts
  private let beyondReach: [Int]
  /// What each site costs; 1 where some cost is not known.
  private let costs: [Int]
  private let countsSites: Bool

  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ serving: [[Int32]],
    _ question: SiteQuestion, siteCount: Int
  ) throws(SiteQuestionError) {
    guard case .sites(let count) = question.limit else {
      preconditionFailure("the promise is asked with a number of sites")
    }
    self.question = question
    self.siteCount = siteCount
    self.count = min(count, siteCount)
    let places = network.places
    let ladder = reach.ladder(before.counts)
    levelName = ladder.isEffective == nil ? .villagesWithoutPoint : .villagesBelowL3
    let isGood = ladder.isEffective ?? ladder.hasPoint
    let below = ladder.isVillage.indices.filter { ladder.isVillage[$0] && !isGood[$0] }
    villagesBelow = below.count
    let customers = try checkedSum(places.customers.map { max(0, $0) }, atMost: 1 << 50)
    customersUnserved = (0..<places.count).reduce(0) {
      before.isServed[$1] ? $0 : $0 + max(0, places.customers[$1])
    }
    let weight = customers + 1
    guard below.count < CoverTable.greatestTotalWeight / 2 / weight else { throw .tooLarge }
    villageWeight = weight
    var builder = CoverTable.Builder(siteCount: siteCount)
    let ofVillage = reach.sitesOfVillages
    for village in below { builder.append(weight: weight, sites: ofVillage[village]) }
    for place in 0..<places.count where !before.isServed[place] && places.customers[place] > 0 {
      builder.append(weight: places.customers[place], sites: serving[place])
    }
    table = builder.finished()
    var distance = question
    distance.goal = .distance
    let assignment = try SiteAssignment(
      network, SiteWays(before, reach, candidates: siteCount), distance, merges: false)
    (travel, beyondReach) = (assignment.costs, assignment.beyondReach)
    countsSites = question.costsFen.count != siteCount || question.costsFen.contains(nil)
    costs = countsSites ? [Int](repeating: 1, count: siteCount) : question.costsFen.map { $0 ?? 0 }
    _ = try checkedSum(costs, atMost: 1 << 50)
  }

  /// A plan as the aims see it; the first is better.
  private struct Merit: Comparable {
    /// Villages and customers covered, as one weight.
    var covered: Int
    var travel: Int
    var cost: Int

    static func < (a: Merit, b: Merit) -> Bool {
      (-a.covered, a.travel, a.cost) < (-b.covered, b.travel, b.cost)
    }
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    let kept = Set(question.kept)
    var cover = MaximalCovering(.sites(count - kept.count))
    (cover.kept, cover.forbidden) = (question.kept, question.forbidden)
    let first = cover.plan(for: table, shouldStop: shouldStop)
    var best = thrifty(kept.union(first.sites).sorted())
    var bounds = (covered: first.bound, travel: 0, cost: 0)
    let (opened, closed) = first.isProven ? decided(first) : (kept, Set(question.forbidden).subtracting(kept))
    var certificate = PromiseCertificate(
      covering: first.certificate, villageWeight: villageWeight, travel: nil, wayRows: travel.rowCount,
      exchange: [], costs: costs, count: count, kept: kept.sorted(),
      forbidden: Set(question.forbidden).subtracting(kept).sorted(), sites: [], values: [], bounds: [],
      isGoneThrough: false)
    let ways = PromiseWays(
      table: table, villageWeight: villageWeight, travel: travel, count: count, opened: opened, closed: closed
    )
    if first.isProven, let exact = enumerated(opened, closed, atLeast: first.value) {
      best = exact
      bounds = (best.merit.covered, best.merit.travel, best.merit.cost)
      certificate.isGoneThrough = true
      if let statement = ways.statement(of: best.plan) {
        (certificate.exchange, certificate.travel) = statement
      }
    } else {
      let rungs = ways.rungs(isShort: !first.isProven, shouldStop) { rung in
        let tidy = thrifty(Set(rung.answer.plan).union(opened).sorted())
        if tidy.merit < best.merit { best = tidy }
        return rung.answer.bound - ways.paid(best.merit.covered, rung.exchange) >= best.merit.travel
      }
      for rung in rungs {
        let tidy = thrifty(Set(rung.answer.plan).union(opened).sorted())
        if tidy.merit < best.merit { best = tidy }
      }
      func proven(_ rung: PromiseWays.Rung) -> Int {
        rung.answer.bound - ways.paid(best.merit.covered, rung.exchange)
      }
      // Whatever the other sites, these are paid for.
      bounds.cost = opened.reduce(0) { $0 + costs[$1] }
      if let rung = rungs.max(by: { proven($0) < proven($1) }) {
        bounds.travel = max(0, proven(rung))
        let paid = ways.paid(best.merit.covered, rung.exchange) + best.merit.travel
        if first.isProven, bounds.travel >= best.merit.travel {
          let (more, fewer) = ways.decided(rung, atMost: paid)
          bounds.cost = more.reduce(0) { $0 + costs[$1] }
          if let exact = enumerated(more, fewer, atLeast: first.value), exact.merit <= best.merit {
            best = exact
            bounds.cost = exact.merit.cost
            certificate.isGoneThrough = true
          }
        }
        var answer = rung.answer
        (answer.plan, answer.value) = (best.plan, paid)
        answer.bound = min(answer.bound, paid)
        var travel = MedianCertificate(of: answer, to: rung.question)
        travel.bound = min(travel.bound, travel.value)
        certificate.travel = travel
        certificate.exchange = rung.exchange
      }
    }
    bounds.travel = min(bounds.travel, best.merit.travel)
    bounds.cost = min(bounds.cost, best.merit.cost)
    certificate.sites = best.plan
    certificate.values = [best.merit.covered, best.merit.travel, best.merit.cost]
    certificate.bounds = [bounds.covered, bounds.travel, bounds.cost]
    let isInterrupted =
      first.isInterrupted
      || (shouldStop() && (bounds.travel < best.merit.travel || bounds.cost < best.merit.cost))
    var found = SiteFindings(unit: .villages)
    found.beyondReach = beyondReach
    found.chosen = order(best.plan)
    found.isInterrupted = isInterrupted
    found.proof = .promise(certificate)
    let most = bounds.covered
    let villages = best.merit.covered / villageWeight
    found.settle([
      .init(
        name: levelName, value: villagesBelow - villages, bound: villagesBelow - most / villageWeight),
      .init(
        name: .customersUnserved, value: customersUnserved - best.merit.covered % villageWeight,
        bound: customersUnserved - min(customersUnserved, most - villages * villageWeight)),
      .init(name: .travel, value: best.merit.travel, bound: bounds.travel),
      .init(
        name: countsSites ? .sites : .cost, value: best.merit.cost,
        bound: bounds.cost),
    ])
    return found
  }

  private func covered(_ plan: [Int]) -> Int {
    var isIn = [Bool](repeating: false, count: siteCount)
    for site in plan { isIn[site] = true }
    return (0..<table.rows.count).reduce(0) { sum, row in
      table.rows[row].contains { isIn[Int($0)] } ? sum + table.weights[row] : sum
    }
  }

  private func merit(_ plan: [Int]) -> Merit {
    Merit(
      covered: covered(plan), travel: travel.value(of: plan), cost: plan.reduce(0) { $0 + costs[$1] })
  }

  /// The sites that every plan opens that covers as much as the best, and those that none does: by each set of multipliers, what a plan
  /// covers is at most what the multipliers leave of the rows, and the sites' sums of them.
  private func decided(_ first: SitePlan) -> (opened: Set<Int>, closed: Set<Int>) {
    let certificate = first.certificate
    let kept = Set(question.kept)
    var (opened, closed) = (kept, Set(question.forbidden).subtracting(kept))
    let shift = certificate.shift
    guard certificate.weights == table.weights else { return (opened, closed) }
    let goal = first.value << shift
    for node in certificate.nodes.prefix(50) where node.multipliers.count == table.weights.count {
      var worths = [Int](repeating: 0, count: siteCount)
      var constant = 0
      for row in table.weights.indices {
        let weight = table.weights[row] << shift
        if table.rows[row].contains(where: { kept.contains(Int($0)) }) {
          constant += weight
          continue
        }
        constant += weight - node.multipliers[row]
        for site in table.rows[row] { worths[Int(site)] += node.multipliers[row] }
      }
      let free = (0..<siteCount).filter { !kept.contains($0) && !question.forbidden.contains($0) }
        .sorted { (worths[$1], $0) < (worths[$0], $1) }
      let room = count - kept.count
      let top = free.prefix(room).reduce(constant) { $0 + worths[$1] }
      for (rank, site) in free.enumerated() {
        if rank >= room {
          let with = room > 0 ? top - worths[free[room - 1]] + worths[site] : Int.min
          if with < goal { closed.insert(site) }
        } else if top - worths[site] + (room < free.count ? worths[free[room]] : 0) < goal {
          opened.insert(site)
        }
      }
    }
    return (opened, closed)
  }

  /// The best of all plans that are left, where they are few enough to be gone through.
  private func enumerated(
    _ opened: Set<Int>, _ closed: Set<Int>, atLeast goal: Int
  ) -> (plan: [Int], merit: Merit)? {
    let free = (0..<siteCount).filter { !opened.contains($0) && !closed.contains($0) }
    let room = count - opened.count
    guard room >= 0 else { return nil }
    let mostPlans = 20_000_000 / (travel.rowCount + table.weights.count + 1)
    var plans = 1
    var combinations = 1
    for k in 1...max(1, min(room, free.count)) where k <= min(room, free.count) {
      let (product, overflow) = combinations.multipliedReportingOverflow(by: free.count - k + 1)
      if overflow { return nil }
      combinations = product / k
      plans += combinations
      if plans > mostPlans { return nil }
    }
    var best: (plan: [Int], merit: Merit)?
    func visit(_ from: Int, _ plan: [Int]) {
      let merit = merit(plan)
      if merit.covered >= goal, best.map({ merit < $0.merit }) ?? true { best = (plan.sorted(), merit) }
      guard plan.count < count else { return }
      for slot in from..<max(from, free.count) { visit(slot + 1, plan + [free[slot]]) }
    }
    visit(0, opened.sorted())
    return best
  }

  /// The plan without sites that no aim needs, and with cheaper ones where all aims allow.
  private func thrifty(_ plan: [Int]) -> (plan: [Int], merit: Merit) {
    var best = (plan: plan, merit: merit(plan))
    for site in plan where !question.kept.contains(site) {
      let without = best.plan.filter { $0 != site }
      let merit = merit(without)
      if merit < best.merit { best = (without, merit) }
    }
    return best
  }

  /// The sites in the order in which each does most for the aims, the lower one of equals; gains are customers served.
  private func order(_ plan: [Int]) -> [SiteProposal.Chosen] {
    var left = plan
    var (chosen, done): ([SiteProposal.Chosen], [Int]) = ([], [])
    var now = merit([])
    while !left.isEmpty {
      var pick: (slot: Int, merit: Merit)?
      for slot in left.indices {
        let next = merit(done + [left[slot]])
        if pick.map({ (-next.covered, next.travel) < (-$0.merit.covered, $0.merit.travel) }) ?? true {
          pick = (slot, next)
        }
      }
      guard let pick else { break }
      let site = left.remove(at: pick.slot)
      chosen.append(
        .init(site: site, gain: pick.merit.covered % villageWeight - now.covered % villageWeight))
      done.append(site)
      now = pick.merit
    }
    return chosen
  }
}
