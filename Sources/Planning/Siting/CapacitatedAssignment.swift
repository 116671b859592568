/// Where to open sites of limited capacity, and who goes where, so that all together costs least: capacitated facility location and
/// capacitated p-median.
///
///     // Two villages of 40 and 50 payments; the point there takes 60, a site nearby 50.
///     let costs = AssignmentCosts(
///       siteCount: 2, base: [86_400, 86_400], rows: [[(0, 300)], [(site: 0, cost: 400), (site: 1, cost: 90)]])
///     var question = CapacitatedAssignment(
///       costs, demands: [40, 50], levels: [[.init(capacity: 60)], [.init(capacity: 50, price: 1)]])
///     (question.open, question.limit) = ([0], 1)
///     let answer = question.solve { false }
///     answer.value, answer.bound  // 40 · 300 + 50 · 90, both
///
/// The costs are those of one unit of a row's demand, such as the seconds of a payment's way; the base is what a unit costs that
/// finds no place. With `isSplit` a row's units may go to several sites, otherwise all go to one or none (single source).
///
/// Lagrangian prices on the rows leave a knapsack at each site (after Holmberg, Rönnqvist and Yuan 1999, "An exact algorithm for the
/// capacitated facility location problems with single sourcing", EJOR 113, from memory), a price on the limit leaves the choice
/// of sites; both are whole multiples of 1 ÷ `scale`, so that the bound is exact. Plans come from the sites that the prices choose,
/// by regret, by transport of the split problem, and by moves and exchanges of rows and of sites.
public struct CapacitatedAssignment: Sendable {
  /// One size a site may have.
  public struct Level: Hashable, Sendable, Codable {
    /// The units of demand it takes.
    public var capacity: Int
    /// What it adds to the value.
    public var cost: Int
    /// What it takes of the limit.
    public var price: Int

    /// A size that costs nothing unless said.
    public init(capacity: Int, cost: Int = 0, price: Int = 0) {
      (self.capacity, self.cost, self.price) = (capacity, cost, price)
    }
  }

  /// What a unit of each row costs from each site.
  public let costs: AssignmentCosts
  /// How many units each row has.
  public let demands: [Int]
  /// The sizes of each site, of which an opened site has one.
  public let levels: [[Level]]
  /// What the prices of the opened sites may add up to.
  public var limit = 1 << 50
  /// Sites that every plan opens.
  public var open: [Int] = []
  /// Sites that no plan opens.
  public var closed: [Int] = []
  /// Whether a row's units may go to different sites.
  public var isSplit = false
  /// What plans must keep to besides the limit.
  public var rules: [SiteRule] = []
  /// Where there are rules, sites that keep to them and to the limit at their cheapest levels, to begin with.
  public var guess: [Int] = []

  /// The most that demands times bases, or the costs of levels, may add up to.
  public static let greatestTotal = 1 << 52

  /// Asks for the cheapest plan.
  ///
  /// - Precondition: there is a demand of at least 0 for each row, and at least one level for each site; capacities, costs and prices
  ///   are at least 0 and at most 2⁵⁰; demands times bases add up to at most `greatestTotal`, and so do all levels' costs.
  public init(_ costs: AssignmentCosts, demands: [Int], levels: [[Level]]) {
    precondition(demands.count == costs.rowCount, "a demand for each row is expected")
    precondition(levels.count == costs.siteCount, "levels for each site are expected")
    var total = 0
    for (demand, base) in zip(demands, costs.base) {
      precondition(demand >= 0, "demands of at least 0 are expected")
      let (product, isTooLarge) = demand.multipliedReportingOverflow(by: max(1, base))
      precondition(
        !isTooLarge && product <= Self.greatestTotal - total, "demands times bases up to 2⁵² are expected")
      total += product
    }
    var dearest = 0
    for sizes in levels {
      precondition(!sizes.isEmpty, "at least one level for each site is expected")
      for level in sizes {
        precondition(
          [level.capacity, level.cost, level.price].allSatisfy { (0...1 << 50).contains($0) },
          "capacities, costs and prices from 0 to 2⁵⁰ are expected")
      }
      dearest += sizes.reduce(0) { max($0, $1.cost) }
      precondition(dearest <= Self.greatestTotal, "costs of levels up to 2⁵² are expected")
    }
    self.costs = costs
    self.demands = demands
    self.levels = levels
  }

