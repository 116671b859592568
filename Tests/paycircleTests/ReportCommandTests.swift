import Foundation
import Testing

/// `report`, as a stranger runs it.
@Suite("The report")
struct ReportCommandTests {
  private let program = Program()

  private func report(_ atlas: String, _ name: String, _ more: String...) -> Program.Ending {
    program.run(["report", atlas, "--to", program.file(name), "--language", "en"] + more)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try #require(program.bytes(name)), as: UTF8.self)
  }

  @Test("holds coverage's own figures, and the same atlas makes the same bytes")
  func figures() throws {
    let atlas = program.makeAtlas()
    #expect(report(atlas, "one.html").status == 0 && report(atlas, "two.html").status == 0)
    #expect(program.bytes("one.html") == program.bytes("two.html"))
    let html = try text("one.html")
    let answer = program.run("coverage", atlas, "--json").json
    let customers = try #require(answer["customers"] as? [String: Any])
    let (total, served) = (
      try #require(customers["total"] as? Int), try #require(customers["served"] as? Int)
    )
    #expect(html.contains("<dt>Customers not served</dt><dd><b>\(total - served)</b>"))
    let villages = try #require(answer["villages"] as? [String: Any])
    let share =
      Double(try #require(villages["with_point"] as? Int))
      / Double(try #require(villages["total"] as? Int))
    #expect(html.contains("<dt>Villages with a payment point</dt><dd><b>\(Int(share * 100)).0%</b>"))
  }

  @Test(
    "says what changed since an earlier atlas in which a point was suspended, and refuses one that is missing"
  )
  func change() throws {
    let now = program.makeAtlas()
    let earlier = program.file("earlier.gpkg")
    try FileManager.default.copyItem(atPath: now, toPath: earlier)
    let before = program.run("coverage", now, "--json").json["customers"] as? [String: Any]
    let file = program.write(
      "point_id,name,kind,longitude,latitude,status\np1,营业厅,business_hall,112.59,35.09,suspended\n",
      to: "p1.csv")
    #expect(program.run("import", "points", file, "--into", earlier).status == 0)
    let then = program.run("coverage", earlier, "--json").json["customers"] as? [String: Any]
    let (a, b) = (try #require(then?["served"] as? Int), try #require(before?["served"] as? Int))
    #expect(a < b)

    #expect(report(now, "plain.html").status == 0)
    #expect(try text("plain.html").contains("No earlier atlas was given"))
    #expect(report(now, "r.html", "--compare-with", earlier).status == 0)
    let html = try text("r.html")
    #expect(
      html.contains("Change since the last report")
        && html.contains("1 point was added, 0 no longer counting"))
    let total = try #require(then?["total"] as? Int)
    #expect(html.contains(">\(total - a)</td><td class=\"n\">\(total - b)</td><td class=\"n\">\(a - b)</td>"))
    #expect(html.contains("Both were asked anew"))

    let missing = report(now, "x.html", "--compare-with", program.file("none.gpkg"))
    #expect(missing.status == 66 && missing.error.contains("none.gpkg"))
    #expect(program.bytes("x.html") == nil)
  }

  @Test("holds figures against the targets it is given, and has a chapter for each scenario")
  func scenario() throws {
    let atlas = program.makeAtlas()
    let file = program.write("name: without the hall\nchanges:\n  - close: p1\n", to: "plan.yaml")
    let ending = report(
      atlas, "r.html", "--scenario", file, "--town-target", "0%", "--village-target", "0%")
    #expect(ending.status == 0)
    let html = try text("r.html")
    #expect(
      html.contains("<span>target 0.0%</span><strong>met</strong>") && !html.contains("class=\"missed\""))
    #expect(html.contains("Scenario: without the hall: Results") && html.contains("Before and after"))
    #expect(html.contains("Whether to carry out &quot;without the hall&quot;: "))
    #expect(report(atlas, "y.html", "--town-target", "95").status == 64)
    #expect(report(atlas, "z.html", "--scenario", "nothing").status == 66)
  }
}
