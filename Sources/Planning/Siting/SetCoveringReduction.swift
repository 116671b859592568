/// What makes a set covering problem smaller without losing a best cover (Beasley 1987, "An algorithm for set covering problem").
extension CoveringProblem {
  /// The only site of some row, for each such row: they belong to every cover.
  func essentialSites() -> [Int32] {
    var found: [Int32] = []
    var isFound = [Bool](repeating: false, count: siteCount)
    for row in 0..<rowCount where rows.length(row) == 1 {
      let site = rows.items[rows.start[row]]
      if !isFound[Int(site)] {
        isFound[Int(site)] = true
        found.append(site)
      }
    }
    return found
  }

  /// The problem without rows that are covered whenever another is, and the new row of every row here, -1 where it is gone.
  ///
  /// - Complexity: O(pairs × rows of a rare site) at worst; usually a few sites of each row settle it.
  func withoutImpliedRows() -> (problem: CoveringProblem, rowMap: [Int32]) {
    var isGone = [Bool](repeating: false, count: rowCount)
    var implied: [Int32] = []
    // Short rows first: they imply most.
    let order = (0..<rowCount).sorted { (rows.length($0), $0) < (rows.length($1), $1) }
    for row in order where !isGone[row] {
      let mine = rows[row]
      guard let rarest = mine.min(by: { sites.length(Int($0)) < sites.length(Int($1)) }) else { continue }
      implied.removeAll(keepingCapacity: true)
      for other in sites[Int(rarest)] where !isGone[Int(other)] && rows.length(Int(other)) > mine.count {
        implied.append(other)
      }
      for site in mine where site != rarest {
        if implied.isEmpty { break }
        implied.removeAll { !contains(Int($0), site) }
      }
      for other in implied { isGone[Int(other)] = true }
    }
    guard isGone.contains(true) else { return (self, (0..<Int32(rowCount)).map { $0 }) }
    var left = FlatRows()
    var map = [Int32](repeating: -1, count: rowCount)
    for row in 0..<rowCount where !isGone[row] {
      map[row] = Int32(left.count)
      left.items += rows[row]
      left.start.append(left.items.count)
    }
    var problem = self
    problem.rows = left
    problem.weights = [Int](repeating: 1, count: left.count)
    problem.sites = left.transposed(columnCount: siteCount)
    return (problem, map)
  }
}
