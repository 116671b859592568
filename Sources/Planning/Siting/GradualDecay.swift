/// How much of a place's weight counts as served at a given time from its nearest point: gradual covering (Berman, Krass and Drezner 2003,
/// "The gradual covering decay location problem on a network", EJOR 151), by a decay of use instead of a limit of minutes.
///
///     let decay = GradualDecay()               // half counts at 12 minutes, by the third power
///     decay.thousandths(after: 720)            // 500
public struct GradualDecay: Hashable, Sendable {
  /// How use falls with time.
  public let form: DecayForm
  /// The logarithms of the form's parameters.
  public let parameters: [Double]

  /// A decay with given parameters, or that of `DecayForm` before anything is known: log-logistic, half at 12 minutes, γ = 3.
  public init(_ form: DecayForm = .logLogistic, parameters: [Double]? = nil) {
    self.form = form
    self.parameters = parameters ?? form.defaultParameters
  }

  /// The decay that a choice was estimated with.
  public init(_ model: ChoiceModel) {
    self.init(model.decay, parameters: Array(model.coefficients.prefix(model.decay.parameterCount)))
  }

  /// What counts of every thousand, to the nearest whole.
  ///
  /// - Complexity: O(1).
  public func thousandths(after seconds: Int) -> Int {
    let share = form.decay(minutes: Double(seconds) / 60, parameters: parameters)
    return share.isFinite ? Int((min(1, max(0, share)) * 1_000).rounded()) : 0
  }
}
