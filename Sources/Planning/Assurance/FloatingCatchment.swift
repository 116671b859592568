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

    func weight(_ seconds: Int32) -> Double {
      zones.first { Int(seconds) <= $0.limit.seconds }?.weight ?? 0
    }
    let reach = reachWithin(zones[zones.count - 1].limit, of: counting, in: network, options)
    var demand = [Double](repeating: 0, count: points.count)
    reach.forEach { place, entry in
      demand[Int(entry.point)] += Double(places.customers[place]) * weight(entry.seconds)
    }
    var accessibility = [Double](repeating: 0, count: places.count)
    reach.forEach { place, entry in
      let demand = demand[Int(entry.point)]
      if demand > 0 { accessibility[place] += supply[Int(entry.point)] / demand * weight(entry.seconds) }
    }
    self.accessibility = accessibility
  }
}

/// The pairs of place and point within a time, as a question that can be asked twice: a nation's pairs are too many to keep.
struct ReachWithin {
  let forEach: (_ body: (Int, Reach.Entry) -> Void) -> Void
}

/// The points of `counting` within `limit` of each place.
func reachWithin(
  _ limit: TravelTime, of counting: [Int32], in network: PaymentNetwork, _ options: CoverageOptions
) -> ReachWithin {
  let places = network.places
  let standard = options.standard
  if options.travel == .roads {
    guard let roads = network.roads else { preconditionFailure("travel on roads needs a network with roads") }
    let rows = RoadWays(roads, of: network, standard: standard, factors: options.factors).within(
      limit, of: counting, to: places, mode: standard.mode(of:))
    return ReachWithin { body in
      for (place, row) in rows.enumerated() {
        for entry in row { body(place, entry) }
      }
    }
  }
  let index = GridIndex(
    latitudes: counting.map { network.points.latitudes[Int($0)] },
    longitudes: counting.map { network.points.longitudes[Int($0)] })
  let lines = Setting.allCases.map { StraightLine(mode: standard.mode(of: $0), factors: options.factors) }
  let trips = standard.countsReturn ? 2.0 : 1
  return ReachWithin { body in
    for i in 0..<places.count {
      let line = lines[Int(places.settings[i].rawValue)]
      let here = places.coordinate(of: i)
      // A little farther than the limit, so that rounding loses nobody; seconds decide.
      let radius = line.distance(within: limit, in: places.terrains[i]).meters / trips + 1
      for found in index.indices(within: .meters(radius), of: here) {
        let point = counting[found]
        let meters = trips * here.distance(to: network.points.coordinate(of: Int(point))).meters
        let seconds = line.seconds(over: .meters(meters), in: places.terrains[i])
        if seconds <= limit.seconds {
          body(
            i,
            Reach.Entry(
              point: point, seconds: Int32(clamping: seconds), meters: Int32(clamping: Int(meters.rounded())))
          )
        }
      }
    }
  }
}
