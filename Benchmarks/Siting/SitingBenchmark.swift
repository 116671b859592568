import Foundation
import Planning

/// Measures plans with proof, from the places in memory to the proven plan.
///
///     SitingBenchmark max FOLDER [SECONDS [GAP [SITES]]]    // maximal covering of a folder that make_siting.py wrote
///     SitingBenchmark all FOLDER [SECONDS]                  // set covering of it
///     SitingBenchmark curve FOLDER SITES
///     SitingBenchmark capacitated FILE                      // that make_capacitated.py wrote
///     SitingBenchmark cordeau PLACES                        // 4 radii and 9 numbers of sites
///     SitingBenchmark medians FILE...                       // p-median of OR-Library's graphs
///     SitingBenchmark centers FILE...                       // p-center of them
///     SitingBenchmark francisco FOLDER                      // the 25 known values of spopt's case
///     SitingBenchmark answer                                // questions as lines of JSON, see Asked
///
/// Prints CPU seconds of finding who covers what (cover), of merging and solving (solve), of the whole process so far with reading
/// (whole), and the peak memory of the process. `--certificates FOLDER` writes a certificate of every plan there.
@main
struct SitingBenchmark {
  let certificates: CertificateFolder

  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    var certificates = CertificateFolder()
    if let at = arguments.firstIndex(of: "--certificates"), at + 1 < arguments.count {
      certificates.path = arguments[at + 1]
      arguments.removeSubrange(at...at + 1)
    }
    let benchmark = SitingBenchmark(certificates: certificates)
    let kind = arguments.first ?? ""
    let rest = Array(arguments.dropFirst())
    if kind == "answer" { return try Asked.answerAll() }
    guard let what = rest.first else {
      FileHandle.standardError.write(
        Data(
          """
          usage: SitingBenchmark max|all|curve FOLDER [SECONDS [GAP [SITES]]] | cordeau PLACES | medians|centers FILE...
                 | francisco FOLDER | capacitated FILE | answer    [--certificates FOLDER]

          """.utf8))
      exit(64)
    }
    try benchmark.measure(kind, what, rest)
  }

  private func measure(_ kind: String, _ what: String, _ rest: [String]) throws {
    let numbers = rest.compactMap(Double.init)
    let seconds = numbers.first ?? 60
    let name = what.split(separator: "/").last.map(String.init) ?? what
    switch kind {
    case "max":
      let instance = try Instance(folder: what)
      try maximal(
        instance, seconds: seconds, gap: numbers.count > 1 ? numbers[1] : 0,
        count: numbers.count > 2 ? Int(numbers[2]) : instance.count, name: name)
    case "all": try everyone(Instance(folder: what), seconds: seconds, name: name)
    case "curve": curve(try Instance(folder: what), upTo: Int(seconds), name: name)
    case "cordeau": try cordeau(places: Int(what) ?? 10_000)
    case "capacitated": capacitated(try CapacitatedInstance(file: what), name: name)
    case "medians": try medians(rest)
    case "centers": try centers(rest)
    case "francisco": try francisco(SanFrancisco(folder: what))
    default: exit(64)
    }
  }

  private func maximal(_ instance: Instance, seconds: Double, gap: Double, count: Int, name: String) throws {
    let (rows, cover) = timed { instance.sitesOfPlaces() }
    let start = cpuSeconds()
    let table = CoverTable(siteCount: instance.sites.count, weights: instance.weights, sitesOfPlaces: rows)
    var question = MaximalCovering(.sites(count))
    question.gap = gap
    let plan = question.plan(for: table) { cpuSeconds() - start > seconds }
    tell("\(name) p=\(count)", table, cover, cpuSeconds() - start, plan)
    try certificates.write(plan.certificate, "\(name)-\(count)")
  }

  private func everyone(_ instance: Instance, seconds: Double, name: String) throws {
    let (rows, cover) = timed { instance.sitesOfPlaces() }
    let start = cpuSeconds()
    let table = CoverTable(siteCount: instance.sites.count, weights: instance.weights, sitesOfPlaces: rows)
    let answer = SetCovering().plan(for: table) { cpuSeconds() - start > seconds }
    tell("\(name) everyone", table, cover, cpuSeconds() - start, answer.plan)
    try certificates.write(answer.plan.certificate, name)
  }

  private func curve(_ instance: Instance, upTo most: Int, name: String) {
    let table = CoverTable(
      siteCount: instance.sites.count, weights: instance.weights, sitesOfPlaces: instance.sitesOfPlaces())
    let (curve, seconds) = timed { CoverageCurve(of: table, upTo: most) }
    let gaps = zip(curve.values, curve.bounds).map { $0 == $1 ? 0 : Double($1 - $0) / Double(max(1, $0)) }
    say(
      String(
        format: "%@ curve of %d: %.3f s, largest gap %.2f %%, mean %.2f %%", name, most, seconds,
        (gaps.max() ?? 0) * 100, gaps.reduce(0, +) / Double(gaps.count) * 100))
  }

  private func capacitated(_ instance: CapacitatedInstance, name: String) {
    let start = cpuSeconds()
    let answer = instance.question.solve { false }
    say(
      String(
        format: "%@: solve %.2f s, %.0f MB: value %d bound %d gap %.3f %%, %d sites", name,
        cpuSeconds() - start, peakMegabytes(), answer.value, answer.bound, answer.gap * 100,
        answer.sites.count))
  }

  private func cordeau(places: Int) throws {
    for radius in [5.5, 5.75, 6, 6.25] {
      let instance = facilityCovering(places: places, radius: radius, count: 10)
      for count in 7...15 {
        try maximal(instance, seconds: 60, gap: 0, count: count, name: "cordeau-\(places)-r\(radius)")
      }
    }
  }

  private func medians(_ files: [String]) throws {
    var total = 0.0
    var proven = 0
    for file in files {
      let graph = try GraphMedians(file: file)
      let question = PMedian(graph.costs, p: graph.p)
      let start = cpuSeconds()
      let answer = question.solve { cpuSeconds() - start > 60 }
      let seconds = cpuSeconds() - start
      tell(
        "\(graph.name) n=\(graph.nodeCount) p=\(graph.p) median", seconds, answer.value, answer.bound,
        known: graph.optimum.map(Double.init), "\(answer.nodes) parts")
      try certificates.write(MedianCertificate(of: answer, to: question), "\(graph.name)-median")
      total += seconds
      proven += answer.isProven ? 1 : 0
    }
    say(String(format: "medians: %d of %d proven, solve %.3f s together", proven, files.count, total))
  }

  private func centers(_ files: [String]) throws {
    var total = 0.0
    var proven = 0
    for file in files {
      let graph = try GraphMedians(file: file)
      let question = PCenter(graph.costs, p: graph.p)
      let start = cpuSeconds()
      let answer = question.solve { cpuSeconds() - start > 60 }
      let seconds = cpuSeconds() - start
      tell(
        "\(graph.name) n=\(graph.nodeCount) p=\(graph.p) center", seconds, answer.radius, answer.bound,
        known: nil,
        "\(answer.proof?.nodes.count ?? 0) nodes")
      try certificates.write(CenterCertificate(of: answer, to: question), "\(graph.name)-center")
      total += seconds
      proven += answer.isProven ? 1 : 0
    }
    say(String(format: "centers: %d of %d proven, solve %.3f s together", proven, files.count, total))
  }

  private func francisco(_ case: SanFrancisco) throws {
    let table = `case`.table
    let (weighted, plain) = (`case`.costs(areWeighted: true), `case`.costs(areWeighted: false))
    for known in `case`.known {
      let name = "francisco-\(known.problem)-\(known.count)"
      let (value, bound): (Int, Int)
      let start = cpuSeconds()
      let seconds: Double
      switch known.problem {
      case "MCLP", "LSCP":
        let plan =
          known.problem == "MCLP"
          ? MaximalCovering(.sites(known.count)).plan(for: table) : SetCovering().plan(for: table).plan
        seconds = cpuSeconds() - start
        (value, bound) = (plan.value, plan.bound)
        try certificates.write(plan.certificate, name)
      case "p-median":
        let question = PMedian(weighted, p: known.count)
        let answer = question.solve { false }
        seconds = cpuSeconds() - start
        (value, bound) = (answer.value, answer.bound)
        try certificates.write(MedianCertificate(of: answer, to: question), name)
      default:
        let question = PCenter(plain, p: known.count)
        let answer = question.solve { false }
        seconds = cpuSeconds() - start
        (value, bound) = (answer.radius, answer.bound)
        try certificates.write(CenterCertificate(of: answer, to: question), name)
      }
      let unit = known.problem.hasPrefix("p-") ? SanFrancisco.unit : 1
      tell(name, seconds, value, bound, known: known.value, unit: unit, "")
    }
  }

  private func tell(
    _ name: String, _ table: CoverTable, _ cover: Double, _ seconds: Double, _ plan: SitePlan
  ) {
    let verdict =
      plan.isProven
      ? "proven, \(plan.certificate.nodes.count) nodes" : String(format: "gap %.3f %%", plan.gap * 100)
    say(
      String(
        format: "%@: %d rows, cover %.3f s, solve %.3f s, whole %.3f s, %.0f MB: value %d bound %d %@", name,
        table.rows.count, cover, seconds, cpuSeconds(), peakMegabytes(), plan.value, plan.bound, verdict))
  }

  private func tell(
    _ name: String, _ seconds: Double, _ value: Int, _ bound: Int, known: Double?, unit: Double = 1,
    _ remark: String
  ) {
    // Rounding each way to a whole number of units moves a sum by less than this.
    let agrees = known.map { abs(Double(value) / unit - $0) <= (unit > 1 ? 0.002 : 0) }
    let beside = agrees.map { $0 ? ", as known" : ", KNOWN IS \(known ?? 0)" } ?? ""
    say(
      String(
        format: "%@: solve %.4f s: value %@ %@%@ %@", name, seconds,
        unit > 1 ? String(format: "%.4f", Double(value) / unit) : "\(value)",
        value == bound ? "proven" : "bound \(bound)", beside, remark))
  }
}
