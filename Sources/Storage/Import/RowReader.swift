import Foundation
import Geo
import Planning
import Words

/// Takes one row's cells, checks and types them, and reports what is wrong with each.
///
/// All three formats come through here: they lay the row's values out as UTF-8 bytes by column, and the row is built
/// by `row()`. Every accessor returns `nil` both for an empty cell and for a bad one, which it has reported.
final class RowReader {
  let kind: ImportKind
  /// The columns the kind has.
  let columns: ImportColumns
  /// The file, as problems name it.
  let file: String
  let datum: ImportDatum
  /// Where the row is.
  private(set) var line = 0
  /// Whether something about the row has been reported.
  private(set) var hasProblem = false
  /// Whether the row is a line of a survey's form that nobody filled in: neither good nor bad.
  var isUnanswered = false
  /// Where the feature is, in the file's own frame, when that is not said by columns.
  var geometry: (longitude: Double, latitude: Double)?
  /// The feature's areas, on WGS-84, where the kind has areas.
  var polygons: [Polygon] = []

  private let report: (ImportProblem) throws -> Void
  private let cells: UnsafeMutablePointer<FieldBytes>
  private let isRequired: UnsafeMutablePointer<Bool>
  /// Texts that have been read as opening hours before: a county has a few dozen different ones.
  private var knownHours: Set<String> = []

  init(
    _ kind: ImportKind, file: String, datum: ImportDatum, report: @escaping (ImportProblem) throws -> Void
  ) {
    self.kind = kind
    self.file = file
    self.datum = datum
    self.report = report
    columns = ImportColumns(of: kind)
    cells = .allocate(capacity: ImportColumn.allCases.count)
    cells.initialize(repeating: FieldBytes(start: nil, count: 0), count: ImportColumn.allCases.count)
    isRequired = .allocate(capacity: ImportColumn.allCases.count)
    isRequired.initialize(repeating: false, count: ImportColumn.allCases.count)
    for column in columns.required { isRequired[column.rawValue] = true }
  }

  deinit {
    cells.deallocate()
    isRequired.deallocate()
  }

  /// Starts a row on `line`, with all cells empty.
  func begin(line: Int) {
    self.line = line
    hasProblem = false
    isUnanswered = false
    geometry = nil
    polygons = []
    cells.update(repeating: FieldBytes(start: nil, count: 0), count: ImportColumn.allCases.count)
  }

  /// Puts `bytes` into a column; they must stay where they are until the row is built.
  func set(_ column: ImportColumn, _ bytes: FieldBytes) { cells[column.rawValue] = bytes.trimmed }

  // MARK: - Reporting

  /// Reports a problem of the row.
  func problem(_ column: String?, _ found: ImportProblem.Found, _ expected: Bilingual) throws {
    hasProblem = true
    try report(ImportProblem(file: file, line: line, column: column, found: found, expected: expected))
  }

  func problem(_ column: ImportColumn, _ cell: FieldBytes, _ expected: Bilingual) throws {
    // Only the beginning is shown, so only the beginning is decoded.
    try problem(column.name, .quoting(FieldBytes(rebasing: cell.prefix(1_000)).text), expected)
  }

  /// Makes sure that the kind has positions or areas at all.
  ///
  /// - Throws: `ImportError.refused` for a kind that only comes as a table.
  func requireGeometry(in format: ImportFormat) throws {
    switch kind {
    case .places, .points, .candidates, .boundaries: return
    case .volumes, .distanceSurveys, .serviceSurveys, .visits, .feedback, .channels:
      let name = format == .geoJSON ? "GeoJSON" : "GeoPackage"
      throw ImportError.refused(
        ImportProblem(
          file: file, found: .words(en: "this is \(name)", zh: "这是 \(name)"),
          expected: Bilingual(en: "\(kind.rawValue) as CSV", zh: " CSV 格式的 \(kind.rawValue)")))
    }
  }

  // MARK: - Cells

  /// The cell of a column; empty where there is none.
  subscript(_ column: ImportColumn) -> FieldBytes { cells[column.rawValue] }

  /// A cell that must be filled.
  func required(_ column: ImportColumn, _ expected: @autoclosure () -> Bilingual) throws -> FieldBytes? {
    let cell = cells[column.rawValue]
    if cell.isEmpty {
      try problem(column, cell, expected())
      return nil
    }
    return cell
  }

  private func optional(_ column: ImportColumn) -> FieldBytes? {
    let cell = cells[column.rawValue]
    return cell.isEmpty ? nil : cell
  }

  /// The cell, or `nil`, reported when the kind requires it.
  ///
  /// What would have been accepted is put in words only when it is needed: always doing so cost more
  /// than all the rest (2.8 of 4.9 s for a million places).
  private func cell(_ column: ImportColumn, _ expected: () -> Bilingual) throws -> FieldBytes? {
    isRequired[column.rawValue] ? try required(column, expected()) : optional(column)
  }

  /// The longest id, in bytes.
  static let longestID = 200

  func id(_ column: ImportColumn) throws -> String? {
    func expected() -> Bilingual {
      Bilingual(
        en: "an id of 1 to \(Self.longestID) bytes without control characters",
        zh: "1 至 \(Self.longestID) 字节的编码,不含控制字符")
    }
    guard let cell = try cell(column, expected) else { return nil }
    guard cell.count <= Self.longestID, !cell.contains(where: isControl) else {
      try problem(column, cell, expected())
      return nil
    }
    return cell.text
  }

