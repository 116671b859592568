import Geo

/// The outline of the reached area in one tile: closed rings, and lines from rim to rim of the tile, with the area on
/// their left.
///
/// Marching squares (Lorensen and Cline 1987, "Marching Cubes", in two dimensions). A vertex is inside where a reached
/// road is nearer than the roadside and nearer than any that is not reached. Where the corners of a cell are inside
/// crosswise, the mean of the four decides whether they hang together (after Nielson and Hamann 1991, "The asymptotic
/// decider").
struct IsochroneContour: ~Copyable {
  private static let side = IsochroneLattice.side
  private static let cells = IsochroneLattice.cells
  private static let lines = 2 * side * side

  /// Where an outline crosses the line between two vertices; positions are relative to the tile, in 10⁻⁷ degrees.
  struct Crossing {
    var x: Int32
    var y: Int32
    /// The line between two vertices: the first vertex's place in the tile, with the bit 4096 set for a line northward.
    var line: Int32
    var next: Int32 = -1
    var chain: Int32 = -1
    var hasPrevious = false
    /// Whether the area ends here because of a road that is not reached.
    var isRoadside: Bool
  }

  /// The outlines of one tile.
  private(set) var crossings: [Crossing] = []
  /// The first crossing of each chain, the rings last.
  private(set) var heads: [Int32] = []
  /// How many of the chains run from rim to rim.
  private(set) var openCount = 0
  /// Which vertices of each row are inside, the westernmost in the lowest bit.
  private(set) var inside = [UInt64](repeating: 0, count: side)
  /// The crossing on each line, or -1.
  let crossingOnLine: UnsafeMutablePointer<Int32>

  init() {
    crossingOnLine = .allocate(capacity: Self.lines)
    crossingOnLine.initialize(repeating: -1, count: Self.lines)
  }

  deinit { crossingOnLine.deallocate() }

  /// The outlines of the area in a field.
  mutating func trace(_ field: borrowing IsochroneField) {
    for crossing in crossings { crossingOnLine[Int(crossing.line)] = -1 }
    crossings.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    markInside(field)
    for row in 0..<Self.side {
      var changes = changesEastward(inRow: row)
      while changes != 0 {
        let vertex = row * Self.side + changes.trailingZeroBitCount
        addCrossing(field, from: vertex, isNorthward: false)
        changes &= changes - 1
      }
      guard row < Self.cells else { continue }
      changes = inside[row] ^ inside[row + 1]
      while changes != 0 {
        let vertex = row * Self.side + changes.trailingZeroBitCount
        addCrossing(field, from: vertex, isNorthward: true)
        changes &= changes - 1
      }
    }
    for row in 0..<Self.cells { connect(field, row) }
    collectChains()
  }

  /// The vertices of a row whose neighbor in the east is on the other side of the outline.
  func changesEastward(inRow row: Int) -> UInt64 {
    (inside[row] ^ inside[row] >> 1) & (UInt64.max >> 1)
  }

  private mutating func markInside(_ field: borrowing IsochroneField) {
    let roadside = Float(field.lattice.roadside)
    let limit = SIMD8<Float>(repeating: roadside * roadside)
    let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
    for row in 0..<Self.side {
      let reached = UnsafeRawPointer(field.reached + row * Self.side)
      let unreached = UnsafeRawPointer(field.unreached + row * Self.side)
      var word: UInt64 = 0
      for group in 0..<8 {
        let r = reached.load(fromByteOffset: group * 32, as: SIMD8<Float>.self)
        let u = unreached.load(fromByteOffset: group * 32, as: SIMD8<Float>.self)
        let mask = (r .< limit) .& (r .< u)
        word |=
          UInt64(SIMD8<UInt32>(repeating: 0).replacing(with: bits, where: mask).wrappedSum()) << (group * 8)
      }
      inside[row] = word
    }
  }

