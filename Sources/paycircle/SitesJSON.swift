import Planning

/// A proposal as the JSON document of the contract.
struct SitesJSON {
  let answer: SitesAnswer

  private let gains: SitesGainsJSON

  /// Whether what is needed to verify the plan later is said too.
  private let keepsForecast: Bool

  init(answer: SitesAnswer, keepsForecast: Bool = false) {
    self.answer = answer
    self.keepsForecast = keepsForecast
    gains = SitesGainsJSON(answer: answer)
  }

  private var proposal: SiteProposal { answer.proposal }

  var document: JSON {
    let isAnswered = proposal.isAnswered
    let head: [(String, JSON)] = [
      ("goal", .string(proposal.question.goal.rawValue)),
      ("value", isAnswered ? number(proposal.value) : .null),
      ("bound", isAnswered ? number(proposal.bound) : .null),
      ("gap", isAnswered && proposal.gap.isFinite ? .double(proposal.gap) : .null),
      ("proven", .bool(proposal.isProven)),
      ("seconds", JSON(answer.seconds)),
      ("chosen", .array(proposal.chosen.indices.map(chosen))),
      ("before", summary(proposal.before)),
      ("after", summary(proposal.after)),
    ]
    let tail: [(String, JSON)] = [
      ("unit", .string(unit)),
      ("interrupted", .bool(proposal.isInterrupted)),
      ("feasible", .bool(isAnswered)),
      ("shortfall", shortfall),
      ("candidates", candidates),
      ("cost_yuan", yuan(answer.costFen)),
      ("losses", losses),
      ("beyond_reach", ids(proposal.beyondReach, of: answer.network.places.ids)),
      ("gains", gains.whole),
      ("calibration", proposal.question.coverage.calibration?.json ?? .null),
    ]
    let rules = SitesRulesJSON(answer: answer).members
    let curve: [(String, JSON)] = answer.curve.map { [("curve", .array($0.map(point)))] } ?? []
    return .object(
      head + tail + SitesDetailsJSON(answer: answer).members + rules + curve + alternatives
        + (keepsForecast ? SitesForecastJSON(answer: answer).members : [])
        + [("synthetic", .bool(answer.network.sources.contains(where: \.isSynthetic)))])
  }

  private var alternatives: [(String, JSON)] {
    answer.alternatives.map {
      let others = SitesAlternativesJSON(answer: answer, others: $0.plans, millionths: $0.millionths)
      return [("alternatives", others.document(number))]
    } ?? []
  }

  private var unit: String { isMoneySpent ? "yuan" : proposal.unit.rawValue }

  /// Whether values are what the sites cost; arrears served are in fen, as in `coverage`.
  private var isMoneySpent: Bool {
    if proposal.details.levels.contains(where: { $0.name == .cost }), proposal.unit == .fen { return true }
    switch proposal.question.limit {
    case .target(_, let isCheapest), .within(_, let isCheapest): return isCheapest
    case .sites, .budget: return false
    }
  }

  private func number(_ value: Int) -> JSON { isMoneySpent ? yuan(value) : amount(value) }

  /// A value or gain in its unit.
  private func amount(_ value: Int) -> JSON {
    let divisor = proposal.details.divisor
    return divisor == 1 ? .int(value) : .double(Double(value) / Double(divisor))
  }

  private func yuan(_ fen: Int?) -> JSON { JSON(fen.map { Double($0) / 100 }) }

  private func chosen(_ order: Int) -> JSON {
    let one = proposal.chosen[order]
    let expected = answer.expectations?.chosen[order]
    return .object(
      [
        ("candidate_id", .string(answer.sites.ids[one.site])), ("order", .int(order + 1)),
        ("gain", amount(one.gain)), ("cost_yuan", yuan(proposal.question.costsFen[one.site])),
        ("expected_payments_per_month", JSON(expected.map { Int($0.expected.rounded()) })),
        ("expected_low", .rounded(expected?.interval.lowerBound)),
        ("expected_high", .rounded(expected?.interval.upperBound)),
        ("name", .string(answer.sites.names[one.site])),
        ("longitude", .double(answer.sites.longitudes[one.site])),
        ("latitude", .double(answer.sites.latitudes[one.site])),
        ("newly_served", ids(one.newlyServed, of: answer.network.places.ids)),
      ] + gains.members(of: order) + SitesDetailsJSON(answer: answer).site(order))
  }

  private func summary(_ coverage: Coverage) -> JSON {
    .object(CoverageJSON.members(of: coverage.summary, coverage.options))
  }

  private func ids(_ positions: [Int], of column: TextColumn) -> JSON {
    .array(positions.map { .string(column[$0]) })
  }

  private var shortfall: JSON {
    guard let shortfall = proposal.shortfall else { return .null }
    let places = answer.network.places
    return .object(
      [
        ("largest_target_share", .double(shortfall.largestShare)),
        ("unservable_count", .int(shortfall.unservable.count)),
        (
          "unservable",
          .array(
            shortfall.unservable.enumerated().map { slot, place in
              .object(
                [
                  ("place_id", .string(places.ids[place])), ("name", .string(places.names[place])),
                  ("customers", .int(places.customers[place])),
                ] + shortfall.nearest(slot, answer))
            })
        ),
      ] + shortfall.members(answer))
  }

  /// A site that could not live by itself, with the payments it could expect beside those that were asked for.
  private func leftOut(_ one: (site: Int, expected: Double)) -> JSON {
    .object([
      ("candidate_id", .string(answer.sites.ids[one.site])), ("reason", .string("too_few_payments")),
      ("expected_payments_per_month", .rounded(one.expected)), ("min_payments", JSON(answer.minPayments)),
    ])
  }

  private var candidates: JSON {
    .object([
      ("from", .string("\(answer.source)")), ("count", .int(answer.sites.count)),
      ("unviable", ids(answer.unviable.map(\.site), of: answer.sites.ids)),
      ("left_out", .array(answer.unviable.map(leftOut))),
      ("merged", SitesDetailsJSON(answer: answer).merged(listing: answer.listsMerged)),
    ])
  }

  private var losses: JSON {
    guard let expectations = answer.expectations else { return .null }
    return gains.losses(expectations.losses)
  }

  private func point(_ point: SiteCurvePoint) -> JSON {
    .object([("sites", .int(point.sites)), ("value", .int(point.value)), ("bound", .int(point.bound))])
  }
}

extension SiteProposal.Shortfall {
  /// The largest target that can be reached, rounded down to a millionth so that it can be asked for.
  var largestShare: Double {
    guard totalWeight > 0 else { return 1 }
    let product = mostWeight.multipliedFullWidth(by: 1_000_000)
    return Double(totalWeight.dividingFullWidth(product).quotient) / 1_000_000
  }
}
