import Geo
public import Travel

extension RoadRules {
  /// The rules whole, as YAML that `RoadRules(yaml:file:)` reads back: also what the standard says, so that an atlas still
  /// tells how its roads were made when the standard has changed.
  ///
  /// Keys are sorted, and speeds rounded to a millionth: equal rules have equal texts.
  public var yaml: String {
    var lines: [String] = []
    func number(_ value: Double) -> String {
      let rounded = (value * 1e6).rounded() / 1e6
      return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
    func speed(_ value: Double) -> String { value == 0 ? "no" : "\(number(value))km/h" }
    func table(_ name: String, _ entries: (RoadSpeeds) -> [(String, String)]) {
      lines.append("\(name):")
      for mode in TravelMode.allCases {
        let entries = entries(self[mode])
        lines.append("  \(mode.rawValue):\(entries.isEmpty ? " {}" : "")")
        lines += entries.map { "    \($0.0): \($0.1)" }
      }
    }
    func changes(_ table: [String: RoadSpeeds.SpeedChange]) -> [(String, String)] {
      table.sorted { $0.key < $1.key }.map { kind, change in
        switch change {
        case .times(let factor): (kind, number(factor))
        case .atMost(let most): (kind, speed(most))
        case .no: (kind, "no")
        }
      }
    }
    table("speeds") { speeds in
      [("default", speed(speeds.standard))]
        + speeds.byHighway.sorted { $0.key < $1.key }.map { ($0.key, speed($0.value)) }
    }
    table("surface") { changes($0.surface) }
    table("tracktype") { changes($0.tracktype) }
    table("smoothness") { changes($0.smoothness) }
    lines.append("ferries: \(usesFerries ? "yes" : "no")")
    lines.append("posted_limit_share: \(number(shareOfPostedSpeed))")
    lines.append("circuity_off_road: \(number(offRoadCircuity))")
    lines.append(
      "off_road: {speed: \(speed(offRoadKilometersPerHour)), limit: \(number(offRoadLimit.meters))m}")
    return lines.joined(separator: "\n") + "\n"
  }
}
