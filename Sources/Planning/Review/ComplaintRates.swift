/// How often people complain about each point per payment, with the chance taken out (domain A3.7).
///
/// Complaints at a point with n payments are Poisson with mean rate × n; rates of points vary by a gamma distribution, whose shape a
/// and rate b are found from all points together by moments (Marshall, Applied Statistics 40, 1991): so the rate of a
/// point with x complaints is (x + a) ÷ (n + b), close to the county's where n is small. A point stands out where its rate is
/// more than twice the county's with a probability above 95 %.
///
/// a is at least 1/2: with a wilder county one complaint about a shop of twenty payments would stand out.
///
/// Counted are complaints about a named point: those of a category other than praise and questions, and those without a category
/// that are rated 1 or 2. Points that nobody uses get no complaints: read this beside the activity.
public struct ComplaintRates: Sendable {
  /// Categories that are no complaints, by the words people use for them.
  public static let friendlyCategories: Set<String> = [
    "表扬", "感谢", "咨询", "建议", "praise", "thanks", "question", "inquiry", "suggestion",
  ]
  /// A rate is held against the county's times this.
  public static let factor = 2.0

  /// What is known of one point.
  public struct Rate: Hashable, Sendable {
    /// x: the complaints.
    public var complaints: Int
    /// n: the payments of the months looked at.
    public var payments: Double
    /// (x + a) ÷ (n + b), in complaints per payment.
    public var shrunken: Double
    /// The probability that the true rate is above twice the county's.
    public var probability: Double
  }

  /// By point; `nil` where the county has no complaints or no payments.
  public private(set) var rates: [Rate?]
  /// Complaints about named points ÷ payments; `nil` where there are no payments.
  public private(set) var county: Double?

  /// Works out the rates of every point.
  ///
  /// - Parameter months: how many of the latest months with volumes are counted; complaints of other months are left out.
  /// - Complexity: O(feedback + volumes).
  public init(_ feedback: FeedbackTable, _ network: PaymentNetwork, months: Int = 12) {
    let count = network.points.count
    let volumes = RecentVolumes(network.volumes, pointCount: count, months: months)
    let first = network.volumes.months.suffix(months).first ?? ""
    let last = network.volumes.months.last ?? ""
    var complaints = [Int](repeating: 0, count: count)
    for row in 0..<feedback.count where feedback.points[row] >= 0 && feedback.isComplaint(row) {
      let month = String(feedback.dates[row].prefix(7))
      if month >= first, month <= last { complaints[Int(feedback.points[row])] += 1 }
    }
    let payments = (0..<count).map { volumes.payments(of: $0) }
    let (sumX, sumN) = (Double(complaints.reduce(0, +)), payments.reduce(0, +))
    county = sumN > 0 ? sumX / sumN : nil
    guard sumX > 0, let county, county > 0 else {
      rates = [Rate?](repeating: nil, count: count)
      return
    }
    // The variance between points is what is left of that of their rates, each weighed by its payments, once chance is taken out.
    let known = payments.indices.filter { payments[$0] > 0 }
    let spread =
      known.reduce(0.0) {
        let difference = Double(complaints[$1]) / payments[$1] - county
        return $0 + payments[$1] * difference * difference
      } / sumN
    let between = spread - county / (sumN / Double(known.count))
    // Without any, all points are alike; a hundred complaints' worth of prior says so and stays finite.
    let shape = between > 0 ? min(100, max(0.5, county * county / between)) : 100
    let scale = shape / county
    rates = payments.indices.map { point in
      let posterior = GammaDistribution(
        shape: Double(complaints[point]) + shape, rate: payments[point] + scale)
      return Rate(
        complaints: complaints[point], payments: payments[point], shrunken: posterior.mean,
        probability: posterior.probability(above: Self.factor * county))
    }
  }
}

extension FeedbackTable {
  /// Whether the row is a complaint: see `ComplaintRates`.
  public func isComplaint(_ row: Int) -> Bool {
    let category = categoryNames[Int(categories[row])]
    if ComplaintRates.friendlyCategories.contains(category) { return false }
    return !category.isEmpty || (1...2).contains(ratings[row])
  }
}
