/// When a point is open, as a week of minutes.
///
/// Read from a subset of OpenStreetMap's `opening_hours`. Intervals are half open: at its opening minute a point
/// is open, at its closing minute it is closed.
///
///     let hours = try OpeningHours(parsing: "Mo-Fr 08:30-17:30; Sa 09:00-12:00")
///     hours.contains(WeekMinute(parsing: "Sa 11:59")!)  // true
///     hours.contains(WeekMinute(parsing: "Sa 12:00")!)  // false
///     hours.minutesPerWeek                                 // 2880
public struct OpeningHours: Hashable, Sendable {
  /// The text it was read from.
  public let text: String

  /// Open from minute `start` of the week (0 is Monday 00:00) up to, not including, minute `end`; ascending,
  /// disjoint and not touching, all within `0...10080`.
  ///
  /// The night from Sunday to Monday is two intervals, one at each end of the week.
  public let intervals: [Interval]

  /// One stretch of open minutes.
  public struct Interval: Hashable, Sendable {
    /// The first open minute of the week.
    public let start: Int
    /// The minute of the week at which it closes.
    public let end: Int
  }
}

extension OpeningHours {
  /// Whether it is open at `moment`: from an opening minute on, until just before the closing minute.
  ///
  /// - Complexity: O(log *n*) in the number of intervals.
  public func contains(_ moment: WeekMinute) -> Bool {
    // The first interval that closes after the moment is the only one that can hold it.
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].end <= moment.minute { low = middle + 1 } else { high = middle }
    }
    return low < intervals.count && intervals[low].start <= moment.minute
  }

  /// How many minutes it is open between midnight and midnight of a day; hours after midnight count for the day
  /// they fall on.
  ///
  /// - Parameter day: 0 for Monday ... 6 for Sunday.
  /// - Complexity: O(*n*) in the number of intervals.
  public func minutesOpen(onDay day: Int) -> Int {
    precondition((0..<7).contains(day), "a day of the week is 0 (Monday) ... 6 (Sunday), not \(day)")
    let midnight = day * minutesPerDay
    return intervals.reduce(0) { sum, interval in
      sum + max(0, min(interval.end, midnight + minutesPerDay) - max(interval.start, midnight))
    }
  }

  /// On how many days of the week it is open for `minutes` or longer.
  public func daysOpen(atLeast minutes: Int) -> Int {
    (0..<7).count { minutesOpen(onDay: $0) >= minutes }
  }

  /// How many minutes of the week it is open, 0...10080.
  public var minutesPerWeek: Int { intervals.reduce(0) { $0 + $1.end - $1.start } }

  /// Whether the hours are those of a full outlet: at least four hours a day on at least five days a week.
  ///
  /// The Reserve Bank of India's definition of a banking outlet (2017), taken over for the third step of the
  /// village ladder. The hours alone are judged; whether anybody pays there is for the volumes to say.
  public var isEffective: Bool { daysOpen(atLeast: 4 * 60) >= 5 }
}

/// A minute of the week, such as `Mo 09:00`.
public struct WeekMinute: Hashable, Sendable {
  /// Minutes since Monday 00:00, in `0..<10080`.
  public let minute: Int

  /// The minute of the week `minute` minutes after Monday 00:00, or `nil` outside `0..<10080`.
  public init?(minute: Int) {
    guard (0..<minutesPerWeek).contains(minute) else { return nil }
    self.minute = minute
  }
}

let minutesPerDay = 24 * 60
let minutesPerWeek = 7 * minutesPerDay

/// The names of the days in `opening_hours`, Monday first.
let dayNames = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
