/// A distance as people say it: rounded to what anybody can pace.
///
///     RoundedDistance(meters: 612).words[.chinese]   // "600 米"
///     RoundedDistance(meters: 1_180).words[.english] // "1.2 km"
///
/// To 10 m below 100 m, to 50 m below 1 km, to 100 m below 10 km, to 1 km beyond; halves go up. What rounds up to the next
/// step is said in its way: 985 m are 1 km.
public struct RoundedDistance: Hashable, Sendable {
  /// The rounded meters; 0 below 5.
  public let meters: Int

  /// Rounds whole meters.
  ///
  /// - Precondition: `meters` is at least 0.
  public init(meters: Int) {
    precondition(meters >= 0, "a distance cannot be negative: \(meters)")
    let step = meters < 100 ? 10 : meters < 1_000 ? 50 : meters < 10_000 ? 100 : 1_000
    let (whole, rest) = meters.quotientAndRemainder(dividingBy: step)
    self.meters = (whole + (2 * rest >= step ? 1 : 0)) * step
  }

  /// The number with its unit: meters below 1 km, kilometers from there on.
  public var words: Bilingual {
    guard meters >= 1_000 else { return Bilingual(en: "\(meters) m", zh: "\(meters) 米") }
    let tenths = meters % 1_000 / 100
    let number = Figures.whole(meters / 1_000) + (tenths > 0 ? ".\(tenths)" : "")
    return Bilingual(en: "\(number) km", zh: "\(number) 公里")
  }
}
