import Geo
import Travel

/// A set of points by which places are judged, and the two of them that are nearest to each place: a `Judge` whose points come
/// and go.
struct CountingPoints: Sendable {
  /// Two ways of a place, nearest first.
  typealias Ways = (first: Reach.Entry?, second: Reach.Entry?)

  /// By great circle; `nil` on roads where nothing asks for it.
  private var straight: NearestTwoTable?
  /// Along the roads one way, a table a mode, in the order of `RoadWays.ways`; empty otherwise.
  private var roads: [NearestTwoRoads] = []
  /// Along the roads there and back; empty otherwise.
  private var roundTrips: [[Reach.Entry]] = []
  /// The points of `roundTrips`, ascending.
  private var roundTripPoints: [Int32] = []
  /// How many of the points are assigned to each village.
  private(set) var inVillage: [Int32]

  /// The points for which `holds` is true.
  ///
  /// - Parameters:
  ///   - ground: the places, for great circles; `nil` where nothing asks for them.
  ///   - villages: by point, the village it is assigned to; -1 for none.
  init(
    holds: [Bool], positions: PositionTable, ground: NearestTwoTable.Ground?, ways: RoadWays?,
    villages: [Int32], villageCount: Int, places: PlaceTable, standard: ServiceStandard
  ) {
    straight = ground.map { NearestTwoTable($0, positions: positions, holds: holds) }
    inVillage = [Int32](repeating: 0, count: villageCount)
    for point in holds.indices where holds[point] && villages[point] >= 0 {
      inVillage[Int(villages[point])] += 1
    }
    guard let ways else { return }
    if ways.isRoundTrip {
      roundTripPoints = (0..<Int32(holds.count)).filter { holds[Int($0)] }
      roundTrips = ways.nearestTwo(of: roundTripPoints, to: places, mode: standard.mode(of:))
    } else {
      roads = ways.ways.map { way in
        NearestTwoRoads(
          RoadSearch(ways.roads.file.graph(way.mode)),
          points: holds.indices.map { holds[$0] ? way.points[$0] : nil },
          places: places.settings.indices.map {
            standard.mode(of: places.settings[$0]) == way.mode ? way.places[$0].position : nil
          })
      }
    }
  }

  /// Whether two sets of the same county hold the same.
  func equals(_ other: CountingPoints) -> Bool {
    guard inVillage == other.inVillage, roads.count == other.roads.count else { return false }
    if let straight, let others = other.straight, !straight.equals(others) { return false }
    return zip(roads, other.roads).allSatisfy { $0.equals($1) } && roundTrips == other.roundTrips
      && roundTripPoints == other.roundTripPoints
  }

  /// Makes room for one more number.
  mutating func appendNumber() { straight?.appendNumber() }

  /// Takes the last number back.
  mutating func removeLastNumber() { straight?.removeLastNumber() }

  /// What a set must know of everything around it to change.
  struct Surroundings {
    let positions: PositionTable
    let order: PointOrder
    let ways: RoadWays?
    let places: PlaceTable
    let standard: ServiceStandard
  }

  /// Adds a point, and notes the places that it is now one of the two nearest to.
  mutating func insert(
    _ point: Int32, village: Int32, _ around: Surroundings, _ changed: inout [Int32]
  ) {
    if village >= 0 { inVillage[Int(village)] += 1 }
    straight?.insert(point, in: around.positions, &changed, around.order.precedes)
    guard let ways = around.ways else { return }
    if ways.isRoundTrip {
      roundTripPoints.insert(point, at: roundTripPoints.firstIndex { $0 > point } ?? roundTripPoints.count)
      searchRoundTrips(ways, around, &changed)
    }
    for i in roads.indices {
      if let position = ways.ways[i].points[Int(point)] {
        roads[i].insert(point, at: position, &changed, around.order.precedes)
      }
    }
  }

  /// Removes a point that is still where it was when it was added, and notes the places that it was one of the two nearest to.
  mutating func remove(
    _ point: Int32, village: Int32, _ around: Surroundings, _ changed: inout [Int32]
  ) {
    if village >= 0 { inVillage[Int(village)] -= 1 }
    straight?.remove(point, in: around.positions, &changed, around.order.precedes)
    guard let ways = around.ways else { return }
    if ways.isRoundTrip {
      roundTripPoints.removeAll { $0 == point }
      searchRoundTrips(ways, around, &changed)
    }
    for i in roads.indices where ways.ways[i].points[Int(point)] != nil {
      roads[i].remove(point, &changed, around.order.precedes)
    }
  }

  /// Ways there and back are sums of two searches, of which no label of a node is a part: they are found anew.
  private mutating func searchRoundTrips(
    _ ways: RoadWays, _ around: Surroundings, _ changed: inout [Int32]
  ) {
    let points = roundTripPoints.sorted(by: around.order.precedes)
    let rows = ways.nearestTwo(of: points, to: around.places, mode: around.standard.mode(of:))
    for place in rows.indices where rows[place] != roundTrips[place] { changed.append(Int32(place)) }
    roundTrips = rows
  }

  /// The two nearest by great circle.
  ///
  /// - Precondition: the set was made with a ground.
  @inline(__always)
  func nearestTwo(ofPlace place: Int) -> NearestTwo {
    guard let straight else { preconditionFailure("great circles are not kept") }
    return straight.rows[place]
  }

  /// The two nearest along the roads; `nil` by straight line.
  ///
  /// - Parameter mode: how people travel.
  func waysOnRoads(ofPlace place: Int, _ ways: RoadWays, mode: TravelMode) -> Ways {
    if ways.isRoundTrip {
      let row = roundTrips[place]
      return (row.first, row.dropFirst().first)
    }
    guard let column = ways.ways.firstIndex(where: { $0.mode == mode }) else { return (nil, nil) }
    let row = roads[column].rows[place]
    func entry(_ way: NearestTwoRoads.Way) -> Reach.Entry? {
      way.point < 0 ? nil : ways.entry(way.point, way.milliseconds, way.millimeters, mode)
    }
    return (entry(row.first), entry(row.second))
  }
}
