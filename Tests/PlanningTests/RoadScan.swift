import Geo
import Planning
import Travel

/// The coverage question on roads answered by trying every way from every place to every point: slow, obvious, and therefore
/// the judge. What does not depend on travel is `FullScan`'s to say.
struct RoadScan {
  /// A way and its length; of equally fast ones the shortest.
  struct Way {
    var milliseconds: Int
    var millimeters: Int
    /// How many times as long as the roads' rules say people take, in thousandths.
    var thousandths = 1_000

    var seconds: Int { ((milliseconds * thousandths + 500) / 1_000 + 999) / 1_000 }
    var meters: Int { (millimeters + 500) / 1_000 }

    func isBetter(than other: Way?) -> Bool {
      guard let other else { return true }
      return (milliseconds, millimeters) < (other.milliseconds, other.millimeters)
    }

    static func + (a: Way, b: Way) -> Way {
      Way(milliseconds: a.milliseconds + b.milliseconds, millimeters: a.millimeters + b.millimeters)
    }
  }

  let scan: FullScan
  let options: CoverageOptions
  let places: [NetworkSketch.Place]
  let points: [NetworkSketch.Point]
  /// By mode, place and point.
  private let ways: [TravelMode: [[Way?]]]
  /// By mode, whether each point has a road within reach.
  private let isOnRoad: [TravelMode: [Bool]]

  init(county: RoadCounty, options: CoverageOptions) {
    scan = FullScan(sketch: county.sketch, options: options)
    self.options = options
    places = county.sketch.places.sorted { $0.id < $1.id }
    points = county.sketch.points.sorted { $0.id < $1.id }
    var ways: [TravelMode: [[Way?]]] = [:]
    var isOnRoad: [TravelMode: [Bool]] = [:]
    for mode in Set([Setting.town, .village].map(options.standard.mode(of:))) {
      func position(_ latitude: Double, _ longitude: Double) -> RoadPosition? {
        county.file.snapping.snap(Coordinate(latitude: latitude, longitude: longitude)!, mode: mode).position
      }
      let streets = StreetScan(county.file.network, mode)
      let from = places.map { position($0.latitude, $0.longitude) }
      let to = points.map { position($0.latitude, $0.longitude) }
      let longest = options.standard.countsReturn ? 86_400_000 : (1 << 30) - 1
      var home: [[Way?]] = []
      if options.standard.countsReturn { home = to.map { streets.ways(from: $0, to: from) } }
      ways[mode] = from.indices.map { i in
        streets.ways(from: from[i], to: to).enumerated().map { j, there in
          guard var way = there else { return nil }
          if options.standard.countsReturn {
            guard let back = home[j][i] else { return nil }
            way = way + back
          }
          way.thousandths = options.factors[mode].roadThousandths
          return way.milliseconds <= longest ? way : nil
        }
      }
      isOnRoad[mode] = to.map { $0 != nil }
    }
    self.ways = ways
    self.isOnRoad = isOnRoad
  }

  func mode(_ place: Int) -> TravelMode {
    if places[place].setting == .village, case .within(_, let mode) = options.standard.village { return mode }
    return options.standard.townMode
  }

  func way(_ place: Int, _ point: Int) -> Way? { ways[mode(place)]![place][point] }

  /// The points that count, nearest first.
  func nearest(_ place: Int) -> [Int] {
    points.indices.filter { scan.counts(points[$0]) && way(place, $0) != nil }
      .sorted { (way(place, $0)!.milliseconds, $0) < (way(place, $1)!.milliseconds, $1) }
  }

  /// The limit a place is judged by, where it is judged by minutes.
  func limit(_ place: Int) -> Int? {
    switch (places[place].setting, options.standard.village) {
    case (.town, _): options.standard.townLimit.seconds
    case (.village, .within(let limit, _)): limit.seconds
    case (.village, .pointInVillage): nil
    }
  }

  func serves(_ point: Int, _ place: Int) -> Bool {
    if let limit = limit(place) { return way(place, point).map { $0.seconds <= limit } ?? false }
    guard case .pointInVillage(let radius) = options.standard.village else { return false }
    return scan.village(of: points[point]) == scan.village(of: places[place])
      || scan.meters(places[place], points[point]) <= radius.meters
  }

  func reason(_ place: Int) -> UnservedReason? {
    func isServed(at moment: Bool = true, method: Bool = true) -> Bool {
      points.indices.contains { scan.counts(points[$0], at: moment, method: method) && serves($0, place) }
    }
    if isServed() { return nil }
    if isServed(at: false) { return .closedThen }
    if isServed(method: false) || isServed(at: false, method: false) { return .methodMissing }
    if limit(place) == nil { return .noPointInVillage }
    return nearest(place).isEmpty ? .unreachable : .tooFar
  }

  /// Whether at least two points each serve a place.
  func hasBackup(_ place: Int) -> Bool {
    points.indices.count { scan.counts(points[$0]) && serves($0, place) } >= 2
  }

