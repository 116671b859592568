import Geo
import Planning
import TestSupport
import Travel

/// A `SeededCounty` with a grid of roads 2 km apart, of several classes.
struct RoadCounty {
  let county: SeededCounty
  /// The county's network, with its roads.
  var network: PaymentNetwork
  let coverage: Coverage

  init(places: Int = 400, points: Int = 60, change: (inout CoverageOptions) -> Void = { _ in }) {
    county = SeededCounty(places: places, points: points)
    var network = county.network
    network.roads = NetworkRoads(RoadNetworkFile(Self.roads))
    self.network = network
    var options = CoverageOptions()
    options.travel = .roads
    options.breakdown = .township
    change(&options)
    coverage = Planning.coverage(of: network, options)
  }

  /// 36 × 18 crossings over the county, the rows of which are of every class in turn.
  static var roads: RoadNetwork {
    var sketch = EdgeSketch()
    let (columns, rows) = (36, 18)
    var junctions: [[UInt32]] = []
    for row in 0..<rows {
      junctions.append(
        (0..<columns).map { sketch.junction(34.9 + 0.02 * Double(row), 112.0 + 0.022 * Double($0)) })
    }
    func edge(_ from: UInt32, _ to: UInt32) {
      sketch.edge(from, to, millimeters: 2_000_000, walk: (1_600_000, 1_600_000))
    }
    for row in 0..<rows {
      for column in 0..<columns {
        if column > 0 { edge(junctions[row][column - 1], junctions[row][column]) }
        if row > 0 { edge(junctions[row - 1][column], junctions[row][column]) }
      }
    }
    var network = sketch.network
    // By the row of the first junction, so that a row or a piece of a column is of one class.
    network.edgeClasses = FlatArray(
      network.edgeFrom.map {
        [RoadClass.motorway, .primary, .tertiary, .residential, .path, .trunk][Int($0) / columns % 6].rawValue
      })
    return network
  }
}
