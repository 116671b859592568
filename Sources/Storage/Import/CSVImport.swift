import Words

/// Reads a table of comma-separated values.
func readCSV(
  _ reader: RowReader, _ source: SourceFile, row: (ImportRow, _ line: Int) throws -> Void
) throws -> ImportReading {
  guard reader.kind != .boundaries else {
    throw ImportError.refused(
      ImportProblem(
        file: source.name, found: .words(en: "this is a table of text", zh: "这是文本表格"),
        expected: Bilingual(en: "boundaries as GeoJSON or GeoPackage", zh: "GeoJSON 或 GeoPackage 格式的边界")))
  }
  let csv = try CSVReader(TextStream(source))
  let header = try CSVHeader(csv, reader)
  var reading = ImportReading(
    format: .csv, rowsRead: 0, rowsRefused: 0, ignoredColumns: header.ignored, sha256: source.sha256)
  let asManyFields = Bilingual(
    en: "\(header.fieldCount) fields as in the header", zh: "与表头相同的 \(header.fieldCount) 个字段")
  while try csv.next() {
    if csv.isBlank { continue }
    reading.rowsRead += 1
    reader.begin(line: csv.line)
    if let flaw = csv.flaw {
      try reader.problem(nil, flaw.found, flaw.expected)
    } else if csv.fieldCount != header.fieldCount {
      try reader.problem(
        nil, .words(en: "\(csv.fieldCount) fields", zh: "\(csv.fieldCount) 个字段"),
        asManyFields)
    } else {
      for (field, column) in header.columns { reader.set(column, CSVCell.withoutGuard(csv.field(field))) }
      if let value = try reader.row() {
        try row(value, csv.line)
        continue
      }
      if reader.isUnanswered {
        reading.rowsUnanswered += 1
        continue
      }
    }
    reading.rowsRefused += 1
  }
  return reading
}

/// Which field of a record is which column.
private struct CSVHeader {
  /// The fields that mean something.
  var columns: [(field: Int, column: ImportColumn)] = []
  /// The headers that mean nothing here.
  var ignored: [String] = []
  /// How many fields the header has, and so every row.
  let fieldCount: Int

  /// Reads the first line that is not blank.
  ///
  /// - Throws: `ImportError.refused` when it is malformed, lacks a required column, or has a column twice.
  init(_ csv: CSVReader, _ reader: RowReader) throws {
    repeat {
      guard try csv.next() else { preconditionFailure("the first look refuses blank files") }
    } while csv.isBlank
    func refused(_ column: String?, _ found: ImportProblem.Found, _ expected: Bilingual) -> ImportError {
      .refused(
        ImportProblem(file: reader.file, line: csv.line, column: column, found: found, expected: expected))
    }
    if let flaw = csv.flaw { throw refused(nil, flaw.found, flaw.expected) }
    fieldCount = csv.fieldCount
    guard fieldCount <= CSVReader.mostFields else {
      throw refused(
        nil, .words(en: "\(fieldCount) columns", zh: "\(fieldCount) 列"),
        Bilingual(en: "at most \(CSVReader.mostFields)", zh: "至多 \(CSVReader.mostFields) 列"))
    }

    var headers: [String] = []
    for field in 0..<fieldCount {
      let header = csv.field(field).trimmed.text
      headers.append(header)
      guard let column = reader.columns.column(for: header) else {
        ignored.append(header.isEmpty ? "#\(field + 1)" : header)
        continue
      }
      if let other = columns.first(where: { $0.column == column }) {
        throw refused(
          column.name, .quoting("\(headers[other.field]), \(header)"),
          Bilingual(en: "this column once", zh: "该列只出现一次"))
      }
      columns.append((field, column))
    }
    let missing = reader.columns.required.filter { column in !columns.contains { $0.column == column } }
    guard missing.isEmpty else {
      let names = missing.map(\.name).joined(separator: ", ")
      throw refused(
        names, .quoting(headers.joined(separator: ", "), limit: 200),
        Bilingual(en: "a header with \(names)", zh: "含有 \(names) 的表头"))
    }
  }
}

extension CSVReader {
  /// Whether the record says nothing: a blank line, or the empty cells spreadsheet programs leave below a table.
  var isBlank: Bool {
    flaw == nil && (0..<min(fieldCount, Self.mostFields)).allSatisfy { field($0).trimmed.isEmpty }
  }
}

extension CSVReader.Flaw {
  var found: ImportProblem.Found {
    switch self {
    case .quoteInside:
      .words(
        en: "a quote inside a field that does not begin with one", zh: "字段未以引号开头,中间却有引号")
    case .textAfterQuote: .words(en: "text behind a closing quote", zh: "闭合引号之后还有文字")
    }
  }

  var expected: Bilingual {
    Bilingual(
      en: "quotes around the whole field and doubled inside it", zh: "引号包住整个字段,内部的引号写两次")
  }
}
