import Foundation
import Testing

@Suite("The program and its roads")
struct RoadCommandTests {
  let program = Program()

  private func town(side: Int, named name: String = "town.osm") -> String {
    program.makeTown(side: side, named: name)
  }

  /// An SRTM tile that rises to the north.
  private func tile() -> String {
    var data = Data(capacity: 1201 * 1201 * 2)
    for row in 0..<1201 {
      let line = withUnsafeBytes(of: Int16(8_400 - 7 * row).bigEndian) { Data($0) }
      for _ in 0..<1201 { data.append(line) }
    }
    return program.write(data, to: "N35E112.hgt")
  }

  private func sidecars() -> [String] {
    try! FileManager.default.contentsOfDirectory(atPath: program.folder).filter { $0.hasSuffix(".roads") }
  }

  @Test("imports roads and heights, for people and for programs, and checks them")
  func mainJob() throws {
    let atlas = program.makeAtlas()
    let roads = program.run("import", "roads", town(side: 10), "--into", atlas, "--json")
    #expect(roads.status == 0 && roads.error.isEmpty, "\(roads.error)")
    for key in ["kind", "read", "added", "updated", "unchanged", "refused", "problems", "roads"] {
      #expect(roads.json[key] != nil, "\(key)")
    }
    #expect(roads.json["read"] as? Int == 20)
    #expect(roads.json["added"] as? Int == 180)
    let counts = try #require(roads.json["roads"] as? [String: [String: Int]])
    #expect(counts["network"] == ["junctions": 100, "edges": 180])
    #expect(counts["read"]?["nodes"] == 100)
    #expect(sidecars().count == 1)

    let table = program.run("import", "roads", program.file("town.osm"), "--into", atlas, "--language", "zh")
    #expect(table.status == 0 && table.output.contains("道路:100 个路口,180 条路段,与原来相同"), "\(table.output)")

    let heights = program.run("import", "elevation", tile(), "--into", atlas, "--json")
    #expect(heights.status == 0, "\(heights.error)")
    #expect(heights.json["read"] as? Int == 180)
    #expect((heights.json["updated"] as? Int ?? 0) >= 90)
    #expect((heights.json["elevation"] as? [String: Int])?["edges_known"] == 180)
    let again = program.run("import", "roads", program.file("town.osm"), "--into", atlas)
    #expect(again.status == 0 && again.error.contains("import elevation"), "\(again.error)")

    let check = program.run("check", atlas, "--json")
    #expect(check.status == 0, "\(check.output)")
    let rules = (check.json["findings"] as? [[String: Any]])?.compactMap { $0["rule"] as? String } ?? []
    // The two villages lie 11 and 22 km north of the town.
    #expect(rules.count { $0 == "off_roads" } == 3)
  }

