import Travel

/// What one place adds to the figures.
struct PlaceFigures {
  var setting: Setting
  var township: Int
  var customers: Int
  /// In the weight that was asked for.
  var weight: Int
  /// In-person payments a month.
  var payments: Int
  /// Elderly customers; `nil` where their share is not known.
  var elderly: Int?
  var isServed: Bool
  /// Whether it still is when any one point closes.
  var hasBackup: Bool
  /// What a change of speeds does to the verdict.
  var change: VerdictChange?
  /// Seconds and meters to the nearest point that counts; `nil` where it reaches none.
  var way: (seconds: Int, meters: Int)?
}

extension PlaceFigures {
  /// What place `i` of a table adds, with the verdict on it.
  init(
    of i: Int, in places: PlaceTable, weight: CoverageOptions.Weight, isServed: Bool, hasBackup: Bool,
    change: VerdictChange?, way: (seconds: Int, meters: Int)?
  ) {
    self.init(
      setting: places.settings[i], township: Int(places.townships[i]), customers: places.customers[i],
      weight: places.weight(of: i, by: weight), payments: places.weight(of: i, by: .payments),
      elderly: places.elderlyShares[i].isNaN ? nil : places.weight(of: i, by: .elderly), isServed: isServed,
      hasBackup: hasBackup, change: change, way: way)
  }
}

/// What becomes of a verdict when everybody is slower or faster.
enum VerdictChange: UInt8 {
  case lost = 1
  case gained
}

extension VerdictChange {
  /// The change by `SpeedSensitivity.percent`: whole seconds are compared, so it is exact.
  ///
  /// - Parameters:
  ///   - seconds: on the way.
  ///   - delay: besides the way; nobody waits less for walking faster.
  ///   - limit: for both together.
  init?(isServed: Bool, seconds: Int, delay: Int = 0, limit: TravelTime) {
    let percent = CoverageSummary.SpeedSensitivity.percent
    let left = limit.seconds - delay
    switch isServed {
    case true where seconds * 100 > left * (100 - percent): self = .lost
    case false where seconds * 100 <= left * (100 + percent): self = .gained
    default: return nil
    }
  }
}

extension ServiceStandard {
  /// How long a customer of a setting may travel; `nil` where minutes do not matter.
  func limit(of setting: Setting) -> TravelTime? {
    switch (setting, village) {
    case (.town, _): townLimit
    case (.village, .within(let limit, _)): limit
    case (.village, .pointInVillage): nil
    }
  }
}

/// Adds places up to figures, and takes them out again.
///
/// All sums are whole numbers, so places may come and go in any order: the figures are those of the places that are in.
struct CoverageTally: Sendable {
  private var figures = CoverageSummary()
  private var backedUp = 0
  private var elderly = Tally()
  /// Places whose share of elderly customers is known.
  private var knownElderly = 0
  private var townships: [Tally]
  private var seconds = WeightedHistogram()
  private var meters = WeightedHistogram()
  private var burdenSeconds = WholeSum()

  /// Nobody, of so many townships.
  init(townshipCount: Int) { townships = .init(repeating: Tally(), count: townshipCount) }

  /// Counts a place.
  ///
  /// - Complexity: O(1).
  mutating func add(_ place: PlaceFigures) {
    count(place, 1)
    guard let way = place.way else { return }
    seconds.add(way.seconds, weight: place.weight)
    meters.add(way.meters, weight: place.weight)
    burdenSeconds.add(place.payments, times: 24 * way.seconds)
  }

  /// Takes a place out that was counted with the same figures.
  ///
  /// - Complexity: O(1).
  mutating func subtract(_ place: PlaceFigures) {
    count(place, -1)
    guard let way = place.way else { return }
    seconds.subtract(way.seconds, weight: place.weight)
    meters.subtract(way.meters, weight: place.weight)
    burdenSeconds.subtract(place.payments, times: 24 * way.seconds)
  }

  private mutating func count(_ place: PlaceFigures, _ sign: Int) {
    let (customers, isServed) = (sign * place.customers, place.isServed)
    figures.all.add(sign, customers: customers, isServed: isServed)
    switch place.setting {
    case .town: figures.town.add(sign, customers: customers, isServed: isServed)
    case .village: figures.village.add(sign, customers: customers, isServed: isServed)
    }
    townships[place.township].add(customers, isServed: isServed)
    if place.hasBackup { backedUp += customers }
    if let count = place.elderly {
      knownElderly += sign
      elderly.add(sign * count, isServed: isServed)
    }
    figures.weighted.add(sign * place.weight, isServed: isServed)
    switch place.change {
    case .lost: figures.sensitivity.lost += customers
    case .gained: figures.sensitivity.gained += customers
    case nil: break
    }
    if place.way == nil { figures.unreachable += sign }
  }

  /// Whether the same places are in, as far as any figure shows.
  func equals(_ other: CoverageTally) -> Bool {
    figures == other.figures && backedUp == other.backedUp && elderly == other.elderly
      && knownElderly == other.knownElderly && townships == other.townships
      && burdenSeconds == other.burdenSeconds && seconds.equals(other.seconds) && meters.equals(other.meters)
  }

  /// The figures of the places that are in; the ladder of villages is the caller's to fill.
  ///
  /// - Complexity: O(*s* + *t*) for *s* different seconds and *t* townships.
  var summary: CoverageSummary {
    var summary = figures
    let total = summary.all.customers.total
    summary.seconds = seconds.distribution
    summary.meters = meters.distribution
    summary.backupShare = total == 0 ? nil : Double(backedUp) / Double(total)
    summary.roundTripHoursPerYear = burdenSeconds.value / 3600
    let bins = seconds.bins
    summary.equity.worstTenthMeanSeconds = worstTenthMean(bins)
    summary.equity.gini = gini(bins)
    if knownElderly > 0, let allShare = summary.all.customers.share, let elderlyShare = elderly.share {
      summary.equity.elderlyGap = allShare - elderlyShare
    }
    summary.equity.lowestTownshipShare = townships.reduce(nil as Double?) { lowest, township in
      guard let share = township.share else { return lowest }
      return min(lowest ?? share, share)
    }
    return summary
  }
}

extension Tally {
  mutating func add(_ amount: Int, isServed: Bool) {
    total += amount
    if isServed { served += amount }
  }
}

extension CoverageSummary.Population {
  mutating func add(_ count: Int = 1, customers: Int, isServed: Bool) {
    places.add(count, isServed: isServed)
    self.customers.add(customers, isServed: isServed)
  }
}
