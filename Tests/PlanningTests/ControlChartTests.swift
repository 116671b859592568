import Foundation
import Planning
import TestSupport
import Testing

@Suite("Control charts")
struct ControlChartTests {
  @Test("a share is judged by the size of its whole, and the limits are cut at 0 and 1")
  func proportions() throws {
    let chart = try #require(ControlChart.proportions([90, 45, 0, 400], of: [100, 50, 0, 500]))
    #expect(chart.kind == .proportions && chart.points.count == 4 && chart.points[2] == nil)
    #expect(abs(chart.center - 535.0 / 650) < 1e-12)
    let points = chart.points.compactMap(\.self)
    #expect(points[0].upper < points[1].upper && points[0].lower > points[1].lower)
    for (point, whole) in zip(points, [100.0, 50, 500]) {
      let half = 3 * (chart.center * (1 - chart.center) / whole).squareRoot()
      #expect(abs(point.lower - max(0, chart.center - half)) < 1e-12)
      #expect(abs(point.upper - min(1, chart.center + half)) < 1e-12)
    }
    #expect(points[1].upper <= 1)
  }

  @Test("what lies on a limit is in, what lies beyond is out")
  func rim() throws {
    // Nothing varies: limits and values are one line.
    let still = try #require(ControlChart.proportions([5, 10], of: [5, 10]))
    #expect(still.points.compactMap(\.self).allSatisfy { !$0.isOut && $0.value == 1 && $0.upper == 1 })
    let jump = try #require(
      ControlChart.proportions([900, 900, 900, 700], of: [1_000, 1_000, 1_000, 1_000]))
    #expect(jump.points.map { $0?.isOut } == [true, true, true, true])
    let one = try #require(ControlChart.proportions([9_000, 100], of: [10_000, 200]))
    #expect(one.points.map { $0?.isOut } == [false, true])
  }

  @Test("events are judged by their exposure, none below 0")
  func rates() throws {
    let chart = try #require(ControlChart.rates([4, 0, 30, 9], per: [2, 2, 2, 0]))
    #expect(abs(chart.center - 43.0 / 6) < 1e-12)
    #expect(chart.points[3] == nil)
    let points = chart.points.compactMap(\.self)
    #expect(points.map(\.isOut) == [false, true, true])
    let half = 3 * (chart.center / 2).squareRoot()
    #expect(points.allSatisfy { $0.lower == max(0, chart.center - half) && $0.upper == chart.center + half })
    let calm = try #require(ControlChart.rates([0, 1], per: [1, 1]))
    #expect(calm.points.compactMap(\.self).allSatisfy { $0.lower == 0 })
  }

  @Test("nothing at all has no chart")
  func nothing() {
    #expect(ControlChart.proportions([], of: []) == nil)
    #expect(ControlChart.proportions([0, 0], of: [0, 0]) == nil)
    #expect(ControlChart.rates([3], per: [0]) == nil)
    #expect(ControlChart.movingAverage([1]) == nil)
  }

  @Test("the moving average is the sum of all values, each older one weighing less")
  func average() throws {
    let values = [3.0, 5, 4, 9, 2]
    let chart = try #require(ControlChart.movingAverage(values, weight: 0.3, width: 2))
    let mean = values.reduce(0, +) / 5
    let deviation = (2.0 + 1 + 5 + 7) / 4 / 1.128
    for t in 0..<5 {
      var sum = pow(0.7, Double(t + 1)) * mean
      for k in 0...t { sum += 0.3 * pow(0.7, Double(t - k)) * values[k] }
      let half = 2 * deviation * (0.3 / 1.7 * (1 - pow(0.7, Double(2 * (t + 1))))).squareRoot()
      let point = try #require(chart.points[t])
      #expect(abs(point.value - sum) < 1e-12 && abs(point.lower - (mean - half)) < 1e-12)
      #expect(abs(point.upper - (mean + half)) < 1e-12)
    }
    #expect(chart.points.allSatisfy { $0?.isOut == false })
  }

  @Test("a small lasting shift shows in the moving average, and chance hardly ever does")
  func shift() throws {
    var dice = SeededGenerator(seed: 11)
    func normal() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &dice) }
    }
    var (found, alarms) = (0, 0)
    for _ in 0..<200 {
      let shifted = (0..<40).map { normal() + ($0 < 20 ? 0 : 1.5) }
      let calm = (0..<40).map { _ in normal() }
      if try #require(ControlChart.movingAverage(shifted)).points.contains(where: { $0?.isOut == true }) {
        found += 1
      }
      if try #require(ControlChart.movingAverage(calm)).points.contains(where: { $0?.isOut == true }) {
        alarms += 1
      }
    }
    #expect(found > 160, "\(found)")
    #expect(alarms < 40, "\(alarms)")
  }
}
