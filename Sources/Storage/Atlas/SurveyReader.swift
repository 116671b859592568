import GRDB
import Planning

/// Reads the atlas's surveys and feedback.
struct SurveyReader {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func surveys() throws -> Surveys {
    // Nobody needs the positions of a nation's points where nobody was asked.
    let tables = ["distance_surveys", "service_surveys", "feedback"]
    guard
      try tables.contains(where: { try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \($0))") == true }
      )
    else { return Surveys() }
    // Positions are those of the network's tables: ids in ascending order of their bytes.
    let placeIDs = try ids("SELECT place_id FROM places ORDER BY place_id")
    let pointIDs = try ids("SELECT point_id FROM points ORDER BY point_id")
    let places = TextIndex(placeIDs)
    let points = TextIndex(pointIDs)
    func place(_ row: RawRow, _ column: Int32) -> Int32 {
      places.position(of: row.utf8(column), in: placeIDs) ?? -1
    }
    func point(_ row: RawRow, _ column: Int32) -> Int32 {
      points.position(of: row.utf8(column), in: pointIDs) ?? -1
    }

    var surveys = Surveys()
    let modes = Dictionary(uniqueKeysWithValues: SurveyMode.allCases.map { ($0.name, $0) })
    try each(
      """
      SELECT survey_id, place_id, point_id, mode, meters, minutes, date FROM distance_surveys ORDER BY survey_id
      """
    ) { row in
      guard let mode = modes[row.text(3)], place(row, 1) >= 0, point(row, 2) >= 0 else {
        throw damaged("distance_surveys", row)
      }
      surveys.distances.ids.append(utf8: row.utf8(0))
      surveys.distances.places.append(place(row, 1))
      surveys.distances.points.append(point(row, 2))
      surveys.distances.modes.append(mode)
      surveys.distances.meters.append(try number(row, 4, "distance_surveys"))
      surveys.distances.minutes.append(try number(row, 5, "distance_surveys"))
      surveys.distances.dates.append(utf8: row.utf8(6))
    }

    try each(
      "SELECT survey_id, point_id, handling_seconds, wait_seconds, date FROM service_surveys ORDER BY survey_id"
    ) { row in
      guard point(row, 1) >= 0 else { throw damaged("service_surveys", row) }
      surveys.services.ids.append(utf8: row.utf8(0))
      surveys.services.points.append(point(row, 1))
      surveys.services.handlingSeconds.append(Int32(clamping: row.int(2)))
      surveys.services.waitSeconds.append(row.isNull(3) ? -1 : Int32(clamping: row.int(3)))
      surveys.services.dates.append(utf8: row.utf8(4))
    }

    // An atlas of an earlier version has no such column until it is next written to.
    let resolved =
      try db.columns(in: "feedback").contains { $0.name == "resolved_on" } ? "resolved_on" : "NULL"
    var categories = Names()
    try each(
      """
      SELECT feedback_id, date, point_id, place_id, category, rating, status, \(resolved), note FROM feedback
      ORDER BY feedback_id
      """
    ) { row in
      surveys.feedback.ids.append(utf8: row.utf8(0))
      surveys.feedback.dates.append(utf8: row.utf8(1))
      surveys.feedback.points.append(point(row, 2))
      surveys.feedback.places.append(place(row, 3))
      surveys.feedback.categories.append(categories.intern(row.utf8(4)))
      surveys.feedback.ratings.append(UInt8(clamping: row.int(5)))
      surveys.feedback.isResolved.append(row.isNull(6) ? nil : row.text(6) == "resolved")
      surveys.feedback.resolvedOn.append(utf8: row.utf8(7))
      surveys.feedback.notes.append(utf8: row.utf8(8))
    }
    (surveys.feedback.categoryNames, surveys.feedback.categories) = categories.sorted(
      surveys.feedback.categories)
    return surveys
  }

  private func ids(_ sql: String) throws -> TextColumn {
    var column = TextColumn()
    try each(sql) { column.append(utf8: $0.utf8(0)) }
    return column
  }

  private func each(_ sql: String, _ body: (RawRow) throws -> Void) throws {
    try db.makeStatement(sql: sql).forEachRow(body)
  }

  /// A length or a time; NaN where not said.
  private func number(_ row: RawRow, _ column: Int32, _ table: String) throws -> Double {
    guard !row.isNull(column) else { return .nan }
    let value = row.double(column)
    guard value.isFinite, value >= 0 else { throw damaged(table, row) }
    return value
  }

  private func damaged(_ table: String, _ row: RawRow) -> DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "\(table) \"\(row.text(0))\": not a row that an import wrote")
  }
}
