import Foundation

/// Whether the assumptions of how often people pay agree with what the points took, township by township.
///
/// Each place's payments by assumption (K10) divide among points as the choice model says. What a point took beside that is
/// put back on its places in proportion to what each was expected to pay there (one step of expectation-maximization);
/// a township's factor is what came back over what was assumed, at points with known volumes only. Factors resting on few
/// points are drawn toward the county's (random effects, DerSimonian and Laird 1986).
///
///     let reconciled = DemandReconciliation(of: network, estimate, InPersonPayments())
///     reconciled.townships[3].factor  // 0.94: six per cent fewer payments than assumed
public struct DemandReconciliation: Sendable {
  /// What is known of a township.
  public struct Township: Hashable, Sendable {
    /// Its name; empty where none is stated.
    public let name: String
    /// Places it has.
    public let places: Int
    /// Payments a month by assumption.
    public let assumed: Double
    /// Those of them expected at points with known volumes.
    public let compared: Double
    /// What these points took, put back on the township's places.
    public let observed: Double
    /// `observed` ÷ `compared`; `nil` where nothing can be compared.
    public let rawFactor: Double?
    /// The factor used: drawn toward the county's as far as it is uncertain.
    public let factor: Double
  }

  /// What a usual month was at the points.
  public let volumes: MonthlyVolumes
  /// The assumptions, with each place's own share of fee control.
  public let payments: InPersonPayments
  /// The townships, in the order of the place table's names.
  public let townships: [Township]
  /// The county's factor; 1 where nothing could be compared.
  public let factor: Double
  /// Whether volumes could be compared at all; otherwise the assumptions stand as they are.
  public let isReconciled: Bool
  /// How much points differ from the model beside what chance alone explains: the coefficient of variation.
  public let spread: Double
  /// Whether the spread was measured, at ten points or more; otherwise it is assumed to be 0.5.
  public let isSpreadMeasured: Bool
  /// Payments of a usual month at points that nobody has within reach.
  public let unexplained: Double
  /// Expected payments of a usual month, by point, among those that could be chosen when the volumes arose.
  public let expected: [Double]
  /// Points whose volumes were compared.
  public let comparedPoints: Int
  /// The shares of the points that could be chosen when the volumes arose.
  let shares: ChoiceShares

  /// The spread where too few points tell.
  static let assumedSpread = 0.5

  /// Compares assumptions and volumes.
  ///
  /// - Parameter payments: the assumptions; a share of fee control for all is a plan, and does not enter here.
  /// - Complexity: O(*e*) for *e* entries of the estimate's reach.
  public init(of network: PaymentNetwork, _ estimate: ChoiceEstimate, _ payments: InPersonPayments) {
    var payments = payments
    payments.feeControlShare = nil
    let places = network.places
    let volumes = MonthlyVolumes(network.volumes, pointCount: network.points.count)
    let assumed = (0..<places.count).map { payments.perMonth(of: places, $0) }
    let shares = ChoiceShares(of: estimate.model, reach: estimate.reach, points: network.points)
    let due = shares.payments(of: assumed)
    let known = due.indices.filter { volumes.means[$0] != nil && due[$0] > 1e-9 }
    let (taken, total) = known.reduce((0.0, 0.0)) { ($0.0 + (volumes.means[$1] ?? 0), $0.1 + due[$1]) }
    let isReconciled = taken > 0 && total > 0
    let county = isReconciled ? taken / total : 1
    let rough = Self.spread(volumes, due.map { $0 * county }, known)

    var ratios = [Double?](repeating: nil, count: due.count)
    for point in known { ratios[point] = (volumes.means[point] ?? 0) / due[point] }
    let sums = Self.townshipSums(network, shares, assumed, ratios)
    let factors =
      isReconciled ? Self.shrunken(sums, county: county, spread: rough ?? Self.assumedSpread) : []
    townships = sums.enumerated().map { i, sum in
      Township(
        name: places.townshipNames[i], places: sum.places, assumed: sum.assumed, compared: sum.compared,
        observed: sum.observed, rawFactor: sum.compared > 0 ? sum.observed / sum.compared : nil,
        factor: isReconciled ? factors[i] : 1)
    }
    let demand = (0..<places.count).map {
      assumed[$0] * (isReconciled ? factors[Int(places.townships[$0])] : 1)
    }
    expected = shares.payments(of: demand)
    let fine = Self.spread(volumes, expected, known)
    spread = fine ?? Self.assumedSpread
    isSpreadMeasured = isReconciled && fine != nil
    self.volumes = volumes
    self.shares = shares
    self.payments = payments
    self.factor = county
    self.isReconciled = isReconciled
    comparedPoints = known.count
    unexplained = due.indices.reduce(0) { $0 + (due[$1] > 1e-9 ? 0 : volumes.means[$1] ?? 0) }
  }

