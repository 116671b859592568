import Foundation
import Geo
import Planning
import Testing
import Words

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The chapter of proposals: what it says is what the plan says, and the page stays well-formed.
@Suite("The chapter of proposals")
struct ProposalReportTests {
  private static let county = SeededCounty(places: 400, points: 60)
  private static let coverage = townshipCoverage(of: county.network)
  private static var unserved: [Int] { coverage.isServed.indices.filter { !coverage.isServed[$0] } }

  /// A plan that serves the first three places that are not served.
  static func plan(proven: Bool = true) -> KeptPlan {
    let places = county.network.places
    let gained = Array(unserved.prefix(3))
    let customers = gained.reduce(0) { $0 + places.customers[$1] }
    let total = coverage.summary.all.customers
    var plan = KeptPlan(
      name: "春季 <A&B>", keptOn: "2016-01-01", goal: "coverage", unit: "customers",
      value: Double(total.served + customers), bound: Double(total.served + customers + (proven ? 0 : 50)),
      isProven: proven, candidates: 40, customers: total.total, servedBefore: total.served,
      servedAfter: total.served + customers,
      sites: [
        .init(
          id: "C001", name: "", position: places.coordinate(of: gained[0]), gain: customers, costFen: 123_456,
          newlyServed: gained.map { places.ids[$0] }, customersGained: customers, elderlyGained: 7,
          forecast: .init(expected: 120.4, interval: 60...240)),
        .init(
          id: "C002", name: "小<店>", position: places.coordinate(of: gained[1]), gain: 0, costFen: nil,
          newlyServed: [], customersGained: nil, elderlyGained: nil, forecast: nil),
      ])
    plan.curve = [
      .init(sites: 0, value: total.served, bound: total.served),
      .init(sites: 1, value: total.served + 40, bound: total.served + 60),
      .init(sites: 2, value: total.served + customers, bound: total.served + customers + 9),
    ]
    plan.alternatives = [
      .init(value: Double(total.served + customers - 5), without: ["C002"], instead: ["C007"])
    ]
    plan.core = ["C001"]
    return plan
  }

  private func page(_ plan: KeptPlan?, _ language: Language) -> ReportPage {
    ReportContents(
      network: Self.county.network, coverage: Self.coverage, circles: [], version: "1", stamp: nil,
      language: language, plan: plan
    ).page()
  }

  private func chapter(_ plan: KeptPlan, _ language: Language) throws -> ReportPage.Section {
    try #require(page(plan, language).sections.first { ["Proposals", "选址方案"].contains($0.title) })
  }

  @Test("is there where a plan is, and only there", arguments: Language.allCases)
  func presence(language: Language) throws {
    #expect(page(nil, language).sections.count + 1 == page(Self.plan(), language).sections.count)
    #expect(try chapter(Self.plan(), language).startsSheet)
  }

