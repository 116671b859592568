import Foundation
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("OpenStreetMap files")
struct OpenStreetMapFileTests {
  let folder = ScratchFolder()

  /// A town with everything that a file can say.
  static var town: RoadSketch {
    var town = RoadSketch(
      """
      . b . f .
      a x c g h
      . d . i .
      """)
    for arm in ["a", "b", "c", "d"] {
      town.way(arm + "x", ["highway": "residential", "name": "\"人民\" & <路>"])
    }
    town.way("cghZ", ["highway": "primary", "oneway": "yes"])
    town.way("fgi", ["highway": "footway"])
    town.way("hi", ["highway": "construction"])
    town.way("ab", ["building": "yes"])
    town.turn("no_left_turn", from: 1, via: "x", to: 2)
    town.relation([RoadSketch.Member("way", 8, "outer")], ["type": "multipolygon", "natural": "water"])
    town.tag("g", ["barrier": "bollard", "note": "石墩"])
    return town
  }

  private func read(_ path: String) throws(ImportError) -> (network: RoadNetwork, counts: RoadImportCounts) {
    try OpenStreetMapFile(path: path).roadNetwork(rules: .standard)
  }

  private func expectTown(_ network: RoadNetwork, _ counts: RoadImportCounts) {
    #expect(counts.nodesRead == 9 && counts.waysRead == 8 && counts.relationsRead == 2)
    #expect(counts.waysUsed == 6 && counts.waysUsedByMode == [.walk: 6, .ebike: 6, .car: 5])
    #expect(counts.waysDropped == [.construction: 1, .notARoad: 1])
    #expect(counts.nodesMissing == 1 && counts.waysCut == 1)
    #expect(counts.barriers == [.car: 1])
    #expect(counts.restrictionsRead == 1 && counts.restrictionsUsed == 1)
    #expect(network.forbiddenTurns.count == 3)
    // Four roads meet at the bollard, each at its own junction, with three links between them.
    #expect(network.junctionCount == 9 - 1 + 4)
    #expect(network.edgeCount == 4 + 2 + 2 + 3)
  }

  @Test("XML is read, with or without a mark, whatever the file is called")
  func xml() throws {
    for (text, name) in [
      (Self.town.xml, "a.osm"), ("\u{FEFF}" + Self.town.xml, "b.xml"),
      ("\n\n" + Self.town.xml.split(separator: "\n").dropFirst().joined(separator: "\n"), "c.pbf"),
    ] {
      let (network, counts) = try read(folder.write(text, to: name))
      expectTown(network, counts)
    }
  }

