import Foundation
import Geo
import Planning
import Travel
import Words
import Yams

/// Reads one item of a scenario's list of changes.
struct ChangeReader {
  let file: String
  /// What is done: `open`, `close` ...
  let word: String
  /// What stands behind the word.
  let value: Node
  /// What stands beside it.
  let beside: [(key: Node, value: Node)]
  /// The line of the word.
  let line: Int

  init(file: String, word: String, value: Node, beside: [Node.Mapping.Element], line: Int) {
    self.file = file
    self.word = word
    self.value = value
    self.beside = beside.map { ($0.key, $0.value) }
    self.line = line
  }

  private static let settings = [
    "kind", "methods", "hours", "counters", "status", "monthly_cost_yuan", "fee_per_payment_yuan",
  ]

  func changes() throws(ImportError) -> [(Change, Int)] {
    switch word {
    case "open": [(.open(try openedPoint()), line)]
    case "close": try ids(members("point_id", ["point_id"])).map { (.close(point: $0.0), $0.1) }
    case "move": try move()
    case "set": try set()
    case "grow": try grow()
    case "fee_control": try feeControl()
    default: try closeRoads()
    }
  }

  // MARK: - Changes

  private func openedPoint() throws(ImportError) -> OpenedPoint {
    let keys =
      ["point_id", "candidate", "name", "longitude", "latitude", "operator", "place_id", "opening_cost_yuan"]
      + Self.settings.filter { $0 != "status" }
    let members = try members("point_id", keys)
    var point = OpenedPoint()
    point.id = try optional(members, "point_id", id)
    point.candidate = try optional(members, "candidate", id)
    point.name = try optional(members, "name", text)
    point.operatorName = try optional(members, "operator", text)
    point.place = try optional(members, "place_id", id)
    if members["longitude"] != nil || members["latitude"] != nil { point.position = try position(members) }
    let said = try settings(members)
    point.kind = said.kind
    point.methods = said.methods
    point.hours = said.hours
    point.counters = said.counters
    point.monthlyCostFen = said.monthlyCostFen
    point.feePerPaymentFen = said.feePerPaymentFen
    point.openingCostFen = try optional(members, "opening_cost_yuan", fen)
    return point
  }

  private func move() throws(ImportError) -> [(Change, Int)] {
    let members = try members("point_id", ["point_id", "longitude", "latitude", "place_id"])
    let target = try position(members)
    let place = try optional(members, "place_id", id)
    let node = try required(members, "point_id")
    return [(.move(point: try id(node, "point_id"), to: target, place: place), lineOf(node))]
  }

  private func set() throws(ImportError) -> [(Change, Int)] {
    let members = try members("point_id", ["point_id", "where"] + Self.settings)
    let said = try settings(members)
    if said.isEmpty {
      throw refusal(
        line, .words(en: "nothing to set", zh: "没有要设置的内容"), YAMLMembers.expected(Self.settings))
    }
    if let node = members["where"] {
      if let id = members["point_id"] {
        throw refusal(
          id, "point_id", Bilingual(en: "either point_id or where", zh: "point_id 与 where 二者之一"))
      }
      let selected = try YAMLMembers(node, named: "where", allowed: ["kind", "township"], file)
      let kind = try optional(selected, "kind", kind)
      let township = try optional(selected, "township", township) ?? nil
      return [(.set(.all(kind: kind, township: township), said), lineOf(node))]
    }
    return try ids(members).map { (.set(.point($0.0), said), $0.1) }
  }

  private func grow() throws(ImportError) -> [(Change, Int)] {
    let members = try members("factor", ["township", "factor"])
    let millionths = try factor(required(members, "factor"))
    return [(.grow(township: try optional(members, "township", township) ?? nil, millionths: millionths), line)]
  }

  private func feeControl() throws(ImportError) -> [(Change, Int)] {
    let members = try members("share", ["township", "share"])
    let share = try share(required(members, "share"))
    return [(.feeControl(township: try optional(members, "township", township) ?? nil, share: share), line)]
  }

