import GRDB
import GRDBSQLite

/// A value on its way into or out of a table.
enum SQLValue: Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  init(_ value: Double?) { self = value.map(SQLValue.real) ?? .null }
  init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
}

/// One row under the statement's feet: valid until the next step.
typealias RawRow = OpaquePointer

extension RawRow {
  /// Column `index` as whole number; 0 where NULL.
  func int(_ index: Int32) -> Int { Int(sqlite3_column_int64(self, index)) }

  /// Column `index` as number; 0 where NULL.
  func double(_ index: Int32) -> Double { sqlite3_column_double(self, index) }

  /// Whether column `index` is NULL.
  func isNull(_ index: Int32) -> Bool { sqlite3_column_type(self, index) == SQLITE_NULL }

  /// The bytes of column `index` as UTF-8; empty where NULL.
  func utf8(_ index: Int32) -> UnsafeRawBufferPointer {
    guard let start = sqlite3_column_text(self, index) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(self, index)))
  }

  /// The bytes of column `index`; empty where NULL.
  func blob(_ index: Int32) -> UnsafeRawBufferPointer {
    guard let start = sqlite3_column_blob(self, index) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(self, index)))
  }

  /// Column `index` as text; empty where NULL.
  func text(_ index: Int32) -> String { String(decoding: utf8(index), as: UTF8.self) }

  /// Column `index` as it is stored.
  func value(_ index: Int32) -> SQLValue {
    switch sqlite3_column_type(self, index) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(self, index))
    case SQLITE_FLOAT: .real(sqlite3_column_double(self, index))
    case SQLITE_TEXT: .text(text(index))
    case SQLITE_BLOB: .blob(Array(blob(index)))
    default: .null
    }
  }
}

// GRDB's own bindings and rows cost two to ten times as much; a million rows go through here.
extension Statement {
  /// Steps through all rows.
  func forEachRow(_ body: (RawRow) throws -> Void) throws {
    defer { sqlite3_reset(sqliteStatement) }
    while true {
      switch sqlite3_step(sqliteStatement) {
      case SQLITE_ROW: try body(sqliteStatement)
      case SQLITE_DONE: return
      default: throw failure
      }
    }
  }

  /// Binds `values`, runs the statement, and calls `body` with its first row, if it has one.
  @discardableResult
  func step(binding values: [SQLValue], row body: (RawRow) throws -> Void = { _ in }) throws -> Bool {
    // All texts and blobs lie in one buffer that outlives the step, so SQLite need not copy each: a nation's import
    // is a hundred million of them.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    for value in values {
      switch value {
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .blob(let blob): bytes.append(contentsOf: blob)
      default: break
      }
    }
    // Never empty: a null pointer would bind NULL instead of the empty text.
    bytes.append(0)
    return try bytes.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress!
      for (position, value) in values.enumerated() {
        let index = Int32(position + 1)
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(sqliteStatement, index)
        case .integer(let number): code = sqlite3_bind_int64(sqliteStatement, index, number)
        case .real(let number): code = sqlite3_bind_double(sqliteStatement, index, number)
        case .text(let text):
          let count = text.utf8.count
          code = UnsafeRawPointer(next).withMemoryRebound(to: CChar.self, capacity: count) {
            sqlite3_bind_text(sqliteStatement, index, $0, Int32(count), nil)
          }
          next += count
        case .blob(let blob):
          code = sqlite3_bind_blob(sqliteStatement, index, next, Int32(blob.count), nil)
          next += blob.count
        }
        guard code == SQLITE_OK else { throw failure }
      }
      defer {
        sqlite3_reset(sqliteStatement)
        sqlite3_clear_bindings(sqliteStatement)
      }
      switch sqlite3_step(sqliteStatement) {
      case SQLITE_ROW:
        try body(sqliteStatement)
        return true
      case SQLITE_DONE: return false
      default: throw failure
      }
    }
  }

  private var failure: DatabaseError {
    let connection = sqlite3_db_handle(sqliteStatement)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }
}
