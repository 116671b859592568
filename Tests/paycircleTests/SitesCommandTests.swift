import Foundation
import TestSupport
import Testing

/// The program's proposals, judged by every set of sites in turn, on counties along one meridian where a way is a difference of latitudes.
@Suite("Sites, from the command line")
struct SitesCommandTests {
  let program = Program()

  /// Town places, points and candidates on one meridian.
  private struct Meridian {
    var places: [(latitude: Double, customers: Int)]
    var points: [Double]
    /// Candidates with their cost in yuan.
    var candidates: [(latitude: Double, cost: Int)]

    static func random(_ seed: Int) -> Meridian {
      var random = SeededGenerator(seed: seed)
      func somewhere() -> Double { 35 + Double(Int.random(in: 0...40, using: &random)) * 0.001 }
      return Meridian(
        places: (0..<12).map { _ in
          (somewhere(), Int.random(in: 0..<5, using: &random) == 0 ? 0 : .random(in: 1...500, using: &random))
        }, points: [somewhere()],
        candidates: (0..<7).map { _ in (somewhere(), Int.random(in: 1...9, using: &random) * 1_000) })
    }

    /// Every set of candidates.
    var sets: [[Int]] {
      (0..<1 << candidates.count).map { bits in candidates.indices.filter { bits >> $0 & 1 == 1 } }
    }

    /// Seconds on foot from each place to the nearest point once a set is opened: 1.3 times the great circle at 1.25 m/s.
    func seconds(_ set: [Int]) -> [Int] {
      places.map { place in
        (points + set.map { candidates[$0].latitude }).map { latitude in
          let meters = abs(latitude - place.latitude) * .pi / 180 * 6_371_008.8
          return Int((meters * 1.3 / 1.25 - 1e-6).rounded(.up))
        }.min() ?? 0
      }
    }

    func served(_ set: [Int]) -> Int {
      zip(places, seconds(set)).reduce(0) { $1.1 <= 600 ? $0 + $1.0.customers : $0 }
    }

    func cost(_ set: [Int]) -> Int { set.reduce(0) { $0 + candidates[$1].cost } }
    var customers: Int { places.reduce(0) { $0 + $1.customers } }
  }

  private func atlas(of county: Meridian) -> String {
    var places = "place_id,name,setting,longitude,latitude,customers\n"
    for (i, place) in county.places.enumerated() {
      places += "v\(i),place \(i),town,112.5,\(place.latitude),\(place.customers)\n"
    }
    var points = "point_id,name,kind,longitude,latitude\n"
    for (i, latitude) in county.points.enumerated() { points += "p\(i),point \(i),shop,112.5,\(latitude)\n" }
    var candidates = "candidate_id,name,longitude,latitude,opening_cost_yuan\n"
    for (i, site) in county.candidates.enumerated() {
      candidates += "c\(i),site \(i),112.5,\(site.latitude),\(site.cost)\n"
    }
    let atlas = program.file("a.gpkg")
    for (kind, text) in [("places", places), ("points", points), ("candidates", candidates)] {
      let file = program.write(text, to: "\(kind).csv")
      let ending = program.run("import", kind, file, "--into", atlas, "--replace-all")
      #expect(ending.status == 0, "\(ending.error)")
    }
    return atlas
  }

  private struct Answer {
    var ending: Program.Ending
    var value: Int { ending.json["value"] as? Int ?? -1 }
    var bound: Int { ending.json["bound"] as? Int ?? -1 }
    var chosen: [Int] {
      (ending.json["chosen"] as? [[String: Any]] ?? []).compactMap {
        ($0["candidate_id"] as? String).flatMap { Int($0.dropFirst()) }
      }
    }
    var isProven: Bool {
      ending.status == 0 && ending.json["proven"] as? Bool == true && ending.json["gap"] as? Double == 0
        && value == bound && ending.json["seconds"] is NSNull
    }
    func served(_ when: String) -> Int? {
      let summary = ending.json[when] as? [String: Any]
      return (summary?["customers"] as? [String: Any])?["served"] as? Int
    }
  }

