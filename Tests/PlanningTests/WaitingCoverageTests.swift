import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Coverage with waiting")
struct WaitingCoverageTests {
  private static func delays(_ count: Int, seed: Int) -> [Int32] {
    var random = SeededGenerator(seed: seed &+ 5)
    // Overrun points beside idle ones: the nearest is often not the first to be done at.
    return (0..<count).map { _ in [0, 30, 90, 400, 3_000, 86_400].randomElement(using: &random)! }
  }

  @Test("is the least sum of way and wait over all points", arguments: 0..<40)
  func straight(seed: Int) {
    let sketch = NetworkSketch.random(seed: seed, points: [1, 3, 40, 120][seed % 4])
    let options = CoverageTests.options(seed: seed)
    let scan = FullScan(sketch: sketch, options: options)
    let points = sketch.points.sorted { $0.id < $1.id }
    let delays = Self.delays(points.count, seed: seed)
    let counting = points.indices.filter { scan.counts(points[$0]) }
    let answer = coverage(of: sketch.network, options, delays: delays)
    let plain = coverage(of: sketch.network, options)
    for (i, place) in sketch.places.sorted(by: { $0.id < $1.id }).enumerated() {
      let sums = counting.map { (scan.seconds(place, points[$0]) + Int(delays[$0]), $0) }.sorted { $0 < $1 }
      #expect(Int(answer.waits!.points[i]) == sums.first?.1 ?? -1, "\(place.id)")
      #expect(Int(answer.waits!.seconds[i]) == sums.first?.0 ?? 0, "\(place.id)")
      #expect(answer.seconds[i] == plain.seconds[i] && answer.nearestPoints[i] == plain.nearestPoints[i])
      switch (place.setting, options.standard.village) {
      case (.village, .pointInVillage): #expect(answer.isServed[i] == plain.isServed[i])
      case (.village, .within(let limit, _)):
        #expect(answer.isServed[i] == ((sums.first?.0 ?? .max) <= limit.seconds))
      case (.town, _):
        #expect(answer.isServed[i] == ((sums.first?.0 ?? .max) <= options.standard.townLimit.seconds))
      }
    }
    #expect(answer.waits!.withoutWaiting == plain.summary.all)
    #expect(answer.summary.seconds == plain.summary.seconds)
  }

  @Test("changes nothing where nobody waits", arguments: 0..<12)
  func nothing(seed: Int) {
    let sketch = NetworkSketch.random(seed: seed)
    let options = CoverageTests.options(seed: seed)
    let plain = coverage(of: sketch.network, options)
    let answer = coverage(
      of: sketch.network, options, delays: [Int32](repeating: 0, count: sketch.points.count))
    #expect(answer.isServed == plain.isServed && answer.summary == plain.summary)
    #expect(answer.reasons == plain.reasons)
    #expect(answer.waits!.seconds == plain.seconds)
    #expect(answer.waits!.distribution == plain.summary.seconds)
  }

  @Test("is the least sum on roads too, one way and there and back", arguments: 0..<24)
  func roads(seed: Int) {
    // With three points two may keep everybody waiting, and the third be more than the first half hour away.
    let county = RoadCounty.random(seed: seed, points: [3, 16, 4][seed % 3])
    var options = CoverageTests.options(seed: seed)
    options.travel = .roads
    options.standard.countsReturn = seed % 2 == 1
    let judge = RoadScan(county: county, options: options)
    let delays = Self.delays(judge.points.count, seed: seed)
    let answer = coverage(of: county.network, options, delays: delays)
    for i in judge.places.indices {
      let sums = judge.points.indices.filter { answer.counts[$0] }
        .compactMap { point in judge.way(i, point).map { ($0.seconds + Int(delays[point]), point) } }
        .sorted { $0 < $1 }
      #expect(Int(answer.waits!.seconds[i]) == sums.first?.0 ?? 0, "\(judge.places[i].id)")
      // Points are told apart by milliseconds: of equal whole seconds either may be named.
      let best = sums.filter { $0.0 == sums[0].0 }.map(\.1)
      #expect(sums.isEmpty || best.contains(Int(answer.waits!.points[i])), "\(judge.places[i].id)")
      if judge.places[i].setting == .town {
        #expect(answer.isServed[i] == ((sums.first?.0 ?? .max) <= options.standard.townLimit.seconds))
      }
    }
  }

  @Test("a shorter queue farther away serves who the long one nearby does not")
  func farther() {
    // 100 m and 400 m: 104 s and 416 s on foot.
    let sketch = NetworkSketch(
      places: [.init(id: "a")],
      points: [.init(id: "p", latitude: 35.0009), .init(id: "q", latitude: 35.0036)])
    let answer = coverage(of: sketch.network, .init(), delays: [1_800, 60])
    #expect(answer.isServed == [true] && answer.nearestPoints == [0] && answer.waits?.points == [1])
    let worse = coverage(of: sketch.network, .init(), delays: [1_800, 600])
    #expect(worse.isServed == [false] && worse.reasons == [.tooFar])
    #expect(worse.waits?.withoutWaiting.customers.served == 100)
  }
}
