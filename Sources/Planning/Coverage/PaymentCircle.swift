public import Geo
public import Travel

extension Coverage {
  /// The payment circle (交费圈): the area from which some point that counts is within the town's limit.
  ///
  ///     let polygons = try coverage.paymentCircle(of: network)
  ///
  /// Around each point the circle has the radius of the terrain there, which is that of the point's own place, or of the
  /// place nearest to it; plain where there are no places. So on the border of two terrains the drawing stands for
  /// either: the verdict on each place, which uses the place's own terrain, decides.
  ///
  /// - Returns: the merged circles as `coverageArea` makes them.
  /// - Complexity: O(points · log points) expected.
  public func paymentCircle(of network: PaymentNetwork) throws(CoverageAreaError) -> [Polygon] {
    let places = network.places
    let points = network.points
    let line = StraightLine(mode: options.standard.townMode)
    let counting = (0..<points.count).filter { counts[$0] }
    let index = GridIndex(latitudes: places.latitudes, longitudes: places.longitudes)
    let nearest = index.nearest(
      1, toEachLatitude: counting.map { points.latitudes[$0] },
      longitude: counting.map { points.longitudes[$0] })
    let radii = counting.indices.map { row in
      let own = points.places[counting[row]]
      let place = own >= 0 ? own : nearest.indices[row]
      return line.distance(
        within: options.standard.townLimit, in: place < 0 ? .plain : places.terrains[Int(place)])
    }
    return try coverageArea(around: counting.map(points.coordinate(of:)), radii: radii)
  }
}
