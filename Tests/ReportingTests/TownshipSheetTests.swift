import Planning
import Testing
import Words

@testable import Reporting

@Suite("Township sheets, equity and quality")
struct TownshipSheetTests {
  private static let county = SeededCounty(places: 600, points: 120)

  private func contents(
    _ language: Language = .english, _ alter: (inout PaymentNetwork) -> Void = { _ in }
  ) -> ReportContents {
    var network = Self.county.network
    alter(&network)
    return ReportContents(
      network: network, coverage: townshipCoverage(of: network), circles: Self.county.circles, version: "1",
      stamp: nil, language: language)
  }

  private func tables(_ section: ReportPage.Section) -> [ReportPage.Table] {
    section.blocks.flatMap { block -> [ReportPage.Table] in
      switch block {
      case .table(let table): [table]
      case .tables(let tables): tables
      default: []
      }
    }
  }

  @Test(
    "are one for each township, worst first, each with its figures beside the county's, its map and its points"
  )
  func sheets() throws {
    let contents = contents()
    let lines = contents.worstFirst(contents.coverage.lines)
    let sheets = TownshipSheets(contents: contents).sections
    #expect(sheets.map(\.title) == lines.map { "Township sheet: \($0.key)" })
    #expect(sheets.allSatisfy { $0.startsSheet && $0.isCompact })
    let (network, coverage) = (contents.network, contents.coverage)
    for (sheet, line) in zip(sheets, lines) {
      let tables = tables(sheet)
      let all = try #require(tables[0].rows.first { $0[0].text == "All customers served" })
      #expect(all[1].text == Figures.percent(line.summary.all.customers.share))
      #expect(all[4].text == Figures.percent(coverage.summary.all.customers.share))
      let own = (0..<network.points.count).filter { network.township(ofPoint: $0) == line.key }
      let points = try #require(tables.first { $0.caption == "Payment points by kind" })
      #expect(
        points.total?.dropFirst().map(\.text) == ["\(own.count)", "\(own.count { coverage.counts[$0] })"])
      #expect(points.rows.reduce(0) { $0 + (Int($1[1].text) ?? 0) } == own.count)
      let maps = sheet.blocks.filter { if case .drawing = $0 { true } else { false } }
      #expect(maps.count == 1)
      let villages = line.summary.villages
      let below = tables.first { $0.caption == "Villages below the target" }
      #expect((below?.rows.count ?? 0) == min(6, villages.total - villages.withPoint))
      let worst = try #require(tables.first { $0.caption == "Worst-served places" })
      let minutes = worst.rows.map { Double($0[5].text) ?? .infinity }
      #expect(minutes == minutes.sorted(by: >) && worst.rows.allSatisfy { $0[1].text == line.key })
    }
  }

  @Test("are few where townships are many, and say so")
  func many() {
    let contents = contents { network in
      network.places.townshipNames = (0..<75).map { "T\(100 + $0)" }
      for place in 0..<network.places.count { network.places.townships[place] = Int32(place % 75) }
      network.boundaries = []
    }
    let sheets = TownshipSheets(contents: contents).sections
    #expect(sheets.count == TownshipSheets.fewSheets)
    guard case .note(let text)? = sheets.first?.blocks.first else {
      Issue.record("expected a note")
      return
    }
    #expect(text == "Of 75 townships the 20 with the lowest shares have a sheet.")
  }

  @Test("show the county's mean where the measure is the whole's, and equity as tenths")
  func equity() throws {
    let contents = contents()
    let section = try #require(contents.equitySection())
    let tables = tables(section)
    let tenths = try #require(tables.first { $0.caption == TownshipWord.tenthsTable[.english] })
    #expect(tenths.rows.count == 10)
    #expect(
      tenths.rows[9][1].text
        == Figures.minutes(meanSeconds: contents.coverage.summary.equity.worstTenthMeanSeconds))
    let groups = try #require(tables.first { $0.caption == TownshipWord.groupsTable[.english] })
    let all = contents.coverage.summary.all.customers
    #expect(groups.rows[0][1].text == Figures.whole(all.total))
    #expect(groups.rows[0][2].text == Figures.whole(all.unserved))
    let town = try #require(groups.rows.first { $0[0].text == Glossary.town[.english] })
    #expect(town[3].text == Figures.percent(contents.coverage.summary.town.customers.share))
  }

  @Test("say how exact positions are and what is known")
  func quality() throws {
    let contents = contents { network in
      for place in 0..<network.places.count {
        network.places.latitudes[place] = 35 + Double(place % 100) / 1_000
        network.places.longitudes[place] = 112 + Double(place / 100) / 100
      }
      network.places.latitudes[0] = 35.12345
      network.places.elderlyShares[1] = .nan
    }
    let tables = tables(try #require(contents.qualitySection()))
    let decimals = try #require(tables.first { $0.caption == TownshipWord.decimalsTable[.english] })
    // Of a hundred multiples of a thousandth ten have two decimals or fewer.
    #expect(decimals.rows.map { $0[1].text } == ["59", "540", "0", "1", "0"])
    let known = try #require(tables.first { $0.caption == TownshipWord.knownTable[.english] })
    let elderly = try #require(known.rows.first { $0[0].text == TownshipWord.placeElderly[.english] })
    #expect(elderly[1].text == "599" && elderly[2].text == "99.8%")
  }

  @Test("and the maps leave out circles that could not be seen")
  func circles() {
    let options = CoverageOptions()
    #expect(CoverageReport.showsCircles(of: Self.county.network, options))
    var nation = Self.county.network
    nation.boundaries = []
    for place in 0..<nation.places.count {
      nation.places.latitudes[place] = 20 + Double(place % 30)
      nation.places.longitudes[place] = 80 + Double(place % 50)
    }
    #expect(!CoverageReport.showsCircles(of: nation, options))
  }
}
