/// A set of points that changes, arranged so that the two nearest are found quickly.
///
/// The cells of a `SpacePartition` hold the points, each cell a list in ascending order of the numbers; so the same set is the
/// same bytes, whatever came and went before. Memory is 4 bytes a number and about 5 a position that the partition was made of.
struct ChangingPoints: Sendable {
  let space: SpacePartition
  /// The first point of each cell; -1 where there is none.
  private var heads: [Int32]
  /// The point after each in its cell; -1 where there is none.
  private var next: [Int32]
  /// How many points lie below each inner node.
  private var counts: [Int32]

  /// No points yet, of the numbers up to `capacity`.
  init(in space: SpacePartition, capacity: Int) {
    self.space = space
    heads = [Int32](repeating: -1, count: space.cellCount)
    next = [Int32](repeating: -1, count: capacity)
    counts = [Int32](repeating: 0, count: space.innerCount)
  }

  /// What a copy must equal to be the same set.
  func equals(_ other: ChangingPoints) -> Bool {
    heads == other.heads && next == other.next && counts == other.counts
  }

  /// Makes room for one more number.
  mutating func appendNumber() { next.append(-1) }

  /// Takes the last number back, which must not be in the set.
  mutating func removeLastNumber() { next.removeLast() }

  /// Adds a point that is not in the set.
  ///
  /// - Complexity: O(log *n* + *c*) for *c* points in its cell.
  mutating func insert(_ point: Int32, at vector: UnitVector) {
    let cell = count(1, at: vector)
    guard heads[cell] >= 0, heads[cell] < point else {
      next[Int(point)] = heads[cell]
      heads[cell] = point
      return
    }
    var before = Int(heads[cell])
    while next[before] >= 0, next[before] < point { before = Int(next[before]) }
    next[Int(point)] = next[before]
    next[before] = point
  }

  /// Removes a point that was added at the very same position.
  ///
  /// - Complexity: O(log *n* + *c*) for *c* points in its cell.
  mutating func remove(_ point: Int32, at vector: UnitVector) {
    let cell = count(-1, at: vector)
    if heads[cell] == point {
      heads[cell] = next[Int(point)]
    } else {
      var before = heads[cell]
      while before >= 0, next[Int(before)] != point { before = next[Int(before)] }
      precondition(before >= 0, "a point can only be removed from where it was added")
      next[Int(before)] = next[Int(point)]
    }
    next[Int(point)] = -1
  }

  private mutating func count(_ change: Int32, at vector: UnitVector) -> Int {
    var node = 0
    while node < space.innerCount {
      counts[node] += change
      node = 2 * node + (vector.component(Int(space.axes[node])) < space.cuts[node] ? 1 : 2)
    }
    return node - space.innerCount
  }

  /// The two nearest to a place; equally far ones in the order of `precedes`.
  ///
  /// - Complexity: O(log *n*) for points spread like a country's towns.
  func nearestTwo(
    to place: Standpoint, in positions: PositionTable, _ precedes: (Int32, Int32) -> Bool
  ) -> NearestTwo {
    var found = NearestTwo()
    look(below: 0, SIMD3(repeating: 0), 0, from: place, positions, &found, precedes)
    return found
  }

  /// - Parameters:
  ///   - offsets: how far the node's part of space is from the place along each axis.
  ///   - squared: the sum of their squares.
  private func look(
    below start: Int, _ offsets: SIMD3<Double>, _ squared: Double, from place: Standpoint,
    _ positions: PositionTable, _ found: inout NearestTwo, _ precedes: (Int32, Int32) -> Bool
  ) {
    guard squared <= squaredChord(reaching: found.secondMeters) else { return }
    guard start < space.innerCount else {
      var point = heads[start - space.innerCount]
      while point >= 0 {
        _ = found.enter(point, at: positions.meters(point, from: place), precedes)
        point = next[Int(point)]
      }
      return
    }
    guard counts[start] > 0 else { return }
    let axis = Int(space.axes[start])
    let beyond = place.vector.component(axis) - space.cuts[start]
    let near = 2 * start + (beyond < 0 ? 1 : 2)
    look(below: near, offsets, squared, from: place, positions, &found, precedes)
    var farOffsets = offsets
    farOffsets[axis] = beyond
    look(
      below: 4 * start + 3 - near, farOffsets, (farOffsets * farOffsets).sum(), from: place, positions,
      &found,
      precedes)
  }
}
