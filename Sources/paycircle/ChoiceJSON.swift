import Planning
import Travel

/// What is known of the choice, as a JSON document.
struct ChoiceJSON {
  let network: PaymentNetwork
  let surveys: DistanceSurveyTable
  let estimate: ChoiceEstimate

  var document: JSON {
    .object([
      ("evidence", .string(estimate.evidence.rawValue)),
      ("travel", .string(estimate.options.travel.rawValue)),
      ("mode", .string(estimate.options.mode.rawValue)),
      ("calibration", estimate.options.calibration?.json ?? .null),
      ("decay", .string(estimate.model.decay.rawValue)),
      ("converged", .bool(estimate.isConverged)),
      ("reference_kind", .string(estimate.model.reference.name)),
      (
        "reach",
        .object([
          ("nearest", .int(estimate.options.reach.nearest)),
          ("nearest_halls", .int(estimate.options.reach.nearestHalls)),
          ("pairs", .int(estimate.reach.entryCount)),
        ])
      ),
      (
        "answers",
        .object([
          ("read", .int(surveys.count)), ("used", .int(estimate.answers)),
          ("set_aside", .int(estimate.outOfReach.count)), ("villages", .int(estimate.villages)),
        ])
      ),
      (
        "volumes",
        .object([
          ("points", .int(estimate.comparedPoints)), ("known_points", .int(estimate.knownPoints)),
          ("drawn", .bool(estimate.isDrawn)),
          ("dispersion", JSON(estimate.evidence == .volumes ? estimate.dispersion : nil)),
        ])
      ),
      ("parameters", .array(estimate.parameters.map(Self.parameter))),
      (
        "decays",
        .array(
          estimate.comparisons.map {
            .object([
              ("decay", .string($0.decay.rawValue)), ("log_likelihood", .double($0.logLikelihood)),
              ("aic", .double($0.aic)),
            ])
          })
      ),
      (
        "profiles",
        .array(
          estimate.profiles.map { profile in
            .object([
              ("name", .string(profile.name)),
              (
                "steps",
                .array(
                  profile.steps.map { .object([("value", .double($0.value)), ("drop", .double($0.drop))]) })
              ),
            ])
          })
      ),
      (
        "set_aside",
        .array(
          estimate.outOfReach.map {
            .object([
              ("survey_id", .string(surveys.ids[$0])),
              ("place_id", .string(network.places.ids[Int(surveys.places[$0])])),
              ("point_id", .string(network.points.ids[Int(surveys.points[$0])])),
              (
                "reason",
                .string(
                  estimate.counts[Int(surveys.points[$0])] ? "not_among_the_nearest" : "point_not_open")
              ),
            ])
          })
      ),
      ("synthetic", .bool(network.sources.contains(where: \.isSynthetic))),
    ])
  }

  static func parameter(_ parameter: ChoiceEstimate.Parameter) -> JSON {
    .object([
      ("name", .string(parameter.name)), ("value", .double(parameter.value)),
      ("low", .double(parameter.interval.lowerBound)), ("high", .double(parameter.interval.upperBound)),
      ("standard_error", .double(parameter.standardError)), ("chosen", JSON(parameter.chosen)),
      ("within_reach", JSON(parameter.withinReach)), ("weakness", JSON(parameter.weakness?.rawValue)),
    ])
  }
}
