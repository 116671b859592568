/// The rules that may still bind in a part of the plans, and what prices of them charge.
struct CaptureRules {
  /// Rules over all sites, read from both sides, and what sites draw by themselves, by which plans are mended.
  struct Source {
    /// The rules, with a row for each site that weighs what it draws alone.
    let instance: RuledInstance
    /// Prices are in units of 2^-`shift` thousandths.
    let shift: Int
    /// Thousandths of all payments: no price need charge a site more.
    let most: Int

    var isRuled: Bool { !instance.rules.isEmpty }

    /// - Parameter rules: those of the question, its number of sites among them.
    init(_ question: MaximumCapture, _ rules: [SiteRule]) {
      let problem = question.problem
      let alone = rules.isEmpty ? [] : (0..<problem.siteCount).map { problem.gain(of: $0, beside: nil) }
      let total = problem.payments.reduce(0, +)
      // Sums of what sites draw alone may be more than rows may weigh together.
      let scale = max(1, total / max(1, CoverTable.greatestTotalWeight / 2 / max(1, alone.count)) + 1)
      var asked = RuledCovering(
        siteCount: problem.siteCount, rows: FlatRows(alone.indices.map { [Int32($0)] }),
        weights: alone.map { $0 / scale })
      (asked.rules, asked.kept, asked.forbidden) = (rules, question.open, question.closed)
      instance = RuledInstance(asked)
      most = max(1, total)
      shift = max(0, min(40, most.leadingZeroBitCount - 5))
    }

    /// By rule, what sites amount to together.
    func activity(of sites: some Sequence<Int>) -> [Int] {
      var activity = [Int](repeating: 0, count: instance.rules.count)
      for site in sites {
        for (rule, amount) in instance.rulesOfSite[site] { activity[rule] += amount }
      }
      return activity
    }

    /// Any plan that keeps to the rules, or the proof that there is none.
    func anyPlan(_ shouldStop: @escaping () -> Bool) -> (sites: [Int]?, conflict: RuledCertificate?) {
      var asked = RuledCovering(
        siteCount: instance.siteCount, rows: instance.rows, weights: instance.weights)
      (asked.rules, asked.kept, asked.forbidden) = (instance.rules, instance.kept, instance.forbidden)
      let plan = asked.plan(enough: 0, shouldStop: shouldStop)
      return (plan.sites, plan.bound < 0 ? plan.certificate : nil)
    }
  }

  private let shift: Int
  // No rule charges a site more: all payments four times over, less where a site's charges would not fit together.
  private let mostCharge: Double
  /// By rule of the part, its number among all.
  let ruleID: [Int32]
  // The sites of each rule, as places in the part, and what they amount to.
  private let sites: FlatRows
  private let amounts: [Int]
  /// By rule, what is left of its limit.
  private let limits: [Int]
  /// By rule, its largest amount.
  private let largest: [Int]
  private let siteCount: Int
  // How far a price moves for a step of claims: a site has many claims, and they move together.
  private let pace: Double

  /// - Parameters:
  ///   - number: by site, its place in the part, -1 where it is not in it.
  ///   - each: how many claims a site has.
  init(_ source: Source, _ state: [Int8], _ number: [Int32], each: Int) {
    (shift, pace) = (source.shift, Double(max(1, each)))
    mostCharge = min(4 * Double(source.most), 0x1p59 / Double(max(1, source.instance.rules.count)))
    siteCount = number.reduce(0) { $1 < 0 ? $0 : $0 + 1 }
    var (ruleID, limits, largest): ([Int32], [Int], [Int]) = ([], [], [])
    var sites = FlatRows()
    var amounts: [Int] = []
    for (rule, one) in source.instance.rules.enumerated() {
      var (free, itsAmounts): ([Int32], [Int]) = ([], [])
      var (left, sum) = (one.limit, 0)
      for (site, amount) in zip(one.sites, one.amounts) where amount != 0 {
        if state[Int(site)] == 1 { left -= amount }
        if number[Int(site)] >= 0 {
          free.append(number[Int(site)])
          itsAmounts.append(amount)
          sum += max(0, amount)
        }
      }
      if sum <= left { continue }
      ruleID.append(Int32(rule))
      sites.append(free)
      amounts += itsAmounts
      limits.append(left)
      largest.append(itsAmounts.reduce(1) { max($0, abs($1)) })
    }
    (self.ruleID, self.sites, self.amounts) = (ruleID, sites, amounts)
    (self.limits, self.largest) = (limits, largest)
  }

  /// What prices charge each site, rounded down, and what they allow all together, rounded up; in thousandths.
  func charges(_ prices: [Int]) -> (sites: [Int], limits: Int128) {
    var allowed: Int128 = 0
    var charged = [Int128](repeating: 0, count: siteCount)
    for rule in prices.indices where prices[rule] > 0 {
      let price = Int128(prices[rule])
      allowed += price * Int128(limits[rule])
      for slot in sites.start[rule]..<sites.start[rule + 1] {
        charged[Int(sites.items[slot])] += price * Int128(amounts[slot])
      }
    }
    return (charged.map { Int($0 >> Int128(shift)) }, -((-allowed) >> Int128(shift)))
  }

  /// By rule, how far the sites taken stay below its limit, in largest amounts.
  func slack(taking taken: [Bool]) -> [Double] {
    limits.indices.map { rule in
      var left = limits[rule]
      for slot in sites.start[rule]..<sites.start[rule + 1] where taken[Int(sites.items[slot])] {
        left -= amounts[slot]
      }
      return Double(left) / Double(largest[rule]) * pace.squareRoot()
    }
  }

  /// A price moved against a slope by steps of thousandths.
  func moved(_ price: Int, of rule: Int, against slope: Double, by step: Double) -> Int {
    let unit = Double(1 << shift) / Double(largest[rule])
    let moved = Double(price) - step * slope * pace.squareRoot() * unit
    return Int(max(0, min(moved, mostCharge * unit)).rounded())
  }
}
