public import Travel

import Foundation

/// What a choice model is estimated with.
public struct ChoiceOptions: Hashable, Sendable {
  /// By straight line or along the roads.
  public var travel = Travel.straight
  /// Whose time on the way is meant, however people really came.
  public var mode = TravelMode.walk
  /// How fast they are, how their ways wind, and how much longer than the roads say they take.
  public var factors = TravelFactors.defaults
  /// The calibration the factors came from; `nil` for the defaults.
  public var calibration: CalibrationReference?
  /// The points people choose among.
  public var reach = ChoiceReach()
  /// The decay; `nil` for the one of the least AIC.
  public var decay: DecayForm?
  /// Whether attraction grows with the number of counters.
  public var usesCounters = false
  /// How many payments a place makes, where only volumes are known.
  public var payments = InPersonPayments()
  /// Whether the likelihood's profiles are wanted where volumes decide: they take many times as long as the estimate.
  public var wantsProfiles = true
  /// Where volumes decide, those of as many points are heard, in whole neighborhoods drawn by seed: more change little and
  /// take long. By default 30,000, which is every point of any county.
  public var mostVolumes = 30_000

  /// On foot by straight line, the best of three decays.
  public init() {}

  /// Travel by straight line, as the mode and the factors say.
  public var line: StraightLine { StraightLine(mode: mode, factors: factors) }
}

/// Where and how strongly customers are drawn, as the answers or the volumes say.
///
///     let estimate = ChoiceEstimate(of: network, surveys: surveys.distances, ChoiceOptions())
///     estimate.model.decay(minutes: 10)  // the share left after ten minutes on foot
///     estimate.parameters[0].interval    // t₅₀'s 95 % interval, in minutes
///
/// Answers decide where there are any (maximum likelihood of the choices); else the points' monthly totals do (Poisson); else
/// the assumptions stand. Ordinary least squares on log-centred shares is not offered: by simulation its bias is
/// -1.34 at three answers a village, against 0.01.
public struct ChoiceEstimate: Sendable {
  /// What the estimate rests on.
  public enum Evidence: String, Sendable {
    case surveys, volumes, assumptions
  }

  /// Why the data say little or nothing of a parameter.
  public enum Weakness: String, Sendable {
    /// No answer chose the kind, though it was within reach: its attraction tends to none.
    case neverChosen = "never_chosen"
    /// Whoever could choose the kind did: its attraction has no bound.
    case alwaysChosen = "always_chosen"
    /// More than half of what is known of it is assumption.
    case assumed
  }

  /// An estimated parameter.
  public struct Parameter: Sendable {
    /// The name in files: `t50`, `gamma`, `beta`, `attraction_bank`, `alpha_counters`.
    public let name: String
    /// The estimate, not its logarithm.
    public let value: Double
    /// The standard error of the coefficient: of the logarithm, except for α, which is a power itself.
    public let standardError: Double
    /// The 95 % interval.
    public let interval: ClosedRange<Double>
    /// Answers that chose a point of the kind; `nil` but for attractions from surveys.
    public let chosen: Int?
    /// Answers that had one within reach.
    public let withinReach: Int?
    /// Why it should not be trusted; `nil` where it may be.
    public let weakness: Weakness?
  }

  /// How well a form of decay fits.
  public struct Comparison: Hashable, Sendable {
    /// The form.
    public let decay: DecayForm
    /// Its log-likelihood, divided by the dispersion where volumes decide.
    public let logLikelihood: Double
    /// Akaike's criterion: twice the number of parameters minus twice the log-likelihood; less is better.
    public let aic: Double
  }

