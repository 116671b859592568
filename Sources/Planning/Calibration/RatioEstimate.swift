import Foundation

/// A ratio, how sure it is, and which answers were rejected.
struct RatioEstimate {
  /// The ratio that the answers give by themselves.
  var ratio: Double
  /// The ratio after it was drawn toward what is known of others; the same as `ratio` where there are answers enough.
  var value: Double
  /// The middle 95 % of `ratio` when the answers are drawn again; `nil` where there are fewer than 6.
  var interval: ClosedRange<Double>?
  /// How many answers there were.
  var count: Int
  /// The rows of the answers rejected as gross, ascending.
  var rejectedRows: [Int32] = []

  /// Fewer answers than this say nothing of how far the median may be off: with 5, all of them lie on one side of it every
  /// sixteenth time.
  static let fewestForInterval = 6
  /// From this many answers on, draws change nothing that the linearized variance does not say.
  static let mostDrawn = 10_000

  /// Estimates the ratio of `sample`.
  ///
  /// Below 20 answers: the median ratio, drawn toward `prior` with weight n / (n + 8) of its own. From 20 on: answers far from
  /// the median are rejected, and the ratio of the sums of the others is taken. The interval is that of the answers' own
  /// ratio, stretched to hold the value where that was drawn out of it: what was borrowed makes nothing surer.
  ///
  /// Above 10,000 answers the interval comes from the linearized variance of a ratio of sums (Cochran 1977, "Sampling
  /// Techniques", 6.3) instead of draws; at that size both agree.
  ///
  /// - Parameters:
  ///   - prior: what is known of the ratio otherwise.
  ///   - draws: how many times to draw again.
  ///   - numbers: the chance.
  /// - Returns: `nil` of no answers.
  /// - Complexity: O(draws · *n*) up to 10,000 answers, then O(*n*).
  init?(_ sample: RatioSample, prior: Double, draws: Int, numbers: SeededNumbers) {
    guard sample.count > 0 else { return nil }
    count = sample.count
    let once = [Int32](repeating: 1, count: count)
    let isSmall = count < RobustRatio.fewest
    let kept = once.withUnsafeBufferPointer { RobustRatio.kept(sample, $0, total: sample.count) }
    ratio = once.withUnsafeBufferPointer { counts in
      isSmall
        ? exp(RobustRatio.medianLog(sample, counts, total: sample.count))
        : RobustRatio.ratioOfSums(sample, counts, total: sample.count)
    }
    value = ratio
    if isSmall {
      let weight = Double(count) / Double(count + 8)
      value = weight * ratio + (1 - weight) * prior
    } else {
      rejectedRows = (sample.rows[..<kept.lowerBound] + sample.rows[kept.upperBound...]).sorted()
    }
    guard count >= Self.fewestForInterval else { return }
    if count > Self.mostDrawn {
      interval = Self.linearized(sample, kept, ratio)
    } else {
      interval = Self.drawn(sample, isSmall: isSmall, draws: draws, numbers)
    }
    interval = interval.map { min($0.lowerBound, value)...max($0.upperBound, value) }
  }

  private static func drawn(
    _ sample: RatioSample, isSmall: Bool, draws: Int, _ numbers: SeededNumbers
  ) -> ClosedRange<Double>? {
    var numbers = numbers
    let count = sample.count
    var counts = [Int32](repeating: 0, count: count)
    let ratios = counts.withUnsafeMutableBufferPointer { counts in
      (0..<draws).map { _ in
        counts.update(repeating: 0)
        for _ in 0..<count { counts[numbers.position(below: count)] += 1 }
        let drawn = UnsafeBufferPointer(counts)
        return isSmall
          ? exp(RobustRatio.medianLog(sample, drawn, total: count))
          : RobustRatio.ratioOfSums(sample, drawn, total: count)
      }
    }
    return middle95(ratios)
  }

  static func linearized(_ sample: RatioSample, _ kept: Range<Int>, _ ratio: Double) -> ClosedRange<Double> {
    var (squares, whole) = (0.0, 0.0)
    for i in kept {
      let residual = sample.parts[i] - ratio * sample.wholes[i]
      squares += residual * residual
      whole += sample.wholes[i]
    }
    let n = Double(kept.count)
    let error = (squares * n / max(1, n - 1)).squareRoot() / whole
    return max(0, ratio - normal95 * error)...(ratio + normal95 * error)
  }
}
