import Foundation
import Geo
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("Exported charts of where to pay")
struct GuideExportTests {
  let folder = ScratchFolder()

  private func county() throws -> PaymentNetwork {
    var sketch = ExportSketch()
    sketch.addPlace(
      "a", name: "东村, \"一\"组", at: 35, 112, township: "克井镇", served: true, nearest: 0, seconds: 1, meters: 1)
    sketch.addPlace("b", name: "=西村", at: 35.1, 112, served: true, nearest: 0, seconds: 1, meters: 1)
    try sketch.addPoint("p", name: "小店", at: 35.001, 112.001, hours: "Mo-Fr 08:30-17:30")
    try sketch.addPoint("q", name: "远店", at: 35.2, 112)
    try sketch.addPoint("r", name: "关", at: 35, 112, counts: false)
    return sketch.network
  }

  private let texts = GuideTexts(
    direction: { Bilingual(en: "d\($0.point)", zh: "方\($0.point)") },
    hours: { Bilingual(en: "h\($0.text)", zh: "时\($0.text)") })

  @Test("are rows of the sheets' ways in their order, the same as CSV and as GeoJSON a strict reader accepts")
  func both() throws {
    let network = try county()
    var options = GuideOptions()
    options.reach = .minutes(5)
    let guide = paymentGuide(of: network, for: [1, 0], options)
    for format in GuideFormat.allCases {
      try export(guide, of: network, as: format, texts: texts, to: folder.file("g.\(format)"))
    }
    let judge = GeoJSONJudge(try #require(folder.bytes("g.geojson")))
    #expect(judge.complaints.isEmpty)
    let rows = judge.properties
    #expect(rows.map { $0["place_id"] as? String } == ["b", "b", "a", "a"])
    #expect(rows.map { $0["rank"] as? Int } == [1, 2, 1, 2])
    let expected = guide.sheets.flatMap(\.ways)
    #expect(rows.map { $0["seconds"] as? Int } == expected.map { Int($0.seconds) })
    #expect(rows.map { $0["point_id"] as? String } == expected.map { ["p", "q"][Int($0.point)] })
    #expect(rows.map { $0["direction"] as? String } == expected.map { $0.direction?.name })
    let near = rows[2]
    #expect(near["township"] as? String == "克井镇" && near["mode"] as? String == "walk")
    #expect(
      near["hours"] as? String == "Mo-Fr 08:30-17:30" && near["hours_zh"] as? String == "时Mo-Fr 08:30-17:30")
    #expect(near["direction_zh"] as? String == "方0" && near["direction_en"] as? String == "d0")
    #expect(near["within_reach"] as? Bool == true && rows[3]["within_reach"] as? Bool == false)
    #expect(near["methods"] as? String == "cash;qr" && rows[3]["hours"] is NSNull)
    #expect(near["minutes"] as? Int == expected[2].minutes)

    let bytes = try #require(folder.bytes("g.csv"))
    let table = try #require(csvRows(bytes))
    #expect(table.count == 5)
    let header = table[0]
    for (row, properties) in zip(table.dropFirst(), rows) {
      for (key, cell) in zip(header, row) where !["longitude", "latitude"].contains(key) {
        switch properties[key] {
        case let text as String: #expect(cell == text || cell == "'" + text, "\(key)")
        case let number as NSNumber where key == "nearest" || key == "within_reach":
          #expect(cell == (number.boolValue ? "true" : "false"))
        case let number as NSNumber: #expect(Double(cell) == number.doubleValue, "\(key)")
        default: #expect(cell.isEmpty, "\(key)")
        }
      }
    }
  }

  @Test("of nobody are a header and a collection of nothing; and a file that cannot be written is not there")
  func empty() throws {
    let network = try county()
    let guide = paymentGuide(of: network, for: [], GuideOptions())
    try export(guide, of: network, as: .csv, texts: texts, to: folder.file("e.csv"))
    let bytes = try #require(folder.bytes("e.csv"))
    #expect(csvRows(bytes)?.count == 1)
    try export(guide, of: network, as: .geojson, texts: texts, to: folder.file("e.geojson"))
    #expect(GeoJSONJudge(try #require(folder.bytes("e.geojson"))).features.isEmpty)
    #expect(throws: ExportError.self) {
      try export(guide, of: network, as: .csv, texts: texts, to: folder.file("none/e.csv"))
    }
  }
}
