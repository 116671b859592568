import Foundation
import TestSupport
import Testing

@testable import Planning

@Suite("Small matrices and the greatest likelihood")
struct LikelihoodMaximumTests {
  @Test("a matrix times its inverse is one, and a solution solves", arguments: 1...9)
  func inverse(size: Int) throws {
    var rng = SeededGenerator(seed: size)
    let root = (0..<size * size).map { _ in Double.random(in: -1...1, using: &rng) }
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<size {
        for k in 0..<size { matrix[i * size + j] += root[i * size + k] * root[j * size + k] }
      }
      matrix[i * size + i] += 0.1
    }
    let factor = try #require(Cholesky(matrix, size: size))
    let identity = product(matrix, factor.inverse, size: size)
    for i in 0..<size {
      for j in 0..<size { #expect(abs(identity[i * size + j] - (i == j ? 1 : 0)) < 1e-8) }
    }
    let right = (0..<size).map { Double($0) - 2 }
    let x = factor.solution(of: right)
    for i in 0..<size {
      let left = (0..<size).reduce(0) { $0 + matrix[i * size + $1] * x[$1] }
      #expect(abs(left - right[i]) < 1e-8)
    }
  }

  @Test("a matrix that is not positive definite has no factor")
  func indefinite() {
    #expect(Cholesky([1, 2, 2, 1], size: 2) == nil)
    #expect(Cholesky([1, 1, 1, 1], size: 2) == nil)
    #expect(Cholesky([.nan], size: 1) == nil)
    #expect(Cholesky([0], size: 1) == nil)
  }

  @Test("the form of a vector is the sum over all pairs")
  func form() { #expect(quadraticForm([2, 1, 1, 3], [1, -2]) == 2 - 4 + 12) }

  /// Of -(x⁴ ÷ 4) - (x - y)², about a start from which the first information is not positive definite.
  @Test("climbs to the top from far away, through ground that bends the wrong way")
  func climbs() {
    let prior = NormalPrior(means: [0, 0], standardDeviations: [1e6, 1e6])
    let best = maximum(from: [3, -5], prior: prior) { at in
      var likelihood = Likelihood(size: 2)
      // A double well with its lower top at -1, its higher at about 1.03.
      let (x, y) = (at[0], at[1])
      likelihood.value = -pow(x * x - 1, 2) + 0.2 * x - pow(x - y, 2)
      likelihood.gradient = [-4 * x * (x * x - 1) + 0.2 - 2 * (x - y), 2 * (x - y)]
      likelihood.information = [12 * x * x - 4 + 2, -2, -2, 2]
      return likelihood
    }
    #expect(best.isConverged)
    #expect(abs(best.parameters[0] - best.parameters[1]) < 1e-5)
    #expect(abs(-4 * best.parameters[0] * (pow(best.parameters[0], 2) - 1) + 0.2) < 1e-5)
  }

  @Test("without data the prior stands, in mean and covariance; a parameter that is held stays")
  func priorAlone() {
    let prior = NormalPrior(means: [2, -1], standardDeviations: [0.5, 3])
    let best = maximum(from: [0, 0], prior: prior) { _ in Likelihood(size: 2) }
    #expect(zip(best.parameters, [2, -1]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(best.covariance, [0.25, 0, 0, 9]).allSatisfy { abs($0 - $1) < 1e-9 })
    let held = maximum(from: [7, 0], prior: prior, only: [1]) { _ in Likelihood(size: 2) }
    #expect(held.parameters[0] == 7 && abs(held.parameters[1] + 1) < 1e-6)
  }
}
