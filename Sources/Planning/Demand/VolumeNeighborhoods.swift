/// Whole neighborhoods of points, drawn by seed, whose volumes stand for all.
///
/// Points are sorted into strips by longitude and within these by latitude, and cut into compact cells of equally many points
/// (sort-tile-recursive; Leutenegger, Lopez and Edgington 1997); cells are drawn until there are enough points. Every place
/// that thinks of a drawn point comes along with all the points it chooses among, so that what is expected of a drawn
/// point, and with it the likelihood of its volume, is exactly that of the whole network: only the points beyond are not heard.
struct VolumeNeighborhoods {
  /// Points a cell has: many beside those on its rim, whose places must come along.
  static let cellSize = 250

  /// The places that take part, as positions in the place table, ascending.
  let places: [Int]
  /// Their choices, with the points numbered as in `points`.
  let reach: Reach
  /// The points chosen among, as positions in the point table, ascending.
  let points: [Int]
  /// By position in `points`, whether the point was drawn: only then is its volume heard.
  let isDrawn: [Bool]

  /// Draws at least `count` of the points `known`, or all of them.
  ///
  /// - Parameters:
  ///   - reach: the choices of all places.
  ///   - points: the point table.
  ///   - known: the points whose volumes are known, as positions in the point table.
  ///   - seed: the same seed draws the same cells.
  /// - Complexity: O(*k* log *k* + *e*) for *k* known points and *e* entries of the reach.
  init(of count: Int, among known: [Int], points table: PointTable, reach: Reach, seed: UInt64 = 1) {
    var drawn = [Bool](repeating: false, count: table.count)
    var cells = Self.cells(known, table)
    var random = SplitMix64(seed: seed)
    var left = count
    while left > 0, !cells.isEmpty {
      let cell = cells.remove(at: Int(random.next(below: UInt64(cells.count))))
      for point in cell { drawn[point] = true }
      left -= cell.count
    }
    var isChoice = [Bool](repeating: false, count: table.count)
    let members = (0..<reach.placeCount).filter { place in
      reach[place].contains { drawn[Int($0.point)] }
    }
    for place in members {
      for entry in reach[place] { isChoice[Int(entry.point)] = true }
    }
    let chosen = isChoice.indices.filter { isChoice[$0] }
    var number = [Int32](repeating: -1, count: table.count)
    for (i, point) in chosen.enumerated() { number[point] = Int32(i) }
    self.reach = Reach(
      pointCount: chosen.count,
      rows: members.map { place in
        reach[place].map { Reach.Entry(point: number[Int($0.point)], seconds: $0.seconds, meters: $0.meters) }
      })
    places = members
    points = chosen
    isDrawn = chosen.map { drawn[$0] }
  }

  private static func cells(_ known: [Int], _ table: PointTable) -> [[Int]] {
    let count = (known.count + cellSize - 1) / cellSize
    guard count > 0 else { return [] }
    let strips = Int(Double(count).squareRoot().rounded(.up))
    let alongParallels = known.sorted { (table.longitudes[$0], $0) < (table.longitudes[$1], $1) }
    return (0..<strips).flatMap { strip -> [[Int]] in
      let range = known.count * strip / strips..<known.count * (strip + 1) / strips
      let upward = alongParallels[range].sorted { (table.latitudes[$0], $0) < (table.latitudes[$1], $1) }
      let parts = max(1, (upward.count + cellSize - 1) / cellSize)
      return (0..<parts).map { part in
        Array(upward[upward.count * part / parts..<upward.count * (part + 1) / parts])
      }
    }
  }
}

extension VolumeLikelihood {
  /// The volumes of the points, or of neighborhoods drawn from them where more than `most` are known.
  ///
  /// - Parameter demand: by place.
  init(
    _ volumes: MonthlyVolumes, of network: PaymentNetwork, reach: Reach, demand: [Double], atMost most: Int
  ) {
    let known = volumes.means.indices.filter { volumes.means[$0] != nil }
    guard known.count > most else {
      self.init(reach: reach, points: network.points, demand: demand, observed: volumes.means)
      return
    }
    let drawn = VolumeNeighborhoods(of: most, among: known, points: network.points, reach: reach)
    var points = PointTable()
    points.kinds = drawn.points.map { network.points.kinds[$0] }
    points.counters = drawn.points.map { network.points.counters[$0] }
    self.init(
      reach: drawn.reach, points: points, demand: drawn.places.map { demand[$0] },
      observed: drawn.points.indices.map { drawn.isDrawn[$0] ? volumes.means[drawn.points[$0]] : nil })
  }
}
