import Planning
import Testing
import Travel
import Words

@testable import Reporting

@Suite struct ReportContentsTests {
  private let county = SeededCounty(places: 400, points: 60)
  private let coverage: Coverage

  init() { coverage = townshipCoverage(of: county.network) }

  private func page(_ language: Language = .english, _ change: (inout Coverage) -> Void = { _ in })
    -> ReportPage
  {
    var coverage = coverage
    change(&coverage)
    return ReportContents(
      network: county.network, coverage: coverage, circles: [], version: "1.2.3",
      stamp: nil,
      language: language
    ).page()
  }

  private func tables(_ page: ReportPage) -> [ReportPage.Table] {
    page.sections.flatMap(\.blocks).flatMap { block -> [ReportPage.Table] in
      switch block {
      case .table(let table): [table]
      case .tables(let tables): tables
      default: []
      }
    }
  }

  private func figures(_ page: ReportPage) -> [String: ReportPage.Figure] {
    let all = page.sections.flatMap(\.blocks).flatMap { block -> [ReportPage.Figure] in
      switch block {
      case .headlines(let figures), .figures(let figures): figures
      default: []
      }
    }
    return Dictionary(all.map { ($0.label, $0) }) { first, _ in first }
  }

  private func section(_ word: ReportWord, of page: ReportPage) -> ReportPage.Section? {
    page.sections.first { $0.title == word[page.language] }
  }

