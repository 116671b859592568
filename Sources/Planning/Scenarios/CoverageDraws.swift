import Geo
import Travel

/// How many customers are served under factors that could as well be true.
public struct CoverageDraws: Hashable, Sendable {
  /// Customers served, draw by draw.
  public let served: [Int]
  /// All customers.
  public let customers: Int

  /// The smallest number that at least so many per cent of the draws do not exceed; `nil` without draws.
  ///
  /// - Complexity: O(*n* log *n*).
  public func percentile(_ percent: Int) -> Int? {
    precondition((1...100).contains(percent), "a percentile is 1...100, not \(percent)")
    guard !served.isEmpty else { return nil }
    return served.sorted()[(served.count * percent + 99) / 100 - 1]
  }

  /// The mean; `nil` without draws.
  public var mean: Double? {
    served.isEmpty ? nil : served.reduce(0.0) { $0 + Double($1) } / Double(served.count)
  }

  /// In how many draws these serve more than others, as many, and fewer: draw by draw, under the same factors.
  ///
  /// - Precondition: there are as many draws.
  public func compared(with other: CoverageDraws) -> (better: Int, equal: Int, worse: Int) {
    precondition(served.count == other.served.count, "as many draws are expected")
    return zip(served, other.served).reduce((0, 0, 0)) { sums, pair in
      pair.0 > pair.1
        ? (sums.0 + 1, sums.1, sums.2)
        : pair.0 == pair.1 ? (sums.0, sums.1 + 1, sums.2) : (sums.0, sums.1, sums.2 + 1)
    }
  }
}

extension PaymentNetwork {
  /// Customers served under drawn factors of travel: each draw is what `coverage` answers with those factors.
  ///
  ///     let draws = network.coverageDraws(options, .init(calibration, about: options.factors), count: 200, seed: 1)
  ///     draws.percentile(5), draws.percentile(95)
  ///
  /// The nearest point stays the nearest whatever the factors, so the ways are found once.
  ///
  /// - Precondition: on roads, `roads` is not `nil`.
  /// - Complexity: that of finding the nearest points, and O(*places*) for each draw.
  public func coverageDraws(
    _ options: CoverageOptions, _ uncertainty: FactorUncertainty, count: Int, seed: UInt64
  ) -> CoverageDraws {
    let filter = PointFilter(options)
    let counts = (0..<points.count).map { filter.counts($0, in: points) }
    let counting = (0..<Int32(points.count)).filter { counts[Int($0)] }
    var ways: RoadWays?
    if options.travel == .roads {
      guard let roads else { preconditionFailure("travel on roads needs a network with roads") }
      ways = RoadWays(roads, of: self, standard: options.standard, factors: options.factors)
    }
    let judge = Judge(
      self, standard: options.standard, factors: options.factors, counts: counts, ways: ways)
    let standard = options.standard
    let milliseconds = ways?.nearestMilliseconds(of: counting, to: places, mode: standard.mode(of:))
    let trips = standard.countsReturn ? 2.0 : 1

    // Whoever is judged by a point in the village is served or not whatever the factors.
    var always = 0
    var judged: [(place: Int, limit: Int)] = []
    for place in 0..<places.count {
      switch (places.settings[place], standard.village) {
      case (.village, .pointInVillage):
        if judge.verdict(on: place).isServed { always += places.customers[place] }
      case (.village, .within(let limit, _)): judged.append((place, limit.seconds))
      case (.town, _): judged.append((place, standard.townLimit.seconds))
      }
    }
    let served = (0..<max(0, count)).map { number -> Int in
      let factors = uncertainty.draw(number, seed: seed)
      let lines = Setting.allCases.map { StraightLine(mode: standard.mode(of: $0), factors: factors) }
      return judged.reduce(always) { sum, one in
        let (place, limit) = one
        let setting = places.settings[place]
        let seconds: Int
        if let milliseconds {
          guard let time = milliseconds[place] else { return sum }
          let felt = factors[standard.mode(of: setting)].onRoads(time, atMost: RoadSearch.longestMilliseconds)
          seconds = Int((UInt64(felt) + 999) / 1_000)
        } else {
          guard let meters = judge.metersToNearest(place) else { return sum }
          let line = lines[Int(setting.rawValue)]
          seconds = line.seconds(over: .meters(trips * meters), in: places.terrains[place])
        }
        return seconds <= limit ? sum + places.customers[place] : sum
      }
    }
    return CoverageDraws(served: served, customers: places.customers.reduce(0, +))
  }
}
