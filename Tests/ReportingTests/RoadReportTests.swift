import Geo
import Planning
import Testing
import Travel
import Words

@testable import Reporting

@Suite struct RoadReportTests {
  private static let county = RoadCounty()

  private func page(
    _ language: Language = .english, _ county: RoadCounty = county,
    change: (inout Coverage) -> Void = { _ in }
  ) -> ReportPage {
    var coverage = county.coverage
    change(&coverage)
    return ReportContents(
      network: county.network, coverage: coverage, circles: [], version: "1", stamp: nil, language: language
    ).page()
  }

  private func section(_ word: ReportWord, of page: ReportPage) throws -> ReportPage.Section {
    try #require(page.sections.first { $0.title == word[page.language] })
  }

  private func tables(_ section: ReportPage.Section) -> [ReportPage.Table] {
    section.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  private func texts(_ section: ReportPage.Section) -> String {
    section.blocks.map { block in
      switch block {
      case .paragraph(let text), .note(let text): text
      case .list(let items): items.joined(separator: "\n")
      default: ""
      }
    }.joined(separator: "\n")
  }

  @Test func `definition and method are those of roads, not of straight lines`() throws {
    let page = page()
    let definition = texts(try section(.definition, of: page))
    for part in [
      "within 10 minutes on foot along the roads", "OpenStreetMap", "at the speeds of the rules",
      "way to the point", "farther than 2\u{A0}km", "off the roads",
    ] {
      #expect(definition.contains(part), "\(part)")
    }
    #expect(!definition.contains("4.5 km/h") && !definition.contains("Ways wind"))
    let method = texts(try section(.method, of: page))
    for part in [
      "rounded up to a whole second", "1.25 m/s", "1.3 times the straight line", "not walkers",
      "leads nowhere", "taken as level", "a path that is missing",
    ] {
      #expect(method.contains(part), "\(part)")
    }
    #expect(!method.contains("knows no river") && !method.contains("distance × circuity"))
    #expect(!method.contains("there and the way back"))
    let chinese = texts(try section(.method, of: self.page(.chinese)))
    #expect(chinese.contains("每秒 1.25 米、直线的 1.3 倍") && !chinese.contains("直线法不考虑"))
  }

  @Test func `the chinese sentences on roads hold no english but names`() throws {
    let page = page(.chinese) { $0.offRoads = [] }
    let text = try [ReportWord.definition, .results].map { texts(try section($0, of: page)) }.joined()
    let comparison = try section(.comparison, of: page)
    guard case .paragraph(let finding) = comparison.blocks[0] else { throw Missing() }
    let words = Set((text + finding).split { !($0.isASCII && $0.isLetter) }.map(String.init))
    #expect(words == ["OpenStreetMap"])
    #expect(finding.contains("沿路路程为到同一网点直线距离的"))
  }

  private struct Missing: Error {}

  @Test func `the rules' own way from the door, the way home and the mode change the sentences`() throws {
    var county = Self.county
    var snapping = RoadSnapping.Options()
    snapping.limitMillimeters = 500_000
    snapping.circuityThousandths = 1_500
    snapping.offRoadMillimetersPerSecond = 1_000
    county.network.roads = NetworkRoads(try #require(county.network.roads).file, snapping: snapping)
    let page = page(.english, county) {
      $0.options.standard.countsReturn = true
      $0.options.standard.travel(by: .ebike)
    }
    #expect(texts(try section(.definition, of: page)).contains("farther than 500\u{A0}m"))
    let method = texts(try section(.method, of: page))
    #expect(method.contains("1.00 m/s") && method.contains("1.5 times"))
    #expect(method.contains("turn restrictions are kept") && method.contains("may differ; both count"))
  }

  @Test func `by straight line nothing is said of roads`() {
    let network = Self.county.county.network
    let page = ReportContents(
      network: network, coverage: townshipCoverage(of: network), circles: [], version: "1", stamp: nil,
      language: .english
    ).page()
    let text = "\(page)"
    #expect(!text.contains("along the roads") && !text.contains("off the roads"))
    #expect(text.contains("Ways wind") && text.contains("knows no river"))
  }

  @Test(arguments: Language.allCases)
  func `how sure the verdicts are stands in the results`(language: Language) throws {
    let customers = Self.county.coverage.summary.all.customers.total
    let results = texts(
      try section(
        .results,
        of: page(language) {
          $0.summary.sensitivity.lost = 1_234
          $0.summary.sensitivity.gained = 567
        }))
    for part in [
      "15%", "1,234", "567", Figures.percent(1_234 / Double(customers)),
      Figures.percent(567 / Double(customers)),
      language == .english ? "two well-known engines, of different speeds" : "两个常用路径引擎",
    ] {
      #expect(results.contains(part), "\(part)")
    }
    #expect(ReportSentences(language).howSure(CoverageSummary()).isEmpty)
  }

  @Test func `the comparison's tables hold its numbers`() throws {
    let comparison = RoadComparison(of: Self.county.network, onRoads: Self.county.coverage)
    #expect(comparison.changes.count > 10 && comparison.total.circuity ?? 0 > 1)
    let section = try section(.comparison, of: page())
    let tables = tables(section)
    #expect(tables.count == 2)
    let lines = comparison.lines + [comparison.total]
    for (row, line) in zip(tables[0].rows + [tables[0].total ?? []], lines) {
      let customers = Double(line.all.customers)
      #expect(
        row.dropFirst().map(\.text) == [
          "\(line.reaching.places)", Figures.decimal(line.circuity, digits: 2),
          Figures.whole(line.servedStraight.customers),
          Figures.percent(Double(line.servedStraight.customers) / customers),
          Figures.whole(line.servedOnRoads.customers),
          Figures.percent(Double(line.servedOnRoads.customers) / customers),
          "\(line.lost.places)", "\(line.gained.places)",
        ])
    }
    #expect(tables[0].rows.map { $0[0].text } == comparison.lines.map(\.township))
    let places = Self.county.network.places
    #expect(tables[1].rows.count == 10)
    for (row, change) in zip(tables[1].rows, comparison.changes) {
      #expect(row[0].text == places.names[change.place])
      #expect(row[2].text == Figures.whole(places.customers[change.place]))
      #expect(row[3].text == Figures.minutes(seconds: Int(comparison.straight.seconds[change.place])))
      #expect(row[5].text == (change.isServedOnRoads ? "served" : "no longer served"))
    }
    let text = texts(section)
    #expect(text.contains("\(Figures.whole(comparison.total.lost.places)) places with "))
    #expect(text.contains("over the \(comparison.total.reaching.places) places that reach one"))
  }

  @Test func `who is off the roads is counted and named, the first ten of them`() throws {
    let names = Self.county.network.places.names
    let note = texts(
      try section(
        .comparison,
        of: page {
          $0.offRoads = (0..<12).map { ($0, $0 == 1 ? nil : 2_000 + $0) }
          $0.pointsOffRoads = [3]
        }))
    #expect(note.contains("12 places are off the roads") && note.contains("\(names[0]) (2,000 m)"))
    #expect(note.contains("\(names[1]), ") && note.contains("and 2 more") && !note.contains(names[10]))
    #expect(note.contains("1 points that count are off the roads: 网点3."))
    let nobody = texts(
      try section(
        .comparison,
        of: page {
          $0.offRoads = []
          $0.pointsOffRoads = []
        }))
    #expect(!nobody.contains("off the roads"))
  }

  @Test func `the three readings tell the roads' meters from the great circle's`() throws {
    let places = Self.county.network.places
    func customers(_ isWithin: (Int) -> Bool) -> String {
      Figures.whole(
        (0..<places.count).filter { places.settings[$0] == .town && isWithin($0) }.reduce(0) {
          $0 + places.customers[$1]
        })
    }
    var coverage = Self.county.coverage
    coverage.meters[0] = 500
    coverage.meters[4] = 501
    #expect(coverage.nearestPoints[0] >= 0 && coverage.nearestPoints[4] >= 0)
    let straight = townshipCoverage(of: Self.county.county.network)
    let table = try #require(
      tables(try section(.method, of: page { $0.meters = coverage.meters })).last)
    #expect(table.rows[0][1].text == Figures.whole(coverage.summary.town.customers.served))
    #expect(table.rows[1][0].text == "500 m along the roads")
    #expect(
      table.rows[1][1].text
        == customers { coverage.nearestPoints[$0] >= 0 && coverage.meters[$0] <= 500 })
    #expect(table.rows[2][1].text == customers { straight.meters[$0] <= 500 })
  }

  @Test(arguments: Language.allCases)
  func `times are given along the way`(language: Language) throws {
    let text = "\(try section(.results, of: page(language)))"
    #expect(text.contains(ReportWord.metersOnRoads[language]))
    #expect(!text.contains(ReportWord.metersUnit[language]))
  }
}
