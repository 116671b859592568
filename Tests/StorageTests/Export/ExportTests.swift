import Foundation
import Geo
import Planning
import TestSupport
import Testing
import Travel

@testable import Storage

@Suite("Export")
struct ExportTests {
  let folder = ScratchFolder()

  private func written(
    _ layer: ExportLayer, _ sketch: ExportSketch, as format: ExportFormat = .geojson,
    datum: ExportDatum = .wgs84
  ) throws -> Data {
    let name = "\(layer).\(format)"
    var contents = ExportContents(sketch.network, sketch.coverage)
    contents.circles = sketch.circles
    contents.plan = sketch.plan
    try export([layer], as: format, contents, datum: datum, to: folder.file(name))
    return try #require(folder.bytes(name))
  }

  private func expectEqual(_ found: [String: Any], _ expected: [String: Any]) {
    #expect(NSDictionary(dictionary: found) == NSDictionary(dictionary: expected))
  }

  @Test(
    "writes GeoJSON that a strict reader finds nothing wrong with", arguments: ExportLayer.allCases,
    ExportDatum.allCases)
  func validGeoJSON(layer: ExportLayer, datum: ExportDatum) throws {
    let judge = GeoJSONJudge(try written(layer, ExportSketch.county(), datum: datum))
    #expect(judge.complaints.isEmpty)
    #expect(!judge.features.isEmpty)
    #expect(judge.document["datum"] as? String == (datum == .wgs84 ? nil : datum.rawValue))
  }

