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

  // Where a level sorts to, before it copies back; as long as the longest cell that is cut again.
  private var sortedSites: [UnitVector] = []
  private var sortedPoints: [Int32] = []
  private var cellOfPoint: [Int32]

  /// - Complexity: O(*n*) for *n* points: every level moves each point once, and the number of levels is bounded.
  init(turned vectors: [UnitVector], latitudes: [Double], longitudes: [Double]) {
    let count = vectors.count
    // Every entry is written before it is read.
    sites = [UnitVector](unsafeUninitializedCapacity: count) { $1 = count }
    points = [Int32](unsafeUninitializedCapacity: count) { $1 = count }
    cellOfPoint = [Int32](unsafeUninitializedCapacity: count) { $1 = count }
    guard count > 0 else { return }
    addRoot(over: vectors)
    mergeEqualPositions(latitudes: latitudes, longitudes: longitudes)
    (cellOfPoint, sortedSites, sortedPoints) = ([], [], [])
  }

  /// Cuts all points into cells, sorted from `vectors` straight to their place, and dense cells again.
  private mutating func addRoot(over vectors: [UnitVector]) {
    let all = 0..<vectors.count
    var root = vectors.withUnsafeBufferPointer { vectors in
      emptyNode(of: vectors.count, in: Self.box(of: vectors))
    }
    root.firstStart = 0
    starts = [Int32](repeating: 0, count: root.rows * root.columns + 1)
    vectors.withUnsafeBufferPointer { vectors in
      sites.withUnsafeMutableBufferPointer { sites in
        points.withUnsafeMutableBufferPointer { points in
          cellOfPoint.withUnsafeMutableBufferPointer { cells in
            starts.withUnsafeMutableBufferPointer { starts in
              let next = starts.baseAddress!
              Self.count(vectors, in: root, cells: cells, next: next, first: 0)
              for i in all {
                let slot = Self.slot(ofCell: cells[i], next)
                sites[slot] = vectors[i]
                points[slot] = Int32(truncatingIfNeeded: i)
              }
              Self.rewind(next, cellCount: root.rows * root.columns, first: 0)
            }
          }
        }
      }
    }
    nodes.append(root)
    cutDenseCells(of: &root, depth: 0)
    nodes[0] = root
  }

  /// Cuts the range into cells, sorts it by cell, cuts dense cells again, and returns the node's number.
  private mutating func addNode(over range: Range<Int>, in box: Box, depth: Int) -> Int32 {
    var node = emptyNode(of: range.count, in: box)
    node.firstStart = starts.count
    starts.append(contentsOf: repeatElement(0, count: node.rows * node.columns + 1))
    sort(range, intoCellsOf: node)
    let number = nodes.count
    nodes.append(node)
    cutDenseCells(of: &node, depth: depth)
    nodes[number] = node
    return Int32(number)
  }

  private mutating func cutDenseCells(of node: inout GridNode, depth: Int) {
    guard depth < Self.deepest else { return }
    let cellCount = node.rows * node.columns
    for cell in 0..<cellCount {
      let inCell = Int(starts[node.firstStart + cell])..<Int(starts[node.firstStart + cell + 1])
      guard inCell.count > Self.mostPointsPerLeaf else { continue }
      let box = sites.withUnsafeBufferPointer { Self.box(of: UnsafeBufferPointer(rebasing: $0[inCell])) }
      guard max(box.high.y - box.low.y, box.high.z - box.low.z) > Self.finestCell else { continue }
      if node.firstChild < 0 {
        node.firstChild = children.count
        children.append(contentsOf: repeatElement(-1, count: cellCount))
      }
      children[node.firstChild + cell] = addNode(over: inCell, in: box, depth: depth + 1)
    }
  }

  /// A node whose box and cell size fit so many points.
  private func emptyNode(of count: Int, in box: Box) -> GridNode {
    let (low, high) = box
    let width = high.y - low.y
    let height = high.z - low.z
    let pointsPerCell = count > Self.largestLeafyNode ? Self.pointsPerBranch : Self.pointsPerLeaf
    let cells = Double(max(1, count / pointsPerCell))
    // Square cells; along a road, where the area vanishes, as many as there may be in a row.
    let side = max((width * height / cells).squareRoot(), max(width, height) / cells, Self.finestCell)
    return GridNode(
      low: low, high: high, cellSide: side, cellsPerUnit: 1 / side, rows: Int(height / side) + 1,
      columns: Int(width / side) + 1, firstStart: 0, firstChild: -1)
  }

  private typealias Box = (low: UnitVector, high: UnitVector)

  private static func box(of sites: UnsafeBufferPointer<UnitVector>) -> Box {
    var low = sites[0]
    var high = low
    for v in sites.dropFirst() {
      low = UnitVector(x: min(low.x, v.x), y: min(low.y, v.y), z: min(low.z, v.z))
      high = UnitVector(x: max(high.x, v.x), y: max(high.y, v.y), z: max(high.z, v.z))
    }
    return (low, high)
  }

  /// Counting sort: stable, so that points stay in ascending order within a cell.
  private mutating func sort(_ range: Range<Int>, intoCellsOf node: GridNode) {
    if sortedSites.count < range.count {
      sortedSites = [UnitVector](unsafeUninitializedCapacity: range.count) { $1 = range.count }
      sortedPoints = [Int32](unsafeUninitializedCapacity: range.count) { $1 = range.count }
    }
    sites.withUnsafeMutableBufferPointer { sites in
      points.withUnsafeMutableBufferPointer { points in
        sortedSites.withUnsafeMutableBufferPointer { sortedSites in
          sortedPoints.withUnsafeMutableBufferPointer { sortedPoints in
            cellOfPoint.withUnsafeMutableBufferPointer { cells in
              starts.withUnsafeMutableBufferPointer { starts in
                let first = range.lowerBound
                let next = starts.baseAddress! + node.firstStart
                let part = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(sites)[range])
                Self.count(part, in: node, cells: cells, next: next, first: first)
                for i in 0..<range.count {
                  let slot = Self.slot(ofCell: cells[i], next) - first
                  sortedSites[slot] = sites[first + i]
                  sortedPoints[slot] = points[first + i]
                }
                Self.rewind(next, cellCount: node.rows * node.columns, first: first)
                for i in 0..<range.count {
                  sites[first + i] = sortedSites[i]
                  points[first + i] = sortedPoints[i]
                }
              }
            }
          }
        }
      }
    }
  }

  /// Says which cell each site is in, and where each cell begins.
  @inline(__always)
  private static func count(
    _ sites: UnsafeBufferPointer<UnitVector>, in node: GridNode,
    cells: UnsafeMutableBufferPointer<Int32>, next: UnsafeMutablePointer<Int32>, first: Int
  ) {
    for i in 0..<sites.count {
      let cell = node.row(sites[i].z) * node.columns + node.column(sites[i].y)
      cells[i] = Int32(truncatingIfNeeded: cell)
      next[cell] += 1
    }
    var total = Int32(truncatingIfNeeded: first)
    for cell in 0...(node.rows * node.columns) {
      let count = next[cell]
      next[cell] = total
      total += count
    }
  }

  /// Takes the next slot of a cell.
  @inline(__always)
  private static func slot(ofCell cell: Int32, _ next: UnsafeMutablePointer<Int32>) -> Int {
    let slot = Int(next[Int(cell)])
    next[Int(cell)] += 1
    return slot
  }

  /// Each entry has moved on to the start of the next cell: moves them back.
  @inline(__always)
  private static func rewind(_ next: UnsafeMutablePointer<Int32>, cellCount: Int, first: Int) {
    for cell in stride(from: cellCount, to: 0, by: -1) { next[cell] = next[cell - 1] }
    next[0] = Int32(truncatingIfNeeded: first)
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
