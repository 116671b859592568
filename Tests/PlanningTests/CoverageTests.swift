import Geo
import Planning
import TestSupport
import Testing
import Travel

@Suite("Coverage")
struct CoverageTests {
  /// The options a seed asks with: each of them is on in some seeds.
  static func options(seed: Int) -> CoverageOptions {
    var rng = SeededGenerator(seed: seed &+ 1_000)
    var options = CoverageOptions()
    if seed % 3 == 1 {
      options.standard.village = .within(.minutes(12), .ebike)
    }
    if seed % 5 == 2 { options.kinds = [.shop, .bank, .other, .postal] }
    if seed % 4 == 3 { options.methods = [.qr, .citizenCard] }
    if seed % 2 == 1 { options.moment = WeekMinute(parsing: "Sa 10:30") }
    if seed % 7 == 0 { options.standard.travel(by: .car) }
    if seed % 6 == 5 { options.standard.limit(to: .seconds(333)) }
    if seed % 4 == 2 { options.factors = CalibratedTravelTests.factors }
    options.weight = [.customers, .payments, .elderly].randomElement(using: &rng)!
    options.breakdown = CoverageOptions.Breakdown.allCases.randomElement(using: &rng)!
    return options
  }

  @Test("says of every place what a full scan says", arguments: 0..<42)
  func verdicts(seed: Int) {
    let sketch = NetworkSketch.random(seed: seed, points: seed % 11 == 0 ? 2 : 40)
    let options = Self.options(seed: seed)
    let judge = FullScan(sketch: sketch, options: options)
    let network = sketch.network
    let answer = coverage(of: network, options)
    #expect(answer.assumedOpen == (options.moment == nil ? 0 : judge.counting.count { $0.hours == nil }))
    for (i, place) in sketch.places.sorted(by: { $0.id < $1.id }).enumerated() {
      let reason = judge.reason(place)
      #expect(answer.isServed[i] == (reason == nil), "\(place.id)")
      #expect(answer.reasons[i] == reason, "\(place.id)")
      let nearest = judge.nearest(place)
      #expect((answer.nearestPoints[i] < 0) == (nearest == nil))
      if let nearest {
        #expect(network.points.ids[Int(answer.nearestPoints[i])] == nearest.id, "\(place.id)")
        #expect(Int(answer.seconds[i]) == judge.seconds(place, nearest), "\(place.id)")
        #expect(Int(answer.meters[i]) == Int(judge.meters(place, nearest).rounded()), "\(place.id)")
      }
    }
  }

  @Test("adds up to what a full scan adds up to, in the whole and in each line", arguments: 0..<42)
  func figures(seed: Int) {
    let sketch = NetworkSketch.random(seed: seed)
    let options = Self.options(seed: seed)
    let judge = FullScan(sketch: sketch, options: options)
    let answer = coverage(of: sketch.network, options)
    check(answer.summary, sketch.places, judge, hasVolumes: true)
    let groups = Dictionary(grouping: sketch.places) { place in
      switch options.breakdown! {
      case .township: place.township
      case .setting: place.setting.name
      case .terrain: place.terrain.name
      }
    }
    #expect(answer.lines.map(\.key) == groups.keys.sorted())
    for line in answer.lines { check(line.summary, groups[line.key]!, judge, hasVolumes: true) }
  }

