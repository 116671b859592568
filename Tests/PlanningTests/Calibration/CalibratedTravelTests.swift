import Foundation
import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Calibrated travel")
struct CalibratedTravelTests {
  /// Factors unlike the defaults, and unlike each other.
  static var factors: TravelFactors {
    var factors = TravelFactors.defaults
    for (number, mode) in TravelMode.allCases.enumerated() {
      for terrain in Terrain.allCases {
        let step = Double(3 * number + Int(terrain.rawValue))
        factors[mode].setCircuity(1.17 + 0.13 * step, in: terrain)
        factors[mode].setMetersPerSecond(0.9 + 0.31 * step, in: terrain)
      }
      factors[mode].roadThousandths = [1_370, 800, 1_113][number]
    }
    return factors
  }

  @Test(
    "by straight line every time is the great circle times the circuity, at the speed of mode and terrain",
    arguments: 0..<6)
  func straight(seed: Int) throws {
    let network = NetworkSketch.random(seed: seed, places: 60, points: 12).network
    var options = CoverageOptions()
    options.factors = Self.factors
    options.standard.village = .within(.minutes(15), .ebike)
    let answer = coverage(of: network, options)
    for i in 0..<network.places.count {
      let here = network.places.coordinate(of: i)
      let meters = (0..<network.points.count).filter { answer.counts[$0] }.map {
        here.distance(to: network.points.coordinate(of: $0)).meters
      }.min()
      guard let meters else { continue }
      let isTown = network.places.settings[i] == .town
      let terrain = network.places.terrains[i]
      let step = (isTown ? 0.0 : 3) + Double(terrain.rawValue)
      let circuity: Double = 1.17 + 0.13 * step
      let speed: Double = 0.9 + 0.31 * step
      let seconds = Int((meters * circuity / speed - 1e-6).rounded(.up))
      #expect(Int(answer.seconds[i]) == seconds)
      #expect(answer.isServed[i] == (seconds <= (isTown ? 600 : 900)))
    }
    let counting = answer.countingPoints
    let walking = StraightLine(mode: .walk, factors: Self.factors)
    let possible = Terrain.allCases.map { walking.distance(within: .minutes(10), in: $0).meters }
    for radius in answer.radii(around: counting, in: network) {
      let meters: Double = radius.meters
      #expect(possible.contains(meters))
    }
  }

  @Test("on roads every time is multiplied by the mode's factor, rounded up to a second", arguments: 0..<6)
  func roads(seed: Int) {
    let network = RoadCounty.random(seed: seed).network
    var options = CoverageOptions()
    options.travel = .roads
    options.standard.countsReturn = seed % 2 == 1
    let before = coverage(of: network, options)
    options.factors = Self.factors
    let after = coverage(of: network, options)
    #expect(after.nearestPoints == before.nearestPoints && after.meters == before.meters)
    for i in before.seconds.indices {
      // A whole second stands for up to a second less.
      let most = (Double(before.seconds[i]) * 1.37).rounded(.up)
      let least = (Double(before.seconds[i] - 1) * 1.37).rounded(.down)
      #expect(Double(after.seconds[i]) <= most && Double(after.seconds[i]) >= max(0, least))
    }
    #expect(zip(before.seconds, after.seconds).contains { $0 > 60 && Double($1) > 1.3 * Double($0) })
  }

  @Test("people twice as slow draw the circle of half the time", arguments: 0..<3)
  func circles(seed: Int) throws {
    let network = RoadCounty.random(seed: seed).network
    var slow = CoverageOptions()
    slow.travel = .roads
    slow.factors[.walk].roadThousandths = 2_000
    var half = CoverageOptions()
    half.travel = .roads
    half.standard.limit(to: .minutes(5))
    #expect(
      try coverage(of: network, slow).paymentCircle(of: network)
        == coverage(of: network, half).paymentCircle(of: network))
    #expect(
      try coverage(of: network, slow).paymentCircles(of: network)
        == coverage(of: network, half).paymentCircles(of: network))
  }

  @Test("milliseconds are multiplied in whole numbers, halves up, and stop at the most")
  func thousandths() {
    var mode = TravelFactors.defaults[.walk]
    #expect(mode.onRoads(12_345, atMost: 5) == 12_345)
    mode.roadThousandths = 1_500
    #expect(mode.onRoads(1, atMost: 100) == 2 && mode.onRoads(2, atMost: 100) == 3)
    #expect(mode.onRoads(90, atMost: 100) == 100 && mode.onRoads(.max, atMost: 7) == 7)
    #expect(mode.roadLimit(.minutes(10)) == .seconds(400))
    #expect(mode.roadLimit(.seconds(.max)) == .seconds(.max))
  }

  @Test(
    "a way along the roads that people take half as long again for has the factor 1.5, and one of 6 is refused",
    arguments: [1.5, 6])
  func roadFactor(factor: Double) throws {
    let county = RoadCounty.random(seed: 2, places: 400, points: 16)
    let network = county.network
    var answers = SurveyedCounty(seed: 9)
    var surveys = DistanceSurveyTable()
    let counting = Array(0..<Int32(network.points.count))
    let roads = try #require(network.roads)
    let ways = RoadWays(
      roads, of: network, standard: .tenMinutesAndEveryVillage, factors: .defaults
    ).nearestTwo(of: counting, to: network.places) { _ in .walk }
    var unreached = 0
    for place in 0..<network.places.count {
      let way = ways[place].last
      if way == nil { unreached += 1 }
      surveys.ids.append("s\(place)")
      surveys.places.append(Int32(place))
      surveys.points.append(way?.point ?? 0)
      surveys.modes.append(.walk)
      surveys.meters.append(.nan)
      let minutes = Double(way?.seconds ?? 600) / 60 * factor * exp(0.1 * answers.bell())
      surveys.minutes.append(answers.told(minutes))
    }
    var options = CalibrationOptions()
    options.draws = 100
    options.usesRoads = true
    let answer = calibrate(surveys, of: network, options)
    let walking = answer.calibration.roads[0]
    #expect(walking.mode == .walk && walking.terrain == nil)
    requireFinite(answer.calibration)
    guard factor < 4 else {
      #expect(walking.method == .refused && walking.value == 1)
      #expect(answer.calibration.factors[.walk].roadThousandths == 1_000)
      return
    }
    #expect(abs(walking.value - 1.5) < 0.05)
    #expect(try #require(walking.interval).contains(1.5))
    #expect(answer.calibration.factors[.walk].roadThousandths == Int((walking.value * 1_000).rounded()))
    #expect(answer.calibration.factors[.car].roadThousandths == 1_000)
    // Those who live at the point are set aside before anybody looks for a way.
    let off = answer.rejections.count { $0.reason == .notOnRoads }
    #expect(off > 0 && off <= unreached)
  }
}
