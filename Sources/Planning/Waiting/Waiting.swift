public import Travel

/// What is assumed about the peak of a point's month; each is printed with the answer.
public struct WaitingOptions: Hashable, Sendable {
  /// How many of the latest months with volumes are averaged.
  public var months = 12
  /// How many times an average day's payments the busiest day of the month has, where no busiest day was counted. Bill days,
  /// last days and market days have 1.5 to 4 times as many.
  public var peakDayFactor = 2.5
  /// The share of a day's payments that come in its busiest hour; at least an even share of the hours open.
  public var peakHourShare = 0.25
  /// Mean seconds at the counter, where no payment was timed anywhere.
  public var handlingSeconds = 120.0
  /// c_a² of arrivals: 1 where people come independently.
  public var arrivalVariability = 1.0
  /// c_s² of handling times, where fewer than twenty payments were timed.
  public var handlingVariability = 0.5
  /// Days open a week where the hours are not known.
  public var daysOpenPerWeek = 5
  /// Minutes open on such a day.
  public var minutesOpenPerDay = 480
  /// Longer waits are counted as long.
  public var longWait = TravelTime.minutes(20)
  /// A wait that people notice.
  public var shortWait = TravelTime.minutes(5)

  /// The default assumptions.
  public init() {}

  /// Counters of a point of a kind where none are stated.
  public static func counters(of kind: PointKind) -> Int { kind == .businessHall || kind == .bank ? 2 : 1 }
}

/// How busy the counters are at the peak, and how long people wait there.
public struct Waiting: Sendable {
  /// The peak at one point.
  public struct Peak: Hashable, Sendable {
    /// Mean payments of the months known.
    public var paymentsPerMonth: Double
    /// How many months were known.
    public var months: Int
    /// Payments on the busiest day of the month ÷ those of an average day open.
    public var peakDayFactor: Double
    /// Whether busiest days were counted; else the factor is assumed.
    public var countsBusiestDay: Bool
    /// Whether the opening hours are assumed.
    public var assumesHours: Bool
    /// The share of the day's payments in its busiest hour.
    public var peakHourShare: Double
    /// People who come in the busiest hour of the busiest day.
    public var arrivalsPerHour: Double
    /// Mean seconds at the counter.
    public var handlingSeconds: Double
    /// c_s² of the handling times.
    public var handlingVariability: Double
    /// How many timed payments of this very point are behind these.
    public var observations: Int
    /// Counters or devices.
    public var counters: Int
    /// Whether their number is assumed.
    public var assumesCounters: Bool
    /// ρ: how busy the counters are; from 1 on they do not keep up.
    public var utilization: Double
    /// The mean wait in the busiest hour.
    public var meanWaitSeconds: Double
    /// The share who wait longer than the options' long wait.
    public var longWaitShare: Double
    /// The probability of waiting longer than `shortWait` at the peak.
    public var shortWaitShare: Double
    /// Whether more come than can be served; the wait is then that of a backlog, and this is what it grows to.
    public var backlog: Double?

    /// Whether more come in the busiest hour than can be served.
    public var isOverloaded: Bool { backlog != nil }
  }

  /// What was assumed.
  public let options: WaitingOptions
  /// By point; `nil` where it is not active or has no volumes.
  public private(set) var peaks: [Peak?]
  /// The handling times behind the peaks.
  public let handling: HandlingTimes

  /// Seconds that each point takes besides the way: the wait at the peak and the handling, rounded up, a day at most. Where
  /// there are no volumes the handling alone.
  public var delaySeconds: [Int32] {
    peaks.indices.map { point in
      let delay = (peaks[point]?.meanWaitSeconds ?? 0) + handling.seconds[point]
      return Int32(min(86_400, max(0, (delay - 1e-6).rounded(.up))))
    }
  }
}

/// How busy the counters are at the peak, and how long people wait there.
///
///     let answer = waiting(at: network, surveys.services)
///     answer.peaks[7]?.utilization  // 0.64
///
/// The peak is the busiest hour of the busiest day of a month: λ = (payments a month ÷ days open) × peak-day factor ×
/// peak-hour share. Below ρ = 1 the wait is that of `CounterQueue`; from there on that formula means nothing, and the wait is that
/// of a `FluidBacklog` over the hours of the day, with the busiest hour first and the others alike.
///
/// Months without a row do not count as months without payments. A stated month with no payments does.
///
/// - Complexity: O(volumes + surveys · log surveys + points).
public func waiting(
  at network: PaymentNetwork, _ surveys: ServiceSurveyTable, _ options: WaitingOptions = .init()
) -> Waiting {
  let points = network.points
  let handling = HandlingTimes(
    surveys, kinds: points.kinds, assumed: options.handlingSeconds,
    assumedVariability: options.handlingVariability)
  let volumes = RecentVolumes(network.volumes, pointCount: points.count, months: options.months)
  let peaks = (0..<points.count).map { point -> Waiting.Peak? in
    guard points.statuses[point] == .active, let mean = volumes.mean(of: point) else { return nil }
    return Waiting.Peak(of: point, in: points, mean: mean, volumes, handling, options)
  }
  return Waiting(options: options, peaks: peaks, handling: handling)
}

