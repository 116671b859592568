import Foundation
import GRDB
import Planning

/// A scenario as an atlas keeps it.
public struct KeptScenario: Hashable, Sendable {
  /// What the planner calls it.
  public var name: String
  /// 1 for the first of its name; the highest counts.
  public var version: Int
  /// What it is for; may be empty.
  public var description: String
  /// The YAML, as it was given.
  public var text: String
  /// When it was kept, as `YYYY-MM-DDThh:mm:ss.sssZ`.
  public var savedAt: String

  /// The scenario, under the name it is kept by.
  public func file() throws(ImportError) -> ScenarioFile {
    var file = try ScenarioFile(yaml: text, file: "\(name)@\(version)")
    file.scenario.name = name
    return file
  }
}

/// A scenario that became the network of record.
public struct ScenarioApplication: Hashable, Sendable {
  /// The scenario.
  public var name: String
  /// Its version; `nil` where it was a file that the atlas does not keep.
  public var version: Int?
  /// When it was applied, as `YYYY-MM-DDThh:mm:ss.sssZ`.
  public var appliedAt: String
  /// When it was undone; `nil` where it stands.
  public var undoneAt: String?
}

extension Atlas {
  /// All scenarios with all their versions, by name (by UTF-8 bytes) and version; none where the atlas is older than scenarios.
  public func scenarios() throws(AtlasError) -> [KeptScenario] {
    try read { db in
      guard try db.tableExists("scenarios") else { return [] }
      return try Row.fetchAll(db, sql: "SELECT * FROM scenarios ORDER BY name, version").map(Self.kept)
    }
  }

  /// The scenario of a name; `nil` when there is none.
  ///
  /// - Parameter version: the newest where `nil`.
  public func scenario(named name: String, version: Int? = nil) throws(AtlasError) -> KeptScenario? {
    try read { db in
      guard try db.tableExists("scenarios") else { return nil }
      return try Row.fetchOne(
        db,
        sql: """
          SELECT * FROM scenarios WHERE name = ?1 AND (?2 IS NULL OR version = ?2) ORDER BY version DESC LIMIT 1
          """, arguments: [name, version]
      ).map(Self.kept)
    }
  }

  /// The scenarios that became the network of record, oldest first.
  public func scenarioApplications() throws(AtlasError) -> [ScenarioApplication] {
    try read { db in
      guard try db.tableExists("scenario_applications") else { return [] }
      return try Row.fetchAll(
        db, sql: "SELECT name, version, applied_at, undone_at FROM scenario_applications ORDER BY id"
      ).map {
        ScenarioApplication(
          name: $0["name"], version: $0["version"], appliedAt: $0["applied_at"], undoneAt: $0["undone_at"])
      }
    }
  }

  /// Keeps a scenario as the newest version of its name, all or nothing. Where the newest has the same text, it stays.
  ///
  /// - Parameters:
  ///   - name: what it is kept by; at least one character.
  ///   - stamp: the time, as `YYYY-MM-DDThh:mm:ssZ`.
  ///   - waitSeconds: how long to wait for another writer.
  /// - Returns: the version.
  public func keep(
    _ file: ScenarioFile, named name: String, stamp: String, waitSeconds: Int = 10
  ) throws -> Int {
    precondition(!name.isEmpty, "a scenario has a name")
    let time = ImportJournal(stamp: stamp, isSynthetic: false).time
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db -> AtlasUpdate.Outcome<Int> in
      let newest = try Row.fetchOne(
        db, sql: "SELECT version, changes FROM scenarios WHERE name = ? ORDER BY version DESC LIMIT 1",
        arguments: [name])
      let last: Int = newest?["version"] ?? 0
      if newest?["changes"] == file.text { return .discard(last) }
      try db.execute(
        sql: "INSERT INTO scenarios (name, version, description, changes, saved_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [name, last + 1, file.scenario.description, file.text, time])
      try Self.noteChange(of: ["scenarios"], at: time, db)
      return .keep(last + 1)
    }
  }

  /// Deletes a scenario with all its versions. What was applied stays applied, and can still be undone.
  ///
  /// - Returns: how many versions there were.
  public func deleteScenario(named name: String, stamp: String, waitSeconds: Int = 10) throws -> Int {
    let time = ImportJournal(stamp: stamp, isSynthetic: false).time
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db -> AtlasUpdate.Outcome<Int> in
      try db.execute(sql: "DELETE FROM scenarios WHERE name = ?", arguments: [name])
      let count = db.changesCount
      if count == 0 { return .discard(0) }
      try Self.noteChange(of: ["scenarios"], at: time, db)
      return .keep(count)
    }
  }

  static func noteChange(of tables: [String], at time: String, _ db: Database) throws {
    for table in tables {
      try db.execute(
        sql: "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", arguments: [time, table])
    }
  }

  private static func kept(_ row: Row) -> KeptScenario {
    KeptScenario(
      name: row["name"], version: row["version"], description: row["description"], text: row["changes"],
      savedAt: row["saved_at"])
  }
}
