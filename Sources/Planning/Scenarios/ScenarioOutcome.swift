/// What a scenario changes: who is served before and after, and what becomes of the points.
///
///     let baseline = ScenarioBaseline(of: network, options, surveys)
///     let outcome = try baseline.outcome(of: scenario)
///     outcome.gained  // places served after and not before
///
/// Both sides are answered afresh by the same functions, so an empty scenario changes nothing, exactly.
public struct ScenarioOutcome: Sendable {
  /// What was changed.
  public let scenario: Scenario
  /// The network before.
  public let networkBefore: PaymentNetwork
  /// The network after; its first points are those of `networkBefore`, in the same order.
  public let network: PaymentNetwork
  /// Who is served before, with a line for each township.
  public let before: Coverage
  /// The same after.
  public let after: Coverage
  /// What closing any one point would mean, before.
  public let assuranceBefore: Assurance
  /// The same after.
  public let assuranceAfter: Assurance
  /// The points opened, as positions in the table after, ascending.
  public let opened: [Int]
  /// The points that worked before and do not after, ascending.
  public let closed: [Int]
  /// The points that are elsewhere, ascending.
  public let moved: [Int]
  /// The points of which something else was said, those that work again among them, ascending.
  public let altered: [Int]
  /// The payments of a usual month; `nil` where neither surveys nor volumes say where people go.
  public let payments: ScenarioPayments?
  /// The peak at the counters before and after; `nil` without volumes or `payments`.
  public let waiting: (before: Waiting, after: Waiting)?
  /// Which points really work, before; those opened are not known yet.
  public let activity: (before: PointActivity, after: PointActivity)
  /// Whether it pays to run each point, by the payments expected; `nil` as `waiting`.
  public let viability: (before: PointViability, after: PointViability)?

  /// Places served after and not before, ascending.
  public var gained: [Int] { before.isServed.indices.filter { !before.isServed[$0] && after.isServed[$0] } }
  /// Places served before and not after, ascending.
  public var lost: [Int] { before.isServed.indices.filter { before.isServed[$0] && !after.isServed[$0] } }

  /// Elderly customers of a place before or after, rounded to the nearest; 0 where the share is not known.
  public func elderly(ofPlace place: Int, after isAfter: Bool) -> Int {
    (isAfter ? network : networkBefore).places.weight(of: place, by: .elderly)
  }

  /// The elderly customers, and how many of them are served.
  public func elderly(after isAfter: Bool) -> Tally {
    let served = isAfter ? after.isServed : before.isServed
    var tally = Tally()
    for place in served.indices { tally.add(elderly(ofPlace: place, after: isAfter), isServed: served[place]) }
    return tally
  }

  /// The money a scenario takes, in fen.
  public var costs: ScenarioCosts { ScenarioCosts(of: self) }
}

/// What scenarios are held against: everything that is asked of the network once, before any change.
public struct ScenarioBaseline: Sendable {
  /// The network as it is.
  public let network: PaymentNetwork
  /// What is asked, with a breakdown by township.
  public let options: CoverageOptions
  /// What was timed at the counters.
  public let services: ServiceSurveyTable
  /// What is assumed about peaks.
  public let waitingOptions: WaitingOptions
  /// What is assumed about an agent's money.
  public let viabilityOptions: ViabilityOptions
  /// Who is served.
  public let coverage: Coverage
  /// What closing any one point means.
  public let assurance: Assurance
  let activity: PointActivity
  let demand: ScenarioDemand?

  /// Asks everything that does not depend on a scenario.
  ///
  /// - Precondition: on roads, `network.roads` is not `nil`.
  /// - Complexity: that of `coverage`, `assurance` and `ChoiceEstimate`.
  public init(
    of network: PaymentNetwork, _ options: CoverageOptions, _ surveys: Surveys,
    waiting: WaitingOptions = .init(), viability: ViabilityOptions = .init()
  ) {
    var options = options
    options.breakdown = .township
    self.network = network
    self.options = options
    services = surveys.services
    waitingOptions = waiting
    viabilityOptions = viability
    coverage = Planning.coverage(of: network, options)
    assurance = Planning.assurance(of: network, options)
    activity = PointActivity(network)
    demand = ScenarioDemand(of: network, surveys.distances, options)
  }

  /// Whether anything says where people go to pay: surveys, or volumes.
  public var knowsDemand: Bool { demand != nil }

