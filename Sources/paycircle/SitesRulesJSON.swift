import Geo
import Planning

/// What rules, phases and closed points add to a proposal's document.
struct SitesRulesJSON {
  let answer: SitesAnswer

  private var proposal: SiteProposal { answer.proposal }
  private var rules: SiteRules { proposal.question.rules }

  var members: [(String, JSON)] {
    var members: [(String, JSON)] = []
    if !rules.isEmpty { members.append(("rules", asked)) }
    if rules.closesPoints {
      members += [
        ("closed", .array(proposal.closed.map(closed))), ("charge", amount(proposal.charge)),
        ("saved_yuan", yuan(answer.savedFen)),
      ]
    }
    if let security = proposal.security {
      members.append(
        (
          "second_operator",
          .object([
            ("operator", newOperator), ("total", .int(security.total)), ("before", .int(security.before)),
            ("after", .int(security.after)),
          ])
        ))
    }
    if !proposal.phases.isEmpty { members.append(("phases", phases)) }
    if let conflict = proposal.conflict { members.append(("conflict", self.conflict(conflict))) }
    return members
  }

  /// A number in the unit of the value.
  private func amount(_ value: Int) -> JSON {
    let divisor = proposal.details.divisor
    return divisor == 1 ? .int(value) : .double(Double(value) / Double(divisor))
  }

  private func yuan(_ fen: Int?) -> JSON { JSON(fen.map { Double($0) / 100 }) }

  private var newOperator: JSON {
    if case .named(let name) = rules.secondOperator { return .string(name) }
    return .null
  }

  private var asked: JSON {
    var members: [(String, JSON)] = []
    if let spacing = rules.spacing { members.append(("spacing_meters", .double(spacing.meters))) }
    if let most = rules.perTownship { members.append(("per_township", .int(most))) }
    if let poorest = rules.poorest {
      members += [
        ("at_least", .int(poorest.sites)),
        ("poorest_townships", .array(answer.poorest.map { .string($0) })),
      ]
    }
    if rules.close > 0 { members.append(("close", .int(rules.close))) }
    if rules.relocate > 0 {
      members += [("relocate", .int(rules.relocate)), ("moving_cost_yuan", yuan(rules.movingCostFen))]
    }
    if rules.keepUnlessMillionths > 0 {
      members.append(("keep_unless_share", .double(Double(rules.keepUnlessMillionths) / 1_000_000)))
    }
    return .object(members)
  }

  private func closed(_ one: ClosedPoint) -> JSON {
    let points = answer.network.points
    let here = points.coordinate(of: one.point)
    let moves = one.movesTo.map { site in
      (id: answer.sites.ids[site], meters: here.distance(to: answer.sites.coordinate(of: site)).meters)
    }
    return .object([
      ("point_id", .string(points.ids[one.point])), ("name", .string(points.names[one.point])),
      ("action", .string(moves == nil ? "close" : "move")), ("loss", amount(one.loss)),
      ("moves_to", moves.map { .string($0.id) } ?? .null),
      ("meters", moves.map { .int(Int($0.meters.rounded())) } ?? .null),
      ("longitude", .double(points.longitudes[one.point])),
      ("latitude", .double(points.latitudes[one.point])),
    ])
  }

  private var phases: JSON {
    var next = 0
    return .array(
      proposal.phases.enumerated().map { number, phase in
        let chosen = proposal.chosen[next..<next + phase.siteCount]
        next += phase.siteCount
        return .object([
          ("phase", .int(number + 1)), ("value", .int(phase.value)), ("bound", .int(phase.bound)),
          ("gap", phase.gap.isFinite ? .double(phase.gap) : .null), ("proven", .bool(phase.isProven)),
          ("interrupted", .bool(phase.isInterrupted)),
          ("chosen", .array(chosen.map { .string(answer.sites.ids[$0.site]) })),
          ("cost_yuan", yuan(answer.costFen(of: Array(chosen)))),
          ("customers_served", .int(phase.after.summary.all.customers.served)),
        ])
      })
  }

  private func conflict(_ conflict: RuleConflict) -> JSON {
    .object([
      ("kept_too_near", .array(conflict.keptTooNear.map { .string(answer.sites.ids[$0]) })),
      ("most_in_poorest", JSON(conflict.mostInPoorest)),
      ("largest_spacing_meters", JSON(conflict.largestSpacingMeters)),
      ("most_closed", JSON(conflict.mostClosed)),
    ])
  }
}

extension SiteProposal.Shortfall {
  /// The members of a document that say what would help, and how far the nearest candidates are.
  func members(_ answer: SitesAnswer) -> [(String, JSON)] {
    let isMoney = answer.proposal.question.costsMatter
    func amount(_ value: Int?) -> JSON {
      isMoney ? JSON(value.map { Double($0) / 100 }) : JSON(value)
    }
    return [
      (
        "largest_target",
        fewest.map {
          .object([
            (isMoney ? "yuan" : "sites", amount($0.value)), ("bound", amount($0.bound)),
            ("proven", .bool($0.value == $0.bound)),
          ])
        } ?? .null
      ),
      (
        "relaxation",
        relaxation.map {
          .object([
            ("helps", .bool($0.helps)), ("town_seconds", JSON($0.townSeconds)),
            ("village_seconds", JSON($0.villageSeconds)), ("village_meters", JSON($0.villageMeters)),
          ])
        } ?? .null
      ),
    ]
  }

  /// The members that say which candidate comes nearest to a place.
  func nearest(_ slot: Int, _ answer: SitesAnswer) -> [(String, JSON)] {
    guard let all = relaxation?.nearest, slot < all.count else { return [] }
    let one = all[slot]
    return [
      ("nearest_candidate_id", one.site.map { .string(answer.sites.ids[$0]) } ?? .null),
      ("nearest_candidate_seconds", JSON(one.seconds)), ("nearest_candidate_meters", JSON(one.meters)),
    ]
  }
}
