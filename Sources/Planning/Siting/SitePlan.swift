/// Sites proposed, with a proof of how good the proposal is.
public struct SitePlan: Hashable, Sendable {
  /// The sites to open, in the order that brings most first; kept ones are not among them.
  public let sites: [Int]
  /// What each of `sites` adds to the ones before it.
  public let gains: [Int]
  /// What the plan reaches: the weight covered, kept sites included, or what it costs.
  public let value: Int
  /// No plan reaches more (of a weight) or costs less.
  public let bound: Int
  /// Whether it was stopped before it was done. It then depends on the machine; otherwise the same question has the same answer.
  public let isInterrupted: Bool
  /// What another program needs to check `bound`.
  public let certificate: CoveringCertificate

  /// Whether no plan is better.
  public var isProven: Bool { value == bound }

  /// How much better a plan could be at most, as a share of this one's value; 0 is proven.
  public var gap: Double {
    value == bound ? 0 : value == 0 ? .infinity : Double((bound - value).magnitude) / Double(value)
  }
}
