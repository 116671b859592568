/// A rule of the review, by the name files call it.
public enum ReviewRule: String, CaseIterable, Sendable {
  /// The counters are busier at the peak than they should be.
  case overloaded
  /// No payments for months.
  case dormant
  /// An agent who loses money.
  case lossMaking = "loss_making"
  /// More complaints per payment than chance explains.
  case complainedOf = "complained_of"
  /// Handling takes longer than at points of the kind.
  case slow
  /// Hardly anybody has it as the nearest point, and hardly anybody pays there.
  case poorlyPlaced = "poorly_placed"
  /// Something is missing that the other rules need.
  case missingData = "missing_data"
  /// If it closes, many customers lose service.
  case singlePoint = "single_point"
}

/// From where on a figure is listed.
public struct ReviewOptions: Hashable, Sendable {
  /// Utilization at the peak (K7).
  public var utilization = 0.85
  /// Months in a row without a payment (K8).
  public var dormantMonths = 2
  /// Yuan of monthly margin below which an agent is listed.
  public var marginYuan = 0.0
  /// The probability that the rate of complaints is more than twice the county's.
  public var complaintProbability = 0.95
  /// How many times as long as at its kind handling takes, with a probability of 95 %.
  public var slowRatio = 1.25
  /// Customers whose nearest point it is, below which a point with few payments is listed.
  public var nearestCustomers = 50
  /// Payments a month below which a point with few customers around it is listed.
  public var fewPayments = 30
  /// Customers who lose service if the point closes.
  public var customersLost = 500

  /// The thresholds as the domain knowledge has them.
  public init() {}
}

/// Something a manager should act on.
public struct ReviewItem: Hashable, Sendable {
  /// The rule that lists it.
  public var rule: ReviewRule
  /// The point, as a position in the point table.
  public var point: Int
  /// What was found, in the rule's unit; `nil` where the rule has no figure.
  public var figure: Double?
  /// What it is held against, in the same unit.
  public var threshold: Double?
  /// Customers it matters to: those whose nearest point it is, or who would lose service.
  public var customers: Int
  /// What is missing, by the names of the import's columns and kinds; empty but for `missingData`.
  public var missing: [String]
}

/// The list a manager acts on.
public struct Review: Sendable {
  /// What counted as too much.
  public let options: ReviewOptions
  /// What to act on, rule by rule, the most urgent first.
  public private(set) var items: [ReviewItem]
  /// How feedback is dealt with.
  public let feedback: FeedbackSummary
  /// By rule, how many items there are.
  public private(set) var counts: [ReviewRule: Int]
}

/// What a review looks at: answers that were asked for before, so that each is asked for once.
public struct ReviewEvidence: Sendable {
  /// The peaks at the counters.
  public var waiting: Waiting
  /// What closing a point means.
  public var assurance: Assurance
  /// Which points work.
  public var activity: PointActivity
  /// Which points pay.
  public var viability: PointViability
  /// Who is complained of.
  public var complaints: ComplaintRates

  /// Asks everything.
  public init(
    _ network: PaymentNetwork, _ surveys: Surveys, coverage: CoverageOptions, waiting: WaitingOptions,
    viability: ViabilityOptions, months: Int
  ) {
    self.waiting = Planning.waiting(at: network, surveys.services, waiting)
    assurance = Planning.assurance(of: network, coverage)
    activity = PointActivity(network)
    self.viability = PointViability(network, viability)
    complaints = ComplaintRates(surveys.feedback, network, months: months)
  }
}

