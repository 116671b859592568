/// The search behind `MaximumCapture`: plans by greedy and exchange, bounds by claims, sites that these decide, branches.
///
/// Claims move down the slope of the bound, leaning on the steps before (Camerini, Fratta and Maffioli 1975, "On improving relaxation
/// methods by modified gradient techniques", Mathematical Programming Study 3), by lengths after Polyak. What they decide is fixed, which makes
/// the rest smaller; where little is decided, the plans are divided by the site that the bound takes about as often as not.
struct CaptureSearch {
  private let question: MaximumCapture
  private let problem: CapturedVisits
  private let shouldStop: () -> Bool
  private(set) var plan: CapturePlan
  private(set) var recorder: CaptureRecorder
  private(set) var bound = Int.max
  private(set) var isInterrupted = false
  /// What shows that no plan keeps to the rules.
  private(set) var conflict: RuledCertificate?
  let rules: CaptureRules.Source
  private var state: RuledState
  private var scratch = CaptureRow()
  private var nodes = 0
  private var polished: Set<[Int]> = []

  /// Into how many parts plans are divided at most, how many sets bounds look at at most, and how often claims move.
  private static let most = (nodes: 4_000, sets: 20_000_000, atRoot: 1_200, below: 120, polished: 40)

  init(_ question: MaximumCapture, certificateLimit: Int, shouldStop: @escaping () -> Bool) {
    self.question = question
    self.shouldStop = shouldStop
    problem = question.problem
    rules = CaptureRules.Source(question, question.allRules)
    plan = CapturePlan(question, rules)
    state = RuledState(rules.instance)
    recorder = CaptureRecorder(
      entries: problem.rowSites.count + rules.instance.rules.count, limit: certificateLimit)
  }

  mutating func run() {
    plan.improve(from: question.guess, shouldStop)
    if !plan.isPlan {
      let any = rules.anyPlan(shouldStop)
      conflict = any.conflict
      if conflict != nil {
        bound = -1
        return
      }
      if let sites = any.sites { plan.improve(from: sites, shouldStop) }
    }
    let (drawn, problem) = (plan.sums, problem)
    // Between what a site adds to the plan and what it adds to the guess alone: where the best claims lie. What is open anyhow, but for a few,
    // claims no more than what it adds to all.
    let isGuessed = Set(question.guess)
    let guessed = problem.sums(of: plan.sites.filter(isGuessed.contains))
    var claims = [Int](repeating: 0, count: problem.rowSites.count)
    let isIn = plan.isIn
    for row in problem.payments.indices {
      for entry in problem.rowStart[row]..<problem.rowStart[row + 1]
      where !isGuessed.contains(Int(problem.rowSites[entry])) {
        let weight = problem.rowWeights[entry]
        let others = drawn[row] - (isIn[Int(problem.rowSites[entry])] ? weight : 0)
        let adds = problem.captured(row, others + weight) - problem.captured(row, others)
        let (first, base) = (guessed[row], problem.captured(row, guessed[row]))
        claims[entry] = (adds + problem.captured(row, first + weight) - base) / 2
      }
    }
    let prices = [Int](repeating: 0, count: rules.instance.rules.count)
    let explored = explore(recorder.start(), claims, prices, isRoot: true)
    bound = max(plan.payments, explored)
  }

  private mutating func stops() -> Bool {
    if !isInterrupted, shouldStop() { isInterrupted = true }
    return isInterrupted || nodes >= Self.most.nodes || scratch.sets >= Self.most.sets
  }

