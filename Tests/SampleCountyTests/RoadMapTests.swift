import COSMWriter
import Foundation
import TestSupport
import Testing

@testable import SampleCounty

@Suite("The county's roads")
struct RoadMapTests {
  /// Made once, like the county.
  static let network: Result<WalkingNetwork, any Error> = Committed.county.map {
    WalkingNetwork($0.roadMap())
  }

  let county: County
  let network: WalkingNetwork
  var map: RoadMap { network.map }

  init() throws {
    county = try Committed.county.get()
    network = try RoadMapTests.network.get()
  }

  /// Compared as text: another zlib may pack the same objects into other bytes.
  @Test("are, object by object, those of the committed file, and come out the same byte for byte")
  func sameFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roads-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    let committed = Committed.folder.appendingPathComponent(RoadsFile.name)
    try RoadsFile(map: map).write(to: path("a.osm.pbf"))
    try RoadsFile(map: map).write(to: path("b.osm.pbf"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path("a.osm.pbf")))
    #expect(try bytes == Data(contentsOf: URL(fileURLWithPath: path("b.osm.pbf"))))
    #expect(try Data(contentsOf: committed).count < 1_500_000)
    #expect(cosm_text_of_file(path("a.osm.pbf"), path("a.opl")))
    #expect(cosm_text_of_file(committed.path, path("committed.opl")))
    let text = try String(contentsOfFile: path("a.opl"), encoding: .utf8)
    let old = try String(contentsOfFile: path("committed.opl"), encoding: .utf8)
    #expect(text == old, "run: swift run SampleCounty geodata/jiyuan (\(RoadsFile.name))")
    let lines = text.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("n") }.count == map.nodes.count)
    #expect(lines.filter { $0.hasPrefix("w") }.count == map.ways.count)
    #expect(lines.filter { $0.hasPrefix("r") }.count == map.restrictions.count)
    #expect(lines.filter { !$0.hasPrefix("n") }.allSatisfy { $0.contains("source=synthetic") })
  }

  @Test("say why they cannot be written")
  func noFolder() {
    let error = #expect(throws: RoadsFile.Failure.self) {
      try RoadsFile(map: RoadMap()).write(to: "/no such folder/roads.osm.pbf")
    }
    #expect(error?.reason.contains("No such file") == true, "\(error?.reason ?? "")")
  }

  @Test("are another network with another seed, and no crossing lacks a junction there either")
  func anotherSeed() {
    let other = County(villages: county.villages, seed: 7).roadMap()
    #expect(other.nodes.map(\.spot) != map.nodes.map(\.spot))
    #expect(crossingsWithoutJunction(in: other).isEmpty)
  }

  @Test("have 40,000 to 90,000 nodes, each somewhere else, used, and in the county but for the ferry's")
  func nodes() {
    #expect((40_000...90_000).contains(map.nodes.count))
    #expect(Set(map.nodes.map(\.spot)).count == map.nodes.count)
    #expect(Set(map.ways.flatMap(\.nodes)) == Set(map.nodes.indices))
    for way in map.ways {
      #expect((2...2_000).contains(way.nodes.count))
      #expect(zip(way.nodes, way.nodes.dropFirst()).allSatisfy { $0 != $1 })
      #expect(
        way.tags == way.tags.sorted { $0.key < $1.key } && Set(way.tags.map(\.key)).count == way.tags.count)
      guard way.value("highway") != nil else { continue }
      for node in way.nodes {
        let spot = map.nodes[node].spot
        #expect(county.partition.county.contains(spot) || county.partition.county.meters(to: spot) < 250)
      }
    }
  }

  @Test("cross each other only at junctions and under bridges")
  func crossings() {
    #expect(crossingsWithoutJunction(in: map).isEmpty)
    let bridges = map.ways.filter { $0.value("bridge") == "yes" }
    #expect(bridges.count > 100)
    #expect(bridges.allSatisfy { $0.value("layer") != nil })
  }

  @Test("pass within 100 m of nearly every place and point, and a few hamlets have none within 2 km")
  func doors() {
    let largest = network.largest
    for spots in [county.places.map(\.spot), county.points.map(\.spot)] {
      let meters = spots.map { network.nearest(to: $0) { $0 == largest }?.meters ?? .infinity }
      #expect(Double(meters.filter { $0 <= 100 }.count) >= 0.98 * Double(spots.count))
      #expect(Double(meters.filter { $0 <= 300 }.count) >= 0.985 * Double(spots.count))
    }
    let remote = county.places.filter { place in
      (network.nearest(to: place.spot) { $0 == largest }?.meters ?? .infinity) > 2_000
    }
    #expect((3...40).contains(remote.count))
    #expect(remote.allSatisfy { $0.terrain == .mountain })
    // Some see an island from the door, some nothing at all.
    let besideIsland = remote.filter {
      (network.nearest(to: $0.spot) { $0 != largest }?.meters ?? .infinity) < 200
    }
    #expect(!besideIsland.isEmpty && besideIsland.count < remote.count)
  }

  @Test("hang together, but for a few islands")
  func islands() {
    let sizes = network.sizes.sorted(by: >)
    #expect(Double(sizes[0]) > 0.99 * Double(sizes.reduce(0, +)))
    #expect((3...10).contains(sizes.count - 1))
    #expect(sizes.dropFirst().allSatisfy { $0 < 100 })
  }

  @Test(
    "are as much longer than the straight line as the terrain's truth says",
    arguments: [(Terrain.plain, 0.12), (.hill, 0.15), (.mountain, 0.2)])
  func circuity(terrain: Terrain, tolerance: Double) {
    var rng = SeededGenerator(seed: 11)
    let largest = network.largest
    let places = county.places.filter { $0.terrain == terrain }.shuffled(using: &rng).prefix(60)
    let farthest = terrain == .mountain ? 5_000.0 : 3_000
    var (way, straight) = (0.0, 0.0)
    for place in places {
      guard let door = network.nearest(to: place.spot, where: { $0 == largest }), door.meters < 300 else {
        continue
      }
      let reached = network.decimeters(from: door.node, within: 200_000)
      let near = county.points.map(\.spot).filter { (300...farthest).contains($0.meters(to: place.spot)) }
        .sorted { $0.meters(to: place.spot) < $1.meters(to: place.spot) }
      for spot in near.prefix(6) {
        guard let other = network.nearest(to: spot, where: { $0 == largest }), other.meters < 300,
          reached[other.node] < .max
        else { continue }
        way += Double(reached[other.node]) / 10 + door.meters + other.meters
        straight += spot.meters(to: place.spot)
      }
    }
    #expect(abs(way / straight - Truth.circuity(in: terrain)) < tolerance, "\(terrain): \(way / straight)")
  }

  @Test("have every class, one-ways, roundabouts, gates, steps, unpaved tracks, a ferry and rivers")
  func kinds() {
    let highways = Set(map.ways.compactMap { $0.value("highway") })
    #expect(highways == Set(Highway.allCases.map(\.rawValue)))
    func count(_ key: String, _ value: String) -> Int { map.ways.filter { $0.value(key) == value }.count }
    #expect(
      map.ways.filter { $0.value("oneway") == "yes" && $0.value("highway") == "residential" }.count > 10)
    #expect(
      count("junction", "roundabout") >= 2 && count("route", "ferry") == 1 && count("waterway", "river") == 4)
    #expect(count("highway", "steps") >= 10)
    let barriers = map.nodes.flatMap(\.tags).filter { $0.key == "barrier" }.map(\.value)
    #expect(Set(barriers) == ["gate", "lift_gate", "bollard"])
    let tracks = map.ways.filter { $0.value("highway") == "track" }
    #expect(tracks.filter { $0.value("tracktype") != nil }.count > tracks.count / 2)
    #expect(tracks.allSatisfy { $0.value("surface") != "asphalt" })
    for way in map.ways where way.value("junction") == "roundabout" {
      #expect(way.nodes.first == way.nodes.last)
      #expect(way.nodes.dropLast().map { map.nodes[$0].spot }.signedArea > 0, "traffic keeps to the right")
    }
  }

  @Test("have a motorway that meets nothing but its ramps")
  func motorway() {
    func nodes(_ counts: (String) -> Bool) -> Set<Int> {
      Set(map.ways.filter { counts($0.value("highway") ?? "") }.flatMap(\.nodes))
    }
    let (motorway, ramps) = (nodes { $0 == "motorway" }, nodes { $0 == "motorway_link" })
    #expect(motorway.isDisjoint(with: nodes { !$0.isEmpty && !$0.hasPrefix("motorway") }))
    #expect(motorway.intersection(ramps).count >= 8)
    #expect(ramps.intersection(nodes { $0 == "primary" || $0 == "secondary" }).count >= 4)
    #expect(
      map.ways.filter { $0.value("highway")?.hasPrefix("motorway") == true }.allSatisfy {
        $0.value("oneway") == "yes"
      })
  }

  @Test("forbid turns where their ways end, and let the only way on go straight")
  func restrictions() {
    #expect(map.restrictions.count >= 8)
    #expect(
      map.restrictions.contains { $0.kind == "only_straight_on" }
        && map.restrictions.contains { $0.kind == "no_left_turn" })
    for restriction in map.restrictions {
      var arms: [Spot] = []
      for way in [restriction.from, restriction.to].map({ map.ways[$0].nodes }) {
        #expect(way.first == restriction.via || way.last == restriction.via)
        arms.append(map.nodes[way.first == restriction.via ? way[1] : way[way.count - 2]].spot)
      }
      let via = map.nodes[restriction.via].spot
      let (x, y) = (via.east - arms[0].east, via.north - arms[0].north)
      let (u, v) = (arms[1].east - via.east, arms[1].north - via.north)
      let (ahead, left) = (x * u + y * v, x * v - y * u)
      switch restriction.kind {
      case "only_straight_on": #expect(ahead > 3 * abs(left))
      case "no_left_turn": #expect(left > abs(ahead))
      case "no_u_turn": #expect(restriction.from == restriction.to)
      default: #expect(-left > abs(ahead), "\(restriction.kind)")
      }
    }
  }
}

