import Foundation

/// A ratio, how sure it is, and which answers were rejected.
struct RatioEstimate {
  /// What people told.
  enum Told {
    /// The numerator, in meters.
    case meters
    /// The numerator, in whole minutes; both numbers are in seconds.
    case minutesAbove
    /// The denominator, in whole minutes; it is in seconds.
    case minutesBelow
  }

  /// How the ratio came about.
  enum Method { case median, ratioOfSums, roundedMinutes }

  /// The ratio that the answers give by themselves.
  var ratio: Double
  /// The ratio after it was drawn toward what is known of others; the same as `ratio` where there are answers enough.
  var value: Double
  /// The middle 95 % of `ratio` when the answers are drawn again; `nil` where there are fewer than 6.
  var interval: ClosedRange<Double>?
  /// How many answers there were.
  var count: Int
  /// How the ratio came about.
  var method: Method
  /// The rows of the answers rejected as gross, ascending.
  var rejectedRows: [Int32] = []

  /// Fewer answers than this say nothing of how far the median may be off: with 5, all of them lie on one side of it every
  /// sixteenth time.
  static let fewestForInterval = 6
  /// From this many answers on, draws change nothing that the linearized variance does not say.
  static let mostDrawn = 10_000

  /// Estimates the ratio of `sample`.
  ///
  /// Below 20 answers: the median ratio, drawn toward `prior` with weight n / (n + 8) of its own. From 20 on answers far from
  /// the median are rejected. Then lengths give the ratio of their sums. Minutes do not: a way of 6 minutes is told as 10 oftener
  /// than one of 14, because there are more of them; in simulated counties the ratio of sums made people 4 % slower than they
  /// were. The distribution behind the rounded minutes (`RoundedTimesFit`) was off by less than 1 %.
  ///
  /// The interval is that of the answers' own ratio, stretched to hold the value where that was drawn out of it: what was
  /// borrowed makes nothing surer. Above 10,000 answers it comes from the linearized variance of a ratio of sums (Cochran 1977,
  /// "Sampling Techniques", 6.3), or the information in the minutes, instead of draws; at that size both agree.
  ///
  /// - Parameters:
  ///   - told: what of the pairs people told.
  ///   - prior: what is known of the ratio otherwise.
  ///   - draws: how many times to draw again.
  ///   - numbers: the chance.
  /// - Returns: `nil` of no answers.
  /// - Complexity: O(draws · *n*) up to 10,000 answers, then O(*n*).
  init?(_ sample: RatioSample, told: Told, prior: Double, draws: Int, numbers: SeededNumbers) {
    guard sample.count > 0 else { return nil }
    count = sample.count
    let once = [Int32](repeating: 1, count: count)
    let all = 0..<count
    if count < RobustRatio.fewest {
      method = .median
      ratio = exp(once.withUnsafeBufferPointer { RobustRatio.medianLog(sample, $0, total: all.count) })
      let weight = Double(count) / Double(count + 8)
      value = weight * ratio + (1 - weight) * prior
      if count >= Self.fewestForInterval {
        interval = Self.drawn(sample, draws, numbers) {
          exp(RobustRatio.medianLog(sample, $0, total: all.count))
        }
      }
    } else {
      let kept = once.withUnsafeBufferPointer { RobustRatio.kept(sample, $0, total: all.count) }
      rejectedRows = (sample.rows[..<kept.lowerBound] + sample.rows[kept.upperBound...]).sorted()
      if told != .meters, let fit = RoundedTimesFit(ways: Self.answers(sample, kept, told)) {
        method = .roundedMinutes
        let sign = told == .minutesAbove ? 1.0 : -1
        ratio = exp(sign * fit.parameters.mean)
        if count <= Self.mostDrawn {
          interval = middle95(fit.drawn(draws, numbers: numbers).map { exp(sign * $0.mean) })
        } else if let errors = fit.standardErrors(within: 10) {
          interval = ratio * exp(-normal95 * errors.mean)...ratio * exp(normal95 * errors.mean)
        }
      } else {
        method = .ratioOfSums
        ratio = once.withUnsafeBufferPointer { RobustRatio.ratioOfSums(sample, $0, total: all.count) }
        if count <= Self.mostDrawn {
          interval = Self.drawn(sample, draws, numbers) {
            RobustRatio.ratioOfSums(sample, $0, total: all.count)
          }
        } else {
          interval = Self.linearized(sample, kept, ratio)
        }
      }
      value = ratio
    }
    interval = interval.map { min($0.lowerBound, value)...max($0.upperBound, value) }
  }

  /// The middle of what `estimate` says of surveys drawn from this one.
  private static func drawn(
    _ sample: RatioSample, _ draws: Int, _ numbers: SeededNumbers,
    _ estimate: (UnsafeBufferPointer<Int32>) -> Double
  ) -> ClosedRange<Double>? {
    var numbers = numbers
    let count = sample.count
    var counts = [Int32](repeating: 0, count: count)
    let ratios = counts.withUnsafeMutableBufferPointer { counts in
      (0..<draws).map { _ in
        counts.update(repeating: 0)
        for _ in 0..<count { counts[numbers.position(below: count)] += 1 }
        return estimate(UnsafeBufferPointer(counts))
      }
    }
    return middle95(ratios)
  }

  /// The interval of a ratio of sums over the pairs `kept`, from its linearized variance.
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

  /// The pairs `kept` as minutes told for ways.
  private static func answers(
    _ sample: RatioSample, _ kept: Range<Int>, _ told: Told
  ) -> [RoundedTimes.Answer: Int] {
    var answers: [RoundedTimes.Answer: Int] = [:]
    for i in kept {
      let (seconds, length) =
        told == .minutesAbove ? (sample.parts[i], sample.wholes[i]) : (sample.wholes[i], sample.parts[i])
      // A minute of a way at 1 m/s, or a minute along the roads, is the unit.
      let answer = RoundedTimes.Answer(
        minutes: max(1, Int((seconds / 60).rounded())),
        length: Int((log(length / 60) / RoundedTimes.Answer.lengthStep).rounded()))
      answers[answer, default: 0] += 1
    }
    return answers
  }
}
