/// What it takes to check the aims of a promise, one after the other, by whole-number arithmetic.
///
/// `covering` is the question of villages and customers, a village weighing `villageWeight`. Where its bound is met, sites whose opening or
/// closing its multipliers show to cover less are decided (the multipliers of any node prove that by themselves). `travel` is a p-median
/// of ways in which each row of the covering follows, at no cost from its sites, else at λ for each of its villages and μ for each of its
/// customers: where no plan costs less than M there, none that leaves as many villages and customers has ways below M less what these cost,
/// whatever λ and μ. Where `isGoneThrough`, plans left by the multipliers and by the first prices are few, and are gone through one by one.
public struct PromiseCertificate: Hashable, Sendable, Codable {
  /// Always `promise`.
  public var goal = "promise"
  /// Of villages and customers.
  public var covering: CoveringCertificate
  /// What a village weighs there: more than all customers.
  public var villageWeight: Int
  /// Of ways; its first `wayRows` rows are ways, and the others those of the covering. What is kept and forbidden there is decided.
  public var travel: MedianCertificate?
  /// How many rows of `travel` are ways.
  public var wayRows: Int
  /// λ and μ.
  public var exchange: [Int]
  /// What each site costs.
  public var costs: [Int]
  /// How many sites a plan may have.
  public var count: Int
  /// Sites that every plan has.
  public var kept: [Int]
  /// Sites that no plan has.
  public var forbidden: [Int]
  /// The sites of the plan.
  public var sites: [Int]
  /// What the plan covers, its ways and its cost.
  public var values: [Int]
  /// The bound of each of these given the ones before.
  public var bounds: [Int]
  /// Whether plans that are left are to be gone through.
  public var isGoneThrough: Bool
}

/// The shortest ways among plans that cover as much as the best: p-medians in which giving up a village or customers costs something.
///
/// A price above all ways together would keep the aims in their order by itself, but drowns the ways in every bound. Smaller ones are tried
/// first; any of them gives a true bound of the ways of a plan by what it leaves uncovered.
struct PromiseWays {
  let table: CoverTable
  let villageWeight: Int
  let travel: AssignmentCosts
  let count: Int
  let opened: Set<Int>
  let closed: Set<Int>

  /// What one price led to.
  struct Rung {
    var exchange: [Int]
    var question: PMedian
    var answer: PMedianAnswer
  }

  /// How often a search may ask whether to stop before it is taken to have no end, and how many numbers a proof may hold.
  private static let most = (asked: 1_500, atLeast: 60, numbers: 4_000_000)

  /// - Parameter isShort: whether a first bound is all there is time for, which no stop prevents.
  /// - Returns: what each price led to, in the order of prices, until `isEnough`.
  func rungs(isShort: Bool, _ shouldStop: @escaping () -> Bool, isEnough: (Rung) -> Bool) -> [Rung] {
    var rungs: [Rung] = []
    for shift in [16, 12, 8, 4, 0] {
      guard let (exchange, costs) = priced(shift) else { break }
      var question = PMedian(costs, p: count)
      (question.open, question.closed) = (opened.sorted(), closed.sorted())
      question.longestProof = max(1, Self.most.numbers / max(1, costs.rowCount))
      var asked = 0
      let answer = question.solve {
        asked += 1
        return asked > (isShort ? Self.most.atLeast : Self.most.asked) || (!isShort && shouldStop())
      }
      let rung = Rung(exchange: exchange, question: question, answer: answer)
      rungs.append(rung)
      if isShort || isEnough(rung) || shouldStop() { break }
    }
    return rungs
  }

  /// A certificate that says what ways are, and proves nothing of them.
  func statement(of plan: [Int]) -> (exchange: [Int], certificate: MedianCertificate)? {
    guard let (exchange, costs) = priced(16) else { return nil }
    var question = PMedian(costs, p: count)
    (question.open, question.closed) = (opened.sorted(), closed.sorted())
    let nothing = PMedianProof.Step(
      prices: costs.base.map { _ in 0 }, closes: [], opens: [], outcome: .goesOn)
    let answer = PMedianAnswer(
      plan: plan, value: costs.value(of: plan), bound: 0, nodes: 0,
      proof: PMedianProof(
        scale: AssignmentBound(costs).scale, value: 0, isWhole: false, steps: [nothing]))
    return (exchange, MedianCertificate(of: answer, to: question))
  }

  /// The p-median at a price that is so many powers of two below all ways together; `nil` where that is not a whole number of 52 bits.
  private func priced(_ shift: Int) -> (exchange: [Int], costs: AssignmentCosts)? {
    let least = (0..<travel.rowCount).reduce(0) {
      let entries = travel.rowStart[$1]..<travel.rowStart[$1 + 1]
      return $0 + (entries.isEmpty ? travel.base[$1] : travel.costs[entries.lowerBound])
    }
    let all = travel.base.reduce(0, +)
    let customer = max(1, (all - least + 1) >> shift)
    let (village, isMore) = customer.multipliedReportingOverflow(by: shift > 0 ? 1_024 : villageWeight)
    if isMore { return nil }
    var (base, sum) = (travel.base, all)
    for weight in table.weights {
      let (first, isTooLarge) = village.multipliedReportingOverflow(by: weight / villageWeight)
      let (second, isLarger) = customer.multipliedReportingOverflow(by: weight % villageWeight)
      guard !isTooLarge, !isLarger, first < 1 << 52, second < 1 << 52, sum + first + second < 1 << 52 else {
        return nil
      }
      base.append(first + second)
      sum += first + second
    }
    let ways = (0..<travel.rowCount).map { row in
      (travel.rowStart[row]..<travel.rowStart[row + 1]).map {
        (site: Int(travel.sites[$0]), cost: travel.costs[$0])
      }
    }
    let covers = (0..<table.rows.count).map { row in table.rows[row].map { (site: Int($0), cost: 0) } }
    return (
      [village, customer], AssignmentCosts(siteCount: travel.siteCount, base: base, rows: ways + covers)
    )
  }

  /// What a plan that covers so much pays for what it does not.
  func paid(_ covered: Int, _ exchange: [Int]) -> Int {
    let (villages, customers) = table.weights.reduce((0, 0)) {
      ($0.0 + $1 / villageWeight, $0.1 + $1 % villageWeight)
    }
    return exchange[0] * (villages - covered / villageWeight)
      + exchange[1] * (customers - covered % villageWeight)
  }

  /// The sites that every plan opens that costs no more than the rung's, and those that none does, by the first prices of its proof.
  func decided(_ rung: Rung, atMost value: Int) -> (opened: Set<Int>, closed: Set<Int>) {
    let costs = rung.question.costs
    guard let prices = rung.answer.proof.steps.first?.prices else { return (opened, closed) }
    var bound = AssignmentBound(costs)
    bound.prices = prices
    var state = [Int8](repeating: 0, count: costs.siteCount)
    for site in closed { state[site] = -1 }
    for site in opened { state[site] = 1 }
    let free = state.indices.filter { state[$0] == 0 }
    bound.evaluate(costs, state: state, p: count, free: free)
    let taken = Set(bound.taken)
    var (more, fewer) = (opened, closed)
    for site in free {
      let rho = bound.reduced[site]
      if taken.contains(site) {
        if bound.scaled - rho + bound.firstLeft > value * bound.scale { more.insert(site) }
      } else if bound.scaled + rho - bound.lastTaken > value * bound.scale {
        fewer.insert(site)
      }
    }
    return (more, fewer)
  }
}
