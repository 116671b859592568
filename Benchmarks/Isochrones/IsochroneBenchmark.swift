import Foundation
import Geo
import TestSupport
import Travel

/// Measures the drawing of ten-minute areas on a saved road network, and how well they tell what is reached.
///
///     IsochroneBenchmark .build/benchmark/grid/network.roads 755
///
/// Prints CPU time of all threads: the median of several runs over all areas, divided by their number. Areas of fewer than 20
/// reached nodes are drawn but not judged.
@main
struct IsochroneBenchmark {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 2, let count = Int(arguments[1]), count > 0 else {
      FileHandle.standardError.write(Data("usage: IsochroneBenchmark <file.roads> <areas>\n".utf8))
      exit(64)
    }
    do {
      let roads = try SavedRoads(path: arguments[0]).roads
      for mode in [TravelMode.walk, .car] { try measure(roads, mode, count) }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }
}

private let runs = 3

private func measure(_ roads: RoadNetworkFile, _ mode: TravelMode, _ count: Int) throws {
  let limit = TravelTime.minutes(10)
  let milliseconds = UInt32(limit.seconds * 1_000)
  let search = RoadSearch(roads.graph(mode))
  let isochrones = timed("\(mode): tiles of the whole network", per: 1) {
    Isochrones(on: roads.network, by: mode)
  }
  let points = positions(count, search.graph)
  let reaches = timed("\(mode): searches, each", per: count) {
    search.mapReaches(of: points, within: milliseconds) { $1 }
  }
  let areas = try timed("\(mode): polygons, each", per: count) {
    try reaches.map { try isochrones.area(of: $0, within: limit) }
  }
  let corners = areas.joined().reduce(0) { $0 + $1.exterior.count + $1.holes.joined().count }
  let holes = areas.joined().reduce(0) { $0 + $1.holes.count }
  say(
    String(
      format: "  mean %.0f corners, %.1f pieces, %.1f holes", Double(corners) / Double(count),
      Double(areas.joined().count) / Double(count), Double(holes) / Double(count)))

  let judge = FidelityJudge(roads.network, mode)
  var fidelities: [Fidelity] = []
  for (area, reach) in zip(areas, reaches) {
    let fidelity = judge.judge(area, reach, within: milliseconds)
    if fidelity.reached >= 20 { fidelities.append(fidelity) }
  }
  say("\(mode): \(fidelities.count) areas judged", fidelities)

  let all = search.reach(of: points, within: milliseconds)
  let whole = try timed("\(mode): polygons of all points together", per: 1) {
    try isochrones.area(of: all, within: limit)
  }
  say("\(mode): all points together", [judge.judge(whole, all, within: milliseconds)])
}

/// Points at the middle of random edges that the mode can use.
private func positions(_ count: Int, _ graph: RoadGraph) -> [RoadPosition?] {
  var random = SeededGenerator(seed: 5)
  return (0..<count).map { _ in
    guard let arc = graph.forward.edges.randomElement(using: &random) else { return nil }
    return RoadPosition(edge: arc / 2, millimeters: graph.network.edgeMillimeters[Int(arc / 2)] / 2)
  }
}

/// Measures `body` several times, and prints the median.
private func timed<Answer>(_ name: String, per count: Int, _ body: () throws -> Answer) rethrows -> Answer {
  var times: [Double] = []
  var start = cpuSeconds()
  var answer = try body()
  times.append(cpuSeconds() - start)
  for _ in 1..<runs {
    start = cpuSeconds()
    answer = try body()
    times.append(cpuSeconds() - start)
  }
  times.sort()
  say(String(format: "%@ %.3f ms CPU", name, times[runs / 2] / Double(count) * 1_000))
  return answer
}

/// Means of the areas' shares, so that large areas count no more than small ones.
private func say(_ name: String, _ fidelities: [Fidelity]) {
  let count = Double(max(1, fidelities.count))
  say(
    String(
      format: "%@: %.2f %% of the reached nodes inside, %.2f %% of those inside not reached", name,
      fidelities.reduce(0) { $0 + $1.insideShare } / count * 100,
      fidelities.reduce(0) { $0 + $1.leakShare } / count * 100))
}

/// Shows a line at once, in pipes too.
private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// User and system time of the whole process so far.
private func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
