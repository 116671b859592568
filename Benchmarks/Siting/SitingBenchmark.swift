import Foundation
import Planning

/// Measures covering plans, from the places in memory to the proven plan.
///
///     SitingBenchmark max FOLDER [SECONDS [GAP [SITES]]]    // maximal covering of a folder that make_siting.py wrote
///     SitingBenchmark all FOLDER [SECONDS]                  // set covering of it
///     SitingBenchmark cordeau PLACES                        // 4 radii and 9 numbers of sites
///     SitingBenchmark curve FOLDER SITES
///     SitingBenchmark capacitated FILE                      // that make_capacitated.py wrote
///
/// Prints CPU seconds of finding who covers what (cover), of merging and solving (solve), and the peak memory of the process.
@main
struct SitingBenchmark {
  static func main() throws {
    var arguments = CommandLine.arguments.dropFirst()
    let kind = arguments.popFirst()
    guard let what = arguments.popFirst() else {
      FileHandle.standardError.write(
        Data(
          "usage: SitingBenchmark max|all|curve FOLDER [SECONDS [GAP [SITES]]] | cordeau PLACES | capacitated FILE\n"
            .utf8))
      exit(64)
    }
    let numbers = arguments.compactMap(Double.init)
    let seconds = numbers.first ?? 60
    switch kind {
    case "max":
      let instance = try Instance(folder: what)
      maximal(
        instance, seconds: seconds, gap: numbers.count > 1 ? numbers[1] : 0,
        count: numbers.count > 2 ? Int(numbers[2]) : instance.count, name: what)
    case "all": everyone(try Instance(folder: what), seconds: seconds, name: what)
    case "curve": curve(try Instance(folder: what), upTo: Int(seconds), name: what)
    case "capacitated": capacitated(try CapacitatedInstance(file: what), name: what)
    case "cordeau": cordeau(places: Int(what) ?? 10_000)
    default: exit(64)
    }
  }

  /// Who covers what; finding it is the grid's work and told apart from the solver's.
  private static func pairs(_ instance: Instance) -> (rows: FlatRows, seconds: Double) {
    let start = cpuSeconds()
    let rows = instance.sitesOfPlaces()
    return (rows, cpuSeconds() - start)
  }

  private static func maximal(_ instance: Instance, seconds: Double, gap: Double, count: Int, name: String) {
    let (rows, coverSeconds) = pairs(instance)
    let start = cpuSeconds()
    let table = CoverTable(siteCount: instance.sites.count, weights: instance.weights, sitesOfPlaces: rows)
    var question = MaximalCovering(.sites(count))
    question.gap = gap
    let plan = question.plan(for: table) { cpuSeconds() - start > seconds }
    tell("\(name) p=\(count)", table, coverSeconds, cpuSeconds() - start, plan)
  }

  private static func everyone(_ instance: Instance, seconds: Double, name: String) {
    let (rows, coverSeconds) = pairs(instance)
    let start = cpuSeconds()
    let table = CoverTable(siteCount: instance.sites.count, weights: instance.weights, sitesOfPlaces: rows)
    let answer = SetCovering().plan(for: table) { cpuSeconds() - start > seconds }
    tell("\(name) everyone", table, coverSeconds, cpuSeconds() - start, answer.plan)
  }

  private static func curve(_ instance: Instance, upTo most: Int, name: String) {
    let start = cpuSeconds()
    let table = CoverTable(
      siteCount: instance.sites.count, weights: instance.weights, sitesOfPlaces: instance.sitesOfPlaces())
    let curve = CoverageCurve(of: table, upTo: most)
    let gaps = zip(curve.values, curve.bounds).map { $0 == $1 ? 0 : Double($1 - $0) / Double(max(1, $0)) }
    say(
      String(
        format: "%@ curve of %d: %.3f s, largest gap %.2f %%, mean %.2f %%", name, most, cpuSeconds() - start,
        (gaps.max() ?? 0) * 100, gaps.reduce(0, +) / Double(gaps.count) * 100))
  }

  private static func capacitated(_ instance: CapacitatedInstance, name: String) {
    let start = cpuSeconds()
    let answer = instance.question.solve { false }
    say(
      String(
        format: "%@: solve %.2f s, %.0f MB: value %d bound %d gap %.3f %%, %d sites", name,
        cpuSeconds() - start, peakMegabytes(), answer.value, answer.bound, answer.gap * 100,
        answer.sites.count))
  }

  private static func cordeau(places: Int) {
    for radius in [5.5, 5.75, 6, 6.25] {
      let instance = facilityCovering(places: places, radius: radius, count: 10)
      for count in 7...15 {
        maximal(instance, seconds: 60, gap: 0, count: count, name: "cordeau \(places) r=\(radius)")
      }
    }
  }

  private static func tell(
    _ name: String, _ table: CoverTable, _ coverSeconds: Double, _ seconds: Double, _ plan: SitePlan
  ) {
    say(
      String(
        format: "%@: %d rows, cover %.3f s, solve %.3f s, %.0f MB: value %d bound %d %@", name,
        table.rows.count,
        coverSeconds, seconds, peakMegabytes(), plan.value, plan.bound,
        plan.isProven
          ? "proven, \(plan.certificate.nodes.count) nodes" : String(format: "gap %.3f %%", plan.gap * 100)))
  }
}
