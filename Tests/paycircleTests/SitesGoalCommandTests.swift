import Foundation
import Testing

/// Goals besides coverage, distance and the farthest place, as the program answers them.
@Suite("Goals of sites, from the command line")
struct SitesGoalCommandTests {
  let program = Program()

  /// Six town places on a meridian, 100 m apart by hundreds of customers, a crowded point, and three sites.
  private func atlas(volumes: Bool = true) -> String {
    var places = "place_id,name,setting,longitude,latitude,customers\n"
    for i in 0..<6 {
      places += "v\(i),place \(i),\(i == 5 ? "village" : "town"),112.5,\(35 + Double(i) * 0.003),900\n"
    }
    let points =
      "point_id,name,kind,longitude,latitude,counters,operator\np0,hall,business_hall,112.5,35,1,grid\np1,shop,shop,112.5,35.001,1,other\n"
    let candidates =
      "candidate_id,name,longitude,latitude,place_id,opening_cost_yuan\nc0,a,112.5,35.003,,1000\nc1,b,112.5,35.009,,2000\nc2,c,112.5,35.015,v5,3000\nc3,d,112.5,35.003,,1000\n"
    var files = [("places", places), ("points", points), ("candidates", candidates)]
    if volumes {
      files.append(
        (
          "volumes",
          "point_id,month,payments\np0,2015-01,700\np0,2015-02,720\np1,2015-01,300\np1,2015-02,310\n"
        ))
    }
    let atlas = program.file(volumes ? "with.gpkg" : "without.gpkg")
    for (kind, text) in files {
      let ending = program.run(
        "import", kind, program.write(text, to: "\(kind).csv"), "--into", atlas, "--replace-all")
      #expect(ending.status == 0, "\(ending.error)")
    }
    return atlas
  }

