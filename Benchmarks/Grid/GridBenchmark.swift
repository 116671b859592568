import Foundation
import Geo

/// Measures `GridIndex` on two files of coordinates.
///
///     GridBenchmark make 1000000 places.csv 1
///     GridBenchmark make 1000000 points.csv 2
///     GridBenchmark places.csv points.csv 1000 4000
///
/// The answers are printed as sums, so that another program's can be compared; what is timed is CPU of all
/// threads together, from coordinates to answers, without reading the files.
@main
struct GridBenchmark {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if arguments.count == 4, arguments[0] == "make", let count = Int(arguments[1]),
        let seed = Int(arguments[3])
      {
        try CoordinateFile.write(clusteredOverChina(count: max(0, count), seed: seed), to: arguments[2])
      } else if arguments.count >= 2, let radii = radii(arguments.dropFirst(2)) {
        try measure(places: CoordinateFile(arguments[0]), points: CoordinateFile(arguments[1]), radii: radii)
      } else {
        try fail(
          "usage: GridBenchmark places.csv points.csv [radius in meters ...]\n"
            + "       GridBenchmark make <count> <file> <seed>")
      }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func radii(_ arguments: ArraySlice<String>) -> [Double]? {
    let radii = arguments.compactMap { Double($0) }.filter { $0 >= 0 }
    return radii.count == arguments.count ? radii : nil
  }

  private static func measure(places: CoordinateFile, points: CoordinateFile, radii: [Double]) {
    print("\(places.count) places, \(points.count) points; CPU seconds")
    let start = cpuSeconds()
    let index = GridIndex(latitudes: points.latitudes, longitudes: points.longitudes)
    let built = cpuSeconds()
    report("index", built - start, "project and arrange the points")

    let batch = PlaceBatch(latitudes: places.latitudes, longitudes: places.longitudes)
    let arranged = cpuSeconds()
    report("places", arranged - built, "project and sort the places, once for all questions below")

    let nearest = index.nearestIndices(toEach: batch)
    let found = cpuSeconds()
    report("nearest", found - arranged, "rows \(sum(nearest))")
    report("total", found - start, "")

    let table = index.nearest(1, toEach: batch)
    let measured = cpuSeconds()
    report(
      "nearest with meters", measured - found,
      "rows \(sum(table.indices)) meters \(oneDecimal(table.meters.reduce(0, +)))")

    let two = index.nearest(2, toEach: batch)
    report(
      "nearest two", cpuSeconds() - measured,
      "rows \(sum(two.indices)) meters \(oneDecimal(two.meters.reduce(0, +)))")

    for radius in radii {
      let start = cpuSeconds()
      let counts = index.counts(within: .meters(radius), ofEach: batch)
      report("within \(Int(radius)) m", cpuSeconds() - start, "pairs \(sum(counts))")
    }
    naive(places: places, points: points)
  }

  /// What it would take without an index: `distance(to:)` to every point, for a few places.
  private static func naive(places: CoordinateFile, points: CoordinateFile) {
    let pairs = 5_000_000
    let sample = min(places.count, max(1, pairs / max(1, points.count)))
    let candidates = (0..<points.count).map { points.coordinate($0) }
    let start = cpuSeconds()
    var meters = 0.0
    for row in 0..<sample {
      let place = places.coordinate(row * places.count / max(1, sample))
      meters += candidates.map { place.distance(to: $0).meters }.min() ?? 0
    }
    let seconds = cpuSeconds() - start
    report(
      "naive", seconds * Double(places.count) / Double(max(1, sample)),
      "full scan, extrapolated from \(sample) places (their meters \(oneDecimal(meters)))")
  }

  private static func report(_ step: String, _ seconds: Double, _ note: String) {
    let time = String(format: "%.3f", seconds)
    print((step + " " + time + (note.isEmpty ? "" : "  " + note)))
  }

  private static func sum(_ values: [Int32]) -> Int { values.reduce(0) { $0 + Int($1) } }

  private static func oneDecimal(_ value: Double) -> String { String(format: "%.1f", value) }

  /// User and system time of the whole process so far.
  private static func cpuSeconds() -> Double {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

/// A sentence for the terminal.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}

func fail(_ sentence: String) throws(BenchmarkError) -> Never { throw BenchmarkError(description: sentence) }