  /// What was asked.
  public let options: ChoiceOptions
  /// What the estimate rests on.
  public let evidence: Evidence
  /// The model at its best parameters.
  public let model: ChoiceModel
  /// The covariance of the model's coefficients, row after row.
  public let covariance: [Double]
  /// The parameters, in the order of the coefficients.
  public let parameters: [Parameter]
  /// The forms of decay, best first; empty where nothing is known.
  public let comparisons: [Comparison]
  /// Answers used.
  public let answers: Int
  /// Answers, as positions in the survey table, that name a point that cannot be chosen from the place.
  public let outOfReach: [Int]
  /// Villages that answered; errors are robust to their agreeing among themselves where there are at least thirty.
  public let villages: Int
  /// Points whose volumes were compared.
  public let comparedPoints: Int
  /// Points whose volumes are known: more than `comparedPoints` where neighborhoods were drawn, or some are out of reach.
  public let knownPoints: Int
  /// Whether the volumes of some neighborhoods stand for all.
  public var isDrawn: Bool { evidence == .volumes && knownPoints > options.mostVolumes }
  /// Variance ÷ mean of the volumes about the model; 1 where volumes do not decide.
  public let dispersion: Double
  /// Whether the search for the best parameters ended.
  public let isConverged: Bool
  /// The slices of the likelihood of each weakly identified parameter; empty where surveys decide or nobody
  /// wants them.
  public let profiles: [LikelihoodProfile]
  /// Whether each point can be chosen: active, or not any more but with an answer or a payment that says it was.
  public let counts: [Bool]
  /// The points each place's customers choose among.
  public let reach: Reach
  /// What the reach was found from.
  let basis: ReachBasis

  /// Estimates the choice.
  ///
  /// - Precondition: the network has roads if the options ask for them.
  /// - Complexity: O(*e p*²) a step for *e* entries in the choice sets of those who answered and *p* parameters, a dozen steps
  ///   a form of decay; over all places where volumes decide.
  public init(of network: PaymentNetwork, surveys: DistanceSurveyTable, _ options: ChoiceOptions) {
    let counts = Self.usable(network, surveys)
    let reach = Reach.choices(
      of: network, counting: counts, options.reach, travel: options.travel, mode: options.mode,
      factors: options.factors)
    let choices = SurveyedChoices(surveys, places: network.places, reach: reach)
    let volumes = MonthlyVolumes(network.volumes, pointCount: network.points.count)
    let evidence: Evidence =
      choices.used > 0 ? .surveys : volumes.total > 0 ? .volumes : .assumptions
    let question = ChoiceQuestion(
      network: network, reach: reach, choices: choices, volumes: volumes, options: options, evidence: evidence
    )
    let forms = options.decay.map { [$0] } ?? (evidence == .assumptions ? [.logLogistic] : DecayForm.allCases)
    let fits = forms.map(question.fit).sorted { ($0.aic, $0.order) < ($1.aic, $1.order) }
    let best = fits[0]

    self.options = options
    self.evidence = evidence
    self.counts = counts
    self.reach = reach
    basis = ReachBasis(network, counting: counts)
    model = best.model
    covariance = best.covariance
    isConverged = best.isConverged
    dispersion = best.dispersion
    comparisons =
      evidence == .assumptions
      ? []
      : fits.map { Comparison(decay: $0.model.decay, logLikelihood: $0.logLikelihood, aic: $0.aic) }
    parameters = question.parameters(of: best)
    answers = choices.used
    outOfReach = choices.outOfReach
    villages = choices.villageCount
    comparedPoints = best.comparedPoints
    knownPoints = volumes.means.count { $0 != nil }
    profiles = evidence == .volumes && options.wantsProfiles ? question.profiles(of: best) : []
  }

  /// The points people can be said to choose among.
  private static func usable(_ network: PaymentNetwork, _ surveys: DistanceSurveyTable) -> [Bool] {
    var isSeen = [Bool](repeating: false, count: network.points.count)
    for point in surveys.points { isSeen[Int(point)] = true }
    for row in 0..<network.volumes.count where network.volumes.payments[row] > 0 {
      isSeen[Int(network.volumes.points[row])] = true
    }
    return isSeen.indices.map {
      switch network.points.statuses[$0] {
      case .active: true
      case .planned: false
      case .suspended, .closed: isSeen[$0]
      }
    }
  }
}
