import Foundation
import Geo
import TestSupport
import Travel

@testable import Planning

/// A county whose people travel as we say, and answer as people do: rounded, sometimes grossly wrong.
struct SurveyedCounty {
  /// How many times longer ways are than the straight line, in the middle.
  var circuity = 1.41
  /// How fast people are, in the middle.
  var metersPerSecond = 1.2
  /// The median straight line, in meters.
  var medianMeters = 520.0
  /// The spread of its logarithm.
  var distanceSpread = 0.6
  /// The spread of the logarithm of both circuity and speed.
  var spread = 0.10
  /// One answer in so many is grossly wrong; 0 for none.
  var grossShare = 0.06
  var mode = SurveyMode.walk
  var terrain = Terrain.plain

  private var rng: SeededGenerator

  init(seed: Int) { rng = SeededGenerator(seed: seed) }

  mutating func unit() -> Double { (Double(rng.next() >> 11) + 0.5) / 9_007_199_254_740_992 }

  /// By Box and Muller (1958).
  mutating func bell() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

  /// The true minutes of a way of median length, and with it the share within ten.
  var medianMinutes: Double { medianMeters * circuity / metersPerSecond / 60 }
  var shareWithinTen: Double {
    normal(log(10 / medianMinutes) / (distanceSpread * distanceSpread + 2 * spread * spread).squareRoot())
  }

  /// Asks `count` people, each of a place of their own, about one point.
  mutating func asked(_ count: Int) -> (PaymentNetwork, DistanceSurveyTable) {
    var network = PaymentNetwork()
    network.points.latitudes = [35]
    network.points.longitudes = [112]
    network.points.ids.append("p")
    var surveys = DistanceSurveyTable()
    for row in 0..<count {
      let straight = max(60, medianMeters * exp(distanceSpread * bell()))
      network.places.latitudes.append(35 + straight / (earthRadiusMeters * .pi / 180))
      network.places.longitudes.append(112)
      network.places.terrains.append(terrain)
      network.places.ids.append("v\(row)")
      let way = straight * max(1, circuity * exp(spread * bell()))
      var (meters, minutes) = (way, way / metersPerSecond * exp(spread * bell()) / 60)
      if unit() < grossShare {
        switch Int(unit() * 4) {
        case 0: meters *= 2
        case 1: meters /= 2
        case 2: minutes *= 2
        default: (meters, minutes) = (meters * 4, minutes * 4)
        }
      }
      surveys.ids.append("s\(row)")
      surveys.places.append(Int32(row))
      surveys.points.append(0)
      surveys.modes.append(mode)
      surveys.meters.append(unit() < 0.2 ? .nan : rounded(meters, to: [10, 50, 100][Int(unit() * 3)]))
      surveys.minutes.append(told(minutes))
      surveys.dates.append("")
    }
    return (network, surveys)
  }

  /// Sixty of a hundred round to 5 minutes, twenty-five to 10; nobody says none.
  mutating func told(_ minutes: Double) -> Double {
    let kind = unit()
    let grid = kind < 0.60 ? 5.0 : kind < 0.85 ? 10 : 1
    let told = (minutes / grid).rounded() * grid
    return told > 0 ? told : max(1, minutes.rounded())
  }

  private func rounded(_ value: Double, to step: Double) -> Double {
    max(step, (value / step).rounded() * step)
  }
}
