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
  /// The least ρ among sites that are free but not taken, and the greatest among those that are free and taken; 0 where
  /// nobody is left, and where not all of the p are taken.
  private var firstLeft = 0
  private var lastTaken = 0
  /// How many entries lie below the prices: what computing L took.
  private(set) var reads = 0

  /// The bound as a whole number: no plan costs less.
  var value: Int { Self.wholeBound(scaled, scale) }

  /// L(u), times `scale`, of plans that leave out a site that is taken: the next one comes in, if there is one.
  func scaled(without site: Int) -> Int { scaled - reduced[site] + firstLeft }

  /// L(u), times `scale`, of plans that have a free site that is not taken: the last one taken goes out, where no slot is free.
  func scaled(with site: Int) -> Int { scaled + reduced[site] - lastTaken }

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

  /// Goes on with some of the rows and a last one for the others, whose prices are their bases.
  mutating func leave(_ rows: [Int], _ costs: AssignmentCosts) {
    prices = rows.map { prices[$0] } + costs.base.suffix(1).map { $0 * scale }
    for row in prices.indices { prices[row] = min(prices[row], costs.base[row] * scale) }
  }

  /// Computes L and everything beside it at the present prices.
  ///
  /// - Parameters:
  ///   - p: how many sites a plan may have, those already open included.
  ///   - open: the sites that every plan has.
  ///   - free: the free sites that serve any row.
  /// - Complexity: O(*r* + *s* + entries below the prices) on average, for *r* rows and *s* sites.
  mutating func evaluate(_ costs: AssignmentCosts, p: Int, open: [Int], free: [Int]) {
    let scale = scale
    var sum = 0
    var reads = 0
    for j in reduced.indices { reduced[j] = 0 }
    // Arrays would check every index; this and `PriceSlope` are where the time goes.
    reduced.withUnsafeMutableBufferPointer { reduced in
      prices.withUnsafeBufferPointer { prices in
        costs.rowStart.withUnsafeBufferPointer { rowStart in
          costs.sites.withUnsafeBufferPointer { sites in
            costs.costs.withUnsafeBufferPointer { entryCosts in
              for row in prices.indices {
                let price = prices[row]
                sum += price
                var entry = rowStart[row]
                let end = rowStart[row + 1]
                reads -= entry
                while entry < end {
                  let difference = entryCosts[entry] * scale - price
                  if difference >= 0 { break }
                  reduced[Int(sites[entry])] += difference
                  entry += 1
                }
                reads += entry
              }
            }
          }
        }
      }
    }
    self.reads = reads
    taken.removeAll(keepingCapacity: true)
    for j in open {
      sum += reduced[j]
      taken.append(j)
    }
    let slots = max(0, p - taken.count)
    let room = min(slots, free.count)
    var order = free
    putLeastFirst(&order, room)
    for j in order.prefix(room) {
      sum += reduced[j]
      taken.append(j)
    }
    // A slot that nobody takes is there for whoever comes in.
    lastTaken = room > 0 && room == slots ? reduced[order[room - 1]] : 0
    firstLeft = order.dropFirst(room).reduce(0) { min($0, reduced[$1]) }
    scaled = sum
  }

  /// Brings the `count` sites of least ρ to the front, the greatest of them last; equal ones by site (quickselect, Hoare 1961,
  /// "Algorithm 65: find", Communications of the ACM 4).
  private func putLeastFirst(_ order: inout [Int], _ count: Int) {
    guard count > 0 else { return }
    reduced.withUnsafeBufferPointer { reduced in
      order.withUnsafeMutableBufferPointer { order in
        func precedes(_ a: Int, _ b: Int) -> Bool {
          reduced[a] == reduced[b] ? a < b : reduced[a] < reduced[b]
        }
        var (low, high) = (0, order.count - 1)
        while low < high {
          let pivot = order[(low + high) / 2]
          var (i, j) = (low, high)
          while i <= j {
            while precedes(order[i], pivot) { i += 1 }
            while precedes(pivot, order[j]) { j -= 1 }
            if i <= j {
              order.swapAt(i, j)
              i += 1
              j -= 1
            }
          }
          if count - 1 <= j { high = j } else if count - 1 >= i { low = i } else { break }
        }
      }
    }
  }
}
