import Planning
import Words

/// What one scenario changes, section by section: for a report of its own and for a chapter of the coverage report.
struct ScenarioSections {
  let outcome: ScenarioOutcome
  let language: Language

  /// How many places of each kind are listed.
  private static let listed = 40

  private var sentences: ReportSentences { ReportSentences(language) }

  /// The sections, each with its title headed by `name`.
  func named(_ name: String) -> [ReportPage.Section] {
    sections.map {
      var section = $0
      section.title = sentences.headed(name, $0.title)
      return section
    }
  }

  /// The sections as a chapter among others, which begins a new sheet.
  var chapter: [ReportPage.Section] {
    var sections = named(sentences.headed(ScenarioWord.scenario[language], outcome.scenario.name))
    sections[0].startsSheet = true
    return sections
  }

  /// Figures, map, townships, who gains, who loses, and who takes over.
  var sections: [ReportPage.Section] {
    var sections = [
      results,
      .init(
        title: ScenarioWord.mapOfChanges[language],
        blocks: [
          .drawing(
            svg: ScenarioMap(outcome: outcome, language: language).svg(), caption: sentences.differenceMap)
        ]),
    ]
    if let townships {
      sections.append(.init(title: ReportWord.byTownship[language], blocks: [.table(townships)]))
    }
    for (places, title) in [
      (outcome.gained, ScenarioWord.placesGained), (outcome.lost, .placesLost),
    ] where !places.isEmpty {
      sections.append(.init(title: title[language], blocks: self.places(places)))
    }
    let takeovers = takeovers
    if !takeovers.isEmpty {
      sections.append(.init(title: ScenarioWord.takeovers[language], blocks: takeovers))
    }
    return sections
  }

  /// The headline shares, and all figures before and after.
  private var results: ReportPage.Section {
    let (before, after) = (outcome.before.summary, outcome.after.summary)
    func served(_ label: String, _ a: Tally, _ b: Tally) -> ReportPage.Figure {
      .init(
        label: label, value: Figures.percent(b.share),
        detail: sentences.before(a.share, customers: b.served - a.served))
    }
    var blocks: [ReportPage.Block] = []
    if !outcome.scenario.description.isEmpty { blocks.append(.paragraph(outcome.scenario.description)) }
    blocks += [
      .headlines([
        served(ScenarioWord.allCustomers[language], before.all.customers, after.all.customers),
        served(Glossary.town[language], before.town.customers, after.town.customers),
        served(Glossary.village[language], before.village.customers, after.village.customers),
        served(Glossary.elderly[language], outcome.elderly(after: false), outcome.elderly(after: true)),
      ]), .table(beforeAndAfter), .list(changes),
    ]
    return .init(title: ReportWord.results[language], blocks: blocks)
  }

  private var beforeAndAfter: ReportPage.Table {
    let (before, after) = (outcome.before.summary, outcome.after.summary)
    typealias Cell = ReportPage.Cell
    func row(_ word: ScenarioWord, _ a: String, _ b: String, _ change: String) -> [Cell] {
      [Cell(word[language]), Cell(a), Cell(b), Cell(change)]
    }
    func count(_ word: ScenarioWord, _ a: Int?, _ b: Int?) -> [Cell] {
      row(
        word, Figures.whole(a), Figures.whole(b), Figures.signed(a.flatMap { a in b.map { $0 - a } }))
    }
    func minutes(_ word: ScenarioWord, _ a: Double?, _ b: Double?) -> [Cell] {
      row(
        word, Figures.minutes(meanSeconds: a), Figures.minutes(meanSeconds: b),
        Figures.signed(a.flatMap { a in b.map { ($0 - a) / 60 } }, digits: 1))
    }
    var rows = [
      count(.customersServed, before.all.customers.served, after.all.customers.served),
      minutes(.meanMinutes, before.seconds.mean, after.seconds.mean),
      minutes(.p90Minutes, before.seconds.p90.map(Double.init), after.seconds.p90.map(Double.init)),
      count(.villagesWithPoint, before.villages.withPoint, after.villages.withPoint),
      count(.effectiveVillages, before.villages.effective, after.villages.effective),
      count(
        .singlePoint, outcome.assuranceBefore.singlePoint.customers.served,
        outcome.assuranceAfter.singlePoint.customers.served),
    ]
    if let waiting = outcome.waiting {
      func over(_ waiting: Waiting) -> Int { waiting.peaks.count { $0?.isOverloaded == true } }
      rows.append(count(.overloadedPoints, over(waiting.before), over(waiting.after)))
    }
    if let viability = outcome.viability {
      rows.append(
        count(.belowBreakEven, viability.before.belowBreakEven, viability.after.belowBreakEven))
    }
    if let payments = outcome.payments {
      rows.append(
        row(
          .paymentsPerMonth, Figures.decimal(payments.totalBefore, digits: 0),
          Figures.decimal(payments.totalAfter, digits: 0),
          Figures.signed(payments.totalAfter - payments.totalBefore, digits: 0)))
    }
    return .init(
      caption: ScenarioWord.beforeAndAfter[language],
      columns: [.text(SummaryWord.figure[language])]
        + [ScenarioWord.before, .after, .change].map { .number($0[language]) },
      rows: rows)
  }

