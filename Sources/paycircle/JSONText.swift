/// A JSON value whose members keep their order, so that the same answer is the same bytes.
enum JSON {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  init(_ value: Int?) { self = value.map(JSON.int) ?? .null }
  init(_ value: Double?) { self = value.map(JSON.double) ?? .null }
  init(_ value: String?) { self = value.map(JSON.string) ?? .null }

  /// The document, indented by two spaces; short members stay on one line.
  var text: String {
    var out = ""
    write(to: &out, indent: "")
    return out
  }

  private func write(to out: inout String, indent: String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .int(let value): out += "\(value)"
    case .double(let value): out += "\(value)"
    case .string(let value): Self.quote(value, to: &out)
    case .array(let values):
      Self.list(values, open: "[", close: "]", isFlat: false, to: &out, indent: indent) { value, out, inner in
        value.write(to: &out, indent: inner)
      }
    case .object(let members):
      Self.list(members, open: "{", close: "}", isFlat: isFlat, to: &out, indent: indent) {
        member, out, inner in
        Self.quote(member.0, to: &out)
        out += ": "
        member.1.write(to: &out, indent: inner)
      }
    }
  }

  /// Whether the value holds no list or object.
  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private var isFlat: Bool {
    guard case .object(let members) = self else { return false }
    return members.count <= 12 && members.allSatisfy(\.1.isPlain)
  }

  private static func list<Element>(
    _ elements: [Element], open: String, close: String, isFlat: Bool, to out: inout String, indent: String,
    _ body: (Element, inout String, String) -> Void
  ) {
    if elements.isEmpty {
      out += open + close
      return
    }
    let inner = isFlat ? indent : indent + "  "
    out += open
    for (position, element) in elements.enumerated() {
      if position > 0 { out += isFlat ? ", " : "," }
      if !isFlat { out += "\n" + inner }
      body(element, &out, inner)
    }
    out += isFlat ? close : "\n" + indent + close
  }

  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
