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
public struct AssignmentCosts: Hashable, Sendable {
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
    rows.withUnsafeMutableBufferPointer { rows in
      columnCosts.withUnsafeMutableBufferPointer { columnCosts in
        next.withUnsafeMutableBufferPointer { next in
          sites.withUnsafeBufferPointer { sites in
            costs.withUnsafeBufferPointer { costs in
              for i in base.indices {
                for entry in rowStart[i]..<rowStart[i + 1] {
                  let slot = next[Int(sites[entry])]
                  next[Int(sites[entry])] = slot + 1
                  rows[slot] = Int32(i)
                  columnCosts[slot] = costs[entry]
                }
              }
            }
          }
        }
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

  /// What is left of costs once some sites are decided.
  struct Rest {
    /// Rows that can still be served in more ways than one, and last a row for all others together, which nothing serves.
    var costs: AssignmentCosts
    /// The former row of each of them but the last.
    var rows: [Int]
    /// What each former row costs without further sites.
    var base: [Int]
  }

  /// The costs for plans that have the sites of state 1 and none of state -1: bases are what rows cost by the former, and only
  /// entries of other sites that cost less are left, under their old numbers. `nil` where these are `limit` or more.
  ///
  /// - Precondition: a state for each site.
  /// - Complexity: O(entries).
  func rest(_ state: [Int8], below limit: Int) -> Rest? {
    precondition(state.count == siteCount, "a state for each site is expected")
    var decided = 0
    var opens = false
    for site in state.indices where state[site] != 0 {
      let entries = columnStart[site + 1] - columnStart[site]
      decided += entries
      if state[site] == 1, entries > 0 { opens = true }
    }
    // Only what is open takes more than its own entries away.
    if !opens, sites.count - decided >= limit { return nil }
    var newBase = base
    var start = [0]
    var leftRows: [Int] = []
    var settled = 0
    var newCosts: [Int] = []
    let newSites = [Int32](unsafeUninitializedCapacity: sites.count) { newSites, left in
      newCosts = [Int](unsafeUninitializedCapacity: sites.count) { newCosts, sameLeft in
        for i in base.indices where left < limit {
          let before = left
          for entry in rowStart[i]..<rowStart[i + 1] {
            let site = Int(sites[entry])
            // Written in any case, and kept if the site is free: no guess of the processor can be wrong.
            newSites[left] = Int32(site)
            newCosts[left] = costs[entry]
            left += state[site] == 0 ? 1 : 0
            if state[site] == 1 {
              newBase[i] = costs[entry]
              // Equal costs lie side by side.
              while left > before, newCosts[left - 1] == newBase[i] { left -= 1 }
              break
            }
          }
          if left > before {
            leftRows.append(i)
            start.append(left)
          } else {
            settled += newBase[i]
          }
        }
        sameLeft = left
      }
    }
    if newSites.count >= limit { return nil }
    start.append(newSites.count)
    let rest = AssignmentCosts(
      siteCount: siteCount, base: leftRows.map { newBase[$0] } + [settled], rowStart: start,
      sites: newSites, costs: newCosts)
    return Rest(costs: rest, rows: leftRows, base: newBase)
  }
}
