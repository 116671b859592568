/// Whole rows at sites of limited capacity, bettered by dividing the rows of two sites between them anew, in the best way.
///
/// For two sites that is a knapsack with both ends given: what the first one takes leaves the rest to the second, and either has room
/// for it. Dynamic programming over the load of the first tries every division at once (Bellman 1957), also those that exchange two
/// rows for three, which is what plans need whose sites are nearly full. All pairs in turn, as long as one of them saves anything, is a
/// very large neighborhood that is searched exactly (after Ahuja, Orlin, Pallottino, Scaparra and Scutellà 2004, "A multi-exchange
/// heuristic for the single-source capacitated facility location problem", Management Science 50, from memory).
struct CapacitatedPairs {
  private let problem: CapacitatedAssignment
  /// By site; -1 where it is not open.
  private let capacities: [Int]
  /// By row, the site its units go to; -1 for none.
  private(set) var site: [Int32]
  /// What all rows cost together, levels apart.
  private(set) var value = 0
  /// How many steps of the dynamic programs led to this plan.
  private(set) var steps = 0
  private var members: [[Int32]]
  private var isStale: [Bool]
  private var scratch = Scratch()

  /// What a division needs, made once.
  fileprivate struct Scratch {
    var rows: [(row: Int, size: Int, change: Int)] = []
    var least: [Int] = []
    var takes: [Bool] = []
    var kept: [[Int32]] = [[], []]
  }

  /// How many steps a pair may take; a pair that needs more is left as it is.
  private static let mostSteps = 1 << 21

  /// - Parameters:
  ///   - capacities: by site; -1 where it is not open.
  ///   - site: by row, an open site with room for it, or -1.
  init(_ problem: CapacitatedAssignment, capacities: [Int], site: [Int32]) {
    self.problem = problem
    self.capacities = capacities
    self.site = site
    members = [[Int32]](repeating: [], count: capacities.count)
    isStale = capacities.map { $0 >= 0 }
    for (row, target) in site.enumerated() {
      if target >= 0 { members[Int(target)].append(Int32(row)) }
      value += problem.demands[row] * (target < 0 ? problem.costs.base[row] : cost(row, at: Int(target)) ?? 0)
    }
  }

