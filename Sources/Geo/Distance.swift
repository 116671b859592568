/// A length on the ground, stored in meters.
///
///     let walk = Distance.kilometers(1.2) + .meters(300)
///     walk.meters  // 1500.0
public struct Distance: Hashable, Sendable {
  /// The length in meters. Never negative, never NaN.
  public let meters: Double

  /// No length at all.
  public static let zero = Distance.meters(0)

  /// A length given in meters.
  ///
  /// - Precondition: `value` is at least 0.
  public static func meters(_ value: Double) -> Distance {
    precondition(value >= 0, "a distance cannot be negative or NaN: \(value)")
    return Distance(meters: value)
  }

  /// A length given in kilometers.
  ///
  /// - Precondition: `value` is at least 0.
  public static func kilometers(_ value: Double) -> Distance { .meters(value * 1_000) }

  private init(meters: Double) { self.meters = meters }
}

extension Distance: Comparable {
  /// Whether `a` is the shorter one.
  public static func < (a: Distance, b: Distance) -> Bool { a.meters < b.meters }
}

extension Distance {
  /// The two lengths laid end to end.
  public static func + (a: Distance, b: Distance) -> Distance { .meters(a.meters + b.meters) }

  /// The length stretched by `factor`, which is at least 0.
  public static func * (a: Distance, factor: Double) -> Distance { .meters(a.meters * factor) }
}
