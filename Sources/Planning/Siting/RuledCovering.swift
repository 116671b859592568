/// A rule over sites: what those of them that are open amount to together is at most `limit`.
///
///     SiteRule(sites: [0, 3, 4], amounts: [1, 1, 1], limit: 1)    // one of three
///     SiteRule(sites: [0, 3], amounts: [-1, -1], limit: -1)       // at least one of two
public struct SiteRule: Hashable, Sendable, Codable {
  /// The sites, ascending, each once.
  public var sites: [Int32]
  /// What each of them amounts to; negative where opening it helps to keep the rule.
  public var amounts: [Int]
  /// What they may amount to together.
  public var limit: Int

  /// - Precondition: there is an amount for each site; amounts and limit lie within ±2⁵⁰.
  public init(sites: [Int32], amounts: [Int], limit: Int) {
    precondition(sites.count == amounts.count, "an amount for each site is expected")
    precondition(
      (amounts + [limit]).allSatisfy { $0.magnitude <= 1 << 50 }, "amounts within ±2⁵⁰ are expected")
    (self.sites, self.amounts, self.limit) = (sites, amounts, limit)
  }

  /// At most so many of some sites.
  static func atMost(_ limit: Int, of sites: [Int32]) -> SiteRule {
    SiteRule(sites: sites, amounts: [Int](repeating: 1, count: sites.count), limit: limit)
  }

  /// At least so many of some sites.
  static func atLeast(_ limit: Int, of sites: [Int32]) -> SiteRule {
    SiteRule(sites: sites, amounts: [Int](repeating: -1, count: sites.count), limit: -limit)
  }
}

/// Which sites cover as much as possible while they keep to rules: maximal covering (Church and ReVelle 1974) with side constraints.
///
///     var question = RuledCovering(siteCount: 4, rows: rows, weights: [3, 5])
///     question.rules = [SiteRule(sites: [0, 1, 2, 3], amounts: [1, 1, 1, 1], limit: 2)]
///     let plan = question.plan()
///     plan.sites, plan.value, plan.bound
///
/// A row may need more than one site to count as covered. The answer is exact when it is let run; `plan.bound` is true at any moment.
public struct RuledCovering: Hashable, Sendable {
  /// How many sites there are.
  public var siteCount: Int
  /// The sites of each row, ascending, each once.
  public var rows: FlatRows
  /// What each row weighs.
  public var weights: [Int]
  /// How many open sites each row needs, from 1 up.
  public var needs: [Int]
  /// Ways that sites shorten, which counts as much as weight that is covered; `nil` for none. The sites are those of the rows.
  public var ways: AssignmentCosts?
  /// What plans must keep to.
  public var rules: [SiteRule] = []
  /// Sites that every plan opens; rules speak of them, too.
  public var kept: [Int] = []
  /// Sites that no plan opens.
  public var forbidden: [Int] = []
  /// Sites to begin the search with: a guess at what good plans hold.
  public var guess: [Int] = []
  /// Stop when at most this share of the value is missing to the bound; 0 asks for a proof.
  public var gap = 0.0
  /// How many multipliers a certificate may hold before it falls back to the first bound.
  public var certificateLimit = 4_000_000

  /// Asks for as much weight as possible, every row needing one site.
  ///
  /// - Precondition: there is a weight for each row, none negative, together at most `CoverTable.greatestTotalWeight`.
  public init(siteCount: Int, rows: FlatRows, weights: [Int]) {
    precondition(rows.count == weights.count, "a weight for each row is expected")
    self.siteCount = siteCount
    self.rows = rows
    self.weights = weights
    needs = [Int](repeating: 1, count: weights.count)
  }

  /// Finds and proves a plan.
  ///
  /// - Parameters:
  ///   - above: plans that cover no more than this are of no use.
  ///   - enough: a weight that ends the search.
  ///   - shouldStop: asked often; once it is true the best plan so far is returned, with its bound.
  /// - Precondition: kept and forbidden sites have nothing in common.
  /// - Complexity: exponential at worst; a node of the search reads the rows some hundred times.
  public func plan(above: Int = -1, enough: Int = .max, shouldStop: @escaping () -> Bool = { false })
    -> RuledPlan
  {
    precondition(Set(kept).isDisjoint(with: forbidden), "a site is kept or forbidden, not both")
    var search = RuledSearch(
      RuledInstance(self), aim: .init(gap: gap, above: above, enough: enough, guess: guess),
      certificateLimit: certificateLimit, shouldStop: shouldStop)
    search.run()
    let sites = search.best.map { plan in plan.indices.filter { plan[$0] } }
    return RuledPlan(
      sites: sites, value: search.value, bound: search.bound, isInterrupted: search.isInterrupted,
      certificate: search.certificate(of: self, sites))
  }
}