  @Test("relief keeps every point below the limit, chooses counters, and its proof is checked")
  func relief() throws {
    let atlas = atlas()
    let file = program.file("relief.json")
    let ending = program.run(
      "sites", atlas, "--goal", "relief", "--choose", "2", "--limit-utilization", "30%", "--max-counters",
      "2", "--certificate", file,
      "--json")
    #expect(ending.status == 0, "\(ending.error)")
    let levels = try #require(ending.json["levels"] as? [[String: Any]])
    #expect(levels.map { $0["name"] as? String } == ["payments_unplaced", "payment_seconds"])
    let relief = try #require(ending.json["relief"] as? [String: Any])
    let points = try #require(relief["points"] as? [[String: Any]])
    #expect(points.count == 2)
    for point in points { #expect((point["utilization"] as? Double ?? 9) <= 0.3) }
    let chosen = try #require(ending.json["chosen"] as? [[String: Any]])
    #expect(chosen.count == 2)
    for site in chosen {
      #expect([1, 2].contains(site["counters"] as? Int ?? 0))
      #expect(site["payments_per_month"] as? Int == site["gain"] as? Int)
      #expect((site["payments_per_month"] as? Int ?? .max) <= (site["capacity"] as? Int ?? 0))
    }
    let unplaced = try #require(levels[0]["value"] as? Int)
    #expect(unplaced < (relief["unplaced_before"] as? Int ?? 0))
    // Everybody's payments are somewhere: at a point, at a site, or nowhere.
    let places = try #require(relief["places"] as? [[String: Any]])
    let sent = places.flatMap { $0["to"] as? [[String: Any]] ?? [] }.reduce(0) {
      $0 + ($1["payments_per_month"] as? Int ?? 0)
    }
    let taken = (points + chosen).reduce(0) { $0 + ($1["payments_per_month"] as? Int ?? 0) }
    #expect(sent == taken)
    #expect(checked(file), "the certificate is valid")
    let split = program.run(
      "sites", atlas, "--goal", "relief", "--choose", "2", "--limit-utilization", "30%", "--max-counters",
      "2", "--split", "--json")
    let parts = try #require(split.json["levels"] as? [[String: Any]])
    #expect((parts[0]["value"] as? Int ?? .max) <= unplaced)
    let budget = program.run(
      "sites", atlas, "--goal", "relief", "--budget", "1500yuan", "--counter-cost", "500yuan", "--json")
    #expect(budget.status == 0 && (budget.json["chosen"] as? [Any])?.count == 1, "\(budget)")
    for (language, word) in [("en", "Payments that find no place"), ("zh", "无处可去的交费")] {
      let table = program.run("sites", atlas, "--goal", "relief", "--choose", "1", "--language", language)
      #expect(table.status == 0 && table.output.contains(word), "\(table)")
    }
  }

  @Test("relief keeps to rules, closes points and goes phase by phase, or says why no plan does")
  func ruledRelief() throws {
    let atlas = atlas()
    let ask = ["sites", atlas, "--goal", "relief", "--max-counters", "2", "--json"]
    let file = program.file("ruled-relief.json")
    let free = program.run(ask + ["--choose", "2"])
    let ruled = program.run(ask + ["--choose", "2", "--per-township", "1", "--certificate", file])
    #expect(ruled.status == 0 && checked(file), "\(ruled.error)")
    let value = { (ending: Program.Ending) in (ending.json["levels"] as? [[String: Any]])?[0]["value"] as? Int
    }
    #expect(try #require(value(ruled)) >= #require(value(free)))
    let closing = program.run(ask + ["--choose", "1", "--close", "1", "--certificate", file])
    #expect(closing.status == 0 && checked(file), "\(closing.error)")
    #expect((closing.json["closed"] as? [Any])?.count == 1, "\(closing.output)")
    let moving = program.run(ask + ["--choose", "1", "--relocate", "1"])
    #expect((moving.json["chosen"] as? [Any])?.count == 2 && (moving.json["closed"] as? [Any])?.count == 1)
    let phases = program.run(ask + ["--phases", "1,1"])
    #expect(phases.status == 0 && (phases.json["phases"] as? [Any])?.count == 2, "\(phases)")
    let impossible = program.run(
      ["sites", atlas, "--goal", "relief", "--choose", "1", "--at-least", "2", "--in-poorest", "1"])
    #expect(impossible.status == 1 || impossible.status == 64, "\(impossible)")
  }

  private func checked(_ file: String) -> Bool {
    let checker = Process()
    checker.executableURL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("check-certificate")
    checker.arguments = [file]
    let output = Pipe()
    checker.standardOutput = output
    guard (try? checker.run()) != nil else { return false }
    let verdict = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    checker.waitUntilExit()
    return checker.terminationStatus == 0 && verdict.hasPrefix("valid")
  }

  @Test("gradual coverage, visits and the promise say what they say; the farthest place has a certificate")
  func others() throws {
    let atlas = atlas()
    let gradual = program.run("sites", atlas, "--gradual", "--choose", "1", "--json", "--show-merged")
    #expect(gradual.status == 0 && gradual.json["proven"] as? Bool == true, "\(gradual.error)")
    #expect((gradual.json["decay"] as? [String: Any])?["form"] is String)
    let merged = (gradual.json["candidates"] as? [String: Any])?["merged"] as? [String: Any]
    #expect(merged?["same"] as? Int == 1 && merged?["groups"] as? Int == 1)
    let standIn = (merged?["stand_ins"] as? [[String: Any]])?.first
    #expect(standIn?["candidate_id"] as? String == "c3" && standIn?["by"] as? String == "c0")

    let all = program.run("sites", atlas, "--goal", "visits", "--choose", "2", "--json")
    #expect(all.status == 0 && all.json["unit"] as? String == "payments", "\(all.error)")
    let value = try #require(all.json["value"] as? Int)
    #expect(value > 0 && all.json["value"] as? Int == all.json["bound"] as? Int)
    for more in [
      ["--from", "others"], ["--from", "others", "--own-operator", "other"],
      ["--from", "nobody", "--stay-home", "20min"],
    ] {
      let (process, output, _) = program.start(
        ["sites", atlas, "--goal", "visits", "--choose", "2", "--json"] + more)
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      let part = json?["value"] as? Int ?? .max
      #expect(process.terminationStatus == 0 && part > 0 && part < value, "\(more): \(part) of \(value)")
    }

    // Rules, money, phases, and points that move.
    for (more, isPlan) in [
      (["--choose", "2", "--per-township", "1"], true), (["--phases", "1,1"], true),
      (["--budget", "1000000yuan", "--spacing", "50m"], true),
      (["--choose", "1", "--at-least", "4", "--in-poorest", "1"], false),
      (["--choose", "0", "--relocate", "1", "--from", "others"], true),
    ] {
      let file = program.file("ruled.json")
      let (process, output, _) = program.start(
        ["sites", atlas, "--goal", "visits", "--json", "--certificate", file] + more)
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      #expect(process.terminationStatus == (isPlan ? 0 : 1) && checked(file), "\(more)")
      #expect(isPlan == (json?["conflict"] is NSNull || json?["conflict"] == nil), "\(more)")
      if isPlan { #expect(json?["value"] as? Int == json?["bound"] as? Int, "\(more)") }
    }

    let promise = program.run("sites", atlas, "--goal", "promise", "--choose", "2", "--json")
    #expect(promise.status == 0 && promise.json["proven"] as? Bool == true, "\(promise.error)")
    let levels = try #require(promise.json["levels"] as? [[String: Any]])
    #expect(
      levels.map { $0["name"] as? String } == [
        "villages_without_point", "customers_unserved", "payment_seconds", "cost_yuan",
      ])
    #expect(levels.map { $0["value"] as? Int ?? -1 }.prefix(1) == [0])
    let ids = (promise.json["chosen"] as? [[String: Any]] ?? []).compactMap { $0["candidate_id"] as? String }
    #expect(ids.contains("c2"), "the only site of the village")
    let table = program.run("sites", atlas, "--goal", "promise", "--choose", "2", "--language", "zh")
    #expect(table.output.contains("1. 无网点的村"), "\(table)")

    let file = program.file("worst.json")
    let worst = program.run("sites", atlas, "--goal", "worst", "--choose", "2", "--certificate", file)
    #expect(worst.status == 0 && checked(file), "\(worst.error)")
  }

  @Test(
    "that cannot be asked for end with a sentence and the right status",
    arguments: [
      (
        ["--goal", "relief", "--target", "90%"], 64, "--goal relief: expected --choose, --budget or --phases"
      ),
      (
        ["--goal", "promise", "--target", "90%"], 64, "--goal promise: expected --choose, --budget or phases"
      ),
      (
        ["--goal", "promise", "--choose", "0", "--relocate", "1", "--keep-unless", "1%"], 64,
        "--keep-unless: for --goal coverage, distance and visits; the longest way and the promise have no shares"
      ),
      (["--goal", "visits", "--choose", "1", "--curve"], 64, "--goal visits: expected --choose"),
      (["--goal", "distance", "--choose", "1", "--gradual"], 64, "--gradual: for --goal coverage"),
      (["--choose", "1", "--split"], 64, "--split: for --goal relief"),
      (["--goal", "relief", "--choose", "1", "--counter-cost", "5yuan"], 64, "--counter-cost: for"),
      (
        ["--goal", "relief", "--choose", "1", "--max-counters", "0"], 64, "--max-counters 0: expected 1...100"
      ),
      (["--choose", "1", "--from", "others"], 64, "for --goal visits"),
      (
        ["--goal", "visits", "--choose", "1", "--own-operator", "grid"], 64,
        "--own-operator: for --from others"
      ),
      (["--goal", "relief", "--choose", "1"], 66, "no volumes; --goal relief expects"),
      (["--goal", "visits", "--choose", "1"], 66, "neither volumes nor distance surveys"),
    ])
  func refusals(arguments: [String], status: Int32, sentence: String) {
    let atlas = atlas(volumes: false)
    let (process, output, errors) = program.start(["sites", atlas] + arguments)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = String(decoding: FileManager.default.contents(atPath: errors.path) ?? Data(), as: UTF8.self)
    #expect(process.terminationReason == .exit && process.terminationStatus == status, "\(error)")
    #expect(text.isEmpty && error.contains(sentence), "\(error)")
  }
}
