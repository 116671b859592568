/// Who goes to which of some open sites of given capacity: rows undivided, by regret, then by moves, exchanges and chains of two.
///
/// Rows are taken in the order of what they would lose if their best site filled up (Martello and Toth 1981, "An algorithm for the
/// generalized assignment problem"). Everything is decided in whole numbers, of equals the lower row and site first.
struct CapacitatedLoad {
  private let problem: CapacitatedAssignment
  /// By site, the units it can still take; -1 where it is not open.
  private(set) var room: [Int]
  /// By row, the site its units go to; -1 for none.
  private(set) var site: [Int32]
  private var members: [[Int32]]
  // The open sites of row i are options[optionStart[i]..<optionStart[i + 1]], cheapest first, with unit costs beside them.
  private let optionStart: [Int]
  private let options: [Int32]
  private let optionCosts: [Int]
  /// What all rows cost together, levels apart.
  private(set) var value: Int

  /// - Parameter capacities: by site; -1 where it is not open.
  init(_ problem: CapacitatedAssignment, capacities: [Int]) {
    self.problem = problem
    room = capacities
    let costs = problem.costs
    site = [Int32](repeating: -1, count: costs.rowCount)
    members = [[Int32]](repeating: [], count: capacities.count)
    var start = [0]
    var (options, optionCosts): ([Int32], [Int]) = ([], [])
    start.reserveCapacity(costs.rowCount + 1)
    for row in 0..<costs.rowCount {
      for entry in costs.rowStart[row]..<costs.rowStart[row + 1]
      where capacities[Int(costs.sites[entry])] >= problem.demands[row] {
        options.append(costs.sites[entry])
        optionCosts.append(costs.costs[entry])
      }
      start.append(options.count)
    }
    (optionStart, self.options, self.optionCosts) = (start, options, optionCosts)
    value = zip(problem.demands, costs.base).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// What a unit of a row costs where it is.
  private func unitCost(_ row: Int) -> Int {
    site[row] < 0 ? problem.costs.base[row] : cost(row, at: site[row]) ?? problem.costs.base[row]
  }

  private func cost(_ row: Int, at target: Int32) -> Int? {
    for option in optionStart[row]..<optionStart[row + 1] where options[option] == target {
      return optionCosts[option]
    }
    return nil
  }

  mutating func move(_ row: Int, to target: Int32) {
    let demand = problem.demands[row]
    value -= unitCost(row) * demand
    if site[row] >= 0 {
      room[Int(site[row])] += demand
      members[Int(site[row])].removeAll { $0 == Int32(row) }
    }
    site[row] = target
    if target >= 0 {
      room[Int(target)] -= demand
      members[Int(target)].append(Int32(row))
    }
    value += unitCost(row) * demand
  }

  /// Puts every row that has no site where there is room, the one with most to lose first.
  mutating func fill() {
    var heap: [(regret: Int, row: Int)] = []
    for row in site.indices where site[row] < 0 && problem.demands[row] > 0 {
      if let (_, regret) = choice(row) { heap.append((regret, row)) }
    }
    heap.sort { ($0.regret, $1.row) < ($1.regret, $0.row) }
    // Regrets change as sites fill up: a stale one is sorted in again.
    var late: [(regret: Int, row: Int)] = []
    while true {
      let top: (regret: Int, row: Int)
      if let one = late.last, heap.last.map({ ($0.regret, one.row) < (one.regret, $0.row) }) ?? true {
        top = one
        late.removeLast()
      } else if let one = heap.popLast() {
        top = one
      } else {
        break
      }
      guard let (target, regret) = choice(top.row) else { continue }
      if regret == top.regret {
        move(top.row, to: target)
      } else {
        let at = late.firstIndex { ($0.regret, top.row) > (regret, $0.row) } ?? late.count
        late.insert((regret, top.row), at: at)
      }
    }
  }

  /// The cheapest site with room for a row, and what the row would lose without it.
  private func choice(_ row: Int) -> (site: Int32, regret: Int)? {
    let demand = problem.demands[row]
    var first: (site: Int32, cost: Int)?
    for option in optionStart[row]..<optionStart[row + 1] where room[Int(options[option])] >= demand {
      guard let best = first else {
        first = (options[option], optionCosts[option])
        continue
      }
      return (best.site, (optionCosts[option] - best.cost) * demand)
    }
    return first.map { ($0.site, (problem.costs.base[row] - $0.cost) * demand) }
  }

  /// Moves rows, exchanges two, or makes room by moving another one on, as long as that saves something.
  ///
  /// - Parameter rounds: how often all rows are gone through at most.
  mutating func improve(rounds: Int) {
    for _ in 0..<rounds {
      let before = value
      for row in site.indices where problem.demands[row] > 0 { improve(row) }
      if value == before { return }
    }
  }

  private mutating func improve(_ row: Int) {
    let demand = problem.demands[row]
    let costs = problem.costs
    let here = site[row]
    let now = unitCost(row)
    var best = (saved: 0, target: Int32(-1), other: -1, onward: Int32(-1))
    for option in optionStart[row]..<optionStart[row + 1] {
      let target = options[option]
      let gain = (now - optionCosts[option]) * demand
      if gain <= best.saved { break }
      if room[Int(target)] >= demand {
        // Options beyond are dearer: none saves more.
        best = (gain, target, -1, -1)
        break
      }
      for member in members[Int(target)] {
        let other = Int(member)
        let size = problem.demands[other]
        guard other != row, room[Int(target)] + size >= demand else { continue }
        let paid = optionCost(other, at: target)
        for next in optionStart[other]..<optionStart[other + 1] where options[next] != target {
          let loss = (optionCosts[next] - paid) * size
          if gain - loss <= best.saved { break }
          let onward = options[next]
          let space = room[Int(onward)] + (onward == here ? demand : 0)
          if space >= size {
            best = (gain - loss, target, other, onward)
            break
          }
        }
        let out = gain - (costs.base[other] - paid) * size
        if out > best.saved { best = (out, target, other, -1) }
      }
    }
    guard best.saved > 0 else { return }
    if best.other >= 0 {
      move(best.other, to: -1)
      move(row, to: best.target)
      if best.onward >= 0 { move(best.other, to: best.onward) }
    } else {
      move(row, to: best.target)
    }
  }

  private func optionCost(_ row: Int, at target: Int32) -> Int {
    cost(row, at: target) ?? problem.costs.base[row]
  }
}
