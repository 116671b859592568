/// The two points nearest to each place, while points come, go and move.
///
///     var table = NearestTwoTable(ground, positions: positions, holds: isOpen)
///     var changed: [Int32] = []
///     table.insert(7, in: positions, &changed) { $0 < $1 }
///     changed  // the homes that shop 7 is now one of the two nearest to
///
/// Rows equal those of a full scan with `Coordinate.distance(to:)`, to the bit. Memory is about 32 bytes a place, and 4 a point
/// with about 5 for each position the partition was made of; what does not change is shared by copies and by tables of the same
/// `ground`. The same points make the same bytes, whatever came and went before: who takes a change back has what was.
package struct NearestTwoTable: Sendable {
  /// What never changes: the places in their boxes, and how space is cut.
  package struct Ground: Sendable {
    fileprivate let places: PositionTable
    fileprivate let boxes: PlaceBoxes
    fileprivate let space: SpacePartition

    /// Arranges the places, and cuts space for points that will lie about where the places and `points` are.
    ///
    /// - Complexity: O(*n* log *n*) for *n* places and points.
    package init(latitudes: [Double], longitudes: [Double], points: PositionTable) {
      places = PositionTable(latitudes: latitudes, longitudes: longitudes)
      boxes = PlaceBoxes(latitudes: latitudes, longitudes: longitudes)
      var vectors = (0..<Int32(places.count)).map(places.vector)
      vectors += (0..<Int32(points.count)).map(points.vector)
      space = SpacePartition(vectors)
    }
  }

  private let ground: Ground
  private var points: ChangingPoints
  /// By place, its two nearest.
  package private(set) var rows: [NearestTwo]
  /// By box, how far the second nearest of anyone in it is.
  private var farthest: [Double]
  private var scratch: [Int32] = []

  /// The table of the points for which `holds` is true.
  ///
  /// - Parameters:
  ///   - positions: where the points are, the points of the table among them.
  ///   - holds: by number, whether the point is in the table.
  /// - Complexity: O((*m* + *n*) log *n*) for *m* places and *n* points.
  package init(_ ground: Ground, positions: PositionTable, holds: [Bool]) {
    precondition(holds.count == positions.count, "an answer for every position is expected")
    self.ground = ground
    points = ChangingPoints(in: ground.space, capacity: positions.count)
    let numbers = (0..<Int32(positions.count)).filter { holds[Int($0)] }
    for number in numbers { points.insert(number, at: positions.vector(number)) }
    let index = GridIndex(
      latitudes: numbers.map { positions[$0].latitude }, longitudes: numbers.map { positions[$0].longitude })
    let all = (0..<Int32(ground.places.count)).map { ground.places[$0] }
    let nearest = index.nearest(2, toEachLatitude: all.map(\.latitude), longitude: all.map(\.longitude))
    rows = all.indices.map { place in
      func point(_ slot: Int) -> Int32 {
        nearest.indices[slot] < 0 ? -1 : numbers[Int(nearest.indices[slot])]
      }
      return NearestTwo(
        first: point(2 * place), firstMeters: nearest.meters[2 * place],
        second: point(2 * place + 1), secondMeters: nearest.meters[2 * place + 1])
    }
    farthest = [Double](repeating: 0, count: ground.boxes.count)
    for level in 0..<ground.boxes.levels.count - 1 {
      for box in 0..<ground.boxes.levels[level + 1] - ground.boxes.levels[level] { _ = widen(level, box) }
    }
  }

  /// Whether two tables of the same ground hold the same, down to the order of the points in the cells.
  package func equals(_ other: NearestTwoTable) -> Bool {
    points.equals(other.points) && rows == other.rows && farthest == other.farthest
  }

  /// Makes room for one more number.
  package mutating func appendNumber() { points.appendNumber() }

  /// Takes the last number back, which must not be in the table.
  package mutating func removeLastNumber() { points.removeLastNumber() }

  /// Adds a point, and notes the places whose row it entered.
  ///
  /// - Parameter precedes: decides between points that are equally far.
  /// - Precondition: the point is not in the table.
  /// - Complexity: O(log *m* + log *n* + *k*) for *k* places near which the point is.
  package mutating func insert(
    _ point: Int32, in positions: PositionTable, _ changed: inout [Int32], _ precedes: (Int32, Int32) -> Bool
  ) {
    let vector = positions.vector(point)
    points.insert(point, at: vector)
    collect(reaching: vector)
    for place in scratch {
      let meters = positions.meters(point, from: ground.places.standpoint(place))
      if rows[Int(place)].enter(point, at: meters, precedes) {
        changed.append(place)
        widen(around: place)
      }
    }
  }

  /// Removes a point, and notes the places whose row it was in.
  ///
  /// - Precondition: the point is in the table, and where it was when it was added.
  /// - Complexity: O(log *m* + *k* log *n*) for *k* places near which the point was.
  package mutating func remove(
    _ point: Int32, in positions: PositionTable, _ changed: inout [Int32], _ precedes: (Int32, Int32) -> Bool
  ) {
    let vector = positions.vector(point)
    points.remove(point, at: vector)
    collect(reaching: vector)
    for place in scratch where rows[Int(place)].holds(point) {
      changed.append(place)
      rows[Int(place)] = points.nearestTwo(to: ground.places.standpoint(place), in: positions, precedes)
      widen(around: place)
    }
  }

  private mutating func collect(reaching vector: UnitVector) {
    scratch.removeAll(keepingCapacity: true)
    ground.boxes.collect(reaching: vector, farthest: farthest, into: &scratch)
  }

  private mutating func widen(around place: Int32) {
    var number = Int(ground.boxes.ranks[Int(place)])
    for level in 0..<ground.boxes.levels.count - 1 {
      number /= PlaceBoxes.fanout
      if !widen(level, number) { return }
    }
  }

  /// Sees how far anyone in a box reaches; says whether that is news.
  private mutating func widen(_ level: Int, _ number: Int) -> Bool {
    let levels = ground.boxes.levels
    let end = level == 0 ? rows.count : levels[level] - levels[level - 1]
    var most = 0.0
    for child in number * PlaceBoxes.fanout..<min(end, (number + 1) * PlaceBoxes.fanout) {
      most = max(
        most,
        level == 0
          ? rows[Int(ground.boxes.order[child])].secondMeters : farthest[levels[level - 1] + child])
    }
    let box = levels[level] + number
    if farthest[box] == most { return false }
    farthest[box] = most
    return true
  }
}
