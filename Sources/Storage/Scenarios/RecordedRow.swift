import Foundation
import GRDB
import GRDBSQLite

/// A row of a table as it was before a scenario and as it was after, column by column, so that it can be put back.
struct RecordedRow: Codable, Equatable {
  /// The tables that scenarios write to.
  static let tables = ["points", "places"]

  var table: String
  var fid: Int64
  /// `nil` where the scenario added the row.
  var before: [String: Value]?
  /// `nil` where it was taken away.
  var after: [String: Value]?

  /// A value as SQLite stores it.
  enum Value: Codable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    /// In base 64.
    case blob(String)

    init(_ value: SQLValue) {
      switch value {
      case .null: self = .null
      case .integer(let value): self = .integer(value)
      case .real(let value): self = .real(value)
      case .text(let value): self = .text(value)
      case .blob(let value): self = .blob(Data(value).base64EncodedString())
      }
    }

    var sql: SQLValue {
      switch self {
      case .null: .null
      case .integer(let value): .integer(value)
      case .real(let value): .real(value)
      case .text(let value): .text(value)
      case .blob(let value): .blob(Array(Data(base64Encoded: value) ?? Data()))
      }
    }
  }

  /// How sentences name the row.
  var described: String {
    let column = table == "points" ? "point_id" : "place_id"
    let id: Value? = (after ?? before)?[column]
    if case .text(let id) = id { return "\(table) \"\(id)\"" }
    return "\(table) \(fid)"
  }

  /// Runs `body`, which writes to rows, and records how they were and are; what stays the same is left out.
  ///
  /// - Parameter names: the rows, by table and id.
  static func recording(
    _ names: [(table: String, id: String)], _ db: Database, _ body: () throws -> Void
  ) throws -> [RecordedRow] {
    let before = try names.map { try find($0.table, $0.id, db) }
    try withoutIndexes(db, body)
    return try names.indices.compactMap { i in
      let (old, new) = (before[i], try find(names[i].table, names[i].id, db))
      guard let fid = (new ?? old)?.fid, old?.values != new?.values else { return nil }
      return RecordedRow(table: names[i].table, fid: fid, before: old?.values, after: new?.values)
    }
  }

  /// Runs `body`, which writes to rows; the triggers of the spatial indexes are off meanwhile, and the indexes made again
  /// afterwards.
  static func withoutIndexes(_ db: Database, _ body: () throws -> Void) throws {
    let indexes = tables.map(SpatialIndex.init(table:))
    for index in indexes { try index.dropTriggers(db) }
    try body()
    for index in indexes { try index.rebuild(db) }
  }

  /// The row as it is now; `nil` where there is none.
  func current(_ db: Database) throws -> [String: Value]? {
    try Self.row(of: table, where: "fid = ?", .integer(fid), db)?.values
  }

  /// Puts the row back as it was before.
  func restore(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM \(table) WHERE fid = \(fid)")
    guard let before else { return }
    let columns = try db.columns(in: table).map(\.name)
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let insert = try db.cachedStatement(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
    try insert.step(binding: columns.map { before[$0]?.sql ?? .null })
  }

  /// The rows as JSON.
  static func text(_ rows: [RecordedRow]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(rows), as: UTF8.self)
  }

  /// Reads such JSON again.
  static func rows(_ text: String, path: String) throws -> [RecordedRow] {
    do {
      let rows = try JSONDecoder().decode([RecordedRow].self, from: Data(text.utf8))
      guard rows.allSatisfy({ tables.contains($0.table) }) else { throw CocoaError(.coderReadCorrupt) }
      return rows
    } catch {
      throw AtlasError.damaged(path: path, detail: "scenario_applications: changed_rows")
    }
  }

  private static func find(
    _ table: String, _ id: String, _ db: Database
  ) throws -> (fid: Int64, values: [String: Value])? {
    try row(of: table, where: (table == "points" ? "point_id" : "place_id") + " = ?", .text(id), db)
  }

  private static func row(
    of table: String, where condition: String, _ value: SQLValue, _ db: Database
  ) throws -> (fid: Int64, values: [String: Value])? {
    let columns = try db.columns(in: table).map(\.name)
    let statement = try db.cachedStatement(
      sql: "SELECT fid, \(columns.joined(separator: ", ")) FROM \(table) WHERE \(condition)")
    var found: (Int64, [String: Value])?
    try statement.step(binding: [value]) { row in
      var values: [String: Value] = [:]
      for (position, name) in columns.enumerated() { values[name] = Value(row.value(Int32(position + 1))) }
      found = (sqlite3_column_int64(row, 0), values)
    }
    return found
  }
}