  private func closeRoads() throws(ImportError) -> [(Change, Int)] {
    let members = try members("edge", ["edge", "line", "from", "to", "modes"])
    var modes = Set(TravelMode.allCases)
    if let node = members["modes"] {
      modes = []
      for item in list(node) {
        guard let mode = item.scalar.flatMap({ TravelMode(rawValue: $0.string) }) else {
          throw refusal(item, "modes", Bilingual(en: "walk, ebike or car", zh: "walk、ebike 或 car"))
        }
        modes.insert(mode)
      }
    }
    if let node = members["edge"] {
      for other in ["line", "from", "to"] {
        if let node = members[other] {
          throw refusal(node, other, Bilingual(en: "either edge or line", zh: "edge 与 line 二者之一"))
        }
      }
      var changes: [(Change, Int)] = []
      for item in list(node) {
        let edge = try whole(item, "edge", 0...Int(Int32.max))
        changes.append((.closeRoad(.edge(edge), modes: modes), lineOf(item)))
      }
      if changes.isEmpty { throw refusal(node, "edge", Bilingual(en: "at least one edge", zh: "至少一条边")) }
      return changes
    }
    let ends: [Node]
    if let node = members["line"] {
      ends = node.sequence.map(Array.init) ?? []
      guard ends.count == 2 else { throw refusal(node, "line", Self.twoPositions) }
    } else {
      ends = [try required(members, "from", Self.roads), try required(members, "to", Self.roads)]
    }
    let (from, to) = (try corner(ends[0]), try corner(ends[1]))
    return [(.closeRoad(.line(from: from, to: to), modes: modes), line)]
  }

  private static let roads = Bilingual(
    en: "edge: 1204, or line: [[112.590, 35.090], [112.595, 35.090]]",
    zh: "edge: 1204,或 line: [[112.590, 35.090], [112.595, 35.090]]")
  private static let twoPositions = Bilingual(
    en: "two positions, such as [[112.590, 35.090], [112.595, 35.090]]",
    zh: "两个位置,如 [[112.590, 35.090], [112.595, 35.090]]")

  private func corner(_ node: Node) throws(ImportError) -> Coordinate<WGS84> {
    guard let pair = node.sequence.map(Array.init), pair.count == 2,
      let longitude = pair[0].scalar.flatMap({ number($0.string) }),
      let latitude = pair[1].scalar.flatMap({ number($0.string) }),
      let corner = Coordinate<WGS84>(latitude: latitude, longitude: longitude)
    else { throw refusal(node, "line", Self.twoPositions) }
    return corner
  }

  // MARK: - Members

  /// All members: those beside the word, and what stands behind it, which is a mapping or the value of `main` alone.
  private func members(_ main: String, _ allowed: [String]) throws(ImportError) -> YAMLMembers {
    var members = YAMLMembers()
    if value.mapping != nil {
      members = try YAMLMembers(value, named: word, allowed: allowed, file)
    } else if !isNull(value) {
      members.set(main, value)
    } else if beside.isEmpty {
      throw refusal(value, word, YAMLMembers.expected(allowed))
    }
    try members.add(beside, allowed: allowed, file)
    return members
  }

  private func required(
    _ members: YAMLMembers, _ key: String, _ expected: Bilingual? = nil
  ) throws(ImportError) -> Node {
    if let node = members[key] { return node }
    throw refusal(
      line, .words(en: "\(word) without \(key)", zh: "\(word) 缺少 \(key)"),
      expected ?? Bilingual(en: "the key \(key)", zh: "键 \(key)"))
  }

  private func optional<Value>(
    _ members: YAMLMembers, _ key: String, _ read: (Node, String) throws(ImportError) -> Value
  ) throws(ImportError) -> Value? {
    guard let node = members[key] else { return nil }
    return try read(node, key)
  }

