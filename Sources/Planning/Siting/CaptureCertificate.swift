/// What it takes to check the bound of captured payments by whole-number arithmetic, without trusting the program that made it.
///
/// `Tests/check-certificate` reads it as JSON and shares no code with this package. A proof is a tree of nodes. At each, `CaptureBound` is
/// computed for the sites decided so far: the node is done where it shows that no plan of this part captures a whole payment more than
/// `bound`. Otherwise sites are `closed`, whose opening shows that, and `opened`, whose closing does; then `next` goes on, or the
/// `branch` site is open in `next` and closed in `otherwise`. Where no more free sites are left than may be opened, no plan of the node
/// captures more than all of them together.
///
/// Under rules, every node begins with what is `forced`, because the opposite breaks a rule; where a rule is broken all the same, the node is
/// done. The rules have prices, in thousandths of payments per amount times 2^`priceShift`; see `CaptureBound`.
public struct CaptureCertificate: Hashable, Sendable, Codable {
  /// A step of the proof.
  public struct Node: Hashable, Sendable, Codable {
    /// Pairs of a site and 1 for open, 0 for closed: decisions whose opposite breaks a rule.
    public var forced: [[Int]] = []
    /// By entry of all rows, in thousandths of payments; those of decided sites say nothing. Empty where only one plan is left.
    public var claims: [Int] = []
    /// By rule.
    public var prices: [Int] = []
    /// Sites that no better plan of this part has.
    public var closed: [Int] = []
    /// Sites that every better plan of this part has.
    public var opened: [Int] = []
    /// The site that is decided both ways.
    public var branch: Int?
    /// The node after this, or the one with `branch` open.
    public var next: Int?
    /// The node with `branch` closed.
    public var otherwise: Int?
  }

  /// Always `maximum capture`.
  public var goal = "maximum capture"
  /// How many sites there are.
  public var siteCount: Int
  /// Payments of each row that can be captured, in thousandths.
  public var payments: [Int]
  /// What people of each row choose now, as a weight.
  public var standing: [Int]
  /// Where the sites of each row start in `rowSites`, and where the last end.
  public var rowStart: [Int]
  /// The sites of all rows, one row after another.
  public var rowSites: [Int32]
  /// The weight of each of them in the row.
  public var rowWeights: [Int]
  /// How many sites a plan may have.
  public var count: Int
  /// Sites that every plan has.
  public var kept: [Int]
  /// Sites that no plan has.
  public var forbidden: [Int]
  /// What plans keep to, the number of sites among it; empty where only that counts.
  public var rules: [SiteRule]
  /// Prices are in units of 2^-`priceShift`.
  public var priceShift: Int
  /// The sites of the plan; empty where none was found.
  public var sites: [Int]
  /// Whole payments that the plan captures; -1 where none was found.
  public var value: Int
  /// The bound that the nodes prove; it may be weaker than the answer's where the proof was too large to keep.
  public var bound: Int
  /// Whether the nodes prove all that the answer claims.
  public var isWhole: Bool
  /// The proof.
  public var nodes: [Node]

  /// - Parameter sites: those of the plan; `nil` where none was found.
  init(
    of question: MaximumCapture, sites: [Int]?, value: Int, _ bound: Int, priceShift: Int,
    _ recorder: CaptureRecorder
  ) {
    let problem = question.problem
    siteCount = problem.siteCount
    (payments, standing) = (problem.payments, problem.standing)
    (rowStart, rowSites, rowWeights) = (problem.rowStart, problem.rowSites, problem.rowWeights)
    (count, kept, forbidden) = (question.count, Set(question.open).sorted(), Set(question.closed).sorted())
    (rules, self.priceShift) = (question.allRules, priceShift)
    (self.sites, self.value) = (sites?.sorted() ?? [], sites == nil ? -1 : value)
    isWhole = recorder.isWhole
    nodes = isWhole ? recorder.nodes : recorder.trunk
    self.bound = isWhole ? bound : max(value, recorder.trunkBound)
  }
}

/// Writes the proof down while it is found, as long as it is of reasonable size.
struct CaptureRecorder {
  typealias Node = CaptureCertificate.Node

  private(set) var nodes: [Node] = []
  /// Whether everything is written down.
  private(set) var isWhole = true
  /// The nodes up to the last claims before anything was branched on, and what these prove.
  private(set) var trunk: [Node] = []
  private(set) var trunkBound = Int.max
  private let entries: Int
  private let limit: Int
  private var hasBranched = false

  init(entries: Int, limit: Int) {
    (self.entries, self.limit) = (max(1, entries), limit)
  }

  /// Starts a node and returns its number.
  mutating func start() -> Int {
    guard isWhole else { return 0 }
    nodes.append(Node())
    return nodes.count - 1
  }

  /// - Parameter bound: whole payments that are proven by the node, or on the way to it.
  mutating func claim(_ node: Int, _ claims: [Int], _ prices: [Int], bound: Int) {
    guard isWhole else { return }
    if hasBranched, nodes.count > limit / entries {
      isWhole = false
      nodes = []
      return
    }
    (nodes[node].claims, nodes[node].prices) = (claims, prices)
    if !hasBranched { (trunk, trunkBound) = (nodes, bound) }
  }

  mutating func force(_ node: Int, _ decisions: [[Int]]) {
    if isWhole { nodes[node].forced = decisions }
  }

  mutating func decide(_ node: Int, _ closes: [Int], _ opens: [Int]) {
    guard isWhole else { return }
    (nodes[node].closed, nodes[node].opened) = (closes, opens)
  }

  /// The node after one.
  mutating func follow(_ node: Int) -> Int {
    let next = start()
    if isWhole { nodes[node].next = next }
    return next
  }

  /// The nodes with a site open and closed.
  mutating func divide(_ node: Int, _ site: Int) -> (next: Int, otherwise: Int) {
    hasBranched = true
    let (next, otherwise) = (start(), start())
    if isWhole { (nodes[node].branch, nodes[node].next, nodes[node].otherwise) = (site, next, otherwise) }
    return (next, otherwise)
  }
}
