import Foundation

/// Times as people tell them, and how likely each answer is.
///
/// The true times are lognormal. Whoever is asked rounds to the minute, to 5 or to 10 minutes, each with a probability of its
/// own; nobody answers "none": what would round to nothing is told to the minute. In paper diaries 85-95 % of times are
/// rounded (Rietveld 2002, "Rounding of arrival and departure times in travel surveys").
///
/// Where the lengths of the ways are known too, a time is that of its way: the logarithms' mean is then that of the time a unit
/// of way takes.
///
/// Answers are grouped: a million of them are as many distinct minutes as two hundred.
struct RoundedTimes {
  /// The steps people round to, in minutes.
  static let grids = [1, 5, 10]

  /// An answer that many may give.
  struct Answer: Hashable {
    /// Whole minutes, at least 1.
    var minutes: Int
    /// The logarithm of the length of the way in any unit, in steps of `lengthStep`; 0 where lengths play no part.
    var length = 0

    /// Lengths are known to 2 %: finer steps change nothing, and make every answer one of its own.
    static let lengthStep = 0.02
  }

  /// The distinct answers.
  let answers: [Answer]
  /// How likely each answer is as a gross error.
  private let background: [Double]
  /// The true times that a grid turns into an answer: of which answer, on which grid, between which logarithms.
  private let pieces: [Piece]

  private struct Piece {
    var answer: Int
    var grid: Int
    var low: Double
    var high: Double
  }

  /// - Parameters:
  ///   - answers: distinct ones.
  ///   - background: how likely each is as a gross error, above 0.
  init(_ answers: [Answer], background: [Double]) {
    precondition(answers.allSatisfy { $0.minutes >= 1 } && background.allSatisfy { $0 > 0 })
    self.answers = answers
    self.background = background
    var pieces: [Piece] = []
    for (answer, given) in answers.enumerated() {
      let told = given.minutes
      let value = Double(told)
      let shift = Double(given.length) * Answer.lengthStep
      // To the minute: "1" is also what less than half a minute is told as.
      let low = told == 1 ? 0 : value - 0.5
      for (grid, step) in Self.grids.enumerated() {
        let half = Double(step) / 2
        if told % step == 0 {
          pieces.append(
            Piece(
              answer: answer, grid: grid, low: log(step == 1 ? low : value - half) - shift,
              high: log(value + half) - shift))
        }
        if step > 1, low < half {
          pieces.append(
            Piece(
              answer: answer, grid: grid, low: log(low) - shift, high: log(min(value + 0.5, half)) - shift))
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

    /// Moved by `step`, as far as makes sense: spreads of 0.05 to 3, and no way of rounding rarer than one in 3,000 beside
    /// another.
    func moved(by step: SIMD4<Double>) -> Parameters {
      Parameters(
        mean: min(max(mean + step[0], -30), 30),
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

    /// The sums over `counts[i]` answers with the gradient `gradients[i]`, the likelihood left out.
    init(_ counts: [Double], _ gradients: [SIMD4<Double>]) {
      var rows = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
      for (count, score) in zip(counts, gradients) where count > 0 {
        let weighted = count * score
        gradient += weighted
        rows.0 += weighted[0] * score
        rows.1 += weighted[1] * score
        rows.2 += weighted[2] * score
        rows.3 += weighted[3] * score
      }
      information = [rows.0, rows.1, rows.2, rows.3]
    }

    /// Solves (information + damping) · step = right by elimination with pivots; `nil` where nothing is known.
    func solve(_ right: SIMD4<Double>, damping: Double, unit: Double) -> SIMD4<Double>? {
      var rows = information
      var right = right
      for i in 0..<4 { rows[i][i] += damping * (rows[i][i] + unit) }
      for column in 0..<4 {
        guard let pivot = (column..<4).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
          abs(rows[pivot][column]) > 1e-300
        else { return nil }
        rows.swapAt(column, pivot)
        (right[column], right[pivot]) = (right[pivot], right[column])
        for row in 0..<4 where row != column {
          let factor = rows[row][column] / rows[column][column]
          rows[row] -= factor * rows[column]
          right[row] -= factor * right[column]
        }
      }
      let step = right / SIMD4(rows[0][0], rows[1][1], rows[2][2], rows[3][3])
      return (0..<4).allSatisfy { step[$0].isFinite } ? step : nil
    }
  }

  /// How likely each answer is, and how the logarithm of that changes with the parameters.
  ///
  /// - Complexity: O(distinct answers).
  func scores(at parameters: Parameters) -> (likelihoods: [Double], gradients: [SIMD4<Double>]) {
    let weights = parameters.weights
    let spread = parameters.spread
    // Of each answer: its probability on each grid, and how that changes with mean and spread.
    var masses = [SIMD3<Double>](repeating: .zero, count: answers.count)
    var byMean = [Double](repeating: 0, count: answers.count)
    var bySpread = byMean
    for piece in pieces {
      let (a, b) = ((piece.low - parameters.mean) / spread, (piece.high - parameters.mean) / spread)
      let (atLow, atHigh) = (density(a), density(b))
      masses[piece.answer][piece.grid] += normalBetween(a, b)
      byMean[piece.answer] += weights[piece.grid] * (atLow - atHigh) / spread
      bySpread[piece.answer] += weights[piece.grid] * ((a.isFinite ? a * atLow : 0) - b * atHigh)
    }
    var likelihoods = byMean
    let gradients = answers.indices.map { answer in
      let mass = masses[answer]
      let told = (weights * mass).sum()
      likelihoods[answer] = told + background[answer]
      return SIMD4(
        byMean[answer], bySpread[answer], weights[1] * (mass[1] - told), weights[2] * (mass[2] - told))
        / likelihoods[answer]
    }
    return (likelihoods, gradients)
  }

  /// How the likelihood bends at `parameters`: minus the second derivatives, row by row, from differences of the gradient.
  ///
  /// - Complexity: O(distinct answers).
  func curvature(_ counts: [Double], at parameters: Parameters) -> Slope {
    let step = 1e-4
    var bend = slope(counts, at: parameters)
    var rows = bend.information
    for i in 0..<4 {
      var there = SIMD4<Double>.zero
      there[i] = step
      let ahead = slope(counts, at: parameters.moved(by: there)).gradient
      let behind = slope(counts, at: parameters.moved(by: -there)).gradient
      rows[i] = (behind - ahead) / (2 * step)
    }
    bend.information = rows
    return bend
  }

  /// How likely the answers are together, `counts[i]` of them being `answers[i]`.
  ///
  /// - Complexity: O(distinct answers).
  func slope(_ counts: [Double], at parameters: Parameters) -> Slope {
    let (likelihoods, gradients) = scores(at: parameters)
    var slope = Slope(counts, gradients)
    for (count, likelihood) in zip(counts, likelihoods) { slope.logLikelihood += count * log(likelihood) }
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
