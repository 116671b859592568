import Foundation
import GRDB
import Geo
import Planning
import Testing
import Words

@testable import Storage

@Suite("Scenarios in an atlas")
struct KeptScenariosTests {
  private static let stamp = "2016-01-31T00:00:00Z"
  private let folder = ScratchFolder()

  private func load(_ kind: ImportKind, _ text: String) throws {
    let file = folder.write(text, to: "\(kind.rawValue).csv")
    let result = try ImportRequest(kind: kind, files: [file], stamp: "2015-12-31T00:00:00Z").run(
      into: folder.file("a.gpkg"))
    #expect(!result.isRefused)
  }

  private func makeAtlas() throws -> Atlas {
    try load(
      .places,
      """
      place_id,name,setting,longitude,latitude,customers,township,fee_control_share
      v,V,village,112.5,35,100,T,0.5
      w,W,village,112.6,35,33,T,
      x,X,town,112.7,35,7,U,0.25
      """)
    try load(
      .points,
      """
      point_id,name,kind,longitude,latitude,place_id,status,hours,methods,opened_on
      p,P,shop,112.5,35,v,,Mo-Fr 9:00-12:00,cash;qr,2010-01-01
      q,Q,bank,112.6,35,w,active,,,
      """)
    return try Atlas(path: folder.file("a.gpkg"))
  }

  private func file(_ text: String) throws -> ScenarioFile { try ScenarioFile(yaml: text, file: "plan.yaml") }

  /// All rows of the tables that scenarios may touch, with the indexes, as SQLite stores them.
  private func contents() throws -> [String] {
    let queue = try DatabaseQueue(path: folder.file("a.gpkg"))
    return try queue.read { db in
      try [
        "SELECT * FROM points ORDER BY fid", "SELECT * FROM places ORDER BY fid",
        "SELECT * FROM rtree_points_geom ORDER BY id", "SELECT * FROM rtree_places_geom ORDER BY id",
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents ORDER BY table_name",
      ].flatMap { sql in try Row.fetchAll(db, sql: sql).map { "\($0.map { "\($0.0)=\($0.1)" })" } }
    }
  }

  @Test("are kept by name and version, listed, and deleted")
  func keeping() throws {
    let atlas = try makeAtlas()
    #expect(try atlas.scenarios().isEmpty && atlas.scenario(named: "a") == nil)
    let one = try file("# mine\nname: a\ndescription: d\nchanges:\n  - close: p\n")
    let two = try file("name: a\nchanges:\n  - close: q\n")
    #expect(try atlas.keep(one, named: "a", stamp: Self.stamp) == 1)
    #expect(try atlas.keep(one, named: "a", stamp: Self.stamp) == 1)
    #expect(try atlas.keep(two, named: "a", stamp: Self.stamp) == 2)
    #expect(try atlas.keep(one, named: "b", stamp: Self.stamp) == 1)
    let kept = try atlas.scenarios()
    #expect(kept.map(\.name) == ["a", "a", "b"] && kept.map(\.version) == [1, 2, 1])
    #expect(kept[0].text == one.text && kept[0].description == "d")
    #expect(kept[0].savedAt == "2016-01-31T00:00:00.000Z")
    #expect(try atlas.scenario(named: "a")?.file().scenario.changes == [.close(point: "q")])
    #expect(try atlas.scenario(named: "a", version: 1)?.file().scenario.changes == [.close(point: "p")])
    #expect(try atlas.scenario(named: "b")?.file().scenario.name == "b")
    #expect(try atlas.scenario(named: "a", version: 3) == nil)
    #expect(try atlas.deleteScenario(named: "a", stamp: Self.stamp) == 2)
    #expect(try atlas.deleteScenario(named: "a", stamp: Self.stamp) == 0)
    #expect(try atlas.scenarios().map(\.name) == ["b"])
  }

  private static let everything = """
    name: all of it
    changes:
      - close: p
      - move: {point_id: q, longitude: 112.61, latitude: 35.01, place_id: x}
      - set: {point_id: q, hours: 24/7, counters: 2, kind: postal, methods: [qr], monthly_cost_yuan: 12.5}
      - open: {point_id: n, name: N, kind: shop, longitude: 112.7, latitude: 35, operator: O, counters: 1}
      - grow: {township: T, factor: 1.5}
      - fee_control: 80%
    """