  /// What becomes of the points, in sentences.
  private var changes: [String] {
    let points = outcome.network.points
    func list(_ positions: [Int], _ word: ScenarioWord) -> [String] {
      guard !positions.isEmpty else { return [] }
      let names = positions.prefix(12).map { "\(points.ids[$0]) \(points.names[$0])" }
      return [
        sentences.headed(word[language], sentences.listed(names, more: positions.count - names.count))
      ]
    }
    var lines = list(outcome.opened, .opened) + list(outcome.closed, .closed)
    lines += list(outcome.moved, .moved) + list(outcome.altered, .altered)
    let cost = outcome.costs
    if !outcome.opened.isEmpty || cost.monthlyFen != 0 { lines.append(sentences.costs(cost)) }
    return lines.isEmpty ? [ScenarioWord.nothing[language]] : lines
  }

  private var townships: ReportPage.Table? {
    let rows = zip(outcome.before.lines, outcome.after.lines).filter { before, after in
      before.summary.all != after.summary.all || before.summary.seconds != after.summary.seconds
    }.map { before, after -> [ReportPage.Cell] in
      let (old, new) = (before.summary.all.customers, after.summary.all.customers)
      let change = new.served - old.served
      return [
        .init(before.key.isEmpty ? Glossary.notStated[language] : before.key),
        .init(Figures.percent(old.share)),
        .init(Figures.percent(new.share), bar: new.share),
        .init((change > 0 ? "+" : "") + Figures.whole(change)),
        .init(Figures.minutes(meanSeconds: before.summary.seconds.mean)),
        .init(Figures.minutes(meanSeconds: after.summary.seconds.mean)),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return .init(
      caption: ScenarioWord.changingTownships[language],
      columns: [
        .text(Glossary.township[language]), .number(ScenarioWord.before[language]),
        .number(ScenarioWord.after[language]),
        .number(ScenarioWord.customersChange[language]), .number(ScenarioWord.minutesBefore[language]),
        .number(ScenarioWord.minutesAfter[language]),
      ], rows: rows)
  }

  private func places(_ places: [Int]) -> [ReportPage.Block] {
    let table = outcome.network.places
    let most = places.sorted { (-table.customers[$0], $0) < (-table.customers[$1], $1) }
    func minutes(_ coverage: Coverage, _ place: Int) -> String {
      Figures.minutes(seconds: coverage.nearestPoints[place] < 0 ? nil : Int(coverage.seconds[place]))
    }
    let rows = most.prefix(Self.listed).map { place -> [ReportPage.Cell] in
      let point = Int(outcome.after.nearestPoints[place])
      return [
        .init("\(table.ids[place]) \(table.names[place])"), .init(Figures.whole(table.customers[place])),
        .init(Figures.whole(outcome.elderly(ofPlace: place, after: true))),
        .init(minutes(outcome.before, place)),
        .init(minutes(outcome.after, place)),
        .init(point < 0 ? Figures.missing : outcome.network.points.names[point]),
      ]
    }
    return [
      .paragraph(
        sentences.population(
          places: places.count, customers: places.reduce(0) { $0 + table.customers[$1] },
          elderly: places.reduce(0) { $0 + outcome.elderly(ofPlace: $1, after: true) })),
      .table(
        .init(
          caption: places.count > Self.listed ? sentences.withMostCustomers(Self.listed) : "",
          columns: [
            .text(Glossary.places[language]), .number(Glossary.customers[language]),
            .number(ScenarioWord.elderly[language]), .number(ScenarioWord.minutesBefore[language]),
            .number(ScenarioWord.minutesAfter[language]), .text(ScenarioWord.nearestAfter[language]),
          ], rows: Array(rows))),
    ]
  }

  private var takeovers: [ReportPage.Block] {
    guard let payments = outcome.payments, !payments.takeovers.isEmpty else { return [] }
    let points = outcome.network.points
    var blocks: [ReportPage.Block] = payments.takeovers.prefix(12).map { takeover in
      let rows = takeover.takers.prefix(6).map { taker -> [ReportPage.Cell] in
        let standIn = outcome.standIn(taker, for: takeover)
        func busy(_ value: Double?) -> String {
          value.map { Figures.decimal($0 * 100, digits: 0) + "%" } ?? Figures.missing
        }
        return [
          .init("\(points.ids[taker.point]) \(points.names[taker.point])"),
          .init(Figures.decimal(taker.payments, digits: 0)),
          .init(Figures.percent(standIn.share), bar: standIn.share),
          .init(busy(standIn.utilizationAfter)), .init(Figures.percent(standIn.hoursShare)),
          .init(
            standIn.keepsUp.map { $0 ? ScenarioWord.yes[language] : ScenarioWord.no[language] }
              ?? Glossary.notKnown[language]),
        ]
      }
      return .table(
        .init(
          caption: sentences.takeover(
            "\(points.ids[takeover.point]) \(points.names[takeover.point])", payments: takeover.payments,
            nobody: takeover.unreached),
          columns: [
            .text(Glossary.points[language]), .number(ScenarioWord.perMonth[language]), .number("%"),
            .number(ScenarioWord.utilization[language]), .number(ScenarioWord.hoursShared[language]),
            .text(ScenarioWord.keepsUp[language]),
          ], rows: Array(rows)))
    }
    blocks.append(.note(sentences.floatUnknown))
    return blocks
  }
}
