/// Looks for distance surveys that cannot be: the answers a calibration sets aside as they stand.
///
///     checkSurveys(surveys.distances, of: network).map(\.id)  // ["D0055", ...]
///
/// Answers that are only far from those of others are not among them; a calibration says which.
///
/// - Parameter outdatedCalibration: the number of the newest calibration, where it was made from other surveys.
/// - Precondition: the surveys' positions are those of `network`.
/// - Returns: the findings in the order of the surveys, then that of the calibration.
/// - Complexity: O(*n*).
public func checkSurveys(
  _ surveys: DistanceSurveyTable, of network: PaymentNetwork, outdatedCalibration: Int? = nil
) -> [DataFinding] {
  let trips = SurveyTrips(surveys, of: network)
  let impossible = (0..<trips.count).flatMap { row in
    trips.reasons(against: row).compactMap { reason in
      let rule: DataFinding.Rule? =
        switch reason {
        case .zeroMinutes: .surveyWithoutMinutes
        case .absurdMinutes, .absurdMeters: .surveyBeyondReason
        case .shorterThanStraight:
          .surveyShorterThanStraight(straightMeters: Int(trips.greatCircles[row].rounded()))
        case .bus, .atThePoint, .grossMeters, .grossMinutes, .grossRoadMinutes, .notOnRoads: nil
        }
      return rule.map { DataFinding(rule: $0, table: "distance_surveys", id: surveys.ids[row]) }
    }
  }
  let outdated = outdatedCalibration.map {
    DataFinding(rule: .calibrationOutdated, table: "calibration", id: String($0))
  }
  return impossible + [outdated].compactMap(\.self)
}
