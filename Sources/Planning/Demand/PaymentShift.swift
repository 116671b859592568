/// From whom the points that open take their payments.
///
///     let shift = PaymentShift(from: before, to: after, newcomers: 755..<760)
///     shift.losses[0].first  // the point that loses most to the first newcomer, and how much
///
/// What a place's customers no longer pay at a point is shared among the newcomers they think of, in proportion to what each gets
/// there. Under a multinomial choice that is exact: every point gives up the same share of what it had. So the losses to one
/// newcomer add up to its expected payments, but for places that reached no point before; and a point's losses to all
/// newcomers add up to what the two forecasts differ by.
public struct PaymentShift: Sendable {
  /// By newcomer, the points that lose to it, with payments a month: the largest loss first, equal ones by position.
  public let losses: [[(point: Int, payments: Double)]]

  /// - Parameters:
  ///   - before: the forecast without the newcomers.
  ///   - after: with them, of the same places and demand, the points of `before` at the same positions.
  ///   - newcomers: their positions in the points of `after`.
  /// - Complexity: O(*e k*) for *e* entries of both reaches and *k* newcomers that a place thinks of.
  public init(from before: PaymentForecast, to after: PaymentForecast, newcomers: Range<Int>) {
    precondition(before.demand.count == after.demand.count, "two forecasts of the same places are expected")
    var lost = [[Int: Double]](repeating: [:], count: newcomers.count)
    var change: [Int: Double] = [:]
    var takers: [(newcomer: Int, share: Double)] = []
    for place in after.demand.indices where after.demand[place] > 0 {
      takers.removeAll(keepingCapacity: true)
      change.removeAll(keepingCapacity: true)
      for (entry, share) in zip(after.shares.reach[place], after.shares[place]) {
        let point = Int(entry.point)
        if newcomers.contains(point) {
          takers.append((point - newcomers.lowerBound, Double(share)))
        } else {
          change[point, default: 0] -= Double(share)
        }
      }
      let taken = takers.reduce(0) { $0 + $1.share }
      guard taken > 0 else { continue }
      for (entry, share) in zip(before.shares.reach[place], before.shares[place]) {
        change[Int(entry.point), default: 0] += Double(share)
      }
      for (point, share) in change {
        for taker in takers {
          lost[taker.newcomer][point, default: 0] += after.demand[place] * share * taker.share / taken
        }
      }
    }
    losses = lost.map { lost in
      lost.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { (point: $0.key, payments: $0.value) }
    }
  }
}
