/// What became of a plan: its forecasts beside what the points took month by month (K15).
///
///     let truth = PlanVerification(of: promise, in: network)
///     truth.sites[0].months   // [2016-03: 271 payments, within the interval], ...
///     truth.errors.meanError  // 0.12: the forecasts were off by 12 % in the mean
///
/// A site is compared from its first full month on: that in which it opened on the first day, or the one after; where the
/// day is not stated, the one after the first month reported. The points that were there before are compared from the month in
/// which all sites that have opened are; the forecast for them supposes the whole plan. No month counts that the forecast
/// knew, nor the one in which a point closed. Months are taken as they are: a usual month was forecast, so seasons show as errors.
public struct PlanVerification: Sendable {
  /// A month of a point.
  public struct Month: Hashable, Sendable {
    /// `YYYY-MM`.
    public let name: String
    /// What the point took.
    public let payments: Int
    /// Whether that lies within the interval.
    public let isWithin: Bool
  }

  /// A site of the plan.
  public struct Site: Hashable, Sendable {
    /// The point it has become; `nil` where it has not opened.
    public let match: PlanPromise.Match?
    /// The first month compared, as `YYYY-MM`; `nil` where it is not known yet.
    public let from: String?
    /// The months compared, ascending; none where nothing was forecast.
    public let months: [Month]
  }

  /// A point that was there before.
  public struct Point: Hashable, Sendable {
    /// Its position in the point table.
    public let point: Int
    /// What was forecast for it.
    public let forecast: PlanPromise.Forecast
    /// The months compared, ascending.
    public let months: [Month]
  }

  /// How near forecasts came.
  public struct Errors: Hashable, Sendable {
    /// How many months of points were compared.
    public private(set) var count = 0
    /// What was forecast for these, and what was taken.
    public private(set) var forecast = 0.0, taken = 0
    private var within = 0, absolute = 0.0, relative = 0.0, relatives = 0

    /// The mean of |taken - forecast| ÷ taken, over months in which anything was (MAPE).
    public var meanError: Double? { relatives > 0 ? relative / Double(relatives) : nil }
    /// The sum of |taken - forecast| ÷ the sum taken.
    public var weightedError: Double? { taken > 0 ? absolute / Double(taken) : nil }
    /// The share of months within their interval.
    public var hitRate: Double? { count > 0 ? Double(within) / Double(count) : nil }

    /// Nothing compared.
    public init() {}

    mutating func add(_ payments: Int, isWithin: Bool, _ forecast: Double) {
      count += 1
      self.forecast += forecast
      taken = taken.addingReportingOverflow(payments).overflow ? .max : taken + payments
      if isWithin { within += 1 }
      let error = abs(Double(payments) - forecast)
      absolute += error
      if payments > 0 {
        relative += error / Double(payments)
        relatives += 1
      }
    }
  }

  /// A month of all that were compared in it.
  public struct Total: Hashable, Sendable {
    /// `YYYY-MM`.
    public let name: String
    /// Of the sites.
    public fileprivate(set) var sites = Errors()
    /// Of the points that were there before.
    public fileprivate(set) var points = Errors()
  }

  /// The sites, in the plan's order.
  public let sites: [Site]
  /// The points that were there before and were compared, in the order of the point table.
  public let points: [Point]
  /// The months in which anything was compared, ascending.
  public let months: [Total]
  /// Of the sites, and of the points that were there before, over all months.
  public let siteErrors: Errors, pointErrors: Errors
  /// After 3, 6 and 12 months: the mean of so many first months of each site that has reported them, beside its forecast.
  public let horizons: [(months: Int, errors: Errors)]

  /// Whether all sites have opened.
  public var isWhole: Bool { sites.allSatisfy { $0.match != nil } }
  /// Whether nothing could be compared.
  public var isEmpty: Bool { months.isEmpty }

