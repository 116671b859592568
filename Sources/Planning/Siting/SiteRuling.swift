import Geo

/// The question of coverage, of distance or of the farthest place under rules as one of `RuledCovering`: candidates are sites, and so are
/// the points that may close.
///
/// Sites are numbered: the candidates by their positions, then the points that may close by theirs in `closable`.
struct SiteRuling {
  let question: SiteQuestion
  let network: PaymentNetwork
  let sites: CandidateTable
  /// The points that may close.
  let closable: [Int]
  /// The rows and the rules; of the farthest place no rows, which `within` adds.
  private(set) var problem: RuledCovering
  /// What is served, or secured, whatever is decided.
  let base: Int
  let total: Int
  /// What closing a point must be worth.
  let charge: Int
  let unit: SiteProposal.Unit
  let securedToday: Int?
  let poorestSites: [Int32]
  let keptTooNear: [Int]
  /// The ways of distance and of the farthest place; `nil` for coverage.
  let assignment: SiteAssignment?

  /// Whether to say what would help where there is no plan.
  let isExplaining: Bool

  var rules: SiteRules { question.rules }

  /// - Parameters:
  ///   - reach: of the candidates.
  ///   - known: the ways, where no point may close.
  ///   - explaining: whether to say what would help where there is no plan.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, _ question: SiteQuestion,
    among sites: CandidateTable, ways known: SiteWays? = nil, explaining: Bool = true
  ) throws(SiteQuestionError) {
    isExplaining = explaining
    let rules = question.rules
    let places = network.places
    let options = question.coverage
    let weights = (0..<places.count).map { places.weight(of: $0, by: options.weight) }
    let total = try checkedSum(weights, atMost: CoverTable.greatestTotalWeight / 2)
    let stays = Set(rules.keptPoints)
    let closable =
      rules.closesPoints ? before.counts.indices.filter { before.counts[$0] && !stays.contains($0) } : []

    let count = sites.count
    var builder = RowBuilder(siteCount: count + closable.count)
    var charge = 0
    var assignment: SiteAssignment?
    var long: AssignmentCosts?
    if question.goal == .promise || question.goal == .visits || question.goal == .relief {
      precondition(rules.secondOperator == nil, "a second operator is asked for with coverage")
      precondition(
        question.goal == .visits || rules.keepUnlessMillionths == 0,
        "the promise and relief have no shares to exceed")
    } else if question.goal != .coverage || question.gradual != nil {
      precondition(rules.secondOperator == nil, "a second operator is asked for with coverage")
      let most = rules.close + rules.relocate
      let ways =
        rules.closesPoints
        ? SiteWays(network, before, reach, candidates: count, closable: closable, atMost: most, options)
        : known ?? SiteWays(before, reach, candidates: count)
      let found = try SiteAssignment(network, ways, question)
      assignment = found
      switch question.goal {
      case .worst: precondition(rules.keepUnlessMillionths == 0, "the longest way has no shares")
      default:
        if ways.stepEntries <= question.mostSteps { builder.append(found.costs) } else { long = found.costs }
        let all = count..<count + closable.count
        let today = question.gradual == nil ? found.costs.value(of: all) : total * SiteAssignment.gradualUnits
        charge = try Self.charge(rules, of: today, each: closable.count)
      }
    } else if let newOperator = rules.secondOperator {
      let rows = SecondOperatorRows(network, options, newOperator)
      let candidates = reach.serving([Bool](repeating: false, count: places.count))
      for i in weights.indices where weights[i] > 0 { rows.add(i, weights[i], candidates[i], to: &builder) }
    } else if closable.isEmpty {
      let candidates = reach.serving(before.isServed)
      for i in weights.indices where weights[i] > 0 {
        if before.isServed[i] {
          builder.base += weights[i]
        } else {
          builder.append(weights[i], candidates[i])
        }
      }
    } else {
      let everybody = [Bool](repeating: false, count: places.count)
      let candidates = reach.serving(everybody)
      let points = SiteReach(points: network.points, in: network, options).serving(everybody)
      var number = [Int32](repeating: -1, count: network.points.count)
      for (k, point) in closable.enumerated() { number[point] = Int32(count + k) }
      for i in weights.indices where weights[i] > 0 {
        let serving = points[i].map { number[Int($0)] }
        // Of more points than may close at all one stays.
        if serving.contains(-1) || serving.count > rules.close + rules.relocate {
          builder.base += weights[i]
        } else {
          builder.append(weights[i], candidates[i] + serving.sorted())
        }
      }
      charge = try Self.charge(rules, of: total, each: closable.count)
    }
    if charge > 0 {
      for k in closable.indices { builder.append(charge, [Int32(count + k)]) }
    }
    var problem = builder.problem
    problem.ways = long
    problem.kept = question.kept
    problem.gap = question.goal == .coverage ? question.gap : 0
    problem.guess = closable.indices.map { count + $0 }

    var forbidden = Set(question.forbidden)
    var tooNear: Set<Int> = []
    let kept = Set(question.kept)
    if let spacing = rules.spacing {
      let counting = before.counts.indices.filter { before.counts[$0] }
      let near = SiteSpacing(spacing, sites, points: counting.map(network.points.coordinate(of:)))
      var place = [Int](repeating: -1, count: network.points.count)
      for (k, point) in closable.enumerated() { place[point] = count + k }
      var edges = near.neighbors
      edges += [[Int32]](repeating: [], count: closable.count)
      for site in 0..<count {
        for k in near.points[site] {
          let other = place[counting[Int(k)]]
          if other >= 0 {
            edges[site].append(Int32(other))
            edges[other].append(Int32(site))
          } else if kept.contains(site) {
            // Kept sites are open: the rule shows that there is no plan.
            problem.rules.append(.atMost(0, of: [Int32(site)]))
            tooNear.insert(site)
          } else {
            forbidden.insert(site)
          }
        }
        if kept.contains(site), near.neighbors[site].contains(where: { kept.contains(Int($0)) }) {
          tooNear.insert(site)
        }
      }
      problem.rules += SiteSpacing.cliques(edges.map { $0.sorted() }).map { .atMost(1, of: $0) }
    }
    if question.costsMatter {
      precondition(question.costsFen.count == count, "one cost for each site is expected")
      for site in 0..<count where question.costsFen[site] == nil { forbidden.insert(site) }
    }
    if !rules.closedPoints.isEmpty {
      let closed = Set(rules.closedPoints)
      // A point that stays open is a site that opens.
      for (k, point) in closable.enumerated() where closed.contains(point) { forbidden.insert(count + k) }
    }
    problem.forbidden = forbidden.sorted()
    if rules.perTownship != nil || rules.poorest != nil {
      let townships = SiteTownships(sites, places)
      if let most = rules.perTownship {
        problem.rules += townships.groups.filter { $0.count > most }.map { .atMost(most, of: $0) }
      }
      let poor = rules.poorest.map {
        Set(SiteTownships.poorest($0.townships, places, weights, before.isServed))
      }
      poorestSites = (0..<Int32(count)).filter { poor?.contains(townships.ofSite[Int($0)]) ?? false }
      if let least = rules.poorest?.sites { problem.rules.append(.atLeast(least, of: poorestSites)) }
    } else {
      poorestSites = []
    }
    (self.network, self.question, self.sites, self.closable) = (network, question, sites, closable)
    (self.problem, self.total, self.charge) = (problem, total, charge)
    base = builder.base - charge * closable.count
    securedToday = rules.secondOperator == nil ? nil : builder.base
    keptTooNear = tooNear.sorted()
    switch question.goal {
    case .distance: unit = .paymentSeconds
    case .worst: unit = .seconds
    default: unit = SiteProposal.Unit(options.weight)
    }
    self.assignment = assignment
    try addPointRules()
    try addLimit()
  }

  /// What closing a point must be worth: more than a share of all there is.
  private static func charge(
    _ rules: SiteRules, of total: Int, each count: Int
  ) throws(SiteQuestionError) -> Int {
    guard rules.keepUnlessMillionths > 0 else { return 0 }
    let (product, overflow) = total.multipliedReportingOverflow(by: rules.keepUnlessMillionths)
    let charge = 1 + (overflow ? total / 1_000_000 * rules.keepUnlessMillionths : product / 1_000_000)
    let (charges, tooMany) = charge.multipliedReportingOverflow(by: count)
    if tooMany || charges > CoverTable.greatestTotalWeight / 2 { throw .tooLarge }
    return charge
  }

  // MARK: - Rules of numbers and money

  var candidates: [Int32] { (0..<Int32(sites.count)).map { $0 } }
  private var points: [Int32] { closable.indices.map { Int32(sites.count + $0) } }

  private mutating func addPointRules() throws(SiteQuestionError) {
    guard rules.closesPoints else { return }
    let most = rules.close + rules.relocate
    problem.rules.append(.atLeast(closable.count - most, of: points))
    switch question.limit {
    case .sites(let count):
      // As many close as are to be closed, and one more for each site beyond those that may be opened anyway.
      problem.rules.append(.atMost(closable.count - rules.close, of: points))
      problem.rules.append(.atMost(closable.count + count - rules.close, of: candidates + points))
      if rules.relocate > 0 {
        problem.rules.append(.atLeast(closable.count - rules.close, of: candidates + points))
      }
    case .target, .within:
      problem.rules.append(.atMost(closable.count - rules.close, of: points))
    case .budget:
      if rules.relocate > 0 {
        // No more points close than sites open, but for those that just close.
        problem.rules.append(.atLeast(closable.count - rules.close, of: candidates + points))
      }
    }
  }

  /// What closing a point costs, in fen: what moving it does, less the running costs it saves.
  func closingCost(_ point: Int) -> Int {
    let monthly = max(0, network.points.monthlyCostsFen[point])
    let (saved, overflow) = monthly.multipliedReportingOverflow(by: rules.monthsSaved)
    return (rules.relocate > 0 ? rules.movingCostFen : 0) - (overflow ? 1 << 50 : min(saved, 1 << 50))
  }

  private mutating func addLimit() throws(SiteQuestionError) {
    switch question.limit {
    case .sites(let count):
      problem.rules.append(.atMost(count + rules.relocate, of: candidates))
    case .budget(let fen):
      let costs = question.costsFen.map { $0 ?? 0 }
      let closings = closable.map(closingCost)
      _ = try checkedSum(costs + closings.map(abs) + [min(fen, 1 << 49)], atMost: 1 << 50)
      // What closings cost is counted as what keeping points saves.
      problem.rules.append(
        SiteRule(
          sites: candidates + points, amounts: costs + closings.map { -$0 },
          limit: min(fen, 1 << 49) - closings.reduce(0, +)))
    case .target, .within: break
    }
  }
}
