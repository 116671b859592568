/// Arranges points into the arrays of `GridTree`.
struct GridTreeBuilder {
  private(set) var nodes: [GridNode] = []
  private(set) var starts: [Int32] = []
  /// Entry 0 belongs to no cell, so that the array is never empty.
  private(set) var children: [Int32] = [-1]
  private(set) var sites: [UnitVector]
  private(set) var points: [Int32]
  /// Empty where no two points share a position.
  private(set) var firstPoints: [Int32] = []

  /// Leaves hold about this many points, the measured optimum for one nearest point.
  private static let pointsPerLeaf = 2
  /// A node with more points than `largestLeafyNode` is cut into cells of about `pointsPerBranch` first, which adapt
  /// to the density by themselves.
  private static let pointsPerBranch = 4
  private static let largestLeafyNode = 1_024
  /// A cell with more points than this is cut again.
  private static let mostPointsPerLeaf = 24
  /// Each level cuts the extent of the points by a factor of at least 3, mostly by 10 and more, and `finestCell`
  /// ends it; the bound is a second lock on the same door.
  private static let deepest = 24
  /// Points closer together than rounding can tell are not worth separating.
  private static let finestCell = 1e-15

  private var cellOfPoint: [Int32]
  private var sortedSites: [UnitVector]
  private var sortedPoints: [Int32]

  /// - Complexity: O(*n*) for *n* points: every level moves each point once, and the number of levels is bounded.
  init(turned vectors: consuming [UnitVector], latitudes: [Double], longitudes: [Double]) {
    let count = vectors.count
    sites = vectors
    points = [Int32](unsafeUninitializedCapacity: count) { points, filled in
      for i in 0..<count { points[i] = Int32(truncatingIfNeeded: i) }
      filled = count
    }
    // Every entry is written before it is read.
    sortedSites = [UnitVector](unsafeUninitializedCapacity: count) { $1 = count }
    sortedPoints = [Int32](unsafeUninitializedCapacity: count) { $1 = count }
    cellOfPoint = [Int32](unsafeUninitializedCapacity: count) { $1 = count }
    guard count > 0 else { return }
    _ = addNode(over: 0..<count, in: box(of: 0..<count), depth: 0)
    mergeEqualPositions(latitudes: latitudes, longitudes: longitudes)
    (cellOfPoint, sortedSites, sortedPoints) = ([], [], [])
  }

  /// Cuts the range into cells, sorts it by cell, cuts dense cells again, and returns the node's number.
  private mutating func addNode(over range: Range<Int>, in box: Box, depth: Int) -> Int32 {
    var node = emptyNode(over: range, in: box)
    let cellCount = node.rows * node.columns
    node.firstStart = starts.count
    starts.append(contentsOf: repeatElement(0, count: cellCount + 1))
    sort(range, intoCellsOf: node)

    let number = nodes.count
    nodes.append(node)
    for cell in 0..<cellCount {
      let inCell = Int(starts[node.firstStart + cell])..<Int(starts[node.firstStart + cell + 1])
      guard inCell.count > Self.mostPointsPerLeaf, depth < Self.deepest else { continue }
      let box = self.box(of: inCell)
      guard max(box.high.y - box.low.y, box.high.z - box.low.z) > Self.finestCell else { continue }
      if node.firstChild < 0 {
        node.firstChild = children.count
        children.append(contentsOf: repeatElement(-1, count: cellCount))
      }
      children[node.firstChild + cell] = addNode(over: inCell, in: box, depth: depth + 1)
    }
    nodes[number] = node
    return Int32(number)
  }

  /// A node whose box and cell size fit the points.
  private func emptyNode(over range: Range<Int>, in box: Box) -> GridNode {
    let (low, high) = box
    let width = high.y - low.y
    let height = high.z - low.z
    let pointsPerCell = range.count > Self.largestLeafyNode ? Self.pointsPerBranch : Self.pointsPerLeaf
    let cells = Double(max(1, range.count / pointsPerCell))
    // Square cells; along a road, where the area vanishes, as many as there may be in a row.
    let side = max((width * height / cells).squareRoot(), max(width, height) / cells, Self.finestCell)
    return GridNode(
      low: low, high: high, cellSide: side, cellsPerUnit: 1 / side, rows: Int(height / side) + 1,
      columns: Int(width / side) + 1, firstStart: 0, firstChild: -1)
  }

  private typealias Box = (low: UnitVector, high: UnitVector)

  private func box(of range: Range<Int>) -> Box {
    sites.withUnsafeBufferPointer { sites in
      var low = sites[range.lowerBound]
      var high = low
      for i in range.dropFirst() {
        let v = sites[i]
        low = UnitVector(x: min(low.x, v.x), y: min(low.y, v.y), z: min(low.z, v.z))
        high = UnitVector(x: max(high.x, v.x), y: max(high.y, v.y), z: max(high.z, v.z))
      }
      return (low, high)
    }
  }