  /// Compares.
  ///
  /// - Complexity: O(sites × points + volumes).
  public init(of promise: PlanPromise, in network: PaymentNetwork) {
    let reports = Reports(network, after: promise.volumesUntil)
    let matches = promise.matches(in: network.points)
    sites = zip(promise.sites, matches).map { site, match in
      let from = match.flatMap { reports.firstFullMonth(of: $0.point) }
      guard let match, let from, let forecast = site.forecast else {
        return Site(match: match, from: from, months: [])
      }
      return Site(match: match, from: from, months: reports.months(of: match.point, from: from, forecast))
    }
    let opened = Set(matches.compactMap { $0?.point })
    var points: [Point] = []
    if let from = sites.compactMap(\.from).max() {
      for point in 0..<network.points.count where !opened.contains(point) {
        guard let forecast = promise.points[network.points.ids[point]] ?? nil else { continue }
        let months = reports.months(of: point, from: from, forecast)
        if !months.isEmpty { points.append(Point(point: point, forecast: forecast, months: months)) }
      }
    }
    self.points = points

    var totals: [String: Total] = [:]
    var (siteErrors, pointErrors) = (Errors(), Errors())
    for (site, promised) in zip(sites, promise.sites) {
      for month in site.months {
        let expected = promised.forecast?.expected ?? 0
        siteErrors.add(month.payments, isWithin: month.isWithin, expected)
        totals[month.name, default: Total(name: month.name)].sites.add(
          month.payments, isWithin: month.isWithin, expected)
      }
    }
    for point in points {
      for month in point.months {
        pointErrors.add(month.payments, isWithin: month.isWithin, point.forecast.expected)
        totals[month.name, default: Total(name: month.name)].points.add(
          month.payments, isWithin: month.isWithin, point.forecast.expected)
      }
    }
    months = totals.values.sorted { $0.name < $1.name }
    (self.siteErrors, self.pointErrors) = (siteErrors, pointErrors)
    let pairs = zip(sites, promise.sites)
    horizons = [3, 6, 12].map { length in
      var errors = Errors()
      for (site, promised) in pairs where site.months.count >= length {
        guard let forecast = promised.forecast else { continue }
        let sum = site.months.prefix(length).reduce(0.0) { $0 + Double($1.payments) }
        let mean = sum / Double(length)
        errors.add(
          Int(min(mean, 9e18).rounded()), isWithin: forecast.interval.contains(mean), forecast.expected)
      }
      return (length, errors)
    }
  }
}

/// The months that each point reported after those a forecast knew.
private struct Reports {
  private let points: PointTable
  private var rows: [[(month: String, payments: Int)]]

  init(_ network: PaymentNetwork, after last: String) {
    points = network.points
    rows = [[(month: String, payments: Int)]](repeating: [], count: network.points.count)
    let volumes = network.volumes
    for row in 0..<volumes.count where volumes.payments[row] >= 0 {
      let month = volumes.months[Int(volumes.monthIndices[row])]
      let point = Int(volumes.points[row])
      if month > last, rows[point].last?.month != month { rows[point].append((month, volumes.payments[row])) }
    }
  }

  /// The first month that a point was open from its first day on, as far as is known.
  func firstFullMonth(of point: Int) -> String? {
    let opened = points.openedOn[point]
    guard opened.utf8.count >= 10 else { return rows[point].dropFirst().first?.month }
    let month = String(opened.prefix(7))
    return opened.hasSuffix("-01") ? month : following(month)
  }

  func months(of point: Int, from: String, _ forecast: PlanPromise.Forecast) -> [PlanVerification.Month] {
    let closed = points.closedOn[point].prefix(7)
    return rows[point].filter { $0.month >= from && (closed.isEmpty || $0.month < closed) }.map {
      .init(
        name: $0.month, payments: $0.payments, isWithin: forecast.interval.contains(Double($0.payments)))
    }
  }

  /// The month after `YYYY-MM`.
  private func following(_ month: String) -> String {
    let parts = month.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2 else { return month }
    let (year, next) = parts[1] >= 12 ? (parts[0] + 1, 1) : (parts[0], parts[1] + 1)
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return padded(year, 4) + "-" + padded(next, 2)
  }
}
