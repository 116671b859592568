/// The search behind `alternatives`.
struct AlternativeSearch {
  typealias Solver = (SiteQuestion) throws(SiteQuestionError) -> SiteFindings

  /// What a plan decides: the sites it opens by their positions, then the points it closes by theirs, after the last site.
  private typealias Decisions = Set<Int>

  /// Plans that decide some things so and others not, by the best of them.
  private struct Part {
    var with: Decisions
    var without: Decisions
    var found: SiteFindings
  }

  private let best: SiteProposal
  /// What is asked again and again: of a plan in phases, its last.
  private let asked: SiteQuestion
  private let siteCount: Int
  private let wantsMore: Bool
  /// The aim that the proposal's value tells of, and what the proposal reaches at those before and at it; less is better.
  private let aims: [Int]
  private let leastGood: Int
  private let own: Decisions

  init(_ best: SiteProposal, siteCount: Int, millionths: Int) {
    self.best = best
    self.siteCount = siteCount
    asked = best.phases.last?.asked ?? best.question
    switch asked.limit {
    case .target, .within: wantsMore = false
    case .sites, .budget: wantsMore = asked.goal == .coverage || asked.goal == .visits
    }
    let slack = Int(
      UInt(1_000_000).dividingFullWidth(
        best.value.magnitude.multipliedFullWidth(by: UInt(min(1_000_000, millionths)))
      ).quotient)
    leastGood = wantsMore ? best.value - slack : best.value + slack
    let levels = best.details.levels
    aims =
      levels.isEmpty
      ? [wantsMore ? -best.value : best.value] : levels.prefix((levels.telling ?? 0) + 1).map(\.value)
    own = Set(best.chosen.map(\.site)).union(best.closed.map { siteCount + $0.point })
  }

  // MARK: - What is good

  /// What a plan reaches at each aim, and what is proven of all plans of its part; less is better.
  private func aims(of found: SiteFindings) -> [(value: Int, bound: Int)] {
    found.details.levels.isEmpty
      ? [wantsMore ? (-found.value, -found.bound) : (found.value, found.bound)]
      : found.details.levels.map { ($0.value, $0.bound) }
  }

  /// What a plan may reach at an aim and still be good, if it is as good as the best at those before.
  private func most(at aim: Int) -> Int {
    aim < aims.count - 1 ? aims[aim] : wantsMore ? -leastGood : leastGood
  }

  private func hasPlan(_ found: SiteFindings) -> Bool {
    found.isPlan && found.shortfall == nil && found.conflict == nil
  }

  private func isGood(_ found: SiteFindings) -> Bool {
    guard hasPlan(found) else { return false }
    for (aim, reached) in aims(of: found).prefix(aims.count).enumerated() where reached.value != aims[aim] {
      return reached.value < aims[aim] || aim == aims.count - 1 && reached.value <= most(at: aim)
    }
    return true
  }

  /// Whether it is proven that no plan of the part is good. The bound at an aim speaks of plans that are as good at those before.
  private func isHopeless(_ found: SiteFindings) -> Bool {
    if found.shortfall != nil || found.conflict != nil { return !found.isInterrupted }
    for (aim, reached) in aims(of: found).prefix(aims.count).enumerated() {
      if reached.bound > most(at: aim) { return true }
      if reached.value != reached.bound || reached.value != aims[aim] { return false }
    }
    return false
  }

  /// Whether a plan does better than another at the first aim at which they differ.
  private func isBetter(_ a: SiteFindings, _ b: SiteFindings) -> Bool {
    for (one, other) in zip(aims(of: a), aims(of: b)) where one.value != other.value {
      return one.value < other.value
    }
    return false
  }

  /// Value and bound at the aim that the proposal's value tells of, as the proposal counts; `nil` where an aim before is worse.
  private func told(_ found: SiteFindings) -> (value: Int, bound: Int)? {
    guard hasPlan(found) else { return nil }
    let reached = aims(of: found)
    guard reached.count >= aims.count, zip(reached, aims).dropLast().allSatisfy({ $0.value == $1 }) else {
      return nil
    }
    let last = reached[aims.count - 1]
    return wantsMore ? (-last.value, -last.bound) : last
  }

  // MARK: - Parts

  /// The question for plans that decide some things so and others not.
  private func question(with: Decisions, without: Decisions) -> SiteQuestion {
    var question = asked
    question.forbiddenInWhole = asked.forbidden
    func sites(_ decisions: Decisions) -> [Int] { decisions.filter { $0 < siteCount } }
    func points(_ decisions: Decisions) -> [Int] {
      decisions.filter { $0 >= siteCount }.map { $0 - siteCount }
    }
    question.kept = Set(question.kept).union(sites(with)).sorted()
    question.forbidden = Set(question.forbidden).union(sites(without)).sorted()
    question.rules.closedPoints = Set(question.rules.closedPoints).union(points(with)).sorted()
    question.rules.keptPoints = Set(question.rules.keptPoints).union(points(without)).sorted()
    return question
  }

