import Foundation
import Testing

@testable import Planning

@Suite("The gamma distribution")
struct GammaDistributionTests {
  @Test("of a whole shape is a sum of Poisson probabilities", arguments: [1, 2, 3, 7, 20, 60])
  func wholeShapes(shape: Int) {
    for x in [0.001, 0.3, 1, 2.5, 7, 19, 20, 21, 40, 90] {
      var term = exp(-x)
      var sum = term
      for k in 1..<max(2, shape) where k < shape {
        term *= x / Double(k)
        sum += term
      }
      #expect(abs(upperGammaShare(Double(shape), x) - sum) < 1e-12, "\(shape), \(x)")
    }
  }

  @Test("of half a shape is the complementary error function (Abramowitz and Stegun 6.5.17)")
  func half() {
    for x in [1e-6, 0.01, 0.5, 1.4, 1.6, 4, 25] {
      #expect(abs(upperGammaShare(0.5, x) - erfc(x.squareRoot())) < 1e-13, "\(x)")
    }
    // Abramowitz and Stegun, table 26.7: chi-square 3.841 46 is exceeded with 5 % at one degree of freedom, 18.307 0 at ten.
    #expect(abs(upperGammaShare(0.5, 3.84146 / 2) - 0.05) < 1e-6)
    #expect(abs(upperGammaShare(5, 18.3070 / 2) - 0.05) < 1e-6)
  }

  @Test("is the integral of its density, by Simpson's rule", arguments: [0.7, 1.5, 3.3, 12.25, 150.5])
  func integral(shape: Double) {
    let gamma = GammaDistribution(shape: shape, rate: 2)
    for value in [shape / 4, shape / 2, shape * 0.6] {
      // From the value to where nothing is left.
      let (from, to, steps) = (value, value + (40 + 20 * shape.squareRoot()) / 2, 40_000)
      let width = (to - from) / Double(steps)
      func density(_ x: Double) -> Double {
        let logarithm: Double = shape * log(2.0) + (shape - 1) * log(x) - 2 * x
        return exp(logarithm - lgamma(shape))
      }
      var sum: Double = density(from) + density(to)
      for i in 1..<steps {
        let weight: Double = i % 2 == 1 ? 4 : 2
        sum += weight * density(from + Double(i) * width)
      }
      #expect(abs(gamma.probability(above: value) - sum * width / 3) < 1e-9, "\(value)")
    }
    #expect(gamma.mean == shape / 2)
  }

  @Test("is everything at 0 and nothing at infinity, and never leaves 0...1 on the way")
  func rim() {
    for shape in [1e-3, 0.5, 3, 900, 12_000] {
      #expect(upperGammaShare(shape, 0) == 1)
      #expect(upperGammaShare(shape, .infinity) == 0)
      var last = 1.0
      for factor in [1e-9, 0.5, 0.999, 1, 1.001, 2, 1e3] {
        let share = upperGammaShare(shape, shape * factor)
        #expect((0...1).contains(share) && share <= last + 1e-13, "\(shape), \(factor): \(share)")
        last = share
      }
    }
    // A large shape is nearly a bell curve around its mean: the median lies 1/3 below (Choi 1994).
    #expect(abs(upperGammaShare(10_000, 10_000 - 1.0 / 3) - 0.5) < 1e-5)
  }

  @Test("has the logarithm of Γ of the system's library")
  func logarithm() {
    for x in [1e-5, 0.1, 0.5, 1, 1.5, 2, 9.99, 10, 33.3, 171, 1e6] {
      #expect(abs(logGamma(x) - lgamma(x)) <= 1e-13 * max(1, abs(lgamma(x))), "\(x)")
    }
  }
}
