/// The linear relaxation of maximal covering, solved by a first-order method that only reads the rows.
///
/// Primal-dual hybrid gradient (Chambolle and Pock 2011) with the diagonal steps of Pock and Chambolle 2011, averages, restarts
/// and a primal weight as in PDLP (Applegate et al. 2021, "Practical large-scale linear programming using primal-dual hybrid
/// gradient"; the rules are written from memory of it). Sites x lie in the budget's polytope and shares v of the rows' weights in
/// [0, 1], so that every iterate is feasible on both sides: it gives a plan in fractions, whose value is known, and a true bound.
/// One pass over the rows makes one iteration.
struct CoveringRelaxation {
  let problem: CoveringProblem
  private(set) var x: [Double]
  private(set) var v: [Double]
  /// The multiplier shares of the least bound met so far.
  private(set) var bestShares: [Double]
  /// The least bound met so far, in floating point.
  private(set) var bound = Double.infinity
  /// The greatest value of a plan in fractions met so far, and the plan.
  private(set) var value = -Double.infinity
  private(set) var bestX: [Double]
  private(set) var iterations = 0

  private let weights: [Double]
  private let costs: [Double]
  private let weightOfSite: [Double]
  private let reciprocals: [Double]
  private let totalWeight: Double
  /// How much a move of the sites counts beside a move of the rows.
  private(set) var primalWeight: Double

  // Since the last restart.
  private var xStart: [Double]
  private var vStart: [Double]
  private var xSum: [Double]
  private var vSum: [Double]
  private var worthSum: [Double]
  private var multiplierSum = 0.0
  private var count = 0
  private var gapAtRestart = Double.infinity
  private var lastGap = Double.infinity

  // Of the current iterate.
  private var xLeaning: [Double]
  private var worth: [Double]
  private var multiplierTotal = 0.0
  private var price = 0.0

  /// Starts at a plan in fractions and shares of the weights.
  init(_ problem: CoveringProblem, x: [Double]? = nil, v: [Double]? = nil, primalWeight: Double = 1) {
    self.problem = problem
    self.primalWeight = primalWeight
    let (siteCount, rowCount) = (problem.siteCount, problem.rowCount)
    weights = problem.weights.map(Double.init)
    costs = problem.costs.map(Double.init)
    totalWeight = Double(problem.coverable - problem.covered)
    let even = min(1, Double(problem.budget) / max(1, problem.costs.reduce(0) { $0 + Double($1) }))
    self.x = x ?? [Double](repeating: even, count: siteCount)
    self.v = v ?? [Double](repeating: 0, count: rowCount)
    var longest = 0
    for row in 0..<rowCount { longest = max(longest, problem.rows.length(row)) }
    reciprocals = (0...longest).map { 1 / Double(max(1, $0)) }
    var weightOfSite = [Double](repeating: 0, count: siteCount)
    var worth = weightOfSite
    for row in 0..<rowCount {
      for site in problem.rows[row] {
        weightOfSite[Int(site)] += weights[row]
        worth[Int(site)] += weights[row] * self.v[row]
      }
      multiplierTotal += weights[row] * self.v[row]
    }
    self.weightOfSite = weightOfSite
    self.worth = worth
    bestShares = self.v
    bestX = self.x
    xStart = self.x
    vStart = self.v
    xLeaning = self.x
    xSum = [Double](repeating: 0, count: siteCount)
    worthSum = xSum
    vSum = [Double](repeating: 0, count: rowCount)
    note(bound: bound(worth: worth, multipliers: multiplierTotal), shares: self.v)
  }

  /// Iterates so many times, then looks at bounds and restarts.
  mutating func advance(_ steps: Int = 40) {
    for _ in 0..<steps {
      moveSites()
      moveRows()
      count += 1
    }
    iterations += steps
    check()
  }

