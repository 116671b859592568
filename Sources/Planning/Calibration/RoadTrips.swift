import Travel

/// How long the trips of the surveys take along the roads, beside how long people said.
struct RoadTrips {
  /// The seconds told and those along the roads, of each mode and terrain in the order of `FactorEstimates.all`.
  private(set) var pairs: (byCell: [[RatioSample.Pair]], off: [Int32])

  /// Ways along the roads that take longer are not looked for: four hours.
  private static let longestMilliseconds: UInt32 = 14_400_000
  /// Below half a minute, minutes told in whole numbers say nothing of a ratio.
  private static let leastMilliseconds: UInt32 = 30_000
  /// How many points are searched from at a time, which bounds the memory.
  private static let pointsAtATime = 1_024

  /// Searches from each point that somebody went to, by each mode.
  ///
  /// - Complexity: one bounded search a point and mode.
  init(_ trips: SurveyTrips, of network: PaymentNetwork, _ roads: NetworkRoads) {
    pairs = ([[RatioSample.Pair]](repeating: [], count: FactorEstimates.all.count), [])
    for mode in TravelMode.allCases {
      let rows = (0..<trips.count).filter {
        trips.mode(of: $0) == mode && trips.minutes(of: $0) != nil && trips.isApart($0)
      }.sorted { (trips.surveys.points[$0], $0) < (trips.surveys.points[$1], $1) }
      var start = 0
      while start < rows.count {
        var end = start
        var points: [Int32] = []
        while end < rows.count {
          let point = trips.surveys.points[rows[end]]
          if points.last != point {
            if points.count == Self.pointsAtATime { break }
            points.append(point)
          }
          end += 1
        }
        add(rows[start..<end], points, mode, trips, network, roads)
        start = end
      }
    }
    pairs.off.sort()
  }

  private mutating func add(
    _ rows: ArraySlice<Int>, _ points: [Int32], _ mode: TravelMode, _ trips: SurveyTrips,
    _ network: PaymentNetwork, _ roads: NetworkRoads
  ) {
    let places = Set(rows.map { trips.surveys.places[$0] }).sorted()
    func snap(_ latitudes: [Double], _ longitudes: [Double]) -> [RoadPosition?] {
      roads.file.snapping.snap(
        latitudes: latitudes, longitudes: longitudes, mode: mode, options: roads.snapping
      ).map(\.position)
    }
    let (placeTable, pointTable) = (network.places, network.points)
    let within = RoadSearch(roads.file.graph(mode)).within(
      Self.longestMilliseconds,
      of: snap(
        points.map { pointTable.latitudes[Int($0)] }, points.map { pointTable.longitudes[Int($0)] }),
      to: snap(
        places.map { placeTable.latitudes[Int($0)] }, places.map { placeTable.longitudes[Int($0)] }))
    var point = 0
    for row in rows {
      while points[point] != trips.surveys.points[row] { point += 1 }
      guard let place = places.position(of: trips.surveys.places[row]),
        let milliseconds = within.milliseconds(ofPoint: point, place: UInt32(place)),
        let minutes = trips.minutes(of: row)
      else {
        pairs.off.append(Int32(row))
        continue
      }
      guard milliseconds >= Self.leastMilliseconds else { continue }
      pairs.byCell[FactorEstimates.position(of: mode, trips.terrains[row])].append(
        .init(part: minutes * 60, whole: Double(milliseconds) / 1_000, row: Int32(row)))
    }
  }
}

extension [Int32] {
  /// The position of `value` in the ascending array.
  fileprivate func position(of value: Int32) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == value ? low : nil
  }
}

extension RoadsWithin {
  /// How long it takes from a place to a point; `nil` where that is past the limit.
  fileprivate func milliseconds(ofPoint point: Int, place: UInt32) -> UInt32? {
    var range = entries(ofPoint: point)
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if places[middle] == place { return milliseconds[middle] }
      range = places[middle] < place ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}
