import GRDB
import Geo
import Planning
import Travel
import Words

/// Reads the atlas's tables into one `PaymentNetwork`.
struct NetworkReader {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func network() throws -> PaymentNetwork {
    var network = PaymentNetwork()
    network.places = try places()
    let placeIndex = TextIndex(network.places.ids)
    network.points = try points(placeIndex, of: network.places.ids)
    network.candidates = try candidates(placeIndex, of: network.places.ids)
    network.volumes = try volumes(of: network.points.ids)
    network.visits = try visits(of: network.points.ids)
    network.boundaries = try boundaries()
    network.channels = try channels()
    network.sources = try sources()
    return network
  }

  private func places() throws -> PlaceTable {
    var table = PlaceTable()
    var townships = Names()
    var villageKeys = TextColumn()
    var villageIndex = TextIndex()
    var villageNames: [String] = []
    var key: [UInt8] = []
    try each(
      """
      SELECT place_id, geom, name, setting, customers, township, village, village_code, terrain, fee_control_share,
        online_share, elderly_share, arrears_fen FROM places ORDER BY place_id
      """
    ) { row in
      table.ids.append(utf8: row.utf8(0))
      let position = try position(row, 1, table: "places")
      table.longitudes.append(position.longitude)
      table.latitudes.append(position.latitude)
      table.names.append(utf8: row.utf8(2))
      table.settings.append(row.utf8(3).first == UInt8(ascii: "t") ? .town : .village)
      table.customers.append(try int(row, 4, in: StoredRange.customers, table: "places"))
      table.townships.append(townships.intern(row.utf8(5)))

      // A village is known by its code, else by its township and name, else it is the place itself. The leading letter
      // keeps the three kinds of names apart.
      let village = row.utf8(6)
      let code = row.utf8(7)
      key.removeAll(keepingCapacity: true)
      if !code.isEmpty {
        key.append(UInt8(ascii: "c"))
        key.append(contentsOf: code)
      } else if !village.isEmpty {
        key.append(UInt8(ascii: "n"))
        key.append(contentsOf: row.utf8(5))
        key.append(0)
        key.append(contentsOf: village)
      } else {
        key.append(UInt8(ascii: "i"))
        key.append(contentsOf: row.utf8(0))
      }
      let number = key.withUnsafeBytes { villageIndex.intern($0, in: &villageKeys) }
      table.villages.append(number)
      if Int(number) == villageNames.count { villageNames.append("") }
      // Known by its code, a village may be named by only some of its places.
      if !village.isEmpty, villageNames[Int(number)].isEmpty {
        villageNames[Int(number)] = String(decoding: village, as: UTF8.self)
      }

      table.villageCodes.append(utf8: code)

      switch row.utf8(8).first {
      case UInt8(ascii: "h"): table.terrains.append(.hill)
      case UInt8(ascii: "m"): table.terrains.append(.mountain)
      default: table.terrains.append(.plain)
      }
      table.feeControlShares.append(try share(row, 9))
      table.onlineShares.append(try share(row, 10))
      table.elderlyShares.append(try share(row, 11))
      table.arrearsFen.append(row.isNull(12) ? -1 : try int(row, 12, in: StoredRange.fen, table: "places"))
    }
    table.villageNames = TextColumn(villageNames)
    (table.townshipNames, table.townships) = townships.sorted(table.townships)
    return table
  }

