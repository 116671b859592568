import Foundation
import Geo
import Planning
import Travel

/// Measures who goes where in a nation: the points within reach of every place, the shares, the payments at every
/// point, the choice that the points' volumes tell, and accessibility (E2SFCA).
///
///     DemandBenchmark places.csv points.csv
///
/// The naive line beside ours is the same choice among all points, timed over a few places. What is timed is CPU of all
/// threads together, without reading the files; memory is the peak of the whole process.
@main
struct DemandBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2 else {
      FileHandle.standardError.write(Data("usage: DemandBenchmark <places.csv> <points.csv>\n".utf8))
      exit(64)
    }
    var network = try network(places: positions(in: arguments[0]), points: positions(in: arguments[1]))
    print(
      "\(network.places.count) places, \(network.points.count) points;",
      String(format: "%.0f MB before anything is asked", peakMegabytes()))

    var model = ChoiceModel(
      decay: .logLogistic, kinds: PointKind.allCases.filter { $0 != .villageCommittee })
    for i in 2..<model.parameterCount { model.coefficients[i] = log(Double(i)) }
    let counts = [Bool](repeating: true, count: network.points.count)
    let line = StraightLine(mode: .walk)

    let reach = measured("points within reach") {
      Reach.choices(of: network, counting: counts, mode: line.mode)
    }
    let shares = measured("shares") { ChoiceShares(of: model, reach: reach, points: network.points) }
    let demand = (0..<network.places.count).map { InPersonPayments().perMonth(of: network.places, $0) }
    let payments = measured("payments at the points") { shares.payments(of: demand) }
    let kept = payments.reduce(0, +) / demand.reduce(0, +)
    print("\(reach.entryCount) pairs within reach;", String(format: "%.6f of the payments shared out", kept))
    naive(network, model, line)
    _ = measured("accessibility (E2SFCA)") { FloatingCatchment(network, CoverageOptions()) }

    network.volumes = volumes(about: payments)
    let estimate = measured("choice from volumes alone") {
      ChoiceEstimate(of: network, surveys: DistanceSurveyTable(), ChoiceOptions())
    }
    print("\(estimate.comparedPoints) of \(estimate.knownPoints) points heard; estimate (95 %), truth:")
    for (i, parameter) in estimate.parameters.enumerated() {
      let bounds = [parameter.interval.lowerBound, parameter.interval.upperBound]
      print(
        "  " + parameter.name.padding(toLength: 28, withPad: " ", startingAt: 0),
        String(format: "%.3f (%.3f-%.3f)", parameter.value, bounds[0], bounds[1]),
        estimate.model.decay == model.decay ? String(format: "%.3f", exp(model.coefficients[i])) : "")
    }
  }

  /// One month about what is expected, each point off by a factor of its own with a log standard deviation of 0.3.
  private static func volumes(about payments: [Double]) -> VolumeTable {
    var table = VolumeTable()
    table.months = ["2015-01"]
    var state: UInt64 = 2015
    func unit() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    for (point, expected) in payments.enumerated() {
      let normal = (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit())
      table.points.append(Int32(point))
      table.monthIndices.append(0)
      table.payments.append(Int((expected * exp(0.3 * normal - 0.045)).rounded()))
      table.amountsFen.append(-1)
      table.busiestDayPayments.append(-1)
    }
    return table
  }

  /// The same choice among all points, over a few places.
  private static func naive(_ network: PaymentNetwork, _ model: ChoiceModel, _ line: StraightLine) {
    let places = (0..<20).map { network.places.count * $0 / 20 }
    let attractions = network.points.kinds.map { model.attraction(of: $0, counters: 1) }
    let points = (0..<network.points.count).map(network.points.coordinate(of:))
    let start = cpuSeconds()
    var sum = 0.0
    for place in places {
      let here = network.places.coordinate(of: place)
      for (point, there) in points.enumerated() {
        let seconds = line.seconds(over: here.distance(to: there), in: network.places.terrains[place])
        sum += attractions[point] * model.decay(minutes: Double(seconds) / 60)
      }
    }
    let each = (cpuSeconds() - start) / Double(places.count)
    print(
      "naive, all points".padding(toLength: 30, withPad: " ", startingAt: 0),
      String(
        format: "%8.0f s CPU by %d places (checksum %.3e)", each * Double(network.places.count), places.count,
        sum))
  }

  private static func network(
    places: [Coordinate<WGS84>], points: [Coordinate<WGS84>]
  ) -> PaymentNetwork {
    var network = PaymentNetwork()
    network.places.latitudes = places.map(\.latitude)
    network.places.longitudes = places.map(\.longitude)
    network.places.customers = places.indices.map { 100 + $0 % 300 }
    network.places.terrains = places.indices.map { Terrain.allCases[$0 % 3] }
    network.places.feeControlShares = places.map { _ in .nan }
    network.places.onlineShares = places.map { _ in .nan }
    network.places.settings = places.indices.map { $0 % 3 == 0 ? .town : .village }
    network.points.hours = points.map { _ in -1 }
    network.points.methods = points.map { _ in [] }
    network.points.places = points.map { _ in -1 }
    network.points.operators = points.map { _ in 0 }
    network.points.latitudes = points.map(\.latitude)
    network.points.longitudes = points.map(\.longitude)
    // One in fifty is a business hall, as in the sample county; the others are of all kinds.
    let others = PointKind.allCases.filter { $0 != .businessHall }
    network.points.kinds = points.indices.map { $0 % 50 == 0 ? .businessHall : others[$0 % others.count] }
    network.points.statuses = points.map { _ in .active }
    network.points.counters = points.indices.map { Int32($0 % 4) }
    return network
  }

  /// Prints the median CPU seconds of five runs, and the most memory so far.
  private static func measured<Answer>(_ name: String, _ body: () -> Answer) -> Answer {
    var times: [Double] = []
    var answer: Answer?
    for _ in 0..<5 {
      answer = nil
      let start = cpuSeconds()
      answer = body()
      times.append(cpuSeconds() - start)
    }
    print(
      name.padding(toLength: 30, withPad: " ", startingAt: 0),
      String(format: "%8.2f s CPU %6.0f MB", times.sorted()[2], peakMegabytes()))
    return answer!
  }

  private static func positions(in file: String) throws -> [Coordinate<WGS84>] {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let header = lines[0].split(separator: ",")
    guard let x = header.firstIndex(of: "longitude"), let y = header.firstIndex(of: "latitude") else {
      FileHandle.standardError.write(Data("\(file): expected columns longitude and latitude\n".utf8))
      exit(65)
    }
    return lines.dropFirst().compactMap { line in
      let row = line.split(separator: ",", omittingEmptySubsequences: false)
      guard row.count > max(x, y), let longitude = Double(row[x]), let latitude = Double(row[y]) else {
        return nil
      }
      return Coordinate(latitude: latitude, longitude: longitude)
    }
  }

  private static func usage() -> rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }

  private static func cpuSeconds() -> Double {
    let usage = usage()
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private static func peakMegabytes() -> Double { Double(usage().ru_maxrss) / 1024 }
}
