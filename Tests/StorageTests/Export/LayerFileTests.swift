import Foundation
import FoundationXML
import GRDB
import Geo
import Planning
import Testing
import Words

@testable import Storage

@Suite("Layers for other programs: GeoPackage, KML, workbooks")
struct LayerFileTests {
  let folder = ScratchFolder()

  private func contents(_ sketch: ExportSketch) -> ExportContents {
    var contents = ExportContents(sketch.network, sketch.coverage)
    contents.circles = sketch.circles
    contents.plan = sketch.plan
    return contents
  }

  private func kml(_ contents: ExportContents, _ datum: ExportDatum = .wgs84) throws -> XMLElement {
    try export(ExportLayer.allCases, as: .kml, contents, datum: datum, in: .chinese, to: folder.file("a.kml"))
    let bytes = try #require(folder.bytes("a.kml"))
    return try #require(try XMLDocument(data: bytes).rootElement())
  }

  @Test(
    "a GeoPackage holds the rows of every layer, at the positions of the GeoJSON, with a style each",
    arguments: ExportDatum.allCases)
  func geoPackage(datum: ExportDatum) throws {
    let contents = contents(try ExportSketch.county())
    let file = folder.file("a.gpkg")
    try export(ExportLayer.allCases, as: .gpkg, contents, datum: datum, in: .chinese, to: file)
    let system = datum == .wgs84 ? 4326 : 0
    try DatabaseQueue(path: file).read { db in
      for layer in ExportLayer.allCases {
        try export([layer], as: .geojson, contents, datum: datum, to: folder.file("a.geojson"))
        let features = GeoJSONJudge(try #require(folder.bytes("a.geojson"))).features
        let rows = try Row.fetchAll(db, sql: "SELECT * FROM \"\(layer.rawValue)\" ORDER BY fid")
        #expect(rows.count == features.count)
        let found = try String.fetchOne(
          db, sql: "SELECT styleQML FROM layer_styles WHERE f_table_name = ? AND useAsDefault = 1",
          arguments: [layer.rawValue])
        let style = try #require(found)
        #expect(try XMLDocument(xmlString: style).rootElement()?.name == "qgis")
        #expect(
          try Int.fetchOne(
            db, sql: "SELECT srs_id FROM gpkg_contents WHERE table_name = ?", arguments: [layer.rawValue])
            == system)
        #expect(
          try Int.fetchOne(db, sql: "SELECT count(*) FROM \"rtree_\(layer.rawValue)_geom\"") == rows.count)
        guard layer != .circles else { continue }
        for (row, feature) in zip(rows, features) {
          let blob: Data = row["geom"]
          let read = blob.withUnsafeBytes { GeometryBlob.point($0) }
          let (longitude, latitude) = try #require(read)
          let geometry = try #require(feature["geometry"] as? [String: Any])
          #expect(geometry["coordinates"] as? [Double] == [longitude, latitude])
          let properties = try #require(feature["properties"] as? [String: Any])
          #expect(row["name"] as String? == properties["name"] as? String)
        }
      }
    }
  }

  @Test(
    "the same layers make the same bytes, and take the place of the file before",
    arguments: [ExportFormat.gpkg, .kml, .xlsx])
  func sameBytes(format: ExportFormat) throws {
    let contents = contents(try ExportSketch.county())
    let layers: [ExportLayer] = format.holdsManyLayers ? ExportLayer.allCases : [.places]
    for name in ["a", "b.kmz"] {
      let path = folder.write("what was there", to: name)
      try export(layers, as: format, contents, to: path)
      let first = folder.bytes(name)
      try export(layers, as: format, contents, to: path)
      #expect(folder.bytes(name) == first)
    }
    #expect(folder.names == ["a", "b.kmz"])
  }

  @Test("a network of nothing is a file of nothing", arguments: [ExportFormat.gpkg, .kml, .xlsx])
  func empty(format: ExportFormat) throws {
    let layers: [ExportLayer] = format.holdsManyLayers ? ExportLayer.allCases : [.points]
    try export(layers, as: format, contents(ExportSketch()), to: folder.file("a"))
    #expect(try #require(folder.bytes("a")).count > 0)
  }

  @Test("what cannot be written leaves nothing", arguments: [ExportFormat.gpkg, .kml, .xlsx])
  func cannotWrite(format: ExportFormat) throws {
    let contents = contents(try ExportSketch.county())
    for path in [folder.path, folder.file("no/such/folder/a"), folder.file("no/a.kmz")] {
      #expect(throws: ExportError.self) { try export([.points], as: format, contents, to: path) }
    }
    #expect(folder.names.isEmpty)
  }

  @Test("KML has a folder a layer, a sign for each row, and positions in longitude, latitude")
  func placemarks() throws {
    let sketch = try ExportSketch.county()
    let document = try #require(try kml(contents(sketch)).elements(forName: "Document").first)
    let folders = document.elements(forName: "Folder")
    #expect(folders.count == ExportLayer.allCases.count)
    let ids = Set(document.elements(forName: "Style").compactMap { $0.attributes?.first?.stringValue })
    for folder in folders {
      for mark in folder.elements(forName: "Placemark") {
        let style = try #require(mark.elements(forName: "styleUrl").first?.stringValue)
        #expect(ids.contains(String(style.dropFirst())))
      }
    }
    let points = folders[1].elements(forName: "Placemark")
    #expect(points.count == sketch.network.points.count)
    let position = try #require(
      points.first?.elements(forName: "Point").first?.elements(forName: "coordinates").first?.stringValue)
    let first = sketch.network.points.coordinate(of: 0)
    let parts = position.split(separator: ",").compactMap { Double($0) }
    #expect(abs(parts[0] - first.longitude) < 1e-7 && abs(parts[1] - first.latitude) < 1e-7)
  }

  @Test("what XML reserves, and what it cannot hold, does not break KML")
  func reserved() throws {
    var sketch = try ExportSketch.county()
    let name = "<b>&\"]]>'\u{1}\u{FFFE}北村\u{2028}𠮷"
    var names = TextColumn()
    for _ in 0..<sketch.network.points.count { names.append(name) }
    sketch.network.points.names = names
    let document = try #require(try kml(contents(sketch)).elements(forName: "Document").first)
    let mark = try #require(document.elements(forName: "Folder")[1].elements(forName: "Placemark").first)
    #expect(mark.elements(forName: "name").first?.stringValue == "<b>&\"]]>'北村\u{2028}𠮷")
  }

  @Test("every column of every layer has a heading in both languages", arguments: ExportLayer.allCases)
  func headings(layer: ExportLayer) throws {
    let sketch = try ExportSketch.county()
    for each in [nil, [PointCircle]()] {
      let table = ExportTable(layer, sketch.network, sketch.coverage, [], each, sketch.plan)
      for column in table.columns {
        let words = try #require(ColumnWord(rawValue: column)?.words, "\(column) has no heading")
        #expect(words[.chinese].unicodeScalars.contains { $0.value > 0x2E80 }, "\(column)")
        #expect(words[.english].allSatisfy(\.isASCII) && !words[.english].contains("_"), "\(column)")
      }
    }
  }

  @Test("a plan's points that close look otherwise than its sites, on the globe and in QGIS")
  func planSigns() throws {
    let style = LayerStyle(.plan, in: .chinese)
    let columns = ["action"]
    func sign(_ action: String) throws -> LayerStyle.Class {
      style.classes[try #require(style.index(of: [.text(action)], columns))]
    }
    #expect(try sign("open").shape == sign("move_here").shape)
    #expect(try sign("close").shape != sign("open").shape && sign("close").icon != sign("open").icon)
    #expect(try sign("move_away").label == "迁出")
    #expect(ExportWords.text("close", column: "action", in: .chinese) == "关闭")
    #expect(ExportWords.text("close", column: "name", in: .chinese) == "close")
  }

  @Test("a balloon says hours in words and ways in minutes, rounded up; the data for programs stay")
  func balloons() throws {
    var sketch = try ExportSketch.county()
    try sketch.addPoint("zz", name: "小店", at: 35.001, 112.001, hours: "Mo-Fr 08:30-17:30")
    var contents = contents(sketch)
    contents.hoursInWords = { Bilingual(en: "open \($0.text)", zh: "时间 \($0.text)") }
    let document = try #require(try kml(contents).elements(forName: "Document").first)
    let marks = document.elements(forName: "Folder").flatMap { $0.elements(forName: "Placemark") }
    #expect(marks.allSatisfy { $0.elements(forName: "name").first?.stringValue?.isEmpty == false })
    func datum(_ mark: XMLElement, _ name: String) -> String? {
      mark.elements(forName: "ExtendedData").first?.elements(forName: "Data").first {
        $0.attributes?.first?.stringValue == name
      }?.elements(forName: "value").first?.stringValue
    }
    var (hours, minutes) = (0, 0)
    for mark in marks {
      let balloon = try #require(mark.elements(forName: "description").first?.stringValue)
      if let text = datum(mark, "hours") {
        hours += 1
        #expect(balloon.contains("<td>时间 \(text)</td>"))
      }
      if let seconds = datum(mark, "seconds").flatMap({ Int($0) }) {
        minutes += 1
        let tenths = (seconds + 5) / 6
        #expect(balloon.contains("到最近网点（分钟）</th><td>\(tenths / 10).\(tenths % 10)</td>"), "\(balloon)")
      }
    }
    #expect(hours > 0 && minutes > 0)
  }

  @Test("a tab's name has nothing that spreadsheet programs refuse, and none twice")
  func tabNames() {
    var taken: Set<String> = []
    func name(_ text: String, _ number: Int) -> String {
      SpreadsheetExport.tabName(text, number: number, taken: &taken)
    }
    #expect(name("村/社区", 1) == "村社区")
    #expect(name("[a]:*?\\", 2) == "a")
    #expect(name("A", 3) == "A 3")
    #expect(name("", 4) == "4")
    #expect(name(String(repeating: "长", count: 40), 5).utf16.count <= 31)
  }

  @Test(
    "a day is one that spreadsheet programs count, or stays a text",
    arguments: [
      ("2015-12-31", true), ("1899-12-31", false), ("2015-13-01", false), ("2015-1", false), ("", false),
      ("20155-01-01", false), ("2015-00-10", false), ("2015-02-30", false), ("2016-02-29", true),
      ("1900-02-29", false), ("十月", false),
    ])
  func days(text: String, isDay: Bool) { #expect((SpreadsheetExport.day(text) != nil) == isDay) }

  @Test("a text longer than a cell is cut at a whole character")
  func longText() {
    #expect(SpreadsheetExport.fitting(String(repeating: "a", count: 32_767)).utf16.count == 32_767)
    let long = SpreadsheetExport.fitting("a" + String(repeating: "𠮷", count: 20_000))
    #expect(long.utf16.count <= 32_767 && long.utf16.count > 32_764 && long.hasSuffix("𠮷…"))
  }

  @Test("more rows than a sheet holds are refused with a sentence")
  func tooMany() {
    let sheet = Sheet(name: "x", columns: [], count: 1_048_576) { _ in [] }
    let error = #expect(throws: ExportError.self) { try writeWorkbook([sheet], to: folder.file("a.xlsx")) }
    #expect(error?.reason.contains("1,048,575") == true)
    #expect(folder.names.isEmpty)
  }

  @Test("names that look like codes stay names")
  func codes() {
    #expect(ExportWords.text("bank", column: "kind", in: .chinese) == "银行")
    #expect(ExportWords.text("cash;qr", column: "methods", in: .chinese) == "现金、扫码")
    #expect(ExportWords.text("bank", column: "name", in: .chinese) == "bank")
    #expect(ExportWords.text("bank;", column: "kind", in: .chinese) == "bank;")
    #expect(ExportWords.text("other", column: "kind", in: .english) == "other")
  }
}
