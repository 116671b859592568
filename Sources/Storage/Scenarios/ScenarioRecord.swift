import Foundation
import GRDB
import Geo
import Planning
import Words

/// What applying a scenario changed in the atlas.
public struct AppliedScenario: Hashable, Sendable {
  /// Points added.
  public var added: Int
  /// Rows of points and places that are otherwise now.
  public var updated: Int
}

extension Atlas {
  /// Makes a scenario the network of record, all or nothing: its changes are written into the tables of points and places, with a
  /// line in the import journal, and the rows as they were are kept for `undoScenario`.
  ///
  /// Points opened and closed get the day of `stamp` as `opened_on` and `closed_on`.
  ///
  /// - Parameters:
  ///   - version: that of the kept scenario; `nil` for a file that the atlas does not keep.
  ///   - stamp: the time, as `YYYY-MM-DDThh:mm:ssZ`.
  ///   - waitSeconds: how long to wait for another writer.
  /// - Throws: `ImportError.refused` where a change cannot be made, or closes a road, which only `import roads` can.
  public func apply(
    _ file: ScenarioFile, version: Int?, stamp: String, waitSeconds: Int = 10
  ) throws -> AppliedScenario {
    for (number, change) in file.scenario.changes.enumerated() {
      guard case .closeRoad = change else { continue }
      var problem = file.problem(ChangeError(change: number, reason: .noRoads))
      problem.found = .words(en: "roads of the atlas cannot be closed for good", zh: "图集的道路不能由情景永久封闭")
      problem.expected = Bilingual(
        en: "changes of points and places; `paycircle import roads` brings other roads",
        zh: "网点和村/社区的变动;道路请用 `paycircle import roads` 更新")
      throw ImportError.refused(problem)
    }
    let journal = ImportJournal(stamp: stamp, isSynthetic: false)
    let bytes = Array(file.text.utf8)
    let sha256 = bytes.withUnsafeBytes { SHA256.of($0) }
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run {
      db -> AtlasUpdate.Outcome<AppliedScenario> in
      let before = try NetworkReader(db).network()
      let after: PaymentNetwork
      do throws(ChangeError) {
        after = try before.applying(file.scenario.changes)
      } catch {
        throw ImportError.refused(file.problem(error))
      }
      let edits = RowEdits(from: before, to: after, day: String(stamp.prefix(10)))
      let rows = try RecordedRow.recording(edits.rows, db) { try edits.write(to: db) }
      let added = rows.count { $0.before == nil }
      let applied = AppliedScenario(added: added, updated: rows.count - added)
      try db.execute(
        sql: """
          INSERT INTO scenario_applications (name, version, sha256, changed_rows, applied_at) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [file.scenario.name, version, sha256, try RecordedRow.text(rows), journal.time])
      try journal.append(
        .scenario(ImportJournal.scenario, file.scenario, sha256, added: added, updated: applied.updated), to: db)
      try journal.close(
        changing: RecordedRow.tables + ["scenario_applications"], addedRows: 1, db)
      return .keep(applied)
    }
  }

  /// Undoes the scenario that was applied last and not undone yet: every row is again as it was, byte for byte.
  ///
  /// - Returns: the scenario, or `nil` where there is none to undo.
  /// - Throws: `ImportError.refused` where one of its rows has been changed since, or is referred to by others.
  public func undoScenario(stamp: String, waitSeconds: Int = 10) throws -> ScenarioApplication? {
    let journal = ImportJournal(stamp: stamp, isSynthetic: false)
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run {
      db -> AtlasUpdate.Outcome<ScenarioApplication?> in
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT * FROM scenario_applications WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1")
      else { return .discard(nil) }
      let name: String = row["name"]
      let rows = try RecordedRow.rows(row["changed_rows"], path: path)
      func refusal(_ row: String, _ expected: Bilingual) -> ImportError {
        .refused(
          ImportProblem(
            file: path, line: nil, column: nil,
            found: .words(en: "\(row) has been changed since \(name)", zh: "\(row) 在 \(name) 之后又有变动"),
            expected: expected))
      }
      for row in rows where try row.current(db) != row.after {
        throw refusal(
          row.described,
          Bilingual(en: "the row as the scenario left it", zh: "情景应用后原样的行"))
      }
      try RecordedRow.withoutIndexes(db) { for row in rows { try row.restore(db) } }
      if let orphan = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
        let table: String = orphan["table"]
        throw refusal(
          table, Bilingual(en: "no row that refers to a point it opened", zh: "没有引用其新设网点的行"))
      }
      try db.execute(
        sql: "UPDATE scenario_applications SET undone_at = ? WHERE id = ?",
        arguments: [journal.time, row["id"] as Int])
      try journal.append(
        .scenario(
          ImportJournal.undoneScenario, Scenario(name: name), row["sha256"],
          added: rows.count { $0.after == nil }, updated: rows.count { $0.after != nil }), to: db)
      try journal.close(
        changing: RecordedRow.tables + ["scenario_applications"], addedRows: 1, db)
      return .keep(
        ScenarioApplication(
          name: name, version: row["version"], appliedAt: row["applied_at"], undoneAt: journal.time))
    }
  }
}

extension ImportJournal.Line {
  fileprivate static func scenario(
    _ kind: String, _ scenario: Scenario, _ sha256: String, added: Int, updated: Int
  ) -> Self {
    Self(
      kind: kind, file: scenario.name.replacing("/", with: "_"), sha256: sha256, datum: "wgs84",
      replacedAll: false, read: scenario.changes.count, added: added, updated: updated, unchanged: 0,
      refused: 0)
  }
}

/// What must be written so that the tables say what a network says.
private struct RowEdits {
  /// Columns to set in a row, by its id.
  private var updates: [(table: String, key: String, id: String, columns: [(String, SQLValue)])] = []
  private var inserts: [PointRow] = []

  init(from before: PaymentNetwork, to after: PaymentNetwork, day: String) {
    let (old, new) = (before.points, after.points)
    for i in 0..<old.count {
      var columns: [(String, SQLValue)] = []
      if old.coordinate(of: i) != new.coordinate(of: i) {
        columns.append(("geom", .blob(GeometryBlob.point(at: new.coordinate(of: i)))))
      }
      if old.places[i] != new.places[i] {
        columns.append(("place_id", .text(after.places.ids[Int(new.places[i])])))
      }
      if old.kinds[i] != new.kinds[i] { columns.append(("kind", .text(new.kinds[i].name))) }
      if old.methods[i] != new.methods[i] {
        columns.append(("methods", .text(new.methods[i].names.joined(separator: ";"))))
      }
      if old.openingHours(of: i) != new.openingHours(of: i) {
        columns.append(("hours", SQLValue(new.openingHours(of: i)?.text)))
      }
      if old.counters[i] != new.counters[i] { columns.append(("counters", .integer(Int64(new.counters[i])))) }
      if old.monthlyCostsFen[i] != new.monthlyCostsFen[i] {
        columns.append(("monthly_cost_fen", SQLValue(new.monthlyCostsFen[i])))
      }
      if old.feesPerPaymentFen[i] != new.feesPerPaymentFen[i] {
        columns.append(("fee_per_payment_fen", SQLValue(new.feesPerPaymentFen[i])))
      }
      if old.statuses[i] != new.statuses[i] {
        columns.append(("status", .text(new.statuses[i].name)))
        if new.statuses[i] == .closed, old.openedOn[i] <= day { columns.append(("closed_on", .text(day))) }
      }
      if !columns.isEmpty { updates.append(("points", "point_id", old.ids[i], columns)) }
    }
    for i in old.count..<new.count { inserts.append(PointRow(of: i, in: after, openedOn: day)) }
    for i in 0..<before.places.count {
      var columns: [(String, SQLValue)] = []
      if before.places.customers[i] != after.places.customers[i] {
        columns.append(("customers", SQLValue(after.places.customers[i])))
      }
      // Not known is not equal to itself.
      if before.places.feeControlShares[i] != after.places.feeControlShares[i],
        !after.places.feeControlShares[i].isNaN
      {
        columns.append(("fee_control_share", .real(after.places.feeControlShares[i])))
      }
      if !columns.isEmpty { updates.append(("places", "place_id", before.places.ids[i], columns)) }
    }
  }

  /// The rows it writes, by table and id.
  var rows: [(table: String, id: String)] {
    updates.map { ($0.table, $0.id) } + inserts.map { ("points", $0.id) }
  }

  /// Writes everything.
  func write(to db: Database) throws {
    for update in updates {
      let list = update.columns.map { "\($0.0) = ?" }.joined(separator: ", ")
      let statement = try db.cachedStatement(
        sql: "UPDATE \(update.table) SET \(list) WHERE \(update.key) = ?")
      try statement.step(binding: update.columns.map(\.1) + [.text(update.id)])
    }
    let columns = RowTable.of(.points).columns
    let insert = try db.cachedStatement(
      sql:
        "INSERT INTO points (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    )
    for row in inserts { try insert.step(binding: ImportRow.point(row).values) }
  }
}

extension PointRow {
  /// Point `i` of a network, with what is not known left out.
  fileprivate init(of i: Int, in network: PaymentNetwork, openedOn day: String) {
    let points = network.points
    let operatorName = points.operatorNames[Int(points.operators[i])]
    self.init(
      id: points.ids[i], name: points.names[i], kind: points.kinds[i], coordinate: points.coordinate(of: i),
      operatorName: operatorName.isEmpty ? nil : operatorName, methods: points.methods[i],
      hours: points.openingHours(of: i)?.text,
      counters: points.counters[i] > 0 ? Int(points.counters[i]) : nil, status: points.statuses[i],
      placeID: points.places[i] < 0 ? nil : network.places.ids[Int(points.places[i])],
      monthlyCostFen: points.monthlyCostsFen[i] < 0 ? nil : points.monthlyCostsFen[i],
      feePerPaymentFen: points.feesPerPaymentFen[i] < 0 ? nil : points.feesPerPaymentFen[i],
      openedOn: day, closedOn: nil)
  }
}