  /// What a scenario changes.
  ///
  /// - Throws: the first change that cannot be made.
  /// - Complexity: that of `coverage` and `assurance`, and of `PaymentForecast` where it is known where people go.
  public func outcome(of scenario: Scenario) throws(ChangeError) -> ScenarioOutcome {
    if options.travel == .straight {
      for (number, change) in scenario.changes.enumerated() {
        if case .closeRoad = change { throw ChangeError(change: number, reason: .noRoads) }
      }
    }
    let after = try network.applying(scenario.changes)
    let count = network.points.count
    let existing = 0..<count
    func works(_ point: Int, _ network: PaymentNetwork) -> Bool { network.points.statuses[point] == .active }
    let closed = existing.filter { works($0, network) && !works($0, after) }
    let moved = existing.filter {
      network.points.latitudes[$0] != after.points.latitudes[$0]
        || network.points.longitudes[$0] != after.points.longitudes[$0]
    }
    let altered = existing.filter { point in
      !closed.contains(point) && !moved.contains(point)
        && !network.points.isSame(point, as: after.points)
    }
    let payments = demand.map { $0.payments(of: after, closed: closed) }
    var waiting: (Waiting, Waiting)?
    var viability: (PointViability, PointViability)?
    if let payments, network.volumes.count > 0 {
      var expected = after
      expected.volumes = payments.volumes(beside: network.volumes)
      waiting = (
        Planning.waiting(at: network, services, waitingOptions),
        Planning.waiting(at: expected, services, waitingOptions)
      )
      viability = (
        PointViability(network, viabilityOptions), PointViability(expected, viabilityOptions)
      )
    }
    return ScenarioOutcome(
      scenario: scenario, networkBefore: network, network: after, before: coverage,
      after: Planning.coverage(of: after, options), assuranceBefore: assurance,
      assuranceAfter: Planning.assurance(of: after, options), opened: Array(count..<after.points.count),
      closed: closed, moved: moved, altered: altered, payments: payments, waiting: waiting,
      activity: (activity, PointActivity(after)), viability: viability)
  }
}

extension PointTable {
  /// Whether the same is said of a point in both tables, wherever it is.
  fileprivate func isSame(_ point: Int, as other: PointTable) -> Bool {
    kinds[point] == other.kinds[point] && methods[point] == other.methods[point]
      && statuses[point] == other.statuses[point] && hours[point] == other.hours[point]
      && counters[point] == other.counters[point] && places[point] == other.places[point]
      && monthlyCostsFen[point] == other.monthlyCostsFen[point]
      && feesPerPaymentFen[point] == other.feesPerPaymentFen[point]
  }
}

/// What a scenario costs, as far as it is known.
public struct ScenarioCosts: Hashable, Sendable {
  /// Opening, in fen, of the points opened whose cost is known.
  public var openingFen = 0
  /// The costs of a month after, minus before, in fen, as far as they are known.
  public var monthlyFen = 0
  /// Points opened whose cost of opening is not known.
  public var unknownOpening = 0
  /// Points opened, closed or altered whose cost of a month is not known before or after.
  public var unknownMonthly = 0
  /// Customers served after, minus before.
  public var customers = 0

  /// Fen of opening per additional customer served (K9); `nil` where none is served in addition, or a cost is not known.
  public var openingFenPerCustomer: Double? {
    customers > 0 && unknownOpening == 0 ? Double(openingFen) / Double(customers) : nil
  }
  /// Fen a month per additional customer served; `nil` as above.
  public var monthlyFenPerCustomer: Double? {
    customers > 0 && unknownMonthly == 0 ? Double(monthlyFen) / Double(customers) : nil
  }

  init(of outcome: ScenarioOutcome) {
    customers = outcome.after.summary.all.customers.served - outcome.before.summary.all.customers.served
    var openings: [String: Int] = [:]
    for case .open(let point) in outcome.scenario.changes {
      let candidates = outcome.networkBefore.candidates
      let site = (0..<candidates.count).first { candidates.ids[$0] == point.candidate }
      guard let id = point.id ?? point.candidate else { continue }
      openings[id] = point.openingCostFen ?? site.flatMap { candidates.openingCostsFen[$0] }
    }
    for point in outcome.opened {
      if let cost = openings[outcome.network.points.ids[point]] {
        openingFen += cost
      } else {
        unknownOpening += 1
      }
    }
    func monthly(_ points: PointTable, _ point: Int) -> Int? {
      guard point < points.count, points.statuses[point] == .active else { return 0 }
      return points.monthlyCostsFen[point] < 0 ? nil : points.monthlyCostsFen[point]
    }
    for point in outcome.opened + outcome.closed + outcome.altered {
      guard let before = monthly(outcome.networkBefore.points, point),
        let after = monthly(outcome.network.points, point)
      else {
        unknownMonthly += 1
        continue
      }
      monthlyFen += after - before
    }
  }
}
