/// A JSON value with the place it begins at.
struct JSONNode {
  enum Value {
    case null
    case bool(Bool)
    /// The digits as written, so that no precision is lost on the way to a column.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([(name: String, node: JSONNode)])
  }

  let value: Value
  /// The line it begins on; the first is 1.
  let line: Int

  /// The member called `name`, or `nil` when this is no object or has none.
  subscript(_ name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name == name }?.node
  }

  /// The text, or `nil` when this is no string.
  var string: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  /// The elements, or `nil` when this is no array.
  var array: [JSONNode]? {
    guard case .array(let nodes) = value else { return nil }
    return nodes
  }

  /// The finite number, or `nil` when this is none.
  var double: Double? {
    guard case .number(let digits) = value, let number = Double(digits), number.isFinite else { return nil }
    return number
  }

  /// The value as a sentence quotes it.
  var summary: String {
    switch value {
    case .null: "null"
    case .bool(let flag): String(flag)
    case .number(let digits): digits
    case .string(let text): text
    case .array: "[...]"
    case .object: "{...}"
    }
  }
}
