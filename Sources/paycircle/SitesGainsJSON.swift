import Planning

/// Who gains and who loses by a plan, as members of its JSON document.
struct SitesGainsJSON {
  let answer: SitesAnswer
  private let benefits: [SiteBenefit]
  private let benefit: SiteBenefit

  init(answer: SitesAnswer) {
    self.answer = answer
    benefits = answer.proposal.benefits(in: answer.network)
    benefit = answer.proposal.benefit(in: answer.network)
  }

  /// What a chosen site brings, what that costs and whom it takes from.
  func members(of order: Int) -> [(String, JSON)] {
    let benefit = benefits[order]
    return [
      ("cost_per_customer_yuan", yuan(answer.proposal.costPerCustomerFen(order, benefit))),
      ("gains", gains(of: benefit)),
      ("losses", answer.expectations.map { losses($0.lossesToSites[order]) } ?? .null),
    ]
  }

  /// What the whole plan brings.
  var whole: JSON {
    let each = answer.costFen.flatMap { fen($0, perCustomers: benefit.newlyServed.customers) }
    return .object([("cost_per_customer_yuan", yuan(each))] + pairs(of: benefit))
  }

  /// The points that lose half a payment a month or more.
  func losses(_ losses: [(point: Int, payments: Double)]) -> JSON {
    .array(
      losses.filter { $0.payments >= 0.5 }.map {
        .object([
          ("point_id", .string(answer.network.points.ids[$0.point])),
          ("payments_per_month", .rounded($0.payments)),
        ])
      })
  }

  private func gains(of benefit: SiteBenefit) -> JSON { .object(pairs(of: benefit)) }

  private func pairs(of benefit: SiteBenefit) -> [(String, JSON)] {
    [
      ("newly_served", group(benefit.newlyServed)), ("nearer", group(benefit.nearer)),
      ("first_reached", group(benefit.firstReached)),
      ("customer_seconds_saved", .int(benefit.customerSecondsSaved)),
      ("mean_seconds_saved", JSON(benefit.meanSecondsSaved)),
    ]
  }

  private func group(_ group: SiteBenefit.Group) -> JSON {
    .object([
      ("places", .int(group.places)), ("customers", .int(group.customers)), ("elderly", JSON(group.elderly)),
    ])
  }

  private func yuan(_ fen: Int?) -> JSON { JSON(fen.map { Double($0) / 100 }) }
}
