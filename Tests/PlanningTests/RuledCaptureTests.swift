import TestSupport
import Testing

@testable import Planning

/// Plans that keep to rules are judged by every set of sites in turn.
@Suite("Sites that capture payments under rules")
struct RuledCaptureTests {
  /// What rules there are: each alone, then some together.
  enum Kind: String, CaseIterable {
    case apart, perGroup, atLeast, budget, apartAndGroups, budgetAndAtLeast, everything, tight
  }

  /// Sites on a line, which lie in groups and cost something.
  private func question(_ seed: Int, _ kind: Kind, sites siteCount: Int = 9) -> MaximumCapture {
    var random = SeededGenerator(seed: 9_000 + seed)
    let spots = (0..<siteCount).map { _ in Int.random(in: 0...12, using: &random) }
    let rows = (0..<25).map { _ in
      let here = Int.random(in: 0...12, using: &random)
      return CapturedVisits.Row(
        payments: [0, 7.5, 120, 900.25].randomElement(using: &random)!,
        standing: [0, 0.2, 1, 5].randomElement(using: &random)!,
        sites: spots.indices.compactMap { site in
          let away = abs(spots[site] - here)
          return away > 5 ? nil : (site, 1 / Double(1 + away * away))
        })
    }
    let number = kind == .budget || kind == .budgetAndAtLeast ? siteCount : 2 + seed % 4
    var question = MaximumCapture(CapturedVisits(siteCount: siteCount, rows: rows), choosing: number)
    if seed % 4 == 1 { question.open = [seed % siteCount] }
    if seed % 4 == 2 { question.closed = [0, 4] }
    let all = (0..<Int32(siteCount)).map { $0 }
    let groups = (0..<3).map { group in all.filter { Int($0) % 3 == group } }
    func apart(_ most: Int) -> [SiteRule] {
      SiteSpacing.cliques(
        all.map { site in
          all.filter { $0 != site && abs(spots[Int($0)] - spots[Int(site)]) < most }
        }
      ).map { .atMost(1, of: $0) }
    }
    let costs = all.map { _ in Int.random(in: 0...9, using: &random) * 100_000 }
    let budget = SiteRule(sites: all, amounts: costs, limit: 1_400_000 + seed * 10_000)
    let poor = SiteRule.atLeast(
      1 + seed % 2, of: groups[seed % 3].filter { _ in Bool.random(using: &random) })
    let caps = groups.map { SiteRule.atMost(1, of: $0) }
    switch kind {
    case .apart: question.rules = apart(2)
    case .perGroup: question.rules = caps
    case .atLeast: question.rules = [poor]
    case .budget: question.rules = [budget]
    case .apartAndGroups: question.rules = apart(3) + caps
    case .budgetAndAtLeast: question.rules = [budget, poor]
    case .everything: question.rules = apart(2) + caps + [budget, poor]
    // So much that often no plan is left.
    case .tight: question.rules = apart(4) + [.atLeast(2, of: groups[0]), .atLeast(1, of: groups[1])]
    }
    return question
  }

  private func keepsRules(_ sites: Set<Int>, _ question: MaximumCapture) -> Bool {
    sites.count <= question.count && sites.isSuperset(of: question.open)
      && sites.isDisjoint(with: question.closed)
      && question.rules.allSatisfy { rule in
        zip(rule.sites, rule.amounts).reduce(0) { sites.contains(Int($1.0)) ? $0 + $1.1 : $0 } <= rule.limit
      }
  }

  /// What the best of all sets captures; `nil` where none keeps to the rules.
  private func optimum(_ question: MaximumCapture) -> Int? {
    (0..<1 << question.problem.siteCount).reduce(nil) { best, bits in
      let set = Set((0..<question.problem.siteCount).filter { bits >> $0 & 1 == 1 })
      guard keepsRules(set, question) else { return best }
      return max(best ?? 0, question.problem.captured(by: set.sorted()))
    }
  }

  @Test(
    "capture what the best of all sets that keep to the rules captures, and it is proven; or no set does",
    arguments: Kind.allCases, 0..<12)
  func best(kind: Kind, seed: Int) {
    let question = question(seed, kind)
    let answer = question.solve { false }
    guard let best = optimum(question) else {
      #expect(!answer.isPlan && answer.bound == -1 && answer.conflict != nil && answer.sites.isEmpty)
      return
    }
    #expect(answer.isPlan && answer.conflict == nil && !answer.isInterrupted)
    #expect(answer.value == best && answer.bound == best)
    #expect(answer.value == question.problem.captured(by: answer.sites))
    #expect(keepsRules(Set(answer.sites), question) && Set(answer.sites).count == answer.sites.count)
    #expect(answer.gains.reduce(0, +) == answer.value && answer.gains.allSatisfy { $0 >= 0 })
  }

