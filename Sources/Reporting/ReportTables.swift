import Geo
import Planning
import Travel
import Words

// The tables that follow the results, each from one part of the answer.
extension ReportContents {
  /// How many lines a table of townships has at most: a nation has thousands, and nobody reads them in print.
  static let mostLines = 100

  /// The lines of the breakdown, the lowest share of customers first; then the more unserved customers; then
  /// by key.
  func breakdownSection() -> ReportPage.Section? {
    guard let breakdown = coverage.options.breakdown, !coverage.lines.isEmpty else { return nil }
    let (title, heading): (ReportWord, ReportWord) =
      switch breakdown {
      case .township: (.byTownship, .township)
      case .setting: (.bySetting, .setting)
      case .terrain: (.byTerrain, .terrain)
      }
    func name(_ key: String) -> String {
      switch breakdown {
      case .township: key.isEmpty ? Glossary.notStated[language] : key
      case .setting: Setting.allCases.first { $0.name == key }?.words[language] ?? key
      case .terrain: Terrain.allCases.first { $0.name == key }?.words[language] ?? key
      }
    }
    func cells(_ name: String, _ line: CoverageSummary) -> [Cell] {
      let customers = line.all.customers
      return [
        Cell(name), Cell(Figures.whole(line.all.places.total)), Cell(Figures.whole(customers.total)),
        Cell(Figures.whole(customers.served)), Cell(Figures.whole(customers.unserved)),
        Cell(Figures.percent(customers.share), bar: customers.share),
        Cell(Figures.percent(line.town.customers.share)), Cell(Figures.percent(line.village.customers.share)),
        Cell(Figures.minutes(meanSeconds: line.seconds.mean)),
        Cell(Figures.minutes(seconds: line.seconds.p90)),
      ]
    }
    let lines = worstFirst(coverage.lines)
    let words: [ReportWord] = [
      .places, .customers, .servedCustomers, .unservedCustomers, .share, .townShare, .villageShare,
      .meanMinutes,
      .p90Minutes,
    ]
    return .init(
      title: title[language],
      blocks: [
        .table(
          .init(
            caption: "", columns: [.text(heading[language])] + words.map { .number($0[language]) },
            rows: lines.prefix(Self.mostLines).map { cells(name($0.key), $0.summary) },
            total: cells(ReportWord.total[language], summary)))
      ]
        + (lines.count > Self.mostLines
          ? [.note(sentences.linesLeftOut(shown: Self.mostLines, of: lines.count))] : []),
      startsSheet: true)
  }

  /// The columns of a table of places, whatever it lists them for.
  var placeColumns: [ReportPage.Column] {
    [
      .text(ReportWord.place[language]), .text(ReportWord.township[language]),
      .text(ReportWord.setting[language]),
      .number(ReportWord.customers[language]), .text(ReportWord.nearest[language]),
      .number(ReportWord.minutes[language]), .number(ReportWord.meters[language]),
      .text(ReportWord.reason[language]),
    ]
  }

  /// A place with its way to the nearest point, and why it is not served.
  func placeRow(_ i: Int) -> [Cell] {
    let places = network.places
    let nearest = Int(coverage.nearestPoints[i])
    let isReached = nearest >= 0
    return [
      Cell(places.names[i]), Cell(townshipName(places.townshipNames[Int(places.townships[i])])),
      Cell(places.settings[i].words[language]), Cell(Figures.whole(places.customers[i])),
      Cell(isReached ? network.points.names[nearest] : Glossary.none[language]),
      Cell(isReached ? Figures.minutes(seconds: Int(coverage.seconds[i])) : Figures.missing),
      Cell(isReached ? Figures.whole(Int(coverage.meters[i])) : Figures.missing),
      Cell(coverage.reasons[i]?.words[language] ?? Figures.missing),
    ]
  }

