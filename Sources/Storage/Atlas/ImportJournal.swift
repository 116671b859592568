import Foundation
import GRDB

/// Whom data of OpenStreetMap name (https://www.openstreetmap.org/copyright): the Open Database License asks for it
/// wherever they are shown.
let openStreetMapAttribution = "© OpenStreetMap contributors (ODbL)"

/// Writes down in the atlas what was imported, and in the GeoPackage's own metadata what whoever opens it elsewhere must
/// know.
struct ImportJournal {
  /// The kind of the line that says that a scenario became the network of record.
  static let scenario = "scenario"
  /// The kind of the line that says that it was undone.
  static let undoneScenario = "scenario-undo"

  /// The time of the import as GeoPackage writes times, with milliseconds (OGC 12-128r17, table 1).
  let time: String
  private let isSynthetic: Bool

  /// - Parameters:
  ///   - stamp: `YYYY-MM-DDThh:mm:ssZ`.
  ///   - isSynthetic: whether the data are made up. A file whose name contains `synthetic` or `合成` is, whatever this
  ///     says.
  init(stamp: String, isSynthetic: Bool) {
    time = stamp.hasSuffix("Z") && !stamp.contains(".") ? stamp.dropLast() + ".000Z" : stamp
    self.isSynthetic = isSynthetic
  }

  /// One file of an import.
  struct Line {
    var kind: String
    /// The path; only the name is kept.
    var file: String
    var sha256: String
    var datum: String
    var replacedAll: Bool
    var read: Int
    var added: Int
    var updated: Int
    var unchanged: Int
    var refused: Int
  }

  /// Whether the data of a file are made up.
  func isMadeUp(_ file: String) -> Bool {
    let name = FilePath(file).name
    return isSynthetic || name.lowercased().contains("synthetic") || name.contains("合成")
  }

  /// Adds a line.
  func append(_ line: Line, to db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO imports (kind, file, sha256, datum, replaced_all, synthetic, rows_read, added, updated, unchanged,
          refused, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        line.kind, FilePath(line.file).name, line.sha256, line.datum, line.replacedAll,
        isMadeUp(line.file), line.read, line.added, line.updated, line.unchanged, line.refused, time,
      ])
  }

  /// Ends an import: sets the time of change of `tables`, and describes the sources in the metadata.
  ///
  /// - Parameter addedRows: how many lines this import added.
  func close(changing tables: [String], addedRows: Int, _ db: Database) throws {
    for table in tables + ["imports"] {
      try db.execute(
        sql: "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", arguments: [time, table])
    }
    if try Int.fetchOne(db, sql: "SELECT count(*) FROM imports") == addedRows {
      // A new atlas: the tables nobody has filled yet have not changed since.
      try db.execute(sql: "UPDATE gpkg_contents SET last_change = ?", arguments: [time])
    }
    try describeSources(db)
  }

  /// Says in the GeoPackage's own metadata which data are made up, and whom to name.
  private func describeSources(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM gpkg_metadata_reference; DELETE FROM gpkg_metadata")
    let synthetic = try String.fetchAll(
      db, sql: "SELECT DISTINCT file FROM imports WHERE synthetic = 1 ORDER BY file")
    if !synthetic.isEmpty {
      try describe(
        1,
        "Synthetic data: made up for demonstration, not a survey of any real place. 合成数据:为演示而生成,并非实地调查结果。"
          + " Files: " + synthetic.joined(separator: ", "), db)
    }
    if let attribution = try RoadRecord.fetch(db)?.attribution {
      try describe(2, "Roads: \(attribution), https://www.openstreetmap.org/copyright", db)
    }
  }

  private func describe(_ id: Int, _ text: String, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO gpkg_metadata (id, md_scope, md_standard_uri, mime_type, metadata)
          VALUES (?, 'dataset', 'http://purl.org/dc/terms/', 'text/plain', ?)
        """, arguments: [id, text])
    try db.execute(
      sql: """
        INSERT INTO gpkg_metadata_reference (reference_scope, timestamp, md_file_id)
          VALUES ('geopackage', ?, ?)
        """, arguments: [time, id])
  }
}
