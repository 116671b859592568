/// What it takes to check a capacitated plan and its bound by whole-number arithmetic, without trusting the program that made it.
///
/// `Tests/check-certificate` reads it as JSON and shares no code with this package: it adds the plan up, and computes the L(u, μ) that
/// `CapacitatedBound` defines by a method of its own.
public struct CapacitatedCertificate: Hashable, Sendable, Codable {
  /// Always `capacitated assignment`.
  public var goal = "capacitated assignment"
  /// How many sites there are.
  public var siteCount: Int
  /// What a unit of each row costs that finds no place.
  public var base: [Int]
  /// How many units each row has.
  public var demands: [Int]
  /// Where the sites of each row start in `rowSites`, and where the last end.
  public var rowStart: [Int]
  /// The sites of all rows, one row after another.
  public var rowSites: [Int32]
  /// What a unit of the row costs from each of them.
  public var rowCosts: [Int]
  /// The sizes of each site.
  public var levels: [[CapacitatedAssignment.Level]]
  /// What prices of levels may add up to.
  public var limit: Int
  /// What plans keep to besides.
  public var rules: [SiteRule]
  /// Sites that every plan opens.
  public var kept: [Int]
  /// Sites that no plan opens.
  public var forbidden: [Int]
  /// Whether a row's units may go to different sites.
  public var isSplit: Bool
  /// The opened sites with their levels.
  public var sites: [[Int]]
  /// The site and the units of each share of each row.
  public var assignment: [[[Int]]]
  /// What the plan costs.
  public var value: Int
  /// No plan costs less.
  public var bound: Int
  /// The prices that prove it.
  public var prices: CapacitatedPrices

  /// Writes down the proof of an answer to a question.
  public init(of answer: CapacitatedAnswer, to question: CapacitatedAssignment) {
    let costs = question.costs
    (siteCount, base, demands) = (costs.siteCount, costs.base, question.demands)
    (rowStart, rowSites, rowCosts) = (costs.rowStart, costs.sites, costs.costs)
    (levels, limit, isSplit) = (question.levels, question.limit, question.isSplit)
    rules = question.rules
    (kept, forbidden) = (question.open.sorted(), question.closed.sorted())
    sites = answer.sites.map { [$0.site, $0.level] }
    assignment = answer.assignment.map { $0.map { [$0.site, $0.units] } }
    (value, bound, prices) = (answer.value, answer.bound, answer.proof)
  }
}
