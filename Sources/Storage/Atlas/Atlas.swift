import Foundation
import GRDB
import GRDBSQLite
public import Planning
import Words

/// The one file a network lives in: a GeoPackage that any GIS opens.
///
///     let network = try Atlas(path: "jiyuan.gpkg").network()
///
/// Reading never changes the file. Writing goes through `AtlasUpdate`, which works on a copy and renames it over the
/// original, so a reader sees the atlas as it was or as it will be, never between.
public struct Atlas: Sendable {
  /// Where the file is.
  public let path: String

  /// Names an atlas, and makes sure it is one.
  ///
  /// - Throws: `AtlasError` when it is missing, unreadable, not an atlas, damaged, or newer than this program.
  public init(path: String) throws(AtlasError) {
    self.path = path
    try Self.requireReadable(path)
    try read { _ in }
  }

  /// The whole network, as one value.
  ///
  /// - Throws: `AtlasError.damaged` when a row contradicts the tables' own rules.
  /// - Complexity: O(rows · log rows).
  public func network() throws(AtlasError) -> PaymentNetwork {
    try read { db in try NetworkReader(db).network() }
  }

  /// The surveys and the feedback, by positions in the tables of the atlas's network.
  ///
  /// - Throws: `AtlasError.damaged` when a row contradicts the tables' own rules.
  /// - Complexity: O(rows · log rows).
  public func surveys() throws(AtlasError) -> Surveys {
    try read { db in try SurveyReader(db).surveys() }
  }

  /// Runs `body` on a connection that cannot write.
  func read<T>(_ body: (Database) throws -> T) throws(AtlasError) -> T {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.inDatabase { db in
        try Self.requireAtlas(db, path: path)
        var result: T?
        try db.inTransaction(.deferred) {
          result = try body(db)
          return .commit
        }
        return result!
      }
    } catch let error as AtlasError {
      throw error
    } catch let error as DatabaseError {
      throw AtlasError(error, path: path)
    } catch {
      throw .damaged(path: path, detail: "\(error)")
    }
  }

  /// Makes sure `path` is a file that may be read.
  ///
  /// - Parameter expected: what should stand there, said where a folder does.
  static func requireReadable(
    _ path: String, expected: Bilingual = Bilingual(en: "an atlas file (.gpkg)", zh: "图集文件(.gpkg)")
  ) throws(AtlasError) {
    var information = stat()
    guard stat(path, &information) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: systemReason())
    }
    if information.st_mode & S_IFMT == S_IFDIR {
      throw .unreadable(
        path: path,
        reason: Bilingual(
          en: "a folder; expected \(expected[.english])", zh: "这是文件夹;应为\(expected[.chinese])"))
    }
    guard access(path, R_OK) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
  }

  /// Why the last system call failed, in the system's words.
  static func systemReason() -> Bilingual {
    let reason = String(cString: strerror(errno)).lowercased()
    return Bilingual(en: "cannot be read: \(reason)", zh: "无法读取:\(reason)")
  }

  /// Makes sure the open database is an atlas this program understands.
  static func requireAtlas(_ db: Database, path: String) throws {
    let applicationID = try Int.fetchOne(db, sql: "PRAGMA application_id")
    guard applicationID == 0x4750_4B47 else {
      throw AtlasError.notAnAtlas(
        path: path,
        found: Bilingual(en: "a database, but not a GeoPackage", zh: "这是数据库,但不是 GeoPackage"))
    }
    guard try db.tableExists("imports"), try db.tableExists("grdb_migrations") else {
      throw AtlasError.notAnAtlas(
        path: path,
        found: Bilingual(
          en: "a GeoPackage, but without paycircle's tables", zh: "这是 GeoPackage,但没有 paycircle 的表"))
    }
    if try schema.hasBeenSuperseded(db) { throw AtlasError.newerVersion(path: path) }
  }

  /// Runs `body`, turning the database's failures into sentences. Other errors pass as they are.
  static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw AtlasError(error, path: path)
    }
  }
}

extension AtlasError {
  /// What a failure of the database means for whoever asked.
  init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self = .notAnAtlas(path: path, found: Bilingual(en: "not a SQLite file", zh: "不是 SQLite 文件"))
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: self = .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path, seconds: 10)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY:
      self = .cannotWrite(path: path, reason: error.message ?? "no access")
    default: self = .damaged(path: path, detail: error.message ?? "code \(error.resultCode.rawValue)")
    }
  }
}
