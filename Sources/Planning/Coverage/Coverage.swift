public import Travel

/// What the coverage question may be narrowed to.
public struct CoverageOptions: Hashable, Sendable {
  /// What a place weighs in the travel times and in the weighted share.
  public enum Weight: String, CaseIterable, Sendable {
    case customers, payments, arrears, elderly
  }
  /// What the answer is broken down by.
  public enum Breakdown: String, CaseIterable, Sendable {
    case township, setting, terrain
  }

  /// The rule places are judged by.
  public var standard = ServiceStandard.tenMinutesAndEveryVillage
  /// How travel times are found.
  public var travel = Travel.straight
  /// Count only points of these kinds; empty for all.
  public var kinds: Set<PointKind> = []
  /// Count only points that accept one of these; empty for all.
  public var methods: PaymentMethods = []
  /// Count only points open then; `nil` for any time.
  public var moment: WeekMinute?
  /// What a place weighs.
  public var weight = Weight.customers
  /// What the answer is broken down by; `nil` for no breakdown.
  public var breakdown: Breakdown?
  /// How fast people are and how their ways wind.
  public var factors = TravelFactors.defaults
  /// The calibration that `factors` are of; `nil` for the defaults.
  public var calibration: CalibrationReference?

  /// The question as the contract asks it by default.
  public init() {}
}

/// Why a place is not served.
public enum UnservedReason: UInt8, CaseIterable, Sendable {
  case tooFar = 1
  case noPointInVillage, closedThen, methodMissing, unreachable

  /// The word used in files.
  public var name: String {
    switch self {
    case .tooFar: "too_far"
    case .noPointInVillage: "no_point_in_village"
    case .closedThen: "closed_then"
    case .methodMissing: "method_missing"
    case .unreachable: "unreachable"
    }
  }
}

/// A part of a whole.
public struct Tally: Hashable, Sendable {
  /// The whole.
  public var total = 0
  /// The part.
  public var served = 0
  /// `served` ÷ `total`, 0...1; `nil` where there is nothing to share.
  public var share: Double? { total == 0 ? nil : Double(served) / Double(total) }
  /// What is left.
  public var unserved: Int { total - served }

  /// Nothing of nothing.
  public init() {}
}

/// The figures of a set of places: the whole county, or one line of a breakdown.
public struct CoverageSummary: Hashable, Sendable {
  /// Places and customers, counted by the verdict.
  public struct Population: Hashable, Sendable {
    /// The places.
    public var places = Tally()
    /// Their customers.
    public var customers = Tally()
    /// Nobody.
    public init() {}
  }

  /// The ladder of administrative villages (行政村) in the country.
  public struct VillageLadder: Hashable, Sendable {
    /// The villages with at least one village place.
    public var total = 0
    /// L0: those without a point that counts within sixty minutes of any of their places.
    public var remote = 0
    /// L1 or better: those with a point that counts within thirty minutes of each of their places. Villages that are neither
    /// lie between.
    public var reachable = 0
    /// L2 or better: a point that counts is assigned to the village.
    public var withPoint = 0
    /// L3 or better: one of those is effective; `nil` where volumes or hours are missing.
    public var effective: Int?
    /// L4: another effective point within thirty minutes; `nil` where volumes or hours are missing.
    public var secured: Int?
    /// As `effective`, but a village whose active points are open fewer hours counts pro rata of the twenty a week; `nil` where
    /// volumes or hours are missing.
    public var effectiveProRata: Double?
    /// The villages' active points that are open fewer hours than a full one: they count as effective where visits found them
    /// present; `nil` where volumes or hours are missing.
    public var partTime: PartTimePoints?
    /// No village.
    public init() {}
  }

  /// Points that are open fewer than four hours on five days, by whether visits found them at their published times.
  public struct PartTimePoints: Hashable, Sendable {
    /// Present at 90 % of ten visits or more.
    public var present = 0
    /// Present at fewer.
    public var absent = 0
    /// Visited fewer than ten times.
    public var unknown = 0
    /// No point.
    public init() {}

    mutating func note(_ state: Presence.State) {
      switch state {
      case .present: present += 1
      case .absent: absent += 1
      case .unknown: unknown += 1
      }
    }

    static func += (sum: inout Self, other: Self) {
      sum.present += other.present
      sum.absent += other.absent
      sum.unknown += other.unknown
    }
  }

