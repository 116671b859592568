import Planning
import Travel

/// Where a kind of row is kept, and what it refers to.
struct RowTable {
  /// The table.
  let name: String
  /// The columns that tell rows apart, first in `columns`.
  let keyCount: Int
  /// The columns a row fills, in the order of its values.
  let columns: [String]
  /// Whether the rows have a `geom` column with an R*Tree.
  let hasGeometry: Bool
  /// Columns that must name a row of another table: (position in `columns`, table, its column).
  let references: [Reference]

  /// A column that must name a row of another table.
  struct Reference {
    let column: Int
    let table: String
    let key: String
  }

  private init(
    _ name: String, keyCount: Int = 1, hasGeometry: Bool = false, _ columns: [String]
  ) {
    self.name = name
    self.keyCount = keyCount
    self.hasGeometry = hasGeometry
    self.columns = columns
    references = columns.enumerated().compactMap { position, column in
      switch column {
      case "place_id" where name != "places": Reference(column: position, table: "places", key: column)
      case "point_id" where name != "points": Reference(column: position, table: "points", key: column)
      default: nil
      }
    }
  }

  /// The table a kind of import goes to.
  static func of(_ kind: ImportKind) -> RowTable {
    switch kind {
    case .places:
      RowTable(
        "places", hasGeometry: true,
        [
          "place_id", "geom", "name", "setting", "customers", "township", "village", "village_code",
          "terrain",
          "fee_control_share", "online_share", "elderly_share", "arrears_fen",
        ])
    case .points:
      RowTable(
        "points", hasGeometry: true,
        [
          "point_id", "geom", "name", "kind", "operator", "methods", "hours", "counters", "status",
          "place_id",
          "monthly_cost_fen", "fee_per_payment_fen", "opened_on", "closed_on",
          "phone",
        ])
    case .candidates:
      RowTable(
        "candidates", hasGeometry: true,
        [
          "candidate_id", "geom", "name", "kind", "place_id", "opening_cost_fen", "monthly_cost_fen",
          "counters",
        ])
    case .volumes:
      RowTable(
        "volumes", keyCount: 2, ["point_id", "month", "payments", "amount_fen", "busiest_day_payments"])
    case .distanceSurveys:
      RowTable(
        "distance_surveys", ["survey_id", "place_id", "point_id", "mode", "meters", "minutes", "date"])
    case .serviceSurveys:
      RowTable("service_surveys", ["survey_id", "point_id", "handling_seconds", "wait_seconds", "date"])
    case .visits:
      RowTable("visits", ["visit_id", "point_id", "date", "present"])
    case .feedback:
      RowTable(
        "feedback",
        [
          "feedback_id", "date", "point_id", "place_id", "category", "rating", "status", "note",
          "resolved_on",
        ])
    case .boundaries:
      RowTable("boundaries", keyCount: 2, hasGeometry: true, ["name", "level", "geom"])
    case .channels:
      RowTable("channels", ["channel_id", "name", "in_person", "medium", "provider"])
    }
  }
}

extension ImportRow {
  /// The row as values for the columns of its table.
  var values: [SQLValue] {
    switch self {
    case .place(let row):
      [
        .text(row.id), .blob(GeometryBlob.point(at: row.coordinate)), .text(row.name),
        .text(row.setting.name),
        SQLValue(row.customers), SQLValue(row.township), SQLValue(row.village), SQLValue(row.villageCode),
        SQLValue(row.terrain?.name), SQLValue(row.feeControlShare), SQLValue(row.onlineShare),
        SQLValue(row.elderlyShare), SQLValue(row.arrearsFen),
      ]
    case .point(let row):
      [
        .text(row.id), .blob(GeometryBlob.point(at: row.coordinate)), .text(row.name), .text(row.kind.name),
        SQLValue(row.operatorName), SQLValue(row.methods?.names.joined(separator: ";")), SQLValue(row.hours),
        SQLValue(row.counters), SQLValue(row.status?.name), SQLValue(row.placeID),
        SQLValue(row.monthlyCostFen),
        SQLValue(row.feePerPaymentFen), SQLValue(row.openedOn), SQLValue(row.closedOn),
        SQLValue(row.phone),
      ]
    case .candidate(let row):
      [
        .text(row.id), .blob(GeometryBlob.point(at: row.coordinate)), .text(row.name),
        SQLValue(row.kind?.name),
        SQLValue(row.placeID), SQLValue(row.openingCostFen), SQLValue(row.monthlyCostFen),
        SQLValue(row.counters),
      ]
    case .volume(let row):
      [
        .text(row.pointID), .text(row.month), SQLValue(row.payments), SQLValue(row.amountFen),
        SQLValue(row.busiestDayPayments),
      ]
    case .distanceSurvey(let row):
      [
        .text(row.id), .text(row.placeID), .text(row.pointID), .text(row.mode.name), SQLValue(row.meters),
        SQLValue(row.minutes), SQLValue(row.date),
      ]
    case .serviceSurvey(let row):
      [
        .text(row.id), .text(row.pointID), SQLValue(row.handlingSeconds), SQLValue(row.waitSeconds),
        SQLValue(row.date),
      ]
    case .visit(let row):
      [.text(row.id), .text(row.pointID), .text(row.date), SQLValue(row.isPresent ? 1 : 0)]
    case .feedback(let row):
      [
        .text(row.id), .text(row.date), SQLValue(row.pointID), SQLValue(row.placeID), SQLValue(row.category),
        SQLValue(row.rating), SQLValue(row.status?.rawValue), SQLValue(row.note), SQLValue(row.resolvedOn),
      ]
    case .boundary(let row):
      [.text(row.name), .text(row.level ?? ""), .blob(GeometryBlob.multiPolygon(row.polygons))]
    case .channel(let row):
      [
        .text(row.id), .text(row.name), SQLValue(row.inPerson ? 1 : 0), SQLValue(row.medium),
        SQLValue(row.provider),
      ]
    }
  }
}
