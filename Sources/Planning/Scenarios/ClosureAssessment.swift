import Travel

/// What is asked before a point closes, in the three steps of the United Kingdom's access to cash assessments (FCA Handbook, ATCS 5, 2024):
/// is there a deficiency, is its impact significant, and what is the remedy?
public struct ClosureOptions: Hashable, Sendable {
  /// A deficiency is significant from so many customers on who are no longer served, or have no point within fifteen minutes any more.
  /// A planner's choice: the rules name no number.
  public var significantCustomers = 20
  /// Or from so many elderly ones among them.
  public var significantElderly = 5
  /// How many sites are proposed as a remedy.
  public var sites = 3
  /// How many of the nearest other points are named to customers.
  public var alternatives = 3

  /// The default thresholds.
  public init() {}
}

/// What closing one point would mean, and whether it should be done.
///
///     let assessment = try baseline.assessment(ofClosing: 170)
///     assessment.verdict  // .notAdvisable
public struct ClosureAssessment: Sendable {
  /// What to do.
  public enum Verdict: String, CaseIterable, Sendable {
    /// Nobody is left behind.
    case advisable
    /// Somebody is: only once a remedy works.
    case afterRemedy = "only_after_remedy"
    /// A village would lose its only effective point.
    case notAdvisable = "not_advisable"
  }

  /// A site that would serve those who are no longer served.
  public struct Site: Hashable, Sendable {
    /// The id of the candidate, or of the place.
    public let id: String
    /// Its name.
    public let name: String
    /// Whether it is a candidate of the atlas; else somewhere at a place.
    public let isCandidate: Bool
    /// Places it would serve again.
    public let places: Int
    /// Their customers.
    public let customers: Int
    /// What opening costs, in fen; `nil` where not known.
    public let costFen: Int?
  }

  /// A point that takes over and could be open when the closed one was.
  public struct LongerHours: Hashable, Sendable {
    /// The point.
    public let point: Int
    /// The share of the closed point's open minutes in which it is open already.
    public let openShare: Double
    /// The share of the payments that it takes over.
    public let paymentShare: Double
  }

  /// What was assumed.
  public let options: ClosureOptions
  /// The point, in the tables of the outcome.
  public let point: Int
  /// What changes when it closes.
  public let outcome: ScenarioOutcome

  /// The villages that would lose their only effective point, as positions in the place table's villages; the only one that counts where
  /// volumes or hours do not tell which are effective.
  public let villagesLosingTheirPoint: [Int32]
  /// Places whose nearest point it is, ascending.
  public let affected: [Int]
  /// Of these, those that had a point within fifteen minutes and have none then, ascending.
  public let beyondFifteenMinutes: [Int]
  /// Points that take over and cannot keep up at the peak then, though they do now.
  public let overburdened: [Int]
  /// The best sites for those who are no longer served, each alone, the best first.
  public let sites: [Site]
  /// Those who take over most and are not open whenever the closed point was.
  public let longerHours: [LongerHours]
  /// By affected place, the nearest other points.
  public let alternatives: [[Reach.Entry]]

  /// Step 1: whether somebody is left without what they have now.
  public var isDeficient: Bool {
    !outcome.lost.isEmpty || !villagesLosingTheirPoint.isEmpty || !beyondFifteenMinutes.isEmpty
      || !overburdened.isEmpty
  }

  /// The places that are worse off by the standard or by the quarter of an hour, ascending.
  public var leftBehind: [Int] { Set(outcome.lost).union(beyondFifteenMinutes).sorted() }

  /// Step 2: whether that touches many, or the old.
  public var isSignificant: Bool {
    guard isDeficient else { return false }
    return !villagesLosingTheirPoint.isEmpty || !overburdened.isEmpty
      || customers(of: leftBehind) >= options.significantCustomers
      || elderly(of: leftBehind) >= options.significantElderly
  }

  /// What to do.
  public var verdict: Verdict {
    !villagesLosingTheirPoint.isEmpty ? .notAdvisable : isSignificant ? .afterRemedy : .advisable
  }

  /// The customers of some places.
  public func customers(of places: [Int]) -> Int {
    places.reduce(0) { $0 + outcome.network.places.customers[$1] }
  }

  /// The elderly customers of some places.
  public func elderly(of places: [Int]) -> Int {
    places.reduce(0) { $0 + outcome.elderly(ofPlace: $1, after: true) }
  }

  /// The mean seconds to the nearest point of the affected places' customers, before and after; places that reach none are left out.
  public var meanSeconds: (before: Double, after: Double)? {
    var (weight, before, after) = (0.0, 0.0, 0.0)
    for place in affected where outcome.after.nearestPoints[place] >= 0 {
      let customers = Double(outcome.network.places.customers[place])
      weight += customers
      before += customers * Double(outcome.before.seconds[place])
      after += customers * Double(outcome.after.seconds[place])
    }
    return weight > 0 ? (before / weight, after / weight) : nil
  }
}

