import Foundation
import Travel

/// How many payments a month each point, and any newcomer, can expect.
///
///     let forecast = PaymentForecast(of: network, estimate, reconciled, by: plan)
///     forecast.points[3].expected  // 168.2
///     forecast.points[3].interval  // 121...233
///
/// Intervals hold a single usual month with 95 % probability: the parameters' errors by the delta method, Poisson's chance,
/// and how much points differ from the model, multiplied as one lognormal. The number of payments stays the same whatever
/// opens or closes: what a newcomer gets, others lose.
public struct PaymentForecast: Sendable {
  /// What a point or a newcomer can expect in a usual month.
  public struct Expectation: Hashable, Sendable {
    /// Payments a month.
    public let expected: Double
    /// Where the payments of a single month lie with 95 % probability.
    public let interval: ClosedRange<Double>

    /// The probability of at least `threshold` payments (K9).
    public func probability(ofAtLeast threshold: Double) -> Double {
      guard threshold > 0 else { return 1 }
      guard expected > 0, logDeviation > 0 else { return expected >= threshold ? 1 : 0 }
      return 0.5 * erfc(log(threshold / expected) / logDeviation / 2.0.squareRoot())
    }

    /// The standard deviation of the logarithm.
    let logDeviation: Double

    /// - Parameters:
    ///   - months: over how many months the payments are averaged.
    ///   - parameterVariance: of the expected payments, from the model's parameters.
    init(expected: Double, parameterVariance: Double, spread: Double, months: Double = 1) {
      self.expected = expected
      guard expected > 1e-9 else {
        logDeviation = 0
        // Nobody is expected; chance alone exceeds 3.69 once in forty times (Poisson).
        interval = 0...3.69
        return
      }
      let relative =
        spread * spread + 1 / (expected * months) + max(0, parameterVariance) / (expected * expected)
      logDeviation = log1p(min(relative, 1e6)).squareRoot()
      interval = expected * exp(-1.96 * logDeviation)...expected * exp(1.96 * logDeviation)
    }
  }

  /// The assumptions of the forecast.
  public let plan: InPersonPayments
  /// Payments of each place in a usual month.
  public let demand: [Double]
  /// Each point's expectation; `nil` where it is not active.
  public let points: [Expectation?]
  /// The payments of places that reach no point.
  public let unreached: Double
  /// The shares among the active points.
  public let shares: ChoiceShares

  let estimate: ChoiceEstimate
  let spread: Double
  let weightSlopes: WeightSlopes
  /// What was expected of the points when the volumes arose, where that is what is expected of them now.
  let pastPayments: ExpectedPayments?

  /// Forecasts payments in `network`, which may be another one than the estimate was made in: points opened, closed or
  /// moved, or other assumptions.
  ///
  /// - Parameters:
  ///   - estimate: the choice, and how people travel.
  ///   - reconciled: the townships' factors.
  ///   - plan: the assumptions, such as a share of fee control for all.
  /// - Precondition: the network has the places the factors were made for, and roads if the estimate asks for them.
  /// - Complexity: O(*e p*) for *e* entries of the reach and *p* parameters.
  public init(
    of network: PaymentNetwork, _ estimate: ChoiceEstimate, _ reconciled: DemandReconciliation,
    by plan: InPersonPayments
  ) {
    let counts = network.points.statuses.map { $0 == .active }
    // Roads may have been closed; they are searched again.
    let isUnchanged =
      estimate.options.travel == .straight && ReachBasis(network, counting: counts) == estimate.basis
    let shares =
      isUnchanged
      ? reconciled.shares
      : ChoiceShares(
        of: estimate.model,
        reach: Reach.choices(
          of: network, counting: counts, estimate.options.reach, travel: estimate.options.travel,
          mode: estimate.options.mode, factors: estimate.options.factors), points: network.points)
    let reach = shares.reach
    let demand = reconciled.demand(of: network.places, by: plan)
    let expected = ExpectedPayments(estimate.model, reach: reach, points: network.points, demand: demand)
    pastPayments = isUnchanged && plan == reconciled.payments ? expected : nil
    let size = estimate.model.parameterCount
    points = counts.indices.map { point in
      guard counts[point] else { return nil }
      return Expectation(
        expected: expected.payments[point],
        parameterVariance: quadraticForm(
          estimate.covariance, Array(expected.slopes[point * size..<(point + 1) * size])),
        spread: reconciled.spread)
    }
    unreached = demand.indices.reduce(0) { $0 + (reach[$1].isEmpty ? demand[$1] : 0) }
    self.plan = plan
    self.demand = demand
    self.estimate = estimate
    self.shares = shares
    spread = reconciled.spread
    weightSlopes = WeightSlopes(estimate.model, points: network.points)
  }
}

