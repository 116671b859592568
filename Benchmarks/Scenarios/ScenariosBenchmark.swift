import Foundation
import Geo
import Planning
import TestSupport
import Travel

/// Measures what a change costs, beside an answer from scratch.
///
///     ScenariosBenchmark nation 660000 1000000
///     ScenariosBenchmark closures 4000 755
///     ScenariosBenchmark roads porto.gpkg.8a51….roads 4000 755
///
/// The last takes the saved graph beside an atlas. Prints medians and 95th percentiles of the CPU milliseconds of random changes, each with the figures after it, how many
/// times faster that is than from scratch, and the memory of the engine a place. The answer after all changes, and after all of
/// them were taken back, is compared with one from scratch.
@main
struct ScenariosBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("nation", 3):
      guard let places = Int(arguments[1]), let points = Int(arguments[2]) else { return usage() }
      changes(of: Counties.nation(places: places, points: points), CoverageOptions(), rounds: 1_000)
    case ("closures", 3):
      guard let places = Int(arguments[1]), let points = Int(arguments[2]) else { return usage() }
      closures(of: Counties.county(places: places, points: points), CoverageOptions(), count: 10_000)
    case ("roads", 4):
      guard let places = Int(arguments[2]), let points = Int(arguments[3]) else { return usage() }
      let bytes = NSData(data: try Data(contentsOf: URL(fileURLWithPath: arguments[1])))
      let file = try RoadNetworkFile.decode(
        bytes: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.length), keeper: Keeper(bytes))
      let roads = file.network
      let (latitudes, longitudes) = (roads.junctionLatitudes, roads.junctionLongitudes)
      var network = Counties.county(
        places: places, points: points,
        latitudes: Double(latitudes.min() ?? 0) / 1e7...Double(latitudes.max() ?? 0) / 1e7,
        longitudes: Double(longitudes.min() ?? 0) / 1e7...Double(longitudes.max() ?? 0) / 1e7)
      network.roads = NetworkRoads(file)
      say("\(roads.junctionCount) junctions")
      var options = CoverageOptions()
      options.travel = .roads
      changes(of: network, options, rounds: 500)
      options.standard.village = .within(.minutes(15), .ebike)
      say("on foot in town, by e-bike in the country:")
      changes(of: network, options, rounds: 500)
      closures(of: network, options, count: 1_000)
    default: usage()
    }
  }

  private static func usage() {
    FileHandle.standardError.write(
      Data(
        "usage: ScenariosBenchmark nation PLACES POINTS | closures PLACES POINTS | roads GRAPH PLACES POINTS\n"
          .utf8))
    exit(64)
  }

  private static func timed<Answer>(_ body: () -> Answer) -> (answer: Answer, seconds: Double) {
    let start = cpuSeconds()
    let answer = body()
    return (answer, cpuSeconds() - start)
  }

  private static func changes(of network: PaymentNetwork, _ options: CoverageOptions, rounds: Int) {
    let scratch = (0..<3).map { _ in timed { coverage(of: network, options) } }
    let (fresh, freshSeconds) = (scratch[0].answer, scratch.map(\.seconds).percentile(50))
    let before = residentBytes()
    var (engine, madeSeconds) = timed { IncrementalCoverage(of: network, options) }
    // The first change makes the tables of positions the engine's own.
    engine.close(0)
    engine.open(network.points.attributes(of: 0))
    engine.undo()
    engine.undo()
    let bytes = Double(residentBytes() - before) / Double(max(1, network.places.count))
    say(
      String(
        format: "%d places, %d points: from scratch %.3f s, engine made in %.3f s, %.0f bytes a place",
        network.places.count, network.points.count, freshSeconds, madeSeconds, bytes))

    var random = SeededGenerator(seed: 3)
    var times: [String: [Double]] = [:]
    func measure(_ name: String, _ body: () -> Void) {
      let (summary, seconds) = timed {
        body()
        return engine.summary
      }
      precondition(summary.all.places.total == network.places.count, "a summary of all places is expected")
      times[name, default: []].append(seconds * 1_000)
    }
    for _ in 0..<rounds {
      let point = Int.random(in: 0..<network.points.count, using: &random)
      let other = Int.random(in: 0..<network.points.count, using: &random)
      var attributes = network.points.attributes(of: other)
      let position = Coordinate<WGS84>(
        latitude: attributes.coordinate.latitude + .random(in: -0.01...0.01, using: &random),
        longitude: attributes.coordinate.longitude + .random(in: -0.01...0.01, using: &random))
      if let position { attributes.coordinate = position }
      switch Int.random(in: 0..<3, using: &random) {
      case 0: measure("close") { engine.close(point) }
      case 1: measure("open") { engine.open(attributes) }
      default: measure("move") { engine.move(point, to: attributes.coordinate) }
      }
      if Int.random(in: 0..<3, using: &random) == 0 { measure("undo") { engine.undo() } }
    }
    while engine.changeCount > 0 { engine.undo() }
    for (name, milliseconds) in times.sorted(by: { $0.key < $1.key }) {
      let median = milliseconds.percentile(50)
      say(
        String(
          format: "%@ median %.3f ms, 95 %% %.3f ms, most %.3f ms: %.0f times faster than from scratch",
          name.padding(toLength: 6, withPad: " ", startingAt: 0), median, milliseconds.percentile(95),
          milliseconds.percentile(100), freshSeconds * 1_000 / median))
    }
    say(
      engine.coverage == fresh ? "all taken back: the answer from scratch" : "WRONG after all was taken back")
  }

  private static func closures(of network: PaymentNetwork, _ options: CoverageOptions, count: Int) {
    let engine = IncrementalCoverage(of: network, options)
    let points = (0..<count).map { $0 % network.points.count }
    let (table, seconds) = timed { engine.summaries(closingEachOf: points) }
    say(
      String(
        format: "%d closures of a county of %d points and %d places: %.3f s", count, network.points.count,
        network.places.count, seconds))
    var wrong = 0
    for point in stride(from: 0, to: min(count, network.points.count), by: max(1, network.points.count / 20))
    {
      var closed = network
      closed.points.statuses[point] = .closed
      if coverage(of: closed, options).summary != table[point] { wrong += 1 }
    }
    say(wrong == 0 ? "those tried equal answers from scratch" : "WRONG: \(wrong) differ")
  }
}

/// Keeps the bytes that roads point into.
private final class Keeper: Sendable {
  private nonisolated(unsafe) let bytes: NSData

  init(_ bytes: NSData) { self.bytes = bytes }
}
