import GRDB
import GRDBSQLite
import Words

/// Puts rows of one table into the atlas, one by one, and counts what became of them.
///
/// A row whose key is known replaces that row; the same key twice in one import is a problem of the second.
final class RowWriter {
  private let table: RowTable
  private let insert: Statement
  private let select: Statement?
  private let update: Statement
  private let lookups: [(reference: RowTable.Reference, statement: Statement)]
  private let db: Database

  private var origins = OriginTable()

  private(set) var added = 0
  private(set) var updated = 0
  private(set) var unchanged = 0

  /// Where a row came from: the number of the file, and the line.
  struct Origin {
    var file: Int32
    var line: Int32
  }

  init(_ db: Database, _ table: RowTable) throws {
    self.db = db
    self.table = table
    let id = table.hasGeometry ? "fid" : "id"
    let columns = table.columns.joined(separator: ", ")
    let key = table.columns.prefix(table.keyCount).map { "\($0) = ?" }.joined(separator: " AND ")
    let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
    insert = try db.makeStatement(sql: "INSERT OR IGNORE INTO \(table.name) (\(columns)) VALUES (\(marks))")
    update = try db.makeStatement(
      sql:
        "UPDATE \(table.name) SET \(table.columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE \(id) = ?"
    )
    // While a table that was empty is filled, a known key can only be a duplicate within the import.
    let isEmpty = try !Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table.name))")!
    let find = "SELECT \(id), \(columns) FROM \(table.name) WHERE \(key)"
    select = isEmpty ? nil : try db.makeStatement(sql: find)
    lookups = try table.references.map {
      ($0, try db.makeStatement(sql: "SELECT 1 FROM \($0.table) WHERE \($0.key) = ?"))
    }
    findSQL = find
  }

  private let findSQL: String

  /// What kept a row out.
  enum Refusal {
    case duplicate(column: String, value: String, of: Origin)
    case unknownReference(column: String, value: String, table: String)
  }

  /// Stores a row.
  ///
  /// - Returns: `nil`, or why it was kept out.
  func write(_ values: [SQLValue], from origin: Origin) throws -> Refusal? {
    for (reference, statement) in lookups {
      guard case .text(let value) = values[reference.column] else { continue }
      guard try statement.step(binding: [values[reference.column]]) else {
        return .unknownReference(column: reference.key, value: value, table: reference.table)
      }
    }
    guard let select else { return try insertFirst(values, from: origin) }

    var row: Int64?
    var isSame = false
    try select.step(binding: Array(values.prefix(table.keyCount))) { found in
      row = sqlite3_column_int64(found, 0)
      isSame = values.indices.allSatisfy { found.value(Int32($0 + 1)) == values[$0] }
    }
    guard let row else {
      try insert.step(binding: values)
      origins.set(origin, for: db.lastInsertedRowID)
      added += 1
      return nil
    }
    if let earlier = origins[row] { return duplicate(values, of: earlier) }
    origins.set(origin, for: row)
    if isSame {
      unchanged += 1
    } else {
      try update.step(binding: values + [.integer(row)])
      updated += 1
    }
    return nil
  }

  private func insertFirst(_ values: [SQLValue], from origin: Origin) throws -> Refusal? {
    try insert.step(binding: values)
    if db.changesCount > 0 {
      origins.set(origin, for: db.lastInsertedRowID)
      added += 1
      return nil
    }
    // OR IGNORE also hides a broken CHECK; then the key is not there, and the readers let something through.
    let find = try db.cachedStatement(sql: findSQL)
    var earlier: Origin?
    try find.step(binding: Array(values.prefix(table.keyCount))) {
      earlier = origins[sqlite3_column_int64($0, 0)]
    }
    guard let earlier else {
      throw DatabaseError(
        resultCode: .SQLITE_CONSTRAINT, message: "\(table.name): a row broke the table's rules")
    }
    return duplicate(values, of: earlier)
  }

  private func duplicate(_ values: [SQLValue], of earlier: Origin) -> Refusal {
    let key = values.prefix(table.keyCount).map { if case .text(let text) = $0 { text } else { "" } }
    return .duplicate(column: table.columns[0], value: key.joined(separator: " "), of: earlier)
  }
}

/// Where the rows of this import came from, by row id: ids are dense, so an array does.
private struct OriginTable {
  private var lines: [Int32] = []
  private var files: [Int32] = []

  subscript(row: Int64) -> RowWriter.Origin? {
    guard row < lines.count, lines[Int(row)] >= 0 else { return nil }
    return RowWriter.Origin(file: files[Int(row)], line: lines[Int(row)])
  }

  mutating func set(_ origin: RowWriter.Origin, for row: Int64) {
    let missing = Int(row) + 1 - lines.count
    if missing > 0 {
      lines.append(contentsOf: repeatElement(-1, count: missing))
      files.append(contentsOf: repeatElement(-1, count: missing))
    }
    lines[Int(row)] = origin.line
    files[Int(row)] = origin.file
  }
}
