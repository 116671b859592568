/// What it takes to check the bound of a p-center plan by whole-number arithmetic, without trusting the program that made it.
///
/// `Tests/check-certificate` reads it as JSON and shares no code with this package. It computes the plan's radius, takes the greatest
/// distance below `bound` that occurs, and asks who serves whom within it: either a row has no site, and no point of its own, that near,
/// or `covering` proves that more than the sites allowed are needed.
public struct CenterCertificate: Hashable, Sendable, Codable {
  /// Always `p-center`.
  public var goal = "p-center"
  /// How many sites there are.
  public var siteCount: Int
  /// How far each row is from its existing point.
  public var base: [Int]
  /// Where the sites of each row start in `rowSites`, and where the last end.
  public var rowStart: [Int]
  /// The sites of all rows, one row after another.
  public var rowSites: [Int32]
  /// How far the row is from each of them.
  public var rowCosts: [Int]
  /// How many sites a plan may have.
  public var p: Int
  /// Sites that every plan has.
  public var kept: [Int]
  /// Sites that no plan has.
  public var forbidden: [Int]
  /// The sites of the plan.
  public var sites: [Int]
  /// How far the farthest row is from its nearest site or point.
  public var value: Int
  /// No plan has less. It may be weaker than the answer's where the proof was too large to keep.
  public var bound: Int
  /// That the sites allowed do not serve everybody within the greatest distance below the bound; without where some row has nothing that
  /// near, or there is no such distance.
  public var covering: CoveringCertificate?

  /// Writes down the proof of an answer to a question.
  public init(of answer: PCenterAnswer, to question: PCenter) {
    let distances = question.distances
    (siteCount, base) = (distances.siteCount, distances.base)
    (rowStart, rowSites, rowCosts) = (distances.rowStart, distances.sites, distances.costs)
    (p, kept, forbidden) = (question.p, Set(question.open).sorted(), Set(question.closed).sorted())
    (sites, value, bound, covering) = (answer.plan, answer.radius, answer.bound, answer.proof)
    if let covering, covering.bound <= p - kept.count {
      self.covering = nil
      bound = min(bound, Self.visibleBound(distances, forbidden))
    }
  }

  /// How far the row is that is farthest from any site it could have: what anybody can see.
  private static func visibleBound(_ distances: AssignmentCosts, _ forbidden: [Int]) -> Int {
    let isForbidden = Set(forbidden)
    return distances.base.indices.reduce(0) { farthest, row in
      let entries = distances.rowStart[row]..<distances.rowStart[row + 1]
      let nearest = entries.first { !isForbidden.contains(Int(distances.sites[$0])) }
      return max(farthest, nearest.map { distances.costs[$0] } ?? distances.base[row])
    }
  }
}
