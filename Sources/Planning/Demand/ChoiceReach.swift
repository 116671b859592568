public import Travel

import Geo

/// Which points a place's customers choose among.
public struct ChoiceReach: Hashable, Sendable {
  /// How many of the nearest points, of whatever kind.
  public var nearest = 12
  /// How many of the nearest business halls, near or far: they draw people past a dozen nearer points.
  public var nearestHalls = 2

  /// The twelve nearest points and the two nearest business halls.
  public init() {}
}

extension Reach {
  /// The points that customers of each place choose among, by straight line or along the roads.
  ///
  /// The nearest points that count, and the nearest business halls. Under a multinomial choice leaving out points that
  /// are rarely chosen changes the estimates little (McFadden 1978); a limit in minutes would leave out more in the
  /// mountains, where the next hall is two hours away, and keep a hundred points in town.
  ///
  /// - Parameters:
  ///   - network: the places and points; its roads, where `travel` asks for them.
  ///   - counts: by point, whether it can be chosen.
  ///   - reach: how many points.
  ///   - travel: by straight line or along the roads.
  ///   - mode: how customers travel.
  ///   - factors: how fast they are, how their ways wind, and how much longer than the roads say they take.
  /// - Precondition: the network has roads if `travel` asks for them.
  /// - Returns: rows in ascending order of time, one way; places off the roads have an empty row.
  /// - Complexity: O(*n* (*k* log *k* + log *m*)) for *n* places, *m* points and *k* points a row, on all cores, with about
  ///   30 bytes of memory for each of the *n k* entries; on roads one search of all points.
  public static func choices(
    of network: PaymentNetwork, counting counts: [Bool], _ reach: ChoiceReach = ChoiceReach(),
    travel: Travel = .straight, mode: TravelMode, factors: TravelFactors = .defaults
  ) -> Reach {
    precondition(counts.count == network.points.count, "one answer for each point is expected")
    let all = (0..<Int32(counts.count)).filter { counts[Int($0)] }
    let halls = all.filter { network.points.kinds[Int($0)] == .businessHall }
    let columns =
      travel == .roads
      ? ChoiceColumns.onRoads(network, all: all, halls: halls, reach, mode, factors)
      : ChoiceColumns.straight(
        network, all: all, halls: halls, reach, line: StraightLine(mode: mode, factors: factors))
    return columns.merged(pointCount: network.points.count)
  }
}

/// All that a straight-line reach of choices depends on, to know whether one can be used again.
///
/// Arrays that are shared cost nothing to keep, and next to nothing to compare.
struct ReachBasis: Equatable, Sendable {
  private let counts: [Bool]
  private let kinds: [PointKind]
  private let terrains: [Terrain]
  private let degrees: [[Double]]

  init(_ network: PaymentNetwork, counting counts: [Bool]) {
    self.counts = counts
    kinds = network.points.kinds
    terrains = network.places.terrains
    degrees = [
      network.points.latitudes, network.points.longitudes, network.places.latitudes,
      network.places.longitudes,
    ]
  }
}

/// Nearest points and nearest halls of each place, as two tables of equal width per place.
private struct ChoiceColumns {
  let placeCount: Int
  let width: Int
  let hallWidth: Int
  /// Entry `slot` of the nearest points, or `nil` where there are fewer.
  let point: (_ slot: Int, _ place: Int) -> Reach.Entry?
  let hall: (_ slot: Int, _ place: Int) -> Reach.Entry?

