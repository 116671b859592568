import Geo

/// How far each vertex of a tile is from the nearest road that is reached, and from the nearest that is not.
///
/// Squared meters, in single precision. Everything that goes into a vertex's distance is a whole number below 2²⁴ or
/// depends on its row in the whole lattice, so the tiles that share the vertex agree on every bit; so they do on which
/// side of the outline it lies.
struct IsochroneField: ~Copyable {
  static let side = IsochroneLattice.side
  static let count = side * side

  let lattice: IsochroneLattice
  private(set) var tile = IsochroneLattice.Tile(row: 0, column: 0)
  private(set) var origin = (longitude: 0, latitude: 0)
  let reached: UnsafeMutablePointer<Float>
  let unreached: UnsafeMutablePointer<Float>

  /// Which blocks of 8 × 8 vertices some reached road is near to: only there unreached roads matter.
  private let reachedBlocks: UnsafeMutablePointer<UInt64>
  /// The longitudes of the columns of vertices relative to the tile, four by four.
  private let longitudes: UnsafeMutablePointer<SIMD4<Float>>
  private let cap: Float
  private var longitudeMeters: (own: Float, last: Float) = (0, 0)

  init(lattice: IsochroneLattice) {
    self.lattice = lattice
    cap = Float(lattice.cap)
    reached = Self.allocate()
    unreached = Self.allocate()
    reachedBlocks = .allocate(capacity: 1)
    longitudes = .allocate(capacity: Self.side / 4)
    for group in 0..<Self.side / 4 {
      let columns = SIMD4<Int>(0, 1, 2, 3) &+ 4 * group
      longitudes[group] = SIMD4<Float>(columns &* lattice.width)
    }
  }

  private static func allocate() -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
      .bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    reached.deallocate()
    unreached.deallocate()
    reachedBlocks.deallocate()
    longitudes.deallocate()
  }

  /// Takes a tile with nothing near it.
  mutating func start(_ tile: IsochroneLattice.Tile) {
    self.tile = tile
    origin = lattice.origin(of: tile)
    // The last row of vertices is the first of the tile beyond.
    longitudeMeters = (
      Float(lattice.longitudeMeters(inRow: tile.row)), Float(lattice.longitudeMeters(inRow: tile.row + 1))
    )
    reachedBlocks.pointee = 0
    reached.update(repeating: cap * cap, count: Self.count)
    unreached.update(repeating: cap * cap, count: Self.count)
  }

  /// The middle of the tile.
  var middle: Int { origin.longitude + lattice.width * IsochroneLattice.cells / 2 }

  /// Takes note of a straight line of road.
  func add(from a: MapUnit, to b: MapUnit, isReached: Bool) {
    let span = max(abs(b.x - a.x), abs(b.y - a.y))
    guard span > 0 else { return }
    // Differences of up to 2²⁰ steps are exact in single precision.
    let parts = span >> 20 + 1
    var start = a
    for part in 1...parts {
      let end = a.towards(b, part, of: parts)
      addShort(from: start, to: end, isReached: isReached)
      start = end
    }
  }

  private func addShort(from a: MapUnit, to b: MapUnit, isReached: Bool) {
    let (ax, ay) = (a.x - origin.longitude, a.y - origin.latitude)
    let (bx, by) = (b.x - origin.longitude, b.y - origin.latitude)
    let (width, height, cells) = (lattice.width, lattice.height, IsochroneLattice.cells)
    let west = min(ax, bx) - lattice.capWidth
    let east = max(ax, bx) + lattice.capWidth
    let south = min(ay, by) - lattice.capHeight
    let north = max(ay, by) + lattice.capHeight
    guard east >= 0, west <= cells * width, north >= 0, south <= cells * height else { return }
    let rows = max(0, south) / height...min(cells, north / height)
    let columns = max(0, west) / width...min(cells, east / width)
    if isReached {
      reachedBlocks.pointee |= blocks(rows, columns)
    } else if reachedBlocks.pointee & blocks(rows, columns) == 0 {
      return
    }
    let line = Line(ax: Float(ax), ay: Float(ay), ux: Float(bx - ax), uy: Float(by - ay))
    let field = isReached ? reached : unreached
    if rows.lowerBound < cells {
      paint(
        line, scale: longitudeMeters.own, rows.lowerBound...min(rows.upperBound, cells - 1), columns, field)
    }
    if rows.upperBound == cells { paint(line, scale: longitudeMeters.last, cells...cells, columns, field) }
  }

  /// A line's first end, and its other one relative to it; in 10⁻⁷ degrees.
  private struct Line {
    let ax: Float
    let ay: Float
    let ux: Float
    let uy: Float
  }

  /// The blocks of 8 × 8 vertices that rows and columns meet, as bits.
  private func blocks(_ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>) -> UInt64 {
    let (west, east) = (columns.lowerBound / 8, columns.upperBound / 8)
    let (south, north) = (rows.lowerBound / 8, rows.upperBound / 8)
    // One row of blocks, repeated in all rows from the southernmost to the northernmost.
    let row = (UInt64(0xFF) >> UInt64(7 - east)) & (UInt64(0xFF) << UInt64(west)) & 0xFF
    let all = row &* 0x0101_0101_0101_0101
    return all & (UInt64.max << UInt64(8 * south)) & (UInt64.max >> UInt64(56 - 8 * north))
  }

  /// Lowers the distances in some rows, all of one scale, to those to a line.
  private func paint(
    _ line: Line, scale: Float, _ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>,
    _ field: UnsafeMutablePointer<Float>
  ) {
    let latitudeMeters = Float(IsochroneLattice.unitMeters)
    let (ux, uy) = (line.ux * scale, line.uy * latitudeMeters)
    let inverse = 1 / (ux * ux + uy * uy)
    let (zero, one) = (SIMD4<Float>(repeating: 0), SIMD4<Float>(repeating: 1))
    var (first, last) = (columns.lowerBound / 4, columns.upperBound / 4)
    let isLong = abs(uy) > cap
    let perColumn = 1 / (Float(lattice.width) * scale)
    let start = line.ax / Float(lattice.width)
    for row in rows {
      let y = (Float(row * lattice.height) - line.ay) * latitudeMeters
      if isLong {
        // The part of the line that is near enough to the row, and what is near to that part.
        let (p, q) = ((y - cap) / uy, (y + cap) / uy)
        let (s, t) = (p < q ? (p, q) : (q, p))
        let (low, high) = (s > 0 ? s * ux : 0, t < 1 ? t * ux : ux)
        if s > 1 || t < 0 { continue }
        let west = start + ((low < high ? low : high) - cap) * perColumn
        let east = start + ((low < high ? high : low) + cap) * perColumn
        first = max(columns.lowerBound, Int(west) - 1) / 4
        last = min(columns.upperBound, Int(east) + 1) / 4
        if first > last { continue }
      }
      let vertices = UnsafeMutableRawPointer(field + row * Self.side).assumingMemoryBound(
        to: SIMD4<Float>.self)
      let yy = y * uy
      for group in first...last {
        let x = (longitudes[group] - line.ax) * scale
        var share = (x * ux + yy) * inverse
        share.replace(with: zero, where: share .< zero)
        share.replace(with: one, where: share .> one)
        let dx = x - share * ux
        let dy = y - share * uy
        let squared = dx * dx + dy * dy
        vertices[group].replace(with: squared, where: squared .< vertices[group])
      }
    }
  }

  /// Keeps the area from growing far beyond the 180th meridian, or beyond a pole.
  func closeAtRim() {
    let half = IsochroneLattice.halfTurn
    let (width, height) = (lattice.width, lattice.height)
    for column in 0..<Self.side where abs(origin.longitude + column * width) > half + 2 * width {
      for row in 0..<Self.side { reached[row * Self.side + column] = cap * cap }
    }
    for row in 0..<Self.side where abs(origin.latitude + row * height) > half / 2 - height {
      for column in 0..<Self.side { reached[row * Self.side + column] = cap * cap }
    }
  }
}

