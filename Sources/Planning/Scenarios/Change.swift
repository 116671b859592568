public import Geo
public import Travel

/// One change of a network, as a planner thinks of it.
///
///     let changes: [Change] = [.close(point: "P0171"), .feeControl(township: nil, share: 0.8)]
///     let after = try network.applying(changes)
///
/// Changes name things by the ids that planners know them by, so that the same list can be applied to another month's network.
public enum Change: Hashable, Sendable {
  /// Opens a point, at a candidate site or anywhere.
  case open(OpenedPoint)
  /// Closes a point.
  case close(point: String)
  /// Moves a point; it keeps the place it is assigned to, unless another one is named.
  case move(point: String, to: Coordinate<WGS84>, place: String?)
  /// Sets what is said of points.
  case set(PointSelection, PointSettings)
  /// Multiplies the customers of a township, or of all (`nil`), by so many millionths, rounded to the nearest.
  case grow(township: String?, millionths: Int)
  /// Puts this share of the customers of a township, or of all (`nil`), on fee control.
  case feeControl(township: String?, share: Double)
  /// Closes roads to some modes of travel, both ways.
  case closeRoad(RoadSelection, modes: Set<TravelMode>)
}

/// A point to open; what is not said comes from the candidate, or is not known.
public struct OpenedPoint: Hashable, Sendable {
  /// The candidate site it opens at; `nil` for none.
  public var candidate: String?
  /// The id; the candidate's where `nil`.
  public var id: String?
  /// The name; the candidate's, else the id.
  public var name: String?
  /// What it is; the candidate's, else a village committee, which demand models measure all others by.
  public var kind: PointKind?
  /// Where it is; the candidate's, else where the place is that it is assigned to.
  public var position: Coordinate<WGS84>?
  /// Who runs it; not stated where `nil`.
  public var operatorName: String?
  /// What it accepts; everything where `nil`.
  public var methods: PaymentMethods?
  /// When it is open; not known where `nil`, so that it counts at any moment.
  public var hours: OpeningHours?
  /// Counters or devices; the candidate's, else not known.
  public var counters: Int?
  /// The place it is assigned to; the candidate's, else none.
  public var place: String?
  /// What opening costs, in fen; the candidate's, else not known.
  public var openingCostFen: Int?
  /// The cost of a month, in fen; the candidate's, else not known.
  public var monthlyCostFen: Int?
  /// What a payment brings the one who takes it, in fen; not known where `nil`.
  public var feePerPaymentFen: Int?

  /// A point of which nothing is said yet.
  public init() {}
}

/// Which points a change is about.
public enum PointSelection: Hashable, Sendable {
  /// A point.
  case point(String)
  /// All points with these properties; `nil` for any. A point's township is that of the place it is assigned to, else that of the
  /// nearest place.
  case all(kind: PointKind?, township: String?)
}

/// What a change says of points; `nil` leaves what is there.
public struct PointSettings: Hashable, Sendable {
  /// What they are.
  public var kind: PointKind?
  /// What they accept.
  public var methods: PaymentMethods?
  /// When they are open.
  public var hours: OpeningHours?
  /// Counters or devices.
  public var counters: Int?
  /// Whether they work.
  public var status: PointStatus?
  /// The cost of a month, in fen.
  public var monthlyCostFen: Int?
  /// What a payment brings, in fen.
  public var feePerPaymentFen: Int?

  /// Nothing.
  public init() {}

  /// Whether nothing is said.
  public var isEmpty: Bool { self == PointSettings() }
}

/// Which roads a change is about.
public enum RoadSelection: Hashable, Sendable {
  /// An edge of the road network, by the number that the atlas's table `roads` gives it.
  case edge(Int)
  /// All edges that a straight line touches.
  case line(from: Coordinate<WGS84>, to: Coordinate<WGS84>)
}

/// Changes under a name, applied in order to a baseline that stays what it is.
public struct Scenario: Hashable, Sendable {
  /// What the planner calls it.
  public var name: String
  /// What it is for; may be empty.
  public var description: String
  /// The changes, in order.
  public var changes: [Change]

  /// Puts a scenario together.
  public init(name: String = "", description: String = "", changes: [Change] = []) {
    self.name = name
    self.description = description
    self.changes = changes
  }
}

/// Why a change cannot be made.
public struct ChangeError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Error, Hashable, Sendable {
    case unknownPoint(String)
    case unknownCandidate(String)
    case unknownPlace(String)
    case unknownTownship(String)
    /// Opened, but there is a point of this id.
    case pointExists(String)
    /// Closed, but it is closed.
    case alreadyClosed(String)
    /// Opened without an id or a candidate.
    case noID
    /// Opened without a position, a candidate or a place.
    case noPosition
    /// So many whole kilometers from the nearest place.
    case offTheMap(Coordinate<WGS84>, kilometers: Int)
    /// No point has the properties asked for.
    case nothingSelected
    /// A place would have more customers than can be.
    case tooManyCustomers(place: String)
    /// There are no roads, or travel does not use them.
    case noRoads
    /// The network's edges are 0..<`count`.
    case unknownEdge(Int, count: Int)
    /// The line touches no road.
    case noRoadOnLine
  }

  /// The position of the change in the list.
  public let change: Int
  /// What is wrong with it.
  public let reason: Reason

  /// Names a change and what is wrong with it.
  public init(change: Int, reason: Reason) {
    self.change = change
    self.reason = reason
  }
}
