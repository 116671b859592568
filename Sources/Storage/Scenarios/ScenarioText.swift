import Geo
public import Planning
import Travel

/// Scenarios as text, the same for all files that mean the same.
public enum ScenarioText {
  /// The scenario as YAML that `ScenarioFile` reads again: one change a line.
  public static func yaml(of scenario: Scenario) -> String {
    var lines = ["name: \(quoted(scenario.name))"]
    if !scenario.description.isEmpty { lines.append("description: \(quoted(scenario.description))") }
    lines.append(scenario.changes.isEmpty ? "changes: []" : "changes:")
    lines += scenario.changes.map { "  - " + yaml(of: $0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A change as an item of the list, without the dash.
  public static func yaml(of change: Change) -> String {
    switch change {
    case .open(let point): "open: " + members(of: point)
    case .close(let id): "close: \(quoted(id))"
    case .move(let id, let target, let place):
      "move: "
        + flow(
          [("point_id", quoted(id))] + degrees(target) + [("place_id", place.map(quoted))])
    case .set(let selection, let settings): "set: " + flow(members(of: selection) + members(of: settings))
    case .grow(let township, let millionths):
      "grow: "
        + flow([
          ("township", quoted(township ?? "all")), ("factor", decimal(millionths, digits: 6)),
        ])
    case .feeControl(let township, let share):
      "fee_control: " + flow([("township", quoted(township ?? "all")), ("share", plain(share))])
    case .closeRoad(let roads, let modes): "road_closed: " + flow(members(of: roads, modes))
    }
  }

  private typealias Members = [(String, String?)]

  private static func members(of point: OpenedPoint) -> String {
    var settings = PointSettings()
    settings.kind = point.kind
    settings.methods = point.methods
    settings.hours = point.hours
    settings.counters = point.counters
    settings.monthlyCostFen = point.monthlyCostFen
    settings.feePerPaymentFen = point.feePerPaymentFen
    return flow(
      [
        ("point_id", point.id.map(quoted)), ("candidate", point.candidate.map(quoted)),
        ("name", point.name.map(quoted)),
      ] + (point.position.map(degrees) ?? []) + [
        ("operator", point.operatorName.map(quoted)), ("place_id", point.place.map(quoted)),
      ] + members(of: settings) + [("opening_cost_yuan", point.openingCostFen.map(yuan))])
  }

  private static func members(of selection: PointSelection) -> Members {
    switch selection {
    case .point(let id): [("point_id", quoted(id))]
    case .all(let kind, let township):
      [("where", flow([("kind", kind?.name), ("township", quoted(township ?? "all"))]))]
    }
  }

  private static func members(of settings: PointSettings) -> Members {
    [
      ("kind", settings.kind?.name), ("methods", settings.methods.map { "[\($0.names.joined(separator: ", "))]" }),
      ("hours", settings.hours.map { quoted($0.text) }), ("counters", settings.counters.map { "\($0)" }),
      ("status", settings.status?.name), ("monthly_cost_yuan", settings.monthlyCostFen.map(yuan)),
      ("fee_per_payment_yuan", settings.feePerPaymentFen.map(yuan)),
    ]
  }

  private static func members(of roads: RoadSelection, _ modes: Set<TravelMode>) -> Members {
    let list = TravelMode.allCases.filter(modes.contains).map(\.rawValue)
    let onlyFor = list.count == TravelMode.allCases.count ? nil : "[\(list.joined(separator: ", "))]"
    switch roads {
    case .edge(let edge): return [("edge", "\(edge)"), ("modes", onlyFor)]
    case .line(let from, let to):
      let ends = [from, to].map { "[\(plain($0.longitude)), \(plain($0.latitude))]" }
      return [("line", "[\(ends.joined(separator: ", "))]"), ("modes", onlyFor)]
    }
  }

  private static func degrees(_ position: Coordinate<WGS84>) -> Members {
    [("longitude", plain(position.longitude)), ("latitude", plain(position.latitude))]
  }

  /// A number without an exponent, which the reader does not take.
  private static func plain(_ value: Double) -> String {
    let text = "\(value)"
    return text.contains("e") ? PositionWriter.text(Int((value * 1e7).rounded())) : text
  }

  private static func yuan(_ fen: Int) -> String { decimal(fen, digits: 2) }

  /// A whole number of parts as a decimal number, such as 1100000 of a millionth as `1.100000`.
  private static func decimal(_ parts: Int, digits: Int) -> String {
    let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
    let fraction = String(parts % unit)
    return "\(parts / unit)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  private static func flow(_ members: Members) -> String {
    "{" + members.compactMap { key, value in value.map { "\(key): \($0)" } }.joined(separator: ", ") + "}"
  }

  /// A YAML text in double quotes (YAML 1.2.2, 7.3.1).
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        result += "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
