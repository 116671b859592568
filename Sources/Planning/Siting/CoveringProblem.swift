/// A covering question cut down to what is still open: rows that nothing chosen covers, sites that may still be chosen.
///
/// Sites and rows are named by their position here; `siteID` leads back to where the problem was cut from.
struct CoveringProblem: Sendable {
  /// The sites of each row, ascending, at least one; no two rows alike.
  var rows: FlatRows
  var weights: [Int]
  /// The rows of each site, ascending.
  var sites: FlatRows
  var siteID: [Int32]
  var costs: [Int]
  /// What the sites to be chosen may cost together.
  var budget: Int
  /// The weight that sites chosen before cover.
  var covered: Int

  var rowCount: Int { weights.count }
  var siteCount: Int { siteID.count }
  /// What would be covered if every site were chosen.
  var coverable: Int { weights.reduce(covered, +) }

  /// What has been decided about a site.
  enum Decision: UInt8, Sendable { case free, open, closed }

  /// The problem after decisions, with rows merged again, and the new row of every row here: -1 where it is covered, -2 where nothing
  /// can cover it any more.
  ///
  /// Rows that weigh nothing count as covered. Sites that no row needs are left out; so are sites that cost more than is left.
  ///
  /// - Complexity: O(pairs).
  func reduced(by decisions: [Decision]) -> (problem: CoveringProblem, rowMap: [Int32]) {
    var left = budget
    for site in 0..<siteCount where decisions[site] == .open { left -= costs[site] }
    precondition(left >= 0, "the sites decided upon cost more than the budget")
    var place = [Int32](repeating: -1, count: siteCount)
    var kept: [Int] = []
    for site in 0..<siteCount where decisions[site] == .free && costs[site] <= left && sites.length(site) > 0
    {
      place[site] = Int32(kept.count)
      kept.append(site)
    }
    var merger = RowMerger()
    var rowMap = [Int32](repeating: -2, count: rowCount)
    var newCovered = covered
    var scratch: [Int32] = []
    for row in 0..<rowCount {
      if weights[row] == 0 {
        rowMap[row] = -1
        continue
      }
      scratch.removeAll(keepingCapacity: true)
      var isCovered = false
      for slot in rows.start[row]..<rows.start[row + 1] {
        let site = Int(rows.items[slot])
        if decisions[site] == .open {
          isCovered = true
          break
        }
        if place[site] >= 0 { scratch.append(place[site]) }
      }
      if isCovered {
        rowMap[row] = -1
        newCovered += weights[row]
      } else if !scratch.isEmpty {
        rowMap[row] = scratch.withUnsafeBufferPointer { merger.add($0, weight: weights[row]) }
      }
    }
    let problem = CoveringProblem(
      rows: merger.rows, weights: merger.weights, sites: merger.rows.transposed(columnCount: kept.count),
      siteID: kept.map { siteID[$0] }, costs: kept.map { costs[$0] }, budget: left, covered: newCovered)
    return (problem, rowMap)
  }
}

/// A site that another makes superfluous.
struct Domination: Hashable, Sendable {
  /// The site that is never needed.
  var site: Int32
  /// A site that covers all the same rows and more, or the same ones, and costs no more.
  var by: Int32
}

extension CoveringProblem {
  /// The sites whose rows another site covers for no higher cost; of equals the lower position stays.
  ///
  /// - Complexity: O(pairs × sites of a short row) at worst; usually a few rows of each site settle it.
  func dominations() -> [Domination] {
    var found: [Domination] = []
    var isGone = [Bool](repeating: false, count: siteCount)
    var rivals: [Int32] = []
    for site in 0..<siteCount {
      let mine = sites[site]
      guard let shortest = mine.min(by: { rows.length(Int($0)) < rows.length(Int($1)) }) else { continue }
      rivals.removeAll(keepingCapacity: true)
      for rival in rows[Int(shortest)] where Int(rival) != site && !isGone[Int(rival)] {
        let (a, b) = (mine.count, sites.length(Int(rival)))
        let (mineCost, theirs) = (costs[site], costs[Int(rival)])
        guard theirs <= mineCost, b >= a else { continue }
        if b == a, theirs == mineCost, Int(rival) > site { continue }
        rivals.append(rival)
      }
      for row in mine where row != shortest {
        if rivals.isEmpty { break }
        rivals.removeAll { !contains(Int(row), $0) }
      }
      if let rival = rivals.first {
        isGone[site] = true
        found.append(Domination(site: Int32(site), by: rival))
      }
    }
    return found
  }

  /// Whether a site covers a row.
  func contains(_ row: Int, _ site: Int32) -> Bool {
    var (low, high) = (rows.start[row], rows.start[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if rows.items[middle] < site { low = middle + 1 } else { high = middle }
    }
    return low < rows.start[row + 1] && rows.items[low] == site
  }
}