  static func straight(
    _ network: PaymentNetwork, all: [Int32], halls: [Int32], _ reach: ChoiceReach, line: StraightLine
  ) -> ChoiceColumns {
    let places = network.places
    let batch = PlaceBatch(latitudes: places.latitudes, longitudes: places.longitudes)
    func nearest(_ k: Int, of points: [Int32]) -> NearestTable {
      let index = GridIndex(
        latitudes: points.map { network.points.latitudes[Int($0)] },
        longitudes: points.map { network.points.longitudes[Int($0)] })
      return index.nearest(min(k, points.count), toEach: batch)
    }
    func entries(_ table: NearestTable, of points: [Int32]) -> (Int, Int) -> Reach.Entry? {
      { slot, place in
        guard table.indices[slot] >= 0 else { return nil }
        let meters = table.meters[slot]
        return Reach.Entry(
          point: points[Int(table.indices[slot])],
          seconds: Int32(clamping: line.seconds(over: .meters(meters), in: places.terrains[place])),
          meters: Int32(meters.rounded()))
      }
    }
    let (near, farther) = (nearest(reach.nearest, of: all), nearest(reach.nearestHalls, of: halls))
    return ChoiceColumns(
      placeCount: places.count, width: near.k, hallWidth: farther.k, point: entries(near, of: all),
      hall: entries(farther, of: halls))
  }

  static func onRoads(
    _ network: PaymentNetwork, all: [Int32], halls: [Int32], _ reach: ChoiceReach, _ mode: TravelMode,
    _ factors: TravelFactors
  ) -> ChoiceColumns {
    guard let roads = network.roads else { preconditionFailure("a network with roads is expected") }
    func positions(_ latitudes: [Double], _ longitudes: [Double]) -> [RoadPosition?] {
      roads.file.snapping.snap(
        latitudes: latitudes, longitudes: longitudes, mode: mode, options: roads.snapping
      ).map(\.position)
    }
    let places = positions(network.places.latitudes, network.places.longitudes)
    let points = positions(network.points.latitudes, network.points.longitudes)
    let search = RoadSearch(roads.file.graph(mode))
    func entries(_ k: Int, of chosen: [Int32]) -> (Int, (Int, Int) -> Reach.Entry?) {
      let table = search.nearest(min(k, chosen.count), of: chosen.map { points[Int($0)] }, to: places)
      return (
        table.k,
        { slot, _ in
          guard table.points[slot] >= 0 else { return nil }
          let milliseconds = factors[mode].onRoads(
            table.milliseconds[slot], atMost: RoadSearch.longestMilliseconds)
          return Reach.Entry(
            point: chosen[Int(table.points[slot])], seconds: Int32((milliseconds + 999) / 1_000),
            meters: Int32((UInt64(table.millimeters[slot]) + 500) / 1_000))
        }
      )
    }
    let (near, farther) = (entries(reach.nearest, of: all), entries(reach.nearestHalls, of: halls))
    return ChoiceColumns(
      placeCount: places.count, width: near.0, hallWidth: farther.0, point: near.1, hall: farther.1)
  }

  /// Both tables as rows, each point once.
  ///
  /// Halls that are not among the nearest are farther than these, so each row is the one after the other.
  func merged(pointCount: Int) -> Reach {
    var start = [Int](repeating: 0, count: placeCount + 1)
    start.withUnsafeMutableBufferPointer { start in
      nonisolated(unsafe) let start = start
      inParallel(over: placeCount) { _, places in
        for place in places {
          var count = 0
          visit(place) { _ in count += 1 }
          start[place + 1] = count
        }
      }
    }
    for place in 0..<placeCount { start[place + 1] += start[place] }
    let total = start[placeCount]
    let entries = [Reach.Entry](unsafeUninitializedCapacity: total) { entries, count in
      nonisolated(unsafe) let entries = entries
      inParallel(over: placeCount) { _, places in
        for place in places {
          var slot = start[place]
          visit(place) {
            (entries.baseAddress! + slot).initialize(to: $0)
            slot += 1
          }
        }
      }
      count = total
    }
    return Reach(pointCount: pointCount, rowStart: start, entries: entries)
  }

  @inline(__always)
  private func visit(_ place: Int, _ body: (Reach.Entry) -> Void) {
    for slot in place * width..<(place + 1) * width {
      guard let entry = point(slot, place) else { break }
      body(entry)
    }
    for slot in place * hallWidth..<(place + 1) * hallWidth {
      guard let entry = hall(slot, place) else { break }
      let isNear = (place * width..<(place + 1) * width).contains { point($0, place)?.point == entry.point }
      if !isNear { body(entry) }
    }
  }
}
