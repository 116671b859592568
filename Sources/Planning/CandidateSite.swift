public import Geo

/// The sites where a payment point could be opened, as columns of equal length, in ascending order of their ids.
public struct CandidateTable: Sendable {
  /// The id planners know the site by.
  public var ids = TextColumn()
  /// The name.
  public var names = TextColumn()
  /// What would be opened there; `nil` where not said.
  public var kinds: [PointKind?] = []
  /// Degrees north, WGS-84.
  public var latitudes: [Double] = []
  /// Degrees east, WGS-84.
  public var longitudes: [Double] = []
  /// The place the site belongs to, as a position in the place table; -1 where none.
  public var places: [Int32] = []
  /// The cost of opening, in fen; `nil` where not known.
  public var openingCostsFen: [Int?] = []
  /// The cost of a month, in fen; `nil` where not known.
  public var monthlyCostsFen: [Int?] = []
  /// Counters or devices; 0 where not known.
  public var counters: [Int32] = []

  /// An empty table.
  public init() {}

  /// How many sites there are.
  public var count: Int { kinds.count }

  /// Where site `i` is.
  public func coordinate(of i: Int) -> Coordinate<WGS84> {
    Coordinate(latitude: latitudes[i], longitude: longitudes[i])!
  }
}
