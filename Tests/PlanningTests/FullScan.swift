import Foundation
import Geo
import Planning
import Travel

/// The coverage question answered by looking at every pair of place and point, straight from the contract's sentences:
/// slow, obvious, and therefore the judge.
struct FullScan {
  let sketch: NetworkSketch
  let options: CoverageOptions
  private let weeks: [String: OpeningHours]

  init(sketch: NetworkSketch, options: CoverageOptions) {
    self.sketch = sketch
    self.options = options
    weeks = Dictionary(
      Set(sketch.points.compactMap(\.hours)).map { ($0, try! OpeningHours(parsing: $0)) },
      uniquingKeysWith: { a, _ in a })
    counting = []
    counting = sketch.points.filter { counts($0) }
    nearest = Dictionary(
      uniqueKeysWithValues: sketch.places.compactMap { place in
        counting.min { (meters(place, $0), $0.id) < (meters(place, $1), $1.id) }.map { (place.id, $0) }
      })
  }

  private(set) var counting: [NetworkSketch.Point]
  private var nearest: [String: NetworkSketch.Point] = [:]

  func nearest(_ place: NetworkSketch.Place) -> NetworkSketch.Point? { nearest[place.id] }

  func counts(_ point: NetworkSketch.Point, at moment: Bool = true, method: Bool = true) -> Bool {
    if point.status != .active { return false }
    if !options.kinds.isEmpty && !options.kinds.contains(point.kind) { return false }
    if method, !options.methods.isEmpty, point.methods.intersection(options.methods).isEmpty { return false }
    if moment, let asked = options.moment, let hours = point.hours {
      return weeks[hours]!.contains(asked)
    }
    return true
  }

  func meters(_ place: NetworkSketch.Place, _ point: NetworkSketch.Point) -> Double {
    Coordinate<WGS84>(latitude: place.latitude, longitude: place.longitude)!
      .distance(to: Coordinate(latitude: point.latitude, longitude: point.longitude)!).meters
  }

  func seconds(_ place: NetworkSketch.Place, _ point: NetworkSketch.Point) -> Int {
    var mode = options.standard.townMode
    if place.setting == .village, case .within(_, let other) = options.standard.village { mode = other }
    var circuity = [Terrain.plain: 1.3, .hill: 1.5, .mountain: 1.8][place.terrain]!
    var speed = [TravelMode.walk: 1.25, .ebike: 15 / 3.6, .car: 30 / 3.6][mode]!
    if options.factors != .defaults {
      circuity = options.factors[mode].circuity(in: place.terrain)
      speed = options.factors[mode].metersPerSecond(in: place.terrain)
    }
    return Int((meters(place, point) * circuity / speed - 1e-9).rounded(.up))
  }

  func village(of place: NetworkSketch.Place) -> String {
    place.village.isEmpty ? "only \(place.id)" : place.village
  }

  func village(of point: NetworkSketch.Point) -> String? {
    sketch.places.first { $0.id == point.place }.map(village(of:))
  }

  func serves(_ point: NetworkSketch.Point, _ place: NetworkSketch.Place) -> Bool {
    if place.setting == .town { return seconds(place, point) <= options.standard.townLimit.seconds }
    switch options.standard.village {
    case .within(let limit, _): return seconds(place, point) <= limit.seconds
    case .pointInVillage(let radius):
      return village(of: point) == village(of: place) || meters(place, point) <= radius.meters
    }
  }

  func reason(_ place: NetworkSketch.Place) -> UnservedReason? {
    let active = sketch.points
    if active.contains(where: { counts($0) && serves($0, place) }) { return nil }
    if active.contains(where: { counts($0, at: false) && serves($0, place) }) { return .closedThen }
    if active.contains(where: { counts($0, method: false) && serves($0, place) }) { return .methodMissing }
    if active.contains(where: { counts($0, at: false, method: false) && serves($0, place) }) {
      return .methodMissing
    }
    if place.setting == .village, case .pointInVillage = options.standard.village { return .noPointInVillage }
    return counting.isEmpty ? .unreachable : .tooFar
  }

