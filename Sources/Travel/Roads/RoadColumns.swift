extension RoadNetworkBuilder {
  /// The columns of a network while they are filled, edge by edge in their final order.
  struct Columns {
    var latitudes: [Int32]
    var longitudes: [Int32]
    var from: [UInt32]
    var to: [UInt32]
    private var millimeters: [UInt32]
    private var classes: [UInt8]
    private var shapeStart: [UInt32]
    private var shapeLatitudes: [Int32] = []
    private var shapeLongitudes: [Int32] = []
    // By mode, in the order of `TravelMode.allCases`.
    private(set) var forward: [[UInt32]]
    private(set) var backward: [[UInt32]]

    init(junctions: Int, edges: Int, shapePoints: Int) {
      shapeLatitudes.reserveCapacity(shapePoints)
      shapeLongitudes.reserveCapacity(shapePoints)
      latitudes = Array(repeating: 0, count: junctions)
      longitudes = latitudes
      from = Array(repeating: 0, count: edges)
      to = from
      millimeters = from
      classes = Array(repeating: 0, count: edges)
      shapeStart = Array(repeating: 0, count: edges + 1)
      let noWay = [UInt32](repeating: RoadNetwork.noWay, count: edges)
      forward = TravelMode.allCases.map { _ in noWay }
      backward = forward
    }

    /// Fills the row of an edge; rows are filled in ascending order.
    mutating func add(
      _ piece: RoadPieces.Edge, of pieces: RoadPieces, use: RoadUse, _ table: RoadNodeTable, at row: Int
    ) {
      millimeters[row] = piece.millimeters
      classes[row] = use.roadClass.rawValue
      for place in pieces.nodes[Int(piece.first) + 1..<max(Int(piece.first) + 1, Int(piece.last))] {
        shapeLatitudes.append(table.latitudes[Int(place)])
        shapeLongitudes.append(table.longitudes[Int(place)])
      }
      shapeStart[row + 1] = UInt32(shapeLatitudes.count)
      for (number, mode) in TravelMode.allCases.enumerated() {
        forward[number][row] = Self.milliseconds(over: piece.millimeters, at: use[mode].forward)
        backward[number][row] = Self.milliseconds(over: piece.millimeters, at: use[mode].backward)
      }
    }

    /// Fills the row of a link through a barrier.
    mutating func add(_ link: RoadBarriers.Link, roadClass: RoadClass, at row: Int) {
      classes[row] = roadClass.rawValue
      shapeStart[row + 1] = UInt32(shapeLatitudes.count)
      for (number, mode) in TravelMode.allCases.enumerated() where link.passing.contains(mode) {
        forward[number][row] = 0
        backward[number][row] = 0
      }
    }

    /// Gives an edge its share of the time that the whole way takes, by its length.
    mutating func spread(
      _ whole: (milliseconds: Double, millimeters: Double), over piece: RoadPieces.Edge, at row: Int
    ) {
      guard whole.millimeters > 0 else { return }
      let share = whole.milliseconds * Double(piece.millimeters) / whole.millimeters
      let time = piece.millimeters == 0 ? 0 : UInt32(min(max(1, share.rounded()), Self.mostMilliseconds))
      for mode in forward.indices {
        if forward[mode][row] != RoadNetwork.noWay { forward[mode][row] = time }
        if backward[mode][row] != RoadNetwork.noWay { backward[mode][row] = time }
      }
    }

    /// 12 days: far from the end of 32 bits, so that sums of times can be watched for it.
    private static let mostMilliseconds = Double(1 << 30)

    /// To the nearest whole millisecond, at least 1 for what has a length; `noWay` where the speed is 0.
    static func milliseconds(over millimeters: UInt32, at kilometersPerHour: Double) -> UInt32 {
      guard kilometersPerHour > 0 else { return RoadNetwork.noWay }
      if millimeters == 0 { return 0 }
      let time = (Double(millimeters) * 3.6 / kilometersPerHour).rounded()
      return time <= mostMilliseconds ? UInt32(max(1, time)) : RoadNetwork.noWay
    }

    /// Puts the columns together, and gives each up as it is copied: there may be a hundred megabytes of them.
    consuming func network(_ forbidden: Forbidden) -> RoadNetwork {
      func moved<T>(_ column: inout [T]) -> FlatArray<T> {
        defer { column = [] }
        return FlatArray(column)
      }
      return RoadNetwork(
        junctionLatitudes: moved(&latitudes), junctionLongitudes: moved(&longitudes),
        edgeFrom: moved(&from), edgeTo: moved(&to), edgeMillimeters: moved(&millimeters),
        edgeClasses: moved(&classes), shapeStart: moved(&shapeStart),
        shapeLatitudes: moved(&shapeLatitudes), shapeLongitudes: moved(&shapeLongitudes),
        times: forward.indices.map {
          RoadNetwork.EdgeTimes(forward: moved(&forward[$0]), backward: moved(&backward[$0]))
        },
        forbiddenTurns: FlatArray(forbidden.turns), forbiddenPathStart: FlatArray(forbidden.pathStart),
        forbiddenPathArcs: FlatArray(forbidden.pathArcs))
    }
  }
}
