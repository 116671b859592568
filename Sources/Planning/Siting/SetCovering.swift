/// The fewest or cheapest sites that cover every place: the location set covering problem (Toregas, Swain, ReVelle and
/// Bergman 1971).
///
///     let answer = SetCovering().plan(for: cover)
///     answer.plan.sites.count, answer.plan.bound
///     answer.unservable        // places that no allowed site serves; nothing can be done for them by these sites
///
/// Places that weigh nothing are covered as well. The answer is exact when it is let run.
public struct SetCovering: Hashable, Sendable {
  /// A plan for all who can be covered, and who cannot.
  public struct Answer: Hashable, Sendable {
    /// The plan for all places that some allowed site serves; its value and bound are costs.
    public let plan: SitePlan
    /// The places that no allowed site serves, ascending.
    public let unservable: [Int]
  }

  /// What each site costs; without, the fewest sites are sought.
  public var costs: [Int]?
  /// Sites that are open already.
  public var kept: [Int] = []
  /// Sites that may not be opened. A site that is kept as well is kept.
  public var forbidden: [Int] = []
  /// Stop when at most this share of the cost is missing to the bound; 0 asks for a proof.
  public var gap = 0.0
  /// Asks only whether this much is enough: the search ends with any cover of at most this cost, or once the bound
  /// exceeds it. `nil` for the best cover.
  public var sufficient: Int?
  /// Names the sequence of chance by which covers are disturbed.
  public var seed = 1
  /// How many multipliers a certificate may hold before it falls back to the first bound.
  public var certificateLimit = 4_000_000

  /// Asks for the fewest sites, or the cheapest.
  public init(costs: [Int]? = nil) { self.costs = costs }

  /// Finds and proves a cover.
  ///
  /// - Parameter shouldStop: asked often; once it is true the best cover so far is returned, with its bound.
  /// - Precondition: there is a cost for each site, none negative, and together at most 2⁵⁰.
  public func plan(for table: CoverTable, shouldStop: @escaping () -> Bool = { false }) -> Answer {
    let costs = self.costs ?? [Int](repeating: 1, count: table.siteCount)
    let total = checkedTotal(of: costs, siteCount: table.siteCount)
    // Rows that only forbidden sites cover are nobody's to cover.
    var isAllowed = [Bool](repeating: true, count: table.siteCount)
    for site in forbidden { isAllowed[site] = false }
    for site in kept { isAllowed[site] = true }
    let isServable = (0..<table.rows.count).map { row in table.rows[row].contains { isAllowed[Int($0)] } }

    var start = CoveringStart(
      table, weights: isServable.map { $0 ? 1 : 0 }, limit: .budget(total, costs: costs), kept: kept,
      forbidden: forbidden)
    start.problem.costs = start.problem.siteID.map { costs[Int($0)] }
    let shift = SetCoveringBound.shift(forCost: total)
    let proofRows = isServable.indices.filter { isServable[$0] }
    var search = SetCoveringSearch(
      start.problem,
      recorder: ProofRecorder(
        weights: [Int](repeating: 1, count: proofRows.count), shift: shift, limit: certificateLimit,
        isCapped: false),
      shift: shift, step: max(1, costs.reduce(0, greatestCommonDivisor)), gap: gap,
      sufficient: sufficient, seed: seed,
      shouldStop: shouldStop)
    search.run(rowMap: proofRows.map { start.rowMap[$0] })
    let sites = start.free + search.chosen.map { Int(start.problem.siteID[Int($0)]) }
    let (order, gains, _) = openingOrder(of: sites, table, kept: kept)
    let proof = search.recorder.proof(
      of: search.bound, isDone: search.bound >= min(search.cost, sufficient.map { $0 + 1 } ?? .max))
    let certificate = CoveringCertificate(
      goal: .setCovering, siteCount: table.siteCount, rows: FlatRows(proofRows.map { Array(table.rows[$0]) }),
      weights: proofRows.map { table.weights[$0] }, costs: costs, budget: total, kept: kept.sorted(),
      forbidden: forbidden.sorted(), sites: order, value: search.cost, bound: min(search.cost, proof.bound),
      shift: shift, isWhole: proof.isWhole, nodes: proof.nodes)
    let plan = SitePlan(
      sites: order, gains: gains, value: search.cost, bound: search.bound,
      isInterrupted: search.isInterrupted,
      certificate: certificate)
    return Answer(
      plan: plan,
      unservable: table.rowOfPlace.indices.filter { place in
        let row = table.rowOfPlace[place]
        return row < 0 || !isServable[Int(row)]
      })
  }
}
