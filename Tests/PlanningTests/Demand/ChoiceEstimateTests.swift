import Foundation
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Estimates of the choice")
struct ChoiceEstimateTests {
  /// Exponential with attraction by kind and counters: the α and β of Huff's model.
  static var huff: ChoiceModel {
    var model = ChoiceModel(
      decay: .exponential, kinds: [.businessHall, .shop], usesCounters: true)
    model.coefficients = [log(0.06), log(6.0), log(2.0), 0.5]
    return model
  }

  @Test("is the best of a grid of all values around it")
  func grid() {
    let county = ChoiceCounty(seed: 7, truth: Self.huff)
    let answers = county.answers(3, seed: 1)
    let estimate = ChoiceEstimate(of: county.network, surveys: answers, county.options)
    #expect(estimate.evidence == .surveys && estimate.isConverged && estimate.answers == 120)
    let choices = SurveyedChoices(answers, places: county.network.places, reach: estimate.reach)
    func height(_ model: ChoiceModel) -> Double {
      choices.likelihood(model, reach: estimate.reach, points: county.network.points).value
        - model.prior.penalty(model.coefficients)
    }
    let top = height(estimate.model)
    let steps = [-0.5, -0.1, -0.01, 0, 0.01, 0.1, 0.5]
    for a in steps {
      for b in steps {
        for c in steps {
          for d in steps where [a, b, c, d] != [0, 0, 0, 0] {
            var model = estimate.model
            model.coefficients.add([a, b, c, d])
            #expect(height(model) < top)
          }
        }
      }
    }
  }

