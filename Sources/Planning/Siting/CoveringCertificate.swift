/// What it takes to check a plan's bound by whole-number arithmetic, without trusting the program that made it.
///
/// `Tests/check-certificate` reads it as JSON and shares no code with this package. A proof is a tree of `Node`s, the first
/// being the root. A checker keeps a set of free sites and a set of uncovered rows, and at each node, in this order:
///
/// 1. takes away sites that another free site makes superfluous (`dominated`: the site, then the other), after checking that
///    the other costs no more and covers every uncovered row of the first;
/// 2. computes the bound of the `multipliers`, if there are any; a node whose bound shows that nothing better exists is done;
/// 3. closes and opens `closed` and `opened`, after checking for each that the same multipliers rule out the opposite;
/// 4. goes on to `next`, or, with the `branch` site opened, to `next`, and with it closed, to `otherwise`.
public struct CoveringCertificate: Hashable, Sendable, Codable {
  /// What was asked.
  public enum Goal: String, Hashable, Sendable, Codable {
    /// To cover as much weight as possible within the budget.
    case maximalCovering = "maximal covering"
    /// To cover every row at least cost.
    case setCovering = "set covering"
    /// To cover a given weight at least cost.
    case partialCovering = "partial covering"
  }

  /// A step of the proof.
  public struct Node: Hashable, Sendable, Codable {
    /// Pairs of sites: the first is superfluous where the second is free.
    public var dominated: [[Int]] = []
    /// One for each row of the instance, times 2^`shift`; empty where there is nothing to compute.
    public var multipliers: [Int] = []
    /// Sites that no better plan holds, by the multipliers.
    public var closed: [Int] = []
    /// Sites that every better plan holds, by the multipliers.
    public var opened: [Int] = []
    /// The site that is decided both ways.
    public var branch: Int?
    /// The node after this, or the one with `branch` opened.
    public var next: Int?
    /// The node with `branch` closed.
    public var otherwise: Int?
  }

  /// What was asked.
  public var goal: Goal
  /// How many sites there are.
  public var siteCount: Int
  /// Where the sites of each row start in `rowSites`, and where the last end.
  public var rowStart: [Int]
  /// The sites of all rows, one row after another.
  public var rowSites: [Int32]
  /// The weight of each row.
  public var weights: [Int]
  /// The cost of each site.
  public var costs: [Int]
  /// What the sites may cost together; for the other goals, what all sites cost.
  public var budget: Int
  /// The weight that is to be covered; 0 for the other goals.
  public var target: Int
  /// Sites that are open already, and cost nothing.
  public var kept: [Int]
  /// Sites that may not be opened.
  public var forbidden: [Int]
  /// The sites of the plan.
  public var sites: [Int]
  /// What the plan is said to reach or to cost.
  public var value: Int
  /// The bound that the nodes prove; of partial covering, by showing that for less than `bound` less than `target` is covered. It may be weaker than the plan's where the proof was too large to keep (`isWhole`).
  public var bound: Int
  /// Multipliers are in units of 2^-`shift`.
  public var shift: Int
  /// Whether the nodes prove all that the plan claims.
  public var isWhole: Bool
  /// The proof.
  public var nodes: [Node]

  init(
    goal: Goal, siteCount: Int, rows: FlatRows, weights: [Int], costs: [Int], budget: Int, target: Int = 0,
    kept: [Int], forbidden: [Int], sites: [Int], value: Int, bound: Int, shift: Int, isWhole: Bool,
    nodes: [Node]
  ) {
    (self.goal, self.siteCount, rowStart, rowSites) = (goal, siteCount, rows.start, rows.items)
    (self.weights, self.costs, self.budget, self.target) = (weights, costs, budget, target)
    (self.kept, self.forbidden, self.sites) = (kept, forbidden, sites)
    (self.value, self.bound, self.shift, self.isWhole, self.nodes) = (value, bound, shift, isWhole, nodes)
  }
}
