/// What the report's figures are held against, as shares in 0...1.
///
///     ReportTargets(townShare: 0.95, villageShare: 1)
///
/// The promise says "every village" and leaves no town customer out: so both are 1 unless somebody sets another aim for the year.
public struct ReportTargets: Hashable, Sendable {
  /// The share of town customers within the town's limit.
  public let townShare: Double
  /// The share of administrative villages with a point of their own, and with an effective one; and of village customers served
  /// where the standard asks for minutes in the country too.
  public let villageShare: Double

  /// - Precondition: both are in 0...1.
  public init(townShare: Double = 1, villageShare: Double = 1) {
    precondition(
      (0...1).contains(townShare) && (0...1).contains(villageShare), "a target is a share in 0...1")
    self.townShare = townShare
    self.villageShare = villageShare
  }
}
