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

  // For each row: how many chosen sites cover it, and the exclusive or of them, which is the site when there is one.
  private var sitesOn: [Int32]
  private var onlySite: [Int32]
  // What a closed site would add, what an open one would take away.
  private var effect: [Int]
  private var openSites: [Int32] = []
  private var slotOfSite: [Int32]

  // Closed sites that may have become of use since they were last looked at.
  private var isStale: [Bool]
  private var stale: [Int32] = []

  // Scratch: what a site would save of the losses of others.
  private var saved: [Int]
  private var savers: [Int32] = []

  /// Nothing chosen.
  init(_ problem: CoveringProblem) {
    self.problem = problem
    isOpen = [Bool](repeating: false, count: problem.siteCount)
    value = problem.covered
    sitesOn = [Int32](repeating: 0, count: problem.rowCount)
    onlySite = sitesOn
    slotOfSite = [Int32](repeating: -1, count: problem.siteCount)
    isStale = [Bool](repeating: false, count: problem.siteCount)
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
    for slot in problem.sites.start[site]..<problem.sites.start[site + 1] {
      let row = Int(problem.sites.items[slot])
      let weight = problem.weights[row]
      if sitesOn[row] == 0 {
        // Others would no longer add it; `site` keeps it, as what it would take away.
        addToOthers(-weight, row, but: site)
      } else if sitesOn[row] == 1 {
        effect[Int(onlySite[row])] -= weight
      }
      sitesOn[row] += 1
      onlySite[row] ^= Int32(site)
    }
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
    for slot in problem.sites.start[site]..<problem.sites.start[site + 1] {
      let row = Int(problem.sites.items[slot])
      let weight = problem.weights[row]
      sitesOn[row] -= 1
      onlySite[row] ^= Int32(site)
      if sitesOn[row] == 0 {
        addToOthers(weight, row, but: site)
      } else if sitesOn[row] == 1 {
        effect[Int(onlySite[row])] += weight
      }
    }
  }

  private mutating func addToOthers(_ weight: Int, _ row: Int, but site: Int) {
    work += problem.rows.length(row)
    for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
      let other = Int(problem.rows.items[slot])
      if other != site { effect[other] += weight }
      if !isStale[other] {
        isStale[other] = true
        stale.append(Int32(other))
      }
    }
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
    while let site = stale.popLast() {
      isStale[Int(site)] = false
      if !isOpen[Int(site)] { _ = tryToOpen(Int(site)) }
      looked += 1
      if looked & 63 == 0, patience() { return }
    }
  }

  /// Forgets which sites have become of use.
  private mutating func refresh() {
    for site in stale { isStale[Int(site)] = false }
    stale.removeAll(keepingCapacity: true)
  }

  /// Opens a site if it can be done to advantage, alone or in place of another.
  private mutating func tryToOpen(_ site: Int) -> Bool {
    let gain = effect[site]
    guard gain > 0 else { return false }
    if fits(site) {
      open(site)
      return true
    }
    work += problem.sites.length(site) + openSites.count
    savers.removeAll(keepingCapacity: true)
    for slot in problem.sites.start[site]..<problem.sites.start[site + 1] {
      let row = Int(problem.sites.items[slot])
      if sitesOn[row] == 1 {
        let only = onlySite[row]
        if saved[Int(only)] == 0 { savers.append(only) }
        saved[Int(only)] += problem.weights[row]
      }
    }
    let room = problem.budget - spent - problem.costs[site]
    var best = -1
    var bestLoss = gain
    for open in openSites where problem.costs[Int(open)] + room >= 0 {
      let loss = effect[Int(open)] - saved[Int(open)]
      if loss < bestLoss || (loss == bestLoss && best >= 0 && Int(open) < best) {
        bestLoss = loss
        best = Int(open)
      }
    }
    for saver in savers { saved[Int(saver)] = 0 }
    guard best >= 0 else { return false }
    close(best)
    open(site)
    return true
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

/// A binary heap of gains: most gain for its cost first, then the lower site.
struct GainHeap {
  struct Entry {
    var gain: Int
    var cost: Int
    var site: Int32

    func comes(before other: Entry) -> Bool {
      let (mine, theirs) =
        cost == other.cost
        ? (product(gain, 1), product(other.gain, 1)) : (product(gain, other.cost), product(other.gain, cost))
      return mine == theirs ? site < other.site : mine > theirs
    }
  }

  private var entries: [Entry] = []

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].comes(before: entries[parent]) else { break }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Entry? {
    guard let top = entries.first else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return top }
    entries[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < entries.count else { return top }
      if child + 1 < entries.count, entries[child + 1].comes(before: entries[child]) { child += 1 }
      guard entries[child].comes(before: entries[parent]) else { return top }
      entries.swapAt(child, parent)
      parent = child
    }
  }
}
