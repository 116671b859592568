import Foundation
import Testing

/// `review`, `demand waiting`, `demand assurance` and `coverage --with-waiting`, as a stranger runs them.
@Suite("The review and what is behind it")
struct ReviewCommandTests {
  private let program = Program()

  /// The three places and two points of `makeAtlas`, with volumes, surveys and feedback; the hall is overrun.
  private func makeCounty() -> String {
    let atlas = program.makeAtlas()
    let volumes = (1...12).map { month in
      let name = (month < 10 ? "0" : "") + "\(month)"
      return "p1,2015-\(name),9000,\n" + (month < 8 ? "p2,2015-\(name),40,9\n" : "")
    }.joined()
    let files = [
      ("volumes", "point_id,month,payments,busiest_day_payments\n" + volumes),
      (
        "service-surveys",
        "survey_id,point_id,handling_seconds\n" + (0..<30).map { "s\($0),p1,\(100 + $0)\n" }.joined()
          + "z,p2,0\n"
      ),
      (
        "feedback",
        """
        feedback_id,date,point_id,category,rating,status,resolved_on
        f1,2015-03-01,p1,排队久,1,open,
        f2,2015-04-01,p1,排队久,1,resolved,2015-04-11
        f3,2015-04-01,p1,表扬,5,,

        """
      ),
    ]
    for (kind, text) in files {
      let file = program.write(text, to: "\(kind).csv")
      #expect(program.run("import", kind, file, "--into", atlas).status == 0)
    }
    return atlas
  }

  @Test("visits make a point of few hours effective, and what is not known of such points is said")
  func visits() throws {
    let atlas = program.file("v.gpkg")
    let files = [
      (
        "places",
        "place_id,name,setting,longitude,latitude,customers\nv1,甲村,village,112.5,35,100\nv2,乙村,village,112.7,35,100\n"
      ),
      (
        "points",
        "point_id,name,kind,longitude,latitude,hours,place_id\n"
          + "p1,甲,village_committee,112.5,35,\"Tu,Th 09:00-11:30\",v1\n"
          + "p2,乙,village_committee,112.7,35,\"Tu,Th 09:00-11:30\",v2\n"
      ),
      ("volumes", "point_id,month,payments\np1,2015-12,20\np2,2015-12,20\n"),
    ]
    for (kind, text) in files {
      let file = program.write(text, to: "\(kind).csv")
      #expect(program.run("import", kind, file, "--into", atlas).status == 0)
    }
    func villages() -> [String: Any] {
      program.run("coverage", atlas, "--json").json["villages"] as? [String: Any] ?? [:]
    }
    #expect(villages()["effective"] as? Int == 0 && villages()["part_time_unknown"] as? Int == 2)
    let rows = (1...10).map { "x\($0),p1,2015-06-\($0 + 10),\($0 == 4 ? "否" : "是")" }
    let file = program.write("巡查编码,网点编码,日期,在岗\n" + rows.joined(separator: "\n") + "\n", to: "visits.csv")
    let ending = program.run("import", "visits", file, "--into", atlas, "--json")
    #expect(ending.status == 0 && ending.json["added"] as? Int == 10, "\(ending.error)")
    #expect(villages()["effective"] as? Int == 1 && villages()["part_time_present"] as? Int == 1)
    #expect(villages()["part_time_unknown"] as? Int == 1 && villages()["part_time_absent"] as? Int == 0)
    let page = program.run("demand", atlas, "assurance")
    #expect(page.output.contains("fewer than 10 visits 1") && page.output.contains("per 100,000 customers"))
    #expect(program.run("demand", atlas, "assurance", "--language", "zh").output.contains("巡查不足 10 次的 1"))
    let stranger = program.write("visit_id,point_id,date,present\ny,nobody,2015-06-01,yes\n", to: "w.csv")
    let refused = program.run("import", "visits", stranger, "--into", atlas)
    #expect(refused.status == 65 && refused.error.contains("nobody"))
  }

