/// What it takes to check the aims of a promise, one after the other, by whole-number arithmetic: certificates of covering under one set of rules.
///
/// `covering` is of villages and customers, a village weighing `villageWeight`. The rows of `travel` are those of `covering`, each worth λ for each
/// of its villages and μ for each of its customers, and after them the steps of ways: whatever λ and μ, a plan that covers as many villages and
/// customers saves no more than the bound less what these are worth. `cheaper` is the same once more, with a last rule that asks for less than
/// the plan's cost, and proves that no such plan is as good.
public struct PromiseCertificate: Hashable, Sendable, Codable {
  /// Always `promise`.
  public var goal = "promise"
  /// Of villages and customers.
  public var covering: RuledCertificate
  /// Of what ways are shortened by.
  public var travel: RuledCertificate
  /// Of cost; `nil` where nothing is proven of it but what kept sites cost.
  public var cheaper: RuledCertificate?
  /// What a village weighs in `covering`: more than all customers.
  public var villageWeight: Int
  /// λ and μ.
  public var exchange: [Int]
  /// All ways without a plan; what is left of them is the second value.
  public var ways: Int
  /// What each site costs.
  public var costs: [Int]
  /// The sites of the plan, kept ones included.
  public var sites: [Int]
  /// What the plan covers, its ways and its cost.
  public var values: [Int]
  /// The bound of each, given that the ones before are reached.
  public var bounds: [Int]
}
