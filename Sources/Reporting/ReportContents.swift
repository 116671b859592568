import Geo
import Planning
import Travel
import Words

/// Decides what the report says: from the network and the answer to the words and numbers of a `ReportPage`.
struct ReportContents {
  let network: PaymentNetwork
  let coverage: Coverage
  let circles: [Polygon]
  /// What surveys, volumes and feedback say; `nil` for a report on coverage alone.
  var evidence: ReportEvidence?
  let version: String
  let stamp: String?
  let language: Language
  var plan: KeptPlan?
  var targets = ReportTargets()
  /// What has become of it since an earlier report; `nil` where none is known.
  var change: CoverageChange?
  /// Scenarios to set beside it.
  var scenarios: [ScenarioOutcome] = []

  var sentences: ReportSentences { ReportSentences(language) }
  var summary: CoverageSummary { coverage.summary }
  var isOnRoads: Bool { coverage.options.travel == .roads }
  private var isSynthetic: Bool { network.sources.contains(where: \.isSynthetic) }

  /// The whole report.
  func page() -> ReportPage {
    let comparison = isOnRoads ? RoadComparison(of: network, onRoads: coverage) : nil
    var warnings: [String] = []
    if isSynthetic { warnings.append(ReportWord.synthetic[language]) }
    if network.places.count == 0 { warnings.append(ReportWord.noPlaces[language]) }
    if network.points.count == 0 { warnings.append(ReportWord.noPoints[language]) }

    var foot = ["\(ReportWord.madeBy[language]) \(generator)"]
    if let stamp { foot.append("\(ReportWord.madeAt[language])\(stamp)") }
    foot.append(ReportWord.internalMaterial[language])
    if isSynthetic { foot.append(ReportWord.synthetic[language]) }

    var sections = [executiveSection(), results()]
    if let change { sections.append(changeSection(change)) }
    sections.append(definition())
    sections.append(mapSection())
    if let breakdown = breakdownSection() { sections.append(breakdown) }
    if let comparison { sections.append(comparisonSection(comparison)) }
    if let times = timeSection() { sections.append(times) }
    if let equity = equitySection() { sections.append(equity) }
    if let proposals = proposalSection() { sections.append(proposals) }
    sections.append(networkSection())
    if let evidence {
      sections +=
        ServiceSections(network: network, coverage: coverage, evidence: evidence, language: language)
        .sections
    }
    for outcome in scenarios {
      sections += ScenarioSections(outcome: outcome, language: language).chapter
    }
    sections += TownshipSheets(contents: self).sections
    sections.append(methodSection(comparison))
    if let quality = qualitySection() { sections.append(quality) }
    sections.append(sourceSection())
    return ReportPage(
      language: language, title: title, subtitle: promise, warnings: warnings, sections: sections, foot: foot,
      sheetFoot: ReportWord.internalMaterial[language]
        + (isSynthetic ? " " + ReportWord.syntheticShort[language] + (language == .chinese ? "。" : ".") : ""),
      generator: generator)
  }

  var generator: String { "paycircle \(version)" }

  private var title: String {
    let county = network.boundaries.first { $0.level == "county" && !$0.name.isEmpty }?.name
    let title = ReportWord.title[language]
    guard let county else { return title }
    return language == .chinese ? county + title : "\(title): \(county)"
  }

  /// The standard's name; the product's own is translated.
  private var promise: String {
    let standard = coverage.options.standard
    return standard.name == ServiceStandard.tenMinutesAndEveryVillage.name
      ? Glossary.promise[language] : standard.name
  }

  private func definition() -> ReportPage.Section {
    let options = coverage.options
    var items = [
      sentences.townRule(options), sentences.villageRule(options),
    ]
    switch options.travel {
    case .straight: items.append(sentences.circuity(options))
    case .roads: items.append(sentences.onRoads(network.roads?.snapping ?? .init()))
    }
    items.append(sentences.whatCounts(options, assumedOpen: coverage.assumedOpen))
    items.append(sentences.whatIsCounted(options))
    return .init(title: ReportWord.definition[language], blocks: [.list(items)])
  }

  private func mapSection() -> ReportPage.Section {
    var blocks: [ReportPage.Block] = []
    for part in [MapDrawing.Part.whole, .busiest] {
      guard let map = map(part) else { continue }
      blocks.append(.drawing(svg: map.svg(), caption: sentences.mapCaption(map)))
    }
    if network.places.count == 0, network.points.count == 0, network.boundaries.isEmpty {
      blocks = [.paragraph(ReportWord.nothingOnMap[language])]
    } else {
      blocks.append(.note(ReportWord.internalMaterial[language]))
    }
    return .init(title: ReportWord.mapHeading[language], blocks: blocks, startsSheet: true)
  }

  /// What a map says of itself where it is passed on without its report: what it shows, by which standard, and that it is not
  /// for everybody.
  var mapLines: [String] {
    let mapTitle = ReportWord.mapTitle[language]
    let county = network.boundaries.first { $0.level == "county" && !$0.name.isEmpty }?.name
    let name = county.map { sentences.say(en: "\(mapTitle): \($0)", zh: $0 + mapTitle) } ?? mapTitle
    return ["\(name) · \(promise)", ReportWord.internalMaterial[language]]
  }

  /// The map of a part; `nil` where that part would show nothing new.
  func map(_ part: MapDrawing.Part) -> MapDrawing? {
    MapDrawing(part, of: network, coverage: coverage, circles: circles, language: language)
  }

  private func timeSection() -> ReportPage.Section? {
    guard network.places.count > 0 else { return nil }
    let times = TravelTimeBands(of: network.places, coverage: coverage)
    return .init(
      title: ReportWord.times[language],
      blocks: [
        .drawing(
          svg: Charts.histogram(times, language: language), caption: sentences.histogramCaption)
      ])
  }

  private func methodSection(_ comparison: RoadComparison?) -> ReportPage.Section {
    var blocks: [ReportPage.Block] = [
      .list(sentences.method(coverage.options, roads: network.roads)),
      .list(sentences.limits(travel: coverage.options.travel)),
    ]
    if let readings = threeReadings(comparison) { blocks.append(.table(readings)) }
    return .init(title: ReportWord.method[language], blocks: blocks, startsSheet: true)
  }
}
