import Geo
import Planning
import TestSupport
import Testing
import Travel

@Suite("Incremental coverage")
struct IncrementalCoverageTests {
  private static func nearby(_ random: inout SeededGenerator) -> (latitude: Double, longitude: Double) {
    let spread = [0.005, 0.03, 0.2, 5].randomElement(using: &random)!
    return (
      35 + .random(in: -spread...spread, using: &random),
      112.5 + .random(in: -spread...spread, using: &random)
    )
  }

  @Test("equals an answer from scratch after every change, and goes back to the last bit", arguments: 0..<24)
  func straight(seed: Int) {
    var random = SeededGenerator(seed: seed + 500)
    let sketch = NetworkSketch.random(
      seed: seed, places: seed % 8 == 7 ? 3 : 30, points: [40, 12, 2, 0][seed % 4])
    var options = CoverageTests.options(seed: seed)
    if seed % 5 == 4 { options.breakdown = nil }
    if seed % 9 == 3 { options.standard.countsReturn = true }
    follow(&random, sketch, options, steps: 30, Self.nearby)
  }

  @Test("equals an answer from scratch on roads, with several modes and one-way streets", arguments: 0..<12)
  func roads(seed: Int) {
    var random = SeededGenerator(seed: seed + 700)
    let county = RoadCounty.random(seed: seed, points: [16, 5, 2, 40][seed % 4])
    follow(
      &random, county.sketch, Self.roadOptions(seed: seed), roads: county.network.roads, steps: 20,
      Self.onRoads)
  }

  @Test("equals an answer from scratch there and back on roads", arguments: 0..<3)
  func roundTrips(seed: Int) {
    var random = SeededGenerator(seed: seed + 900)
    let county = RoadCounty.random(seed: seed, places: 30, points: 10)
    var options = Self.roadOptions(seed: seed)
    options.standard.countsReturn = true
    follow(&random, county.sketch, options, roads: county.network.roads, steps: 8, Self.onRoads)
  }

  private static func onRoads(_ random: inout SeededGenerator) -> (latitude: Double, longitude: Double) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: (35.3, 112.5)
    case 1: (35.004, 112.4875)
    default:
      (35 + .random(in: -0.001...0.013, using: &random), 112.5 + .random(in: -0.001...0.016, using: &random))
    }
  }

  private static func roadOptions(seed: Int) -> CoverageOptions {
    var options = CoverageTests.options(seed: seed)
    options.travel = .roads
    if seed % 3 == 2 { options.standard.village = .within(.seconds(90), .car) }
    if seed % 2 == 0 { options.standard.townMode = .ebike }
    return options
  }

  private func follow(
    _ random: inout SeededGenerator, _ sketch: NetworkSketch, _ options: CoverageOptions,
    roads: NetworkRoads? = nil, steps: Int,
    _ somewhere: (inout SeededGenerator) -> (latitude: Double, longitude: Double)
  ) {
    var county = ChangingCounty(sketch, roads: roads, options)
    let start = county.engine
    expectSame(county.engine.coverage, county.fresh, "before any change")
    for step in 0..<steps {
      let before = county.engine
      let depth = county.changeCount
      county.change(&random, somewhere)
      let fresh = county.fresh
      expectSame(county.engine.coverage, fresh, "step \(step)")
      for reason in UnservedReason.allCases {
        #expect(county.engine.unserved(reason).places == fresh.reasons.count { $0 == reason })
      }
      if county.changeCount > depth {
        var there = county.engine
        there.undo()
        #expect(there.isInSameState(as: before), "step \(step)")
      }
    }
    while county.changeCount > 0 { county.undo() }
    #expect(county.engine.isInSameState(as: start))
    #expect(county.engine.changeCount == 0)
  }
}
