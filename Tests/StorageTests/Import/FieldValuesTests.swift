import Foundation
import TestSupport
import Testing
import Words

@testable import Storage

/// Calls `body` with the bytes of `text`, as a reader of cells sees them.
private func cell<T>(_ text: String, _ body: (FieldBytes) -> T) -> T {
  var text = text
  return text.withUTF8(body)
}

@Suite("A cell's value")
struct FieldValuesTests {
  @Test("is rounded as the standard library rounds it, however many digits it has", arguments: 0..<200)
  func decimals(seed: Int) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let whole = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Int.random(in: 0...9, using: &random)
      }
      let decimals = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        Int.random(in: 0...9, using: &random)
      }
      var text = ["", "-", "+"].randomElement(using: &random)! + whole.map(String.init).joined()
      if !decimals.isEmpty { text += "." + decimals.map(String.init).joined() }
      if Int.random(in: 0..<5, using: &random) == 0 { text += "e\(Int.random(in: -30...30, using: &random))" }
      #expect(cell(text, \.decimal) == Double(text), "\(text)")
    }
  }

  @Test(
    "on the rim of the exact path is still exact",
    arguments: [
      "9007199254740992", "9007199254740993", "0.9007199254740993", "90071992547409.93", "0.1",
      "112.59000000000001",
      "18446744073709551616", "18446744073709551617.5", "1.0000000000000000000000001",
      "0.0000000000000000000001",
      "0.00000000000000000000012", "123456789012345678.9", "00000000000000000000000112.5", ".5", "5.", "-0",
    ])
  func exactPath(text: String) { #expect(cell(text, \.decimal) == Double(text) ?? Double(text + "0")) }

  @Test(
    "that is no decimal number is none",
    arguments: [
      "", ".", "-", "+", "e5", "1e", "1e+", "1.2.3", "1,5", "1 2", "nan", "NaN", "inf", "-Infinity", "0x10",
      "1_000",
      "1e999", "１２", "12元", "--1", "1-", "1.5e2.5", "\u{0663}", String(repeating: "1", count: 401),
    ])
  func noDecimal(text: String) { #expect(cell(text, \.decimal) == nil) }

  @Test("is a whole number when it is digits only")
  func whole() {
    #expect(cell("0", \.wholeNumber) == 0)
    #expect(cell("007", \.wholeNumber) == 7)
    #expect(cell("999999999999999999", \.wholeNumber) == 999_999_999_999_999_999)
    for text in ["", "-1", "+1", "12.0", "1e3", "1,000", " 1", "１", "1000000000000000000"] {
      #expect(cell(text, \.wholeNumber) == nil, "\(text)")
    }
  }

  @Test("is money when it has at most two decimals, and not a fen is lost")
  func money() {
    for fen in Array(0...1_999) + [14_000_029, 99_999_999_999_999] {
      let text = "\(fen / 100).\(fen / 10 % 10)\(fen % 10)"
      #expect(cell(text, \.fen) == fen)
      if fen % 10 == 0 { #expect(cell(String(text.dropLast()), \.fen) == fen) }
      if fen % 100 == 0 { #expect(cell(String(text.dropLast(3)), \.fen) == fen) }
    }
    for text in [
      "", ".", ".5", "5.", "1.234", "1.230", "-1", "+1", "1,000.00", "1e2", "¥3", "1.2.", "1.-1",
      "1000000000000",
    ] {
      #expect(cell(text, \.fen) == nil, "\(text)")
    }
  }

  @Test("is a date when the calendar has that day")
  func dates() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for year in [1900, 1999, 2000, 2015, 2024, 2100] {
      for month in 0...13 {
        for day in 0...32 {
          let parts = DateComponents(calendar: calendar, year: year, month: month, day: day)
          let text = String(format: "%04d-%02d-%02d", year, month, day)
          #expect(cell(text, \.isDate) == parts.isValidDate, "\(text)")
        }
        #expect(cell(String(format: "%04d-%02d", year, month), \.isMonth) == (1...12).contains(month))
      }
    }
    for text in [
      "2015-1-1", "15-01-01", "2015/01/01", "2015-01-01 ", "20150101", "0000-01-01", "2015-01-0a", "2015-01",
    ] {
      #expect(!cell(text, \.isDate), "\(text)")
    }
    for text in ["2015-1", "2015/01", "201501", "2015-001", "0000-01"] {
      #expect(!cell(text, \.isMonth), "\(text)")
    }
  }

  @Test(
    "has no blanks around it",
    arguments: [
      ("  a b\t", "a b"), ("\u{3000}交费\u{3000}", "交费"), ("\u{A0}\u{A0}x\u{A0}", "x"), (" \r\n", ""), ("", ""),
      ("\u{3000}", ""),
      ("、", "、"), ("\u{3001}a\u{3001}", "\u{3001}a\u{3001}"), ("à", "à"), (" \u{3000} \u{A0}中 ", "中"),
    ])
  func trimming(text: String, expected: String) { #expect(cell(text) { $0.trimmed.text } == expected) }

  @Test("gets advice when people would call it a number")
  func advice() {
    #expect(cell("１２", \.numberAdvice)?.english == " in half-width digits")
    #expect(cell("1,200", \.numberAdvice)?.english == " with a decimal point and no commas")
    #expect(cell("twelve", \.numberAdvice) == nil)
  }
}

@Suite("UTF-8 is told from other bytes")
struct UTF8CheckTests {
  @Test("as the standard library tells it, wherever the pieces are cut", arguments: 0..<400)
  func judge(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let samples: [[UInt8]] = [
      Array("plain ascii text".utf8), Array("é".utf8), Array("交费".utf8), Array("😎".utf8), [0xC0, 0x80],
      [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x8F, 0x80, 0x80], [0xFF], [0x80],
      [0xED, 0x9F, 0xBF],
      [0xF4, 0x8F, 0xBF, 0xBF], [0xE4, 0xBA], [0xC2],
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      // Good ones mostly, so that bad ones stand at many offsets.
      let range = Int.random(in: 0..<4, using: &random) == 0 ? 0..<samples.count : 0..<4
      bytes += samples[Int.random(in: range, using: &random)]
    }
    var check = UTF8Check()
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...9, using: &random))
      Array(piece).withUnsafeBytes { check.update($0) }
      rest = rest.dropFirst(piece.count)
    }
    check.finish()
    #expect((check.failure == nil) == (String(validating: bytes, as: UTF8.self) != nil))
    if let failure = check.failure {
      #expect(String(validating: bytes[..<failure], as: UTF8.self) != nil, "what is before is good")
      let longer = (1...4).map { bytes[..<min(bytes.count, failure + $0)] }
      #expect(
        !longer.contains { String(validating: $0, as: UTF8.self) != nil }, "and what begins there is not")
    }
  }
}
