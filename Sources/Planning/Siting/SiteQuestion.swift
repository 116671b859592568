/// Where to open points, as a planner asks it.
///
///     var question = SiteQuestion(.sites(20))
///     question.kept = [3]
///     let proposal = try network.proposal(question, among: network.candidates)
///     proposal.chosen.map(\.site), proposal.value, proposal.bound
///
/// Existing points stay and count. What is opened is judged like any other point.
public struct SiteQuestion: Hashable, Sendable {
  /// What a plan is to be good at.
  public enum Goal: String, CaseIterable, Sendable {
    /// To serve as much weight as possible (maximal, set and partial covering).
    case coverage
    /// To shorten the way of all in-person payments together (p-median).
    case distance
    /// To bring the farthest place as near as possible (p-center).
    case worst
    /// To leave no point with more payments than it can take at the peak (capacitated p-median).
    case relief
    /// To draw as many payments as possible to the sites (maximum capture).
    case visits
    /// First to lift villages to L3, then to serve customers, then to shorten ways, then to save.
    case promise
  }

  /// How much may be opened, or how much must be reached.
  public enum Limit: Hashable, Sendable {
    /// At most so many sites, kept ones included.
    case sites(Int)
    /// Sites that cost at most so much, in fen, kept ones included.
    case budget(fen: Int)
    /// At least so many millionths of all weight served, by the fewest sites, or the cheapest.
    case target(millionths: Int, cheapest: Bool)
    /// By the fewest sites, or the cheapest, nobody farther than so many seconds (worst), or the mean way of a payment at most that
    /// (distance, fewest only).
    case within(seconds: Int, cheapest: Bool)
  }

  /// How much may be opened, or must be reached.
  public var limit: Limit
  /// What a plan is to be good at; for `target`, coverage; for `within`, distance or worst.
  public var goal = Goal.coverage
  /// With coverage: counts each place by what this decay leaves after the way to its nearest point, instead of all or nothing.
  public var gradual: GradualDecay?
  /// With relief: how far people go, and what points can take.
  public var relief = ReliefQuestion()
  /// With visits: which payments sites could draw.
  public var visits: CapturedVisits?
  /// Whom points serve, what counts, and what places weigh.
  public var coverage = CoverageOptions()
  /// Sites that every plan opens.
  public var kept: [Int] = []
  /// Sites that no plan opens.
  public var forbidden: [Int] = []
  /// What each site costs, in fen; `nil` where not known. A site whose cost is not known is not opened where costs matter.
  public var costsFen: [Int?] = []
  /// Stop when at most this share of the value is missing to the bound; 0 asks for a proof. For distance and worst a proof is
  /// always asked for.
  public var gap = 0.0

  /// What plans must keep to besides, and what may be done to the points of today: for all goals. Second operators are of coverage, and
  /// relief closes points within a number of sites only.
  public var rules = SiteRules()

  /// Distance and gradual coverage become rows of steps where these have at most so many entries; else p-median has a search of its own.
  var mostStepEntries = 20_000_000

  /// Under rules, within a budget and for the promise, ways become rows of steps where these have at most so many entries; else each is
  /// one row with a price. Rows of steps of many places are often the same and become one, which long rows gain nothing by.
  var mostSteps = 2_000_000

  /// Where the question is a part of another one: the sites forbidden there. Places that none of the others reaches do not count in ways and
  /// relief, and must be the same for all parts, or forbidding the only site of a place would seem to shorten its way.
  var forbiddenInWhole: [Int]?

  /// Asks for the best coverage within a limit.
  public init(_ limit: Limit) { self.limit = limit }
}

/// Why a question cannot be answered.
public enum SiteQuestionError: Error, Hashable, Sendable {
  /// All that is weighed, or all costs, are more than whole numbers of 64 bits can prove anything about.
  case tooLarge
}

/// Sites proposed, how good they are, and what they change.
public struct SiteProposal: Sendable {
  /// What values are counted in.
  public enum Unit: String, Sendable {
    case customers, payments, fen, elderly, sites, seconds, villages
    case paymentSeconds = "payment_seconds"

