/// The Lagrangian bound of capacitated assignment: what no plan can undercut.
///
/// With a price u_i of serving row i, a price μ of a unit of the limit W, and prices q_r from 0 up of the rules,
///
///     L(u, μ, q) = Σ u_i − μ W − Σ q_r limit_r
///                + Σ over sites of the least over levels k of (cost_k + μ price_k + Σ q_r amount_r − K_k(u)), at most 0 unless open,
///
/// where K_k(u) is the most Σ (u_i − what row i costs there) that fits into the capacity of level k; u_i is at most what row i costs
/// without any site. With split rows, u_i is the price of a unit, and units are filled in. Prices are whole multiples of 1 ÷ `scale`.
/// Where the sites have to take all rows, what `CapacityCover` finds is added.
struct CapacitatedBound {
  let scale: Int
  var prices: [Int]
  /// By rule, the price of a unit of its limit.
  var rulePrices: [Int]
  /// Whether L counts that the sites together need room for all rows.
  var needsRoom = false
  private(set) var limitPrice = 0
  /// L, times `scale`.
  private(set) var scaled = Int.min
  /// The sites that the bound takes, with their levels; the open ones first.
  private(set) var picks: [(site: Int, level: Int)] = []
  /// How much of each row the taken sites serve: 1 where all of it, once.
  private(set) var served: [Double]
  /// By site, the least of its levels at these prices, less what its room is worth: those that plans should have come first.
  private(set) var worths: [Int]
  /// Rows that some site could serve.
  private let servable: [Int]

  /// No plan costs less.
  var value: Int { AssignmentBound.wholeBound(scaled, scale) }

  init(_ problem: CapacitatedAssignment) {
    var scale = 1 << 12
    let sum = zip(problem.demands, problem.costs.base).reduce(0) { $0 + $1.0 * $1.1 }
    let dearest = problem.levels.reduce(0) { $0 + $1.reduce(0) { max($0, $1.cost) } }
    while scale > 1, max(sum, dearest) > (1 << 59) / scale { scale /= 2 }
    self.scale = scale
    prices = [Int](repeating: 0, count: problem.demands.count)
    rulePrices = [Int](repeating: 0, count: problem.rules.count)
    served = [Double](repeating: 0, count: problem.demands.count)
    worths = [Int](repeating: 0, count: problem.levels.count)
    let closed = Set(problem.closed.map(Int32.init))
    let largest = problem.levels.map { $0.reduce(0) { max($0, $1.capacity) } }
    let costs = problem.costs
    servable = problem.demands.indices.filter { row in
      let least = problem.isSplit ? 1 : problem.demands[row]
      return problem.demands[row] > 0
        && costs.sites[costs.rowStart[row]..<costs.rowStart[row + 1]].contains {
          !closed.contains($0) && largest[Int($0)] >= least
        }
    }
  }

  /// The most that the price of row `i` may be.
  func greatestPrice(_ problem: CapacitatedAssignment, _ i: Int) -> Int {
    problem.costs.base[i] * scale * (problem.isSplit ? 1 : problem.demands[i])
  }

  /// Computes L and everything beside it at the present prices.
  ///
  /// - Parameters:
  ///   - state: 0 for a site that is free, 1 for an open one, -1 for a closed one.
  ///   - isExact: whether knapsacks are solved, or only bounded from above.
  mutating func evaluate(
    _ problem: CapacitatedAssignment, state: [Int8], isExact: Bool, scratch: inout Knapsack
  ) {
    var profits = [[Int]](repeating: [], count: state.count)
    var shares = [[(slot: Int, share: Double)]](repeating: [], count: state.count)
    for site in state.indices where state[site] >= 0 {
      let levels = problem.levels[site]
      for level in levels {
        let most = profit(problem, site, level.capacity, isExact, &scratch)
        profits[site].append(level.cost * scale - most)
        if levels.count == 1 { shares[site] = scratch.taken }
      }
    }
    var allowed = 0
    for (rule, price) in zip(problem.rules, rulePrices) where price > 0 {
      allowed += price * rule.limit
      for (site, amount) in zip(rule.sites, rule.amounts) {
        for level in profits[Int(site)].indices { profits[Int(site)][level] += price * amount }
      }
    }
    limitPrice = bestLimitPrice(problem, state, profits)
    var sum = -allowed
    for i in prices.indices { sum += prices[i] * (problem.isSplit ? problem.demands[i] : 1) }
    // The limit may be as good as none: then its price is 0, and so is the product.
    sum -= limitPrice == 0 ? 0 : limitPrice * problem.limit
    picks.removeAll(keepingCapacity: true)
    var wanted: [(worth: Int, site: Int, level: Int)] = []
    var left = problem.limit
    for site in state.indices where state[site] >= 0 {
      let (worth, level) = best(of: site, problem, profits[site], limitPrice)
      worths[site] = worth
      if state[site] == 1 {
        sum += worth
        picks.append((site, level))
        left -= problem.levels[site][level].price
      } else {
        sum += min(0, worth)
        wanted.append((worth, site, level))
      }
    }
    if needsRoom {
      let cover = CapacityCover(
        problem, rows: servable, state: state, worths: worths, prices: prices, scale: scale)
      sum += cover.cost
      for site in cover.sites {
        let levels = problem.levels[site]
        let level =
          levels.indices.max { (levels[$0].capacity, -$0) < (levels[$1].capacity, -$1) } ?? 0
        picks.append((site, level))
        left -= levels[level].price
      }
      for site in worths.indices { worths[site] -= cover.worthOfRoom(problem, site) }
    }
    scaled = sum
    // Among the sites at a price of just 0 as many are taken as there is room for.
    wanted.sort { ($0.worth, $0.site) < ($1.worth, $1.site) }
    for one in wanted where one.worth <= 0 {
      let price = problem.levels[one.site][one.level].price
      // Nobody wants to go there: taken only where that takes nothing, and helps rules that want sites.
      let isIdle = one.worth == 0 && profits[one.site][one.level] >= 0
      if price > left || isIdle && (price > 0 || problem.rules.isEmpty) { continue }
      left -= price
      picks.append((one.site, one.level))
    }
    for i in served.indices { served[i] = 0 }
    for (site, level) in picks {
      if problem.levels[site].count > 1 {
        _ = profit(problem, site, problem.levels[site][level].capacity, isExact, &scratch)
        shares[site] = scratch.taken
      }
      for (slot, share) in shares[site] { served[slot] += share }
    }
  }

