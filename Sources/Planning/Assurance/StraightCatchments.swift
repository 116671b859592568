import Geo
import Travel

/// Catchments by straight line, as sums over rings around points and around places.
///
/// Whole seconds of a way are a matter of the place's setting and terrain, so places of one setting and terrain are asked
/// about together: for each such class a zone is a circle, whose radius is the greatest length whose seconds are within.
struct StraightCatchments {
  /// Places alike in setting and terrain.
  private struct Class {
    let places: [Int]
    let radii: [Distance]
  }

  private let classes: [Class]
  private let places: PlaceTable
  private let latitudes: [Double]
  private let longitudes: [Double]
  private let weights: [Double]

  init(
    _ network: PaymentNetwork, _ options: CoverageOptions, counting: [Int32],
    zones: [FloatingCatchment.Zone]
  ) {
    places = network.places
    latitudes = counting.map { network.points.latitudes[Int($0)] }
    longitudes = counting.map { network.points.longitudes[Int($0)] }
    weights = zones.map(\.weight)
    let trips = options.standard.countsReturn ? 2.0 : 1
    var members = [[Int]](repeating: [], count: Setting.allCases.count * Terrain.allCases.count)
    for place in 0..<network.places.count {
      let setting = Int(network.places.settings[place].rawValue)
      members[setting * Terrain.allCases.count + Int(network.places.terrains[place].rawValue)].append(place)
    }
    classes = members.filter { !$0.isEmpty }.map { members in
      let line = StraightLine(
        mode: options.standard.mode(of: network.places.settings[members[0]]), factors: options.factors)
      let terrain = network.places.terrains[members[0]]
      return Class(
        places: members,
        radii: zones.map { Self.farthest(within: $0.limit, by: line, in: terrain, trips: trips) })
    }
  }

  /// The greatest length whose way takes at most `limit`: seconds grow with the length, so the last double that is within is
  /// found by steps from the length that arithmetic gives.
  private static func farthest(
    within limit: TravelTime, by line: StraightLine, in terrain: Terrain, trips: Double
  ) -> Distance {
    func isWithin(_ meters: Double) -> Bool {
      line.seconds(over: .meters(trips * meters), in: terrain) <= limit.seconds
    }
    // The microsecond that `seconds(over:)` leaves to rounding.
    let seconds = Double(limit.seconds) + 1e-6
    var meters = seconds * line.metersPerSecond(in: terrain) / line.circuity(in: terrain) / trips
    while meters > 0, !isWithin(meters) { meters = meters.nextDown }
    while isWithin(meters.nextUp) { meters = meters.nextUp }
    return .meters(meters)
  }

  /// By counting point, the customers in its catchment, those nearer weighing more.
  func demand(of customers: [Int]) -> [Double] {
    let points = PlaceBatch(latitudes: latitudes, longitudes: longitudes)
    var demand = [Double](repeating: 0, count: points.count)
    for group in classes {
      let index = GridIndex(
        latitudes: group.places.map { places.latitudes[$0] },
        longitudes: group.places.map { places.longitudes[$0] })
      let sums = index.ringSums(
        of: group.places.map { Double(customers[$0]) }, within: group.radii, ofEach: points)
      for point in demand.indices { demand[point] += weighted(sums, row: point) }
    }
    return demand
  }

  /// By place, the ratios of the points within reach, those nearer weighing more.
  func accessibility(of ratios: [Double]) -> [Double] {
    let index = GridIndex(latitudes: latitudes, longitudes: longitudes)
    var accessibility = [Double](repeating: 0, count: places.count)
    for group in classes {
      let batch = PlaceBatch(
        latitudes: group.places.map { places.latitudes[$0] },
        longitudes: group.places.map { places.longitudes[$0] })
      let sums = index.ringSums(of: ratios, within: group.radii, ofEach: batch)
      for (row, place) in group.places.enumerated() { accessibility[place] = weighted(sums, row: row) }
    }
    return accessibility
  }

  private func weighted(_ sums: [Double], row: Int) -> Double {
    var sum = 0.0
    for (ring, weight) in weights.enumerated() { sum += weight * sums[row * weights.count + ring] }
    return sum
  }
}
