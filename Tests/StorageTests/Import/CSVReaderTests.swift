import Foundation
import TestSupport
import Testing
import Words

@testable import Storage

@Suite("CSV is taken apart")
struct CSVReaderTests {
  @Test(
    "by RFC 4180",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
      ("a,\n,b\n", [["a", ""], ["", "b"]]),
      ("a,b,", [["a", "b", ""]]),
      ("\"x, y\",2\n", [["x, y", "2"]]),
      ("\"he said \"\"no\"\"\",2\n", [["he said \"no\"", "2"]]),
      ("\"\"\"\",\"\"\n", [["\"", ""]]),
      ("\"one\ntwo\",3\n4,5", [["one\ntwo", "3"], ["4", "5"]]),
      ("\"one\r\ntwo\"\r\n4", [["one\r\ntwo"], ["4"]]),
      ("a\n\nb\n", [["a"], [""], ["b"]]),
      ("交费,网点\n1,2", [["交费", "网点"], ["1", "2"]]),
    ])
  func records(text: String, expected: [[String]]) throws {
    #expect(try Self.read(text).map(\.fields) == expected)
  }

  @Test(
    "with the delimiter its first line shows",
    arguments: [
      ("a\tb\n1;2\t3\n", UInt8(ascii: "\t")), ("a;b\n1;2\n", UInt8(ascii: ";")),
      ("a;b,c\n", UInt8(ascii: ",")), ("\"a,b\";c\n", UInt8(ascii: ";")), ("\n\na;b\n1,2", UInt8(ascii: ";")),
      ("a\n1;2", UInt8(ascii: ",")), ("a b\tc;d\n", UInt8(ascii: "\t")),
    ])
  func delimiter(text: String, expected: UInt8) throws {
    try Self.withReader(text) { #expect($0.delimiter == expected) }
  }

  @Test(
    "and says which line each record begins on, whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
  func lines(lineEnd: String) throws {
    let text = ["a,b", "\"x", "y\",z", "", "q\"r,s", "\"t\"u,\"v", "w", "1,2"].joined(separator: lineEnd)
    #expect(try Self.read(text).map(\.line) == [1, 2, 4, 5, 6, 7, 8])
  }

  @Test(
    "and a malformed record ends with its line", arguments: ["x\"y,z", "\"x\"y,z", "\"x\" ,z", " \"x\",z"])
  func malformed(record: String) throws {
    let records = try Self.read("a,b\n\(record)\n1,2\n")
    #expect(records.map(\.isMalformed) == [false, true, false])
    #expect(records[2].fields == ["1", "2"])
  }

  @Test("and an open quote is refused with the line it opens on")
  func openQuote() throws {
    let file = try ImportedFile(.volumes, "point_id,month,payments\n\"a\nb\",c,\"d\ne,2,3\n")
    #expect(
      file.sentences.last == "t.csv:3: the quote that opens here is never closed; expected a closing quote")
  }

  @Test("and a quote left open in a long file is refused after 1 MiB")
  func openQuoteInLongFile() throws {
    let rows = String(repeating: "p,2015-01,3\n", count: 200_000)
    let file = try ImportedFile(.volumes, "point_id,month,payments\np,\"2015-01,3\n\(rows)")
    #expect(file.sentences.last?.hasPrefix("t.csv:2: the row that begins here is longer than 1 MiB") == true)
  }

  @Test("as a slow reader takes it apart that looks at one character at a time", arguments: 0..<30)
  func judge(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let alphabet: [Character] = ["a", ",", "\"", "\"", "\n", "\r", "\r\n", " ", "文", ",", "b"]
    for _ in 0..<10 {
      let length = Int.random(in: 1...40, using: &random)
      try Self.expectSame(String((0..<length).map { _ in alphabet.randomElement(using: &random)! }))
    }
  }

  @Test(
    "where a border comes between CR and LF, between two quotes, or before a delimiter")
  func exactBorders() throws {
    for record in ["a,b\r\n", "\"a\"\"b\",c\r\n", "\"a\"\r\n", "\"a\nb\",\"\"\"\"\n"] {
      for end in 1...record.utf8.count {
        // The border falls `end` bytes into the record.
        let before = SourceFile.blockSize - end
        let line = String(repeating: "x", count: 63) + "\n"
        let padding =
          String(repeating: line, count: before / 64) + String(repeating: "y", count: before % 64) + "\n"
        let text = padding.dropFirst() + record + "1,2\n"
        let records = try Self.read(String(text))
        #expect(
          records.suffix(2)
            == Self.slowRead("y\n" + record + "1,2\n").records.suffix(2).map {
              Record(fields: $0.fields, line: $0.line + records.count - 3)
            })
      }
    }
  }

  @Test("across the borders of blocks too", arguments: 0..<3)
  func borders(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let cells = [
      "", "1", "长一点的文字", "\"a \"\"quoted\"\" one\"", "\"two\r\nlines\"", "\"\"", "x\"bad", "\"y\"bad",
    ]
    var text = ""
    // Characters of three bytes and rows of many lengths put every kind of byte on a border.
    while text.utf8.count < 5 << 19 {
      let count = Int.random(in: 1...6, using: &random)
      text += (0..<count).map { _ in cells.randomElement(using: &random)! }.joined(separator: ",")
      text += ["\n", "\r\n", "\r"].randomElement(using: &random)!
      if Int.random(in: 0..<2_000, using: &random) == 0 {
        text += String(repeating: "长", count: Int.random(in: 0..<300_000, using: &random)) + "\n"
      }
    }
    try Self.expectSame(text)
  }

  // MARK: - Judges

  struct Record: Equatable {
    var fields: [String]
    var line: Int
    var isMalformed = false
  }

  static func withReader<T>(_ text: String, _ body: (CSVReader) throws -> T) throws -> T {
    let folder = ScratchFolder()
    let path = folder.write(text, to: "t.csv")
    return try body(CSVReader(TextStream(SourceFile(path: path, options: ImportOptions()))))
  }

  /// All records; `nil` in place of the error for an open quote would hide it, so it is thrown.
  static func read(_ text: String) throws -> [Record] {
    try withReader(text) { reader in
      var records: [Record] = []
      while try reader.next() {
        if reader.flaw != nil {
          records.append(Record(fields: [], line: reader.line, isMalformed: true))
        } else {
          records.append(
            Record(fields: (0..<reader.fieldCount).map { reader.field($0).text }, line: reader.line))
        }
      }
      return records
    }
  }

  static func expectSame(_ text: String) throws {
    let judged = slowRead(text)
    do {
      let records = try read(text)
      if let difference = zip(records, judged.records).first(where: { $0 != $1 }) {
        Issue.record("\(difference.0) is not \(difference.1)")
      }
      #expect(records.count == judged.records.count && !judged.isOpen)
    } catch ImportError.refused(let problem) {
      // A blank text is no table at all; anything else that is refused must have an open quote.
      #expect(judged.isOpen || text.utf8.allSatisfy(isBlankByte), "\(problem.sentence.english)")
    }
  }

  /// The same rules for commas, one scalar at a time, without blocks or buffers.
  static func slowRead(_ text: String) -> (records: [Record], isOpen: Bool) {
    let all = Array(text.unicodeScalars)
    var records: [Record] = []
    var i = 0
    var line = 1
    func breakLength(_ i: Int) -> Int {
      guard i < all.count else { return 0 }
      if all[i] == "\r" { return i + 1 < all.count && all[i + 1] == "\n" ? 2 : 1 }
      return all[i] == "\n" ? 1 : 0
    }
    while i < all.count {
      var record = Record(fields: [], line: line)
      while true {
        var field = String.UnicodeScalarView()
        if i < all.count, all[i] == "\"" {
          i += 1
          while true {
            guard i < all.count else { return (records, true) }
            if all[i] == "\"" {
              if i + 1 < all.count, all[i + 1] == "\"" {
                field.append("\"")
                i += 2
                continue
              }
              i += 1
              break
            }
            if breakLength(i) == 1 { line += 1 }
            if breakLength(i) == 2 {
              line += 1
              field.append("\r")
              i += 1
            }
            field.append(all[i])
            i += 1
          }
        } else {
          while i < all.count, all[i] != ",", all[i] != "\"", breakLength(i) == 0 {
            field.append(all[i])
            i += 1
          }
        }
        record.fields.append(String(field))
        if i < all.count, all[i] == "," {
          i += 1
          continue
        }
        if i < all.count, breakLength(i) == 0 {
          record = Record(fields: [], line: record.line, isMalformed: true)
          while i < all.count, breakLength(i) == 0 { i += 1 }
        }
        break
      }
      records.append(record)
      i += breakLength(i)
      line += 1
    }
    return (records, false)
  }
}

