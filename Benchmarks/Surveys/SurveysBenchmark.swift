import Foundation
import Geo
import Planning
import TestSupport
import Travel

// Calibration of a million answers, and the intervals of ten thousand from a thousand draws. CPU time of all threads, medians.

/// How often each figure is measured.
let runs = 5

/// A county in which `count` people were asked: three modes over three terrains, rounded minutes, one answer in seventeen
/// grossly wrong.
func county(asked count: Int, seed: Int) -> (PaymentNetwork, DistanceSurveyTable) {
  var rng = SeededGenerator(seed: seed)
  func unit() -> Double { (Double(rng.next() >> 11) + 0.5) / 9_007_199_254_740_992 }
  func bell() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }
  var network = PaymentNetwork()
  let placeCount = min(count, 100_000)
  for i in 0..<placeCount {
    network.places.latitudes.append(35 + 0.4 * unit())
    network.places.longitudes.append(112 + 0.6 * unit())
    network.places.terrains.append([.plain, .hill, .mountain][i % 3])
    let meters = 600 * exp(0.6 * bell())
    network.points.latitudes.append(network.places.latitudes[i] + meters / 111_000)
    network.points.longitudes.append(network.places.longitudes[i])
  }
  var surveys = DistanceSurveyTable()
  for row in 0..<count {
    let place = row % placeCount
    let mode = [SurveyMode.walk, .walk, .ebike, .car][Int(unit() * 4)]
    let speed: Double = mode == .walk ? 1.2 : mode == .ebike ? 4.2 : 7.8
    let straight = network.places.coordinate(of: place).distance(
      to: Coordinate(latitude: network.points.latitudes[place], longitude: network.points.longitudes[place])!)
    var meters = straight.meters * 1.4 * exp(0.1 * bell())
    let minutes = meters / speed / 60 * exp(0.1 * bell())
    if unit() < 0.06 { meters *= unit() < 0.5 ? 2 : 0.5 }
    let grid = [1.0, 5, 5, 10][Int(unit() * 4)]
    surveys.ids.append("s\(row)")
    surveys.places.append(Int32(place))
    surveys.points.append(Int32(place))
    surveys.modes.append(mode)
    surveys.meters.append((meters / 50).rounded() * 50)
    surveys.minutes.append(max(1, (minutes / grid).rounded() * grid))
    surveys.dates.append("")
  }
  return (network, surveys)
}

/// User and system time of the whole process so far.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Prints the median CPU time of calibrating `count` answers.
func report(_ name: String, count: Int, draws: Int) {
  let (network, surveys) = county(asked: count, seed: 1)
  var options = CalibrationOptions()
  options.draws = draws
  var used = 0
  let times = (0..<runs).map { _ in
    let start = cpuSeconds()
    used += calibrate(surveys, of: network, options).calibration.circuity.count
    return cpuSeconds() - start
  }.sorted()
  precondition(used > 0)
  print(
    name.padding(toLength: 60, withPad: " ", startingAt: 0)
      + String(format: "%9.2f s  (least %.2f)", times[runs / 2], times[0]))
}

@main
enum SurveysBenchmark {
  static func main() {
    report("1,000,000 answers, 1,000 draws", count: 1_000_000, draws: 1_000)
    report("10,000 answers, 1,000 draws", count: 10_000, draws: 1_000)
    report("1,200 answers, 1,000 draws", count: 1_200, draws: 1_000)
  }
}