/// Pairs of roads at one level that cross without a node in common, looked for in squares of 200 m.
private func crossingsWithoutJunction(in map: RoadMap) -> [String] {
  struct Stretch {
    let way: Int
    let a: Int
    let b: Int
    let layer: String
  }
  var stretches: [Stretch] = []
  var cells: [[Int]: [Int]] = [:]
  for (number, way) in map.ways.enumerated() where way.value("highway") != nil {
    for (a, b) in zip(way.nodes, way.nodes.dropFirst()) {
      let (p, q) = (map.nodes[a].spot, map.nodes[b].spot)
      for column in min(p.longitudeE6, q.longitudeE6) / 2_000...max(p.longitudeE6, q.longitudeE6) / 2_000 {
        for row in min(p.latitudeE6, q.latitudeE6) / 2_000...max(p.latitudeE6, q.latitudeE6) / 2_000 {
          cells[[column, row], default: []].append(stretches.count)
        }
      }
      stretches.append(Stretch(way: number, a: a, b: b, layer: way.value("layer") ?? "0"))
    }
  }
  var found: [String] = []
  for members in cells.values {
    for (k, i) in members.enumerated() {
      for j in members[..<k] {
        let (s, t) = (stretches[i], stretches[j])
        guard s.layer == t.layer, s.a != t.a, s.a != t.b, s.b != t.a, s.b != t.b else { continue }
        if crosses(map.nodes[s.a].spot, map.nodes[s.b].spot, map.nodes[t.a].spot, map.nodes[t.b].spot) {
          found.append("ways \(s.way + 1) and \(t.way + 1) at \(map.nodes[s.a].spot)")
        }
      }
    }
  }
  return found
}
