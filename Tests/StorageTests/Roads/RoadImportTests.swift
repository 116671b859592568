import Foundation
import GRDB
import Geo
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("Importing roads")
struct RoadImportTests {
  static let stamp = "2015-12-31T00:00:00Z"
  let folder = ScratchFolder()
  var atlas: String { folder.file("a.gpkg") }

  /// Two streets that cross, with a one-way arm and a house number.
  private func town(_ change: (inout RoadSketch) -> Void = { _ in }) -> String {
    var town = RoadSketch(
      """
      . b .
      a c d
      . e .
      """)
    town.way("acd", ["highway": "residential"])
    town.way("bc", ["highway": "living_street"])
    town.way("ce", ["highway": "tertiary", "oneway": "yes"])
    town.way("ab", ["building": "yes"])
    change(&town)
    return town.xml
  }

  @discardableResult
  private func load(
    _ xml: String, as name: String = "town.osm", _ change: (inout RoadImport) -> Void = { _ in }
  ) throws -> RoadImport.Result {
    var request = RoadImport(file: folder.write(xml, to: name), stamp: Self.stamp)
    change(&request)
    return try request.run(into: atlas)
  }

  private func roads() throws -> AtlasRoads? { try Atlas(path: atlas).roads() }

  @Test("what was imported is there, journaled, described, and named to whom it belongs")
  func imports() throws {
    let result = try load(town())
    #expect(result.edges == 4 && result.junctions == 5)
    #expect(result.counts.waysRead == 4 && result.counts.waysUsed == 3)
    #expect(!result.isUnchanged)
    let roads = try #require(try roads())
    #expect(roads.file.network.edgeCount == 4)
    #expect(roads.attribution == "© OpenStreetMap contributors (ODbL)")
    #expect(try RoadRules(yaml: roads.rules, file: "rules") == .standard)
    let counts = try #require(
      try JSONSerialization.jsonObject(with: Data(roads.counts.utf8)) as? [String: [String: Int]])
    #expect(counts["read"]?["ways"] == 4)
    #expect(counts["used"] == ["ways": 3, "walk": 3, "ebike": 3, "car": 3, "restrictions": 0])
    #expect(counts["ways_dropped"] == ["not_a_road": 1])

