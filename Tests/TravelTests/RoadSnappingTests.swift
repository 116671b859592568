import Geo
import TestSupport
import Testing
import Travel

@Suite struct RoadSnappingTests {
  /// A position so many meters east and south of the first character of a town.
  private func at(east: Double, south: Double) -> Coordinate<WGS84> {
    .at(
      TownSketch.origin.latitude - south / 100 * TownSketch.degreesPerCharacter,
      TownSketch.origin.longitude + east / 100 * TownSketch.degreesPerCharacter)
  }

  private func snapping(_ network: RoadNetwork) -> RoadSnapping { RoadNetworkFile(network).snapping }

  @Test func `a place goes to the nearest edge, with its gap in millimeters and milliseconds`() throws {
    let town = TownSketch("A---B---C")
    let snap = snapping(town.network).snap(at(east: 470, south: 25), mode: .walk)
    let position = try #require(snap.position)
    #expect(position.edge == town.edge("B", "C"))
    // Positions on earth are stored to 11 mm.
    #expect(abs(Int(position.millimeters) - 70_000) <= 11)
    #expect(position.gapMillimeters == 25_000)
    #expect(position.approachMillimeters == 32_500)
    // 25 m × 1.3 ÷ 1.25 m/s.
    #expect(position.gapMilliseconds == 26_000)
    #expect(position.latitude == 0)
    #expect(abs(Int(position.longitude) - Int((at(east: 470, south: 0).longitude * 1e7).rounded())) <= 1)
    #expect(!position.passesIsland)
  }

  @Test func `gap times are rounded to the nearest millisecond, halves up`() throws {
    let town = TownSketch("A---B")
    var options = RoadSnapping.Options()
    options.circuityThousandths = 1_000
    for (speed, expected) in [(2_000, 12_500), (1_999, 12_506), (1_600, 15_625), (50_000_000, 1)]
      as [(UInt32, UInt32)]
    {
      options.offRoadMillimetersPerSecond = speed
      let snap = snapping(town.network).snap(at(east: 100, south: 25), mode: .walk, options: options)
      #expect(snap.position?.gapMilliseconds == expected, "\(speed) mm/s")
    }
  }

  @Test func `where edges meet the one with the lowest number is taken`() {
    let town = TownSketch(
      """
      A--B
      |
      C--D
      """)
    // Beyond the corners A and C both edges are as near as their common end.
    let snapping = snapping(town.network)
    #expect(snapping.snap(at(east: -30, south: -30), mode: .walk).position?.edge == town.edge("A", "B"))
    #expect(snapping.snap(at(east: -30, south: 230), mode: .walk).position?.edge == town.edge("A", "C"))
  }

  @Test func `only edges that the mode can use are snapped to`() {
    var sketch = EdgeSketch()
    let corners = [(35.0, 112.0), (35.0, 112.01), (35.002, 112.0), (35.002, 112.01)].map {
      sketch.junction($0.0, $0.1)
    }
    let path = sketch.edge(corners[0], corners[1], millimeters: 910_000, walk: (1, 1))
    let road = sketch.edge(corners[2], corners[3], millimeters: 910_000, walk: (1, 1), car: (1, nil))
    let snapping = RoadNetworkFile(sketch.network).snapping
    let home = Coordinate<WGS84>.at(35.0001, 112.005)
    #expect(snapping.snap(home, mode: .walk).position?.edge == sketch.numbers[Int(path)])
    #expect(snapping.snap(home, mode: .car).position?.edge == sketch.numbers[Int(road)])
    #expect(snapping.snap(home, mode: .ebike) == .offNetwork(millimeters: nil))
  }