  @Test("a plan that was damaged, or lies nowhere, is none")
  func damagedPlan() throws {
    let site = #"{"candidate_id": "c", "order": 1, "gain": 1, "name": "x", "longitude": 112, "latitude": 35}"#
    let plan = try #require(StoredPlan(name: "a", document: "{\"chosen\": [\(site)]}"))
    #expect(plan.sites.map(\.id) == ["c"] && plan.sites[0].costFen == nil)
    for document in [
      "", "{}", "[]", "{\"chosen\": [{}]}", "{\"chosen\": [\(site.replacing("35", with: "95"))]}",
      "{\"chosen\": [\(site.replacing("\"gain\"", with: "\"cost_yuan\": 1e300, \"gain\""))]}",
      "{\"chosen\": [\(site.replacing(": 1,", with: ": 1e300,"))]}",
    ] {
      #expect(StoredPlan(name: "a", document: document) == nil, "\(document)")
    }
    #expect(StoredPlan(name: "", document: plan.document) == nil)
    let point = #"{"point_id": "p", "loss": 1, "name": "x", "longitude": 112, "latitude": 35}"#
    let closing = StoredPlan(name: "a", document: "{\"chosen\": [\(site)], \"closed\": [\(point)]}")
    #expect(closing?.closed.map(\.id) == ["p"] && closing?.closed[0].movesTo == nil)
    let nowhere = point.replacing("35", with: "-95")
    #expect(StoredPlan(name: "a", document: "{\"chosen\": [], \"closed\": [\(nowhere)]}") == nil)
  }

  @Test("writes a network of nothing as a file of nothing", arguments: ExportLayer.allCases)
  func empty(layer: ExportLayer) throws {
    let judge = GeoJSONJudge(try written(layer, ExportSketch()))
    #expect(judge.complaints.isEmpty)
    #expect(judge.features.isEmpty)
    #expect(csvRows(try written(layer, ExportSketch(), as: .csv))?.count == 1)
  }

  @Test("gives each place its verdict, with null for what there is not")
  func places() throws {
    let judge = GeoJSONJudge(try written(.places, ExportSketch.county()))
    expectEqual(
      judge.properties[0],
      [
        "place_id": "A1", "name": "东街社区", "setting": "town", "customers": 120, "township": "济水街道",
        "village": "东街社区", "terrain": "hill", "fee_control_share": 0.504, "online_share": NSNull(),
        "elderly_share": NSNull(), "arrears_yuan": 1234.56, "served": true, "seconds": 300, "meters": 288,
        "nearest_point_id": "P2", "reason": NSNull(), "village_code": NSNull(),
      ])
    #expect(judge.properties[1]["served"] as? Bool == false)
    #expect(judge.properties[1]["nearest_point_id"] as? String == "P1")
    #expect(judge.properties[1]["reason"] as? String == "no_point_in_village")
    for column in ["seconds", "meters", "nearest_point_id", "township"] {
      #expect(judge.properties[2][column] is NSNull, "\(column)")
    }
    #expect(judge.properties[2]["reason"] as? String == "unreachable")
    let geometry = judge.features[0]["geometry"] as? [String: Any]
    #expect(geometry?["coordinates"] as? [Double] == [112.5912345, 35.0912345])
  }

  @Test("exports as uncovered the places that are not served")
  func uncovered() throws {
    let judge = GeoJSONJudge(try written(.uncovered, ExportSketch.county()))
    #expect(judge.properties.map { $0["place_id"] as? String } == ["A2", "A3"])
  }

  @Test("gives each point what is known of it and whether it counts")
  func points() throws {
    let judge = GeoJSONJudge(try written(.points, ExportSketch.county()))
    expectEqual(
      judge.properties[0],
      [
        "point_id": "P1", "name": "小卖部", "kind": "shop", "operator": "邮政", "methods": "cash;qr",
        "hours": "Mo-Su 08:00-20:00", "counters": NSNull(), "status": "active", "place_id": "A2",
        "monthly_cost_yuan": NSNull(), "fee_per_payment_yuan": NSNull(), "opened_on": NSNull(),
        "closed_on": NSNull(), "phone": NSNull(), "counts": true,
      ])
    #expect(judge.properties[1]["counts"] as? Bool == false)
    #expect(judge.properties[1]["hours"] is NSNull)
    #expect(judge.properties[1]["place_id"] is NSNull)
  }

  @Test("gives candidates their costs in yuan")
  func candidates() throws {
    let judge = GeoJSONJudge(try written(.candidates, ExportSketch.county()))
    expectEqual(
      judge.properties[0],
      [
        "candidate_id": "C1", "name": "-1+2", "kind": "postal", "place_id": "A1",
        "opening_cost_yuan": 12345.5,
        "monthly_cost_yuan": NSNull(), "counters": 2,
      ])
  }

  @Test("writes circles with their holes and what they mean")
  func circles() throws {
    let judge = GeoJSONJudge(try written(.circles, ExportSketch.county()))
    let rings = judge.features.map { feature in
      ((feature["geometry"] as? [String: Any])?["coordinates"] as? [Any])?.count
    }
    #expect(rings == [2, 1])
    #expect(
      judge.properties[1] as NSDictionary == ["circle": 2, "within_seconds": 600, "mode": "walk"]
        as NSDictionary)
  }

  /// The first point with an area of one polygon that has a hole, the third with two, the fourth with none; the second does
  /// not count.
  private func pointCircles() throws -> (sketch: ExportSketch, circles: [PointCircle]) {
    var sketch = try ExportSketch.county()
    try sketch.addPoint("P3", name: "=hall", at: 35.2, 112.8)
    try sketch.addPoint("P4", name: "out, of \"reach\"", at: 36, 113)
    let circles = sketch.circles
    return (
      sketch,
      [
        .init(point: 0, polygons: [circles[0]]), .init(point: 2, polygons: circles),
        .init(point: 3, polygons: []),
      ]
    )
  }

  private func writtenEach(_ format: ExportFormat, datum: ExportDatum = .wgs84) throws -> Data {
    let (sketch, circles) = try pointCircles()
    var contents = ExportContents(sketch.network, sketch.coverage)
    contents.pointCircles = circles
    try export([.circles], as: format, contents, datum: datum, to: folder.file("each.\(format)"))
    return try #require(folder.bytes("each.\(format)"))
  }

  @Test(
    "writes the circle of each point by itself: a polygon, several, or none", arguments: ExportDatum.allCases)
  func eachCircle(datum: ExportDatum) throws {
    let judge = GeoJSONJudge(try writtenEach(.geojson, datum: datum))
    #expect(judge.complaints.isEmpty)
    let geometries = judge.features.map { $0["geometry"] as? [String: Any] }
    #expect(geometries.map { $0?["type"] as? String } == ["Polygon", "MultiPolygon", nil])
    let merged = GeoJSONJudge(try written(.circles, ExportSketch.county(), datum: datum)).features.map {
      (($0["geometry"] as? [String: Any])?["coordinates"] as? [Any] ?? []) as NSArray
    }
    #expect(geometries[0]?["coordinates"] as? NSArray == merged[0])
    #expect(geometries[1]?["coordinates"] as? NSArray == merged as NSArray)
    for (row, id) in ["P1", "P3", "P4"].enumerated() {
      expectEqual(
        judge.properties[row],
        [
          "point_id": id, "name": ["小卖部", "=hall", "out, of \"reach\""][row], "within_seconds": 600,
          "mode": "walk",
        ])
    }
  }

  @Test("writes the circles of points in CSV as well-known text")
  func eachCircleInCSV() throws {
    let rows = try #require(csvRows(try writtenEach(.csv)))
    #expect(rows[0] == ["point_id", "name", "within_seconds", "mode", "wkt"])
    let merged = try #require(csvRows(try written(.circles, ExportSketch.county(), as: .csv))).dropFirst().map
    {
      $0[3].dropFirst("POLYGON ".count)
    }
    #expect(rows[1][4] == "POLYGON " + merged[0])
    #expect(rows[2][4] == "MULTIPOLYGON (" + merged.joined(separator: ", ") + ")")
    #expect(rows[3] == ["P4", "out, of \"reach\"", "600", "walk", ""])
  }

  @Test("a circle on the 180th meridian, in two polygons, has its box the narrow way around")
  func boxOfBothSides() throws {
    var sketch = ExportSketch()
    try sketch.addPoint("P", name: "Fiji", at: -17, 179.999)
    let circle = PointCircle(
      point: 0,
      polygons: try coverageArea(around: [sketch.network.points.coordinate(of: 0)], radii: [.meters(1_000)]))
    #expect(circle.polygons.count == 2)
    var contents = ExportContents(sketch.network, sketch.coverage)
    contents.pointCircles = [circle]
    try export([.circles], as: .geojson, contents, to: folder.file("fiji.geojson"))
    let document = GeoJSONJudge(try #require(folder.bytes("fiji.geojson"))).document
    let box = try #require(document["bbox"] as? [Double])
    #expect(box[0] > 179.98 && box[0] < 180 && box[2] < -179.98 && box[2] > -180)
    contents.pointCircles = [.init(point: 0, polygons: [])]
    try export([.circles], as: .geojson, contents, to: folder.file("nowhere.geojson"))
    let nowhere = GeoJSONJudge(try #require(folder.bytes("nowhere.geojson")))
    #expect(nowhere.complaints.isEmpty && nowhere.features.count == 1 && nowhere.document["bbox"] == nil)
  }

  @Test("converts positions to the datum asked for, and names it", arguments: [ExportDatum.gcj02, .bd09])
  func datum(datum: ExportDatum) throws {
    let sketch = try ExportSketch.county()
    let judge = GeoJSONJudge(try written(.places, sketch, datum: datum))
    for (row, feature) in judge.features.enumerated() {
      let position = try #require((feature["geometry"] as? [String: Any])?["coordinates"] as? [Double])
      let place = sketch.network.places.coordinate(of: row)
      let expected =
        datum == .gcj02
        ? (place.gcj02.longitude, place.gcj02.latitude) : (place.bd09.longitude, place.bd09.latitude)
      #expect(abs(position[0] - expected.0) < 5.1e-8)
      #expect(abs(position[1] - expected.1) < 5.1e-8)
    }
    let rows = try #require(csvRows(try written(.places, sketch, as: .csv, datum: datum)))
    let column = try #require(rows[0].firstIndex(of: "datum"))
    #expect(rows.dropFirst().allSatisfy { $0[column] == datum.rawValue })
  }

  @Test("says at the top of the file that data are made up")
  func synthetic() throws {
    var sketch = try ExportSketch.county()
    #expect(GeoJSONJudge(try written(.places, sketch)).document["note"] == nil)
    sketch.network.sources = [
      DataSource(kind: "places", file: "p.csv", sha256: "", rows: 3, isSynthetic: true)
    ]
    let note = GeoJSONJudge(try written(.places, sketch)).document["note"] as? String
    #expect(note?.contains("Synthetic") == true)
    let rows = try #require(csvRows(try written(.places, sketch, as: .csv)))
    #expect(rows[0].last == "note")
    #expect(rows.dropFirst().allSatisfy { $0.last == note })
  }

  @Test(
    "writes one feature a line, the same bytes every time", arguments: ExportLayer.allCases,
    [ExportFormat.geojson, .csv])
  func deterministic(layer: ExportLayer, format: ExportFormat) throws {
    let sketch = try ExportSketch.county()
    let first = try written(layer, sketch, as: format)
    #expect(try written(layer, sketch, as: format) == first)
    guard format == .geojson else { return }
    let lines = String(decoding: first, as: UTF8.self).split(separator: "\n")
    #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix("{\"type\": \"Feature\"") })
    #expect(lines.count == GeoJSONJudge(first).features.count + 2)
  }

  @Test(
    "says the same in CSV as in GeoJSON",
    arguments: [ExportLayer.places, .points, .candidates, .uncovered, .plan])
  func sameInBoth(layer: ExportLayer) throws {
    let sketch = try ExportSketch.county()
    let features = GeoJSONJudge(try written(layer, sketch)).features
    let rows = try #require(csvRows(try written(layer, sketch, as: .csv)))
    #expect(rows.count == features.count + 1)
    for (row, feature) in zip(rows.dropFirst(), features) {
      let properties = try #require(feature["properties"] as? [String: Any])
      for (column, cell) in zip(rows[0], row) {
        switch (column, properties[column]) {
        case ("longitude", _), ("latitude", _):
          let position = (feature["geometry"] as? [String: Any])?["coordinates"] as? [Double]
          #expect(Double(cell) == position?[column == "longitude" ? 0 : 1])
        case (_, is NSNull): #expect(cell == "", "\(column)")
        case (_, let value as String): #expect(cell == value || cell == "'" + value, "\(column)")
        case (_, let value as NSNumber):
          #expect(
            Double(cell) == value.doubleValue || cell == "\(value)" || (cell == "true") == value.boolValue,
            "\(column)")
        default: Issue.record("\(column) is not in the GeoJSON")
        }
      }
    }
  }

  @Test(
    "makes cells harmless that a spreadsheet program would run",
    arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
  func harmless(text: String) {
    #expect(CSVCell.quoted(text).contains("'" + text))
  }

  @Test(
    "quotes the cells that need it, and no others",
    arguments: [
      ("", ""), ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
      ("a=b", "a=b"),
      ("=a,b", "\"'=a,b\""),
      // A quotation mark and an accent are one character to people, and two to the file.
      ("\"\u{301}", "\"\"\"\u{301}\""),
    ])
  func quoting(text: String, cell: String) {
    #expect(CSVCell.quoted(text).unicodeScalars.elementsEqual(cell.unicodeScalars))
  }

  @Test("leaves numbers numbers, negative ones too")
  func negativeNumbers() throws {
    let rows = try #require(csvRows(try written(.places, ExportSketch.county(), as: .csv)))
    let column = try #require(rows[0].firstIndex(of: "longitude"))
    #expect(rows[2][column] == "-112.25")
    #expect(rows[2][column + 1] == "-35.5")
  }

  @Test("writes circles in CSV as well-known text with the same corners")
  func wellKnownText() throws {
    let sketch = try ExportSketch.county()
    let rows = try #require(csvRows(try written(.circles, sketch, as: .csv)))
    #expect(rows[0] == ["circle", "within_seconds", "mode", "wkt"])
    for (row, circle) in zip(rows.dropFirst(), sketch.circles) {
      #expect(row[3].hasPrefix("POLYGON (("))
      let numbers = row[3].split { "POLYGN(), ".contains($0) }.compactMap { Double($0) }
      let corners = ([circle.exterior] + circle.holes).flatMap { $0 + [$0[0]] }
      #expect(numbers == corners.flatMap { [$0.longitude, $0.latitude] })
    }
  }

  @Test("keeps every name, whatever it is made of", arguments: 0..<10)
  func anyNames(seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let sketch = ExportSketch.anyNames(60, using: &rng)
    let judge = GeoJSONJudge(try written(.places, sketch))
    #expect(judge.complaints.isEmpty)
    let rows = try #require(csvRows(try written(.places, sketch, as: .csv)))
    #expect(rows.count == 61)
    for row in 0..<60 {
      let name = sketch.network.places.names[row]
      #expect((judge.properties[row]["name"] as? String).map { Array($0.utf8) } == Array(name.utf8))
      // Apostrophes that stand there already count as what hides a formula, so that the import can take one away.
      let isFormula = name.utf8.first { $0 != UInt8(ascii: "'") }.map { "=+-@\t\r".utf8.contains($0) } == true
      #expect(Array(rows[row + 1][1].utf8) == Array((isFormula ? "'" + name : name).utf8))
    }
  }

  @Test("writes positions in the shortest digits that have seven decimals")
  func digits() {
    for (units, text) in [
      (0, "0"), (1, "0.0000001"), (-1, "-0.0000001"), (1_125_903_000, "112.5903"), (-1_800_000_000, "-180"),
      (10_000_001, "1.0000001"), (-5_000_000, "-0.5"),
    ] {
      #expect(PositionWriter.text(units) == text)
    }
  }

  @Test(
    "is read by GDAL without a warning",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo")),
    arguments: ExportLayer.allCases, [ExportFormat.geojson, .csv, .gpkg, .kml])
  func gdal(layer: ExportLayer, format: ExportFormat) throws {
    let sketch = try ExportSketch.county()
    _ = try written(layer, sketch, as: format)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/ogrinfo")
    process.arguments = ["-ro", "-al", "-so", folder.file("\(layer).\(format)")]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(!text.contains("Warning") && !text.contains("ERROR"), "\(text)")
    let counts = [ExportLayer.places: 3, .points: 2, .candidates: 2, .uncovered: 2, .circles: 2, .plan: 3]
    #expect(text.contains("Feature Count: \(counts[layer]!)\n"), "\(text)")
  }
}
