import Geo
import TestSupport
import Testing
import Travel

/// Closed roads, judged by the same town built without them.
@Suite("Closing roads")
struct RoadClosingTests {
  private func spot(_ east: Double, _ north: Double) -> Coordinate<WGS84> {
    Coordinate(latitude: 35 + north, longitude: 112 + east)!
  }

  /// A cross: the middle is junction 0; edges lead east, north, west and south to junctions 1...4.
  private var cross: RoadNetwork {
    let arm: Int32 = 10_000
    let ends: [(Int32, Int32)] = [(0, 0), (arm, 0), (0, arm), (-arm, 0), (0, -arm)]
    let time = FlatArray<UInt32>([1_000, 2_000, 3_000, 4_000])
    let times = RoadNetwork.EdgeTimes(forward: time, backward: time)
    return RoadNetwork(
      junctionLatitudes: FlatArray(ends.map { 350_000_000 + $0.1 }),
      junctionLongitudes: FlatArray(ends.map { 1_120_000_000 + $0.0 }), edgeFrom: FlatArray([0, 0, 0, 0]),
      edgeTo: FlatArray([1, 2, 3, 4]), edgeMillimeters: FlatArray([91_000, 111_000, 91_000, 111_000]),
      edgeClasses: FlatArray([0, 0, 0, 0]), shapeStart: FlatArray([0, 0, 0, 0, 0]),
      shapeLatitudes: FlatArray([]), shapeLongitudes: FlatArray([]), times: [times, times, times],
      forbiddenTurns: FlatArray([]))
  }

  @Test("a line closes the edges it touches, its ends and theirs among them")
  func line() {
    let roads = cross
    #expect(roads.edges(touching: spot(0.0005, -0.0001), spot(0.0005, 0.0001)) == [0])
    #expect(roads.edges(touching: spot(-0.0005, 0.0001), spot(0.0005, -0.0001)) == [0, 1, 2, 3])
    #expect(roads.edges(touching: spot(0.0011, -0.0001), spot(0.0011, 0.0001)) == [])
    // Its end on the road, and the road's end on it.
    #expect(roads.edges(touching: spot(-0.0005, 0), spot(-0.0005, 0.001)) == [2])
    #expect(roads.edges(touching: spot(0.001, -0.0001), spot(0.001, 0.0001)) == [0])
    // Along the road, and past its end.
    #expect(roads.edges(touching: spot(0.0004, 0), spot(0.0006, 0)) == [0])
    #expect(roads.edges(touching: spot(0.0012, 0), spot(0.0016, 0)) == [])
    // A box that meets is not enough.
    #expect(roads.edges(touching: spot(0.0009, 0.0002), spot(0.0002, 0.0009)) == [])
  }

  @Test("an edge is closed both ways to the modes named, and to no other")
  func modes() {
    let roads = cross.closing([1], to: [.car])
    for (number, mode) in TravelMode.allCases.enumerated() {
      let graph = RoadGraph(roads, mode: mode)
      #expect(graph.forward.arcs.count == (mode == .car ? 6 : 8))
      #expect(roads.times[number].forward[1] == (mode == .car ? RoadNetwork.noWay : 2_000))
      #expect(roads.times[number].backward[1] == (mode == .car ? RoadNetwork.noWay : 2_000))
    }
    #expect(RoadGraph(cross, mode: .car).forward.arcs.count == 8)
  }
}
