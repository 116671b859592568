import Geo
import Planning
import Travel
import Words

// The first section: the headline figures, and the figures behind them.
extension ReportContents {
  typealias Cell = ReportPage.Cell

  /// The headline figures, how sure they are, and the figures behind them.
  func results() -> ReportPage.Section {
    let villages = summary.villages
    var blocks: [ReportPage.Block] = [
      .headlines([
        figure(.townCustomers, summary.town.customers),
        .init(
          label: ReportWord.villagesWithPoint[language], value: Figures.percent(villages.withPointShare),
          detail: sentences.partOf(villages.withPoint, villages.total)),
        figure(.allCustomers, summary.all.customers),
        figure(.allPlaces, summary.all.places),
      ])
    ]
    let howSure = sentences.howSure(summary)
    if !howSure.isEmpty { blocks.append(.paragraph(howSure)) }
    blocks.append(.table(populationTable()))
    blocks.append(.tables([ladderTable(), distributionTable()]))
    blocks.append(.figures(furtherFigures()))
    return .init(title: ReportWord.results[language], blocks: blocks, startsSheet: true)
  }

  private func figure(_ word: ReportWord, _ tally: Tally) -> ReportPage.Figure {
    .init(
      label: word[language], value: Figures.percent(tally.share),
      detail: sentences.partOf(tally.served, tally.total))
  }

  private func furtherFigures() -> [ReportPage.Figure] {
    let equity = summary.equity
    let counting = coverage.counts.count { $0 }
    var figures: [ReportPage.Figure] = [
      .init(
        label: ReportWord.countingPoints[language], value: Figures.whole(counting),
        detail: sentences.partOf(counting, coverage.counts.count)),
      .init(label: ReportWord.backup[language], value: Figures.percent(summary.backupShare), detail: ""),
      .init(label: ReportWord.unreachable[language], value: Figures.whole(summary.unreachable), detail: ""),
      .init(
        label: ReportWord.worstTenth[language],
        value: sentences.minutes(meanSeconds: equity.worstTenthMeanSeconds), detail: ""),
      .init(label: ReportWord.gini[language], value: Figures.decimal(equity.gini, digits: 3), detail: ""),
      .init(
        label: ReportWord.elderlyGap[language], value: sentences.percentagePoints(equity.elderlyGap),
        detail: ""),
      .init(
        label: ReportWord.lowestTownship[language], value: Figures.percent(equity.lowestTownshipShare),
        detail: lowestTownshipName),
      .init(
        label: ReportWord.hoursPerYear[language],
        value: Figures.decimal(summary.roundTripHoursPerYear, digits: 0),
        detail: ""),
    ]
    if coverage.options.weight != .customers {
      figures.append(
        .init(
          label: ReportWord.weightedShare[language], value: Figures.percent(summary.weighted.share),
          detail: coverage.options.weight.words[language]))
    }
    if coverage.options.moment != nil {
      figures.append(
        .init(label: ReportWord.assumedOpen[language], value: Figures.whole(coverage.assumedOpen), detail: "")
      )
    }
    return figures
  }

  /// The name of the first township whose share is the lowest, where the breakdown tells it.
  private var lowestTownshipName: String {
    guard coverage.options.breakdown == .township, let lowest = summary.equity.lowestTownshipShare,
      let line = coverage.lines.first(where: { $0.summary.all.customers.share == lowest })
    else { return "" }
    return line.key.isEmpty ? Glossary.notStated[language] : line.key
  }

  private func populationTable() -> ReportPage.Table {
    let rows = [
      (Glossary.town[language], summary.town), (Glossary.village[language], summary.village),
    ]
    func cells(_ name: String, _ population: CoverageSummary.Population) -> [Cell] {
      [
        Cell(name), Cell(Figures.whole(population.places.total)),
        Cell(Figures.whole(population.places.served)),
        Cell(Figures.percent(population.places.share), bar: population.places.share),
        Cell(Figures.whole(population.customers.total)), Cell(Figures.whole(population.customers.served)),
        Cell(Figures.whole(population.customers.unserved)),
        Cell(Figures.percent(population.customers.share), bar: population.customers.share),
      ]
    }
    return .init(
      caption: ReportWord.population[language],
      columns: [
        .text(ReportWord.setting[language]), .number(ReportWord.places[language]),
        .number(ReportWord.servedPlaces[language]), .number(ReportWord.share[language]),
        .number(ReportWord.customers[language]), .number(ReportWord.servedCustomers[language]),
        .number(ReportWord.unservedCustomers[language]), .number(ReportWord.share[language]),
      ],
      rows: rows.map { cells($0.0, $0.1) }, total: cells(ReportWord.total[language], summary.all))
  }

  private func ladderTable() -> ReportPage.Table {
    let villages = summary.villages
    let levels: [(ReportWord, Int?)] = [
      (.level2, villages.withPoint), (.level3, villages.effective), (.level4, villages.secured),
    ]
    let rows = levels.map { word, count in
      let share = villages.total == 0 ? nil : count.map { Double($0) / Double(villages.total) }
      return [
        Cell(word[language]), Cell(count.map { Figures.whole($0) } ?? Glossary.notKnown[language]),
        Cell(count == nil ? Glossary.notKnown[language] : Figures.percent(share)),
      ]
    }
    let total = [Cell(ReportWord.total[language]), Cell(Figures.whole(villages.total)), Cell("")]
    return .init(
      caption: ReportWord.ladder[language],
      columns: [
        .text(""), .number(ReportWord.villagesUnit[language]), .number(ReportWord.portion[language]),
      ],
      rows: rows, total: total)
  }

  private func distributionTable() -> ReportPage.Table {
    let seconds = summary.seconds
    let meters = summary.meters
    let meanMeters = meters.mean.map { Figures.decimal($0, digits: 0) } ?? Figures.missing
    return .init(
      caption: ReportWord.distribution[language],
      columns: [.text("")]
        + [ReportWord.mean, .half, .p90, .p95, .longest].map { ReportPage.Column.number($0[language]) },
      rows: [
        [Cell(ReportWord.minutes[language]), Cell(Figures.minutes(meanSeconds: seconds.mean))]
          + [seconds.p50, seconds.p90, seconds.p95, seconds.max].map { Cell(Figures.minutes(seconds: $0)) },
        [Cell((isOnRoads ? ReportWord.metersOnRoads : .metersUnit)[language]), Cell(meanMeters)]
          + [meters.p50, meters.p90, meters.p95, meters.max].map { Cell(Figures.whole($0)) },
      ])
  }
}
