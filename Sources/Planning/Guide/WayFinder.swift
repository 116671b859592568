import Geo
import Travel

/// The search behind `paymentGuide`: nearest points of a few sets of points, merged into one list a place.
struct WayFinder {
  private let network: PaymentNetwork
  private let options: GuideOptions
  /// All points that count; then, of each kind and of each method, those it has.
  private let all: [Int32]
  private let special: [[Int32]]

  init(_ network: PaymentNetwork, counts: [Bool], options: GuideOptions) {
    self.network = network
    self.options = options
    let points = network.points
    let all = (0..<Int32(counts.count)).filter { counts[Int($0)] }
    let kinds = PointKind.allCases.map { kind in all.filter { points.kinds[Int($0)] == kind } }
    let methods = PaymentMethods.all.map { _, method in
      all.filter { points.methods[Int($0)].contains(method) }
    }
    self.all = all
    special = (kinds + methods).filter { !$0.isEmpty }
  }

  func sheets(of places: [Int]) -> [PaymentGuide.Sheet] {
    let standard = options.coverage.standard
    var rows = [[PaymentGuide.Way]](repeating: [], count: places.count)
    for mode in TravelMode.allCases {
      let members = places.indices.filter {
        standard.mode(of: network.places.settings[places[$0]]) == mode
      }
      if members.isEmpty { continue }
      let search = Search(network, places: members.map { places[$0] }, mode: mode, options.coverage)
      merge(search.nearest(options.nearest, of: all, limit: nil), nearest: true, members, places, &rows)
      for points in special {
        merge(search.nearest(1, of: points, limit: options.reach), nearest: false, members, places, &rows)
      }
    }
    return places.indices.map { row in
      let ways = rows[row].sorted {
        ($0.seconds, $0.meters, $0.point) < ($1.seconds, $1.meters, $1.point)
      }
      return PaymentGuide.Sheet(place: places[row], ways: ways)
    }
  }

  /// Takes in what was found and is not known yet.
  private func merge(
    _ found: [[Reach.Entry]], nearest isNearest: Bool, _ members: [Int], _ places: [Int],
    _ rows: inout [[PaymentGuide.Way]]
  ) {
    for (row, entries) in zip(members, found) {
      let home = network.places.coordinate(of: places[row])
      for entry in entries {
        if rows[row].contains(where: { $0.point == entry.point }) { continue }
        if !isNearest, Int(entry.seconds) > options.reach.seconds { continue }
        let point = network.points.coordinate(of: Int(entry.point))
        rows[row].append(
          PaymentGuide.Way(
            point: entry.point, seconds: entry.seconds, meters: entry.meters,
            straightMeters: Int32(home.distance(to: point).meters.rounded()),
            direction: home.direction(to: point), isNearest: isNearest))
      }
    }
  }

  /// Nearest points of places that travel by one mode.
  private struct Search {
    private let network: PaymentNetwork
    private let places: [Int]
    private let line: StraightLine
    private let factors: TravelFactors.Mode
    private let batch: PlaceBatch
    /// `nil` by straight line.
    private let roads: Roads?

    private struct Roads {
      var search: RoadSearch
      var places: [RoadPosition?]
      var points: [RoadPosition?]
    }

    init(_ network: PaymentNetwork, places: [Int], mode: TravelMode, _ options: CoverageOptions) {
      self.network = network
      self.places = places
      line = StraightLine(mode: mode, factors: options.factors)
      factors = options.factors[mode]
      let latitudes = places.map { network.places.latitudes[$0] }
      let longitudes = places.map { network.places.longitudes[$0] }
      batch = PlaceBatch(latitudes: latitudes, longitudes: longitudes)
      guard options.travel == .roads else {
        roads = nil
        return
      }
      guard let roads = network.roads else {
        preconditionFailure("travel on roads needs a network with roads")
      }
      func positions(_ latitudes: [Double], _ longitudes: [Double]) -> [RoadPosition?] {
        roads.file.snapping.snap(
          latitudes: latitudes, longitudes: longitudes, mode: mode, options: roads.snapping
        ).map(\.position)
      }
      self.roads = Roads(
        search: RoadSearch(roads.file.graph(mode)), places: positions(latitudes, longitudes),
        points: positions(network.points.latitudes, network.points.longitudes))
    }

    /// The nearest of `points` to each place, nearest first; those beyond the limit may be left out.
    func nearest(_ k: Int, of points: [Int32], limit: TravelTime?) -> [[Reach.Entry]] {
      roads.map { alongRoads(k, of: points, limit: limit, $0) } ?? byLine(k, of: points)
    }

    private func byLine(_ k: Int, of points: [Int32]) -> [[Reach.Entry]] {
      let index = GridIndex(
        latitudes: points.map { network.points.latitudes[Int($0)] },
        longitudes: points.map { network.points.longitudes[Int($0)] })
      let table = index.nearest(min(k, points.count), toEach: batch)
      return places.indices.map { row in
        (row * table.k..<(row + 1) * table.k).filter { table.indices[$0] >= 0 }.map { slot in
          let meters = table.meters[slot]
          let seconds = line.seconds(over: .meters(meters), in: network.places.terrains[places[row]])
          return Reach.Entry(
            point: points[Int(table.indices[slot])], seconds: Int32(clamping: seconds),
            meters: Int32(meters.rounded()))
        }
      }
    }

    private func alongRoads(_ k: Int, of points: [Int32], limit: TravelTime?, _ roads: Roads)
      -> [[Reach.Entry]]
    {
      let most = limit.map { RoadWays.searchLimit(factors.roadLimit($0)) } ?? RoadSearch.longestMilliseconds
      let table = roads.search.nearest(
        min(k, points.count), of: points.map { roads.points[Int($0)] }, to: roads.places, within: most)
      return places.indices.map { row in
        (row * table.k..<(row + 1) * table.k).filter { table.points[$0] >= 0 }.map { slot in
          let milliseconds = factors.onRoads(
            table.milliseconds[slot], atMost: RoadSearch.longestMilliseconds)
          return Reach.Entry(
            point: points[Int(table.points[slot])],
            seconds: Int32((UInt64(milliseconds) + 999) / 1_000),
            meters: Int32((UInt64(table.millimeters[slot]) + 500) / 1_000))
        }
      }
    }
  }
}
