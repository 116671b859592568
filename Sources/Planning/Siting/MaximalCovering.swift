/// Which sites cover as much as possible: the maximal covering location problem (Church and ReVelle 1974).
///
///     var question = MaximalCovering(.sites(20))
///     question.kept = [3, 4]
///     let plan = question.plan(for: cover)
///     plan.value, plan.bound, plan.isProven
///
/// The answer is exact when it is let run: `plan.bound` is a true bound at any moment.
public struct MaximalCovering: Hashable, Sendable {
  /// How much may be opened.
  public enum Limit: Hashable, Sendable {
    /// At most so many sites, kept ones not counted.
    case sites(Int)
    /// Sites that together cost at most so much, kept ones not counted; one cost for each site.
    case budget(Int, costs: [Int])
  }

  /// How much may be opened.
  public var limit: Limit
  /// Sites that are open already.
  public var kept: [Int] = []
  /// Sites that may not be opened. A site that is kept as well is kept.
  public var forbidden: [Int] = []
  /// Stop when at most this share of the value is missing to the bound; 0 asks for a proof.
  public var gap = 0.0
  /// Names the sequence of chance by which plans are disturbed.
  public var seed = 1
  /// How many multipliers a certificate may hold before it falls back to the first bound.
  public var certificateLimit = 4_000_000

  /// Asks for as much as possible within a limit.
  public init(_ limit: Limit) { self.limit = limit }

  /// Finds and proves a plan.
  ///
  /// - Parameter shouldStop: asked often; once it is true the best plan so far is returned, with its bound.
  /// - Precondition: sites exist, costs are not negative and below 2⁵⁵, and a budget has a cost for each site.
  public func plan(for table: CoverTable, shouldStop: @escaping () -> Bool = { false }) -> SitePlan {
    solve(table, above: -1, enough: .max, shouldStop).plan
  }

  /// As `plan`, where only plans above a value are of use and one of `enough` ends the search.
  func solve(_ table: CoverTable, above: Int, enough: Int, _ shouldStop: @escaping () -> Bool) -> (
    plan: SitePlan, found: Bool
  ) {
    let start = CoveringStart(table, limit: limit, kept: kept, forbidden: forbidden)
    let shift = CoveringBound.shift(forWeight: table.servableWeight)
    var search = CoveringSearch(
      start.problem,
      recorder: ProofRecorder(weights: table.weights, shift: shift, limit: certificateLimit), shift: shift,
      aim: CoveringSearch.Aim(gap: gap, above: above, enough: enough, seed: seed), shouldStop: shouldStop)
    search.run(rowMap: start.rowMap)
    let sites = start.free + search.chosen.map { Int(start.problem.siteID[Int($0)]) }
    let (order, gains, value) = openingOrder(of: sites, table, kept: kept)
    let isFound = value > above
    let proof = search.recorder.proof(of: search.bound, isDone: search.bound <= search.value)
    let certificate = CoveringCertificate(
      goal: .maximalCovering, siteCount: table.siteCount, rows: table.rows,
      weights: table.weights, costs: start.costs, budget: start.budget, kept: kept.sorted(),
      forbidden: forbidden.sorted(),
      sites: order, value: value, bound: max(value, proof.bound),
      shift: shift, isWhole: proof.isWhole, nodes: proof.nodes)
    let plan = SitePlan(
      sites: order, gains: gains, value: value, bound: search.bound, isInterrupted: search.isInterrupted,
      certificate: certificate)
    return (plan, isFound)
  }
}

/// A covering question as it is before anything is decided: kept sites open, forbidden ones gone, sites without cost open.
struct CoveringStart {
  var problem: CoveringProblem
  /// The row of the problem for each row of the table.
  let rowMap: [Int32]
  /// Sites that cost nothing, and are opened for that.
  let free: [Int]
  let costs: [Int]
  let budget: Int

  /// - Parameter weights: of the rows, where they are not the table's.
  init(
    _ table: CoverTable, weights: [Int]? = nil, limit: MaximalCovering.Limit, kept: [Int], forbidden: [Int]
  ) {
    switch limit {
    case .sites(let count):
      precondition(count >= 0, "a number of sites is expected: \(count)")
      costs = [Int](repeating: 1, count: table.siteCount)
      budget = min(count, table.siteCount)
    case .budget(let amount, let each):
      precondition(each.count == table.siteCount, "one cost for each site is expected")
      precondition(each.allSatisfy { (0..<1 << 55).contains($0) }, "costs from 0 to below 2⁵⁵ are expected")
      precondition(amount >= 0, "a budget cannot be negative: \(amount)")
      costs = each
      budget = min(amount, 1 << 60)
    }
    var decisions = [CoveringProblem.Decision](repeating: .free, count: table.siteCount)
    var free: [Int] = []
    for site in costs.indices where costs[site] == 0 { decisions[site] = .open }
    for site in forbidden { decisions[site] = .closed }
    for site in costs.indices where decisions[site] == .open { free.append(site) }
    for site in kept { decisions[site] = .open }
    let isKept = Set(kept)
    self.free = free.filter { !isKept.contains($0) }
    var whole = CoveringProblem(
      rows: table.rows, weights: weights ?? table.weights,
      sites: table.rows.transposed(columnCount: table.siteCount),
      siteID: (0..<Int32(table.siteCount)).map { $0 }, costs: costs, budget: budget, covered: 0)
    for site in kept { whole.costs[site] = 0 }
    (problem, rowMap) = whole.reduced(by: decisions)
  }
}

/// Sites in the order in which each adds most, the lower site first of equals; with what each adds, and what is covered in all.
func openingOrder(of sites: [Int], _ table: CoverTable, kept: [Int]) -> (
  sites: [Int], gains: [Int], value: Int
) {
  var isCovered = [Bool](repeating: false, count: table.rows.count)
  let places = table.rows.transposed(columnCount: table.siteCount)
  var value = 0
  for site in kept {
    for row in places[site] where !isCovered[Int(row)] {
      isCovered[Int(row)] = true
      value += table.weights[Int(row)]
    }
  }
  func gain(_ site: Int) -> Int {
    places[site].reduce(0) { isCovered[Int($1)] ? $0 : $0 + table.weights[Int($1)] }
  }
  var heap = GainHeap()
  for site in sites { heap.push(GainHeap.Entry(gain: gain(site), cost: 1, site: Int32(site))) }
  var (order, gains): ([Int], [Int]) = ([], [])
  while let top = heap.pop() {
    let now = gain(Int(top.site))
    if now < top.gain {
      heap.push(GainHeap.Entry(gain: now, cost: 1, site: top.site))
      continue
    }
    order.append(Int(top.site))
    gains.append(now)
    value += now
    for row in places[Int(top.site)] { isCovered[Int(row)] = true }
  }
  return (order, gains, value)
}