/// The list a manager acts on.
///
/// Every item belongs to a point of active status. A point that is dormant is not also listed as making losses or as poorly placed: one
/// thing is to be done about it. Items are in the order of the rules in `ReviewRule`, which is that of urgency: people queue now;
/// nobody serves; money is lost; people are angry; then what can wait. Within a rule, the more customers it matters to the
/// earlier, except that the most overloaded, the greatest loss, the most surely complained of and the slowest come first; then by id.
///
/// - Complexity: O(points log points + feedback).
public func review(
  of network: PaymentNetwork, _ surveys: Surveys, _ evidence: ReviewEvidence,
  rules: Set<ReviewRule> = Set(ReviewRule.allCases), _ options: ReviewOptions = .init()
) -> Review {
  let finder = ReviewFinder(network: network, evidence: evidence, options: options)
  var items: [ReviewItem] = []
  for rule in ReviewRule.allCases where rules.contains(rule) {
    let found = (0..<network.points.count).filter { network.points.statuses[$0] == .active }
      .compactMap { finder.item(rule, $0) }
    items += found.sorted { a, b in
      let (x, y) = (finder.urgency(of: a), finder.urgency(of: b))
      return x != y ? x > y : a.point < b.point
    }
  }
  return Review(
    options: options, items: items, feedback: FeedbackSummary(surveys.feedback),
    counts: Dictionary(grouping: items, by: \.rule).mapValues(\.count))
}

/// Looks at one point by one rule.
private struct ReviewFinder {
  let network: PaymentNetwork
  let evidence: ReviewEvidence
  let options: ReviewOptions

  func item(_ rule: ReviewRule, _ point: Int) -> ReviewItem? {
    var customers = evidence.assurance.closures[point].nearestCustomers
    let figure: Double
    let threshold: Double
    switch rule {
    case .overloaded:
      guard let peak = evidence.waiting.peaks[point], peak.utilization >= options.utilization else {
        return nil
      }
      (figure, threshold) = (peak.utilization, options.utilization)
    case .dormant:
      guard isDormant(point) else { return nil }
      (figure, threshold) = (Double(evidence.activity.monthsWithout[point]), Double(options.dormantMonths))
    case .lossMaking:
      guard !isDormant(point), let balance = evidence.viability.balances[point], balance.earnsFees,
        balance.marginYuan < options.marginYuan
      else { return nil }
      (figure, threshold) = (balance.marginYuan, options.marginYuan)
    case .complainedOf:
      guard let rate = evidence.complaints.rates[point], rate.probability > options.complaintProbability,
        let county = evidence.complaints.county
      else { return nil }
      (figure, threshold) = (rate.shrunken * 10_000, ComplaintRates.factor * county * 10_000)
    case .slow:
      guard let compared = evidence.waiting.handling.comparedWithKind[point],
        compared.atLeast > options.slowRatio
      else { return nil }
      (figure, threshold) = (compared.ratio, options.slowRatio)
    case .poorlyPlaced:
      guard !isDormant(point), evidence.assurance.counts[point], customers < options.nearestCustomers,
        let peak = evidence.waiting.peaks[point], peak.paymentsPerMonth < Double(options.fewPayments)
      else { return nil }
      (figure, threshold) = (Double(customers), Double(options.nearestCustomers))
    case .missingData:
      let missing = missingData(point)
      return missing.isEmpty
        ? nil
        : ReviewItem(
          rule: rule, point: point, figure: nil, threshold: nil, customers: customers, missing: missing)
    case .singlePoint:
      let lost = evidence.assurance.closures[point].customersLost
      guard lost >= options.customersLost else { return nil }
      customers = lost
      (figure, threshold) = (Double(lost), Double(options.customersLost))
    }
    return ReviewItem(
      rule: rule, point: point, figure: figure, threshold: threshold, customers: customers, missing: [])
  }

  /// What comes first within a rule.
  func urgency(of item: ReviewItem) -> Double {
    switch item.rule {
    case .overloaded, .slow: item.figure ?? 0
    case .lossMaking: -(item.figure ?? 0)
    case .complainedOf: evidence.complaints.rates[item.point]?.probability ?? 0
    case .poorlyPlaced: -Double(item.customers)
    case .dormant, .missingData, .singlePoint: Double(item.customers)
    }
  }

  private func isDormant(_ point: Int) -> Bool {
    evidence.activity.monthsWithout[point] >= options.dormantMonths
  }

  private func missingData(_ point: Int) -> [String] {
    let points = network.points
    var missing: [String] = []
    if points.hours[point] < 0 { missing.append("hours") }
    if points.counters[point] <= 0 { missing.append("counters") }
    if points.methods[point].isEmpty { missing.append("methods") }
    if points.places[point] < 0 { missing.append("place_id") }
    if evidence.activity.states[point] == .unknown { missing.append("volumes") }
    return missing
  }
}