  @Test("become the network of record, and are undone row for row")
  func applying() throws {
    let atlas = try makeAtlas()
    let before = try contents()
    let sources = try atlas.network().sources
    let file = try file(Self.everything)
    let expected = try atlas.network().applying(file.scenario.changes)
    let applied = try atlas.apply(file, version: nil, stamp: Self.stamp)
    #expect(applied == AppliedScenario(added: 1, updated: 5))
    let network = try atlas.network()
    // The new point comes first in the order of ids.
    #expect((0..<3).map { network.points.ids[$0] } == ["n", "p", "q"])
    let order = [2, 0, 1]
    #expect(network.points.statuses == order.map { expected.points.statuses[$0] })
    #expect(network.points.longitudes == order.map { expected.points.longitudes[$0] })
    #expect(network.points.kinds == order.map { expected.points.kinds[$0] })
    #expect(network.points.methods == order.map { expected.points.methods[$0] })
    #expect(network.points.counters == order.map { expected.points.counters[$0] })
    #expect(network.points.places == order.map { expected.points.places[$0] })
    #expect(network.points.monthlyCostsFen == order.map { expected.points.monthlyCostsFen[$0] })
    #expect(network.points.openingHours(of: 2)?.minutesPerWeek == 10_080)
    #expect(network.points.openedOn[0] == "2016-01-31" && network.points.closedOn[1] == "2016-01-31")
    #expect(network.places.customers == [150, 50, 7])
    #expect(network.places.feeControlShares == [0.8, 0.8, 0.8])
    #expect(try atlas.network().sources.last?.kind == "scenario")
    #expect(try atlas.scenarioApplications().map(\.name) == ["all of it"])

    let undone = try #require(try atlas.undoScenario(stamp: "2016-02-01T00:00:00Z"))
    #expect(undone.name == "all of it" && undone.undoneAt == "2016-02-01T00:00:00.000Z")
    #expect(try contents() == before)
    #expect(try atlas.network().sources == sources)
    #expect(try atlas.undoScenario(stamp: Self.stamp) == nil)
    let journal = try DatabaseQueue(path: folder.file("a.gpkg")).read {
      try Row.fetchAll($0, sql: "SELECT kind, added, updated FROM imports ORDER BY id DESC LIMIT 2")
    }
    #expect(journal.map { $0["kind"] as String } == ["scenario-undo", "scenario"])
    #expect(journal.map { $0["added"] as Int } == [0, 1] && journal.map { $0["updated"] as Int } == [5, 5])
  }

  @Test("are undone in the reverse order, each to where it began")
  func stack() throws {
    let atlas = try makeAtlas()
    var states = [try contents()]
    for text in ["close: p", "grow: 2", "set: {point_id: p, status: active}"] {
      _ = try atlas.apply(try file("name: s\nchanges:\n  - \(text)\n"), version: nil, stamp: Self.stamp)
      states.append(try contents())
    }
    for state in states.dropLast().reversed() {
      #expect(try atlas.undoScenario(stamp: Self.stamp) != nil)
      #expect(try contents() == state)
    }
  }

  @Test("are not undone over changes made since, nor from under rows that refer to them")
  func conflicts() throws {
    let atlas = try makeAtlas()
    _ = try atlas.apply(try file("name: s\nchanges:\n  - close: p\n"), version: nil, stamp: Self.stamp)
    let closed = try contents()
    let queue = try DatabaseQueue(path: folder.file("a.gpkg"))
    try queue.write { db in
      for event in ["update3", "update4"] { try db.execute(sql: "DROP TRIGGER rtree_points_geom_\(event)") }
      try db.execute(sql: "UPDATE points SET name = 'other' WHERE point_id = 'p'")
    }
    let changed = try contents()
    #expect {
      try atlas.undoScenario(stamp: Self.stamp)
    } throws: {
      ($0 as? ImportError)?.sentence.english.contains("points \"p\" has been changed since s") == true
    }
    #expect(try contents() == changed && changed != closed)

    try load(.points, "point_id,name,kind,longitude,latitude\nz,Z,shop,112.5,35")
    _ = try atlas.apply(
      try file("name: t\nchanges:\n  - open: {point_id: n, place_id: v}\n"), version: nil, stamp: Self.stamp)
    try load(.volumes, "point_id,month,payments\nn,2016-02,5")
    #expect {
      try atlas.undoScenario(stamp: Self.stamp)
    } throws: {
      ($0 as? ImportError)?.sentence.english.contains("no row that refers to a point it opened") == true
    }
    #expect(try atlas.network().points.count == 4)
  }

  @Test("that cannot be made change nothing: a line, not half a network")
  func refused() throws {
    let atlas = try makeAtlas()
    let before = try contents()
    for (text, part) in [
      ("  - close: p\n  - close: nobody\n", "plan.yaml:4: point_id \"nobody\""),
      ("  - close: p\n  - road_closed: 3\n", "plan.yaml:4: road_closed: roads of the atlas cannot be closed"),
    ] {
      #expect {
        try atlas.apply(try file("name: s\nchanges:\n\(text)"), version: nil, stamp: Self.stamp)
      } throws: {
        ($0 as? ImportError)?.sentence.english.contains(part) == true
      }
    }
    #expect(try contents() == before && atlas.scenarioApplications().isEmpty)
  }

  @Test("that somebody else wrote into the table are data, not commands")
  func forged() throws {
    let atlas = try makeAtlas()
    _ = try atlas.apply(try file("name: s\nchanges:\n  - close: p\n"), version: nil, stamp: Self.stamp)
    let queue = try DatabaseQueue(path: folder.file("a.gpkg"))
    for rows in [
      "not JSON", #"[{"table":"imports","fid":1,"before":null,"after":null}]"#,
      #"[{"table":"points; DROP TABLE points","fid":1,"before":null,"after":null}]"#,
    ] {
      try queue.write {
        try $0.execute(sql: "UPDATE scenario_applications SET changed_rows = ?", arguments: [rows])
      }
      #expect(throws: AtlasError.self) { try atlas.undoScenario(stamp: Self.stamp) }
    }
    #expect(try atlas.network().points.count == 2)
  }
}
