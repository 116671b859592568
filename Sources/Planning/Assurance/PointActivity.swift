import Geo

/// Which points really work, by their volumes (domain KPI K8).
public struct PointActivity: Sendable {
  /// What the latest months say of one point.
  public enum State: UInt8, CaseIterable, Sendable {
    /// A payment in the latest month.
    case active = 0
    /// None in the latest month, but in the one before.
    case idle
    /// None in the latest two months: sixty days.
    case dormant60
    /// None in the latest three months or longer: ninety days.
    case dormant90
    /// Never a volume, or opened since: nothing can be said.
    case unknown

    /// The word used in files.
    public var name: String {
      switch self {
      case .active: "active"
      case .idle: "idle"
      case .dormant60: "dormant_60_days"
      case .dormant90: "dormant_90_days"
      case .unknown: "unknown"
      }
    }
  }

  /// By point; `nil` where its status is not active.
  public private(set) var states: [State?] = []
  /// By point, how many of the latest months in a row had no payment; 0 where that is not known.
  public private(set) var monthsWithout: [Int] = []
  /// Points of active status.
  public private(set) var points = 0
  /// A30: those with at least one payment in the latest month.
  public private(set) var active = 0
  /// A30+: those with at least thirty.
  public private(set) var busy = 0
  /// Customers of all places.
  public private(set) var customers = 0
  /// Square kilometers of the county, or of the townships together; `nil` where no boundary exists.
  public private(set) var squareKilometers: Double?

  /// Thirty payments a month: below that no bank pays its agent (Zengcheng 2014-16).
  public static let busyPayments = 30

  /// Looks at the latest months of a network. A month without a row counts as one without payments, for points that had a row before.
  ///
  /// - Complexity: O(volumes + points).
  public init(_ network: PaymentNetwork) {
    let table = network.volumes
    let count = network.points.count
    let volumes = RecentVolumes(table, pointCount: count, months: max(1, table.months.count))
    for point in 0..<count {
      guard network.points.statuses[point] == .active else {
        states.append(nil)
        monthsWithout.append(0)
        continue
      }
      points += 1
      let latest = volumes.payments(of: point, monthsBack: 0) ?? 0
      if latest > 0 { active += 1 }
      if latest >= Self.busyPayments { busy += 1 }
      let without = Self.monthsWithout(point, volumes, network)
      monthsWithout.append(without ?? 0)
      let state: State =
        switch without {
        case nil: .unknown
        case 0: .active
        case 1: .idle
        case 2: .dormant60
        default: .dormant90
        }
      states.append(state)
    }
    customers = network.places.customers.reduce(0, +)
    let county = network.boundaries.filter { $0.level == "county" }
    let area = (county.isEmpty ? network.boundaries.filter { $0.level == "township" } : county)
      .flatMap(\.polygons).reduce(0) { $0 + $1.areaSquareMeters }
    squareKilometers = area > 0 && area.isFinite ? area / 1e6 : nil
  }

  /// A30 as a share of the points of active status; `nil` where there are none, or no volumes.
  public var activeShare: Double? { points == 0 || !isKnown ? nil : Double(active) / Double(points) }

  /// How many points of active status are in `state`.
  public func count(_ state: State) -> Int { states.count { $0 == state } }

  /// `count` per 1,000 km² (IMF Financial Access Survey); `nil` where no boundary exists.
  public func perThousandSquareKilometers(_ count: Int) -> Double? {
    squareKilometers.map { Double(count) / $0 * 1_000 }
  }

  /// `count` per 100,000 customers; `nil` where there are none. The Financial Access Survey divides by adults, whom no
  /// table here counts: a customer is a household or a firm.
  public func perHundredThousandCustomers(_ count: Int) -> Double? {
    customers == 0 ? nil : Double(count) / Double(customers) * 100_000
  }

  private var isKnown: Bool { states.contains { $0 != nil && $0 != .unknown } }

  /// How many of the latest months in a row had no payment; `nil` where the point had no volumes ever, or was not open yet.
  private static func monthsWithout(
    _ point: Int, _ volumes: RecentVolumes, _ network: PaymentNetwork
  ) -> Int? {
    guard volumes.months(of: point) > 0 else { return nil }
    let opened = String(network.points.openedOn[point].prefix(7))
    var without = 0
    while without <= volumes.latest, (volumes.payments(of: point, monthsBack: without) ?? 0) == 0 {
      // A month in which it had not been open all along says nothing.
      if !opened.isEmpty, network.volumes.months[volumes.latest - without] <= opened { break }
      without += 1
    }
    return without
  }
}
