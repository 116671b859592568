import Geo

/// The outlines of an area as they come out of the tiles: rings, and lines that go on in another tile.
struct IsochroneOutlines: Sendable {
  /// A ring, or a line from the rim of a tile to another place on it, with the area on its left.
  struct Chain: Sendable {
    /// Where its corners stand among all.
    var corners: Range<Int>
    /// Where a line comes from and goes to, as numbers of lines of the lattice; `nil` for rings.
    var ends: (start: UInt64, end: UInt64)?
    /// Whether a road that is not reached keeps the area from extending farther, somewhere along it.
    var isRoadside: Bool
    /// A chain on the other side of the area, due west of it.
    var acrossArea = -1
    /// A chain on the other side of what lies outside, due west of it.
    var acrossOutside = -1
  }

  private(set) var longitudes: [Int32] = []
  private(set) var latitudes: [Int32] = []
  private(set) var chains: [Chain] = []

  /// Appends outlines from other rows of tiles.
  mutating func append(_ other: IsochroneOutlines) {
    let (corner, chain) = (longitudes.count, chains.count)
    longitudes += other.longitudes
    latitudes += other.latitudes
    for var added in other.chains {
      added.corners = (added.corners.lowerBound + corner)..<(added.corners.upperBound + corner)
      if added.acrossArea >= 0 { added.acrossArea += chain }
      if added.acrossOutside >= 0 { added.acrossOutside += chain }
      chains.append(added)
    }
  }

  /// The easternmost chain on each row of a row of tiles, so far; -1 for none.
  struct Front {
    fileprivate var chains = [Int](repeating: -1, count: IsochroneLattice.side)
  }

  /// Appends the outlines of a tile. Tiles of a row come from west to east.
  mutating func append(
    _ contour: borrowing IsochroneContour, of field: borrowing IsochroneField, _ front: inout Front,
    toleranceMeters: Double
  ) {
    let across = lookAcross(contour, &front)
    let simplification = IsochroneSimplification(
      toleranceMeters: toleranceMeters, lattice: field.lattice,
      longitudeMeters: field.lattice.longitudeMeters(inRow: field.tile.row))
    var path: [Int32] = []
    for (index, head) in contour.heads.enumerated() {
      let isRing = index >= contour.openCount
      path.removeAll(keepingCapacity: true)
      var isRoadside = false
      var crossing = head
      repeat {
        path.append(crossing)
        isRoadside = isRoadside || contour.crossings[Int(crossing)].isRoadside
        crossing = contour.crossings[Int(crossing)].next
      } while crossing >= 0 && crossing != head
      let start = longitudes.count
      for kept in simplification.kept(of: path, isRing: isRing, in: contour) {
        let crossing = contour.crossings[Int(kept)]
        longitudes.append(Int32(truncatingIfNeeded: field.origin.longitude + Int(crossing.x)))
        latitudes.append(Int32(truncatingIfNeeded: field.origin.latitude + Int(crossing.y)))
      }
      chains.append(
        Chain(
          corners: start..<longitudes.count,
          ends: isRing
            ? nil
            : (
              lineKey(contour.crossings[Int(head)].line, of: field),
              lineKey(contour.crossings[Int(path[path.count - 1])].line, of: field)
            ),
          isRoadside: isRoadside, acrossArea: across[index].area, acrossOutside: across[index].outside))
    }
  }

  private func lineKey(_ line: Int32, of field: borrowing IsochroneField) -> UInt64 {
    let vertex = Int(line) & 4095
    return field.lattice.lineKey(
      field.tile, row: vertex / IsochroneLattice.side, column: vertex % IsochroneLattice.side,
      isVertical: line > 4095)
  }

  /// What lies due west of each chain: across the area from its westernmost crossing with the area on the west, and
  /// across the outside from its westernmost with the outside on the west.
  private func lookAcross(
    _ contour: borrowing IsochroneContour, _ front: inout Front
  ) -> [(area: Int, outside: Int)] {
    var across = [(area: Int, outside: Int)](repeating: (-1, -1), count: contour.heads.count)
    var westernmost = [(area: Int32, outside: Int32)](repeating: (.max, .max), count: contour.heads.count)
    // The last row belongs to the tile beyond.
    for row in 0..<IsochroneLattice.cells {
      var changes = contour.changesEastward(inRow: row)
      var west = front.chains[row]
      while changes != 0 {
        let column = changes.trailingZeroBitCount
        changes &= changes - 1
        let line = row * IsochroneLattice.side + column
        let crossing = contour.crossings[Int(contour.crossingOnLine[line])]
        let chain = Int(crossing.chain)
        if contour.inside[row] >> UInt64(column) & 1 == 1 {
          if crossing.x < westernmost[chain].area {
            westernmost[chain].area = crossing.x
            across[chain].area = west
          }
        } else if crossing.x < westernmost[chain].outside {
          westernmost[chain].outside = crossing.x
          across[chain].outside = west
        }
        west = chains.count + chain
      }
      front.chains[row] = west
    }
    return across
  }
}