  @Test(
    "at three answers a village has no bias that matters, and 95 % intervals hold the truth about as often")
  func simulation() {
    let truth = Self.huff
    let counties = 200
    var hits = [Int](repeating: 0, count: truth.parameterCount)
    var errors = [Double](repeating: 0, count: truth.parameterCount)
    for seed in 0..<counties {
      let county = ChoiceCounty(seed: seed, truth: truth, places: 40, points: 12)
      let estimate = ChoiceEstimate(
        of: county.network, surveys: county.answers(3, seed: seed + 10_000), county.options)
      #expect(estimate.isConverged)
      for (p, parameter) in estimate.parameters.enumerated() {
        let isPower = p == truth.parameterCount - 1
        let value = isPower ? truth.coefficients[p] : exp(truth.coefficients[p])
        if parameter.interval.contains(value) { hits[p] += 1 }
        errors[p] += estimate.model.coefficients[p] - truth.coefficients[p]
      }
    }
    for p in 0..<truth.parameterCount {
      let share = Double(hits[p]) / Double(counties)
      #expect((0.90...0.98).contains(share), "\(truth.parameterNames[p]): \(share)")
      #expect(abs(errors[p] / Double(counties)) < 0.1, "\(truth.parameterNames[p]): \(errors[p] / 200)")
    }
    // β itself, per minute: A3.5 found 0.01 or less.
    #expect(
      abs(exp(truth.coefficients[0] + errors[0] / Double(counties)) - exp(truth.coefficients[0])) < 0.01)
  }

  @Test("finds which form of decay the answers came from", arguments: DecayForm.allCases)
  func forms(decay: DecayForm) {
    var county = ChoiceCounty(
      seed: 21, truth: ChoiceSharesTests.model(decay, counters: false), places: 120, points: 40)
    county.options.decay = nil
    let estimate = ChoiceEstimate(of: county.network, surveys: county.answers(40, seed: 2), county.options)
    // Far from the door a log-logistic is a power: the two cannot be told apart there.
    if decay != .power { #expect(estimate.model.decay == decay, "\(estimate.comparisons)") }
    let own = estimate.comparisons.first { $0.decay == decay }?.aic ?? .infinity
    #expect(own <= estimate.comparisons[0].aic + 4, "\(estimate.comparisons)")
    #expect(estimate.comparisons.count == 3)
    #expect(estimate.comparisons.map(\.aic) == estimate.comparisons.map(\.aic).sorted())
    for fit in estimate.comparisons {
      let count = Double(fit.decay.parameterCount + 2)
      #expect(abs(fit.aic - (2 * count - 2 * fit.logLikelihood)) < 1e-9)
    }
  }

  @Test("from volumes alone finds known parameters, shows how flat the likelihood is, and counts the spread")
  func volumes() {
    var truth = ChoiceModel(decay: .logLogistic, kinds: [.businessHall, .shop])
    truth.coefficients = [log(14.0), log(2.5), log(8.0), log(1.6)]
    var hits = 0
    for seed in 0..<10 {
      var county = ChoiceCounty(seed: seed, truth: truth, places: 120, points: 60)
      county.makeVolumes(seed: seed, spread: 0.15, factor: 0.8)
      let estimate = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), county.options)
      #expect(estimate.evidence == .volumes && estimate.comparedPoints > 50)
      #expect(estimate.dispersion > 1.2)
      for (parameter, coefficient) in zip(estimate.parameters, truth.coefficients) {
        if parameter.interval.contains(exp(coefficient)) { hits += 1 }
        #expect(abs(log(parameter.value) - coefficient) < 4 * parameter.standardError + 0.05, "\(parameter)")
      }
      if seed == 0 {
        #expect(estimate.profiles.map(\.name) == ["t50", "gamma", "attraction_business_hall"])
        for profile in estimate.profiles {
          #expect(profile.steps.count == 9)
          #expect(profile.steps[4].drop < 0.02)
          #expect(profile.steps[0].drop > 0.3 && profile.steps[8].drop > 0.3)
          #expect(profile.steps.map(\.value) == profile.steps.map(\.value).sorted())
        }
        var options = county.options
        options.wantsProfiles = false
        let bare = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), options)
        #expect(bare.profiles.isEmpty && bare.model == estimate.model)
      }
    }
    #expect(hits >= 34, "\(hits) of 40 intervals")
  }

  @Test("from volumes without noise is the truth to three digits")
  func exactVolumes() {
    var truth = ChoiceModel(decay: .logLogistic, kinds: [.businessHall, .shop])
    truth.coefficients = [log(12.0), log(3.0), log(15.0), log(2.0)]
    var county = ChoiceCounty(seed: 2, truth: truth, places: 150, points: 60)
    for i in 0..<county.network.places.count { county.network.places.customers[i] *= 100_000 }
    county.makeVolumes(seed: 1)
    let estimate = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), county.options)
    for (found, expected) in zip(estimate.model.coefficients, truth.coefficients) {
      #expect(abs(found - expected) < 2e-3, "\(found), \(expected)")
    }
  }

  @Test("says which parameters the answers do not speak of, and stays finite")
  func separation() throws {
    var county = ChoiceCounty(seed: 4, truth: Self.huff, points: 10)
    county.options.usesCounters = false
    let reach = county.reach
    var alike = DistanceSurveyTable()
    for place in 0..<40 {
      // Everybody goes to the nearest shop, past halls and committees.
      let shop = try #require(reach[place].first { county.network.points.kinds[Int($0.point)] == .shop })
      alike.append(place: place, point: Int(shop.point))
    }
    let estimate = ChoiceEstimate(of: county.network, surveys: alike, county.options)
    let shop = try #require(estimate.parameters.first { $0.name == "attraction_shop" })
    let hall = try #require(estimate.parameters.first { $0.name == "attraction_business_hall" })
    #expect(shop.weakness == .alwaysChosen && shop.chosen == 40 && shop.withinReach == 40)
    #expect(hall.weakness == .neverChosen && hall.chosen == 0 && hall.withinReach == 40)
    expectFinite(estimate)
  }

  @Test("of answers that had no choice knows no more than the prior, however many villages gave them")
  func noChoice() {
    var county = ChoiceCounty(seed: 4, truth: Self.huff)
    county.options.reach.nearest = 1
    county.options.reach.nearestHalls = 0
    let estimate = ChoiceEstimate(of: county.network, surveys: county.answers(2, seed: 1), county.options)
    #expect(estimate.villages == 40)
    for (parameter, deviation) in zip(estimate.parameters, estimate.model.prior.standardDeviations) {
      #expect(abs(parameter.standardError - deviation) < 1e-9)
    }
  }

  @Test("from a single answer, or from answers all alike, rests on the assumptions and says so")
  func few() {
    let county = ChoiceCounty(seed: 4, truth: Self.huff)
    var single = DistanceSurveyTable()
    single.append(place: 3, point: Int(county.reach[3].first!.point))
    let one = ChoiceEstimate(of: county.network, surveys: single, county.options)
    #expect(one.answers == 1)
    #expect(one.parameters.allSatisfy { $0.weakness != nil })
    expectFinite(one)
    var equal = DistanceSurveyTable()
    for _ in 0..<200 { equal.append(place: 3, point: Int(county.reach[3].first!.point)) }
    expectFinite(ChoiceEstimate(of: county.network, surveys: equal, county.options))
  }

  @Test(
    "sets aside answers that name a point that cannot be chosen, and takes closed points where someone went there"
  )
  func aside() {
    var county = ChoiceCounty(seed: 4, truth: Self.huff)
    county.network.points.statuses[1] = .planned
    county.network.points.statuses[2] = .closed
    county.network.points.statuses[3] = .suspended
    county.network.points.statuses[4] = .closed
    county.network.volumes.months = ["2015-01"]
    county.network.volumes.append(point: 3, month: 0, payments: 7)
    county.network.volumes.append(point: 4, month: 0, payments: 0)
    var answers = DistanceSurveyTable()
    answers.append(place: 0, point: 1)
    answers.append(place: 0, point: 2)
    answers.append(place: 1, point: 0)
    county.options.reach.nearest = 15
    let estimate = ChoiceEstimate(of: county.network, surveys: answers, county.options)
    #expect(Array(estimate.counts[0...4]) == [true, false, true, true, false])
    #expect(estimate.outOfReach == [0] && estimate.answers == 2)
  }

  @Test(
    "without answers and volumes, or with volumes of nothing, is the assumption", arguments: [false, true])
  func nothing(hasVolumes: Bool) {
    var county = ChoiceCounty(seed: 4, truth: Self.huff)
    county.options.decay = nil
    if hasVolumes {
      county.network.volumes.months = ["2015-01"]
      for point in 0..<county.network.points.count {
        county.network.volumes.append(point: point, month: 0, payments: 0)
      }
    }
    let estimate = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), county.options)
    #expect(estimate.evidence == .assumptions)
    #expect(estimate.model.decay == .logLogistic && abs(estimate.parameters[0].value - 12) < 1e-6)
    #expect(estimate.parameters.allSatisfy { $0.weakness == .assumed })
    expectFinite(estimate)
  }

  @Test("of nobody, and of nowhere, is the assumption too")
  func empty() {
    let none = ChoiceEstimate(of: PaymentNetwork(), surveys: DistanceSurveyTable(), ChoiceOptions())
    #expect(none.evidence == .assumptions)
    expectFinite(none)
  }

  private func expectFinite(_ estimate: ChoiceEstimate, _ location: SourceLocation = #_sourceLocation) {
    for parameter in estimate.parameters {
      #expect(parameter.value.isFinite && parameter.standardError.isFinite, sourceLocation: location)
      #expect(
        parameter.interval.lowerBound.isFinite && parameter.interval.upperBound.isFinite,
        sourceLocation: location)
    }
    #expect(estimate.covariance.allSatisfy { $0.isFinite }, sourceLocation: location)
    #expect(
      estimate.comparisons.allSatisfy { $0.aic.isFinite && $0.logLikelihood.isFinite },
      sourceLocation: location)
  }
}