  /// The best plan found and what is known of all others.
  ///
  /// - Precondition: `open` and `closed` have nothing in common, and the cheapest levels of `open` are within the limit; with rules, `guess`
  ///   holds `open`, nothing of `closed`, and keeps to the rules and the limit.
  /// - Parameter shouldStop: asked now and then; once it says so, the best so far is the answer.
  /// - Complexity: a few hundred bounds, each O(*e* log *e*) for *e* entries, and some hundred assignments.
  public func solve(shouldStop: @escaping () -> Bool) -> CapacitatedAnswer {
    precondition(Set(open).isDisjoint(with: closed), "a site is open or closed, not both")
    let least = Set(open).reduce(0) { sum, site in sum + (levels[site].map(\.price).min() ?? 0) }
    precondition(least <= limit, "the open sites take more than the limit")
    precondition(rules.isEmpty || keepsRules(guess), "a guess that keeps to the rules is expected")
    var solver = CapacitatedSolver(self)
    return solver.solve(shouldStop)
  }
}

extension CapacitatedAssignment {
  /// Whether these sites keep to the rules.
  func keepsRules(_ sites: some Sequence<Int>) -> Bool {
    if rules.isEmpty { return true }
    var isOpen = [Bool](repeating: false, count: levels.count)
    for site in sites { isOpen[site] = true }
    return rules.allSatisfy { rule in
      zip(rule.sites, rule.amounts).reduce(0) { isOpen[Int($1.0)] ? $0 + $1.1 : $0 } <= rule.limit
    }
  }

  /// The rules and the limit over sites alone, each at its cheapest level; a site weighs what it could take.
  var ruled: RuledCovering {
    let room = levels.indices.map { site -> Int in
      let reached = (costs.columnStart[site]..<costs.columnStart[site + 1])
        .reduce(0) { $0 + demands[Int(costs.rows[$1])] }
      return min(reached, levels[site].reduce(0) { max($0, $1.capacity) })
    }
    // Sums of all sites' room have to stay weights of rows.
    let scale = 1 + room.reduce(0, +) / (CoverTable.greatestTotalWeight / 2)
    var asked = RuledCovering(
      siteCount: levels.count, rows: FlatRows(levels.indices.map { [Int32($0)] }),
      weights: room.map { $0 / scale })
    asked.rules =
      rules + [
        SiteRule(
          sites: levels.indices.map(Int32.init),
          amounts: levels.map { $0.reduce(1 << 50) { min($0, $1.price) } },
          limit: min(limit, 1 << 50))
      ]
    (asked.kept, asked.forbidden) = (open, closed)
    return asked
  }
}

/// A plan of capacitated sites, and its proof.
public struct CapacitatedAnswer: Sendable {
  /// Units of a row that go to a site.
  public struct Share: Hashable, Sendable {
    /// Where they go.
    public var site: Int
    /// How many.
    public var units: Int
  }

  /// The opened sites, ascending, each with its level.
  public var sites: [(site: Int, level: Int)]
  /// Where each row's units go, by site; units that find no place are missing.
  public var assignment: [[Share]]
  /// What the plan costs.
  public var value: Int
  /// No plan costs less.
  public var bound: Int
  /// Whether the plan is one of the best.
  public var isProven: Bool { value == bound }
  /// How far the plan may be from the best, as a share of its value; 0 where it is proven.
  public var gap: Double { value == bound ? 0 : Double(value - bound) / Double(value) }
  /// Whether it was stopped before it was done.
  public var isInterrupted: Bool
  /// The prices that prove the bound.
  public var proof: CapacitatedPrices
}

/// The prices that prove a capacitated bound, times `scale`.
public struct CapacitatedPrices: Hashable, Sendable, Codable {
  /// How finely prices are divided.
  public var scale: Int
  /// By row: of the row's being served, or, where rows may be split, of one unit's.
  public var rows: [Int]
  /// Of a unit of the limit.
  public var limit: Int
  /// By rule, of a unit of its limit.
  public var rules: [Int]
}
