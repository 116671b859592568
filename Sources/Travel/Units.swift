public import Geo

extension Distance {
  /// Reads a length with its unit: `800m`, `1.5km`, `1.5 km`; or returns `nil`.
  ///
  /// A bare number is refused: which unit would it be in? So are signs, exponents, and lengths above 100,000 km,
  /// more than twice around the earth.
  public init?(parsing text: String) {
    guard let (number, unit) = numberAndUnit(of: text) else { return nil }
    switch unit {
    case "m" where number <= 1e8: self = .meters(number)
    case "km" where number <= 1e5: self = .kilometers(number)
    default: return nil
    }
  }
}

extension Distance: CustomStringConvertible {
  /// The length as `init(parsing:)` reads it, to the same value: in kilometers from 1 km on, otherwise in meters.
  ///
  ///     "\(Distance.meters(1_500))"  // "1.5km"
  ///
  /// Less than a millimeter is shown as `0m`.
  public var description: String {
    if meters < 0.001 { return "0m" }
    let kilometers = meters / 1_000
    // Not every number of meters survives the division; one that does not is shown in meters.
    return meters >= 1_000 && kilometers * 1_000 == meters ? "\(plain(kilometers))km" : "\(plain(meters))m"
  }
}

extension TravelTime {
  /// Reads a time with its unit: `90s`, `10min`, `1.5min`, `2h`; or returns `nil`.
  ///
  /// A bare number is refused: which unit would it be in? So are signs, exponents, times that are no whole number
  /// of seconds (`0.33min`), and times above 1,000 hours.
  public init?(parsing text: String) {
    guard let (number, unit) = numberAndUnit(of: text) else { return nil }
    let seconds: Double
    switch unit {
    case "s": seconds = number
    case "min": seconds = number * 60
    case "h": seconds = number * 3_600
    default: return nil
    }
    // A decimal fraction is seldom exact: 0.35 × 60 is a little less than 21.
    let whole = seconds.rounded()
    guard whole <= 3_600_000, abs(seconds - whole) <= 1e-9 * max(1, whole) else { return nil }
    self = .seconds(Int(whole))
  }
}

extension TravelTime: CustomStringConvertible {
  /// The time as `init(parsing:)` reads it: in the largest unit that leaves no fraction.
  ///
  ///     "\(TravelTime.seconds(600))"  // "10min"
  public var description: String {
    if seconds > 0, seconds % 3_600 == 0 { return "\(seconds / 3_600)h" }
    if seconds > 0, seconds % 60 == 0 { return "\(seconds / 60)min" }
    return "\(seconds)s"
  }
}

/// Takes `1.5 km` apart: digits with at most one decimal point between them, then letters.
private func numberAndUnit(of text: String) -> (number: Double, unit: Substring)? {
  let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), let number = Double(digits) else { return nil }
  return (number, text[digits.endIndex...].drop { $0 == " " })
}

/// The shortest decimal digits that name `number`, without an exponent.
private func plain(_ number: Double) -> String {
  let text = "\(number)"
  guard text.hasSuffix(".0") else { return text }
  return String(text.dropLast(2))
}
