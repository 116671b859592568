import Foundation
import Testing

@Suite("The program travels on roads")
struct RoadTravelTests {
  let program = Program()

  /// The atlas of `makeAtlas` with roads around the town; the villages lie 11 and 22 km north of them.
  private func makeAtlasWithRoads() -> String {
    let atlas = program.makeAtlas()
    let ending = program.run("import", "roads", program.makeTown(side: 10), "--into", atlas)
    #expect(ending.status == 0, "\(ending.error)")
    return atlas
  }

  private func sidecar() throws -> String {
    try #require(
      FileManager.default.contentsOfDirectory(atPath: program.folder).first { $0.hasSuffix(".roads") })
  }

  private func seconds(_ ending: Program.Ending) -> Int? {
    (ending.json["time"] as? [String: Any])?["max"] as? Int
  }

  @Test("takes the roads where the atlas has them, unless straight lines are asked for")
  func defaults() throws {
    let atlas = program.makeAtlas()
    let before = program.run("coverage", atlas, "--json")
    #expect(before.json["travel"] as? String == "straight")
    #expect(before.json["roads"] is NSNull)
    #expect(program.run("import", "roads", program.makeTown(side: 10), "--into", atlas).status == 0)
    let byDefault = program.run("coverage", atlas, "--json")
    #expect(byDefault.status == 0, "\(byDefault.error)")
    #expect(byDefault.json["travel"] as? String == "roads")
    #expect(byDefault.output == program.run("coverage", atlas, "--json", "--travel", "roads").output)
    let straight = program.run("coverage", atlas, "--json", "--travel", "straight")
    // The sources are not in it: roads change nothing of straight lines.
    #expect(straight.output == before.output)
    #expect(program.run("coverage", atlas, "--travel", "fly").status == 64)
  }

  @Test("says the way on the roads, what is off them, and how sure the verdicts are")
  func document() throws {
    let atlas = makeAtlasWithRoads()
    let answer = program.run("coverage", atlas, "--json")
    // 100 m along the one street and 111 m along the other, then a door 9 m from it.
    #expect((150...330).contains(try #require(seconds(answer))))
    #expect(answer.json["return_trip"] as? Bool == false)
    #expect((answer.json["time"] as? [String: Any])?["unreachable"] as? Int == 2)
    let meters = (answer.json["distance"] as? [String: Any])?["max"] as? Int
    #expect((220...228).contains(try #require(meters)))
    let roads = try #require(answer.json["roads"] as? [String: Any])
    let places = try #require(roads["places_off_roads"] as? [[String: Any]])
    #expect(places.map { $0["place_id"] as? String } == ["v1", "v2"])
    #expect((11_000...11_400).contains(try #require(places[0]["nearest_road_meters"] as? Int)))
    #expect(roads["points_off_roads"] as? [String] == ["p2"])
    let unserved = try #require((answer.json["unserved"] as? [[String: Any]])?.first)
    #expect(unserved["place_id"] as? String == "v2" && unserved["reason"] as? String == "no_point_in_village")
    #expect(unserved["nearest_point_id"] is NSNull && unserved["seconds"] is NSNull)

    let way = try #require(seconds(answer))
    let sure = try #require(answer.json["sensitivity"] as? [String: Any])
    #expect(sure["speed_change_percent"] as? Int == 15)
    #expect(sure["customers_lost_when_slower"] as? Int == 0 && sure["share"] as? Int == 0)
    // A limit that is just met is met no more by people who are 15 % slower; the town has 900 of 1,100 customers.
    let rim = program.run("coverage", atlas, "--json", "--within", "\(way)s")
    let slower = try #require(rim.json["sensitivity"] as? [String: Any])
    #expect((rim.json["places"] as? [String: Any])?["served"] as? Int == 2)
    #expect(slower["customers_lost_when_slower"] as? Int == 900)
    #expect((slower["share"] as? Double).map { abs($0 - 900.0 / 1_100) < 1e-9 } == true)
    let past = program.run("coverage", atlas, "--json", "--within", "\(way - 1)s")
    let faster = try #require(past.json["sensitivity"] as? [String: Any])
    #expect((past.json["places"] as? [String: Any])?["served"] as? Int == 1)
    #expect(faster["customers_gained_when_faster"] as? Int == 900)
    #expect(faster["customers_lost_when_slower"] as? Int == 0)
  }

  @Test("counts the way home where the standard says so, and refuses what is neither yes nor no")
  func returnTrip() throws {
    let atlas = makeAtlasWithRoads()
    func standard(_ line: String) -> String {
      program.write(
        "name: x\ntown: {within: 10min, mode: walk}\nvillage: {within: 60min, mode: car}\n\(line)\n",
        to: "s.yaml")
    }
    let there = program.run("coverage", atlas, "--json", "--standard", standard("return_trip: false"))
    let both = program.run("coverage", atlas, "--json", "--standard", standard("return_trip: true"))
    #expect(there.json["return_trip"] as? Bool == false && both.json["return_trip"] as? Bool == true)
    let once = try #require(seconds(there))
    let twice = try #require(seconds(both))
    #expect((2 * once - 2...2 * once).contains(twice))
    let nonsense = program.run("coverage", atlas, "--json", "--standard", standard("return_trip: maybe"))
    #expect(nonsense.status == 65 && nonsense.output.isEmpty)
    #expect(nonsense.error.contains("s.yaml:4: return_trip"), "\(nonsense.error)")
    #expect(nonsense.error.contains("expected true or false"), "\(nonsense.error)")
  }

  @Test("without roads to travel on says so, in both languages", arguments: ["coverage", "export", "report"])
  func noRoads(verb: String) {
    let atlas = program.makeAtlas()
    var arguments = [verb, atlas, "--travel", "roads"]
    if verb == "export" { arguments += ["--format", "csv", "--layer", "places"] }
    if verb != "coverage" { arguments += ["--to", "out"] }
    for (language, part) in [("en", "no roads"), ("zh", "没有道路")] {
      let (process, output, errors) = program.start(arguments + ["--language", language])
      let text = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let error = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
      #expect(
        process.terminationReason == .exit && process.terminationStatus == 66 && text.isEmpty, "\(error)")
      #expect(error.contains(part) && error.contains("import roads"), "\(error)")
    }
    #expect(program.bytes("out") == nil)
  }

  @Test("with the roads gone or damaged says so instead of answering otherwise; straight lines go on")
  func sidecars() throws {
    let atlas = makeAtlasWithRoads()
    let straight = program.run("coverage", atlas, "--json", "--travel", "straight")
    let name = try sidecar()
    let good = try #require(program.bytes(name))
    func expectTrouble(_ status: Int32, line: Int = #line) {
      for arguments in [["coverage", atlas], ["coverage", atlas, "--travel", "roads"]] {
        let (process, output, errors) = program.start(arguments + ["--json"])
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let error = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
        #expect(
          process.terminationReason == .exit && process.terminationStatus == status, "line \(line): \(error)")
        #expect(
          text.isEmpty && error.contains(name) && error.contains("import roads"), "line \(line): \(error)")
      }
      let chinese = program.run("coverage", atlas, "--language", "zh")
      #expect(chinese.status == status && chinese.error.contains("道路"), "line \(line): \(chinese.error)")
      #expect(program.run("coverage", atlas, "--json", "--travel", "straight").output == straight.output)
    }
    try FileManager.default.removeItem(atPath: program.file(name))
    expectTrouble(66)
    _ = program.write(good.dropLast(64), to: name)
    expectTrouble(74)
    var flipped = good
    flipped[good.count / 2] ^= 0x40
    _ = program.write(flipped, to: name)
    expectTrouble(74)
    _ = program.write(Data(), to: name)
    expectTrouble(74)
    _ = program.write(good, to: name)
    #expect(program.run("coverage", atlas).status == 0)
  }

  @Test("exports the circle of every point that counts, by straight line and on roads")
  func eachCircle() throws {
    let atlas = makeAtlasWithRoads()
    for travel in ["straight", "roads"] {
      for name in ["one.geojson", "two.geojson"] {
        let ending = program.run(
          "export", atlas, "--format", "geojson", "--layer", "circles", "--each", "--travel", travel, "--to",
          name)
        #expect(ending.status == 0, "\(ending.error)")
      }
      let bytes = try #require(program.bytes("one.geojson"))
      #expect(bytes == program.bytes("two.geojson"))
      let document = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
      let features = try #require(document["features"] as? [[String: Any]])
      let ids = features.map { ($0["properties"] as? [String: Any])?["point_id"] as? String }
      #expect(ids == ["p1", "p2"])
      // p2 lies far from any road.
      #expect((features[1]["geometry"] is NSNull) == (travel == "roads"))
      let properties = try #require(features[0]["properties"] as? NSDictionary)
      #expect(
        properties == ["point_id": "p1", "name": "营业厅", "within_seconds": 600, "mode": "walk"] as NSDictionary
      )
      #expect((features[0]["geometry"] as? [String: Any])?["type"] as? String == "Polygon")
    }
    let cash = program.run(
      "export", atlas, "--format", "csv", "--layer", "circles", "--each", "--method", "card", "--to",
      "card.csv")
    #expect(cash.status == 0)
    let text = String(decoding: try #require(program.bytes("card.csv")), as: UTF8.self)
    #expect(
      text.split(whereSeparator: \.isNewline).count == 2 && text.contains("p1,营业厅,600,walk,\"POLYGON (("))
  }

  @Test(
    "a row for each is for circles only, and that is said in both languages",
    arguments: ["places", "points", "candidates", "uncovered"])
  func eachOfOthers(layer: String) {
    let atlas = program.makeAtlas()
    for (language, part) in [("en", "--each: for --layer circles"), ("zh", "--each:只用于 --layer circles")] {
      let ending = program.run(
        "export", atlas, "--format", "csv", "--layer", layer, "--each", "--to", "x.csv", "--language",
        language)
      #expect(ending.status == 64 && ending.error.contains(part), "\(ending.error)")
      #expect(program.bytes("x.csv") == nil)
    }
  }
}
