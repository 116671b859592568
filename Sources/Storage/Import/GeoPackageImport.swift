import GRDB
import GRDBSQLite
import Geo
import Words

/// Reads the feature table of a GeoPackage (OGC 12-128r17): points with the columns of the kind, or areas with a name.
///
/// The table is the one called like the kind, else the only feature table there is. Its reference system must be
/// EPSG:4326 or EPSG:4490, whose numbers are longitudes and latitudes; anything else is refused rather than projected.
func readGeoPackage(
  _ reader: RowReader, _ source: SourceFile, row: (ImportRow, _ line: Int) throws -> Void
) throws -> ImportReading {
  try reader.requireGeometry(in: .geoPackage)
  do {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: source.regularPath, configuration: configuration)
    return try queue.read { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      let layer = try FeatureLayer(db, reader)
      return try layer.read(db, source, row: row)
    }
  } catch let error as DatabaseError {
    if error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_CANTOPEN {
      throw ImportError.unreadable(
        file: source.name,
        reason: Bilingual(
          en: "cannot be opened: \(error.message ?? "busy")", zh: "无法打开:\(error.message ?? "busy")"))
    }
    throw ImportError.refused(
      ImportProblem(
        file: source.name,
        found: .words(
          en: "the GeoPackage is damaged (\(error.message ?? "no details"))",
          zh: "GeoPackage 已损坏(\(error.message ?? "无详情"))"),
        expected: Bilingual(en: "a whole one", zh: "完好的文件")))
  }
}

/// The table to read, and which of its columns mean something.
private struct FeatureLayer {
  /// A column of the table, and what it means.
  private struct Column {
    let name: String
    let column: ImportColumn
    /// Whether it holds whole fen, as an atlas does, and not yuan.
    let isFen: Bool
  }

  private let reader: RowReader
  private let table: String
  private let geometryColumn: String
  private let system: Int
  /// The column of the feature's id; a view has none.
  private let idColumn: String?
  private let columns: [Column]
  private let ignored: [String]

