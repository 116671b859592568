import Planning
import Travel

/// The payments to expect, as a JSON document.
struct PaymentsJSON {
  let answer: PaymentsAnswer

  /// How many losing points are named for each candidate.
  private static let losers = 10

  var document: JSON {
    let (network, reconciled, forecast) = (answer.network, answer.reconciled, answer.forecast)
    let (volumes, plan) = (reconciled.volumes, forecast.plan)
    let head: [(String, JSON)] = [
      ("evidence", .string(answer.estimate.evidence.rawValue)),
      ("travel", .string(answer.estimate.options.travel.rawValue)),
      ("mode", .string(answer.estimate.options.mode.rawValue)),
      ("calibration", answer.estimate.options.calibration?.json ?? .null),
      ("decay", .string(answer.estimate.model.decay.rawValue)),
      ("fitted_points", .int(answer.estimate.comparedPoints)),
      ("parameters", .array(answer.estimate.parameters.map(ChoiceJSON.parameter))),
      (
        "assumptions",
        .object([
          ("bills_per_month", .double(plan.billsPerMonth)),
          ("top_ups_per_month", .double(plan.topUpsPerMonth)),
          ("in_person_share_of_bills", .double(plan.inPersonShareOfBills)),
          ("in_person_share_of_top_ups", .double(plan.inPersonShareOfTopUps)),
          ("fee_control_share", JSON(plan.feeControlShare)),
        ])
      ),
      (
        "months",
        .array(
          volumes.months.map {
            .object([
              ("month", .string($0.name)), ("points", .int($0.points)), ("payments", .int($0.payments)),
              ("index", JSON($0.index)),
            ])
          })
      ),
      (
        "volumes",
        .object([
          ("points", .int(volumes.means.count { $0 != nil })), ("compared", .int(reconciled.comparedPoints)),
          ("repeated_rows", .int(volumes.repeatedRows)), ("negative_rows", .int(volumes.negativeRows)),
          ("payments_per_month", .double(volumes.total)), ("unexplained", .double(reconciled.unexplained)),
        ])
      ),
      (
        "reconciliation",
        .object([
          ("reconciled", .bool(reconciled.isReconciled)), ("factor", .double(reconciled.factor)),
          ("spread", .double(reconciled.spread)), ("spread_measured", .bool(reconciled.isSpreadMeasured)),
        ])
      ),
      (
        "total",
        .object([
          ("payments_per_month", .double(forecast.demand.reduce(0, +))),
          ("without_point", .double(forecast.unreached)),
        ])
      ),
    ]
    let tail: [(String, JSON)] = [
      ("townships", answer.showsTownships ? townships : .array([])),
      (
        "errors",
        .object([
          ("points", .int(answer.errors.points)), ("weighted", JSON(answer.errors.weightedError)),
          ("mean", JSON(answer.errors.meanError)), ("median", JSON(answer.errors.medianError)),
          ("hit_rate", JSON(answer.errors.hitRate)),
        ])
      ),
      ("points", .rows(network.points.count, point)),
      ("candidates", .array((answer.newcomers ?? []).enumerated().map(candidate))),
      ("synthetic", .bool(network.sources.contains(where: \.isSynthetic))),
    ]
    return .object(head + tail)
  }

  private var townships: JSON {
    .array(
      answer.reconciled.townships.filter { $0.places > 0 }.map {
        .object([
          ("township", .string($0.name)), ("places", .int($0.places)), ("assumed", .double($0.assumed)),
          ("compared", .double($0.compared)), ("observed", .double($0.observed)),
          ("raw_factor", JSON($0.rawFactor)), ("factor", .double($0.factor)),
        ])
      })
  }

  private func point(_ i: Int) -> JSON {
    let points = answer.network.points
    let expectation = answer.forecast.points[i]
    let fitted = answer.errors.expectations[i]
    return .object([
      ("point_id", .string(points.ids[i])), ("name", .string(points.names[i])),
      ("kind", .string(points.kinds[i].name)), ("status", .string(points.statuses[i].name)),
      ("expected", JSON(expectation?.expected)), ("low", JSON(expectation?.interval.lowerBound)),
      ("high", JSON(expectation?.interval.upperBound)),
      ("months", .int(answer.reconciled.volumes.monthCounts[i])),
      ("observed", JSON(answer.reconciled.volumes.means[i])), ("modelled", JSON(fitted?.expected)),
      ("modelled_low", JSON(fitted?.interval.lowerBound)),
      ("modelled_high", JSON(fitted?.interval.upperBound)),
    ])
  }

  private func candidate(_ i: Int, _ newcomer: PaymentForecast.Newcomer) -> JSON {
    let sites = answer.network.candidates
    return .object([
      ("candidate_id", .string(sites.ids[i])), ("name", .string(sites.names[i])),
      ("kind", JSON(sites.kinds[i]?.name)), ("expected", .double(newcomer.expectation.expected)),
      ("low", .double(newcomer.expectation.interval.lowerBound)),
      ("high", .double(newcomer.expectation.interval.upperBound)), ("places", .int(newcomer.places)),
      ("losing_points", .int(newcomer.losses.count)),
      (
        "losers",
        .array(
          newcomer.losses.prefix(Self.losers).map {
            .object([
              ("point_id", .string(answer.network.points.ids[$0.point])), ("payments", .double($0.payments)),
            ])
          })
      ),
    ])
  }
}
