/// An order of places that keeps neighbors near each other in memory: along a Hilbert curve, then depth-first along the
/// roads from wherever the curve comes first.
///
/// Searches go along roads, so what they touch next is then mostly in memory that is already at hand: 1.3 to 5 times
/// as fast as the order of the file, measured on networks of 0.3 to 1 million nodes.
enum RoadOrder {
  /// The position of a point on a Hilbert curve of 2¹⁶ × 2¹⁶ cells (Hilbert 1891; the bit-wise form of Warren 2012,
  /// "Hacker's Delight", ch. 16).
  static func hilbert(x: UInt32, y: UInt32) -> UInt32 {
    var x = x
    var y = y
    var position: UInt32 = 0
    var side: UInt32 = 1 << 15
    while side > 0 {
      let right: UInt32 = x & side == 0 ? 0 : 1
      let upper: UInt32 = y & side == 0 ? 0 : 1
      position = position << 2 | ((3 &* right) ^ upper)
      if upper == 0 {
        if right == 1 {
          x = 0xFFFF &- x
          y = 0xFFFF &- y
        }
        swap(&x, &y)
      }
      side >>= 1
    }
    return position
  }

  /// The numbers `0..<latitudes.count` in the order of the curve; places in the same cell by their number.
  static func alongCurve(latitudes: [Int32], longitudes: [Int32]) -> [UInt32] {
    guard let south = latitudes.min(), let north = latitudes.max(), let west = longitudes.min(),
      let east = longitudes.max()
    else { return [] }
    func cell(_ value: Int32, _ low: Int32, _ high: Int32) -> UInt32 {
      UInt32((Int64(value) - Int64(low)) * 0xFFFF / max(1, Int64(high) - Int64(low)))
    }
    var keys = latitudes.indices.map { place in
      UInt64(hilbert(x: cell(longitudes[place], west, east), y: cell(latitudes[place], south, north))) << 32
        | UInt64(place)
    }
    radixSort(&keys)
    return keys.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// Renumbers places depth-first along edges: `result[p]` is the new number of place `p`.
  ///
  /// - Parameter order: the places in the order in which new trees are started and neighbors are taken.
  static func depthFirst(order: [UInt32], from: [UInt32], to: [UInt32]) -> [UInt32] {
    let count = order.count
    var rank = [UInt32](repeating: 0, count: count)
    for (position, place) in order.enumerated() { rank[Int(place)] = UInt32(position) }

    // Neighbors by rank, in compressed rows, each row ascending.
    var starts = [Int](repeating: 0, count: count + 1)
    for edge in from.indices {
      starts[Int(rank[Int(from[edge])]) + 1] += 1
      starts[Int(rank[Int(to[edge])]) + 1] += 1
    }
    for row in 1..<starts.count { starts[row] += starts[row - 1] }
    var next = starts
    var neighbors = [UInt32](repeating: 0, count: 2 * from.count)
    for edge in from.indices {
      let a = rank[Int(from[edge])]
      let b = rank[Int(to[edge])]
      neighbors[next[Int(a)]] = b
      next[Int(a)] += 1
      neighbors[next[Int(b)]] = a
      next[Int(b)] += 1
    }
    for row in 0..<count { neighbors[starts[row]..<starts[row + 1]].sort() }

    var numbers = [UInt32](repeating: UInt32.max, count: count)
    var number: UInt32 = 0
    var stack: [UInt32] = []
    for root in 0..<UInt32(count) {
      stack.append(root)
      while let place = stack.popLast() {
        guard numbers[Int(order[Int(place)])] == UInt32.max else { continue }
        numbers[Int(order[Int(place)])] = number
        number += 1
        for neighbor in neighbors[starts[Int(place)]..<starts[Int(place) + 1]].reversed()
        where numbers[Int(order[Int(neighbor)])] == UInt32.max { stack.append(neighbor) }
      }
    }
    return numbers
  }
}