  /// Chooses the table.
  ///
  /// - Throws: `ImportError.refused` when there is none or too many, its reference system is foreign, or a required
  ///   column is missing; `DatabaseError`.
  init(_ db: Database, _ reader: RowReader) throws {
    func refused(_ column: String?, _ found: ImportProblem.Found, _ expected: Bilingual) -> ImportError {
      .refused(ImportProblem(file: reader.file, column: column, found: found, expected: expected))
    }
    self.reader = reader
    guard try db.tableExists("gpkg_contents"), try db.tableExists("gpkg_geometry_columns"),
      try db.tableExists("gpkg_spatial_ref_sys")
    else {
      throw refused(
        nil,
        .words(
          en: "this is an SQLite database without the tables of a GeoPackage",
          zh: "这是 SQLite 数据库,但没有 GeoPackage 的表"),
        Bilingual(en: "a GeoPackage", zh: " GeoPackage"))
    }
    let layers = try Row.fetchAll(
      db,
      sql: """
        SELECT c.table_name, g.column_name, g.srs_id, s.organization, s.organization_coordsys_id, s.srs_name
        FROM gpkg_contents AS c JOIN gpkg_geometry_columns AS g ON g.table_name = c.table_name
          LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id
        WHERE c.data_type = 'features' ORDER BY c.table_name
        """)
    let names = layers.map { String.fromDatabaseValue($0[0]) ?? "" }
    let chosen = names.firstIndex { $0.lowercased() == reader.kind.rawValue } ?? (names.count == 1 ? 0 : nil)
    guard let chosen else {
      throw refused(
        nil,
        names.isEmpty
          ? .words(en: "no feature table", zh: "没有要素表")
          : .quoting(names.joined(separator: ", "), limit: 200),
        Bilingual(
          en: "one feature table, or one called \(reader.kind.rawValue)",
          zh: "只有一个要素表,或有名为 \(reader.kind.rawValue) 的要素表"))
    }
    let layer = layers[chosen]
    table = names[chosen]

    let organization = (String.fromDatabaseValue(layer[3]) ?? "").uppercased()
    let code = Int.fromDatabaseValue(layer[4]) ?? -1
    guard organization == "EPSG", code == 4326 || code == 4490 else {
      let name = String.fromDatabaseValue(layer[5]) ?? ""
      throw refused(
        nil, .quoting("\(organization):\(code) \(name)"),
        Bilingual(
          en: "table \(table) in longitude and latitude, EPSG:4326 or EPSG:4490; reproject it first",
          zh: "表 \(table) 使用经纬度 EPSG:4326 或 EPSG:4490;请先转换坐标系"))
    }
    system = Int.fromDatabaseValue(layer[2]) ?? code

    let geometryName = String.fromDatabaseValue(layer[1]) ?? ""
    var geometryColumn: String?
    var keys: [String] = []
    var columns: [Column] = []
    var ignored: [String] = []
    for info in try Row.fetchAll(db, sql: "PRAGMA table_info(\(table.asSQLName))") {
      let name = String.fromDatabaseValue(info["name"]) ?? ""
      let isKey = (Int.fromDatabaseValue(info["pk"]) ?? 0) > 0
      if isKey { keys.append(name) }
      if name.lowercased() == geometryName.lowercased() {
        geometryColumn = name
      } else if let column = reader.columns.column(for: name) ?? reader.columns.yuanColumn(forFen: name),
        column != .longitude, column != .latitude
      {
        if let other = columns.first(where: { $0.column == column }) {
          throw refused(
            column.name, .quoting("\(other.name), \(name)"), Bilingual(en: "this column once", zh: "该列只出现一次"))
        }
        let isFen = reader.columns.column(for: name) == nil
        columns.append(Column(name: name, column: column, isFen: isFen))
      } else if !isKey {
        ignored.append(name)
      }
    }
    guard let geometryColumn else {
      throw refused(
        geometryName, .words(en: "table \(table) has no such column", zh: "表 \(table) 没有该列"),
        Bilingual(
          en: "the geometry column that gpkg_geometry_columns names", zh: "gpkg_geometry_columns 所指的几何列"))
    }
    self.geometryColumn = geometryColumn
    let missing = reader.columns.required.filter { column in
      column != .longitude && column != .latitude && !columns.contains { $0.column == column }
    }
    guard missing.isEmpty else {
      let wanted = missing.map(\.name).joined(separator: ", ")
      let there = (columns.map(\.name) + ignored).joined(separator: ", ")
      throw refused(
        wanted, .quoting(there, limit: 200),
        Bilingual(en: "table \(table) with \(wanted)", zh: "含有 \(wanted) 的表 \(table)"))
    }
    idColumn = keys.count == 1 ? keys[0] : nil
    self.columns = columns
    self.ignored = ignored
  }

  func read(
    _ db: Database, _ source: SourceFile, row: (ImportRow, _ line: Int) throws -> Void
  ) throws -> ImportReading {
    var reading = ImportReading(
      format: .geoPackage, rowsRead: 0, rowsRefused: 0, ignoredColumns: ignored, sha256: source.sha256)
    let selected = [idColumn ?? geometryColumn, geometryColumn] + columns.map(\.name)
    let list = selected.map(\.asSQLName).joined(separator: ", ")
    let order = idColumn.map { " ORDER BY \($0.asSQLName)" } ?? ""
    let statement = try db.makeStatement(sql: "SELECT \(list) FROM \(table.asSQLName)\(order)")
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    try statement.forEachRow { raw in
      reading.rowsRead += 1
      let line = idColumn == nil ? reading.rowsRead : raw.int(0)
      reader.begin(line: line)
      try takeGeometry(raw)
      bytes.removeAll(keepingCapacity: true)
      ranges.removeAll(keepingCapacity: true)
      for (position, column) in columns.enumerated() {
        let start = bytes.count
        try take(raw, Int32(position + 2), column, into: &bytes)
        ranges.append(start..<bytes.count)
      }
      let value = try bytes.withUnsafeBufferPointer { cells in
        for (column, range) in zip(columns, ranges) {
          reader.set(column.column, FieldBytes(rebasing: cells[range]))
        }
        return reader.hasProblem ? nil : try reader.row()
      }
      if let value {
        try row(value, line)
      } else {
        reading.rowsRefused += 1
      }
    }
    return reading
  }

