import Foundation
import GRDB
import Geo
import Planning
import TestSupport
import Testing
import Words

@testable import Storage

/// A GeoPackage made for a test, with what of it should be wrong.
struct TestPackage {
  var table = "candidates"
  var columns = "candidate_id TEXT, name TEXT, counters INTEGER, opening_cost_yuan REAL, remark TEXT"
  var system = 4326
  var organization = "epsg"
  var code = 4326
  /// Other feature tables, empty.
  var others: [String] = []

  /// Writes the file; each row is the blob and the values of the columns after it.
  func write(to path: String, _ rows: [[(any DatabaseValueConvertible)?]]) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
            organization_coordsys_id INTEGER, definition TEXT);
          CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
          CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
          """)
      try db.execute(
        sql: "INSERT INTO gpkg_spatial_ref_sys VALUES ('a system', ?, ?, ?, '')",
        arguments: [system, organization, code])
      for table in [table] + others {
        try db.execute(
          sql: "INSERT INTO gpkg_contents VALUES (?, 'features', ?)", arguments: [table, system])
        try db.execute(
          sql: "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?)",
          arguments: [table, system])
        try db.execute(
          sql:
            "CREATE TABLE \(table.asSQLName) (fid INTEGER PRIMARY KEY, geom BLOB, \(columns))")
      }
      for row in rows {
        let marks = row.map { _ in "?" }.joined(separator: ", ")
        try db.execute(
          sql: "INSERT INTO \(table.asSQLName) VALUES (NULL, \(marks))",
          arguments: StatementArguments(row))
      }
    }
    try queue.close()
  }

  func read(_ rows: [[(any DatabaseValueConvertible)?]]) throws -> ImportedFile {
    try read(.candidates, rows)
  }

  func read(_ kind: ImportKind, _ rows: [[(any DatabaseValueConvertible)?]]) throws
    -> ImportedFile
  {
    let folder = ScratchFolder()
    try write(to: folder.file("t.gpkg"), rows)
    return try ImportedFile(kind, path: folder.file("t.gpkg"))
  }
}

/// Well-known binary, written by hand.
struct TestGeometry {
  var isLittle = true
  var bytes: [UInt8] = []

  /// The GeoPackage header.
  static func header(isLittle: Bool = true, envelope: Int = 0, flags: UInt8 = 0, system: Int32 = 4326)
    -> TestGeometry
  {
    var geometry = TestGeometry(isLittle: isLittle)
    geometry.bytes = [0x47, 0x50, 0, (isLittle ? 1 : 0) | UInt8(envelope) << 1 | flags]
    geometry.add(UInt32(bitPattern: system))
    geometry.bytes += [UInt8](repeating: 0xEE, count: [0, 32, 48, 48, 64, 0, 0, 0][envelope])
    return geometry
  }

  private mutating func add(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: isLittle ? value.littleEndian : value.bigEndian) { bytes += Array($0) }
  }

  func begin(_ code: UInt32) -> TestGeometry {
    var copy = self
    copy.bytes.append(isLittle ? 1 : 0)
    copy.add(code)
    return copy
  }

  func count(_ value: Int) -> TestGeometry {
    var copy = self
    copy.add(UInt32(value))
    return copy
  }

  func numbers(_ values: Double...) -> TestGeometry {
    var copy = self
    for value in values { copy.add(value.bitPattern) }
    return copy
  }

  /// A ring of positions, each followed by `extra` more numbers.
  func ring(_ corners: [(Double, Double)], extra: Int = 0) -> TestGeometry {
    var copy = count(corners.count)
    for corner in corners {
      copy = copy.numbers(corner.0, corner.1)
      for _ in 0..<extra { copy = copy.numbers(99) }
    }
    return copy
  }

  var data: Data { Data(bytes) }
}

@Suite("GeoPackage becomes rows")
struct GeoPackageImportTests {
  private let here = Coordinate<WGS84>(latitude: 35.09, longitude: 112.59)!
  private let point = TestGeometry.header().begin(1).numbers(112.59, 35.09).data
  private let corners = [(112.0, 35.0), (113.0, 36.0), (113.0, 35.0), (112.0, 35.0)]

  @Test("of points, whatever their byte order, envelope and dimensions")
  func points() throws {
    var rows: [[(any DatabaseValueConvertible)?]] = []
    for isLittle in [true, false] {
      for envelope in 0...4 {
        for (code, extra) in [
          (UInt32(1), 0), (1_001, 1), (2_001, 1), (3_001, 2), (0x8000_0001, 1), (0xC000_0001, 2),
        ] {
          var geometry = TestGeometry.header(isLittle: isLittle, envelope: envelope).begin(code).numbers(
            112.59, 35.09)
          for _ in 0..<extra { geometry = geometry.numbers(.nan) }
          rows.append([geometry.data, "c\(rows.count)", "甲", nil, nil, nil])
        }
      }
    }
    let file = try TestPackage().read(rows)
    #expect(file.sentences == [])
    #expect(
      file.rows
        == rows.indices.map { .candidate(CandidateRow(id: "c\($0)", name: "甲", coordinate: here)) })
    #expect(file.lines == Array(1...rows.count))
    #expect(file.reading?.format == .geoPackage)
    #expect(file.reading?.ignoredColumns == ["remark"])
  }

  @Test("of areas")
  func areas() throws {
    let package = TestPackage(table: "county", columns: "name TEXT, level TEXT")
    for isLittle in [true, false] {
      for (thousands, extra) in [(UInt32(0), 0), (1_000, 1), (2_000, 1), (3_000, 2)] {
        let start = TestGeometry.header(isLittle: isLittle, envelope: 1)
        let polygon = start.begin(3 + thousands).count(1).ring(corners, extra: extra)
        let multi = start.begin(6 + thousands).count(2)
          .begin(3 + thousands).count(1).ring(corners, extra: extra)
          .begin(3 + thousands).count(1).ring(corners.reversed(), extra: extra)
        let file = try package.read(.boundaries, [[polygon.data, "a", "乡"], [multi.data, "b", nil]])
        guard file.rows.count == 2, case .boundary(let first) = file.rows[0],
          case .boundary(let second) = file.rows[1]
        else {
          Issue.record("\(file.sentences)")
          continue
        }
        #expect(first.level == "township" && second.level == nil)
        #expect(second.polygons.count == 2)
        for polygon in first.polygons + second.polygons {
          #expect(polygon.exterior.count == 3 && polygon.holes.isEmpty && polygon == polygon.normalized)
          #expect(Set(polygon.exterior.map(\.longitude)) == [112, 113])
        }
      }
    }
  }

  @Test("with values as their columns hold them")
  func values() throws {
    let file = try TestPackage().read([
      [point, 17, "乙", 2.0, 10.5, nil], [point, "c", "丙", "3", 1_000, nil], [point, "d", "丁", 2.5, nil, nil],
      [point, "e", Data([1]), nil, nil, nil], [point, nil, "己", nil, nil, nil],
    ])
    #expect(
      file.rows == [
        .candidate(CandidateRow(id: "17", name: "乙", coordinate: here, openingCostFen: 1_050, counters: 2)),
        .candidate(CandidateRow(id: "c", name: "丙", coordinate: here, openingCostFen: 100_000, counters: 3)),
      ])
    #expect(
      file.sentences == [
        "t.gpkg:3: counters \"2.5\": expected a whole number 0...10000",
        "t.gpkg:4: name: binary data; expected a text or a number",
        "t.gpkg:5: candidate_id \"\": expected an id of 1 to 200 bytes without control characters",
      ])
  }

  @Test("or a sentence about the geometry")
  func geometries() throws {
    let start = TestGeometry.header()
    let cases: [(Data?, String)] = [
      (nil, "geometry: no geometry"), (Data(), "geometry: not a geometry of GeoPackage"),
      (Data("GPKG".utf8), "geometry: not a geometry of GeoPackage"),
      (
        TestGeometry.header(envelope: 5).begin(1).numbers(1, 1).data, "geometry: not a geometry of GeoPackage"
      ),
      (
        TestGeometry.header(flags: 0x20).begin(1).numbers(1, 1).data, "geometry: not a geometry of GeoPackage"
      ),
      (TestGeometry.header(flags: 0x10).begin(1).numbers(1, 1).data, "geometry: no geometry"),
      (start.begin(1).numbers(.nan, .nan).data, "geometry: no geometry"),
      (start.begin(1).numbers(1).data, "geometry: a damaged geometry"),
      (start.begin(1_001).numbers(1, 1).data, "geometry: a damaged geometry"),
      (start.begin(5_001).numbers(1, 1).data, "geometry: a damaged geometry"),
      (start.data, "geometry: a damaged geometry"), (start.begin(2).count(0).data, "geometry \"LineString\""),
      (start.begin(7).count(0).data, "geometry \"geometry 7\""),
      (start.begin(3).count(1).ring(corners).data, "geometry \"Polygon\""),
      (
        TestGeometry.header(system: 3857).begin(1).numbers(1, 1).data,
        "geometry: reference system 3857, unlike its table"
      ),
    ]
    for (blob, words) in cases {
      let file = try TestPackage().read([[blob, "c", "甲", nil, nil, nil], [point, "d", "乙", nil, nil, nil]])
      let sentence = file.sentences.first ?? ""
      #expect(
        sentence.hasPrefix("t.gpkg:1: \(words)") && sentence.hasSuffix("expected a Point"), "\(sentence)")
      #expect(file.rows.count == 1)
    }
    let far = try TestPackage().read([[start.begin(1).numbers(35.09, 112.59).data, "c", "甲", nil, nil, nil]])
    #expect(far.sentences.first?.hasSuffix("are longitude and latitude swapped?") == true)
  }

  @Test("or a sentence about the ring, and counts that lie take no memory")
  func rings() throws {
    let start = TestGeometry.header()
    let package = TestPackage(table: "boundaries", columns: "name TEXT")
    let cases: [(TestGeometry, String)] = [
      (start.begin(3).count(0), "geometry: no geometry"), (start.begin(6).count(0), "geometry: no geometry"),
      (start.begin(3).count(0xFFFF_FFFF), "geometry: a damaged geometry"),
      (start.begin(3).count(1).count(0xFFFF_FFFF), "geometry: a damaged geometry"),
      (start.begin(6).count(0xFFFF_FFFF), "geometry: a damaged geometry"),
      (start.begin(6).count(1).begin(1).numbers(1, 1), "geometry: a damaged geometry"),
      (start.begin(3).count(1).ring(Array(corners.dropLast())), "geometry: ring 1 has 3 positions"),
      (start.begin(3).count(1).ring(corners.dropLast() + [(1, 1)]), "geometry: ring 1 is not closed"),
      (start.begin(3).count(1).ring([(.nan, 1)]), "geometry \"nan, 1.0\""),
      (start.begin(1).numbers(1, 1), "geometry \"Point\""),
    ]
    for (geometry, words) in cases {
      let file = try package.read(.boundaries, [[geometry.data, "a"]])
      #expect(
        file.rows.isEmpty && file.sentences.first?.hasPrefix("t.gpkg:1: \(words)") == true,
        "\(file.sentences)")
    }
  }

  @Test("from the table called like the kind, or the only one")
  func tables() throws {
    let row: [(any DatabaseValueConvertible)?] = [point, "c", "甲", nil, nil, nil]
    #expect(try TestPackage(table: "Candidates", others: ["a", "b"]).read([row]).rows.count == 1)
    #expect(try TestPackage(table: "any \"name\"").read([row]).rows.count == 1)
    #expect(
      try TestPackage(table: "x", others: ["a", "b"]).read([row]).sentences == [
        "t.gpkg: \"a, b, x\": expected one feature table, or one called candidates"
      ])
    #expect(
      try TestPackage().read(.places, [row]).sentences == [
        "t.gpkg: place_id, setting, customers \"name, candidate_id, counters, opening_cost_yuan, remark\": "
          + "expected table candidates with place_id, setting, customers"
      ])
    #expect(
      try TestPackage().read(.feedback, []).sentences == [
        "t.gpkg: this is GeoPackage; expected feedback as CSV"
      ])
    #expect(
      try TestPackage(columns: "candidate_id TEXT, name TEXT, 名称 TEXT").read([]).sentences == [
        "t.gpkg: name \"name, 名称\": expected this column once"
      ])
  }

  @Test("in longitude and latitude only")
  func systems() throws {
    let row: [(any DatabaseValueConvertible)?] = [
      TestGeometry.header(system: 4490).begin(1).numbers(112.59, 35.09).data, "c", "甲", nil, nil, nil,
    ]
    #expect(try TestPackage(system: 4490, organization: "EPSG", code: 4490).read([row]).rows.count == 1)
    for (organization, code) in [("EPSG", 3857), ("NONE", 0), ("ESRI", 4326)] {
      let file = try TestPackage(organization: organization, code: code).read([row])
      #expect(
        file.sentences == [
          "t.gpkg: \"\(organization):\(code) a system\": expected table candidates in longitude and latitude, "
            + "EPSG:4326 or EPSG:4490; reproject it first"
        ])
    }
  }

  @Test("and a database that is none, or is damaged, gets a sentence")
  func damage() throws {
    let folder = ScratchFolder()
    let queue = try DatabaseQueue(path: folder.file("t.gpkg"))
    try queue.write { try $0.execute(sql: "CREATE TABLE a (b)") }
    try queue.close()
    #expect(
      try ImportedFile(.places, path: folder.file("t.gpkg")).sentences == [
        "t.gpkg: this is an SQLite database without the tables of a GeoPackage; expected a GeoPackage"
      ])
    let torn = try ImportedFile(.places, bytes: Array("SQLite format 3\0and then nothing".utf8))
    #expect(torn.sentences.first?.hasPrefix("t.csv: the GeoPackage is damaged (") == true)
  }

  @Test("while a database error of its caller's is thrown on")
  func callersErrors() throws {
    let folder = ScratchFolder()
    try TestPackage().write(
      to: folder.file("t.gpkg"), [[point, "c", "甲", nil, nil, nil], [nil, "d", "乙", nil, nil, nil]])
    let theirs = DatabaseError(resultCode: .SQLITE_FULL)
    #expect {
      try readFile(.candidates, path: folder.file("t.gpkg"), report: { _ in }, row: { _, _ in throw theirs })
    } throws: {
      ($0 as? DatabaseError)?.resultCode == .SQLITE_FULL
    }
    #expect {
      try readFile(.candidates, path: folder.file("t.gpkg"), report: { _ in throw theirs }, row: { _, _ in })
    } throws: {
      ($0 as? DatabaseError)?.resultCode == .SQLITE_FULL
    }
  }
}

@Suite(
  "GeoPackages of the OGC's conformance suite",
  .enabled(if: sharedData != nil, "set PAYCIRCLE_SHARED_DATA to the folder of shared data to run these"))
struct SharedGeoPackageTests {
  @Test(
    "never crash, and a foreign one is refused", arguments: sharedFiles("formats/gpkg", endingIn: ".gpkg"))
  func files(path: String) throws {
    for kind in ImportKind.allCases {
      let file = try ImportedFile(kind, path: path)
      #expect(!file.sentences.isEmpty && file.rows.isEmpty, "none of them has our columns")
    }
  }
}
