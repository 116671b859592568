import Foundation
import TestSupport
import Testing

/// Rules, phases, targets that cannot be reached and searches that are stopped, as a stranger asks for them.
@Suite("Rules of sites, from the command line")
struct SitesRulesCommandTests {
  let program = Program()

  /// Town places on one meridian, a kilometer and more apart, three points and five candidates.
  private func makeCounty() -> String {
    var places = "place_id,name,setting,longitude,latitude,customers,township\n"
    for i in 0..<8 {
      places += "v\(i),place \(i),town,112.5,\(35 + Double(i) * 0.012),\(10 + 7 * i),T\(i / 4)\n"
    }
    let points = """
      point_id,name,kind,longitude,latitude,operator,monthly_cost_yuan
      p0,point 0,shop,112.5,35.0,bank,300
      p1,point 1,shop,112.501,35.0,shop,100
      p2,point 2,shop,112.5,35.012,bank,200

      """
    var candidates = "candidate_id,name,longitude,latitude,opening_cost_yuan,monthly_cost_yuan\n"
    for i in 0..<5 {
      candidates += "c\(i),site \(i),112.5,\(35.012 + Double(i) * 0.012),\(1_000 + 100 * i),50\n"
    }
    let volumes = "point_id,month,payments\np0,2015-01,40\np1,2015-01,5\np2,2015-01,90\n"
    let atlas = program.file("county.gpkg")
    for (kind, text) in [
      ("places", places), ("points", points), ("candidates", candidates), ("volumes", volumes),
    ] {
      let ending = program.run("import", kind, program.write(text, to: "\(kind).csv"), "--into", atlas)
      #expect(ending.status == 0, "\(ending.error)")
    }
    return atlas
  }

  private func ids(_ json: Any?, _ key: String) -> [String] {
    (json as? [[String: Any]] ?? []).compactMap { $0[key] as? String }
  }

  private func served(_ json: [String: Any], _ when: String = "after") -> Int? {
    ((json[when] as? [String: Any])?["customers"] as? [String: Any])?["served"] as? Int
  }

  @Test("points close and move, the network then is as coverage says, and the plan is exported with them")
  func closing() throws {
    let atlas = makeCounty()
    let close = program.run("sites", atlas, "--choose", "0", "--close", "1", "--json")
    #expect(close.status == 0 && close.json["proven"] as? Bool == true, "\(close.error)")
    // p0 and p1 serve the same place: either may close, and p1 has fewer payments.
    #expect(
      ids(close.json["closed"], "point_id") == ["p1"] && served(close.json) == served(close.json, "before"))