  /// Lays a cell out as the text that CSV would have.
  private func take(
    _ raw: RawRow, _ index: Int32, _ column: Column, into bytes: inout [UInt8]
  ) throws {
    let value = raw.value(index)
    if column.isFen, value != .null {
      guard case .integer(let fen) = value, let amount = Int(exactly: fen) else {
        try reader.problem(
          column.column.name, .quoting(raw.text(index)),
          Bilingual(en: "whole fen in the column \(column.name)", zh: "\(column.name) 列为整数分"))
        return
      }
      bytes.append(contentsOf: Money.yuan(fen: amount).utf8)
      return
    }
    switch value {
    case .null: break
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .real(let number):
      // Programs keep whole numbers in columns of fractions; 12.0 is 12 there.
      let whole = Int64(exactly: number)
      bytes.append(contentsOf: (whole.map { String($0) } ?? String(number)).utf8)
    case .text:
      let text = raw.utf8(index)
      var check = UTF8Check()
      check.update(text)
      check.finish()
      guard check.failure == nil else {
        try reader.problem(
          column.column.name, .quoting(String(decoding: text.prefix(1_000), as: UTF8.self)),
          Bilingual(en: "text in UTF-8", zh: " UTF-8 文字"))
        return
      }
      bytes.append(contentsOf: text)
    case .blob:
      try reader.problem(
        column.column.name, .words(en: "binary data", zh: "二进制数据"),
        Bilingual(en: "a text or a number", zh: "文字或数字"))
    }
  }

  /// Takes the row's geometry, or reports what is wrong with it.
  private func takeGeometry(_ raw: RawRow) throws {
    for rings in try areas(raw) {
      guard let polygon = try reader.polygon(closedRings: rings) else { return }
      reader.polygons.append(polygon)
    }
  }

  /// The rings of the row's polygons; none where it is a point, which is taken at once.
  private func areas(_ raw: RawRow) throws -> [[[(longitude: Double, latitude: Double)]]] {
    let isArea = reader.kind == .boundaries
    let expected =
      isArea
      ? Bilingual(en: "a Polygon or MultiPolygon", zh: " Polygon 或 MultiPolygon")
      : Bilingual(en: "a Point", zh: " Point")
    let found: ImportProblem.Found
    do throws(FeatureGeometry.Defect) {
      guard !raw.isNull(1) else { throw .empty }
      switch try FeatureGeometry(raw.blob(1), system: system) {
      case .point(let longitude, let latitude):
        guard !isArea else { throw .otherKind("Point") }
        reader.geometry = (longitude, latitude)
        return []
      case .polygons(let polygons):
        guard isArea else { throw .otherKind("Polygon") }
        return polygons
      }
    } catch {
      switch error {
      case .empty: found = .words(en: "no geometry", zh: "没有几何")
      case .noHeader: found = .words(en: "not a geometry of GeoPackage", zh: "不是 GeoPackage 几何")
      case .damaged: found = .words(en: "a damaged geometry", zh: "几何数据已损坏")
      case .otherKind(let name): found = .quoting(name)
      case .otherSystem(let id):
        found = .words(en: "reference system \(id), unlike its table", zh: "坐标系 \(id) 与所在的表不同")
      }
    }
    try reader.problem("geometry", found, expected)
    return []
  }
}

extension String {
  /// The name of a table or column as SQL writes it. GRDB's own quoting leaves quotes inside the name alone.
  var asSQLName: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
