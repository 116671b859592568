import Foundation
import Travel

/// What a calibration may be narrowed to.
public struct CalibrationOptions: Hashable, Sendable {
  /// The seed of the draws: the same one gives the same intervals.
  public var seed: UInt64 = 1
  /// How many times answers are drawn again for an interval.
  public var draws = 1_000
  /// Whether the minutes told are also compared with those along the roads.
  public var usesRoads = false

  /// A thousand draws by straight line.
  public init() {}
}

/// A calibration, and the answers it did without.
public struct CalibrationAnswer: Sendable {
  /// What the surveys say.
  public var calibration: Calibration
  /// Which answers were set aside, in the order of the surveys, and of the reasons.
  public var rejections: [SurveyRejection]
}

/// Learns from distance surveys how people travel.
///
///     let answer = calibrate(surveys.distances, of: network, .init())
///     answer.calibration.factors[.walk].circuity(in: .mountain)  // 1.83
///
/// - Circuity, of those who told meters: meters ÷ great circle, by mode and terrain.
/// - Speed: meters ÷ minutes of those who told both; where a mode and terrain has fewer than 20 of these, also of those whose
///   minutes alone can be used, by their great circle times the circuity found.
/// - On roads: minutes told ÷ minutes along the roads, by mode.
/// - Who is within ten minutes, by the distribution behind the rounded minutes. It is the share of those asked; where some
///   places were asked more often than others, it is not that of the county.
///
/// - Precondition: the surveys' positions are those of `network`; with `usesRoads` it has roads; `draws` is at least 40.
/// - Complexity: O(draws · *n*) up to 10,000 answers a mode and terrain, beyond that O(*n* log *n*); on roads one bounded search a
///   point and mode.
public func calibrate(
  _ surveys: DistanceSurveyTable, of network: PaymentNetwork, _ options: CalibrationOptions
) -> CalibrationAnswer {
  precondition(options.draws >= 40, "40 draws or more are expected, not \(options.draws)")
  let trips = SurveyTrips(surveys, of: network)
  var calibration = Calibration()
  calibration.surveys = trips.count
  calibration.seed = options.seed
  calibration.draws = options.draws
  var rejections: [SurveyRejection] = []
  for row in 0..<trips.count {
    for reason in trips.reasons(against: row) {
      rejections.append(SurveyRejection(survey: Int32(row), reason: reason))
    }
  }

  let circuity = circuities(trips, options)
  calibration.circuity = circuity.groups + circuity.cells
  calibration.slopes = slopes(circuity)
  var isGross = [Bool](repeating: false, count: trips.count)
  for row in circuity.rejectedRows { isGross[Int(row)] = true }
  let speed = speeds(trips, circuity: circuity.cells, isGross, options)
  calibration.speed = speed.groups + speed.cells
  rejections += circuity.rejectedRows.map { SurveyRejection(survey: $0, reason: .grossMeters) }
  rejections += speed.rejectedRows.map { SurveyRejection(survey: $0, reason: .grossMinutes) }

  if options.usesRoads {
    guard let roads = network.roads else { preconditionFailure("a network with roads is expected") }
    let (times, off) = RoadTrips(trips, of: network, roads).pairs
    let factors = FactorEstimates(
      times,
      .init(
        question: 200, told: .minutesAbove, groupsByTerrain: false, standard: { _ in 1 },
        plausible: { _ in Calibration.plausibleRoadFactor }), options)
    calibration.roads = factors.groups + factors.cells
    rejections += off.map { SurveyRejection(survey: $0, reason: .notOnRoads) }
    rejections += factors.rejectedRows.map { SurveyRejection(survey: $0, reason: .grossRoadMinutes) }
  }

  for row in speed.rejectedRows { isGross[Int(row)] = true }
  calibration.shares = sharesWithin(10, trips, isGross, options)
  let order = Dictionary(uniqueKeysWithValues: SurveyRejection.Reason.allCases.enumerated().map { ($1, $0) })
  rejections.sort { ($0.survey, order[$0.reason]!) < ($1.survey, order[$1.reason]!) }
  calibration.setAside = rejections.map { ($0.reason, 1) }
  return CalibrationAnswer(calibration: calibration, rejections: rejections)
}

