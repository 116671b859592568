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

  private let cap: Float
  private var longitudeMeters: (own: Float, last: Float) = (0, 0)

  init(lattice: IsochroneLattice) {
    self.lattice = lattice
    cap = Float(lattice.cap)
    reached = Self.allocate()
    unreached = Self.allocate()
  }

  private static func allocate() -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
      .bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    reached.deallocate()
    unreached.deallocate()
  }

  /// Takes a tile with nothing near it.
  mutating func start(_ tile: IsochroneLattice.Tile) {
    self.tile = tile
    origin = lattice.origin(of: tile)
    // The last row of vertices is the first of the tile beyond.
    longitudeMeters = (
      Float(lattice.longitudeMeters(inRow: tile.row)), Float(lattice.longitudeMeters(inRow: tile.row + 1))
    )
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
      addShort(from: start, to: end, into: isReached ? reached : unreached)
      start = end
    }
  }

  private func addShort(from a: MapUnit, to b: MapUnit, into field: UnsafeMutablePointer<Float>) {
    let (ax, ay) = (a.x - origin.longitude, a.y - origin.latitude)
    let (bx, by) = (b.x - origin.longitude, b.y - origin.latitude)
    let (width, height) = (lattice.width, lattice.height)
    let cells = IsochroneLattice.cells
    guard max(ax, bx) + lattice.capWidth >= 0, min(ax, bx) - lattice.capWidth <= cells * width,
      max(ay, by) + lattice.capHeight >= 0, min(ay, by) - lattice.capHeight <= cells * height
    else { return }
    let firstRow = max(0, (min(ay, by) - lattice.capHeight) / height)
    let lastRow = min(cells, (max(ay, by) + lattice.capHeight) / height + 1)
    let latitudeMeters = Float(IsochroneLattice.unitMeters)
    let (fx, fy) = (Float(ax), Float(ay))
    let uy = Float(by - ay) * latitudeMeters
    var row = firstRow
    while row <= lastRow {
      let isLast = row == cells
      let scale = isLast ? longitudeMeters.last : longitudeMeters.own
      let ux = Float(bx - ax) * scale
      let inverse = 1 / (ux * ux + uy * uy)
      let end = isLast ? row : min(lastRow, cells - 1)
      let perColumn = 1 / (Float(width) * scale)
      while row <= end {
        let y = (Float(row * height) - fy) * latitudeMeters
        // The part of the line that is near enough to the row, and what is near to that part.
        var (low, high) = (min(0, ux), max(0, ux))
        if abs(uy) > cap {
          let (p, q) = ((y - cap) / uy, (y + cap) / uy)
          let (s, t) = (max(0, min(p, q)), min(1, max(p, q)))
          if s > t {
            row += 1
            continue
          }
          (low, high) = (min(s * ux, t * ux), max(s * ux, t * ux))
        }
        let west = fx / Float(width) + (low - cap) * perColumn
        let east = fx / Float(width) + (high + cap) * perColumn
        let first = Int(max(0, min(64, west - 1))) & ~3
        let last = Int(max(-1, min(Float(cells), east + 1)))
        let line = UnsafeMutableRawPointer(field + row * Self.side)
        let yy = y * uy
        var column = first
        while column <= last {
          var x = SIMD4<Float>(
            Float(column * width), Float((column + 1) * width), Float((column + 2) * width),
            Float((column + 3) * width))
          x = (x - fx) * scale
          let share = ((x * ux + yy) * inverse).clamped(lowerBound: .zero, upperBound: .one)
          let dx = x - share * ux
          let dy = y - share * uy
          let squared = dx * dx + dy * dy
          let place = line + column * MemoryLayout<Float>.stride
          let old = place.load(as: SIMD4<Float>.self)
          place.storeBytes(of: pointwiseMin(old, squared), as: SIMD4<Float>.self)
          column += 4
        }
        row += 1
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
  /// Takes note of an edge, stretch by stretch.
  func add(_ edge: Int, of network: RoadNetwork, _ part: IsochroneReach.Part) {
    switch part {
    case .nothing:
      network.forEachSegment(of: edge, near: middle) { add(from: $0, to: $1, isReached: false) }
    case .everything:
      network.forEachSegment(of: edge, near: middle) { add(from: $0, to: $1, isReached: true) }
    case .stretches(let stretches):
      addStretches(edge, of: network, stretches)
    }
  }

  private func addStretches(_ edge: Int, of network: RoadNetwork, _ stretches: [ClosedRange<Double>]) {
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
        add(from: last, to: cut, isReached: isReached)
        last = cut
        isReached.toggle()
        passed += 1
      }
      add(from: last, to: b, isReached: isReached)
      start += long
    }
  }
}
