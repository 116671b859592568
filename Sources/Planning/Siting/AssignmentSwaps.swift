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
  private let mayLeave: (Int) -> Bool
  private let mayEnter: (Int) -> Bool

  /// An empty plan.
  init(
    _ costs: AssignmentCosts, mayEnter: @escaping (Int) -> Bool = { _ in true },
    mayLeave: @escaping (Int) -> Bool = { _ in true }
  ) {
    self.costs = costs
    self.mayEnter = mayEnter
    self.mayLeave = mayLeave
    value = costs.base.reduce(0, +)
    position = [Int32](repeating: -1, count: costs.siteCount)
    first = [Int32](repeating: -1, count: costs.rowCount)
    firstCost = costs.base
    // A row that loses its only site falls back to its base.
    secondCost = costs.base
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
    for entry in costs.rowStart[row]..<costs.rowStart[row + 1] where position[Int(costs.sites[entry])] >= 0 {
      if first[row] < 0 {
        first[row] = costs.sites[entry]
        firstCost[row] = costs.costs[entry]
      } else {
        secondCost[row] = costs.costs[entry]
        return
      }
    }
  }

  /// What adding `site` saves.
  func gain(of site: Int) -> Int {
    var gain = 0
    for entry in costs.columnStart[site]..<costs.columnStart[site + 1] {
      gain += max(0, firstCost[Int(costs.rows[entry])] - costs.columnCosts[entry])
    }
    return gain
  }

  /// Adds the site that saves most, again and again, until the plan has `count` or nothing saves anything.
  ///
  /// What a site saves only falls while others are added, so an old figure is an upper bound (Minoux 1978). Equal
  /// savings go to the lower site.
  mutating func fill(to count: Int) {
    var gains = (0..<costs.siteCount).map { contains($0) || !mayEnter($0) ? 0 : gain(of: $0) }
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
    var losses = [Int](repeating: 0, count: costs.siteCount)
    var isFresh = false
    func refresh(_ losses: inout [Int]) {
      for site in plan { losses[site] = 0 }
      for row in 0..<costs.rowCount where first[row] >= 0 {
        losses[Int(first[row])] += secondCost[row] - firstCost[row]
      }
    }
    var saved: [(site: Int, saving: Int)] = []
    var quiet = 0
    var site = 0
    while quiet < costs.siteCount {
      defer { site = site + 1 == costs.siteCount ? 0 : site + 1 }
      if site & 63 == 0, shouldStop() { return }
      quiet += 1
      guard !contains(site), mayEnter(site), costs.columnStart[site] < costs.columnStart[site + 1] else {
        continue
      }
      if !isFresh {
        refresh(&losses)
        isFresh = true
      }
      // Rows that would come to `site` and leave nothing behind with their first: what they were to lose is not lost.
      var gain = 0
      saved.removeAll(keepingCapacity: true)
      for entry in costs.columnStart[site]..<costs.columnStart[site + 1] {
        let row = Int(costs.rows[entry])
        let cost = costs.columnCosts[entry]
        if cost < firstCost[row] {
          gain += firstCost[row] - cost
          if first[row] >= 0 { saved.append((Int(first[row]), secondCost[row] - firstCost[row])) }
        } else if cost < secondCost[row], first[row] >= 0 {
          saved.append((Int(first[row]), secondCost[row] - cost))
        }
      }
      for change in saved { losses[change.site] -= change.saving }
      var best: (loss: Int, site: Int)?
      for candidate in plan where mayLeave(candidate) {
        if best.map({ (losses[candidate], candidate) < $0 }) ?? true { best = (losses[candidate], candidate) }
      }
      for change in saved { losses[change.site] += change.saving }
      if let best, gain > best.loss {
        remove(best.site)
        add(site)
        isFresh = false
        quiet = 0
      }
    }
  }
}