  private func ask(_ atlas: String, _ arguments: String...) -> Answer {
    let (process, output, errors) = program.start(["sites", atlas, "--json"] + arguments)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = FileManager.default.contents(atPath: errors.path) ?? Data()
    return Answer(
      ending: .init(
        status: process.terminationReason == .exit ? process.terminationStatus : -1,
        output: String(decoding: text, as: UTF8.self), error: String(decoding: error, as: UTF8.self)))
  }

  @Test("are the best of all sets, for every goal and limit", arguments: 0..<6)
  func best(seed: Int) throws {
    let county = Meridian.random(seed)
    let atlas = atlas(of: county)
    let sets = county.sets
    let served = sets.map(county.served)

    let two = ask(atlas, "--choose", "2")
    #expect(two.isProven, "\(two.ending)")
    #expect(two.value == zip(sets, served).filter { $0.0.count <= 2 }.map(\.1).max())
    #expect(two.served("after") == two.value && county.served(two.chosen) == two.value)
    #expect(two.served("before") == county.served([]))

    let budget = ask(atlas, "--budget", "9000yuan")
    #expect(budget.isProven && county.cost(budget.chosen) <= 9_000)
    #expect(budget.value == zip(sets, served).filter { county.cost($0.0) <= 9_000 }.map(\.1).max())

    for percent in [60, 100] {
      let target = ask(atlas, "--target", "\(percent)%")
      let enough = zip(sets, served).filter { $0.1 * 100 >= county.customers * percent }.map(\.0)
      if let fewest = enough.map(\.count).min() {
        #expect(target.isProven && target.value == fewest && target.chosen.count == fewest)
        #expect(county.served(target.chosen) * 100 >= county.customers * percent)
        let cheapest = ask(atlas, "--target", "\(percent)%", "--cheapest")
        #expect(cheapest.ending.json["value"] as? Int == enough.map(county.cost).min())
      } else {
        #expect(target.ending.status == 1 && target.ending.json["feasible"] as? Bool == false)
        let shortfall = try #require(target.ending.json["shortfall"] as? [String: Any])
        let everything = county.candidates.indices.map { $0 }
        let share = try #require(shortfall["largest_target_share"] as? Double)
        #expect(abs(share - Double(county.served(everything)) / Double(county.customers)) < 1e-6)
        let named = (shortfall["unservable"] as? [[String: Any]] ?? []).compactMap {
          $0["place_id"] as? String
        }
        let unserved = zip(county.places, county.seconds(everything)).enumerated()
          .filter { $1.0.customers > 0 && $1.1 > 600 }.map { "v\($0.offset)" }
        #expect(Set(named) == Set(unserved))
        // The target it names can be reached.
        let text = program.run("sites", atlas, "--target", "\(percent)%")
        #expect(text.status == 1)
        let offered = try #require(text.output.firstMatch(of: #/--target ([0-9.]+%)/#)).1
        #expect(ask(atlas, "--target", String(offered)).isProven)
      }
    }

    let near = ask(atlas, "--goal", "distance", "--choose", "2")
    func ways(_ set: [Int]) -> Int {
      // 0.7 payments a customer and month in person, to the nearest whole.
      zip(county.places, county.seconds(set)).reduce(0) {
        $0 + Int((Double($1.0.customers) * 0.7).rounded()) * $1.1
      }
    }
    #expect(near.isProven && near.value == sets.filter { $0.count <= 2 }.map(ways).min())
    #expect(ways(near.chosen) == near.value)

    let worst = ask(atlas, "--goal", "worst", "--choose", "2")
    func longest(_ set: [Int]) -> Int { county.seconds(set).max() ?? 0 }
    #expect(worst.isProven && worst.value == sets.filter { $0.count <= 2 }.map(longest).min())
    #expect(longest(worst.chosen) == worst.value)
  }