  func weight(_ place: NetworkSketch.Place) -> Int {
    let n = Double(place.customers)
    switch options.weight {
    case .customers: return place.customers
    case .arrears: return place.arrears
    case .elderly: return place.elderly.isNaN ? 0 : Int((n * place.elderly).rounded())
    case .payments:
      let phi = place.feeControl.isNaN ? 0 : place.feeControl
      let o1 = place.online.isNaN ? 0.7 : 1 - place.online
      let o2 = place.online.isNaN ? 0.6 : 1 - place.online
      return Int((n * ((1 - phi) * 1.0 * o1 + phi * 0.33 * o2)).rounded())
    }
  }

  /// The smallest time that at least `percent` of the weight does not exceed, by writing everyone down one by one.
  func percentile(_ percent: Int, _ places: [NetworkSketch.Place]) -> Int? {
    let everyone = places.flatMap { place in
      nearest(place).map { Array(repeating: seconds(place, $0), count: weight(place)) } ?? []
    }.sorted()
    guard !everyone.isEmpty else { return nil }
    return everyone[(everyone.count * percent + 99) / 100 - 1]
  }

  func isEffective(_ point: NetworkSketch.Point) -> Bool {
    guard counts(point), let hours = point.hours, (point.volumes.last ?? 0) > 0 else { return false }
    let week = weeks[hours]!
    return (0..<7).count { week.minutesOpen(onDay: $0) >= 240 } >= 5 || keepsItsTimes(point)
  }

  /// Whether at least ten visits found somebody at nine tenths of them.
  func keepsItsTimes(_ point: NetworkSketch.Point) -> Bool {
    point.visits.count >= 10 && Double(point.visits.count { $0 }) / Double(point.visits.count) >= 0.9
  }

  /// Whether a payment was made at a point in the latest month and its hours are known.
  func isActive(_ point: NetworkSketch.Point) -> Bool {
    counts(point) && point.hours != nil && (point.volumes.last ?? 0) > 0
  }

  /// (L0, L1 or better) of the villages that have village places among `places`, by the seconds to the nearest point; a
  /// place that reaches none has `nil`.
  func foot(
    _ places: [NetworkSketch.Place], seconds: (NetworkSketch.Place) -> Int?
  ) -> (remote: Int, reachable: Int) {
    let villages = Set(places.filter { $0.setting == .village }.map(village(of:)))
    let bare = villages.filter { name in !counting.contains { village(of: $0) == name } }
    func ways(_ name: String) -> [Int?] {
      sketch.places.filter { $0.setting == .village && village(of: $0) == name }.map(seconds)
    }
    let remote = bare.count { name in ways(name).allSatisfy { $0 == nil || $0! > 3_600 } }
    let stranded = bare.count { name in ways(name).contains { $0 == nil || $0! > 1_800 } }
    return (remote, villages.count - stranded)
  }

  /// The villages with village places among `places`, each by the hours of its active points in parts of twenty, at most one.
  func proRata(_ places: [NetworkSketch.Place]) -> Double {
    let villages = Set(places.filter { $0.setting == .village }.map(village(of:)))
    return villages.reduce(0.0) { sum, name in
      let hours = counting.filter { isActive($0) && village(of: $0) == name }
        .reduce(0.0) { $0 + Double(weeks[$1.hours!]!.minutesPerWeek) / 60 }
      return sum + min(1, hours / 20)
    }
  }

  /// (total, with a point, effective, secured) of the villages that have village places among `places`.
  func ladder(_ places: [NetworkSketch.Place]) -> [Int] {
    let names = Set(places.filter { $0.setting == .village }.map(village(of:)))
    var levels = [names.count, 0, 0, 0]
    for name in names {
      let own = counting.filter { village(of: $0) == name }
      guard !own.isEmpty else { continue }
      levels[1] += 1
      let effective = own.filter(isEffective)
      guard !effective.isEmpty else { continue }
      levels[2] += 1
      let members = sketch.places.filter { $0.setting == .village && village(of: $0) == name }
      let isSecured = members.allSatisfy { place in
        effective.contains { first in
          sketch.points.contains { isEffective($0) && $0.id != first.id && seconds(place, $0) <= 1800 }
        }
      }
      if isSecured { levels[3] += 1 }
    }
    return levels
  }
}
