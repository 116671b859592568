import Travel

/// Where payments go when points and customers change.
///
/// The choice model says which share of a place's payments each point gets; a point that takes more or less than the model expects keeps
/// its factor a (volumes ÷ expected, kept within 1/50...50): so before any change each point takes what its volumes say. A place's
/// payments stay its own: they change with its customers and its fee control only, and are shared out again among the points
/// there are, by share × a. A point that opens has a = 1.
struct ScenarioDemand: Sendable {
  private static let factors = 0.02...50.0

  private let estimate: ChoiceEstimate
  private let reconciled: DemandReconciliation
  private let plan: InPersonPayments
  private let before: PaymentForecast
  /// a by point of today.
  private let factors: [Double]
  /// The sum of share × a of each place; 1 for a place that reaches no point.
  private let placeFactors: [Double]

  /// `nil` where neither answers nor volumes say where people go, or no point works.
  init?(of network: PaymentNetwork, _ surveys: DistanceSurveyTable, _ options: CoverageOptions) {
    guard network.points.statuses.contains(.active) else { return nil }
    var choice = ChoiceOptions()
    choice.travel = options.travel
    choice.mode = options.standard.townMode
    choice.factors = options.factors
    choice.calibration = options.calibration
    choice.wantsProfiles = false
    estimate = ChoiceEstimate(of: network, surveys: surveys, choice)
    guard estimate.evidence != .assumptions else { return nil }
    reconciled = DemandReconciliation(of: network, estimate, choice.payments)
    plan = choice.payments
    before = PaymentForecast(of: network, estimate, reconciled, by: plan)
    let means = reconciled.volumes.means
    let expected = before.shares.payments(of: before.demand)
    factors = expected.indices.map { point in
      guard let taken = means[point], expected[point] > 1e-9 else { return 1 }
      return min(Self.factors.upperBound, max(Self.factors.lowerBound, taken / expected[point]))
    }
    let (shares, factors) = (before.shares, factors)
    placeFactors = before.demand.indices.map { place in
      let row = shares.reach[place]
      if row.isEmpty { return 1 }
      return zip(row, shares[place]).reduce(0) { $0 + factors[Int($1.0.point)] * Double($1.1) }
    }
  }

  /// The payments of a usual month, before and after.
  ///
  /// - Parameter closed: points that worked before and do not in `network`.
  func payments(of network: PaymentNetwork, closed: [Int]) -> ScenarioPayments {
    let later = PaymentForecast(of: network, estimate, reconciled, by: plan)
    var result = ScenarioPayments(
      before: [Double](repeating: 0, count: network.points.count),
      after: [Double](repeating: 0, count: network.points.count))
    var slots = [Int](repeating: -1, count: network.points.count)
    for (slot, point) in closed.enumerated() { slots[point] = slot }
    var gone = closed.map { ScenarioPayments.Takeover(point: $0) }
    var takers = [[Int32: Double]](repeating: [:], count: closed.count)
    for place in before.demand.indices {
      // The demand of today in today's shares; that of later in later shares.
      let today = before.demand[place] * placeFactors[place]
      let total = later.demand[place] * placeFactors[place]
      let past = weighted(before.shares, place)
      let coming = weighted(later.shares, place)
      result.totalBefore += today
      result.totalAfter += total
      if past.isEmpty { result.unreachedBefore += today }
      if coming.isEmpty { result.unreachedAfter += total }
      for (point, share) in coming { result.after[Int(point)] += total * share }
      for (point, share) in past {
        result.before[Int(point)] += today * share
        let slot = slots[Int(point)]
        guard slot >= 0 else { continue }
        gone[slot].payments += today * share
        if coming.isEmpty { gone[slot].unreached += today * share }
        for (taker, part) in coming { takers[slot][taker, default: 0] += today * share * part }
      }
    }
    for slot in gone.indices {
      gone[slot].takers = takers[slot].filter { $0.value > 1e-9 }
        .map { .init(point: Int($0.key), payments: $0.value) }
        .sorted { ($1.payments, $0.point) < ($0.payments, $1.point) }
    }
    result.takeovers = gone
    return result
  }

