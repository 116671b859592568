public import Geo

/// What a payment point is.
public enum PointKind: UInt8, CaseIterable, Sendable {
  case businessHall = 0
  case selfService, bank, postal, ruralBank, shop, communityStation, villageCommittee, other

  /// The word used in files, such as `business_hall`.
  public var name: String {
    switch self {
    case .businessHall: "business_hall"
    case .selfService: "self_service"
    case .bank: "bank"
    case .postal: "postal"
    case .ruralBank: "rural_bank"
    case .shop: "shop"
    case .communityStation: "community_station"
    case .villageCommittee: "village_committee"
    case .other: "other"
    }
  }
}

/// The media a payment point accepts.
public struct PaymentMethods: OptionSet, Hashable, Sendable {
  /// One bit per method, in the order of `all`.
  public let rawValue: UInt8

  /// The methods whose bits are set.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Notes and coins.
  public static let cash = PaymentMethods(rawValue: 1)
  /// Bank card.
  public static let card = PaymentMethods(rawValue: 2)
  /// Scanned code (WeChat, Alipay, UnionPay).
  public static let qr = PaymentMethods(rawValue: 4)
  /// The city's citizen card.
  public static let citizenCard = PaymentMethods(rawValue: 8)

  /// Every method with the word used in files, in the order they are written.
  public static let all: [(name: String, method: PaymentMethods)] = [
    ("cash", .cash), ("card", .card), ("qr", .qr), ("citizen_card", .citizenCard),
  ]

  /// The words of the methods in the set, in the order of `all`.
  public var names: [String] { Self.all.filter { contains($0.method) }.map(\.name) }
}

/// Whether a point works today.
public enum PointStatus: UInt8, CaseIterable, Sendable {
  /// Also where nothing is said.
  case active = 0
  case suspended, closed, planned

  /// The word used in files.
  public var name: String {
    switch self {
    case .active: "active"
    case .suspended: "suspended"
    case .closed: "closed"
    case .planned: "planned"
    }
  }
}

/// The payment points of a network, as columns of equal length, in ascending order of their ids (by UTF-8 bytes).
public struct PointTable: Sendable {
  /// The id planners know the point by.
  public var ids = TextColumn()
  /// The name.
  public var names = TextColumn()
  /// What the point is.
  public var kinds: [PointKind] = []
  /// Degrees north, WGS-84.
  public var latitudes: [Double] = []
  /// Degrees east, WGS-84.
  public var longitudes: [Double] = []
  /// What it accepts; empty where not known.
  public var methods: [PaymentMethods] = []
  /// Whether it works today.
  public var statuses: [PointStatus] = []
  /// When it is open, as a position in `openingHours`; -1 where not known.
  public var hours: [Int32] = []
  /// The different opening hours that occur.
  public var openingHours: [OpeningHours] = []
  /// The place the point is assigned to, as a position in the place table; -1 where none.
  public var places: [Int32] = []
  /// Who runs it, as a position in `operatorNames`.
  public var operators: [Int32] = []
  /// The names of the operators in ascending order; the empty name, first if present, is "not stated".
  public var operatorNames: [String] = []
  /// Counters or devices; 0 where not known.
  public var counters: [Int32] = []
  /// The cost of a month, in fen; -1 where not known.
  public var monthlyCostsFen: [Int] = []
  /// What a payment brings the one who takes it, in fen; -1 where not known.
  public var feesPerPaymentFen: [Int] = []
  /// The day it opened, `YYYY-MM-DD`; empty where not known.
  public var openedOn = TextColumn()
  /// The day it closed, `YYYY-MM-DD`; empty where not known.
  public var closedOn = TextColumn()
  /// The number to call before one goes, as people write it; empty where not known.
  public var phones = TextColumn()

  /// An empty table.
  public init() {}

  /// How many points there are.
  public var count: Int { kinds.count }

  /// Where point `i` is.
  public func coordinate(of i: Int) -> Coordinate<WGS84> {
    Coordinate(latitude: latitudes[i], longitude: longitudes[i])!
  }

  /// The opening hours of point `i`, or `nil` where not known.
  public func openingHours(of i: Int) -> OpeningHours? { hours[i] < 0 ? nil : openingHours[Int(hours[i])] }
}