  /// The payments each place makes in a usual month: by `plan`, an assumption that may differ from the reconciled one, times
  /// its township's factor.
  public func demand(of places: PlaceTable, by plan: InPersonPayments) -> [Double] {
    (0..<places.count).map { plan.perMonth(of: places, $0) * townships[Int(places.townships[$0])].factor }
  }

  /// The mean square of the relative residuals beside Poisson's, as a coefficient of variation; `nil` below ten points that
  /// expect at least five payments. A tenth of the residuals, the largest, is not heard: points that fell asleep are no
  /// measure of the others.
  private static func spread(_ volumes: MonthlyVolumes, _ expected: [Double], _ known: [Int]) -> Double? {
    let squares = known.filter { expected[$0] >= 5 }.map { point in
      let residual = log(max(volumes.means[point] ?? 0, 0.5) / expected[point])
      return residual * residual - 1 / (expected[point] * Double(volumes.monthCounts[point]))
    }.sorted()
    guard squares.count >= 10 else { return nil }
    let kept = squares.prefix(squares.count - squares.count / 10)
    let variance = max(0, kept.reduce(0, +) / Double(kept.count) / trimmedShare)
    return exp(min(variance, 4)).squareRootMinusOne
  }

  /// The mean of z² below its 90 % point, for a normal z: 1 - 2 c φ(c) ÷ 0.9 with c = 1.645.
  private static let trimmedShare = 0.6228

  private struct Sums {
    var places = 0
    var assumed = 0.0
    var compared = 0.0
    var observed = 0.0
    /// The sum of squares of what is compared at each point: how few points it rests on.
    var squares = 0.0
  }

  private static func townshipSums(
    _ network: PaymentNetwork, _ shares: ChoiceShares, _ assumed: [Double], _ ratios: [Double?]
  ) -> [Sums] {
    let places = network.places
    var members = [[Int]](repeating: [], count: places.townshipNames.count)
    for place in 0..<places.count { members[Int(places.townships[place])].append(place) }
    var atPoint = [Double](repeating: 0, count: network.points.count)
    return members.map { members in
      var sums = Sums()
      var touched: [Int] = []
      sums.places = members.count
      for place in members {
        sums.assumed += assumed[place]
        for (entry, share) in zip(shares.reach[place], shares[place]) {
          let point = Int(entry.point)
          guard let ratio = ratios[point] else { continue }
          let payments = assumed[place] * Double(share)
          if payments > 0, atPoint[point] == 0 { touched.append(point) }
          atPoint[point] += payments
          sums.compared += payments
          sums.observed += payments * ratio
        }
      }
      for point in touched {
        sums.squares += atPoint[point] * atPoint[point]
        atPoint[point] = 0
      }
      return sums
    }
  }

  private static func shrunken(_ sums: [Sums], county: Double, spread: Double) -> [Double] {
    func variance(_ sum: Sums) -> Double {
      county * county * spread * spread * sum.squares / (sum.compared * sum.compared) + county / sum.compared
    }
    let known = sums.filter { $0.compared > 1e-9 }
    let weights = known.map { 1 / variance($0) }
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite else { return sums.map { _ in county } }
    let factors = known.map { $0.observed / $0.compared }
    let mean = zip(weights, factors).reduce(0) { $0 + $1.0 * $1.1 } / total
    let heterogeneity = zip(weights, factors).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    let scale = total - weights.reduce(0) { $0 + $1 * $1 } / total
    let between = scale > 0 ? max(0, (heterogeneity - Double(known.count - 1)) / scale) : 0
    return sums.map { sum in
      guard sum.compared > 1e-9 else { return county }
      let trust = between / (between + variance(sum))
      return county + (sum.observed / sum.compared - county) * trust
    }
  }
}

extension Double {
  /// √(x - 1): of e^σ², the coefficient of variation of a lognormal with log variance σ².
  fileprivate var squareRootMinusOne: Double { max(0, self - 1).squareRoot() }
}
