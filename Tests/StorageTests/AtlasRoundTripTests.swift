import Foundation
import GRDB
import Geo
import Planning
import Testing
import Words

@testable import Storage

/// What goes out of an atlas comes back in as it was: as an atlas, as CSV and as GeoJSON, in each datum.
@Suite("An atlas comes back in")
struct AtlasRoundTripTests {
  private static let stamp = "2015-12-31T00:00:00Z"
  /// Three villages called alike, two of them their own, with names a spreadsheet program would run as formulas.
  private static let places = """
    place_id,name,setting,longitude,latitude,customers,township,village,village_code,terrain,arrears_yuan
    '-1,'=SUM(A1),village,112.6,35.1,120,北乡,,,hill,0.07
    a,''@home,village,112.5,35.1,80,北乡,甲村,419001,plain,
    b,'plain,village,112.52,35.1,80,北乡,,,plain,0
    c,'plain,village,112.55,35.1,80,北乡,,,plain,1234567.80
    """
  private static let points = """
    point_id,name,kind,longitude,latitude,place_id,monthly_cost_yuan,fee_per_payment_yuan,status,methods,hours,phone
    p,+86,shop,112.601,35.101,'-1,120.50,0.05,suspended,cash;qr,24/7,+86 391-000 0000
    """
  private static let candidates = """
    candidate_id,name,longitude,latitude,opening_cost_yuan,monthly_cost_yuan
    k,甲,112.6,35.1,10000000000,3
    l,乙,112.6,35.1,,
    """

  private let folder = ScratchFolder()

  @discardableResult
  private func load(
    _ kind: ImportKind, _ file: String, into atlas: String, datum: ImportDatum = .wgs84
  ) throws -> ImportResult {
    var request = ImportRequest(kind: kind, files: [file], stamp: Self.stamp)
    request.options.datum = datum
    let result = try request.run(into: folder.file(atlas))
    #expect(!result.isRefused, "\(result.problems.map(\.sentence.english))")
    return result
  }

  private func makeAtlas() throws {
    try load(.places, folder.write(Self.places, to: "places.csv"), into: "a.gpkg")
    try load(.points, folder.write(Self.points, to: "points.csv"), into: "a.gpkg")
    try load(.candidates, folder.write(Self.candidates, to: "candidates.csv"), into: "a.gpkg")
  }

