import Planning
import Words

// Roads beside straight lines.
extension ReportContents {
  /// What the same question gives by straight line, township by township, and the places whose verdict changes.
  func comparisonSection(_ comparison: RoadComparison) -> ReportPage.Section {
    var blocks: [ReportPage.Block] = [
      .paragraph(sentences.comparison(comparison)), .table(comparisonTable(comparison)),
      .note(sentences.comparisonRule(coverage.options)),
    ]
    if !comparison.changes.isEmpty { blocks.append(.table(changeTable(comparison))) }
    if let offRoads = sentences.offRoads(coverage, in: network) { blocks.append(.note(offRoads)) }
    return .init(title: ReportWord.comparison[language], blocks: blocks)
  }

  private func comparisonTable(_ comparison: RoadComparison) -> ReportPage.Table {
    func cells(_ name: String, _ line: RoadComparison.Line) -> [Cell] {
      func share(_ group: RoadComparison.Group) -> Double? {
        line.all.customers == 0 ? nil : Double(group.customers) / Double(line.all.customers)
      }
      return [
        Cell(name), Cell(Figures.whole(line.reaching.places)), Cell(sentences.factor(line.circuity)),
        Cell(Figures.whole(line.servedStraight.customers)), Cell(Figures.percent(share(line.servedStraight))),
        Cell(Figures.whole(line.servedOnRoads.customers)),
        Cell(Figures.percent(share(line.servedOnRoads)), bar: share(line.servedOnRoads)),
        Cell(Figures.whole(line.lost.places)), Cell(Figures.whole(line.gained.places)),
      ]
    }
    let words: [ReportWord] = [
      .placesReaching, .circuity, .servedStraight, .share, .servedOnRoads, .share, .placesLost, .placesGained,
    ]
    return .init(
      caption: ReportWord.comparisonTable[language],
      columns: [.text(ReportWord.township[language])] + words.map { .number($0[language]) },
      rows: comparison.lines.prefix(Self.mostLines).map {
        cells($0.township.isEmpty ? Glossary.notStated[language] : $0.township, $0)
      },
      total: cells(ReportWord.total[language], comparison.total))
  }

  private func changeTable(_ comparison: RoadComparison) -> ReportPage.Table {
    let places = network.places
    func minutes(_ answer: Coverage, _ i: Int) -> Cell {
      Cell(
        answer.nearestPoints[i] < 0 ? Figures.missing : Figures.minutes(seconds: Int(answer.seconds[i])))
    }
    return .init(
      caption: ReportWord.changesTable[language],
      columns: [
        .text(ReportWord.place[language]), .text(ReportWord.township[language]),
        .number(ReportWord.customers[language]), .number(ReportWord.minutesStraight[language]),
        .number(ReportWord.minutesOnRoads[language]), .text(ReportWord.change[language]),
      ],
      rows: comparison.changes.prefix(10).map { change in
        let i = change.place
        let township = places.townshipNames[Int(places.townships[i])]
        return [
          Cell(places.names[i]), Cell(township.isEmpty ? Glossary.notStated[language] : township),
          Cell(Figures.whole(places.customers[i])), minutes(comparison.straight, i), minutes(coverage, i),
          Cell((change.isServedOnRoads ? ReportWord.gains : .loses)[language]),
        ]
      })
  }
}
