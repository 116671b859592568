import Foundation
import Testing

@Suite("The program")
struct CommandTests {
  let program = Program()

  @Test("goes from spreadsheets to the answer, with the contract's keys")
  func mainJob() throws {
    let atlas = program.makeAtlas()
    let ending = program.run("coverage", atlas, "--json", "--by", "township")
    #expect(ending.status == 0)
    #expect(ending.error.isEmpty)
    let json = ending.json
    let keys = [
      "standard", "travel", "places", "customers", "town", "village", "villages", "by", "time", "backup",
      "unserved",
    ]
    for key in keys { #expect(json[key] != nil, "\(key)") }
    #expect(json["travel"] as? String == "straight")
    let customers = try #require(json["customers"] as? [String: Any])
    #expect(customers["total"] as? Int == 1_100)
    #expect(customers["served"] as? Int == 1_020)
    #expect(abs((customers["share"] as? Double ?? 0) - 1_020.0 / 1_100) < 1e-12)
    let unserved = try #require(json["unserved"] as? [[String: Any]])
    #expect(unserved.map { $0["place_id"] as? String } == ["v2"])
    #expect(unserved[0]["reason"] as? String == "no_point_in_village")
    let lines = try #require(json["by"] as? [[String: Any]])
    #expect(lines.map { $0["key"] as? String } == ["克井镇", "济水街道"])
    let villages = try #require(json["villages"] as? [String: Any])
    #expect(villages["total"] as? Int == 2)
    #expect(villages["with_point"] as? Int == 1)
    #expect(villages["effective"] is NSNull && villages["effective_pro_rata"] is NSNull)
    #expect(villages["none_within_60min"] is Int && villages["reachable"] is Int)
  }

  @Test("narrows the question by moment, method, kind, mode and limit, and by a standard file")
  func options() {
    let atlas = program.makeAtlas()
    func served(_ arguments: String...) -> Int? {
      let (process, output, _) = program.start(["coverage", atlas, "--json"] + arguments)
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let json = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
      return (json?["places"] as? [String: Any])?["served"] as? Int
    }
    #expect(served() == 2)
    #expect(served("--at", "Su 09:00") == 1)
    #expect(served("--at", "Mo 08:30") == 2)
    #expect(served("--method", "card") == 1)
    #expect(served("--method", "cash,qr") == 2)
    #expect(served("--kind", "bank") == 0)
    #expect(served("--within", "90s") == 1)
    let standard = program.write(
      "name: x\ntown: {within: 10min, mode: walk}\nvillage: {within: 60min, mode: car}\n", to: "s.yaml")
    #expect(served("--standard", standard) == 3)
    #expect(served("--standard", standard, "--within", "1min") == 0)
  }

  @Test("speaks Chinese where the locale or the option says so")
  func languages() {
    let atlas = program.makeAtlas()
    #expect(program.run("coverage", atlas).output.contains("no point in the village"))
    #expect(program.run("coverage", atlas, "--language", "zh").output.contains("村内无网点"))
    #expect(program.run("coverage", atlas, environment: ["LC_ALL": "zh_CN.UTF-8"]).output.contains("村内无网点"))
    let bad = program.write(
      "place_id,name,setting,longitude,latitude,customers\nx,x,town,999,35,1\n", to: "b.csv")
    let ending = program.run("import", "places", bad, "--into", atlas, "--language", "zh")
    #expect(ending.error.contains("应为"))
  }

  @Test("ends with the contract's statuses, a sentence, and no trap")
  func statuses() {
    let atlas = program.makeAtlas()
    func expect(_ status: Int32, _ part: String, _ ending: Program.Ending, _ line: Int = #line) {
      #expect(ending.status == status, "line \(line): \(ending.error)")
      #expect(part.isEmpty || ending.error.contains(part), "line \(line): \(ending.error)")
      #expect(!ending.error.contains("Fatal"), "line \(line)")
    }
    expect(64, "Usage", program.run("coverage"))
    expect(64, "800", program.run("coverage", atlas, "--within", "800"))
    expect(64, "market", program.run("coverage", atlas, "--kind", "market"))
    expect(64, "Mo 25:00", program.run("coverage", atlas, "--at", "Mo 25:00"))
    for time in [
      "now", "2015-02-30T00:00:00Z", "2015-12-31", "2015-12-31T08:00:00+08:00", "99999-01-01T00:00:00Z",
    ] {
      expect(64, "stamp", program.run("import", "places", "x.csv", "--into", atlas, "--stamp", time))
      expect(64, "stamp", program.run("demo", ".", "--to", "demo", "--stamp", time))
    }
    expect(66, "no such atlas", program.run("coverage", program.file("none.gpkg")))
    expect(66, "folder", program.run("coverage", program.folder))
    expect(65, "SQLite", program.run("coverage", program.write("garbage\n", to: "g.gpkg")))
    expect(66, "no such file", program.run("import", "places", "none.csv", "--into", atlas))
    expect(66, "folder", program.run("import", "places", program.folder, "--into", atlas))
    expect(66, "no such file", program.run("coverage", atlas, "--standard", "none.yaml"))
    expect(65, "expected", program.run("coverage", atlas, "--standard", program.write("a: b", to: "s.yaml")))
    expect(73, "cannot be written", program.run("report", atlas, "--to", "none/report.html"))
    expect(
      73, "cannot be written",
      program.run("export", atlas, "--format", "csv", "--layer", "places", "--to", "/"))
    expect(73, "cannot be written", program.run("import", "places", "places.csv", "--into", "none/a.gpkg"))
    expect(1, "", program.run("check", emptyAtlas()))
  }

  private func emptyAtlas() -> String {
    let channels = program.write("channel_id,name,in_person\nc,n,yes\n", to: "channels.csv")
    #expect(program.run("import", "channels", channels, "--into", program.file("e.gpkg")).status == 0)
    return program.file("e.gpkg")
  }

  /// Bad files by name: their text, and what the sentence must say of them.
  private static let badFiles: [String: (text: String, part: String)] = {
    let header = "place_id,name,setting,longitude,latitude,customers\n"
    return [
      "missing column": ("place_id,name,setting,longitude,latitude\nx,x,town,112,35\n", "customers"),
      "wrong number": (header + "x,x,town,112,35,12.5\n", ":2: customers"),
      "swapped": (header + "x,x,town,35,112,1\n", "swapped"),
      "zero": (header + "x,x,town,0,0,1\n", ":2"),
      "empty": ("", "empty"),
      "NULs": (String(repeating: "\0", count: 5_000), "binary"),
      "unclosed quote": (header + "x,\"x,town,112,35,1\n", "quot"),
      "duplicate id": (header + "x,x,town,112,35,1\nx,y,town,112,36,1\n", ":3"),
      "not GeoJSON": ("{\"type\": \"FeatureCollection\", \"features\": [", ":1"),
      "no feature collection": ("{\"type\": \"Point\", \"coordinates\": [1, 2]}", "FeatureCollection"),
    ]
  }()

  @Test(
    "bad input earns status 65 and a sentence, and the atlas keeps every byte",
    arguments: badFiles.keys.sorted())
  func badInput(name: String) {
    let (text, part) = Self.badFiles[name]!
    let atlas = program.makeAtlas()
    let before = program.bytes("a.gpkg")
    let ending = program.run("import", "places", program.write(text, to: "bad.csv"), "--into", atlas)
    #expect(ending.status == 65, "\(name): \(ending.error)")
    #expect(ending.error.contains("bad.csv"), "\(name): \(ending.error)")
    #expect(ending.error.contains("expected"), "\(name): \(ending.error)")
    #expect(ending.error.contains(part), "\(name): \(ending.error)")
    #expect(program.bytes("a.gpkg") == before)
  }

  @Test("writes every problem to the file asked for, and the contract's JSON to standard output")
  func refusedFile() throws {
    let atlas = program.file("a.gpkg")
    var text = "place_id,name,setting,longitude,latitude,customers\n"
    for i in 0..<300 { text += "v\(i),n,town,999,35,1\n" }
    let ending = program.run(
      "import", "places", program.write(text, to: "p.csv"), "--into", atlas, "--json", "--refused",
      program.file("refused.csv"))
    #expect(ending.status == 65)
    #expect(ending.json["read"] as? Int == 300)
    #expect(ending.json["refused"] as? Int == 300)
    let problems = try #require(ending.json["problems"] as? [[String: Any]])
    #expect(problems.count == 100)
    #expect(problems[0]["line"] as? Int == 2)
    #expect(problems[0]["column"] as? String == "longitude")
    #expect(problems[0]["found"] as? String == "999")
    #expect(ending.error.contains("200 more"))
    let lines = String(decoding: program.bytes("refused.csv")!, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 301)
  }

  @Test("killed at any moment, an import leaves the atlas as it was", arguments: [5, 30, 80, 150, 300, 600])
  func killed(milliseconds: Int) throws {
    let atlas = program.makeAtlas()
    let before = program.bytes("a.gpkg")
    var text = "place_id,name,setting,longitude,latitude,customers\n"
    for i in 0..<60_000 { text += "x\(i),n,town,112.\(100_000 + i),35,1\n" }
    let (process, _, _) = program.start([
      "import", "places", program.write(text, to: "p.csv"), "--into", atlas,
    ])
    usleep(UInt32(milliseconds) * 1_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    if process.terminationReason == .uncaughtSignal { #expect(program.bytes("a.gpkg") == before) }
    #expect(program.run("coverage", atlas).status == 0)
    #expect(program.run("import", "places", program.file("places.csv"), "--into", atlas).status == 0)
  }

  @Test("with the disk full, the atlas is as it was, and the status is 74")
  func diskFull() throws {
    let atlas = program.makeAtlas()
    let before = program.bytes("a.gpkg")
    var text = "place_id,name,setting,longitude,latitude,customers\n"
    for i in 0..<60_000 { text += "x\(i),n,town,112.\(100_000 + i),35,1\n" }
    let places = program.write(text, to: "p.csv")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    let paycircle =
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/paycircle"
    // A file may grow to 2,000 blocks of 1,024 bytes: a disk that is full after 2 MB.
    shell.arguments = [
      "-c", "ulimit -f 2000; exec '\(paycircle)' import places '\(places)' --into '\(atlas)'",
    ]
    let error = Pipe()
    shell.standardError = error
    shell.standardOutput = FileHandle.nullDevice
    try shell.run()
    let said = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 74, "\(said)")
    #expect(said.contains("disk is full"), "\(said)")
    #expect(program.bytes("a.gpkg") == before)
    #expect(!FileManager.default.fileExists(atPath: program.file(".a.gpkg.paycircle-new")))
  }

  @Test(
    "prints help with an example for each verb",
    arguments: ["import", "check", "coverage", "report", "export", "demo"])
  func help(verb: String) {
    let ending = program.run(verb, "--help")
    #expect(ending.status == 0)
    #expect(ending.output.contains("Example:"))
    #expect(ending.output.contains("paycircle \(verb)"))
  }

  @Test("exports and reports appear, the same bytes each time")
  func deterministic() {
    let atlas = program.makeAtlas()
    for format in ["geojson", "csv"] {
      for layer in ["places", "points", "candidates", "uncovered", "circles"] {
        for name in ["one", "two"] {
          let ending = program.run("export", atlas, "--format", format, "--layer", layer, "--to", name)
          #expect(ending.status == 0, "\(layer) \(ending.error)")
        }
        #expect(program.bytes("one") != nil)
        #expect(program.bytes("one") == program.bytes("two"), "\(layer)")
      }
    }
    for name in ["one.html", "two.html"] { #expect(program.run("report", atlas, "--to", name).status == 0) }
    #expect(program.bytes("one.html") == program.bytes("two.html"))
  }

  @Test("writes files of the shortest names, in the folder it stands in")
  func shortNames() {
    let atlas = program.makeAtlas()
    #expect(program.run("import", "places", "places.csv", "--into", "x").status == 0)
    #expect(program.run("import", "points", "points.csv", "--into", "x").status == 0)
    #expect(program.run("coverage", "x", "--json").output == program.run("coverage", atlas, "--json").output)
    #expect(program.run("export", "x", "--format", "csv", "--layer", "points", "--to", "y").status == 0)
    #expect(program.run("report", "x", "--to", "z", "--map", "m").status == 0)
    #expect(program.run("import", "places", "places.csv", "--into", "é", "--refused", "r").status == 0)
    for name in ["x", "y", "z", "m", "é", "r"] { #expect(program.bytes(name)?.isEmpty == false, "\(name)") }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: program.folder)) ?? []
    #expect(!names.contains { $0.hasSuffix("paycircle-new") })
  }

  @Test("names the atlas as it was named, and a dry run imports nothing")
  func asNamed() {
    _ = program.makeAtlas()
    let refused = program.run("import", "places", "places.csv", "--into", "places.csv.gpkg/a.gpkg")
    #expect(refused.error.hasPrefix("paycircle: places.csv.gpkg/a.gpkg: cannot be written"))
    _ = program.write("no atlas, but more than a few bytes of text\n", to: "b.gpkg")
    #expect(
      program.run("import", "places", "places.csv", "--into", "b.gpkg").error.hasPrefix(
        "paycircle: b.gpkg: not"))
    let dry = program.run("import", "places", "places.csv", "--into", "a.gpkg", "--dry-run", "--json")
    #expect(dry.status == 0 && dry.json["imported"] as? Bool == false)
    #expect(dry.json["unchanged"] as? Int == 3)
    let real = program.run("import", "places", "places.csv", "--into", "a.gpkg", "--json")
    #expect(real.json["imported"] as? Bool == true)
  }
}
