/// What it takes to check the bound of a p-median plan by whole-number arithmetic, without trusting the program that made it.
///
/// `Tests/check-certificate` reads it as JSON and shares no code with this package. Steps are gone through in their order, each with the
/// prices u and the bound L(u) that `AssignmentBound` defines, for the sites decided so far; a set of plans is hopeless where L(u) > bound
/// − 1, for costs are whole. A step closes sites whose opening, and opens sites whose closing, is hopeless; then it is done, being
/// hopeless itself, goes on, or divides by a site: the steps with it open come first. Where `isWhole` is false there is one step, whose
/// prices prove the bound at once.
public struct MedianCertificate: Hashable, Sendable, Codable {
  /// A step of the proof.
  public struct Step: Hashable, Sendable, Codable {
    /// What follows.
    public enum Outcome: String, Hashable, Sendable, Codable {
      case done
      case goesOn = "goes on"
      case divides
    }

    /// u by row, times `scale`.
    public var prices: [Int]
    /// Sites that no better plan of this part has.
    public var closes: [Int]
    /// Sites that every better plan of this part has.
    public var opens: [Int]
    /// What follows.
    public var outcome: Outcome
    /// The site that is decided both ways, where the step divides.
    public var site: Int?
  }

  /// Always `p-median`.
  public var goal = "p-median"
  /// How many sites there are.
  public var siteCount: Int
  /// What each row costs without any site.
  public var base: [Int]
  /// Where the sites of each row start in `rowSites`, and where the last end.
  public var rowStart: [Int]
  /// The sites of all rows, one row after another.
  public var rowSites: [Int32]
  /// What the row costs from each of them.
  public var rowCosts: [Int]
  /// How many sites a plan may have.
  public var p: Int
  /// Sites that every plan has.
  public var kept: [Int]
  /// Sites that no plan has.
  public var forbidden: [Int]
  /// The sites of the plan.
  public var sites: [Int]
  /// What the plan costs.
  public var value: Int
  /// The bound that the steps prove; it may be weaker than the answer's where the proof was too large to keep.
  public var bound: Int
  /// How finely prices are divided.
  public var scale: Int
  /// Whether the steps are a whole search.
  public var isWhole: Bool
  /// The proof.
  public var steps: [Step]

  /// How many prices a certificate may hold before only the first step is kept.
  static let mostPrices = 4_000_000

  /// Writes down the proof of an answer to a question.
  public init(of answer: PMedianAnswer, to question: PMedian) {
    let costs = question.costs
    siteCount = costs.siteCount
    base = costs.base
    (rowStart, rowSites, rowCosts) = (costs.rowStart, costs.sites, costs.costs)
    (p, kept, forbidden) = (question.p, question.open.sorted(), question.closed.sorted())
    (sites, value, scale) = (answer.plan, answer.value, answer.proof.scale)
    let all = answer.proof.steps
    isWhole = answer.proof.isWhole && all.count * max(1, costs.rowCount) <= Self.mostPrices
    steps = (isWhole ? all[...] : all.prefix(1)).map { step in
      let (outcome, site): (Step.Outcome, Int?) =
        switch step.outcome {
        case .done: (.done, nil)
        case .goesOn: (.goesOn, nil)
        case .divides(let site): (.divides, site)
        }
      return Step(
        prices: step.prices, closes: step.closes, opens: step.opens, outcome: outcome, site: site)
    }
    bound = answer.bound
    if !isWhole {
      var first = AssignmentBound(costs)
      first.prices = steps.first?.prices ?? costs.base.map { _ in 0 }
      let decided = Set(kept + forbidden)
      let free = (0..<siteCount).filter { !decided.contains($0) }
      first.evaluate(costs, p: p, open: Set(kept).sorted(), free: free)
      if first.scaled < 0 {
        // Stopped before prices were worth anything: no costs are below 0, and prices of 0 say so.
        first.prices = costs.base.map { _ in 0 }
        first.evaluate(costs, p: p, open: Set(kept).sorted(), free: free)
      }
      steps = [Step(prices: first.prices, closes: [], opens: [], outcome: .goesOn)]
      bound = min(value, first.value)
    }
  }
}
