/// The linear relaxation of set covering, by the same first-order method as `CoveringRelaxation`.
///
/// Fractions x of sites lie in [0, 1], prices u of rows are not negative. A plan in fractions that covers everything is made of x
/// by raising the cheapest site of every row that lacks something, so that restarts know a true gap.
struct SetCoveringRelaxation {
  let problem: CoveringProblem
  private(set) var x: [Double]
  private(set) var u: [Double]
  /// The prices of the greatest bound met so far.
  private(set) var bestPrices: [Double]
  private(set) var bound = -Double.infinity
  /// The least cost of a plan in fractions met so far, and the plan.
  private(set) var cost = Double.infinity
  private(set) var bestX: [Double]
  private(set) var iterations = 0
  private(set) var primalWeight: Double

  private let costs: [Double]
  private let cheapest: [Int32]
  private var xStart: [Double]
  private var uStart: [Double]
  private var xSum: [Double]
  private var uSum: [Double]
  private var count = 0
  private var gapAtRestart = Double.infinity
  private var lastGap = Double.infinity
  private var xLeaning: [Double]
  // Of each site: what its rows' prices sum up to.
  private var worth: [Double]

  init(_ problem: CoveringProblem, x: [Double]? = nil, u: [Double]? = nil, primalWeight: Double? = nil) {
    self.problem = problem
    costs = problem.costs.map(Double.init)
    let mean = costs.reduce(0, +) / Double(max(1, costs.count))
    self.primalWeight = primalWeight ?? max(1e-9, mean)
    self.x = x ?? [Double](repeating: 0, count: problem.siteCount)
    self.u = u ?? [Double](repeating: 0, count: problem.rowCount)
    cheapest = (0..<problem.rowCount).map { row in
      problem.rows[row].min { (problem.costs[Int($0)], $0) < (problem.costs[Int($1)], $1) } ?? 0
    }
    bestPrices = self.u
    bestX = self.x
    xStart = self.x
    uStart = self.u
    xLeaning = self.x
    xSum = [Double](repeating: 0, count: problem.siteCount)
    uSum = [Double](repeating: 0, count: problem.rowCount)
    worth = xSum
    worth = worths(self.u)
    note(self.x, self.u, worth)
  }

  /// Iterates so many times, then looks at bounds and restarts.
  mutating func advance(_ steps: Int = 40) {
    for _ in 0..<steps { step() }
    count += steps
    iterations += steps
    check()
  }

  private func worths(_ u: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: problem.siteCount)
    for row in u.indices where u[row] > 0 {
      for site in problem.rows[row] { sums[Int(site)] += u[row] }
    }
    return sums
  }

  private mutating func step() {
    for site in x.indices {
      let degree = Double(problem.sites.length(site))
      let new = min(1, max(0, x[site] - (costs[site] - worth[site]) / (primalWeight * degree)))
      xLeaning[site] = 2 * new - x[site]
      x[site] = new
      xSum[site] += new
      worth[site] = 0
    }
    let weight = primalWeight
    let rows = problem.rows
    let rowCount = u.count
    u.withUnsafeMutableBufferPointer { u in
      uSum.withUnsafeMutableBufferPointer { uSum in
        worth.withUnsafeMutableBufferPointer { worth in
          xLeaning.withUnsafeBufferPointer { x in
            rows.items.withUnsafeBufferPointer { items in
              rows.start.withUnsafeBufferPointer { start in
                for row in 0..<rowCount {
                  let (begin, end) = (start[row], start[row + 1])
                  var covered = 0.0
                  for slot in begin..<end { covered += x[Int(items[slot])] }
                  let new = max(0, u[row] + weight * (1 - covered) / Double(end - begin))
                  u[row] = new
                  uSum[row] += new
                  if new > 0 {
                    for slot in begin..<end { worth[Int(items[slot])] += new }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Notes what a pair of sides proves, and returns its gap.
  @discardableResult
  private mutating func note(_ x: [Double], _ u: [Double], _ worth: [Double]) -> Double {
    var bound = u.reduce(0, +)
    for site in costs.indices { bound += min(0, costs[site] - worth[site]) }
    var raised = x
    for row in 0..<problem.rowCount {
      let covered = problem.rows[row].reduce(0) { $0 + x[Int($1)] }
      let site = Int(cheapest[row])
      if covered < 1 { raised[site] = max(raised[site], min(1, x[site] + 1 - covered)) }
    }
    var cost = 0.0
    for site in costs.indices { cost += costs[site] * raised[site] }
    if bound > self.bound {
      self.bound = bound
      bestPrices = u
    }
    if cost < self.cost {
      self.cost = cost
      bestX = raised
    }
    return cost - bound
  }

  private mutating func check() {
    let part = 1 / Double(count)
    let xMean = xSum.map { $0 * part }
    let uMean = uSum.map { $0 * part }
    let worthMean = worths(uMean)
    let gap = note(x, u, worth)
    let meanGap = note(xMean, uMean, worthMean)
    let candidate = min(gap, meanGap)
    let isEnough = candidate <= 0.2 * gapAtRestart
    let isTurning = candidate <= 0.8 * gapAtRestart && candidate > lastGap
    let isLong = Double(count) >= 0.36 * Double(iterations)
    lastGap = candidate
    guard isEnough || isTurning || isLong else { return }
    if meanGap < gap {
      x = xMean
      u = uMean
      worth = worthMean
    }
    var (moved, turned) = (0.0, 0.0)
    for site in x.indices {
      let d = x[site] - xStart[site]
      moved += Double(problem.sites.length(site)) * d * d
    }
    for row in u.indices {
      let d = u[row] - uStart[row]
      turned += Double(problem.rows.length(row)) * d * d
    }
    if moved > 1e-12, turned > 1e-12 * primalWeight * primalWeight {
      primalWeight = ((turned / moved).squareRoot() * primalWeight).squareRoot()
    }
    gapAtRestart = candidate
    lastGap = candidate
    xStart = x
    uStart = u
    count = 0
    for site in xSum.indices { xSum[site] = 0 }
    for row in uSum.indices { uSum[row] = 0 }
  }
}
