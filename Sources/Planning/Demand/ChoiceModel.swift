import Foundation

/// How customers choose among the points within reach: a multinomial choice, as Huff (1964) and McFadden (1974) put it.
///
/// Point j gets of place i's payments the share A_j·f(t_ij) ÷ Σ_k A_k·f(t_ik), over the points k within reach. f is the decay; A
/// is the attraction of the point's kind beside that of the reference kind, times counters^α where counters matter.
///
///     let model = ChoiceModel(decay: .logLogistic)
///     model.attraction(of: .businessHall, counters: 3)  // 1: until it is estimated, all kinds draw alike
public struct ChoiceModel: Hashable, Sendable {
  /// How the use of a point falls with time.
  public let decay: DecayForm
  /// The kind whose attraction is 1.
  public let reference: PointKind
  /// The kinds with an attraction of their own; all others draw like the reference.
  public let kinds: [PointKind]
  /// Whether attraction grows with the number of counters.
  public let usesCounters: Bool
  /// The logarithms of the decay's parameters, then of the kinds' attractions, then α where counters matter.
  public var coefficients: [Double]

  private let slots: [Int]

  /// A model before anything is known of its parameters.
  public init(
    decay: DecayForm, reference: PointKind = .villageCommittee, kinds: [PointKind] = [],
    usesCounters: Bool = false
  ) {
    precondition(!kinds.contains(reference), "the reference kind has no attraction of its own")
    self.decay = decay
    self.reference = reference
    self.kinds = kinds
    self.usesCounters = usesCounters
    coefficients =
      decay.defaultParameters + kinds.map { _ in 0 } + (usesCounters ? [0] : [])
    var slots = [Int](repeating: -1, count: PointKind.allCases.count)
    for (i, kind) in kinds.enumerated() { slots[Int(kind.rawValue)] = decay.parameterCount + i }
    self.slots = slots
  }

  /// How many parameters the model has.
  public var parameterCount: Int { coefficients.count }

  /// The names of the parameters in files, in the order of `coefficients`.
  public var parameterNames: [String] {
    decay.parameterNames + kinds.map { "attraction_" + $0.name } + (usesCounters ? ["alpha_counters"] : [])
  }

  /// How much a point draws, beside one of the reference kind with one counter.
  ///
  /// - Parameter counters: 0 where not known, which counts as one.
  public func attraction(of kind: PointKind, counters: Int) -> Double {
    exp(logAttraction(of: kind, counters: counters))
  }

  /// The share that is left after `minutes` on the way, beside 1 next door.
  public func decay(minutes: Double) -> Double {
    decay.decay(minutes: minutes, parameters: coefficients)
  }

  func logAttraction(of kind: PointKind, counters: Int) -> Double {
    let slot = slots[Int(kind.rawValue)]
    let own = slot < 0 ? 0 : coefficients[slot]
    return usesCounters ? own + coefficients[coefficients.count - 1] * log(Double(max(1, counters))) : own
  }

  /// Attraction times decay.
  func weight(seconds: Int32, kind: PointKind, counters: Int) -> Double {
    exp(logDecay(seconds).value + logAttraction(of: kind, counters: counters))
  }

  @inline(__always)
  func logDecay(_ seconds: Int32) -> LogDecay {
    decay.slope(
      minutes: Double(seconds) / 60, coefficients[0], decay.parameterCount > 1 ? coefficients[1] : 0)
  }

  /// The position of a kind's attraction among the coefficients; -1 where it has none.
  @inline(__always)
  func slot(of kind: PointKind) -> Int { slots[Int(kind.rawValue)] }

  /// What is believed of the parameters before any data.
  ///
  /// Decay: a factor of 2.7 either way at one standard deviation about the defaults. Attractions: a factor of 7.4 about the
  /// reference's. α: one about 0. Wide beside any survey; a prior, because a parameter nobody's answers speak of must stay
  /// finite.
  var prior: NormalPrior {
    NormalPrior(
      means: decay.defaultParameters + kinds.map { _ in 0 } + (usesCounters ? [0] : []),
      standardDeviations: decay.defaultParameters.map { _ in 1 } + kinds.map { _ in 2 }
        + (usesCounters ? [1] : []))
  }
}

/// The derivatives of the logarithm of a point's weight by the model's coefficients.
struct WeightSlopes {
  private let model: ChoiceModel
  private let kindSlots: [Int]
  private let logCounters: [Double]
  private let logAttractions: [Double]
  /// The decay of each second below two hours; empty where it is worked out each time.
  private let decays: [LogDecay]

  /// - Parameter entryCount: how many weights are asked for: where they are more than seconds in two hours, each second's
  ///   decay is looked up, for times are whole seconds.
  init(_ model: ChoiceModel, points: PointTable, entryCount: Int = 0) {
    self.model = model
    kindSlots = points.kinds.map { model.slot(of: $0) }
    logCounters =
      model.usesCounters ? (0..<points.count).map { log(Double(max(1, points.counters[$0]))) } : []
    logAttractions = (0..<points.count).map {
      model.logAttraction(of: points.kinds[$0], counters: Int(points.counters[$0]))
    }
    decays = entryCount > 7_200 ? (0..<Int32(7_200)).map { model.logDecay($0) } : []
  }

  /// Writes the derivatives into `x` and returns the logarithm of the weight with the bends of the decay.
  @inline(__always)
  func write(_ entry: Reach.Entry, into x: UnsafeMutablePointer<Double>) -> LogDecay {
    var decay = model.logDecay(entry.seconds)
    let count = model.parameterCount
    for k in 0..<count { x[k] = 0 }
    x[0] = decay.d0
    if model.decay.parameterCount > 1 { x[1] = decay.d1 }
    let slot = kindSlots[Int(entry.point)]
    if slot >= 0 { x[slot] = 1 }
    if model.usesCounters { x[count - 1] = logCounters[Int(entry.point)] }
    decay.value += logAttractions[Int(entry.point)]
    return decay
  }

  /// The logarithm of the weight, and its derivatives but for those that are zero.
  @inline(__always)
  func sparse(_ entry: Reach.Entry) -> SparseSlopes {
    let second = Int(entry.seconds)
    let decay = second < decays.count ? decays[second] : model.logDecay(entry.seconds)
    let point = Int(entry.point)
    return SparseSlopes(
      logWeight: decay.value + logAttractions[point], first: decay.d0, second: decay.d1,
      kind: kindSlots[point], counters: model.usesCounters ? logCounters[point] : 0,
      hasSecond: model.decay.parameterCount > 1, usesCounters: model.usesCounters)
  }
}
