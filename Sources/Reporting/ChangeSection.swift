import Planning
import Words

// The chapter on what has changed since an earlier report.
extension ReportContents {
  /// How many places and points are named.
  private static let named = 10

  /// Who gained and who lost, township by township and place by place.
  func changeSection(_ change: CoverageChange) -> ReportPage.Section {
    var blocks: [ReportPage.Block] = [.paragraph(sentences.changed(change))]
    if let townships = changedTownships(change) { blocks.append(.table(townships)) }
    for (places, caption) in [(change.gained, SummaryWord.gainedTable), (change.lost, .lostTable)]
    where !places.isEmpty {
      blocks.append(.table(changedPlaces(places, caption[language])))
    }
    if !change.opened.isEmpty {
      let names = change.opened.prefix(Self.named).map {
        "\(network.points.ids[$0]) \(network.points.names[$0])"
      }
      blocks.append(.paragraph(sentences.pointNames(names, .pointsOpened, of: change.opened.count)))
    }
    if !change.closedNames.isEmpty {
      let names = Array(change.closedNames.prefix(Self.named))
      blocks.append(.paragraph(sentences.pointNames(names, .pointsClosed, of: change.closed.count)))
    }
    blocks.append(.note(sentences.comparability(change)))
    return .init(title: SummaryWord.change[language], blocks: blocks)
  }

  /// The townships in both answers whose share is another, the one that lost most first.
  private func changedTownships(_ change: CoverageChange) -> ReportPage.Table? {
    guard coverage.options.breakdown == .township else { return nil }
    let earlier = Dictionary(
      change.earlierLines.map { ($0.key, $0.summary.all.customers) }, uniquingKeysWith: { first, _ in first })
    let rows = coverage.lines.compactMap { line -> (key: String, before: Tally, now: Tally, by: Double)? in
      let now = line.summary.all.customers
      guard let before = earlier[line.key], let a = before.share, let b = now.share, a != b else {
        return nil
      }
      return (line.key, before, now, b - a)
    }.sorted { ($0.by, $0.key) < ($1.by, $1.key) }
    guard !rows.isEmpty else { return nil }
    return .init(
      caption: SummaryWord.townshipChange[language],
      columns: [.text(ReportWord.township[language])]
        + [
          SummaryWord.before[language], SummaryWord.now[language], SummaryWord.difference[language],
          ReportWord.unservedCustomers[language], SummaryWord.difference[language],
        ].map { .number($0) },
      rows: rows.prefix(Self.mostLines).map { row in
        [
          Cell(townshipName(row.key)), Cell(Figures.percent(row.before.share)),
          Cell(Figures.percent(row.now.share), bar: row.now.share), Cell(sentences.percentagePoints(row.by)),
          Cell(Figures.whole(row.now.unserved)),
          Cell(Figures.signed(row.now.unserved - row.before.unserved)),
        ]
      })
  }

  private func changedPlaces(_ changed: [Int], _ caption: String) -> ReportPage.Table {
    let places = network.places
    let most = changed.sorted { (places.customers[$1], $0) < (places.customers[$0], $1) }
    return .init(
      caption: caption,
      columns: placeColumns, rows: most.prefix(Self.named).map(placeRow))
  }
}
