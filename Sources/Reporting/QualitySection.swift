import Planning
import Words

// What the data are worth, and where they come from.
extension ReportContents {
  /// What is known of places and points, what the check finds, and how exact positions are; `nil` for an empty network.
  func qualitySection() -> ReportPage.Section? {
    guard network.places.count + network.points.count > 0 else { return nil }
    var blocks: [ReportPage.Block] = [
      .tables([knownTable(), decimalsTable()]), .note(sentences.decimalsRule),
    ]
    if let findings = evidence?.findings {
      blocks.append(findings.isEmpty ? .paragraph(sentences.nothingFound) : .table(findingsTable(findings)))
    }
    return .init(title: TownshipWord.quality[language], blocks: blocks)
  }

  private func knownTable() -> ReportPage.Table {
    let (places, points) = (network.places, network.points)
    func row(_ word: TownshipWord, _ known: Int, _ whole: Int) -> [Cell]? {
      guard whole > 0 else { return nil }
      let share = Double(known) / Double(whole)
      return [Cell(word[language]), Cell(Figures.whole(known)), Cell(Figures.percent(share), bar: share)]
    }
    func place(_ word: TownshipWord, _ isKnown: (Int) -> Bool) -> [Cell]? {
      row(word, (0..<places.count).count(where: isKnown), places.count)
    }
    func point(_ word: TownshipWord, _ isKnown: (Int) -> Bool) -> [Cell]? {
      row(word, (0..<points.count).count(where: isKnown), points.count)
    }
    var hasVolumes = [Bool](repeating: false, count: points.count)
    for row in network.volumes.points { hasVolumes[Int(row)] = true }
    let active = (0..<points.count).filter { points.statuses[$0] == .active }
    return .init(
      caption: TownshipWord.knownTable[language],
      columns: [
        .text(TownshipWord.column[language]), .number(TownshipWord.known[language]),
        .number(ReportWord.portion[language]),
      ],
      rows: [
        place(.placeHasCustomers) { places.customers[$0] > 0 },
        place(.placeTownship) { !places.townshipNames[Int(places.townships[$0])].isEmpty },
        place(.placeElderly) { !places.elderlyShares[$0].isNaN },
        place(.placeFeeControl) { !places.feeControlShares[$0].isNaN },
        place(.placeOnline) { !places.onlineShares[$0].isNaN },
        place(.placeArrears) { places.arrearsFen[$0] >= 0 },
        point(.pointPlace) { points.places[$0] >= 0 },
        point(.pointHours) { points.hours[$0] >= 0 },
        point(.pointMethods) { !points.methods[$0].isEmpty },
        point(.pointCounters) { points.counters[$0] > 0 },
        row(.pointVolumes, active.count { hasVolumes[$0] }, active.count),
      ].compactMap(\.self))
  }

  /// How many decimals the positions have: at most two, three, four, five, and more.
  private func decimalsTable() -> ReportPage.Table {
    func counts(_ latitudes: [Double], _ longitudes: [Double]) -> [Int] {
      var counts = [Int](repeating: 0, count: 5)
      for i in latitudes.indices { counts[max(decimals(latitudes[i]), decimals(longitudes[i])) - 2] += 1 }
      return counts
    }
    let places = counts(network.places.latitudes, network.places.longitudes)
    let points = counts(network.points.latitudes, network.points.longitudes)
    return .init(
      caption: TownshipWord.decimalsTable[language],
      columns: [
        .text(TownshipWord.decimals[language]), .number(Glossary.places[language]),
        .number(Glossary.points[language]),
      ],
      rows: ["≤ 2", "3", "4", "5", "≥ 6"].enumerated().map { row, label in
        [Cell(label), Cell(Figures.whole(places[row])), Cell(Figures.whole(points[row]))]
      })
  }

  /// The decimals a number was written with, in 2...6: the division of two whole numbers gives back what reading the digits gave.
  private func decimals(_ degrees: Double) -> Int {
    var power = 100.0
    for decimals in 2...5 {
      if (degrees * power).rounded() / power == degrees { return decimals }
      power *= 10
    }
    return 6
  }

  /// Findings by rule, in the order in which they were found.
  private func findingsTable(_ findings: [DataFinding]) -> ReportPage.Table {
    var order: [String] = []
    var byRule: [String: (first: DataFinding, count: Int)] = [:]
    for finding in findings {
      if let known = byRule[finding.rule.name] {
        byRule[finding.rule.name] = (known.first, known.count + 1)
      } else {
        order.append(finding.rule.name)
        byRule[finding.rule.name] = (finding, 1)
      }
    }
    return .init(
      caption: TownshipWord.findingsTable[language],
      columns: [.text(TownshipWord.example[language]), .number(TownshipWord.found[language])],
      rows: order.compactMap { byRule[$0] }.map {
        [Cell($0.first.sentence[language]), Cell(Figures.whole($0.count))]
      })
  }

  /// The files whose rows are in the network, the calibration, and what is made up.
  func sourceSection() -> ReportPage.Section {
    var blocks: [ReportPage.Block] = [.paragraph(sentences.reproducible(generator: generator))]
    if let calibrated = sentences.calibrated(coverage.options) { blocks.append(.paragraph(calibrated)) }
    guard !network.sources.isEmpty else {
      blocks.append(.paragraph(ReportWord.noSources[language]))
      return .init(title: TownshipWord.provenance[language], blocks: blocks)
    }
    let rows = network.sources.map { source in
      [
        Cell(source.file), Cell(source.kindWords?[language] ?? source.kind), Cell(Figures.whole(source.rows)),
        Cell(Figures.whole(source.refused)),
        Cell(source.importedOn.isEmpty ? Figures.missing : source.importedOn), Cell(origin(of: source)),
        Cell(source.sha256),
      ]
    }
    let columns: [ReportPage.Column] = [
      .text(ReportWord.file[language]), .text(ReportWord.dataKind[language]),
      .number(ReportWord.rows[language]), .number(TownshipWord.refused[language]),
      .number(TownshipWord.importedOn[language]), .text(ReportWord.origin[language]),
      .digest(ReportWord.digest[language]),
    ]
    blocks.append(
      .table(.init(caption: ReportWord.sourcesTable[language], columns: columns, rows: rows)))
    return .init(title: TownshipWord.provenance[language], blocks: blocks)
  }

  /// How the data came about, and whom they ask to be named.
  private func origin(of source: DataSource) -> String {
    let origin = (source.isSynthetic ? ReportWord.made : .collected)[language]
    return source.attribution.isEmpty
      ? origin : sentences.say(en: "\(origin), ", zh: "\(origin)，") + source.attribution
  }
}
