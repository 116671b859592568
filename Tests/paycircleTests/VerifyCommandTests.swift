import Foundation
import Testing

/// From a proposal that is kept to what became of it, as a planner goes about it a year later.
@Suite("A plan, explained and held against what came, from the command line")
struct VerifyCommandTests {
  let program = Program()

  /// Twenty places on one meridian, a point at the south end with volumes, and three candidates farther north.
  private func atlas() -> String {
    var places = "place_id,name,setting,longitude,latitude,customers,elderly_share\n"
    for i in 0..<20 {
      places += "v\(100 + i),place \(i),town,112.5,\(35 + Double(i) * 0.002),\(100 + i),0.25\n"
    }
    var points = "point_id,name,kind,longitude,latitude\n"
    var volumes = "point_id,month,payments\n"
    for i in 0..<3 {
      points += "p\(i),point \(i),shop,112.5,\(35 + Double(i) * 0.001)\n"
      for month in 10...12 { volumes += "p\(i),2015-\(month),\(300 + 10 * i)\n" }
    }
    var candidates = "candidate_id,name,longitude,latitude,kind,opening_cost_yuan\n"
    for i in 0..<3 {
      candidates += "c\(i),site \(i),112.5,\(35.012 + Double(i) * 0.01),shop,\(1_000 * (i + 1))\n"
    }
    let atlas = program.file("a.gpkg")
    for (kind, text) in [
      ("places", places), ("points", points), ("candidates", candidates), ("volumes", volumes),
    ] {
      add(kind, text, to: atlas)
    }
    return atlas
  }

  private func add(_ kind: String, _ text: String, to atlas: String) {
    let ending = program.run("import", kind, program.write(text, to: "\(kind).csv"), "--into", atlas)
    #expect(ending.status == 0, "\(ending.error)")
  }

  private func customers(_ json: Any?) -> Int? {
    ((json as? [String: Any])?["newly_served"] as? [String: Any])?["customers"] as? Int
  }

  @Test("who gains, what a customer costs and who loses add up")
  func gains() throws {
    let atlas = atlas()
    let plan = program.run("sites", atlas, "--choose", "2", "--json")
    #expect(plan.status == 0, "\(plan.error)")
    let chosen = try #require(plan.json["chosen"] as? [[String: Any]])
    #expect(chosen.count == 2)
    let value = try #require(plan.json["value"] as? Int)
    let before = try #require(
      ((plan.json["before"] as? [String: Any])?["customers"] as? [String: Any])?["served"] as? Int)
    let gained = try chosen.map { try #require(customers($0["gains"])) }
    #expect(gained.reduce(0, +) == value - before && customers(plan.json["gains"]) == value - before)
    for (one, customers) in zip(chosen, gained) {
      #expect(one["gain"] as? Int == customers)
      let cost = try #require(one["cost_yuan"] as? Double)
      let each = try #require(one["cost_per_customer_yuan"] as? Double)
      #expect(abs(each - cost / Double(customers)) <= 0.005)
      let expected = try #require(one["expected_payments_per_month"] as? Int)
      let losses = try #require(one["losses"] as? [[String: Any]])
      let lost = losses.reduce(0) { $0 + ($1["payments_per_month"] as? Double ?? 0) }
      // What is less than half a payment a month is not listed.
      #expect(abs(lost - Double(expected)) < 3)
    }
    // Who walks 1.3 times a difference of latitudes at 1.25 m/s to the nearest of all.
    let opened = chosen.compactMap { $0["latitude"] as? Double }
    var (seconds, people) = (0, 0)
    for i in 0..<20 {
      let here = 35 + Double(i) * 0.002
      func way(_ latitudes: [Double]) -> Int {
        latitudes.map { Int((abs($0 - here) * .pi / 180 * 6_371_008.8 * 1.3 / 1.25 - 1e-6).rounded(.up)) }
          .min()!
      }
      let now = way([35, 35.001, 35.002])
      let then = min(now, way(opened))
      if then < now {
        seconds += (now - then) * (100 + i)
        people += 100 + i
      }
    }
    let gains = try #require(plan.json["gains"] as? [String: Any])
    #expect(gains["customer_seconds_saved"] as? Int == seconds)
    #expect((gains["nearer"] as? [String: Any])?["customers"] as? Int == people)
    let table = program.run("sites", atlas, "--choose", "2", "--language", "zh")
    #expect(table.output.contains("新增达标老年户") && table.output.contains("整个方案"))
  }

