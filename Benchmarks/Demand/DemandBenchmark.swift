import Foundation
import Geo
import Planning
import Travel

/// Measures who goes where in a nation: the points within reach of every place, the shares, and the payments at every
/// point.
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
    let network = try network(places: positions(in: arguments[0]), points: positions(in: arguments[1]))
    print(
      "\(network.places.count) places, \(network.points.count) points;",
      String(format: "%.0f MB before anything is asked", peakMegabytes()))

    var model = ChoiceModel(
      decay: .logLogistic, kinds: PointKind.allCases.filter { $0 != .villageCommittee })
    for i in 2..<model.parameterCount { model.coefficients[i] = log(Double(i)) }
    let counts = [Bool](repeating: true, count: network.points.count)
    let line = StraightLine(mode: .walk)

    let reach = measured("points within reach") { Reach.choices(of: network, counting: counts, line: line) }
    let shares = measured("shares") { ChoiceShares(of: model, reach: reach, points: network.points) }
    let demand = (0..<network.places.count).map { InPersonPayments().perMonth(of: network.places, $0) }
    let payments = measured("payments at the points") { shares.payments(of: demand) }
    let kept = payments.reduce(0, +) / demand.reduce(0, +)
    print("\(reach.entryCount) pairs within reach;", String(format: "%.6f of the payments shared out", kept))
    naive(network, model, line)
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