  /// The one or several ids under `point_id`, each with its line.
  private func ids(_ members: YAMLMembers) throws(ImportError) -> [(String, Int)] {
    let node = try required(members, "point_id")
    var found: [(String, Int)] = []
    for item in list(node) { found.append((try id(item, "point_id"), lineOf(item))) }
    if found.isEmpty { throw refusal(node, "point_id", Bilingual(en: "at least one id", zh: "至少一个编码")) }
    return found
  }

  private func list(_ node: Node) -> [Node] { node.sequence.map(Array.init) ?? [node] }

  private func settings(_ members: YAMLMembers) throws(ImportError) -> PointSettings {
    var settings = PointSettings()
    settings.kind = try optional(members, "kind", kind)
    settings.methods = try optional(members, "methods", methods)
    settings.hours = try optional(members, "hours", hours)
    settings.counters = try optional(members, "counters") { node, key throws(ImportError) in
      try whole(node, key, 0...10_000)
    }
    settings.status = try optional(members, "status") { node, key throws(ImportError) in
      try chosen(node, key, Vocabulary.pointStatuses)
    }
    settings.monthlyCostFen = try optional(members, "monthly_cost_yuan", fen)
    settings.feePerPaymentFen = try optional(members, "fee_per_payment_yuan", fen)
    return settings
  }

  // MARK: - Values

