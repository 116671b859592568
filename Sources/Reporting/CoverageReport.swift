public import Geo
public import Planning
import Travel
public import Words

/// The report on who can pay nearby: one HTML file without script and without anything to fetch, for screen and A4.
///
///     let report = CoverageReport(
///       network: network, coverage: coverage, circles: circles, version: "0.1.0", stamp: nil,
///       language: .chinese)
///     try Data(report.html().utf8).write(to: file)
///
/// The same values make the same bytes on every machine: no clock and no locale is asked. Names out of the network
/// may hold any character; what markup or XML cannot carry is escaped or replaced by U+FFFD.
public struct CoverageReport: Sendable {
  private let contents: ReportContents

  /// A report on `network`.
  ///
  /// - Parameters:
  ///   - network: the snapshot `coverage` was asked of; its roads, where it has some, lie under the maps.
  ///   - coverage: the answer. Asked with the breakdown `.township`, the report has a table of the townships.
  ///   - circles: the merged area within the town's time limit of some point that counts; empty to draw none,
  ///     as where `showsCircles(of:_:)` says that they could not be seen.
  ///   - evidence: what surveys, volumes and feedback say; `nil` for a report on coverage alone.
  ///   - version: the program's version, such as `0.1.0`.
  ///   - stamp: the time of making, printed as given and labeled as such; `nil` to print none.
  ///   - language: the language of everything that is not a name.
  ///   - plan: the plan that the chapter of proposals tells of; `nil` for no such chapter.
  ///   - targets: what the first page holds the figures against.
  ///   - change: what has become of coverage since an earlier report; `nil` where there is none to compare with.
  ///   - scenarios: what they would change, each a chapter.
  /// - Precondition: `coverage` has a verdict on each place and each point of `network`.
  public init(
    network: PaymentNetwork, coverage: Coverage, circles: [Polygon], evidence: ReportEvidence? = nil,
    version: String, stamp: String?, language: Language, plan: KeptPlan? = nil,
    targets: ReportTargets = .init(), change: CoverageChange? = nil, scenarios: [ScenarioOutcome] = []
  ) {
    let columns = [
      coverage.isServed.count, coverage.nearestPoints.count, coverage.seconds.count, coverage.meters.count,
      coverage.reasons.count,
    ]
    precondition(
      columns.allSatisfy { $0 == network.places.count } && coverage.counts.count == network.points.count,
      "the coverage must be that of the network: \(columns) verdicts for \(network.places.count) places, "
        + "\(coverage.counts.count) for \(network.points.count) points")
    contents = ReportContents(
      network: network, coverage: coverage, circles: circles, evidence: evidence, version: version,
      stamp: stamp, language: language, plan: plan, targets: targets, change: change, scenarios: scenarios)
  }

  /// Whether the maps of a report on `network` can show the payment circles: a circle on the plain is at least as wide as the sign of
  /// a place, on the more enlarged of the county's maps. A nation's circles are not, and need not be merged for its report.
  ///
  /// - Complexity: O(*places* + *points* + *corners of boundaries*).
  public static func showsCircles(of network: PaymentNetwork, _ options: CoverageOptions) -> Bool {
    let whole = MapProjection(showing: MapDrawing.extent(of: network))
    let isEnlarged = MapDrawing.busiestPart(of: network.places, in: whole) != nil
    let standard = options.standard
    let limit = TravelTime.seconds(standard.townLimit.seconds / (standard.countsReturn ? 2 : 1))
    let line = StraightLine(mode: standard.townMode, factors: options.factors)
    let reach = line.distance(within: limit, in: .plain).meters
    let unit = whole.metersPerUnit / Double(isEnlarged ? MapDrawing.zoom : 1)
    return 2 * reach >= MapSymbol.placeWidth * unit
  }

  /// The report as HTML that is also well-formed XML, in UTF-8.
  ///
  /// Asked on roads, it sets straight lines beside them.
  ///
  /// - Complexity: O(*places* log *places* + *points* + *corners of circles, boundaries and roads*), and on roads that of
  ///   `coverage` by straight line. Above 20,000 places the map draws cells, and of too many roads only the greater
  ///   ones, so that the file stays within a few megabytes.
  public func html() -> String { ReportHTML(page: contents.page()).text() }

  /// The map that the report begins with, as an SVG element that stands alone, 1,000 units wide: with its legend and, below it,
  /// what the report around it would say.
  ///
  /// Styled by presentation attributes and with nothing to fetch, so that other programs show it too.
  ///
  /// - Complexity: O(*places* + *points* + *corners of circles, boundaries and roads*).
  public func mapSVG() -> String {
    contents.map(.whole)?.alone(saying: contents.mapLines).svg() ?? ""
  }
}
