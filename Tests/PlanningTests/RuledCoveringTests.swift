import TestSupport
import Testing

@testable import Planning

/// Plans under rules are judged by trying every choice of sites, and their proofs by the checker that shares no code.
@Suite("Covering under rules")
struct RuledCoveringTests {
  /// A small question with caps, minima, conflicts and a budget; every other one with ways.
  private struct Case {
    var question: RuledCovering

    init(_ seed: Int, sites count: Int = 9) {
      var dice = SeededGenerator(seed: 4_100 + seed)
      let all = (0..<Int32(count)).map { $0 }
      let rowCount = Int.random(in: 0...16, using: &dice)
      let rows = (0..<rowCount).map { _ in
        Array(all.shuffled(using: &dice).prefix(Int.random(in: 0...4, using: &dice)).sorted())
      }
      let isHeavy = seed % 5 == 4
      question = RuledCovering(
        siteCount: count, rows: FlatRows(rows),
        weights: rows.map { _ in
          isHeavy ? .random(in: 0...1_000_000_000_000, using: &dice) : .random(in: 0...9, using: &dice)
        })
      if seed % 3 == 0 { question.needs = rows.map { _ in .random(in: 1...2, using: &dice) } }
      let order = all.shuffled(using: &dice)
      let (some, others) = (Array(order.prefix(5).sorted()), Array(order.suffix(4).sorted()))
      func ones(_ sites: [Int32], _ sign: Int) -> [Int] { [Int](repeating: sign, count: sites.count) }
      question.rules.append(
        SiteRule(sites: all, amounts: ones(all, 1), limit: .random(in: 1...6, using: &dice)))
      if Bool.random(using: &dice) {
        question.rules.append(
          SiteRule(sites: some, amounts: ones(some, 1), limit: .random(in: 0...3, using: &dice)))
      }
      if Bool.random(using: &dice) {
        question.rules.append(
          SiteRule(sites: others, amounts: ones(others, -1), limit: -.random(in: 0...3, using: &dice)))
      }
      for _ in 0..<Int.random(in: 0...4, using: &dice) {
        let pair = Array(all.shuffled(using: &dice).prefix(2).sorted())
        question.rules.append(SiteRule(sites: pair, amounts: [1, 1], limit: 1))
      }
      if Bool.random(using: &dice) {
        question.rules.append(
          SiteRule(
            sites: all, amounts: all.map { _ in .random(in: -300...900, using: &dice) },
            limit: .random(in: -200...1_500, using: &dice)))
      }
      if Int.random(in: 0..<3, using: &dice) == 0 { question.kept = [Int(order[0])] }
      if Int.random(in: 0..<3, using: &dice) == 0 { question.forbidden = [Int(order[1])] }
      question.guess = Int.random(in: 0..<2, using: &dice) == 0 ? [] : others.map(Int.init)
      guard seed % 2 == 1 else { return }
      // Ties, ways that no site shortens and sites that shorten none.
      let far = isHeavy ? 1_000_000_000_000 : 12
      let ways = Int.random(in: 1...12, using: &dice)
      question.ways = AssignmentCosts(
        siteCount: count, base: (0..<ways).map { _ in .random(in: 0...far, using: &dice) },
        rows: (0..<ways).map { _ in
          all.shuffled(using: &dice).prefix(.random(in: 0...count, using: &dice)).map {
            (Int($0), .random(in: 0...far, using: &dice))
          }
        })
    }

    func covered(_ sites: Set<Int>) -> Int {
      let shorter = question.ways.map { $0.base.reduce(0, +) - $0.value(of: sites) } ?? 0
      return question.weights.indices.reduce(shorter) { sum, row in
        let on = question.rows[row].count { sites.contains(Int($0)) }
        return on >= question.needs[row] ? sum + question.weights[row] : sum
      }
    }

    func keepsRules(_ sites: Set<Int>) -> Bool {
      sites.isSuperset(of: question.kept) && sites.isDisjoint(with: question.forbidden)
        && question.rules.allSatisfy { rule in
          zip(rule.sites, rule.amounts).reduce(0) { sites.contains(Int($1.0)) ? $0 + $1.1 : $0 } <= rule.limit
        }
    }

    /// The most that any choice covers, or `nil` where none keeps to the rules.
    var best: Int? {
      (0..<1 << question.siteCount).lazy
        .map { bits in Set((0..<question.siteCount).filter { bits >> $0 & 1 == 1 }) }
        .filter(keepsRules).map(covered).max()
    }
  }

