/// A log-likelihood at some parameters, with its slope.
struct Likelihood {
  /// The logarithm of the likelihood.
  var value: Double
  /// Its first derivatives.
  var gradient: [Double]
  /// The information, row after row: minus the second derivatives, observed or expected.
  var information: [Double]

  init(size: Int) {
    value = 0
    gradient = [Double](repeating: 0, count: size)
    information = [Double](repeating: 0, count: size * size)
  }
}

/// What is believed of each parameter before any data: independent normal distributions.
///
/// They keep every estimate finite where the data say nothing of a parameter, or where all chose alike (separation), and
/// vanish against the data's information as answers grow: ridge regression toward the means.
struct NormalPrior {
  var means: [Double]
  var standardDeviations: [Double]

  func penalty(_ parameters: [Double]) -> Double {
    parameters.indices.reduce(0) {
      let distance = (parameters[$1] - means[$1]) / standardDeviations[$1]
      return $0 + distance * distance / 2
    }
  }

  func precision(_ i: Int) -> Double { 1 / (standardDeviations[i] * standardDeviations[i]) }
}

/// The parameters at which likelihood times prior is greatest.
struct LikelihoodMaximum {
  var parameters: [Double]
  /// The likelihood there, without the prior.
  var likelihood: Likelihood
  /// The inverse of information and prior together: the covariance if the model holds.
  var covariance: [Double]
  var isConverged: Bool
  var steps: Int
}

/// Climbs to the greatest likelihood times prior by Newton's method.
///
/// The information is damped (Levenberg 1944) until it is positive definite, steps are at most 2 in any parameter, which is
/// a factor of 7.4 where parameters are logarithms, and are halved until they climb (Armijo 1966). Done where the expected
/// gain of a step is below 10⁻⁹, which is far less than any likelihood is known.
///
/// - Parameter only: the parameters that may change, all by default; the others stay where they start.
/// - Complexity: rarely more than a dozen evaluations; at most `most`.
func maximum(
  from start: [Double], prior: NormalPrior, only free: [Int]? = nil, most: Int = 100,
  _ evaluate: ([Double]) -> Likelihood
) -> LikelihoodMaximum {
  let size = start.count
  let free = free ?? Array(0..<size)
  var parameters = start
  var current = evaluate(parameters)
  var height = current.value - prior.penalty(parameters)
  var steps = 0
  var isConverged = false
  while steps < most {
    var gradient = [Double](repeating: 0, count: free.count)
    var information = [Double](repeating: 0, count: free.count * free.count)
    for (i, p) in free.enumerated() {
      gradient[i] = current.gradient[p] - (parameters[p] - prior.means[p]) * prior.precision(p)
      for (j, q) in free.enumerated() { information[i * free.count + j] = current.information[p * size + q] }
      information[i * free.count + i] += prior.precision(p)
    }
    let step = dampedStep(information, gradient)
    let gain = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
    if gain < 2e-9 {
      isConverged = true
      break
    }
    steps += 1
    var length = min(1, 2 / step.reduce(0) { max($0, abs($1)) })
    var hasClimbed = false
    for _ in 0..<40 {
      var next = parameters
      for (i, p) in free.enumerated() { next[p] += length * step[i] }
      let there = evaluate(next)
      let thereHeight = there.value - prior.penalty(next)
      if thereHeight >= height + 1e-4 * length * gain {
        (parameters, current, height, hasClimbed) = (next, there, thereHeight, true)
        break
      }
      length /= 2
    }
    // Where no step climbs any more, rounding has the last word: as good as there.
    if !hasClimbed {
      isConverged = gain < 1e-5
      break
    }
  }
  var total = current.information
  for i in 0..<size { total[i * size + i] += prior.precision(i) }
  return LikelihoodMaximum(
    parameters: parameters, likelihood: current, covariance: dampedFactor(total, size: size).inverse,
    isConverged: isConverged, steps: steps)
}

private func dampedStep(_ information: [Double], _ gradient: [Double]) -> [Double] {
  dampedFactor(information, size: gradient.count).solution(of: gradient)
}

/// The factor of a matrix, of which the diagonal is raised as little as it takes to be positive definite.
private func dampedFactor(_ matrix: [Double], size: Int) -> Cholesky {
  if let factor = Cholesky(matrix, size: size) { return factor }
  let scale = (0..<size).reduce(1e-300) { max($0, abs(matrix[$1 * size + $1])) }
  var damping = 1e-6 * scale
  while true {
    var damped = matrix
    for i in 0..<size { damped[i * size + i] += damping }
    if let factor = Cholesky(damped, size: size) { return factor }
    damping *= 10
    precondition(damping.isFinite, "a finite information matrix is expected")
  }
}
