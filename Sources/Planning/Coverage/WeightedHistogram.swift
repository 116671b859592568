/// How much weight lies on each whole number: a distribution that changes.
///
/// Numbers are counted in pages of 256, of which only those exist that something ever lay on; a percentile adds up pages, then
/// the numbers of one page. Memory is 12 bytes a number of a page, and 20 a page.
struct WeightedHistogram: Sendable {
  private static let width = 8

  /// By page of numbers, where its bins are, in pages; -1 where nothing ever lay on it.
  private var pages: [Int32] = []
  // By bin.
  private var weights: [Int] = []
  private var counts: [Int32] = []
  // By page of bins.
  private var pageWeights: [Int] = []
  private var pageCounts: [Int32] = []
  private var total = 0
  private var sum = WholeSum()

  /// Nothing.
  init() {}

  /// Puts weight on a number at least 0.
  ///
  /// - Complexity: O(1) once its page exists.
  mutating func add(_ value: Int, weight: Int) {
    let page = value >> Self.width
    while pages.count <= page { pages.append(-1) }
    if pages[page] < 0 {
      pages[page] = Int32(pageWeights.count)
      pageWeights.append(0)
      pageCounts.append(0)
      weights.append(contentsOf: repeatElement(0, count: 1 << Self.width))
      counts.append(contentsOf: repeatElement(0, count: 1 << Self.width))
    }
    let slot = Int(pages[page])
    let bin = slot << Self.width + value & (1 << Self.width - 1)
    weights[bin] += weight
    counts[bin] += 1
    pageWeights[slot] += weight
    pageCounts[slot] += 1
    total += weight
    sum.add(weight, times: value)
  }

  /// Takes away what was added before.
  ///
  /// - Complexity: O(1).
  mutating func subtract(_ value: Int, weight: Int) {
    let slot = Int(pages[value >> Self.width])
    let bin = slot << Self.width + value & (1 << Self.width - 1)
    weights[bin] -= weight
    counts[bin] -= 1
    pageWeights[slot] -= weight
    pageCounts[slot] -= 1
    total -= weight
    sum.subtract(weight, times: value)
  }

  /// The numbers something lies on, ascending, and how much; what lies there may weigh nothing.
  ///
  /// - Complexity: O(numbers of the pages).
  var bins: [Weighted] {
    var bins: [Weighted] = []
    for (page, slot) in pages.enumerated() where slot >= 0 && pageCounts[Int(slot)] > 0 {
      for i in 0..<1 << Self.width where counts[Int(slot) << Self.width + i] > 0 {
        bins.append(Weighted(value: page << Self.width + i, weight: weights[Int(slot) << Self.width + i]))
      }
    }
    return bins
  }

  /// Whether the same weight lies on the same numbers.
  func equals(_ other: WeightedHistogram) -> Bool {
    total == other.total && sum == other.sum && bins == other.bins
  }

  /// The figures. The maximum is that of all values, whatever they weigh.
  ///
  /// - Complexity: O(pages).
  var distribution: CoverageSummary.Distribution {
    var result = CoverageSummary.Distribution()
    result.max = greatest
    guard total > 0 else { return result }
    result.mean = sum.value / Double(total)
    result.p50 = percentile(50)
    result.p90 = percentile(90)
    result.p95 = percentile(95)
    return result
  }

  private var greatest: Int? {
    guard let page = pages.lastIndex(where: { $0 >= 0 && pageCounts[Int($0)] > 0 }) else { return nil }
    let start = Int(pages[page]) << Self.width
    guard let bin = (0..<1 << Self.width).last(where: { counts[start + $0] > 0 }) else { return nil }
    return page << Self.width + bin
  }

  /// The smallest value that at least so many percent of the weight do not exceed.
  private func percentile(_ percent: Int) -> Int? {
    let wanted = total.multipliedFullWidth(by: percent)
    // below ÷ total ≥ percent ÷ 100, without a division that could round.
    func isEnough(_ below: Int) -> Bool {
      let found = below.multipliedFullWidth(by: 100)
      return found.high != wanted.high ? found.high > wanted.high : found.low >= wanted.low
    }
    var below = 0
    for (page, slot) in pages.enumerated() where slot >= 0 {
      let slot = Int(slot)
      guard isEnough(below + pageWeights[slot]) else {
        below += pageWeights[slot]
        continue
      }
      for i in 0..<1 << Self.width {
        below += weights[slot << Self.width + i]
        if isEnough(below) { return page << Self.width + i }
      }
    }
    return nil
  }
}

/// A value and how much it weighs.
struct Weighted: Hashable {
  var value: Int
  var weight: Int
}

/// The mean over the worst-served tenth of the weight (conditional value at risk, CVaR90; Rockafellar and Uryasev
/// 2000); the value on the border of the tenth counts with the part of its weight that falls inside.
///
/// - Parameter bins: different values, ascending.
func worstTenthMean(_ bins: [Weighted]) -> Double? {
  let total = bins.reduce(0) { $0 + $1.weight }
  guard total > 0 else { return nil }
  let tenth = Double(total) / 10
  var left = tenth
  var sum = 0.0
  for bin in bins.reversed() where left > 0 {
    let part = min(left, Double(bin.weight))
    sum += part * Double(bin.value)
    left -= part
  }
  return sum / tenth
}

/// The Gini coefficient of the values: half the mean absolute difference of two people, relative to the mean.
///
/// From the Lorenz curve of the sorted values; 0 where all are alike, also where all are 0.
///
/// - Parameter bins: different values, ascending.
func gini(_ bins: [Weighted]) -> Double? {
  let total = Double(bins.reduce(0) { $0 + $1.weight })
  guard total > 0 else { return nil }
  let sum = bins.reduce(0.0) { $0 + Double($1.value) * Double($1.weight) }
  guard sum > 0 else { return 0 }
  var below = 0.0
  var area = 0.0
  for bin in bins {
    let share = Double(bin.value) * Double(bin.weight)
    area += Double(bin.weight) * (2 * below + share)
    below += share
  }
  return max(0, 1 - area / (total * sum))
}
