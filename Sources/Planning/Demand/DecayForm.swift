import Foundation

/// How the use of a point falls with the time it takes to get there.
///
///     DecayForm.logLogistic.decay(minutes: 12, parameters: [log(12), log(3)])  // 0.5
///
/// t is in minutes, one way. Every parameter is kept as its logarithm: so it cannot become negative, and errors are
/// factors.
///
/// - exponential: e^(−βt); parameter β per minute.
/// - power: (1 + t)^(−γ); parameter γ. The minute added stands for getting out of the door: without it a point next door
///   would draw without bound.
/// - log-logistic: 1 ÷ (1 + (t ÷ t₅₀)^γ); parameters t₅₀ in minutes, at which half are left, and γ. It fitted best for all
///   groups in a study of ways to hospital (Jia, Wang and Xierali 2019).
public enum DecayForm: String, CaseIterable, Sendable {
  case exponential, power
  case logLogistic = "log-logistic"

  /// How many parameters the form has.
  public var parameterCount: Int { self == .logLogistic ? 2 : 1 }

  /// The names of the parameters in files.
  public var parameterNames: [String] {
    switch self {
    case .exponential: ["beta"]
    case .power: ["gamma"]
    case .logLogistic: ["t50", "gamma"]
    }
  }

  /// The logarithms of the parameters before anything is known: half are left at 12 minutes, falling with the third power
  /// beyond (walking, assumed until calibrated).
  public var defaultParameters: [Double] {
    switch self {
    case .exponential: [log(log(2.0) / 12)]
    case .power: [log(1.5)]
    case .logLogistic: [log(12.0), log(3.0)]
    }
  }

  /// The share left at `minutes`, beside 1 next door.
  ///
  /// - Parameter parameters: the logarithms of the form's parameters.
  /// - Complexity: O(1).
  public func decay(minutes: Double, parameters: [Double]) -> Double {
    exp(slope(minutes: minutes, parameters[0], parameters.count > 1 ? parameters[1] : 0).value)
  }

  /// The logarithm of the decay with its derivatives by the parameters' logarithms; those of a second parameter are 0
  /// where there is none. Less than a second counts as one: the logarithm of no time at all is infinite.
  @inline(__always)
  func slope(minutes: Double, _ first: Double, _ second: Double) -> LogDecay {
    let t = max(minutes, 1.0 / 60)
    switch self {
    case .exponential, .power:
      let value = -exp(first) * (self == .exponential ? t : log1p(t))
      return LogDecay(value: value, d0: value, d1: 0, d00: value, d01: 0, d11: 0)
    case .logLogistic:
      let gamma = exp(second)
      let z = gamma * (log(t) - first)
      // log(1 + eᶻ), without overflow for large z.
      let value = z > 0 ? -(z + log1p(exp(-z))) : -log1p(exp(z))
      let s = z > 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z))
      let bend = s * (1 - s)
      return LogDecay(
        value: value, d0: s * gamma, d1: -s * z, d00: -bend * gamma * gamma,
        d01: bend * z * gamma + s * gamma, d11: -(bend * z * z + s * z))
    }
  }
}

/// The logarithm of a decay and its derivatives by the logarithms of two parameters.
struct LogDecay {
  var value: Double
  var d0: Double
  var d1: Double
  var d00: Double
  var d01: Double
  var d11: Double
}
