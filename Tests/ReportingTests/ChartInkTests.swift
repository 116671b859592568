import Foundation
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Reporting

/// What a gray print and an eye that does not tell red from green keep of the charts.
@Suite("Charts without color")
struct ChartInkTests {
  /// Relative luminance of `#RGB` or `#RRGGBB` (WCAG 2.2, "relative luminance").
  private func luminance(_ color: String) throws -> Double {
    var digits = color.dropFirst().map(String.init)
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    let parts = try (0..<3).map { part -> Double in
      let value = try #require(Int(digits[2 * part] + digits[2 * part + 1], radix: 16), "\(color)")
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ one: String, _ other: String) throws -> Double {
    let pair = [try luminance(one), try luminance(other)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  private func elements(_ svg: String, _ name: String) throws -> [[String: String]] {
    try MarkupReader(svg).elements.filter { $0.name == name }.map(\.attributes)
  }

  private static let county = SeededCounty(places: 400, points: 60)

  /// One of each chart.
  private func charts(_ language: Language) throws -> [String] {
    let network = Self.county.network
    let service = ServiceCharts(language: language)
    let control = try #require(ControlChart.proportions([90, 88, 60, 89], of: [100, 100, 100, 100]))
    var population = CoverageSummary.Population()
    population.customers.total = 1_000
    let week = (0..<168).map { hour in
      var population = population
      population.customers.served = hour * 6
      return population
    }
    let plan = ProposalReportTests.plan()
    let steps = (0..<3).map { number in
      SweepStep(
        position: Double(number), id: "", customers: Tally(), elderly: Tally(), meanSeconds: nil,
        villagesWithPoint: 0, payments: 5, paymentsPerPoint: 5, belowBreakEven: number)
    }
    return [
      Charts.histogram(
        TravelTimeBands(of: network.places, coverage: townshipCoverage(of: network)), language: language),
      service.control(control, title: "p", labels: ["1", "2", "3", "4"]) { Figures.percent($0) },
      service.control(control, title: "p", labels: ["甲", "乙", "丙", "丁"], isSeries: false) {
        Figures.percent($0)
      },
      service.week(week),
      service.bars([("甲", 2), ("乙", 1)], title: "t", unit: "u", center: 1.5, digits: 1),
      try #require(CurveChart(plan: plan, language: language).svg()),
      SweepChart(steps, labels: ["1", "2", "3"], title: "t", language: language).svg(),
    ]
  }

  @Test("letters are large enough for a page of A4", arguments: Language.allCases)
  func letters(language: Language) throws {
    for svg in try charts(language) {
      let width = try #require(Double(try elements(svg, "svg").first?["width"] ?? ""))
      let sizes = try MarkupReader(svg).elements.compactMap { $0.attributes["font-size"] }.compactMap(
        Double.init)
      // 186 mm wide between the margins of the page; 6 points are 2.1 mm.
      #expect(try #require(sizes.min()) * 186 / width >= 2.1)
    }
  }

  @Test("the line that is reached and the one that no plan exceeds differ in width, dash and gray")
  func curve() throws {
    let svg = try #require(CurveChart(plan: ProposalReportTests.plan(), language: .english).svg())
    let lines = try elements(svg, "path").filter { $0["d"]?.contains("l") == true }
    try #require(lines.count == 2)
    #expect(lines[0]["stroke-dasharray"] == "none" && lines[1]["stroke-dasharray"] != "none")
    #expect(lines[0]["stroke-width"] != lines[1]["stroke-width"])
    #expect(try contrast(lines[0]["stroke"] ?? "", lines[1]["stroke"] ?? "") >= 3)
    // The key shows both as they are drawn.
    let keys = try elements(svg, "path").filter { $0["d"]?.hasSuffix("h34") == true }
    for (key, line) in zip(keys, lines) {
      for name in ["stroke", "stroke-width", "stroke-dasharray"] { #expect(key[name] == line[name]) }
    }
    #expect(keys.count == 2)
  }

  @Test("town and village differ in gray, in the columns and in the key")
  func histogram() throws {
    let svg = try #require(try charts(.english).first)
    let fills = Set(try elements(svg, "rect").compactMap { $0["fill"] }).subtracting(["#fff"])
    try #require(fills.count == 2)
    let pair = Array(fills)
    #expect(try contrast(pair[0], pair[1]) >= 3)
  }

  @Test("what lies outside the limits has another shape than what lies inside")
  func control() throws {
    let chart = try #require(ControlChart.proportions([90, 88, 60, 89], of: [100, 100, 100, 100]))
    let svg = ServiceCharts(language: .english).control(chart, title: "p", labels: ["1", "2", "3", "4"]) {
      Figures.percent($0)
    }
    let isOut = chart.points.compactMap(\.self).map(\.isOut)
    try #require(isOut.contains(true) && isOut.contains(false))
    let outside = try elements(svg, "path").filter { $0["d"]?.hasSuffix("h10v10h-10z") == true }
    #expect(outside.count == isOut.count { $0 })
    #expect(try elements(svg, "circle").count == isOut.count { !$0 })
    #expect(try elements(svg, "path").contains { $0["stroke-dasharray"] == "4 3" })
  }

  @Test("the figure in each cell of the week can be read on its shade, whatever the share")
  func week() throws {
    for first in stride(from: 0, through: 1_000, by: 168) {
      let hours = (0..<168).map { hour in
        var population = CoverageSummary.Population()
        population.customers.total = 1_000
        population.customers.served = min(1_000, first + hour)
        return population
      }
      let svg = ServiceCharts(language: .english).week(hours)
      let shades = try elements(svg, "rect").dropFirst().compactMap { $0["fill"] }
      let letters = try elements(svg, "text").compactMap { $0["fill"] }.filter { $0 != "#4A555E" }
      try #require(shades.count == 168 && letters.count == 168)
      for (shade, letter) in zip(shades, letters) { #expect(try contrast(shade, letter) >= 4.5, "\(shade)") }
    }
  }
}
