import Foundation
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Likelihoods of choices and volumes")
struct ChoiceLikelihoodTests {
  private func county(_ decay: DecayForm, volumes: Bool = false) -> ChoiceCounty {
    var county = ChoiceCounty(seed: 3, truth: ChoiceSharesTests.model(decay), places: 30, points: 14)
    if volumes { county.makeVolumes(seed: 4, spread: 0.2) }
    return county
  }

  @Test("of answers is the sum of the logarithms of the shares chosen", arguments: DecayForm.allCases)
  func value(decay: DecayForm) throws {
    let county = county(decay)
    let answers = county.answers(4, seed: 9)
    let reach = county.reach
    let choices = SurveyedChoices(answers, places: county.network.places, reach: reach)
    #expect(choices.used == 120 && choices.outOfReach.isEmpty)
    var expected = 0.0
    for i in 0..<answers.count {
      let row = reach[Int(answers.places[i])]
      let slot = try #require(row.firstIndex { $0.point == answers.points[i] })
      expected += log(county.shares(county.truth, row)[slot - row.startIndex])
    }
    let found = choices.likelihood(county.truth, reach: reach, points: county.network.points)
    #expect(abs(found.value - expected) < 1e-9 * abs(expected))
  }

  @Test("of answers has the slope and the information that small steps find", arguments: DecayForm.allCases)
  func slope(decay: DecayForm) {
    let county = county(decay)
    let reach = county.reach
    let choices = SurveyedChoices(county.answers(3, seed: 2), places: county.network.places, reach: reach)
    var model = county.truth
    model.coefficients[1] += 0.3
    func at(_ steps: [Int: Double]) -> Likelihood {
      var near = model
      for (i, step) in steps { near.coefficients[i] += step }
      return choices.likelihood(near, reach: reach, points: county.network.points)
    }
    let here = at([:])
    let size = model.parameterCount
    let h = 1e-4
    for p in 0..<size {
      let (up, down) = (at([p: h]), at([p: -h]))
      let gradient = (up.value - down.value) / (2 * h)
      #expect(abs(here.gradient[p] - gradient) < 1e-5 * max(1, abs(gradient)), "\(p)")
      for q in 0..<size {
        let bend = -(up.gradient[q] - down.gradient[q]) / (2 * h)
        #expect(abs(here.information[p * size + q] - bend) < 1e-4 * max(1, abs(bend)), "\(p), \(q)")
      }
    }
    var sum = [Double](repeating: 0, count: size)
    _ = choices.likelihood(model, reach: reach, points: county.network.points) { sum.add($1) }
    for p in 0..<size { #expect(abs(sum[p] - here.gradient[p]) < 1e-9) }
  }

  @Test(
    "of volumes is Poisson's at the best scale, with the slope that small steps find",
    arguments: DecayForm.allCases)
  func volumes(decay: DecayForm) {
    var county = county(decay, volumes: true)
    // One point is not known, and takes its share all the same.
    county.network.volumes.removePoint(2)
    let observed = MonthlyVolumes(county.network.volumes, pointCount: county.network.points.count).means
    #expect(observed[2] == nil)
    let demand = (0..<county.network.places.count).map {
      InPersonPayments().perMonth(of: county.network.places, $0)
    }
    let likelihood = VolumeLikelihood(
      reach: county.reach, points: county.network.points, demand: demand, observed: observed)
    var model = county.truth
    model.coefficients[1] -= 0.2
    func poisson(_ model: ChoiceModel) -> Double {
      var due = [Double](repeating: 0, count: county.network.points.count)
      for place in demand.indices {
        for (entry, share) in zip(county.reach[place], county.shares(model, county.reach[place])) {
          due[Int(entry.point)] += demand[place] * share
        }
      }
      let known = due.indices.filter { observed[$0] != nil && due[$0] > 0 }
      let scale = known.reduce(0) { $0 + observed[$1]! } / known.reduce(0) { $0 + due[$1] }
      return known.reduce(0) { $0 + observed[$1]! * log(scale * due[$1]) - scale * due[$1] }
    }
    func stepped(_ p: Int, _ h: Double) -> ChoiceModel {
      var near = model
      near.coefficients[p] += h
      return near
    }
    let here = likelihood.likelihood(model)
    for p in 0..<model.parameterCount {
      let (up, down) = (stepped(p, 1e-4), stepped(p, -1e-4))
      let judge = (poisson(up) - poisson(down)) / 2e-4
      #expect(abs(here.gradient[p] - judge) < 1e-4 * max(1, abs(judge)), "\(p)")
      let difference = likelihood.likelihood(up).value - likelihood.likelihood(down).value
      #expect(abs(difference - (poisson(up) - poisson(down))) < 1e-6 * max(1, abs(difference)))
    }
    // Fisher's information is the variance of the scores: here of Poisson draws about the expected.
    #expect(here.information.indices.allSatisfy { here.information[$0].isFinite })
    var halved = likelihood
    halved.dispersion = 2
    #expect(abs(halved.likelihood(model).value - here.value / 2) < 1e-9 * abs(here.value))
    #expect(zip(halved.likelihood(model).gradient, here.gradient).allSatisfy { abs($0 - $1 / 2) < 1e-6 })
  }

  @Test("where volumes are what is expected, the expected information is the observed")
  func fisher() {
    let county = county(.logLogistic)
    let demand = (0..<county.network.places.count).map { Double(100 + $0) }
    let due = ExpectedPayments(
      county.truth, reach: county.reach, points: county.network.points, demand: demand
    ).payments
    let likelihood = VolumeLikelihood(
      reach: county.reach, points: county.network.points, demand: demand, observed: due)
    let here = likelihood.likelihood(county.truth)
    let size = county.truth.parameterCount
    #expect(here.gradient.allSatisfy { abs($0) < 1e-6 })
    for p in 0..<size {
      var (up, down) = (county.truth, county.truth)
      up.coefficients[p] += 1e-4
      down.coefficients[p] -= 1e-4
      let (above, below) = (likelihood.likelihood(up).gradient, likelihood.likelihood(down).gradient)
      for q in 0..<size {
        let bend = -(above[q] - below[q]) / 2e-4
        #expect(abs(here.information[p * size + q] - bend) < 1e-3 * max(1, abs(bend)), "\(p), \(q)")
      }
    }
  }
}

extension VolumeTable {
  /// Takes a point's rows away.
  mutating func removePoint(_ point: Int32) {
    let kept = points.indices.filter { points[$0] != point }
    points = kept.map { points[$0] }
    monthIndices = kept.map { monthIndices[$0] }
    payments = kept.map { payments[$0] }
    amountsFen = kept.map { amountsFen[$0] }
    busiestDayPayments = kept.map { busiestDayPayments[$0] }
  }
}
