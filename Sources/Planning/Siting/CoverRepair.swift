/// A cover that is made cheaper by leaving rows uncovered for a while.
///
/// Rows that stay uncovered grow in weight, so that the search does not return to the same holes: row weighting local search
/// (Gao, Weise and Li 2015, "An efficient local search heuristic with row weighting for the unicost set covering problem"), with
/// costs as divisors; written from memory of the paper.
struct CoverRepair {
  let problem: CoveringProblem
  private(set) var best: [Int32] = []
  private(set) var bestCost = Int.max
  private(set) var work = 0

  private var isOpen: [Bool]
  private var cost = 0
  private var sitesOn: [Int32]
  private var onlySite: [Int32]
  private var rowWeights: [Int]
  // What a closed site would cover, what only an open one covers, in row weights.
  private var effect: [Int]
  private var openSites: [Int32] = []
  private var slotOfSite: [Int32]
  private var uncovered: [Int32] = []
  private var slotOfRow: [Int32]
  private var lastMove: [Int]
  private var mayReturn: [Bool]
  private var clock = 0

  init(_ problem: CoveringProblem) {
    self.problem = problem
    isOpen = [Bool](repeating: false, count: problem.siteCount)
    sitesOn = [Int32](repeating: 0, count: problem.rowCount)
    onlySite = sitesOn
    rowWeights = [Int](repeating: 1, count: problem.rowCount)
    effect = (0..<problem.siteCount).map { problem.sites.length($0) }
    slotOfSite = [Int32](repeating: -1, count: problem.siteCount)
    slotOfRow = (0..<Int32(problem.rowCount)).map { $0 }
    uncovered = slotOfRow
    lastMove = [Int](repeating: 0, count: problem.siteCount)
    mayReturn = [Bool](repeating: true, count: problem.siteCount)
  }

  /// Starts from these sites, adds what covers most for its cost until all is covered, and drops what is not needed.
  mutating func start(from sites: [Int32]) {
    for site in openSites { toggle(Int(site)) }
    for site in sites where !isOpen[Int(site)] && effect[Int(site)] > 0 { toggle(Int(site)) }
    var heap = GainHeap()
    for site in 0..<problem.siteCount where !isOpen[site] && effect[site] > 0 {
      heap.push(GainHeap.Entry(gain: effect[site], cost: problem.costs[site], site: Int32(site)))
    }
    while !uncovered.isEmpty, let top = heap.pop() {
      let now = effect[Int(top.site)]
      if now == top.gain {
        toggle(Int(top.site))
      } else if now > 0 {
        heap.push(GainHeap.Entry(gain: now, cost: top.cost, site: top.site))
      }
    }
    dropSuperfluous()
    take()
  }

  /// Goes on for so many steps.
  mutating func run(steps: Int, _ dice: inout SplitMix64, _ patience: () -> Bool) {
    guard problem.rowCount > 0 else { return }
    for step in 0..<steps {
      if step & 63 == 0, patience() { return }
      clock += 1
      work += 32 + openSites.count
      while uncovered.isEmpty {
        dropSuperfluous()
        take()
        guard let site = cheapestToLose(orderMatters: false) else { return }
        close(site)
      }
      if let site = cheapestToLose(orderMatters: true) { close(site) }
      let row = uncovered[Int(dice.next(below: UInt64(uncovered.count)))]
      guard let site = bestFor(Int(row)), cost + problem.costs[site] < bestCost else { continue }
      lastMove[site] = clock
      toggle(site)
      freeNeighbors(of: site)
      for row in uncovered {
        rowWeights[Int(row)] += 1
        for site in problem.rows[Int(row)] { effect[Int(site)] += 1 }
        work += problem.rows.length(Int(row))
      }
    }
  }

  private mutating func close(_ site: Int) {
    lastMove[site] = clock
    toggle(site)
    freeNeighbors(of: site)
    mayReturn[site] = false
  }

  /// What was closed may come back once a neighbor has moved.
  private mutating func freeNeighbors(of site: Int) {
    for slot in problem.sites.start[site]..<problem.sites.start[site + 1] {
      let row = Int(problem.sites.items[slot])
      work += problem.rows.length(row)
      for other in problem.rows.start[row]..<problem.rows.start[row + 1] {
        mayReturn[Int(problem.rows.items[other])] = true
      }
    }
  }

  private func cheapestToLose(orderMatters: Bool) -> Int? {
    var best: Int?
    for candidate in openSites {
      let site = Int(candidate)
      // What was just moved stays a while.
      if orderMatters, lastMove[site] == clock - 1, openSites.count > 1 { continue }
      guard let old = best else {
        best = site
        continue
      }
      let (mine, theirs) = (
        product(effect[site], problem.costs[old]), product(effect[old], problem.costs[site])
      )
      if mine == theirs ? (lastMove[site], site) < (lastMove[old], old) : mine < theirs { best = site }
    }
    return best
  }

  private func bestFor(_ row: Int) -> Int? {
    var best: Int?
    for candidate in problem.rows[row] where mayReturn[Int(candidate)] {
      let site = Int(candidate)
      guard let old = best else {
        best = site
        continue
      }
      let (mine, theirs) = (
        product(effect[site], problem.costs[old]), product(effect[old], problem.costs[site])
      )
      if mine == theirs ? (lastMove[site], site) < (lastMove[old], old) : mine > theirs { best = site }
    }
    return best
  }

  private mutating func dropSuperfluous() {
    for site in openSites.sorted(by: { (problem.costs[Int($0)], $0) > (problem.costs[Int($1)], $1) })
    where effect[Int(site)] == 0 { toggle(Int(site)) }
  }

  private mutating func take() {
    if uncovered.isEmpty, cost < bestCost {
      bestCost = cost
      best = openSites.sorted()
    }
  }

  private mutating func toggle(_ site: Int) {
    let opens = !isOpen[site]
    isOpen[site] = opens
    cost += opens ? problem.costs[site] : -problem.costs[site]
    if opens {
      slotOfSite[site] = Int32(openSites.count)
      openSites.append(Int32(site))
    } else {
      let last = openSites.removeLast()
      if Int(last) != site {
        openSites[Int(slotOfSite[site])] = last
        slotOfSite[Int(last)] = slotOfSite[site]
      }
    }
    for row in problem.sites[site] { opens ? cover(Int(row), by: site) : uncover(Int(row), by: site) }
    work += problem.sites.length(site)
  }

  private mutating func cover(_ row: Int, by site: Int) {
    if sitesOn[row] == 0 {
      addToOthers(-rowWeights[row], row, but: site)
      let (slot, last) = (slotOfRow[row], uncovered.removeLast())
      if Int(last) != row {
        uncovered[Int(slot)] = last
        slotOfRow[Int(last)] = slot
      }
    } else if sitesOn[row] == 1 {
      effect[Int(onlySite[row])] -= rowWeights[row]
    }
    sitesOn[row] += 1
    onlySite[row] ^= Int32(site)
  }

  private mutating func uncover(_ row: Int, by site: Int) {
    sitesOn[row] -= 1
    onlySite[row] ^= Int32(site)
    if sitesOn[row] == 0 {
      addToOthers(rowWeights[row], row, but: site)
      slotOfRow[row] = Int32(uncovered.count)
      uncovered.append(Int32(row))
    } else if sitesOn[row] == 1 {
      effect[Int(onlySite[row])] += rowWeights[row]
    }
  }

  private mutating func addToOthers(_ weight: Int, _ row: Int, but site: Int) {
    work += problem.rows.length(row)
    for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
      let other = Int(problem.rows.items[slot])
      if other != site { effect[other] += weight }
    }
  }
}
