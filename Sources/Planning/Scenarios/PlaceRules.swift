import Geo
import Travel

/// What the standard asks of a place, put in numbers once.
struct PlaceRules: Sendable {
  let standard: ServiceStandard
  private let town: StraightLine
  private let village: StraightLine
  private let trips: Double
  /// The radius in which a point serves a village place; `nil` where minutes decide.
  let radiusMeters: Double?

  init(_ options: CoverageOptions) {
    standard = options.standard
    town = StraightLine(mode: options.standard.mode(of: .town), factors: options.factors)
    village = StraightLine(mode: options.standard.mode(of: .village), factors: options.factors)
    trips = options.standard.countsReturn ? 2 : 1
    if case .pointInVillage(let radius) = options.standard.village {
      radiusMeters = radius.meters + rimMeters
    } else {
      radiusMeters = nil
    }
  }

  var asksForRadius: Bool { radiusMeters != nil }

  /// The two ways by straight line, as `Reach` has them.
  func ways(_ nearest: NearestTwo, _ setting: Setting, _ terrain: Terrain) -> CountingPoints.Ways {
    let line = setting == .town ? town : village
    func entry(_ point: Int32, _ meters: Double) -> Reach.Entry? {
      guard point >= 0 else { return nil }
      return Reach.Entry(
        point: point, seconds: Int32(clamping: line.seconds(over: .meters(trips * meters), in: terrain)),
        meters: Int32((trips * meters).rounded()))
    }
    return (entry(nearest.first, nearest.firstMeters), entry(nearest.second, nearest.secondMeters))
  }
}
