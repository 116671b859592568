import Foundation
import Testing

/// The verb as a stranger uses it.
@Suite("Scenarios, from the command line")
struct ScenarioCommandTests {
  private let program = Program()

  private func plan(_ changes: String, named name: String = "plan.yaml") -> String {
    program.write("name: \(name.prefix { $0 != "." })\nchanges:\n\(changes)", to: name)
  }

  private func run(_ arguments: String...) -> Program.Ending { program.run(["scenario"] + arguments) }

  private func served(_ json: [String: Any], _ when: String) -> Int? {
    ((json[when] as? [String: Any])?["customers"] as? [String: Any])?["served"] as? Int
  }

  private func ids(_ json: [String: Any], _ list: String) -> [String] {
    (json[list] as? [[String: Any]] ?? []).compactMap { $0["place_id"] as? String }
  }

  @Test("An empty scenario says what coverage says, twice, and a difference of nothing")
  func empty() throws {
    let atlas = program.makeAtlas()
    let ending = run(atlas, program.write("changes: []\n", to: "empty.yaml"), "--json")
    #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
    let coverage = program.run("coverage", atlas, "--json").json
    for side in ["before", "after"] {
      let summary = try #require(ending.json[side] as? [String: Any])
      for (key, value) in summary {
        #expect((value as? NSObject) == (coverage[key] as? NSObject), "\(side).\(key)")
      }
    }
    #expect(ids(ending.json, "gained").isEmpty && ids(ending.json, "lost").isEmpty)
    func numbers(_ value: Any) -> [Double] {
      switch value {
      case let object as [String: Any]: object.values.flatMap(numbers)
      case let number as NSNumber: [number.doubleValue]
      default: []
      }
    }
    let difference = numbers(try #require(ending.json["delta"]))
    #expect(difference.count > 20 && difference.allSatisfy { $0 == 0 })
    #expect(run(atlas, program.write("", to: "nothing.yaml"), "--json").status == 0)
  }

  @Test(
    "Closing the village's point loses the village; opening one elsewhere gains it; the difference adds up")
  func change() throws {
    let atlas = program.makeAtlas()
    let file = plan(
      "  - close: p2\n  - open: {point_id: n, kind: shop, longitude: 112.5, latitude: 35.3, place_id: v2}\n")
    let json = run(atlas, file, "--json").json
    #expect(ids(json, "gained") == ["v2"] && ids(json, "lost") == ["v1"])
    #expect(served(json, "before") == 1_020 && served(json, "after") == 980 && served(json, "delta") == -40)
    let points = try #require(json["points"] as? [String: Any])
    for (key, id) in [("opened", "n"), ("closed", "p2")] {
      #expect((points[key] as? [[String: Any]])?.compactMap { $0["point_id"] as? String } == [id])
    }
    for language in ["en", "zh"] {
      let table = run(atlas, file, "--language", language)
      #expect(table.status == 0 && table.output.contains("980") && table.output.contains("v1 东村"))
    }
    // The atlas is as it was.
    #expect(program.run("coverage", atlas, "--json").json["customers"] is [String: Any])
    #expect(run(atlas, file, "--json").output == run(atlas, file, "--json").output)
  }

  @Test("Several scenarios stand side by side, from files and by name")
  func compare() throws {
    let atlas = program.makeAtlas()
    let a = plan("  - close: p1\n", named: "a.yaml")
    let b = plan("  - open: {point_id: n, longitude: 112.5, latitude: 35.3}\n", named: "b.yaml")
    #expect(run(atlas, "save", b, "--name", "kept").status == 0)
    let json = run(atlas, a, "--compare", b, "--compare", "kept", "--json").json
    let others = try #require(json["compared"] as? [[String: Any]])
    #expect(served(json, "after") == 120 && others.map { served($0, "after") } == [1_100, 1_100])
    let table = run(atlas, a, "--compare", "kept", "--language", "en").output
    #expect(table.contains("as it is") && table.contains("kept"))
  }

  @Test("What is wrong is a sentence with file and line, and status 65; a missing file 66")
  func refusals() {
    let atlas = program.makeAtlas()
    for (changes, part) in [
      ("  - close: nobody\n", "plan.yaml:3: point_id \"nobody\": expected the id of a point"),
      ("  - close: p1\n  - close: p1\n", "plan.yaml:4: point_id \"p1\": expected a point that is not closed"),
      (
        "  - open: {point_id: p1, longitude: 112.5, latitude: 35.1}\n",
        "plan.yaml:3: point_id \"p1\": expected an id that no point has"
      ),
      (
        "  - open: {point_id: n, longitude: 35.1, latitude: 12.5}\n",
        "plan.yaml:3: longitude, latitude: 35.1, 12.5 is"
      ),
      ("  - set: {point_id: p1, hours: never}\n", "plan.yaml:3: hours \"never\""),
      ("  - road_closed: 1\n", "plan.yaml:3: road_closed: travel does not use roads"),
      ("  - shut: p1\n", "plan.yaml:3:"),
    ] {
      let ending = run(atlas, plan(changes))
      #expect(ending.status == 65 && ending.output.isEmpty, "\(changes)")
      #expect(
        ending.error.contains(part) && ending.error.split(separator: "\n").count == 1, "\(ending.error)")
    }
    for file in ["missing.yaml", "no name"] {
      let ending = run(atlas, file)
      #expect(
        ending.status == 66 && ending.error.contains("\(file): no such file, and no scenario"),
        "\(ending.error)")
    }
    #expect(run("missing.gpkg", plan("  - close: p1\n")).status == 66)
    for usage in [
      [], ["a", "b"], ["--notice", "n.txt"], ["--chart", "c.svg"], ["--sweep", "fee_control=80%..50%:5%"],
      ["--sweep", "hours=1..2:1"], ["--draws", "0"], ["--close", "p1", "--draws", "3"],
      ["--name", "", "list"],
    ] {
      let ending = program.run(["scenario", atlas] + usage)
      #expect(ending.status == 64 && ending.output.isEmpty, "\(usage): \(ending)")
    }
    let file = plan("  - close: p1\n")
    #expect(run(atlas, file, "--html", file).status == 64)
    #expect(run(atlas, file, "--html", "no/such/folder/x.html").status == 73)
  }

  @Test("A village's only point is not advisable to close: status 1, three steps, and a notice")
  func closure() throws {
    let atlas = program.makeAtlas()
    let notice = program.file("notice.html")
    let ending = run(atlas, "--close", "p2", "--notice", notice, "--json")
    #expect(ending.status == 1 && ending.error.isEmpty, "\(ending.error)")
    let closure = try #require(ending.json["closure"] as? [String: Any])
    #expect(closure["verdict"] as? String == "not_advisable")
    let deficiency = try #require(closure["deficiency"] as? [String: Any])
    #expect(deficiency["found"] as? Bool == true)
    let html = String(decoding: try #require(program.bytes("notice.html")), as: UTF8.self)
    #expect(
      html.contains("东村") && html.contains("营业厅") && html.contains("Mo-Fr 08:30-17:30")
        && !html.contains("href="))
    for (language, verdict) in [("en", "not advisable"), ("zh", "不宜关闭")] {
      let table = run(atlas, "--close", "p2", "--language", language, "--notice", program.file("notice.txt"))
      #expect(table.status == 1 && table.output.contains(verdict) && table.output.contains("3. "))
    }
    #expect(String(decoding: try #require(program.bytes("notice.txt")), as: UTF8.self).contains("1. 营业厅"))
    for (id, part) in [("nobody", "no such point")] {
      let ending = run(atlas, "--close", id)
      #expect(ending.status == 65 && ending.error.contains(part))
    }
  }

  @Test("Scenarios are kept, shown, compared, copied, deleted, applied and undone")
  func store() throws {
    let atlas = program.makeAtlas()
    let stamp = ["--stamp", "2016-01-31T00:00:00Z"]
    func task(_ words: String...) -> Program.Ending { program.run(["scenario", atlas] + words + stamp) }
    let a = plan("  - close: p2\n", named: "a.yaml")
    #expect(task("save", a).output == "kept: a, version 1\n")
    _ = plan("  - close: p2\n  - grow: 1.5\n", named: "a.yaml")
    #expect(
      task("save", a).output == "kept: a, version 2\n" && task("save", a).output == "kept: a, version 2\n")
    #expect(task("copy", "a@1", "b").output == "kept: b, version 1\n")
    #expect(task("show", "a@1").output.contains("close: p2") && task("show", "b").status == 0)
    #expect(task("diff", "a@1", "a").output == "+ grow: {township: \"all\", factor: 1.500000}\n")
    #expect(task("diff", "a@1", "b").output == "The same changes.\n")
    let list = task("list", "--json").json
    #expect((list["scenarios"] as? [[String: Any]])?.count == 3)
    #expect(task("show", "zzz").status == 66 && task("delete", "zzz").status == 66)

    let before = program.run("coverage", atlas, "--json").output
    let promised = run(atlas, "a", "--json").json
    #expect(task("apply", "a").output == "applied: a; rows added 0, updated 4\n")
    let after = program.run("coverage", atlas, "--json")
    #expect(after.output != before)
    #expect((after.json["customers"] as? [String: Any])?["served"] as? Int == served(promised, "after"))
    #expect(task("list").output.contains("applied at 2016-01-31T00:00:00.000Z: a@2"))
    #expect(task("undo").output == "undone: a\n")
    #expect(program.run("coverage", atlas, "--json").output == before)
    #expect(task("undo").status == 66)
    #expect(task("delete", "a").output == "deleted: a, versions 2\n")
    #expect(task("apply", "a").status == 66 && task("apply", plan("  - close: x\n")).status == 65)
  }

  @Test("A sweep is a table, a document and a chart")
  func sweep() throws {
    let atlas = program.makeAtlas()
    let chart = program.file("chart.svg")
    let ending = run(atlas, "--sweep", "within=5min..20min:5min", "--chart", chart, "--json")
    #expect(ending.status == 0, "\(ending.error)")
    let steps = try #require(ending.json["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["value"] as? String } == ["5min", "10min", "15min", "20min"])
    let svg = String(decoding: try #require(program.bytes("chart.svg")), as: UTF8.self)
    #expect(svg.hasPrefix("<svg") && svg.contains("10min") && svg.contains("<circle"))
    let values = run(atlas, "--sweep", "fee_control=50%..80%:10%", "--json").json["steps"] as? [[String: Any]]
    #expect(values?.compactMap { $0["value"] as? String } == ["50%", "60%", "70%", "80%"])
    let closed = run(atlas, plan("  - grow: 2\n"), "--sweep", "close=p1,p2", "--language", "en").output
    #expect(closed.contains("p1") && closed.contains("1,800"))
    let wrong = run(atlas, "--sweep", "open=C1")
    #expect(wrong.status == 65 && wrong.error.contains("--sweep open: candidate \"C1\""), "\(wrong.error)")
  }

  @Test("Draws are the same for the same seed, and compare plans")
  func draws() throws {
    let atlas = program.makeAtlas()
    let file = plan("  - open: {point_id: n, longitude: 112.59, latitude: 35.09}\n")
    func draw(_ seed: String) -> Program.Ending {
      run(atlas, file, "--draws", "50", "--seed", seed, "--json")
    }
    let ending = draw("1")
    #expect(ending.status == 0 && ending.output == draw("1").output && ending.output != draw("2").output)
    let uncertainty = try #require(ending.json["uncertainty"] as? [String: Any])
    let plans = try #require(uncertainty["plans"] as? [[String: Any]])
    #expect(plans.count == 2 && plans[1]["name"] as? String == "plan")
    let against = try #require((plans[1]["against"] as? [[String: Any]])?.first)
    #expect((against["worse"] as? Int) == 0)
    #expect(run(atlas, "--draws", "20").output.contains("P95"))
  }

  @Test("The page and the GeoJSON say what changes, and ask for nothing")
  func pages() throws {
    let atlas = program.makeAtlas()
    let file = plan(
      "  - close: p2\n  - move: {point_id: p1, longitude: 112.5, latitude: 35.3, place_id: v2}\n")
    let ending = run(atlas, file, "--html", program.file("p.html"), "--geojson", program.file("d.geojson"))
    #expect(ending.status == 0, "\(ending.error)")
    let html = String(decoding: try #require(program.bytes("p.html")), as: UTF8.self)
    #expect(
      html.contains("<svg") && html.contains("东村") && !html.contains("<script") && !html.contains("src="))
    let bytes = try #require(program.bytes("d.geojson"))
    let json = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let features = try #require(json["features"] as? [[String: Any]])
    let changes = features.compactMap { ($0["properties"] as? [String: Any])?["change"] as? String }
    #expect(changes == ["gained", "lost", "lost", "closed", "moved"])
    #expect((json["bbox"] as? [Double])?.count == 4)
  }
}
