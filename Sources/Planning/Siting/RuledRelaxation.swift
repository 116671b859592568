/// The linear relaxation of covering under rules, by the first-order method of `CoveringRelaxation` with a price for each rule.
///
/// Sites x lie in [0, 1], shares v of the rows' weights in [0, 1], prices y from 0 up in units of what a site is typically worth.
/// Iterates may break rules, so that only the bound is of use by itself; fractions are rounded by `RuledExchange`.
struct RuledRelaxation {
  /// By free site, row, rule and way of the problem; ways have prices u.
  struct Point {
    var x: [Double]
    var v: [Double]
    var y: [Double]
    var u: [Double] = []
  }

  private let problem: RuledProblem
  private let worths: [Double]
  private let weights: [Double]
  private let limits: [Double]
  private let amounts: [Double]
  // Weight per amount that a price of 1 stands for, by rule.
  private let units: [Double]
  private var siteSteps: [Double]
  // What sites are worth at most to rows and rules.
  private let worthOfSite: [Double]
  private let rowSteps: [Double]
  private let ruleSteps: [Double]
  private var balance: Double

  private var ways: RuledWayShares?
  private var here: Point
  private var start: Point
  private var sum: Point
  private var count = 0
  private var meritAtRestart = Double.infinity
  private var lastMerit = Double.infinity
  private(set) var iterations = 0
  /// The least bound met so far, and where.
  private(set) var bound = Double.infinity
  private(set) var best: Point
  /// The fractions of the latest average.
  private(set) var fractions: [Double]

  /// The prices of the best point, in weight per amount.
  var prices: [Double] { best.y.indices.map { best.y[$0] * units[$0] } }

  init(_ problem: RuledProblem, at point: Point, balance: Double = 1) {
    self.problem = problem
    self.balance = balance
    let weights = problem.weights.map(Double.init)
    let worths = weights.indices.map { weights[$0] / Double(problem.needs[$0]) }
    let limits = problem.limits.map(Double.init)
    let amounts = problem.amounts.map(Double.init)
    (self.weights, self.worths, self.limits, self.amounts) = (weights, worths, limits, amounts)
    var worthOfSite = [Double](repeating: 0, count: problem.siteID.count)
    for row in worths.indices {
      for site in problem.rows[row] { worthOfSite[Int(site)] += worths[row] }
    }
    ways = problem.ways.map { RuledWayShares($0, prices: point.u) }
    var worthOfWays = [Double](repeating: 0, count: problem.siteID.count)
    ways?.addLengths(to: &worthOfWays)
    for site in worthOfSite.indices { worthOfSite[site] += worthOfWays[site] }
    let typical = max(1e-9, worthOfSite.reduce(0, +) / Double(max(1, worthOfSite.count)))
    var (units, ruleSteps) = ([Double](), [Double]())
    for rule in limits.indices {
      let entries = problem.ruleSites.start[rule]..<problem.ruleSites.start[rule + 1]
      let largest = entries.reduce(0.0) { max($0, amounts[$1].magnitude) }
      units.append(typical / largest)
      ruleSteps.append(1 / entries.reduce(0.0) { $0 + amounts[$1].magnitude })
      for slot in entries {
        worthOfSite[Int(problem.ruleSites.items[slot])] += typical * amounts[slot].magnitude / largest
      }
    }
    self.units = units
    self.ruleSteps = ruleSteps
    rowSteps = weights.indices.map { 1 / Double(problem.rows.length($0)) }
    siteSteps = worthOfSite.map { 1 / max(1e-12, $0) }
    self.worthOfSite = zip(worthOfSite, worthOfWays).map { $0 - $1 }
    here = point
    start = point
    best = point
    fractions = point.x
    sum = Point(
      x: [Double](repeating: 0, count: point.x.count), v: [Double](repeating: 0, count: point.v.count),
      y: [Double](repeating: 0, count: point.y.count))
    note(here, point.u)
  }

  /// Iterates so many times, then looks at bounds and restarts.
  mutating func advance(_ steps: Int = 40) {
    for _ in 0..<steps { step() }
    iterations += steps
    let part = 1 / Double(count)
    let mean = Point(x: sum.x.map { $0 * part }, v: sum.v.map { $0 * part }, y: sum.y.map { $0 * part })
    fractions = mean.x
    let (merit, meanMerit) = (
      note(here, ways?.prices() ?? []), note(mean, ways?.prices(mean: part) ?? [])
    )
    let candidate = min(merit, meanMerit)
    let isEnough = candidate <= 0.2 * meritAtRestart
    let isTurning = candidate <= 0.8 * meritAtRestart && candidate > lastMerit
    let isLong = Double(count) >= 0.36 * Double(iterations)
    lastMerit = candidate
    guard isEnough || isTurning || isLong else { return }
    if meanMerit < merit { here = mean }
    ways?.settle(atMean: meanMerit < merit ? part : nil)
    weighAgain()
    meritAtRestart = candidate
    lastMerit = candidate
    start = here
    count = 0
    for k in sum.x.indices { sum.x[k] = 0 }
    for k in sum.v.indices { sum.v[k] = 0 }
    for k in sum.y.indices { sum.y[k] = 0 }
    ways?.restart()
    if ways?.widen() ?? false {
      var worth = worthOfSite
      ways?.addLengths(to: &worth)
      siteSteps = worth.map { 1 / max(1e-12, $0) }
    }
  }

