import Foundation
import Geo
import TestSupport
import Travel

/// Measures `coverageArea`: circles of 577 m, the ten-minute circle of a town in the plain.
///
///     CirclesBenchmark net 1000000
///     CirclesBenchmark points.csv
///
/// A net is the worst case: a jittered lattice of one site for each circle's area, where all circles hang together
/// and two fifths of their edges stay. What is timed is CPU of all threads together, from sites to polygons, without
/// reading the file.
@main
struct CirclesBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let sites: [Coordinate<WGS84>]
    if arguments.count == 2, arguments[0] == "net", let count = Int(arguments[1]), count > 0 {
      sites = net(of: count)
    } else if arguments.count == 1 {
      sites = try positions(in: arguments[0])
    } else {
      FileHandle.standardError.write(Data("usage: CirclesBenchmark net <count> | <csv file>\n".utf8))
      exit(64)
    }
    let start = cpuSeconds()
    let area = try coverageArea(around: sites, radii: sites.map { _ in radius })
    let seconds = cpuSeconds() - start
    let holes = area.reduce(0) { $0 + $1.holes.count }
    let corners = area.reduce(0) { $0 + $1.exterior.count + $1.holes.reduce(0) { $0 + $1.count } }
    print(
      String(format: "%9d circles %7.2f s CPU %6.0f MB", sites.count, seconds, peakMegabytes()),
      "\(area.count) polygons \(holes) holes \(corners) corners")
  }

  private static let radius = Distance.meters(577)

  /// A lattice of one site for each circle's area, each moved by up to half a step.
  private static func net(of count: Int) -> [Coordinate<WGS84>] {
    var rng = SeededGenerator(seed: 2015)
    let side = Int(Double(count).squareRoot().rounded(.up))
    let step = radius.meters * Double.pi.squareRoot() / (earthRadiusMeters * .pi / 180)
    return (0..<count).compactMap { index in
      let latitude = 25 + (Double(index / side) + .random(in: -0.5...0.5, using: &rng)) * step
      let east = (Double(index % side) + .random(in: -0.5...0.5, using: &rng)) * step
      return Coordinate(latitude: latitude, longitude: 100 + east / cos(latitude * .pi / 180))
    }
  }

  /// The columns `longitude` and `latitude` of a CSV file without quotes.
  private static func positions(in path: String) throws -> [Coordinate<WGS84>] {
    let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    func fields(_ line: Substring.UTF8View) -> [Substring] {
      line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { Substring($0) }
    }
    let head = (lines.first.map(fields) ?? []).map { String($0) }
    guard let x = head.firstIndex(of: "longitude"), let y = head.firstIndex(of: "latitude") else { return [] }
    return lines.dropFirst().compactMap { line in
      let row = fields(line)
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
