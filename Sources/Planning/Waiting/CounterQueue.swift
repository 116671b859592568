import Foundation

/// A queue before counters: how busy they are, and how long people wait, once arrivals have come at the same pace for a while.
///
///     let queue = CounterQueue(arrivalsPerSecond: 20.0 / 3600, handlingSeconds: 120, counters: 1)
///     queue.utilization      // 0.667
///     queue.meanWaitSeconds  // 240: M/M/1
///
/// Several counters with one line (M/M/c) by Erlang's formulas; other variabilities by the approximation of Allen (1990) and
/// Cunneen. Beside a simulation the approximation is within 2 % for one counter, 5 % low for two to four, and 10 % low
/// for three that are 90 % busy with c_a² = 1.5; the tests repeat that.
public struct CounterQueue: Hashable, Sendable {
  /// More counters than any hall has; whoever claims more is taken to have these.
  public static let mostCounters = 10_000

  /// λ: arrivals per second.
  public let arrivalsPerSecond: Double
  /// E[S]: mean seconds at the counter.
  public let handlingSeconds: Double
  /// c: how many counters serve the one line.
  public let counters: Int
  /// c_a²: the squared coefficient of variation of the times between arrivals; 1 where people come independently.
  public let arrivalVariability: Double
  /// c_s²: that of the handling times.
  public let handlingVariability: Double

  /// Describes a queue.
  ///
  /// - Precondition: `counters` is at least 1; everything else is finite and at least 0.
  public init(
    arrivalsPerSecond: Double, handlingSeconds: Double, counters: Int, arrivalVariability: Double = 1,
    handlingVariability: Double = 1
  ) {
    precondition(counters >= 1, "at least one counter is expected, not \(counters)")
    for value in [arrivalsPerSecond, handlingSeconds, arrivalVariability, handlingVariability] {
      precondition(value >= 0 && value.isFinite, "a finite number of at least 0 is expected, not \(value)")
    }
    self.arrivalsPerSecond = arrivalsPerSecond
    self.handlingSeconds = handlingSeconds
    self.counters = min(counters, Self.mostCounters)
    self.arrivalVariability = arrivalVariability
    self.handlingVariability = handlingVariability
  }

  /// a = λ E[S]: how many counters would be busy all the time.
  public var load: Double { arrivalsPerSecond * handlingSeconds }

  /// ρ = a ÷ c; the formulas mean something below 1 only.
  public var utilization: Double { load / Double(counters) }

  /// Whether the counters keep up.
  public var keepsUp: Bool { utilization < 1 }

  /// Erlang B: the probability that all `counters` are busy where nobody waits (Erlang 1917), by the recursion
  /// B₀ = 1, B_k = a B_{k-1} ÷ (k + a B_{k-1}), which neither overflows nor cancels.
  ///
  /// - Complexity: O(`counters`), less where the load is small.
  public static func erlangB(load: Double, counters: Int) -> Double {
    var blocking = 1.0
    for k in 1...max(1, counters) {
      blocking = load * blocking / (Double(k) + load * blocking)
      if blocking == 0 { break }
    }
    return blocking
  }

  /// Erlang C: the probability that somebody has to wait; `nil` where the counters do not keep up.
  public var probabilityOfWaiting: Double? {
    guard keepsUp else { return nil }
    let blocking = Self.erlangB(load: load, counters: counters)
    return blocking / (1 - utilization * (1 - blocking))
  }

  /// The mean seconds in the line; `nil` where the counters do not keep up.
  ///
  /// Wq = C(c, a) E[S] ÷ (c - a) × (c_a² + c_s²) ÷ 2.
  public var meanWaitSeconds: Double? {
    guard let waiting = probabilityOfWaiting else { return nil }
    return waiting * handlingSeconds / (Double(counters) - load) * variability
  }

  /// The share of people who wait longer than `seconds`; `nil` where the counters do not keep up.
  ///
  /// C(c, a) exp(-(c - a) t ÷ E[S] × 2 ÷ (c_a² + c_s²)): exact for M/M/c, an approximation of the tail otherwise.
  public func share(waitingLongerThan seconds: Double) -> Double? {
    guard let waiting = probabilityOfWaiting else { return nil }
    guard handlingSeconds > 0, variability > 0 else { return seconds > 0 ? 0 : waiting }
    return waiting * exp(-(Double(counters) - load) * seconds / handlingSeconds / variability)
  }

  /// (c_a² + c_s²) ÷ 2.
  private var variability: Double { (arrivalVariability + handlingVariability) / 2 }
}