extension ScenarioBaseline {
  /// What closing a point would mean, and whether it should be done.
  ///
  /// - Parameter point: a position in the network's point table.
  /// - Throws: where the point is closed already.
  /// - Complexity: that of `outcome`, and of `proposal` for each site.
  public func assessment(
    ofClosing point: Int, _ options: ClosureOptions = .init()
  ) throws(ChangeError) -> ClosureAssessment {
    precondition((0..<network.points.count).contains(point), "a point of the network is expected")
    let id = network.points.ids[point]
    let outcome = try outcome(of: Scenario(name: id, changes: [.close(point: id)]))
    let places = network.places
    let affected = (0..<places.count).filter { coverage.nearestPoints[$0] == point }
    let limit = Assurance.standInLimit.seconds
    let beyond = affected.filter { place in
      Int(coverage.seconds[place]) <= limit
        && (outcome.after.nearestPoints[place] < 0 || Int(outcome.after.seconds[place]) > limit)
    }
    var longer: [ClosureAssessment.LongerHours] = []
    var overburdened: [Int] = []
    if let takeover = outcome.payments?.takeovers.first {
      for taker in takeover.takers {
        let standIn = outcome.standIn(taker, for: takeover)
        if let before = standIn.utilizationBefore, let after = standIn.utilizationAfter, before < 1,
          after >= 1
        {
          overburdened.append(taker.point)
        }
        if let share = standIn.hoursShare, share < 1, longer.count < options.alternatives {
          longer.append(.init(point: taker.point, openShare: share, paymentShare: standIn.share))
        }
      }
    }
    return ClosureAssessment(
      options: options, point: point, outcome: outcome,
      villagesLosingTheirPoint: villagesLosing(point), affected: affected, beyondFifteenMinutes: beyond,
      overburdened: overburdened, sites: remedies(outcome, options), longerHours: longer,
      alternatives: alternatives(affected, outcome, options))
  }

  /// The village the point is assigned to, where no other effective point is.
  private func villagesLosing(_ point: Int) -> [Int32] {
    let counts = coverage.counts
    let effective = VillageLadder.effectivePoints(of: network, counts: counts) ?? counts
    let place = Int(network.points.places[point])
    guard effective[point], place >= 0 else { return [] }
    let village = network.places.villages[place]
    let isVillage = (0..<network.places.count).contains {
      network.places.villages[$0] == village && network.places.settings[$0] == .village
    }
    let others = (0..<network.points.count).contains { other in
      let home = Int(network.points.places[other])
      return other != point && effective[other] && home >= 0 && network.places.villages[home] == village
    }
    return isVillage && !others ? [village] : []
  }

  /// The best sites for the places that are no longer served, each alone.
  private func remedies(_ outcome: ScenarioOutcome, _ options: ClosureOptions) -> [ClosureAssessment.Site] {
    let lost = Set(outcome.lost)
    guard !lost.isEmpty else { return [] }
    // Only those who are lost weigh anything, so that no site is chosen for what it does elsewhere.
    var network = outcome.network
    for place in 0..<network.places.count {
      network.places.customers[place] = lost.contains(place) ? max(1, network.places.customers[place]) : 0
    }
    let tables = [(network.candidates, true), (CandidateTable(atPlaces: network.places), false)]
    var found: [ClosureAssessment.Site] = []
    for (table, isCandidate) in tables where table.count > 0 {
      var question = SiteQuestion(.sites(1))
      question.coverage = outcome.before.options
      question.coverage.weight = .customers
      while found.count < options.sites {
        guard let chosen = (try? network.proposal(question, among: table))?.chosen.first, chosen.gain > 0
        else { break }
        question.forbidden.append(chosen.site)
        let served = chosen.newlyServed.filter(lost.contains)
        found.append(
          .init(
            id: table.ids[chosen.site], name: table.names[chosen.site], isCandidate: isCandidate,
            places: served.count,
            customers: served.reduce(0) { $0 + outcome.network.places.customers[$1] },
            costFen: table.openingCostsFen[chosen.site]))
      }
    }
    return found
  }

  /// The nearest other points of each place one way, by the mode of its setting.
  private func alternatives(
    _ affected: [Int], _ outcome: ScenarioOutcome, _ options: ClosureOptions
  ) -> [[Reach.Entry]] {
    let (asked, network) = (self.options, outcome.network)
    let filter = PointFilter(asked)
    let counts = (0..<network.points.count).map { filter.counts($0, in: network.points) }
    var reach = ChoiceReach()
    reach.nearest = options.alternatives
    reach.nearestHalls = 0
    func mode(_ place: Int) -> TravelMode { asked.standard.mode(of: network.places.settings[place]) }
    let found = Dictionary(
      uniqueKeysWithValues: Set(affected.map(mode)).map { mode in
        (
          mode,
          Reach.choices(
            of: network, counting: counts, reach, travel: asked.travel,
            mode: mode, factors: asked.factors)
        )
      })
    return affected.map { place in
      guard let row = found[mode(place)]?[place] else { return [] }
      return Array(row.prefix(options.alternatives))
    }
  }
}
