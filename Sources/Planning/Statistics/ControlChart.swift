import Foundation

/// Values one after another with the limits that chance alone keeps within (Shewhart 1931; Montgomery, "Introduction to Statistical
/// Quality Control", chapters 7 and 9).
///
///     let chart = ControlChart.proportions([95, 97, 80], of: [100, 100, 100])
///     chart.points[2].isOut  // true: fewer than chance explains
///
/// A point is out where it lies beyond a limit; on it, it is in. Nothing is said where the whole is empty.
public struct ControlChart: Hashable, Sendable {
  /// What is charted.
  public enum Kind: String, Sendable {
    /// Shares of a whole, each with limits by the size of its whole.
    case proportions = "p"
    /// Counts per exposure, each with limits by its exposure.
    case rates = "u"
    /// A mean that forgets: small lasting shifts show that single values hide.
    case movingAverage = "ewma"
  }

  /// One value with its limits.
  public struct Point: Hashable, Sendable {
    /// The share, the rate, or the moving average.
    public let value: Double
    /// The smallest value that chance explains.
    public let lower: Double
    /// The largest.
    public let upper: Double
    /// Whether it lies beyond a limit.
    public var isOut: Bool { value < lower - tolerance || value > upper + tolerance }

    // A value that lies on its limit, but for the last digits of the arithmetic, is in.
    private var tolerance: Double { 1e-12 * max(1, abs(upper)) }
  }

  /// What is charted.
  public let kind: Kind
  /// What all values together say.
  public let center: Double
  /// In the order given; `nil` where the whole, or the exposure, is 0.
  public let points: [Point?]

  /// A p chart: the share of `wholes` that each of `counts` is, with limits of three standard deviations, cut at 0 and 1.
  ///
  /// p̄ ± 3 √(p̄ (1 − p̄) ÷ n), p̄ = Σ counts ÷ Σ wholes.
  ///
  /// - Precondition: as many counts as wholes; each count is in 0...its whole.
  /// - Returns: `nil` where all wholes are 0.
  /// - Complexity: O(n).
  public static func proportions(_ counts: [Int], of wholes: [Int]) -> ControlChart? {
    precondition(
      counts.count == wholes.count && zip(counts, wholes).allSatisfy { $0 >= 0 && $0 <= $1 },
      "each count is a part of its whole")
    let all = wholes.reduce(0.0) { $0 + Double($1) }
    guard all > 0 else { return nil }
    let center = counts.reduce(0.0) { $0 + Double($1) } / all
    let points = zip(counts, wholes).map { count, whole -> Point? in
      guard whole > 0 else { return nil }
      let half = 3 * (center * (1 - center) / Double(whole)).squareRoot()
      return Point(
        value: Double(count) / Double(whole), lower: max(0, center - half), upper: min(1, center + half))
    }
    return ControlChart(kind: .proportions, center: center, points: points)
  }

  /// A u chart: events per exposure, with limits of three standard deviations, cut at 0.
  ///
  /// ū ± 3 √(ū ÷ n), ū = Σ events ÷ Σ exposures.
  ///
  /// - Precondition: as many events as exposures, none negative or infinite.
  /// - Returns: `nil` where all exposures are 0.
  /// - Complexity: O(n).
  public static func rates(_ events: [Int], per exposures: [Double]) -> ControlChart? {
    precondition(
      events.count == exposures.count && events.allSatisfy { $0 >= 0 }
        && exposures.allSatisfy { $0 >= 0 && $0.isFinite },
      "events and exposures are not negative, and one belongs to each other")
    let all = exposures.reduce(0, +)
    guard all > 0, all.isFinite else { return nil }
    let center = events.reduce(0.0) { $0 + Double($1) } / all
    let points = zip(events, exposures).map { count, exposure -> Point? in
      guard exposure > 0 else { return nil }
      let half = 3 * (center / exposure).squareRoot()
      return Point(value: Double(count) / exposure, lower: max(0, center - half), upper: center + half)
    }
    return ControlChart(kind: .rates, center: center, points: points)
  }

  /// An EWMA chart: z = λ x + (1 − λ) z before, from the mean of all; limits x̄ ± L σ √(λ ÷ (2 − λ) (1 − (1 − λ)^2t)).
  ///
  /// σ is the mean moving range ÷ 1.128 (d₂ of two), which a lasting shift hardly widens.
  ///
  /// - Parameters:
  ///   - weight: λ, how much the newest value counts (0.2 by default, as Montgomery 9.2 recommends with L = 2.7 to 3).
  ///   - width: L.
  /// - Precondition: all values are finite; `weight` is in 0...1 and not 0; `width` is positive.
  /// - Returns: `nil` below two values.
  /// - Complexity: O(n).
  public static func movingAverage(_ values: [Double], weight: Double = 0.2, width: Double = 2.7)
    -> ControlChart?
  {
    precondition(
      values.allSatisfy(\.isFinite) && weight > 0 && weight <= 1 && width > 0,
      "finite values, a weight in 0...1 and a positive width")
    guard values.count >= 2 else { return nil }
    let center = values.reduce(0, +) / Double(values.count)
    let ranges = zip(values, values.dropFirst()).reduce(0) { $0 + abs($1.0 - $1.1) }
    let deviation = ranges / Double(values.count - 1) / 1.128
    var average = center
    var points: [Point?] = []
    var forgotten = 1.0
    for value in values {
      average = weight * value + (1 - weight) * average
      forgotten *= (1 - weight) * (1 - weight)
      let half = width * deviation * (weight / (2 - weight) * (1 - forgotten)).squareRoot()
      points.append(Point(value: average, lower: center - half, upper: center + half))
    }
    return ControlChart(kind: .movingAverage, center: center, points: points)
  }
}
