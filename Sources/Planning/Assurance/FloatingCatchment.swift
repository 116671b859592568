import Geo
public import Travel

/// How much counter time each place can call its own: the enhanced two-step floating catchment area method (E2SFCA, Luo and Qi,
/// Health & Place 15, 2009).
///
/// Step 1: a point's supply S (counters × hours open a week, or counters where hours are not known for any point) is divided by the
/// customers in its catchment, those nearer weighing more: R_j = S_j ÷ Σ_i D_i W(t_ij). Step 2: a place adds up the ratios of
/// the points it reaches, weighted likewise: A_i = Σ_j R_j W(t_ij). Zones and weights are the paper's: within 10 minutes 1, 20
/// minutes 0.68, 30 minutes 0.22 (a Gaussian curve).
///
/// Customers × A, summed over the places, is the supply of all points with a customer in reach.
public struct FloatingCatchment: Sendable {
  /// A zone of the way: up to a limit, with its weight.
  public struct Zone: Hashable, Sendable {
    /// The longest way; the rim counts as within.
    public var limit: TravelTime
    /// What the zone weighs, 0...1.
    public var weight: Double

    /// Describes a zone.
    public init(limit: TravelTime, weight: Double) {
      self.limit = limit
      self.weight = weight
    }
  }

  /// Luo and Qi's first set of weights.
  public static let zones = [
    Zone(limit: .minutes(10), weight: 1), Zone(limit: .minutes(20), weight: 0.68),
    Zone(limit: .minutes(30), weight: 0.22),
  ]

  /// By place, counter hours a week (or counters) per customer in reach; 0 where none is.
  public private(set) var accessibility: [Double]
  /// Whether supply is counter hours a week; else it is counters.
  public let countsHours: Bool

  /// Works out the accessibility of every place.
  ///
  /// - Parameter options: which points count, and how customers travel.
  /// - Precondition: zones ascend by their limits, at most a day; on roads, `network.roads` is not `nil`.
  /// - Complexity: O(pairs of place and point within the last zone).
  public init(_ network: PaymentNetwork, _ options: CoverageOptions, zones: [Zone] = Self.zones) {
    precondition(!zones.isEmpty, "at least one zone is expected")
    precondition(
      zip(zones, zones.dropFirst()).allSatisfy { $0.limit < $1.limit },
      "zones in ascending order are expected")
    let points = network.points
    let places = network.places
    let filter = PointFilter(options)
    let counting = (0..<Int32(points.count)).filter { filter.counts(Int($0), in: points) }
    let knowsHours = counting.contains { points.hours[Int($0)] >= 0 }
    countsHours = knowsHours
    let supply = (0..<points.count).map { point in
      let known = Int(points.counters[point])
      let counters = Double(known > 0 ? known : WaitingOptions.counters(of: points.kinds[point]))
      // Hours not known beside others that are: those of a full outlet, five days of eight hours.
      let minutes = points.openingHours(of: point)?.minutesPerWeek ?? 5 * 8 * 60
      return knowsHours ? counters * Double(minutes) / 60 : counters
    }

    let reckoner = CatchmentReckoner(network, options, counting: counting, zones: zones)
    let demand = reckoner.demand(of: places.customers)
    let ratios = counting.indices.map { demand[$0] > 0 ? supply[Int(counting[$0])] / demand[$0] : 0 }
    accessibility = reckoner.accessibility(of: ratios)
  }
}

/// The two steps of the method, by straight line or along the roads.
private enum CatchmentReckoner {
  case straight(StraightCatchments)
  /// By place, the points within the last zone.
  case roads(rows: [[Reach.Entry]], counting: [Int32], pointCount: Int, zones: [FloatingCatchment.Zone])

  init(
    _ network: PaymentNetwork, _ options: CoverageOptions, counting: [Int32],
    zones: [FloatingCatchment.Zone]
  ) {
    guard options.travel == .roads else {
      self = .straight(StraightCatchments(network, options, counting: counting, zones: zones))
      return
    }
    guard let roads = network.roads else { preconditionFailure("travel on roads needs a network with roads") }
    let ways = RoadWays(roads, of: network, standard: options.standard, factors: options.factors)
    let rows = ways.within(
      zones[zones.count - 1].limit, of: counting, to: network.places, mode: options.standard.mode(of:))
    self = .roads(rows: rows, counting: counting, pointCount: network.points.count, zones: zones)
  }

  /// By position in the counting points, the customers in the catchment, those nearer weighing more.
  func demand(of customers: [Int]) -> [Double] {
    switch self {
    case .straight(let catchments): return catchments.demand(of: customers)
    case .roads(let rows, let counting, let pointCount, let zones):
      var demand = [Double](repeating: 0, count: pointCount)
      for (place, row) in rows.enumerated() {
        for entry in row {
          demand[Int(entry.point)] += Double(customers[place]) * weight(entry.seconds, zones)
        }
      }
      return counting.map { demand[Int($0)] }
    }
  }

  /// By place, the ratios within reach, those nearer weighing more.
  func accessibility(of ratios: [Double]) -> [Double] {
    switch self {
    case .straight(let catchments): return catchments.accessibility(of: ratios)
    case .roads(let rows, let counting, let pointCount, let zones):
      var byPoint = [Double](repeating: 0, count: pointCount)
      for (ratio, point) in zip(ratios, counting) { byPoint[Int(point)] = ratio }
      return rows.map { row in
        row.reduce(0) { $0 + byPoint[Int($1.point)] * weight($1.seconds, zones) }
      }
    }
  }

  private func weight(_ seconds: Int32, _ zones: [FloatingCatchment.Zone]) -> Double {
    zones.first { Int(seconds) <= $0.limit.seconds }?.weight ?? 0
  }
}
