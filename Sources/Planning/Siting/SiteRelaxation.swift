import Geo
import Travel

/// How far the places are that no candidate serves, and the least change of the standard that makes a target reachable.
public struct SiteRelaxation: Hashable, Sendable {
  /// The candidate that comes nearest to serving a place.
  public struct Nearest: Hashable, Sendable {
    /// The place.
    public let place: Int
    /// The site, as a position in the candidate table; `nil` where none can be reached within a day.
    public let site: Int?
    /// Seconds to it, there and back where the standard counts that; `nil` where the place is judged by meters.
    public let seconds: Int?
    /// Meters to it, rounded up: great circle by straight line and where the place is judged by meters, along the way on roads.
    public let meters: Int?
  }

  /// By place that no candidate serves, in the order of `Shortfall.unservable`.
  public let nearest: [Nearest]
  /// The least limit of travel time in town that helps; `nil` where it need not change.
  public private(set) var townSeconds: Int?
  /// The same for villages that are judged by minutes.
  public private(set) var villageSeconds: Int?
  /// The same for villages that are judged by the distance to a point.
  public private(set) var villageMeters: Int?
  /// Whether the limits above make the target reachable; otherwise no limit of at most a day does.
  public private(set) var helps: Bool

  /// Of worst and distance: the least that all sites together bring it to.
  init(leastSeconds: Int, helps: Bool, nearest: [Nearest]) {
    self.nearest = nearest
    self.helps = helps
    townSeconds = helps ? leastSeconds : nil
  }

  /// Of coverage: as few places as the target needs are served by wider limits, those first whose limit must be stretched least.
  ///
  /// Points of today help, too: a wider limit may let one of them serve a place. `nil` for other questions.
  ///
  /// - Complexity: O(unserved places × (points + sites)) for villages judged by meters.
  init?(
    _ shortfall: SiteProposal.Shortfall, _ question: SiteQuestion, among sites: CandidateTable,
    in network: PaymentNetwork, _ before: Coverage
  ) {
    guard case .target(let millionths, _) = question.limit else { return nil }
    let places = network.places
    let standard = question.coverage.standard
    var isBarred = [Bool](repeating: false, count: sites.count)
    for site in question.forbidden { isBarred[site] = true }
    if question.costsMatter {
      for site in question.costsFen.indices where question.costsFen[site] == nil { isBarred[site] = true }
    }
    let reach = SiteReach(of: sites, in: network, question.coverage)
    var limits = [Int32](repeating: -1, count: places.count)
    for i in shortfall.unservable { limits[i] = Int32(SiteReach.horizonSeconds) }
    let ways = reach.within(limits)
    let counting = before.counts.indices.filter { before.counts[$0] }
    let allowed = reach.counting.filter { !isBarred[Int($0)] }

    var steps: [(stretch: Double, place: Int, needed: Int)] = []
    var nearest: [Nearest] = []
    for i in shortfall.unservable {
      if places.settings[i] == .village, case .pointInVillage(let radius) = standard.village {
        let here = places.coordinate(of: i)
        func meters(_ there: Coordinate<WGS84>) -> Int { Int(here.distance(to: there).meters.rounded(.up)) }
        let best = allowed.map { (meters: meters(sites.coordinate(of: Int($0))), site: Int($0)) }.min {
          ($0.meters, $0.site) < ($1.meters, $1.site)
        }
        nearest.append(Nearest(place: i, site: best?.site, seconds: nil, meters: best?.meters))
        let point = counting.map { meters(network.points.coordinate(of: $0)) }.min()
        if let needed = [best?.meters, point].compactMap(\.self).min() {
          steps.append((Double(needed) / max(1, radius.meters), i, needed))
        }
      } else {
        let best = ways[i].filter { !isBarred[Int($0.point)] }.min {
          ($0.seconds, $0.point) < ($1.seconds, $1.point)
        }
        nearest.append(
          Nearest(
            place: i, site: best.map { Int($0.point) }, seconds: best.map { Int($0.seconds) },
            meters: best.map { Int($0.meters) }))
        let point = before.nearestPoints[i] < 0 ? nil : Int(before.seconds[i])
        var limit = standard.townLimit.seconds
        if places.settings[i] == .village, case .within(let time, _) = standard.village {
          limit = time.seconds
        }
        if let needed = [best.map { Int($0.seconds) }, point].compactMap(\.self).min() {
          steps.append((Double(needed) / Double(max(1, limit)), i, needed))
        }
      }
    }
    self.nearest = nearest
    var missing = atLeast(millionths, of: shortfall.totalWeight) - shortfall.mostWeight
    for step in steps.sorted(by: { ($0.stretch, $0.place) < ($1.stretch, $1.place) }) {
      if missing <= 0 { break }
      missing -= places.weight(of: step.place, by: question.coverage.weight)
      switch (places.settings[step.place], standard.village) {
      case (.town, _): townSeconds = max(townSeconds ?? 0, step.needed)
      case (.village, .within): villageSeconds = max(villageSeconds ?? 0, step.needed)
      case (.village, .pointInVillage): villageMeters = max(villageMeters ?? 0, step.needed)
      }
    }
    helps = missing <= 0
    if !helps { (townSeconds, villageSeconds, villageMeters) = (nil, nil, nil) }
  }
}
