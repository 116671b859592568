import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Assurance")
struct AssuranceTests {
  /// The options a seed asks with.
  private static func options(seed: Int) -> CoverageOptions {
    var options = CoverageTests.options(seed: seed)
    options.standard.countsReturn = seed % 5 == 3
    return options
  }

  private static func sketch(seed: Int, points: Int) -> NetworkSketch {
    var random = SeededGenerator(seed: seed &+ 77)
    var sketch = NetworkSketch.random(seed: seed, points: points)
    for i in sketch.points.indices {
      sketch.points[i].operatorName = ["", "bank", "post", "committee"].randomElement(using: &random)!
    }
    return sketch
  }

  /// The sketch with one point closed: asked again, this is what `closures` promises.
  private static func closing(_ id: String, in sketch: NetworkSketch) -> NetworkSketch {
    var sketch = sketch
    sketch.points.removeAll { $0.id == id }
    return sketch
  }

  private static func judge(
    _ answer: Assurance, _ options: CoverageOptions, _ ids: [String], before: Coverage,
    places: PlaceTable, after: (String) -> Coverage
  ) {
    for (point, id) in ids.enumerated() {
      let closure = answer.closures[point]
      guard answer.counts[point] else {
        #expect(closure == .init(), "\(id)")
        continue
      }
      let without = after(id)
      let lost = (0..<places.count).filter { before.isServed[$0] && !without.isServed[$0] }
      #expect(closure.placesLost == lost.count, "\(id)")
      #expect(closure.customersLost == lost.reduce(0) { $0 + places.customers[$1] }, "\(id)")
      let (a, b) = (before.summary, without.summary)
      #expect(closure.coverageChange == b.all.customers.share.map { $0 - a.all.customers.share! }, "\(id)")
      if let mean = a.seconds.mean, let changed = b.seconds.mean {
        #expect(closure.meanSecondsChange == changed - mean, "\(id)")
      } else {
        #expect(closure.meanSecondsChange == nil, "\(id)")
      }
      let own = (0..<places.count).filter { Int(before.nearestPoints[$0]) == point }
      #expect(closure.nearestPlaces == own.count)
      func customers(_ members: [Int]) -> Int { members.reduce(0) { $0 + places.customers[$1] } }
      #expect(closure.nearestCustomers == customers(own))
      #expect(closure.customersStranded == customers(own.filter { without.nearestPoints[$0] < 0 }))
      #expect(
        closure.customersBeyondFifteenMinutes
          == customers(own.filter { without.nearestPoints[$0] < 0 || without.seconds[$0] > 900 }))
      let criticality = own.filter { without.nearestPoints[$0] >= 0 }.reduce(0.0) {
        $0 + Double(places.weight(of: $1, by: options.weight))
          * Double(without.seconds[$1] - before.seconds[$1])
      }
      #expect(closure.criticality == criticality, "\(id)")
      for place in lost { #expect(Int(answer.onlyPoints[place]) == point) }
    }
    let hanging = answer.onlyPoints.count { $0 >= 0 }
    #expect(hanging == answer.closures.reduce(0) { $0 + $1.placesLost })
    #expect(answer.singlePoint.places.served == hanging)
    #expect(answer.singlePoint.places.total == before.summary.all.places.served)
  }

  @Test("says of every closure what asking again without the point says", arguments: 0..<40)
  func closures(seed: Int) {
    let sketch = Self.sketch(seed: seed, points: [1, 2, 3, 12, 40][seed % 5])
    let options = Self.options(seed: seed)
    let network = sketch.network
    Self.judge(
      assurance(of: network, options), options, (0..<network.points.count).map { network.points.ids[$0] },
      before: coverage(of: network, options), places: network.places
    ) { id in
      // Positions move down by one where a point goes; only seconds and whether there is a point are read.
      coverage(of: Self.closing(id, in: sketch).network, options)
    }
  }

  @Test("does so on roads", arguments: 0..<8)
  func roads(seed: Int) {
    let county = RoadCounty.random(seed: seed, points: 10)
    var options = Self.options(seed: seed)
    options.travel = .roads
    let network = county.network
    Self.judge(
      assurance(of: network, options), options, (0..<network.points.count).map { network.points.ids[$0] },
      before: coverage(of: network, options), places: network.places
    ) { id in
      var other = county
      other.sketch = Self.closing(id, in: county.sketch)
      return coverage(of: other.network, options)
    }
  }

