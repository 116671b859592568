/// What is assumed about an agent's money, in yuan; everything that the atlas does not know is 0 until it is given.
public struct ViabilityOptions: Hashable, Sendable {
  /// How many of the latest months with volumes are averaged.
  public var months = 12
  /// sub: what the company pays the agent each month besides the fees.
  public var subsidyYuan = 0.0
  /// η: the share of payers who also buy something.
  public var footfallShare = 0.0
  /// g: the margin of what such a payer buys.
  public var footfallMarginYuan = 0.0
  /// v: what a payment costs the agent: paper, telephone, time.
  public var costPerPaymentYuan = 0.0
  /// float: the money tied up in the till.
  public var floatYuan = 0.0
  /// r: what tied-up money costs in a month, as a share of it.
  public var floatCostPerMonth = 0.0

  /// Nothing but fees and monthly costs.
  public init() {}
}

/// Whether it pays to run a point (domain KPI K9).
public struct PointViability: Sendable {
  /// The money of one point in a month.
  public struct Balance: Hashable, Sendable {
    /// q: mean payments a month.
    public var paymentsPerMonth: Double
    /// M = c q + sub + η q g − (fixed + v q + r float), in yuan.
    public var marginYuan: Double
    /// q* = (fixed + r float − sub) ÷ (c + η g − v), at least 0: the payments a month from which on it pays; `nil` where no
    /// number of payments does.
    public var breakEvenPayments: Double?
    /// c: whether a payment brings anything; a point of the company's own usually earns no fees, and loses by design.
    public var earnsFees: Bool
  }

  /// What was assumed.
  public let options: ViabilityOptions
  /// By point; `nil` where it is not active, or cost, fee or volumes are not known.
  public private(set) var balances: [Balance?]

  /// Works out the balance of every point.
  ///
  /// - Complexity: O(volumes + points).
  public init(_ network: PaymentNetwork, _ options: ViabilityOptions = .init()) {
    self.options = options
    let points = network.points
    let volumes = RecentVolumes(network.volumes, pointCount: points.count, months: options.months)
    balances = (0..<points.count).map { point in
      guard points.statuses[point] == .active, points.monthlyCostsFen[point] >= 0,
        points.feesPerPaymentFen[point] >= 0, let payments = volumes.mean(of: point)
      else { return nil }
      let fee = Double(points.feesPerPaymentFen[point]) / 100
      let fixed =
        Double(points.monthlyCostsFen[point]) / 100 + options.floatCostPerMonth * options.floatYuan
        - options.subsidyYuan
      let perPayment = fee + options.footfallShare * options.footfallMarginYuan - options.costPerPaymentYuan
      return Balance(
        paymentsPerMonth: payments, marginYuan: perPayment * payments - fixed,
        breakEvenPayments: fixed <= 0 ? 0 : perPayment > 0 ? fixed / perPayment : nil, earnsFees: fee > 0)
    }
  }
}
