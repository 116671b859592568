import Foundation
import Words

/// Takes JSON apart, strictly by RFC 8259, from a stream of any length.
///
/// Foundation's reader says nothing about where a value stands, keeps the last of two members with one name, and wants
/// the whole file in memory.
final class JSONReader {
  /// The line of the next byte, the first being 1.
  private(set) var line = 1

  /// Arrays and objects within each other.
  static let deepest = 128
  /// The most bytes one value read by `value()` may have: an outline of 400,000 corners. The worst text takes thirty
  /// times its length in memory.
  static let longest = 16 << 20

  private let stream: TextStream
  private let block: UnsafeMutableRawBufferPointer
  private var position = 0
  private var end = 0
  private var consumed = 0
  private var lineStart = 0
  private var depth = 0
  private var valueStart = 0
  private var valueLine = 1
  private var scratch: [UInt8] = []

  init(_ stream: TextStream) {
    self.stream = stream
    block = .allocate(byteCount: SourceFile.blockSize, alignment: 16)
  }

  deinit { block.deallocate() }

  // MARK: - Structure

  /// Reads one whole value.
  func value() throws -> JSONNode {
    valueStart = offset
    valueLine = line
    return try nested()
  }

  /// Enters an object and calls `body` with each member's name; it must read the member's value.
  ///
  /// - Throws: `ImportError.refused` for a second member of the same name.
  func members(_ body: (String) throws -> Void) throws {
    try take("{", Bilingual(en: "an object, {", zh: "对象 {"))
    try enter()
    // A feature has a few members: looking through them is quicker than hashing. More than that are hashed.
    var names: [String] = []
    var manyNames: Set<String> = []
    var isFirst = true
    while try !ends(with: "}", isFirst: &isFirst) {
      guard try peek() == UInt8(ascii: "\"") else {
        throw try unexpected(Bilingual(en: "a member's name in quotes", zh: "引号中的成员名"))
      }
      let nameLine = line
      let name = try string()
      let isNew =
        names.count < 16 ? !names.contains(name) : manyNames.insert(name).inserted && !names.contains(name)
      if names.count < 16 { names.append(name) }
      guard isNew else {
        throw ImportError.refused(
          ImportProblem(
            file: stream.source.name, line: nameLine, column: nil, found: .quoting(name),
            expected: Bilingual(en: "each member's name once", zh: "每个成员名只出现一次")))
      }
      try take(":", Bilingual(en: "a colon", zh: "冒号"))
      try body(name)
    }
  }

  /// Enters an array and calls `body` before each element; it must read the element.
  func elements(_ body: () throws -> Void) throws {
    try take("[", Bilingual(en: "an array, [", zh: "数组 ["))
    try enter()
    var isFirst = true
    while try !ends(with: "]", isFirst: &isFirst) { try body() }
  }

  /// The first byte of the next value, which is not read; `nil` at the end of the text.
  func peek() throws -> UInt8? {
    while let byte = try byteHere() {
      switch byte {
      case 0x20, 0x09: advance()
      case 0x0A, 0x0D: try lineBreak(byte)
      default: return byte
      }
    }
    return nil
  }

  /// Makes sure that nothing follows.
  func finish() throws {
    guard try peek() == nil else { throw try unexpected(Bilingual(en: "the end of the file", zh: "文件结束")) }
  }

  private func enter() throws {
    depth += 1
    guard depth <= Self.deepest else {
      throw try unexpected(
        Bilingual(en: "at most \(Self.deepest) levels of nesting", zh: "至多 \(Self.deepest) 层嵌套"))
    }
  }

  /// Whether the array or object ends here; takes the comma between two elements.
  private func ends(with close: Unicode.Scalar, isFirst: inout Bool) throws -> Bool {
    let next = try peek()
    if next == UInt8(ascii: close) {
      advance()
      depth -= 1
      return true
    }
    if !isFirst { try take(",", Bilingual(en: "a comma or \(close)", zh: "逗号或 \(close)")) }
    isFirst = false
    return false
  }