  /// Points that count and that some travelers cannot come to on any road.
  var pointsOffRoads: [Int] {
    let modes = Set([Setting.town, .village].map(options.standard.mode(of:)))
    return points.indices.filter { j in scan.counts(points[j]) && modes.contains { !isOnRoad[$0]![j] } }
  }

  /// The villages whose every village place has an effective point besides one of the village's own within half an hour.
  func securedVillages() -> Int {
    let villages = Set(places.filter { $0.setting == .village }.map(scan.village(of:)))
    let effective = points.indices.filter { scan.isEffective(points[$0]) }
    return villages.count { village in
      let own = effective.filter { scan.village(of: points[$0]) == village }
      let members = places.indices.filter {
        places[$0].setting == .village && scan.village(of: places[$0]) == village
      }
      return !own.isEmpty
        && members.allSatisfy { place in
          own.contains { first in
            effective.contains { $0 != first && (way(place, $0)?.seconds ?? .max) <= 1_800 }
          }
        }
    }
  }
}

/// Ways on streets by trying them all: directions of edges, one after the other, until nothing gets better.
private struct StreetScan {
  let roads: RoadNetwork
  let mode: TravelMode
  // Direction 2e runs from the first junction of edge e to the second, 2e + 1 back; `nil` where nobody may go.
  private let times: [Int?]
  // The directions that may be taken after each, and before it.
  private let followers: [[Int]]
  private let leaders: [[Int]]

  init(_ roads: RoadNetwork, _ mode: TravelMode) {
    self.roads = roads
    self.mode = mode
    let column = roads.times[TravelMode.allCases.firstIndex(of: mode)!]
    let times = (0..<2 * roads.edgeCount).map { run -> Int? in
      let time = run % 2 == 0 ? column.forward[run / 2] : column.backward[run / 2]
      return time == RoadNetwork.noWay ? nil : Int(time)
    }
    self.times = times
    let turns = Array(roads.forbiddenTurns)
    let forbidden = Set(stride(from: 0, to: turns.count, by: 3).map { Array(turns[$0..<$0 + 3]) })
    let followers = times.indices.map { run in
      let end = run % 2 == 0 ? roads.edgeTo[run / 2] : roads.edgeFrom[run / 2]
      return times.indices.filter { next in
        times[next] != nil && end == (next % 2 == 0 ? roads.edgeFrom[next / 2] : roads.edgeTo[next / 2])
          && !(mode == .car && forbidden.contains([UInt32(run / 2), end, UInt32(next / 2)]))
      }
    }
    self.followers = followers
    var leaders = [[Int]](repeating: [], count: times.count)
    for (run, nexts) in followers.enumerated() { for next in nexts { leaders[next].append(run) } }
    self.leaders = leaders
  }

  /// Part of a direction, between two lengths along it: each part is rounded once, halves up.
  private func part(_ run: Int, _ from: Int, _ to: Int) -> RoadScan.Way {
    let length = Int(roads.edgeMillimeters[run / 2])
    let time = Double(times[run]!) * Double(to - from) / Double(length)
    return .init(milliseconds: Int((time + 0.5).rounded(.down)), millimeters: to - from)
  }

  private func along(_ position: RoadPosition, _ run: Int) -> Int {
    let fromFirst = Int(position.millimeters)
    return run % 2 == 0 ? fromFirst : Int(roads.edgeMillimeters[run / 2]) - fromFirst
  }

  private func door(_ position: RoadPosition) -> RoadScan.Way {
    .init(milliseconds: Int(position.gapMilliseconds), millimeters: Int(position.approachMillimeters))
  }

  func ways(from start: RoadPosition?, to ends: [RoadPosition?]) -> [RoadScan.Way?] {
    guard let start else { return ends.map { _ in nil } }
    // The best way to the end of each direction.
    var best = [RoadScan.Way?](repeating: nil, count: times.count)
    var open: [Int] = []
    for run in [2 * Int(start.edge), 2 * Int(start.edge) + 1] where times[run] != nil {
      best[run] = door(start) + part(run, along(start, run), Int(roads.edgeMillimeters[run / 2]))
      open.append(run)
    }
    while !open.isEmpty {
      let run = open.removeFirst()
      for next in followers[run] {
        let way = best[run]! + part(next, 0, Int(roads.edgeMillimeters[next / 2]))
        if way.isBetter(than: best[next]) {
          best[next] = way
          if !open.contains(next) { open.append(next) }
        }
      }
    }
    return ends.map { end in
      guard let end else { return nil }
      var found: RoadScan.Way?
      func consider(_ way: RoadScan.Way) { if way.isBetter(than: found) { found = way } }
      for run in [2 * Int(end.edge), 2 * Int(end.edge) + 1] where times[run] != nil {
        let last = part(run, 0, along(end, run)) + door(end)
        for earlier in leaders[run] { if let way = best[earlier] { consider(way + last) } }
        if start.edge == end.edge, along(start, run) <= along(end, run) {
          consider(door(start) + part(run, along(start, run), along(end, run)) + door(end))
        }
      }
      return found
    }
  }
}