  /// What fractions of sites cover, and what their averages do.
  private func values(_ x: [Double], _ y: [Double]) -> (Double, Double) {
    var (first, second) = (0.0, 0.0)
    let rows = problem.rows
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        rows.items.withUnsafeBufferPointer { items in
          rows.start.withUnsafeBufferPointer { start in
            weights.withUnsafeBufferPointer { weights in
              for row in 0..<weights.count {
                var (a, b) = (0.0, 0.0)
                for slot in start[row]..<start[row + 1] {
                  let site = Int(items[slot])
                  a += x[site]
                  b += y[site]
                }
                first += weights[row] * min(1, a)
                second += weights[row] * min(1, b)
              }
            }
          }
        }
      }
    }
    return (first + Double(problem.covered), second + Double(problem.covered))
  }

  private mutating func note(bound: Double, shares: [Double]) {
    if bound < self.bound {
      self.bound = bound
      bestShares = shares
    }
  }

  private mutating func note(value: Double, x: [Double]) {
    if value > self.value {
      self.value = value
      bestX = x
    }
  }

  private mutating func check() {
    let part = 1 / Double(count)
    let xMean = xSum.map { $0 * part }
    let (value, meanValue) = values(x, xMean)
    let currentBound = bound(worth: worth, multipliers: multiplierTotal)
    let meanBound = bound(worth: worthSum.map { $0 * part }, multipliers: multiplierSum * part)
    note(value: value, x: x)
    note(value: meanValue, x: xMean)
    let (gap, meanGap) = (currentBound - value, meanBound - meanValue)
    if currentBound < bound { note(bound: currentBound, shares: v) }
    if meanBound < bound { note(bound: meanBound, shares: vSum.map { $0 * part }) }

    let candidate = min(gap, meanGap)
    let isEnough = candidate <= 0.2 * gapAtRestart
    let isTurning = candidate <= 0.8 * gapAtRestart && candidate > lastGap
    let isLong = Double(count) >= 0.36 * Double(iterations)
    lastGap = candidate
    guard isEnough || isTurning || isLong else { return }
    if meanGap < gap {
      x = xMean
      v = vSum.map { $0 * part }
      recount()
    }
    weighAgain()
    gapAtRestart = candidate
    lastGap = candidate
    xStart = x
    vStart = v
    count = 0
    multiplierSum = 0
    for site in xSum.indices {
      xSum[site] = 0
      worthSum[site] = 0
    }
    for row in vSum.indices { vSum[row] = 0 }
  }

  /// The primal weight follows how far both sides moved, smoothed by a geometric mean.
  private mutating func weighAgain() {
    var (moved, turned) = (0.0, 0.0)
    for site in x.indices {
      let d = x[site] - xStart[site]
      moved += weightOfSite[site] * d * d
    }
    for row in v.indices {
      let d = v[row] - vStart[row]
      turned += weights[row] * Double(problem.rows.length(row)) * d * d
    }
    guard moved > 1e-12 * totalWeight, turned > 1e-12 * totalWeight else { return }
    primalWeight = min(1e4, max(1e-4, ((turned / moved).squareRoot() * primalWeight).squareRoot()))
  }

  private mutating func recount() {
    for site in worth.indices { worth[site] = 0 }
    multiplierTotal = 0
    for row in v.indices {
      let u = v[row] * weights[row]
      multiplierTotal += u
      for site in problem.rows[row] { worth[Int(site)] += u }
    }
  }

  private func bound(worth: [Double], multipliers: Double) -> Double {
    var order = [Int](worth.indices)
    order.sort { worth[$0] * costs[$1] > worth[$1] * costs[$0] }
    var left = Double(problem.budget)
    var sum = 0.0
    for site in order {
      if costs[site] <= left {
        sum += worth[site]
        left -= costs[site]
      } else {
        sum += worth[site] * left / costs[site]
        break
      }
    }
    return Double(problem.covered) + totalWeight - multipliers + sum
  }

  private mutating func moveSites() {
    let budget = Double(problem.budget)
    var spent = 0.0
    for site in x.indices {
      let wanted = x[site] + worth[site] / (primalWeight * weightOfSite[site])
      xLeaning[site] = wanted
      spent += costs[site] * min(1, max(0, wanted))
    }
    if spent > budget { findPrice(budget) } else { price = 0 }
    for site in x.indices {
      let wanted = xLeaning[site] - price * costs[site] / weightOfSite[site]
      let new = min(1, max(0, wanted))
      xLeaning[site] = 2 * new - x[site]
      x[site] = new
      xSum[site] += new
    }
  }

  /// The price at which the wanted sites fit the budget: a Newton step from the last one, kept between known ends.
  private mutating func findPrice(_ budget: Double) {
    var (low, high) = (0.0, Double.infinity)
    for _ in 0..<100 {
      var (spent, slope) = (0.0, 0.0)
      for site in x.indices {
        let wanted = xLeaning[site] - price * costs[site] / weightOfSite[site]
        if wanted >= 1 {
          spent += costs[site]
        } else if wanted > 0 {
          spent += costs[site] * wanted
          slope += costs[site] * costs[site] / weightOfSite[site]
        }
      }
      let excess = spent - budget
      if excess > 0 { low = price } else { high = price }
      if excess.magnitude <= 1e-12 * budget { return }
      var next = slope > 0 ? price + excess / slope : -1
      if !(next > low && next < high) { next = high.isInfinite ? max(1e-9, price * 2) : (low + high) / 2 }
      if next == price { return }
      price = next
    }
  }

  private mutating func moveRows() {
    let rows = problem.rows
    let weight = primalWeight
    var total = 0.0
    let rowCount = v.count
    let siteCount = x.count
    v.withUnsafeMutableBufferPointer { v in
      vSum.withUnsafeMutableBufferPointer { vSum in
        worth.withUnsafeMutableBufferPointer { worth in
          xLeaning.withUnsafeBufferPointer { x in
            rows.items.withUnsafeBufferPointer { items in
              rows.start.withUnsafeBufferPointer { start in
                weights.withUnsafeBufferPointer { weights in
                  reciprocals.withUnsafeBufferPointer { reciprocals in
                    for site in 0..<siteCount { worth[site] = 0 }
                    var begin = start[0]
                    for row in 0..<rowCount {
                      let end = start[row + 1]
                      var covered = 0.0
                      for slot in begin..<end { covered += x[Int(items[slot])] }
                      let moved = v[row] + weight * reciprocals[end - begin] * (1 - covered)
                      let new = min(1, max(0, moved))
                      v[row] = new
                      vSum[row] += new
                      let u = new * weights[row]
                      if u > 0 {
                        total += u
                        for slot in begin..<end { worth[Int(items[slot])] += u }
                      }
                      begin = end
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    multiplierTotal = total
    multiplierSum += total
    for site in 0..<siteCount { worthSum[site] += worth[site] }
  }
}