  private func nested() throws -> JSONNode {
    guard let byte = try peek() else { throw try unexpected(Bilingual(en: "a value", zh: "一个值")) }
    let start = line
    switch byte {
    case UInt8(ascii: "{"):
      var result: [(name: String, node: JSONNode)] = []
      try members { result.append((name: $0, node: try nested())) }
      return JSONNode(value: .object(result), line: start)
    case UInt8(ascii: "["):
      var result: [JSONNode] = []
      try elements { result.append(try nested()) }
      return JSONNode(value: .array(result), line: start)
    case UInt8(ascii: "\""): return JSONNode(value: .string(try string()), line: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONNode(value: .number(try number()), line: start)
    case UInt8(ascii: "t"):
      try literal("true")
      return JSONNode(value: .bool(true), line: start)
    case UInt8(ascii: "f"):
      try literal("false")
      return JSONNode(value: .bool(false), line: start)
    case UInt8(ascii: "n"):
      try literal("null")
      return JSONNode(value: .null, line: start)
    default: throw try unexpected(Bilingual(en: "a value", zh: "一个值"))
    }
  }

  // MARK: - Scalars

  private func literal(_ word: StaticString) throws {
    for i in 0..<word.utf8CodeUnitCount {
      guard try byteHere() == word.utf8Start[i] else {
        throw try unexpected(Bilingual(en: "\(word)", zh: " \(word)"))
      }
      advance()
    }
  }

  private func number() throws -> String {
    scratch.removeAll(keepingCapacity: true)
    let digitExpected = Bilingual(en: "a digit", zh: "数字")
    try keep { $0 == UInt8(ascii: "-") }
    if try byteHere() == UInt8(ascii: "0") {
      // A zero stands alone: 012 is not JSON, and the 1 is refused as what follows.
      try keep { $0 == UInt8(ascii: "0") }
    } else {
      guard try keepDigits() else { throw try unexpected(digitExpected) }
    }
    if try keep({ $0 == UInt8(ascii: ".") }) {
      guard try keepDigits() else { throw try unexpected(digitExpected) }
    }
    if try keep({ $0 | 0x20 == UInt8(ascii: "e") }) {
      try keep { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      guard try keepDigits() else { throw try unexpected(digitExpected) }
    }
    return String(decoding: scratch, as: UTF8.self)
  }

  @discardableResult
  private func keep(_ condition: (UInt8) -> Bool) throws -> Bool {
    guard let byte = try byteHere(), condition(byte) else { return false }
    scratch.append(byte)
    advance()
    return true
  }

  private func keepDigits() throws -> Bool {
    let before = scratch.count
    while try keep({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {}
    return scratch.count > before
  }

  private func string() throws -> String {
    advance()
    scratch.removeAll(keepingCapacity: true)
    while true {
      guard let byte = try byteHere() else {
        throw try unexpected(Bilingual(en: "a closing quote", zh: "闭合的引号"))
      }
      switch byte {
      case UInt8(ascii: "\""):
        advance()
        return String(decoding: scratch, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20:
        throw try unexpected(
          Bilingual(en: "control characters escaped, such as \\n", zh: "控制字符须转义,如 \\n"))
      default:
        var stop = position + 1
        while stop < end, block[stop] != 0x22, block[stop] != 0x5C, block[stop] >= 0x20 { stop += 1 }
        scratch.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[position..<stop]))
        position = stop
      }
    }
  }

  private func escape() throws {
    advance()
    let expected = Bilingual(en: "an escape such as \\n or \\u4E2D", zh: "转义,如 \\n 或 \\u4E2D")
    guard let byte = try byteHere() else { throw try unexpected(expected) }
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
      UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
    if let meaning = plain[byte] {
      scratch.append(meaning)
      advance()
      return
    }
    guard byte == UInt8(ascii: "u") else { throw try unexpected(expected) }
    let half = Bilingual(en: "the two halves of a character together", zh: "成对的代理项")
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code) {
      guard try byteHere() == UInt8(ascii: "\\") else { throw try unexpected(half) }
      advance()
      guard try byteHere() == UInt8(ascii: "u") else { throw try unexpected(half) }
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw try unexpected(half) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw try unexpected(half) }
    scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Reads the `u` and its four digits.
  private func hexadecimal() throws -> UInt32 {
    advance()
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try byteHere(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw try unexpected(Bilingual(en: "four hexadecimal digits", zh: "四位十六进制数字"))
      }
      code = code << 4 | UInt32(digit)
      advance()
    }
    return code
  }

  // MARK: - Bytes

  private var offset: Int { consumed + position }

  private func byteHere() throws -> UInt8? {
    if position == end {
      consumed += end
      position = 0
      end = try stream.read(into: block)
      if end == 0 { return nil }
      guard offset - valueStart <= Self.longest || depth == 0 else {
        let limit = Self.longest >> 20
        throw ImportError.refused(
          ImportProblem(
            file: stream.source.name, line: valueLine,
            found: .words(
              en: "the value that begins here is longer than \(limit) MiB", zh: "从这里开始的值超过 \(limit) MiB"),
            expected: Bilingual(en: "smaller features", zh: "更小的要素")))
      }
    }
    return block[position]
  }

  private func advance() { position += 1 }

  private func lineBreak(_ byte: UInt8) throws {
    advance()
    // CR LF is one line break: the LF counts it.
    if byte == 0x0D, try byteHere() == 0x0A { return }
    line += 1
    lineStart = offset
  }

  private func take(_ wanted: Unicode.Scalar, _ expected: Bilingual) throws {
    guard try peek() == UInt8(ascii: wanted) else { throw try unexpected(expected) }
    advance()
  }

  /// The refusal of what stands here.
  private func unexpected(_ expected: Bilingual) throws -> ImportError {
    let column = offset - lineStart + 1
    let found: ImportProblem.Found
    if end == 0 || position == end {
      found = .words(en: "the file ends at byte \(column) of this line", zh: "文件在本行第 \(column) 个字节处结束")
    } else {
      let text = String(
        decoding: block[position..<min(end, position + 20)].prefix { $0 >= 0x20 }, as: UTF8.self)
      let shown = printable(text, limit: 20)
      found = .words(
        en: "not JSON at byte \(column) of this line: \"\(shown)\"",
        zh: "本行第 \(column) 个字节处不是 JSON:“\(shown)”")
    }
    return .refused(
      ImportProblem(
        file: stream.source.name, line: line, found: found,
        expected: expected))
  }
}
