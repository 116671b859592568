/// How the likelihood falls away from the best value of one parameter, all others at their best again each time.
///
/// A flat profile says that the data hardly know the parameter: values whose `drop` is below 1.92 lie within the 95 %
/// interval (half the 95 % point of χ² with one degree of freedom; Venzon and Moolgavkar 1988).
public struct LikelihoodProfile: Hashable, Sendable {
  /// One value of the parameter.
  public struct Step: Hashable, Sendable {
    /// The parameter.
    public let value: Double
    /// How much lower the logarithm of the likelihood is than at the best value; never below 0.
    public let drop: Double
  }

  /// The largest drop within the 95 % interval.
  public static let limit = 1.92

  /// The parameter's name in files.
  public let name: String
  /// Values from low to high; the best estimate is in the middle.
  public let steps: [Step]
}
