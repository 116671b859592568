import Foundation
import Testing

@Suite("The demo on roads")
struct DemoRoadTests {
  let program = Program()

  /// A folder of a place, a point and a street of 900 m between them, whose middle lies `bend` degrees to the north.
  private func folder(bend: Double, street: String = "roads.town.osm") throws {
    try FileManager.default.createDirectory(
      atPath: program.file("in"), withIntermediateDirectories: true)
    _ = program.write(
      "place_id,name,setting,longitude,latitude,customers\nt1,Town,town,112.59,35.09,900\n",
      to: "in/places.csv")
    _ = program.write(
      "point_id,name,kind,longitude,latitude\np1,Hall,business_hall,112.595,35.09\n", to: "in/points.csv")
    _ = program.write(
      """
      <osm version="0.6">
      <node id="1" lat="35.09" lon="112.59"/><node id="2" lat="\(35.09 + bend)" lon="112.5925"/>
      <node id="3" lat="35.09" lon="112.595"/>
      <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
      </osm>

      """, to: "in/\(street)")
  }

  private func sidecars() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.file("out")).filter {
      $0.hasSuffix(".roads")
    }
  }

  @Test(
    "asks everything along the roads, lists the file beside the atlas, and leaves none of an earlier demo")
  func roads() throws {
    try folder(bend: 0)
    let first = program.run("demo", program.file("in"), "--to", program.file("out"), "--json")
    #expect(first.status == 0, "\(first.error)")
    let coverage = first.json["coverage"] as? [String: Any]
    #expect(coverage?["travel"] as? String == "roads")
    // 455 m by the street: six minutes; by straight line it would be eight.
    #expect((coverage?["time"] as? [String: Any])?["max"] as? Int == 364)
    let sidecar = try #require(try sidecars().first)
    #expect(try sidecars().count == 1)
    #expect(first.error.contains("roads: 1 edges between 2 junctions"))
    #expect((first.json["files"] as? [String])?.contains(program.file("out/\(sidecar)")) == true)
    let report = String(decoding: program.bytes("out/report.en.html") ?? Data(), as: UTF8.self)
    #expect(report.contains("within 10 minutes on foot along the roads"))
    let map = String(decoding: program.bytes("out/map.zh.svg") ?? Data(), as: UTF8.self)
    #expect(report.contains("Along the roads and by straight line") && map.contains("<svg"))

    // The street now winds over a hill: another graph, and the time that goes with it.
    try folder(bend: 0.005)
    let second = program.run("demo", program.file("in"), "--to", program.file("out"), "--json")
    #expect(second.status == 0, "\(second.error)")
    #expect(try sidecars().count == 1 && sidecars() != [sidecar])
    let slower = (second.json["coverage"] as? [String: Any])?["time"] as? [String: Any]
    #expect(slower?["max"] as? Int ?? 0 > 900)
  }

  @Test("without a file of roads goes by straight line, also where an earlier demo had roads")
  func straight() throws {
    try folder(bend: 0)
    #expect(program.run("demo", program.file("in"), "--to", program.file("out")).status == 0)
    try FileManager.default.removeItem(atPath: program.file("in/roads.town.osm"))
    let run = program.run("demo", program.file("in"), "--to", program.file("out"), "--json")
    #expect(run.status == 0, "\(run.error)")
    #expect((run.json["coverage"] as? [String: Any])?["travel"] as? String == "straight")
    #expect(try sidecars().isEmpty)
    #expect((run.json["files"] as? [String])?.contains { $0.hasSuffix(".roads") } == false)
  }

  @Test("refuses two files of roads, and one that is none, with the contract's statuses")
  func refused() throws {
    try folder(bend: 0)
    try folder(bend: 0, street: "roads.country.osm")
    let two = program.run("demo", program.file("in"), "--to", program.file("out"))
    #expect(two.status == 65 && two.error.contains("roads.country.osm"), "\(two.error)")
    try FileManager.default.removeItem(atPath: program.file("in/roads.country.osm"))
    _ = program.write("x", to: "in/roads.town.osm")
    let bad = program.run("demo", program.file("in"), "--to", program.file("out"))
    #expect(bad.status == 65 && bad.error.contains("roads.town.osm"), "\(bad.error)")
  }
}
