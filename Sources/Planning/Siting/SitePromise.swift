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
    var best = (plan: kept.union(first.sites).sorted(), merit: merit(kept.union(first.sites).sorted()))
    var bounds = (covered: first.bound, travel: 0, cost: 0)
    var isInterrupted = first.isInterrupted
    if first.isProven {
      let (opened, closed) = decided(first)
      if let exact = enumerated(opened, closed, atLeast: first.value) {
        best = exact
        bounds = (best.merit.covered, best.merit.travel, best.merit.cost)
      } else {
        let near = nearest(opened, closed, atLeast: first.value, shouldStop)
        bounds.travel = near.bound
        isInterrupted = near.isInterrupted
        for plan in [near.plan, best.plan] {
          let tidy = thrifty(plan)
          if tidy.merit < best.merit { best = tidy }
        }
        // Whatever the other sites, these are paid for.
        bounds.cost = opened.reduce(0) { $0 + costs[$1] }
      }
    }
    var found = SiteFindings(unit: .villages)
    found.beyondReach = beyondReach
    found.chosen = order(best.plan)
    found.isInterrupted = isInterrupted
    let most = bounds.covered
    let villages = best.merit.covered / villageWeight
    found.settle([
      .init(
        name: levelName, value: villagesBelow - villages, bound: villagesBelow - most / villageWeight),
      .init(
        name: .customersUnserved, value: customersUnserved - best.merit.covered % villageWeight,
        bound: customersUnserved - min(customersUnserved, most - villages * villageWeight)),
      .init(name: .travel, value: best.merit.travel, bound: min(best.merit.travel, bounds.travel)),
      .init(
        name: countsSites ? .sites : .cost, value: best.merit.cost,
        bound: min(best.merit.cost, bounds.cost)),
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

  /// The shortest ways among plans that cover as much: any row given up costs more than all ways could save.
  private func nearest(
    _ opened: Set<Int>, _ closed: Set<Int>, atLeast goal: Int, _ shouldStop: @escaping () -> Bool
  ) -> (plan: [Int], bound: Int, isInterrupted: Bool) {
    let isOpen = opened
    let left = (0..<table.weights.count).filter { row in
      !table.rows[row].contains { isOpen.contains(Int($0)) }
    }
    let weight = left.reduce(0) { $0 + table.weights[$1] }
    let all = travel.base.reduce(0, +)
    let least = (0..<travel.rowCount).reduce(0) {
      let entries = travel.rowStart[$1]..<travel.rowStart[$1 + 1]
      return $0 + (entries.isEmpty ? travel.base[$1] : travel.costs[entries.lowerBound])
    }
    let price = all - least + 1
    let (penalty, isTooLarge) = price.multipliedReportingOverflow(by: weight)
    let isExact = !isTooLarge && penalty <= (1 << 52) - all
    var base = travel.base
    var rows = (0..<travel.rowCount).map { row in
      (travel.rowStart[row]..<travel.rowStart[row + 1]).map {
        (site: Int(travel.sites[$0]), cost: travel.costs[$0])
      }
    }
    if isExact {
      for row in left {
        base.append(price * table.weights[row])
        rows.append(table.rows[row].map { (site: Int($0), cost: 0) })
      }
    }
    var solver = PMedian(AssignmentCosts(siteCount: siteCount, base: base, rows: rows), p: count)
    (solver.open, solver.closed) = (opened.sorted(), closed.sorted())
    let answer = solver.solve(shouldStop: shouldStop)
    // What stays uncovered in the best plans is paid for in every one.
    let unavoidable = isExact ? price * (weight - (goal - covered(opened.sorted()))) : 0
    return (
      Set(answer.plan).union(opened).sorted(), max(0, answer.bound - unavoidable),
      answer.bound != answer.value && shouldStop()
    )
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
