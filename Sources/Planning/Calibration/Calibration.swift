public import Travel

/// How people of a county travel, as its distance surveys say.
///
///     let calibration = calibrate(surveys.distances, of: network, .init()).calibration
///     options.factors = calibration.factors
///
/// Every figure keeps how many answers it rests on and how sure it is.
public struct Calibration: Hashable, Sendable {
  /// A factor of travel: what is used, and what the answers say.
  public struct Factor: Hashable, Sendable {
    /// How the factor came about.
    public enum Method: String, CaseIterable, Sendable {
      /// No answers: the default.
      case standard = "default"
      /// No answers of its own: that of the group it belongs to, all modes over its terrain or its mode over all terrains.
      case borrowed
      /// Fewer than 20 answers: the median ratio, drawn toward the group's.
      case shrunkMedian = "shrunk_median"
      /// 20 answers or more: the ratio of sums after gross errors were rejected.
      case ratioOfSums = "ratio_of_sums"
      /// 20 answers or more, of minutes: the distribution behind the rounded minutes after gross errors were rejected.
      case roundedMinutes = "rounded_minutes"
      /// The answers gave what cannot be: the default.
      case refused
    }

    /// Whose travel; `nil` for all modes together.
    public var mode: TravelMode?
    /// Over which terrain; `nil` for all together.
    public var terrain: Terrain?
    /// What travel uses.
    public var value: Double
    /// What would be used without a survey.
    public var standard: Double
    /// What the answers say by themselves; `nil` where there are none.
    public var estimate: Double?
    /// The 95 % interval of `estimate`, which also holds `value`; `nil` below 6 answers.
    public var interval: ClosedRange<Double>?
    /// How many answers there were, rejected ones included.
    public var answers: Int
    /// How many of them were rejected as gross.
    public var rejected: Int
    /// How `value` came about.
    public var method: Method

    /// Describes a factor.
    public init(
      mode: TravelMode?, terrain: Terrain?, value: Double, standard: Double, estimate: Double? = nil,
      interval: ClosedRange<Double>? = nil, answers: Int = 0, rejected: Int = 0, method: Method
    ) {
      self.mode = mode
      self.terrain = terrain
      self.value = value
      self.standard = standard
      self.estimate = estimate
      self.interval = interval
      self.answers = answers
      self.rejected = rejected
      self.method = method
    }
  }

  /// How circuity falls with distance: log k = a − b · log d, d in kilometers of great circle. Reported, not used.
  public struct DistanceSlope: Hashable, Sendable {
    /// Over which terrain.
    public var terrain: Terrain
    /// The circuity of a way of 1 km of great circle.
    public var atOneKilometer: Double
    /// b: how much the logarithm of circuity falls when that of distance grows by 1.
    public var slope: Double
    /// Its 95 % interval.
    public var interval: ClosedRange<Double>
    /// How many answers.
    public var answers: Int

    /// Describes a slope.
    public init(
      terrain: Terrain, atOneKilometer: Double, slope: Double, interval: ClosedRange<Double>, answers: Int
    ) {
      self.terrain = terrain
      self.atOneKilometer = atOneKilometer
      self.slope = slope
      self.interval = interval
      self.answers = answers
    }
  }

  /// Which share of those asked is within ten minutes of where they pay.
  public struct Share: Hashable, Sendable {
    /// How they travel; `nil` for all together.
    public var mode: TravelMode?
    /// The share of true times within ten minutes, 0...1; `nil` where the answers are too few or too alike to say.
    public var estimate: Double?
    /// Its 95 % interval; `nil` where there is no estimate.
    public var interval: ClosedRange<Double>?
    /// The share of raw answers of at most ten minutes: too high, because 12 minutes are told as 10. `nil` of no answers.
    public var naive: Double?
    /// The share of raw answers that are multiples of five, where 20 % are by chance (K13). `nil` of no answers.
    public var heaping: Double?
    /// The median of true times in minutes; `nil` where there is no estimate, or none for all together.
    public var medianMinutes: Double?
    /// The standard deviation of the logarithm of true times; `nil` as above.
    public var logSpread: Double?
    /// The shares of those who round to the minute, to 5 and to 10; empty as above.
    public var rounding: [Double]
    /// How many answers.
    public var answers: Int

    /// Describes a share.
    public init(
      mode: TravelMode?, estimate: Double? = nil, interval: ClosedRange<Double>? = nil, naive: Double? = nil,
      heaping: Double? = nil, medianMinutes: Double? = nil, logSpread: Double? = nil, rounding: [Double] = [],
      answers: Int
    ) {
      self.mode = mode
      self.estimate = estimate
      self.interval = interval
      self.naive = naive
      self.heaping = heaping
      self.medianMinutes = medianMinutes
      self.logSpread = logSpread
      self.rounding = rounding
      self.answers = answers
    }
  }

