/// What it costs, beyond the sites that prices choose gladly, that all together have room for the rows: the cheapest other sites that
/// make up what is missing, or the price of units that find no place.
///
/// Every plan has room for what it serves, so its sites besides those of worth at most 0, and its units without a place, cost at least
/// this much more (the total demand constraint of Cornuéjols, Sridharan and Thizy 1991, "A comparison of heuristics and relaxations for
/// the capacitated plant location problem", EJOR 50, from memory). A knapsack from below by dynamic programming over what is missing,
/// in at most `mostCells` steps: room is rounded up, so that the cost is never too high.
struct CapacityCover {
  /// At least what missing room costs, times the scale of the prices.
  private(set) var cost = 0
  /// The sites that make it up.
  private(set) var sites: [Int] = []
  /// What a unit of room is worth about.
  private var rate = 0.0

  /// How finely missing room is divided.
  static let mostCells = 1 << 12

  /// - Parameters:
  ///   - rows: those that some site could serve.
  ///   - state: 0 for a site that is free, 1 for an open one, -1 for a closed one.
  ///   - worths: by site, what it costs at these prices.
  /// - Complexity: O(*s* · min(missing units, `mostCells`)) for *s* sites.
  init(
    _ problem: CapacitatedAssignment, rows: [Int], state: [Int8], worths: [Int], prices: [Int], scale: Int
  ) {
    var need = rows.reduce(0) { $0 + problem.demands[$1] }
    var others: [(site: Int, cost: Int, room: Int)] = []
    for site in state.indices where state[site] >= 0 && need > 0 {
      let room = problem.levels[site].reduce(0) { max($0, $1.capacity) }
      if state[site] == 1 || worths[site] <= 0 {
        need -= min(need, room)
      } else if room > 0, worths[site] < .max >> 4 {
        others.append((site, worths[site], room))
      }
    }
    // A unit without a place costs at least this much beyond its row's price.
    var lack = Int.max >> 4
    for row in rows {
      let demand = problem.demands[row]
      let each = problem.isSplit ? prices[row] : (prices[row] + demand - 1) / demand
      lack = min(lack, max(0, problem.costs.base[row] * scale - each))
    }
    guard need > 0, lack > 0 else { return }
    others.sort {
      ($0.cost.multipliedFullWidth(by: $1.room), $0.site) < (
        $1.cost.multipliedFullWidth(by: $0.room), $1.site
      )
    }
    var left = need
    for one in others where left > 0 {
      left -= min(left, one.room)
      rate = Double(one.cost) / Double(one.room)
    }
    fill(others, need: need, lack: lack)
  }

  private mutating func fill(_ others: [(site: Int, cost: Int, room: Int)], need: Int, lack: Int) {
    let step = (need + Self.mostCells - 1) / Self.mostCells
    let cells = (need + step - 1) / step
    let sizes = others.map { min(cells, ($0.room + step - 1) / step) }
    let far = Int.max >> 2
    var least = [Int](repeating: far, count: cells + 1)
    least[0] = 0
    var takes = [Bool](repeating: false, count: (cells + 1) * others.count)
    for (i, one) in others.enumerated() {
      for cell in stride(from: cells, to: 0, by: -1) {
        let with = min(far, least[max(0, cell - sizes[i])] + one.cost)
        if with < least[cell] {
          least[cell] = with
          takes[i * (cells + 1) + cell] = true
        }
      }
    }
    var (best, last) = (far, 0)
    for cell in 0...cells {
      // At least so many units find no room where only this many steps are made up.
      let missing = cell == cells ? 0 : max(0, step * (cells - cell) - step + 1)
      let (price, isTooLarge) = lack.multipliedReportingOverflow(by: missing)
      let sum = isTooLarge || price >= far ? far : min(far, least[cell] + price)
      if sum < best { (best, last) = (sum, cell) }
    }
    guard best < far else { return }
    cost = best
    for i in others.indices.reversed() where takes[i * (cells + 1) + last] {
      sites.append(others[i].site)
      last = max(0, last - sizes[i])
    }
  }

  /// What the room of a site is worth where room is missing.
  func worthOfRoom(_ problem: CapacitatedAssignment, _ site: Int) -> Int {
    guard rate > 0 else { return 0 }
    let room = problem.levels[site].reduce(0) { max($0, $1.capacity) }
    return Int(min(rate * Double(room), Double(1 << 60)))
  }
}

/// Products of 128 bits in their order.
private func < (a: ((high: Int, low: UInt), Int), b: ((high: Int, low: UInt), Int)) -> Bool {
  (a.0.high, a.0.low, a.1) < (b.0.high, b.0.low, b.1)
}
