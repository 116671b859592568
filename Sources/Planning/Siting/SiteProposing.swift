extension PaymentNetwork {
  /// The best sites to open, with a proof.
  ///
  /// - Parameters:
  ///   - question: what is asked; sites are positions in `sites`.
  ///   - sites: the candidates.
  ///   - shouldStop: asked often; once it is true the best plan so far is returned, with its bound.
  /// - Precondition: kept and forbidden sites exist and have nothing in common; there are at most as many kept sites as may be
  ///   opened, and they cost no more than the budget; where costs matter there is one for each site, and one is known for each kept
  ///   site; a target is in 0...1,000,000; on roads, `roads` is not `nil`.
  /// - Throws: where sums would be too large to prove anything about.
  /// - Complexity: finding who is served by which site is O(places · log sites + pairs), on roads one search a site; finding and
  ///   proving the best plan is exponential at worst.
  public func proposal(
    _ question: SiteQuestion, among sites: CandidateTable, shouldStop: @escaping () -> Bool = { false }
  ) throws(SiteQuestionError) -> SiteProposal {
    precondition(
      Set(question.kept).isDisjoint(with: question.forbidden), "a site is kept or forbidden, not both")
    let before = Planning.coverage(of: self, question.coverage)
    let reach = SiteReach(of: sites, in: self, question.coverage)
    let serving = reach.serving(before.isServed)
    var found = try findings(question, before, reach, serving, among: sites, shouldStop)
    found.noteNewlyServed(serving, siteCount: sites.count)
    let closed = found.closed.map(\.point)
    let opened = opening(found.chosen.map(\.site), of: sites, unstated: question.coverage.unstatedKind)
      .closing(closed)
    if let shortfall = found.shortfall, shortfall.relaxation == nil {
      found.shortfall?.relaxation = SiteRelaxation(shortfall, question, among: sites, in: self, before)
    }
    return SiteProposal(
      question: question, unit: found.unit, value: found.value, bound: found.bound,
      isInterrupted: found.isInterrupted, chosen: found.chosen, shortfall: found.shortfall,
      beyondReach: found.beyondReach, before: before,
      after: found.chosen.isEmpty && closed.isEmpty
        ? before : Planning.coverage(of: opened, question.coverage),
      network: opened, proof: found.proof, details: found.details, closed: found.closed, charge: found.charge,
      security: found.security, conflict: found.conflict)
  }

  /// What the solvers find for a question, given what is served today and by which site each of the others would be.
  ///
  /// - Parameter explaining: whether to say what would help where no plan keeps to the rules.
  func findings(
    _ question: SiteQuestion, _ before: Coverage, _ reach: SiteReach, _ serving: [[Int32]],
    among sites: CandidateTable, explaining: Bool = true, _ shouldStop: @escaping () -> Bool
  ) throws(SiteQuestionError) -> SiteFindings {
    switch question.goal {
    case .coverage where question.rules.isEmpty && question.gradual == nil:
      return try SiteCovering(self, before, serving, question, siteCount: sites.count).findings(shouldStop)
    case .coverage where question.gradual == nil:
      return try SiteRuling(self, before, reach, question, among: sites, explaining: explaining).findings(
        shouldStop)
    case .coverage, .distance, .worst:
      guard question.rules.isEmpty else {
        return try SiteRuling(self, before, reach, question, among: sites, explaining: explaining).findings(
          shouldStop)
      }
      let ways = SiteWays(before, reach, candidates: sites.count)
      if question.goal != .worst, question.costsMatter || ways.stepEntries <= question.mostStepEntries {
        return try SiteRuling(self, before, reach, question, among: sites, ways: ways, explaining: explaining)
          .findings(shouldStop)
      }
      return try SiteAssignment(self, ways, question).findings(shouldStop)
    case .relief:
      return try SiteRelief(self, before, reach, question, among: sites, explaining: explaining)
        .findings(shouldStop)
    case .visits:
      return try SiteVisits(self, before, reach, question, among: sites, explaining: explaining).findings(
        shouldStop)
    case .promise:
      return try SitePromise(self, before, reach, serving, question, among: sites).findings(
        shouldStop)
    }
  }
}

/// How much a number of sites can serve.
public struct SiteCurvePoint: Hashable, Sendable {
  /// How many sites are opened, kept ones included.
  public let sites: Int
  /// The weight that a plan of so many serves, with what is served today.
  public let value: Int
  /// No plan of so many serves more.
  public let bound: Int
}

extension PaymentNetwork {
  /// How much each number of sites can serve, from the kept ones alone up to `most`.
  ///
  /// - Parameters:
  ///   - question: whom points serve, what places weigh, and which sites are kept and forbidden; its limit does not matter.
  ///   - sites: the candidates.
  ///   - most: the largest number of sites, kept ones included.
  /// - Precondition: as for `proposal`; `most` is at least the number of kept sites.
  public func coverageCurve(
    _ question: SiteQuestion, among sites: CandidateTable, upTo most: Int,
    shouldStop: () -> Bool = { false }
  ) throws(SiteQuestionError) -> [SiteCurvePoint] {
    let before = Planning.coverage(of: self, question.coverage)
    let serving = SiteReach(of: sites, in: self, question.coverage).serving(before.isServed)
    return try SiteCovering(self, before, serving, question, siteCount: sites.count).curve(
      upTo: most, shouldStop)
  }
}

/// What a solver found.
struct SiteFindings {
  var unit: SiteProposal.Unit
  var value = 0
  var bound = 0
  var isInterrupted = false
  /// Whether there is a plan at all: a search may be stopped before it finds one.
  var isPlan = true
  var chosen: [SiteProposal.Chosen] = []
  var shortfall: SiteProposal.Shortfall?
  var beyondReach: [Int] = []
  var proof: SiteProposal.Proof?
  var closed: [ClosedPoint] = []
  var charge = 0
  var security: SecondOperatorShare?
  var conflict: RuleConflict?
  var details = SiteDetails()

  /// Gives each place that gets served to the first of its sites.
  mutating func noteNewlyServed(_ serving: [[Int32]], siteCount: Int) {
    var rank = [Int](repeating: .max, count: siteCount)
    for (order, one) in chosen.enumerated() { rank[one.site] = order }
    for place in serving.indices {
      let first = serving[place].reduce(Int.max) { min($0, rank[Int($1)]) }
      if first < .max { chosen[first].newlyServed.append(place) }
    }
  }
}

/// The sum of numbers from 0 up, as far as it is at most `most`.
func checkedSum(_ numbers: some Sequence<Int>, atMost most: Int) throws(SiteQuestionError) -> Int {
  var sum = 0
  for number in numbers {
    let (next, overflow) = sum.addingReportingOverflow(number)
    if overflow || next > most { throw .tooLarge }
    sum = next
  }
  return sum
}
