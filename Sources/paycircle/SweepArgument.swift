import ArgumentParser
import Planning
import Travel
import Words

/// What is varied: `fee_control=50%..80%:5%`, `grow=1..1.5:0.1`, `within=5min..20min:5min`, `open=C001,C002`, `close=P1,P2`.
struct SweepArgument: ExpressibleByArgument {
  /// `fee_control`, `grow`, `within`, `open` or `close`.
  var name: String
  var sweep: Sweep
  /// What each value is called.
  var labels: [String]

  /// What is varied, in words.
  var words: Bilingual {
    switch sweep {
    case .feeControl: Bilingual(en: "Share of fee control", zh: "费控占比")
    case .grow: Bilingual(en: "Customers, times", zh: "户数增长倍数")
    case .within: Bilingual(en: "Time limit in town", zh: "城区时限")
    case .open: Bilingual(en: "Site opened", zh: "新设网点")
    case .close: Bilingual(en: "Point closed", zh: "关闭网点")
    }
  }

  /// More steps are a slip of the pen.
  private static let mostSteps = 1_000

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    name = String(parts[0])
    let text = String(parts[1])
    switch name {
    case "fee_control":
      guard let values = Self.values(text, Self.share), values.allSatisfy({ (0...1_000_000).contains($0) })
      else { return nil }
      sweep = .feeControl(values.map { Double($0) / 1_000_000 })
      labels = values.map { Self.decimal($0, places: 4) + "%" }
    case "grow":
      guard let values = Self.values(text, Self.millionths),
        values.allSatisfy({ (0...100_000_000).contains($0) })
      else { return nil }
      sweep = .grow(values)
      labels = values.map { Self.decimal($0, places: 6) }
    case "within":
      guard let values = Self.values(text, { TravelTime(parsing: $0)?.seconds }) else { return nil }
      sweep = .within(values.map { TravelTime.seconds($0) })
      labels = values.map { $0 % 60 == 0 ? "\($0 / 60)min" : "\($0)s" }
    case "open", "close":
      let ids = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !ids.contains(""), ids.count <= Self.mostSteps, Set(ids).count == ids.count else { return nil }
      sweep = name == "open" ? .open(ids) : .close(ids)
      labels = ids
    default: return nil
    }
  }

  /// The values of `A..B:STEP`, the last one at most `B`, or of a list `A,B,C` that ascends.
  private static func values(_ text: String, _ read: (String) -> Int?) -> [Int]? {
    guard let dots = text.firstRange(of: "..") else {
      let list = text.split(separator: ",", omittingEmptySubsequences: false).map { read(String($0)) }
      let known = list.compactMap(\.self)
      guard known.count == list.count, known.count <= mostSteps,
        zip(known, known.dropFirst()).allSatisfy({ $0 < $1 })
      else { return nil }
      return known
    }
    let rest = text[dots.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
    guard rest.count == 2, let first = read(String(text[..<dots.lowerBound])),
      let last = read(String(rest[0])),
      let step = read(String(rest[1])), step > 0, first <= last, (last - first) / step < mostSteps
    else { return nil }
    return Array(stride(from: first, through: last, by: step))
  }

  /// `50%` or `0.5`, in millionths.
  private static func share(_ text: String) -> Int? {
    text.hasSuffix("%") ? millionths(String(text.dropLast())).map { $0 / 100 } : millionths(text)
  }

  /// A decimal number in millionths.
  private static func millionths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let whole = Int(parts[0]), whole <= 1_000_000
    else { return nil }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard !fraction.isEmpty, fraction.count <= 6,
      let part = Int(fraction + String(repeating: "0", count: 6 - fraction.count))
    else { return nil }
    return whole * 1_000_000 + part
  }

  /// Parts of a power of ten without trailing zeros: 550000 with 4 places is `55`.
  private static func decimal(_ value: Int, places: Int) -> String {
    let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
    var fraction = String(value % unit)
    fraction = String(repeating: "0", count: places - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(value / unit)" + (fraction.isEmpty ? "" : "." + fraction)
  }
}

extension SweepStep {
  /// The step as a member of a document.
  func json(_ label: String) -> JSON {
    .object([
      ("value", .string(label)), ("customers", ScenarioJSON.tally(customers)),
      ("elderly", ScenarioJSON.tally(elderly)),
      ("mean_seconds", .rounded(meanSeconds)), ("villages_with_point", .int(villagesWithPoint)),
      ("payments_per_month", .rounded(payments)), ("payments_per_point", .rounded(paymentsPerPoint)),
      ("points_below_break_even", JSON(belowBreakEven)),
    ])
  }
}
