import Foundation
import Geo
public import Travel
import Words
import Yams

extension RoadRules {
  /// Reads rules from a YAML file: what it names replaces the standard, all else stays.
  ///
  /// ```yaml
  /// speeds:                                 # by value of highway (or service); "no": not used
  ///   walk:  {default: 4.5km/h, steps: 2km/h}
  ///   ebike: {default: 15km/h, track: 12km/h}
  ///   car:   {default: 25km/h, primary: 65km/h, track: no}
  /// surface:                                # times the speed, no faster than a speed, or "no"
  ///   walk: {mud: 0.5}
  ///   car:  {gravel: 40km/h}
  /// tracktype:  {car: {grade5: 20km/h}}
  /// smoothness: {ebike: {impassable: no}}
  /// ferries: no
  /// posted_limit_share: 0.8                 # of a signposted limit, what cars drive on average
  /// circuity_off_road: 1.3
  /// off_road: {speed: 4.5km/h, limit: 2km}
  /// ```
  ///
  /// `default` is the speed of the roads that the standard's table (`RoadSpeeds`) does not name. Speeds are 0.5 to 150 km/h,
  /// also written in m/s; factors above 0 up to 1. Keys that mean nothing are refused, for a misspelt key would silently be a
  /// default.
  ///
  /// - Complexity: O(bytes); a file above 1 MiB is refused.
  public init(yamlFile path: String) throws(ImportError) {
    let text: String
    do throws(SmallTextFile.Failure) {
      text = try SmallTextFile.text(
        at: path, expected: Bilingual(en: "a file of rules for roads (YAML)", zh: "道路规则文件(YAML)"))
    } catch {
      switch error {
      case .unreadable(let reason): throw .unreadable(file: path, reason: reason)
      case .notText:
        throw RoadRulesReader(file: path).refusal(
          line: 1, nil, .words(en: SmallTextFile.notText.english, zh: SmallTextFile.notText.chinese),
          Bilingual(en: "rules for roads in YAML", zh: "YAML 格式的道路规则"))
      }
    }
    try self.init(yaml: text, file: path)
  }

  /// Reads rules from the text of such a file.
  ///
  /// - Parameter file: what problems call it.
  public init(yaml text: String, file: String) throws(ImportError) {
    self = try RoadRulesReader(file: file).rules(text)
  }
}

/// Walks the YAML tree, where every node knows its line.
private struct RoadRulesReader {
  let file: String

  static let keys = [
    "speeds", "surface", "tracktype", "smoothness", "ferries", "posted_limit_share", "circuity_off_road",
    "off_road",
  ]

  func refusal(
    line: Int?, _ column: String?, _ found: ImportProblem.Found, _ expected: Bilingual
  ) -> ImportError {
    .refused(ImportProblem(file: file, line: line, column: column, found: found, expected: expected))
  }

  private func refusal(_ node: Node, _ name: String, _ expected: Bilingual) -> ImportError {
    let found: ImportProblem.Found =
      node.scalar.map { .quoting($0.string) } ?? .words(en: "not a single value", zh: "不是单个值")
    return refusal(line: node.mark?.line, name, found, expected)
  }

  func rules(_ text: String) throws(ImportError) -> RoadRules {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      var line = 1
      if let error = error as? YamlError, case .parser(_, _, let mark, _) = error { line = mark.line }
      if let error = error as? YamlError, case .scanner(_, _, let mark, _) = error { line = mark.line }
      throw refusal(
        line: line, nil, .words(en: "not valid YAML", zh: "YAML 语法错误"), Self.expectedKeys(Self.keys))
    }
    guard let root else {
      throw refusal(
        line: 1, nil, .words(en: "no keys and values", zh: "没有键值内容"), Self.expectedKeys(Self.keys))
    }

