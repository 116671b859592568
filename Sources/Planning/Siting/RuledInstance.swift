/// A covering question under rules, read from all sides.
struct RuledInstance {
  let rows: FlatRows
  let weights: [Int]
  let needs: [Int]
  let ways: AssignmentCosts?
  /// The rows of each site.
  let sites: FlatRows
  let rules: [SiteRule]
  /// The rules of each site, and what it amounts to in each.
  let rulesOfSite: [[(rule: Int, amount: Int)]]
  let kept: [Int]
  let forbidden: [Int]
  /// Multipliers are in units of 2^-`shift`, prices in units of 2^-(`shift` + `priceShift`).
  let shift: Int
  let priceShift: Int

  /// What all rows and ways weigh.
  let everything: Int

  var siteCount: Int { sites.count }

  init(_ question: RuledCovering) {
    let total = question.weights.reduce(0) { sum, weight in
      precondition(weight >= 0 && weight <= CoverTable.greatestTotalWeight - sum, "rows weigh more than 2⁶⁰")
      return sum + weight
    }
    let bases = question.ways?.base.reduce(0, +) ?? 0
    precondition(bases <= CoverTable.greatestTotalWeight - total, "rows and ways weigh more than 2⁶⁰")
    everything = total + bases
    precondition(question.needs.allSatisfy { $0 >= 1 }, "a row needs at least one site")
    rows = question.rows
    weights = question.weights
    needs = question.needs
    ways = question.ways
    sites = rows.transposed(columnCount: question.siteCount)
    rules = question.rules
    (kept, forbidden) = (question.kept, question.forbidden)
    shift = CoveringBound.shift(forWeight: everything)
    priceShift = max(0, min(20, (everything << shift).leadingZeroBitCount - 3))
    var rulesOfSite = [[(rule: Int, amount: Int)]](repeating: [], count: question.siteCount)
    for (number, rule) in rules.enumerated() {
      for (site, amount) in zip(rule.sites, rule.amounts) where amount != 0 {
        rulesOfSite[Int(site)].append((number, amount))
      }
    }
    self.rulesOfSite = rulesOfSite
  }
}

/// What has been decided about sites, and what the rules say to it.
struct RuledState {
  private let instance: RuledInstance
  /// By site: 1 open, -1 closed, 0 free.
  private(set) var decisions: [Int8]
  /// By rule, the least that the sites can still amount to.
  private(set) var least: [Int]
  /// The sites in the order in which they were decided.
  private(set) var trail: [Int32] = []

  init(_ instance: RuledInstance) {
    self.instance = instance
    decisions = [Int8](repeating: 0, count: instance.siteCount)
    least = instance.rules.map { $0.amounts.reduce(0) { $0 + min(0, $1) } }
    for site in instance.kept where decisions[site] == 0 { decide(site, isOpen: true) }
    for site in instance.forbidden where decisions[site] == 0 { decide(site, isOpen: false) }
  }

  /// Whether no completion keeps to the rules, for all that one rule at a time can tell.
  var isBroken: Bool { least.indices.contains { least[$0] > instance.rules[$0].limit } }

  mutating func decide(_ site: Int, isOpen: Bool) {
    decisions[site] = isOpen ? 1 : -1
    for (rule, amount) in instance.rulesOfSite[site] where isOpen == (amount > 0) {
      least[rule] += abs(amount)
    }
    trail.append(Int32(site))
  }

  /// Takes back all decisions after the first so many.
  mutating func rewind(to count: Int) {
    while trail.count > count {
      let site = Int(trail.removeLast())
      let wasOpen = decisions[site] == 1
      for (rule, amount) in instance.rulesOfSite[site] where wasOpen == (amount > 0) {
        least[rule] -= abs(amount)
      }
      decisions[site] = 0
    }
  }

  /// Decides every site whose opposite decision would break a rule.
  ///
  /// - Returns: the decisions, in their order; it ends early where a rule is broken.
  /// - Complexity: O(entries of the rules) for every round that decides something.
  mutating func propagate() -> [[Int]] {
    let first = trail.count
    var isSettled = false
    while !isSettled, !isBroken {
      isSettled = true
      for (number, rule) in instance.rules.enumerated() {
        for (site, amount) in zip(rule.sites, rule.amounts)
        where decisions[Int(site)] == 0 && amount != 0 && least[number] + abs(amount) > rule.limit {
          decide(Int(site), isOpen: amount < 0)
          isSettled = false
        }
      }
    }
    return trail[first...].map { [Int($0), decisions[Int($0)] == 1 ? 1 : 0] }
  }
}

/// What is left to decide: free sites, rows that they can still cover, rules that may still bind.
struct RuledProblem {
  /// The free sites.
  var siteID: [Int32] = []
  var rowID: [Int32] = []
  /// By row, the free sites as positions in `siteID`.
  var rows = FlatRows()
  var weights: [Int] = []
  /// By row, how many more sites it needs.
  var needs: [Int] = []
  var ruleID: [Int32] = []
  /// By rule, the free sites as positions in `siteID`.
  var ruleSites = FlatRows()
  /// Beside `ruleSites`.
  var amounts: [Int] = []
  /// By rule, what is left of its limit.
  var limits: [Int] = []
  /// The ways that free sites could still shorten; `nil` where the question is of none.
  var ways: RuledWays?
  /// What the open sites cover, and shorten ways by.
  var covered = 0

  /// What would be covered if every free site were opened.
  var coverable: Int { weights.reduce(covered, +) + (ways?.savable ?? 0) }

  /// - Complexity: O(pairs + entries of the rules).
  init(_ instance: RuledInstance, _ decisions: [Int8]) {
    var place = [Int32](repeating: -1, count: instance.siteCount)
    for site in decisions.indices where decisions[site] == 0 {
      place[site] = Int32(siteID.count)
      siteID.append(Int32(site))
    }
    var scratch: [Int32] = []
    for row in instance.weights.indices where instance.weights[row] > 0 {
      var need = instance.needs[row]
      scratch.removeAll(keepingCapacity: true)
      for slot in instance.rows.start[row]..<instance.rows.start[row + 1] {
        let site = Int(instance.rows.items[slot])
        if decisions[site] == 1 { need -= 1 } else if place[site] >= 0 { scratch.append(place[site]) }
      }
      if need <= 0 {
        covered += instance.weights[row]
      } else if scratch.count >= need {
        rowID.append(Int32(row))
        rows.append(scratch)
        weights.append(instance.weights[row])
        needs.append(need)
      }
    }
    if let ways = instance.ways, let rest = ways.rest(decisions, below: .max) {
      covered += ways.base.reduce(0, +) - rest.base.reduce(0, +)
      self.ways = RuledWays(rest, place)
    }
    for (number, rule) in instance.rules.enumerated() {
      scratch.removeAll(keepingCapacity: true)
      var (left, most) = (rule.limit, 0)
      var entries: [Int] = []
      for (site, amount) in zip(rule.sites, rule.amounts) where amount != 0 {
        if decisions[Int(site)] == 1 {
          left -= amount
        } else if place[Int(site)] >= 0 {
          scratch.append(place[Int(site)])
          entries.append(amount)
          most += max(0, amount)
        }
      }
      guard most > left else { continue }
      ruleID.append(Int32(number))
      ruleSites.append(scratch)
      amounts += entries
      limits.append(left)
    }
  }
}
