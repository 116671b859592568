/// A JSON value whose members keep their order, so that the same answer is the same bytes.
enum JSON {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  /// An array of so many values, each of which is made when it is written: a nation's points are a million objects.
  case rows(Int, (Int) -> JSON)
  case object([(String, JSON)])

  init(_ value: Int?) { self = value.map(JSON.int) ?? .null }
  init(_ value: Double?) { self = value.map(JSON.double) ?? .null }
  init(_ value: String?) { self = value.map(JSON.string) ?? .null }

  /// The document, indented by two spaces; short members stay on one line.
  var text: String {
    var writer = JSONWriter()
    writer.write(self, indent: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Whether the value holds no list or object.
  fileprivate var isPlain: Bool {
    switch self {
    case .array, .rows, .object: false
    default: true
    }
  }
}

/// Prints a document as one line or more on standard output, as it is made: nobody holds a nation's text as a whole.
func say(_ document: JSON) throws {
  var writer = JSONWriter(sink: standardOutput)
  writer.write(document, indent: 0)
  writer.bytes.append(UInt8(ascii: "\n"))
  writer.flush()
  if let failure = writer.failure { throw failure }
}

/// A document on its way to bytes.
private struct JSONWriter {
  /// What has been written and not been handed on.
  var bytes: [UInt8] = []
  /// Where full buffers go; `nil` keeps all of them.
  var sink: ((UnsafeRawBufferPointer) throws -> Void)?
  /// Why the sink took no more.
  private(set) var failure: (any Error)?

  init(sink: ((UnsafeRawBufferPointer) throws -> Void)? = nil) { self.sink = sink }

  /// As many bytes are handed on at a time.
  private static let bufferSize = 1 << 18

  mutating func flush() {
    guard let sink, failure == nil else { return }
    do {
      try bytes.withUnsafeBytes(sink)
    } catch {
      failure = error
    }
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func write(_ value: JSON, indent: Int) {
    switch value {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .int(let value): put(value)
    case .double(let value): put(value.description)
    case .string(let value): quote(value)
    case .array(let values): list(values.count, indent) { $0.write(values[$1], indent: indent + 1) }
    case .rows(let count, let row): list(count, indent) { $0.write(row($1), indent: indent + 1) }
    case .object(let members): object(members, indent)
    }
  }

  private mutating func list(_ count: Int, _ indent: Int, _ element: (inout JSONWriter, Int) -> Void) {
    bytes.append(UInt8(ascii: "["))
    for i in 0..<count {
      if failure != nil { return }
      if i > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(indent + 1)
      element(&self, i)
      if sink != nil, bytes.count >= Self.bufferSize { flush() }
    }
    if count > 0 { newLine(indent) }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func object(_ members: [(String, JSON)], _ indent: Int) {
    let isFlat = members.count <= 12 && members.allSatisfy(\.1.isPlain)
    bytes.append(UInt8(ascii: "{"))
    for (i, member) in members.enumerated() {
      if i > 0 { bytes.append(UInt8(ascii: ",")) }
      if !isFlat {
        newLine(indent + 1)
      } else if i > 0 {
        bytes.append(UInt8(ascii: " "))
      }
      quote(member.0)
      put(": ")
      write(member.1, indent: indent + 1)
    }
    if !isFlat, !members.isEmpty { newLine(indent) }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func newLine(_ indent: Int) {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<indent {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func put(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Runs of bytes that stand for themselves are copied whole; all others are below 0x80, so never part of a longer
  /// character.
  private mutating func quote(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { text in
      var start = 0
      for i in text.indices {
        let byte = text[i]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes.append(contentsOf: text[start..<i])
        start = i + 1
        escape(byte)
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case UInt8(ascii: "\n"): put("\\n")
    case UInt8(ascii: "\r"): put("\\r")
    case UInt8(ascii: "\t"): put("\\t")
    default:
      let hex = String(byte, radix: 16)
      put("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
    }
  }
}
