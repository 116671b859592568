public import Planning
import Travel
public import Words

/// What scenarios change, as one HTML file with a difference map, for screen and A4.
///
///     let report = ScenarioReport([outcome], version: "0.1.0", language: .chinese)
///     try writeWhole(report.html(), to: "plan.html")
///
/// The same values make the same bytes on every machine. Names may hold any character; what markup or XML cannot carry is escaped.
public struct ScenarioReport: Sendable {
  private let outcomes: [ScenarioOutcome]
  private let version: String
  private let language: Language

  /// A report on one scenario, or several side by side.
  ///
  /// - Precondition: there is at least one.
  public init(_ outcomes: [ScenarioOutcome], version: String, language: Language) {
    precondition(!outcomes.isEmpty, "at least one scenario is expected")
    self.outcomes = outcomes
    self.version = version
    self.language = language
  }

  /// The report as HTML that is also well-formed XML, without script and without anything to fetch.
  ///
  /// - Complexity: O(*places* + *points* + *corners of boundaries and roads*) for each scenario.
  public func html() -> String { ReportHTML(page: page).text() }

  /// The difference map of the first scenario, as an SVG element that stands alone.
  public func mapSVG() -> String { ScenarioMap(outcome: outcomes[0], language: language).svg() }

  private var page: ReportPage {
    let first = outcomes[0]
    let isSynthetic = first.network.sources.contains(where: \.isSynthetic)
    var sections = outcomes.count > 1 ? [comparison] : []
    for outcome in outcomes {
      let chapter = ScenarioSections(outcome: outcome, language: language)
      sections += outcomes.count > 1 ? chapter.named(outcome.scenario.name) : chapter.sections
    }
    let sentences = ReportSentences(language)
    return ReportPage(
      language: language,
      title: sentences.headed(
        ScenarioWord.whatIf[language], sentences.listed(outcomes.map(\.scenario.name))),
      subtitle: first.before.options.standard.name,
      warnings: isSynthetic ? [ReportWord.synthetic[language]] : [], sections: sections,
      foot: ["\(ReportWord.madeBy[language]) paycircle \(version)", ReportWord.internalMaterial[language]],
      sheetFoot: ReportWord.internalMaterial[language], generator: "paycircle \(version)")
  }

  private var comparison: ReportPage.Section {
    func row(_ name: String, _ coverage: Coverage, _ elderly: Tally, _ outcome: ScenarioOutcome?)
      -> [ReportPage.Cell]
    {
      let summary = coverage.summary
      return [
        .init(name), .init(Figures.whole(summary.all.customers.served)),
        .init(Figures.percent(summary.all.customers.share), bar: summary.all.customers.share),
        .init(outcome.map { Figures.whole($0.gained.count) } ?? ""),
        .init(outcome.map { Figures.whole($0.lost.count) } ?? ""), .init(Figures.percent(elderly.share)),
        .init(Figures.minutes(meanSeconds: summary.seconds.mean)),
        .init(Figures.whole(summary.villages.withPoint)),
      ]
    }
    let first = outcomes[0]
    return .init(
      title: ScenarioWord.sideBySide[language],
      blocks: [
        .table(
          .init(
            caption: "",
            columns: [
              .text(ScenarioWord.scenario[language]), .number(ScenarioWord.customersServed[language]),
              .number("%"),
              .number(ScenarioWord.gained[language]), .number(ScenarioWord.lost[language]),
              .number(ScenarioWord.elderlyShare[language]), .number(ScenarioWord.meanMinutes[language]),
              .number(ScenarioWord.villagesWithPoint[language]),
            ],
            rows: [row(ScenarioWord.asItIs[language], first.before, first.elderly(after: false), nil)]
              + outcomes.map { row($0.scenario.name, $0.after, $0.elderly(after: true), $0) }))
      ])
  }
}