  @Test("says what is wrong with the file beside the atlas, and how to mend it")
  func sidecar() throws {
    let atlas = program.makeAtlas()
    #expect(program.run("import", "roads", town(side: 5), "--into", atlas).status == 0)
    let sidecar = sidecars()[0]
    let good = program.bytes(sidecar)!
    try FileManager.default.removeItem(atPath: program.file(sidecar))
    let missing = program.run("check", atlas)
    #expect(
      missing.status == 1 && missing.output.contains(sidecar) && missing.output.contains("import roads"))
    _ = program.write(good.dropLast(), to: sidecar)
    let cut = program.run("check", atlas, "--language", "zh")
    #expect(cut.status == 1 && cut.output.contains("与保存时不符"), "\(cut.output)")
    let elevation = program.run("import", "elevation", tile(), "--into", atlas)
    #expect(elevation.status == 74 && elevation.error.contains(sidecar), "\(elevation.error)")
    try FileManager.default.removeItem(atPath: program.file(sidecar))
    #expect(program.run("import", "elevation", program.file("N35E112.hgt"), "--into", atlas).status == 66)
    #expect(program.run("import", "roads", program.file("town.osm"), "--into", atlas).status == 0)
    #expect(program.bytes(sidecar) == good)
  }

  @Test("ends with the contract's statuses, a sentence, and no trap")
  func statuses() {
    let atlas = program.makeAtlas()
    let town = town(side: 3)
    func expect(_ status: Int32, _ part: String, _ arguments: String..., line: Int = #line) {
      let (process, output, errors) = program.start(["import"] + arguments + ["--into", atlas])
      _ = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let error = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
      #expect(
        process.terminationReason == .exit && process.terminationStatus == status, "line \(line): \(error)")
      #expect(part.isEmpty || error.contains(part), "line \(line): \(error)")
    }
    expect(66, "no such file", "elevation", "none.tif")
    expect(65, "import roads", "elevation", tile())
    expect(66, "no such file", "roads", "none.osm.pbf")
    expect(65, "expected", "roads", program.write("x", to: "x.osm.pbf"))
    expect(64, "osmium merge", "roads", town, town)
    expect(64, "--datum", "roads", town, "--datum", "gcj02")
    expect(64, "--skip-bad", "elevation", town, "--skip-bad")
    expect(64, "--rules", "elevation", town, "--rules", "r.yaml")
    expect(64, "--rules", "places", town, "--rules", "r.yaml")
    expect(66, "r.yaml", "roads", town, "--rules", "r.yaml")
    expect(65, "r.yaml:1", "roads", town, "--rules", program.write("speed: 3\n", to: "r.yaml"))
    #expect(sidecars().isEmpty)
    expect(0, "", "roads", town, "--rules", program.write("ferries: yes\n", to: "r.yaml"))
    expect(65, "expected", "elevation", program.write(Data([0x49, 0x49, 42, 0, 8, 0, 0, 0]), to: "x.tif"))
    expect(65, "expected", "elevation", program.write("x", to: "N35E112.hgt"))
    let refused = program.run("import", "roads", program.file("x.osm.pbf"), "--into", atlas, "--json")
    #expect(refused.status == 65)
    #expect(refused.json["kind"] as? String == "roads" && refused.json["imported"] as? Bool == false)
    #expect((refused.json["problems"] as? [Any])?.count == 1)
  }

  @Test(
    "killed at any moment, an import of roads leaves atlas and roads as they were",
    arguments: [5, 30, 80, 150, 250, 400, 700, 1_200])
  func killed(milliseconds: Int) throws {
    let atlas = program.makeAtlas()
    #expect(program.run("import", "roads", town(side: 6), "--into", atlas).status == 0)
    let before = program.bytes("a.gpkg")
    let roads = sidecars()[0]
    let (process, _, _) = program.start([
      "import", "roads", town(side: 90, named: "big.osm"), "--into", atlas,
    ])
    usleep(UInt32(milliseconds) * 1_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    if process.terminationReason == .uncaughtSignal, program.bytes("a.gpkg") == before {
      #expect(sidecars().contains(roads))
    }
    // Whichever came first: a whole atlas with its own roads, and the next write clears away the rest.
    #expect(program.run("check", atlas).status == 0)
    #expect(program.run("import", "places", program.file("places.csv"), "--into", atlas).status == 0)
    #expect(program.run("check", atlas).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.folder)
    #expect(names.count { $0.contains(".roads") } == 1)
    #expect(!names.contains { $0.hasSuffix(".paycircle-new") })
  }

  @Test("with the disk full, atlas and roads are as they were, and the status is 74")
  func diskFull() throws {
    let atlas = program.makeAtlas()
    #expect(program.run("import", "roads", town(side: 6), "--into", atlas).status == 0)
    let before = program.bytes("a.gpkg")
    let roads = sidecars()
    let paycircle =
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/paycircle"
    let big = town(side: 60, named: "big.osm")
    // A file may grow to so many blocks of 1,024 bytes: the atlas fits and the graph does not, or neither.
    for blocks in [1_300, 500] {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/bash")
      shell.arguments = [
        "-c", "ulimit -f \(blocks); exec '\(paycircle)' import roads '\(big)' --into '\(atlas)'",
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
      #expect(sidecars() == roads)
    }
  }
}
