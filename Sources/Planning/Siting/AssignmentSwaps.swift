/// A plan for p-median, bettered by exchanging one site for another until no exchange helps.
///
/// Every row knows its two cheapest sites, so that what a site adds and what one takes away are sums over rows
/// (Whitaker 1983; Resende and Werneck 2007, "A fast swap-based local search procedure for location problems", Annals
/// of Operations Research 150).
struct AssignmentSwaps {
  private let costs: AssignmentCosts
  /// The sites of the plan, in no order.
  private(set) var plan: [Int] = []
  /// What it costs.
  private(set) var value: Int
  private var position: [Int32]
  // The cheapest site of the plan for each row, -1 for its base, and what it costs; and the second cheapest.
  private var first: [Int32]
  private var firstCost: [Int]
  private var secondCost: [Int]
  private let state: [Int8]
  /// How many entries were read.
  private(set) var reads = 0

  /// A plan of the sites of state 1, which never leave; those of state -1 never enter.
  init(_ costs: AssignmentCosts, state: [Int8]) {
    self.costs = costs
    self.state = state
    value = costs.base.reduce(0, +)
    position = [Int32](repeating: -1, count: costs.siteCount)
    first = [Int32](repeating: -1, count: costs.rowCount)
    firstCost = costs.base
    // A row that loses its only site falls back to its base.
    secondCost = costs.base
    for site in state.indices where state[site] == 1 { add(site) }
  }

  /// What a row costs, and what it would cost without its site.
  func firstAndSecond(of row: Int) -> (Int, Int) { (firstCost[row], secondCost[row]) }

  func contains(_ site: Int) -> Bool { position[site] >= 0 }

  mutating func add(_ site: Int) {
    position[site] = Int32(plan.count)
    plan.append(site)
    for entry in costs.columnStart[site]..<costs.columnStart[site + 1] {
      let row = Int(costs.rows[entry])
      let cost = costs.columnCosts[entry]
      if cost < firstCost[row] || cost == firstCost[row] && first[row] >= 0 && Int32(site) < first[row] {
        value -= firstCost[row] - cost
        secondCost[row] = firstCost[row]
        firstCost[row] = cost
        first[row] = Int32(site)
      } else if cost < secondCost[row] {
        secondCost[row] = cost
      }
    }
  }

  mutating func remove(_ site: Int) {
    let hole = Int(position[site])
    plan.swapAt(hole, plan.count - 1)
    position[plan[hole]] = Int32(hole)
    plan.removeLast()
    position[site] = -1
    for entry in costs.columnStart[site]..<costs.columnStart[site + 1] {
      let row = Int(costs.rows[entry])
      guard first[row] == Int32(site) || costs.columnCosts[entry] == secondCost[row] else { continue }
      let before = firstCost[row]
      find(row)
      value += firstCost[row] - before
    }
  }

  /// Looks up a row's two cheapest among the plan.
  private mutating func find(_ row: Int) {
    first[row] = -1
    firstCost[row] = costs.base[row]
    secondCost[row] = costs.base[row]
    let entries = costs.rowStart[row]..<costs.rowStart[row + 1]
    reads += entries.count
    for entry in entries where position[Int(costs.sites[entry])] >= 0 {
      if first[row] < 0 {
        first[row] = costs.sites[entry]
        firstCost[row] = costs.costs[entry]
      } else {
        secondCost[row] = costs.costs[entry]
        return
      }
    }
  }

  /// What adding `site` saves; its entries are counted as read.
  private mutating func gain(of site: Int) -> Int {
    reads += costs.columnStart[site + 1] - costs.columnStart[site]
    return saving(of: site)
  }

  /// What adding `site` saves.
  func saving(of site: Int) -> Int {
    let entries = costs.columnStart[site]..<costs.columnStart[site + 1]
    return firstCost.withUnsafeBufferPointer { firstCost in
      costs.rows.withUnsafeBufferPointer { rows in
        costs.columnCosts.withUnsafeBufferPointer { entryCosts in
          entries.reduce(0) { $0 + max(0, firstCost[Int(rows[$1])] - entryCosts[$1]) }
        }
      }
    }
  }

