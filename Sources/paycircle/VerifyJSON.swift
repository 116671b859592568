import Planning
import Storage

/// A plan held against what came, as a JSON document.
struct VerifyJSON {
  let answer: VerifyAnswer

  var document: JSON {
    .object([
      ("plan", .string(answer.plan.name)), ("saved_at", .string(answer.plan.savedAt)),
      ("volumes_until", JSON(answer.promise.volumesUntil.isEmpty ? nil : answer.promise.volumesUntil)),
      ("all_opened", .bool(answer.truth.isWhole)),
      ("sites", .array(answer.promise.sites.indices.map(site))),
      ("not_opened", .array(notOpened)),
      (
        "errors",
        .object([("sites", errors(answer.truth.siteErrors)), ("points", errors(answer.truth.pointErrors))])
      ),
      ("months", .array(answer.truth.months.map(month))),
      (
        "after_months",
        .array(
          answer.truth.horizons.filter { $0.errors.count > 0 }.map {
            .object([("months", .int($0.months))] + pairs($0.errors))
          })
      ),
      ("points", .array(answer.truth.points.map(point))),
      ("coverage", coverage),
      ("synthetic", .bool(answer.network.sources.contains(where: \.isSynthetic))),
    ])
  }

  private var notOpened: [JSON] {
    answer.truth.sites.indices.filter { answer.truth.sites[$0].match == nil }.map {
      .string(answer.promise.sites[$0].id)
    }
  }

  private func site(_ order: Int) -> JSON {
    let (promised, site) = (answer.promise.sites[order], answer.truth.sites[order])
    let points = answer.network.points
    let opened = site.match.map { points.openedOn[$0.point] } ?? ""
    return .object(
      [
        ("candidate_id", .string(promised.id)), ("name", .string(promised.name)), ("order", .int(order + 1)),
        ("opened", .bool(site.match != nil)),
        ("point_id", JSON(site.match.map { points.ids[$0.point] })),
        ("matched_by", JSON(site.match.map { $0.isByID ? "id" : "position" })),
        ("meters", JSON(site.match?.meters)), ("opened_on", JSON(opened.isEmpty ? nil : opened)),
        ("from", JSON(site.from)),
      ] + compared(promised.forecast, site.months))
  }

  private func point(_ point: PlanVerification.Point) -> JSON {
    .object(
      [("point_id", .string(answer.network.points.ids[point.point]))] + compared(point.forecast, point.months)
    )
  }

  private func compared(
    _ forecast: PlanPromise.Forecast?, _ months: [PlanVerification.Month]
  ) -> [(String, JSON)] {
    let mean =
      months.isEmpty ? nil : months.reduce(0) { $0 + Double($1.payments) } / Double(months.count)
    return [
      ("forecast", .rounded(forecast?.expected)), ("low", .rounded(forecast?.interval.lowerBound)),
      ("high", .rounded(forecast?.interval.upperBound)), ("mean_payments", .rounded(mean)),
      (
        "months",
        .array(
          months.map {
            .object([
              ("month", .string($0.name)), ("payments", .int($0.payments)), ("within", .bool($0.isWithin)),
            ])
          })
      ),
    ]
  }

  private func month(_ month: PlanVerification.Total) -> JSON {
    .object([
      ("month", .string(month.name)), ("sites", errors(month.sites)), ("points", errors(month.points)),
    ])
  }

  private func errors(_ errors: PlanVerification.Errors) -> JSON { .object(pairs(errors)) }

  private func pairs(_ errors: PlanVerification.Errors) -> [(String, JSON)] {
    [
      ("compared", .int(errors.count)), ("forecast", .rounded(errors.forecast)),
      ("payments", .int(errors.taken)),
      ("mape", .rounded(errors.meanError)), ("weighted_error", .rounded(errors.weightedError)),
      ("hit_rate", .rounded(errors.hitRate)),
    ]
  }

  private var coverage: JSON {
    let promised: JSON =
      answer.plan.promisedCustomers.map {
        .object([
          ("customers", .int($0.total)), ("served_before", .int($0.before)), ("served_after", .int($0.after)),
          ("gained", .int($0.after - $0.before)),
        ])
      } ?? .null
    let now = answer.now.summary.all.customers
    return .object([
      ("promised", promised),
      (
        "realized",
        .object([
          ("customers", .int(now.total)), ("served_now", .int(now.served)),
          ("served_without_opened_sites", .int(answer.without.summary.all.customers.served)),
          ("gained_by_opened_sites", .int(answer.customersByOpened)),
          ("gained_since_plan", JSON(answer.plan.promisedCustomers.map { now.served - $0.before })),
        ])
      ),
      ("same_question", answer.isSameQuestion.map(JSON.bool) ?? .null),
    ])
  }
}