  @Test("says each figure of the plan, and who stays unserved", arguments: Language.allCases)
  func figures(language: Language) throws {
    let plan = Self.plan()
    let chapter = try chapter(plan, language)
    var (tables, drawings, texts): ([ReportPage.Table], [String], [String]) = ([], [], [])
    for block in chapter.blocks {
      switch block {
      case .table(let table): tables.append(table)
      case .drawing(let svg, _): drawings.append(svg)
      case .paragraph(let text), .note(let text): texts.append(text)
      case .headlines(let figures):
        #expect(figures.map(\.value)[0] == "2")
        #expect(figures.map(\.value)[1] == Figures.whole(plan.servedAfter - plan.servedBefore))
        // The cost of one site is not known, so that of both is not.
        #expect(figures.map(\.value)[3] == Figures.missing)
      default: break
      }
    }
    #expect(tables.count == 3 && drawings.count == 2)
    let first = tables[0].rows[0].map(\.text)
    let customers = plan.servedAfter - plan.servedBefore
    #expect(first[1] == "C001" && first[2] == Figures.whole(customers) && first[3] == "3")
    #expect(first[5] == "7" && first[6] == "1,234.56" && first[8] == "120" && first[9] == "60–240")
    #expect(first[7] == Figures.decimal(Double((123_456 + customers / 2) / customers) / 100, digits: 2))
    #expect(tables[0].rows[1].map(\.text)[6] == Figures.missing)
    #expect(
      tables[1].rows[0].map(\.text) == ["1", "C002", "C007", Figures.whole(plan.servedAfter - 5), "-5"])
    // Who stays unserved: all but the three, those with most customers first.
    let places = Self.county.network.places
    let rest = Self.unserved.dropFirst(3)
    #expect(
      texts.contains {
        $0.contains(Figures.whole(rest.count))
          && $0.contains(Figures.whole(rest.reduce(0) { $0 + places.customers[$1] }))
      })
    let most = rest.sorted { (places.customers[$1], $0) < (places.customers[$0], $1) }.prefix(10)
    #expect(tables[2].rows.map { $0[0].text } == most.map { places.names[$0] })
    #expect(texts.contains { $0.contains("C001") })
    let proof = language == .english ? "proven" : "已证明"
    #expect(texts[0].contains(proof) && texts[0].contains("2016-01-01"))
    let open = try self.chapter(Self.plan(proven: false), language)
    let sentences = open.blocks.compactMap { if case .paragraph(let text) = $0 { text } else { nil } }
    let sentence = try #require(sentences.first)
    #expect(!sentence.contains(proof) && sentence.contains(Figures.whole(plan.servedAfter + 50)))
  }

  @Test("is well-formed whatever the names, and draws one pin a site", arguments: Language.allCases)
  func markup(language: Language) throws {
    let plan = Self.plan()
    let html = ReportHTML(page: page(plan, language)).text()
    #expect(XMLParser(data: Data(html.utf8)).parse())
    #expect(!html.contains("<A&B>") && !html.contains("小<店>"))
    let map = ProposalMap(
      of: plan, gained: Array(Self.unserved.prefix(3)), in: Self.county.network, coverage: Self.coverage,
      language: language
    ).svg()
    // A pin for each site and one in the legend.
    #expect(map.components(separatedBy: "l-5.6-11a8.5").count - 1 == 3)
    #expect(map.contains(">2</text>"))
  }

  @Test("a curve has a line of values below one of bounds, and none is drawn of a single number")
  func curve() throws {
    var plan = Self.plan()
    let svg = try #require(CurveChart(plan: plan, language: .english).svg())
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    let lines = svg.matches(of: /d="M([0-9.]+) ([0-9.]+)l/).map { (String($0.1), Double($0.2) ?? -1) }
    #expect(lines.count == 2 && lines.allSatisfy { $0.0 == "110" && $0.1 == 262 })
    plan.curve = Array(plan.curve.prefix(1))
    #expect(CurveChart(plan: plan, language: .english).svg() == nil)
    plan.curve = [.init(sites: 1, value: 5, bound: 5), .init(sites: 2, value: 5, bound: 5)]
    #expect(CurveChart(plan: plan, language: .english).svg()?.contains("nan") == false)
    plan.curve = [.init(sites: 0, value: 0, bound: 0), .init(sites: 9, value: .max - 1, bound: .max - 1)]
    #expect(CurveChart(plan: plan, language: .chinese).svg() != nil)
  }

  @Test("says where the plan is of other data")
  func stale() throws {
    var plan = Self.plan()
    func notes(_ plan: KeptPlan) throws -> [String] {
      try chapter(plan, .english).blocks.compactMap { if case .note(let text) = $0 { text } else { nil } }
    }
    #expect(try !notes(plan).contains { $0.contains("other data") })
    plan.servedBefore -= 1
    #expect(try notes(plan).contains { $0.contains("other data") })
  }
}
