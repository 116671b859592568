import Foundation
import TestSupport
import Testing
import Words

@testable import Storage

@Suite("Characters come as they were meant")
struct EncodingTests {
  private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)
  private static let table = "渠道编码,名称,现场办理\nc1,营业厅,是\nc2,𠮷𠮷网上国网€,否\n"

  private func bytes(_ text: String) throws -> [UInt8] {
    Array(try #require(text.data(using: Self.gb18030)))
  }

  private let expected: [ImportRow] = [
    .channel(ChannelRow(id: "c1", name: "营业厅", inPerson: true)),
    .channel(ChannelRow(id: "c2", name: "𠮷𠮷网上国网€", inPerson: false)),
  ]

  @Test("from UTF-8, with and without a mark, and GB18030, found or asked for")
  func encodings() throws {
    let utf8 = Array(Self.table.utf8)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let legacy = try bytes(Self.table)
    for encoding in ImportEncoding.allCases {
      // A mark is the file's own word.
      #expect(try ImportedFile(.channels, bytes: mark + utf8, encoding: encoding).rows == expected)
    }
    #expect(try ImportedFile(.channels, bytes: utf8).rows == expected)
    #expect(try ImportedFile(.channels, bytes: utf8, encoding: .utf8).rows == expected)
    #expect(try ImportedFile(.channels, bytes: legacy).rows == expected)
    #expect(try ImportedFile(.channels, bytes: legacy, encoding: .gb18030).rows == expected)
    #expect(try ImportedFile(.channels, bytes: [0x84, 0x31, 0x95, 0x33] + legacy).rows == expected)
  }

  @Test("from GB18030 of many blocks, whose characters lie across their borders", arguments: 0..<4)
  func longLegacyFile(shift: Int) throws {
    var text = "channel_id,name,in_person\n"
    let name = String(repeating: "x", count: shift) + "交费𠮷点"
    let rows = 30_000
    for i in 0..<rows { text += "c\(i),\(name),是\n" }
    let file = try ImportedFile(.channels, bytes: bytes(text))
    #expect(file.rows.count == rows)
    #expect(file.rows.allSatisfy { if case .channel(let row) = $0 { row.name == name } else { false } })
    #expect(file.lines.last == rows + 1)
  }

  @Test("or the line and byte are named where they break")
  func broken() throws {
    let utf8 = Array(Self.table.utf8)
    var damaged = utf8
    // In the last line, behind many good characters.
    let position = utf8.count - 5
    damaged[position] = 0xFF
    let sentence = "t.csv:3: byte \(position + 1) of the file is not UTF-8; expected UTF-8 throughout"
    #expect(try ImportedFile(.channels, bytes: damaged).sentences == [sentence])
    #expect(try ImportedFile(.channels, bytes: damaged, encoding: .utf8).sentences == [sentence])

    let neither: [UInt8] = Array("channel_id,name,in_person\nc1,a".utf8) + [0xFF] + Array(",yes\n".utf8)
    #expect(
      try ImportedFile(.channels, bytes: neither).sentences == [
        "t.csv:2: byte 31 of the file is not UTF-8; "
          + "expected UTF-8 throughout, or GB18030 (which breaks at byte 31)"
      ])
    #expect(
      try ImportedFile(.channels, bytes: neither, encoding: .gb18030).sentences == [
        "t.csv:2: byte 31 of the file is not GB18030; expected GB18030 throughout"
      ])
    #expect(
      try ImportedFile(.channels, bytes: bytes(Self.table), encoding: .utf8).sentences.first?
        .contains("byte 1 of the file is not UTF-8") == true)
  }

  @Test("and damaged UTF-8 is never taken for GB18030 as soon as it has a few characters", arguments: 0..<100)
  func damaged(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(Self.table.utf8)
    let cut = Int.random(in: 30..<bytes.count - 1, using: &random)
    bytes.removeSubrange(cut..<cut + 1)
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    let file = try ImportedFile(.channels, bytes: bytes)
    #expect(file.sentences.first?.contains("is not UTF-8; expected UTF-8 throughout") == true)
  }

  @Test("and a character cut off by the end of the file is an error in both")
  func cutOff() throws {
    let utf8 = Array(Self.table.utf8) + [0xE4, 0xBA]
    #expect(try ImportedFile(.channels, bytes: utf8).sentences.first?.contains("not UTF-8") == true)
    let legacy = try bytes(Self.table) + [0xB9]
    #expect(
      try ImportedFile(.channels, bytes: legacy, encoding: .gb18030).sentences.first?.contains("not GB18030")
        == true)
  }
}