  /// A weighted distribution of whole numbers; every figure is `nil` where nothing has weight.
  public struct Distribution: Hashable, Sendable {
    /// The weighted mean.
    public var mean: Double?
    /// The smallest value that at least half the weight does not exceed.
    public var p50: Int?
    /// The same for 90 %.
    public var p90: Int?
    /// The same for 95 %.
    public var p95: Int?
    /// The largest value with any weight.
    public var max: Int?
    /// No distribution.
    public init() {}
  }

  /// How evenly the service reaches people (K5).
  public struct Equity: Hashable, Sendable {
    /// The mean seconds over the worst-served tenth of the weight (CVaR90).
    public var worstTenthMeanSeconds: Double?
    /// The Gini coefficient of the seconds, 0 (all alike) ... 1.
    public var gini: Double?
    /// Share of all customers served minus share of the elderly served; `nil` where no elderly share is known.
    public var elderlyGap: Double?
    /// The lowest share of customers served of any township with customers.
    public var lowestTownshipShare: Double?
    /// Not known.
    public init() {}
  }

  /// Everybody.
  public var all = Population()
  /// The town places.
  public var town = Population()
  /// The village places.
  public var village = Population()
  /// The ladder of administrative villages.
  public var villages = VillageLadder()
  /// Seconds to the nearest point that counts.
  public var seconds = Distribution()
  /// Meters to the nearest point that counts: great circle by straight line, along the way on roads.
  public var meters = Distribution()
  /// Places that reach no point at all.
  public var unreachable = 0
  /// The share of customers who would still be served if any one point closed.
  public var backupShare: Double?
  /// The share of the chosen weight that is served.
  public var weighted = Tally()
  /// How evenly.
  public var equity = Equity()
  /// Hours on the way in a year, there and back, for all in-person payments (K4).
  public var roundTripHoursPerYear = 0.0
  /// How sure the verdicts are.
  public var sensitivity = SpeedSensitivity()

  /// The customers whose verdict changes with the speeds. Two well-known engines disagree on a tenth of all ten-minute
  /// verdicts, because their speeds differ: so this is said beside every answer.
  public struct SpeedSensitivity: Hashable, Sendable {
    /// How much the speeds change, either way.
    public static let percent = 15
    /// Served, but not if everybody were slower by that.
    public var lost = 0
    /// Not served, but served if everybody were faster by that.
    public var gained = 0
    /// Nobody.
    public init() {}
  }

  /// Nothing counted.
  public init() {}
}

/// Who is served, and why the others are not: the answer to the coverage question.
public struct Coverage: Sendable {
  /// One line of a breakdown.
  public struct Line: Hashable, Sendable {
    /// What its places have in common, such as the township's name.
    public var key: String
    /// Their figures.
    public var summary: CoverageSummary
  }

  /// What was asked.
  public var options: CoverageOptions
  /// The figures of the whole network.
  public var summary = CoverageSummary()
  /// The breakdown, in ascending order of the keys.
  public var lines: [Line] = []

  // By place.
  /// Whether each place is served.
  public var isServed: [Bool] = []
  /// The nearest point that counts, as a position in the point table; -1 where none.
  public var nearestPoints: [Int32] = []
  /// Whole seconds to it, rounded up; 0 where none.
  public var seconds: [Int32] = []
  /// Whole meters to it, rounded to the nearest: great circle by straight line, along the way on roads; 0 where none.
  public var meters: [Int32] = []
  /// Why a place is not served; `nil` where it is.
  public var reasons: [UnservedReason?] = []

  /// The places with no road within reach, ascending, and how many meters the nearest is away; `nil` where the mode can
  /// use no road at all. Empty by straight line.
  public var offRoads: [(place: Int, meters: Int?)] = []

  /// How far up the ladder each administrative village has come, by its position in `PlaceTable.villageNames`; `nil` where it has
  /// no village place. At most L2 where volumes or hours are missing.
  public var villageLevels: [VillageLevel?] = []

  /// What the waits at the points do to the answer; `nil` where they were not asked for.
  public var waits: CoverageWaits?

  // By point.
  /// The points that count but have no road within reach for some mode the standard asks for, ascending. Empty by
  /// straight line.
  public var pointsOffRoads: [Int] = []
  /// Whether each point counts.
  public var counts: [Bool] = []
  /// How many of those were taken to be open because nothing is known of their hours.
  public var assumedOpen = 0

  /// An answer to `options` that holds nothing yet.
  public init(options: CoverageOptions) { self.options = options }
}