  /// Below zero inside; about the distance to the outline in meters.
  private func depth(_ field: borrowing IsochroneField, _ vertex: Int) -> Float {
    let reached = field.reached[vertex].squareRoot()
    let unreached = field.unreached[vertex].squareRoot()
    return max(reached - Float(field.lattice.roadside), (reached - unreached) / 2)
  }

  private mutating func addCrossing(_ field: borrowing IsochroneField, from vertex: Int, isNorthward: Bool) {
    let other = vertex + (isNorthward ? Self.side : 1)
    let (row, column) = (vertex / Self.side, vertex % Self.side)
    let isFirstInside = inside[row] >> UInt64(column) & 1 == 1
    let outer = isFirstInside ? other : vertex
    let (a, b) = (depth(field, vertex), depth(field, other))
    let share = a == b ? 0.5 : min(1, max(0, a / (a - b)))
    // Never on a vertex, so that outlines do not touch.
    let long = isNorthward ? field.lattice.height : field.lattice.width
    let step = min(long - 1, max(1, Int((share * Float(long)).rounded())))
    let line = Int32(vertex | (isNorthward ? Self.side * Self.side : 0))
    crossingOnLine[Int(line)] = Int32(crossings.count)
    crossings.append(
      Crossing(
        x: Int32(column * field.lattice.width + (isNorthward ? 0 : step)),
        y: Int32(row * field.lattice.height + (isNorthward ? step : 0)), line: line,
        isRoadside: field.unreached[outer] <= field.reached[outer]))
  }

  private mutating func connect(_ field: borrowing IsochroneField, _ row: Int) {
    let (low, high) = (inside[row], inside[row + 1])
    let some = low | low >> 1 | high | high >> 1
    let every = low & low >> 1 & high & high >> 1
    var mixed = some & ~every & (UInt64.max >> 1)
    while mixed != 0 {
      let column = mixed.trailingZeroBitCount
      mixed &= mixed - 1
      let vertex = row * Self.side + column
      let (south, west) = (vertex, vertex | Self.side * Self.side)
      let (north, east) = (vertex + Self.side, (vertex + 1) | Self.side * Self.side)
      let (lowBits, highBits) = (low >> UInt64(column) & 3, high >> UInt64(column) & 3)
      // The corners inside: 1 southwest, 2 southeast, 4 northwest, 8 northeast.
      switch lowBits | highBits << 2 {
      case 1: link(south, west)
      case 2: link(east, south)
      case 3: link(east, west)
      case 4: link(west, north)
      case 5: link(south, north)
      case 7: link(east, north)
      case 8: link(north, east)
      case 10: link(north, south)
      case 11: link(north, west)
      case 12: link(west, east)
      case 13: link(south, east)
      case 14: link(west, south)
      case 9:
        if joins(field, vertex) {
          link(south, east)
          link(north, west)
        } else {
          link(south, west)
          link(north, east)
        }
      default:
        if joins(field, vertex) {
          link(west, south)
          link(east, north)
        } else {
          link(west, north)
          link(east, south)
        }
      }
    }
  }

  private func joins(_ field: borrowing IsochroneField, _ vertex: Int) -> Bool {
    depth(field, vertex) + depth(field, vertex + 1) + depth(field, vertex + Self.side)
      + depth(field, vertex + Self.side + 1) < 0
  }

  private mutating func link(_ from: Int, _ to: Int) {
    let (a, b) = (crossingOnLine[from], crossingOnLine[to])
    crossings[Int(a)].next = b
    crossings[Int(b)].hasPrevious = true
  }

  private mutating func collectChains() {
    for index in crossings.indices where !crossings[index].hasPrevious { follow(Int32(index)) }
    openCount = heads.count
    for index in crossings.indices where crossings[index].chain < 0 { follow(Int32(index)) }
  }

  private mutating func follow(_ head: Int32) {
    let chain = Int32(heads.count)
    heads.append(head)
    var crossing = head
    while crossing >= 0, crossings[Int(crossing)].chain < 0 {
      crossings[Int(crossing)].chain = chain
      crossing = crossings[Int(crossing)].next
    }
  }
}
