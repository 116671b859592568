import Foundation
import Geo
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("Exports read back")
struct ExportRoundTripTests {
  let folder = ScratchFolder()

  /// A network of places and points with everything a file format could stumble over.
  private func network() -> PaymentNetwork {
    var network = PaymentNetwork()
    for (i, name) in ["=SUM(A1)", "城 \"东\", 村", "line\nbreak", "plain", "-5", "\u{1}tab\t"].enumerated() {
      network.places.ids.append("v\(i)")
      network.places.names.append(name)
      network.places.settings.append(i.isMultiple(of: 2) ? .town : .village)
      network.places.latitudes.append(35.123456789 + Double(i) / 7)
      network.places.longitudes.append(-112.1 + Double(i) / 3)
      network.places.customers.append(i * 10)
      network.places.terrains.append(.hill)
      network.places.townships.append(0)
      network.places.villages.append(Int32(i))
      network.places.villageNames.append(name)
      network.places.feeControlShares.append(i == 0 ? .nan : 0.504)
      network.places.onlineShares.append(.nan)
      network.places.elderlyShares.append(0.1)
      network.places.arrearsFen.append(12_345)
      network.places.villageCodes.append("")
    }
    network.places.townshipNames = ["@home"]
    network.points.ids.append("p0")
    network.points.names.append("+hall")
    network.points.kinds.append(.businessHall)
    network.points.latitudes.append(35.123456789)
    network.points.longitudes.append(-112.1)
    network.points.methods.append([.cash, .qr])
    network.points.statuses.append(.active)
    network.points.hours.append(-1)
    network.points.places.append(0)
    network.points.operators.append(0)
    network.points.operatorNames = [""]
    network.points.counters.append(2)
    network.points.monthlyCostsFen.append(-1)
    network.points.feesPerPaymentFen.append(-1)
    network.points.openedOn.append("")
    network.points.closedOn.append("")
    network.points.phones.append("+86 391-000 0000")
    return network
  }