  @Test("lists what to act on, with figure, threshold, rule and action, in both languages")
  func review() throws {
    let atlas = makeCounty()
    let json = program.run("review", atlas, "--json").json
    let items = try #require(json["items"] as? [[String: Any]])
    let rules = items.compactMap { $0["rule"] as? String }
    #expect(rules.contains("overloaded") && rules.contains("dormant") && rules.contains("single_point"))
    let overloaded = items[0]
    #expect(overloaded["rule"] as? String == "overloaded" && overloaded["point_id"] as? String == "p1")
    #expect(try #require(overloaded["figure"] as? Double) > 1 && overloaded["threshold"] as? Double == 0.85)
    #expect(!(overloaded["action"] as? String ?? "").isEmpty)
    let dormant = try #require(items.first { $0["rule"] as? String == "dormant" })
    #expect(dormant["figure"] as? Double == 5 && dormant["township"] as? String == "克井镇")
    let feedback = try #require(json["feedback"] as? [String: Any])
    #expect(feedback["open"] as? Int == 1 && feedback["median_days_to_close"] as? Double == 10)
    #expect((feedback["oldest_open"] as? [String: Any])?["feedback_id"] as? String == "f1")

    let english = program.run("review", atlas, "--rule", "dormant")
    #expect(english.output.contains("no payments in the latest 5 months") && !english.output.contains("busy"))
    #expect(program.run("review", atlas, "--language", "zh").output.contains("最近 5 个月无业务"))
    #expect(
      program.run("review", atlas, "--rule", "dormant", "--dormant-months", "6").output.contains("Nothing"))
    let none = program.run("review", atlas, "--json", "--limit", "0").json
    #expect(
      (none["items"] as? [Any])?.isEmpty == true && (none["counts"] as? [String: Any])?.isEmpty == false)
  }

  @Test("writes the list as a file spreadsheet programs open without running it")
  func file() throws {
    let atlas = makeCounty()
    let to = program.file("review.csv")
    #expect(program.run("review", atlas, "--to", to).status == 0)
    let text = String(decoding: try #require(program.bytes("review.csv")), as: UTF8.self)
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines[0] == "\u{FEFF}rule,point_id,name,township,figure,threshold,customers,finding,action")
    #expect(lines[1].hasPrefix("overloaded,p1,营业厅,") && lines.last == "")
    #expect(program.run("review", atlas, "--to", atlas).status == 64)
    #expect(program.run("review", atlas, "--to", program.file("no/such/folder.csv")).status == 73)
  }

  @Test("finds the wait, says what it assumed, and lets everything be said otherwise")
  func waiting() throws {
    let atlas = makeCounty()
    let json = program.run("demand", atlas, "waiting", "--json").json
    let points = try #require(json["points"] as? [[String: Any]])
    #expect(points.map { $0["point_id"] as? String } == ["p1", "p2"])
    #expect(points[0]["overloaded"] as? Bool == true && points[1]["overloaded"] as? Bool == false)
    #expect(points[0]["counters_assumed"] as? Bool == true && points[0]["counters"] as? Int == 2)
    #expect((json["summary"] as? [String: Any])?["surveys_set_aside"] as? Int == 1)
    #expect((json["assumptions"] as? [String: Any])?["peak_day_factor"] as? Double == 2.5)
    #expect(program.run("demand", "waiting", atlas).output.contains("overloaded: backlog"))
    let calm = program.run(
      "demand", atlas, "waiting", "--json", "--peak-day-factor", "1", "--peak-hour-share", "0.1")
    #expect(
      try #require((calm.json["points"] as? [[String: Any]])?[0]["utilization"] as? Double)
        < #require(points[0]["utilization"] as? Double))
  }

  @Test("counts the wait besides the way")
  func coverage() throws {
    let atlas = makeCounty()
    func served(_ arguments: String...) -> Int? {
      let (process, output, _) = program.start(["coverage", atlas, "--json"] + arguments)
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let json = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
      return (json?["town"] as? [String: Any])
        .flatMap { $0["customers"] as? [String: Any] }?["served"] as? Int
    }
    #expect(served() == 900)
    #expect(served("--with-waiting") == 0)
    #expect(served("--with-waiting", "--peak-day-factor", "1", "--peak-hour-share", "0") == 900)
    #expect(
      program.run("coverage", atlas, "--with-waiting").output.contains("served only if nobody waits: 900"))
    let plain = program.run("coverage", atlas, "--json").json
    #expect(plain["waiting"] == nil)
  }

  @Test("says who hangs on a single point, and what it would cost to lose it")
  func assurance() throws {
    let atlas = makeCounty()
    let json = program.run("demand", atlas, "assurance", "--json").json
    let points = try #require(json["points"] as? [[String: Any]])
    #expect(points.map { $0["customers_lost"] as? Int } == [900, 120])
    #expect(points.map { $0["activity"] as? String } == ["active", "dormant_90_days"])
    let places = try #require(json["places"] as? [[String: Any]])
    #expect(places.map { $0["only_point_id"] as? String } == ["p1", "p2", nil])
    #expect(program.run("demand", atlas, "assurance", "--language", "zh").output.contains("若该网点停业"))
  }

  @Test(
    "refuses absurd assumptions with a sentence",
    arguments: [
      ["--months", "0"], ["--peak-day-factor", "0.5"], ["--peak-hour-share", "nan"],
      ["--peak-hour-share", "2"],
      ["--handling", "90"], ["--days-open", "8"], ["--hours-open", "25h"], ["--arrival-variability", "inf"],
      ["--rule", "busy"], ["--limit", "-1"], ["--complaint-probability", "1.5"], ["--float-cost", "nan"],
    ])
  func refusals(arguments: [String]) {
    let (process, _, _) = program.start(["review", program.makeAtlas()] + arguments)
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
  }

  @Test("has no figure that is none: empty, without surveys, without volumes, with everything")
  func finite() {
    let empty = program.file("empty.gpkg")
    let header = program.write("place_id,name,setting,longitude,latitude,customers\n", to: "none.csv")
    #expect(program.run("import", "places", header, "--into", empty).status == 0)
    for atlas in [empty, makeCounty(), Program().makeAtlas()] {
      for command in [
        ["review", atlas], ["demand", atlas, "waiting"], ["demand", atlas, "assurance"],
        ["coverage", atlas, "--with-waiting"],
      ] {
        for format in [[], ["--json"], ["--language", "zh"]] {
          let (process, output, _) = program.start(command + format)
          let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
          process.waitUntilExit()
          #expect(process.terminationStatus == 0, "\(command)")
          #expect(!text.isEmpty && text.firstMatch(of: /(?i)\b(nan|inf|infinity)\b/) == nil, "\(text)")
        }
      }
    }
  }
}
