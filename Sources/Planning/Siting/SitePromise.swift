/// What planners promise, one aim after the other: as few villages as possible below L3, then as few customers as possible that the standard
/// leaves unserved, then the shortest ways of all payments together, then the least cost.
///
/// A site that opens is taken to be effective, so it lifts the village it lies in to L3. Where no volumes or hours tell which points are
/// effective, villages without a point are counted instead. All aims are questions of covering under rules. The first two are one of them, in
/// which a village weighs one more than all customers. The third adds ways, as rows of steps or with a price each, and prices for villages and customers that
/// hold plans to what the first two reached: a price that no way could make up for does that by itself, but drowns the ways in every bound, so
/// lower ones are tried first. The last asks for as much as that at less than the plan's cost until there is no such plan.
///
/// Where points may close, they are sites of the rows of villages that they make effective and of places that they serve; of a village or
/// place with more of them than may close, one stays, and so it has no row. What closing them saves or costs is part of the cost.
struct SitePromise {
  private let question: SiteQuestion
  /// The candidates, then the points that may close, as in `SiteRuling`.
  private let siteCount: Int
  private let candidateCount: Int
  /// Rules, limit included, without rows.
  private let ruling: SiteRuling
  private let levelName: SiteDetails.Level.Name
  /// Villages and customers that no point is certain to lift, or to serve, whatever closes.
  private let villagesAtRisk: Int
  private let customersAtRisk: Int
  /// A row for each village, then for each place with customers, of those that some site or some point that may close would serve.
  private let table: CoverTable
  private let villageWeight: Int
  /// Ways of all payments.
  private let travel: AssignmentCosts
  /// Whether they are too long for rows of steps.
  private let areLong: Bool
  private let beyondReach: [Int]
  /// What each site costs; 1 where some cost is not known. Points cost what closing them would save.
  private let costs: [Int]
  private let countsSites: Bool

  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ serving: [[Int32]],
    _ question: SiteQuestion, among sites: CandidateTable
  ) throws(SiteQuestionError) {
    self.question = question
    candidateCount = sites.count
    ruling = try SiteRuling(network, before, reach, question, among: sites)
    siteCount = ruling.problem.siteCount
    let places = network.places
    let options = question.coverage
    let closable = ruling.closable
    // Of more points than may close at all one stays.
    let most = question.rules.close + question.rules.relocate
    var number = [Int32](repeating: -1, count: network.points.count)
    for (k, point) in closable.enumerated() { number[point] = Int32(candidateCount + k) }
    /// The points that all may close, by their numbers; `nil` where one is certain to stay.
    func atRisk(_ points: [Int32]) -> [Int32]? {
      let numbers = points.map { number[Int($0)] }
      return numbers.contains(-1) || numbers.count > most ? nil : numbers.sorted()
    }

    let ladder = reach.ladder(before.counts)
    levelName = ladder.isEffective == nil ? .villagesWithoutPoint : .villagesBelowL3
    let isGood = VillageLadder.effectivePoints(of: network, counts: before.counts) ?? before.counts
    var pointsOfVillages = [[Int32]](repeating: [], count: ladder.isVillage.count)
    for point in isGood.indices where isGood[point] {
      let place = network.points.places[point]
      if place >= 0 { pointsOfVillages[Int(places.villages[Int(place)])].append(Int32(point)) }
    }
    let customers = try checkedSum(places.customers.map { max(0, $0) }, atMost: 1 << 50)
    let weight = customers + 1
    guard ladder.isVillage.count < CoverTable.greatestTotalWeight / 2 / weight else { throw .tooLarge }
    villageWeight = weight
    var builder = CoverTable.Builder(siteCount: siteCount)
    let ofVillage = reach.sitesOfVillages
    var (villages, unserved) = (0, 0)
    for village in ladder.isVillage.indices where ladder.isVillage[village] {
      guard let points = atRisk(pointsOfVillages[village]) else { continue }
      villages += 1
      builder.append(weight: weight, sites: ofVillage[village] + points)
    }
    let everybody = [Bool](repeating: false, count: places.count)
    let candidates = closable.isEmpty ? serving : reach.serving(everybody)
    let ofPoints =
      closable.isEmpty ? [] : SiteReach(points: network.points, in: network, options).serving(everybody)
    for place in 0..<places.count where places.customers[place] > 0 {
      let points = closable.isEmpty ? before.isServed[place] ? nil : [] : atRisk(ofPoints[place])
      guard let points else { continue }
      unserved += places.customers[place]
      builder.append(weight: places.customers[place], sites: candidates[place] + points)
    }
    (villagesAtRisk, customersAtRisk) = (villages, unserved)
    table = builder.finished()
    var distance = question
    distance.goal = .distance
    let ways =
      closable.isEmpty
      ? SiteWays(before, reach, candidates: candidateCount)
      : SiteWays(
        network, before, reach, candidates: candidateCount, closable: closable, atMost: most, options)
    areLong = ways.stepEntries > question.mostSteps
    let assignment = try SiteAssignment(network, ways, distance, merges: false)
    (travel, beyondReach) = (assignment.costs, assignment.beyondReach)
    countsSites = question.costsFen.count != candidateCount || question.costsFen.contains(nil)
    if countsSites {
      costs = [Int](repeating: 1, count: sites.count) + closable.map { _ in 0 }
    } else {
      costs = question.costsFen.map { $0 ?? 0 } + closable.map { [ruling] in -ruling.closingCost($0) }
    }
    _ = try checkedSum(costs.map { abs($0) }, atMost: 1 << 50)
  }

  /// A plan as the aims see it.
  private struct Merit {
    /// Villages and customers covered, as one weight.
    var covered: Int
    var travel: Int
    var cost: Int
  }

  /// The rules with some rows.
  private func asked(_ rows: FlatRows, _ weights: [Int], from guess: [Int] = []) -> RuledCovering {
    var asked = RuledCovering(siteCount: siteCount, rows: rows, weights: weights)
    (asked.rules, asked.kept, asked.forbidden) = (
      ruling.problem.rules, ruling.problem.kept, ruling.problem.forbidden
    )
    asked.guess = guess
    return asked
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    let first = asked(table.rows, table.weights, from: ruling.problem.guess).plan(shouldStop: shouldStop)
    var found = SiteFindings(unit: .villages)
    found.beyondReach = beyondReach
    found.isInterrupted = first.isInterrupted
    guard let start = first.sites else { return ruling.withoutPlan(found, bound: first.bound, shouldStop) }
    var best = (plan: start, merit: merit(start))
    let isCovered = first.bound == first.value
    let rung = shortest(best.plan, first.value, isShort: !isCovered, shouldStop)
    if let plan = rung.plan { best = (plan, merit(plan)) }
    let mostSaved = rung.answer.bound - rung.paid(first.value, villageWeight)
    var bounds = (
      covered: first.bound, travel: min(best.merit.travel, max(0, travel.base.reduce(0, +) - mostSaved)),
      cost: 0
    )
    let ifAllClosed = countsSites ? 0 : ruling.closable.reduce(0) { $0 + ruling.closingCost($1) }
    found.isInterrupted = found.isInterrupted || rung.answer.isInterrupted
    var third: RuledCertificate?
    let isShortest = isCovered && bounds.travel == best.merit.travel
    (best.plan, bounds.cost, third) = cheapest(best.plan, rung, isShortest, shouldStop)
    best.merit = merit(best.plan)
    found.isInterrupted = found.isInterrupted || (isShortest && bounds.cost < best.merit.cost)

    found.proof = .promise(
      PromiseCertificate(
        covering: first.certificate, travel: rung.answer.certificate, cheaper: third,
        villageWeight: villageWeight, exchange: [rung.village, rung.customer],
        ways: travel.base.reduce(0, +), costs: costs, sites: best.plan,
        values: [best.merit.covered, best.merit.travel, best.merit.cost],
        bounds: [bounds.covered, bounds.travel, bounds.cost]))
    found.chosen = order(best.plan)
    found.closed = ruling.closed(best.plan, found.chosen.map(\.site)) { point in
      let with = covered(best.plan + [point])
      return with % villageWeight - min(with, best.merit.covered) % villageWeight
    }
    let villages = best.merit.covered / villageWeight
    found.settle([
      .init(
        name: levelName, value: villagesAtRisk - villages,
        bound: villagesAtRisk - bounds.covered / villageWeight),
      .init(
        name: .customersUnserved, value: customersAtRisk - best.merit.covered % villageWeight,
        bound: customersAtRisk - min(customersAtRisk, bounds.covered - villages * villageWeight)),
      .init(name: .travel, value: best.merit.travel, bound: bounds.travel),
      .init(
        name: countsSites ? .sites : .cost, value: ifAllClosed + best.merit.cost,
        bound: ifAllClosed + bounds.cost),
    ])
    return found
  }

  /// What one price of villages and customers led to.
  private struct Rung {
    let village: Int
    let customer: Int
    let question: RuledCovering
    let answer: RuledPlan
    /// The best plan that covers as much as the first aims reached; `nil` where this price found none.
    let plan: [Int]?

    /// What is counted of plans that cover so much, besides what they save.
    func paid(_ covered: Int, _ villageWeight: Int) -> Int {
      village * (covered / villageWeight) + customer * (covered % villageWeight)
    }
  }

  /// The shortest ways among plans that cover as much.
  ///
  /// - Parameter isShort: whether a first bound is all that is wanted, which no stop prevents.
  private func shortest(
    _ start: [Int], _ goal: Int, isShort: Bool, _ shouldStop: @escaping () -> Bool
  ) -> Rung {
    var steps = RowBuilder(siteCount: siteCount)
    if !areLong { steps.append(travel) }
    let ways = steps.problem
    var rows = table.rows
    for row in 0..<ways.rows.count { rows.append(ways.rows[row]) }
    let counts = table.weights.map { (villages: $0 / villageWeight, customers: $0 % villageWeight) }
    let all = counts.reduce((0, 0)) { ($0.0 + $1.villages, $0.1 + $1.customers) }
    let saved = travel.base.reduce(0, +) - travel.value(of: start)
    let each = saved / max(1, start.count) + 1
    // A village is worth some customers at first, and all of them at last.
    var customer = isShort ? 0 : each / 64 + 1
    var customersPerVillage = min(villageWeight, 512)
    while true {
      let village = customersPerVillage * customer
      let weights = counts.map { $0.villages * village + $0.customers * customer } + ways.weights
      var question = asked(rows, weights, from: start)
      if areLong { question.ways = travel }
      var questions = 0
      let answer = question.plan {
        questions += 1
        return isShort ? questions > Self.firstBound : shouldStop()
      }
      var plan = answer.sites.flatMap { covered($0) >= goal ? $0 : nil }
      if plan == nil || answer.isInterrupted, travel.value(of: plan ?? start) >= travel.value(of: start) {
        plan = start
      }
      let rung = Rung(village: village, customer: customer, question: question, answer: answer, plan: plan)
      let isHeld = answer.sites.map { covered($0) >= goal } ?? false
      let more = min(villageWeight, 16 * customersPerVillage)
      if isShort || isHeld || answer.isInterrupted
        || !(Self.fits(16 * more, customer, all.0) && Self.fits(16, customer, all.1))
      {
        return rung
      }
      (customersPerVillage, customer) = (more, 16 * customer)
    }
  }

  /// Whether all villages, or all customers, may be worth so much: with all ways that stays below what rows may weigh.
  private static func fits(_ factors: Int...) -> Bool {
    var product = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(1, factor))
      if overflow || next > CoverTable.greatestTotalWeight / 4 { return false }
      product = next
    }
    return true
  }

  /// How often a search for a first bound may ask whether to stop.
  private static let firstBound = 60

  /// The cheapest plan that is as good at the other aims, what no such plan is below, and the proof of it.
  private func cheapest(
    _ plan: [Int], _ rung: Rung, _ isShortest: Bool, _ shouldStop: @escaping () -> Bool
  ) -> (plan: [Int], bound: Int, proof: RuledCertificate?) {
    var tidy = RuledTally(rung.question, open: plan)
    tidy.leaveAlone(candidates: candidateCount, payments: ruling.paymentsOfClosable)
    var best = (0..<siteCount).filter { tidy.isOpen[$0] }
    func cost(_ plan: [Int]) -> Int { plan.reduce(0) { $0 + costs[$1] } }
    let kept = Set(question.kept)
    let least = costs.indices.reduce(0) { $0 + (kept.contains($1) ? costs[$1] : min(0, costs[$1])) }
    guard isShortest else { return (best, least, nil) }
    var question = rung.question
    let all = question.rules
    while cost(best) > least {
      question.rules =
        all + [
          SiteRule(sites: (0..<Int32(siteCount)).map { $0 }, amounts: costs, limit: cost(best) - 1)
        ]
      question.guess = best
      let answer = question.plan(above: tidy.value - 1, enough: tidy.value, shouldStop: shouldStop)
      if let cheaper = answer.sites {
        best = cheaper
      } else if answer.bound < tidy.value {
        return (best, cost(best), answer.certificate)
      } else {
        return (best, least, nil)
      }
    }
    return (best, least, nil)
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

  /// The sites in the order in which each does most for the aims, the lower one of equals; gains are customers served.
  private func order(_ plan: [Int]) -> [SiteProposal.Chosen] {
    var left = plan.filter { $0 < candidateCount }
    var chosen: [SiteProposal.Chosen] = []
    var done = plan.filter { $0 >= candidateCount }
    var now = merit(done)
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
