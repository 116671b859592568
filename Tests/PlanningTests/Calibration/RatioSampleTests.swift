import Foundation
import TestSupport
import Testing

@testable import Planning

@Suite("Robust ratios")
struct RatioSampleTests {
  @Test("medians, rejection and sums of drawn pairs are those of the pairs written out", arguments: 0..<60)
  func matchesJudge(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...40, using: &rng)
    // Few distinct ratios, so that ties and spreads of nothing occur.
    let ratios = (0..<Int.random(in: 1...8, using: &rng)).map { _ in Double.random(in: 0.5...4, using: &rng) }
    let pairs = (0..<count).map { row in
      let whole = Double.random(in: 100...2_000, using: &rng)
      return RatioSample.Pair(part: whole * ratios.randomElement(using: &rng)!, whole: whole, row: Int32(row))
    }
    let sample = RatioSample(pairs)
    #expect(sample.logRatios == sample.logRatios.sorted())
    var counts = [Int32](repeating: 0, count: count)
    for _ in 0..<count { counts[Int.random(in: 0..<count, using: &rng)] += 1 }
    let drawn = counts.indices.flatMap { i in Array(repeating: i, count: Int(counts[i])) }

    let logs = drawn.map { sample.logRatios[$0] }
    let median = plainMedian(logs)
    let spread = max(0.05, 1.482602218505602 * plainMedian(logs.map { abs($0 - median) }))
    let near = drawn.filter { abs(sample.logRatios[$0] - median) <= 3.5 * spread * (1 + 1e-12) }
    let expected = near.reduce(0) { $0 + sample.parts[$1] } / near.reduce(0) { $0 + sample.wholes[$1] }

    counts.withUnsafeBufferPointer { counts in
      #expect(abs(RobustRatio.medianLog(sample, counts, total: count) - median) < 1e-12)
      let kept = RobustRatio.kept(sample, counts, total: count)
      #expect(Set(drawn.filter(kept.contains)) == Set(near))
      #expect(abs(RobustRatio.ratioOfSums(sample, counts, total: count) / expected - 1) < 1e-12)
    }
  }

  private func plainMedian(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  @Test("gross errors move neither the median nor the ratio of sums, as the table in the source says")
  func resistsGrossErrors() {
    for (count, most, atMost) in [(12, 0.05, 0.13), (30, 0.03, 0.08), (100, 0.03, 0.045)] {
      var (bias, square, naive) = (0.0, 0.0, 0.0)
      let surveys = 200
      for seed in 0..<surveys {
        var county = SurveyedCounty(seed: seed)
        let pairs = (0..<count).map { row in
          let whole = 900 * exp(0.6 * county.bell())
          let gross = county.unit() < 0.06 ? [0.5, 2, 5, 12][Int(county.unit() * 4)] : 1
          return RatioSample.Pair(
            part: whole * 1.41 * exp(0.15 * county.bell() - 0.01125) * gross, whole: whole, row: Int32(row))
        }
        // A prior that is the truth would help; an absent one is asked for by the ratio before it is drawn anywhere.
        let estimate = RatioEstimate(
          RatioSample(pairs), told: .meters, prior: 1, draws: 40,
          numbers: SeededNumbers(seed: 1, question: seed))
        let error = (estimate?.ratio ?? .nan) - 1.41
        bias += error / Double(surveys)
        square += error * error / Double(surveys)
        naive += (pairs.reduce(0) { $0 + $1.part / $1.whole } / Double(count) - 1.41) / Double(surveys)
      }
      #expect(abs(bias) < most, "n \(count): bias \(bias)")
      #expect(square.squareRoot() < atMost, "n \(count): rmse \(square.squareRoot())")
      #expect(naive > 0.15, "n \(count): the mean of ratios is off by \(naive)")
    }
  }

  @Test("below 20 answers the median is drawn toward what is known otherwise, by n / (n + 8)")
  func shrinks() throws {
    func estimate(_ ratios: [Double]) throws -> RatioEstimate {
      let pairs = ratios.enumerated().map { RatioSample.Pair(part: $1 * 100, whole: 100, row: Int32($0)) }
      return try #require(
        RatioEstimate(
          RatioSample(pairs), told: .meters, prior: 1.3, draws: 100,
          numbers: SeededNumbers(seed: 1, question: 0)))
    }
    let one = try estimate([1.6])
    #expect(abs(one.value - (1.6 / 9 + 1.3 * 8 / 9)) < 1e-12)
    #expect(one.interval == nil)
    let ten = try estimate(Array(repeating: 1.6, count: 10))
    #expect(abs(ten.value - (1.6 * 10 + 1.3 * 8) / 18) < 1e-12)
    let interval = try #require(ten.interval)
    #expect(interval.contains(ten.value) && abs(interval.upperBound - 1.6) < 1e-12)
    // With five answers all lie on one side of the median every sixteenth time.
    #expect(try estimate([1.5, 1.6, 1.7, 1.8, 1.9]).interval == nil)
    #expect(try estimate([1.5, 1.6, 1.7, 1.8, 1.9, 2]).interval != nil)
    let twenty = try estimate(Array(repeating: 1.6, count: 20))
    #expect(twenty.value == twenty.ratio && abs(twenty.value - 1.6) < 1e-12)
    #expect(twenty.method == .ratioOfSums && ten.method == .median)
  }

  @Test("draws and the linearized variance tell the same interval of many answers")
  func linearizedAgrees() throws {
    var county = SurveyedCounty(seed: 4)
    let pairs = (0..<1_500).map { row in
      let whole = 900 * exp(0.4 * county.bell())
      return RatioSample.Pair(part: whole * 1.4 * exp(0.1 * county.bell()), whole: whole, row: Int32(row))
    }
    let sample = RatioSample(pairs)
    let drawn = try #require(
      RatioEstimate(
        sample, told: .meters, prior: 1.3, draws: 400, numbers: SeededNumbers(seed: 1, question: 0)))
    let interval = try #require(drawn.interval)
    let linear = RatioEstimate.linearized(sample, 0..<sample.count, drawn.ratio)
    let width = interval.upperBound - interval.lowerBound
    #expect(abs(linear.upperBound - linear.lowerBound - width) < 0.15 * width)
    #expect(abs(linear.lowerBound - interval.lowerBound) < 0.15 * width)
  }

  @Test(
    "the middle 95 % leaves as many draws below as above, and lies between draws by the line through them")
  func percentiles() throws {
    let draws = (0...1_000).map(Double.init).shuffled()
    #expect(middle95(draws) == 25...975)
    let few = try #require(middle95((0..<40).map(Double.init)))
    #expect(abs(few.lowerBound - 0.975) < 1e-12 && abs(few.upperBound - 38.025) < 1e-12)
    #expect(middle95((0..<39).map(Double.init)) == nil)
    #expect(middle95(Array(repeating: .nan, count: 50)) == nil)
  }

  @Test("draws are uniform and depend on seed and question alone")
  func draws() {
    var numbers = SeededNumbers(seed: 7, question: 3)
    var seen = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 { seen[numbers.position(below: 10)] += 1 }
    #expect(seen.allSatisfy { abs($0 - 1_000) < 150 })
    var (same, other, seeded) = (
      SeededNumbers(seed: 7, question: 3), SeededNumbers(seed: 7, question: 4),
      SeededNumbers(seed: 8, question: 3)
    )
    var again = SeededNumbers(seed: 7, question: 3)
    let first = again.next()
    #expect(same.next() == first && other.next() != first && seeded.next() != first)
  }
}
