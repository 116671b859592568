import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Roads beside straight lines")
struct RoadComparisonTests {
  /// A river runs between A and B; the bridge is in the south. E and F are joined by a straight road.
  private static let town = TownSketch(
    """
    A   B
    |   |
    |   |
    C---D
    |
    |
    |
    |
    |
    |
    |
    |
    |
    E----F
    """)

  private static func at(_ row: Int, _ column: Int) -> (latitude: Double, longitude: Double) {
    (
      TownSketch.origin.latitude - Double(row) * TownSketch.degreesPerCharacter,
      TownSketch.origin.longitude + Double(column) * TownSketch.degreesPerCharacter
    )
  }

  /// Town places at A, C, D and E, one far from any road, and points at B and F.
  private var network: PaymentNetwork {
    func place(
      _ id: String, _ row: Int, _ column: Int, _ customers: Int, _ township: String,
      _ terrain: Terrain = .plain
    ) -> NetworkSketch.Place {
      let position = Self.at(row, column)
      return NetworkSketch.Place(
        id: id, latitude: position.latitude, longitude: position.longitude, customers: customers,
        township: township, terrain: terrain)
    }
    func point(_ id: String, _ row: Int, _ column: Int) -> NetworkSketch.Point {
      let position = Self.at(row, column)
      return NetworkSketch.Point(id: id, latitude: position.latitude, longitude: position.longitude)
    }
    let sketch = NetworkSketch(
      places: [
        place("a", 0, 0, 100, "West"), place("c", 3, 0, 100, "West"), place("d", 3, 4, 30, "East"),
        place("e", 13, 0, 170, "South", .mountain), place("x", 900, 0, 5, "South"),
      ], points: [point("b", 0, 4), point("f", 13, 5)])
    var network = sketch.network
    network.roads = NetworkRoads(RoadNetworkFile(Self.town.network))
    return network
  }

  private func compared(_ change: (inout CoverageOptions) -> Void = { _ in }) -> RoadComparison {
    var options = CoverageOptions()
    options.travel = .roads
    options.breakdown = .township
    change(&options)
    return RoadComparison(of: network, onRoads: coverage(of: network, options))
  }

  @Test("the river takes A and C away, the straight road gives E, and nobody changes who reaches nothing")
  func verdicts() {
    let comparison = compared()
    // By straight line A is 400 m × 1.3 ÷ 1.25 = 416 s from B and C 520 s; along the roads 1,000 s and 700 s. E is
    // 500 m × 1.8 ÷ 1.25 = 720 s from F by straight line in the mountains, and 500 s along the road.
    #expect(
      comparison.changes == [
        .init(place: 3, isServedOnRoads: true), .init(place: 0, isServedOnRoads: false),
        .init(place: 1, isServedOnRoads: false),
      ])
    let total = comparison.total
    #expect(total.lost.places == 2 && total.lost.customers == 200)
    #expect(total.gained.places == 1 && total.gained.customers == 170)
    #expect(total.servedStraight.places == 3 && total.servedStraight.customers == 230)
    #expect(total.servedOnRoads.places == 2 && total.servedOnRoads.customers == 200)
    #expect(total.all.places == 5 && total.all.customers == 405)
    #expect(comparison.straight.options.travel == .straight)
  }

  @Test("circuity is the ratio of the sums over those who reach a point, to the point nearest by road")
  func circuity() {
    let comparison = compared()
    #expect(comparison.total.reaching.places == 4 && comparison.total.reaching.customers == 400)
    #expect(comparison.total.roadMeters == 1_000 + 700 + 300 + 500)
    #expect(comparison.total.straightMeters == 400 + 500 + 300 + 500)
    #expect(comparison.total.circuity == 2_500.0 / 1_700)
    #expect(comparison.lines.map(\.township) == ["East", "South", "West"])
    #expect(comparison.lines.map(\.roadMeters) == [300, 500, 1_700])
    #expect(comparison.lines.map(\.straightMeters) == [300, 500, 900])
    #expect(comparison.lines.map(\.reaching.places) == [1, 1, 2])
    #expect(comparison.lines.map(\.all.places) == [1, 2, 2])
    #expect(comparison.lines.map(\.lost.customers) == [0, 0, 200])
    #expect(comparison.lines.map(\.gained.customers) == [0, 170, 0])
  }

  @Test("where the way home counts, both lengths are there and back, and the ratio is as before")
  func roundTrip() {
    let comparison = compared { $0.standard.countsReturn = true }
    #expect(comparison.total.roadMeters == 5_000 && comparison.total.straightMeters == 3_400)
    // There and back D takes 600 s on the roads and a handful of milliseconds to them; by straight line 624 s.
    #expect(comparison.total.servedStraight.places == 0)
  }

  @Test("what was asked stays asked: without points of the kind nobody reaches any, and there is no ratio")
  func options() {
    let comparison = compared { $0.kinds = [.businessHall] }
    #expect(comparison.total.circuity == nil && comparison.total.reaching.places == 0)
    #expect(comparison.changes.isEmpty && comparison.total.servedStraight.places == 0)
    #expect(comparison.lines.allSatisfy { $0.circuity == nil })
  }
}
