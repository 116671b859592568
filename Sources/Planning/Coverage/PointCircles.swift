import Dispatch
public import Geo
public import Travel

/// The payment circle of one point by itself.
public struct PointCircle: Hashable, Sendable {
  /// The point, as a position in the point table.
  public var point: Int
  /// From where the way to it is within the limit; empty where it is off the roads, or the limit too short to draw.
  public var polygons: [Polygon]

  /// Puts an area to a point.
  public init(point: Int, polygons: [Polygon]) {
    self.point = point
    self.polygons = polygons
  }
}

extension Coverage {
  /// The payment circle of each point that counts, not merged: who could go to this very point.
  ///
  ///     for circle in try coverage.paymentCircles(of: network) {
  ///       network.points.names[circle.point]  // 济渎路营业厅
  ///       circle.polygons                     // one, several where the area has gaps, none where there is nothing to draw
  ///     }
  ///
  /// Each is drawn as `paymentCircle` draws all of them: by straight line a circle of the radius of the terrain, on roads the
  /// area along the roads; where the way home counts, for half the limit one way. On all cores; the answer does not
  /// depend on how many there are.
  ///
  /// - Returns: one entry a point that counts, in ascending order.
  /// - Throws: `CoverageAreaError` when the geometry library fails, that of the first point it fails on.
  /// - Complexity: O(points · log places) by straight line; on roads O(*r* + *c*) a point for *r* junctions and edges
  ///   within the limit and *c* lattice cells near them.
  public func paymentCircles(of network: PaymentNetwork) throws(CoverageAreaError) -> [PointCircle] {
    let counting = countingPoints
    let areas =
      if options.travel == .roads, let roads = network.roads { areasOnRoads(of: network, roads) } else {
        circles(around: counting, in: network)
      }
    var answer: [PointCircle] = []
    answer.reserveCapacity(counting.count)
    for (point, area) in zip(counting, areas) {
      answer.append(PointCircle(point: point, polygons: try area.get()))
    }
    return answer
  }

  private typealias Area = Result<[Polygon], CoverageAreaError>

  private func circles(around counting: [Int], in network: PaymentNetwork) -> [Area] {
    let sites = counting.map(network.points.coordinate(of:))
    let radii = radii(around: counting, in: network)
    return [Area](unsafeUninitializedCapacity: sites.count) { areas, count in
      nonisolated(unsafe) let base = areas.baseAddress
      let parts = min(64, sites.count)
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        for i in sites.count * part / parts..<sites.count * (part + 1) / parts {
          base?.advanced(by: i).initialize(
            to: Area { () throws(CoverageAreaError) in
              try coverageArea(around: [sites[i]], radii: [radii[i]])
            })
        }
      }
      count = sites.count
    }
  }

  private func areasOnRoads(of network: PaymentNetwork, _ roads: NetworkRoads) -> [Area] {
    let (points, limit) = roadStarts(of: network, roads)
    let isochrones = Isochrones(on: roads.file.network, by: options.standard.townMode)
    return RoadSearch(roads.file.graph(options.standard.townMode)).mapReaches(
      of: points, within: UInt32(limit.seconds) * 1_000
    ) { _, reach in
      Area { () throws(CoverageAreaError) in try isochrones.area(of: reach, within: limit) }
    }
  }
}
