import Foundation
import Geo
public import Planning

extension StoredPlan {
  /// The plan as the report tells it; `nil` where the document lacks what that takes.
  public var told: KeptPlan? {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(self.document.utf8)),
      let value = document.value, let bound = document.bound, value.isFinite, bound.isFinite,
      document.chosen.count == sites.count
    else { return nil }
    var plan = KeptPlan(
      name: name, keptOn: String(savedAt.prefix(10)), goal: document.goal, unit: document.unit, value: value,
      bound: bound, isProven: document.proven, candidates: document.candidates?.count ?? sites.count,
      customers: document.before.customers.total, servedBefore: document.before.customers.served,
      servedAfter: document.after.customers.served,
      sites: zip(sites, document.chosen).map { site, row in
        .init(
          id: site.id, name: site.name, position: site.position, gain: site.gain, costFen: site.costFen,
          newlyServed: row.newly_served ?? [], customersGained: row.gains?.newly_served.customers,
          elderlyGained: row.gains?.newly_served.elderly,
          forecast: Self.forecast(
            row.expected_payments_per_month.map(Double.init), row.expected_low, row.expected_high))
      })
    plan.curve = (document.curve ?? []).map { .init(sites: $0.sites, value: $0.value, bound: $0.bound) }
    plan.alternatives = (document.alternatives?.plans ?? []).map {
      .init(value: $0.value, without: $0.without, instead: $0.instead)
    }
    plan.core = Set(document.alternatives?.core ?? [])
    return plan
  }

  // Named as in the document.
  private struct Document: Decodable {
    struct Group: Decodable {
      var customers: Int
      var elderly: Int?
    }
    struct Gains: Decodable { var newly_served: Group }
    struct Row: Decodable {
      var expected_payments_per_month: Int?
      var expected_low: Double?
      var expected_high: Double?
      var newly_served: [String]?
      var gains: Gains?
    }
    struct Customers: Decodable {
      var total: Int
      var served: Int
    }
    struct Summary: Decodable { var customers: Customers }
    struct Candidates: Decodable { var count: Int }
    struct CurvePoint: Decodable {
      var sites: Int
      var value: Int
      var bound: Int
    }
    struct Alternatives: Decodable {
      struct Plan: Decodable {
        var value: Double
        var without: [String]
        var instead: [String]
      }
      var plans: [Plan]
      var core: [String]
    }
    var goal: String
    var unit: String
    var value: Double?
    var bound: Double?
    var proven: Bool
    var chosen: [Row]
    var before: Summary
    var after: Summary
    var candidates: Candidates?
    var curve: [CurvePoint]?
    var alternatives: Alternatives?
  }
}
