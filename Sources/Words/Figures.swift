/// Numbers as people read them, the same on every machine: no locale is asked.
///
///     Figures.whole(281_746)         // "281,746"
///     Figures.percent(0.504)         // "50.4%"
///     Figures.minutes(seconds: 601)  // "10.1"
public enum Figures {
  /// What stands where there is no number.
  public static let missing = "–"

  /// A whole number with a comma between groups of three digits.
  public static func whole(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A whole number, or a dash for `nil`.
  public static func whole(_ value: Int?) -> String { value.map { whole($0) } ?? missing }

  /// A difference of whole numbers with its sign, or a dash for `nil`.
  public static func signed(_ difference: Int?) -> String {
    difference.map { ($0 > 0 ? "+" : "") + whole($0) } ?? missing
  }

  /// A difference with its sign and `digits` decimals, or a dash for `nil`; no sign where it rounds to nothing.
  public static func signed(_ difference: Double?, digits: Int) -> String {
    let text = decimal(difference, digits: digits)
    return difference.map { $0 > 0 } == true && text.contains { "123456789".contains($0) } ? "+" + text : text
  }

  /// A share as a percentage with one decimal, or a dash for `nil`.
  ///
  /// Half a tenth rounds away from zero. A share that would round to all or to nothing but is neither reads
  /// `>99.9%` or `<0.1%`: "100.0%" is a promise kept for everybody.
  ///
  /// - Parameter share: in 0...1.
  public static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return missing }
    if share > 0, share < 0.0005 { return "<0.1%" }
    if share < 1, share >= 0.9995 { return ">99.9%" }
    return decimal(share * 100, digits: 1) + "%"
  }

  /// A difference of two shares in percentage points, with its sign and one decimal; a dash for `nil`.
  public static func points(_ difference: Double?) -> String {
    guard let difference, difference.isFinite else { return missing }
    let text = decimal(difference * 100, digits: 1)
    return text.hasPrefix("-") || text == "0.0" ? text : "+" + text
  }

  /// Seconds as minutes with one decimal, rounded up, or a dash for `nil`.
  ///
  /// Up, because 601 seconds are not within ten minutes and must not read as if they were.
  ///
  /// - Parameter seconds: at least 0.
  public static func minutes(seconds: Int?) -> String {
    guard let seconds else { return missing }
    let tenths = seconds / 6 + (seconds % 6 > 0 ? 1 : 0)
    return "\(whole(tenths / 10)).\(tenths % 10)"
  }

  /// A mean of seconds as minutes with one decimal, rounded up, or a dash for `nil`.
  public static func minutes(meanSeconds: Double?) -> String {
    guard let meanSeconds, meanSeconds.isFinite, abs(meanSeconds) < 1e15 else { return missing }
    return minutes(seconds: Int((meanSeconds - 1e-9).rounded(.up)))
  }

  /// A number with `digits` decimals, half rounding away from zero, commas between thousands.
  ///
  /// - Parameters:
  ///   - value: any number; a dash stands for one that is not finite or has more than 15 digits.
  ///   - digits: in 0...6.
  public static func decimal(_ value: Double?, digits: Int) -> String {
    guard let value, value.isFinite, abs(value) < 1e15 else { return missing }
    let power = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = (abs(value) * Double(power)).rounded()
    guard scaled < 9e18 else { return missing }
    let units = Int(scaled)
    let sign = value < 0 && units > 0 ? "-" : ""
    guard digits > 0 else { return sign + whole(units) }
    let fraction = String(units % power)
    return sign + whole(units / power) + "." + String(repeating: "0", count: digits - fraction.count)
      + fraction
  }
}
