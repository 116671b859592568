import Geo

/// Which roads lie in or near each tile of the lattice.
struct IsochroneTiles: Sendable {
  let lattice: IsochroneLattice
  /// The keys of the tiles with roads, ascending.
  let keys: [UInt64]
  /// The edges near tile `i` are `edges[starts[i]..<starts[i + 1]]`, ascending.
  let starts: [Int]
  let edges: [UInt32]
  // One bit an edge: whether it leads beyond the neighbors of the tile that its first junction lies in.
  private let isFar: [UInt64]

  /// - Complexity: O(*n* log *n*) for *n* pairs of a tile and an edge near it.
  init(_ network: RoadNetwork, lattice: IsochroneLattice, isUsable: (Int) -> Bool) {
    self.lattice = lattice
    var pairs: [(key: UInt64, edge: UInt32)] = []
    var isFar = [UInt64](repeating: 0, count: network.edgeCount / 64 + 1)
    var near: [UInt64] = []
    for edge in 0..<network.edgeCount where isUsable(edge) {
      let id = UInt32(truncatingIfNeeded: edge)
      Self.tiles(near: edge, of: network, on: lattice, into: &near)
      for key in near { pairs.append((key, id)) }
      let home = lattice.tile(ofFirstJunction: edge, network)
      if !near.allSatisfy({ IsochroneLattice.Tile(key: $0).isBeside(home) }) {
        isFar[edge / 64] |= 1 << UInt64(edge % 64)
      }
    }
    pairs.sort { ($0.key, $0.edge) < ($1.key, $1.edge) }
    var keys: [UInt64] = []
    var starts: [Int] = []
    for (index, pair) in pairs.enumerated() where keys.last != pair.key {
      keys.append(pair.key)
      starts.append(index)
    }
    starts.append(pairs.count)
    self.keys = keys
    self.starts = starts
    edges = pairs.map(\.edge)
    self.isFar = isFar
  }

  /// The row of the tile at a position.
  func row(at position: Int) -> Int { IsochroneLattice.Tile(key: keys[position]).row }

  /// The positions of all tiles that some of these edges may come near to, ascending; others may be among them.
  func positions(near edges: some Sequence<UInt32>, of network: RoadNetwork) -> [Int] {
    var homes = Set<UInt64>()
    var found = Set<UInt64>()
    var near: [UInt64] = []
    var last: UInt64?
    for edge in edges {
      let home = lattice.tile(ofFirstJunction: Int(edge), network)
      // Neighbors in the columns of edges are neighbors on the ground.
      if home.key != last, homes.insert(home.key).inserted {
        for row in max(0, home.row - 1)...(home.row + 1) {
          for column in max(0, home.column - 1)...(home.column + 1) {
            found.insert(IsochroneLattice.Tile(row: row, column: column).key)
          }
        }
      }
      last = home.key
      if isFar[Int(edge) / 64] >> UInt64(edge % 64) & 1 == 1 {
        Self.tiles(near: Int(edge), of: network, on: lattice, into: &near)
        found.formUnion(near)
      }
    }
    return found.compactMap { key in
      let position = lowerBound(keys, key)
      return position < keys.count && keys[position] == key ? position : nil
    }.sorted()
  }

  /// The tiles that an edge comes near enough to for its distance to matter, ascending.
  static func tiles(
    near edge: Int, of network: RoadNetwork, on lattice: IsochroneLattice, into keys: inout [UInt64]
  ) {
    keys.removeAll(keepingCapacity: true)
    let columns = lattice.columns
    let turn = 2 * IsochroneLattice.halfTurn
    network.forEachSegment(of: edge) { a, b in
      // A long line's rectangle covers much that the line is far from: in parts of about a tile.
      let span = max(abs(b.x - a.x) / lattice.width, abs(b.y - a.y) / lattice.height)
      let parts = span / IsochroneLattice.cells + 1
      var start = a
      for part in 1...parts {
        let end = a.towards(b, part, of: parts)
        defer { start = end }
        let rows =
          lattice.row(
            atLatitude: min(start.y, end.y) - lattice.capHeight)...lattice.row(
            atLatitude: max(start.y, end.y) + lattice.capHeight)
        for shift in [-turn, 0, turn] {
          let first = lattice.column(atLongitude: min(start.x, end.x) + shift - lattice.capWidth)
          let last = lattice.column(atLongitude: max(start.x, end.x) + shift + lattice.capWidth)
          guard first <= columns.upperBound, last >= columns.lowerBound else { continue }
          for row in rows {
            for column in max(first, columns.lowerBound)...min(last, columns.upperBound) {
              let key = IsochroneLattice.Tile(row: row, column: column).key
              if keys.last != key { keys.append(key) }
            }
          }
        }
      }
    }
    guard keys.count > 1 else { return }
    keys.sort()
    var kept = 1
    for index in 1..<keys.count where keys[index] != keys[kept - 1] {
      keys[kept] = keys[index]
      kept += 1
    }
    keys.removeLast(keys.count - kept)
  }
}

private func lowerBound(_ keys: [UInt64], _ key: UInt64) -> Int {
  var (low, high) = (0, keys.count)
  while low < high {
    let middle = (low + high) / 2
    if keys[middle] < key { low = middle + 1 } else { high = middle }
  }
  return low
}

/// A position in 10⁻⁷ degrees; the longitude may run past ±180° so that lines do not jump.
struct MapUnit: Hashable, Sendable {
  var x: Int
  var y: Int

  /// The position after `part` of `parts` equal steps to `end`.
  func towards(_ end: MapUnit, _ part: Int, of parts: Int) -> MapUnit {
    part == parts ? end : MapUnit(x: x + (end.x - x) * part / parts, y: y + (end.y - y) * part / parts)
  }
}

extension RoadNetwork {
  /// Hands over the straight lines of an edge from its first junction to its second.
  ///
  /// - Parameter near: a longitude that the first position is brought near to, by whole turns.
  @inline(__always)
  func forEachSegment(of edge: Int, near: Int? = nil, _ body: (MapUnit, MapUnit) -> Void) {
    let (from, to) = (Int(edgeFrom[edge]), Int(edgeTo[edge]))
    var a = MapUnit(x: Int(junctionLongitudes[from]), y: Int(junctionLatitudes[from]))
    if let near { a.x = nearestTurn(a.x, to: near) }
    for index in Int(shapeStart[edge])..<Int(shapeStart[edge + 1]) {
      let b = MapUnit(x: nearestTurn(Int(shapeLongitudes[index]), to: a.x), y: Int(shapeLatitudes[index]))
      body(a, b)
      a = b
    }
    body(a, MapUnit(x: nearestTurn(Int(junctionLongitudes[to]), to: a.x), y: Int(junctionLatitudes[to])))
  }
}

/// The longitude, give or take whole turns, that is nearest to another.
@inline(__always)
func nearestTurn(_ longitude: Int, to other: Int) -> Int {
  let half = IsochroneLattice.halfTurn
  if longitude - other > half { return longitude - 2 * half }
  if other - longitude > half { return longitude + 2 * half }
  return longitude
}