  @Test("a relative path is a path, and no address of the web is asked")
  func paths() {
    for path in ["-", "http://localhost/x.osm", "no/such.osm", "pipe:"] {
      do {
        _ = try read(path)
        Issue.record("read \(path)")
      } catch {
        guard case .unreadable = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  @Test(
    "PBF of every kind gives the same network as XML",
    .enabled(if: Osmium.isThere, "osmium-tool is not installed"),
    arguments: ["none", "zlib"], [true, false])
  func pbf(compression: String, dense: Bool) throws {
    let path = try Osmium.pbf(
      of: Self.town, in: folder, "pbf_compression=\(compression),pbf_dense_nodes=\(dense)")
    let (network, counts) = try read(path)
    expectTown(network, counts)
    let (same, sameCounts) = try read(folder.write(Self.town.xml, to: "same.osm"))
    #expect(counts == sameCounts)
    #expect(Array(network.edgeFrom) == Array(same.edgeFrom) && Array(network.edgeTo) == Array(same.edgeTo))
    #expect(Array(network.edgeMillimeters) == Array(same.edgeMillimeters))
    #expect(
      zip(network.times, same.times).allSatisfy { $0.forward == $1.forward && $0.backward == $1.backward })
    #expect(network.forbiddenTurns == same.forbiddenTurns)
  }

  @Test("elements in another order make the same network", arguments: 0..<5)
  func order(seed: Int) throws {
    let (network, counts) = try read(folder.write(Self.town.xml, to: "a.osm"))
    var random = SeededGenerator(seed: seed)
    var town = Self.town
    town.nodes.shuffle(using: &random)
    town.ways.shuffle(using: &random)
    town.relations.shuffle(using: &random)
    let (again, countsAgain) = try read(folder.write(town.xml, to: "b.osm"))
    #expect(counts == countsAgain)
    #expect(
      again.edgeMillimeters == network.edgeMillimeters && again.forbiddenTurns == network.forbiddenTurns)
    #expect(again.junctionLatitudes == network.junctionLatitudes)
  }

  @Test(
    "what is no whole file of roads is refused with what was found",
    arguments: [
      ("", "an empty file"), ("hello", "neither PBF nor XML"), ("BZh91AY", "a compressed file"),
      ("PK\u{3}\u{4}", "a compressed file"),
      ("<html><body/></html>", "damaged or cut off"), ("<osm version=\"0.6\">", "damaged or cut off"),
      ("<osm version=\"0.5\"/>", "damaged or cut off"), ("<osm version=\"0.6\"/>", "no ways"),
      ("<osmChange version=\"0.6\"/>", "a history or a list of changes"),
      ("\0\0\0\u{E}\n\tOSMHeader", "damaged or cut off"),
      ("\0\0\0\u{D}\n\u{7}OSMData\u{18}\u{1}", "damaged or cut off"),
      ("\0\0\u{7F}\u{7F}\n\tOSMHeader", "damaged or cut off"),
      ("\u{1}\0\0\0\n\tOSMHeader", "neither PBF nor XML"),
      ("\0\0\0\u{10}\n\tOSMHeader\u{18}\u{7F}\u{7F}", "damaged or cut off"),
      (
        "<!DOCTYPE osm [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><osm version=\"0.6\"><way id=\"1\">&b;</way></osm>",
        "damaged or cut off"
      ),
      (
        "<osm version=\"0.6\"><way id=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/></way></osm>",
        "no roads among 1 ways"
      ),
      (
        "<osm version=\"0.6\"><way id=\"1\"><nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"path\"/></way></osm>",
        "no roads among 1 ways"
      ),
    ])
  func refused(text: String, found: String) {
    do {
      _ = try read(folder.write(text, to: "f"))
      Issue.record("read")
    } catch {
      guard case .refused = error else {
        Issue.record("\(error)")
        return
      }
      #expect(error.sentence.english.contains(found), "\(error.sentence.english)")
      #expect(error.sentence.english.contains("/f:") && error.sentence.english.contains("; expected "))
      #expect(error.sentence.chinese.contains("应为"))
    }
  }

  @Test("damage in XML is said with its line")
  func line() {
    let text = Self.town.xml.replacingOccurrences(of: "<way id=\"3\">", with: "<way id=\"3\"")
    let line = text.split(separator: "\n").firstIndex { $0.contains("<way id=\"3\"") }! + 2
    do {
      _ = try read(folder.write(text, to: "f.osm"))
      Issue.record("read")
    } catch {
      #expect(error.sentence.english.contains("f.osm:\(line): damaged"), "\(error.sentence.english)")
    }
  }

  @Test("a missing file, a folder and a pipe are unreadable")
  func unreadable() throws {
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [folder.file("none.osm"), folder.path, pipe] {
      do {
        _ = try read(path)
        Issue.record("read")
      } catch {
        guard case .unreadable(let file, _) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(file == path)
      }
    }
  }

  @Test("XML cut off at any place is refused")
  func xmlCut() throws {
    let bytes = Array(Self.town.xml.utf8)
    let end = bytes.count - "\n".utf8.count
    for count in Array(stride(from: 0, to: end, by: 37)) + [end - 1] {
      try Data(bytes[..<count]).write(to: URL(fileURLWithPath: folder.file("cut")))
      #expect(throws: ImportError.self, "cut at \(count)") { try read(folder.file("cut")) }
    }
  }

  @Test("PBF cut off within a block is refused", .enabled(if: Osmium.isThere, "osmium-tool is not installed"))
  func pbfCut() throws {
    let bytes = Array(
      try Data(
        contentsOf: URL(fileURLWithPath: Osmium.pbf(of: Self.town, in: folder, "pbf_compression=zlib"))))
    var read = 0
    for count in 0..<bytes.count {
      try Data(bytes[..<count]).write(to: URL(fileURLWithPath: folder.file("cut")))
      if (try? self.read(folder.file("cut"))) != nil { read += 1 }
    }
    // At the end of a block a file is whole, and it may have all roads by then; the relations are missing. Up to three
    // bytes of the next block, less than its length takes, are an end to libosmium too.
    #expect(read <= 4)
  }

  @Test(
    "damaged PBF ends in a network or a sentence",
    .enabled(if: Osmium.isThere, "osmium-tool is not installed"),
    arguments: 0..<4, [true, false])
  func pbfDamage(seed: Int, dense: Bool) throws {
    let original = Array(
      try Data(
        contentsOf: URL(
          fileURLWithPath: Osmium.pbf(
            of: Self.town, in: folder, "pbf_compression=none,pbf_dense_nodes=\(dense)"))))
    try damage(original, seed: seed, times: 150)
  }

  @Test("damaged XML ends in a network or a sentence", arguments: 0..<4)
  func xmlDamage(seed: Int) throws { try damage(Array(Self.town.xml.utf8), seed: seed, times: 100) }

  private func damage(_ original: [UInt8], seed: Int, times: Int) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<times {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[position] = 0
        default: bytes.removeSubrange(position..<min(bytes.count, position + 3))
        }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: folder.file("damaged")))
      do {
        let (network, counts) = try read(folder.file("damaged"))
        let isOrderly =
          counts.waysRead == counts.waysUsed + counts.waysDropped.values.reduce(0, +)
          && network.edgeTo.allSatisfy { $0 < UInt32(network.junctionCount) }
        if !isOrderly { Issue.record("seed \(seed): \(counts)") }
      } catch {
        if error.sentence.english.isEmpty { Issue.record("seed \(seed): no sentence") }
      }
    }
  }
}