  /// The points a place goes to, with shares that sum to 1.
  private func weighted(_ shares: ChoiceShares, _ place: Int) -> [(point: Int32, share: Double)] {
    let row = shares.reach[place]
    guard !row.isEmpty else { return [] }
    let weights = zip(row, shares[place]).map { entry, share in
      let point = Int(entry.point)
      return (point: entry.point, share: (point < factors.count ? factors[point] : 1) * Double(share))
    }
    let sum = weights.reduce(0) { $0 + $1.share }
    guard sum > 0 else { return [] }
    return weights.map { ($0.point, $0.share / sum) }
  }
}

/// What each point takes in a usual month, before and after a scenario.
public struct ScenarioPayments: Sendable {
  /// Who takes the payments of a point that closes.
  public struct Takeover: Hashable, Sendable {
    /// One who takes some.
    public struct Taker: Hashable, Sendable {
      /// The point, in the table after.
      public let point: Int
      /// What it takes over in a usual month.
      public let payments: Double
    }

    /// The point that closes.
    public let point: Int
    /// What it takes in a usual month before.
    public fileprivate(set) var payments = 0.0
    /// Of these, what nobody takes over: places that reach no other point.
    public fileprivate(set) var unreached = 0.0
    /// Who takes over, the most first; of equals the lower position.
    public fileprivate(set) var takers: [Taker] = []

    fileprivate init(point: Int) { self.point = point }
  }

  /// By point of the table after: payments before; 0 where it does not work or is opened.
  public fileprivate(set) var before: [Double]
  /// The same after.
  public fileprivate(set) var after: [Double]
  /// All payments in person before, those of places that reach no point among them.
  public fileprivate(set) var totalBefore = 0.0
  /// The same after.
  public fileprivate(set) var totalAfter = 0.0
  /// Payments of places that reach no point, before.
  public fileprivate(set) var unreachedBefore = 0.0
  /// The same after.
  public fileprivate(set) var unreachedAfter = 0.0
  /// The points that close.
  public fileprivate(set) var takeovers: [Takeover] = []

  fileprivate init(before: [Double], after: [Double]) {
    self.before = before
    self.after = after
  }

  /// The volumes that would be reported after: each month's times what the point takes after ÷ before. A point that opens, or took
  /// nothing before, reports what is expected in the latest month.
  ///
  /// - Complexity: O(volumes + points).
  func volumes(beside table: VolumeTable) -> VolumeTable {
    var result = VolumeTable()
    result.months = table.months
    guard let latest = table.months.indices.last else { return table }
    func append(_ point: Int, month: Int32, payments: Int, amount: Int, busiest: Int) {
      result.points.append(Int32(point))
      result.monthIndices.append(month)
      result.payments.append(payments)
      result.amountsFen.append(amount)
      result.busiestDayPayments.append(busiest)
    }
    var row = 0
    for point in after.indices {
      let ratio = before[point] > 0 ? after[point] / before[point] : 1
      func scaled(_ value: Int) -> Int {
        value <= 0 || ratio == 1 ? value : Int(min(1e12, (Double(value) * ratio).rounded()))
      }
      var hasRows = false
      while row < table.count, table.points[row] == point {
        hasRows = true
        append(
          point, month: table.monthIndices[row], payments: scaled(table.payments[row]),
          amount: scaled(table.amountsFen[row]), busiest: scaled(table.busiestDayPayments[row]))
        row += 1
      }
      if !hasRows, before[point] == 0, after[point] > 0 {
        append(
          point, month: Int32(latest), payments: Int(min(1e12, after[point].rounded())), amount: -1,
          busiest: -1)
      }
    }
    return result
  }
}