    var rules = RoadRules.standard
    for (key, node) in try members(of: root, named: nil, allowed: Self.keys) {
      switch key {
      case "speeds":
        for (mode, table) in try modes(node, key) {
          try readSpeeds(table, "\(key).\(mode.rawValue)", into: &rules[mode])
        }
      case "surface":
        for (mode, table) in try modes(node, key) {
          try readChanges(table, "\(key).\(mode.rawValue)", Self.surfaces, into: &rules[mode].surface)
        }
      case "tracktype":
        for (mode, table) in try modes(node, key) {
          try readChanges(table, "\(key).\(mode.rawValue)", Self.trackTypes, into: &rules[mode].tracktype)
        }
      case "smoothness":
        for (mode, table) in try modes(node, key) {
          try readChanges(table, "\(key).\(mode.rawValue)", Self.smoothnesses, into: &rules[mode].smoothness)
        }
      case "ferries": rules.usesFerries = try yesOrNo(node, key)
      case "posted_limit_share": rules.shareOfPostedSpeed = try number(node, key, in: 0.1...1.2)
      case "circuity_off_road": rules.offRoadCircuity = try number(node, key, in: 1...5)
      default:
        for (name, value) in try members(of: node, named: key, allowed: ["speed", "limit"]) {
          if name == "speed" {
            rules.offRoadKilometersPerHour = try speed(value, "\(key).speed")
          } else {
            rules.offRoadLimit = try distance(value, "\(key).limit")
          }
        }
      }
    }
    return rules
  }

  // MARK: - Tables

  private func modes(_ node: Node, _ name: String) throws(ImportError) -> [(TravelMode, Node)] {
    let allowed = TravelMode.allCases.map(\.rawValue)
    return try members(of: node, named: name, allowed: allowed).compactMap { key, value in
      TravelMode(rawValue: key).map { ($0, value) }
    }
  }

  private func readSpeeds(_ node: Node, _ name: String, into speeds: inout RoadSpeeds) throws(ImportError) {
    for (kind, value) in try members(of: node, named: name, allowed: ["default"] + Self.highways) {
      if kind == "default" {
        speeds.standard = try speed(value, "\(name).default")
      } else if value.scalar?.string == "no" {
        speeds.byHighway[kind] = 0
      } else {
        speeds.byHighway[kind] = try speed(value, "\(name).\(kind)")
      }
    }
  }

  private func readChanges(
    _ node: Node, _ name: String, _ allowed: [String], into changes: inout [String: RoadSpeeds.SpeedChange]
  ) throws(ImportError) {
    for (kind, value) in try members(of: node, named: name, allowed: allowed) {
      let text = value.scalar?.string ?? ""
      if text == "no" {
        changes[kind] = .no
      } else if let most = Self.kilometersPerHour(text) {
        changes[kind] = .atMost(most)
      } else if let factor = Double(text), factor > 0, factor <= 1 {
        changes[kind] = .times(factor)
      } else {
        throw refusal(
          value, "\(name).\(kind)",
          Bilingual(
            en: "a factor above 0 up to 1, a speed such as 40km/h, or no",
            zh: "大于 0 且不超过 1 的系数、40km/h 这样的速度,或 no"))
      }
    }
  }

  /// The kinds of roads that have a speed.
  private static let highways =
    [
      "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
      "service", "track", "pedestrian", "footway", "path", "cycleway", "bridleway", "steps", "ferry",
    ] + ["motorway", "trunk", "primary", "secondary", "tertiary"].map { $0 + "_link" }
    + RoadSpeeds.services

  private static let trackTypes = (1...5).map { "grade\($0)" }
  private static let smoothnesses = [
    "excellent", "good", "intermediate", "bad", "very_bad", "horrible", "very_horrible", "impassable",
  ]
  /// The values of the OpenStreetMap wiki (Key:surface), and those of the standard's tables.
  private static let surfaces = Set(
    TravelMode.allCases.flatMap { RoadRules.standard[$0].surface.keys } + [
      "paved", "asphalt", "chipseal", "concrete", "concrete:lanes", "concrete:plates", "paving_stones:lanes",
      "unhewn_cobblestone", "brick", "metal_grid", "plastic", "rubber", "tartan", "rock", "shells",
      "stepping_stones", "salt", "snow", "ice",
    ]
  ).sorted()

  // MARK: - Values

  private static func expectedKeys(_ keys: [String]) -> Bilingual {
    let list = keys.joined(separator: ", ")
    return Bilingual(en: "the keys \(list)", zh: "键 \(list)")
  }

  private func members(
    of node: Node, named name: String?, allowed: [String]
  ) throws(ImportError) -> [(String, Node)] {
    guard let mapping = node.mapping else {
      throw refusal(
        line: node.mark?.line, name, .words(en: "no mapping of keys to values", zh: "没有键值内容"),
        Self.expectedKeys(allowed))
    }
    var members: [(String, Node)] = []
    for (key, value) in mapping {
      guard let text = key.scalar?.string, allowed.contains(text) else {
        throw refusal(key, name ?? "key", Self.expectedKeys(allowed))
      }
      members.append((text, value))
    }
    return members
  }

  private func yesOrNo(_ node: Node, _ name: String) throws(ImportError) -> Bool {
    switch node.scalar?.string {
    case "yes", "true": return true
    case "no", "false": return false
    default: throw refusal(node, name, Bilingual(en: "yes or no", zh: "yes 或 no"))
    }
  }

  private func number(
    _ node: Node, _ name: String, in range: ClosedRange<Double>
  ) throws(ImportError) -> Double {
    guard let text = node.scalar?.string, let number = Double(text), range.contains(number) else {
      throw refusal(
        node, name,
        Bilingual(
          en: "a number from \(range.lowerBound) to \(range.upperBound)",
          zh: "\(range.lowerBound) 到 \(range.upperBound) 之间的数"))
    }
    return number
  }

  private func speed(_ node: Node, _ name: String) throws(ImportError) -> Double {
    guard let text = node.scalar?.string, let speed = Self.kilometersPerHour(text) else {
      throw refusal(
        node, name,
        Bilingual(
          en: "a speed with its unit from 0.5km/h to 150km/h, such as 4.5km/h",
          zh: "0.5km/h 到 150km/h 之间带单位的速度,如 4.5km/h"))
    }
    return speed
  }

  private func distance(_ node: Node, _ name: String) throws(ImportError) -> Distance {
    guard let text = node.scalar?.string, let distance = Distance(parsing: text), distance.meters <= 50_000
    else {
      throw refusal(
        node, name,
        Bilingual(
          en: "a length with its unit up to 50km, such as 800m or 2km", zh: "不超过 50km 的带单位长度,如 800m 或 2km"))
    }
    return distance
  }

  /// Reads `4.5km/h`, `4.5 km/h` and `1.25m/s`; a bare number is refused, and so are speeds that nobody goes.
  private static func kilometersPerHour(_ text: String) -> Double? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard digits.utf8.count <= 12, let number = Double(digits) else { return nil }
    let speed: Double
    switch text[digits.endIndex...].drop(while: { $0 == " " }) {
    case "km/h": speed = number
    case "m/s": speed = number * 3.6
    default: return nil
    }
    return (0.5...150).contains(speed) ? speed : nil
  }
}
