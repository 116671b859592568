import Foundation
import Planning
import TestSupport
import Testing
import Words

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The page, the map, the notice and the chart of scenarios, over a county drawn by seed.
@Suite("The pages of a scenario")
struct ScenarioReportTests {
  private func baseline() -> ScenarioBaseline {
    ScenarioBaseline(of: SeededCounty(seed: 3, places: 300, points: 60).network, .init(), Surveys())
  }

  private func wellFormed(_ text: String) -> Bool {
    let parser = XMLParser(data: Data(text.utf8))
    return parser.parse()
  }

  @Test(
    "are well-formed, the same each time, ask for nothing, and escape names", arguments: Language.allCases)
  func pages(language: Language) throws {
    let baseline = baseline()
    let points = baseline.network.points
    let working = (0..<points.count).filter { points.statuses[$0] == .active }
    var point = OpenedPoint()
    point.id = "<b>&\u{1}"
    point.position = baseline.network.places.coordinate(of: 0)
    let scenario = Scenario(
      name: "a < b", description: "\"quoted\" & more",
      changes: [.close(point: points.ids[working[0]]), .open(point)])
    let outcome = try baseline.outcome(of: scenario)
    let report = ScenarioReport([outcome, outcome], version: "1", language: language)
    let html = report.html()
    #expect(html == ScenarioReport([outcome, outcome], version: "1", language: language).html())
    #expect(wellFormed(html) && wellFormed(report.mapSVG()))
    #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("<b>&"))
    #expect(html.contains("a &lt; b") && html.contains("&lt;b&gt;&amp;"))

    let assessment = try baseline.assessment(ofClosing: working[0])
    let notice = ClosureNotice(assessment, version: "1", language: language)
    #expect(wellFormed(notice.html()) && notice.text().hasSuffix("\n"))
    for entries in assessment.alternatives {
      for entry in entries { #expect(notice.text().contains(points.names[Int(entry.point)])) }
    }
  }

  @Test("the map shows each change once, in its own sign")
  func map() throws {
    let baseline = baseline()
    let points = baseline.network.points
    let ids = (0..<points.count).filter { points.statuses[$0] == .active }.prefix(3).map { points.ids[$0] }
    let outcome = try baseline.outcome(of: Scenario(changes: ids.map { .close(point: $0) }))
    let svg = ScenarioMap(outcome: outcome, language: .english).svg()
    let path = try #require(
      svg.components(separatedBy: "<path").first {
        $0.contains(ScenarioMap.closed.strokeWidth) && $0.contains("h12v12")
      })
    #expect(path.components(separatedBy: "h12v12").count - 1 == 3)
    #expect(svg.contains("point closed 3") && !svg.contains("point opened"))
  }

  @Test("the chart has a mark for each known value, and a line through them")
  func chart() {
    func step(_ position: Double, _ payments: Double?) -> SweepStep {
      var served = Tally()
      served.total = 10
      served.served = Int(position)
      return SweepStep(
        position: position, id: "", customers: served, elderly: Tally(), meanSeconds: nil,
        villagesWithPoint: 0,
        payments: payments, paymentsPerPoint: payments, belowBreakEven: nil)
    }
    let chart = SweepChart(
      [step(1, 5), step(2, nil), step(4, 7)], labels: ["1", "2", "4"], title: "a < b", language: .english)
    let svg = chart.svg()
    // Three shares and two payments; no points below break-even are known.
    #expect(svg.components(separatedBy: "<circle").count - 1 == 5 && wellFormed(svg))
    #expect(svg.contains("cx=\"346.7\"") && !svg.contains("break-even"))
  }

  @Test("opening hours on a Chinese notice are Chinese")
  func hours() {
    #expect(
      ClosureNotice.chinese("Mo-Fr 08:00-12:00,14:30-17:30; Sa off") == "周一至周五 08:00-12:00,14:30-17:30;周六 休息")
    #expect(
      ClosureNotice.chinese("Mo,We,Fr 09:00-11:30") == "周一、周三、周五 09:00-11:30"
        && ClosureNotice.chinese("24/7") == "全天")
  }
}
