import Foundation
import Words

/// What can be said about a file from one pass over its bytes, and why it may be refused at once.
struct FirstLook {
  /// What it is.
  let format: ImportFormat
  /// The length of its UTF-8 byte order mark: 0 or 3.
  let markLength: Int

  private let name: String
  private let requested: ImportEncoding
  private var check = UTF8Check()
  private var length = 0
  private var lineStart = 0
  private var isBlank = true

  /// Several valid sequences of three bytes in a row do not happen in GB18030: there, each would need three Chinese
  /// characters of rare leading bytes in the right order (about one in ten thousand).
  private static let enoughToBeUTF8 = 4

  /// Judges the format by the first bytes.
  ///
  /// - Throws: `ImportError` for workbooks, archives and UTF-16, which are known by theirs.
  init(name: String, firstBlock: UnsafeRawBufferPointer, encoding: ImportEncoding) throws {
    self.name = name
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    markLength = firstBlock.starts(with: mark) ? mark.count : 0
    // A byte order mark is the file's own word.
    requested = markLength > 0 ? .utf8 : encoding
    if firstBlock.starts(with: "SQLite format 3\0".utf8) {
      format = .geoPackage
    } else {
      try Self.refuseKnownStrangers(firstBlock, name)
      switch firstBlock.dropFirst(markLength).first(where: { !isBlankByte($0) }) {
      case UInt8(ascii: "{"), UInt8(ascii: "["): format = .geoJSON
      default: format = .csv
      }
    }
  }

  private static func refuseKnownStrangers(_ bytes: UnsafeRawBufferPointer, _ name: String) throws {
    let text = Bilingual(
      en: "a table saved as CSV (UTF-8), GeoJSON or GeoPackage",
      zh: "另存为 CSV(UTF-8)、GeoJSON 或 GeoPackage 的表格")
    let found: Bilingual? =
      if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
        Bilingual(en: "this is an Excel workbook or another ZIP archive", zh: "这是 Excel 工作簿或其他 ZIP 压缩文件")
      } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
        Bilingual(en: "this is an old Excel workbook", zh: "这是旧版 Excel 工作簿")
      } else if bytes.starts(with: [0x1F, 0x8B]) {
        Bilingual(en: "this is compressed with gzip", zh: "这是 gzip 压缩文件")
      } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        Bilingual(en: "the text is UTF-16", zh: "文本编码为 UTF-16")
      } else {
        nil
      }
    if let found {
      throw ImportError.refused(ImportProblem(file: name, found: .words(found), expected: text))
    }
  }

  /// Looks at the next block. `lineNumber` says which line a byte is on.
  mutating func update(_ bytes: UnsafeRawBufferPointer, lineNumber: (Int) throws -> Int) throws {
    defer { length += bytes.count }
    guard format != .geoPackage, let start = bytes.baseAddress, bytes.count > 0 else { return }
    if let zero = memchr(start, 0, bytes.count) {
      let offset = length + (UnsafeRawPointer(zero) - start)
      throw ImportError.refused(
        ImportProblem(
          file: name, line: try lineNumber(offset),
          found: .words(
            en: "byte \(offset + 1) is zero, so this is a binary file or UTF-16",
            zh: "第 \(offset + 1) 个字节为零,说明这是二进制文件或 UTF-16"),
          expected: Bilingual(en: "text in UTF-8 or GB18030", zh: "UTF-8 或 GB18030 文本")))
    }
    if requested != .gb18030 { check.update(bytes) }
    if isBlank { isBlank = bytes.dropFirst(length == 0 ? markLength : 0).allSatisfy(isBlankByte) }
    if format == .csv { try refuseLongLine(bytes, start, lineNumber) }
  }

  /// A line longer than a block crosses the border of a block, so only the first line break of each matters.
  private mutating func refuseLongLine(
    _ bytes: UnsafeRawBufferPointer, _ start: UnsafeRawPointer, _ lineNumber: (Int) throws -> Int
  ) throws {
    let feed = memchr(start, 0x0A, bytes.count).map { UnsafeRawPointer($0) - start }
    let first = memchr(start, 0x0D, feed ?? bytes.count).map { UnsafeRawPointer($0) - start } ?? feed
    let lineEnd = length + (first ?? bytes.count)
    if lineEnd - lineStart > SourceFile.blockSize {
      throw ImportError.refused(.recordTooLong(file: name, line: try lineNumber(lineStart)))
    }
    if let last = bytes.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) { lineStart = length + last + 1 }
  }

  /// Decides the encoding when all bytes have been seen.
  mutating func finish(
    lineNumber: (Int) throws -> Int, firstBadGB18030: () throws -> Int?
  ) throws -> ImportEncoding {
    guard format != .geoPackage else { return .utf8 }
    guard !isBlank else {
      throw ImportError.refused(
        ImportProblem(
          file: name, found: .words(en: "the file is empty", zh: "文件是空的"),
          expected: Bilingual(
            en: "a header and rows, a GeoJSON FeatureCollection, or a GeoPackage",
            zh: "表头和数据行、GeoJSON FeatureCollection 或 GeoPackage")))
    }
    check.finish()
    guard let badUTF8 = requested == .gb18030 ? length : check.failure else { return .utf8 }
    let isDamagedUTF8 = check.longSequences >= Self.enoughToBeUTF8
    if requested == .utf8 || (requested == .auto && (format == .geoJSON || isDamagedUTF8)) {
      throw try refusal(
        of: .utf8, at: badUTF8, lineNumber,
        expected: Bilingual(en: "UTF-8 throughout", zh: "全文均为 UTF-8"))
    }
    guard let bad = try firstBadGB18030() else { return .gb18030 }
    if requested == .gb18030 {
      throw try refusal(
        of: .gb18030, at: bad, lineNumber,
        expected: Bilingual(en: "GB18030 throughout", zh: "全文均为 GB18030"))
    }
    throw try refusal(
      of: .utf8, at: badUTF8, lineNumber,
      expected: Bilingual(
        en: "UTF-8 throughout, or GB18030 (which breaks at byte \(bad + 1))",
        zh: "全文均为 UTF-8 或 GB18030(后者在第 \(bad + 1) 个字节处中断)"))
  }

  private func refusal(
    of encoding: ImportEncoding, at offset: Int, _ lineNumber: (Int) throws -> Int, expected: Bilingual
  ) throws -> ImportError {
    let encodingName = encoding.rawValue.uppercased()
    return .refused(
      ImportProblem(
        file: name, line: try lineNumber(offset),
        found: .words(
          en: "byte \(offset + 1) of the file is not \(encodingName)",
          zh: "文件第 \(offset + 1) 个字节不是 \(encodingName)"),
        expected: expected))
  }
}

extension ImportProblem {
  /// A record that does not end.
  static func recordTooLong(file: String, line: Int) -> ImportProblem {
    ImportProblem(
      file: file, line: line,
      found: .words(
        en: "the row that begins here is longer than 1 MiB; is a quote left open?",
        zh: "从这里开始的一行超过 1 MiB;是否有引号未闭合?"),
      expected: Bilingual(en: "a shorter row", zh: "更短的一行"))
  }
}

/// Whether a byte is a space, a tab or part of a line break.
func isBlankByte(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

/// Counts lines that end in LF, CR LF or CR, over pieces of a text.
struct LineCounter {
  /// The line that the next byte is on; the first is 1.
  private(set) var line = 1
  private var lastWasReturn = false

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      if byte == 0x0D || (byte == 0x0A && !lastWasReturn) { line += 1 }
      lastWasReturn = byte == 0x0D
    }
  }
}
