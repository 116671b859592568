import Planning
import Words

/// A sheet for each township, to be handed to those who answer for it: its figures beside target and county, its map, what it lacks.
struct TownshipSheets {
  let contents: ReportContents

  typealias Cell = ReportPage.Cell

  /// Up to so many townships each has a sheet.
  static let mostSheets = 60
  /// Of more, so many have one: those that are served worst.
  static let fewSheets = 20
  /// How many villages and places a sheet names.
  private static let named = 6

  private var language: Language { contents.language }
  private var network: PaymentNetwork { contents.network }
  private var coverage: Coverage { contents.coverage }
  private var sentences: ReportSentences { contents.sentences }

  /// A section for each sheet, in the order of the breakdown's table; none where the answer has no townships.
  ///
  /// - Complexity: O(places + points) and that of a map for each.
  var sections: [ReportPage.Section] {
    guard coverage.options.breakdown == .township, coverage.lines.count > 1 else { return [] }
    let lines = contents.worstFirst(coverage.lines)
    let shown = lines.count <= Self.mostSheets ? lines : Array(lines.prefix(Self.fewSheets))
    let members = members()
    let positions = Dictionary(
      network.places.townshipNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var sections = shown.compactMap { line in
      positions[line.key].map { section(line, members[$0], township: $0) }
    }
    if shown.count < lines.count, !sections.isEmpty {
      sections[0].blocks.insert(
        .note(sentences.sheetsLeftOut(shown: shown.count, of: lines.count, withMaps: drawsMaps)), at: 0)
    }
    return sections
  }

  /// The places and the points of a township, ascending.
  private struct Members {
    var places: [Int] = []
    var points: [Int] = []
  }

  private func members() -> [Members] {
    var members = [Members](repeating: Members(), count: network.places.townshipNames.count)
    for place in 0..<network.places.count {
      members[Int(network.places.townships[place])].places.append(place)
    }
    for point in 0..<network.points.count where network.points.places[point] >= 0 {
      members[Int(network.places.townships[Int(network.points.places[point])])].points.append(point)
    }
    return members
  }

  /// A nation's township is found among a million places; that is not done twenty times over.
  private var drawsMaps: Bool { network.places.count + network.points.count <= ReportEvidence.mostSites }

  private func section(_ line: Coverage.Line, _ members: Members, township: Int) -> ReportPage.Section {
    var blocks: [ReportPage.Block] = [.table(figures(line.summary, members))]
    if drawsMaps,
      let map = MapDrawing(
        .township(township), of: network, coverage: coverage, circles: contents.circles, language: language)
    {
      blocks.append(.drawing(svg: map.svg(), caption: sentences.mapCaption(map)))
    }
    let wanted = wantedLevel
    let below = villages(of: members).filter { $0.level < wanted }
    var tables = [pointsTable(members)]
    if !below.isEmpty { tables.append(villageTable(below)) }
    blocks.append(.tables(tables))
    blocks.append(.note(sentences.belowTarget(below.count, of: line.summary.villages.total, wanted)))
    let worst = worstPlaces(members)
    if !worst.isEmpty {
      blocks.append(
        .table(
          .init(
            caption: TownshipWord.worstPlaces[language],
            columns: contents.placeColumns, rows: worst.map(contents.placeRow))))
    }
    return .init(
      title: sentences.say(
        en: "\(TownshipWord.sheet[language]): \(contents.townshipName(line.key))",
        zh: "\(TownshipWord.sheet[language])：\(contents.townshipName(line.key))"), blocks: blocks,
      startsSheet: true, isCompact: true)
  }

  // MARK: - Figures

  private func figures(_ own: CoverageSummary, _ members: Members) -> ReportPage.Table {
    let county = coverage.summary
    let targets = contents.targets
    func share(_ label: String, _ target: Double?, _ value: (CoverageSummary) -> Double?) -> [Cell]? {
      guard let mine = value(own) else { return nil }
      let verdict = target.map { mine >= $0 ? SummaryWord.met[language] : SummaryWord.missed[language] } ?? ""
      return [
        Cell(label), Cell(Figures.percent(mine), bar: mine),
        Cell(target.map { Figures.percent($0) } ?? Figures.missing), Cell(verdict),
        Cell(Figures.percent(value(county))),
        Cell(sentences.percentagePoints(value(county).map { mine - $0 })),
      ]
    }
    func number(_ label: String, _ mine: String, _ all: String, _ difference: String) -> [Cell] {
      [Cell(label), Cell(mine), Cell(Figures.missing), Cell(""), Cell(all), Cell(difference)]
    }
    func minutes(_ label: String, _ value: (CoverageSummary) -> Double?) -> [Cell]? {
      guard let mine = value(own) else { return nil }
      let difference = value(county).map { (mine - $0) / 60 }
      return number(
        label, Figures.minutes(meanSeconds: mine), Figures.minutes(meanSeconds: value(county)),
        Figures.signed(difference, digits: 1))
    }
    let rows =
      [
        share(ReportWord.allCustomers[language], nil) { $0.all.customers.share },
        share(ReportWord.townCustomers[language], targets.townShare) { $0.town.customers.share },
        share(SummaryWord.villageCustomers[language], villageTarget) { $0.village.customers.share },
        share(TownshipWord.villagesWithPoint[language], targets.villageShare) { $0.villages.withPointShare },
        share(SummaryWord.effectiveVillages[language], targets.villageShare) { $0.villages.effectiveShare },
        share(TownshipWord.secondPoint[language], nil) { $0.backupShare },
        minutes(SummaryWord.meanMinutes[language]) { $0.seconds.mean },
        minutes(SummaryWord.worstTenth[language]) { $0.equity.worstTenthMeanSeconds },
      ].compactMap(\.self) + service(members)
    return .init(
      caption: TownshipWord.figures[language],
      columns: [
        .text(SummaryWord.figure[language]), .number(SummaryWord.now[language]),
        .number(SummaryWord.target[language]), .text(""), .number(TownshipWord.county[language]),
        .number(TownshipWord.besideCounty[language]),
      ], rows: rows)
  }

  /// The village rule has a target where it asks for minutes; where it asks for a point, the villages have it.
  private var villageTarget: Double? {
    if case .within = coverage.options.standard.village { return contents.targets.villageShare }
    return nil
  }

  /// Activity, load and complaints, where they are known.
  private func service(_ members: Members) -> [[Cell]] {
    guard let found = contents.evidence?.found else { return [] }
    func row(_ label: String, _ mine: Int, _ all: Int) -> [Cell] {
      [
        Cell(label), Cell(Figures.whole(mine)), Cell(Figures.missing), Cell(""), Cell(Figures.whole(all)),
        Cell(""),
      ]
    }
    var rows: [[Cell]] = []
    if network.volumes.count > 0 {
      let states = found.activity.states
      func isDormant(_ state: PointActivity.State?) -> Bool { state == .dormant60 || state == .dormant90 }
      rows.append(
        row(
          TownshipWord.activePoints[language], members.points.count { states[$0] == .active },
          found.activity.active))
      rows.append(
        row(
          TownshipWord.dormantPoints[language], members.points.count { isDormant(states[$0]) },
          states.count { isDormant($0) }))
      let peaks = found.waiting.peaks
      rows.append(
        row(
          TownshipWord.overloadedPoints[language],
          members.points.count { peaks[$0]?.isOverloaded == true }, peaks.count { $0?.isOverloaded == true }))
    }
    let rates = members.points.compactMap { found.complaints.rates[$0] }
    let payments = rates.reduce(0) { $0 + $1.payments }
    if payments > 0, let county = found.complaints.county {
      let own = Double(rates.reduce(0) { $0 + $1.complaints }) / payments
      rows.append([
        Cell(TownshipWord.complaintRate[language]), Cell(Figures.decimal(own * 10_000, digits: 2)),
        Cell(Figures.missing), Cell(""), Cell(Figures.decimal(county * 10_000, digits: 2)),
        Cell(Figures.signed((own - county) * 10_000, digits: 2)),
      ])
    }
    return rows
  }

  // MARK: - What it lacks

  private struct Village {
    var position: Int
    var level: VillageLevel
    var customers: Int
    /// Whole seconds from its farthest place that reaches a point; `nil` where one reaches none.
    var seconds: Int?
  }

  /// An effective point in every village where effectiveness is known, otherwise a point.
  private var wantedLevel: VillageLevel {
    coverage.summary.villages.effective == nil ? .withPoint : .effective
  }

  /// The villages on the ladder, the lowest level first, then those with most customers.
  private func villages(of members: Members) -> [Village] {
    let places = network.places
    var villages: [Int: Village] = [:]
    for place in members.places where places.settings[place] == .village {
      let position = Int(places.villages[place])
      guard let level = coverage.villageLevels[position] else { continue }
      var village = villages[position] ?? Village(position: position, level: level, customers: 0, seconds: 0)
      village.customers += places.customers[place]
      let seconds = coverage.nearestPoints[place] < 0 ? nil : Int(coverage.seconds[place])
      village.seconds = village.seconds.flatMap { far in seconds.map { max(far, $0) } }
      villages[position] = village
    }
    return villages.values.sorted { a, b in
      if a.level != b.level { return a.level < b.level }
      if a.customers != b.customers { return a.customers > b.customers }
      return a.position < b.position
    }
  }

  private func villageTable(_ villages: [Village]) -> ReportPage.Table {
    .init(
      caption: TownshipWord.belowTarget[language],
      columns: [
        .text(TownshipWord.village[language]), .text(TownshipWord.level[language]),
        .number(ReportWord.customers[language]), .number(TownshipWord.longest[language]),
      ],
      rows: villages.prefix(Self.named).map { village in
        let name = network.places.villageNames[village.position]
        return [
          Cell(name.isEmpty ? Glossary.notStated[language] : name),
          Cell(village.level.words[language]), Cell(Figures.whole(village.customers)),
          Cell(Figures.minutes(seconds: village.seconds)),
        ]
      })
  }

  private func pointsTable(_ members: Members) -> ReportPage.Table {
    let points = network.points
    let rows = PointKind.allCases.compactMap { kind -> [Cell]? in
      let own = members.points.filter { points.kinds[$0] == kind }
      guard !own.isEmpty else { return nil }
      return [
        Cell(kind.words[language]), Cell(Figures.whole(own.count)),
        Cell(Figures.whole(own.count { coverage.counts[$0] })),
      ]
    }
    return .init(
      caption: TownshipWord.pointsByKind[language],
      columns: [
        .text(ReportWord.kind[language]), .number(ReportWord.points[language]),
        .number(ReportWord.counting[language]),
      ],
      rows: rows,
      total: [
        Cell(ReportWord.total[language]), Cell(Figures.whole(members.points.count)),
        Cell(Figures.whole(members.points.count { coverage.counts[$0] })),
      ])
  }

  /// The places that are farthest from a point, those that reach none first; equal ones by their customers.
  private func worstPlaces(_ members: Members) -> [Int] {
    func seconds(_ place: Int) -> Int {
      coverage.nearestPoints[place] < 0 ? .max : Int(coverage.seconds[place])
    }
    let customers = network.places.customers
    return Array(
      members.places.filter { customers[$0] > 0 }.sorted { a, b in
        let (x, y) = (seconds(a), seconds(b))
        if x != y { return x > y }
        return (customers[b], a) < (customers[a], b)
      }.prefix(Self.named))
  }
}

extension VillageLevel {
  /// The rung in words.
  var words: Bilingual {
    switch self {
    case .remote: TownshipWord.level0.words
    case .halfway: TownshipWord.halfway.words
    case .reachable: TownshipWord.level1.words
    case .withPoint: TownshipWord.level2.words
    case .effective: TownshipWord.level3.words
    case .secured: TownshipWord.level4.words
    }
  }
}
