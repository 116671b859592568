import Foundation
import TestSupport
import Testing

@testable import Planning

@Suite("Rounded times")
struct RoundedTimesTests {
  private let parameters = RoundedTimes.Parameters(mean: log(9), logSpread: log(0.6), five: 1.2, ten: 0.4)

  @Test("an answer is as likely as a fine sum over true times and ways of rounding says")
  func likelihoodMatchesSum() {
    // The judge goes through true times in steps of a five-hundredth of a minute and rounds each as people do.
    var judge: [Int: Double] = [:]
    let weights = parameters.weights
    let step = 0.002
    for i in 0..<100_000 {
      let time = (Double(i) + 0.5) * step
      let z = (log(time) - parameters.mean) / parameters.spread
      let mass = exp(-0.5 * z * z) / (time * parameters.spread * (2 * Double.pi).squareRoot()) * step
      for (grid, weight) in zip([1.0, 5, 10], [weights[0], weights[1], weights[2]]) {
        let told = (time / grid).rounded() * grid
        judge[Int(told > 0 ? told : max(1, time.rounded())), default: 0] += weight * mass
      }
    }
    let answers = (1...150).map { RoundedTimes.Answer(minutes: $0) }
    let times = RoundedTimes(answers, background: answers.map { _ in 1e-300 })
    let likelihoods = times.scores(at: parameters).likelihoods
    for (answer, likelihood) in zip(answers, likelihoods) {
      #expect(abs(likelihood - judge[answer.minutes, default: 0]) < 2e-5, "\(answer.minutes) minutes")
    }
    #expect(abs(likelihoods.reduce(0, +) - 1) < 1e-4)
  }

  @Test("a way twice as long takes the answers of a mean larger by log 2")
  func lengthsShift() {
    let answers = [3, 5, 10, 12, 30]
    let length = 35
    var moved = parameters
    moved.mean += Double(length) * RoundedTimes.Answer.lengthStep
    func likelihoods(_ length: Int, _ parameters: RoundedTimes.Parameters) -> [Double] {
      RoundedTimes(
        answers.map { .init(minutes: $0, length: length) }, background: answers.map { _ in 1e-300 }
      ).scores(at: parameters).likelihoods
    }
    for (a, b) in zip(likelihoods(length, parameters), likelihoods(0, moved)) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("gradient and curvature are what differences say", arguments: 0..<4)
  func gradientMatchesDifferences(parameter: Int) {
    let minutes = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 45, 60]
    let counts = minutes.map { Double(61 - $0) }
    let times = RoundedTimes(
      minutes.map { .init(minutes: $0, length: $0 % 3) }, background: minutes.map { _ in 1e-6 })
    var step = SIMD4<Double>.zero
    step[parameter] = 1e-5
    let (ahead, behind) = (
      times.slope(counts, at: parameters.moved(by: step)),
      times.slope(counts, at: parameters.moved(by: -step))
    )
    let slope = times.slope(counts, at: parameters)
    let expected = (ahead.logLikelihood - behind.logLikelihood) / 2e-5
    #expect(abs(slope.gradient[parameter] - expected) < 1e-4 * max(1, abs(expected)))
    let bend = times.curvature(counts, at: parameters).information[parameter]
    let gradientChange = (behind.gradient - ahead.gradient) / 2e-5
    for i in 0..<4 { #expect(abs(bend[i] - gradientChange[i]) < 1e-2 * max(1, abs(gradientChange[i]))) }
  }

  @Test("no parameters nearby are likelier than those it finds", arguments: 0..<8)
  func findsTheTop(seed: Int) throws {
    var county = SurveyedCounty(seed: seed)
    county.medianMeters = [200, 500, 1_500][seed % 3]
    var minutes: [Int: Int] = [:]
    for _ in 0..<200 {
      minutes[Int(county.told(county.medianMinutes * exp(0.7 * county.bell()))), default: 0] += 1
    }
    let fit = try #require(RoundedTimesFit(minutes: minutes))
    let distinct = minutes.keys.sorted()
    let times = RoundedTimes(
      distinct.map { .init(minutes: $0) }, background: distinct.map { _ in 1e-3 / 480 })
    let counts = distinct.map { Double(minutes[$0]!) }
    let top = times.slope(counts, at: fit.parameters).logLikelihood
    for _ in 0..<200 {
      let step = SIMD4(county.bell(), county.bell(), county.bell(), county.bell()) * (0.3 * county.unit())
      #expect(times.slope(counts, at: fit.parameters.moved(by: step)).logLikelihood <= top + 1e-4)
    }
  }

  @Test("the share within ten minutes is right on average where raw answers are fifteen points too high")
  func sharesAreUnbiased() throws {
    var (bias, square, naive) = (0.0, 0.0, 0.0)
    let truth = normal(log(10 / 9.0) / 0.6)
    let surveys = 60
    for seed in 0..<surveys {
      var county = SurveyedCounty(seed: seed)
      var minutes: [Int: Int] = [:]
      for _ in 0..<400 { minutes[Int(county.told(9 * exp(0.6 * county.bell()))), default: 0] += 1 }
      let error = try #require(RoundedTimesFit(minutes: minutes)).share(within: 10) - truth
      bias += error / Double(surveys)
      square += error * error / Double(surveys)
      naive += (Double(minutes.filter { $0.key <= 10 }.values.reduce(0, +)) / 400 - truth) / Double(surveys)
    }
    // Three standard errors of the mean of 60 surveys are 0.008.
    #expect(abs(bias) < 0.009, "bias \(bias)")
    #expect(square.squareRoot() < 0.027, "rmse \(square.squareRoot())")
    #expect(naive > 0.12, "raw answers are off by \(naive)")
  }

  @Test("too few answers, or answers too much alike, give nothing")
  func refusesTooLittle() {
    #expect(RoundedTimesFit(minutes: [:]) == nil)
    #expect(RoundedTimesFit(minutes: [10: 500]) == nil)
    #expect(RoundedTimesFit(minutes: [5: 500, 10: 500]) == nil)
    #expect(RoundedTimesFit(minutes: [5: 5, 10: 5, 15: 9]) == nil)
    #expect(RoundedTimesFit(minutes: [5: 5, 10: 5, 15: 10]) != nil)
  }

  @Test("standard errors are those that draws show", arguments: [9.0, 18])
  func errorsAgreeWithDraws(median: Double) throws {
    var county = SurveyedCounty(seed: 3)
    var minutes: [Int: Int] = [:]
    for _ in 0..<600 { minutes[Int(county.told(median * exp(0.6 * county.bell()))), default: 0] += 1 }
    let fit = try #require(RoundedTimesFit(minutes: minutes))
    let drawn = fit.drawn(400, numbers: SeededNumbers(seed: 1, question: 1))
    func spread(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
    let errors = try #require(fit.standardErrors(within: 10))
    #expect(abs(spread(drawn.map(\.mean)) / errors.mean - 1) < 0.15)
    #expect(abs(spread(drawn.map { $0.share(within: 10) }) / errors.share - 1) < 0.15)
  }
}
