/// What the distance surveys of an atlas say in the whole, each stratum weighted by its places: the estimate that a
/// stratified sample is drawn for, with its sampling error.
///
///     let returns = SurveyReturns(surveys.distances, of: network)
///     returns.minutes.mean      // 9.4
///     returns.minutes.interval  // 8.8...10.1
///
/// ȳ = Σ (N_h ÷ N)·ȳ_h, Var ȳ = Σ (N_h ÷ N)²·(1 − n_h ÷ N_h)·s_h² ÷ n_h (Cochran 1977, 5.6), where n_h counts the places
/// asked: answers from one place are averaged first, because they are no independent witnesses. Answers of nothing, or
/// of more than a day's walk, are left to the calibration, which lists them. Shares are not estimated here: answers are rounded
/// to five and ten minutes, and a share counted from them would be wrong (the calibration corrects it).
public struct SurveyReturns: Sendable {
  /// A mean with its sampling error.
  public struct Estimate: Hashable, Sendable {
    /// The mean.
    public var mean: Double
    /// The 95 % interval, by the normal distribution.
    public var interval: ClosedRange<Double>
  }

  /// What came back from one stratum.
  public struct Stratum: Hashable, Sendable {
    /// How many answers with minutes.
    public var answers = 0
    /// From how many places.
    public var places = 0
    /// Their mean minutes; `nil` where nobody answered.
    public var mean: Double?
    /// The standard deviation of the places' means; `nil` for fewer than two.
    public var deviation: Double?
  }

  /// What the answers were sorted by.
  public let strata: SurveyStrata
  /// By stratum.
  public let byStratum: [Stratum]
  /// Mean minutes of the one way, over the strata that answered; `nil` where fewer than two places did.
  public let minutes: Estimate?
  /// The share of all places that lie in strata that answered.
  public let coveredShare: Double

  /// Weighs the answers of a network's people.
  ///
  /// A stratum of which a single place answered has no spread of its own: the widest of the others stands in.
  ///
  /// - Complexity: O(answers + places) beside `SurveyStrata`.
  public init(_ surveys: DistanceSurveyTable, of network: PaymentNetwork) {
    let strata = SurveyStrata(of: network)
    var sums = [Int: (sum: Double, count: Int)]()
    for row in 0..<surveys.count {
      let minutes = surveys.minutes[row]
      guard minutes > 0, minutes <= 720 else { continue }
      let place = Int(surveys.places[row])
      sums[place, default: (0, 0)].sum += minutes
      sums[place, default: (0, 0)].count += 1
    }
    var means = [[Double]](repeating: [], count: strata.count)
    var byStratum = [Stratum](repeating: Stratum(), count: strata.count)
    for (place, answers) in sums.sorted(by: { $0.key < $1.key }) {
      guard let h = strata.stratum[place] else { continue }
      means[h].append(answers.sum / Double(answers.count))
      byStratum[h].answers += answers.count
    }
    for h in means.indices {
      byStratum[h].places = means[h].count
      byStratum[h].mean = means[h].isEmpty ? nil : means[h].mean
      byStratum[h].deviation = means[h].count < 2 ? nil : means[h].variance.squareRoot()
    }
    self.strata = strata
    self.byStratum = byStratum

    let answered = byStratum.indices.filter { byStratum[$0].places > 0 }
    let population = answered.reduce(0.0) { $0 + Double(strata.members[$1].count) }
    coveredShare = strata.placeCount == 0 ? 0 : population / Double(strata.placeCount)
    guard let widest = byStratum.compactMap(\.deviation).max() else {
      minutes = nil
      return
    }
    var (mean, variance) = (0.0, 0.0)
    for h in answered {
      let size = Double(strata.members[h].count)
      let n = Double(byStratum[h].places)
      let deviation = byStratum[h].deviation ?? widest
      mean += size / population * (byStratum[h].mean ?? 0)
      variance += (size / population) * (size / population) * (1 - n / size) * deviation * deviation / n
    }
    let margin = normal95 * variance.squareRoot()
    minutes = Estimate(mean: mean, interval: (mean - margin)...(mean + margin))
  }
}
