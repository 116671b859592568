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
  /// On roads it is the area along the roads from which the way to some point that counts is within the limit
  /// (`Isochrones`). Where the way home counts, it is drawn for half the limit one way.
  ///
  /// - Returns: the merged circles as `coverageArea` makes them.
  /// - Complexity: O(points · log points) expected.
  public func paymentCircle(of network: PaymentNetwork) throws(CoverageAreaError) -> [Polygon] {
    if options.travel == .roads, let roads = network.roads { return try roadCircle(of: network, roads) }
    let counting = countingPoints
    let radii = radii(around: counting, in: network)
    return try coverageArea(around: counting.map(network.points.coordinate(of:)), radii: radii)
  }

  /// The points that count, ascending.
  var countingPoints: [Int] { counts.indices.filter { counts[$0] } }

  /// How far the limit reaches around each of the points `counting` by straight line.
  func radii(around counting: [Int], in network: PaymentNetwork) -> [Distance] {
    let places = network.places
    let points = network.points
    let line = StraightLine(mode: options.standard.townMode, factors: options.factors)
    let index = GridIndex(latitudes: places.latitudes, longitudes: places.longitudes)
    let nearest = index.nearestIndices(
      toEach: PlaceBatch(
        latitudes: counting.map { points.latitudes[$0] }, longitudes: counting.map { points.longitudes[$0] }))
    return counting.indices.map { row in
      let own = points.places[counting[row]]
      let place = own >= 0 ? own : nearest[row]
      return line.distance(
        within: circleLimit, in: place < 0 ? .plain : places.terrains[Int(place)])
    }
  }

  private func roadCircle(
    of network: PaymentNetwork, _ roads: NetworkRoads
  ) throws(CoverageAreaError) -> [Polygon] {
    let mode = options.standard.townMode
    let (points, limit) = roadStarts(of: network, roads)
    let search = RoadSearch(roads.file.graph(mode))
    let reach = search.reach(of: points, within: UInt32(limit.seconds) * 1_000)
    return try Isochrones(on: roads.file.network, by: mode).area(of: reach, within: limit)
  }

  /// Where the points that count are on the roads for town customers, and the time to draw.
  func roadStarts(
    of network: PaymentNetwork, _ roads: NetworkRoads
  ) -> (points: [RoadPosition?], limit: TravelTime) {
    let counting = countingPoints
    let snaps = roads.file.snapping.snap(
      latitudes: counting.map { network.points.latitudes[$0] },
      longitudes: counting.map { network.points.longitudes[$0] }, mode: options.standard.townMode,
      options: roads.snapping)
    let limit = options.factors[options.standard.townMode].roadLimit(circleLimit).seconds
    return (snaps.map(\.position), .seconds(min(limit, Int(RoadSearch.longestMilliseconds) / 1_000)))
  }

  /// The time one way: half of it where the way home counts.
  private var circleLimit: TravelTime {
    let limit = options.standard.townLimit
    return options.standard.countsReturn ? .seconds(limit.seconds / 2) : limit
  }
}