/// Meters told ÷ great circle.
private func circuities(_ trips: SurveyTrips, _ options: CalibrationOptions) -> FactorEstimates {
  var pairs = [[RatioSample.Pair]](repeating: [], count: FactorEstimates.all.count)
  for row in 0..<trips.count {
    guard let mode = trips.mode(of: row), let meters = trips.meters(of: row) else { continue }
    pairs[FactorEstimates.position(of: mode, trips.terrains[row])].append(
      .init(part: meters, whole: trips.greatCircles[row], row: Int32(row)))
  }
  return FactorEstimates(
    pairs,
    .init(
      question: 0, told: .meters, groupsByTerrain: true,
      standard: { TravelFactors.defaults[$0.mode].circuity(in: $0.terrain) },
      plausible: { _ in Calibration.plausibleCircuity }), options)
}

/// Meters on the way ÷ seconds told.
private func speeds(
  _ trips: SurveyTrips, circuity: [Calibration.Factor], _ isGross: [Bool], _ options: CalibrationOptions
) -> FactorEstimates {
  var told = [[RatioSample.Pair]](repeating: [], count: FactorEstimates.all.count)
  var inferred = told
  for row in 0..<trips.count {
    guard let mode = trips.mode(of: row), let minutes = trips.minutes(of: row), trips.isApart(row) else {
      continue
    }
    let cell = FactorEstimates.position(of: mode, trips.terrains[row])
    if let meters = trips.meters(of: row), !isGross[row] {
      told[cell].append(.init(part: meters, whole: minutes * 60, row: Int32(row)))
    } else {
      inferred[cell].append(
        .init(
          part: trips.greatCircles[row] * circuity[cell].value, whole: minutes * 60, row: Int32(row)))
    }
  }
  for cell in told.indices where told[cell].count < RobustRatio.fewest { told[cell] += inferred[cell] }
  return FactorEstimates(
    told,
    .init(
      question: 100, told: .minutesBelow, groupsByTerrain: false,
      standard: { TravelFactors.defaults[$0.mode].metersPerSecond(in: $0.terrain) },
      plausible: { $0.map(Calibration.plausibleSpeed) ?? 0.3...40 }), options)
}

/// How circuity falls with distance, by least squares on the logarithms of the answers that are not gross.
private func slopes(_ circuity: FactorEstimates) -> [Calibration.DistanceSlope] {
  zip(Terrain.allCases, circuity.samples).compactMap { terrain, group in
    let (sample, kept) = group
    guard kept.count >= 60 else { return nil }
    let n = Double(kept.count)
    let logs = kept.map { log(sample.wholes[$0] / 1_000) }
    let meanX = logs.reduce(0, +) / n
    let meanY = kept.reduce(0) { $0 + sample.logRatios[$1] } / n
    var (xx, xy) = (0.0, 0.0)
    for (x, i) in zip(logs, kept) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (sample.logRatios[i] - meanY)
    }
    // Where everybody lives equally far away there is no slope to see.
    guard xx > 1e-6 * n else { return nil }
    let slope = xy / xx
    let squares = zip(logs, kept).reduce(0.0) {
      let residual = sample.logRatios[$1.1] - meanY - slope * ($1.0 - meanX)
      return $0 + residual * residual
    }
    let error = (squares / (n - 2) / xx).squareRoot()
    return Calibration.DistanceSlope(
      terrain: terrain, atOneKilometer: tenThousandths(exp(meanY - slope * meanX)),
      slope: tenThousandths(-slope),
      interval: tenThousandths(-slope - normal95 * error)...tenThousandths(-slope + normal95 * error),
      answers: kept.count)
  }
}
