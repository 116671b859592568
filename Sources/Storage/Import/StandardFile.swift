import Foundation
public import Planning
import Geo
import Travel
public import Words
import Yams

/// Why a standard file was not accepted.
public enum StandardFileError: Error, Equatable, Sendable {
  /// The file is missing or cannot be read.
  case unreadable(file: String, reason: Bilingual)
  /// It was read, and is not a standard.
  case refused(file: String, line: Int, found: Bilingual, expected: Bilingual)

  /// Whether the file could not be read at all.
  public var isUnreadable: Bool { if case .unreadable = self { true } else { false } }

  /// The error as a sentence: where, what was found, what was expected.
  public var sentence: Bilingual {
    switch self {
    case .unreadable(let file, let reason):
      Bilingual(en: "\(file): \(reason.english)", zh: "\(file):\(reason.chinese)")
    case .refused(let file, let line, let found, let expected):
      Bilingual(
        en: "\(file):\(line): \(found.english); expected \(expected.english)",
        zh: "\(file):\(line):\(found.chinese);应为\(expected.chinese)")
    }
  }
}

extension ServiceStandard {
  /// Reads a standard from a YAML file.
  ///
  /// ```yaml
  /// name: 城区十分钟,村村能交费
  /// town:    {within: 10min, mode: walk}
  /// village: {point_in_village: true, village_radius: 1km}   # or {within: 10min, mode: ebike}
  /// return_trip: false                                       # whether the minutes are there and back
  /// ```
  ///
  /// The mode is `walk` where it is not given, the village radius 1 km. Keys that mean nothing are refused, for a
  /// misspelt key would silently be a default.
  ///
  /// - Complexity: O(bytes); a file above 1 MiB is refused.
  public init(yamlFile path: String) throws(StandardFileError) {
    let reader = StandardReader(file: path)
    let text: String
    do throws(SmallTextFile.Failure) {
      text = try SmallTextFile.text(
        at: path, expected: Bilingual(en: "a standard file (YAML)", zh: "服务标准文件(YAML)"))
    } catch {
      switch error {
      case .unreadable(let reason): throw .unreadable(file: path, reason: reason)
      case .notText:
        throw reader.refusal(
          line: 1, SmallTextFile.notText, Bilingual(en: "a standard in YAML", zh: "YAML 格式的服务标准"))
      }
    }
    self = try reader.standard(text)
  }
}

/// Walks the YAML tree, where every node knows its line.
private struct StandardReader {
  let file: String

  func refusal(line: Int, _ found: Bilingual, _ expected: Bilingual) -> StandardFileError {
    .refused(file: file, line: line, found: found, expected: expected)
  }

  private func refusal(_ node: Node, _ name: String, _ expected: Bilingual) -> StandardFileError {
    let value = node.scalar.map { printable($0.string, limit: 80) }
    let found =
      value.map { Bilingual(en: "\(name) \"\($0)\"", zh: "\(name) “\($0)”") }
      ?? Bilingual(en: "\(name) is not a single value", zh: "\(name) 不是单个值")
    return refusal(line: node.mark?.line ?? 1, found, expected)
  }

  func standard(_ text: String) throws(StandardFileError) -> ServiceStandard {
    let keys = Bilingual(
      en: "the keys name, town, village, return_trip", zh: "键 name、town、village、return_trip")
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      var line = 1
      if let error = error as? YamlError, case .parser(_, _, let mark, _) = error { line = mark.line }
      if let error = error as? YamlError, case .scanner(_, _, let mark, _) = error { line = mark.line }
      throw refusal(line: line, Bilingual(en: "not valid YAML", zh: "YAML 语法错误"), keys)
    }
    guard let root, root.mapping != nil else {
      throw refusal(
        line: 1, Bilingual(en: "no mapping of keys to values", zh: "没有键值内容"), keys)
    }
    let top = try members(
      of: root, named: "the standard", allowed: ["name", "town", "village", "return_trip"])
    let name = try string(required(top, "name", in: root), "name")
    guard !name.isEmpty, name.utf8.count <= 400 else {
      throw refusal(
        try required(top, "name", in: root), "name",
        Bilingual(en: "a name of at most 400 bytes", zh: "不超过 400 字节的名称"))
    }