@Suite("A hopeless file is refused as a whole")
struct FirstLookTests {
  @Test("when it is empty", arguments: ["", "\u{FEFF}", "\n\n", "  \r\n\t\r\n", "\u{FEFF}\n"])
  func empty(text: String) throws {
    let file = try ImportedFile(.places, text)
    #expect(
      file.sentences == [
        "t.csv: the file is empty; expected a header and rows, a GeoJSON FeatureCollection, or a GeoPackage"
      ])
  }

  @Test("when it is known by its first bytes")
  func strangers() throws {
    let cases: [([UInt8], String)] = [
      ([0x50, 0x4B, 0x03, 0x04, 0x14], "Excel workbook or another ZIP archive"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "old Excel workbook"), ([0x1F, 0x8B, 0x08], "gzip"),
      (Array("a,b".data(using: .utf16)!), "UTF-16"), ([0xFE, 0xFF, 0x00, 0x61], "UTF-16"),
    ]
    for (bytes, word) in cases {
      #expect(try ImportedFile(.places, bytes: bytes).sentences.first?.contains(word) == true, "\(word)")
    }
  }

  @Test("when it holds a zero byte, wherever")
  func zeros() throws {
    #expect(
      try ImportedFile(.places, bytes: [UInt8](repeating: 0, count: 5_000)).sentences == [
        "t.csv:1: byte 1 is zero, so this is a binary file or UTF-16; expected text in UTF-8 or GB18030"
      ])
    let late = Array(String(repeating: "a,b\n", count: 400_000).utf8) + [0]
    #expect(
      try ImportedFile(.places, bytes: late).sentences.first?.hasPrefix("t.csv:400001: byte 1600001") == true)
    let json = try ImportedFile(.places, named: "t.json", bytes: Array("{\n\n".utf8) + [0])
    #expect(json.sentences.first?.hasPrefix("t.json:3: byte 4 is zero") == true)
  }

  @Test("when a line never ends", arguments: ["", "a,b\n", "a\n\nb\r", "a\r\n"])
  func longLine(before: String) throws {
    var counter = LineCounter()
    Array(before.utf8).withUnsafeBytes { counter.update($0) }
    let file = try ImportedFile(.places, before + String(repeating: "x,", count: 1 << 20))
    #expect(
      file.sentences == [
        "t.csv:\(counter.line): the row that begins here is longer than 1 MiB; is a quote left open?; "
          + "expected a shorter row"
      ])
  }

  @Test("but not for a line of exactly 1 MiB", arguments: [0, 1, 7, 4_000])
  func longestLine(before: Int) throws {
    let header = "channel_id,name,in_person\n"
    let padding = "c,\(String(repeating: "n", count: before)),yes\n"
    let name = String(repeating: "x", count: SourceFile.blockSize - 6)
    let file = try ImportedFile(.channels, header + padding + "d,\(name),no\n" + padding)
    #expect(file.error == nil)
    #expect(file.reading?.rowsRead == 3)
  }
}

@Suite("A file that cannot be read is told from a bad one")
struct SourceFileTests {
  private func error(_ path: String) throws -> String? {
    guard case .unreadable(_, let reason) = try ImportedFile(.places, path: path).error else { return nil }
    return reason.english
  }

  @Test("missing, a directory, or forbidden")
  func unreadable() throws {
    let folder = ScratchFolder()
    #expect(try error(folder.file("missing.csv")) == "no such file")
    #expect(try error(folder.path) == "this is a directory; expected a file")
    #expect(try error(folder.write("a", to: "f") + "/g") == "no such file")
    let secret = folder.write("a,b", to: "secret.csv")
    chmod(secret, 0)
    if geteuid() != 0 { #expect(try error(secret) == "no permission to read it") }
  }

  @Test("and a pipe is read like a file, to the last byte, by way of a copy that goes away")
  func pipe() throws {
    let folder = ScratchFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = Array(String(repeating: "a,交费\n", count: 150_000).utf8)
    Thread {
      let handle = FileHandle(forWritingAtPath: path)
      handle?.write(Data(bytes))
      try? handle?.close()
    }.start()
    var source: SourceFile? = try SourceFile(path: path, options: ImportOptions())
    let copy = try #require(source?.regularPath)
    #expect(copy != path)
    #expect(FileManager.default.contents(atPath: copy) == Data(bytes))
    let hash = SHA256()
    bytes.withUnsafeBytes(hash.update)
    #expect(source?.sha256 == hash.finish())
    source = nil
    #expect(!FileManager.default.fileExists(atPath: copy))
  }

  @Test("and its hash is the SHA-256 of its bytes (FIPS 180-4, B.1 and B.3)")
  func hash() throws {
    let abc = SHA256()
    Array("abc".utf8).withUnsafeBytes(abc.update)
    #expect(abc.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let million = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { piece.withUnsafeBytes(million.update) }
    #expect(million.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    let file = try ImportedFile(.channels, "channel_id,name,in_person\n")
    #expect(file.reading?.sha256.count == 64)
    #expect(file.reading?.rowsRead == 0)
  }
}