extension Waiting.Peak {
  fileprivate init(
    of point: Int, in points: PointTable, mean: Double, _ volumes: RecentVolumes, _ handling: HandlingTimes,
    _ options: WaitingOptions
  ) {
    let hour = PeakHour(of: point, in: points, volumes, options)
    let (windowMinutes, share) = (hour.windowMinutes, hour.share)
    let dayPayments = mean / hour.daysPerMonth * hour.dayFactor
    let arrivals = dayPayments * share
    let known = Int(points.counters[point])
    let queue = CounterQueue(
      arrivalsPerSecond: arrivals / (windowMinutes * 60), handlingSeconds: handling.seconds[point],
      counters: known > 0 ? known : WaitingOptions.counters(of: points.kinds[point]),
      arrivalVariability: options.arrivalVariability, handlingVariability: handling.variabilities[point])

    paymentsPerMonth = mean
    months = volumes.months(of: point)
    peakDayFactor = hour.dayFactor
    countsBusiestDay = hour.countsBusiestDay
    assumesHours = hour.week.isAssumed
    peakHourShare = share
    arrivalsPerHour = arrivals * 60 / windowMinutes
    handlingSeconds = queue.handlingSeconds
    handlingVariability = queue.handlingVariability
    observations = handling.observations[point]
    counters = queue.counters
    assumesCounters = known <= 0
    utilization = queue.utilization
    let (longWait, shortWait) = (Double(options.longWait.seconds), Double(options.shortWait.seconds))
    if let wait = queue.meanWaitSeconds, let long = queue.share(waitingLongerThan: longWait),
      let short = queue.share(waitingLongerThan: shortWait)
    {
      meanWaitSeconds = wait
      longWaitShare = long
      shortWaitShare = short
      backlog = nil
    } else {
      let slots = max(1, Int((hour.week.minutesPerDay / windowMinutes).rounded()))
      let others = slots > 1 ? dayPayments * (1 - share) / Double(slots - 1) : 0
      let fluid = FluidBacklog(
        arrivals: [arrivals] + [Double](repeating: others, count: slots - 1),
        perSlot: Double(queue.counters) * windowMinutes * 60 / queue.handlingSeconds,
        slotSeconds: windowMinutes * 60, watching: 0)
      meanWaitSeconds = fluid.meanWaitSeconds
      longWaitShare = fluid.share(waitingLongerThan: longWait)
      shortWaitShare = fluid.share(waitingLongerThan: shortWait)
      backlog = fluid.largest
    }
  }
}

/// Days of a mean month of the Gregorian calendar: 146,097 ÷ 4,800.
let daysPerMonth = 30.436_875

/// Which hour is the busiest of a point's month, and how much of the month's payments come in it.
struct PeakHour {
  let week: OpenWeek
  /// Days open in a month.
  let daysPerMonth: Double
  /// How long the busiest hour is: less than an hour where the point is open for less.
  let windowMinutes: Double
  /// Payments on the busiest day ÷ those of an average day open.
  let dayFactor: Double
  /// Whether busiest days were counted; else the factor is assumed.
  let countsBusiestDay: Bool
  /// The share of the day's payments in the busiest hour.
  let share: Double

  init(of point: Int, in points: PointTable, _ volumes: RecentVolumes, _ options: WaitingOptions) {
    week = OpenWeek(points.openingHours(of: point), options)
    daysPerMonth = week.days * Planning.daysPerMonth / 7
    windowMinutes = min(60, week.minutesPerDay)
    let counted = volumes.busiestDayFactor(of: point, daysOpen: daysPerMonth)
    dayFactor = counted ?? options.peakDayFactor
    countsBusiestDay = counted != nil
    // Whoever is open three hours cannot have less than a third of the day's payments in the busiest.
    share = min(1, max(options.peakHourShare, windowMinutes / week.minutesPerDay))
  }

  /// The seconds of the busiest hour ÷ the share of a month's payments that come in it: payments a month that take up one counter, times
  /// the seconds of each.
  var monthlySeconds: Double { daysPerMonth * windowMinutes * 60 / (dayFactor * share) }
}

/// How many days a week a point is open, and for how long.
struct OpenWeek {
  let days: Double
  let minutesPerDay: Double
  let isAssumed: Bool

  init(_ hours: OpeningHours?, _ options: WaitingOptions) {
    let days = hours?.daysOpen(atLeast: 1) ?? 0
    isAssumed = days == 0
    if let hours, days > 0 {
      self.days = Double(days)
      minutesPerDay = Double(hours.minutesPerWeek) / Double(days)
    } else {
      self.days = Double(min(7, max(1, options.daysOpenPerWeek)))
      minutesPerDay = Double(min(1_440, max(1, options.minutesOpenPerDay)))
    }
  }
}
