public import Geo

/// What a plan promised when it was kept: who opens, and how many payments a month everyone can expect then.
public struct PlanPromise: Hashable, Sendable {
  /// Payments a month, with where those of a single month lie with 95 % probability.
  public struct Forecast: Hashable, Sendable {
    /// Payments of a usual month.
    public var expected: Double
    /// The interval.
    public var interval: ClosedRange<Double>

    /// - Precondition: all are finite and from 0 up, which numbers read from outside need not be.
    public init(expected: Double, interval: ClosedRange<Double>) {
      precondition(
        expected >= 0 && expected.isFinite && interval.upperBound.isFinite, "payments are expected")
      self.expected = expected
      self.interval = interval
    }
  }

  /// A site to open.
  public struct Site: Hashable, Sendable {
    /// The id of the candidate.
    public var id: String
    /// Its name.
    public var name: String
    /// Where it is.
    public var position: Coordinate<WGS84>
    /// What it can expect; `nil` where nothing was known.
    public var forecast: Forecast?

    /// Describes a site.
    public init(id: String, name: String, position: Coordinate<WGS84>, forecast: Forecast?) {
      (self.id, self.name, self.position, self.forecast) = (id, name, position, forecast)
    }
  }

  /// The sites, in the order to open them.
  public var sites: [Site]
  /// By the id of every point there was, what it can expect once all sites are open; `nil` where it was not active.
  public var points: [String: Forecast?]
  /// The last month whose volumes the forecast knew, as `YYYY-MM`; empty where it knew none.
  public var volumesUntil: String
  /// The day it was kept, as `YYYY-MM-DD`.
  public var keptOn: String

  /// Describes a promise.
  public init(sites: [Site], points: [String: Forecast?], volumesUntil: String, keptOn: String) {
    (self.sites, self.points, self.volumesUntil, self.keptOn) = (sites, points, volumesUntil, keptOn)
  }
}

extension PlanPromise {
  /// The point that a site has become.
  public struct Match: Hashable, Sendable {
    /// Its position in the point table.
    public let point: Int
    /// Whether it has the candidate's id.
    public let isByID: Bool
    /// How far it is from where it was planned, in meters, to the nearest.
    public let meters: Int
  }

  /// How far from its site a point may have opened.
  public static let matchRadius = Distance.meters(100)

  /// The point that each site has become, in the order of the sites; `nil` where none has opened.
  ///
  /// Only new points come into question: those that the plan did not know, or that opened after the day it was kept; and none
  /// that is still planned. A point with the candidate's id is it. Otherwise it is one at most 100 m away, the rim included: one
  /// with the candidate's name before others, then the nearest, then the lower position. A point is one site at most, the
  /// earlier one's; ids are matched first.
  ///
  /// - Complexity: O(sites × points).
  public func matches(in points: PointTable) -> [Match?] {
    var isFree = (0..<points.count).map { point in
      points.statuses[point] != .planned
        && (self.points[points.ids[point]] == nil || points.openedOn[point] > keptOn)
    }
    var matches = [Match?](repeating: nil, count: sites.count)
    func take(_ point: Int, _ order: Int, isByID: Bool) {
      isFree[point] = false
      let away = sites[order].position.distance(to: points.coordinate(of: point))
      matches[order] = Match(point: point, isByID: isByID, meters: Int(away.meters.rounded()))
    }
    for order in sites.indices {
      if let point = isFree.indices.first(where: { isFree[$0] && points.ids[$0] == sites[order].id }) {
        take(point, order, isByID: true)
      }
    }
    for order in sites.indices where matches[order] == nil {
      let site = sites[order]
      var best: (point: Int, isNamed: Bool, meters: Double)?
      for point in isFree.indices where isFree[point] {
        let meters = site.position.distance(to: points.coordinate(of: point)).meters
        guard meters <= Self.matchRadius.meters + rimMeters else { continue }
        let isNamed = points.names[point] == site.name
        if let best, best.isNamed ? !isNamed || meters >= best.meters : !isNamed && meters >= best.meters {
          continue
        }
        best = (point, isNamed, meters)
      }
      if let best { take(best.point, order, isByID: false) }
    }
    return matches
  }
}