  @Test func `beyond the limit a place is off the network, and the rim counts as within`() {
    let snapping = snapping(TownSketch("A---B").network)
    var options = RoadSnapping.Options()
    options.limitMillimeters = 300_001
    #expect(snapping.snap(at(east: 200, south: 300), mode: .walk, options: options).position != nil)
    options.limitMillimeters = 299_999
    #expect(
      snapping.snap(at(east: 200, south: 300), mode: .walk, options: options)
        == .offNetwork(millimeters: 300_000))
    #expect(
      snapping.snap(at(east: 200, south: 5_000), mode: .walk) == .offNetwork(millimeters: 5_000_000))
  }

  @Test(arguments: [(500, 0, true), (150, 0, false), (141, 80, true), (139, 80, false)])
  func `an island is passed over while a road that leads somewhere is not much farther`(
    detour: Int, north: Int, passes: Bool
  ) throws {
    // 234 junctions, so that the two of the island are fewer than one in a hundred.
    let streets = (0..<25).map { _ in "+-+-+-+-+-+-+-+-+\n| | | | | | | | |\n" }.joined()
    let town = TownSketch(streets + "+-+-+-+-+-+-+-+-+\n\n\nX-----Y")
    let parts = RoadComponents(of: RoadGraph(town.network, mode: .walk))
    #expect(parts.islands.map(\.nodeCount) == [2])
    #expect(parts.islands.first?.firstEdge == town.edge("X", "Y"))
    #expect(parts.islands.first?.millimeters == 600_000)
    var options = RoadSnapping.Options()
    options.islandDetourMillimeters = UInt32(detour * 1_000)
    // The island lies 300 m south of the last street of the county.
    let home = at(east: 300, south: 5_300 - Double(north))
    let position = try #require(snapping(town.network).snap(home, mode: .walk, options: options).position)
    #expect(position.passesIsland == passes)
    #expect((position.edge == town.edge("X", "Y")) == !passes)
    if passes { #expect(abs(Int(position.gapMillimeters) - (300 - north) * 1_000) <= 22) }
  }

  @Test(arguments: 1...6)
  func `the edge found is the nearest of all edges`(seed: Int) throws {
    let network = randomRoads(seed: seed, junctions: 60, edges: 150)
    let roads = RoadNetworkFile(network)
    var random = SeededGenerator(seed: seed)
    for mode in TravelMode.allCases {
      let positions = (0..<60).map { _ in
        Coordinate<WGS84>.at(
          .random(in: 34.99..<35.03, using: &random), .random(in: 111.99..<112.03, using: &random))
      }
      let parts = RoadComponents(of: roads.graph(mode))
      let together = roads.snapping.snap(
        latitudes: positions.map(\.latitude), longitudes: positions.map(\.longitude), mode: mode)
      for (i, home) in positions.enumerated() {
        let snap = roads.snapping.snap(home, mode: mode)
        #expect(together[i] == snap)
        // Nearest first, and of equally near edges the lower.
        let judged = network.edgeFrom.indices
          .filter { edge in
            [false, true].contains {
              network.milliseconds(ofEdge: edge, by: mode, backward: $0) != RoadNetwork.noWay
            }
          }
          .map { (edge: $0, meters: meters(from: home, toEdge: $0, of: network)) }
          .sorted { ($0.meters, $0.edge) < ($1.meters, $1.edge) }
        let nearest = try #require(judged.first)
        var expected = nearest
        if !parts.leadsSomewhere(edge: nearest.edge),
          let main = judged.first(where: { parts.leadsSomewhere(edge: $0.edge) }),
          main.meters <= min(2_000, nearest.meters + 500)
        {
          expected = main
        }
        guard nearest.meters <= 2_000 else {
          #expect(snap == .offNetwork(millimeters: Int((nearest.meters * 1_000).rounded())))
          continue
        }
        let position = try #require(snap.position)
        #expect(abs(Double(position.gapMillimeters) / 1_000 - expected.meters) < 0.001)
        // Where edges meet, rounding says which of them is nearest.
        func isClear(_ found: (edge: Int, meters: Double)) -> Bool {
          judged.filter { abs($0.meters - found.meters) < 1e-6 }.count == 1
        }
        if isClear(nearest) { #expect(position.passesIsland == (expected.edge != nearest.edge)) }
        if isClear(expected) { #expect(Int(position.edge) == expected.edge) }
        // The position told is on the road, as far from home as said.
        let onRoad = Coordinate<WGS84>.at(Double(position.latitude) / 1e7, Double(position.longitude) / 1e7)
        #expect(abs(home.distance(to: onRoad).meters - expected.meters) < 0.02 + expected.meters * 2e-4)
        #expect(meters(from: onRoad, toEdge: Int(position.edge), of: network) < 0.02)
      }
    }
  }

  /// How far an edge is on a flat map around `home`, segment by segment.
  private func meters(from home: Coordinate<WGS84>, toEdge edge: Int, of network: RoadNetwork) -> Double {
    var points = [
      (
        network.junctionLatitudes[Int(network.edgeFrom[edge])],
        network.junctionLongitudes[Int(network.edgeFrom[edge])]
      )
    ]
    for i in Int(network.shapeStart[edge])..<Int(network.shapeStart[edge + 1]) {
      points.append((network.shapeLatitudes[i], network.shapeLongitudes[i]))
    }
    points.append(
      (
        network.junctionLatitudes[Int(network.edgeTo[edge])],
        network.junctionLongitudes[Int(network.edgeTo[edge])]
      ))
    let metersPerDegree = earthRadiusMeters * .pi / 180
    let shrink = cosine(home.latitude)
    func flat(_ point: (Int32, Int32)) -> (x: Double, y: Double) {
      (
        (Double(point.1) / 1e7 - home.longitude) * metersPerDegree * shrink,
        (Double(point.0) / 1e7 - home.latitude) * metersPerDegree
      )
    }
    return zip(points, points.dropFirst()).map { a, b in
      let (a, b) = (flat(a), flat(b))
      let squared = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)
      let part = squared > 0 ? min(1, max(0, -(a.x * (b.x - a.x) + a.y * (b.y - a.y)) / squared)) : 0
      let (x, y) = (a.x + part * (b.x - a.x), a.y + part * (b.y - a.y))
      return (x * x + y * y).squareRoot()
    }.min() ?? .infinity
  }

  /// By how much a parallel is shorter than the equator, measured on the ground.
  private func cosine(_ latitude: Double) -> Double {
    let a = Coordinate<WGS84>.at(latitude, 0)
    let b = Coordinate<WGS84>.at(latitude, 1e-4)
    return a.distance(to: b).meters / (earthRadiusMeters * .pi / 180 * 1e-4)
  }
}
