import Foundation

/// Pairs of positive numbers whose common ratio is asked, sorted by it.
///
/// Sorted once, so that a resampled median, its spread and the sums inside it are walks along the arrays.
struct RatioSample {
  /// The logarithms of the ratios, ascending.
  let logRatios: [Double]
  /// The numerators, in the same order.
  let parts: [Double]
  /// The denominators, in the same order.
  let wholes: [Double]
  /// The caller's name for each pair, in the same order.
  let rows: [Int32]

  /// One pair.
  struct Pair {
    var part: Double
    var whole: Double
    var row: Int32
  }

  /// Sorts `pairs`; equal ratios in the order of their rows.
  ///
  /// - Precondition: both numbers of each pair are finite and above 0.
  /// - Complexity: O(*n* log *n*).
  init(_ pairs: [Pair]) {
    struct Key: Comparable {
      var log: Double
      var row: Int32
      var at: Int32
      static func < (a: Key, b: Key) -> Bool { a.log != b.log ? a.log < b.log : a.row < b.row }
    }
    precondition(
      pairs.allSatisfy { $0.part > 0 && $0.whole > 0 && $0.part.isFinite && $0.whole.isFinite },
      "positive numbers are expected")
    let order = pairs.enumerated().map { Key(log: log($1.part / $1.whole), row: $1.row, at: Int32($0)) }
      .sorted()
    logRatios = order.map(\.log)
    parts = order.map { pairs[Int($0.at)].part }
    wholes = order.map { pairs[Int($0.at)].whole }
    rows = order.map(\.row)
  }

  /// How many pairs there are.
  var count: Int { rows.count }
}

/// The ratio of a sample that gross errors do not move.
///
/// The estimators were compared on simulated surveys with 6 % gross errors (true ratio 1.41): the mean of ratios was off by
/// +0.40 and least squares through the origin by +0.29, whatever the size; the median ratio by +0.03 and the ratio of sums
/// after rejection by +0.01, with root mean square errors of 0.11 at 12 answers and 0.037 at 100.
enum RobustRatio {
  /// Below so many answers the median is taken, from there on outliers are rejected.
  static let fewest = 20
  /// Ratios whose logarithms lie farther from the median than this many standard deviations are rejected, where the standard
  /// deviation is 1.4826 times the median absolute deviation (Iglewicz and Hoaglin 1993).
  static let rejection = 3.5
  /// The least standard deviation of the logarithm that is believed: answers rounded alike have no spread at all, and those
  /// a few percent beside them are not wrong for that.
  static let leastSpread = 0.05

  /// The logarithm of the median ratio of a resampled sample, of two middle ones their mean.
  ///
  /// - Parameter counts: how often each pair was drawn, `total` in all; at least 1.
  static func medianLog(_ sample: RatioSample, _ counts: UnsafeBufferPointer<Int32>, total: Int) -> Double {
    var below = 0
    var lower = 0.0
    for i in 0..<counts.count {
      let before = below
      below += Int(counts[i])
      if before <= (total - 1) / 2, below > (total - 1) / 2 { lower = sample.logRatios[i] }
      if below > total / 2 { return (lower + sample.logRatios[i]) / 2 }
    }
    return lower
  }

  /// The pairs whose log ratios are near enough to the median, as positions in the sample.
  static func kept(_ sample: RatioSample, _ counts: UnsafeBufferPointer<Int32>, total: Int) -> Range<Int> {
    let logs = sample.logRatios
    let median = medianLog(sample, counts, total: total)
    var (left, right) = (0, 0)
    // The deviations in ascending order: outward from the median, the nearer of the two sides next.
    var high = lowerBound(of: median, in: logs)
    var low = high - 1
    var seen = 0
    var lower = 0.0
    var deviation = 0.0
    while low >= 0 || high < logs.count {
      let goesLeft = high >= logs.count || (low >= 0 && median - logs[low] <= logs[high] - median)
      let at = goesLeft ? low : high
      deviation = abs(logs[at] - median)
      let before = seen
      seen += Int(counts[at])
      if before <= (total - 1) / 2, seen > (total - 1) / 2 { lower = deviation }
      if seen > total / 2 { break }
      if goesLeft { low -= 1 } else { high += 1 }
    }
    let spread = max(leastSpread, 1.482_602_218_505_602 * (lower + deviation) / 2)
    left = lowerBound(of: median - rejection * spread, in: logs)
    right = lowerBound(of: (median + rejection * spread).nextUp, in: logs)
    return left..<right
  }

  /// The ratio of the sums over the pairs that are not rejected.
  static func ratioOfSums(
    _ sample: RatioSample, _ counts: UnsafeBufferPointer<Int32>, total: Int
  ) -> Double {
    var (part, whole) = (0.0, 0.0)
    for i in kept(sample, counts, total: total) where counts[i] > 0 {
      part += Double(counts[i]) * sample.parts[i]
      whole += Double(counts[i]) * sample.wholes[i]
    }
    return part / whole
  }

  /// The first position whose value is at least `value`.
  private static func lowerBound(of value: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