    let sources = try Atlas(path: atlas).network().sources
    #expect(sources.map(\.kind) == ["roads"])
    #expect(sources[0].file == "town.osm" && sources[0].rows == 4)
    #expect(sources[0].attribution == "© OpenStreetMap contributors (ODbL)")
    #expect(sources[0].sha256 == SHA256.of(folder.bytes("town.osm")!))
    try DatabaseQueue(path: atlas).read { db in
      let metadata = try String.fetchAll(db, sql: "SELECT metadata FROM gpkg_metadata")
      #expect(metadata.count == 1 && metadata[0].contains("OpenStreetMap"))
      let classes = try String.fetchAll(db, sql: "SELECT DISTINCT class FROM roads ORDER BY class")
      #expect(classes == ["living_street", "residential", "tertiary"])
      #expect(try String.fetchOne(db, sql: "SELECT car FROM roads WHERE class = 'tertiary'") != "both")
      #expect(try String.fetchOne(db, sql: "SELECT walk FROM roads WHERE class = 'tertiary'") == "both")
    }
  }

  @Test("the same file makes the same two files, byte for byte, and is known again")
  func again() throws {
    try load(town())
    let names = folder.names.filter { $0.hasPrefix("a.gpkg") }
    let first = names.map { folder.bytes($0) }
    for name in names { try FileManager.default.removeItem(atPath: folder.file(name)) }
    try load(town())
    #expect(folder.names.filter { $0.hasPrefix("a.gpkg") } == names)
    #expect(names.map { folder.bytes($0) } == first)
    #expect(try load(town()).isUnchanged)
  }

  @Test("new roads replace all old ones, and a dry run replaces none")
  func replaces() throws {
    try load(town())
    let before = folder.names.map { folder.bytes($0) }
    let smaller = town { $0.ways.removeFirst() }
    #expect(try load(smaller, as: "town.osm") { $0.isDryRun = true }.edges == 2)
    _ = folder.write(town(), to: "town.osm")
    #expect(folder.names.map { folder.bytes($0) } == before)
    try load(smaller)
    #expect(try roads()?.file.network.edgeCount == 2)
    try DatabaseQueue(path: atlas).read { db in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM roads")
      #expect(count == 2)
    }
    #expect(folder.names.count { $0.hasSuffix(".roads") } == 1)
  }

  @Test(
    "made-up roads are said to be so, and name nobody", arguments: ["roads.synthetic.osm", "合成.osm", "r.osm"])
  func synthetic(name: String) throws {
    try load(town(), as: name) { $0.isSynthetic = name == "r.osm" }
    let source = try Atlas(path: atlas).network().sources[0]
    #expect(source.isSynthetic && source.attribution.isEmpty)
    #expect(try roads()?.attribution == nil)
    try DatabaseQueue(path: atlas).read { db in
      let metadata = try String.fetchAll(db, sql: "SELECT metadata FROM gpkg_metadata")
      #expect(metadata.count == 1)
    }
  }

  @Test(
    "bad files leave the atlas and its roads alone, and make none",
    arguments: ["", "x", "<osm", "<osm></osm>"])
  func refused(text: String) throws {
    #expect(throws: ImportError.self) { try load(text) }
    #expect(folder.names == ["town.osm"])
    try load(town())
    let before = folder.names.map { $0 == "town.osm" ? nil : folder.bytes($0) }
    #expect(throws: ImportError.self) { try load(text) }
    #expect(folder.names.map { $0 == "town.osm" ? nil : folder.bytes($0) } == before)
  }

  @Test("rules come back from the text that is kept, whatever they say")
  func rules() throws {
    var rules = RoadRules.standard
    rules.usesFerries = true
    rules.offRoadLimit = .meters(1234)
    rules.walk.standard = 4.75
    rules.walk.byHighway["steps"] = 0
    rules.car.surface["mud"] = .no
    rules.ebike.tracktype["grade5"] = .times(0.25)
    #expect(try RoadRules(yaml: rules.yaml, file: "r") == rules)
    #expect(rules.yaml != RoadRules.standard.yaml)
    // Dictionaries have no order, the text has.
    var rebuilt = rules
    rebuilt.car.surface = Dictionary(uniqueKeysWithValues: rules.car.surface.shuffled())
    #expect(rebuilt.yaml == rules.yaml)
    try load(town()) { $0.rules = rules }
    let kept = try #require(try roads())
    #expect(try Atlas(path: atlas).roadRules(of: kept) == rules)
    try DatabaseQueue(path: atlas).read { db in
      let hash = try String.fetchOne(db, sql: "SELECT rules_sha256 FROM road_network")
      #expect(hash == SHA256.of(Array(rules.yaml.utf8)))
    }
  }

  // MARK: Elevation

  /// An SRTM tile around the town: a plane that rises by `slope` to the north, with voids where `isVoid` says by column and row.
  private func tile(slope: Double, isVoid: (Int, Int) -> Bool = { _, _ in false }) -> String {
    var data = Data(capacity: 1201 * 1201 * 2)
    for row in 0..<1201 {
      for column in 0..<1201 {
        let meters = Double(1200 - row) / 1200 * 111_195 * slope
        let height = isVoid(column, row) ? -32768 : Int16(min(max(meters.rounded(), -400), 8_800))
        withUnsafeBytes(of: height.bigEndian) { data.append(contentsOf: $0) }
      }
    }
    let path = folder.file("N35E112.hgt")
    try! data.write(to: URL(fileURLWithPath: path))
    return path
  }

  private func raise(_ files: String...) throws -> ElevationImport.Result {
    try ElevationImport(files: files, stamp: Self.stamp).run(into: atlas)
  }

  @Test("heights slow the steep streets, stay in the graph, and are forgotten with new roads")
  func elevation() throws {
    try load(town())
    let level = try #require(try roads())
    // A slope of 0.08 from south to north; whole meters make steps of it.
    let result = try raise(tile(slope: 0.08))
    #expect(result.edges == 4 && result.counts.edgesKnown == 4)
    #expect(result.edgesChanged == 2)
    let steep = try #require(try roads())
    #expect(steep.elevation == "N35E112.hgt")
    #expect(
      steep.attribution == level.attribution && steep.rules == level.rules && steep.counts == level.counts)
    for edge in 0..<4 {
      let isNorth = steep.file.network.edgeClasses[edge] != RoadClass.residential.rawValue
      let walk = steep.file.network.times[0]
      #expect(walk.forward[edge] == level.file.network.times[0].forward[edge])
      #expect(isNorth == (walk.forwardSlope[edge] != 1000 || walk.backwardSlope[edge] != 1000))
      if isNorth { #expect(max(walk.forwardSlope[edge], walk.backwardSlope[edge]) > 1_200) }
    }
    // The graphs that searches read know it, too.
    func total(_ roads: AtlasRoads, _ mode: TravelMode) -> Int {
      roads.file.graph(mode).forward.arcs.reduce(0) { $0 + Int($1.milliseconds) }
    }
    #expect(total(steep, .walk) > total(level, .walk))
    #expect(total(steep, .ebike) > total(level, .ebike))
    #expect(total(steep, .car) == total(level, .car))
    #expect(folder.names.count { $0.hasSuffix(".roads") } == 1)
    #expect(try Atlas(path: atlas).network().sources.map(\.kind) == ["roads", "elevation"])

    #expect(try raise(folder.file("N35E112.hgt")).edgesChanged == 0)
    let again = try load(town())
    #expect(again.forgottenElevation == "N35E112.hgt" && !again.isUnchanged)
    #expect(try roads()?.elevation == nil)
    #expect(try Atlas(path: atlas).network().sources.map(\.kind) == ["roads"])
    let back = try #require(try roads())
    #expect(isSame(back.file.network, level.file.network))
  }

  @Test("flat heights change nothing but the record")
  func flat() throws {
    try load(town())
    let result = try raise(tile(slope: 0))
    #expect(result.edgesChanged == 0 && result.counts.climbMeters == 0)
  }

  @Test("without roads, without heights at the roads, or with a bad file, nothing changes")
  func elevationRefused() throws {
    #expect(throws: AtlasError.missing(path: atlas)) { try raise(tile(slope: 0)) }
    try AtlasUpdate(path: atlas, waitSeconds: 1).run { _ in .keep(()) }
    #expect(throws: AtlasError.noRoads(path: atlas)) { try raise(tile(slope: 0)) }
    try load(town())
    let before = folder.bytes("a.gpkg")
    #expect(throws: ImportError.self) { try raise(tile(slope: 0) { _, _ in true }) }
    #expect(throws: ImportError.self) { try raise(folder.write("x", to: "x.tif")) }
    #expect(throws: ImportError.self) { try raise(tile(slope: 0), folder.file("none.hgt")) }
    #expect(folder.bytes("a.gpkg") == before)
    var dry = ElevationImport(files: [tile(slope: 0.1)], stamp: Self.stamp)
    dry.isDryRun = true
    #expect(try dry.run(into: atlas).edgesChanged == 2)
    #expect(folder.bytes("a.gpkg") == before)
    #expect(folder.names.count { $0.hasSuffix(".roads") } == 1)
  }
}