  @Test("looks at every point for another operator within fifteen minutes", arguments: 0..<40)
  func operators(seed: Int) {
    let sketch = Self.sketch(seed: seed, points: [0, 1, 5, 40][seed % 4])
    let options = Self.options(seed: seed)
    let scan = FullScan(sketch: sketch, options: options)
    let answer = assurance(of: sketch.network, options)
    var secured = 0
    let trips = options.standard.countsReturn ? 2 : 1
    for (i, place) in sketch.places.sorted(by: { $0.id < $1.id }).enumerated() {
      guard let nearest = scan.nearest(place) else {
        #expect(!answer.hangsOnOperator[i])
        continue
      }
      let other = scan.counting.contains {
        // There and back twice the way takes twice the time, up to rounding; 900 s are 450 s one way.
        $0.operatorName != nearest.operatorName && scan.seconds(place, $0) <= 900 / trips
      }
      #expect(answer.hangsOnOperator[i] == !other, "\(place.id)")
      if other { secured += place.customers }
    }
    let all = sketch.places.reduce(0) { $0 + $1.customers }
    #expect(answer.securedShare == (all == 0 ? nil : Double(secured) / Double(all)))
  }

  @Test("fifteen minutes to the stand-in count as within, and a second more does not")
  func rim() {
    func answer(_ meters: Double) -> Assurance {
      // Places and points on one meridian; 1.25 m/s and circuity 1.3.
      let degrees = meters / 6_371_008.8 * 180 / .pi
      var points = [NetworkSketch.Point(id: "p"), .init(id: "q", latitude: 35 + degrees)]
      points[1].operatorName = "bank"
      return assurance(of: NetworkSketch(places: [.init(id: "a")], points: points).network, .init())
    }
    // 900 s × 1.25 ÷ 1.3 = 865.38 m.
    let within = answer(865.3)
    #expect(!within.hangsOnOperator[0] && within.closures[0].customersBeyondFifteenMinutes == 0)
    #expect(within.closures[0].meanSecondsChange == 900 && within.securedShare == 1)
    let beyond = answer(865.5)
    #expect(beyond.hangsOnOperator[0] && beyond.closures[0].customersBeyondFifteenMinutes == 100)
    #expect(beyond.closures[0].meanSecondsChange == 901 && beyond.securedShare == 0)
  }

  @Test("of an empty county is nothing, and no division by it")
  func empty() {
    let answer = assurance(of: PaymentNetwork(), .init())
    #expect(answer.closures.isEmpty && answer.securedShare == nil)
    let lonely = NetworkSketch(places: [.init(id: "a", customers: 0)], points: [.init(id: "p")])
    let closure = assurance(of: lonely.network, .init()).closures[0]
    #expect(closure.coverageChange == nil && closure.meanSecondsChange == nil && closure.placesLost == 1)
  }

  @Test("accessibility is what adding up every pair gives", arguments: 0..<30)
  func catchment(seed: Int) {
    var random = SeededGenerator(seed: seed)
    var sketch = NetworkSketch.random(seed: seed)
    let knowsHours = seed % 3 != 0
    for i in sketch.points.indices {
      sketch.points[i].counters = .random(in: 0...4, using: &random)
      if !knowsHours { sketch.points[i].hours = nil }
    }
    let scan = FullScan(sketch: sketch, options: .init())
    let answer = FloatingCatchment(sketch.network, .init())
    func weight(_ seconds: Int) -> Double {
      seconds <= 600 ? 1 : seconds <= 1_200 ? 0.68 : seconds <= 1_800 ? 0.22 : 0
    }
    let known = scan.counting.contains { $0.hours != nil }
    #expect(answer.countsHours == known)
    func supply(_ point: NetworkSketch.Point) -> Double {
      let counters =
        point.counters > 0 ? point.counters : [.businessHall, .bank].contains(point.kind) ? 2 : 1
      let hours = point.hours.map { Double(try! OpeningHours(parsing: $0).minutesPerWeek) / 60 } ?? 40
      return known ? Double(counters) * hours : Double(counters)
    }
    let ratios = scan.counting.map { point in
      let demand = sketch.places.reduce(0.0) { $0 + Double($1.customers) * weight(scan.seconds($1, point)) }
      return demand > 0 ? supply(point) / demand : 0
    }
    var shared = 0.0
    for (i, place) in sketch.places.sorted(by: { $0.id < $1.id }).enumerated() {
      let expected = zip(scan.counting, ratios).reduce(0.0) { $0 + $1.1 * weight(scan.seconds(place, $1.0)) }
      #expect(abs(answer.accessibility[i] - expected) <= 1e-12 * max(1, expected), "\(place.id)")
      shared += answer.accessibility[i] * Double(place.customers)
    }
    // Nothing is lost: what the customers share is the supply of every point with somebody in reach.
    let all = zip(scan.counting, ratios).filter { $0.1 > 0 }.reduce(0.0) { $0 + supply($1.0) }
    #expect(abs(shared - all) <= 1e-9 * max(1, all))
  }
}
