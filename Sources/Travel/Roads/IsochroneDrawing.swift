import Geo

/// What one thread needs to draw areas, used again from tile to tile.
final class IsochroneDrawing {
  private let isochrones: Isochrones
  private let reach: IsochroneReach
  private var field: IsochroneField
  private var contour = IsochroneContour()
  private var edges: [(edge: Int, part: IsochroneReach.Part)] = []

  init(_ isochrones: Isochrones, _ reach: IsochroneReach) {
    self.isochrones = isochrones
    self.reach = reach
    field = IsochroneField(lattice: isochrones.tiles.lattice)
  }

  /// The outlines in some rows of tiles, each row from west to east.
  func outlines(of rows: some Sequence<ArraySlice<Int>>) -> IsochroneOutlines {
    var outlines = IsochroneOutlines()
    for row in rows {
      var front = IsochroneOutlines.Front()
      for tile in row where fill(tile) {
        contour.trace(field)
        outlines.append(
          contour, of: field, &front, toleranceMeters: isochrones.style.tolerance.meters)
      }
    }
    return outlines
  }

  /// Takes note of a tile's roads; returns whether any is reached.
  private func fill(_ position: Int) -> Bool {
    let (tiles, network) = (isochrones.tiles, isochrones.network)
    edges.removeAll(keepingCapacity: true)
    var isReached = false
    reach.forEach(of: tiles.edges[tiles.starts[position]..<tiles.starts[position + 1]]) { edge, part in
      if case .nothing = part {} else { isReached = true }
      edges.append((edge, part))
    }
    guard isReached else { return false }
    field.start(IsochroneLattice.Tile(key: tiles.keys[position]))
    for (edge, part) in edges { field.add(edge, of: network, part, isReached: true) }
    for (edge, part) in edges { field.add(edge, of: network, part, isReached: false) }
    field.closeAtRim()
    return true
  }
}