  /// The points by kind and, where the network lists them, the ways to pay.
  func networkSection() -> ReportPage.Section {
    let points = network.points
    var counts = [(all: Int, counting: Int, known: Int)](
      repeating: (0, 0, 0), count: PointKind.allCases.count + 1)
    for i in 0..<points.count {
      for slot in [Int(points.kinds[i].rawValue), PointKind.allCases.count] {
        counts[slot].all += 1
        if coverage.counts[i] { counts[slot].counting += 1 }
        if points.hours[i] >= 0 { counts[slot].known += 1 }
      }
    }
    func cells(_ name: String, _ count: (all: Int, counting: Int, known: Int)) -> [Cell] {
      let share = count.all == 0 ? nil : Double(count.known) / Double(count.all)
      return [
        Cell(name), Cell(Figures.whole(count.all)), Cell(Figures.whole(count.counting)),
        Cell(Figures.percent(share), bar: share),
      ]
    }
    let kinds = ReportPage.Table(
      caption: ReportWord.kindsTable[language],
      columns: [
        .text(ReportWord.kind[language]), .number(ReportWord.points[language]),
        .number(ReportWord.counting[language]), .number(ReportWord.hoursKnown[language]),
      ],
      rows: PointKind.allCases.filter { counts[Int($0.rawValue)].all > 0 }.map {
        cells($0.words[language], counts[Int($0.rawValue)])
      },
      total: cells(ReportWord.total[language], counts[PointKind.allCases.count]))
    var blocks: [ReportPage.Block] = []
    blocks.append(points.count > 0 ? .table(kinds) : .paragraph(ReportWord.noPoints[language]))
    if !network.channels.isEmpty {
      let inPerson = network.channels.count(where: \.inPerson)
      blocks.append(.table(channelTable()))
      blocks.append(
        .paragraph(sentences.channelCount(inPerson: inPerson, remote: network.channels.count - inPerson)))
    }
    return .init(title: ReportWord.network[language], blocks: blocks)
  }

  private func channelTable() -> ReportPage.Table {
    .init(
      caption: ReportWord.channelsTable[language],
      columns: [ReportWord.channel, .access, .medium, .provider].map { .text($0[language]) },
      rows: network.channels.map { channel in
        return [
          Cell(channel.name), Cell((channel.inPerson ? ReportWord.inPerson : .remote)[language]),
          Cell(channel.mediumWords(language)),
          Cell(channel.provider.isEmpty ? Figures.missing : channel.provider),
        ]
      })
  }

  /// The share of town customers by each common reading of "ten minutes": the standard itself, 500 m along the way to the
  /// nearest point, 500 m great-circle. Along the way is along the roads where the question was asked on roads, and
  /// otherwise what the terrain's circuity makes of the great circle.
  func threeReadings(_ comparison: RoadComparison?) -> ReportPage.Table? {
    let standard = coverage.options.standard
    guard standard.townMode == .walk, summary.town.customers.total > 0 else { return nil }
    let line = StraightLine(mode: .walk, factors: coverage.options.factors)
    // Where the way home counts, meters are there and back.
    let limit = standard.countsReturn ? 1_000.0 : 500
    let greatCircle = comparison?.straight ?? coverage
    var along = 0
    var straight = 0
    let places = network.places
    for i in 0..<places.count where places.settings[i] == .town {
      if greatCircle.nearestPoints[i] >= 0 {
        let meters = Double(greatCircle.meters[i])
        if meters <= limit { straight += places.customers[i] }
        if !isOnRoads, meters * line.circuity(in: places.terrains[i]) <= limit {
          along += places.customers[i]
        }
      }
      if isOnRoads, coverage.nearestPoints[i] >= 0, Double(coverage.meters[i]) <= limit {
        along += places.customers[i]
      }
    }
    let total = summary.town.customers.total
    let readings = [
      (sentences.ownReading(standard), summary.town.customers.served),
      (isOnRoads ? sentences.alongTheRoads : sentences.alongTheWay, along), (sentences.straight, straight),
    ]
    return .init(
      caption: ReportWord.threeReadings[language],
      columns: [
        .text(ReportWord.reading[language]), .number(ReportWord.customers[language]),
        .number(ReportWord.portion[language]),
      ],
      rows: readings.map { name, customers in
        let share = Double(customers) / Double(total)
        return [Cell(name), Cell(Figures.whole(customers)), Cell(Figures.percent(share), bar: share)]
      })
  }
}