  /// By rule, by how much the taken sites exceed its limit; what a price could not be lowered for is 0.
  func excess(_ problem: CapacitatedAssignment) -> [Double] {
    guard !problem.rules.isEmpty else { return [] }
    var isTaken = [Bool](repeating: false, count: problem.levels.count)
    for pick in picks { isTaken[pick.site] = true }
    return problem.rules.indices.map { number in
      let rule = problem.rules[number]
      let over = zip(rule.sites, rule.amounts).reduce(-rule.limit) { isTaken[Int($1.0)] ? $0 + $1.1 : $0 }
      return over < 0 && rulePrices[number] == 0 ? 0 : Double(over)
    }
  }

  /// Moves the price of a rule by so much.
  mutating func moveRule(_ rule: Int, by change: Double, _ problem: CapacitatedAssignment) {
    // Prices times all amounts have to stay whole numbers of 64 bits.
    let amounts = problem.rules[rule].amounts.reduce(abs(problem.rules[rule].limit)) { $0 + abs($1) }
    let most = Double((1 << 56) / max(1, amounts) / max(1, problem.rules.count))
    rulePrices[rule] = Int(max(0, min(Double(rulePrices[rule]) + change, most)).rounded(.down))
  }

  /// The level of a site that costs least, the lower one of equals.
  private func best(
    of site: Int, _ problem: CapacitatedAssignment, _ profits: [Int], _ limitPrice: Int
  ) -> (worth: Int, level: Int) {
    var best = (worth: Int.max, level: 0)
    for (level, value) in profits.enumerated() {
      let (product, isTooLarge) = limitPrice.multipliedReportingOverflow(
        by: problem.levels[site][level].price)
      let (worth, isMore) = value.addingReportingOverflow(product)
      // Too dear to be counted is too dear to be chosen.
      let sum = isTooLarge || isMore ? Int.max >> 2 : min(worth, Int.max >> 2)
      if sum < best.worth { best = (sum, level) }
    }
    return best
  }

  /// The price of the limit at which L is greatest: where the sites taken just use the limit up.
  private func bestLimitPrice(_ problem: CapacitatedAssignment, _ state: [Int8], _ profits: [[Int]]) -> Int {
    func used(_ price: Int) -> Int {
      var sum = 0
      for site in state.indices where state[site] >= 0 {
        let (worth, level) = best(of: site, problem, profits[site], price)
        if worth < 0 || state[site] == 1 {
          sum = min(1 << 60, sum + problem.levels[site][level].price)
        }
      }
      return sum
    }
    if used(0) <= problem.limit { return 0 }
    let greatest = profits.reduce(0) { $0 + ($1.min().map { max(0, -$0) } ?? 0) }
    // μ · W has to stay a whole number of 64 bits.
    var (low, high) = (0, min(greatest + 1, (1 << 60) / max(1, problem.limit)))
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if used(middle) > problem.limit { low = middle } else { high = middle }
    }
    return high
  }

  /// At least the most profit at a site; what is taken for it is left in the scratch.
  private func profit(
    _ problem: CapacitatedAssignment, _ site: Int, _ capacity: Int, _ isExact: Bool,
    _ scratch: inout Knapsack
  ) -> Int {
    let costs = problem.costs
    scratch.removeAll()
    for entry in costs.columnStart[site]..<costs.columnStart[site + 1] {
      let row = Int(costs.rows[entry])
      let demand = problem.demands[row]
      if problem.isSplit {
        let each = prices[row] - costs.columnCosts[entry] * scale
        if each > 0, demand > 0 { scratch.add(profit: each * demand, weight: demand, slot: row) }
      } else {
        let profit = prices[row] - costs.columnCosts[entry] * demand * scale
        if profit > 0, demand <= capacity { scratch.add(profit: profit, weight: demand, slot: row) }
      }
    }
    return scratch.most(within: capacity, isExact: isExact && !problem.isSplit)
  }
}