  /// Free text; tabs and line breaks are kept.
  func text(_ column: ImportColumn) throws -> String? {
    guard let cell = try cell(column, { Bilingual(en: "a text", zh: "文字") }) else { return nil }
    guard !cell.contains(where: { isControl($0) && !isBlankByte($0) }) else {
      try problem(column, cell, Bilingual(en: "a text without control characters", zh: "不含控制字符的文字"))
      return nil
    }
    return cell.text
  }

  /// A phone number, or several: at most 60 bytes with at least three digits among them.
  func phone(_ column: ImportColumn) throws -> String? {
    guard let cell = optional(column) else { return nil }
    let digits = cell.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits >= 3, cell.count <= 60, !cell.contains(where: isControl) else {
      try problem(
        column, cell, Bilingual(en: "a phone number such as 0391-6633333", zh: "电话号码,如 0391-6633333"))
      return nil
    }
    return cell.text
  }

  func word<Value>(_ column: ImportColumn, _ words: ImportWords<Value>) throws -> Value? {
    guard let cell = try cell(column, { words.offered }) else { return nil }
    if let value = words[cell.text] { return value }
    try problem(column, cell, words.offered)
    return nil
  }

  func whole(_ column: ImportColumn, _ range: ClosedRange<Int>) throws -> Int? {
    func expected() -> Bilingual {
      Bilingual(
        en: "a whole number \(range.lowerBound)...\(range.upperBound)",
        zh: "整数 \(range.lowerBound)...\(range.upperBound)")
    }
    guard let cell = try cell(column, expected) else { return nil }
    if let value = cell.wholeNumber, range.contains(value) { return value }
    try problem(column, cell, expected() + cell.numberAdvice)
    return nil
  }

  func decimal(_ column: ImportColumn, _ range: ClosedRange<Double>) throws -> Double? {
    func expected() -> Bilingual {
      let bounds = "\(shortest(range.lowerBound))...\(shortest(range.upperBound))"
      return Bilingual(en: bounds, zh: " " + bounds)
    }
    guard let cell = try cell(column, expected) else { return nil }
    if let value = cell.decimal, range.contains(value) { return value }
    try problem(column, cell, expected() + cell.numberAdvice)
    return nil
  }

  /// Money as fen, from yuan.
  func fen(_ column: ImportColumn) throws -> Int? {
    func expected() -> Bilingual {
      let most = StoredRange.fen.upperBound / 100
      return Bilingual(en: "yuan 0...\(most) with at most two decimals", zh: "0...\(most) 元,最多两位小数")
    }
    guard let cell = try cell(column, expected) else { return nil }
    if let value = cell.fen, StoredRange.fen.contains(value) { return value }
    try problem(column, cell, expected() + cell.numberAdvice)
    return nil
  }

  func date(_ column: ImportColumn) throws -> String? {
    func expected() -> Bilingual { Bilingual(en: "a date YYYY-MM-DD", zh: "日期 YYYY-MM-DD") }
    guard let cell = try cell(column, expected) else { return nil }
    if cell.isDate { return cell.text }
    try problem(column, cell, expected())
    return nil
  }

  func month(_ column: ImportColumn) throws -> String? {
    func expected() -> Bilingual { Bilingual(en: "a month YYYY-MM", zh: "月份 YYYY-MM") }
    guard let cell = try cell(column, expected) else { return nil }
    if cell.isMonth { return cell.text }
    try problem(column, cell, expected())
    return nil
  }

  func methods(_ column: ImportColumn) throws -> PaymentMethods? {
    guard let cell = optional(column) else { return nil }
    var methods = PaymentMethods()
    for word in cell.text.split(whereSeparator: { ";；、".contains($0) }) {
      let word = word.trimmingCharacters(in: .whitespaces)
      guard !word.isEmpty else { continue }
      guard let method = Vocabulary.methods[word] else {
        let offered = Vocabulary.methods.offered
        try problem(
          column.name, .quoting(word),
          Bilingual(en: "\(offered.english), separated by ;", zh: "\(offered.chinese),以 ; 分隔"))
        return nil
      }
      methods.insert(method)
    }
    return methods
  }

  func hours(_ column: ImportColumn) throws -> String? {
    guard let cell = optional(column) else { return nil }
    let text = cell.text
    if knownHours.contains(text) { return text }
    do throws(OpeningHours.Problem) {
      _ = try OpeningHours(parsing: text)
    } catch {
      try problem(
        column, cell,
        Bilingual(
          en: "opening hours such as Mo-Fr 08:30-17:30; Sa 09:00-12:00 (reading stopped at character "
            + "\(error.position))",
          zh: "营业时间,如 Mo-Fr 08:30-17:30; Sa 09:00-12:00(读到第 \(error.position) 个字符为止)"))
      return nil
    }
    // A file of a million different hours must not fill the memory.
    if knownHours.count < 1_000 { knownHours.insert(text) }
    return text
  }
}

private func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

/// `180` rather than `180.0`.
private func shortest(_ value: Double) -> String {
  value == value.rounded() ? String(Int(value)) : String(value)
}

extension Bilingual {
  /// The two texts one after the other.
  static func + (a: Bilingual, b: Bilingual?) -> Bilingual {
    guard let b else { return a }
    return Bilingual(en: a.english + b.english, zh: a.chinese + b.chinese)
  }
}
