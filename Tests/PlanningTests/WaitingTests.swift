import Foundation
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Waiting at the peak")
struct WaitingTests {
  private func surveys(_ seconds: [(point: Int, seconds: Int)]) -> ServiceSurveyTable {
    var table = ServiceSurveyTable()
    for (number, row) in seconds.enumerated() {
      table.ids.append("S\(number)")
      table.points.append(Int32(row.point))
      table.handlingSeconds.append(Int32(row.seconds))
      table.waitSeconds.append(-1)
      table.dates.append("")
    }
    return table
  }

  private func point(_ id: String, _ volumes: [Int], hours: String? = "Mo-Fr 09:00-17:00")
    -> NetworkSketch.Point
  {
    var point = NetworkSketch.Point(id: id)
    point.volumes = volumes
    point.hours = hours
    return point
  }

  private func peakOf(_ point: NetworkSketch.Point, _ options: WaitingOptions = .init()) -> Waiting.Peak? {
    waiting(at: NetworkSketch(places: [], points: [point]).network, .init(), options).peaks[0]
  }

  @Test("is the month ÷ days open × peak day × peak hour, by hand")
  func byHand() throws {
    // 21.74 days of 8 hours; 435 payments are 20.0 a day, 50 on the busiest, 12.5 in the busiest hour.
    let peak = try #require(peakOf(point("p", [435, 435])))
    let days = 30.436875 * 5 / 7
    let arrivals = 435 / days * 2.5 * 0.25
    #expect(abs(peak.arrivalsPerHour - arrivals) < 1e-9)
    #expect(peak.handlingSeconds == 120)
    #expect(abs(peak.utilization - arrivals * 120 / 3_600) < 1e-12)
    let rho = peak.utilization
    #expect(abs(peak.meanWaitSeconds - rho * 120 / (1 - rho) * 0.75) < 1e-9)
    #expect(!peak.isOverloaded && !peak.countsBusiestDay && !peak.assumesHours && !peak.assumesCounters)
  }

  @Test("uses busiest days that were counted, and an even share where it is open briefly")
  func busiestDay() throws {
    var counted = point("p", [435, 435])
    counted.busiestDay = 60
    let peak = try #require(peakOf(counted))
    #expect(peak.countsBusiestDay)
    #expect(abs(peak.arrivalsPerHour - 60 * 0.25) < 1e-9)

    let brief = try #require(peakOf(point("p", [100], hours: "Mo,We,Fr 09:00-11:30")))
    #expect(abs(brief.peakHourShare - 60 / 150.0) < 1e-12)
    let minutes = try #require(peakOf(point("p", [100], hours: "Mo 09:00-09:20")))
    #expect(minutes.peakHourShare == 1)
    // All of the busiest day within twenty minutes: three times that an hour.
    #expect(abs(minutes.arrivalsPerHour - 100 / (30.436875 / 7) * 2.5 * 3) < 1e-9)
  }

  @Test("leaves gaps out, counts zeros, and knows nothing where there are no volumes")
  func gaps() throws {
    #expect(try #require(peakOf(point("p", [100, -1, 200]))).paymentsPerMonth == 150)
    #expect(try #require(peakOf(point("p", [100, 0, 200]))).paymentsPerMonth == 100)
    #expect(peakOf(point("p", [])) == nil)
    #expect(peakOf(point("p", [-1, -1])) == nil)
    var options = WaitingOptions()
    options.months = 1
    #expect(try #require(peakOf(point("p", [100, 0, 200]), options)).paymentsPerMonth == 200)
    var closed = point("p", [100])
    closed.status = .closed
    #expect(peakOf(closed) == nil)
    let still = try #require(peakOf(point("p", [0, 0])))
    #expect(still.utilization == 0 && still.meanWaitSeconds == 0 && still.longWaitShare == 0)
    #expect(still.shortWaitShare == 0)
  }

  @Test("says where hours and counters are assumed")
  func assumptions() throws {
    var bare = point("p", [400], hours: nil)
    bare.counters = 0
    bare.kind = .businessHall
    let peak = try #require(peakOf(bare))
    #expect(peak.assumesHours && peak.assumesCounters && peak.counters == 2)
    #expect(try #require(peakOf(point("p", [400], hours: "off"))).assumesHours)
    bare.kind = .shop
    #expect(try #require(peakOf(bare)).counters == 1)
  }

