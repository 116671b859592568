public import Travel

/// Who loses what when a point closes, for every point at once (domain KPI K6), and who hangs on a single one.
public struct Assurance: Sendable {
  /// What would happen if one point closed and everything else stayed.
  public struct Closure: Hashable, Sendable {
    /// Places whose nearest point it is.
    public var nearestPlaces = 0
    /// Their customers.
    public var nearestCustomers = 0
    /// Places that are served now and would not be.
    public var placesLost = 0
    /// Their customers.
    public var customersLost = 0
    /// Of the customers whose nearest point it is, those with no other within fifteen minutes.
    public var customersBeyondFifteenMinutes = 0
    /// Of the customers whose nearest point it is, those who would reach no point at all.
    public var customersStranded = 0
    /// R: Σ weight × (seconds to the second nearest − seconds to the nearest), over the places whose nearest point it is
    /// and that reach a second.
    public var criticality = 0.0
    /// The share of customers served, after minus before; `nil` where there are no customers.
    public var coverageChange: Double?
    /// The weighted mean of seconds to the nearest point, after minus before; `nil` where either is not defined.
    public var meanSecondsChange: Double?

    /// Nothing happens.
    public init() {}
  }

  /// What was asked.
  public let options: CoverageOptions
  /// By point; nothing happens where it does not count.
  public fileprivate(set) var closures: [Closure]
  /// Whether each point counts.
  public let counts: [Bool]
  /// By place, the point it hangs on: the only one that serves it; -1 where there is another, or none.
  public fileprivate(set) var onlyPoints: [Int32]
  /// By place, whether it reaches a point but none of another operator within fifteen minutes. Points whose operator is not
  /// stated are taken to have the same one.
  public fileprivate(set) var hangsOnOperator: [Bool]
  /// Served places, and how many of them hang on a single point; then their customers.
  public fileprivate(set) var singlePoint = CoverageSummary.Population()
  /// Places that reach a point, and how many of them hang on a single operator; then their customers.
  public fileprivate(set) var singleOperator = CoverageSummary.Population()
  /// The share of customers with a point of another operator than that of their nearest within fifteen minutes; `nil`
  /// where there are no customers.
  public fileprivate(set) var securedShare: Double?

  /// How far the stand-in of another operator may be.
  public static let standInLimit = TravelTime.minutes(15)
}

/// Who loses what when a point closes, for every point at once.
///
///     let answer = assurance(of: network, CoverageOptions())
///     answer.closures[7].customersLost  // 420
///
/// From the two nearest points of each place and the verdict on it: closing a point changes nothing for places whose nearest
/// it is not, except where it alone serves a village by being assigned to it. The figures equal those of asking `coverage`
/// again without the point.
///
/// - Precondition: on roads, `network.roads` is not `nil`.
/// - Complexity: that of `coverage`, and for operators O(*m* *k* log *n*), where *k* nearest points must be looked at until
///   another operator turns up or fifteen minutes are over.
public func assurance(of network: PaymentNetwork, _ options: CoverageOptions) -> Assurance {
  let places = network.places
  let filter = PointFilter(options)
  let counts = (0..<network.points.count).map { filter.counts($0, in: network.points) }
  var ways: RoadWays?
  if options.travel == .roads {
    guard let roads = network.roads else { preconditionFailure("travel on roads needs a network with roads") }
    ways = RoadWays(roads, of: network, standard: options.standard, factors: options.factors)
  }
  let judge = Judge(
    network, standard: options.standard, factors: options.factors, counts: counts, ways: ways)
  let standIn = secondOperatorIsNear(
    network, options.standard, options.factors, counts: counts, judge.reach, ways)

  var answer = Assurance(
    options: options, closures: .init(repeating: .init(), count: counts.count), counts: counts,
    onlyPoints: [], hangsOnOperator: [])
  var means = MeanChanges(pointCount: counts.count)
  var served = Tally()
  var secured = 0
  for i in 0..<places.count {
    let customers = places.customers[i]
    let weight = Double(places.weight(of: i, by: options.weight))
    let verdict = judge.verdict(on: i)
    served.add(customers, isServed: verdict.isServed)
    let only = verdict.onlyPoint ?? -1
    answer.onlyPoints.append(only)
    if verdict.isServed { answer.singlePoint.add(customers: customers, isServed: only >= 0) }
    if only >= 0 {
      answer.closures[Int(only)].placesLost += 1
      answer.closures[Int(only)].customersLost += customers
    }

    let row = judge.reach[i]
    guard let first = row.first else {
      answer.hangsOnOperator.append(false)
      continue
    }
    answer.hangsOnOperator.append(!standIn[i])
    answer.singleOperator.add(customers: customers, isServed: !standIn[i])
    if standIn[i] { secured += customers }
    let second = row.dropFirst().first
    answer.closures[Int(first.point)].note(customers, weight, first, second)
    means.note(weight, first, second)
  }
  for point in counts.indices where counts[point] {
    let lost = answer.closures[point].customersLost
    answer.closures[point].coverageChange =
      served.total == 0
      ? nil
      : Double(served.served - lost) / Double(served.total) - Double(served.served) / Double(served.total)
    answer.closures[point].meanSecondsChange = means.change(closing: point)
  }
  answer.securedShare = served.total == 0 ? nil : Double(secured) / Double(served.total)
  return answer
}

extension Assurance.Closure {
  fileprivate mutating func note(
    _ customers: Int, _ weight: Double, _ first: Reach.Entry, _ second: Reach.Entry?
  ) {
    nearestPlaces += 1
    nearestCustomers += customers
    guard let second else {
      customersStranded += customers
      customersBeyondFifteenMinutes += customers
      return
    }
    if Int(second.seconds) > Assurance.standInLimit.seconds { customersBeyondFifteenMinutes += customers }
    criticality += weight * Double(second.seconds - first.seconds)
  }
}

/// The weighted mean of seconds with and without each point. Sums of whole numbers in floating point: exact up to 2⁵³, so
/// that they do not depend on any order.
private struct MeanChanges {
  private var sum = 0.0
  private var total = 0.0
  private var added: [Double]
  private var gone: [Double]

  init(pointCount: Int) {
    added = [Double](repeating: 0, count: pointCount)
    gone = added
  }

  mutating func note(_ weight: Double, _ first: Reach.Entry, _ second: Reach.Entry?) {
    sum += weight * Double(first.seconds)
    total += weight
    added[Int(first.point)] += weight * (Double(second?.seconds ?? 0) - Double(first.seconds))
    if second == nil { gone[Int(first.point)] += weight }
  }

  func change(closing point: Int) -> Double? {
    guard total > 0, total - gone[point] > 0 else { return nil }
    return (sum + added[point]) / (total - gone[point]) - sum / total
  }
}
