public import Geo

/// How finely the area around reached roads is drawn.
///
///     var style = IsochroneStyle(for: .walk)
///     style.roadside = .meters(60)
///
/// Defaults by mode: on foot cells of 10 m and 40 m beside the road, by e-bike 15 m and 50 m, by car 25 m and 75 m. With
/// cells of this size at least 99 % (driving 98.5 %) of the reached junctions and shape points of a city lie inside, and
/// at most 1 % (1.5 %) of those inside are not reached; `Benchmarks/isochrones` measures it.
public struct IsochroneStyle: Hashable, Sendable {
  /// The side of a raster cell: what is narrower than a cell may be lost.
  public var cell: Distance
  /// How far from a reached road the area extends where no road that is not reached is nearer.
  public var roadside: Distance
  /// How far a drawn corner may be left out of the line, at most.
  public var tolerance: Distance
  /// Holes below this many square meters are filled where no road that is not reached is in them, nor another piece.
  public var smallestBlock: Double
  /// Below this many square meters, all holes without a piece in them are filled, and pieces are left out.
  public var smallestSpeck: Double

  /// The defaults for one mode.
  public init(for mode: TravelMode) {
    switch mode {
    case .walk: self.init(cell: 10, roadside: 40, smallestBlock: 10_000)
    case .ebike: self.init(cell: 15, roadside: 50, smallestBlock: 20_000)
    case .car: self.init(cell: 25, roadside: 75, smallestBlock: 40_000)
    }
  }

  private init(cell: Double, roadside: Double, smallestBlock: Double) {
    self.cell = .meters(cell)
    self.roadside = .meters(roadside)
    tolerance = .meters(cell / 5)
    self.smallestBlock = smallestBlock
    smallestSpeck = cell * cell
  }
}
