/// The most profit that fits into a capacity, by branch and bound on items in the order of profit per weight (Horowitz and Sahni
/// 1974, "Computing partitions with applications to the knapsack problem", JACM 21).
///
///     var knapsack = Knapsack()
///     knapsack.add(profit: 60, weight: 10, slot: 0)
///     knapsack.add(profit: 100, weight: 20, slot: 1)
///     knapsack.most(within: 25, isExact: true)  // 100
///
/// Scratch space: made once and filled again for each site.
struct Knapsack {
  private struct Item {
    var profit: Int
    var weight: Int
    var slot: Int
    var ratio: Double
  }

  private var items: [Item] = []
  private var weight = 0
  private var profit = 0
  private var isSorted = false
  private var isIn: [Bool] = []
  private var bestIn: [Bool] = []
  /// After `most`: how much of each item was taken, by the slots given.
  private(set) var taken: [(slot: Int, share: Double)] = []

  /// How many steps a search may take before the bound of the relaxation is the answer.
  private static let mostSteps = 4_000

  mutating func removeAll() {
    items.removeAll(keepingCapacity: true)
    (weight, profit, isSorted) = (0, 0, false)
  }

  /// - Precondition: the profit is above 0, the weight is at least 1.
  mutating func add(profit: Int, weight: Int, slot: Int) {
    items.append(Item(profit: profit, weight: weight, slot: slot, ratio: Double(profit) / Double(weight)))
    self.weight += weight
    self.profit += profit
  }

  /// At least the most profit of whole items within `capacity`; exactly that where `isExact` and the search is short.
  ///
  /// - Complexity: O(*n* log *n*), with `isExact` at most `mostSteps` · *n* more.
  mutating func most(within capacity: Int, isExact: Bool) -> Int {
    taken.removeAll(keepingCapacity: true)
    if weight <= capacity {
      for item in items { taken.append((item.slot, 1)) }
      return profit
    }
    sort()
    var (room, sum, critical) = (capacity, 0, 0)
    while critical < items.count, items[critical].weight <= room {
      room -= items[critical].weight
      sum += items[critical].profit
      critical += 1
    }
    // For any ρ the most is at most ρ · capacity + Σ max(0, profit − ρ · weight); this ρ makes it nearly least.
    let rate = items[critical].profit / items[critical].weight
    var bound = rate * capacity
    for item in items {
      let more = item.profit - rate * item.weight
      if more > 0 { bound += more }
    }
    if isExact, let (best, isFinished) = search(capacity), isFinished || taken.isEmpty {
      for i in items.indices where bestIn[i] { taken.append((items[i].slot, 1)) }
      return isFinished ? min(best, bound) : bound
    }
    for i in 0..<critical { taken.append((items[i].slot, 1)) }
    if room > 0 { taken.append((items[critical].slot, Double(room) / Double(items[critical].weight))) }
    return bound
  }

  private mutating func sort() {
    if isSorted { return }
    isSorted = true
    items.sort { a, b in
      if abs(a.ratio - b.ratio) > 1e-9 * a.ratio { return a.ratio > b.ratio }
      // Too near to trust the quotients: cross products decide.
      let left = a.profit.multipliedFullWidth(by: b.weight)
      let right = b.profit.multipliedFullWidth(by: a.weight)
      return (left.high, left.low, b.slot) > (right.high, right.low, a.slot)
    }
  }

  /// The best set of whole items, left in `bestIn`, and whether nothing was left out.
  private mutating func search(_ capacity: Int) -> (best: Int, isFinished: Bool)? {
    let count = items.count
    isIn = [Bool](repeating: false, count: count)
    bestIn = isIn
    var (best, sum, room, next, steps) = (-1, 0, capacity, 0, 0)
    while true {
      steps += 1
      if steps > Self.mostSteps { return (best, false) }
      var (end, ahead, left) = (next, sum, room)
      while end < count, items[end].weight <= left {
        ahead += items[end].profit
        left -= items[end].weight
        end += 1
      }
      let ceiling =
        end < count
        ? ahead
          + items[end].weight.dividingFullWidth(items[end].profit.multipliedFullWidth(by: left)).quotient
        : ahead
      if ceiling > best {
        for i in next..<end { isIn[i] = true }
        (sum, room) = (ahead, left)
        if sum > best {
          best = sum
          for i in 0..<count { bestIn[i] = i < end && isIn[i] }
        }
        if end < count - 1 {
          isIn[end] = false
          next = end + 1
          continue
        }
        next = end
      }
      // Back to the last item taken, and on without it.
      var last = next - 1
      while last >= 0, !isIn[last] { last -= 1 }
      if last < 0 { return (best, true) }
      isIn[last] = false
      sum -= items[last].profit
      room += items[last].weight
      for i in (last + 1)..<max(last + 1, min(count, next + 1)) { isIn[i] = false }
      next = last + 1
    }
  }
}
