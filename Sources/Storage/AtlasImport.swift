import Foundation
import GRDB
import Words

/// Files on their way into an atlas, all or nothing.
///
///     var request = ImportRequest(kind: .places, files: ["places.csv"], stamp: "2015-12-31T00:00:00Z")
///     let result = try request.run(into: "county.gpkg")
///     result.added  // 3600
public struct ImportRequest: Sendable {
  /// What the files hold.
  public var kind: ImportKind
  /// The files, in the order they are read.
  public var files: [String]
  /// How to read them.
  public var options = ImportOptions()
  /// Whether the kind's rows are removed first.
  public var replacesAll = false
  /// Whether only to say what would happen.
  public var isDryRun = false
  /// Whether bad rows are left out instead of refusing everything.
  public var skipsBad = false
  /// Whether the data are made up. A file whose name contains `synthetic` or `合成` is, whatever this says.
  public var isSynthetic = false
  /// The time written to the journal, as `YYYY-MM-DDThh:mm:ssZ`.
  public var stamp: String

  /// How long to wait for another writer, in seconds.
  public var waitSeconds = 10

  /// How many problems a result lists; the rest are counted.
  public static let listedProblems = 100

  /// Asks for `files` to be imported.
  public init(kind: ImportKind, files: [String], stamp: String) {
    self.kind = kind
    self.files = files
    self.stamp = stamp
  }

  /// Imports the files.
  ///
  /// With bad rows, and without `skipsBad`, nothing is imported, and the result says `isRefused`. The rows of all files
  /// count as one import: the same key twice is a problem, wherever it stands.
  ///
  /// - Parameters:
  ///   - path: the atlas, which is made when missing.
  ///   - problem: is told every problem as it is found, also those the result does not list.
  ///   - progress: is told how many rows have been read, every 50,000.
  /// - Throws: `ImportError` when a file cannot be read at all; `AtlasError`; whatever `problem` throws.
  /// - Complexity: O(*n* log *m*) for *n* rows into an atlas of *m*; memory does not grow with the files but for 8 bytes
  ///   a row.
  public func run(
    into path: String, problem: (ImportProblem) throws -> Void = { _ in }, progress: (Int) -> Void = { _ in }
  ) throws -> ImportResult {
    for file in files { try requireReadable(file) }
    var result = ImportResult(kind: kind)
    let journal = ImportJournal(stamp: stamp, isSynthetic: isSynthetic)
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db in
      let table = RowTable.of(kind)
      let spatial = table.hasGeometry ? SpatialIndex(table: table.name) : nil
      try spatial?.dropTriggers(db)
      if replacesAll { try db.execute(sql: "DELETE FROM \(table.name)") }
      let writer = try RowWriter(db, table)
      for (number, file) in files.enumerated() {
        let before = result
        let reading = try read(file, number: Int32(number), writer, &result, problem, progress)
        result.read += reading.rowsRead
        result.formats.append(reading.format)
        if !reading.ignoredColumns.isEmpty { result.ignoredColumns.append((file, reading.ignoredColumns)) }
        result.added = writer.added
        result.updated = writer.updated
        result.unchanged = writer.unchanged
        try journal.append(
          .init(
            kind: kind.rawValue, file: file, sha256: reading.sha256, datum: options.datum.rawValue,
            replacedAll: replacesAll && number == 0, read: reading.rowsRead,
            added: result.added - before.added, updated: result.updated - before.updated,
            unchanged: result.unchanged - before.unchanged, refused: result.refused - before.refused),
          to: db)
      }
      if result.refused > 0, !skipsBad {
        result.isRefused = true
        return .discard(result)
      }
      if replacesAll, let orphan = try orphan(db) {
        result.problemCount += 1
        result.problems.append(orphan)
        result.isRefused = true
        try problem(orphan)
        return .discard(result)
      }
      if isDryRun { return .discard(result) }
      try spatial?.rebuild(db)
      try journal.close(changing: [table.name], addedRows: files.count, db)
      return .keep(result)
    }
  }

  private func requireReadable(_ file: String) throws {
    do {
      try Atlas.requireReadable(
        file, expected: Bilingual(en: "a file of \(kind.rawValue)", zh: " \(kind.rawValue) 文件"))
    } catch .missing {
      throw ImportError.unreadable(file: file, reason: Bilingual(en: "no such file", zh: "没有这个文件"))
    } catch .unreadable(_, let reason) {
      throw ImportError.unreadable(file: file, reason: reason)
    }
  }

  private func read(
    _ file: String, number: Int32, _ writer: RowWriter, _ result: inout ImportResult,
    _ report: (ImportProblem) throws -> Void, _ progress: (Int) -> Void
  ) throws -> ImportReading {
    func note(_ problem: ImportProblem, _ result: inout ImportResult) throws {
      result.problemCount += 1
      if result.problems.count < Self.listedProblems { result.problems.append(problem) }
      try report(problem)
    }
    var rows = 0
    let reading = try readFile(
      kind, path: file, options: options,
      report: { try note($0, &result) },
      row: { row, line in
        rows += 1
        if rows % 50_000 == 0 { progress(result.read + rows) }
        let origin = RowWriter.Origin(file: number, line: Int32(clamping: line))
        if let refusal = try writer.write(row.values, from: origin) {
          result.refused += 1
          try note(explain(refusal, file: file, line: line), &result)
        }
      })
    result.refused += reading.rowsRefused
    result.unanswered += reading.rowsUnanswered
    return reading
  }

  private func explain(_ refusal: RowWriter.Refusal, file: String, line: Int) -> ImportProblem {
    switch refusal {
    case .duplicate(let column, let value, let origin):
      let other = files[Int(origin.file)]
      let place = other == file ? "" : "\(other):"
      return ImportProblem(
        file: file, line: line, column: column, found: .quoting(value),
        expected: Bilingual(
          en: "an id given once; it stands already in line \(place)\(origin.line)",
          zh: "不重复的编码;第 \(place)\(origin.line) 行已有"))
    case .unknownReference(let column, let value, let table):
      return ImportProblem(
        file: file, line: line, column: column, found: .quoting(value),
        expected: Bilingual(
          en: "a \(column) that the atlas has; import \(table) first", zh: "图集中已有的 \(column);请先导入 \(table)"))
    }
  }

  /// A row that refers to one the new file no longer has.
  private func orphan(_ db: Database) throws -> ImportProblem? {
    guard let row = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") else { return nil }
    let child: String = row["table"]
    let id: Int64 = row["rowid"]
    let columns = try db.foreignKeys(on: child).filter { $0.destinationTable == RowTable.of(kind).name }
    let column = columns.first?.mapping.first?.origin ?? RowTable.of(kind).columns[0]
    let value = try String.fetchOne(
      db, sql: "SELECT \(column) FROM \(child) WHERE rowid = ?", arguments: [id])
    return ImportProblem(
      file: files.last ?? "", line: nil, column: column, found: .quoting(value ?? ""),
      expected: Bilingual(
        en: "a row with this \(column), which a row of \(child) in the atlas refers to",
        zh: "含有该 \(column) 的行,图集的 \(child) 表仍引用它"))
  }
}