  /// What a unit of a row costs at a site that serves it.
  private func cost(_ row: Int, at site: Int) -> Int? {
    let costs = problem.costs
    var (low, high) = (costs.columnStart[site], costs.columnStart[site + 1])
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if costs.rows[middle] < Int32(row) { low = middle + 1 } else { high = middle }
    }
    return low < end && costs.rows[low] == Int32(row) ? costs.columnCosts[low] : nil
  }

  /// Divides pairs anew as long as that saves anything.
  mutating func descend() {
    while let first = isStale.firstIndex(of: true) {
      isStale[first] = false
      for second in partners(of: first) where divide(first, second, noise: nil) {
        isStale[first] = true
        isStale[second] = true
      }
    }
  }

  /// Disturbs some pairs and descends again, as often as said; what is not worse is kept.
  mutating func walk(rounds: Int, _ dice: inout SplitMix64, _ shouldStop: () -> Bool) {
    let open = capacities.indices.filter { capacities[$0] >= 0 && !members[$0].isEmpty }
    guard open.count > 1 else { return }
    let mean = value / max(1, site.count)
    for _ in 0..<rounds where !shouldStop() {
      var trial = self
      for _ in 0..<1 + dice.next(below: 3) {
        let first = open[Int(dice.next(below: UInt64(open.count)))]
        let others = trial.partners(of: first)
        guard !others.isEmpty else { continue }
        let second = others[Int(dice.next(below: UInt64(others.count)))]
        if trial.divide(first, second, noise: (mean / 2, dice.next())) {
          trial.isStale[first] = true
          trial.isStale[second] = true
        }
      }
      trial.descend()
      if trial.value <= value { self = trial }
    }
  }

  /// The open sites that a row of this one could go to, or whose rows could come, ascending.
  private func partners(of first: Int) -> [Int] {
    let costs = problem.costs
    var isPartner = [Bool](repeating: false, count: capacities.count)
    for entry in costs.columnStart[first]..<costs.columnStart[first + 1] {
      let other = site[Int(costs.rows[entry])]
      if other >= 0 { isPartner[Int(other)] = true }
    }
    for member in members[first] {
      for entry in costs.rowStart[Int(member)]..<costs.rowStart[Int(member) + 1] {
        isPartner[Int(costs.sites[entry])] = true
      }
    }
    return isPartner.indices.filter { isPartner[$0] && capacities[$0] >= 0 && $0 != first }
  }

  /// Divides the rows of two sites between them in the best way.
  ///
  /// - Parameter noise: by how much each row's cost may seem to differ, and a seed; the best division is then only nearly that.
  /// - Returns: whether anything changed.
  private mutating func divide(_ a: Int, _ b: Int, noise: (most: Int, seed: UInt64)?) -> Bool {
    var room = (capacities[a], capacities[b])
    scratch.rows.removeAll(keepingCapacity: true)
    for side in 0...1 {
      scratch.kept[side].removeAll(keepingCapacity: true)
      for member in members[side == 0 ? a : b] {
        let row = Int(member)
        let size = problem.demands[row]
        if let here = cost(row, at: a), let there = cost(row, at: b) {
          scratch.rows.append((row, size, (here - there) * size))
        } else {
          scratch.kept[side].append(member)
          if side == 0 { room.0 -= size } else { room.1 -= size }
        }
      }
    }
    let total = scratch.rows.reduce(0) { $0 + $1.size }
    let (fewest, most) = (max(0, total - room.1), min(room.0, total))
    let (work, isTooLarge) = (most + 1).multipliedReportingOverflow(by: scratch.rows.count)
    guard !scratch.rows.isEmpty, fewest <= most, !isTooLarge, work <= Self.mostSteps else { return false }
    let before = scratch.rows.reduce(0) { site[$1.row] == Int32(a) ? $0 + $1.change : $0 }
    if let noise {
      var dice = SplitMix64(seed: noise.seed)
      for i in scratch.rows.indices {
        scratch.rows[i].change += Int(dice.next(below: UInt64(2 * noise.most + 1))) - noise.most
      }
    }
    steps += work
    scratch.fill(width: most + 1)
    let best = (fewest...most).min { (scratch.least[$0], $0) < (scratch.least[$1], $1) } ?? fewest
    guard scratch.least[best] < .max / 4 else { return false }
    // Back through the table; then the changes as they are, without noise.
    var (load, after, isOther) = (best, 0, false)
    var sides: [Bool] = scratch.rows.map { _ in false }
    for i in scratch.rows.indices.reversed() where scratch.takes[i * (most + 1) + load] {
      sides[i] = true
      load -= scratch.rows[i].size
    }
    for (i, isFirst) in sides.enumerated() {
      let one = scratch.rows[i]
      if (site[one.row] == Int32(a)) != isFirst { isOther = true }
      if isFirst { after += (cost(one.row, at: a) ?? 0) * one.size - (cost(one.row, at: b) ?? 0) * one.size }
    }
    guard isOther, noise != nil || after < before else { return false }
    value += after - before
    (members[a], members[b]) = (scratch.kept[0], scratch.kept[1])
    for (i, isFirst) in sides.enumerated() {
      let row = scratch.rows[i].row
      site[row] = Int32(isFirst ? a : b)
      members[isFirst ? a : b].append(Int32(row))
    }
    return true
  }
}

extension CapacitatedPairs.Scratch {
  /// For each load of the first site the least that the rows cost beyond all being at the second, and for each row whether it is taken.
  fileprivate mutating func fill(width: Int) {
    least.removeAll(keepingCapacity: true)
    least.append(contentsOf: repeatElement(.max / 4, count: width))
    least[0] = 0
    takes.removeAll(keepingCapacity: true)
    takes.append(contentsOf: repeatElement(false, count: width * rows.count))
    least.withUnsafeMutableBufferPointer { least in
      takes.withUnsafeMutableBufferPointer { takes in
        var reached = 0
        for (i, one) in rows.enumerated() {
          reached = min(width - 1, reached + one.size)
          var load = reached
          while load >= one.size {
            let with = least[load - one.size] + one.change
            if with < least[load] {
              least[load] = with
              takes[i * width + load] = true
            }
            load -= 1
          }
        }
      }
    }
  }
}