  @Test("what was promised is held against what came")
  func verifies() throws {
    let atlas = atlas()
    let none = program.run("sites", atlas, "--verify", "spring")
    #expect(none.status == 66 && none.error.contains("no plan \"spring\""), "\(none)")
    let plan = program.run(
      "sites", atlas, "--choose", "2", "--save", "spring", "--stamp", "2015-12-31T00:00:00Z", "--json")
    #expect(plan.status == 0, "\(plan.error)")
    let chosen = try #require(plan.json["chosen"] as? [[String: Any]])
    let forecast = try #require(plan.json["forecast"] as? [String: Any])
    #expect(forecast["volumes_until"] as? String == "2015-12")
    #expect((forecast["points"] as? [Any])?.count == 3)
    let early = program.run("sites", atlas, "--verify", "spring")
    #expect(early.status == 66 && early.error.contains("has opened"), "\(early)")

    let first = try #require(chosen[0]["candidate_id"] as? String)
    let latitude = try #require(chosen[0]["latitude"] as? Double)
    add(
      "points",
      "point_id,name,kind,longitude,latitude,opened_on\nn1,\(first) shop,shop,112.5,\(latitude + 0.0005),2016-01-10\n",
      to: atlas)
    let unheard = program.run("sites", atlas, "--verify", "spring", "--language", "zh")
    #expect(unheard.status == 66 && unheard.error.contains("还没有业务量"), "\(unheard)")
    var volumes = "point_id,month,payments\nn1,2016-01,1\n"
    let taken = [("n1", 2, 150), ("n1", 3, 90), ("p0", 2, 200), ("p0", 3, 0), ("p1", 2, 100)]
    for (id, month, payments) in taken { volumes += "\(id),2016-0\(month),\(payments)\n" }
    add("volumes", volumes, to: atlas)

    let truth = program.run("sites", atlas, "--verify", "spring", "--json")
    #expect(truth.status == 0, "\(truth.error)")
    #expect(truth.json["all_opened"] as? Bool == false)
    #expect((truth.json["not_opened"] as? [String])?.count == 1)
    let sites = try #require(truth.json["sites"] as? [[String: Any]])
    #expect(sites[0]["point_id"] as? String == "n1" && sites[0]["matched_by"] as? String == "position")
    #expect(sites[0]["meters"] as? Int == 56 && sites[0]["from"] as? String == "2016-02")
    #expect(sites[0]["forecast"] as? Int == chosen[0]["expected_payments_per_month"] as? Int)
    #expect(sites[0]["mean_payments"] as? Double == 120)
    let expected = Double(try #require(sites[0]["forecast"] as? Int))
    let errors = try #require(truth.json["errors"] as? [String: [String: Any]])
    let mape = (abs(150 - expected) / 150 + abs(90 - expected) / 90) / 2
    #expect(abs((errors["sites"]?["mape"] as? Double ?? 0) - mape) < 1e-3)
    #expect(errors["points"]?["compared"] as? Int == 3 && errors["points"]?["payments"] as? Int == 300)
    let coverage = try #require(truth.json["coverage"] as? [String: Any])
    #expect(coverage["same_question"] as? Bool == true)
    let realized = try #require(coverage["realized"] as? [String: Any])
    let promised = try #require(coverage["promised"] as? [String: Any])
    #expect((promised["gained"] as? Int ?? 0) > (realized["gained_by_opened_sites"] as? Int ?? .max))
    #expect(
      realized["gained_by_opened_sites"] as? Int == realized["gained_since_plan"] as? Int)

    let table = program.run("sites", atlas, "--verify", "spring")
    #expect(table.output.contains("not opened yet") && table.output.contains("1 of 2 sites have opened"))
    let other = program.run("sites", atlas, "--verify", "spring", "--within", "20min")
    #expect(other.output.contains("asked in another way"))
  }

  @Test("a plan without forecasts, and options that plan, are refused with a sentence")
  func refused() {
    let atlas = program.makeAtlas()
    let candidates = program.write("candidate_id,name,longitude,latitude\nc1,x,112.5,35.3\n", to: "c.csv")
    #expect(program.run("import", "candidates", candidates, "--into", atlas).status == 0)
    #expect(program.run("sites", atlas, "--choose", "1", "--save", "bare").status == 0)
    let bare = program.run("sites", atlas, "--verify", "bare")
    #expect(bare.status == 66 && bare.error.contains("without forecasts"), "\(bare)")
    let both = program.run("sites", atlas, "--verify", "bare", "--choose", "1")
    #expect(both.status == 64 && both.error.contains("--verify"))
  }

  @Test("the report tells of the newest plan or of the one that is named, with curve and alternatives")
  func report() throws {
    let atlas = atlas()
    let html = program.file("report.html")
    func report(_ more: String...) -> (status: Int32, text: String, error: String) {
      let ending = program.run(["report", atlas, "--to", html, "--language", "en"] + more)
      return (
        ending.status, String(decoding: program.bytes("report.html") ?? Data(), as: UTF8.self), ending.error
      )
    }
    #expect(!report().text.contains("Proposals"))
    let plan = program.run(
      "sites", atlas, "--choose", "1", "--curve", "--alternatives", "2", "--within-gap", "50%", "--save",
      "one",
      "--json")
    #expect(plan.status == 0, "\(plan.error)")
    let others = try #require(plan.json["alternatives"] as? [String: Any])
    let plans = try #require(others["plans"] as? [[String: Any]])
    #expect(!plans.isEmpty && others["within"] as? Double == 0.5)
    for other in plans {
      #expect(other["sites_not_shared"] as? Int == 2)
      #expect(
        (other["beside_best"] as? Int) == (other["value"] as? Int ?? 0) - (plan.json["value"] as? Int ?? 0))
    }
    #expect(program.run("sites", atlas, "--choose", "2", "--save", "two").status == 0)
    let newest = report()
    #expect(newest.status == 0 && newest.text.contains("<h2>Proposals</h2>"))
    #expect(newest.text.contains("Plan &quot;two&quot;"), "\(newest.error)")
    let named = report("--plan", "one")
    #expect(named.text.contains("Plan &quot;one&quot;") && named.text.contains("What each number of sites"))
    #expect(named.text.contains("Other plans that are nearly as good"))
    let unknown = report("--plan", "three")
    #expect(unknown.status == 66 && unknown.error.contains("no plan \"three\""))
    let table = program.run("sites", atlas, "--choose", "1", "--alternatives", "2", "--language", "zh")
    #expect(table.output.contains("不设时最好"), "\(table)")
    for wrong in [["--alternatives", "0"], ["--within-gap", "1%"]] {
      let ending = program.run(["sites", atlas, "--choose", "1"] + wrong)
      #expect(ending.status == 64 && ending.error.contains(wrong[0]))
    }
  }
}
