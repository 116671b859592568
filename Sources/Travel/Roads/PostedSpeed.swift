/// The speed limit on a sign, from the values of `maxspeed`.
enum PostedSpeed {
  /// Kilometers per hour in a direction, `nil` where no limit is known.
  static func kilometersPerHour(in tags: RoadTags, _ direction: RoadDirection) -> Double? {
    let directed = tags[direction == .forward ? .maxspeedForward : .maxspeedBackward]
    return directed.flatMap(kilometersPerHour(of:)) ?? tags[.maxspeed].flatMap(kilometersPerHour(of:))
  }

  /// Reads `50`, `50 km/h`, `30 mph`, `CN:urban`, `walk` and `none`; `nil` for anything else, such as `signals`.
  ///
  /// Of lists (`60;40`) the lowest counts. Zones of China by articles 45 and 78 of the Implementing Regulations of the Road Traffic
  /// Safety Law: 50 km/h in town, 70 km/h outside (roads of one lane in each direction), 120 km/h on motorways; of other
  /// countries as OSRM's `maxspeed_table_default`: 50, 90, 110 (trunk), 130 km/h. `walk` is 10 km/h and `none` 140, as there.
  static func kilometersPerHour(of text: String) -> Double? {
    text.split(whereSeparator: { $0 == ";" || $0 == "|" }).compactMap(limit(of:)).min()
  }

  private static func limit(of text: Substring) -> Double? {
    let text = text.drop { $0 == " " }
    switch text {
    case "walk": return 10
    case "none": return 140
    default: break
    }
    if let colon = text.firstIndex(of: ":") {
      let isChina = text[..<colon] == "CN"
      switch text[text.index(after: colon)...] {
      case "urban": return 50
      case "rural": return isChina ? 70 : 90
      case "trunk": return isChina ? 70 : 110
      case "motorway": return isChina ? 120 : 130
      case "living_street", "walk": return 10
      case let zone where zone.hasPrefix("zone"): return number(in: zone.dropFirst(4).drop { $0 == ":" })
      default: return nil
      }
    }
    return number(in: text)
  }

  private static func number(in text: Substring) -> Double? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard digits.utf8.count <= 6, let number = Double(digits) else { return nil }
    let kilometers: Double
    switch text[digits.endIndex...].filter({ $0 != " " }) {
    case "", "km/h", "kmh", "kph": kilometers = number
    case "mph": kilometers = number * 1.609344
    case "knots": kilometers = number * 1.852
    default: return nil
    }
    return (1...300).contains(kilometers) ? kilometers : nil
  }
}
