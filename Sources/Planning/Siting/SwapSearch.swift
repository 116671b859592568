/// A choice of sites that is improved by exchanging one for another.
///
/// What each site adds or would take away is kept up to date as rows gain and lose their only site (Whitaker 1983; Resende and
/// Werneck 2007, "A fast swap-based local search procedure for location problems", brought from medians to covering).
struct SwapSearch {
  private(set) var problem: CoveringProblem
  /// Whether each site is chosen.
  private(set) var isOpen: [Bool]
  /// The weight covered, with what is covered already.
  private(set) var value: Int
  private(set) var spent = 0
  /// How many pairs of rows and sites have been read.
  private(set) var work = 0

  /// What is known of a row, in one place of memory.
  private struct Row {
    var weight: Int
    /// How many chosen sites cover it, and the exclusive or of them, which is the site when there is one.
    var sitesOn: Int32 = 0
    var onlySite: Int32 = 0
  }

  private var rows: [Row]
  // What a closed site would add, what an open one would take away.
  private var effect: [Int]
  private var openSites: [Int32] = []
  private var slotOfSite: [Int32]
  private let areCostsEqual: Bool
  // The open site that takes least away, the lower of equals; nil where it is not known.
  private var least: Int32?

  // Closed sites that may have become of use since they were last looked at: the first `staleCount`.
  private var isStale: [Bool]
  private var stale: [Int32]
  private var staleCount = 0

  // Scratch: what a site would save of the losses of others.
  private var saved: [Int]
  private var savers: [Int32]

  /// Nothing chosen.
  init(_ problem: CoveringProblem) {
    self.problem = problem
    isOpen = [Bool](repeating: false, count: problem.siteCount)
    value = problem.covered
    rows = problem.weights.map { Row(weight: $0) }
    slotOfSite = [Int32](repeating: -1, count: problem.siteCount)
    isStale = [Bool](repeating: false, count: problem.siteCount)
    stale = slotOfSite
    savers = slotOfSite
    areCostsEqual = problem.costs.allSatisfy { $0 == problem.costs.first }
    saved = [Int](repeating: 0, count: problem.siteCount)
    effect = saved
    for row in 0..<problem.rowCount {
      for site in problem.rows[row] { effect[Int(site)] += problem.weights[row] }
    }
  }

  /// The chosen sites, ascending.
  var chosen: [Int32] { openSites.sorted() }

  /// What a closed site would add, or an open one take away.
  func effect(of site: Int) -> Int { effect[site] }

  func fits(_ site: Int) -> Bool { problem.costs[site] <= problem.budget - spent }

  mutating func open(_ site: Int) {
    isOpen[site] = true
    slotOfSite[site] = Int32(openSites.count)
    openSites.append(Int32(site))
    spent += problem.costs[site]
    value += effect[site]
    recount(site, isOpening: true)
  }

  mutating func close(_ site: Int) {
    isOpen[site] = false
    let last = openSites.removeLast()
    if Int(last) != site {
      openSites[Int(slotOfSite[site])] = last
      slotOfSite[Int(last)] = slotOfSite[site]
    }
    slotOfSite[site] = -1
    spent -= problem.costs[site]
    value -= effect[site]
    recount(site, isOpening: false)
  }

