import Planning
import Reporting
import Travel
import Words

/// A calibration as a JSON document.
struct CalibrationJSON {
  let answer: CalibrationAnswer
  let surveys: DistanceSurveyTable
  let network: PaymentNetwork
  let inputsSHA256: String
  /// Its number in the atlas; `nil` where it was not kept.
  let id: Int?

  var document: JSON {
    let calibration = answer.calibration
    return .object([
      ("calibration", .object([("id", JSON(id)), ("inputs_sha256", .string(inputsSHA256))])),
      ("surveys", .int(calibration.surveys)),
      ("seed", .string(String(calibration.seed))),
      ("draws", .int(calibration.draws)),
      ("travel", .string((calibration.roads.isEmpty ? Travel.straight : .roads).rawValue)),
      ("circuity", .array(calibration.circuity.map(factor))),
      ("meters_per_second", .array(calibration.speed.map(factor))),
      ("road_factors", .array(calibration.roads.map(factor))),
      (
        "distance_slopes",
        .array(
          calibration.slopes.map {
            .object([
              ("terrain", .string($0.terrain.name)), ("circuity_at_1km", .double($0.atOneKilometer)),
              ("slope", .double($0.slope)), ("low", .double($0.interval.lowerBound)),
              ("high", .double($0.interval.upperBound)), ("answers", .int($0.answers)),
            ])
          })
      ),
      ("within_ten_minutes", .array(calibration.shares.map(share))),
      (
        "set_aside",
        .array(
          calibration.setAside.map {
            .object([("reason", .string($0.reason.rawValue)), ("count", .int($0.count))])
          })
      ),
      (
        "rejected",
        .array(
          answer.rejections.map {
            .object([
              ("survey_id", .string(surveys.ids[Int($0.survey)])), ("reason", .string($0.reason.rawValue)),
            ])
          })
      ),
      ("synthetic", .bool(network.sources.contains(where: \.isSynthetic))),
    ])
  }

  private func factor(_ factor: Calibration.Factor) -> JSON {
    .object([
      ("mode", JSON(factor.mode?.rawValue)), ("terrain", JSON(factor.terrain?.name)),
      ("value", .double(factor.value)), ("default", .double(factor.standard)),
      ("estimate", JSON(factor.estimate)), ("low", JSON(factor.interval?.lowerBound)),
      ("high", JSON(factor.interval?.upperBound)), ("answers", .int(factor.answers)),
      ("rejected", .int(factor.rejected)), ("method", .string(factor.method.rawValue)),
    ])
  }

  private func share(_ share: Calibration.Share) -> JSON {
    .object([
      ("mode", JSON(share.mode?.rawValue)), ("estimate", JSON(share.estimate)),
      ("low", JSON(share.interval?.lowerBound)), ("high", JSON(share.interval?.upperBound)),
      ("naive", JSON(share.naive)), ("heaping", JSON(share.heaping)),
      ("median_minutes", JSON(share.medianMinutes)), ("log_spread", JSON(share.logSpread)),
      ("round_to_1", JSON(share.rounding.first)),
      ("round_to_5", JSON(share.rounding.count == 3 ? share.rounding[1] : nil)),
      ("round_to_10", JSON(share.rounding.last)), ("answers", .int(share.answers)),
    ])
  }
}

extension CalibrationReference {
  /// Which calibration an answer was given by, in its document.
  var json: JSON {
    .object([("id", .int(id)), ("inputs_sha256", .string(inputsSHA256))])
  }

  /// Which calibration an answer was given by, as a sentence under its table.
  func line(in language: Language) -> String {
    Bilingual(
      en: "Travel as \(Figures.whole(surveys)) surveys say (calibration \(id)).",
      zh: "出行按 \(Figures.whole(surveys)) 份调查校准(第 \(id) 次)。")[language]
  }
}
