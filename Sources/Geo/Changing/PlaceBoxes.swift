/// Places in boxes of eight, these in boxes of eight, and so on: to find the places whose own reach extends to a position.
///
/// Each box knows the farthest reach of anyone in it (`Reaches`), so a position passes over whatever cannot reach it. An R-tree
/// (Guttman 1984, SIGMOD) packed along a curve. Memory is 8 bytes a place and about 4 more for the boxes.
struct PlaceBoxes: Sendable {
  static let fanout = 8

  private struct Box: Sendable {
    var low: SIMD3<Float>
    var high: SIMD3<Float>

    /// The least squared chord from `v` to anything in the box.
    @inline(__always)
    func leastSquaredChord(from v: SIMD3<Double>) -> Double {
      let below = SIMD3<Double>(low) - v
      let above = v - SIMD3<Double>(high)
      let outside = pointwiseMax(pointwiseMax(below, above), SIMD3(repeating: 0))
      return (outside * outside).sum()
    }
  }

  /// The places along the curve.
  let order: [Int32]
  /// Where each place stands in it.
  let ranks: [Int32]
  /// Where the boxes of each level begin, the smallest boxes first; the last entry is the end.
  let levels: [Int]
  private let boxes: [Box]

  /// Boxes the places of a table.
  ///
  /// - Complexity: O(*n*).
  init(latitudes: [Double], longitudes: [Double]) {
    let batch = PlaceBatch(latitudes: latitudes, longitudes: longitudes)
    order = batch.entries.map(\.row)
    var ranks = [Int32](repeating: 0, count: batch.count)
    for (rank, entry) in batch.entries.enumerated() { ranks[Int(entry.row)] = Int32(rank) }
    self.ranks = ranks

    var levels = [0]
    var boxes: [Box] = []
    for start in stride(from: 0, to: batch.count, by: Self.fanout) {
      var box = Box(low: SIMD3(repeating: .infinity), high: SIMD3(repeating: -.infinity))
      for entry in batch.entries[start..<min(batch.count, start + Self.fanout)] {
        let v = UnitVector(latitude: entry.latitude, longitude: entry.longitude)
        let rounded = SIMD3<Float>(SIMD3(v.x, v.y, v.z))
        // Rounding moves by half a unit in the last place at most.
        box.low = pointwiseMin(box.low, SIMD3(rounded.x.nextDown, rounded.y.nextDown, rounded.z.nextDown))
        box.high = pointwiseMax(box.high, SIMD3(rounded.x.nextUp, rounded.y.nextUp, rounded.z.nextUp))
      }
      boxes.append(box)
    }
    levels.append(boxes.count)
    while levels[levels.count - 1] - levels[levels.count - 2] > 1 {
      let below = levels[levels.count - 2]..<levels[levels.count - 1]
      for start in stride(from: below.lowerBound, to: below.upperBound, by: Self.fanout) {
        var box = boxes[start]
        for i in start..<min(below.upperBound, start + Self.fanout) {
          box.low = pointwiseMin(box.low, boxes[i].low)
          box.high = pointwiseMax(box.high, boxes[i].high)
        }
        boxes.append(box)
      }
      levels.append(boxes.count)
    }
    self.levels = levels
    self.boxes = boxes
  }

  /// How many boxes there are.
  var count: Int { boxes.count }

  /// Adds the places to `places` that are in a box of eight with somebody whose reach may extend to `vector`.
  ///
  /// - Parameter farthest: by box, how many meters anyone in it reaches.
  /// - Complexity: O(log *n* + *k*), where *k* counts the boxes whose reach extends to the position.
  func collect(reaching vector: UnitVector, farthest: [Double], into places: inout [Int32]) {
    guard count > 0 else { return }
    let v = SIMD3(vector.x, vector.y, vector.z)
    collect(levels.count - 2, 0, v, farthest, &places)
  }

  private func collect(
    _ level: Int, _ number: Int, _ v: SIMD3<Double>, _ farthest: [Double], _ places: inout [Int32]
  ) {
    let box = levels[level] + number
    guard boxes[box].leastSquaredChord(from: v) <= squaredChord(reaching: farthest[box]) else { return }
    let end = level == 0 ? order.count : levels[level] - levels[level - 1]
    let below = number * Self.fanout..<min(end, (number + 1) * Self.fanout)
    if level == 0 {
      places.append(contentsOf: order[below])
    } else {
      for child in below { collect(level - 1, child, v, farthest, &places) }
    }
  }
}
