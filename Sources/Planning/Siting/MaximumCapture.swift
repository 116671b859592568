/// The sites that capture the most payments, with a proof.
///
///     let answer = MaximumCapture(problem, choosing: 5).solve { false }
///     answer.sites, answer.value, answer.bound
///
/// Values are whole payments, rounded down: a plan is proven where no other captures a whole payment more. Greedy and exchange find a
/// plan, the bound is that of `CaptureBound`, and its claims are the certificate. Plans keep to `rules`; where there is no such plan, that is
/// what is proven.
public struct MaximumCapture: Sendable {
  /// The rows.
  public let problem: CapturedVisits
  /// How many sites a plan may have, open ones included.
  public let count: Int
  /// Sites that every plan has.
  public var open: [Int] = []
  /// Sites that no plan has.
  public var closed: [Int] = []
  /// What plans must keep to besides.
  public var rules: [SiteRule] = []
  /// Sites to begin the search with, where there are rules: a guess at what good plans hold. They are opened where no rule is in the way, even
  /// if they bring nothing.
  public var guess: [Int] = []
  /// How many claims a certificate may hold before it falls back to what is proven before the first branch.
  public var certificateLimit = 4_000_000

  /// Asks for `count` sites.
  ///
  /// - Precondition: `count` is at least 0.
  public init(_ problem: CapturedVisits, choosing count: Int) {
    precondition(count >= 0, "a number of sites of at least 0 is expected")
    self.problem = problem
    self.count = min(count, problem.siteCount)
  }

  /// The rules, and that there are at most so many sites where that may bind.
  var allRules: [SiteRule] {
    if rules.isEmpty || count >= problem.siteCount { return rules }
    let number = SiteRule.atMost(count, of: (0..<Int32(problem.siteCount)).map { $0 })
    return rules.contains(number) ? rules : rules + [number]
  }

  /// A plan and its proof.
  public struct Answer: Sendable {
    /// Whether a plan was found that keeps to the rules; without rules there always is one.
    public var isPlan: Bool
    /// The sites: those of the guess ascending, then the others in the order in which each adds most.
    public var sites: [Int]
    /// What each adds to the ones before it, in whole payments.
    public var gains: [Int]
    /// Whole payments that the plan captures.
    public var value: Int
    /// No plan captures more; -1 where no plan keeps to the rules.
    public var bound: Int
    /// Whether it was stopped before it was done.
    public var isInterrupted: Bool
    /// What another program needs to check the bound.
    public var certificate: CaptureCertificate
    /// What another program needs to check that no plan keeps to the rules; `nil` where one does, or nobody knows.
    public var conflict: RuledCertificate?
  }

  /// Finds and proves a plan.
  ///
  /// - Precondition: `open` and `closed` have nothing in common, and there are at most `count` open sites.
  /// - Complexity: exponential at worst; a bound looks at few sets of each row's sites, a part of the plans at a hundred bounds.
  public func solve(shouldStop: () -> Bool) -> Answer {
    precondition(Set(open).isDisjoint(with: closed), "a site is open or closed, not both")
    precondition(Set(open).count <= count, "at most the number of sites asked for can be open")
    return withoutActuallyEscaping(shouldStop) { shouldStop in
      var search = CaptureSearch(self, certificateLimit: certificateLimit, shouldStop: shouldStop)
      search.run()
      let (sites, gains) = search.plan.isPlan ? search.plan.order() : ([], [])
      let value = problem.captured(by: sites)
      return Answer(
        isPlan: search.plan.isPlan, sites: sites, gains: gains, value: value, bound: search.bound,
        isInterrupted: search.plan.isPlan
          ? search.bound > value && search.isInterrupted : search.conflict == nil,
        certificate: CaptureCertificate(
          of: self, sites: search.plan.isPlan ? sites : nil, value: value, search.bound,
          priceShift: search.rules.shift, search.recorder),
        conflict: search.conflict)
    }
  }
}