extension IsochroneField {
  /// Takes note of what is reached of an edge, or of the rest of it.
  ///
  /// All that is reached comes first.
  func add(_ edge: Int, of network: RoadNetwork, _ part: IsochroneReach.Part, isReached: Bool) {
    switch part {
    case .nothing:
      if isReached { return }
    case .everything:
      if !isReached { return }
    case .stretches(let stretches):
      return addStretches(edge, of: network, stretches, isReached: isReached)
    }
    network.forEachSegment(of: edge, near: middle) { add(from: $0, to: $1, isReached: isReached) }
  }

  private func addStretches(
    _ edge: Int, of network: RoadNetwork, _ stretches: [ClosedRange<Double>], isReached isWanted: Bool
  ) {
    // Lengths by the edge's own latitude: the tiles an edge lies in must cut it at the same places.
    let latitude = Int(network.junctionLatitudes[Int(network.edgeFrom[edge])])
    let scale = lattice.longitudeMeters(inRow: lattice.row(atLatitude: latitude))
    func length(_ a: MapUnit, _ b: MapUnit) -> Double {
      let (x, y) = (Double(b.x - a.x) * scale, Double(b.y - a.y) * IsochroneLattice.unitMeters)
      return (x * x + y * y).squareRoot()
    }
    var total = 0.0
    network.forEachSegment(of: edge) { total += length($0, $1) }
    guard total > 0 else { return }
    // Where the edge changes from reached to not reached or back, in meters from its first junction.
    var cuts: [Double] = []
    for stretch in stretches { cuts += [stretch.lowerBound * total, stretch.upperBound * total] }
    var passed = 0
    var isReached = false
    if cuts.first == 0 { (passed, isReached) = (1, true) }
    var start = 0.0
    network.forEachSegment(of: edge, near: middle) { a, b in
      let long = length(a, b)
      var last = a
      while passed < cuts.count, cuts[passed] < start + long {
        let share = min(1, max(0, (cuts[passed] - start) / long))
        let cut = MapUnit(
          x: a.x + Int((Double(b.x - a.x) * share).rounded()),
          y: a.y + Int((Double(b.y - a.y) * share).rounded()))
        if isReached == isWanted { add(from: last, to: cut, isReached: isReached) }
        last = cut
        isReached.toggle()
        passed += 1
      }
      if isReached == isWanted { add(from: last, to: b, isReached: isReached) }
      start += long
    }
  }
}
