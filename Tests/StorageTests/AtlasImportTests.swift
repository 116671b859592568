import Foundation
import Planning
import TestSupport
import Testing
import Words

@testable import Storage

@Suite("Importing into an atlas")
struct AtlasImportTests {
  static let stamp = "2015-12-31T00:00:00Z"
  static let places = """
    place_id,name,setting,longitude,latitude,customers,village_code
    v1,东村,village,112.60,35.10,120,419001001001
    v2,西村,village,112.50,35.10,80,419001001001
    t1,城区,town,112.59,35.09,900,
    """
  static let points = """
    point_id,name,kind,longitude,latitude,place_id,hours
    p1,东村村委会,village_committee,112.601,35.101,v1,Mo-Fr 08:00-12:00
    p2,营业厅,business_hall,112.59,35.09,,24/7
    """

  let folder = ScratchFolder()
  var atlas: String { folder.file("a.gpkg") }

  @discardableResult
  private func load(
    _ kind: ImportKind, _ text: String, as name: String = "rows.csv",
    _ change: (inout ImportRequest) -> Void = { _ in }
  ) throws -> ImportResult {
    var request = ImportRequest(kind: kind, files: [folder.write(text, to: name)], stamp: Self.stamp)
    change(&request)
    return try request.run(into: atlas)
  }

  private func network() throws -> PaymentNetwork { try Atlas(path: atlas).network() }

  @Test("what was imported is read back, and importing it again changes nothing")
  func roundTrip() throws {
    let first = try load(.places, Self.places)
    #expect((first.read, first.added, first.unchanged, first.refused) == (3, 3, 0, 0))
    try load(.points, Self.points)
    let network = try network()
    #expect((0..<3).map { network.places.ids[$0] } == ["t1", "v1", "v2"])
    #expect(network.places.customers == [900, 120, 80])
    #expect(network.places.latitudes == [35.09, 35.10, 35.10])
    #expect(network.places.longitudes == [112.59, 112.60, 112.50])
    // The two places of one code are one village; the third is its own.
    #expect(network.places.villages[1] == network.places.villages[2])
    #expect(network.places.villages[0] != network.places.villages[1])
    #expect(network.points.places == [1, -1])
    #expect(network.points.openingHours(of: 0)?.minutesOpen(onDay: 0) == 240)

    let again = try load(.places, Self.places)
    #expect((again.added, again.updated, again.unchanged) == (0, 0, 3))
    let changed = try load(.places, Self.places.replacingOccurrences(of: "120", with: "121"))
    #expect((changed.added, changed.updated, changed.unchanged) == (0, 1, 2))
    #expect(try self.network().places.customers == [900, 121, 80])
  }

  @Test("one bad row refuses all, and the atlas keeps every byte; --skip-bad keeps the good ones")
  func allOrNothing() throws {
    try load(.places, Self.places)
    let before = folder.bytes("a.gpkg")
    let bad = Self.places + "\nv3,南村,village,1125.9,35.0,10,\nv4,北村,village,112.6,35.2,20,"
    let refused = try load(.places, bad, as: "bad.csv")
    #expect(refused.isRefused)
    #expect((refused.read, refused.refused) == (5, 1))
    #expect(refused.problems.map(\.line) == [5])
    #expect(
      refused.problems[0].sentence.english.hasSuffix("bad.csv:5: longitude \"1125.9\": expected -180...180"))
    #expect(folder.bytes("a.gpkg") == before)

