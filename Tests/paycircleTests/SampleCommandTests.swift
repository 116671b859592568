import Foundation
import Testing

@Suite("The survey's form")
struct SampleCommandTests {
  /// An atlas of sixty places around one point.
  private func atlas(_ program: Program) -> String {
    let atlas = program.file("s.gpkg")
    var places = "place_id,name,setting,longitude,latitude,customers,township,terrain,fee_control_share\n"
    for i in 0..<60 {
      places +=
        "v\(100 + i),\(i == 0 ? "=村" : "村\(i)"),village,112.5,\(35.0 + Double(i) / 2_000),50,克井镇,"
        + "\(["plain", "mountain"][i % 2]),0.\(i % 10)\n"
    }
    let points = "point_id,name,kind,longitude,latitude\np1,Hall,business_hall,112.5,35.0\n"
    precondition(
      program.run("import", "places", program.write(places, to: "places.csv"), "--into", atlas).status == 0)
    precondition(
      program.run("import", "points", program.write(points, to: "points.csv"), "--into", atlas).status == 0)
    return atlas
  }

  @Test("Drawn, filled in and imported, it comes back as surveys; lines left empty are counted and no error")
  func loop() throws {
    let program = Program()
    let atlas = atlas(program)
    let form = program.file("form.csv")
    let drawn = program.run("demand", atlas, "sample", "--n", "40", "--to", form)
    #expect(drawn.status == 0)
    #expect(drawn.output.contains("40 of 60 places"))

    var lines = String(decoding: try #require(program.bytes("form.csv")), as: UTF8.self)
      .components(separatedBy: "\r\n")
    #expect(lines[0].hasPrefix("\u{FEFF}调查编码,所在村,"))
    #expect(lines.count == 42)
    let headers = lines[0].components(separatedBy: ",")
    for row in 1...30 {
      var cells = lines[row].components(separatedBy: ",")
      for (header, value) in [("网点编码", "p1"), ("出行方式", "步行"), ("用时(分钟)", "\(5 + row % 3 * 5)")] {
        cells[try #require(headers.firstIndex(of: header))] = value
      }
      lines[row] = cells.joined(separator: ",")
    }
    let filled = program.write(lines.joined(separator: "\r\n"), to: "filled.csv")
    let imported = program.run("import", "distance-surveys", filled, "--into", atlas, "--json")
    #expect(imported.status == 0)
    #expect(imported.json["read"] as? Int == 40)
    #expect(imported.json["added"] as? Int == 30)
    #expect(imported.json["unanswered"] as? Int == 10)
    #expect(imported.json["refused"] as? Int == 0)

    let returns = program.run("demand", atlas, "sample", "--json")
    #expect(returns.status == 0)
    #expect(returns.json["answers"] as? Int == 30)
    #expect((returns.json["minutes"] as? [String: Any])?["mean"] as? Double != nil)
  }

  @Test("A line half filled in is refused like any other")
  func half() {
    let program = Program()
    let atlas = atlas(program)
    let file = program.write("调查编码,所在村,网点编码,出行方式,用时(分钟)\nQ1,v100,,步行,\nQ2,v101,,,\n", to: "half.csv")
    let ending = program.run("import", "distance-surveys", file, "--into", atlas, "--json")
    #expect(ending.status == 65)
    #expect(ending.json["refused"] as? Int == 1)
  }

  @Test("Without --to the form is standard output and the table standard error")
  func standardOutput() {
    let program = Program()
    let atlas = atlas(program)
    let ending = program.run("demand", atlas, "sample", "--n", "25", "--seed", "7")
    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("\u{FEFF}调查编码"))
    #expect(ending.output.hasSuffix(",\r\n"))
    #expect(ending.output.contains("Q7-0001"))
    #expect(ending.error.contains("25 of 60 places, seed 7"))
    #expect(ending.output == program.run("demand", "sample", atlas, "--n", "25", "--seed", "7").output)
    // A name that a spreadsheet program would run is made harmless.
    let all = program.run("demand", atlas, "sample", "--n", "60").output
    #expect(all.contains(",'=村,"))
  }

  @Test(
    "Wrong wishes are refused with a sentence",
    arguments: [
      ["--n", "0"], ["--n", "-3"], ["--n", "x"], ["--n", "5", "--margin", "5%"], ["--margin", "5"],
      ["--margin", "0%"], ["--margin", "nan%"], ["--to", "a.csv"],
      ["--n", "5", "--interviews-per-place", "0"],
      ["--n", "5", "--likeness", "nan"], ["--n", "5", "--prefix", "a\nb"],
    ])
  func usage(_ arguments: [String]) {
    let program = Program()
    let atlas = atlas(program)
    let (process, _, errorFile) = program.start(["demand", atlas, "sample"] + arguments)
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
    #expect(!(FileManager.default.contents(atPath: errorFile.path) ?? Data()).isEmpty)
  }

  @Test("An atlas without customers cannot be sampled, and one without surveys says so")
  func nothing() {
    let program = Program()
    let atlas = atlas(program)
    #expect(program.run("demand", atlas, "sample").output.contains("Too few answers"))
    let empty = program.file("e.gpkg")
    let places = program.write(
      "place_id,name,setting,longitude,latitude,customers\nv,v,town,112,35,0\n", to: "e.csv")
    #expect(program.run("import", "places", places, "--into", empty).status == 0)
    let ending = program.run("demand", empty, "sample", "--n", "5")
    #expect(ending.status == 65)
    #expect(ending.error.contains("no place with customers"))
  }
}
