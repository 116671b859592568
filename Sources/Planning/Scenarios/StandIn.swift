/// Whether a point can take over what another one leaves.
///
/// Capacity is that of the busiest hour (`Waiting`). How much money a point keeps for paying out, its float, is not known.
public struct StandIn: Hashable, Sendable {
  /// The share of the other's payments that it takes over.
  public let share: Double
  /// The share of the other's open minutes in which it is open too; `nil` where the hours of either are not known.
  public let hoursShare: Double?
  /// How busy its counters are at the peak before; `nil` where its volumes are not known.
  public let utilizationBefore: Double?
  /// The same after.
  public let utilizationAfter: Double?
  /// The mean wait at the peak after, in seconds.
  public let waitSecondsAfter: Double?

  /// Whether its counters keep up at the peak after; `nil` where that is not known.
  public var keepsUp: Bool? { utilizationAfter.map { $0 < 1 } }
}

extension ScenarioOutcome {
  /// What is known of a point that takes over.
  ///
  /// - Complexity: O(*n*) in the number of intervals of opening hours.
  public func standIn(_ taker: ScenarioPayments.Takeover.Taker, for takeover: ScenarioPayments.Takeover) -> StandIn {
    let past = networkBefore.points.openingHours(of: takeover.point)
    let own = network.points.openingHours(of: taker.point)
    var hoursShare: Double?
    if let past, let own, past.minutesPerWeek > 0 {
      hoursShare = Double(past.minutesOpen(with: own)) / Double(past.minutesPerWeek)
    }
    let before =
      taker.point < networkBefore.points.count ? waiting?.before.peaks[taker.point] : nil
    let after = waiting?.after.peaks[taker.point]
    return StandIn(
      share: takeover.payments > 0 ? taker.payments / takeover.payments : 0, hoursShare: hoursShare,
      utilizationBefore: before?.utilization, utilizationAfter: after?.utilization,
      waitSecondsAfter: after?.meanWaitSeconds)
  }
}

extension OpeningHours {
  /// How many minutes of the week both are open.
  ///
  /// - Complexity: O(*n* *m*) in the numbers of intervals.
  public func minutesOpen(with other: OpeningHours) -> Int {
    intervals.reduce(0) { sum, a in
      other.intervals.reduce(sum) { $0 + max(0, min(a.end, $1.end) - max(a.start, $1.start)) }
    }
  }
}

extension PointViability {
  /// Points that earn fees and take fewer payments than they need to pay.
  public var belowBreakEven: Int {
    balances.count { balance in
      guard let balance, balance.earnsFees else { return false }
      return balance.breakEvenPayments.map { balance.paymentsPerMonth < $0 } ?? true
    }
  }
}
