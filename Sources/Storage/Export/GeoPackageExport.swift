import Foundation
import GRDB
import Words

/// Writes layers as a GeoPackage (OGC 12-128r17) whose layers come up styled in QGIS, by the table `layer_styles` that it reads.
struct GeoPackageExport {
  let layers: [(layer: ExportLayer, table: ExportTable)]
  let positions: PositionWriter
  let note: String?
  let language: Language

  /// Undefined geographic: GCJ-02 and BD-09 have no place among the systems that EPSG numbers.
  private var system: Int32 { positions.datum == .wgs84 ? GeometryBlob.wgs84 : 0 }

  /// - Parameter path: the file's name for people, where `work` is another.
  func write(to work: String, named path: String) throws(ExportError) {
    do {
      var configuration = Configuration()
      configuration.prepareDatabase { db in
        // The file is put in its place only when it is whole.
        try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      }
      let queue = try DatabaseQueue(path: work, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300")
        try db.inTransaction {
          try db.execute(sql: geoPackageTables)
          try db.execute(sql: Self.styleTable)
          for (layer, table) in layers { try write(layer, table, db) }
          return .commit
        }
      }
      try queue.close()
    } catch let error as DatabaseError {
      throw ExportError(path: path, reason: error.message ?? "\(error.resultCode)")
    } catch {
      throw ExportError(path: path, reason: "\(error)")
    }
  }

  private func write(_ layer: ExportLayer, _ table: ExportTable, _ db: Database) throws {
    let name = layer.rawValue
    let kinds = table.kinds
    let columns = zip(table.columns, kinds).map { "\"\($0)\" \(Self.type(of: $1))" }
    let isArea = layer == .circles
    try db.execute(
      sql: """
        CREATE TABLE "\(name)" (fid INTEGER PRIMARY KEY NOT NULL, geom \(isArea ? "MULTIPOLYGON" : "POINT"), \
        \(columns.joined(separator: ", ")))
        """)
    let frame =
      positions.datum == .wgs84
      ? nil : "\(positions.datum.rawValue): \(positions.datum.rawValue) is not WGS-84"
    try db.execute(
      sql: """
        INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
          VALUES (?, 'features', ?, ?, '1970-01-01T00:00:00.000Z', ?)
        """,
      arguments: [
        name, layer.title(in: language),
        [note, frame].compactMap(\.self).joined(separator: " "), system,
      ])
    try db.execute(
      sql: "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
      arguments: [name, isArea ? "MULTIPOLYGON" : "POINT", system])
    let index = SpatialIndex(table: name)
    try index.create(db)
    try index.dropTriggers(db)
    let places = Array(repeating: "?", count: table.columns.count + 2).joined(separator: ", ")
    let insert = try db.makeStatement(sql: "INSERT INTO \"\(name)\" VALUES (\(places))")
    var fid: Int64 = 0
    for row in 0..<table.count {
      // The index has no place for what is nowhere, and neither has the layer.
      guard let blob = blob(table.shape(row)) else { continue }
      fid += 1
      let values = [.integer(fid), .blob(blob)] + table.values(row).map(SQLValue.init)
      _ = try insert.step(binding: values)
    }
    try index.rebuild(db)
    try db.execute(
      sql: """
        INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, \
        useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, 'geom', 'paycircle', ?, '', 1, '', '', NULL, \
        '1970-01-01T00:00:00.000Z')
        """,
      arguments: [name, QGISStyle(style: LayerStyle(layer, in: language)).text])
  }

  private func blob(_ shape: ExportTable.Shape) -> [UInt8]? {
    func degrees(_ position: (x: Int, y: Int)) -> (x: Double, y: Double) {
      (Double(position.x) / 1e7, Double(position.y) / 1e7)
    }
    switch shape {
    case .point(let coordinate):
      let position = degrees(positions.position(coordinate))
      return GeometryBlob.point(longitude: position.x, latitude: position.y, system: system)
    case .area(let polygons):
      let parts = polygons.map { polygon in positions.rings(polygon).map { $0.map(degrees) } }.filter {
        !$0.isEmpty
      }
      return parts.isEmpty ? nil : GeometryBlob.multiPolygon(parts, system: system)
    }
  }

  private static func type(of kind: ExportColumn) -> String {
    switch kind {
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .real, .yuan, .share: "DOUBLE"
    case .boolean: "BOOLEAN"
    case .day: "DATE"
    }
  }

  // As QGIS makes it; registered, so that every table of the file is.
  private static let styleTable = """
    CREATE TABLE layer_styles (
      id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
      f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
      styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
      update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
    );
    INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
      VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS draws the layers', '1970-01-01T00:00:00.000Z');
    """
}

extension SQLValue {
  fileprivate init(_ value: ExportTable.Value) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .integer(value ? 1 : 0)
      case .int(let value): .integer(Int64(value))
      case .double(let value): .real(value)
      case .fen(let value): .real(Double(value) / 100)
      case .text(let value): .text(value)
      }
  }
}
