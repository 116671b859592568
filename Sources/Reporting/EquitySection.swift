import Planning
import Travel
import Words

// The chapter on who is left behind.
extension ReportContents {
  /// How many places are named.
  private static let named = 20

  /// Customers in tenths, group by group, and the places with the longest way; `nil` where nobody lives anywhere.
  func equitySection() -> ReportPage.Section? {
    guard network.places.count > 0 else { return nil }
    var blocks: [ReportPage.Block] = []
    let tenths = EquityTenths(of: network, coverage)
    if let tenths { blocks.append(.paragraph(sentences.remotestTenth(tenths))) }
    blocks.append(.paragraph(sentences.evenness(summary.equity, unreached: tenths?.unreachedCustomers ?? 0)))
    if let tenths {
      let rows = tenths.tenths.enumerated().map { (label: "\($0 + 1)", value: $1.meanSeconds / 60) }
      let center = tenths.tenths.reduce(0) { $0 + $1.meanSeconds } / 600
      blocks.append(
        .drawing(
          svg: ServiceCharts(language: language).bars(
            rows, title: TownshipWord.tenthsChart[language], unit: ReportWord.minutes[language],
            center: center,
            digits: 1), caption: ""))
      blocks.append(.table(tenthsTable(tenths)))
    }
    blocks.append(.table(groupsTable()))
    blocks.append(
      .table(
        .init(
          caption: TownshipWord.farthestTable[language], columns: placeColumns,
          rows: farthest().map(placeRow))))
    blocks += unservedBlocks()
    blocks.append(.note(sentences.equitySources))
    return .init(title: TownshipWord.equity[language], blocks: blocks, startsSheet: true)
  }

  private func tenthsTable(_ tenths: EquityTenths) -> ReportPage.Table {
    .init(
      caption: TownshipWord.tenthsTable[language],
      columns: [.text(TownshipWord.tenth[language])]
        + [
          SummaryWord.meanMinutes[language], TownshipWord.longest[language],
          TownshipWord.meanMeters[language],
          ReportWord.share[language], TownshipWord.rural[language], TownshipWord.elderly[language],
        ].map { .number($0) },
      rows: tenths.tenths.enumerated().map { number, tenth in
        [
          Cell("\(number + 1)"), Cell(Figures.minutes(meanSeconds: tenth.meanSeconds)),
          Cell(Figures.minutes(seconds: tenth.longestSeconds)),
          Cell(Figures.decimal(tenth.meanMeters, digits: 0)),
          Cell(Figures.percent(tenth.servedShare), bar: tenth.servedShare),
          Cell(Figures.percent(tenth.ruralShare)), Cell(Figures.percent(tenth.elderlyShare)),
        ]
      })
  }

  /// One group of customers, added up.
  private struct Group {
    var name: String
    var customers = 0.0
    var served = 0.0
    var reached = 0.0
    var seconds = 0.0

    mutating func add(_ weight: Double, isServed: Bool, seconds way: Int32?) {
      customers += weight
      if isServed { served += weight }
      guard let way else { return }
      reached += weight
      seconds += weight * Double(way)
    }
  }

  /// All customers, the elderly, and customers by where they live.
  private func groupsTable() -> ReportPage.Table {
    let places = network.places
    var all = Group(name: TownshipWord.everybody[language])
    var elderly = Group(name: Glossary.elderly[language])
    var settings = Setting.allCases.map { Group(name: $0.words[language]) }
    var terrains = Terrain.allCases.map { Group(name: $0.words[language]) }
    let settingOf = Dictionary(uniqueKeysWithValues: Setting.allCases.enumerated().map { ($1, $0) })
    let terrainOf = Dictionary(uniqueKeysWithValues: Terrain.allCases.enumerated().map { ($1, $0) })
    for place in 0..<places.count {
      let weight = Double(places.customers[place])
      let isServed = coverage.isServed[place]
      let way = coverage.nearestPoints[place] < 0 ? nil : coverage.seconds[place]
      all.add(weight, isServed: isServed, seconds: way)
      if !places.elderlyShares[place].isNaN {
        elderly.add(weight * places.elderlyShares[place], isServed: isServed, seconds: way)
      }
      if let row = settingOf[places.settings[place]] {
        settings[row].add(weight, isServed: isServed, seconds: way)
      }
      if let row = terrainOf[places.terrains[place]] {
        terrains[row].add(weight, isServed: isServed, seconds: way)
      }
    }
    let groups = ([all, elderly] + settings + terrains).filter { $0.customers > 0 }
    return .init(
      caption: TownshipWord.groupsTable[language],
      columns: [
        .text(TownshipWord.group[language]), .number(ReportWord.customers[language]),
        .number(ReportWord.unservedCustomers[language]), .number(ReportWord.share[language]),
        .number(SummaryWord.meanMinutes[language]),
      ],
      rows: groups.map { group in
        let share = group.served / group.customers
        return [
          Cell(group.name), Cell(Figures.decimal(group.customers, digits: 0)),
          Cell(Figures.decimal(group.customers - group.served, digits: 0)),
          Cell(Figures.percent(share), bar: share),
          Cell(Figures.minutes(meanSeconds: group.reached > 0 ? group.seconds / group.reached : nil)),
        ]
      })
  }

  /// The places with customers that are farthest from a point, those that reach none first; equal ones by their customers.
  private func farthest() -> [Int] {
    let customers = network.places.customers
    func seconds(_ place: Int) -> Int {
      coverage.nearestPoints[place] < 0 ? .max : Int(coverage.seconds[place])
    }
    return Array(
      (0..<network.places.count).filter { customers[$0] > 0 }.sorted { a, b in
        let (x, y) = (seconds(a), seconds(b))
        if x != y { return x > y }
        return (customers[b], a) < (customers[a], b)
      }.prefix(Self.named))
  }

  /// The twenty unserved places with most customers; equal ones in the order of their ids.
  private func unservedBlocks() -> [ReportPage.Block] {
    let unserved = coverage.isServed.indices.filter { !coverage.isServed[$0] }
    guard !unserved.isEmpty else { return [.paragraph(ReportWord.nothingUnserved[language])] }
    let customers = network.places.customers
    let worst = unserved.sorted { (customers[$1], $0) < (customers[$0], $1) }.prefix(Self.named)
    return [
      .paragraph(sentences.worstRule(shown: worst.count, of: unserved.count)),
      .table(
        .init(caption: ReportWord.worst[language], columns: placeColumns, rows: worst.map(placeRow))),
    ]
  }
}
