/// What inspectors found who came to points at published times, as columns of equal length, in ascending order of their ids.
public struct VisitTable: Sendable {
  /// The id of each visit.
  public var ids = TextColumn()
  /// The point visited, as a position in the point table.
  public var points: [Int32] = []
  /// The day, `YYYY-MM-DD`.
  public var dates = TextColumn()
  /// Whether somebody was there to take a payment.
  public var isPresent: [Bool] = []

  /// An empty table.
  public init() {}

  /// How many visits there are.
  public var count: Int { points.count }
}

/// Whether points with published times keep them, as visits say.
///
/// A point that is open fewer than four hours on five days works nevertheless if it was present at 90 % of the published times at
/// which somebody came (the Reserve Bank of India's fixed-point business correspondents, 2017; domain KPI K2). Nine of ten is
/// the least that shows it: of fewer than ten visits nothing is said.
public struct Presence: Sendable {
  /// What visits say of one point.
  public enum State: Hashable, Sendable {
    /// Present at nine tenths of the visits or more; the rim counts.
    case present
    /// Present at fewer.
    case absent
    /// Visited too seldom to say.
    case unknown
  }

  /// The fewest visits that say anything.
  public static let fewestVisits = 10

  /// By point.
  public let states: [State]

  /// - Complexity: O(visits + points).
  public init(_ table: VisitTable, pointCount: Int) {
    var visits = [Int](repeating: 0, count: pointCount)
    var present = visits
    for row in 0..<table.count {
      visits[Int(table.points[row])] += 1
      if table.isPresent[row] { present[Int(table.points[row])] += 1 }
    }
    states = visits.indices.map {
      if visits[$0] < Self.fewestVisits { return .unknown }
      return 10 * present[$0] >= 9 * visits[$0] ? .present : .absent
    }
  }
}
