/// What it costs each customer row to be served from each site: the instance of p-median and its kin.
///
///     // Two villages of 10 and 30 payments, 600 s from an existing point; a site 60 s from the first, 500 s from the second.
///     let costs = AssignmentCosts(
///       siteCount: 1, base: [6_000, 18_000], rows: [[(site: 0, cost: 600)], [(site: 0, cost: 15_000)]])
///     costs.value(of: [0])  // 15_600
///
/// Costs are whole numbers at least 0, such as payments × seconds. `base` is what a row costs when no site of the plan
/// serves it: the way to its existing point, or whatever being without one is taken to cost. Entries that cost no less
/// than the base say nothing and are dropped. The rest of a row lies in ascending order of cost, equal costs by site.
///
/// - Precondition: the sum of the bases is below 2⁵³, so that no sum of costs overflows or is rounded.
public struct AssignmentCosts: Sendable {
  /// How many sites there are to choose from.
  public let siteCount: Int
  /// What each row costs without any site.
  public let base: [Int]
  // Row i is sites[rowStart[i]..<rowStart[i + 1]] with costs beside them, cheapest first.
  let rowStart: [Int]
  let sites: [Int32]
  let costs: [Int]
  // Site j serves rows[columnStart[j]..<columnStart[j + 1]], ascending, at columnCosts beside them.
  let columnStart: [Int]
  let rows: [Int32]
  let columnCosts: [Int]

  /// How many rows there are.
  public var rowCount: Int { base.count }

  /// Takes rows of (site, cost).
  ///
  /// - Precondition: sites lie in `0..<siteCount`, each at most once in a row; costs and bases are at least 0.
  /// - Complexity: O(*e* log *e*) for *e* entries.
  public init(siteCount: Int, base: [Int], rows: [[(site: Int, cost: Int)]]) {
    precondition(base.count == rows.count, "a base for each row is expected")
    var start = [0]
    var sites: [Int32] = []
    var costs: [Int] = []
    var sum = 0
    for (row, base) in zip(rows, base) {
      precondition(base >= 0, "a base cost of at least 0 is expected")
      let (total, overflow) = sum.addingReportingOverflow(base)
      precondition(!overflow && total < 1 << 53, "bases that add up to less than 2^53 are expected")
      sum = total
      for entry in row.filter({ $0.cost < base }).sorted(by: { ($0.cost, $0.site) < ($1.cost, $1.site) }) {
        precondition(
          (0..<siteCount).contains(entry.site) && entry.cost >= 0,
          "a known site and a cost from 0 are expected")
        sites.append(Int32(entry.site))
        costs.append(entry.cost)
      }
      start.append(sites.count)
    }
    self.init(siteCount: siteCount, base: base, rowStart: start, sites: sites, costs: costs)
  }

  init(siteCount: Int, base: [Int], rowStart: [Int], sites: [Int32], costs: [Int]) {
    self.siteCount = siteCount
    self.base = base
    self.rowStart = rowStart
    self.sites = sites
    self.costs = costs
    var columnStart = [Int](repeating: 0, count: siteCount + 1)
    for site in sites { columnStart[Int(site) + 1] += 1 }
    for j in 0..<siteCount { columnStart[j + 1] += columnStart[j] }
    var next = columnStart
    var rows = [Int32](repeating: 0, count: sites.count)
    var columnCosts = [Int](repeating: 0, count: sites.count)
    for i in base.indices {
      for entry in rowStart[i]..<rowStart[i + 1] {
        let slot = next[Int(sites[entry])]
        next[Int(sites[entry])] += 1
        rows[slot] = Int32(i)
        columnCosts[slot] = costs[entry]
      }
    }
    self.columnStart = columnStart
    self.rows = rows
    self.columnCosts = columnCosts
  }

  /// What all rows cost together, each served by its cheapest of `plan` or by its base.
  ///
  /// - Complexity: O(entries of the plan's sites + rows).
  public func value(of plan: some Sequence<Int>) -> Int {
    var best = base
    for site in plan {
      for entry in columnStart[site]..<columnStart[site + 1] {
        let row = Int(rows[entry])
        best[row] = min(best[row], columnCosts[entry])
      }
    }
    return best.reduce(0, +)
  }

  /// The same costs with only the sites that `keeps` says, under their old numbers.
  func filtered(_ keeps: (Int) -> Bool) -> AssignmentCosts {
    var start = [0]
    var newSites: [Int32] = []
    var newCosts: [Int] = []
    for i in base.indices {
      for entry in rowStart[i]..<rowStart[i + 1] where keeps(Int(sites[entry])) {
        newSites.append(sites[entry])
        newCosts.append(costs[entry])
      }
      start.append(newSites.count)
    }
    return AssignmentCosts(
      siteCount: siteCount, base: base, rowStart: start, sites: newSites, costs: newCosts)
  }
}
