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
  /// Sites left out because they could not live by themselves, ascending.
  let unviable: [Int]
  /// What the opened sites can expect, and what the others lose; `nil` where nothing is known.
  let expectations: SiteExpectations.Plan?
  let curve: [SiteCurvePoint]?
  /// How long the search took; `nil` where nobody asked.
  let seconds: Double?
  /// How busy counters may be at the peak; `nil` but for relief.
  let limitUtilization: Double?
  /// Whether the JSON says which candidate stands for which.
  let listsMerged: Bool

  /// The fen that the plan costs; `nil` where a site's cost is not known.
  var costFen: Int? {
    var sum = 0
    for one in proposal.chosen {
      guard let cost = proposal.question.costsFen[one.site] else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(cost)
      if overflow { return nil }
      sum = next
    }
    return sum
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

extension SiteProposal.Proof {
  /// The proof as JSON, the same bytes for the same proof.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data =
      switch self {
      case .covering(let certificate): try encoder.encode(certificate)
      case .median(let certificate): try encoder.encode(certificate)
      case .center(let certificate): try encoder.encode(certificate)
      case .capacitated(let certificate): try encoder.encode(certificate)
      }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
