import Foundation
import Geo
public import Planning

extension StoredPlan {
  /// What the plan promised, to hold against what came; `nil` where it was kept without forecasts.
  public var promise: PlanPromise? {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(self.document.utf8)),
      let forecast = document.forecast, forecast.points.count > 0
    else { return nil }
    var points: [String: PlanPromise.Forecast?] = [:]
    for row in forecast.points {
      points[row.point_id] = .some(Self.forecast(row.expected_payments_per_month, row.low, row.high))
    }
    return PlanPromise(
      sites: zip(sites, document.chosen).map { site, row in
        .init(
          id: site.id, name: site.name, position: site.position,
          forecast: Self.forecast(
            row.expected_payments_per_month.map(Double.init), row.expected_low, row.expected_high))
      }, points: points, volumesUntil: forecast.volumes_until ?? "", keptOn: String(savedAt.prefix(10)))
  }

  /// The customers served before and after, as the plan told them.
  public var promisedCustomers: (total: Int, before: Int, after: Int)? {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(self.document.utf8)),
      let before = document.before, let after = document.after
    else { return nil }
    return (before.customers.total, before.customers.served, after.customers.served)
  }

  /// The question the plan answers, by name and value; empty where it was kept without.
  public var question: [String: String] {
    (try? JSONDecoder().decode(Document.self, from: Data(document.utf8)))?.question ?? [:]
  }

  static func forecast(_ expected: Double?, _ low: Double?, _ high: Double?) -> PlanPromise.Forecast? {
    guard let expected, let low, let high, expected >= 0, expected.isFinite, low <= high, high.isFinite else {
      return nil
    }
    return PlanPromise.Forecast(expected: expected, interval: low...high)
  }

  // Named as in the document.
  private struct Document: Decodable {
    struct Row: Decodable {
      var expected_payments_per_month: Int?
      var expected_low: Double?
      var expected_high: Double?
    }
    struct Point: Decodable {
      var point_id: String
      var expected_payments_per_month: Double?
      var low: Double?
      var high: Double?
    }
    struct Forecast: Decodable {
      var volumes_until: String?
      var points: [Point]
    }
    struct Summary: Decodable {
      struct Customers: Decodable {
        var total: Int
        var served: Int
      }
      var customers: Customers
    }
    var chosen: [Row]
    var before: Summary?
    var after: Summary?
    var forecast: Forecast?
    var question: [String: String]?
  }
}
