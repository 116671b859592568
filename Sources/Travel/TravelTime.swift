/// A time on the way, in whole seconds.
///
///     TravelTime.minutes(10).seconds  // 600
public struct TravelTime: Hashable, Comparable, Sendable {
  /// The time in seconds. Never negative.
  public let seconds: Int

  /// A time given in seconds.
  ///
  /// - Precondition: `value` is at least 0.
  public static func seconds(_ value: Int) -> TravelTime {
    precondition(value >= 0, "a travel time cannot be negative: \(value)")
    return TravelTime(seconds: value)
  }

  /// A time given in minutes.
  ///
  /// - Precondition: `value` is at least 0.
  public static func minutes(_ value: Int) -> TravelTime { .seconds(value * 60) }

  /// Whether `a` is the shorter one.
  public static func < (a: TravelTime, b: TravelTime) -> Bool { a.seconds < b.seconds }

  private init(seconds: Int) { self.seconds = seconds }
}
