import Geo
import Travel

/// The answers of the distance surveys as trips: how far by great circle, how far and how long as told.
struct SurveyTrips {
  /// Nearer than this to the point, a trip says nothing about ways: the position of a place is not known better.
  static let leastMeters = 50.0
  /// Nobody goes farther to pay a bill.
  static let mostMeters = 500_000.0
  /// Below a second nobody has gone anywhere.
  static let leastMinutes = 1.0 / 60
  /// Nobody goes longer: eight hours.
  static let mostMinutes = 480.0

  let surveys: DistanceSurveyTable
  /// Meters of great circle of each trip.
  let greatCircles: [Double]
  /// The terrain of each trip: that of the place.
  let terrains: [Terrain]

  /// - Precondition: the surveys' places and points are positions in the tables of `network`.
  /// - Complexity: O(*n*).
  init(_ surveys: DistanceSurveyTable, of network: PaymentNetwork) {
    self.surveys = surveys
    let (places, points) = (network.places, network.points)
    terrains = surveys.places.map { places.terrains[Int($0)] }
    greatCircles = (0..<surveys.count).map { row in
      places.coordinate(of: Int(surveys.places[row])).distance(
        to: points.coordinate(of: Int(surveys.points[row]))
      ).meters
    }
  }

  /// How many trips there are.
  var count: Int { surveys.count }

  /// How the trip was made; `nil` by bus.
  func mode(of row: Int) -> TravelMode? {
    switch surveys.modes[row] {
    case .walk: .walk
    case .ebike: .ebike
    case .car: .car
    case .bus: nil
    }
  }

  /// What is wrong with the answer as it stands, whatever it is used for.
  func reasons(against row: Int) -> [SurveyRejection.Reason] {
    if surveys.modes[row] == .bus { return [.bus] }
    return [meterReason(row), minuteReason(row)].compactMap(\.self)
  }

  /// The way as told, where it can be used beside the great circle.
  func meters(of row: Int) -> Double? {
    let told = surveys.meters[row]
    return !told.isNaN && meterReason(row) == nil ? told : nil
  }

  /// The minutes as told, where they can be.
  func minutes(of row: Int) -> Double? {
    let told = surveys.minutes[row]
    return !told.isNaN && minuteReason(row) == nil ? told : nil
  }

  /// Whether the point is far enough away.
  func isApart(_ row: Int) -> Bool { greatCircles[row] >= Self.leastMeters }

  private func meterReason(_ row: Int) -> SurveyRejection.Reason? {
    let told = surveys.meters[row]
    if !isApart(row) { return .atThePoint }
    if told.isNaN { return nil }
    if told > Self.mostMeters { return .absurdMeters }
    // No length at all is no rounded one.
    return told <= 0 || told + Self.halfStep(of: told) < greatCircles[row] ? .shorterThanStraight : nil
  }

  private func minuteReason(_ row: Int) -> SurveyRejection.Reason? {
    let told = surveys.minutes[row]
    if told.isNaN { return nil }
    return told < Self.leastMinutes ? .zeroMinutes : told > Self.mostMinutes ? .absurdMinutes : nil
  }

  /// How far from the truth rounding can have moved a length: half of the largest round step it is a multiple of. Whoever
  /// says "500 m" of 540 m is not wrong.
  private static func halfStep(of meters: Double) -> Double {
    let steps = [1_000.0, 500, 100, 50, 10]
    return (steps.first { meters.truncatingRemainder(dividingBy: $0) == 0 } ?? 1) / 2
  }
}