  /// Brings rows and effects up to date after a site was opened or closed.
  private mutating func recount(_ site: Int, isOpening: Bool) {
    least = nil
    let (sites, rowSites) = (problem.sites, problem.rows)
    var (read, staleCount) = (0, staleCount)
    // Arrays would check at every step that nobody else holds them.
    rows.withUnsafeMutableBufferPointer { rows in
      effect.withUnsafeMutableBufferPointer { effect in
        isStale.withUnsafeMutableBufferPointer { isStale in
          stale.withUnsafeMutableBufferPointer { stale in
            rowSites.start.withUnsafeBufferPointer { start in
              rowSites.items.withUnsafeBufferPointer { items in
                sites.items.withUnsafeBufferPointer { siteRows in
                  func addToOthers(_ weight: Int, _ row: Int) {
                    read += start[row + 1] - start[row]
                    for slot in start[row]..<start[row + 1] {
                      let other = Int(items[slot])
                      if other != site { effect[other] += weight }
                      if !isStale[other] {
                        isStale[other] = true
                        stale[staleCount] = Int32(truncatingIfNeeded: other)
                        staleCount += 1
                      }
                    }
                  }
                  let change: Int32 = isOpening ? 1 : -1
                  for slot in sites.start[site]..<sites.start[site + 1] {
                    let row = Int(siteRows[slot])
                    let before = rows[row].sitesOn
                    let weight = rows[row].weight
                    if isOpening {
                      if before == 0 {
                        // Others would no longer add it; `site` keeps it, as what it would take away.
                        addToOthers(-weight, row)
                      } else if before == 1 {
                        effect[Int(rows[row].onlySite)] -= weight
                      }
                    }
                    rows[row].sitesOn = before + change
                    rows[row].onlySite ^= Int32(truncatingIfNeeded: site)
                    if !isOpening {
                      if before == 1 {
                        addToOthers(weight, row)
                      } else if before == 2 {
                        effect[Int(rows[row].onlySite)] += weight
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    work += read
    self.staleCount = staleCount
  }

  /// Takes, again and again, the site that adds most for its cost, as long as one adds anything and fits.
  ///
  /// Gains only shrink while sites are added, so that most need not be looked at (lazy greedy, Minoux 1978); equal gains go to
  /// the lower site. With unit costs it covers at least 1 − 1/e of the most possible (Nemhauser, Wolsey and Fisher 1978).
  ///
  /// - Parameters:
  ///   - enough: end as soon as so much is covered.
  ///   - allowed: the sites that may be taken.
  mutating func fill(until enough: Int = .max, allowed: (Int) -> Bool = { _ in true }) {
    var heap = GainHeap()
    for site in 0..<problem.siteCount where !isOpen[site] && effect[site] > 0 && allowed(site) {
      heap.push(GainHeap.Entry(gain: effect[site], cost: problem.costs[site], site: Int32(site)))
    }
    while value < enough, let top = heap.pop() {
      let site = Int(top.site)
      guard fits(site), effect[site] > 0 else { continue }
      if effect[site] < top.gain {
        heap.push(GainHeap.Entry(gain: effect[site], cost: top.cost, site: top.site))
      } else {
        open(site)
      }
    }
  }

  /// Exchanges, adds and drops until nothing of it helps.
  ///
  /// - Parameter patience: asked now and then; true ends it early, with a choice that still counts.
  /// - Complexity: O(pairs + sites × chosen) for every round without a change.
  mutating func improve(_ patience: () -> Bool) {
    var sinceChange = 0
    var site = 0
    let count = problem.siteCount
    while sinceChange < count {
      if !isOpen[site], tryToOpen(site) { sinceChange = 0 } else { sinceChange += 1 }
      site += 1
      if site == count { site = 0 }
      if site & 63 == 0, patience() { return }
    }
  }

  /// As `improve`, among sites whose surroundings have changed since it was last called: much faster after a small change, and
  /// not quite as thorough.
  mutating func improveNearby(_ patience: () -> Bool) {
    var looked = 0
    while staleCount > 0 {
      staleCount -= 1
      let site = stale[staleCount]
      isStale[Int(site)] = false
      if !isOpen[Int(site)] { _ = tryToOpen(Int(site)) }
      looked += 1
      if looked & 63 == 0, patience() { return }
    }
  }

  /// Forgets which sites have become of use.
  private mutating func refresh() {
    for slot in 0..<staleCount { isStale[Int(stale[slot])] = false }
    staleCount = 0
  }

  /// Opens a site if it can be done to advantage, alone or in place of another.
  private mutating func tryToOpen(_ site: Int) -> Bool {
    let gain = effect[site]
    guard gain > 0 else { return false }
    if fits(site) {
      open(site)
      return true
    }
    guard let best = bestToClose(for: site) else { return false }
    close(best)
    open(site)
    return true
  }

  /// The open site that is best closed for another one, where that gains anything; the lower of equals.
  ///
  /// Where costs are equal only two kinds come into question: sites whose rows the other one covers as well, and the one that takes
  /// least away.
  private mutating func bestToClose(for site: Int) -> Int? {
    let sites = problem.sites
    var saverCount = 0
    rows.withUnsafeBufferPointer { rows in
      saved.withUnsafeMutableBufferPointer { saved in
        savers.withUnsafeMutableBufferPointer { savers in
          sites.items.withUnsafeBufferPointer { siteRows in
            for slot in sites.start[site]..<sites.start[site + 1] {
              let row = rows[Int(siteRows[slot])]
              guard row.sitesOn == 1 else { continue }
              let only = Int(row.onlySite)
              if saved[only] == 0 {
                savers[saverCount] = row.onlySite
                saverCount += 1
              }
              saved[only] += row.weight
            }
          }
        }
      }
    }
    let room = problem.budget - spent - problem.costs[site]
    var best: Int?
    var bestLoss = effect[site]
    func consider(_ candidate: Int32) {
      let open = Int(candidate)
      guard problem.costs[open] + room >= 0 else { return }
      let loss = effect[open] - saved[open]
      if loss < bestLoss || (loss == bestLoss && best.map { open < $0 } ?? false) {
        bestLoss = loss
        best = open
      }
    }
    if areCostsEqual {
      for slot in 0..<saverCount { consider(savers[slot]) }
      if least == nil { least = leastUseful(except: []) }
      if let least { consider(least) }
      work += problem.sites.length(site) + saverCount
    } else {
      for candidate in openSites { consider(candidate) }
      work += problem.sites.length(site) + openSites.count
    }
    for slot in 0..<saverCount { saved[Int(savers[slot])] = 0 }
    return best
  }

  /// Allows for more to be spent.
  mutating func raiseBudget(by more: Int) { problem.budget += more }

  /// Makes this the given choice.
  mutating func become(_ sites: [Int32]) {
    work += problem.siteCount
    var wanted = [Bool](repeating: false, count: problem.siteCount)
    for site in sites { wanted[Int(site)] = true }
    for site in chosen where !wanted[Int(site)] { close(Int(site)) }
    for site in sites where !isOpen[Int(site)] { open(Int(site)) }
    refresh()
  }

  /// Disturbs the choice: a few sites near one another are closed and the room filled again with some barred by chance, or a few
  /// others near one another are opened and the least useful closed for them.
  mutating func shake(_ dice: inout SplitMix64) {
    guard !openSites.isEmpty else { return }
    work += problem.siteCount + 200
    if dice.next(below: 2) == 0 {
      let start = openSites[Int(dice.next(below: UInt64(openSites.count)))]
      let closed = neighbors(of: start, 2 + Int(dice.next(below: 4)), areOpen: true, &dice)
      for site in closed { close(Int(site)) }
      let barred = closed.filter { _ in dice.next(below: 4) > 0 }
      let salt = dice.next()
      fill { site in
        if barred.contains(Int32(site)) { return false }
        // A tenth of the sites, by chance, sit this round out.
        var mixed = SplitMix64(seed: salt ^ UInt64(site))
        return mixed.next(below: 10) != 0
      }
    } else {
      let start = Int32(dice.next(below: UInt64(problem.siteCount)))
      let wanted = neighbors(of: start, 1 + Int(dice.next(below: 3)), areOpen: false, &dice)
      for site in wanted where !isOpen[Int(site)] && problem.costs[Int(site)] <= problem.budget {
        open(Int(site))
        while spent > problem.budget, let least = leastUseful(except: wanted) { close(Int(least)) }
      }
      while spent > problem.budget, let last = leastUseful(except: []) { close(Int(last)) }
      fill()
    }
  }

  /// A few open or closed sites found by steps from site to site over common rows, `start` among them where it is one.
  private func neighbors(of start: Int32, _ wanted: Int, areOpen: Bool, _ dice: inout SplitMix64) -> [Int32] {
    var found: [Int32] = isOpen[Int(start)] == areOpen ? [start] : []
    var site = start
    var steps = 0
    while found.count < wanted, steps < 40 {
      steps += 1
      let mine = problem.sites[Int(site)]
      guard !mine.isEmpty else { break }
      let others = problem.rows[Int(mine[mine.startIndex + Int(dice.next(below: UInt64(mine.count)))])]
      site = others[others.startIndex + Int(dice.next(below: UInt64(others.count)))]
      if isOpen[Int(site)] == areOpen, !found.contains(site) { found.append(site) }
    }
    return found
  }

  /// The chosen site that takes least away, the lower of equals.
  private func leastUseful(except spared: [Int32]) -> Int32? {
    openSites.filter { !spared.contains($0) }.min {
      (effect[Int($0)], $0) < (effect[Int($1)], $1)
    }
  }
}
