public import Travel

/// Roads put together edge by edge, for tests.
///
///     var roads = EdgeSketch()
///     let a = roads.junction(35.0, 112.0)
///     let b = roads.junction(35.0, 112.001)
///     roads.edge(a, b, millimeters: 91_000, walk: (72_800, 72_800))
///     roads.network
public struct EdgeSketch: Sendable {
  /// What both directions of an edge take; `nil` where it may not be used.
  public typealias Times = (forward: UInt32?, backward: UInt32?)

  private struct Edge {
    var from: UInt32
    var to: UInt32
    var millimeters: UInt32
    var times: [Times]
    var shape: [(Int32, Int32)]
  }

  private var junctions: [(latitude: Int32, longitude: Int32)] = []
  private var edges: [Edge] = []
  private var turns: [(UInt32, UInt32, UInt32)] = []

  /// No roads.
  public init() {}

  /// How many edges were drawn.
  public var edgeCount: Int { edges.count }
  /// How many junctions were drawn.
  public var junctionCount: Int { junctions.count }

  /// Draws a junction and returns its number.
  public mutating func junction(_ latitude: Double, _ longitude: Double) -> UInt32 {
    junctions.append((Int32((latitude * 1e7).rounded()), Int32((longitude * 1e7).rounded())))
    return UInt32(junctions.count - 1)
  }

  /// Draws an edge between two junctions, and returns its number as drawn: `network` sorts edges by their first junction.
  @discardableResult
  public mutating func edge(
    _ from: UInt32, _ to: UInt32, millimeters: UInt32, walk: Times = (nil, nil), ebike: Times = (nil, nil),
    car: Times = (nil, nil), shape: [(latitude: Double, longitude: Double)] = []
  ) -> UInt32 {
    edges.append(
      Edge(
        from: from, to: to, millimeters: millimeters, times: [walk, ebike, car],
        shape: shape.map { (Int32(($0.latitude * 1e7).rounded()), Int32(($0.longitude * 1e7).rounded())) }))
    return UInt32(edges.count - 1)
  }

  /// Forbids cars to turn from one edge into another at a junction; edges as numbered when drawn.
  public mutating func forbid(_ edge: UInt32, at junction: UInt32, _ out: UInt32) {
    turns.append((edge, junction, out))
  }

  /// The number in `network` of each edge as drawn.
  public var numbers: [UInt32] {
    let order = edges.indices.sorted { (edges[$0].from, $0) < (edges[$1].from, $1) }
    var numbers = [UInt32](repeating: 0, count: edges.count)
    for (number, drawn) in order.enumerated() { numbers[drawn] = UInt32(number) }
    return numbers
  }

  /// The roads drawn.
  public var network: RoadNetwork {
    let numbers = numbers
    let ordered = edges.indices.sorted { numbers[$0] < numbers[$1] }.map { edges[$0] }
    var start: [UInt32] = [0]
    for edge in ordered { start.append(start[start.count - 1] + UInt32(edge.shape.count)) }
    let shape = ordered.flatMap(\.shape)
    let turns = turns.map { [numbers[Int($0.0)], $0.1, numbers[Int($0.2)]] }
      .sorted { $0.lexicographicallyPrecedes($1) }
    return RoadNetwork(
      junctionLatitudes: FlatArray(junctions.map(\.latitude)),
      junctionLongitudes: FlatArray(junctions.map(\.longitude)),
      edgeFrom: FlatArray(ordered.map(\.from)), edgeTo: FlatArray(ordered.map(\.to)),
      edgeMillimeters: FlatArray(ordered.map(\.millimeters)),
      edgeClasses: FlatArray(ordered.map { _ in RoadClass.residential.rawValue }),
      shapeStart: FlatArray(start), shapeLatitudes: FlatArray(shape.map(\.0)),
      shapeLongitudes: FlatArray(shape.map(\.1)),
      times: TravelMode.allCases.indices.map { mode in
        .init(
          forward: FlatArray(ordered.map { $0.times[mode].forward ?? RoadNetwork.noWay }),
          backward: FlatArray(ordered.map { $0.times[mode].backward ?? RoadNetwork.noWay }))
      }, forbiddenTurns: FlatArray(turns.flatMap { $0 }))
  }
}
