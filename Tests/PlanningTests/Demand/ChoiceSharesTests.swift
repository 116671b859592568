import Foundation
import Planning
import Testing
import Travel

@Suite("Shares of the payments")
struct ChoiceSharesTests {
  static func model(_ decay: DecayForm, counters: Bool = true) -> ChoiceModel {
    var model = ChoiceModel(decay: decay, kinds: [.businessHall, .shop], usesCounters: counters)
    let parameters: [Double] =
      switch decay {
      case .exponential: [log(0.1)]
      case .power: [log(1.3)]
      case .logLogistic: [log(11.0), log(2.6)]
      }
    model.coefficients = parameters + [log(8.0), log(1.7)] + (counters ? [0.4] : [])
    return model
  }

  @Test(
    "are attraction times decay over their sum, for few entries and for many", arguments: DecayForm.allCases,
    [40, 900])
  func matchesFormula(decay: DecayForm, places: Int) {
    let model = Self.model(decay)
    let county = ChoiceCounty(seed: places, truth: model, places: places)
    let reach = county.reach
    #expect((reach.entryCount > 7_200) == (places == 900))
    let shares = ChoiceShares(of: model, reach: reach, points: county.network.points)
    let demand = (0..<places).map { Double($0 % 7) }
    var payments = [Double](repeating: 0, count: county.network.points.count)
    for place in 0..<places {
      let expected = county.shares(model, reach[place])
      #expect(shares[place].count == expected.count)
      for (found, share) in zip(shares[place], expected) {
        #expect(abs(Double(found) - share) < 1e-6, "place \(place)")
      }
      #expect(abs(shares[place].reduce(0, +) - 1) < 1e-5)
      for (entry, share) in zip(reach[place], expected) {
        payments[Int(entry.point)] += demand[place] * share
      }
    }
    for (found, expected) in zip(shares.payments(of: demand), payments) {
      #expect(abs(found - expected) < 1e-4 * max(1, expected))
    }
    #expect(abs(shares.payments(of: demand).reduce(0, +) - demand.reduce(0, +)) < 1e-3)
  }

  @Test("are the same bytes each time, and none where nothing is within reach")
  func repeatable() {
    let model = Self.model(.logLogistic)
    let county = ChoiceCounty(seed: 5, truth: model, places: 700)
    func make() -> ChoiceShares { .init(of: model, reach: county.reach, points: county.network.points) }
    #expect(make().values == make().values)
    #expect(make().logSums == make().logSums)
    let nowhere = Reach(pointCount: county.network.points.count, rows: [[]])
    let shares = ChoiceShares(of: model, reach: nowhere, points: county.network.points)
    #expect(shares[0].isEmpty && shares.logSums == [-.infinity])
  }

  @Test("stay finite a day's walk away, and where decay has long gone to nothing")
  func far() {
    var model = Self.model(.exponential)
    model.coefficients[0] = 3
    let county = ChoiceCounty(seed: 1, truth: model)
    let rows = [
      [Reach.Entry(point: 0, seconds: 86_400, meters: 1), .init(point: 1, seconds: 90_000, meters: 1)]
    ]
    let shares = ChoiceShares(
      of: model, reach: Reach(pointCount: county.network.points.count, rows: rows),
      points: county.network.points)
    #expect(shares[0].first == 1 && shares[0].last == 0)
  }
}
