import Foundation
import Geo
import Travel

/// Which places would think of a point that opened at each of some sites, and how long their way would be.
///
/// A newcomer joins the choice of a place if it is no farther than the farthest of the place's nearest points, or where it is
/// a business hall, of its nearest halls. The points chosen among before stay: so a newcomer never helps another point.
public struct NewcomerReach: Sendable {
  /// One place within reach of a site.
  public struct Entry: Hashable, Sendable {
    /// The place, as a position in the place table.
    public let place: Int32
    /// Whole seconds on the way, rounded up.
    public let seconds: Int32
  }

  private let rowStart: [Int]
  private let entries: [Entry]

  /// How many sites there are.
  public var siteCount: Int { rowStart.count - 1 }

  /// The places of site `i`, ascending.
  ///
  /// - Complexity: O(1).
  public subscript(site: Int) -> ArraySlice<Entry> { entries[rowStart[site]..<rowStart[site + 1]] }

  /// Finds the places of each site.
  ///
  /// - Parameters:
  ///   - sites: where, and what would open.
  ///   - network: the places, and the roads where the options ask for them.
  ///   - reach: whom the places choose among now.
  ///   - options: how people travel, and how many points they choose among.
  /// - Complexity: O(*n* + *e*) searches for *n* places and *e* pairs found, by straight line; on roads one bounded search a
  ///   site.
  public init(
    of sites: CandidateTable, in network: PaymentNetwork, reach: Reach, _ options: ChoiceOptions
  ) {
    let limits = (0..<network.places.count).map {
      Limit(reach[$0], points: network.points, options.reach)
    }
    var rows: [(site: Int, entry: Entry)]
    switch options.travel {
    case .straight: rows = Self.straight(sites, network, limits, options.line)
    case .roads: rows = Self.onRoads(sites, network, limits, options)
    }
    rows.sort { ($0.site, $0.entry.place) < ($1.site, $1.entry.place) }
    var start = [Int](repeating: 0, count: sites.count + 1)
    for row in rows { start[row.site + 1] += 1 }
    for site in 0..<sites.count { start[site + 1] += start[site] }
    rowStart = start
    entries = rows.map(\.entry)
  }

  /// How far a place looks.
  private struct Limit {
    /// For a point of any kind, and for a business hall.
    var any: Reach.Entry?
    var hall: Reach.Entry?

    /// `nil` stands for no limit: the place has fewer points to choose among than it would consider.
    init(_ row: ArraySlice<Reach.Entry>, points: PointTable, _ reach: ChoiceReach) {
      any = reach.nearest > 0 && row.count >= reach.nearest ? row[row.startIndex + reach.nearest - 1] : nil
      let halls = row.filter { points.kinds[Int($0.point)] == .businessHall }
      let lastHall =
        reach.nearestHalls > 0 && halls.count >= reach.nearestHalls ? halls[reach.nearestHalls - 1] : nil
      if let any, let lastHall { hall = any.seconds > lastHall.seconds ? any : lastHall }
    }

    func admits(_ seconds: Int32, isHall: Bool) -> Bool {
      let limit = isHall ? hall : any
      return limit.map { seconds <= $0.seconds } ?? true
    }

    /// The greatest of both, as an entry; `nil` where one of them is unlimited.
    var widest: Reach.Entry? { any == nil ? nil : hall }
  }

  private static func straight(
    _ sites: CandidateTable, _ network: PaymentNetwork, _ limits: [Limit], _ line: StraightLine
  ) -> [(site: Int, entry: Entry)] {
    let index = GridIndex(latitudes: sites.latitudes, longitudes: sites.longitudes)
    let places = network.places
    var parts = [[(site: Int, entry: Entry)]](repeating: [], count: 64)
    parts.withUnsafeMutableBufferPointer { parts in
      nonisolated(unsafe) let parts = parts
      inParallel(over: places.count) { part, range in
        var rows: [(site: Int, entry: Entry)] = []
        for place in range {
          let here = places.coordinate(of: place)
          // Meters were rounded; the seconds decide.
          let found = limits[place].widest.map {
            index.indices(within: .meters(Double($0.meters) + 1), of: here)
          }
          for site in found ?? Array(0..<sites.count) {
            let meters = here.distance(to: sites.coordinate(of: site))
            let seconds = Int32(clamping: line.seconds(over: meters, in: places.terrains[place]))
            if limits[place].admits(seconds, isHall: sites.kinds[site] == .businessHall) {
              rows.append((site, Entry(place: Int32(place), seconds: seconds)))
            }
          }
        }
        parts[part] = rows
      }
    }
    return parts.flatMap { $0 }
  }

