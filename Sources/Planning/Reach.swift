import Geo
import Travel

/// Which payment points each place can reach, in whole seconds and whole meters.
///
/// This is the whole of what travel means to the questions asked of a network: straight lines, roads and
/// hand-made exceptions all end as one `Reach`, so a question can be tested with five rows typed by hand.
///
///     let reach = Reach(pointCount: 2, rows: [[.init(point: 1, seconds: 540, meters: 519)], []])
///     reach[0].first?.point  // 1
///     reach[1].isEmpty       // true: place 1 reaches nothing
public struct Reach: Hashable, Sendable {
  /// One point within reach of a place.
  public struct Entry: Hashable, Sendable {
    /// The point, as a position in the point table.
    public var point: Int32
    /// Whole seconds on the way, rounded up.
    public var seconds: Int32
    /// Whole meters, rounded to the nearest: great circle by straight line, along the road on roads.
    public var meters: Int32

    /// Describes a point within reach.
    public init(point: Int32, seconds: Int32, meters: Int32) {
      self.point = point
      self.seconds = seconds
      self.meters = meters
    }
  }

  /// How many points there are to reach.
  public let pointCount: Int

  // The row of place i is entries[rowStart[i]..<rowStart[i + 1]], nearest first.
  private let rowStart: [Int]
  private let entries: [Entry]

  /// Creates a reach from one row per place, nearest point first.
  ///
  /// - Precondition: every point lies in `0..<pointCount`.
  public init(pointCount: Int, rows: [[Entry]]) {
    var start = [0]
    start.reserveCapacity(rows.count + 1)
    var all: [Entry] = []
    for row in rows {
      precondition(
        row.allSatisfy { (0..<Int32(pointCount)).contains($0.point) }, "a point that does not exist")
      all += row
      start.append(all.count)
    }
    self.pointCount = pointCount
    rowStart = start
    entries = all
  }

  /// Creates a reach from rows laid end to end: that of place `i` is `entries[rowStart[i]..<rowStart[i + 1]]`.
  init(pointCount: Int, rowStart: [Int], entries: [Entry]) {
    precondition(rowStart.last == entries.count, "rows that end where the entries do are expected")
    self.pointCount = pointCount
    self.rowStart = rowStart
    self.entries = entries
  }

  /// Lends the rows, laid end to end, to a kernel.
  func withRows<Answer>(_ body: (_ start: UnsafeBufferPointer<Int>, UnsafeBufferPointer<Entry>) -> Answer)
    -> Answer
  {
    rowStart.withUnsafeBufferPointer { start in
      entries.withUnsafeBufferPointer { entries in body(start, entries) }
    }
  }

  /// How many entries all rows have.
  public var entryCount: Int { entries.count }

  /// Where the row of place `i` lies among all entries.
  ///
  /// - Complexity: O(1).
  public func row(of place: Int) -> Range<Int> { rowStart[place]..<rowStart[place + 1] }

  /// How many places there are.
  public var placeCount: Int { rowStart.count - 1 }

  /// The points place `i` reaches, nearest first.
  ///
  /// - Complexity: O(1).
  public subscript(place: Int) -> ArraySlice<Entry> { entries[rowStart[place]..<rowStart[place + 1]] }
}

