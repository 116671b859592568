import Foundation

/// Times as people tell them, and how likely each answer is.
///
/// The true times are lognormal. Whoever is asked rounds to the minute, to 5 or to 10 minutes, each with a probability of its
/// own; nobody answers "none": what would round to nothing is told to the minute. In paper diaries 85-95 % of times are
/// rounded (Rietveld 2002, "Rounding of arrival and departure times in travel surveys").
///
/// Answers are grouped: a million of them are as many distinct minutes as two hundred.
struct RoundedTimes {
  /// The steps people round to, in minutes.
  static let grids = [1, 5, 10]
  /// Of how many answers one may be anything between a minute and eight hours: a gross error must not outweigh all others.
  private static let background = 1e-3 / 480

  /// The distinct answers in whole minutes, ascending, at least 1.
  let minutes: [Int]
  /// The true times that a grid turns into an answer: of which answer, on which grid, between which logarithms.
  private let pieces: [Piece]

  private struct Piece {
    var answer: Int
    var grid: Int
    var low: Double
    var high: Double
  }

  /// - Precondition: `minutes` ascend, and are at least 1.
  init(minutes: [Int]) {
    precondition(minutes.allSatisfy { $0 >= 1 } && zip(minutes, minutes.dropFirst()).allSatisfy(<))
    self.minutes = minutes
    var pieces: [Piece] = []
    for (answer, told) in minutes.enumerated() {
      let value = Double(told)
      // To the minute: "1" is also what less than half a minute is told as.
      let low = told == 1 ? 0 : value - 0.5
      for (grid, step) in Self.grids.enumerated() {
        let half = Double(step) / 2
        if told % step == 0 {
          pieces.append(
            Piece(
              answer: answer, grid: grid, low: log(step == 1 ? low : value - half), high: log(value + half)))
        }
        if step > 1, low < half {
          pieces.append(
            Piece(answer: answer, grid: grid, low: log(low), high: log(min(value + 0.5, half))))
        }
      }
    }
    self.pieces = pieces
  }

  /// What is estimated: the logarithms' mean and standard deviation, and how people round.
  struct Parameters: Equatable {
    /// The mean of the logarithm of minutes.
    var mean: Double
    /// The logarithm of its standard deviation.
    var logSpread: Double
    /// How much likelier than to the minute people round to 5, as a logarithm.
    var five: Double
    /// The same for 10.
    var ten: Double

    var spread: Double { exp(logSpread) }

    /// Half of the true times are at most this.
    var medianMinutes: Double { exp(mean) }

    /// The probabilities of the grids.
    var weights: SIMD3<Double> {
      let largest = max(0, five, ten)
      let raw = SIMD3(exp(-largest), exp(five - largest), exp(ten - largest))
      return raw / raw.sum()
    }

    /// The share of true times that are at most `minutes`.
    func share(within minutes: Double) -> Double { normal((log(minutes) - mean) / spread) }

    /// Moved by `step`, as far as makes sense: medians of 15 seconds to 16 hours, spreads of 0.05 to 3, and no way of
    /// rounding rarer than one in 3,000 beside another.
    func moved(by step: SIMD4<Double>) -> Parameters {
      Parameters(
        mean: min(max(mean + step[0], -1.4), 6.9),
        logSpread: min(max(logSpread + step[1], -3), 1.1),
        five: min(max(five + step[2], -8), 8), ten: min(max(ten + step[3], -8), 8))
    }
  }

  /// The log likelihood of answers, its gradient, and the information in them.
  struct Slope {
    var logLikelihood = 0.0
    var gradient = SIMD4<Double>.zero
    /// Row by row: the sum of the outer products of each answer's gradient (Berndt, Hall, Hall and Hausman 1974).
    var information = [SIMD4<Double>](repeating: .zero, count: 4)
  }

  /// How likely the answers are, `counts[i]` of them being `minutes[i]`.
  ///
  /// - Complexity: O(distinct answers).
  func slope(_ counts: [Double], at parameters: Parameters) -> Slope {
    let weights = parameters.weights
    let spread = parameters.spread
    // Of each answer: its probability on each grid, and how that changes with mean and spread.
    var masses = [SIMD3<Double>](repeating: .zero, count: minutes.count)
    var byMean = [Double](repeating: 0, count: minutes.count)
    var bySpread = [Double](repeating: 0, count: minutes.count)
    for piece in pieces where counts[piece.answer] > 0 {
      let (a, b) = ((piece.low - parameters.mean) / spread, (piece.high - parameters.mean) / spread)
      let (atLow, atHigh) = (density(a), density(b))
      masses[piece.answer][piece.grid] += normalBetween(a, b)
      byMean[piece.answer] += weights[piece.grid] * (atLow - atHigh) / spread
      bySpread[piece.answer] += weights[piece.grid] * ((a.isFinite ? a * atLow : 0) - b * atHigh)
    }
    var slope = Slope()
    for answer in minutes.indices where counts[answer] > 0 {
      let mass = masses[answer]
      let told = (weights * mass).sum()
      let likelihood = told + Self.background
      let gradient =
        SIMD4(
          byMean[answer], bySpread[answer], weights[1] * (mass[1] - told), weights[2] * (mass[2] - told))
        / likelihood
      let count = counts[answer]
      slope.logLikelihood += count * log(likelihood)
      slope.gradient += count * gradient
      for i in 0..<4 { slope.information[i] += count * gradient[i] * gradient }
    }
    return slope
  }
}

/// The standard normal distribution function.
func normal(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

/// The standard normal probability between `a` and `b`, from the tail that both are nearer to, so that digits are kept.
private func normalBetween(_ a: Double, _ b: Double) -> Double {
  a > 0 ? normal(-a) - normal(-b) : normal(b) - normal(a)
}

/// The standard normal density; 0 at infinity.
private func density(_ z: Double) -> Double { 0.398_942_280_401_432_7 * exp(-0.5 * z * z) }