  @Test("of the same question are the same bytes; after opening them, coverage says what was promised")
  func promised() throws {
    let county = Meridian.random(11)
    let atlas = atlas(of: county)
    let plan = ask(atlas, "--choose", "3", "--keep", "c1", "--forbid", "c2,c3")
    #expect(plan.isProven && plan.chosen.contains(1) && Set(plan.chosen).isDisjoint(with: [2, 3]))
    #expect(ask(atlas, "--choose", "3", "--keep", "c1", "--forbid", "c2,c3").ending == plan.ending)
    var points = "point_id,name,kind,longitude,latitude\n"
    for site in plan.chosen { points += "x\(site),x,shop,112.5,\(county.candidates[site].latitude)\n" }
    let opened = program.write(points, to: "opened.csv")
    #expect(program.run("import", "points", opened, "--into", atlas).status == 0)
    let after = program.run("coverage", atlas, "--json").json
    let promised = try #require(plan.ending.json["after"] as? [String: Any])
    for key in ["places", "customers", "town", "village", "villages", "time", "distance", "weight", "backup"]
    {
      #expect((promised[key] as? NSDictionary) == (after[key] as? NSDictionary), "\(key)")
    }
  }

  @Test("come from the table, from places or from a grid; --timing says how long it took")
  func sources() {
    let atlas = atlas(of: Meridian.random(12))
    for source in ["places", "grid:500m"] {
      let plan = ask(atlas, "--choose", "1", "--candidates", source, "--timing")
      #expect(plan.ending.status == 0 && plan.ending.json["proven"] as? Bool == true, "\(plan.ending.error)")
      #expect(plan.ending.json["seconds"] is Double || plan.ending.json["seconds"] is Int)
    }
    let table = program.run("sites", atlas, "--choose", "2", "--curve")
    #expect(table.status == 0 && table.output.contains("Proven: no plan is better."), "\(table)")
    #expect(table.output.contains("served at least"))
    let chinese = program.run("sites", atlas, "--choose", "2", "--language", "zh")
    #expect(chinese.status == 0 && chinese.output.contains("已证明:没有更好的方案。"))
  }

  @Test(
    "with a certificate that the checker accepts",
    arguments: [
      ["--choose", "2"], ["--target", "50%"], ["--goal", "distance", "--choose", "2"],
      ["--goal", "worst", "--choose", "2"],
    ])
  func certificate(limit: [String]) throws {
    let atlas = atlas(of: Meridian.random(13))
    let file = program.file("proof.json")
    let (process, _, _) = program.start(["sites", atlas] + limit + ["--certificate", file])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let checker = Process()
    checker.executableURL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("check-certificate")
    checker.arguments = [file]
    let output = Pipe()
    checker.standardOutput = output
    try checker.run()
    let verdict = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    checker.waitUntilExit()
    #expect(checker.terminationStatus == 0 && verdict.hasPrefix("valid"), "\(verdict)")
  }

  @Test(
    "that cannot be asked for end with a sentence and the right status",
    arguments: [
      (["--choose", "0"], 64, "--choose 0: expected a number from 1 up"),
      (["--choose=-1"], 64, "--choose -1: expected a number from 1 up"),
      ([], 64, "expected one of --choose, --budget and --target"),
      (["--choose", "1", "--target", "95%"], 64, "expected one of --choose, --budget and --target"),
      (["--target", "95"], 64, "'95' is invalid"),
      (["--target", "101%"], 64, "'101%' is invalid"),
      (["--budget", "5000"], 64, "'5000' is invalid"),
      (["--budget", "9yuan", "--goal", "worst"], 64, "--goal worst: expected --choose"),
      (["--choose", "1", "--keep", "nobody"], 64, "--keep nobody: no such candidate"),
      (["--choose", "1", "--forbid", "c1,nobody"], 64, "--forbid nobody: no such candidate"),
      (["--choose", "1", "--keep", "c1", "--forbid", "c1"], 64, "both name c1"),
      (["--choose", "1", "--keep", "c1,c2"], 64, "--keep names 2 sites"),
      (["--budget", "1yuan", "--keep", "c1"], 64, "expected at most the 1.00 of --budget"),
      (["--budget", "9yuan", "--candidates", "places"], 66, "no candidate has a cost"),
      (["--budget", "9yuan", "--months", "3"], 66, "opening_cost_yuan, monthly_cost_yuan"),
      (["--choose", "1", "--candidates", "grid:500"], 64, "'grid:500' is invalid"),
      (["--choose", "1", "--min-payments", "3"], 66, "neither volumes nor distance surveys"),
      (["--choose", "1", "--travel", "roads"], 66, "no roads"),
    ])
  func refusals(arguments: [String], status: Int32, sentence: String) {
    let atlas = atlas(of: Meridian.random(14))
    let (process, output, errors) = program.start(["sites", atlas] + arguments)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = String(decoding: FileManager.default.contents(atPath: errors.path) ?? Data(), as: UTF8.self)
    #expect(process.terminationReason == .exit && process.terminationStatus == status, "\(error)")
    #expect(text.isEmpty && error.contains(sentence), "\(error)")
  }