  /// The rows of a table, without the numbers of the rows; positions too where `exactly`.
  private func rows(_ table: String, of atlas: String, exactly: Bool) throws -> [[DatabaseValue]] {
    let queue = try DatabaseQueue(path: folder.file(atlas))
    return try queue.read { db in
      let columns = try db.columns(in: table).map(\.name).filter { $0 != "fid" && (exactly || $0 != "geom") }
      return try Row.fetchAll(
        db, sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table) ORDER BY 1, 2"
      ).map { row in row.map(\.1) }
    }
  }

  private static let kinds: [(ImportKind, ExportLayer)] = [
    (.places, .places), (.points, .points), (.candidates, .candidates),
  ]

  @Test("the apostrophe of a spreadsheet program is no part of a text")
  func apostrophes() throws {
    try makeAtlas()
    let network = try Atlas(path: folder.file("a.gpkg")).network()
    #expect((0..<4).map { network.places.ids[$0] } == ["-1", "a", "b", "c"])
    #expect((0..<4).map { network.places.names[$0] } == ["=SUM(A1)", "'@home", "'plain", "'plain"])
  }

  @Test("an atlas made before points had phones is read, and has them once something is imported")
  func olderAtlas() throws {
    let atlas = folder.file("a.gpkg")
    try load(.places, folder.write(Self.places, to: "places.csv"), into: "a.gpkg")
    try load(.points, folder.write(Self.points, to: "points.csv"), into: "a.gpkg")
    #expect(try Atlas(path: atlas).network().points.phones[0] == "+86 391-000 0000")
    try DatabaseQueue(path: atlas).writeWithoutTransaction { db in
      try db.execute(sql: "ALTER TABLE points DROP COLUMN phone")
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '7 %'")
    }
    #expect(try Atlas(path: atlas).network().points.phones[0].isEmpty)
    try load(.points, folder.file("points.csv"), into: "a.gpkg")
    #expect(try Atlas(path: atlas).network().points.phones[0] == "+86 391-000 0000")
  }

  @Test("as a GeoPackage, to the last bit and fen")
  func asGeoPackage() throws {
    try makeAtlas()
    for (kind, _) in Self.kinds {
      let result = try load(kind, folder.file("a.gpkg"), into: "b.gpkg")
      #expect(result.ignoredColumns.isEmpty, "\(result.ignoredColumns)")
      #expect(
        try rows(kind.rawValue, of: "b.gpkg", exactly: true)
          == rows(kind.rawValue, of: "a.gpkg", exactly: true))
    }
  }

  // A GeoPackage in another datum has no system that its reader could go by.
  @Test(
    "as CSV and GeoJSON in each datum, and as GeoPackage",
    arguments: [ExportFormat.geojson, .csv].flatMap { format in ExportDatum.allCases.map { (format, $0) } }
      + [(.gpkg, .wgs84)])
  func asExport(format: ExportFormat, datum: ExportDatum) throws {
    try makeAtlas()
    let network = try Atlas(path: folder.file("a.gpkg")).network()
    for (kind, layer) in Self.kinds {
      let file = folder.file("\(kind.rawValue).out")
      let contents = ExportContents(network, coverage(of: network, CoverageOptions()))
      try export([layer], as: format, contents, datum: datum, to: file)
      let back = try #require(ImportDatum(rawValue: datum.rawValue))
      try load(kind, file, into: "b.gpkg", datum: back)
      #expect(
        try rows(kind.rawValue, of: "b.gpkg", exactly: false)
          == rows(kind.rawValue, of: "a.gpkg", exactly: false))
    }
    let again = try Atlas(path: folder.file("b.gpkg")).network()
    // No village was made of the names of its places.
    #expect(again.places.villages == network.places.villages)
    for i in 0..<network.places.count {
      #expect(again.places.coordinate(of: i).distance(to: network.places.coordinate(of: i)).meters < 0.05)
    }
  }

  @Test("money that is no whole number of fen is a problem, and so is more than there can be")
  func fen() throws {
    var package = TestPackage()
    package.columns = "candidate_id TEXT, name TEXT, opening_cost_fen, monthly_cost_fen"
    let point = TestGeometry.header().begin(1).numbers(112.5, 35.1).bytes
    let file = try package.read([
      [Data(point), "a", "n", 1_205, nil], [Data(point), "b", "n", 12.5, nil],
      [Data(point), "c", "n", nil, 1_000_000_000_001],
    ])
    #expect(file.rows.count == 1)
    guard case .candidate(let row) = file.row else {
      Issue.record("not a candidate")
      return
    }
    #expect(row.openingCostFen == 1_205 && row.monthlyCostFen == nil)
    #expect(
      file.sentences == [
        "t.gpkg:2: opening_cost_yuan \"12.5\": expected whole fen in the column opening_cost_fen",
        "t.gpkg:3: monthly_cost_yuan \"10000000000.01\": expected yuan 0...10000000000 with at most two decimals",
      ])
  }

  @Test("a table in another frame says so, and is not taken for WGS-84")
  func statedDatum() throws {
    let text = "candidate_id,name,longitude,latitude,datum\nc,甲,112.5,35.1,"
    #expect(
      try ImportedFile(.candidates, text + "gcj02").sentences == [
        "t.csv:2: datum \"gcj02\": expected the frame that was asked for, wgs84 (--datum says which)"
      ])
    #expect(try ImportedFile(.candidates, text + "绝密", datum: .bd09).problems.count == 1)
    for (stated, asked) in [
      ("gcj02", ImportDatum.gcj02), ("GCJ-02", .gcj02), ("", .bd09), ("CGCS2000", .wgs84),
      ("WGS 84", .cgcs2000),
    ] {
      #expect(try ImportedFile(.candidates, text + stated, datum: asked).rows.count == 1, "\(stated)")
    }
  }

  @Test(
    "what another program wrote past all bounds is damage, not an overflow",
    arguments: [
      "places SET customers = 9223372036854775807", "places SET arrears_fen = 9223372036854775807",
      "points SET monthly_cost_fen = 9223372036854775807",
      "candidates SET opening_cost_fen = 9223372036854775807",
    ])
  func outOfRange(change: String) throws {
    try makeAtlas()
    let queue = try DatabaseQueue(path: folder.file("a.gpkg"))
    try queue.write { db in
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: "UPDATE \(change)")
    }
    try queue.close()
    do {
      _ = try Atlas(path: folder.file("a.gpkg")).network()
      Issue.record("read")
    } catch {
      #expect(error.sentence.english.contains("9223372036854775807 is outside 0..."))
    }
  }
}
