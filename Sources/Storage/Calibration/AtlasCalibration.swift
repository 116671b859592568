import Foundation
import GRDB
public import Planning

/// A calibration as an atlas keeps it.
public struct StoredCalibration: Hashable, Sendable {
  /// Its number: later ones have higher ones.
  public var id: Int
  /// `CalibrationInputs.sha256` of what it was made from.
  public var inputsSHA256: String
  /// What the surveys said.
  public var calibration: Calibration

  /// How answers name it.
  public var reference: CalibrationReference {
    CalibrationReference(id: id, inputsSHA256: inputsSHA256, surveys: calibration.surveys)
  }
}

extension Atlas {
  /// The newest calibration, or `nil` when there is none, or the atlas is older than calibrations.
  ///
  ///     if let newest = try atlas.calibration() { options.factors = newest.calibration.factors }
  ///
  /// - Throws: `AtlasError.damaged` when it is not one that this program writes, `.newerVersion` when a later one did.
  public func calibration() throws(AtlasError) -> StoredCalibration? {
    let row = try read { db in try Self.newestCalibration(db) }
    guard let row else { return nil }
    do {
      return StoredCalibration(
        id: row.id, inputsSHA256: row.inputsSHA256,
        calibration: try CalibrationText.calibration(row.estimates))
    } catch {
      switch error {
      case .newer: throw .newerVersion(path: path)
      case .unreadable(let detail): throw .damaged(path: path, detail: "calibration \(row.id): \(detail)")
      }
    }
  }

  /// Keeps a calibration as the newest, all or nothing. Where the newest says the same of the same inputs, it stays.
  ///
  /// - Parameters:
  ///   - inputsSHA256: `CalibrationInputs.sha256` of what it was made from.
  ///   - stamp: the time, as `YYYY-MM-DDThh:mm:ssZ`.
  ///   - waitSeconds: how long to wait for another writer.
  /// - Returns: the calibration as it is kept.
  public func keep(
    _ calibration: Calibration, inputsSHA256: String, stamp: String, waitSeconds: Int = 10
  ) throws -> StoredCalibration {
    let text = try CalibrationText.text(of: calibration)
    let time = ImportJournal(stamp: stamp, isSynthetic: false).time
    let id = try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db -> AtlasUpdate.Outcome<Int> in
      if let newest = try Self.newestCalibration(db), newest.inputsSHA256 == inputsSHA256,
        newest.estimates == text
      {
        return .discard(newest.id)
      }
      try db.execute(
        sql: "INSERT INTO calibration (inputs_sha256, estimates, calibrated_at) VALUES (?, ?, ?)",
        arguments: [inputsSHA256, text, time])
      let id = Int(db.lastInsertedRowID)
      try db.execute(
        sql: "UPDATE gpkg_contents SET last_change = ? WHERE table_name = 'calibration'", arguments: [time])
      return .keep(id)
    }
    return StoredCalibration(id: id, inputsSHA256: inputsSHA256, calibration: calibration)
  }

  /// Whether a calibration was made from other surveys, positions or roads than the atlas has now.
  ///
  /// - Parameters:
  ///   - surveys: those of the atlas.
  ///   - network: that of the atlas.
  /// - Complexity: O(*n*).
  public func isOutdated(
    _ stored: StoredCalibration, surveys: DistanceSurveyTable, network: PaymentNetwork
  ) throws(AtlasError) -> Bool {
    let roads = stored.calibration.roads.isEmpty ? nil : try roadsSHA256()
    return stored.inputsSHA256 != CalibrationInputs.sha256(of: surveys, in: network, roadsSHA256: roads)
  }

  /// The SHA-256 of the saved roads, or `nil` when the atlas has none.
  public func roadsSHA256() throws(AtlasError) -> String? {
    try read { db in try RoadRecord.fetch(db)?.sha256 }
  }

  private struct Row {
    var id: Int
    var inputsSHA256: String
    var estimates: String
  }

  private static func newestCalibration(_ db: Database) throws -> Row? {
    guard try db.tableExists("calibration"),
      let row = try GRDB.Row.fetchOne(
        db, sql: "SELECT id, inputs_sha256, estimates FROM calibration ORDER BY id DESC LIMIT 1")
    else { return nil }
    return Row(id: row["id"], inputsSHA256: row["inputs_sha256"], estimates: row["estimates"])
  }
}