  /// How many distance surveys there were.
  public var surveys = 0
  /// The seed of the draws.
  public var seed: UInt64 = 1
  /// How many draws an interval rests on.
  public var draws = 1_000
  /// Length of the way ÷ great circle: by terrain over all modes, then by mode and terrain.
  public var circuity: [Factor] = []
  /// Meters per second on the way: by mode over all terrains, then by mode and terrain.
  public var speed: [Factor] = []
  /// Reported ÷ modeled minutes along the roads: by mode, which is used, then by mode and terrain, which is not. Empty where
  /// it was not asked for.
  public var roads: [Factor] = []
  /// How circuity falls with distance, for terrains with 60 answers or more.
  public var slopes: [DistanceSlope] = []
  /// Who is within ten minutes: all, then by mode.
  public var shares: [Share] = []
  /// How many answers were set aside for each reason, in the order of the reasons; an answer may count for several uses.
  public var setAside: [(reason: SurveyRejection.Reason, count: Int)] {
    get { SurveyRejection.Reason.allCases.compactMap { reason in counts[reason].map { (reason, $0) } } }
    set { counts = Dictionary(newValue.map { ($0.reason, $0.count) }, uniquingKeysWith: +) }
  }
  private var counts: [SurveyRejection.Reason: Int] = [:]

  /// No answers: the defaults.
  public init() {}

  /// What travel uses.
  public var factors: TravelFactors {
    var factors = TravelFactors.defaults
    for factor in circuity {
      if let mode = factor.mode, let terrain = factor.terrain {
        factors[mode].setCircuity(factor.value, in: terrain)
      }
    }
    for factor in speed {
      if let mode = factor.mode, let terrain = factor.terrain {
        factors[mode].setMetersPerSecond(factor.value, in: terrain)
      }
    }
    for factor in roads where factor.terrain == nil {
      if let mode = factor.mode { factors[mode].roadThousandths = Int((factor.value * 1_000).rounded()) }
    }
    return factors
  }

  /// The factors that can be: circuities, speeds by mode in meters per second, and road factors.
  ///
  /// Circuity: network lengths are never below the great circle, and above 5 there is a river or a mistake. Speeds: half and
  /// a few times the usual ones. Roads: a model that is off by more than four has the wrong roads.
  public static let plausibleCircuity = 1.0...5.0
  /// The road factors that can be.
  public static let plausibleRoadFactor = 0.25...4.0
  /// The speeds that can be, in meters per second.
  public static func plausibleSpeed(of mode: TravelMode) -> ClosedRange<Double> {
    switch mode {
    case .walk: 0.3...3
    case .ebike: 1...15
    case .car: 1...40
    }
  }
}

/// An answer that an estimate did without, and why.
public struct SurveyRejection: Hashable, Sendable {
  /// Why.
  public enum Reason: String, CaseIterable, Sendable {
    /// By bus: not a mode that is modeled.
    case bus
    /// Less than 50 m from the point: the ratio of two such lengths says nothing.
    case atThePoint = "at_the_point"
    /// Told a way shorter than the great circle, though rounded in its favor.
    case shorterThanStraight = "shorter_than_straight"
    /// Told a way of more than 500 km.
    case absurdMeters = "absurd_meters"
    /// Told that it takes no time.
    case zeroMinutes = "zero_minutes"
    /// Told more than eight hours.
    case absurdMinutes = "absurd_minutes"
    /// Its length is too far from what others say of theirs: li told as kilometers, the way there and back, the wrong village.
    case grossMeters = "gross_meters"
    /// Its speed is too far from that of the others.
    case grossMinutes = "gross_minutes"
    /// Its minutes are too far from those along the roads.
    case grossRoadMinutes = "gross_road_minutes"
    /// No way along the roads was found, or none within four hours.
    case notOnRoads = "not_on_roads"
  }

  /// The answer, as a position in the survey table.
  public var survey: Int32
  /// Why.
  public var reason: Reason

  /// Names an answer and a reason.
  public init(survey: Int32, reason: Reason) {
    self.survey = survey
    self.reason = reason
  }
}

extension Calibration {
  /// Whether any answer changes how people travel: else it is the defaults, and nothing to keep.
  public var isUsable: Bool {
    (circuity + speed + roads).contains { $0.method != .standard && $0.method != .refused }
  }
}

/// Which calibration an answer was given by.
public struct CalibrationReference: Hashable, Sendable {
  /// Its number in the atlas.
  public var id: Int
  /// The SHA-256 of the surveys and positions it was made from, in lower-case hexadecimal.
  public var inputsSHA256: String
  /// How many distance surveys it was made from.
  public var surveys: Int

  /// Names a calibration.
  public init(id: Int, inputsSHA256: String, surveys: Int) {
    self.id = id
    self.inputsSHA256 = inputsSHA256
    self.surveys = surveys
  }
}