    let townNode = try required(top, "town", in: root)
    let town = try members(of: townNode, named: "town", allowed: ["within", "mode"])
    let limit = try time(required(town, "within", in: townNode), "town.within")
    let mode =
      try town["mode"].map { node throws(StandardFileError) in try self.mode(node, "town.mode") } ?? .walk

    let villageNode = try required(top, "village", in: root)
    var standard = ServiceStandard(
      name: name, townLimit: limit, townMode: mode, village: try village(villageNode))
    if let node = top["return_trip"] {
      guard let countsReturn = node.bool else {
        throw refusal(node, "return_trip", Bilingual(en: "true or false", zh: "true 或 false"))
      }
      standard.countsReturn = countsReturn
    }
    return standard
  }

  private func village(_ node: Node) throws(StandardFileError) -> ServiceStandard.VillageRule {
    let members = try members(
      of: node, named: "village", allowed: ["point_in_village", "village_radius", "within", "mode"])
    let either = Bilingual(
      en: "either {point_in_village: true, village_radius: 1km} or {within: 10min, mode: ebike}",
      zh: "{point_in_village: true, village_radius: 1km} 或 {within: 10min, mode: ebike} 二者之一")
    guard let byPoint = members["point_in_village"] else {
      if let radius = members["village_radius"] {
        throw refusal(
          line: radius.mark?.line ?? 1,
          Bilingual(
            en: "village_radius without point_in_village", zh: "有 village_radius 而无 point_in_village"), either
        )
      }
      let limit = try time(required(members, "within", in: node, either), "village.within")
      let mode =
        try members["mode"].map { node throws(StandardFileError) in try self.mode(node, "village.mode") }
        ?? .walk
      return .within(limit, mode)
    }
    guard byPoint.bool == true else {
      throw refusal(byPoint, "village.point_in_village", Bilingual(en: "true", zh: "true"))
    }
    for key in ["within", "mode"] {
      if let other = members[key] {
        throw refusal(
          line: other.mark?.line ?? 1,
          Bilingual(
            en: "village.\(key) beside point_in_village", zh: "village.\(key) 与 point_in_village 同时出现"),
          either)
      }
    }
    guard let radius = members["village_radius"] else { return .pointInVillage(radius: .kilometers(1)) }
    guard let text = radius.scalar?.string, let distance = Distance(parsing: text),
      distance.meters <= 1_000_000
    else {
      throw refusal(
        radius, "village.village_radius",
        Bilingual(en: "a length with its unit, such as 800m or 1km", zh: "带单位的长度,如 800m 或 1km"))
    }
    return .pointInVillage(radius: distance)
  }

  private func members(
    of node: Node, named name: String, allowed: [String]
  ) throws(StandardFileError) -> [String: Node] {
    let list = allowed.joined(separator: ", ")
    let expected = Bilingual(en: "the keys \(list)", zh: "键 \(list)")
    guard let mapping = node.mapping else { throw refusal(node, name, expected) }
    var members: [String: Node] = [:]
    for (key, value) in mapping {
      guard let text = key.scalar?.string, allowed.contains(text) else { throw refusal(key, "key", expected) }
      members[text] = value
    }
    return members
  }

  private func required(
    _ members: [String: Node], _ key: String, in parent: Node, _ expected: Bilingual? = nil
  ) throws(StandardFileError) -> Node {
    if let node = members[key] { return node }
    throw refusal(
      line: parent.mark?.line ?? 1, Bilingual(en: "no \(key)", zh: "缺少 \(key)"),
      expected ?? Bilingual(en: "the key \(key)", zh: "键 \(key)"))
  }

  private func string(_ node: Node, _ name: String) throws(StandardFileError) -> String {
    guard let text = node.scalar?.string else { throw refusal(node, name, Bilingual(en: "a text", zh: "文字")) }
    return text
  }

  private func time(_ node: Node, _ name: String) throws(StandardFileError) -> TravelTime {
    guard let text = node.scalar?.string, let time = TravelTime(parsing: text) else {
      throw refusal(
        node, name, Bilingual(en: "a time with its unit, such as 10min or 90s", zh: "带单位的时间,如 10min 或 90s"))
    }
    return time
  }

  private func mode(_ node: Node, _ name: String) throws(StandardFileError) -> TravelMode {
    guard let text = node.scalar?.string, let mode = TravelMode(rawValue: text) else {
      throw refusal(node, name, Bilingual(en: "walk, ebike or car", zh: "walk、ebike 或 car"))
    }
    return mode
  }
}
