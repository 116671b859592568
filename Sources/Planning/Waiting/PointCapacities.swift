/// How many payments a month points can take, so that their counters are not busier at the peak than a limit.
///
///     let capacities = PointCapacities(of: network, surveys.services, atMost: 0.85)
///     capacities[7, counters: 2]   // 1_778 payments a month
///
/// The peak is that of `waiting`: the busiest hour of the busiest day, by hours, handling times and busiest days counted. There,
/// utilization grows in proportion to the month's payments; so the capacity is the limit ÷ the utilization of one payment.
public struct PointCapacities: Sendable {
  /// Payments a month for one counter, by point.
  private let each: [Double]
  /// The counters of each point, assumed by its kind where not stated.
  public let counters: [Int]
  /// How busy counters may be.
  public let limit: Double

  /// Handling that takes no time at all would serve anybody: no point is taken to serve more than this a month.
  static let most = 1 << 30

  /// - Parameter limit: how busy counters may be at the peak, above 0.
  /// - Complexity: that of `waiting`.
  public init(
    of network: PaymentNetwork, _ surveys: ServiceSurveyTable, atMost limit: Double = 0.85,
    _ options: WaitingOptions = .init()
  ) {
    precondition(limit > 0, "a utilization above 0 is expected")
    let points = network.points
    let handling = HandlingTimes(
      surveys, kinds: points.kinds, assumed: options.handlingSeconds,
      assumedVariability: options.handlingVariability)
    let volumes = RecentVolumes(network.volumes, pointCount: points.count, months: options.months)
    each = (0..<points.count).map { point in
      let hour = PeakHour(of: point, in: points, volumes, options)
      return limit * hour.monthlySeconds / handling.seconds[point]
    }
    counters = (0..<points.count).map {
      let known = Int(points.counters[$0])
      return known > 0 ? known : WaitingOptions.counters(of: points.kinds[$0])
    }
    self.limit = limit
  }

  /// The payments a month that a point with so many counters can take.
  ///
  /// - Complexity: O(1).
  public subscript(point: Int, counters count: Int) -> Int {
    let payments = each[point] * Double(count)
    // What a division leaves below a whole number by the last bit is that whole number.
    return payments < Double(Self.most) ? Int((payments + 1e-9).rounded(.down)) : Self.most
  }

  /// The payments a month that a point can take with the counters it has.
  public subscript(point: Int) -> Int { self[point, counters: counters[point]] }
}