    let skipped = try load(.places, bad) { $0.skipsBad = true }
    #expect(!skipped.isRefused)
    #expect((skipped.added, skipped.unchanged, skipped.refused) == (1, 3, 1))
    #expect(try network().places.count == 4)
  }

  @Test(
    "an id given twice is a problem of the second row, with the line of the first", arguments: [true, false])
  func duplicates(isFirstImport: Bool) throws {
    if !isFirstImport { try load(.places, Self.places) }
    let result = try load(.places, Self.places + "\nv1,又一个,village,112.7,35.3,5,")
    #expect(result.isRefused)
    #expect(result.problems.map(\.line) == [5])
    #expect(result.problems[0].expected.english.contains("line 2"))
  }

  @Test("a reference to what is not there is a problem with the table to import first")
  func references() throws {
    let result = try load(.points, Self.points)
    #expect(result.isRefused)
    #expect(result.problems.map(\.column) == ["place_id"])
    #expect(result.problems[0].expected.english.contains("import places first"))
    #expect(folder.bytes("a.gpkg") == nil)
  }

  @Test("a dry run says what would happen and changes nothing")
  func dryRun() throws {
    let result = try load(.places, Self.places) { $0.isDryRun = true }
    #expect(result.added == 3)
    #expect(folder.names == ["rows.csv"])
  }

  @Test("replacing all empties the kind first, but never leaves a point without its place")
  func replaceAll() throws {
    try load(.places, Self.places)
    let fewer = "place_id,name,setting,longitude,latitude,customers\nv1,东村,village,112.60,35.10,120"
    try load(.places, fewer) { $0.replacesAll = true }
    #expect(try network().places.count == 1)
    try load(.places, Self.places)
    try load(.points, Self.points)
    let before = folder.bytes("a.gpkg")
    let other = fewer.replacingOccurrences(of: "v1", with: "v9")
    let result = try load(.places, other) { $0.replacesAll = true }
    #expect(result.isRefused)
    #expect(result.problems[0].found[.english] == "v1")
    #expect(folder.bytes("a.gpkg") == before)
  }

  @Test("the journal remembers each file with its hash, and what is synthetic is known to be")
  func journal() throws {
    try load(.places, Self.places)
    try load(.points, Self.points, as: "points.synthetic.csv")
    let sources = try network().sources
    #expect(sources.map(\.kind) == ["places", "points"])
    #expect(sources.map(\.file) == ["rows.csv", "points.synthetic.csv"])
    #expect(sources.map(\.rows) == [3, 2])
    #expect(sources.map(\.isSynthetic) == [false, true])
    #expect(sources[0].sha256.count == 64)
    // Replacing all of a kind forgets where its old rows came from.
    try load(.points, Self.points, as: "new.csv") { $0.replacesAll = true }
    #expect(try network().sources.map(\.file) == ["rows.csv", "new.csv"])
  }

  @Test("the same files make the same atlas, byte for byte")
  func deterministic() throws {
    var atlases: [Data] = []
    for name in ["one.gpkg", "two.gpkg"] {
      for (kind, text) in [(ImportKind.places, Self.places), (.points, Self.points)] {
        let request = ImportRequest(
          kind: kind, files: [folder.write(text, to: "rows.csv")], stamp: Self.stamp)
        _ = try request.run(into: folder.file(name))
      }
      atlases.append(folder.bytes(name)!)
    }
    #expect(atlases[0] == atlases[1])
  }

  @Test("two files of one import are one: an id may stand in one of them only")
  func severalFiles() throws {
    let one = folder.write(Self.places, to: "one.csv")
    let two = folder.write(
      "place_id,name,setting,longitude,latitude,customers\nt1,城区,town,112.5,35,1\nt2,新区,town,112.6,35,1",
      to: "two.csv")
    let result = try ImportRequest(kind: .places, files: [one, two], stamp: Self.stamp).run(into: atlas)
    #expect(result.isRefused)
    #expect(result.read == 5)
    #expect(result.problems[0].expected.english.contains("one.csv:4"))
  }

  @Test("only the first hundred problems are listed, all are counted and told")
  func manyProblems() throws {
    var text = "place_id,name,setting,longitude,latitude,customers\n"
    for i in 0..<1_000 { text += "v\(i),n,moon,999,35,1\n" }
    var told = 0
    let request = ImportRequest(kind: .places, files: [folder.write(text, to: "rows.csv")], stamp: Self.stamp)
    let result = try request.run(into: atlas, problem: { _ in told += 1 })
    #expect(result.refused == 1_000)
    #expect(result.problems.count == 100)
    #expect(result.problemCount == 2_000)
    #expect(told == 2_000)
  }
}
