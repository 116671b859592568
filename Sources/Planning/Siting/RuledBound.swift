/// A bound on what plans under rules can cover, proven by whole-number multipliers and prices; see `RuledCertificate`.
struct RuledBound {
  /// By row of the problem, times 2^shift.
  let multipliers: [Int]
  /// By rule of the problem, times 2^(shift + priceShift).
  let prices: [Int]
  /// By way of the problem, times 2^shift.
  let wayPrices: [Int]
  /// No plan covers more; -1 where the prices show that no plan keeps to the rules.
  let bound: Int

  // All times 2^(shift + priceShift); 128 bits hold sums of 2⁶⁰ of weight and of prices times limits.
  private let total: Int128
  private let reduced: [Int128]
  private let unit: Int128

  /// - Parameters:
  ///   - shares: u · need ÷ w of each row; whatever is not within 0...1 is brought there.
  ///   - prices: by rule, in weight per amount; whatever is below 0 is brought there.
  ///   - wayPrices: u of each way; whatever is not between its cheapest site and its base is brought there.
  init(
    _ problem: RuledProblem, shares: [Double], prices: [Double], wayPrices: [Double], shift: Int,
    priceShift: Int
  ) {
    unit = Int128(1) << Int128(shift + priceShift)
    var multipliers = [Int](repeating: 0, count: problem.weights.count)
    var reduced = [Int128](repeating: 0, count: problem.siteID.count)
    var sum: Int128 = 0
    for row in multipliers.indices {
      let whole = problem.weights[row] << shift
      let most = whole / problem.needs[row]
      let wanted = (shares[row] * Double(whole) / Double(problem.needs[row])).rounded()
      // The comparison also sends what is not a number to zero.
      let multiplier = wanted > 0 ? (wanted < Double(most) ? min(Int(wanted), most) : most) : 0
      multipliers[row] = multiplier
      sum += Int128(whole - multiplier * problem.needs[row]) << Int128(priceShift)
      for slot in problem.rows.start[row]..<problem.rows.start[row + 1] {
        reduced[Int(problem.rows.items[slot])] += Int128(multiplier) << Int128(priceShift)
      }
    }
    var whole = [Int](repeating: 0, count: problem.limits.count)
    for rule in whole.indices {
      let wanted = (prices[rule] * Double(unit)).rounded()
      whole[rule] = wanted > 0 ? Int(min(wanted, 0x1p60)) : 0
      sum += Int128(whole[rule]) * Int128(problem.limits[rule])
      for slot in problem.ruleSites.start[rule]..<problem.ruleSites.start[rule + 1] {
        reduced[Int(problem.ruleSites.items[slot])] -= Int128(whole[rule]) * Int128(problem.amounts[slot])
      }
    }
    var ofWays = [Int](repeating: 0, count: problem.ways?.count ?? 0)
    if let ways = problem.ways {
      for row in ofWays.indices {
        let (least, most) = (ways.costs[ways.start[row]] << shift, ways.base[row] << shift)
        let wanted = (wayPrices[row] * Double(1 << shift)).rounded()
        let price = wanted > Double(least) ? (wanted < Double(most) ? min(most, Int(wanted)) : most) : least
        ofWays[row] = price
        sum += Int128(most - price) << Int128(priceShift)
        for entry in ways.start[row]..<ways.start[row + 1] {
          let difference = price - (ways.costs[entry] << shift)
          if difference <= 0 { break }
          reduced[Int(ways.sites[entry])] += Int128(difference) << Int128(priceShift)
        }
      }
    }
    for value in reduced where value > 0 { sum += value }
    let everything = Int128(problem.coverable - problem.covered) * unit
    if sum > everything {
      // Multipliers of 0 prove that nobody covers more than all sites together.
      (multipliers, whole) = (multipliers.map { _ in 0 }, whole.map { _ in 0 })
      (reduced, sum) = (reduced.map { _ in 0 }, everything)
      if let ways = problem.ways { ofWays = ofWays.indices.map { ways.costs[ways.start[$0]] << shift } }
    }
    self.multipliers = multipliers
    self.wayPrices = ofWays
    self.prices = whole
    self.reduced = reduced
    total = sum
    // What a plan covers is not negative: a bound below zero shows that there is none.
    bound = sum < 0 ? -1 : problem.covered + Int(clamping: sum / unit)
  }

  /// What the bound decides about each free site where more than `value` is wanted: 1 open, -1 closed, 0 nothing.
  func decisions(_ problem: RuledProblem, beating value: Int) -> [Int8] {
    let target = Int128(max(0, value + 1 - problem.covered)) * unit
    return reduced.map { reduced in
      if total + min(0, reduced) < target { return -1 }
      if total - max(0, reduced) < target { return 1 }
      return 0
    }
  }
}
