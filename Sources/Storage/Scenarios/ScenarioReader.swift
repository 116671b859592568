import Geo
import Planning
import Travel
import Words
import Yams

/// Walks the YAML tree of a scenario, where every node knows its line.
struct ScenarioReader {
  let file: String
  /// By change, the line that says it.
  private(set) var lines: [Int] = []

  init(file: String) { self.file = file }

  private static let top = ["name", "description", "changes"]
  private static let words = ["open", "close", "move", "set", "grow", "fee_control", "road_closed"]

  mutating func scenario(_ text: String) throws(ImportError) -> Scenario {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw notYAML(error)
    }
    // Nothing at all, or nothing but comments, changes nothing.
    guard let root, !isNull(root) else { return Scenario() }
    if let list = root.sequence { return Scenario(changes: try changes(list)) }
    let members = try YAMLMembers(root, named: nil, allowed: Self.top, file)
    var scenario = Scenario()
    scenario.name = try members["name"].map { node throws(ImportError) in try label(node, "name", 200) } ?? ""
    scenario.description =
      try members["description"].map { node throws(ImportError) in try label(node, "description", 4_000) } ?? ""
    guard let node = members["changes"], !isNull(node) else { return scenario }
    guard let list = node.sequence else {
      throw refusal(node, "changes", Bilingual(en: "a list of changes", zh: "变动的列表"))
    }
    scenario.changes = try changes(list)
    return scenario
  }

  private mutating func changes(_ list: Node.Sequence) throws(ImportError) -> [Change] {
    var changes: [Change] = []
    for node in list {
      for (change, line) in try self.changes(node) {
        changes.append(change)
        lines.append(line)
      }
    }
    return changes
  }

  /// The changes of an item of the list: several where it names several points or edges.
  private func changes(_ node: Node) throws(ImportError) -> [(Change, Int)] {
    let expected = Bilingual(
      en: "one of \(Self.words.joined(separator: ", "))", zh: "其中之一:\(Self.words.joined(separator: "、"))")
    guard let mapping = node.mapping else { throw refusal(node, "change", expected) }
    let known = mapping.filter { Self.words.contains($0.key.scalar?.string ?? "") }
    guard let (key, value) = known.first, let word = key.scalar?.string else {
      throw refusal(mapping.first?.key ?? node, "change", expected)
    }
    if known.count > 1 {
      throw refusal(
        known[known.index(after: known.startIndex)].key, "change",
        Bilingual(en: "one change an item of the list", zh: "列表的每一项只含一个变动"))
    }
    let reader = ChangeReader(
      file: file, word: word, value: value, beside: mapping.filter { $0.key != key }, line: line(key))
    return try reader.changes()
  }

  private func label(_ node: Node, _ name: String, _ most: Int) throws(ImportError) -> String {
    guard let text = node.scalar?.string, text.utf8.count <= most,
      !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F })
    else {
      throw refusal(
        node, name,
        Bilingual(en: "a text of at most \(most) bytes without control characters", zh: "不超过 \(most) 字节且不含控制字符的文字"))
    }
    return text
  }

  private func refusal(_ node: Node, _ name: String, _ expected: Bilingual) -> ImportError {
    .refused(yamlProblem(file, node, name, expected))
  }

  private func notYAML(_ error: any Error) -> ImportError {
    var line = 1
    var found = ImportProblem.Found.words(en: "not valid YAML", zh: "YAML 语法错误")
    switch error as? YamlError {
    case .parser(_, _, let mark, _), .scanner(_, _, let mark, _), .composer(_, _, let mark, _):
      line = mark.line
    case .duplicatedKeysInMapping(let keys, let context):
      line = context.mark.line
      let list = printable(keys.joined(separator: ", "), limit: 80)
      found = .words(en: "the key \(list) is given twice", zh: "键 \(list) 重复出现")
    default: break
    }
    return .refused(
      ImportProblem(
        file: file, line: line, column: nil, found: found,
        expected: Bilingual(
          en: "a scenario with the keys \(Self.top.joined(separator: ", "))",
          zh: "含有键 \(Self.top.joined(separator: "、")) 的情景")))
  }
}

/// The line of a node.
func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

/// Whether nothing is said: `key:` or `key: null`.
func isNull(_ node: Node) -> Bool {
  guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
  return ["", "~", "null"].contains(scalar.string)
}

/// What is wrong with a node.
func yamlProblem(_ file: String, _ node: Node, _ name: String?, _ expected: Bilingual) -> ImportProblem {
  let found: ImportProblem.Found =
    isNull(node)
    ? .words(en: "nothing", zh: "没有内容")
    : node.scalar.map { .quoting($0.string) } ?? .words(en: "not a single value", zh: "不是单个值")
  return ImportProblem(file: file, line: line(node), column: name, found: found, expected: expected)
}

/// The members of a mapping, all of whose keys are known.
struct YAMLMembers {
  private var nodes: [String: Node] = [:]

  init(
    _ node: Node, named name: String?, allowed: [String], _ file: String
  ) throws(ImportError) {
    guard let mapping = node.mapping else {
      throw .refused(yamlProblem(file, node, name, Self.expected(allowed)))
    }
    try add(mapping.map { ($0.key, $0.value) }, allowed: allowed, file)
  }

  init() {}

  mutating func add(
    _ pairs: [(key: Node, value: Node)], allowed: [String], _ file: String
  ) throws(ImportError) {
    for (key, value) in pairs {
      guard let text = key.scalar?.string, allowed.contains(text) else {
        throw .refused(yamlProblem(file, key, "key", Self.expected(allowed)))
      }
      if nodes[text] != nil {
        throw .refused(
          yamlProblem(file, key, "key", Bilingual(en: "each key once", zh: "每个键只出现一次")))
      }
      nodes[text] = value
    }
  }

  mutating func set(_ key: String, _ node: Node) { nodes[key] = node }

  subscript(key: String) -> Node? { nodes[key] }

  static func expected(_ keys: [String]) -> Bilingual {
    Bilingual(en: "the keys \(keys.joined(separator: ", "))", zh: "键 \(keys.joined(separator: "、"))")
  }
}
