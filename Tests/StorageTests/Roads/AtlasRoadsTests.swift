import Foundation
import GRDB
import Geo
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("Roads kept beside the atlas")
struct AtlasRoadsTests {
  let folder = ScratchFolder()
  var path: String { folder.file("a.gpkg") }

  private func sidecars() -> [String] { folder.names.filter { $0.hasSuffix(".roads") } }

  private func roads(_ name: String = "a.gpkg") throws(AtlasError) -> AtlasRoads? {
    try Atlas(path: folder.file(name)).roads()
  }

  @Test("what was kept comes back, under a name that its own hash gives, and nothing else is left")
  func roundTrip() throws {
    let network = roadSketch(side: 9)
    try keepRoads(network, in: path)
    let back = try #require(try roads())
    #expect(isSame(back.file.network, network))
    #expect(back.rules == "walk: {}\n")
    #expect(back.attribution == "© OpenStreetMap contributors (ODbL)")
    #expect(back.elevation == nil)
    let hash = SHA256.of(folder.bytes(sidecars()[0])!)
    #expect(folder.names == ["a.gpkg", "a.gpkg.\(hash.prefix(12)).roads"])
    try Atlas(path: path).verifyRoads()
  }

  @Test("an atlas without roads, or of the time before them, has none")
  func none() throws {
    try AtlasUpdate(path: path, waitSeconds: 1).run { _ in .keep(()) }
    #expect(try roads() == nil)
    try Atlas(path: path).verifyRoads()
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "DROP TABLE road_network; DELETE FROM grdb_migrations WHERE identifier = '2 roads'")
    }
    #expect(try roads() == nil)
  }

  @Test("new roads take the place of the old ones, which readers keep as long as they hold them")
  func replaced() throws {
    let (old, new) = (roadSketch(side: 5, seed: 1), roadSketch(side: 6, seed: 2))
    try keepRoads(old, in: path)
    let held = try #require(try roads())
    try keepRoads(new, in: path)
    #expect(sidecars().count == 1)
    #expect(isSame(try #require(try roads()).file.network, new))
    #expect(isSame(held.file.network, old))
  }

  @Test("other changes of the atlas leave the roads alone")
  func otherChanges() throws {
    try keepRoads(roadSketch(side: 5), in: path)
    let before = sidecars()
    try AtlasUpdate(path: path, waitSeconds: 1).run { db in
      try db.execute(sql: "INSERT INTO channels (channel_id, name, in_person) VALUES ('c', 'n', 1)")
      return .keep(())
    }
    #expect(sidecars() == before)
    #expect(try roads() != nil)
  }

  @Test("roads that were thrown away or failed leave atlas and file as they were", arguments: [true, false])
  func discarded(fails: Bool) throws {
    struct Stop: Error {}
    try keepRoads(roadSketch(side: 5), in: path)
    let before = folder.names.map { folder.bytes($0) }
    _ = try? AtlasUpdate(path: path, waitSeconds: 1).run { db -> AtlasUpdate.Outcome<Void> in
      _ = try replaceRoads(
        with: roadSketch(side: 6), RoadDescription(counts: "", rules: ""), atlas: path, fillingTable: true, db
      )
      if fails { throw Stop() }
      return .discard(())
    }
    #expect(folder.names.map { folder.bytes($0) } == before)
  }

  @Test("what a killed writer left beside the atlas goes with the next write; a neighbor's files stay")
  func strays() throws {
    try keepRoads(roadSketch(side: 5), in: path)
    let ours = sidecars()[0]
    let strays = ["a.gpkg.0123456789ab.roads", ".a.gpkg.0123456789ab.roads.paycircle-new"]
    let others = [
      "b.gpkg.0123456789ab.roads", "a.gpkg.0123456789abc.roads", "a.gpkg.roads", "a.gpkg.0123456789AB.roads",
      "xa.gpkg.0123456789ab.roads",
    ]
    for name in strays + others { _ = folder.write("x", to: name) }
    // Refused writes touch nothing: whoever holds the atlas may be putting roads there.
    #expect(throws: AtlasError.self) {
      try DatabaseQueue(path: path).inDatabase { db in
        try db.inTransaction(.immediate) {
          try AtlasUpdate(path: path, waitSeconds: 0).run { _ in .keep(()) }
          return .rollback
        }
      }
    }
    #expect(Set(folder.names).isSuperset(of: strays + [ours]))
    try AtlasUpdate(path: path, waitSeconds: 1).run { _ in .keep(()) }
    #expect(Set(folder.names) == Set(others + [ours, "a.gpkg"]))
    #expect(try roads() != nil)
  }

  @Test("both files may be moved, copied and renamed together")
  func moved() throws {
    let network = roadSketch(side: 5)
    try keepRoads(network, in: path)
    let sidecar = sidecars()[0]
    let files = FileManager.default
    try files.copyItem(atPath: path, toPath: folder.file("b.gpkg"))
    #expect(try roads("b.gpkg") != nil, "the atlas alone was copied within its folder")
    try files.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: false)
    try files.copyItem(atPath: path, toPath: folder.file("sub/c.gpkg"))
    #expect(throws: AtlasError.self) { try roads("sub/c.gpkg") }
    let renamed = sidecar.replacingOccurrences(of: "a.gpkg", with: "c.gpkg")
    try files.copyItem(atPath: folder.file(sidecar), toPath: folder.file("sub/\(renamed)"))
    #expect(isSame(try #require(try roads("sub/c.gpkg")).file.network, network))
    // Through a link, the file lies beside what the link leads to.
    try files.createSymbolicLink(
      atPath: folder.file("l.gpkg"), withDestinationPath: folder.file("sub/c.gpkg"))
    #expect(try roads("l.gpkg") != nil)
  }

  @Test("a missing, foreign, damaged or cut file earns a sentence with its name and the way out")
  func damaged() throws {
    try keepRoads(roadSketch(side: 30), in: path)
    let sidecar = sidecars()[0]
    let good = folder.bytes(sidecar)!
    func expect(_ bytes: Data?, _ part: String, _ line: Int = #line) throws {
      try? FileManager.default.removeItem(atPath: folder.file(sidecar))
      try bytes?.write(to: URL(fileURLWithPath: folder.file(sidecar)))
      do {
        _ = try roads()
        Issue.record("line \(line): opened")
      } catch {
        #expect(error.sentence.english.hasPrefix(folder.file(sidecar)), "line \(line)")
        #expect(error.sentence.english.contains(part), "line \(line): \(error.sentence.english)")
        #expect(error.sentence.english.contains("import roads"), "line \(line)")
        #expect(error.sentence.chinese.contains("import roads"), "line \(line)")
      }
      #expect(throws: AtlasError.self) { try Atlas(path: path).verifyRoads() }
    }
    try expect(nil, "no such file")
    try expect(Data(), "0 bytes instead of \(good.count)")
    try expect(good.prefix(good.count - 1), "bytes instead of")
    try expect(good + Data([0]), "bytes instead of")
    try expect(Data(repeating: 0, count: good.count), "not those the atlas knows")
    var flipped = good
    flipped[100] ^= 1
    try expect(flipped, "not those the atlas knows")

    // Behind the first 4 KiB their own checksums speak.
    for place in [5_000, good.count / 2, good.count - 1] {
      flipped = good
      flipped[place] ^= 1
      try expect(flipped, "damaged (")
    }

    // Importing the same roads again mends it.
    try keepRoads(roadSketch(side: 30), in: path)
    #expect(folder.bytes(sidecar) == good)
    try Atlas(path: path).verifyRoads()
  }

  @Test("readers and a writer at once: every reader gets one network or the other, whole")
  func raced() async throws {
    let networks = [roadSketch(side: 12, seed: 1), roadSketch(side: 13, seed: 2)]
    try keepRoads(networks[0], in: path)
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for turn in 1...12 { try keepRoads(networks[turn % 2], in: path) }
      }
      group.addTask {
        for _ in 0..<150 {
          let roads = try Atlas(path: path).roads()
          #expect(networks.contains { isSame($0, roads!.file.network) })
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("the features show each edge: its shape, class, length, directions and speeds")
  func features() throws {
    let network = roadSketch(side: 6, seed: 4)
    try keepRoads(network, in: path)
    try DatabaseQueue(path: path).read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT * FROM roads ORDER BY edge")
      #expect(rows.count == network.edgeCount)
      for (edge, row) in rows.enumerated() {
        #expect(row["edge"] == edge)
        #expect(row["meters"] == Double(network.edgeMillimeters[edge]) / 1000)
        #expect(row["class"] == RoadClass(rawValue: network.edgeClasses[edge])!.name)
        #expect(row["walk"] == "both")
        let open = [network.times[2].forward[edge], network.times[2].backward[edge]].map {
          $0 != RoadNetwork.noWay
        }
        let word =
          open == [true, true] ? "both" : open == [false, false] ? "no" : open[0] ? "forward" : "backward"
        #expect(row["car"] == word)
        #expect((row["car_kmh"] as Double? == nil) == (word == "no"))
        let seconds = [network.times[1].forward[edge], network.times[1].backward[edge]].map {
          Double($0) / 1000
        }
        let fastest = Double(network.edgeMillimeters[edge]) / 1000 / seconds.min()! * 3.6
        #expect(abs(row["ebike_kmh"] as Double - fastest) <= 0.051)
        let blob: Data = row["geom"]
        let line = try #require(
          blob.withUnsafeBytes { WellKnownBinary(geoPackage: $0)?.line })
        #expect(line.count == 2 + Int(network.shapeStart[edge + 1] - network.shapeStart[edge]))
        #expect(line[0].latitude == Double(network.junctionLatitudes[Int(network.edgeFrom[edge])]) / 1e7)
        #expect(line.last!.longitude == Double(network.junctionLongitudes[Int(network.edgeTo[edge])]) / 1e7)
      }
      #expect(try String.fetchOne(db, sql: "SELECT rtreecheck('rtree_roads_geom')") == "ok")
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM rtree_roads_geom") == network.edgeCount)
      let extent = try Row.fetchOne(db, sql: "SELECT min_x FROM gpkg_contents WHERE table_name = 'roads'")!
      #expect((extent["min_x"] as Double) < 112.0)
    }
    #expect(RoadClass.livingStreet.name == "living_street")
    #expect(RoadClass.motorway.name == "motorway")
  }

  @Test(
    "the table itself refuses nonsense, whoever writes it",
    arguments: [
      "INSERT INTO roads (geom, edge, class, meters, walk, ebike, car) VALUES (x'4750', 0, '', 1, 'no', 'no', 'no')",
      "INSERT INTO roads (geom, edge, class, meters, walk, ebike, car) VALUES (x'4750', 0, 'path', 1, 'maybe', 'no', 'no')",
      "INSERT INTO roads (geom, edge, class, meters, walk, ebike, car) VALUES (x'00', 0, 'path', 1, 'no', 'no', 'no')",
      "UPDATE road_network SET file = '../elsewhere'", "UPDATE road_network SET sha256 = 'x'",
      "UPDATE road_network SET id = 2", "UPDATE road_network SET bytes = 0",
    ])
  func constraints(sql: String) throws {
    try keepRoads(roadSketch(side: 3), in: path)
    #expect(throws: DatabaseError.self) {
      try DatabaseQueue(path: path).write { db in
        try SpatialIndex(table: "roads").dropTriggers(db)
        try db.execute(sql: sql)
      }
    }
  }
}
