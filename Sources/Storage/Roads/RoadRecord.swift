import GRDB

/// What the atlas says of its saved road graph: the one row of `road_network`.
struct RoadRecord: Equatable {
  /// The name of the file beside the atlas.
  var file: String
  /// How many bytes it has.
  var bytes: Int
  /// The SHA-256 of all of it.
  var sha256: String
  /// The SHA-256 of its first `headerBytes` bytes, which hold the checksum of each part of the rest.
  var headerSHA256: String
  /// The version of the file's format.
  var formatVersion: Int
  var junctions: Int
  var edges: Int
  /// What became of the files' contents, in JSON.
  var counts: String
  /// The rules the network was made by, in YAML.
  var rules: String
  /// The SHA-256 of the rules.
  var rulesSHA256: String
  /// The files whose heights stretch the times, separated by `, `; `nil` where the ground is taken as level.
  var elevation: String?
  /// Whom to name wherever the roads are shown; `nil` where nobody.
  var attribution: String?

  /// How many bytes `headerSHA256` is of, or all where the file has fewer.
  static let headerBytes = 4096

  /// The row, or `nil` when the atlas has no roads, or is older than them.
  static func fetch(_ db: Database) throws -> RoadRecord? {
    guard try db.tableExists("road_network"),
      let row = try Row.fetchOne(db, sql: "SELECT * FROM road_network WHERE id = 1")
    else { return nil }
    return RoadRecord(
      file: row["file"], bytes: row["bytes"], sha256: row["sha256"], headerSHA256: row["header_sha256"],
      formatVersion: row["format_version"], junctions: row["junctions"], edges: row["edges"],
      counts: row["counts"], rules: row["rules"], rulesSHA256: row["rules_sha256"],
      elevation: row["elevation"], attribution: row["attribution"])
  }

  /// Writes the row in place of the one before.
  func replace(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO road_network (id, file, bytes, sha256, header_sha256, format_version, junctions, edges,
          counts, rules, rules_sha256, elevation, attribution) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        file, bytes, sha256, headerSHA256, formatVersion, junctions, edges, counts, rules, rulesSHA256,
        elevation, attribution,
      ])
  }
}