  /// What sites are worth less what they are charged for by the rules.
  private func net(_ point: Point) -> [Double] {
    var net = [Double](repeating: 0, count: point.x.count)
    for row in worths.indices {
      let u = point.v[row] * worths[row]
      if u == 0 { continue }
      for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
        net[Int(problem.rows.items[slot])] += u
      }
    }
    for rule in limits.indices {
      let price = point.y[rule] * units[rule]
      if price == 0 { continue }
      for slot in problem.ruleSites.start[rule]..<problem.ruleSites.start[rule + 1] {
        net[Int(problem.ruleSites.items[slot])] -= price * amounts[slot]
      }
    }
    return net
  }

  private mutating func step() {
    var net = net(here)
    ways?.addWorth(to: &net)
    var leaning = here.x
    for site in here.x.indices {
      let new = min(1, max(0, here.x[site] + net[site] * siteSteps[site] / balance))
      leaning[site] = 2 * new - here.x[site]
      here.x[site] = new
      sum.x[site] += new
    }
    for row in worths.indices {
      var on = Double(problem.needs[row])
      for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
        on -= leaning[Int(problem.rows.items[slot])]
      }
      let new = min(1, max(0, here.v[row] + balance * rowSteps[row] * on))
      here.v[row] = new
      sum.v[row] += new
    }
    for rule in limits.indices {
      var over = -limits[rule]
      for slot in problem.ruleSites.start[rule]..<problem.ruleSites.start[rule + 1] {
        over += amounts[slot] * leaning[Int(problem.ruleSites.items[slot])]
      }
      let new = max(0, here.y[rule] + balance * ruleSteps[rule] * over)
      here.y[rule] = new
      sum.y[rule] += new
    }
    ways?.step(leaning, balance)
    count += 1
  }

  /// Keeps a point whose bound is the least so far.
  ///
  /// - Returns: how far the point is from being its own proof: the gap, and what rules are broken by at twice their prices.
  @discardableResult private mutating func note(_ point: Point, _ prices: [Double]) -> Double {
    var bound = Double(problem.covered)
    var merit = 0.0
    for row in worths.indices {
      bound += weights[row] * (1 - point.v[row])
      var on = 0.0
      for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
        on += point.x[Int(problem.rows.items[slot])]
      }
      merit -= weights[row] * min(1, on / Double(problem.needs[row]))
    }
    for rule in limits.indices {
      bound += point.y[rule] * units[rule] * limits[rule]
      var over = -limits[rule]
      for slot in problem.ruleSites.start[rule]..<problem.ruleSites.start[rule + 1] {
        over += amounts[slot] * point.x[Int(problem.ruleSites.items[slot])]
      }
      merit += max(0, over) * units[rule] * max(1, 2 * point.y[rule])
    }
    var net = net(point)
    if let ways = problem.ways {
      for row in prices.indices { bound += Double(ways.base[row]) - prices[row] }
      ways.addWorth(at: prices, to: &net)
      merit -= ways.saved(by: point.x)
    }
    for value in net where value > 0 { bound += value }
    if bound < self.bound {
      self.bound = bound
      best = point
      best.u = prices
    }
    return max(0, merit + bound - Double(problem.covered))
  }

  /// The balance follows how far both sides moved, smoothed by a geometric mean.
  private mutating func weighAgain() {
    var (moved, turned) = (0.0, 0.0)
    for site in here.x.indices {
      let d = here.x[site] - start.x[site]
      moved += d * d / siteSteps[site]
    }
    for row in here.v.indices {
      let d = here.v[row] - start.v[row]
      turned += worths[row] * d * d / rowSteps[row]
    }
    for rule in here.y.indices {
      let d = here.y[rule] - start.y[rule]
      turned += units[rule] * d * d / ruleSteps[rule]
    }
    turned += ways?.turned ?? 0
    guard moved > 1e-9, turned > 1e-9 else { return }
    balance = min(1e4, max(1e-4, ((turned / moved).squareRoot() * balance).squareRoot()))
  }
}
