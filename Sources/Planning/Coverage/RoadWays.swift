import Geo
public import Travel

/// The roads of a network, and how far from them people live.
///
///     network.roads = NetworkRoads(file, snapping: rules.snapping)
public struct NetworkRoads: Sendable {
  /// The roads, a graph for each mode, and where positions belong on them.
  public let file: RoadNetworkFile
  /// What the way from a door to its road takes, and how long it may be.
  public let snapping: RoadSnapping.Options

  /// Puts roads and options together.
  public init(_ file: RoadNetworkFile, snapping: RoadSnapping.Options = .init()) {
    self.file = file
    self.snapping = snapping
  }
}

/// How travel times are found.
public enum Travel: String, CaseIterable, Sendable {
  /// The great circle times the terrain's circuity.
  case straight
  /// Along the roads of the network.
  case roads
}

/// Where the places and points of a network are on its roads, for the modes a standard asks for.
struct RoadWays: Sendable {
  /// Round trips that take longer are not looked for: a day.
  static let longestRoundTripMilliseconds: UInt32 = 86_400_000

  let roads: NetworkRoads
  let isRoundTrip: Bool
  private let factors: TravelFactors
  /// By mode, for those that are asked for.
  private(set) var ways: [(mode: TravelMode, places: [RoadSnapping.Snap], points: [RoadPosition?])]

  /// - Complexity: O((*p* + *q*) log *s*) for *p* places, *q* points and *s* segments of roads, for each mode.
  init(
    _ roads: NetworkRoads, of network: PaymentNetwork, standard: ServiceStandard, factors: TravelFactors
  ) {
    self.factors = factors
    self.roads = roads
    isRoundTrip = standard.countsReturn
    let modes = Set(Setting.allCases.map(standard.mode(of:)))
    ways = TravelMode.allCases.filter(modes.contains).map { mode in
      func snaps(_ latitudes: [Double], _ longitudes: [Double]) -> [RoadSnapping.Snap] {
        roads.file.snapping.snap(
          latitudes: latitudes, longitudes: longitudes, mode: mode, options: roads.snapping)
      }
      return (
        mode, snaps(network.places.latitudes, network.places.longitudes),
        snaps(network.points.latitudes, network.points.longitudes).map(\.position)
      )
    }
  }

  /// Where each place is for travelers by `mode`.
  func places(by mode: TravelMode) -> [RoadSnapping.Snap] {
    guard let way = ways.first(where: { $0.mode == mode }) else {
      preconditionFailure("a mode the standard asks for is expected, not \(mode)")
    }
    return way.places
  }

  /// The places that have no road within reach, ascending, and how many meters the nearest is away.
  func offRoads(_ table: PlaceTable, _ standard: ServiceStandard) -> [(place: Int, meters: Int?)] {
    (0..<table.count).compactMap { i in
      guard case .offNetwork(let millimeters) = places(by: standard.mode(of: table.settings[i]))[i] else {
        return nil
      }
      return (i, millimeters.map { ($0 + 500) / 1_000 })
    }
  }

  /// Whether some of the customers have no road within reach of a point of the network.
  func isOffRoads(point: Int) -> Bool { ways.contains { $0.points[point] == nil } }

  /// Puts a point elsewhere, or one more where there is none of that number yet.
  mutating func put(_ point: Int, at coordinate: Coordinate<WGS84>) {
    for i in ways.indices {
      let position = roads.file.snapping.snap(coordinate, mode: ways[i].mode, options: roads.snapping)
        .position
      if point < ways[i].points.count {
        ways[i].points[point] = position
      } else {
        ways[i].points.append(position)
      }
    }
  }

  /// Takes the last point away.
  mutating func removeLastPoint() { for i in ways.indices { ways[i].points.removeLast() } }

  /// The two points of `counting` nearest to each place by the mode of its setting, nearest first.
  ///
  /// - Parameter delays: by point of the network, whole seconds that count besides the way, as in the order; empty for none.
  /// - Complexity: one multi-source search a mode; for round trips one bounded search a point, in horizons that double
  ///   until every place has its two.
  func nearestTwo(
    of counting: [Int32], to table: PlaceTable, delays: [Int32] = [], mode: (Setting) -> TravelMode
  ) -> [[Reach.Entry]] {
    let delays = delays.isEmpty ? [] : counting.map { UInt32(max(0, delays[Int($0)])) * 1_000 }
    var rows = [[Reach.Entry]](repeating: [], count: table.count)
    for way in ways {
      let members = (0..<table.count).filter { mode(table.settings[$0]) == way.mode }
      if members.isEmpty { continue }
      let search = RoadSearch(roads.file.graph(way.mode))
      let places = members.map { way.places[$0].position }
      let points = counting.map { way.points[Int($0)] }
      // Times on the roads are multiplied afterwards, delays are not: so the search is given them divided.
      let searched = delays.map {
        UInt32(min(4_000_000_000, UInt64($0) * 1_000 / UInt64(max(1, factors[way.mode].roadThousandths))))
      }
      func done(_ point: Int, _ milliseconds: UInt32, _ millimeters: UInt32) -> Reach.Entry {
        let (delay, part) = delays.isEmpty ? (0, 0) : (delays[point], searched[point])
        return entry(point, milliseconds - part, millimeters, counting, way.mode, delay: delay)
      }
      let nearest = search.nearest(2, of: points, to: places, delays: isRoundTrip ? [] : searched)
      if isRoundTrip {
        roundTrips(search, points, places, nearest, searched) { row, found in
          rows[members[row]] = found.map { done($0.point, $0.milliseconds, $0.millimeters) }
        }
      } else {
        for (row, place) in members.enumerated() {
          rows[place] = (2 * row..<2 * row + 2).filter { nearest.points[$0] >= 0 }.map {
            done(Int(nearest.points[$0]), nearest.milliseconds[$0], nearest.millimeters[$0])
          }
        }
      }
    }
    return rows
  }

