/// When a point is open, as a week of minutes.
///
/// Read from a subset of OpenStreetMap's `opening_hours`. Intervals are half open: at its closing minute a point
/// is closed.
public struct OpeningHours: Hashable, Sendable {
  /// The text it was read from.
  public let text: String

  /// Open from minute `start` of the week (0 is Monday 00:00) up to, not including, minute `end`; ascending,
  /// disjoint and not touching, all within `0...10080`.
  public let intervals: [Interval]

  /// One stretch of open minutes.
  public struct Interval: Hashable, Sendable {
    /// The first open minute of the week.
    public let start: Int
    /// The minute of the week at which it closes.
    public let end: Int
  }
}

/// A minute of the week, such as `Mo 09:00`.
public struct WeekMinute: Hashable, Sendable {
  /// Minutes since Monday 00:00, in `0..<10080`.
  public let minute: Int
}
