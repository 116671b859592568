/// Space cut in half again and again, each time at the median of the positions given: a k-d tree (Bentley 1975,
/// Communications of the ACM 18(9)) whose cuts never change, while points come and go in its cells.
///
/// Unit vectors are cut, along x, y or z, so that poles and the 180th meridian need no special treatment. Inner nodes are
/// numbered as in a heap: node `i` has the halves `2 i + 1` and `2 i + 2`; cells follow the inner nodes.
struct SpacePartition: Sendable {
  private static let pointsInCell = 6

  /// How many inner nodes there are: a power of 2 minus 1.
  let innerCount: Int
  /// 0 for x, 1 for y, 2 for z, by inner node.
  let axes: [UInt8]
  /// Below this value along the axis lies the first half, by inner node.
  let cuts: [Double]

  /// How many cells there are.
  var cellCount: Int { innerCount + 1 }

  /// Cuts space so that `vectors` fall in cells of about equal number.
  ///
  /// - Complexity: O(*n* log *n*).
  init(_ vectors: [UnitVector]) {
    var depth = 0
    while vectors.count >> depth > Self.pointsInCell { depth += 1 }
    let innerCount = 1 << depth - 1
    var axes = [UInt8](repeating: 0, count: innerCount)
    var cuts = [Double](repeating: 0, count: innerCount)
    var vectors = vectors
    vectors.withUnsafeMutableBufferPointer { vectors in
      var ranges = [Range<Int>](repeating: 0..<0, count: 2 * innerCount + 1)
      ranges[0] = vectors.indices
      for node in 0..<innerCount {
        let range = ranges[node]
        let (axis, middle) = (Self.widestAxis(of: vectors, range), (range.lowerBound + range.upperBound) / 2)
        axes[node] = UInt8(axis)
        if !range.isEmpty {
          Self.select(middle, in: vectors, range, axis: axis)
          cuts[node] = vectors[middle].component(axis)
        }
        ranges[2 * node + 1] = range.lowerBound..<middle
        ranges[2 * node + 2] = middle..<range.upperBound
      }
    }
    self.innerCount = innerCount
    self.axes = axes
    self.cuts = cuts
  }

  /// The cell that `vector` lies in.
  ///
  /// - Complexity: O(log *n*).
  func cell(of vector: UnitVector) -> Int {
    var node = 0
    while node < innerCount {
      node = 2 * node + (vector.component(Int(axes[node])) < cuts[node] ? 1 : 2)
    }
    return node - innerCount
  }

  private static func widestAxis(of vectors: UnsafeMutableBufferPointer<UnitVector>, _ range: Range<Int>)
    -> Int
  {
    guard let first = range.first else { return 0 }
    var (low, high) = (vectors[first], vectors[first])
    for i in range {
      let v = vectors[i]
      (low.x, low.y, low.z) = (min(low.x, v.x), min(low.y, v.y), min(low.z, v.z))
      (high.x, high.y, high.z) = (max(high.x, v.x), max(high.y, v.y), max(high.z, v.z))
    }
    let (x, y, z) = (high.x - low.x, high.y - low.y, high.z - low.z)
    return x >= y && x >= z ? 0 : y >= z ? 1 : 2
  }

  /// Puts the element that belongs at `rank` there, smaller ones before it and larger ones after (Hoare 1961, "Algorithm 65:
  /// Find", Communications of the ACM 4(7)).
  private static func select(
    _ rank: Int, in vectors: UnsafeMutableBufferPointer<UnitVector>, _ range: Range<Int>, axis: Int
  ) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let (a, b, c) = (
        vectors[low].component(axis), vectors[(low + high) / 2].component(axis), vectors[high].component(axis)
      )
      let pivot = max(min(a, b), min(max(a, b), c))
      var (i, j) = (low, high)
      while i <= j {
        while vectors[i].component(axis) < pivot { i += 1 }
        while vectors[j].component(axis) > pivot { j -= 1 }
        if i <= j {
          vectors.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if rank <= j { high = j } else if rank >= i { low = i } else { return }
    }
  }
}

extension UnitVector {
  /// x, y or z.
  @inline(__always)
  func component(_ axis: Int) -> Double { axis == 0 ? x : axis == 1 ? y : z }
}
