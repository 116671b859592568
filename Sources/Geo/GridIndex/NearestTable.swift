/// The nearest points of many places, as flat rows.
///
///     let table = index.nearest(2, toEachLatitude: latitudes, longitude: longitudes)
///     table.indices[2 * place]      // the nearest point of `place`
///     table.meters[2 * place + 1]   // how far the second nearest is
public struct NearestTable: Hashable, Sendable {
  /// How many entries each place has.
  public let k: Int
  /// Row by row the points, ascending by distance, then index; -1 where there are fewer than `k` points.
  public let indices: [Int32]
  /// Their distances in meters, by `Coordinate.distance(to:)`; infinity where the index is -1.
  public let meters: [Double]
}
