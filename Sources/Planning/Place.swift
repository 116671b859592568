public import Geo
public import Travel

/// Whether a place is judged by the town's rule or by the village's.
public enum Setting: UInt8, CaseIterable, Sendable {
  case town = 0
  case village = 1

  /// The word used in files: `town` or `village`.
  public var name: String { self == .town ? "town" : "village" }
}

/// The places of a network, as columns of equal length, in ascending order of their ids (by UTF-8 bytes).
///
/// A place is a village, a villagers' group, an urban community or a quarter of one: the unit whose customers need
/// a payment point. `i` below is a place's position in the columns.
public struct PlaceTable: Sendable {
  /// The id planners know the place by.
  public var ids = TextColumn()
  /// The name.
  public var names = TextColumn()
  /// Which rule the place is judged by.
  public var settings: [Setting] = []
  /// Degrees north, WGS-84.
  public var latitudes: [Double] = []
  /// Degrees east, WGS-84.
  public var longitudes: [Double] = []
  /// Electricity customers, at least 0.
  public var customers: [Int] = []
  /// The terrain, which decides the circuity.
  public var terrains: [Terrain] = []
  /// The township, as a position in `townshipNames`.
  public var townships: [Int32] = []
  /// The names of the townships in ascending order; the empty name, first if present, is "not stated".
  public var townshipNames: [String] = []
  /// The administrative village or community the place is part of, as a position in `villageNames`.
  public var villages: [Int32] = []
  /// The name of each administrative village; empty where no place of it states one.
  public var villageNames = TextColumn()
  /// The statistical code of the village; empty where not stated.
  public var villageCodes = TextColumn()
  /// The share of customers on fee control (prepaid), 0...1, NaN where not known.
  public var feeControlShares: [Double] = []
  /// The share of customers who pay online, 0...1, NaN where not known.
  public var onlineShares: [Double] = []
  /// The share of elderly customers, 0...1, NaN where not known.
  public var elderlyShares: [Double] = []
  /// Money overdue, in fen; -1 where not known.
  public var arrearsFen: [Int] = []

  /// An empty table.
  public init() {}

  /// How many places there are.
  public var count: Int { customers.count }

  /// Where place `i` is.
  public func coordinate(of i: Int) -> Coordinate<WGS84> {
    Coordinate(latitude: latitudes[i], longitude: longitudes[i])!
  }

  /// All positions, in order.
  ///
  /// - Complexity: O(*n*).
  public var coordinates: [Coordinate<WGS84>] { (0..<count).map(coordinate(of:)) }
}
