import Foundation
import Planning
import Travel

/// A calibration as JSON, the text that the atlas keeps.
///
///     {"circuity":[{"answers":412,"default":1.3,"estimate":1.28,"high":1.3,"low":1.27,"method":"ratio_of_sums", ...}], ...}
///
/// Keys are written in alphabetical order, so that the same calibration is the same text. What is read back is checked: the
/// atlas may have passed through other hands.
enum CalibrationText {
  /// The version of the text; a later one is refused.
  static let version = 1

  /// Why a text is no calibration.
  enum Trouble: Error {
    case newer
    case unreadable(String)
  }

  /// Writes a calibration.
  static func text(of calibration: Calibration) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Document(calibration)), as: UTF8.self)
  }

  /// Reads a calibration.
  static func calibration(_ text: String) throws(Trouble) -> Calibration {
    let data = Data(text.utf8)
    let decoder = JSONDecoder()
    do {
      guard try decoder.decode(Version.self, from: data).version <= version else { throw Trouble.newer }
      return try decoder.decode(Document.self, from: data).calibration()
    } catch let trouble as Trouble {
      throw trouble
    } catch {
      throw .unreadable("not the estimates of a calibration")
    }
  }

  private struct Version: Decodable {
    var version: Int
  }
}

/// The whole text.
private struct Document: Codable {
  var version = CalibrationText.version
  var surveys: Int
  var seed: UInt64
  var draws: Int
  var circuity: [FactorRow]
  var speed: [FactorRow]
  var roads: [FactorRow]
  var slopes: [SlopeRow]
  var shares: [ShareRow]
  var setAside: [SetAsideRow]

  enum CodingKeys: String, CodingKey {
    case version, surveys, seed, draws, circuity, roads, slopes
    case speed = "meters_per_second"
    case shares = "within_ten_minutes"
    case setAside = "set_aside"
  }

  init(_ calibration: Calibration) {
    surveys = calibration.surveys
    seed = calibration.seed
    draws = calibration.draws
    circuity = calibration.circuity.map(FactorRow.init)
    speed = calibration.speed.map(FactorRow.init)
    roads = calibration.roads.map(FactorRow.init)
    slopes = calibration.slopes.map(SlopeRow.init)
    shares = calibration.shares.map(ShareRow.init)
    setAside = calibration.setAside.map { SetAsideRow(reason: $0.reason.rawValue, count: $0.count) }
  }

  func calibration() throws -> Calibration {
    var calibration = Calibration()
    calibration.surveys = surveys
    calibration.seed = seed
    calibration.draws = draws
    calibration.circuity = try circuity.map { try $0.factor { _ in Calibration.plausibleCircuity } }
    calibration.speed = try speed.map {
      try $0.factor { $0.map(Calibration.plausibleSpeed) ?? 0.01...100 }
    }
    calibration.roads = try roads.map { try $0.factor { _ in Calibration.plausibleRoadFactor } }
    calibration.slopes = try slopes.map { try $0.distanceSlope() }
    calibration.shares = try shares.map { try $0.share() }
    calibration.setAside = try setAside.map {
      ($0.count, try word($0.reason, SurveyRejection.Reason.init, "reason"))
    }.map { (reason: $1, count: $0) }
    return calibration
  }
}

private struct FactorRow: Codable {
  var mode: String?
  var terrain: String?
  var value: Double
  var standard: Double
  var estimate: Double?
  var low: Double?
  var high: Double?
  var answers: Int
  var rejected: Int
  var method: String

  enum CodingKeys: String, CodingKey {
    case mode, terrain, value, estimate, low, high, answers, rejected, method
    case standard = "default"
  }

  init(_ factor: Calibration.Factor) {
    mode = factor.mode?.rawValue
    terrain = factor.terrain?.name
    value = factor.value
    standard = factor.standard
    estimate = factor.estimate
    low = factor.interval?.lowerBound
    high = factor.interval?.upperBound
    answers = factor.answers
    rejected = factor.rejected
    method = factor.method.rawValue
  }

  func factor(_ plausible: (TravelMode?) -> ClosedRange<Double>) throws -> Calibration.Factor {
    let mode = try mode.map { try word($0, TravelMode.init, "mode") }
    guard plausible(mode).contains(value) else {
      throw CalibrationText.Trouble.unreadable("a factor of \(value)")
    }
    return Calibration.Factor(
      mode: mode, terrain: try terrain.map { try word($0, Terrain.init(name:), "terrain") }, value: value,
      standard: standard, estimate: estimate, interval: try interval(low, high), answers: answers,
      rejected: rejected, method: try word(method, Calibration.Factor.Method.init, "method"))
  }
}

private struct SlopeRow: Codable {
  var terrain: String
  var atOneKilometer: Double
  var slope: Double
  var low: Double
  var high: Double
  var answers: Int

  enum CodingKeys: String, CodingKey {
    case terrain, slope, low, high, answers
    case atOneKilometer = "at_one_kilometer"
  }

  init(_ slope: Calibration.DistanceSlope) {
    terrain = slope.terrain.name
    atOneKilometer = slope.atOneKilometer
    self.slope = slope.slope
    low = slope.interval.lowerBound
    high = slope.interval.upperBound
    answers = slope.answers
  }

  func distanceSlope() throws -> Calibration.DistanceSlope {
    guard let interval = try interval(low, high) else {
      throw CalibrationText.Trouble.unreadable("no interval")
    }
    return Calibration.DistanceSlope(
      terrain: try word(terrain, Terrain.init(name:), "terrain"), atOneKilometer: atOneKilometer,
      slope: slope,
      interval: interval, answers: answers)
  }
}

private struct ShareRow: Codable {
  var mode: String?
  var estimate: Double?
  var low: Double?
  var high: Double?
  var naive: Double?
  var heaping: Double?
  var medianMinutes: Double?
  var logSpread: Double?
  var rounding: [Double]
  var answers: Int

  enum CodingKeys: String, CodingKey {
    case mode, estimate, low, high, naive, heaping, rounding, answers
    case medianMinutes = "median_minutes"
    case logSpread = "log_spread"
  }

  init(_ share: Calibration.Share) {
    mode = share.mode?.rawValue
    estimate = share.estimate
    low = share.interval?.lowerBound
    high = share.interval?.upperBound
    naive = share.naive
    heaping = share.heaping
    medianMinutes = share.medianMinutes
    logSpread = share.logSpread
    rounding = share.rounding
    answers = share.answers
  }

  func share() throws -> Calibration.Share {
    Calibration.Share(
      mode: try mode.map { try word($0, TravelMode.init, "mode") }, estimate: estimate,
      interval: try interval(low, high), naive: naive, heaping: heaping, medianMinutes: medianMinutes,
      logSpread: logSpread, rounding: rounding, answers: answers)
  }
}

private struct SetAsideRow: Codable {
  var reason: String
  var count: Int
}

private func word<Value>(_ text: String, _ known: (String) -> Value?, _ what: String) throws -> Value {
  guard let value = known(text) else { throw CalibrationText.Trouble.unreadable("\(what) \"\(text)\"") }
  return value
}

private func interval(_ low: Double?, _ high: Double?) throws -> ClosedRange<Double>? {
  guard let low, let high else { return nil }
  guard low <= high else { throw CalibrationText.Trouble.unreadable("an interval \(low)...\(high)") }
  return low...high
}

extension Terrain {
  /// The terrain that files call `name`.
  fileprivate init?(name: String) {
    guard let terrain = Terrain.allCases.first(where: { $0.name == name }) else { return nil }
    self = terrain
  }
}