    let move = program.run(
      "sites", atlas, "--choose", "0", "--relocate", "1", "--moving-cost", "500yuan", "--keep", "p1",
      "--json",
      "--save", "m", "--certificate", program.file("proof.json"))
    #expect(move.status == 0 && move.json["proven"] as? Bool == true, "\(move.error)")
    let closed = try #require(move.json["closed"] as? [[String: Any]])
    #expect(
      closed.count == 1 && closed[0]["point_id"] as? String == "p0"
        && closed[0]["action"] as? String == "move")
    let site = try #require(closed[0]["moves_to"] as? String)
    #expect(ids(move.json["chosen"], "candidate_id") == [site] && site == "c4")
    // The site's own cost, and what moving costs.
    #expect(move.json["cost_yuan"] as? Double == 1_900.0)
    #expect(served(move.json) == move.json["value"] as? Int)

    let text = program.run(
      "export", atlas, "--format", "csv", "--layer", "plan", "--to", program.file("plan.csv"))
    #expect(text.status == 0)
    let rows = String(decoding: program.bytes("plan.csv") ?? Data(), as: UTF8.self)
    #expect(rows.contains(",move_here,p0") && rows.contains(",move_away,p0"), "\(rows)")

    let changed = program.write(
      "point_id,name,kind,longitude,latitude,status\np0,point 0,shop,112.5,35.0,closed\nx,new,shop,112.5,35.06,active\n",
      to: "changed.csv")
    #expect(program.run("import", "points", changed, "--into", atlas).status == 0)
    let after = program.run("coverage", atlas, "--json").json
    for key in ["places", "customers", "town", "time"] {
      #expect(
        (move.json["after"] as? [String: Any])?[key] as? NSDictionary == after[key] as? NSDictionary, "\(key)"
      )
    }
    #expect(try verdict(on: "proof.json").hasPrefix("valid"))
  }

  @Test("a move that gains too little is not made")
  func keepUnless() {
    let atlas = makeCounty()
    let lax = program.run("sites", atlas, "--choose", "0", "--relocate", "3", "--keep-unless", "1%", "--json")
    let strict = program.run(
      "sites", atlas, "--choose", "0", "--relocate", "3", "--keep-unless", "90%", "--json")
    #expect(lax.status == 0 && ids(lax.json["closed"], "point_id").isEmpty == false)
    #expect(
      strict.status == 0 && ids(strict.json["closed"], "point_id").isEmpty
        && strict.json["charge"] as? Int == 0)
    let words = program.run("sites", atlas, "--choose", "0", "--relocate", "3", "--keep-unless", "90%")
    #expect(words.output.contains("No point is closed."))
  }

  private func verdict(on name: String) throws -> String {
    let checker = Process()
    checker.executableURL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("check-certificate")
    checker.arguments = [program.file(name)]
    let output = Pipe()
    checker.standardOutput = output
    try checker.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    checker.waitUntilExit()
    return text
  }

  @Test("phases follow one another, each with its proof")
  func phases() throws {
    let atlas = makeCounty()
    let plan = program.run(
      "sites", atlas, "--phases", "1,2", "--json", "--certificate", program.file("list.json"))
    #expect(plan.status == 0, "\(plan.error)")
    let phases = try #require(plan.json["phases"] as? [[String: Any]])
    #expect(
      phases.count == 2 && phases.allSatisfy { $0["proven"] as? Bool == true && $0["gap"] as? Double == 0 })
    let chosen = phases.flatMap { $0["chosen"] as? [String] ?? [] }
    #expect(chosen == ids(plan.json["chosen"], "candidate_id") && chosen.count == 3)
    let one = program.run("sites", atlas, "--choose", "1", "--json")
    #expect(
      phases[0]["value"] as? Int == one.json["value"] as? Int
        && phases[1]["value"] as? Int == served(plan.json))
    #expect(try verdict(on: "list.json").hasPrefix("valid"))
    let money = program.run("sites", atlas, "--phase-budgets", "1500yuan,2600yuan", "--json")
    let costs = (money.json["phases"] as? [[String: Any]] ?? []).compactMap { $0["cost_yuan"] as? Double }
    #expect(money.status == 0 && costs.count == 2 && costs[0] <= 1_500 && costs[1] <= 2_600, "\(money)")
    let chinese = program.run("sites", atlas, "--phases", "1,2", "--language", "zh")
    #expect(chinese.status == 0 && chinese.output.contains("各期的界以前期为既定"))
  }

  @Test("spacing, townships, second operators and targets in minutes are kept to")
  func rules() throws {
    let atlas = makeCounty()
    // Sites are 1,334 m apart: two steps are needed for 2 km, and c0 lies on p2.
    let apart = program.run("sites", atlas, "--choose", "3", "--spacing", "2km", "--json")
    #expect(apart.status == 0 && Set(ids(apart.json["chosen"], "candidate_id")) == ["c2", "c4"], "\(apart)")
    let township = program.run("sites", atlas, "--choose", "3", "--per-township", "1", "--json")
    let numbers = ids(township.json["chosen"], "candidate_id").compactMap { Int($0.dropFirst()) }
    #expect(township.status == 0 && numbers.count { $0 < 3 } <= 1 && numbers.count { $0 >= 3 } <= 1)
    let poor = program.run("sites", atlas, "--choose", "1", "--at-least", "1", "--in-poorest", "1", "--json")
    #expect((poor.json["rules"] as? [String: Any])?["poorest_townships"] as? [String] == ["T1"])
    #expect(ids(poor.json["chosen"], "candidate_id") == ["c4"])
    let second = program.run(
      "sites", atlas, "--choose", "1", "--second-operator", "--operator", "shop", "--json")
    let share = try #require(second.json["second_operator"] as? [String: Any])
    // v0 has a bank and a shop today; v1 has a bank, and c0 would be its shop.
    #expect(
      share["before"] as? Int == 10 && share["after"] as? Int == 27 && second.json["value"] as? Int == 27)
    #expect(ids(second.json["chosen"], "candidate_id") == ["c0"])
    let worst = program.run("sites", atlas, "--goal", "worst", "--target", "70min", "--json")
    #expect(
      worst.status == 0 && worst.json["unit"] as? String == "sites" && worst.json["proven"] as? Bool == true)
    let mean = program.run("sites", atlas, "--goal", "distance", "--target", "20min", "--json")
    #expect(
      mean.status == 0 && mean.json["proven"] as? Bool == true && mean.json["value"] as? Int == 2, "\(mean)")
    let money = program.run("sites", atlas, "--goal", "distance", "--budget", "2600yuan", "--json")
    #expect(
      money.status == 0 && money.json["proven"] as? Bool == true
        && (money.json["cost_yuan"] as? Double ?? 1e9) <= 2_600)
    // p0 and p1 serve the same place; whichever closes makes no way longer, and c4 is nearest to the last places.
    for goal in ["distance", "worst"] {
      let moved = program.run(
        "sites", atlas, "--goal", goal, "--choose", "0", "--relocate", "1", "--json", "--certificate",
        program.file("ways.json"))
      #expect(moved.status == 0 && moved.json["proven"] as? Bool == true, "\(moved.error)")
      let closed = try #require((moved.json["closed"] as? [[String: Any]])?.first)
      #expect(closed["action"] as? String == "move" && (closed["loss"] as? Int ?? -1) >= 0)
      #expect(ids(moved.json["chosen"], "candidate_id") == [closed["moves_to"] as? String ?? ""])
      #expect(FileManager.default.fileExists(atPath: program.file("ways.json")))
    }
    for limit in [["--budget", "2600yuan"], ["--phases", "1,1"], ["--choose", "2"]] {
      let promise = program.run(
        ["sites", atlas, "--goal", "promise", "--spacing", "1km", "--per-township", "1", "--json"] + limit)
      #expect(promise.status == 0 && promise.json["proven"] as? Bool == true, "\(promise.error)")
      #expect(!ids(promise.json["chosen"], "candidate_id").contains("c0"), "c0 lies on p2")
    }
    let moved = program.run(
      "sites", atlas, "--goal", "promise", "--choose", "0", "--relocate", "1", "--json")
    #expect(moved.status == 0 && moved.json["proven"] as? Bool == true, "\(moved.error)")
    let closed = moved.json["closed"] as? [[String: Any]] ?? []
    #expect(closed.count <= 1 && closed.count == ids(moved.json["chosen"], "candidate_id").count)
    let tooMany = program.run("sites", atlas, "--goal", "promise", "--choose", "1", "--close", "999")
    #expect(tooMany.status == 1, "\(tooMany.output) \(tooMany.error)")
    let gradual = program.run(
      "sites", atlas, "--gradual", "--budget", "2600yuan", "--spacing", "1km", "--json")
    #expect(gradual.status == 0 && gradual.json["proven"] as? Bool == true, "\(gradual.error)")
    #expect(gradual.json["value"] is Double && (gradual.json["cost_yuan"] as? Double ?? 1e9) <= 2_600)
  }

  @Test("what cannot be reached names the places, their nearest candidates and the least that helps")
  func infeasible() throws {
    let atlas = makeCounty()
    let ending = program.run("sites", atlas, "--target", "100%", "--json")
    #expect(ending.status == 1 && ending.json["feasible"] as? Bool == false)
    let shortfall = try #require(ending.json["shortfall"] as? [String: Any])
    let named = try #require(shortfall["unservable"] as? [[String: Any]])
    #expect(named.map { $0["place_id"] as? String } == ["v6", "v7"])
    #expect(named.map { $0["nearest_candidate_id"] as? String } == ["c4", "c4"])
    let seconds = try #require(
      (shortfall["relaxation"] as? [String: Any])?["town_seconds"] as? Int)
    #expect(named[1]["nearest_candidate_seconds"] as? Int == seconds)
    #expect((shortfall["largest_target"] as? [String: Any])?["sites"] as? Int == 4)
    let wider = program.run("sites", atlas, "--target", "100%", "--within", "\(seconds)s", "--json")
    #expect(wider.status == 0 && wider.json["proven"] as? Bool == true)
    #expect(program.run("sites", atlas, "--target", "100%", "--within", "\(seconds - 1)s").status == 1)
    let words = program.run("sites", atlas, "--target", "100%", "--language", "zh")
    #expect(words.status == 1 && words.output.contains("最小的放宽:") && words.output.contains("最近的候选点"))
    let text = program.run("sites", atlas, "--target", "100%")
    #expect(
      text.output.contains("That much takes 4 sites (proven).") && text.output.contains("(\(seconds)s)"))

    let crowded = program.run(
      "sites", atlas, "--choose", "4", "--at-least", "3", "--in-poorest", "1", "--json")
    let conflict = try #require(crowded.json["conflict"] as? [String: Any])
    #expect(crowded.status == 1 && conflict["most_in_poorest"] as? Int == 2)
    let spaced = program.run(
      "sites", atlas, "--choose", "4", "--at-least", "3", "--in-poorest", "2", "--spacing", "3km")
    let offered = try #require(spaced.output.firstMatch(of: #/--spacing ([0-9]+m)/#)).1
    #expect(spaced.status == 1 && spaced.output.contains("No plan keeps to the rules."))
    let again = program.run(
      "sites", atlas, "--choose", "4", "--at-least", "3", "--in-poorest", "2", "--spacing", String(offered))
    #expect(again.status == 0, "\(offered): \(again.output)")
    let far = program.run("sites", atlas, "--goal", "worst", "--target", "1min", "--json")
    #expect(far.status == 1 && far.json["feasible"] as? Bool == false)
  }

  @Test("sites with too few payments are left out, each with what it could expect beside what was asked")
  func minPayments() throws {
    let atlas = makeCounty()
    let none = program.run("sites", atlas, "--choose", "2", "--min-payments", "1000000", "--json")
    #expect(none.status == 0 && ids(none.json["chosen"], "candidate_id").isEmpty, "\(none.error)")
    func leftOut(_ ending: Program.Ending) -> [String: Double] {
      let rows = (ending.json["candidates"] as? [String: Any])?["left_out"] as? [[String: Any]] ?? []
      #expect(rows.allSatisfy { $0["reason"] as? String == "too_few_payments" })
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          guard let id = row["candidate_id"] as? String else { return nil }
          return (id, row["expected_payments_per_month"] as? Double ?? .nan)
        })
    }
    let all = leftOut(none)
    #expect(all.keys.sorted() == ["c0", "c1", "c2", "c3", "c4"])
    let middle = all.values.sorted()[2].rounded(.up)
    let some = program.run("sites", atlas, "--choose", "5", "--min-payments", "\(Int(middle))", "--json")
    let out = leftOut(some)
    #expect((1..<5).contains(out.count) && out.values.allSatisfy { $0 < middle + 0.5 })
    #expect(Set(ids(some.json["chosen"], "candidate_id")).isDisjoint(with: out.keys))
    #expect(out.allSatisfy { all[$0.key] == $0.value })
    let words = program.run("sites", atlas, "--choose", "5", "--min-payments", "\(Int(middle))")
    #expect(words.output.contains("site left out") && out.keys.allSatisfy { words.output.contains($0) })
  }

  @Test(
    "rules that make no sense together end with a sentence",
    arguments: [
      (["--choose", "1", "--spacing", "800"], "'800' is invalid"),
      (["--choose", "1", "--at-least", "1"], "--at-least and --in-poorest: expected both"),
      (["--choose", "1", "--per-township", "0"], "--per-township 0: expected a number from 1 up"),
      (["--choose", "0", "--spacing", "1km"], "--choose 0: expected a number from 1 up"),
      (["--choose", "1", "--close", "1", "--relocate", "1"], "--close and --relocate: expected one"),
      (["--choose", "1", "--moving-cost", "5yuan"], "--moving-cost: for --relocate"),
      (["--choose", "1", "--close", "1", "--keep-unless", "1%"], "--keep-unless: for --relocate"),
      (["--choose", "1", "--operator", "x"], "--operator: for --second-operator"),
      (["--target", "50%", "--relocate", "1"], "--relocate: expected --choose or --budget"),
      (["--phases", "1,2", "--choose", "3"], "expected one of --choose"),
      (["--phases", "1,2", "--close", "1"], "--phases and --phase-budgets: expected without"),
      (["--phases", "1,x"], "'1,x' is invalid"),
      (["--phase-budgets", "1,2yuan"], "'1,2yuan' is invalid"),
      (["--target", "15min"], "a share is expected for --goal coverage"),
      (["--target", "95%", "--goal", "worst"], "a time is expected for --goal worst"),
      (
        ["--choose", "1", "--close", "1", "--goal", "visits"],
        "--goal visits: --close and --relocate are for --from others"
      ),
      (["--choose", "1", "--second-operator", "--goal", "worst"], "--second-operator: for --goal coverage"),
      (
        ["--choose", "1", "--relocate", "1", "--keep-unless", "1%", "--goal", "worst"],
        "--keep-unless: for --goal coverage, distance and visits"
      ),
      (["--target", "90%", "--gradual"], "--gradual: for --goal coverage, without --target"),
      (
        ["--phase-budgets", "5yuan,5yuan", "--goal", "relief"],
        "--goal relief: expected --choose, --budget or --phases"
      ),
      (
        ["--budget", "500yuan", "--close", "1", "--goal", "relief"],
        "--goal relief: --close and --relocate are for --choose"
      ),
      (["--phases", "1,1", "--keep", "c1,c2"], "expected at most the 1 of --phases"),
    ])
  func refusals(arguments: [String], sentence: String) {
    let atlas = makeCounty()
    let ending = program.run(["sites", atlas] + arguments)
    #expect(
      ending.status == 64 && ending.output.isEmpty && ending.error.contains(sentence), "\(ending.error)")
  }

  // MARK: - Stopped

  /// Places and candidates scattered evenly: the kind of question that takes long to prove.
  private func makeLong(places placeCount: Int, _ position: (inout SeededGenerator) -> (Double, Double))
    -> String
  {
    var dice = SeededGenerator(seed: 77)
    var places = "place_id,name,setting,longitude,latitude,customers\n"
    for i in 0..<placeCount {
      let (latitude, longitude) = position(&dice)
      places += "v\(i),v,town,\(longitude),\(latitude),\(Int.random(in: 1...100, using: &dice))\n"
    }
    var candidates = "candidate_id,name,longitude,latitude\n"
    for i in 0..<300 {
      let (latitude, longitude) = position(&dice)
      candidates += "c\(i),c,\(longitude),\(latitude)\n"
    }
    let atlas = program.file("long.gpkg")
    for (kind, text) in [("places", places), ("candidates", candidates)] {
      let ending = program.run("import", kind, program.write(text, to: "long-\(kind).csv"), "--into", atlas)
      #expect(ending.status == 0, "\(ending.error)")
    }
    return atlas
  }

  private func scattered() -> String {
    makeLong(places: 3_000) { dice in
      (
        35 + Double(Int.random(in: 0...20_000, using: &dice)) * 1e-5,
        112.5 + Double(Int.random(in: 0...20_000, using: &dice)) * 1e-5
      )
    }
  }

  private func checkStopped(_ ending: Program.Ending) {
    #expect(ending.status == 0, "\(ending.error)")
    let (value, bound) = (ending.json["value"] as? Int ?? -1, ending.json["bound"] as? Int ?? -1)
    #expect(
      ending.json["interrupted"] as? Bool == true && ending.json["proven"] as? Bool == false,
      "\(ending.output.prefix(300))")
    #expect(value > 0 && bound > value && (ending.json["gap"] as? Double ?? 0) > 0)
    #expect(served(ending.json) == value && !ids(ending.json["chosen"], "candidate_id").isEmpty)
  }

  @Test("a time limit prints the best plan with its bound, and says that it was stopped")
  func timeLimit() {
    let atlas = scattered()
    let question = ["sites", atlas, "--choose", "30", "--within", "45min", "--time-limit", "1s"]
    checkStopped(program.run(question + ["--json"]))
    checkStopped(program.run(question + ["--json", "--spacing", "300m"]))
    let words = program.run(question)
    #expect(
      words.status == 0 && words.output.contains("Stopped early")
        && words.output.contains("No plan is better than"))
    let chinese = program.run(question + ["--language", "zh"])
    #expect(chinese.output.contains("提前中止"))
  }

  @Test("a time limit holds on roads, too")
  func timeLimitOnRoads() {
    let side = 70
    let atlas = makeLong(places: 4_000) { dice in
      (
        35.09 + 0.0009 * Double(Int.random(in: 0..<side, using: &dice)),
        112.59 + 0.0011 * Double(Int.random(in: 0..<side, using: &dice))
      )
    }
    let roads = program.run("import", "roads", program.makeTown(side: side), "--into", atlas)
    #expect(roads.status == 0, "\(roads.error)")
    checkStopped(
      program.run(
        "sites", atlas, "--travel", "roads", "--choose", "12", "--within", "20min", "--time-limit", "1s",
        "--json"))
  }

  @Test("Ctrl-C prints the best plan with its bound, and says that it was stopped")
  func interrupted() throws {
    checkStopped(try interrupting(["sites", scattered(), "--choose", "30", "--within", "45min", "--json"]))
  }

  @Test(
    "Ctrl-C on the roads of the sample county prints plan and bound, whenever it comes", arguments: [0, 3])
  func interruptedOnRoads(seconds: UInt32) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("geodata/jiyuan").path
    let atlas = program.file("sample.gpkg")
    for (kind, file) in [
      ("places", "places.synthetic.csv"), ("points", "points.synthetic.csv"),
      ("candidates", "candidates.synthetic.csv"),
      ("roads", "roads.synthetic.osm.pbf"),
    ] {
      let ending = program.run("import", kind, "\(folder)/\(file)", "--into", atlas)
      #expect(ending.status == 0, "\(ending.error)")
    }
    let question = ["sites", atlas, "--travel", "roads", "--goal", "distance", "--choose", "40"]
    let ending = try interrupting(question + ["--json"], after: seconds)
    #expect(ending.status == 0 && ending.json["interrupted"] as? Bool == true, "\(ending.error)")
    let (value, bound) = (ending.json["value"] as? Int ?? -1, ending.json["bound"] as? Int ?? -1)
    #expect(0 < bound && bound < value && ending.json["proven"] as? Bool == false)
    #expect(ids(ending.json["chosen"], "candidate_id").count == 40)
    if seconds == 0 {
      let words = try interrupting(question)
      #expect(words.status == 0 && words.output.contains("Stopped early"), "\(words.output)")
      #expect(words.output.contains("No plan is better than"))
    }
  }

  /// Runs the program and sends it a Ctrl-C once it can take one, and so many seconds have passed.
  private func interrupting(_ arguments: [String], after seconds: UInt32 = 0) throws -> Program.Ending {
    let (process, output, errors) = program.start(arguments)
    // The program catches SIGINT from the moment the second bit of what it catches is set.
    let status = "/proc/\(process.processIdentifier)/status"
    func catches() -> Bool {
      guard let text = try? String(contentsOfFile: status, encoding: .utf8),
        let found = text.firstMatch(of: #/SigCgt:\s*([0-9a-f]+)/#), let bits = UInt64(found.1, radix: 16)
      else { return false }
      return bits & 2 != 0
    }
    let deadline = Date().addingTimeInterval(300)
    while !catches(), process.isRunning, Date() < deadline { usleep(20_000) }
    try #require(catches())
    sleep(seconds)
    kill(process.processIdentifier, SIGINT)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = String(decoding: FileManager.default.contents(atPath: errors.path) ?? Data(), as: UTF8.self)
    #expect(process.terminationReason == .exit)
    return .init(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self), error: error)
  }

  @Test("other plans keep to the same rules, close points of their own, and are named in phases, too")
  func alternatives() throws {
    let atlas = makeCounty()
    func others(_ rules: [String]) throws -> [String: Any] {
      let ending = program.run(
        ["sites", atlas, "--alternatives", "3", "--within-gap", "40%", "--json"] + rules)
      #expect(ending.status == 0, "\(ending.error)")
      return try #require(ending.json["alternatives"] as? [String: Any])
    }
    func chosen(_ plan: [String: Any]) -> [String] { plan["chosen"] as? [String] ?? [] }
    // The first three sites lie in one township, the others in the next.
    let apart = try others(["--choose", "2", "--per-township", "1"])
    let plans = try #require(apart["plans"] as? [[String: Any]])
    #expect(plans.count == 3 && plans.allSatisfy { $0["closed"] == nil } && apart["closures"] == nil)
    for plan in plans {
      let sites = chosen(plan)
      #expect(!sites.isEmpty && sites.count { ["c0", "c1", "c2"].contains($0) } <= 1)
      #expect(sites.count { ["c3", "c4"].contains($0) } <= 1)
    }
    let moved = try others(["--choose", "0", "--relocate", "1"])
    let moves = try #require(moved["plans"] as? [[String: Any]])
    #expect(!moves.isEmpty && moves.allSatisfy { chosen($0).count == ($0["closed"] as? [String])?.count })
    #expect((moved["closures"] as? [[String: Any]])?.count == 1)
    let phased = try others(["--phases", "1,1"])
    let first = try #require(phased["core"] as? [String]).first
    #expect(try #require(phased["plans"] as? [[String: Any]]).allSatisfy { chosen($0).contains(first ?? "") })
    let words = program.run(
      "sites", atlas, "--choose", "0", "--relocate", "1", "--alternatives", "2", "--within-gap", "40%",
      "--language", "zh")
    #expect(words.output.contains("关闭的网点") && words.output.contains("其他方案"), "\(words.output)")
  }
}