  private func check(
    _ summary: CoverageSummary, _ places: [NetworkSketch.Place], _ judge: FullScan, hasVolumes: Bool
  ) {
    let served = places.filter { judge.reason($0) == nil }
    func customers(_ places: [NetworkSketch.Place]) -> Int { places.reduce(0) { $0 + $1.customers } }
    #expect(summary.all.places.total == places.count)
    #expect(summary.all.places.served == served.count)
    #expect(summary.all.customers.total == customers(places))
    #expect(summary.all.customers.served == customers(served))
    #expect(summary.town.places.served == served.count { $0.setting == .town })
    #expect(summary.village.customers.served == customers(served.filter { $0.setting == .village }))
    #expect(summary.weighted.total == places.reduce(0) { $0 + judge.weight($1) })
    #expect(summary.weighted.served == served.reduce(0) { $0 + judge.weight($1) })

    let twice = places.filter { place in judge.counting.count { judge.serves($0, place) } >= 2 }
    if customers(places) > 0 {
      #expect(summary.backupShare == Double(customers(twice)) / Double(customers(places)))
    } else {
      #expect(summary.backupShare == nil)
    }
    let times = places.compactMap { place in judge.nearest(place).map { judge.seconds(place, $0) } }
    #expect(summary.seconds.max == times.max())
    #expect(summary.unreachable == places.count - times.count)
    #expect(summary.seconds.p50 == judge.percentile(50, places))
    #expect(summary.seconds.p90 == judge.percentile(90, places))
    #expect(summary.seconds.p95 == judge.percentile(95, places))

    let ladder = judge.ladder(places)
    #expect(summary.villages.total == ladder[0])
    #expect(summary.villages.withPoint == ladder[1])
    let foot = judge.foot(places) { place in judge.nearest(place).map { judge.seconds(place, $0) } }
    #expect(summary.villages.remote == foot.remote)
    #expect(summary.villages.reachable == foot.reachable)
    if judge.counting.contains(where: { $0.hours != nil }) {
      let proRata = judge.proRata(places)
      #expect(summary.villages.effectiveProRata.map { abs($0 - proRata) < 1e-9 } == true)
      #expect(summary.villages.effective == ladder[2])
      #expect(summary.villages.secured == ladder[3])
      let members = Set(places.filter { $0.setting == .village }.map(judge.village(of:)))
      let partTime = judge.counting.filter { point in
        var full = point
        full.visits = []
        return judge.isActive(point) && !judge.isEffective(full)
          && judge.village(of: point).map(members.contains) == true
      }
      #expect(summary.villages.partTime?.present == partTime.count(where: judge.keepsItsTimes))
      #expect(summary.villages.partTime?.unknown == partTime.count { $0.visits.count < 10 })
      #expect(
        summary.villages.partTime.map { $0.present + $0.absent + $0.unknown } == partTime.count)
    } else {
      #expect(summary.villages.partTime == nil)
      #expect(summary.villages.effective == nil)
      #expect(summary.villages.effectiveProRata == nil)
    }
  }

  @Test("thirty minutes and sixty count as within on the ladder, and a village half near is neither")
  func foot() {
    // Meters along a meridian that take so many seconds on foot in the plain, and two meters more.
    func north(_ seconds: Double, _ more: Double) -> Double {
      35 + (seconds * 1.25 / 1.3 - 0.5 + more) / 111_195.080
    }
    var sketch = NetworkSketch()
    sketch.points = [.init(id: "p")]
    for (name, seconds, more) in [
      ("a", 1_800.0, 0.0), ("b", 1_800, 2), ("c", 3_600, 0), ("d", 3_600, 2),
    ] {
      sketch.places.append(
        .init(id: name, setting: .village, latitude: north(seconds, more), village: name))
    }
    // One place of this village is at the point's door, another an hour and more away.
    sketch.places.append(.init(id: "e", setting: .village, village: "e"))
    sketch.places.append(.init(id: "f", setting: .village, latitude: north(3_600, 2), village: "e"))
    let villages = coverage(of: sketch.network, CoverageOptions()).summary.villages
    #expect(villages.total == 5 && villages.reachable == 1 && villages.remote == 1)
    // A point inside lifts a village past both, however far its places are.
    sketch.points.append(.init(id: "q", longitude: 114, place: "d"))
    let lifted = coverage(of: sketch.network, CoverageOptions()).summary.villages
    #expect(lifted.reachable == 2 && lifted.remote == 0 && lifted.withPoint == 1)
  }

  @Test("part-time points count pro rata of twenty hours a week, and no village more than once")
  func proRata() {
    var sketch = NetworkSketch()
    sketch.places = ["a", "b", "c", "d"].map { .init(id: $0, setting: .village, village: $0) }
    sketch.points = [
      .init(id: "p", hours: "Mo 08:00-13:00", place: "a", volumes: [3]),
      .init(id: "q", hours: "Mo-Fr 08:00-11:00", place: "b", volumes: [3]),
      .init(id: "r", hours: "Mo-Fr 08:00-11:00", place: "b", volumes: [3]),
      .init(id: "s", hours: "24/7", place: "c", volumes: [0]),
      .init(id: "t", hours: "24/7", place: "d", volumes: [1]),
    ]
    let villages = coverage(of: sketch.network, CoverageOptions()).summary.villages
    // Five hours are a quarter; fifteen and fifteen are no more than one; nobody pays at s.
    #expect(villages.effectiveProRata == 2.25)
    #expect(villages.effective == 1)
  }

  @Test("the rim of the ten-minute circle counts as within, one second more does not")
  func rim() {
    // 600 s × 1.25 m/s ÷ 1.3 = 576.923 m; a degree of a meridian is 111,195.080 m.
    for (meters, seconds, isServed) in [(576.92, 600, true), (576.94, 601, false)] {
      var sketch = NetworkSketch()
      sketch.places = [.init(id: "v")]
      sketch.points = [.init(id: "p", latitude: 35 + meters / 111_195.080)]
      let answer = coverage(of: sketch.network, CoverageOptions())
      #expect(Int(answer.seconds[0]) == seconds)
      #expect(answer.isServed[0] == isServed)
    }
  }

  @Test("a village is served by a point of its own however far, and by a stranger's within the radius")
  func everyVillage() {
    var sketch = NetworkSketch()
    sketch.places = [
      .init(id: "a", setting: .village, village: "w"),
      .init(id: "b", setting: .village, longitude: 112.8, village: "w"),
      .init(id: "c", setting: .village, latitude: 35.5), .init(id: "d", setting: .village, latitude: 35.7),
    ]
    sketch.points = [
      .init(id: "p", longitude: 112.6, place: "b"),
      .init(id: "q", latitude: 35.5 + 999.9 / 111_195.080),
      .init(id: "r", latitude: 35.7 + 1_000.1 / 111_195.080),
    ]
    let answer = coverage(of: sketch.network, CoverageOptions())
    #expect(answer.isServed == [true, true, true, false])
    #expect(answer.reasons[3] == .noPointInVillage)
    #expect(answer.summary.villages.total == 3)
    #expect(answer.summary.villages.withPoint == 1)
    #expect(answer.summary.villages.effective == nil)
  }

  @Test("nobody and nothing still has an answer")
  func empty() {
    var options = CoverageOptions()
    options.breakdown = .township
    let answer = coverage(of: NetworkSketch().network, options)
    #expect(answer.summary.all.places.share == nil)
    #expect(answer.summary.seconds.max == nil)
    #expect(answer.summary.equity.gini == nil)
    #expect(answer.lines.isEmpty)
    var lonely = NetworkSketch()
    lonely.places = [.init(id: "t"), .init(id: "v", setting: .village)]
    let nobody = coverage(of: lonely.network, CoverageOptions())
    #expect(nobody.reasons == [.unreachable, .noPointInVillage])
    #expect(nobody.summary.unreachable == 2)
  }

  @Test("the worst tenth, the Gini coefficient and the elderly gap agree with sums by hand")
  func equity() {
    // Ten customers, nine at the point itself, one 1,000 s away: the worst tenth is that one.
    // A hair less than 1,000 s of walking, rounded up to it.
    let meters = 999.9 * 1.25 / 1.3
    var sketch = NetworkSketch()
    sketch.places = [
      .init(id: "a", customers: 9, elderly: 0),
      .init(id: "b", latitude: 35 + meters / 111_195.080, customers: 1, elderly: 1),
    ]
    sketch.points = [.init(id: "p")]
    let summary = coverage(of: sketch.network, CoverageOptions()).summary
    #expect(summary.seconds.mean == 100)
    #expect(summary.equity.worstTenthMeanSeconds == 1000)
    // Everything belongs to a tenth: G = 1 - 1/10.
    #expect(abs(summary.equity.gini! - 0.9) < 1e-12)
    #expect(abs(summary.equity.elderlyGap! - 0.9) < 1e-12)
    #expect(summary.equity.lowestTownshipShare == 0.9)
    // In-person payments: 9 × 0.7 = 6.3, so 6 at no distance; 1 × 0.7 rounds to 1, 12 × 2 × 1,000 s a year.
    #expect(summary.roundTripHoursPerYear == 24_000.0 / 3600)
  }

  @Test("the rim of a village's radius counts as within, whatever the last bits say", arguments: 0..<200)
  func rimOfRadius(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let latitude = Double.random(in: -89...89, using: &rng)
    let longitude = Double.random(in: -180...180, using: &rng)
    // On one meridian the great circle is the difference of latitudes: this is 1 km, to the last bit that is written.
    let kilometer = 1_000 / earthRadiusMeters * 180 / .pi
    for (difference, isServed) in [(kilometer, true), (kilometer * (1 + 1e-8), false)] {
      var sketch = NetworkSketch()
      sketch.places = [.init(id: "v", setting: .village, latitude: latitude, longitude: longitude)]
      sketch.points = [.init(id: "p", latitude: latitude + difference, longitude: longitude)]
      #expect(coverage(of: sketch.network, CoverageOptions()).isServed == [isServed])
    }
  }

  @Test("the largest numbers an atlas may hold do not overflow")
  func largestNumbers() {
    var sketch = NetworkSketch()
    // The antipode, on foot over mountains, for ten million customers in each of 2,000 places.
    for i in 0..<2_000 {
      sketch.places.append(
        .init(
          id: "v\(i)", latitude: 35, longitude: 112.5, customers: 10_000_000, terrain: .mountain,
          arrears: 1_000_000_000_000))
    }
    sketch.points = [.init(id: "p", latitude: -35, longitude: -67.5)]
    var options = CoverageOptions()
    options.weight = .arrears
    let answer = coverage(of: sketch.network, options)
    let seconds = Double(answer.seconds[0])
    #expect(answer.summary.weighted.total == 2_000_000_000_000_000)
    let hours = 2_000 * 7_000_000.0 * 24 * seconds / 3_600
    #expect(abs(answer.summary.roundTripHoursPerYear - hours) <= hours * 1e-12)
  }
}
