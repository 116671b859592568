import Foundation
import Planning
import Storage
import Travel

/// All that `sites` says.
struct SitesAnswer {
  let network: PaymentNetwork
  let sites: CandidateTable
  let source: CandidateSource
  let proposal: SiteProposal
  /// Sites left out because they could not live by themselves, ascending, with the payments a month they could expect.
  let unviable: [(site: Int, expected: Double)]
  /// The payments that were asked of a site; `nil` where none were.
  let minPayments: Int?
  /// What the opened sites can expect, and what the others lose; `nil` where nothing is known.
  let expectations: SiteExpectations.Plan?
  let curve: [SiteCurvePoint]?
  /// How long the search took; `nil` where nobody asked.
  let seconds: Double?
  /// How busy counters may be at the peak; `nil` but for relief.
  let limitUtilization: Double?
  /// Whether the JSON says which candidate stands for which.
  let listsMerged: Bool
  /// Other plans nearly as good; `nil` where nobody asked.
  var alternatives: Alternatives?

  /// Other plans, and how near they are to the best, in millionths of its value.
  struct Alternatives {
    let plans: SiteAlternatives
    let millionths: Int
  }

  /// The fen that the plan costs, relocations included; `nil` where a site's cost is not known.
  var costFen: Int? {
    let rules = proposal.question.rules
    let moving = (rules.relocate > 0 ? rules.movingCostFen : 0).multipliedReportingOverflow(
      by: proposal.closed.count)
    guard !moving.overflow, let sites = costFen(of: proposal.chosen) else { return nil }
    let (sum, overflow) = sites.addingReportingOverflow(moving.partialValue)
    return overflow ? nil : sum
  }

  /// The fen that some sites cost; `nil` where one's cost is not known.
  func costFen(of chosen: [SiteProposal.Chosen]) -> Int? {
    var sum = 0
    for one in chosen {
      guard let cost = proposal.question.costsFen[one.site] else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(cost)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  /// The fen that closed points save in the months that count.
  var savedFen: Int? {
    var sum = 0
    for one in proposal.closed {
      let monthly = max(0, network.points.monthlyCostsFen[one.point])
      let (saved, isMuch) = monthly.multipliedReportingOverflow(by: proposal.question.rules.monthsSaved)
      let (next, overflow) = sum.addingReportingOverflow(saved)
      if isMuch || overflow { return nil }
      sum = next
    }
    return sum
  }

  /// The poorest townships, where the rules speak of them.
  var poorest: [String] {
    guard let count = proposal.question.rules.poorest?.townships else { return [] }
    return network.poorestTownships(count, by: proposal.before)
  }
}

/// How many payments opened sites can expect, by the choice that surveys or volumes tell of.
struct SiteExpectations {
  /// What a plan does to payments.
  struct Plan {
    /// By site of the plan, in its order.
    let chosen: [PaymentForecast.Expectation?]
    /// Points of today that lose, with payments a month: the largest loss first, equal ones by position.
    let losses: [(point: Int, payments: Double)]
    /// By site of the plan, the points that lose to it, in the same order.
    let lossesToSites: [[(point: Int, payments: Double)]]
    /// What the points of today can expect once the plan is open; `nil` where one is not active.
    let points: [PaymentForecast.Expectation?]
  }

  private let estimate: ChoiceEstimate
  private let reconciled: DemandReconciliation
  private let today: PaymentForecast

  /// `nil` where there are neither answers nor volumes, or no active point that they could be of.
  init?(_ network: PaymentNetwork, _ surveys: Surveys, _ options: CoverageOptions) {
    guard network.points.statuses.contains(.active) else { return nil }
    var choice = ChoiceOptions()
    choice.travel = options.travel
    choice.mode = options.standard.townMode
    choice.factors = options.factors
    choice.calibration = options.calibration
    estimate = ChoiceEstimate(of: network, surveys: surveys.distances, choice)
    guard estimate.evidence != .assumptions else { return nil }
    reconciled = DemandReconciliation(of: network, estimate, choice.payments)
    today = PaymentForecast(of: network, estimate, reconciled, by: choice.payments)
  }

  /// How use falls with time.
  var decay: GradualDecay { GradualDecay(estimate.model) }

  /// What sites would draw.
  func visits(
    _ sites: CandidateTable, _ network: PaymentNetwork, from source: VisitSource, ownOperator: Int32?,
    homeMinutes: Double?, closesPoints: Bool
  ) -> CapturedVisits {
    CapturedVisits(
      of: sites, in: network, today, from: source, ownOperator: ownOperator, homeMinutes: homeMinutes,
      closesPoints: closesPoints)
  }

  /// In-person payments of each place in a usual month, to the nearest whole.
  var payments: [Int] { today.demand.map { Int(min(max(0, $0), 1e15).rounded()) } }

  /// What each site could expect if it opened alone.
  func alone(_ sites: CandidateTable, in network: PaymentNetwork) -> [PaymentForecast.Expectation] {
    var network = network
    network.candidates = sites
    return today.newcomers(of: network).map(\.expectation)
  }

  /// What the sites of a plan can expect together, and what the points of today lose to them.
  func expectations(of proposal: SiteProposal, beside network: PaymentNetwork) -> Plan {
    if proposal.chosen.isEmpty {
      return Plan(chosen: [], losses: [], lossesToSites: [], points: today.points)
    }
    let after = PaymentForecast(of: proposal.network, estimate, reconciled, by: today.plan)
    let losses = (0..<network.points.count).compactMap { point -> (point: Int, payments: Double)? in
      guard let before = today.points[point], let later = after.points[point] else { return nil }
      let loss = before.expected - later.expected
      return loss > 0 ? (point, loss) : nil
    }
    let count = network.points.count
    let shift = PaymentShift(from: today, to: after, newcomers: count..<count + proposal.chosen.count)
    return Plan(
      chosen: proposal.chosen.indices.map { after.points[count + $0] },
      losses: losses.sorted { ($1.payments, $0.point) < ($0.payments, $1.point) },
      lossesToSites: shift.losses, points: Array(after.points.prefix(count)))
  }
}

extension SiteProposal {
  /// The proof as JSON, a list of them for a plan in phases; `nil` where there is none.
  func proofText() throws -> String? {
    if phases.isEmpty { return try proof?.text() }
    let texts = try phases.compactMap { try $0.proof?.text().dropLast() }
    return texts.isEmpty ? nil : "[\(texts.joined(separator: ",\n"))]\n"
  }
}

extension SiteProposal.Proof {
  /// The proof as JSON, the same bytes for the same proof.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data =
      switch self {
      case .covering(let certificate): try encoder.encode(certificate)
      case .median(let certificate): try encoder.encode(certificate)
      case .ruled(let certificate): try encoder.encode(certificate)
      case .promise(let certificate): try encoder.encode(certificate)
      case .center(let certificate): try encoder.encode(certificate)
      case .relief(let certificate): try encoder.encode(certificate)
      case .capture(let certificate): try encoder.encode(certificate)
      }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