  @Test("is the best of all choices that keep to the rules, or there is none; the checker agrees")
  func best() throws {
    var certificates: [RuledCertificate] = []
    var infeasible = 0
    for seed in 0..<160 {
      let one = Case(seed)
      let plan = one.question.plan()
      #expect(!plan.isInterrupted && plan.value == plan.bound, "seed \(seed)")
      #expect(plan.value == one.best ?? -1, "seed \(seed)")
      if let sites = plan.sites {
        #expect(one.keepsRules(Set(sites)) && one.covered(Set(sites)) == plan.value, "seed \(seed)")
      } else {
        infeasible += 1
      }
      #expect(plan.certificate.isWhole)
      certificates.append(plan.certificate)
    }
    #expect((10...120).contains(infeasible))
    let verdicts = try checkedByAnother(certificates)
    for (seed, refusal) in verdicts.enumerated() { #expect(refusal == nil, "seed \(seed): \(refusal ?? "")") }
  }

  @Test("asked only for more than a weight, or for enough, says what is true of it", arguments: 0..<40)
  func aims(seed: Int) {
    let one = Case(seed)
    let best = one.best ?? -1
    for above in [best - 1, best, best + 1] where above >= 0 {
      let plan = one.question.plan(above: above)
      #expect((plan.sites != nil) == (best > above))
      #expect(plan.bound >= best && (best > above || plan.bound == above))
    }
    let plan = one.question.plan(above: max(0, best) / 2 - 1, enough: max(0, best) / 2)
    if best >= 0 { #expect(plan.value >= max(0, best) / 2 && plan.bound >= best) }
  }

  @Test("stopped after any number of questions is still true, and so is its certificate")
  func stopped() throws {
    var certificates: [RuledCertificate] = []
    for seed in 0..<40 {
      let one = Case(seed, sites: 10)
      for patience in [0, 1, 5, 40] {
        var left = patience
        let plan = one.question.plan {
          left -= 1
          return left < 0
        }
        let best = one.best ?? -1
        #expect(plan.value <= best && plan.bound >= best, "seed \(seed)")
        if !plan.certificate.nodes.isEmpty { certificates.append(plan.certificate) }
      }
    }
    for refusal in try checkedByAnother(certificates) { #expect(refusal == nil, "\(refusal ?? "")") }
  }

  @Test("never say more than their multipliers and prices prove, whatever these are", arguments: 0..<60)
  func multipliers(seed: Int) {
    var dice = SeededGenerator(seed: 4_000 + seed)
    let question = Case(seed).question
    let instance = RuledInstance(question)
    let problem = RuledProblem(instance, RuledState(instance).decisions)
    let shares = problem.weights.map { _ in Double.random(in: 0...1.2, using: &dice) }
    let prices = problem.limits.map { _ in Double.random(in: -1...2, using: &dice) }
    let farthest = Double(problem.ways?.base.max() ?? 0)
    let wayPrices = (problem.ways?.base ?? []).map { _ in
      Double.random(in: -0.1 * farthest...farthest, using: &dice)
    }
    let bound = RuledBound(
      problem, shares: shares, prices: prices, wayPrices: wayPrices, shift: instance.shift,
      priceShift: instance.priceShift)
    // The sum of the certificate's description, written down once more.
    let unit = Int128(1) << Int128(instance.shift + instance.priceShift)
    var sum: Int128 = 0
    var net = problem.siteID.map { _ in Int128(0) }
    for row in problem.weights.indices {
      let rest = (problem.weights[row] << instance.shift) - problem.needs[row] * bound.multipliers[row]
      sum += Int128(max(0, rest)) << Int128(instance.priceShift)
      for site in problem.rows[row] {
        net[Int(site)] += Int128(bound.multipliers[row]) << Int128(instance.priceShift)
      }
    }
    for rule in problem.limits.indices {
      sum += Int128(bound.prices[rule]) * Int128(problem.limits[rule])
      for slot in problem.ruleSites.start[rule]..<problem.ruleSites.start[rule + 1] {
        net[Int(problem.ruleSites.items[slot])] -= Int128(bound.prices[rule]) * Int128(problem.amounts[slot])
      }
    }
    for (row, price) in bound.wayPrices.enumerated() {
      guard let ways = problem.ways else { break }
      let now = ways.base[row] << instance.shift
      #expect(price <= now)
      sum += Int128(now - price) << Int128(instance.priceShift)
      for entry in ways.start[row]..<ways.start[row + 1] {
        let less = price - (ways.costs[entry] << instance.shift)
        if less > 0 { net[Int(ways.sites[entry])] += Int128(less) << Int128(instance.priceShift) }
      }
    }
    for one in net where one > 0 { sum += one }
    #expect(bound.bound == (sum < 0 ? -1 : problem.covered + Int(sum / unit)))
    #expect(bound.bound <= problem.coverable)
  }

  @Test("with a proof that says too much is refused")
  func forged() throws {
    var forged: [RuledCertificate] = []
    for seed in 0..<60 {
      let plan = Case(seed).question.plan()
      guard plan.value > 0 else { continue }
      var less = plan.certificate
      // A smaller bound is no longer true of the plan itself; without a plan, of what it covers.
      (less.bound, less.value, less.sites) = (plan.bound - 1, -1, [])
      forged.append(less)
      var broken = plan.certificate
      broken.rules.append(
        SiteRule(sites: broken.sites.map(Int32.init), amounts: broken.sites.map { _ in 1 }, limit: 0))
      if !broken.sites.isEmpty { forged.append(broken) }
    }
    #expect(forged.count > 40)
    for refusal in try checkedByAnother(forged) { #expect(refusal != nil) }
  }
}
