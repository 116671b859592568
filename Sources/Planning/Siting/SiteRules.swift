public import Geo

/// What plans must keep to besides a number of sites or a budget, and what may be done to the points of today.
///
///     var question = SiteQuestion(.sites(10))
///     question.rules.spacing = .meters(800)
///     question.rules.poorest = .init(sites: 4, townships: 3)
///
/// Where there is none, points stay and sites are free.
public struct SiteRules: Hashable, Sendable {
  /// Some of the new sites must lie where coverage is lowest today.
  public struct Poorest: Hashable, Sendable {
    /// At least so many sites, kept ones included ...
    public var sites: Int
    /// ... in so many townships: those with the lowest share of the weight served today, of equals the one first by name.
    /// Townships that weigh nothing, and places without a township, are not among them.
    public var townships: Int

    /// Asks for some sites in the poorest townships.
    public init(sites: Int, townships: Int) { (self.sites, self.townships) = (sites, townships) }
  }

  /// Who runs what is opened.
  public enum NewOperator: Hashable, Sendable {
    /// Each new point somebody of its own: no other point's operator.
    case ownEach
    /// All of them one operator, by the name that the points' table gives.
    case named(String)
  }

  /// How far apart new sites must lie from each other and from points that count, great circle; the rim is far enough.
  public var spacing: Distance?
  /// At most so many new sites in a township, kept ones included. A site without a place belongs to the township of the place nearest to
  /// it; places without a township have no limit.
  public var perTownship: Int?
  /// How many sites must lie in the poorest townships.
  public var poorest: Poorest?
  /// How many points that count are closed: exactly so many where sites are counted, at most so many where there is a budget, which a
  /// closed point's running cost is added to.
  public var close = 0
  /// At most so many points are closed with a site opened for each, beyond the sites that may be opened anyway.
  public var relocate = 0
  /// What each relocation costs besides the site, in fen.
  public var movingCostFen = 0
  /// The months of running costs that a closed point saves.
  public var monthsSaved = 0
  /// Points that no plan closes, as positions in the point table.
  public var keptPoints: [Int] = []
  /// Points that count and that every plan closes, as positions in the point table; none of them is kept.
  public var closedPoints: [Int] = []
  /// A point is closed or relocated only where that serves more than so many millionths of all weight.
  public var keepUnlessMillionths = 0
  /// Serve as much as possible by two points of different operators; `nil` to serve as much as possible by one. Points whose operator is
  /// not stated count as run by one and the same.
  public var secondOperator: NewOperator?

  /// No rules.
  public init() {}

  /// Whether nothing is asked.
  public var isEmpty: Bool { self == SiteRules() }
  /// Whether points of today may close.
  public var closesPoints: Bool { close > 0 || relocate > 0 }
}

/// A point of today that a plan closes.
public struct ClosedPoint: Hashable, Sendable {
  /// The point, as a position in the point table.
  public let point: Int
  /// The weight that the plan would serve besides if the point stayed.
  public let loss: Int
  /// The site that it moves to, as a position in the candidate table; `nil` where it just closes.
  public var movesTo: Int?
}

/// How much is served by two points of different operators.
public struct SecondOperatorShare: Hashable, Sendable {
  /// All weight.
  public let total: Int
  /// What is secured today.
  public let before: Int
  /// What is secured with the plan.
  public let after: Int
}

/// Why no plan keeps to the rules, and what would help.
public struct RuleConflict: Hashable, Sendable {
  /// Kept sites nearer than the spacing to a point that stays, or to one another, ascending.
  public var keptTooNear: [Int] = []
  /// The most sites that can be opened in the poorest townships, and whether nobody can do better.
  public var mostInPoorest: Int?
  /// Whole meters of spacing, the most at which enough sites fit into the poorest townships; `nil` where spacing is not in the way, or
  /// even none at all does not help.
  public var largestSpacingMeters: Int?
  /// How many points may be closed at all, where that is too few.
  public var mostClosed: Int?
}
