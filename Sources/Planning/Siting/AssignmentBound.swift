/// The Lagrangian bound of p-median: what no plan can undercut.
///
/// Every row i is given a price u_i of being served. For any prices,
///
///     L(u) = Σ u_i + Σ over the p sites of least ρ_j,  ρ_j = Σ over rows with c_ij < u_i of (c_ij − u_i),  u_i ≤ base_i
///
/// is at most the cost of any plan of p sites (Cornuéjols, Fisher and Nemhauser 1977, "Location of bank accounts to
/// optimize float", Management Science 23); its maximum is the bound of linear programming. Prices are whole multiples of
/// 1 ÷ `scale`, so L is computed without rounding, and anybody can compute it again.
struct AssignmentBound {
  /// How finely prices are divided.
  let scale: Int
  /// The prices, times `scale`.
  var prices: [Int]
  /// L(u), times `scale`.
  private(set) var scaled = Int.min
  /// ρ of each site, times `scale`; at most 0.
  private(set) var reduced: [Int]
  /// The sites the bound takes: those fixed open, and of the others the least.
  private(set) var taken: [Int] = []
  /// The least ρ among sites that are free but not taken, and the greatest among those that are free and taken.
  private(set) var firstLeft = 0
  private(set) var lastTaken = 0

  /// The bound as a whole number: no plan costs less.
  var value: Int { Self.wholeBound(scaled, scale) }

  /// The least whole number that is not below `scaled` ÷ `scale`: costs are whole, so a bound may be rounded up.
  static func wholeBound(_ scaled: Int, _ scale: Int) -> Int {
    scaled / scale + (scaled > 0 && scaled % scale != 0 ? 1 : 0)
  }

  init(_ costs: AssignmentCosts) {
    var scale = 1 << 14
    let sum = costs.base.reduce(0, +)
    while scale > 1, sum > (1 << 60) / scale { scale /= 2 }
    self.scale = scale
    prices = costs.base.map { $0 * scale }
    reduced = [Int](repeating: 0, count: costs.siteCount)
  }

  /// Computes L and everything beside it at the present prices.
  ///
  /// - Parameters:
  ///   - state: 0 for a free site, 1 for one that is open, -1 for one that is closed.
  ///   - p: how many sites a plan may have, those already open included.
  mutating func evaluate(_ costs: AssignmentCosts, state: [Int8], p: Int, free: [Int]) {
    let scale = scale
    var sum = 0
    for j in reduced.indices { reduced[j] = 0 }
    reduced.withUnsafeMutableBufferPointer { reduced in
      costs.sites.withUnsafeBufferPointer { sites in
        costs.costs.withUnsafeBufferPointer { entryCosts in
          for row in 0..<costs.rowCount {
            let price = prices[row]
            sum += price
            var entry = costs.rowStart[row]
            let end = costs.rowStart[row + 1]
            while entry < end {
              let difference = entryCosts[entry] * scale - price
              if difference >= 0 { break }
              reduced[Int(sites[entry])] += difference
              entry += 1
            }
          }
        }
      }
    }
    taken.removeAll(keepingCapacity: true)
    var open = 0
    for j in state.indices where state[j] == 1 {
      sum += reduced[j]
      taken.append(j)
      open += 1
    }
    let room = min(max(0, p - open), free.count)
    var order = free
    order.sort { (reduced[$0], $0) < (reduced[$1], $1) }
    for j in order.prefix(room) {
      sum += reduced[j]
      taken.append(j)
    }
    lastTaken = room > 0 ? reduced[order[room - 1]] : 0
    firstLeft = room < order.count ? reduced[order[room]] : 0
    scaled = sum
  }
}