  /// Counting sort: stable, so that points stay in ascending order within a cell.
  private mutating func sort(_ range: Range<Int>, intoCellsOf node: GridNode) {
    let cellCount = node.rows * node.columns
    sites.withUnsafeMutableBufferPointer { sites in
      points.withUnsafeMutableBufferPointer { points in
        sortedSites.withUnsafeMutableBufferPointer { sortedSites in
          sortedPoints.withUnsafeMutableBufferPointer { sortedPoints in
            cellOfPoint.withUnsafeMutableBufferPointer { cellOfPoint in
              starts.withUnsafeMutableBufferPointer { starts in
                let next = starts.baseAddress! + node.firstStart
                for i in range {
                  let cell = node.row(sites[i].z) * node.columns + node.column(sites[i].y)
                  cellOfPoint[i] = Int32(truncatingIfNeeded: cell)
                  next[cell] += 1
                }
                var total = Int32(truncatingIfNeeded: range.lowerBound)
                for cell in 0...cellCount {
                  let count = next[cell]
                  next[cell] = total
                  total += count
                }
                for i in range {
                  let cell = Int(cellOfPoint[i])
                  let slot = Int(next[cell])
                  next[cell] += 1
                  sortedSites[slot] = sites[i]
                  sortedPoints[slot] = points[i]
                }
                // Each entry has moved on to the start of the next cell.
                for cell in stride(from: cellCount, to: 0, by: -1) { next[cell] = next[cell - 1] }
                next[0] = Int32(truncatingIfNeeded: range.lowerBound)
                for i in range {
                  sites[i] = sortedSites[i]
                  points[i] = sortedPoints[i]
                }
              }
            }
          }
        }
      }
    }
  }
}

extension GridTreeBuilder {
  /// Gives points at the same latitude and longitude one site between them, so that a million of them in one
  /// building cost a search no more than one. Equal positions have equal vectors, hence share a leaf.
  private mutating func mergeEqualPositions(latitudes: [Double], longitudes: [Double]) {
    var isRepeat: [Bool] = []
    for node in nodes {
      for cell in 0..<(node.rows * node.columns) {
        if node.firstChild >= 0, children[node.firstChild + cell] >= 0 { continue }
        let leaf = Int(starts[node.firstStart + cell])..<Int(starts[node.firstStart + cell + 1])
        guard holdsEqualVectors(leaf) else { continue }
        arrangeByPosition(leaf, latitudes, longitudes)
        if isRepeat.isEmpty { isRepeat = [Bool](repeating: false, count: points.count) }
        for i in leaf.dropFirst() {
          let (a, b) = (Int(points[i - 1]), Int(points[i]))
          isRepeat[i] = latitudes[a] == latitudes[b] && longitudes[a] == longitudes[b]
        }
      }
    }
    if !isRepeat.isEmpty { merge(isRepeat) }
  }

  /// Looks at every pair in an ordinary leaf; a crowded one is better sorted at once.
  private func holdsEqualVectors(_ leaf: Range<Int>) -> Bool {
    guard leaf.count > 1 else { return false }
    guard leaf.count <= Self.mostPointsPerLeaf else { return true }
    return sites.withUnsafeBufferPointer { sites in
      for i in leaf.dropFirst() {
        for j in leaf.lowerBound..<i
        where sites[i].y == sites[j].y && sites[i].z == sites[j].z && sites[i].x == sites[j].x { return true }
      }
      return false
    }
  }

  private mutating func arrangeByPosition(_ leaf: Range<Int>, _ latitudes: [Double], _ longitudes: [Double]) {
    let first = Int(points[leaf.lowerBound])
    let isOnePosition = leaf.allSatisfy {
      latitudes[Int(points[$0])] == latitudes[first] && longitudes[Int(points[$0])] == longitudes[first]
    }
    if isOnePosition { return }  // and in ascending order already, because the counting sort is stable
    let arranged = leaf.map { (point: Int(points[$0]), vector: sites[$0]) }.sorted {
      (latitudes[$0.point], longitudes[$0.point], $0.point) < (
        latitudes[$1.point], longitudes[$1.point], $1.point
      )
    }
    for (i, entry) in zip(leaf, arranged) {
      points[i] = Int32(truncatingIfNeeded: entry.point)
      sites[i] = entry.vector
    }
  }

  private mutating func merge(_ isRepeat: [Bool]) {
    var siteOfPlace: [Int32] = []
    siteOfPlace.reserveCapacity(isRepeat.count + 1)
    var siteCount = 0
    for i in isRepeat.indices {
      siteOfPlace.append(Int32(truncatingIfNeeded: siteCount))
      if isRepeat[i] { continue }
      sites[siteCount] = sites[i]
      firstPoints.append(Int32(truncatingIfNeeded: i))
      siteCount += 1
    }
    siteOfPlace.append(Int32(truncatingIfNeeded: siteCount))
    firstPoints.append(Int32(truncatingIfNeeded: isRepeat.count))
    sites.removeSubrange(siteCount...)
    for i in starts.indices { starts[i] = siteOfPlace[Int(starts[i])] }
  }
}