extension Reach {
  /// The points nearest to each place by straight line, at most two: enough to know whether a place is served and
  /// whether it still is when any one point closes.
  ///
  /// The nearest are those at the least great-circle distance, equal distances by the lower id; the terrain
  /// stretches all ways of a place alike.
  ///
  /// - Parameters:
  ///   - table: the places; row `i` of the result is place `i`'s.
  ///   - nearest: the nearest of `points` to each place, at least one column.
  ///   - points: the positions in the point table that the columns of `nearest` count, ascending.
  ///   - pointCount: the size of the point table.
  ///   - standard: how customers of a setting travel, and whether the way home counts.
  ///   - factors: how fast they are and how their ways wind.
  /// - Complexity: O(*n*) for *n* places.
  init(
    of table: PlaceTable, nearest: NearestTable, points: [Int32], pointCount: Int,
    standard: ServiceStandard, factors: TravelFactors = .defaults
  ) {
    let town = StraightLine(mode: standard.mode(of: .town), factors: factors)
    let village = StraightLine(mode: standard.mode(of: .village), factors: factors)
    let trips = standard.countsReturn ? 2.0 : 1
    var start = [0]
    start.reserveCapacity(table.count + 1)
    var all: [Entry] = []
    all.reserveCapacity(nearest.indices.count)
    for i in 0..<table.count {
      let line = table.settings[i] == .town ? town : village
      for slot in i * nearest.k..<(i + 1) * nearest.k where nearest.indices[slot] >= 0 {
        let meters = nearest.meters[slot]
        all.append(
          Entry(
            point: points[Int(nearest.indices[slot])],
            seconds: Int32(clamping: line.seconds(over: .meters(trips * meters), in: table.terrains[i])),
            meters: Int32((trips * meters).rounded())))
      }
      start.append(all.count)
    }
    self.pointCount = pointCount
    rowStart = start
    entries = all
  }

  /// The points where people are done first by straight line, at most two: those of the least sum of the way and the
  /// point's delay, equal sums by the lower position. The seconds are that sum.
  ///
  /// The way to the k-th nearest bounds the ways to all beyond: once it, with the least delay of all, exceeds the second best
  /// sum, nobody beyond can be better. Where it does not, four times as many points are looked at.
  ///
  /// - Parameter delays: by point of the network, whole seconds, at least 0.
  /// - Complexity: O(*m* *k* log *n*) for *m* places and *n* points, of which the *k* nearest had to be looked at.
  init(
    of table: PlaceTable, index: GridIndex, points: [Int32], pointCount: Int, standard: ServiceStandard,
    factors: TravelFactors, delays: [Int32]
  ) {
    let town = StraightLine(mode: standard.mode(of: .town), factors: factors)
    let village = StraightLine(mode: standard.mode(of: .village), factors: factors)
    let trips = standard.countsReturn ? 2.0 : 1
    let leastDelay = points.map { delays[Int($0)] }.min() ?? 0
    var rows = [[Entry]](repeating: [], count: table.count)
    var open = points.isEmpty ? [] : Array(0..<table.count)
    var k = 4
    while !open.isEmpty {
      var left: [Int] = []
      // As many places at a time as there is room for their neighbors.
      let step = max(1, 4_000_000 / k)
      for start in stride(from: 0, to: open.count, by: step) {
        let part = open[start..<min(open.count, start + step)]
        let nearest = index.nearest(
          k, toEachLatitude: part.map { table.latitudes[$0] }, longitude: part.map { table.longitudes[$0] })
        for (row, i) in part.enumerated() {
          let line = table.settings[i] == .town ? town : village
          var farthest = Int32(0)
          var best: [Entry] = []
          for slot in row * k..<(row + 1) * k where nearest.indices[slot] >= 0 {
            let point = points[Int(nearest.indices[slot])]
            let meters = trips * nearest.meters[slot]
            farthest = Int32(clamping: line.seconds(over: .meters(meters), in: table.terrains[i]))
            let sum = farthest.addingReportingOverflow(delays[Int(point)])
            best.append(
              Entry(
                point: point, seconds: sum.overflow ? .max : sum.partialValue, meters: Int32(meters.rounded())
              ))
          }
          best.sort { ($0.seconds, $0.point) < ($1.seconds, $1.point) }
          let isProven = best.count >= 2 && Int(best[1].seconds) < Int(farthest) + Int(leastDelay)
          if isProven || k >= points.count {
            rows[i] = Array(best.prefix(2))
          } else {
            left.append(i)
          }
        }
      }
      open = left
      k = min(max(4, points.count), 4 * k)
    }
    self.init(pointCount: pointCount, rows: rows)
  }
}