  private static func onRoads(
    _ sites: CandidateTable, _ network: PaymentNetwork, _ limits: [Limit], _ options: ChoiceOptions
  ) -> [(site: Int, entry: Entry)] {
    let mode = options.mode
    let factors = options.factors[mode]
    guard let roads = network.roads else { preconditionFailure("a network with roads is expected") }
    func positions(_ latitudes: [Double], _ longitudes: [Double]) -> [RoadPosition?] {
      roads.file.snapping.snap(
        latitudes: latitudes, longitudes: longitudes, mode: mode, options: roads.snapping
      ).map(\.position)
    }
    let widest = limits.map { $0.widest?.seconds ?? longestSeconds }.max() ?? 0
    // A second to spare for rounding; whole seconds decide.
    let limit = factors.roadLimit(.seconds(Int(min(widest, longestSeconds)))).seconds + 1
    let within = RoadSearch(roads.file.graph(mode)).within(
      UInt32(min(limit * 1_000, Int(RoadSearch.longestMilliseconds))),
      of: positions(sites.latitudes, sites.longitudes),
      to: positions(network.places.latitudes, network.places.longitudes))
    var rows: [(site: Int, entry: Entry)] = []
    for site in 0..<sites.count {
      for i in within.entries(ofPoint: site) {
        let milliseconds = factors.onRoads(within.milliseconds[i], atMost: RoadSearch.longestMilliseconds)
        let seconds = Int32((milliseconds + 999) / 1_000)
        if limits[Int(within.places[i])].admits(seconds, isHall: sites.kinds[site] == .businessHall) {
          rows.append((site, Entry(place: Int32(within.places[i]), seconds: seconds)))
        }
      }
    }
    return rows
  }

  /// Ways along the roads that take longer than a day are nobody's.
  private static let longestSeconds: Int32 = 86_400
}

extension PaymentForecast {
  /// What a point that opened at a site would get, and from whom.
  public struct Newcomer: Sendable {
    /// What it can expect.
    public let expectation: Expectation
    /// How many places would think of it.
    public let places: Int
    /// The points that lose, as positions in the point table, with payments a month: the largest loss first, equal ones in
    /// order of position. Losses add up to what the newcomer gets, but for places that reached no point before.
    public let losses: [(point: Int, payments: Double)]
  }

  /// What would happen if a point opened at one site, all else as it is.
  ///
  /// - Parameters:
  ///   - kind: what would open; `nil` for one that draws like the reference kind.
  ///   - counters: its counters; 0 where not known, which counts as one.
  ///   - row: the places that would think of it.
  /// - Complexity: O(*e p*) for *e* points within reach of these places and *p* parameters.
  public func newcomer(
    _ kind: PointKind?, counters: Int, row: ArraySlice<NewcomerReach.Entry>
  ) -> Newcomer {
    let model = estimate.model
    let size = model.parameterCount
    let own = kind ?? model.reference
    let attraction = model.logAttraction(of: own, counters: counters)
    var losses: [Int32: Double] = [:]
    var (expected, slope) = (0.0, [Double](repeating: 0, count: size))
    var x = [Double](repeating: 0, count: size)
    for entry in row {
      let place = Int(entry.place)
      let decay = model.logDecay(entry.seconds)
      // w ÷ (w + Σ), as the logistic function of the difference of the logarithms.
      let share = 1 / (1 + exp(shares.logSums[place] - decay.value - attraction))
      let payments = demand[place] * share
      expected += payments
      var mine = [Double](repeating: 0, count: size)
      mine[0] = decay.d0
      if model.decay.parameterCount > 1 { mine[1] = decay.d1 }
      if model.slot(of: own) >= 0 { mine[model.slot(of: own)] = 1 }
      if model.usesCounters { mine[size - 1] = log(Double(max(1, counters))) }
      for (other, others) in zip(shares.reach[place], shares[place]) {
        losses[other.point, default: 0] += payments * Double(others)
        x.withUnsafeMutableBufferPointer { _ = weightSlopes.write(other, into: $0.baseAddress!) }
        for p in 0..<size { slope[p] -= payments * (1 - share) * Double(others) * x[p] }
      }
      if !shares.reach[place].isEmpty {
        for p in 0..<size { slope[p] += payments * (1 - share) * mine[p] }
      }
    }
    return Newcomer(
      expectation: Expectation(
        expected: expected, parameterVariance: quadraticForm(estimate.covariance, slope), spread: spread),
      places: row.count,
      losses: losses.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { (Int($0.key), $0.value) })
  }

  /// What would happen at each candidate of the network, if it opened alone.
  ///
  /// - Complexity: that of the reach, and of each newcomer.
  public func newcomers(of network: PaymentNetwork) -> [Newcomer] {
    let sites = network.candidates
    let reach = NewcomerReach(of: sites, in: network, reach: shares.reach, estimate.options)
    return (0..<sites.count).map {
      newcomer(sites.kinds[$0], counters: Int(sites.counters[$0]), row: reach[$0])
    }
  }
}