  @Test func `the headlines are the answer's`() {
    var changed = coverage
    changed.summary.backupShare = 0.7251
    changed.summary.roundTripHoursPerYear = 123_456.7
    changed.summary.equity.gini = 0.4321
    changed.summary.equity.worstTenthMeanSeconds = 1_801.5
    changed.summary.equity.elderlyGap = 0.0123
    let found = figures(page { $0 = changed })
    let summary = changed.summary
    #expect(found["Town customers served"]?.value == Figures.percent(summary.town.customers.share))
    #expect(
      found["Town customers served"]?.detail
        == "\(Figures.whole(summary.town.customers.served)) of \(Figures.whole(summary.town.customers.total))"
    )
    #expect(
      found["Villages with a payment point"]?.detail
        == "\(summary.villages.withPoint) of \(summary.villages.total)")
    #expect(
      found["Villages with a payment point"]?.value
        == Figures.percent(Double(summary.villages.withPoint) / Double(summary.villages.total)))
    #expect(found["All customers served"]?.value == Figures.percent(summary.all.customers.share))
    #expect(found["Places served"]?.value == Figures.percent(summary.all.places.share))
    #expect(found["Payment points that count"]?.value == "\(coverage.counts.count { $0 })")
    #expect(found["Still served if any one point closed"]?.value == "72.5%")
    #expect(found["Places that reach no point"]?.value == "0")
    #expect(found["Mean of the worst-served tenth"]?.value == "30.1 min")
    #expect(found["Gini coefficient of the minutes"]?.value == "0.432")
    #expect(found["Gap of the elderly"]?.value == "+1.2 points")
    #expect(found["Lowest township"]?.value == Figures.percent(summary.equity.lowestTownshipShare))
    #expect(found["Hours on the way in a year"]?.value == "123,457")
  }

  @Test func `what is not known says so`() {
    let found = figures(
      page {
        $0.summary.backupShare = nil
        $0.summary.equity = .init()
      })
    for label in [
      "Still served if any one point closed", "Gap of the elderly", "Mean of the worst-served tenth",
    ] {
      #expect(found[label]?.value == Figures.missing)
    }
    let ladder = tables(page())[1]
    #expect(ladder.rows[0][1].text == "\(coverage.summary.villages.withPoint)")
    #expect(ladder.rows[1].dropFirst().map(\.text) == ["not known", "not known"])
    let known = tables(
      page {
        $0.summary.villages.effective = 12
        $0.summary.villages.secured = 0
      })[1]
    #expect(known.rows[1][1].text == "12" && known.rows[2].dropFirst().map(\.text) == ["0", "0.0%"])
    #expect(known.total?[1].text == "\(coverage.summary.villages.total)")
  }

  @Test func `the table of populations holds the answer's numbers`() {
    let table = tables(page())[0]
    for (row, population) in zip(
      table.rows + [table.total ?? []],
      [coverage.summary.town, coverage.summary.village, coverage.summary.all])
    {
      #expect(
        row.dropFirst().map(\.text) == [
          Figures.whole(population.places.total), Figures.whole(population.places.served),
          Figures.percent(population.places.share), Figures.whole(population.customers.total),
          Figures.whole(population.customers.served), Figures.whole(population.customers.unserved),
          Figures.percent(population.customers.share),
        ])
      #expect(row[3].bar == population.places.share && row[7].bar == population.customers.share)
    }
  }

  @Test func `times and distances are the answer's`() {
    let table = tables(page())[2]
    let (seconds, meters) = (coverage.summary.seconds, coverage.summary.meters)
    #expect(
      table.rows[0].dropFirst().map(\.text)
        == [Figures.minutes(meanSeconds: seconds.mean)]
        + [seconds.p50, seconds.p90, seconds.p95, seconds.max].map { Figures.minutes(seconds: $0) })
    #expect(
      table.rows[1].dropFirst().map(\.text)
        == [Figures.decimal(meters.mean, digits: 0)]
        + [meters.p50, meters.p90, meters.p95, meters.max].map { Figures.whole($0) })
  }

  @Test func `townships stand worst first, each with its numbers`() throws {
    let found = try #require(section(.byTownship, of: page()))
    guard case .table(let table) = found.blocks[0] else { throw Missing() }
    #expect(table.rows.count == coverage.lines.count)
    var before = -1.0
    for row in table.rows {
      let line = try #require(coverage.lines.first { $0.key == row[0].text })
      let customers = line.summary.all.customers
      #expect(
        row.dropFirst().map(\.text) == [
          Figures.whole(line.summary.all.places.total), Figures.whole(customers.total),
          Figures.whole(customers.served),
          Figures.whole(customers.unserved), Figures.percent(customers.share),
          Figures.percent(line.summary.town.customers.share),
          Figures.percent(line.summary.village.customers.share),
          Figures.minutes(meanSeconds: line.summary.seconds.mean),
          Figures.minutes(seconds: line.summary.seconds.p90),
        ])
      let share = try #require(customers.share)
      #expect(share >= before)
      before = share
    }
    #expect(table.total?[2].text == Figures.whole(coverage.summary.all.customers.total))
  }

  @Test func `a township without a name and one without customers are still there`() throws {
    let found = try #require(
      section(
        .byTownship,
        of: page {
          $0.lines[0].key = ""
          $0.lines[0].summary = CoverageSummary()
        }))
    guard case .table(let table) = found.blocks[0] else { throw Missing() }
    #expect(table.rows.last?[0].text == "not stated")
    #expect(table.rows.last?[5].text == Figures.missing && table.rows.last?[5].bar == nil)
  }

  @Test func `settings and terrains are named in words`() throws {
    for (breakdown, word, keys, names) in [
      (CoverageOptions.Breakdown.setting, ReportWord.bySetting, ["town", "village"], ["城区", "农村"]),
      (.terrain, .byTerrain, ["hill", "mountain", "plain"], ["丘陵", "山区", "平原"]),
    ] {
      let found = try #require(
        section(
          word,
          of: page(.chinese) { coverage in
            coverage.options.breakdown = breakdown
            for (i, key) in keys.enumerated() { coverage.lines[i].key = key }
            coverage.lines.removeSubrange(keys.count...)
          }))
      guard case .table(let table) = found.blocks[0] else { throw Missing() }
      #expect(Set(table.rows.map { $0[0].text }) == Set(names))
    }
    #expect(section(.byTownship, of: page { $0.options.breakdown = nil }) == nil)
  }

  @Test func `the worst places are the unserved ones with most customers`() throws {
    let table = try #require(tables(page()).first { $0.caption == ReportWord.worst[.english] })
    let places = county.network.places
    // The judge: pick the largest again and again.
    var left = (0..<places.count).filter { !coverage.isServed[$0] }
    var expected: [Int] = []
    while expected.count < 20, let most = left.map({ places.customers[$0] }).max() {
      let next = try #require(left.first { places.customers[$0] == most })
      expected.append(next)
      left.removeAll { $0 == next }
    }
    #expect(expected.count == 20)
    for (row, i) in zip(table.rows, expected) {
      let nearest = Int(coverage.nearestPoints[i])
      #expect(
        row.map(\.text) == [
          places.names[i], places.townshipNames[Int(places.townships[i])], places.settings[i].name,
          Figures.whole(places.customers[i]), county.network.points.names[nearest],
          Figures.minutes(seconds: Int(coverage.seconds[i])), Figures.whole(Int(coverage.meters[i])),
          coverage.reasons[i]?.words[.english] ?? "",
        ])
    }
    #expect(table.rows.count == 20)
  }

  @Test func `a place that reaches nothing has no nearest point`() throws {
    let page = page {
      $0.nearestPoints = $0.nearestPoints.map { _ in -1 }
      $0.isServed = $0.isServed.map { _ in false }
      $0.reasons = $0.reasons.map { _ in .unreachable }
    }
    let table = try #require(tables(page).first { $0.caption == ReportWord.worst[.english] })
    #expect(table.rows.count == 20)
    for row in table.rows { #expect(row[4...].map(\.text) == ["none", "–", "–", "no point can be reached"]) }
  }

  @Test func `kinds of points are counted`() throws {
    let found = try #require(section(.network, of: page()))
    guard case .table(let table) = found.blocks[0] else { throw Missing() }
    let points = county.network.points
    for row in table.rows {
      let kind = try #require(PointKind.allCases.first { $0.words[.english] == row[0].text })
      let members = (0..<points.count).filter { points.kinds[$0] == kind }
      #expect(row[1].text == "\(members.count)")
      #expect(row[2].text == "\(members.count { coverage.counts[$0] })")
      #expect(row[3].text == "0.0%")
    }
    #expect(table.total?.map(\.text) == ["Total", "60", "\(coverage.counts.count { $0 })", "0.0%"])
    guard case .table(let channels) = found.blocks[1] else { throw Missing() }
    #expect(channels.rows.map { $0[1].text } == ["in person", "from home", "in person"])
    #expect(channels.rows.map { $0[2].text } == ["cash", "–", "citizen card"])
  }

  @Test func `the three readings count town customers, rims within`() throws {
    let places = county.network.places
    func customers(_ isWithin: (Int) -> Bool) -> String {
      Figures.whole(
        (0..<places.count).filter { places.settings[$0] == .town && isWithin($0) }.reduce(0) {
          $0 + places.customers[$1]
        })
    }
    var moved = coverage
    moved.meters[0] = 500
    moved.meters[4] = 501
    let page = page { $0 = moved }
    let table = try #require(tables(page).first { $0.caption == ReportWord.threeReadings[.english] })
    #expect(places.settings[0] == .town && places.settings[4] == .town)
    #expect(table.rows[0][1].text == Figures.whole(coverage.summary.town.customers.served))
    #expect(table.rows[1][1].text == customers { Double(moved.meters[$0]) * 1.3 <= 500 })
    #expect(table.rows[2][1].text == customers { moved.meters[$0] <= 500 })
  }

  @Test func `the standard is said in words and numbers`() throws {
    func words(_ change: (inout Coverage) -> Void = { _ in }) throws -> String {
      let definition = try #require(section(.definition, of: page(.english, change)))
      guard case .list(let items) = definition.blocks[0] else { throw Missing() }
      return items.joined(separator: "\n")
    }
    let promise = try words()
    for part in [
      "within 10 minutes on foot", "4.5 km/h", "within 1\u{A0}km", "plain ×\u{A0}1.3", "576\u{A0}m",
      "mountains ×\u{A0}1.8",
    ] {
      #expect(promise.contains(part), "\(part)")
    }
    let narrowed = try words {
      $0.options.standard = ServiceStandard(
        name: "x", townLimit: .seconds(450), townMode: .ebike, village: .within(.minutes(1), .car))
      $0.options.kinds = [.shop, .bank]
      $0.options.methods = [.cash, .qr]
      $0.options.moment = nil
      $0.options.weight = .arrears
    }
    for part in [
      "450 seconds by e-bike", "1 minute by car", "bank or shop", "cash or scanned code",
      "weighted by money overdue",
    ] {
      #expect(narrowed.contains(part), "\(part)")
    }
  }

  @Test func `the title is the county's, the promise the standard's`() {
    #expect(page(.chinese).title == "济源市电费交费服务覆盖报告")
    #expect(page(.english).title.hasSuffix(": 济源市"))
    #expect(page(.english).subtitle == "Ten minutes in town, a place to pay in every village")
    #expect(page(.english) { $0.options.standard.name = "半小时" }.subtitle == "半小时")
  }

  @Test func `synthetic data are called so above and below, other data never`() {
    let warned = page()
    #expect(warned.warnings == [ReportWord.synthetic[.english]])
    #expect(warned.foot.contains(ReportWord.synthetic[.english]))
    #expect(warned.sheetFoot.contains("Synthetic data"))
    var real = county.network
    for i in real.sources.indices { real.sources[i].isSynthetic = false }
    let page = ReportContents(
      network: real, coverage: coverage, circles: [], version: "1", stamp: "2025-01-02",
      language: .english
    ).page()
    #expect(
      page.warnings.isEmpty && !page.foot.joined().contains("ynthetic")
        && !page.sheetFoot.contains("ynthetic"))
    #expect(page.foot.contains("Time of making: 2025-01-02"))
    #expect(!warned.foot.joined().contains("Time of making"))
  }

  struct Missing: Error {}
}