/// How near the forecast comes to what the points took (K15).
public struct ForecastErrors: Hashable, Sendable {
  /// Points compared: with volumes, and within reach of somebody.
  public let points: Int
  /// Sum of the absolute errors ÷ sum of the payments; `nil` where there are none.
  public let weightedError: Double?
  /// The mean of error ÷ payments over points that took any (MAPE).
  public let meanError: Double?
  /// The median of the same.
  public let medianError: Double?
  /// The share of points whose usual month lies within its 95 % interval.
  public let hitRate: Double?
  /// By point, the expectation for the mean of the months it reported; `nil` where not compared.
  public let expectations: [PaymentForecast.Expectation?]

  /// Compares the expectations among the points that could be chosen when the volumes arose.
  ///
  /// - Parameter forecast: a forecast by the same estimate and factors, whose sums are used again where the points and the
  ///   assumptions are those of the time.
  /// - Complexity: O(*e p*) for *e* entries of the estimate's reach and *p* parameters; O(*n*) for *n* points where sums are
  ///   used again, or where no volumes are known.
  public init(
    of network: PaymentNetwork, _ estimate: ChoiceEstimate, _ reconciled: DemandReconciliation,
    after forecast: PaymentForecast? = nil
  ) {
    var expectations = [PaymentForecast.Expectation?](repeating: nil, count: network.points.count)
    guard reconciled.comparedPoints > 0 else {
      points = 0
      weightedError = nil
      meanError = nil
      medianError = nil
      hitRate = nil
      self.expectations = expectations
      return
    }
    let due =
      forecast?.pastPayments
      ?? ExpectedPayments(
        estimate.model, reach: estimate.reach, points: network.points,
        demand: reconciled.demand(of: network.places, by: reconciled.payments))
    let size = estimate.model.parameterCount
    var (absolute, taken) = (0.0, 0.0)
    var relative: [Double] = []
    var (compared, hits) = (0, 0)
    for point in expectations.indices {
      guard let seen = reconciled.volumes.means[point], due.payments[point] > 1e-9 else { continue }
      let expectation = PaymentForecast.Expectation(
        expected: due.payments[point],
        parameterVariance: quadraticForm(
          estimate.covariance, Array(due.slopes[point * size..<(point + 1) * size])),
        spread: reconciled.spread, months: Double(reconciled.volumes.monthCounts[point]))
      expectations[point] = expectation
      compared += 1
      absolute += abs(seen - expectation.expected)
      taken += seen
      if seen > 0 { relative.append(abs(seen - expectation.expected) / seen) }
      if expectation.interval.contains(seen) { hits += 1 }
    }
    relative.sort()
    points = compared
    weightedError = taken > 0 ? absolute / taken : nil
    meanError = relative.isEmpty ? nil : relative.reduce(0, +) / Double(relative.count)
    medianError = relative.isEmpty ? nil : relative[relative.count / 2]
    hitRate = compared > 0 ? Double(hits) / Double(compared) : nil
    self.expectations = expectations
  }
}
