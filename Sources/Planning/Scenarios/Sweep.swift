public import Travel

/// What is varied, one value after another, beside a scenario.
public enum Sweep: Hashable, Sendable {
  /// The share on fee control everywhere.
  case feeControl([Double])
  /// The factor of all customers, in millionths.
  case grow([Int])
  /// The longest way that counts as served.
  case within([TravelTime])
  /// A candidate opened, one at a time.
  case open([String])
  /// A point closed, one at a time.
  case close([String])
}

/// The figures of one value of a sweep.
public struct SweepStep: Hashable, Sendable {
  /// Where it stands on an axis: the share, the factor, the seconds; for candidates and points, how many came before.
  public var position: Double
  /// The id of the candidate or point; empty for numbers.
  public var id: String
  /// Customers, and how many of them are served.
  public var customers: Tally
  /// The elderly ones.
  public var elderly: Tally
  /// The weighted mean of seconds to the nearest point; `nil` where nobody reaches any.
  public var meanSeconds: Double?
  /// Villages with a point that counts.
  public var villagesWithPoint: Int
  /// Payments in person a month; `nil` where nothing says where people go.
  public var payments: Double?
  /// The same by working point.
  public var paymentsPerPoint: Double?
  /// Points that earn fees and take fewer payments than they need; `nil` without volumes.
  public var belowBreakEven: Int?

  /// Puts the figures of a step together.
  public init(
    position: Double, id: String, customers: Tally, elderly: Tally, meanSeconds: Double?,
    villagesWithPoint: Int,
    payments: Double?, paymentsPerPoint: Double?, belowBreakEven: Int?
  ) {
    self.position = position
    self.id = id
    self.customers = customers
    self.elderly = elderly
    self.meanSeconds = meanSeconds
    self.villagesWithPoint = villagesWithPoint
    self.payments = payments
    self.paymentsPerPoint = paymentsPerPoint
    self.belowBreakEven = belowBreakEven
  }
}

extension ScenarioBaseline {
  /// The figures of a scenario with each value of a sweep after its own changes.
  ///
  /// - Throws: a change that cannot be made; one of the sweep's own has the position after the last of the scenario's.
  /// - Complexity: that of `coverage` for each value, and of `PaymentForecast` where it is known where people go.
  public func steps(of sweep: Sweep, beside scenario: Scenario = .init()) throws(ChangeError) -> [SweepStep] {
    var steps: [SweepStep] = []
    func add(_ position: Double, _ id: String, _ change: Change?, _ options: CoverageOptions)
      throws(ChangeError)
    {
      let changes = scenario.changes + (change.map { [$0] } ?? [])
      var step = try step(changes, options)
      step.position = position
      step.id = id
      steps.append(step)
    }
    switch sweep {
    case .feeControl(let shares):
      for share in shares { try add(share, "", .feeControl(township: nil, share: share), options) }
    case .grow(let factors):
      for factor in factors {
        try add(Double(factor) / 1_000_000, "", .grow(township: nil, millionths: factor), options)
      }
    case .within(let limits):
      for limit in limits {
        var options = options
        options.standard.limit(to: limit)
        try add(Double(limit.seconds), "", nil, options)
      }
    case .open(let ids):
      for (number, id) in ids.enumerated() {
        var point = OpenedPoint()
        point.candidate = id
        try add(Double(number), id, .open(point), options)
      }
    case .close(let ids):
      for (number, id) in ids.enumerated() { try add(Double(number), id, .close(point: id), options) }
    }
    return steps
  }

  private func step(_ changes: [Change], _ options: CoverageOptions) throws(ChangeError) -> SweepStep {
    try requireRoads(for: changes)
    let after = try network.applying(changes)
    let coverage = Planning.coverage(of: after, options)
    var elderly = Tally()
    for place in 0..<after.places.count {
      elderly.add(after.places.weight(of: place, by: .elderly), isServed: coverage.isServed[place])
    }
    let working = after.points.statuses.count { $0 == .active }
    let payments = demand?.payments(of: after, closed: [])
    var belowBreakEven: Int?
    if let payments, network.volumes.count > 0 {
      var expected = after
      expected.volumes = payments.volumes(beside: network.volumes)
      belowBreakEven = PointViability(expected, viabilityOptions).belowBreakEven
    }
    return SweepStep(
      position: 0, id: "", customers: coverage.summary.all.customers, elderly: elderly,
      meanSeconds: coverage.summary.seconds.mean, villagesWithPoint: coverage.summary.villages.withPoint,
      payments: payments?.totalAfter,
      paymentsPerPoint: working == 0 ? nil : payments.map { $0.totalAfter / Double(working) },
      belowBreakEven: belowBreakEven)
  }

  /// Makes sure that no road is closed where travel uses none.
  func requireRoads(for changes: [Change]) throws(ChangeError) {
    guard options.travel == .straight else { return }
    for (number, change) in changes.enumerated() {
      if case .closeRoad = change { throw ChangeError(change: number, reason: .noRoads) }
    }
  }
}