  /// What removing `site`, one of the plan, loses.
  func loss(of site: Int) -> Int {
    (costs.columnStart[site]..<costs.columnStart[site + 1]).reduce(0) { sum, entry in
      let row = Int(costs.rows[entry])
      return first[row] == Int32(site) ? sum + secondCost[row] - firstCost[row] : sum
    }
  }

  /// Adds the site that saves most, again and again, until the plan has `count` or nothing saves anything.
  ///
  /// What a site saves only falls while others are added, so an old figure is an upper bound (Minoux 1978). Equal
  /// savings go to the lower site.
  mutating func fill(to count: Int) {
    guard plan.count < count else { return }
    var gains = (0..<costs.siteCount).map { contains($0) || state[$0] < 0 ? 0 : gain(of: $0) }
    var order = gains.indices.filter { gains[$0] > 0 }.sorted { (gains[$1], $0) < (gains[$0], $1) }
    while plan.count < count, let top = order.first {
      let fresh = gain(of: top)
      gains[top] = fresh
      order.removeFirst()
      if fresh == 0 { continue }
      if let next = order.first, (gains[next], top) > (fresh, next) {
        var (low, high) = (0, order.count)
        while low < high {
          let middle = (low + high) / 2
          if (gains[order[middle]], top) > (fresh, order[middle]) { low = middle + 1 } else { high = middle }
        }
        order.insert(top, at: low)
      } else {
        add(top)
      }
    }
  }

  /// Exchanges sites while that saves anything: for each site outside, the best one to leave for it.
  ///
  /// - Complexity: O(*e* + *s*·*p*) a round, for *e* entries, *s* sites and *p* of the plan.
  mutating func improve(shouldStop: () -> Bool) {
    // What each site of the plan loses when it leaves, by its position in the plan, and how much less when another one enters.
    var losses: [Int] = []
    var spared = [Int](repeating: 0, count: plan.count)
    var quiet = 0
    var site = 0
    while quiet < costs.siteCount {
      defer { site = site + 1 == costs.siteCount ? 0 : site + 1 }
      if site & 63 == 0, shouldStop() { return }
      quiet += 1
      guard !contains(site), state[site] == 0, costs.columnStart[site] < costs.columnStart[site + 1] else {
        continue
      }
      if losses.isEmpty { losses = lossesOfPlan() }
      let gain = enter(site, &spared)
      var best: (loss: Int, site: Int)?
      for (place, candidate) in plan.enumerated() {
        let loss = losses[place] - spared[place]
        spared[place] = 0
        if state[candidate] != 1, best.map({ (loss, candidate) < $0 }) ?? true { best = (loss, candidate) }
      }
      if let best, gain > best.loss {
        remove(best.site)
        add(site)
        losses = []
        quiet = 0
      }
    }
  }

  /// What each site of the plan loses when it leaves.
  private func lossesOfPlan() -> [Int] {
    var losses = [Int](repeating: 0, count: plan.count)
    for row in 0..<costs.rowCount where first[row] >= 0 {
      losses[Int(position[Int(first[row])])] += secondCost[row] - firstCost[row]
    }
    return losses
  }

  /// What `site` saves by entering, and what it spares those that leave: rows that come to it lose nothing with their first, and
  /// others may lose less.
  ///
  /// - Parameter spared: by the position in the plan; what is spared is added to it.
  mutating func enter(_ site: Int, _ spared: inout [Int]) -> Int {
    let entries = costs.columnStart[site]..<costs.columnStart[site + 1]
    reads += entries.count
    var gain = 0
    spared.withUnsafeMutableBufferPointer { spared in
      first.withUnsafeBufferPointer { first in
        firstCost.withUnsafeBufferPointer { firstCost in
          secondCost.withUnsafeBufferPointer { secondCost in
            position.withUnsafeBufferPointer { position in
              costs.rows.withUnsafeBufferPointer { rows in
                costs.columnCosts.withUnsafeBufferPointer { entryCosts in
                  for entry in entries {
                    let row = Int(rows[entry])
                    let cost = entryCosts[entry]
                    let second = secondCost[row]
                    guard cost < second else { continue }
                    gain += max(0, firstCost[row] - cost)
                    if first[row] >= 0 {
                      spared[Int(position[Int(first[row])])] += second - max(cost, firstCost[row])
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return gain
  }
}