  @Test("stopped early still keep to the rules, and have a true bound", arguments: Kind.allCases, 0..<4)
  func stopped(kind: Kind, seed: Int) {
    let question = question(seed, kind)
    let best = optimum(question)
    for patience in [0, 1, 4, 20] {
      var asked = 0
      let answer = question.solve {
        asked += 1
        return asked > patience
      }
      guard let best else {
        #expect(!answer.isPlan)
        continue
      }
      #expect(best <= answer.bound)
      if answer.isPlan {
        #expect(keepsRules(Set(answer.sites), question) && answer.value <= best)
      } else {
        #expect(answer.isInterrupted && answer.sites.isEmpty && answer.conflict == nil)
      }
    }
  }

  @Test("a program that shares no code finds every proof valid", arguments: Kind.allCases)
  func valid(kind: Kind) throws {
    var certificates: [CaptureCertificate] = []
    var conflicts: [RuledCertificate] = []
    for seed in 0..<6 {
      var question = question(seed, kind, sites: 13)
      let answer = question.solve { false }
      if let conflict = answer.conflict {
        #expect(conflict.bound == -1)
        conflicts.append(conflict)
        continue
      }
      #expect(answer.certificate.isWhole && answer.certificate.bound == answer.bound)
      certificates.append(answer.certificate)
      certificates.append(question.solve { true }.certificate)
      question.certificateLimit = 1
      certificates.append(question.solve { false }.certificate)
    }
    #expect(!certificates.isEmpty)
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
    if kind == .tight { #expect(!conflicts.isEmpty, "some rules leave no plan") }
    if !conflicts.isEmpty {
      for verdict in try checkedByAnother(conflicts) { #expect(verdict == nil) }
    }
  }

  @Test(
    "what is granted to a site is drawn to the thousandth, however much",
    arguments: [1, 7, 999, 40_000_000, 100_000_000])
  func granted(payments: Int) {
    let problem = CapturedVisits(
      siteCount: 2, rows: [.init(payments: 50, standing: 1, sites: [(0, 1), (1, 2)])])
    let more = problem.granting(payments, for: [1])
    #expect(more.thousandths(by: [1]) - problem.thousandths(by: [1]) == payments * 1_000)
    #expect(more.thousandths(by: [0]) == problem.thousandths(by: [0]))
    #expect(more.thousandths(by: [0, 1]) - problem.thousandths(by: [0, 1]) == payments * 1_000)
  }

  @Test(
    "sites of the guess that bring nothing stay open where the rules allow it, instead of others that bring nothing"
  )
  func leftAlone() {
    let problem = CapturedVisits(
      siteCount: 3, rows: [.init(payments: 50, standing: 1, sites: [(1, 1)])])
    func order(_ plan: [Int], _ rules: [SiteRule]) -> [Int] {
      var question = MaximumCapture(problem, choosing: 3)
      (question.guess, question.rules) = ([2], rules)
      var known = CapturePlan(question, CaptureRules.Source(question, question.allRules))
      known.take(plan)
      return known.order().sites
    }
    #expect(order([1], [.atMost(2, of: [0, 1, 2])]) == [2, 1])
    #expect(order([0, 1], [.atMost(1, of: [0, 2]), .atLeast(1, of: [0, 2])]) == [2, 1])
    #expect(order([0, 1], [.atMost(1, of: [0, 2]), .atLeast(1, of: [0])]) == [1, 0])
  }

  @Test(
    "it refuses plans that break a rule, bounds that are too low, and rules that were added", arguments: 0..<4
  )
  func tampered(seed: Int) throws {
    for kind in [Kind.perGroup, .budget, .everything] {
      let question = question(seed, kind, sites: 12)
      let certificate = question.solve { false }.certificate
      guard certificate.value > 0, let best = optimum(question) else { continue }
      var tampered: [CaptureCertificate] = []
      var one = certificate
      one.bound = best - 1
      tampered.append(one)
      one = certificate
      let breaking = (0..<12).filter { !question.closed.contains($0) }
      if !keepsRules(Set(breaking), question) {
        one.sites = breaking
        one.value = question.problem.captured(by: breaking)
        one.bound = one.value
        tampered.append(one)
      }
      // With the rules gone, what they proved is not proven any more.
      var free = question
      free.rules = []
      if let more = optimum(free), more > best {
        one = certificate
        one.rules = one.rules.map { .init(sites: $0.sites, amounts: $0.amounts, limit: $0.limit + 1 << 40) }
        tampered.append(one)
      }
      // A negative price would prove too much.
      one = certificate
      if let node = one.nodes.firstIndex(where: { !$0.prices.isEmpty }) {
        one.nodes[node].prices[0] = -1
        tampered.append(one)
      }
      // What no rule forces must not be called forced.
      one = certificate
      one.nodes[0].forced = certificate.sites.filter { !question.open.contains($0) }.map { [$0, 0] }
      if !one.nodes[0].forced.isEmpty { tampered.append(one) }
      for verdict in try checkedByAnother(tampered) { #expect(verdict != nil) }
    }
  }
}
