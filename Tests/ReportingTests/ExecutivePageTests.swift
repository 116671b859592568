import Planning
import Testing
import Words

@testable import Reporting

@Suite("The first page")
struct ExecutivePageTests {
  private static let county = SeededCounty(places: 400, points: 60)

  private func contents(
    _ language: Language = .english, _ alter: (inout ReportContents) -> Void = { _ in }
  ) -> ReportContents {
    var contents = ReportContents(
      network: Self.county.network, coverage: townshipCoverage(of: Self.county.network), circles: [],
      version: "1", stamp: nil, language: language)
    alter(&contents)
    return contents
  }

  private func verdicts(_ contents: ReportContents) -> [ReportPage.Verdict] {
    for case .verdicts(let verdicts) in contents.executiveSection().blocks { return verdicts }
    return []
  }

  private func texts(_ section: ReportPage.Section) -> String {
    section.blocks.map { block in
      switch block {
      case .paragraph(let text), .note(let text): text
      case .decision(_, let sentences): sentences.joined(separator: "\n")
      default: ""
      }
    }.joined(separator: "\n")
  }

  @Test("comes first, and holds the answer's figures against every customer and every village")
  func first() throws {
    let contents = contents()
    #expect(contents.page().sections.first?.title == "On one page")
    let summary = contents.coverage.summary
    let found = verdicts(contents)
    #expect(found.count == 3)
    let town = summary.town.customers
    #expect(found[0].value == Figures.percent(town.share) && found[0].aim == "target 100.0%")
    #expect(found[0].isMet == false)
    let short = Figures.decimal((1 - (town.share ?? 0)) * 100, digits: 1)
    #expect(found[0].finding == "missed by \(short) points: \(Figures.whole(town.unserved)) customers")
    let villages = summary.villages
    let lacking = villages.total - villages.withPoint
    #expect(found[1].finding.hasSuffix("\(lacking) villages") && found[1].isMet == false)
    #expect(found[2].value == Figures.whole(summary.all.customers.unserved) && found[2].isMet == nil)
    #expect(found[2].finding == "in \(summary.all.places.unserved) places")
    // The lowest of the townships are named, the lowest first.
    let lowest = try #require(contents.worstFirst(contents.coverage.lines).first)
    #expect(texts(contents.executiveSection()).contains("served: \(lowest.key) ("))
  }

  @Test("says met on the rim of a target, and missed by a hair below it")
  func rim() {
    func verdict(_ target: Double) -> ReportPage.Verdict {
      verdicts(contents { $0.targets = ReportTargets(townShare: target) })[0]
    }
    let share = contents().coverage.summary.town.customers.share ?? 0
    #expect(verdict(share).isMet == true && verdict(share).finding == "met")
    #expect(verdict(min(1, share + 1e-6)).isMet == false)
    #expect(verdict(min(1, share + 1e-6)).finding == "missed by <0.1 points: 1 customer")
    #expect(
      ReportSentences(.chinese).verdict(share: 0.8, target: 0.95, lacking: 15, of: .villages)
        == "未达到，差 15.0 个百分点，即 15 个村")
  }

  @Test("asks for a decision on scenario and plan, and otherwise how to reach who is left")
  func decision() throws {
    let open = contents()
    let most = try #require(
      open.coverage.lines.max {
        $0.summary.all.customers.unserved < $1.summary.all.customers.unserved
      })
    #expect(texts(open.executiveSection()).contains("most of them in \(most.key) ("))

    let baseline = ScenarioBaseline(of: Self.county.network, open.coverage.options, Surveys())
    let point = try #require((0..<60).first { open.coverage.counts[$0] })
    let outcome = try baseline.outcome(
      of: Scenario(name: "less", changes: [.close(point: Self.county.network.points.ids[point])]))
    let with = contents { $0.scenarios = [outcome] }
    let change = outcome.after.summary.all.customers.served - outcome.before.summary.all.customers.served
    #expect(
      texts(with.executiveSection()).contains(
        "Whether to carry out \"less\": \(Figures.signed(change)) customers"))
    // The chapter is the scenario report's own.
    let titles = with.page().sections.map(\.title)
    #expect(
      titles.contains("Scenario: less: Results") && titles.contains("Scenario: less: Map of the changes"))
    let svg = ScenarioMap(outcome: outcome, language: .english).svg()
    #expect(ReportHTML(page: with.page()).text().contains(svg))
  }

  @Test(
    "says what changed since an atlas in which a point had been closed by hand", arguments: Language.allCases)
  func change(language: Language) throws {
    let now = contents(language)
    let lost = try #require(
      (0..<60).first { point in
        now.coverage.counts[point] && now.coverage.nearestPoints.contains(Int32(point))
          && closing(point).isServed != now.coverage.isServed
      })
    let before = closing(lost)
    var network = Self.county.network
    network.points.statuses[lost] = .suspended
    let change = CoverageChange(from: network, before, to: now.network, now.coverage)
    #expect(change.opened == [lost] && !change.gained.isEmpty && change.lost.isEmpty)
    let with = contents(language) { $0.change = change }
    let page = with.page()
    var table: ReportPage.Table?
    for case .table(let found) in page.sections[0].blocks { table = found }
    let rows = try #require(table).rows
    let unserved = try #require(rows.first { $0[0].text == SummaryWord.unservedCustomers[language] })
    let (a, b) = (before.summary.all.customers.unserved, now.coverage.summary.all.customers.unserved)
    #expect(unserved.dropFirst().map(\.text) == [Figures.whole(a), Figures.whole(b), Figures.signed(b - a)])
    let chapter = try #require(page.sections.first { $0.title == SummaryWord.change[language] })
    #expect(texts(chapter).contains("\(network.points.ids[lost]) \(network.points.names[lost])"))
    // Places that gained are listed, most customers first.
    let most = change.gained.sorted {
      (network.places.customers[$1], $0) < (network.places.customers[$0], $1)
    }
    var listed: [String] = []
    for case .table(let found) in chapter.blocks where found.caption == SummaryWord.gainedTable[language] {
      listed = found.rows.map { $0[0].text }
    }
    #expect(listed == most.prefix(10).map { network.places.names[$0] })
    #expect(texts(chapter).contains(language == .english ? "asked anew" : "重新计算"))

    var along = before
    along.options.travel = .roads
    let apart = contents(language) {
      $0.change = CoverageChange(from: network, along, to: now.network, now.coverage)
    }
    #expect(
      texts(apart.executiveSection()).contains(language == .english ? "NOT COMPARABLE" : "不可直接比较"))
  }

  private func closing(_ point: Int) -> Coverage {
    var network = Self.county.network
    network.points.statuses[point] = .suspended
    return townshipCoverage(of: network)
  }
}
