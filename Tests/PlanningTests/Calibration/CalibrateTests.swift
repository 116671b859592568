import Foundation
import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Calibration")
struct CalibrateTests {
  /// What a calibration says of walkers in the plain.
  private func walking(_ factors: [Calibration.Factor]) throws -> Calibration.Factor {
    try #require(factors.first { $0.mode == .walk && $0.terrain == .plain })
  }

  private func options(draws: Int = 100, seed: UInt64 = 1) -> CalibrationOptions {
    var options = CalibrationOptions()
    options.draws = draws
    options.seed = seed
    return options
  }

  /// A network of places at these distances in meters due north of one point, with an answer of each.
  private func asked(
    _ rows: [(straight: Double, meters: Double, minutes: Double)], mode: SurveyMode = .walk
  ) -> (PaymentNetwork, DistanceSurveyTable) {
    var county = SurveyedCounty(seed: 0)
    var (network, surveys) = county.asked(rows.count)
    for (i, row) in rows.enumerated() {
      network.places.latitudes[i] = 35 + row.straight / (earthRadiusMeters * .pi / 180)
      surveys.meters[i] = row.meters
      surveys.minutes[i] = row.minutes
      surveys.modes[i] = mode
    }
    return (network, surveys)
  }

  @Test("the 95 % intervals of circuity, speed and share hold the truth in 90 to 98 % of 200 counties")
  func intervalsHold() throws {
    var held = [0, 0, 0]
    var bias = [0.0, 0, 0]
    let counties = 200
    for seed in 0..<counties {
      var county = SurveyedCounty(seed: 1_000 + seed)
      // Lengths are estimated by the ratio of sums, to which a way twice as long adds twice as much.
      let truth = [
        county.circuity * exp(county.spread * county.spread / 2), county.metersPerSecond,
        county.shareWithinTen,
      ]
      let (network, surveys) = county.asked(300)
      let calibration = calibrate(surveys, of: network, options(draws: 200)).calibration
      let (circuity, speed) = (try walking(calibration.circuity), try walking(calibration.speed))
      let share = calibration.shares[0]
      let found = [
        (circuity.estimate, circuity.interval), (speed.estimate, speed.interval),
        (share.estimate, share.interval),
      ]
      for (i, (estimate, interval)) in found.enumerated() {
        if try #require(interval).contains(truth[i]) { held[i] += 1 }
        bias[i] += (try #require(estimate) / truth[i] - 1) / Double(counties)
      }
    }
    for (name, (held, bias)) in zip(["circuity", "speed", "share"], zip(held, bias)) {
      #expect((180...196).contains(held), "\(name): \(held) of \(counties)")
      // Minutes "there and back" that rounding hides make the share 1.6 % of itself too small.
      #expect(abs(bias) < (name == "share" ? 0.025 : 0.006), "\(name): off by \(bias)")
    }
  }

  @Test("without answers everything is as by default")
  func nothingAsked() {
    let answer = calibrate(DistanceSurveyTable(), of: PaymentNetwork(), options())
    #expect(answer.calibration.factors == .defaults)
    #expect(answer.rejections.isEmpty && answer.calibration.setAside.isEmpty)
    #expect((answer.calibration.circuity + answer.calibration.speed).allSatisfy { $0.method == .standard })
    #expect(answer.calibration.shares.count == 1 && answer.calibration.shares[0].estimate == nil)
    requireFinite(answer.calibration)
  }

  @Test("a single survey moves the default by a ninth of the way, and claims no interval")
  func single() throws {
    let (network, surveys) = asked([(500, 800, 10)])
    let calibration = calibrate(surveys, of: network, options()).calibration
    let circuity = try walking(calibration.circuity)
    // Its terrain was drawn toward the default by a ninth; itself is drawn toward its terrain.
    let group = 1.6 / 9 + 1.3 * 8 / 9
    #expect(abs(circuity.value - (1.6 / 9 + group * 8 / 9)) < 1e-3)
    #expect(circuity.interval == nil && circuity.method == .shrunkMedian && circuity.answers == 1)
    // 800 m in ten minutes.
    let all = 800.0 / 600 / 9 + 1.25 * 8 / 9
    #expect(try abs(walking(calibration.speed).value - (800.0 / 600 / 9 + all * 8 / 9)) < 1e-3)
    let riding = try #require(calibration.circuity.first { $0.mode == .ebike && $0.terrain == .plain })
    #expect(riding.method == .borrowed && abs(riding.value - group) < 1e-3)
    #expect(calibration.factors[.walk].circuity(in: .mountain) == 1.8)
    requireFinite(calibration)
  }

  @Test("answers all alike give their ratio and no spread, not an error", arguments: [1, 19, 20, 200])
  func allAlike(count: Int) throws {
    let (network, surveys) = asked(Array(repeating: (500, 700, 10), count: count))
    let calibration = calibrate(surveys, of: network, options()).calibration
    let circuity = try walking(calibration.circuity)
    #expect(try abs(#require(circuity.estimate) - 1.4) < 1e-4)
    #expect(circuity.rejected == 0)
    #expect(calibration.shares[0].estimate == nil && calibration.shares[0].naive == 1)
    requireFinite(calibration)
  }

  @Test("what cannot be is set aside with its reason, and the rest decides")
  func setsAside() throws {
    var rows: [(straight: Double, meters: Double, minutes: Double)] = []
    for i in 0..<40 {
      rows.append((straight: 400 + 10 * Double(i), meters: 600 + 15 * Double(i), minutes: 10))
    }
    rows[0].minutes = 0
    rows[1].minutes = 600
    rows[2].meters = 600_000
    rows[3].meters = 100
    rows[4].straight = 10
    rows[5].meters *= 9
    rows[6].minutes = 300
    let (network, surveys) = asked(rows)
    let answer = calibrate(surveys, of: network, options())
    func reasons(_ row: Int32) -> [SurveyRejection.Reason] {
      answer.rejections.filter { $0.survey == row }.map(\.reason)
    }
    #expect(reasons(0) == [.zeroMinutes])
    #expect(reasons(1) == [.absurdMinutes])
    #expect(reasons(2) == [.absurdMeters])
    #expect(reasons(3) == [.shorterThanStraight])
    #expect(reasons(4) == [.atThePoint])
    #expect(reasons(5) == [.grossMeters])
    #expect(reasons(6) == [.grossMinutes])
    // Four of the forty have no minutes that can be: none, too many, and two gross errors.
    #expect(answer.calibration.shares[0].answers == 36)
    #expect(answer.rejections.count == 7 && answer.calibration.setAside.allSatisfy { $0.count == 1 })
    #expect(try abs(walking(answer.calibration.circuity).value - 1.5) < 1e-3)
    requireFinite(answer.calibration)
    #expect(checkSurveys(surveys, of: network).map(\.id) == ["s0", "s1", "s2", "s3"])
  }

  @Test("a length rounded down below the straight line is not called wrong")
  func rounding() {
    let (network, surveys) = asked([(549, 500, 8), (1_400, 1_000, 20), (547, 540, 8)])
    #expect(calibrate(surveys, of: network, options()).rejections.map(\.survey) == [2])
    let none = asked([(300, 0, 8)])
    #expect(calibrate(none.1, of: none.0, options()).rejections.map(\.reason) == [.shorterThanStraight])
  }

  @Test("answers by bus are counted, and used for nothing")
  func bus() {
    let (network, surveys) = asked(Array(repeating: (3_000, 4_000, 20), count: 50), mode: .bus)
    let answer = calibrate(surveys, of: network, options())
    #expect(answer.calibration.setAside.map(\.reason) == [.bus] && answer.rejections.count == 50)
    #expect(answer.calibration.factors == .defaults && answer.calibration.shares[0].answers == 0)
  }

  @Test("a factor that cannot be is refused, and the default stays")
  func refuses() throws {
    // Lengths told in whole kilometers, rounded down: each might be right, all together cannot.
    let short = asked((0..<60).map { (straight: 1_010 + Double($0), meters: 1_000, minutes: 10) })
    let circuity = try walking(calibrate(short.1, of: short.0, options()).calibration.circuity)
    #expect(circuity.method == .refused && circuity.value == 1.3)
    // A hair below 1 is as impossible as far below.
    #expect(try #require(circuity.estimate) < 1 && #require(circuity.estimate) > 0.95)
    let long = asked((0..<60).map { (straight: 500, meters: 2_550 + Double($0), minutes: 30) })
    let winding = try walking(calibrate(long.1, of: long.0, options()).calibration.circuity)
    #expect(winding.method == .refused && winding.value == 1.3)
    // Nobody borrows what was refused.
    let riding = calibrate(short.1, of: short.0, options()).calibration.circuity
      .first { $0.mode == .ebike && $0.terrain == .plain }
    #expect(riding?.method == .standard && riding?.value == 1.3)
    let fast = asked(
      (0..<60).map { (straight: 5_000 + Double($0), meters: 7_000, minutes: 5 + Double($0 % 3)) })
    let calibration = calibrate(fast.1, of: fast.0, options()).calibration
    #expect(try walking(calibration.speed).method == .refused)
    #expect(calibration.factors[.walk].metersPerSecond(in: .plain) == 1.25)
  }

  @Test("where too few told lengths, minutes alone give the speed by the great circle and its circuity")
  func minutesAlone() throws {
    var county = SurveyedCounty(seed: 5)
    county.grossShare = 0
    var (network, surveys) = county.asked(400)
    surveys.meters = surveys.meters.map { _ in .nan }
    let calibration = calibrate(surveys, of: network, options()).calibration
    // 1.2 m/s on ways of 1.41 are 1.2 · 1.3 / 1.41 on ways of the default 1.3.
    #expect(try abs(walking(calibration.speed).value - 1.2 * 1.3 / 1.41) < 0.03)
    #expect(try walking(calibration.circuity).method == .standard)
  }

  @Test(
    "minutes without a length count for the speed only where fewer than 20 told both", arguments: [19, 20])
  func minutesBesideLengths(both: Int) throws {
    let told = (0..<both).map { (straight: 500.0, meters: 700.0, minutes: 9 + Double($0 % 3)) }
    let alone = (0..<15).map { (straight: 500.0, meters: Double.nan, minutes: 9 + Double($0 % 3)) }
    let (network, surveys) = asked(told + alone)
    let speed = try walking(calibrate(surveys, of: network, options()).calibration.speed)
    #expect(speed.answers == (both < 20 ? both + 15 : both))
  }

  @Test(
    "a mode with fewer than 30 answers has no share of its own, but part in the whole", arguments: [29, 30])
  func smallModes(riders: Int) {
    var (network, surveys) = asked(
      (0..<100).map { (straight: 500, meters: 700, minutes: 9 + Double($0 % 3)) })
    for row in 0..<riders { surveys.modes[row] = .ebike }
    let shares = calibrate(surveys, of: network, options()).calibration.shares
    #expect(shares.map(\.mode) == [nil, .walk, .ebike] && shares[0].estimate != nil)
    #expect(shares[2].answers == riders && (shares[2].estimate == nil) == (riders < 30))
  }

  @Test("the same seed gives the same answer, another one other intervals")
  func seeded() throws {
    var county = SurveyedCounty(seed: 6)
    let (network, surveys) = county.asked(300)
    let first = calibrate(surveys, of: network, options()).calibration
    #expect(calibrate(surveys, of: network, options()).calibration == first)
    let other = calibrate(surveys, of: network, options(seed: 2)).calibration
    #expect(other.factors == first.factors)
    #expect(try walking(other.circuity).interval != walking(first.circuity).interval)
  }

  @Test("circuity that falls with distance is reported as the power it falls by")
  func slope() throws {
    let rows = (0..<100).map { i -> (straight: Double, meters: Double, minutes: Double) in
      let straight = 300 + 40 * Double(i)
      return (straight, straight * 1.5 * pow(straight / 1_000, -0.1), .nan)
    }
    let (network, surveys) = asked(rows)
    let slopes = calibrate(surveys, of: network, options()).calibration.slopes
    #expect(slopes.count == 1 && slopes[0].terrain == .plain && slopes[0].answers == 100)
    #expect(abs(slopes[0].slope - 0.1) < 1e-3 && abs(slopes[0].atOneKilometer - 1.5) < 1e-3)
    let few = asked(Array(rows.prefix(59)))
    #expect(calibrate(few.1, of: few.0, options()).calibration.slopes.isEmpty)
  }

  @Test("terrains and modes are told apart, and groups hold all of theirs")
  func cells() throws {
    var (network, surveys) = (PaymentNetwork(), DistanceSurveyTable())
    for (number, (mode, terrain, circuity, speed)) in [
      (SurveyMode.walk, Terrain.hill, 1.5, 1.1), (.ebike, .hill, 1.6, 4), (.car, .mountain, 2, 8),
    ].enumerated() {
      var county = SurveyedCounty(seed: number)
      (county.circuity, county.metersPerSecond, county.mode, county.terrain) = (
        circuity, speed, mode, terrain
      )
      county.medianMeters = 400 * speed
      let (places, answers) = county.asked(250)
      let base = Int32(network.places.latitudes.count)
      network.places.latitudes += places.places.latitudes
      network.places.longitudes += places.places.longitudes
      network.places.terrains += places.places.terrains
      network.points = places.points
      for row in 0..<answers.count {
        surveys.ids.append("\(mode.name)\(row)")
        surveys.places.append(base + answers.places[row])
      }
      surveys.points += answers.points
      surveys.modes += answers.modes
      surveys.meters += answers.meters
      surveys.minutes += answers.minutes
    }
    let calibration = calibrate(surveys, of: network, options()).calibration
    let factors = calibration.factors
    #expect(abs(factors[.walk].circuity(in: .hill) - 1.5) < 0.04)
    #expect(abs(factors[.ebike].circuity(in: .hill) - 1.6) < 0.04)
    #expect(abs(factors[.car].circuity(in: .mountain) - 2) < 0.05)
    #expect(abs(factors[.walk].metersPerSecond(in: .hill) - 1.1) < 0.05)
    #expect(abs(factors[.ebike].metersPerSecond(in: .hill) - 4) < 0.2)
    #expect(abs(factors[.car].metersPerSecond(in: .mountain) - 8) < 0.4)
    // Nobody told of walking in the mountains: their ways wind as the drivers' do, their speed is that of other walkers.
    #expect(factors[.walk].circuity(in: .mountain) == calibration.circuity[2].value)
    #expect(factors[.walk].metersPerSecond(in: .mountain) == calibration.speed[0].value)
    #expect(factors[.walk].circuity(in: .plain) == 1.3)
    let hills = calibration.circuity[1]
    #expect(hills.mode == nil && hills.terrain == .hill && hills.value > 1.5 && hills.value < 1.6)
    #expect(calibration.shares.map(\.mode) == [nil, .walk, .ebike, .car])
    let whole = calibration.shares[0]
    let parts = calibration.shares.dropFirst().reduce(0) { $0 + $1.estimate! * Double($1.answers) }
    #expect(abs(try #require(whole.estimate) - parts / Double(whole.answers)) < 1e-3)
  }
}

/// No figure of a calibration is infinite or not a number, and no factor is one that travel would trap on.
func requireFinite(_ calibration: Calibration) {
  for factor in calibration.circuity + calibration.speed + calibration.roads {
    let figures = [
      factor.value, factor.standard, factor.estimate, factor.interval?.lowerBound,
      factor.interval?.upperBound,
    ]
    #expect(figures.compactMap(\.self).allSatisfy { $0.isFinite && $0 > 0 })
  }
  for share in calibration.shares {
    let figures =
      [
        share.estimate, share.interval?.lowerBound, share.interval?.upperBound, share.naive, share.heaping,
      ] + share.rounding
    #expect(figures.compactMap(\.self).allSatisfy { (0...1).contains($0) })
    #expect([share.medianMinutes, share.logSpread].compactMap(\.self).allSatisfy { $0.isFinite && $0 > 0 })
  }
  #expect(calibration.slopes.allSatisfy { $0.slope.isFinite && $0.atOneKilometer.isFinite })
}