@Suite(
  "CSV of other projects' test suites",
  .enabled(if: sharedData != nil, "set PAYCIRCLE_SHARED_DATA to the folder of shared data to run these"))
struct SharedCSVTests {
  @Test("is taken apart as they expect", arguments: sharedFiles("formats/csv/test-data", endingIn: ".csv"))
  func testData(path: String) throws {
    let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    guard !name.hasPrefix("bad-") else { return }
    let json = "\((path as NSString).deletingLastPathComponent)/expected/\(name).json"
    let expected = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
    try expectRecords(path, expected)
  }

  @Test("and spectrum", arguments: sharedFiles("formats/csv/spectrum", endingIn: ".csv"))
  func spectrum(path: String) throws {
    let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    // 37°36'37.8"N without quotes around it: they read it, RFC 4180 and their neighbor's bad-unescaped-quote do not.
    guard name != "location_coordinates" else {
      #expect(
        try CSVReaderTests.read(String(contentsOfFile: path, encoding: .utf8)).last?.isMalformed == true)
      return
    }
    let json = "\((path as NSString).deletingLastPathComponent)/json/\(name).json"
    let expected = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
    try expectRecords(path, expected)
  }

  private func withPlainBreaks(_ text: String) -> String { text.replacingOccurrences(of: "\r\n", with: "\n") }

  private func expectRecords(_ path: String, _ expected: Any) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    if text.utf8.allSatisfy(isBlankByte) {
      // A table of nothing has no header: it is refused.
      #expect(try ImportedFile(.places, path: path).error != nil)
      return
    }
    // A copy of the files may have lost the CR of its line breaks on the way.
    let records = try CSVReaderTests.read(text).map { $0.fields.map(withPlainBreaks) }
    if let objects = expected as? [[String: String]] {
      let header = try #require(records.first)
      #expect(
        records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
          == objects.map { $0.mapValues(withPlainBreaks) })
    } else {
      #expect(records == (expected as? [[String]]))
    }
  }

  @Test("and the bad ones are refused", arguments: sharedFiles("formats/csv/test-data", endingIn: ".csv"))
  func bad(path: String) throws {
    let name = (path as NSString).lastPathComponent
    guard name.hasPrefix("bad-") else { return }
    for kind in ImportKind.allCases {
      let file = try ImportedFile(kind, path: path)
      #expect(file.rows.isEmpty && !file.sentences.isEmpty)
    }
    // Their header is nobody's, so the rows are looked at apart.
    guard !name.hasSuffix("no-header.csv"), !name.hasSuffix("wrong-header.csv") else { return }
    do {
      let records = try CSVReaderTests.read(String(contentsOfFile: path, encoding: .utf8))
      #expect(records.contains { $0.isMalformed || $0.fields.count != records[0].fields.count })
    } catch is ImportError {}
  }
}