/// Writes PBF by a program that is not ours.
enum Osmium {
  static let path = "/usr/bin/osmium"
  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

  static func pbf(of sketch: RoadSketch, in folder: ScratchFolder, _ options: String) throws -> String {
    let source = folder.write(sketch.xml, to: "source.osm")
    let target = folder.file("town.osm.pbf")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["cat", source, "-o", target, "-f", "pbf,\(options)", "--overwrite", "--no-progress"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return target
  }
}

@Suite(
  "Real OpenStreetMap extracts",
  .enabled(if: sharedData != nil, "set PAYCIRCLE_SHARED_DATA to the folder of shared data to run these"))
struct RealExtractTests {
  private func path(_ name: String) throws -> String { try #require(sharedData) + "/roads/" + name }

  @Test(
    "give networks whose counts add up, and whose roads hang together",
    arguments: ["liechtenstein-latest.osm.pbf", "porto_portugal.osm.pbf"])
  func whole(name: String) throws {
    let (network, counts) = try OpenStreetMapFile(path: path(name)).roadNetwork(rules: .standard)
    #expect(counts.waysRead == counts.waysUsed + counts.waysDropped.values.reduce(0, +))
    #expect(
      counts.restrictionsRead == counts.restrictionsUsed + counts.restrictionsDropped.values.reduce(0, +))
    #expect(counts.nodesMissing == 0 && counts.nodesRepeated == 0 && counts.edgesTooLong == 0)

    // Each file is the extract of one town or country: most junctions are in one piece on foot.
    let walking = network.times[0]
    var leader = Array(0..<network.junctionCount)
    func find(_ junction: Int) -> Int {
      var junction = junction
      while leader[junction] != junction {
        leader[junction] = leader[leader[junction]]
        junction = leader[junction]
      }
      return junction
    }
    for edge in 0..<network.edgeCount where walking.forward[edge] != RoadNetwork.noWay {
      leader[find(Int(network.edgeFrom[edge]))] = find(Int(network.edgeTo[edge]))
    }
    let largest = Dictionary(grouping: leader.indices, by: find).values.map(\.count).max() ?? 0
    #expect(largest * 10 > network.junctionCount * 9)
  }

  @Test("a file that is malformed is refused")
  func malformed() throws {
    do {
      _ = try OpenStreetMapFile(path: path("malformed.osm.pbf")).roadNetwork(rules: .standard)
      Issue.record("read")
    } catch let error as ImportError {
      #expect(error.sentence.english.contains("damaged or cut off"), "\(error.sentence.english)")
    }
  }
}