  private func points(_ placeIndex: TextIndex, of placeIDs: TextColumn) throws -> PointTable {
    var table = PointTable()
    var operators = Names()
    var hours = Names()
    var methodLists = Names()
    var methods: [PaymentMethods] = []
    let kinds = Dictionary(uniqueKeysWithValues: PointKind.allCases.map { ($0.name, $0) })
    let statuses = Dictionary(uniqueKeysWithValues: PointStatus.allCases.map { ($0.name, $0) })
    // An atlas of before has no such column until something is imported.
    let phone = try db.columns(in: "points").contains { $0.name == "phone" } ? "phone" : "NULL"
    try each(
      """
      SELECT point_id, geom, name, kind, operator, methods, hours, counters, status, place_id, monthly_cost_fen,
        fee_per_payment_fen, opened_on, closed_on, \(phone) FROM points
      ORDER BY point_id
      """
    ) { row in
      table.ids.append(utf8: row.utf8(0))
      let position = try position(row, 1, table: "points")
      table.longitudes.append(position.longitude)
      table.latitudes.append(position.latitude)
      table.names.append(utf8: row.utf8(2))
      table.kinds.append(kinds[row.text(3)] ?? .other)
      table.operators.append(operators.intern(row.utf8(4)))
      let list = Int(methodLists.intern(row.utf8(5)))
      if list == methods.count { methods.append(Self.methods(row.utf8(5))) }
      table.methods.append(methods[list])
      table.hours.append(row.utf8(6).isEmpty ? -1 : hours.intern(row.utf8(6)))
      table.counters.append(Int32(clamping: row.int(7)))
      table.statuses.append(row.isNull(8) ? .active : statuses[row.text(8)] ?? .active)
      table.places.append(placeIndex.position(of: row.utf8(9), in: placeIDs) ?? -1)
      table.monthlyCostsFen.append(
        row.isNull(10) ? -1 : try int(row, 10, in: StoredRange.fen, table: "points"))
      table.feesPerPaymentFen.append(
        row.isNull(11) ? -1 : try int(row, 11, in: StoredRange.fen, table: "points"))
      table.openedOn.append(utf8: row.utf8(12))
      table.closedOn.append(utf8: row.utf8(13))
      table.phones.append(utf8: row.utf8(14))
    }
    (table.operatorNames, table.operators) = operators.sorted(table.operators)
    table.openingHours = try hours.all.map { text in
      do {
        return try OpeningHours(parsing: text)
      } catch {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "points: opening hours \"\(text)\"")
      }
    }
    return table
  }

  private static func methods(_ text: UnsafeRawBufferPointer) -> PaymentMethods {
    guard !text.isEmpty else { return [] }
    let words = String(decoding: text, as: UTF8.self).split(separator: ";")
    return words.reduce(into: []) { set, word in
      if let known = PaymentMethods.all.first(where: { $0.name == word }) { set.insert(known.method) }
    }
  }

  private func candidates(_ placeIndex: TextIndex, of placeIDs: TextColumn) throws -> CandidateTable {
    var table = CandidateTable()
    let kinds = Dictionary(uniqueKeysWithValues: PointKind.allCases.map { ($0.name, $0) })
    try each(
      """
      SELECT candidate_id, geom, name, kind, place_id, opening_cost_fen, monthly_cost_fen, counters FROM candidates
      ORDER BY candidate_id
      """
    ) { row in
      table.ids.append(utf8: row.utf8(0))
      let position = try position(row, 1, table: "candidates")
      table.longitudes.append(position.longitude)
      table.latitudes.append(position.latitude)
      table.names.append(utf8: row.utf8(2))
      table.kinds.append(kinds[row.text(3)])
      table.places.append(placeIndex.position(of: row.utf8(4), in: placeIDs) ?? -1)
      table.openingCostsFen.append(
        row.isNull(5) ? nil : try int(row, 5, in: StoredRange.fen, table: "candidates"))
      table.monthlyCostsFen.append(
        row.isNull(6) ? nil : try int(row, 6, in: StoredRange.fen, table: "candidates"))
      table.counters.append(Int32(clamping: row.int(7)))
    }
    return table
  }

  private func volumes(of pointIDs: TextColumn) throws -> VolumeTable {
    var table = VolumeTable()
    try each("SELECT DISTINCT month FROM volumes ORDER BY month") { table.months.append($0.text(0)) }
    guard !table.months.isEmpty else { return table }
    let monthIndex = Dictionary(uniqueKeysWithValues: zip(table.months, Int32(0)...))
    let pointIndex = TextIndex(pointIDs)
    try each(
      "SELECT point_id, month, payments, amount_fen, busiest_day_payments FROM volumes ORDER BY point_id, month"
    ) { row in
      guard let point = pointIndex.position(of: row.utf8(0), in: pointIDs) else { return }
      table.points.append(point)
      table.monthIndices.append(monthIndex[row.text(1)] ?? 0)
      table.payments.append(try int(row, 2, in: StoredRange.payments, table: "volumes"))
      table.amountsFen.append(row.isNull(3) ? -1 : try int(row, 3, in: StoredRange.fen, table: "volumes"))
      table.busiestDayPayments.append(
        row.isNull(4) ? -1 : try int(row, 4, in: StoredRange.payments, table: "volumes"))
    }
    return table
  }

  private func visits(of pointIDs: TextColumn) throws -> VisitTable {
    var table = VisitTable()
    // An atlas of an earlier version has no such table until it is next written to.
    guard try db.tableExists("visits"),
      try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM visits)") == true
    else { return table }
    let pointIndex = TextIndex(pointIDs)
    try each("SELECT visit_id, point_id, date, present FROM visits ORDER BY visit_id") { row in
      guard let point = pointIndex.position(of: row.utf8(1), in: pointIDs) else { return }
      table.ids.append(utf8: row.utf8(0))
      table.points.append(point)
      table.dates.append(utf8: row.utf8(2))
      table.isPresent.append(row.int(3) != 0)
    }
    return table
  }

  private func boundaries() throws -> [Boundary] {
    var boundaries: [Boundary] = []
    try each("SELECT name, level, geom FROM boundaries ORDER BY level, name") { row in
      guard let polygons = GeometryBlob.polygons(row.blob(2)) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "boundaries \"\(row.text(0))\": not a polygon")
      }
      boundaries.append(Boundary(name: row.text(0), level: row.text(1), polygons: polygons))
    }
    return boundaries
  }

  private func channels() throws -> [Channel] {
    var channels: [Channel] = []
    try each("SELECT channel_id, name, in_person, medium, provider FROM channels ORDER BY channel_id") {
      row in
      channels.append(
        Channel(
          id: row.text(0), name: row.text(1), inPerson: row.int(2) == 1, medium: row.text(3),
          provider: row.text(4)))
    }
    return channels
  }

  /// The files whose rows are in the network: per kind those since all rows were last replaced, each once, oldest
  /// first. New roads know nothing of the heights that earlier ones were given; a scenario that was undone left nothing behind.
  private func sources() throws -> [DataSource] {
    var sources: [DataSource] = []
    try each(
      """
      SELECT kind, file, sha256, rows_read, synthetic, replaced_all, substr(imported_at, 1, 10), refused
      FROM imports ORDER BY id
      """
    ) { row in
      if row.text(0) == ImportJournal.undoneScenario {
        if let last = sources.lastIndex(where: {
          $0.kind == ImportJournal.scenario && $0.sha256 == row.text(2)
        }) {
          sources.remove(at: last)
        }
        return
      }
      let source = DataSource(
        kind: row.text(0), file: row.text(1), sha256: row.text(2), rows: row.int(3),
        isSynthetic: row.int(4) == 1,
        attribution: row.text(0) == "roads" && row.int(4) == 0 ? openStreetMapAttribution : "",
        importedOn: row.text(6), refused: row.int(7))
      sources.removeAll {
        $0.kind == source.kind && (row.int(5) == 1 || $0.file == source.file)
          || source.kind == "roads" && $0.kind == "elevation"
      }
      sources.append(source)
    }
    return sources
  }

  private func each(_ sql: String, _ body: (RawRow) throws -> Void) throws {
    try db.makeStatement(sql: sql).forEachRow(body)
  }

  /// A whole number that an import would have let in. Editors of other programs know the tables' own checks only, and
  /// sums over the rows must not overflow.
  private func int(_ row: RawRow, _ column: Int32, in range: ClosedRange<Int>, table: String) throws -> Int {
    let value = row.int(column)
    guard range.contains(value) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT,
        message: "\(table) \"\(row.text(0))\": \(value) is outside \(range.lowerBound)...\(range.upperBound)")
    }
    return value
  }

  /// A share of a place's customers; NaN where not known.
  private func share(_ row: RawRow, _ column: Int32) throws -> Double {
    guard !row.isNull(column) else { return .nan }
    let value = row.double(column)
    guard (0...1).contains(value) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "places \"\(row.text(0))\": share \(value) is outside 0...1")
    }
    return value
  }

  private func position(
    _ row: RawRow, _ column: Int32, table: String
  ) throws -> (longitude: Double, latitude: Double) {
    guard let point = GeometryBlob.point(row.blob(column)), abs(point.longitude) <= 180,
      abs(point.latitude) <= 90
    else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "\(table) \"\(row.text(0))\": geom is not a point on the earth")
    }
    return point
  }
}