/// A plan that keeps to rules, and what is known of all others.
public struct RuledPlan: Hashable, Sendable {
  /// The open sites, kept ones included, ascending; `nil` where none was found that covers more than was to be exceeded.
  public let sites: [Int]?
  /// The weight covered; what was to be exceeded where there is no plan, -1 if nothing was.
  public let value: Int
  /// No plan that keeps to the rules covers more; -1 where no plan keeps to them.
  public let bound: Int
  /// Whether it was stopped before it was done.
  public let isInterrupted: Bool
  /// What another program needs to check `bound`.
  public let certificate: RuledCertificate
}

/// What it takes to check the bound of a plan under rules by whole-number arithmetic; `Tests/check-certificate` does.
///
/// For multipliers 0 ≤ u of the rows and prices 0 ≤ q of the rules, no plan covers more than
/// `Σ (w − need·u)⁺ + Σ q·limit + Σ (worth − Σ q·amount)⁺`, where a site is worth the sum of its rows' u: the Lagrangian dual of the
/// linear relaxation, true for every u and q. Ways add `Σ (base − t)` for prices t of at most what they cost by the open sites, and to what a
/// site is worth what it costs less than t, as in `AssignmentBound`. A proof is a tree of nodes. At each, in this order: `forced` sites are decided because
/// the opposite breaks a rule; the bound is computed; `decided` sites are those for which the opposite's bound shows nothing better;
/// then `next`, or `next` with the `branch` site open and `otherwise` with it closed.
public struct RuledCertificate: Hashable, Sendable, Codable {
  /// A step of the proof. Decisions are pairs of a site and 1 for open, 0 for closed.
  public struct Node: Hashable, Sendable, Codable {
    /// Decisions whose opposite breaks a rule.
    public var forced: [[Int]] = []
    /// By row, times 2^`shift`; empty where the rules alone end the way.
    public var multipliers: [Int] = []
    /// By rule, times 2^(`shift` + `priceShift`).
    public var prices: [Int] = []
    /// By way, times 2^`shift`; `nil` where the question is of none.
    public var wayPrices: [Int]?
    /// Decisions whose opposite cannot be better, by the multipliers and prices.
    public var decided: [[Int]] = []
    /// The site that is decided both ways.
    public var branch: Int?
    /// The node after this, or the one with `branch` open.
    public var next: Int?
    /// The node with `branch` closed.
    public var otherwise: Int?
  }

  /// Ways, as in `MedianCertificate`.
  public struct Ways: Hashable, Sendable, Codable {
    /// What each way costs without any site.
    public var base: [Int]
    /// Where the sites of each way start in `rowSites`, and where the last end.
    public var rowStart: [Int]
    /// The sites of all ways, one way after another.
    public var rowSites: [Int32]
    /// What the way costs from each of them.
    public var rowCosts: [Int]
  }

  /// What this is a certificate of.
  public var goal = "ruled covering"
  /// How many sites there are.
  public var siteCount: Int
  /// Where the sites of each row start in `rowSites`, and where the last end.
  public var rowStart: [Int]
  /// The sites of all rows, one row after another.
  public var rowSites: [Int32]
  /// The weight of each row.
  public var weights: [Int]
  /// How many open sites each row needs.
  public var needs: [Int]
  /// Ways that sites shorten; `nil` for none.
  public var ways: Ways?
  /// What plans keep to.
  public var rules: [SiteRule]
  /// Sites that every plan opens.
  public var kept: [Int]
  /// Sites that no plan opens.
  public var forbidden: [Int]
  /// The open sites of the plan, kept ones included; empty where there is none.
  public var sites: [Int]
  /// The weight the plan covers; -1 where there is none.
  public var value: Int
  /// The bound that the nodes prove; -1 where no plan keeps to the rules.
  public var bound: Int
  /// Multipliers are in units of 2^-`shift`.
  public var shift: Int
  /// Prices are finer than multipliers by this.
  public var priceShift: Int
  /// Whether the nodes prove all that the plan claims.
  public var isWhole: Bool
  /// The proof.
  public var nodes: [Node]
}
