/// Cheapest ways through a plan (Dijkstra, 1959); its arrays are used again from search to search.
struct PlanSearch {
  private var costs: [Double]
  private var sideTo: [Int]
  private var round: [Int]
  private var rounds = 0
  private var heap = Heap()

  init(_ plan: RoadPlan) {
    costs = plan.spots.map { _ in 0 }
    sideTo = plan.spots.map { _ in -1 }
    round = plan.spots.map { _ in 0 }
  }

  /// Searches from `start` until `isGoal` accepts a site, and returns that site.
  ///
  /// - Parameters:
  ///   - limit: no way that costs more is found.
  ///   - cost: what a side of the plan costs, `nil` where it cannot be used.
  mutating func search(
    _ plan: RoadPlan, from start: Int, within limit: Double = .infinity, cost: (RoadPlan, Int) -> Double?,
    isGoal: (Int) -> Bool
  ) -> Int? {
    rounds += 1
    heap.removeAll()
    reach(start, at: 0, along: -1)
    while let (reached, site) = heap.pop() {
      guard reached == costs[site] else { continue }
      if isGoal(site) { return site }
      for link in plan.links(at: site) {
        guard let step = cost(plan, link.side), reached + step <= limit else { continue }
        if round[link.site] != rounds || reached + step < costs[link.site] {
          reach(link.site, at: reached + step, along: link.side)
        }
      }
    }
    return nil
  }

  /// The sides from `site` back to the start of the last search.
  func way(_ plan: RoadPlan, to site: Int) -> [Int] {
    var (way, site) = ([Int](), site)
    while sideTo[site] >= 0 {
      way.append(sideTo[site])
      site = plan.other(of: sideTo[site], than: site)
    }
    return way
  }

  /// Whether the last search came to `site`.
  func reached(_ site: Int) -> Bool { round[site] == rounds }

  private mutating func reach(_ site: Int, at cost: Double, along side: Int) {
    (round[site], costs[site], sideTo[site]) = (rounds, cost, side)
    heap.push(cost, site)
  }
}

/// A binary heap of sites by cost, ties by lower site.
struct Heap {
  private var items: [(cost: Double, site: Int)] = []

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }

  mutating func push(_ cost: Double, _ site: Int) {
    items.append((cost, site))
    var i = items.count - 1
    while i > 0, items[i] < items[(i - 1) / 2] {
      items.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  mutating func pop() -> (cost: Double, site: Int)? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return top }
    items[0] = last
    var i = 0
    while 2 * i + 1 < items.count {
      var child = 2 * i + 1
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      guard items[child] < items[i] else { break }
      items.swapAt(i, child)
      i = child
    }
    return top
  }
}