  private func write(
    _ layer: ExportLayer, _ format: ExportFormat, datum: ExportDatum = .wgs84, synthetic: Bool = false,
    circles: [Polygon] = []
  ) throws -> String {
    var network = network()
    if synthetic {
      network.sources = [DataSource(kind: "places", file: "f", sha256: "", rows: 1, isSynthetic: true)]
    }
    var contents = ExportContents(network, coverage(of: network, CoverageOptions()))
    contents.circles = circles
    try export([layer], as: format, contents, datum: datum, to: folder.file("out"))
    #expect(folder.names == ["out"])
    return String(decoding: folder.bytes("out")!, as: UTF8.self)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("GeoJSON holds every place with its verdict, and reads back as it was")
  func geoJSON() throws {
    let text = try write(.places, .geojson)
    let document = try json(text)
    #expect(document["type"] as? String == "FeatureCollection")
    #expect(document["crs"] == nil && document["datum"] == nil && document["note"] == nil)
    let features = try #require(document["features"] as? [[String: Any]])
    let network = network()
    let answer = coverage(of: network, CoverageOptions())
    #expect(features.count == 6)
    for (i, feature) in features.enumerated() {
      let properties = try #require(feature["properties"] as? [String: Any])
      #expect(properties["name"] as? String == network.places.names[i])
      #expect(properties["served"] as? Bool == answer.isServed[i])
      #expect(properties["seconds"] as? Int == Int(answer.seconds[i]))
      #expect(properties["meters"] as? Int == Int(answer.meters[i]))
      #expect(properties["nearest_point_id"] as? String == "p0")
      #expect(properties["reason"] as? String == answer.reasons[i]?.name)
      #expect(properties["arrears_yuan"] as? Double == 123.45)
      #expect((properties["fee_control_share"] is NSNull) == (i == 0))
      let position = try #require((feature["geometry"] as? [String: Any])?["coordinates"] as? [Double])
      #expect(abs(position[0] - network.places.longitudes[i]) <= 0.5e-7 + 1e-12)
      #expect(abs(position[1] - network.places.latitudes[i]) <= 0.5e-7 + 1e-12)
    }
    #expect(!text.contains("35.123456789"))
    let box = try #require(document["bbox"] as? [Double])
    #expect(box[0] == -112.1 && box[3] < 36 && box[0] < box[2] && box[1] < box[3])
  }

  @Test("another datum is named and the positions are moved; made-up data are called so")
  func datumAndNote() throws {
    let plain = try json(try write(.points, .geojson))
    let moved = try json(try write(.points, .geojson, datum: .gcj02, synthetic: true))
    #expect(plain["datum"] == nil)
    #expect(moved["datum"] as? String == "gcj02")
    #expect((moved["note"] as? String)?.contains("Synthetic") == true)
    // This point is outside China, where GCJ-02 is WGS-84.
    #expect(moved["bbox"] as? [Double] == plain["bbox"] as? [Double])
    let beijing = Coordinate<WGS84>(latitude: 39.911954, longitude: 116.377817)!
    let position = PositionWriter(datum: .gcj02).position(beijing)
    #expect(abs(Double(position.x) / 1e7 - 116.38404722455657) < 1e-6)
    #expect(abs(Double(position.y) / 1e7 - 39.91334545536069) < 1e-6)
    #expect(try write(.points, .csv, datum: .bd09).contains(",datum\r\n"))
  }

  @Test("CSV opens in a spreadsheet program: marked as UTF-8, quoted, harmless")
  func csv() throws {
    let text = try write(.places, .csv)
    #expect(text.unicodeScalars.first == "\u{FEFF}")
    #expect(text.hasSuffix("\r\n"))
    #expect(text.contains("v0,'=SUM(A1),town,0,'@home,"))
    #expect(text.contains("v1,\"城 \"\"东\"\", 村\",village"))
    #expect(text.contains("v2,\"line\nbreak\""))
    #expect(text.contains("v4,'-5,"))
    // Numbers stay numbers, negative ones too.
    #expect(text.contains(",-112.1,35.1234568\r\n"))
  }

  @Test(
    "the box of a county on the 180th meridian goes across it",
    arguments: [
      ([179.9, -179.8], [179.9, -179.8]), ([-179.8, 179.9, 180], [179.9, -179.8]),
      ([-180, -179], [-180, -179]),
      ([-1, 1], [-1, 1]), ([-90, 90.1], [-90, 90.1]), ([-134, 135], [-134, 135]),
      ([-135, 135], [135, -135]), ([112], [112, 112]),
      ([0, 170], [0, 170]), ([-0.5, 0], [-0.5, 0]),
    ] as [([Double], [Double])])
  func boxes(longitudes: [Double], westAndEast: [Double]) throws {
    var network = PaymentNetwork()
    for (i, longitude) in longitudes.enumerated() {
      network.candidates.ids.append("\(i)")
      network.candidates.names.append("c")
      network.candidates.kinds.append(nil)
      network.candidates.places.append(-1)
      network.candidates.latitudes.append(35)
      network.candidates.longitudes.append(longitude)
      network.candidates.openingCostsFen.append(nil)
      network.candidates.monthlyCostsFen.append(nil)
      network.candidates.counters.append(0)
    }
    let contents = ExportContents(network, coverage(of: network, CoverageOptions()))
    try export([.candidates], as: .geojson, contents, to: folder.file("out"))
    let document = try json(String(decoding: folder.bytes("out")!, as: UTF8.self))
    let box = try #require(document["bbox"] as? [Double])
    #expect([box[0], box[2]] == westAndEast)
  }

  @Test("decimal degrees are written to the last of seven digits, without a zero too many")
  func decimals() {
    for (units, text) in [
      (0, "0"), (1, "0.0000001"), (-1, "-0.0000001"), (1_125_900_000, "112.59"), (-1_800_000_000, "-180"),
      (10_000_000, "1"), (9_999_999, "0.9999999"), (350_000_001, "35.0000001"),
    ] {
      #expect(PositionWriter.text(units) == text)
      #expect(Double(text)! == Double(units) / 1e7)
    }
  }

  @Test("the circle comes as polygons that GDAL finds valid, in either format")
  func circles() throws {
    let network = network()
    let circles = try coverage(of: network, CoverageOptions()).paymentCircle(of: network)
    let document = try json(try write(.circles, .geojson, circles: circles))
    let features = try #require(document["features"] as? [[String: Any]])
    #expect(features.count == 1)
    let rings = try #require((features[0]["geometry"] as? [String: Any])?["coordinates"] as? [[[Double]]])
    #expect(rings.count == 1 && rings[0].first == rings[0].last)
    // Hills: 600 s × 1.25 m/s ÷ 1.5 = 500 m.
    let center = network.points.coordinate(of: 0)
    for corner in rings[0] {
      let meters = Coordinate<WGS84>(latitude: corner[1], longitude: corner[0])!.distance(to: center).meters
      #expect(abs(meters - 500) < 0.02)
    }
    #expect(try write(.circles, .csv, circles: circles).contains("\"POLYGON (("))
  }

  @Test("nothing to export is still a valid file", arguments: [ExportFormat.geojson, .csv])
  func empty(format: ExportFormat) throws {
    let text = try write(.candidates, format)
    if format == .geojson {
      #expect((try json(text)["features"] as? [Any])?.isEmpty == true)
      #expect(try json(text)["bbox"] == nil)
    } else {
      #expect(text.contains("candidate_id"))
    }
  }

  @Test("a file that cannot be written earns a sentence and leaves nothing behind")
  func cannotWrite() {
    let folder = ScratchFolder()
    for path in [folder.file("none/x.csv"), folder.path] {
      do {
        try writeWhole("x", to: path)
        Issue.record("written to \(path)")
      } catch {
        #expect(error.sentence.english.contains("cannot be written"))
      }
    }
    #expect(folder.names.isEmpty)
  }

  @Test(
    "GDAL reads what was written",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo")))
  func gdal() throws {
    let circles = try coverage(of: network(), CoverageOptions()).paymentCircle(of: network())
    for layer in [ExportLayer.places, .points, .circles] {
      _ = try write(layer, .geojson, circles: circles)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/ogrinfo")
      process.arguments = ["-so", "-al", folder.file("out")]
      let output = Pipe()
      let error = Pipe()
      process.standardOutput = output
      process.standardError = error
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let complaint = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(text.contains("Feature Count: \(layer == .places ? 6 : 1)"), "\(text)")
      #expect(complaint.isEmpty, "\(complaint)")
    }
  }
}