  /// Searches the plans that `state` leaves.
  ///
  /// - Returns: whole payments that no plan of this part exceeds, or the best plan's.
  private mutating func explore(_ first: Int, _ start: [Int], _ startPrices: [Int], isRoot: Bool) -> Int {
    nodes += 1
    var (node, claims, prices, least) = (first, start, startPrices, Int.max)
    let depth = state.trail.count
    defer { state.rewind(to: depth) }
    var rounds = isRoot ? Self.most.atRoot : Self.most.below
    var pace = isRoot ? 1.5 : 1
    while true {
      if rules.isRuled {
        recorder.force(node, state.propagate())
        if state.isBroken { return 0 }
      }
      let decisions = state.decisions
      let part = CapturePart(problem, decisions, rules)
      let room = question.count - decisions.count { $0 == 1 }
      if room <= 0 || part.siteID.count <= room {
        // No plan draws more than with all that is left, as far as there is room; where no rule is in the way, this is one.
        let last =
          decisions.indices.filter { decisions[$0] == 1 } + (room <= 0 ? [] : part.siteID.map { Int($0) })
        plan.take(last)
        let captured = problem.captured(by: last)
        if captured <= plan.payments || part.rules.ruleID.isEmpty || part.siteID.isEmpty {
          return min(least, captured)
        }
        least = min(least, captured)
      }
      var bound = CaptureBound(part, claims: { claims[$0] }, prices: { prices[$0] })
      var average = [Double](repeating: 0, count: part.siteID.count)
      let used = descend(&bound, rounds, &pace, &average, room, isRoot: isRoot)
      least = min(least, bound.payments)
      for entry in part.entry.indices { claims[Int(part.entry[entry])] = bound.claims[entry] }
      for (entry, drawn) in part.alone { claims[Int(entry)] = drawn }
      for rule in prices.indices { prices[rule] = 0 }
      for (place, rule) in part.rules.ruleID.enumerated() { prices[Int(rule)] = bound.prices[place] }
      recorder.claim(node, claims, prices, bound: least)
      if bound.payments <= plan.payments || stops() { return least }
      let (closes, opens) = bound.decided(beating: plan.payments, room: room)
      recorder.decide(node, closes, opens)
      for site in closes { state.decide(site, isOpen: false) }
      for site in opens { state.decide(site, isOpen: true) }
      let isMuch = closes.count + opens.count > max(4, part.siteID.count / 5)
      let left = part.siteID.indices.filter { state.decisions[Int(part.siteID[$0])] == 0 }
      let isLast = rules.isRuled ? left.isEmpty : left.count <= room - opens.count
      if isMuch || isLast || opens.count >= room {
        (rounds, pace) = (max(rounds - used, Self.most.below), max(pace, 0.3))
        node = recorder.follow(node)
        continue
      }
      let place = left.min { (abs(average[$0] - 0.5), $0) < (abs(average[$1] - 0.5), $1) }
      guard let site = place.map({ Int(part.siteID[$0]) }) else { return least }
      let (next, otherwise) = recorder.divide(node, site)
      let before = state.trail.count
      state.decide(site, isOpen: true)
      let with = explore(next, claims, prices, isRoot: false)
      state.rewind(to: before)
      state.decide(site, isOpen: false)
      let without: Int
      if stops() {
        recorder.claim(otherwise, claims, prices, bound: least)
        without = least
      } else {
        without = explore(otherwise, claims, prices, isRoot: false)
      }
      return min(least, max(with, without))
    }
  }

  /// Moves claims, and keeps the best; at the root until they decide about many sites, without which each step is cheaper.
  ///
  /// - Returns: how many steps were taken.
  private mutating func descend(
    _ bound: inout CaptureBound, _ rounds: Int, _ pace: inout Double, _ average: inout [Double], _ room: Int,
    isRoot: Bool
  ) -> Int {
    let opened = state.decisions.indices.filter { state.decisions[$0] == 1 }
    bound.evaluate(room: room, scratch: &scratch)
    var present = bound
    var slope = [Double](repeating: 0, count: present.claims.count)
    var priceSlope = [Double](repeating: 0, count: present.prices.count)
    var isTaken = [Bool](repeating: false, count: average.count)
    var quiet = 0
    for round in 0..<rounds {
      if bound.payments <= plan.payments { return round }
      if round & 7 == 7, stops() { return round }
      if round % 20 == 19 {
        let (closes, opens) = bound.decided(beating: plan.payments, room: room)
        if closes.count + opens.count > max(4, average.count / 5) { return round }
      }
      for site in present.taken { isTaken[site] = true }
      for site in average.indices { average[site] += 0.1 * ((isTaken[site] ? 1 : 0) - average[site]) }
      var length = 0.0
      for entry in slope.indices {
        let here = (isTaken[Int(present.part.site[entry])] ? 1.0 : 0) - (present.isWanted[entry] ? 1 : 0)
        slope[entry] = here + 0.6 * slope[entry]
        length += slope[entry] * slope[entry]
      }
      if !priceSlope.isEmpty {
        let slack = present.part.rules.slack(taking: isTaken)
        for rule in priceSlope.indices {
          // What is not used up has no price; a price of 0 cannot fall.
          let here = present.prices[rule] == 0 ? min(0, slack[rule]) : slack[rule]
          priceSlope[rule] = here + 0.6 * priceSlope[rule]
          length += priceSlope[rule] * priceSlope[rule]
        }
      }
      for site in present.taken { isTaken[site] = false }
      if length < 1e-9 { return round }
      let distance = Double(max(1, present.value - plan.thousandths))
      present.move(slope, priceSlope, by: pace * distance / length)
      present.evaluate(room: room, scratch: &scratch)
      if present.value < bound.value {
        if isRoot, quiet > 0 || round > 30 {
          look(opened + present.taken.map { Int(present.part.siteID[$0]) })
        }
        bound = present
        quiet = 0
      } else {
        quiet += 1
        if quiet >= (isRoot ? 15 : 6) {
          pace *= 0.7
          quiet = 0
          present = bound
          for entry in slope.indices { slope[entry] = 0 }
          for rule in priceSlope.indices { priceSlope[rule] = 0 }
          if pace < 0.001 { return round }
        }
      }
    }
    let taken = opened + bound.taken.map { Int(bound.part.siteID[$0]) }
    plan.take(taken)
    if rules.isRuled { look(taken) }
    return rounds
  }

  /// Betters what the bound takes, if it was not looked at before.
  private mutating func look(_ sites: [Int]) {
    let sites = sites.sorted()
    guard polished.count < Self.most.polished, polished.insert(sites).inserted else { return }
    plan.improve(from: sites, shouldStop)
  }
}
