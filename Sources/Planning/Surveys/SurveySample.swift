/// A stratified sample of places whose people are to be asked how far they go to pay.
///
///     let sample = SurveySample(of: network, places: 400, seed: 1)
///     sample.places.count         // 400
///     sample.minutesMargin        // 0.6: the mean is known to ± 0.6 minutes, 19 times in 20
///
/// Places are drawn from the list of all, not at the counter, where only those who come can be asked. Within a stratum
/// every place has the same chance; across strata Neyman's allocation. A draw depends on the seed and the network only.
public struct SurveySample: Sendable {
  /// How large a sample is, and how it is drawn.
  public struct Plan: Hashable, Sendable {
    /// How many places.
    public var places = 400
    /// How many people are asked at each.
    public var interviewsPerPlace = 1
    /// The fewest places of a stratum, where it has as many.
    public var floor = 12
    /// ρ: how much more alike two answers from one place are than two from different ones. An assumption, not a rule.
    public var likenessWithinPlace = 0.1
    /// Names the draw.
    public var seed = 1

    /// 400 places, one interview each.
    public init() {}

    /// How much wider intervals are for asking several at one place: 1 + (b − 1)ρ (Kish 1965, "Survey Sampling").
    public var designEffect: Double { 1 + Double(interviewsPerPlace - 1) * likenessWithinPlace }
  }

  /// How it was drawn.
  public let plan: Plan
  /// What it was drawn from.
  public let strata: SurveyStrata
  /// How many places of each stratum are in it.
  public let allocation: [Int]
  /// The places drawn, ascending.
  public let places: [Int]
  /// The standard deviation of minutes within each stratum that the draw reckons with.
  public let spreads: [Double]

  /// How many places of a stratum must have answered before for their spread to be believed.
  static let fewestWitnesses = 5

  /// Draws a sample.
  ///
  /// People differ more than the map says: where an earlier survey shows by how much, that counts, if it is more.
  ///
  /// - Parameter surveys: what was asked before; nothing where it is the first time.
  /// - Complexity: O(places + answers) beside `SurveyStrata`.
  public init(
    of network: PaymentNetwork, _ plan: Plan, after surveys: DistanceSurveyTable = DistanceSurveyTable()
  ) {
    let strata = SurveyStrata(of: network)
    let before = SurveyReturns(surveys, of: network).byStratum
    let spreads = (0..<strata.count).map { h in
      let surveyed = before[h].places >= Self.fewestWitnesses ? before[h].deviation ?? 0 : 0
      return max(surveyed, strata.spread(of: h))
    }
    self.plan = plan
    self.strata = strata
    self.spreads = spreads
    allocation = neymanAllocation(
      of: plan.places, sizes: strata.members.map(\.count),
      spreads: spreads,
      floor: plan.floor)
    var drawn: [Int] = []
    for (h, size) in allocation.enumerated() {
      // A sequence for each stratum, so that a place more in one changes nothing in the others.
      var dice = SplitMix64(seed: UInt64(bitPattern: Int64(plan.seed)) &+ 0x1_0000_0001 &* UInt64(h))
      var hat = strata.members[h]
      for k in 0..<size { hat.swapAt(k, k + Int(dice.next(below: UInt64(hat.count - k)))) }
      drawn += hat.prefix(size)
    }
    places = drawn.sorted()
  }

  /// How many places are needed to know a share to ± `margin`, whatever it is: n₀ = z²·¼·deff ÷ e² interviews, with the
  /// finite population's correction n₀ ÷ (1 + n₀ ÷ N) (Cochran 1977, "Sampling Techniques", 4.4).
  ///
  /// - Parameter margin: e, half the 95 % interval, between 0 and 1.
  public static func placesNeeded(for margin: Double, of population: Int, _ plan: Plan) -> Int {
    precondition(margin > 0 && margin < 1, "a margin between 0 and 1 is expected")
    guard population > 0 else { return 0 }
    let interviews = normal95 * normal95 * 0.25 * plan.designEffect / (margin * margin)
    let places = interviews / Double(plan.interviewsPerPlace)
    return min(population, Int((places / (1 + places / Double(population))).rounded(.up)))
  }

  /// Half the 95 % interval of the mean minutes that the sample will give, if answers vary as `spreads` say.
  public var minutesMargin: Double {
    margin { h in spreads[h] * spreads[h] }
  }

  /// Half the 95 % interval of a share, at its widest: a share of one half in every stratum.
  public var shareMargin: Double { margin { _ in 0.25 } }

  /// z·√Σ (N_h ÷ N)²·(1 − n_h ÷ N_h)·s²·deff ÷ (n_h·b); infinite where a stratum is not sampled.
  private func margin(_ variance: (Int) -> Double) -> Double {
    let population = Double(strata.placeCount)
    guard population > 0 else { return 0 }
    let sum = allocation.enumerated().reduce(0.0) { sum, stratum in
      let size = Double(strata.members[stratum.offset].count)
      guard stratum.element > 0 else { return .infinity }
      let n = Double(stratum.element)
      let answers = n * Double(plan.interviewsPerPlace)
      return sum
        + (size / population) * (size / population) * (1 - n / size) * variance(stratum.offset)
        * plan.designEffect
        / answers
    }
    return normal95 * sum.squareRoot()
  }
}
