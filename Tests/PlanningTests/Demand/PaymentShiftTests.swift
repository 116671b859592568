import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Losses are judged by the formula of the choice model, share by share, and by what two forecasts differ by.
@Suite("Whom newcomers take from")
struct PaymentShiftTests {
  /// Two forecasts, without and with newcomers, whom everybody considers or only who is near.
  private func forecasts(_ seed: Int, newcomers: Int, nearest: Int) -> (
    before: PaymentForecast, after: PaymentForecast, range: Range<Int>
  ) {
    var county = ChoiceCounty(seed: seed, truth: PaymentForecastTests.truth, places: 40, points: 18)
    county.makeVolumes(seed: seed)
    county.options.reach.nearest = nearest
    let estimate = ChoiceEstimate(of: county.network, surveys: county.answers(8, seed: 5), county.options)
    let reconciled = DemandReconciliation(of: county.network, estimate, county.options.payments)
    var random = SeededGenerator(seed: seed + 90)
    var opened = county.network
    for _ in 0..<newcomers {
      opened.points.append(
        [.shop, .businessHall].randomElement(using: &random)!, 35 + .random(in: -0.04...0.04, using: &random),
        112.5 + .random(in: -0.04...0.04, using: &random))
    }
    let plan = InPersonPayments()
    return (
      PaymentForecast(of: county.network, estimate, reconciled, by: plan),
      PaymentForecast(of: opened, estimate, reconciled, by: plan), 18..<18 + newcomers
    )
  }

  @Test("is the share each point gives up, where all points are considered", arguments: 0..<8)
  func formula(seed: Int) throws {
    let (before, after, range) = forecasts(seed, newcomers: 3, nearest: 40)
    let shift = PaymentShift(from: before, to: after, newcomers: range)
    #expect(shift.losses.count == 3)
    var lost = [Double](repeating: 0, count: 18)
    for (newcomer, losses) in shift.losses.enumerated() {
      var judge = [Double](repeating: 0, count: 18)
      for place in before.demand.indices {
        let row = after.shares.reach[place]
        let slot = try #require(row.firstIndex { Int($0.point) == range.lowerBound + newcomer })
        let taken =
          before.demand[place]
          * Double(after.shares[place][after.shares[place].startIndex + slot - row.startIndex])
        for (entry, share) in zip(before.shares.reach[place], before.shares[place]) {
          judge[Int(entry.point)] += taken * Double(share)
        }
      }
      #expect(losses.map(\.payments) == losses.map(\.payments).sorted(by: >))
      for loss in losses {
        #expect(abs(loss.payments - judge[loss.point]) < 1e-4 * max(1, judge[loss.point]))
        lost[loss.point] += loss.payments
      }
      let expected = try #require(after.points[range.lowerBound + newcomer]).expected
      #expect(abs(losses.reduce(0) { $0 + $1.payments } - expected) < 1e-4 * max(1, expected))
    }
    for point in 0..<18 {
      let less = try #require(before.points[point]).expected - (try #require(after.points[point])).expected
      #expect(abs(lost[point] - less) < 1e-4 * max(1, less))
    }
  }

  @Test(
    "adds up to what the forecasts differ by, also where a newcomer puts others out of mind", arguments: 0..<8
  )
  func sums(seed: Int) throws {
    let (before, after, range) = forecasts(seed, newcomers: 2, nearest: 3)
    let shift = PaymentShift(from: before, to: after, newcomers: range)
    for point in 0..<18 {
      let less = try #require(before.points[point]).expected - (try #require(after.points[point])).expected
      let lost = shift.losses.reduce(0) { sum, losses in
        sum + (losses.first { $0.point == point }?.payments ?? 0)
      }
      // Where a newcomer drives away another point, those who stay may gain; only losses are listed.
      #expect(lost > less - 1e-4 * max(1, less))
    }
    let took = range.reduce(0) { $0 + (after.points[$1]?.expected ?? 0) }
    let lost = shift.losses.joined().reduce(0) { $0 + $1.payments }
    #expect(lost > took - 1e-4 * max(1, took))
  }

  @Test("is nothing where nobody opens")
  func nobody() {
    let (before, after, _) = forecasts(1, newcomers: 0, nearest: 12)
    #expect(PaymentShift(from: before, to: after, newcomers: 18..<18).losses.isEmpty)
  }
}
