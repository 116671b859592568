import Geo
import Planning
import TestSupport
import Testing
import Travel

@Suite("Sweeps and draws")
struct SweepTests {
  @Test("each step of a sweep is the scenario with one change more", arguments: 0..<4)
  func steps(seed: Int) throws {
    let sketch = NetworkSketch.random(seed: 300 + seed)
    let baseline = ScenarioBaseline(of: sketch.network, .init(), Surveys())
    let scenario = Scenario(changes: [.feeControl(township: "A", share: 0.9)])
    func check(_ sweep: Sweep, _ changes: [Change]) throws {
      let steps = try baseline.steps(of: sweep, beside: scenario)
      #expect(steps.count == changes.count)
      for (step, change) in zip(steps, changes) {
        let outcome = try baseline.outcome(of: Scenario(changes: scenario.changes + [change]))
        #expect(step.customers == outcome.after.summary.all.customers)
        #expect(step.elderly == outcome.elderly(after: true))
        #expect(step.meanSeconds == outcome.after.summary.seconds.mean)
        #expect(step.payments == outcome.payments?.totalAfter)
        #expect(step.belowBreakEven == outcome.viability?.after.belowBreakEven)
      }
    }
    try check(.feeControl([0.5, 0.8]), [0.5, 0.8].map { .feeControl(township: nil, share: $0) })
    try check(
      .grow([1_000_000, 1_200_000]), [1_000_000, 1_200_000].map { .grow(township: nil, millionths: $0) })
    let open = sketch.points.filter { $0.status != .closed }.prefix(3).map(\.id)
    try check(.close(Array(open)), open.map { .close(point: $0) })
    let limits = [TravelTime.minutes(5), .minutes(20)]
    for (step, limit) in zip(try baseline.steps(of: .within(limits)), limits) {
      var options = CoverageOptions()
      options.standard.limit(to: limit)
      #expect(step.customers == coverage(of: sketch.network, options).summary.all.customers)
    }
  }

  @Test("more fee control never brings more payments to the counters")
  func monotone() throws {
    let baseline = ScenarioBaseline(of: NetworkSketch.random(seed: 5).network, .init(), Surveys())
    let payments = try baseline.steps(of: .feeControl([0, 0.25, 0.5, 0.75, 1])).map {
      try #require($0.payments)
    }
    #expect(zip(payments, payments.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test("each draw is what coverage answers with its factors", arguments: 0..<6)
  func draws(seed: Int) {
    let network = NetworkSketch.random(seed: 400 + seed).network
    var options = CoverageOptions()
    if seed % 2 == 1 { options.standard.village = .within(.minutes(10), .ebike) }
    options.standard.countsReturn = seed % 3 == 2
    let uncertainty = FactorUncertainty(nil, about: .defaults)
    let draws = network.coverageDraws(options, uncertainty, count: 12, seed: 9)
    for number in 0..<12 {
      options.factors = uncertainty.draw(number, seed: 9)
      #expect(draws.served[number] == coverage(of: network, options).summary.all.customers.served)
    }
    #expect(draws == network.coverageDraws(options, uncertainty, count: 12, seed: 9))
  }

  @Test("draws on roads are what coverage answers on roads", arguments: [false, true])
  func roadDraws(countsReturn: Bool) {
    let network = RoadCounty.random(seed: 3).network
    var options = CoverageOptions()
    options.travel = .roads
    options.standard.village = .within(.minutes(10), .car)
    options.standard.countsReturn = countsReturn
    let uncertainty = FactorUncertainty(nil, about: .defaults)
    let draws = network.coverageDraws(options, uncertainty, count: 8, seed: 2)
    for number in 0..<8 {
      options.factors = uncertainty.draw(number, seed: 2)
      #expect(draws.served[number] == coverage(of: network, options).summary.all.customers.served)
    }
    #expect(Set(draws.served).count > 1)
  }

  @Test("factors are drawn about their values, as wide as their intervals say")
  func width() {
    var calibration = Calibration()
    calibration.speed = [
      .init(
        mode: .walk, terrain: .plain, value: 1.2, standard: 1.25, interval: 1.0...1.44,
        method: .roundedMinutes),
      .init(mode: .ebike, terrain: nil, value: 4, standard: 4, interval: 3.9...4.1, method: .roundedMinutes),
      .init(mode: .ebike, terrain: .hill, value: 4, standard: 4, method: .borrowed),
    ]
    let uncertainty = FactorUncertainty(calibration, about: calibration.factors)
    #expect(uncertainty.measured == 4 && uncertainty.assumed == 17)
    let drawn = (0..<4_000).map { uncertainty.draw($0, seed: 7) }
    func share(_ mode: TravelMode, _ terrain: Terrain, _ range: ClosedRange<Double>) -> Double {
      Double(drawn.count { range.contains($0[mode].metersPerSecond(in: terrain)) }) / 4_000
    }
    #expect(abs(share(.walk, .plain, 1.0...1.44) - 0.95) < 0.015)
    #expect(abs(share(.walk, .plain, 0.1...1.2) - 0.5) < 0.03)
    // That of its group.
    #expect(abs(share(.ebike, .hill, 3.9...4.1) - 0.95) < 0.015)
    // Assumed: 15 % either way.
    #expect(abs(share(.walk, .hill, (1.25 / 1.15)...(1.25 * 1.15)) - 0.95) < 0.015)
    #expect(drawn.allSatisfy { $0[.walk].circuity(in: .plain) >= 1 })
    #expect(uncertainty.draw(3, seed: 7) == drawn[3] && uncertainty.draw(3, seed: 8) != drawn[3])
  }

  @Test("a plan that opens points is never worse in any draw, and percentiles are of the draws")
  func comparison() throws {
    let sketch = NetworkSketch.random(seed: 11)
    let network = sketch.network
    var point = OpenedPoint()
    point.id = "n"
    point.position = Coordinate(latitude: 35.001, longitude: 112.501)
    let uncertainty = FactorUncertainty(nil, about: .defaults)
    let before = network.coverageDraws(.init(), uncertainty, count: 40, seed: 1)
    let after = try network.applying([.open(point)]).coverageDraws(.init(), uncertainty, count: 40, seed: 1)
    let result = after.compared(with: before)
    #expect(result.worse == 0 && result.better + result.equal == 40)
    let sorted = before.served.sorted()
    #expect(
      before.percentile(5) == sorted[1] && before.percentile(95) == sorted[37]
        && before.percentile(100) == sorted[39])
    #expect(before.customers == sketch.places.reduce(0) { $0 + $1.customers })
  }
}