  private func id(_ node: Node, _ name: String) throws(ImportError) -> String {
    let text = try text(node, name)
    guard text.utf8.count <= 200, !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      throw refusal(
        node, name,
        Bilingual(en: "an id of 1 to 200 bytes without control characters", zh: "1 至 200 字节的编码,不含控制字符"))
    }
    return text
  }

  private func text(_ node: Node, _ name: String) throws(ImportError) -> String {
    guard let text = node.scalar?.string.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty,
      !isNull(node), text.utf8.count <= 1_000, !text.contains("\0")
    else { throw refusal(node, name, Bilingual(en: "a text", zh: "文字")) }
    return text
  }

  /// A township by its name; `nil` for all.
  private func township(_ node: Node, _ name: String) throws(ImportError) -> String? {
    let text = try text(node, name)
    return text == "all" || text == "全部" ? nil : text
  }

  private func kind(_ node: Node, _ name: String) throws(ImportError) -> PointKind {
    try chosen(node, name, Vocabulary.pointKinds)
  }

  private func chosen<Value>(
    _ node: Node, _ name: String, _ words: ImportWords<Value>
  ) throws(ImportError) -> Value {
    guard let value = node.scalar.flatMap({ words[$0.string] }) else { throw refusal(node, name, words.offered) }
    return value
  }

  /// `[cash, qr]`, `cash;qr` or `cash`.
  private func methods(_ node: Node, _ name: String) throws(ImportError) -> PaymentMethods {
    var methods = PaymentMethods()
    for item in list(node) {
      for word in (item.scalar?.string ?? "").split(whereSeparator: { ";；、,".contains($0) }) {
        guard let method = Vocabulary.methods[word.trimmingCharacters(in: .whitespaces)] else {
          throw .refused(
            ImportProblem(
              file: file, line: lineOf(item), column: name, found: .quoting(word),
              expected: Vocabulary.methods.offered))
        }
        methods.insert(method)
      }
    }
    if methods.isEmpty { throw refusal(node, name, Vocabulary.methods.offered) }
    return methods
  }

  private func hours(_ node: Node, _ name: String) throws(ImportError) -> OpeningHours {
    let text = try text(node, name)
    do throws(OpeningHours.Problem) {
      return try OpeningHours(parsing: text)
    } catch {
      throw refusal(
        node, name,
        Bilingual(
          en: "opening hours such as Mo-Fr 08:30-17:30; Sa 09:00-12:00 (reading stopped at character "
            + "\(error.position))",
          zh: "营业时间,如 Mo-Fr 08:30-17:30; Sa 09:00-12:00(读到第 \(error.position) 个字符为止)"))
    }
  }

  private func whole(_ node: Node, _ name: String, _ range: ClosedRange<Int>) throws(ImportError) -> Int {
    guard let text = node.scalar?.string, let value = Int(text), range.contains(value) else {
      throw refusal(
        node, name,
        Bilingual(
          en: "a whole number \(range.lowerBound)...\(range.upperBound)",
          zh: "整数 \(range.lowerBound)...\(range.upperBound)"))
    }
    return value
  }

  /// Yuan with at most two decimals, as fen.
  private func fen(_ node: Node, _ name: String) throws(ImportError) -> Int {
    let most = StoredRange.fen.upperBound / 100
    guard let text = node.scalar?.string, let yuan = number(text), yuan >= 0, yuan <= Double(most),
      (yuan * 100).rounded() / 100 == yuan
    else {
      throw refusal(
        node, name,
        Bilingual(en: "yuan 0...\(most) with at most two decimals", zh: "0...\(most) 元,最多两位小数"))
    }
    return Int((yuan * 100).rounded())
  }

  /// `0.8` or `80%`.
  private func share(_ node: Node) throws(ImportError) -> Double {
    if let text = node.scalar?.string, let value = text.hasSuffix("%") ? number(text.dropLast()).map({ $0 / 100 }) : number(text),
      (0...1).contains(value)
    {
      return value
    }
    throw refusal(node, "share", Bilingual(en: "a share 0...1, or 0%...100%", zh: "0...1 的占比,或 0%...100%"))
  }

  /// `1.1`, `+10%` or `-5%`, in millionths.
  private func factor(_ node: Node) throws(ImportError) -> Int {
    if let text = node.scalar?.string {
      var value = text.hasSuffix("%") ? nil : number(text)
      if text.hasSuffix("%"), text.first == "+" || text.first == "-" {
        value = number(text.dropLast().drop { $0 == "+" }).map { 1 + $0 / 100 }
      }
      if let value, (0...100).contains(value) { return Int((value * 1_000_000).rounded()) }
    }
    throw refusal(
      node, "factor",
      Bilingual(en: "a factor 0...100, such as 1.1, or +10%", zh: "0...100 的系数,如 1.1,或 +10%"))
  }

  private func position(_ members: YAMLMembers) throws(ImportError) -> Coordinate<WGS84> {
    func degrees(_ key: String, _ most: Double) throws(ImportError) -> Double {
      let node = try required(members, key)
      guard let text = node.scalar?.string, let value = number(text), abs(value) <= most else {
        throw refusal(
          node, key, Bilingual(en: "-\(Int(most))...\(Int(most))", zh: " -\(Int(most))...\(Int(most))"))
      }
      return value
    }
    let (longitude, latitude) = (try degrees("longitude", 180), try degrees("latitude", 90))
    guard longitude != 0 || latitude != 0,
      let position = Coordinate<WGS84>(latitude: latitude, longitude: longitude)
    else {
      throw refusal(
        try required(members, "longitude"), "longitude",
        Bilingual(en: "a position; 0, 0 says that none is known there", zh: "实际位置;0, 0 表示位置未知"))
    }
    return position
  }

  /// A plain decimal number: digits, a sign and a point, as everybody writes it.
  private func number(_ text: some StringProtocol) -> Double? {
    guard !text.isEmpty, text.utf8.count <= 40,
      text.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E || $0 == 0x2D }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  private func lineOf(_ node: Node) -> Int { node.mark?.line ?? line }

  private func refusal(_ node: Node, _ name: String, _ expected: Bilingual) -> ImportError {
    .refused(yamlProblem(file, node, name, expected))
  }

  private func refusal(_ line: Int, _ found: ImportProblem.Found, _ expected: Bilingual) -> ImportError {
    .refused(ImportProblem(file: file, line: line, column: nil, found: found, expected: expected))
  }
}