  @Test("is a backlog where more come than can be served, and longer the more come")
  func overloaded() throws {
    // 2,000 a month: 57.5 in the busiest hour, 30 of them served. The last waits 55 minutes, on average 27.5.
    let peak = try #require(peakOf(point("p", [2_000])))
    let arrivals = 2_000 / (30.436875 * 5 / 7) * 2.5 * 0.25
    #expect(peak.isOverloaded)
    #expect(abs(try #require(peak.backlog) - max(arrivals - 30, 0)) < 1)
    #expect(abs(peak.meanWaitSeconds - (arrivals - 30) / 30 * 3_600 / 2) < 1e-6)
    #expect((0.5...0.7).contains(peak.longWaitShare))
    // The wait grows evenly to 55 minutes: eleven twelfths wait more than five.
    let longest = (arrivals - 30) / 30 * 60
    #expect(abs(peak.shortWaitShare - (1 - 5 / longest)) < 1e-9)
    // One counter kept busy: P(W > t) = ρ e^(-(1 - ρ) t ÷ E[S]) where handling varies as arrivals do (M/M/1).
    var options = WaitingOptions()
    options.handlingVariability = 1
    let busy = try #require(peakOf(point("p", [800]), options))
    let rho = busy.utilization
    let expected = rho * exp(-(1 - rho) * 300 / busy.handlingSeconds)
    #expect(!busy.isOverloaded && abs(busy.shortWaitShare - expected) < 1e-9)
    #expect(busy.shortWaitShare > busy.longWaitShare)
    let worse = try #require(peakOf(point("p", [20_000])))
    #expect(worse.meanWaitSeconds > peak.meanWaitSeconds && worse.longWaitShare > peak.longWaitShare)
  }

  @Test("a stopwatch gone wrong is set aside, and few observations are drawn towards the kind")
  func handling() {
    var rows = (0..<40).map { (point: 0, seconds: 55 + $0 % 11) }
    rows += [(0, 6_000), (0, 0), (1, 300)]
    let times = HandlingTimes(surveys(rows), kinds: [.shop, .shop, .bank])
    #expect(times.setAside == 3)
    let mean = rows.prefix(40).reduce(0.0) { $0 + Double($1.seconds) } / 40
    #expect(abs(times.seconds[0] - mean) < 1)
    #expect(abs(times.seconds[1] - mean) < 1e-6, "300 s at a shop beside 60 are an error")
    #expect(abs(times.seconds[2] - mean) < 1e-6, "a kind without observations is like all")
    #expect(times.observations == [40, 0, 0])
    #expect(times.variabilities[0] < 0.01)
    #expect(times.comparedWithKind[1] == nil)
  }

  @Test("an observation 3.5 spreads away is kept, and one beyond is not")
  func rejection() {
    // Half of the logarithms lie 0.2 or nearer around that of 100 s: a spread of 1.4826 × 0.2, and a rim at e^1.038 = 2.82 times.
    let middle = [82, 82, 82, 100, 100, 122, 122, 122]
    for (seconds, setAside) in [(275, 0), (290, 1), (36, 0), (34, 1)] {
      let times = HandlingTimes(surveys((middle + [seconds]).map { (0, $0) }), kinds: [.shop])
      #expect(times.setAside == setAside, "\(seconds)")
    }
  }

  @Test("tells a slow point from its kind, and chance from neither", arguments: 0..<20)
  func slow(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    func handling(_ middle: Double) -> Int {
      let bell = (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0..<1, using: &random) }
      return max(1, Int(middle * exp(0.4 * bell)))
    }
    var rows: [(point: Int, seconds: Int)] = []
    for point in 0..<30 {
      for _ in 0..<10 { rows.append((point, handling(point == 29 ? 180 : 70))) }
    }
    let times = HandlingTimes(surveys(rows), kinds: [PointKind](repeating: .shop, count: 30))
    let slow = try #require(times.comparedWithKind[29])
    #expect(slow.atLeast > 1.25 && (1.6...3.8).contains(slow.ratio))
    #expect(times.seconds[29] > 95)
    for point in 0..<29 { #expect(times.comparedWithKind[point]!.atLeast < 1.25) }
  }

  @Test("never prints what is no number, whatever is missing or absurd")
  func finite() {
    for volumes in [[0], [Int.max / 4, Int.max / 4], [1], [-1, 5]] {
      for (seconds, counters) in [([0], 0), ([Int(Int32.max)], 1), ([1, 1, 1], Int(Int32.max)), ([], 3)] {
        for hours in [nil, "24/7", "off", "Mo 00:00-00:01"] {
          var point = point("p", volumes, hours: hours)
          point.counters = counters
          point.busiestDay = volumes[0]
          let answer = waiting(
            at: NetworkSketch(places: [], points: [point]).network, surveys(seconds.map { (0, $0) }))
          guard let peak = answer.peaks[0] else {
            Issue.record("a peak is expected")
            continue
          }
          for value in [
            peak.utilization, peak.meanWaitSeconds, peak.longWaitShare, peak.shortWaitShare,
            peak.arrivalsPerHour,
            peak.peakDayFactor,
            peak.handlingSeconds, peak.handlingVariability, peak.backlog ?? 0,
          ] { #expect(value.isFinite && value >= 0) }
          #expect((0...86_400).contains(answer.delaySeconds[0]))
        }
      }
    }
  }
}