  /// The points of `counting` within whole seconds of each place by the mode of its setting, nearest first.
  ///
  /// - Precondition: `limit` is at most a day.
  /// - Complexity: one bounded search a point and mode.
  func within(
    _ limit: TravelTime, of counting: [Int32], to table: PlaceTable, mode: (Setting) -> TravelMode
  ) -> [[Reach.Entry]] {
    precondition(limit.seconds <= 86_400, "a day at most is expected")
    var rows = [[Reach.Entry]](repeating: [], count: table.count)
    for way in ways {
      let members = (0..<table.count).filter { mode(table.settings[$0]) == way.mode }
      if members.isEmpty { continue }
      let found = RoadSearch(roads.file.graph(way.mode)).within(
        Self.searchLimit(factors[way.mode].roadLimit(limit)), of: counting.map { way.points[Int($0)] },
        to: members.map { way.places[$0].position }, direction: isRoundTrip ? .roundTrip : .toPoint)
      for point in counting.indices {
        for i in found.entries(ofPoint: point) {
          let entry = entry(point, found.milliseconds[i], found.millimeters[i], counting, way.mode)
          if Int(entry.seconds) <= limit.seconds { rows[members[Int(found.places[i])]].append(entry) }
        }
      }
    }
    for row in rows.indices { rows[row].sort { ($0.seconds, $0.point) < ($1.seconds, $1.point) } }
    return rows
  }

  /// In milliseconds, with a second to spare for rounding; whole seconds decide.
  static func searchLimit(_ limit: TravelTime) -> UInt32 {
    UInt32(min(Int(RoadSearch.longestMilliseconds), (min(limit.seconds, 2_000_000) + 1) * 1_000))
  }

  private func entry(
    _ point: Int, _ onRoads: UInt32, _ millimeters: UInt32, _ counting: [Int32], _ mode: TravelMode,
    delay: UInt32 = 0
  ) -> Reach.Entry {
    entry(counting[point], onRoads, millimeters, mode, delay: delay)
  }

  /// Whole seconds rounded up, so that no limit is passed by rounding; whole meters to the nearest.
  func entry(
    _ point: Int32, _ onRoads: UInt32, _ millimeters: UInt32, _ mode: TravelMode, delay: UInt32 = 0
  ) -> Reach.Entry {
    // As people take it, who may be slower or faster than the roads' rules say.
    let milliseconds = factors[mode].onRoads(onRoads, atMost: RoadSearch.longestMilliseconds)
    return Reach.Entry(
      point: point, seconds: Int32((UInt64(milliseconds) + UInt64(delay) + 999) / 1_000),
      meters: Int32((UInt64(millimeters) + 500) / 1_000))
  }

  private typealias Found = (point: Int, milliseconds: UInt32, millimeters: UInt32)

  /// Hands over the two points that are nearest there and back. Whoever has as many within a horizon as there are at
  /// all is done; the others are asked again with twice the horizon.
  private func roundTrips(
    _ search: RoadSearch, _ points: [RoadPosition?], _ places: [RoadPosition?], _ there: NearestRoadTable,
    _ delays: [UInt32], _ body: (Int, [Found]) -> Void
  ) {
    let back = search.nearest(2, of: points, to: places, direction: .fromPoint)
    // Who reaches fewer on the way there, or is reached by fewer, has no more there and back: nobody looks for them all day.
    func wanted(_ row: Int) -> Int {
      let slots = 2 * row..<2 * row + 2
      return min(slots.count { there.points[$0] >= 0 }, slots.count { back.points[$0] >= 0 })
    }
    var open = places.indices.filter { wanted($0) > 0 }
    var horizon: UInt32 = 1_800_000
    while !open.isEmpty {
      let within = search.within(horizon, of: points, to: open.map { places[$0] }, direction: .roundTrip)
      var found = [[Found]](repeating: [], count: open.count)
      for point in points.indices {
        for i in within.entries(ofPoint: point) {
          let delay = delays.isEmpty ? 0 : delays[point]
          found[Int(within.places[i])].append((point, within.milliseconds[i] + delay, within.millimeters[i]))
        }
      }
      var left: [Int] = []
      for (slot, row) in open.enumerated() {
        let best = found[slot].sorted { ($0.milliseconds, $0.point) < ($1.milliseconds, $1.point) }.prefix(2)
        // A point past the horizon may still be the better one where those within it keep people waiting.
        let isProven = best.count >= wanted(row) && (best.last?.milliseconds ?? 0) <= horizon
        if !isProven, horizon < Self.longestRoundTripMilliseconds {
          left.append(row)
        } else {
          body(row, Array(best))
        }
      }
      open = left
      horizon = min(2 * horizon, Self.longestRoundTripMilliseconds)
    }
  }
}
