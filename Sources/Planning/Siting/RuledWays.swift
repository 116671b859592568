/// What is left of the ways of a covering question under rules: for each row the free sites that would shorten its way, nearest first.
///
/// In the radius formulation every step from one way to the next longer is a row of its own (`RowBuilder.append`). Steps of one row are
/// nested, so that sums over them are sums along the row: as many numbers as entries, where rows of steps have half their square.
struct RuledWays {
  /// The rows, as those of the question.
  let rowID: [Int32]
  // Row i is sites[start[i]..<start[i + 1]] with costs beside them, cheapest first.
  let start: [Int]
  /// Positions among the free sites.
  let sites: [Int32]
  let costs: [Int]
  /// What each row costs by the open sites, or without any; more than any of its entries.
  let base: [Int]

  var count: Int { rowID.count }

  /// What all free sites together would save.
  var savable: Int { rowID.indices.reduce(0) { $0 + base[$1] - costs[start[$1]] } }

  /// - Parameter place: of each free site among the free ones.
  init(_ rest: AssignmentCosts.Rest, _ place: [Int32]) {
    rowID = rest.rows.map { Int32($0) }
    start = Array(rest.costs.rowStart.prefix(rest.rows.count + 1))
    sites = rest.costs.sites.map { place[Int($0)] }
    costs = rest.costs.costs
    base = Array(rest.costs.base.prefix(rest.rows.count))
  }

  /// Adds to each site what it is worth at these prices: the sum of what it costs less than they are.
  func addWorth(at prices: [Double], to worth: inout [Double]) {
    for row in prices.indices {
      let price = prices[row]
      for entry in start[row]..<start[row + 1] {
        let difference = price - Double(costs[entry])
        if difference <= 0 { break }
        worth[Int(sites[entry])] += difference
      }
    }
  }

  /// What fractions of sites save, each row served from the nearest ones until they are one.
  ///
  /// - Complexity: O(entries), and much less where sites are many.
  func saved(by x: [Double]) -> Double {
    var sum = 0.0
    for row in base.indices {
      var missing = 1.0
      for entry in start[row]..<start[row + 1] {
        let part = min(missing, x[Int(sites[entry])])
        if part <= 0 { continue }
        sum += part * Double(base[row] - costs[entry])
        missing -= part
        if missing <= 1e-12 { break }
      }
    }
    return sum
  }
}

/// The part of `RuledRelaxation` that is of ways: a share of each step of each row.
///
/// A row of prices u, one for each way, is what proves anything: of shares with the same sum of steps, those that are 1 up to some way and 0
/// from there on make sites worth least. Steps far beyond the price stay 0, so only some of each row's are moved, more where the last of
/// them wants to be more than 0. Whatever steps are left at 0, the bound is true.
struct RuledWayShares {
  private let ways: RuledWays
  private let lengths: [Double]
  private let inverses: [Double]
  /// Where the moved steps of each row end.
  private var ends: [Int]
  private var here: [Double]
  private var start: [Double]
  private var sum: [Double]

  /// Starts from prices.
  init(_ ways: RuledWays, prices: [Double]) {
    self.ways = ways
    var lengths = [Double](repeating: 0, count: ways.sites.count)
    var here = lengths
    var ends: [Int] = []
    var longest = 0
    for row in 0..<ways.count {
      let entries = ways.start[row]..<ways.start[row + 1]
      longest = max(longest, entries.count)
      var reached = entries.lowerBound
      for entry in entries {
        let cost = Double(ways.costs[entry])
        let next = Double(entry + 1 == entries.upperBound ? ways.base[row] : ways.costs[entry + 1])
        lengths[entry] = next - cost
        guard cost < prices[row] else { continue }
        here[entry] = next > cost ? min(1, (prices[row] - cost) / (next - cost)) : 1
        reached = entry + 1
      }
      let moved = reached - entries.lowerBound
      ends.append(min(entries.upperBound, reached + moved / 2 + 4))
    }
    self.lengths = lengths
    (self.here, self.ends) = (here, ends)
    start = here
    sum = [Double](repeating: 0, count: here.count)
    inverses = (0..<longest).map { 1 / Double($0 + 1) }
  }

  /// Adds to each site the lengths of all steps that it can take part in.
  func addLengths(to worth: inout [Double]) {
    for row in 0..<ways.count {
      var length = 0.0
      for entry in (ways.start[row]..<ends[row]).reversed() {
        length += lengths[entry]
        worth[Int(ways.sites[entry])] += length
      }
    }
  }

  /// Adds to each site what the shares make it worth.
  func addWorth(to worth: inout [Double]) {
    worth.withUnsafeMutableBufferPointer { worth in
      here.withUnsafeBufferPointer { here in
        lengths.withUnsafeBufferPointer { lengths in
          ways.sites.withUnsafeBufferPointer { sites in
            for row in 0..<ways.count {
              var share = 0.0
              let first = ways.start[row]
              var entry = ends[row] - 1
              while entry >= first {
                share += here[entry] * lengths[entry]
                worth[Int(sites[entry])] += share
                entry -= 1
              }
            }
          }
        }
      }
    }
  }

  /// Moves every share by how much is missing to one site within its way.
  mutating func step(_ leaning: [Double], _ balance: Double) {
    here.withUnsafeMutableBufferPointer { here in
      sum.withUnsafeMutableBufferPointer { sum in
        leaning.withUnsafeBufferPointer { leaning in
          ways.sites.withUnsafeBufferPointer { sites in
            inverses.withUnsafeBufferPointer { inverses in
              for row in 0..<ways.count {
                var missing = 1.0
                let first = ways.start[row]
                for entry in first..<ends[row] {
                  missing -= leaning[Int(sites[entry])]
                  let new = min(1, max(0, here[entry] + balance * inverses[entry - first] * missing))
                  here[entry] = new
                  sum[entry] += new
                }
              }
            }
          }
        }
      }
    }
  }

  /// The prices that the shares stand for, or their means since the last restart, each of them a part of their sums.
  func prices(mean part: Double? = nil) -> [Double] {
    let shares = part == nil ? here : sum
    let part = part ?? 1
    return (0..<ways.count).map { row in
      (ways.start[row]..<ends[row]).reduce(Double(ways.costs[ways.start[row]])) {
        $0 + shares[$1] * part * lengths[$1]
      }
    }
  }

  /// How far shares moved since the last restart, weighed by steps and how many sites take part in them.
  var turned: Double {
    var turned = 0.0
    for row in 0..<ways.count {
      for entry in ways.start[row]..<ends[row] {
        let d = here[entry] - start[entry]
        turned += lengths[entry] * d * d * Double(entry - ways.start[row] + 1)
      }
    }
    return turned
  }

  /// Goes to the means, if asked to.
  mutating func settle(atMean part: Double?) {
    if let part { for entry in here.indices { here[entry] = sum[entry] * part } }
  }

  /// Starts to count anew.
  mutating func restart() {
    start = here
    for entry in sum.indices { sum[entry] = 0 }
  }

  /// Moves more steps of rows whose last moved one is more than 0.
  ///
  /// - Returns: whether there are any.
  mutating func widen() -> Bool {
    var isWider = false
    for row in 0..<ways.count {
      let (first, all) = (ways.start[row], ways.start[row + 1])
      if ends[row] < all, here[ends[row] - 1] > 0 {
        ends[row] = min(all, first + 2 * (ends[row] - first))
        isWider = true
      }
    }
    return isWider
  }
}