  @Test("are kept in the atlas under a name, replaced by the same name, and exported as they were printed")
  func saved() throws {
    let atlas = atlas(of: Meridian.random(15))
    func export(_ format: String, _ more: String...) -> (status: Int32, text: String, error: String) {
      let file = program.file("plan.\(format)")
      let (process, _, errors) = program.start(
        ["export", atlas, "--format", format, "--layer", "plan", "--to", file] + more)
      process.waitUntilExit()
      let text = String(decoding: program.bytes("plan.\(format)") ?? Data(), as: UTF8.self)
      let error = String(decoding: FileManager.default.contents(atPath: errors.path) ?? Data(), as: UTF8.self)
      return (process.terminationStatus, text, error)
    }
    let none = export("csv")
    #expect(none.status == 66 && none.error.contains("no plan; expected one"), "\(none.error)")
    let stamp = ["--stamp", "2015-12-31T00:00:00Z"]
    for (name, count) in [("a", "1"), ("b", "2"), ("a", "3")] {
      let (process, _, _) = program.start(["sites", atlas, "--choose", count, "--save", name] + stamp)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: atlas))
    let again = program.run(
      "sites", atlas, "--choose", "3", "--save", "a", "--stamp", "2016-12-31T00:00:00Z", "--json")
    #expect(again.status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: atlas)) == bytes, "the same plan again changes nothing")
    let chosen = try #require(again.json["chosen"] as? [[String: Any]])
    let newest = export("geojson")
    #expect(newest.status == 0, "\(newest.error)")
    let collection = try #require(
      JSONSerialization.jsonObject(with: Data(newest.text.utf8)) as? [String: Any])
    let features = try #require(collection["features"] as? [[String: Any]])
    #expect(features.count == chosen.count && !features.isEmpty)
    for (feature, site) in zip(features, chosen) {
      let properties = try #require(feature["properties"] as? [String: Any])
      #expect(properties["plan"] as? String == "a")
      for key in ["candidate_id", "name"] { #expect(properties[key] as? String == site[key] as? String) }
      for key in ["order", "gain"] { #expect(properties[key] as? Int == site[key] as? Int) }
      #expect(properties["cost_yuan"] as? Double == site["cost_yuan"] as? Double)
      let place = (feature["geometry"] as? [String: Any])?["coordinates"] as? [Double]
      #expect(place == [112.5, try #require(site["latitude"] as? Double)])
    }
    let other = export("csv", "--plan", "b")
    #expect(other.status == 0 && other.text.contains(",b,1,"), "\(other.text)")
    let unknown = export("csv", "--plan", "c")
    #expect(unknown.status == 66 && unknown.error.contains("no plan \"c\""), "\(unknown.error)")
  }

  @Test("without candidates, or without places, are said to be so")
  func empty() {
    let atlas = program.makeAtlas()
    let ending = program.run("sites", atlas, "--choose", "1")
    #expect(ending.status == 66 && ending.error.contains("no candidates"), "\(ending.error)")
    let missing = program.run("sites", program.file("missing.gpkg"), "--choose", "1")
    #expect(missing.status == 66)
  }
}
