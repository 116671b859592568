import Planning
import Words

// The first page: what was promised, whether it is kept, what has changed, and what is to be decided.
extension ReportContents {
  /// How many townships are named as the farthest from the promise.
  private static let named = 3

  /// The page. It fits one sheet of A4: everything on it is of fixed length.
  func executiveSection() -> ReportPage.Section {
    var blocks: [ReportPage.Block] = [.verdicts(verdicts())]
    let finding = sentences.finding(coverage)
    if !finding.isEmpty { blocks.append(.paragraph(finding)) }
    let lowest = lowestTownships()
    if !lowest.isEmpty { blocks.append(.paragraph(sentences.lowestTownships(lowest))) }
    blocks.append(.decision(label: SummaryWord.toDecide[language], sentences: decisions()))
    if let change {
      blocks.append(.table(changeTable(change)))
      blocks.append(.paragraph(sentences.changed(change)))
      blocks.append(.note(sentences.comparability(change)))
    } else {
      blocks.append(.note(sentences.nothingToCompare))
    }
    return .init(title: SummaryWord.onePage[language], blocks: blocks)
  }

  /// The figures that the promise is about, each against its target, and who is left.
  private func verdicts() -> [ReportPage.Verdict] {
    let villages = summary.villages
    var verdicts = [
      verdict(ReportWord.townCustomers[language], summary.town.customers, targets.townShare, of: .customers)
    ]
    if case .within = coverage.options.standard.village {
      verdicts.append(
        verdict(
          SummaryWord.villageCustomers[language], summary.village.customers, targets.villageShare,
          of: .customers))
    }
    verdicts.append(
      verdict(
        ReportWord.villagesWithPoint[language], villages.withPoint, villages.total, targets.villageShare,
        of: .villages))
    if let effective = villages.effective {
      verdicts.append(
        verdict(
          SummaryWord.effectiveVillages[language], effective, villages.total, targets.villageShare,
          of: .villages))
    }
    let customers = summary.all.customers
    verdicts.append(
      .init(
        label: SummaryWord.unservedCustomers[language], value: Figures.whole(customers.unserved),
        aim: sentences.partOf(customers.unserved, customers.total), isMet: nil,
        finding: sentences.inPlaces(summary.all.places.unserved)))
    return verdicts
  }

  private func verdict(_ label: String, _ tally: Tally, _ target: Double, of unit: ReportSentences.Unit)
    -> ReportPage.Verdict
  {
    verdict(label, tally.served, tally.total, target, of: unit)
  }

  private func verdict(
    _ label: String, _ part: Int, _ whole: Int, _ target: Double, of unit: ReportSentences.Unit
  ) -> ReportPage.Verdict {
    let share = whole == 0 ? nil : Double(part) / Double(whole)
    let isMet = share.map { $0 >= target }
    return .init(
      label: label, value: Figures.percent(share),
      aim: "\(SummaryWord.target[language]) \(Figures.percent(target))", isMet: isMet,
      finding: share.map {
        sentences.verdict(
          share: $0, target: target,
          lacking: max(0, Int((target * Double(whole)).rounded(.up)) - part), of: unit)
      } ?? Glossary.notKnown[language])
  }

  /// The townships with the lowest shares, the lowest first, where some customers of theirs are not served.
  private func lowestTownships() -> [(name: String, summary: CoverageSummary)] {
    guard coverage.options.breakdown == .township else { return [] }
    return worstFirst(coverage.lines).filter { $0.summary.all.customers.unserved > 0 }.prefix(Self.named)
      .map { (townshipName($0.key), $0.summary) }
  }

  /// What somebody has to say yes or no to.
  private func decisions() -> [String] {
    var decisions = scenarios.map(sentences.decision)
    if let plan, !plan.sites.isEmpty { decisions.append(sentences.decision(plan)) }
    guard decisions.isEmpty else { return decisions }
    return [
      sentences.openDecision(
        unserved: summary.all,
        most: coverage.options.breakdown == .township
          ? coverage.lines.max {
            let (a, b) = ($0.summary.all.customers.unserved, $1.summary.all.customers.unserved)
            return a != b ? a < b : $0.key > $1.key
          }.map { (townshipName($0.key), $0.summary.all.customers.unserved) } : nil)
    ]
  }

  /// The headline figures of both answers.
  private func changeTable(_ change: CoverageChange) -> ReportPage.Table {
    func share(_ label: String, _ a: Double?, _ b: Double?) -> [Cell] {
      [
        Cell(label), Cell(Figures.percent(a)), Cell(Figures.percent(b)),
        Cell(sentences.percentagePoints(a.flatMap { a in b.map { $0 - a } })),
      ]
    }
    func whole(_ label: String, _ a: Int?, _ b: Int?) -> [Cell] {
      let difference = a.flatMap { a in b.map { $0 - a } }
      return [
        Cell(label), Cell(Figures.whole(a)), Cell(Figures.whole(b)), Cell(Figures.signed(difference)),
      ]
    }
    func minutes(_ label: String, _ a: Double?, _ b: Double?) -> [Cell] {
      let difference = a.flatMap { a in b.map { ($0 - a) / 60 } }
      return [
        Cell(label), Cell(Figures.minutes(meanSeconds: a)), Cell(Figures.minutes(meanSeconds: b)),
        Cell(Figures.signed(difference, digits: 1)),
      ]
    }
    let (a, b) = (change.earlier, change.later)
    return .init(
      caption: SummaryWord.changeTable[language],
      columns: [.text(SummaryWord.figure[language])]
        + [SummaryWord.before, .now, .difference].map { .number($0[language]) },
      rows: [
        share(ReportWord.townCustomers[language], a.town.customers.share, b.town.customers.share),
        share(
          ReportWord.villagesWithPoint[language], a.villages.withPointShare, b.villages.withPointShare),
        share(
          SummaryWord.effectiveVillages[language], a.villages.effectiveShare, b.villages.effectiveShare),
        share(ReportWord.allCustomers[language], a.all.customers.share, b.all.customers.share),
        whole(ReportWord.customers[language], a.all.customers.total, b.all.customers.total),
        whole(
          SummaryWord.unservedCustomers[language], a.all.customers.unserved, b.all.customers.unserved),
        whole(
          SummaryWord.countingPoints[language], change.earlierPoints, coverage.counts.count { $0 }),
        minutes(SummaryWord.meanMinutes[language], a.seconds.mean, b.seconds.mean),
      ])
  }

  /// The lines of a breakdown, the lowest share of customers first; then the more unserved customers; then by key.
  func worstFirst(_ lines: [Coverage.Line]) -> [Coverage.Line] {
    lines.sorted { a, b in
      let left = a.summary.all.customers
      let right = b.summary.all.customers
      let shares = (left.share ?? .infinity, right.share ?? .infinity)
      if shares.0 != shares.1 { return shares.0 < shares.1 }
      if left.unserved != right.unserved { return left.unserved > right.unserved }
      return a.key < b.key
    }
  }

  /// A township's name, or that none is stated.
  func townshipName(_ key: String) -> String { key.isEmpty ? Glossary.notStated[language] : key }
}

extension CoverageSummary.VillageLadder {
  /// The share of villages with a point of their own; `nil` where there are no villages.
  var withPointShare: Double? { total == 0 ? nil : Double(withPoint) / Double(total) }
  /// The share with an effective point; `nil` where that is not known.
  var effectiveShare: Double? { total == 0 ? nil : effective.map { Double($0) / Double(total) } }
}
