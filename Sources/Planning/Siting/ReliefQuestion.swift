public import Travel

/// What the question of relief knows besides its sites: how far people go, and what points and sites can take.
public struct ReliefQuestion: Hashable, Sendable {
  /// The longest way anybody is sent.
  public var reach = TravelTime.minutes(30)
  /// Whether the payments of one place may go to several points.
  public var isSplit = false
  /// Payments a month that each point of the network can take (`PointCapacities`).
  public var pointCapacities: [Int] = []
  /// Payments a month that each site can take with 1, 2, 3 ... counters.
  public var siteCapacities: [[Int]] = []
  /// How many counters the cost of opening a site pays for.
  public var countersIncluded: [Int] = []
  /// What each counter more costs, in fen.
  public var counterCostFen = 0
  /// In-person payments of each place in a month; empty for those that `InPersonPayments` assumes.
  public var payments: [Int] = []

  /// Nothing is known yet.
  public init() {}
}

/// Who goes where in a plan that keeps every point within its capacity.
public struct ReliefPlan: Sendable {
  /// What a point or a site takes.
  public struct Load: Hashable, Sendable {
    /// Payments a month that are sent there.
    public let payments: Int
    /// Payments a month that it can take.
    public let capacity: Int
    /// Counters, for a site: the fewest that its payments need; `nil` for a point of today.
    public let counters: Int?
  }

  /// Where a place's payments go.
  public enum Target: Hashable, Sendable {
    /// A point of today.
    case point(Int)
    /// A site, as a position in the candidate table.
    case site(Int)
  }

  /// A place's payments at one target.
  public struct Share: Hashable, Sendable {
    /// Where they go.
    public let target: Target
    /// How many a month.
    public let payments: Int
  }

  /// The opened sites, in the order of the proposal.
  public let sites: [Load]
  /// The points that count, by position in the point table; `nil` for the others.
  public let points: [Load?]
  /// Where each place's payments go.
  public let places: [[Share]]
  /// Payments a month that find no place within reach and capacity, by place.
  public let unplaced: [Int]
  /// How many found none with the points of today alone.
  public let unplacedBefore: Int
  /// As how many seconds' way a payment counts that finds no place.
  public let exchangeSeconds: Int

  /// The same plan with its sites in another order: by position in this one.
  func ordering(_ order: [Int]) -> ReliefPlan {
    ReliefPlan(
      sites: order.map { sites[$0] }, points: points, places: places, unplaced: unplaced,
      unplacedBefore: unplacedBefore, exchangeSeconds: exchangeSeconds)
  }
}
