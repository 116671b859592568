/// What a proposal says besides its sites, value and bound, where its goal has more to say.
public struct SiteDetails: Sendable {
  /// One of several aims, each of which only counts among plans that are best at the ones before.
  public struct Level: Hashable, Sendable {
    /// What is counted.
    public enum Name: String, Sendable {
      /// Administrative villages without an effective point of their own.
      case villagesBelowL3 = "villages_below_l3"
      /// Administrative villages without a point of their own, where nobody knows which points are effective.
      case villagesWithoutPoint = "villages_without_point"
      /// Customers that the standard leaves unserved.
      case customersUnserved = "customers_unserved"
      /// Payments times seconds on the way, in a month.
      case travel = "payment_seconds"
      /// What the sites cost; values are in fen.
      case cost = "cost_yuan"
      /// How many sites are opened.
      case sites
      /// Payments a month that find no place within reach and capacity.
      case paymentsUnplaced = "payments_unplaced"
    }

    /// What is counted.
    public let name: Name
    /// How much of it the plan leaves; less is better.
    public let value: Int
    /// No plan that is as good at the levels before leaves less.
    public let bound: Int

    /// Whether that is proven; it says nothing unless the levels before are proven too.
    public var isProven: Bool { value == bound }
  }

  /// What `value`, `bound` and gains are multiples of: 1, or 1,000 where they are in thousandths of the unit.
  public var divisor = 1
  /// The aims, the first one first; empty where there is only one.
  public var levels: [Level] = []
  /// Which sites were made one with others before the search; `nil` where none can be.
  public var merging: SiteMerging?
  /// Who goes where in a plan that keeps to capacities.
  public var relief: ReliefPlan?
}

extension [SiteDetails.Level] {
  /// The aim that the value of a plan tells of: the first that is not proven; where all are, the first that is not 0, or the last.
  var telling: Int? {
    firstIndex { !$0.isProven } ?? firstIndex { $0.value != 0 } ?? indices.last
  }
}

/// The candidates that others stand for: whatever a plan does with them, it could do as well with the other.
///
///     // c2 serves the same places as c1, c7 only some of those that c1 serves
///     merging.standIns  // [(site: 2, by: 1, isSame: true), (site: 7, by: 1, isSame: false)]
public struct SiteMerging: Hashable, Sendable {
  /// A candidate, and the one that stands for it.
  public struct StandIn: Hashable, Sendable {
    /// The candidate left out.
    public let site: Int
    /// The one that stands for it.
    public let by: Int
    /// Whether both serve the same, for the same cost; otherwise the other serves more or costs less.
    public let isSame: Bool
  }

  /// The candidates left out, ascending.
  public let standIns: [StandIn]
  /// Candidates that serve nobody who is not served already, kept and forbidden ones apart.
  public let idle: [Int]

  /// How many candidates serve the same as another one.
  public var sameCount: Int { standIns.count { $0.isSame } }
  /// How many candidates another one makes superfluous.
  public var dominatedCount: Int { standIns.count { !$0.isSame } }
  /// How many candidates stand for others that serve the same.
  public var groupCount: Int { Set(standIns.lazy.filter(\.isSame).map(\.by)).count }

  /// - Parameters:
  ///   - pairs: each candidate left out, with one that is as good at what is left; the other may be left out for a third.
  ///   - isSame: whether two candidates serve the same for the same cost.
  init(_ pairs: [(site: Int, by: Int)], idle: [Int], isSame: (Int, Int) -> Bool) {
    var by: [Int: Int] = [:]
    for pair in pairs { by[pair.site] = pair.by }
    standIns = by.keys.sorted().map { site in
      var last = site
      while let next = by[last] { last = next }
      return StandIn(site: site, by: last, isSame: isSame(site, last))
    }
    self.idle = idle
  }
}

extension CoverTable {
  /// Which sites others stand for, where each row is served or not, by sites that may be opened.
  ///
  /// - Complexity: that of `CoveringProblem.dominations`.
  func merging(costs: [Int], kept: [Int], forbidden: [Int]) -> SiteMerging {
    let total = checkedTotal(of: costs, siteCount: siteCount)
    let start = CoveringStart(self, limit: .budget(total, costs: costs), kept: kept, forbidden: forbidden)
    let problem = start.problem
    var isThere = [Bool](repeating: false, count: siteCount)
    for (position, site) in problem.siteID.enumerated() where problem.sites.length(position) > 0 {
      isThere[Int(site)] = true
    }
    for site in kept + forbidden + start.free { isThere[site] = true }
    var slot = [Int](repeating: -1, count: siteCount)
    for (position, site) in problem.siteID.enumerated() { slot[Int(site)] = position }
    return SiteMerging(
      problem.dominations().map { (Int(problem.siteID[Int($0.site)]), Int(problem.siteID[Int($0.by)])) },
      idle: (0..<siteCount).filter { !isThere[$0] }
    ) { costs[$0] == costs[$1] && problem.sites[slot[$0]] == problem.sites[slot[$1]] }
  }
}

extension AssignmentCosts {
  /// Which sites cost every row the same as an earlier one, or a kept one; sites that are forbidden, and all of those kept, apart.
  ///
  /// - Complexity: O(entries + sites).
  func merging(kept: [Int], forbidden: [Int]) -> SiteMerging {
    struct Column: Hashable {
      let rows: ArraySlice<Int32>
      let costs: ArraySlice<Int>
    }
    let isKept = Set(kept)
    let isForbidden = Set(forbidden)
    var first: [Column: Int] = [:]
    var pairs: [(site: Int, by: Int)] = []
    var idle: [Int] = []
    for site in kept.sorted() + (0..<siteCount).filter({ !isKept.contains($0) && !isForbidden.contains($0) })
    {
      let range = columnStart[site]..<columnStart[site + 1]
      if range.isEmpty {
        if !isKept.contains(site) { idle.append(site) }
        continue
      }
      let column = Column(rows: rows[range], costs: columnCosts[range])
      if let other = first[column] {
        if !isKept.contains(site) { pairs.append((site, other)) }
      } else {
        first[column] = site
      }
    }
    return SiteMerging(pairs, idle: idle) { _, _ in true }
  }
}