/// What became of an import.
public struct ImportResult: Sendable {
  /// What the files held.
  public var kind: ImportKind
  /// Rows read, bad ones included.
  public var read = 0
  /// Rows with a new key.
  public var added = 0
  /// Rows that replaced one with the same key.
  public var updated = 0
  /// Rows that were in the atlas already, exactly so.
  public var unchanged = 0
  /// Rows with a problem.
  public var refused = 0
  /// Lines of a survey's form that nobody filled in: not imported, and no problem.
  public var unanswered = 0
  /// Problems found, listed or not; a row can have several.
  public var problemCount = 0
  /// The first problems, at most `ImportRequest.listedProblems`.
  public var problems: [ImportProblem] = []
  /// The columns of each file that mean nothing here.
  public var ignoredColumns: [(file: String, columns: [String])] = []
  /// What each file turned out to be.
  public var formats: [ImportFormat] = []
  /// Whether nothing was imported because of bad rows.
  public var isRefused = false
}

extension ImportResult {
  /// The result of an import of which nothing could be read, with that as its only problem.
  public init(kind: ImportKind, refusing error: ImportError) {
    self.kind = kind
    isRefused = true
    problemCount = 1
    switch error {
    case .refused(let problem): problems = [problem]
    case .unreadable(let file, let reason):
      problems = [
        ImportProblem(
          file: file, line: nil, column: nil, found: .words(reason),
          expected: Bilingual(en: "a file that can be read", zh: "可读取的文件"))
      ]
    }
  }
}
