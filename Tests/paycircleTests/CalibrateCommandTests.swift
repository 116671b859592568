import Foundation
import Testing

@Suite("The program calibrates")
struct CalibrateCommandTests {
  let program = Program()

  private static let county = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("geodata/jiyuan").path

  /// The sample county's places, points and distance surveys.
  private func makeCounty() -> String {
    let atlas = program.file("county.gpkg")
    for kind in ["places", "points", "distance-surveys"] {
      let file = "\(Self.county)/\(kind).synthetic.csv"
      #expect(
        program.run("import", kind, file, "--into", atlas, "--stamp", "2015-12-31T00:00:00Z").status == 0)
    }
    return atlas
  }

  private func rows(_ json: [String: Any], _ key: String) -> [[String: Any]] {
    json[key] as? [[String: Any]] ?? []
  }

  @Test("the sample county's surveys give back what they were made from, and everything travels by it")
  func sampleCounty() throws {
    let atlas = makeCounty()
    let before = program.run("coverage", atlas, "--json")
    #expect(before.json["calibration"] is NSNull)
    let ending = program.run("demand", atlas, "calibrate", "--json", "--stamp", "2015-12-31T00:00:00Z")
    #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
    let json = ending.json
    #expect((json["calibration"] as? [String: Any])?["id"] as? Int == 1)
    // A way twice as long counts twice: the ratio of sums is above the middle by half the variance of the logarithm, 0.1².
    let circuities = ["plain": 1.28, "hill": 1.47, "mountain": 1.83].mapValues { $0 * exp(0.005) }
    let speeds = ["walk": 1.2, "ebike": 15 / 3.6, "car": 28 / 3.6]
    var (asked, missed) = (0, 0)
    for (key, truth) in [("circuity", circuities), ("meters_per_second", speeds)] {
      for row in rows(json, key) {
        let name = row[key == "circuity" ? "terrain" : "mode"] as? String ?? ""
        let true_ = try #require(truth[name])
        guard let low = row["low"] as? Double, let high = row["high"] as? Double else { continue }
        asked += 1
        if !(low...high).contains(true_) { missed += 1 }
        #expect(low <= true_ * 1.01 && high >= true_ * 0.99, "\(key) \(row)")
      }
    }
    // Of twenty-four intervals of 95 %, one or two may miss.
    #expect(asked == 24 && missed <= 2, "\(missed) of \(asked)")
    let all = try #require(rows(json, "within_ten_minutes").first)
    let (share, naive) = (all["estimate"] as? Double ?? 0, all["naive"] as? Double ?? 0)
    #expect(share < naive - 0.05)

    let after = program.run("coverage", atlas, "--json")
    #expect(after.error.isEmpty)
    let reference = try #require(after.json["calibration"] as? [String: Any])
    #expect(reference["id"] as? Int == 1)
    #expect(
      reference["inputs_sha256"] as? String
        == (json["calibration"] as? [String: Any])?["inputs_sha256"] as? String)
    #expect(after.output != before.output)
    #expect(program.run("coverage", atlas, "--json", "--calibration", "none").output == before.output)
    #expect(program.run("coverage", atlas).output.contains("calibration 1"))
    let sites = [atlas, "--choose", "1", "--candidates", "places"]
    for (verb, rest) in [("demand", [atlas, "assurance"]), ("review", [atlas]), ("sites", sites)] {
      func ask(_ option: String...) -> Program.Ending { program.run([verb] + rest + option) }
      #expect((ask("--json").json["calibration"] as? [String: Any])?["id"] as? Int == 1, "\(verb)")
      #expect(ask("--json", "--calibration", "none").json["calibration"] is NSNull, "\(verb)")
      #expect(ask("--language", "zh").output.contains("第 1 次"), "\(verb)")
    }
    let report = program.file("r.html")
    #expect(program.run("report", atlas, "--to", report, "--language", "zh").status == 0)
    let html = String(decoding: program.bytes("r.html") ?? Data(), as: UTF8.self)
    #expect(html.contains("第 1 次校准") && !html.contains("校准之前为默认值"))
    #expect(program.run("report", atlas, "--to", report, "--calibration", "none").status == 0)
    let plain = String(decoding: program.bytes("r.html") ?? Data(), as: UTF8.self)
    #expect(!plain.contains("calibration 1") && plain.contains("defaults until a survey calibrates them"))

    // The same again, in the other language, dry: nothing changes in the atlas.
    let bytes = program.bytes("county.gpkg")
    let dry = program.run("demand", atlas, "calibrate", "--dry-run", "--language", "zh")
    #expect(dry.status == 0 && dry.output.contains("绕行系数") && dry.output.contains("未保存"))
    #expect(program.run("demand", "calibrate", atlas, "--dry-run", "--json").json["draws"] as? Int == 1_000)
    #expect(program.bytes("county.gpkg") == bytes)
    let checked = program.run("check", atlas, "--json")
    let rules = rows(checked.json, "findings").compactMap { $0["rule"] as? String }
    #expect(rules.contains("survey_shorter_than_straight") && !rules.contains("calibration_outdated"))
  }

  /// An atlas with these answers about the way from its town to its hall, and from its villages.
  private func makeAtlas(_ surveys: [String]) -> String {
    let atlas = program.makeAtlas()
    let file = program.write(
      "survey_id,place_id,point_id,mode,meters,minutes\n" + surveys.joined(separator: "\n") + "\n",
      to: "surveys.csv")
    let ending = program.run("import", "distance-surveys", file, "--into", atlas)
    #expect(ending.status == 0, "\(ending.error)")
    return atlas
  }

  @Test(
    "bad surveys end in sentences, and never in a figure that is none",
    arguments: [
      ["s1,v1,p2,walk,2200,30"], ["s1,v1,p2,walk,,0"], ["s1,v1,p2,bus,9000,20"], ["s1,v1,p2,walk,1,1"],
      ["s1,t1,p1,walk,0,0"],
      ["s1,v1,p2,walk,1000000,1440"], (0..<30).map { "s\($0),v1,p2,walk,2200,30" },
      (0..<30).map { "s\($0),v1,p2,car,,0" },
      (0..<30).map { "s\($0),t1,p1,walk,100,5" }, (0..<40).map { "s\($0),v1,p2,ebike,,\($0 % 5 * 5)" },
    ])
  func badSurveys(surveys: [String]) {
    let atlas = makeAtlas(surveys)
    let calibrated = program.run("demand", atlas, "calibrate", "--json", "--draws", "60")
    // Where no answer gives a factor, nothing is kept, and that is said.
    let kept = calibrated.json["calibration"] as? [String: Any]
    let isUsable = ["circuity", "meters_per_second"].contains { key in
      rows(calibrated.json, key).contains { !["default", "refused"].contains($0["method"] as? String) }
    }
    #expect(calibrated.status == (isUsable ? 0 : 1), "\(calibrated.error)")
    #expect(calibrated.error.contains("nothing is kept") == !isUsable)
    #expect((kept?["id"] is NSNull) == !isUsable)
    let coverage = program.run("coverage", atlas, "--json")
    #expect(coverage.status == 0 && (coverage.json["calibration"] is NSNull) == !isUsable)
    for command in [calibrated, coverage] {
      #expect(!command.json.isEmpty)
      #expect(!command.output.lowercased().contains("nan") && !command.output.contains("inf,"))
      #expect(!command.output.contains(": inf") && !command.output.contains("-inf"))
    }
  }

  @Test("without surveys, roads or a calibration it says what is missing")
  func missing() {
    let atlas = program.makeAtlas()
    let none = program.run("demand", atlas, "calibrate")
    #expect(none.status == 66 && none.error.contains("no distance surveys"))
    let newest = program.run("coverage", atlas, "--calibration", "newest")
    #expect(newest.status == 66 && newest.error.contains("no calibration"))
    #expect(program.run("coverage", atlas, "--calibration", "oldest").status == 64)
    let surveyed = makeAtlas(["s1,v1,p2,walk,2200,30"])
    let roads = program.run("demand", surveyed, "calibrate", "--travel", "roads")
    #expect(roads.status == 66 && roads.error.contains("no roads"))
    #expect(program.run("demand", surveyed, "calibrate", "--draws", "5").status == 64)
    #expect(program.run("demand", surveyed, "calibrate", "--stamp", "yesterday").status == 64)
  }

  @Test(
    "new answers make a calibration outdated: coverage warns, check lists it, calibrating again settles it")
  func outdated() {
    let atlas = makeAtlas(["s1,v1,p2,walk,2200,30"])
    #expect(program.run("demand", atlas, "calibrate").status == 0)
    #expect(program.run("coverage", atlas).error.isEmpty)
    let more = program.write(
      "survey_id,place_id,point_id,mode,meters,minutes\ns2,v1,p2,walk,2500,\n", to: "more.csv")
    #expect(program.run("import", "distance-surveys", more, "--into", atlas).status == 0)
    let warned = program.run("coverage", atlas, "--json")
    #expect(warned.status == 0 && warned.error.contains("have changed since calibration 1"))
    #expect(!warned.json.isEmpty)
    #expect(program.run("check", atlas, "--json").output.contains("calibration_outdated"))
    #expect(program.run("demand", atlas, "calibrate").output.contains("calibration 2"))
    #expect(program.run("coverage", atlas).error.isEmpty)
  }

  @Test("on roads the minutes told are compared with those along the roads")
  func roads() {
    let atlas = program.makeAtlas()
    let places = program.write(
      "place_id,name,setting,longitude,latitude,customers\n"
        + (0..<40).map {
          "h\($0),H,town,\(112.59 + 0.0011 * Double($0 % 7)),\(35.0927 + 0.0009 * Double($0 / 7)),9"
        }
        .joined(separator: "\n"), to: "houses.csv")
    #expect(program.run("import", "places", places, "--into", atlas).status == 0)
    let surveys = program.write(
      "survey_id,place_id,point_id,mode,minutes\n"
        + (0..<40).map { "s\($0),h\($0),p1,walk,\(2 * ($0 % 7) + 2 * ($0 / 7) + 4)" }.joined(separator: "\n"),
      to: "s.csv")
    #expect(program.run("import", "distance-surveys", surveys, "--into", atlas).status == 0)
    #expect(program.run("import", "roads", program.makeTown(side: 9), "--into", atlas).status == 0)
    let ending = program.run("demand", atlas, "calibrate", "--json", "--draws", "100")
    #expect(ending.json["travel"] as? String == "roads", "\(ending.error)")
    let factors = rows(ending.json, "road_factors")
    #expect(factors.count == 12 && factors[0]["mode"] as? String == "walk")
    let value = factors[0]["value"] as? Double ?? 0
    #expect(value > 1.2 && value < 2, "\(factors[0])")
    let straight = program.run("demand", atlas, "calibrate", "--json", "--travel", "straight", "--dry-run")
    #expect(rows(straight.json, "road_factors").isEmpty)
    let slower = program.run("coverage", atlas, "--json").json["time"] as? [String: Any]
    let plain =
      program.run("coverage", atlas, "--json", "--calibration", "none").json["time"] as? [String: Any]
    #expect((slower?["p90"] as? Int ?? 0) > (plain?["p90"] as? Int ?? 0))
  }
}