  /// What a plan decides, but for sites that bring nothing. Where rules ask for sites, where several aims are counted, and of the farthest
  /// place, which is often brought nearer by several sites only together, all count.
  private func decisions(of found: SiteFindings) -> Decisions {
    let kept = Set(asked.kept)
    let allCount = asked.goal == .worst || !asked.rules.isEmpty || !found.details.levels.isEmpty
    return Set(found.chosen.filter { allCount || $0.gain > 0 || kept.contains($0.site) }.map(\.site))
      .union(found.closed.map { siteCount + $0.point })
  }

  func run(count: Int, _ shouldStop: () -> Bool, _ solve: Solver) throws(SiteQuestionError)
    -> SiteAlternatives
  {
    var known: [Decisions] = [own]
    var without: [Int: SiteFindings] = [:]
    let given = Decisions(asked.kept)
    for one in own.subtracting(given).sorted() where !shouldStop() {
      let found = try solve(question(with: [], without: [one]))
      without[one] = found
      if isGood(found), !known.contains(decisions(of: found)) { known.append(decisions(of: found)) }
    }

    var plans: [Part] = []
    var waiting: [Part] = []
    var isComplete = true
    func divide(_ plan: Decisions, _ with: Decisions, _ without: Decisions) throws(SiteQuestionError) {
      var decided = with
      for one in plan.subtracting(given).subtracting(with).sorted() {
        if shouldStop() {
          isComplete = false
          return
        }
        let part = (with: decided, without: without.union([one]))
        let found = try solve(question(with: part.with, without: part.without))
        decided.insert(one)
        if isGood(found) {
          waiting.append(Part(with: part.with, without: part.without, found: found))
        } else if !isHopeless(found) {
          isComplete = false
        }
      }
    }
    if count > 0 { try divide(own, [], []) }
    while plans.count < count, !waiting.isEmpty, !shouldStop() {
      var next = 0
      for i in waiting.indices where isBetter(waiting[i].found, waiting[next].found) { next = i }
      let part = waiting.remove(at: next)
      let plan = decisions(of: part.found)
      if !plan.isSuperset(of: own), !plans.contains(where: { plan.isSuperset(of: decisions(of: $0.found)) }) {
        plans.append(part)
        if !known.contains(plan) { known.append(plan) }
      }
      if plans.count < count {
        let all = Set(part.found.chosen.map(\.site)).union(plan)
        try divide(all, part.with, part.without)
      } else {
        isComplete = false
      }
    }
    let isInterrupted = shouldStop()
    return SiteAlternatives(
      leastGood: leastGood, plans: plans.map(plan),
      members: best.chosen.map { member($0.site, without[$0.site], known) },
      closures: best.closed.map { closure($0.point, without[siteCount + $0.point], known) },
      goodPlans: known.count, isComplete: isComplete && waiting.isEmpty && !isInterrupted && count > 0,
      isInterrupted: isInterrupted)
  }

  // MARK: - What is said

  private func plan(_ part: Part) -> SiteAlternatives.Plan {
    let decisions = decisions(of: part.found)
    let sites = decisions.filter { $0 < siteCount }
    let ownSites = own.filter { $0 < siteCount }
    let reached = aims(of: part.found)[aims.count - 1].value
    return .init(
      sites: sites.sorted(), closed: decisions.subtracting(sites).map { $0 - siteCount }.sorted(),
      value: wantsMore ? -reached : reached, without: ownSites.subtracting(sites).sorted(),
      instead: sites.subtracting(ownSites).sorted())
  }

  /// How needed a decision is, by the best that was found without it.
  private func standing(_ decision: Int, _ found: SiteFindings?, _ plans: Int, of known: Int)
    -> SiteAlternatives.Standing
  {
    if asked.kept.contains(decision) { return .every }
    guard let found else { return .unknown }
    if isGood(found) { return plans * 2 > known ? .most : .exchangeable }
    return isHopeless(found) ? .every : .unknown
  }

  private func member(_ site: Int, _ found: SiteFindings?, _ known: [Decisions]) -> SiteAlternatives.Member {
    let plans = known.count { $0.contains(site) }
    let told = found.flatMap(told)
    return .init(
      site: site, standing: standing(site, found, plans, of: known.count), valueWithout: told?.value,
      boundWithout: told?.bound,
      exchangeableWith: found.map { found in
        isGood(found) ? decisions(of: found).filter { $0 < siteCount }.subtracting(own).sorted() : []
      } ?? [], plans: plans)
  }

  private func closure(_ point: Int, _ found: SiteFindings?, _ known: [Decisions])
    -> SiteAlternatives.Closure
  {
    let plans = known.count { $0.contains(siteCount + point) }
    let told = found.flatMap(told)
    return .init(
      point: point, standing: standing(siteCount + point, found, plans, of: known.count),
      valueWithout: told?.value, boundWithout: told?.bound, plans: plans)
  }
}
