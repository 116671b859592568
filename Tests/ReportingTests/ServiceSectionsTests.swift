import Foundation
import Planning
import Testing
import Words

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Chapters on service")
struct ServiceSectionsTests {
  private func isWellFormed(_ markup: String) -> Bool { XMLParser(data: Data(markup.utf8)).parse() }

  private static let county = SeededCounty(places: 300, points: 50)

  private func evidence(_ network: PaymentNetwork) -> ReportEvidence {
    ReportEvidence(network, Surveys(), CoverageOptions(), calibration: nil)
  }

  private func network() -> PaymentNetwork {
    var network = Self.county.network
    network.volumes.months = (1...12).map { $0 < 10 ? "2015-0\($0)" : "2015-\($0)" }
    for point in 0..<network.points.count {
      for month in 0..<12 {
        network.volumes.points.append(Int32(point))
        network.volumes.monthIndices.append(Int32(month))
        // Half of the points stand still in the last month.
        network.volumes.payments.append(month == 11 && point % 2 == 0 ? 0 : 40 + point)
        network.volumes.amountsFen.append(-1)
        network.volumes.busiestDayPayments.append(-1)
      }
    }
    return network
  }

  @Test("tell what the answers say, in both languages, on a well-formed page", arguments: Language.allCases)
  func chapters(language: Language) throws {
    let network = network()
    let coverage = townshipCoverage(of: network)
    let report = CoverageReport(
      network: network, coverage: coverage, circles: [], evidence: evidence(network), version: "1",
      stamp: nil,
      language: language)
    let html = report.html()
    #expect(isWellFormed(html))
    for word in [ServiceWord.byWay, .service, .review, .control, .activityByMonth, .coverageByTownship] {
      #expect(html.contains(MarkupWriter.escaped(word[language])), "\(word)")
    }
    #expect(!html.contains("nan") && !html.contains("inf%"))
    #expect(report.html() == html)
  }

  @Test("have nothing to say where nothing is known but where people and points are")
  func nothing() {
    let network = PaymentNetwork()
    let sections = ServiceSections(
      network: network, coverage: coverage(of: network, CoverageOptions()), evidence: evidence(network),
      language: .english
    ).sections
    #expect(sections.isEmpty)
  }

  @Test("mark what lies outside the limits, with its figure, and nothing else")
  func outside() throws {
    let chart = try #require(ControlChart.proportions([99, 98, 40, 99], of: [100, 100, 100, 100]))
    let svg = ServiceCharts(language: .english).control(
      chart, title: "a < b", labels: ["1", "2", "3", "4"]
    ) { Figures.percent($0) }
    #expect(isWellFormed(svg))
    let outside = chart.points.compactMap(\.self).filter(\.isOut)
    #expect(svg.components(separatedBy: "h10v10h-10z").count - 1 == outside.count && !outside.isEmpty)
    #expect(svg.contains(">40.0%<"))
  }

  @Test("draw a chart of one value, of equal values and of gaps without dividing by nothing")
  func rims() throws {
    let charts = ServiceCharts(language: .chinese)
    for (counts, wholes) in [([5], [10]), ([10, 10], [10, 10]), ([0, 3, 0], [0, 6, 0])] {
      let chart = try #require(ControlChart.proportions(counts, of: wholes))
      let svg = charts.control(chart, title: "t", labels: counts.map { "\($0)" }) { Figures.percent($0) }
      #expect(isWellFormed(svg) && !svg.contains("nan") && !svg.contains("inf"))
    }
    let bars = charts.bars([("甲", 0), ("乙", 0)], title: "t", unit: "u", center: 0, digits: 2)
    #expect(isWellFormed(bars) && !bars.contains("nan"))
  }
}
