import Geo
import Travel

/// The edges of a road network by the cell they are in, so that a thousand small maps do not each look at a whole country.
struct RoadCells {
  /// The side of a cell in degrees: 2 km of latitude, about what a village's map shows.
  private static let side = 0.02
  private static let columns = 18_000

  // The edges of cells.keys[i], one entry for each cell an edge's box touches; ascending by cell, then edge.
  private let cells: [Entry]

  private struct Entry: Comparable {
    var cell: Int32
    var edge: Int32

    static func < (a: Entry, b: Entry) -> Bool { (a.cell, a.edge) < (b.cell, b.edge) }
  }

  /// - Complexity: O(*m* log *m*) for *m* edges shorter than a cell; 8 bytes an edge.
  init(_ network: RoadNetwork) {
    var cells: [Entry] = []
    cells.reserveCapacity(network.edgeCount * 5 / 4)
    for edge in 0..<network.edgeCount {
      var extent = MapExtent.Plain()
      for junction in [Int(network.edgeFrom[edge]), Int(network.edgeTo[edge])] {
        extent.include(network.junctionLatitudes[junction], network.junctionLongitudes[junction])
      }
      for i in Int(network.shapeStart[edge])..<Int(network.shapeStart[edge + 1]) {
        extent.include(network.shapeLatitudes[i], network.shapeLongitudes[i])
      }
      Self.visit(extent) { cells.append(Entry(cell: $0, edge: Int32(edge))) }
    }
    self.cells = cells.sorted()
  }

  /// The edges that may show on the sheet of `projection`, ascending, and some around it.
  ///
  /// - Complexity: O(*c* log *m* + *e* log *e*) for *c* cells and *e* edges there.
  func edges(on projection: MapProjection) -> [Int] {
    var found: [Int32] = []
    Self.visit(projection.ground) { cell in
      var low = 0
      var high = cells.count
      while low < high {
        let middle = (low + high) / 2
        if cells[middle].cell < cell { low = middle + 1 } else { high = middle }
      }
      while low < cells.count, cells[low].cell == cell {
        found.append(cells[low].edge)
        low += 1
      }
    }
    found.sort()
    var edges: [Int] = []
    for edge in found where edges.last != Int(edge) { edges.append(Int(edge)) }
    return edges
  }

  /// Hands over the cells a box touches; columns go round the earth.
  private static func visit(_ box: MapExtent.Plain, _ body: (Int32) -> Void) {
    guard box.south <= box.north else { return }
    let rows = Int((box.south / side).rounded(.down))...Int((box.north / side).rounded(.down))
    let first = Int((box.west / side).rounded(.down))
    let last = min(first + columns - 1, Int((box.east / side).rounded(.down)))
    for row in rows {
      for column in first...last {
        let turned = ((column % columns) + columns) % columns
        body(Int32((row + 4_500) * columns + turned))
      }
    }
  }
}

extension MapExtent {
  /// A box in degrees that takes longitudes as they come; `west...east` may pass 180.
  struct Plain {
    var south = Double.infinity
    var north = -Double.infinity
    var west = Double.infinity
    var east = -Double.infinity

    mutating func include(_ latitude: Int32, _ longitude: Int32) {
      south = min(south, Double(latitude) / 1e7)
      north = max(north, Double(latitude) / 1e7)
      west = min(west, Double(longitude) / 1e7)
      east = max(east, Double(longitude) / 1e7)
    }
  }
}
