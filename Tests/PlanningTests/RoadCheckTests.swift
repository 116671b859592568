import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Looking at the roads")
struct RoadCheckTests {
  /// Roads in a row of chains: each of so many edges of 100 m to the east, 0.1° of latitude (11 km) apart.
  ///
  /// - Parameters:
  ///   - isOneWay: whether cars may only go east on a chain.
  ///   - forbiddenTurns: triples of edge, junction, edge.
  private func chains(
    _ edges: [Int], isOneWay: (Int) -> Bool = { _ in false }, forbiddenTurns: [UInt32] = []
  ) -> RoadNetworkFile {
    var (latitudes, longitudes): ([Int32], [Int32]) = ([], [])
    var (from, to): ([UInt32], [UInt32]) = ([], [])
    var back: [UInt32] = []
    for (chain, count) in edges.enumerated() {
      for step in 0...count {
        if step < count {
          from.append(UInt32(latitudes.count))
          to.append(UInt32(latitudes.count + 1))
          back.append(isOneWay(chain) ? RoadNetwork.noWay : 10_000)
        }
        latitudes.append(350_000_000 + 1_000_000 * Int32(chain))
        longitudes.append(1_120_000_000 + 11_000 * Int32(step))
      }
    }
    let times = RoadNetwork.EdgeTimes(
      forward: FlatArray(from.map { _ in 80_000 }), backward: FlatArray(from.map { _ in 80_000 }))
    let driving = RoadNetwork.EdgeTimes(
      forward: FlatArray(from.map { _ in 10_000 }), backward: FlatArray(back))
    return RoadNetworkFile(
      RoadNetwork(
        junctionLatitudes: FlatArray(latitudes), junctionLongitudes: FlatArray(longitudes),
        edgeFrom: FlatArray(from), edgeTo: FlatArray(to),
        edgeMillimeters: FlatArray(from.map { _ in 100_000 }),
        edgeClasses: FlatArray(from.map { _ in RoadClass.residential.rawValue }),
        shapeStart: FlatArray([UInt32](repeating: 0, count: from.count + 1)), shapeLatitudes: FlatArray([]),
        shapeLongitudes: FlatArray([]), times: [times, times, driving],
        forbiddenTurns: FlatArray(forbiddenTurns)))
  }

  private func findings(
    _ roads: RoadNetworkFile, places: [(Double, Double)] = [], points: [(Double, Double)] = []
  ) -> [DataFinding] {
    var network = PaymentNetwork()
    for (number, place) in places.enumerated() {
      network.places.ids.append("v\(number)")
      network.places.latitudes.append(place.0)
      network.places.longitudes.append(place.1)
    }
    for (number, point) in points.enumerated() {
      network.points.ids.append("p\(number)")
      network.points.latitudes.append(point.0)
      network.points.longitudes.append(point.1)
    }
    return checkRoads(network, .present(roads), snapping: RoadRules.standard.snapping)
  }

  @Test("one network has no islands; a small piece far from a large one is one, with its size and place")
  func islands() {
    #expect(findings(chains([300])).isEmpty)
    let found = findings(chains([300, 2]))
    #expect(found.map(\.table) == ["roads"])
    #expect(found.map(\.id) == ["300"])
    #expect(
      found[0].rule
        == .roadIsland(
          modes: [.walk, .ebike, .car], edges: 2, meters: 200, latitude: 35.1, longitude: 112))
    #expect(found[0].rule.severity == .warning)
    #expect(found[0].rule.name == "road_island")
  }

  @Test("an island where cars may not turn round is the same island to them")
  func turns() {
    let roads = chains([500, 2], forbiddenTurns: [500, 502, 500])
    #expect(roads.graph(.car).nodeCount > roads.graph(.walk).nodeCount)
    #expect(findings(roads).map(\.rule) == findings(chains([500, 2])).map(\.rule))
  }

  @Test("a piece that only some modes see as an island is theirs")
  func modes() {
    // Cars cannot come back from anywhere on the second chain: it holds no island of theirs, for nothing is connected.
    let found = findings(chains([300, 2], isOneWay: { $0 == 1 }))
    #expect(found.count == 1)
    guard case .roadIsland(let modes, 2, 200, _, _)? = found.first?.rule else {
      Issue.record("\(found)")
      return
    }
    #expect(modes == [.walk, .ebike])
  }

  @Test("places and points on an island or far from any road are found, those beside a road are not")
  func strays() {
    let roads = chains([300, 2])
    let found = findings(
      roads, places: [(35.0, 112.01), (35.1, 112.001), (35.05, 112.01), (35.017, 112.01)],
      points: [(35.1001, 112.001)])
    let rest = found.filter { $0.table != "roads" }
    #expect(rest.map(\.id) == ["v1", "v2", "p0"])
    #expect(rest[0].rule == .onRoadIsland(edges: 2))
    guard case .offRoads(let meters?, 2000) = rest[1].rule else {
      Issue.record("\(rest[1])")
      return
    }
    #expect((5_500...5_600).contains(meters))
    #expect(rest[2].rule == .onRoadIsland(edges: 2))
  }

  @Test("without any road every place is off them")
  func none() {
    let found = findings(chains([]), places: [(35, 112)])
    #expect(found.map(\.rule) == [.offRoads(meters: nil, limitMeters: 2000)])
  }

  @Test("a file that is missing or damaged is an error; no roads are none")
  func files() {
    let network = PaymentNetwork()
    let options = RoadRules.standard.snapping
    #expect(checkRoads(network, .none, snapping: options).isEmpty)
    let missing = checkRoads(network, .missing(file: "a.roads"), snapping: options)
    #expect(missing.map(\.rule) == [.roadsMissing(file: "a.roads")])
    let damaged = checkRoads(network, .damaged(file: "a.roads"), snapping: options)
    #expect(damaged.map(\.rule) == [.roadsDamaged(file: "a.roads")])
    #expect((missing + damaged).allSatisfy { $0.rule.severity == .error })
  }

  @Test("snapping asks what the rules say, in its own units")
  func options() {
    var rules = RoadRules.standard
    #expect(rules.snapping.offRoadMillimetersPerSecond == 1250)
    #expect(rules.snapping.circuityThousandths == 1300)
    #expect(rules.snapping.limitMillimeters == 2_000_000)
    rules.offRoadKilometersPerHour = 3
    rules.offRoadCircuity = 1.25
    rules.offRoadLimit = .kilometers(0.5)
    #expect(rules.snapping.offRoadMillimetersPerSecond == 833)
    #expect(rules.snapping.circuityThousandths == 1250)
    #expect(rules.snapping.limitMillimeters == 500_000)
  }
}
