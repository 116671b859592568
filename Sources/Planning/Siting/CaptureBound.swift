/// What no plan can capture more than, from a plan that opens parts of sites.
///
/// What a row gives grows ever more slowly with the weight of the sites, so it lies below its tangent anywhere: with X_i the weight that
/// parts y of the sites have at row i, S_i what stands there and a_i its payments,
///
///     Σ a_i X_i² ÷ (S_i + X_i)² + Σ over the open sites, and the p free ones of most g_j,  g_j = Σ a_i S_i w_ij ÷ (S_i + X_i)²
///
/// is at least what any plan captures, for any X (the outer approximation of Ljubić and Moreno 2018, "Outer approximation and submodular
/// cuts for maximum capture facility location problems with random utilities", EJOR 266, at one point). It is least where y is the best
/// fractional plan, which projected gradients of spectral length approach (Birgin, Martínez and Raydan 2000, "Nonmonotone spectral
/// projected gradient methods on convex sets", SIAM J. Optim. 10).
struct CaptureBound {
  private let problem: CapturedVisits
  /// The parts of the sites.
  private(set) var parts: [Double]
  /// The gradient where the bound was least.
  private(set) var slopes: [Double]
  /// The least bound found, in thousandths of payments, before it is rounded.
  private(set) var least = Double.infinity
  /// The greatest slope left out, and the least taken, among free sites.
  private(set) var firstLeft = 0.0
  private(set) var lastTaken = 0.0

  /// Sums of thousands of doubles are off by far less than this share.
  private static let slack = 1e-9

  init(_ problem: CapturedVisits) {
    self.problem = problem
    parts = [Double](repeating: 0, count: problem.siteCount)
    slopes = parts
  }

  /// The bound in whole payments.
  var value: Int { Self.whole(least) }

  static func whole(_ thousandths: Double) -> Int {
    let safe = thousandths * (1 + slack) / 1_000 + slack
    return safe < 4e18 ? Int(safe.rounded(.down)) : .max
  }

  /// Finds parts that make the bound small.
  ///
  /// - Parameters:
  ///   - state: 0 for a free site, 1 for an open one, -1 for a closed one.
  ///   - room: how many free sites may be opened.
  ///   - start: where to begin: 1 for each site of a plan.
  ///   - below: no better bound than this is of use.
  mutating func find(state: [Int8], room: Int, start: [Double], steps: Int, below: Int) {
    let free = state.indices.filter { state[$0] == 0 }
    var y = start
    for j in state.indices where state[j] != 0 { y[j] = state[j] == 1 ? 1 : 0 }
    project(&y, free, room)
    var (value, gradient) = evaluate(y, state, free, room)
    var length = 0.0
    var (bestValue, best) = (value, y)
    for _ in 0..<steps {
      if self.value <= below { break }
      if length == 0 {
        let top = free.reduce(0.0) { max($0, gradient[$1]) }
        if top <= 0 { break }
        length = 0.5 / top
      }
      var next = y
      for j in free { next[j] += length * gradient[j] }
      project(&next, free, room)
      var direction = 0.0
      for j in free { direction += gradient[j] * (next[j] - y[j]) }
      if direction < 1e-7 * max(1, value) { break }
      // Armijo's rule along the segment, against the best of late: here the last.
      var (share, trial) = (1.0, next)
      var (nextValue, nextGradient) = evaluate(trial, state, free, room)
      while nextValue < value + 1e-4 * share * direction, share > 1e-6 {
        share /= 2
        for j in free { trial[j] = y[j] + share * (next[j] - y[j]) }
        (nextValue, nextGradient) = evaluate(trial, state, free, room)
      }
      var (moved, turned) = (0.0, 0.0)
      for j in free {
        let step = trial[j] - y[j]
        moved += step * step
        turned += step * (gradient[j] - nextGradient[j])
      }
      length = turned > 0 ? min(1e12, max(1e-18, moved / turned)) : 1e12
      (y, value, gradient) = (trial, nextValue, nextGradient)
      if value > bestValue { (bestValue, best) = (value, y) }
    }
    parts = best
  }

  /// What parts capture and its gradient; keeps the bound at these parts if it is the least.
  private mutating func evaluate(
    _ y: [Double], _ state: [Int8], _ free: [Int], _ room: Int
  ) -> (value: Double, gradient: [Double]) {
    var gradient = [Double](repeating: 0, count: y.count)
    var (value, constant) = (0.0, 0.0)
    for row in problem.payments.indices {
      let entries = problem.rowStart[row]..<problem.rowStart[row + 1]
      var sum = 0.0
      for entry in entries { sum += Double(problem.rowWeights[entry]) * y[Int(problem.rowSites[entry])] }
      let (payments, standing) = (Double(problem.payments[row]), Double(problem.standing[row]))
      let share = sum / (standing + sum)
      value += payments * share
      constant += payments * share * share
      let slope = payments * standing / ((standing + sum) * (standing + sum))
      for entry in entries {
        gradient[Int(problem.rowSites[entry])] += slope * Double(problem.rowWeights[entry])
      }
    }
    var bound = constant
    for j in state.indices where state[j] == 1 { bound += gradient[j] }
    let order = free.map { gradient[$0] }.sorted(by: >)
    for slope in order.prefix(room) { bound += slope }
    if bound < least {
      least = bound
      slopes = gradient
      lastTaken = room > 0 && !order.isEmpty ? order[min(room, order.count) - 1] : 0
      firstLeft = room < order.count ? order[room] : 0
    }
    return (value, gradient)
  }

  /// The nearest parts within 0...1 that add up to at most `room`.
  private func project(_ y: inout [Double], _ free: [Int], _ room: Int) {
    func sum(_ shift: Double) -> Double { free.reduce(0) { $0 + min(1, max(0, y[$1] - shift)) } }
    var shift = 0.0
    if sum(0) > Double(room) {
      var (low, high) = (0.0, free.reduce(0.0) { max($0, y[$1]) })
      for _ in 0..<60 {
        shift = (low + high) / 2
        if sum(shift) > Double(room) { low = shift } else { high = shift }
      }
      shift = high
    }
    for j in free { y[j] = min(1, max(0, y[j] - shift)) }
  }
}
