import Foundation
import Geo

/// The lattice that distances are known on: vertices at whole 10⁻⁷ degrees, in tiles of 64 × 64.
///
/// Neighboring tiles share their outermost vertices. All positions handed to a tile's field are whole numbers relative
/// to the tile, so a shared vertex gets the same bits in each of the tiles it belongs to, and outlines meet.
struct IsochroneLattice: Sendable {
  /// Vertices along the side of a tile: one row of them fits in the bits of a word.
  static let side = 64
  /// Cells along the side of a tile.
  static let cells = side - 1
  /// Half the earth's circumference in the unit of coordinates.
  static let halfTurn = 1_800_000_000
  /// The meters of one 10⁻⁷ degree of latitude.
  static let unitMeters = earthRadiusMeters * .pi / 180 / 1e7

  /// The cell's width and height in 10⁻⁷ degrees.
  let width: Int
  let height: Int
  /// How far the area extends beside a road, in meters.
  let roadside: Double
  /// Farther than this, in meters, a distance makes no difference.
  let cap: Double
  /// `cap` in 10⁻⁷ degrees, nowhere too little.
  let capWidth: Int
  let capHeight: Int

  // The lattice's first vertex: far enough off the map that no position becomes negative.
  private static let west = -2_000_000_000
  private static let south = -1_000_000_000

  /// The lattice for roads between two latitudes.
  init(style: IsochroneStyle, latitudes: ClosedRange<Int32>) {
    let least = abs(Int(latitudes.lowerBound)), most = abs(Int(latitudes.upperBound))
    let crossesEquator = latitudes.contains(0)
    let widest = crossesEquator ? 1 : Self.narrowing(atLatitude: min(least, most))
    let narrowest = Self.narrowing(atLatitude: max(least, most))
    let middle = Self.narrowing(
      atLatitude: (Int(latitudes.lowerBound) + Int(latitudes.upperBound)) / 2)
    let meters = style.cell.meters
    height = max(16, Int((meters / Self.unitMeters).rounded()))
    width = max(16, Int((meters / Self.unitMeters / middle).rounded()))
    roadside = style.roadside.meters
    // One and a half cells beyond the roadside, so that lines between vertices cross it at the right place.
    cap = roadside + 1.5 * Self.unitMeters * max(Double(height), Double(width) * widest)
    capHeight = Int(cap / Self.unitMeters) + 2
    capWidth = Int(cap / Self.unitMeters / narrowest) + 2
  }

  /// How much shorter a degree of longitude is than one of latitude. Not less than a fiftieth: near the poles areas
  /// come out too narrow rather than around the earth.
  private static func narrowing(atLatitude latitude: Int) -> Double {
    max(0.02, cos(Double(latitude) / 1e7 * .pi / 180))
  }

  /// A tile by its place among all tiles; keys ascend from south to north, and from west to east within a row.
  struct Tile: Hashable, Sendable {
    let key: UInt64
    init(row: Int, column: Int) { key = UInt64(row) << 32 | UInt64(column) }
    init(key: UInt64) { self.key = key }
    var row: Int { Int(key >> 32) }
    var column: Int { Int(key & 0xFFFF_FFFF) }

    /// Whether it is the other tile or one of its eight neighbors.
    func isBeside(_ other: Tile) -> Bool { abs(row - other.row) <= 1 && abs(column - other.column) <= 1 }
  }

  func column(atLongitude longitude: Int) -> Int {
    max(0, longitude - Self.west) / (width * Self.cells)
  }

  func row(atLatitude latitude: Int) -> Int {
    max(0, latitude - Self.south) / (height * Self.cells)
  }

  /// The tile that an edge begins in.
  func tile(ofFirstJunction edge: Int, _ network: RoadNetwork) -> Tile {
    let junction = Int(network.edgeFrom[edge])
    return Tile(
      row: row(atLatitude: Int(network.junctionLatitudes[junction])),
      column: column(atLongitude: Int(network.junctionLongitudes[junction])))
  }

  /// The position of the tile's southwestern vertex.
  func origin(of tile: Tile) -> (longitude: Int, latitude: Int) {
    (
      Self.west + tile.column * width * Self.cells, Self.south + tile.row * height * Self.cells
    )
  }

  /// The meters of one 10⁻⁷ degree of longitude that all vertices of a row of tiles reckon with.
  func longitudeMeters(inRow row: Int) -> Double {
    let middle = Self.south + row * height * Self.cells + height * Self.cells / 2
    return Self.unitMeters * Self.narrowing(atLatitude: middle)
  }

  /// The columns of tiles that are drawn: a few cells beyond the 180th meridian on both sides, where areas are cut.
  var columns: ClosedRange<Int> {
    column(atLongitude: -Self.halfTurn - 4 * width)...column(atLongitude: Self.halfTurn + 4 * width)
  }

  /// A number for each line between two neighboring vertices of the whole lattice.
  func lineKey(_ tile: Tile, row: Int, column: Int, isVertical: Bool) -> UInt64 {
    let globalRow = UInt64(tile.row * Self.cells + row)
    let globalColumn = UInt64(tile.column * Self.cells + column)
    return globalRow << 33 | globalColumn << 1 | (isVertical ? 1 : 0)
  }
}