    init(_ weight: CoverageOptions.Weight) {
      switch weight {
      case .customers: self = .customers
      case .payments: self = .payments
      case .arrears: self = .fen
      case .elderly: self = .elderly
      }
    }
  }

  /// A site to open.
  public struct Chosen: Hashable, Sendable {
    /// The site, as a position in the candidate table.
    public let site: Int
    /// What it adds to the ones before it: weight served, payment-seconds saved, or seconds by which the longest way shrinks.
    public let gain: Int
    /// The places that are served by it and by none before it in the plan, nor today; ascending.
    public var newlyServed: [Int] = []

    init(site: Int, gain: Int) {
      self.site = site
      self.gain = gain
    }
  }

  /// Why a target cannot be reached.
  public struct Shortfall: Sendable {
    /// The places that weigh something, are not served, and that no allowed site would serve, ascending.
    public let unservable: [Int]
    /// The weight served if all allowed sites were opened.
    public let mostWeight: Int
    /// All weight.
    public let totalWeight: Int
    /// The fewest sites that serve `mostWeight`, or what the cheapest cost in fen, kept ones included, and that nothing less does; `nil`
    /// where that is not known.
    public var fewest: (value: Int, bound: Int)?
    /// What would help, where that is known.
    public var relaxation: SiteRelaxation?
  }

  /// What another program needs to check the bound.
  public enum Proof: Sendable {
    /// Of coverage.
    case covering(CoveringCertificate)
    /// Of distance.
    case median(MedianCertificate)
    /// Of coverage and distance under rules.
    case ruled(RuledCertificate)
    /// Of the farthest place.
    case center(CenterCertificate)
    /// Of the promise.
    case promise(PromiseCertificate)
    /// Of relief.
    case relief(ReliefCertificate)
    /// Of visits.
    case capture(CaptureCertificate)
  }

  /// What was asked.
  public let question: SiteQuestion
  /// What `value` and `bound` are counted in.
  public let unit: Unit
  /// The weight served; sites opened or fen spent where a target is to be reached; payment-seconds; or seconds.
  public let value: Int
  /// No plan within the limit is better.
  public let bound: Int
  /// Whether it was stopped before it was done. It then depends on the machine.
  public let isInterrupted: Bool
  /// The sites to open, in the order in which each adds most; of equals the lower position first.
  public let chosen: [Chosen]
  /// Why the target cannot be reached; `nil` where it can, or none was asked for.
  public let shortfall: Shortfall?
  /// Places left out of distance and worst: no point and no allowed site is within their reach.
  public let beyondReach: [Int]
  /// The coverage today.
  public let before: Coverage
  /// The coverage with the chosen sites opened.
  public let after: Coverage
  /// The network with the chosen sites opened, in the order of `chosen`.
  public let network: PaymentNetwork
  /// The certificate of the bound; `nil` where there is nothing to prove.
  public let proof: Proof?
  /// What else the goal has to say.
  public let details: SiteDetails
  /// The points of today that close, by position.
  public var closed: [ClosedPoint] = []
  /// What the closed points are charged for, so that plans do not close points for little: `value` and `bound` are less this.
  public var charge = 0
  /// How much is served by two operators; `nil` where that was not asked for. `value` and `bound` are then of it.
  public var security: SecondOperatorShare?
  /// Why no plan keeps to the rules; `nil` where one does.
  public var conflict: RuleConflict?
  /// The phases of the plan, in their order; none where it is not phased.
  public var phases: [SitePhase] = []

  /// Whether there is a plan.
  public var isAnswered: Bool { shortfall == nil && conflict == nil }
  /// Whether no plan is better.
  public var isProven: Bool { !isAnswered || value == bound }
  /// How much better a plan could be at most, as a share of this one's value; 0 is proven, infinite where the value is 0.
  public var gap: Double {
    isProven ? 0 : value == 0 ? .infinity : Double((bound - value).magnitude) / Double(value.magnitude)
  }
}

extension SiteQuestion {
  /// Whether costs decide what can be opened.
  public var costsMatter: Bool {
    switch limit {
    case .sites: false
    case .budget: true
    case .target(_, let isCheapest), .within(_, let isCheapest): isCheapest
    }
  }
}
