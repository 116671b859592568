/// Where to put `p` sites so that all rows together cost least, with a proof.
///
///     var question = PMedian(costs, p: 5)
///     question.open = [3]                       // stays, and counts among the five
///     let answer = question.solve { false }
///     answer.value, answer.bound, answer.isProven
///
/// Greedy and exchange give a plan; Lagrangian prices, moved by the deflected subgradient (Camerini, Fratta and Maffioli
/// 1975, "On improving relaxation methods by modified gradient techniques", Mathematical Programming Study 3), give a bound;
/// sites whose price says that they belong to every better plan, or to none, are fixed; what remains is divided by
/// taking a site in or leaving it out, until no part can hold a better plan. Whole numbers decide everything: the
/// answer is the same on every machine, unless `shouldStop` ends it early, and then the bound is still true.
public struct PMedian: Sendable {
  /// The instance.
  public let costs: AssignmentCosts
  /// How many sites a plan may have, the open ones included.
  public let p: Int
  /// Sites that every plan has.
  public var open: [Int] = []
  /// Sites that no plan has.
  public var closed: [Int] = []
  /// Only plans that cost less are looked for; `nil` for the best whatever it costs. Where there is none, the answer's
  /// bound says so: it is at least this.
  public var below: Int?
  /// How many steps a proof is kept for; a longer one is cut to its root, and the certificate says so.
  public var longestProof = 20_000

  /// Asks for `p` sites.
  ///
  /// - Precondition: `p` is at least 0.
  public init(_ costs: AssignmentCosts, p: Int) {
    precondition(p >= 0, "a number of sites of at least 0 is expected")
    self.costs = costs
    self.p = p
  }

  /// The best plan found and what is known of all others.
  ///
  /// - Precondition: `open` and `closed` have nothing in common, and `open` has at most `p` sites.
  /// - Parameter shouldStop: asked now and then; once it says so, the best so far is the answer.
  public func solve(shouldStop: () -> Bool) -> PMedianAnswer {
    precondition(Set(open).isDisjoint(with: closed), "a site is open or closed, not both")
    precondition(Set(open).count <= p, "at most p open sites are expected")
    var solver = PMedianSolver(self)
    return withoutActuallyEscaping(shouldStop) { solver.solve(shouldStop: $0) }
  }
}

/// A plan of p-median and its proof.
public struct PMedianAnswer: Sendable {
  /// The sites, ascending; fewer than `p` where more would save nothing.
  public var plan: [Int]
  /// What the plan costs.
  public var value: Int
  /// No plan costs less.
  public var bound: Int
  /// Whether the plan is one of the best.
  public var isProven: Bool { value == bound }
  /// How far the plan may be from the best, as a share of its value; 0 where it is proven.
  public var gap: Double { value == bound ? 0 : Double(value - bound) / Double(value) }
  /// How many parts the plans were divided into.
  public var nodes: Int
  /// What anybody needs to check the bound.
  public var proof: PMedianProof
}

/// The bound's certificate: prices for each part of the search, in the order the search went through them.
public struct PMedianProof: Sendable {
  /// What follows from the prices of a step.
  public enum Outcome: Hashable, Sendable {
    /// No plan of this part is better than the value.
    case done
    /// With the sites fixed, the next step goes on with the same part.
    case goesOn
    /// The next steps are the part with this site in, and after all of it the part without.
    case divides(site: Int)
  }

  /// One step.
  public struct Step: Sendable {
    /// u, times `scale`, by row.
    public var prices: [Int]
    /// Sites that no better plan of this part has, by these prices.
    public var closes: [Int]
    /// Sites that every better plan of this part has, by these prices.
    public var opens: [Int]
    /// What follows.
    public var outcome: Outcome
  }

  /// How finely prices are divided.
  public var scale: Int
  /// The value that no plan undercuts; the bound itself where the proof is of one step that is not done.
  public var value: Int
  /// Whether the steps prove it by themselves; otherwise only the first was kept, and proves its own L(u).
  public var isWhole: Bool
  /// The steps.
  public var steps: [Step]
}
