public import Planning

/// What surveys, volumes and feedback say, for the chapters of the report beyond coverage.
public struct ReportEvidence: Sendable {
  let surveys: Surveys
  let found: ReviewEvidence
  let review: Review
  let calibration: Calibration?
  let byHour: CoverageByHour?
  let byWay: CoverageByWay?
  let findings: [DataFinding]?

  /// Above so many places and points together, coverage is not asked for hour by hour and way by way, and
  /// the data are not checked.
  public static let mostSites = 100_000

  /// Asks everything that the chapters tell.
  ///
  /// - Parameters:
  ///   - options: the question that the report's coverage answers.
  ///   - calibration: the factors that it was asked with; `nil` for the defaults.
  /// - Complexity: that of `coverage` up to 180 times for a county; for more than `mostSites`, a few times.
  public init(
    _ network: PaymentNetwork, _ surveys: Surveys, _ options: CoverageOptions, calibration: Calibration?
  ) {
    self.surveys = surveys
    self.calibration = calibration
    let waiting = WaitingOptions()
    found = ReviewEvidence(
      network, surveys, coverage: options, waiting: waiting, viability: ViabilityOptions(),
      months: waiting.months)
    review = Planning.review(of: network, surveys, found)
    let isSmall = network.places.count + network.points.count <= Self.mostSites
    byHour = isSmall ? coverageByHour(of: network, options) : nil
    byWay = isSmall ? coverageByWay(of: network, options) : nil
    findings = isSmall ? checkData(network) : nil
  }
}
