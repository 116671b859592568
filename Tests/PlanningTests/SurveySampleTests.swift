import Foundation
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("A stratified sample")
struct SurveySampleTests {
  /// Places at growing distances from one point, in all terrains and classes of fee control.
  private func county(seed: Int, places: Int) -> PaymentNetwork {
    var rng = SeededGenerator(seed: seed)
    var sketch = NetworkSketch()
    for i in 0..<places {
      var place = NetworkSketch.Place(id: "v\(1_000 + i)")
      place.latitude = 35 + Double.random(in: 0...0.03, using: &rng)
      place.terrain = [.plain, .hill, .mountain].randomElement(using: &rng)!
      place.feeControl = [Double.nan, 0.3, 0.5, 0.9].randomElement(using: &rng)!
      place.customers = Int.random(in: 0...20, using: &rng) == 0 ? 0 : 50
      sketch.places.append(place)
    }
    sketch.points = [.init(id: "p")]
    return sketch.network
  }

  @Test("Every place with customers is in the stratum that its terrain, way and fee control name")
  func strata() {
    let network = county(seed: 1, places: 400)
    let strata = SurveyStrata(of: network)
    #expect(strata.members.flatMap { $0 }.sorted() == (0..<400).filter { network.places.customers[$0] > 0 })
    #expect(strata.keys == strata.keys.sorted())
    for (h, key) in strata.keys.enumerated() {
      for i in strata.members[h] {
        #expect(strata.stratum[i] == h)
        #expect(key.terrain == network.places.terrains[i])
        let share = network.places.feeControlShares[i]
        #expect(key.feeControl == (share.isNaN ? .unknown : share < 0.5 ? .minority : .majority))
        let meters = (network.places.latitudes[i] - 35) * .pi / 180 * 6_371_008.8
        let circuity = [1.3, 1.5, 1.8][Int(key.terrain.rawValue)]
        let seconds = (meters * circuity / 1.25 - 1e-6).rounded(.up)
        #expect(key.band == (seconds <= 300 ? .near : seconds <= 600 ? .middle : .far))
      }
    }
  }

  @Test("A network without points has all its places far away, and can still be sampled")
  func noPoints() {
    var sketch = NetworkSketch()
    sketch.places = (0..<30).map { .init(id: "v\($0)") }
    let sample = SurveySample(of: sketch.network, .init())
    #expect(sample.strata.keys.map(\.band) == [.far])
    #expect(sample.places.count == 30)
    #expect(sample.minutesMargin == 0)
  }

  @Test("Neyman's allocation is proportional to size times spread where no bound holds")
  func proportional() {
    #expect(neymanAllocation(of: 100, sizes: [1_000, 100], spreads: [1, 10], floor: 12) == [50, 50])
    #expect(neymanAllocation(of: 100, sizes: [300, 100], spreads: [1, 1], floor: 0) == [75, 25])
    #expect(
      neymanAllocation(of: 100, sizes: [999, 999, 999], spreads: [2, 2, 2], floor: 12) == [34, 33, 33])
  }

  @Test(
    "The floor holds where it is paid for, no stratum gives more than it has, and the sum is what was asked")
  func bounds() {
    #expect(neymanAllocation(of: 50, sizes: [1_000, 20, 5], spreads: [1, 1, 1], floor: 12) == [33, 12, 5])
    #expect(
      neymanAllocation(of: 100, sizes: [40, 40, 40], spreads: [100, 1, 1], floor: 12) == [40, 30, 30])
    #expect(neymanAllocation(of: 9, sizes: [9, 9, 9], spreads: [5, 1, 1], floor: 12) == [3, 3, 3])
    #expect(neymanAllocation(of: 1, sizes: [9, 9, 9], spreads: [1, 5, 1], floor: 12) == [0, 1, 0])
    #expect(neymanAllocation(of: 500, sizes: [9, 9], spreads: [1, 5], floor: 12) == [9, 9])
    #expect(neymanAllocation(of: 0, sizes: [9, 9], spreads: [1, 5], floor: 12) == [0, 0])
    #expect(neymanAllocation(of: 3, sizes: [], spreads: [], floor: 12) == [])
  }

  /// Minimizes Σ N²S² ÷ n by moving one place at a time, within the bounds.
  private func bySwaps(of n: Int, sizes: [Int], spreads: [Double], floor: Int) -> Double {
    var floor = floor
    while floor > 0, sizes.reduce(0, { $0 + min($1, floor) }) > n { floor -= 1 }
    var allocation = sizes.map { min($0, floor) }
    func cost(_ h: Int, _ n: Int) -> Double {
      n == 0 ? 1e30 : Double(sizes[h] * sizes[h]) * spreads[h] * spreads[h] / Double(n)
    }
    // The cost is convex in each stratum, so giving to whoever gains most is optimal.
    for _ in 0..<(n - allocation.reduce(0, +)) {
      let open = sizes.indices.filter { allocation[$0] < sizes[$0] }
      let best = open.max {
        cost($0, allocation[$0]) - cost($0, allocation[$0] + 1) < cost($1, allocation[$1])
          - cost($1, allocation[$1] + 1)
      }!
      allocation[best] += 1
    }
    return sizes.indices.reduce(0) { $0 + cost($1, allocation[$1]) }
  }

  @Test("No other allocation within the bounds gives a variance lower by a hundredth", arguments: 0..<60)
  func optimal(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let strata = Int.random(in: 1...8, using: &rng)
    let sizes = (0..<strata).map { _ in Int.random(in: 1...400, using: &rng) }
    let spreads = (0..<strata).map { _ in Double.random(in: 0.5...20, using: &rng) }
    let n = Int.random(in: 12 * strata...800, using: &rng)
    let allocation = neymanAllocation(of: n, sizes: sizes, spreads: spreads, floor: 12)
    #expect(allocation.reduce(0, +) == min(n, sizes.reduce(0, +)))
    for h in sizes.indices { #expect((min(12, sizes[h])...sizes[h]).contains(allocation[h])) }
    let cost = sizes.indices.reduce(0.0) {
      $0 + Double(sizes[$1] * sizes[$1]) * spreads[$1] * spreads[$1] / Double(allocation[$1])
    }
    guard n < sizes.reduce(0, +) else { return }
    #expect(cost <= bySwaps(of: n, sizes: sizes, spreads: spreads, floor: 12) * 1.01)
  }

  @Test("A draw depends on its seed alone, takes no place twice, and keeps to the allocation")
  func draw() {
    let network = county(seed: 2, places: 900)
    var plan = SurveySample.Plan()
    plan.places = 300
    let sample = SurveySample(of: network, plan)
    #expect(sample.places == SurveySample(of: network, plan).places)
    #expect(Set(sample.places).count == 300)
    for h in 0..<sample.strata.count {
      #expect(sample.places.count { sample.strata.stratum[$0] == h } == sample.allocation[h])
    }
    plan.seed = 2
    #expect(SurveySample(of: network, plan).places != sample.places)
  }

  @Test("Within a stratum every place is drawn equally often")
  func fairness() {
    let network = county(seed: 3, places: 60)
    var plan = SurveySample.Plan()
    plan.places = 30
    plan.floor = 0
    var times = [Int](repeating: 0, count: 60)
    var allocation: [Int] = []
    var strata: SurveyStrata?
    for seed in 0..<2_000 {
      plan.seed = seed
      let sample = SurveySample(of: network, plan)
      for place in sample.places { times[place] += 1 }
      (allocation, strata) = (sample.allocation, sample.strata)
    }
    for i in 0..<60 {
      guard let h = strata!.stratum[i] else {
        #expect(times[i] == 0)
        continue
      }
      let chance = Double(allocation[h]) / Double(strata!.members[h].count)
      let deviation = (2_000 * chance * (1 - chance)).squareRoot()
      #expect(abs(Double(times[i]) - 2_000 * chance) <= 4.5 * deviation + 1e-9)
    }
  }

  @Test("A share to ± 5 points takes 385 of very many places, 348 of 3,600, and all of a few")
  func needed() {
    let plan = SurveySample.Plan()
    #expect(SurveySample.placesNeeded(for: 0.05, of: 100_000_000, plan) == 385)
    #expect(SurveySample.placesNeeded(for: 0.05, of: 3_600, plan) == 348)
    #expect(SurveySample.placesNeeded(for: 0.05, of: 10, plan) == 10)
    #expect(SurveySample.placesNeeded(for: 0.05, of: 0, plan) == 0)
    var clustered = plan
    clustered.interviewsPerPlace = 4
    clustered.likenessWithinPlace = 1
    #expect(
      SurveySample.placesNeeded(for: 0.05, of: 3_600, clustered)
        == SurveySample.placesNeeded(for: 0.05, of: 3_600, plan))
  }

  @Test("The announced margin of the mean is the one that 500 draws show")
  func margin() {
    let network = county(seed: 4, places: 700)
    var plan = SurveySample.Plan()
    plan.places = 120
    let strata = SurveyStrata(of: network)
    let all = strata.members.flatMap { $0 }
    let truth = all.map { strata.minutes[$0] }.mean
    var inside = 0
    for seed in 0..<500 {
      plan.seed = seed
      let sample = SurveySample(of: network, plan)
      var estimate = 0.0
      for h in 0..<strata.count {
        let asked = sample.places.filter { strata.stratum[$0] == h }.map { strata.minutes[$0] }
        estimate += asked.mean * Double(strata.members[h].count) / Double(all.count)
      }
      if abs(estimate - truth) <= sample.minutesMargin { inside += 1 }
    }
    // The spread is taken as at least one minute, so the margin may only be wider than needed.
    #expect(inside >= 465)
  }

  @Test(
    "An earlier survey that shows people differ more than the map says widens the margin and draws more of them"
  )
  func earlierSurvey() {
    var sketch = NetworkSketch()
    for i in 0..<200 {
      var place = NetworkSketch.Place(id: "v\(1_000 + i)")
      place.terrain = i < 100 ? .plain : .mountain
      sketch.places.append(place)
    }
    sketch.points = [.init(id: "p")]
    var plan = SurveySample.Plan()
    plan.places = 60
    let first = SurveySample(of: sketch.network, plan)
    #expect(first.allocation == [30, 30])
    let told = answers((100..<110).map { (Int32($0), Double($0 - 99) * 3) })
    let second = SurveySample(of: sketch.network, plan, after: told)
    #expect(second.spreads[0] == 1)
    #expect(abs(second.spreads[1] - 3 * 9.166_666_666_7.squareRoot()) < 1e-6)
    #expect(second.allocation == [12, 48])
    #expect(second.minutesMargin > first.minutesMargin * 2)
    let few = answers((100..<104).map { (Int32($0), Double($0 - 99) * 3) })
    #expect(SurveySample(of: sketch.network, plan, after: few).places == first.places)
  }

  // MARK: - What comes back

  private func answers(_ rows: [(place: Int32, minutes: Double)]) -> DistanceSurveyTable {
    var table = DistanceSurveyTable()
    for (number, row) in rows.enumerated() {
      table.ids.append("D\(number)")
      table.places.append(row.place)
      table.points.append(0)
      table.modes.append(.walk)
      table.meters.append(.nan)
      table.minutes.append(row.minutes)
      table.dates.append("")
    }
    return table
  }

  @Test("Returns of two strata are weighted by their places, not by their answers")
  func returns() throws {
    var sketch = NetworkSketch()
    for i in 0..<90 { sketch.places.append(.init(id: "a\(100 + i)")) }
    for i in 0..<10 {
      var place = NetworkSketch.Place(id: "b\(100 + i)")
      place.terrain = .mountain
      sketch.places.append(place)
    }
    sketch.points = [.init(id: "p")]
    // Mountains first by id would be last: two plain places say 4 and 6, five mountain ones 20 to 40.
    let table = answers([(0, 4), (1, 6), (90, 20), (91, 25), (92, 30), (93, 35), (94, 40)])
    let returns = SurveyReturns(table, of: sketch.network)
    let minutes = try #require(returns.minutes)
    #expect(abs(minutes.mean - (0.9 * 5 + 0.1 * 30)) < 1e-12)
    let variance = 0.81 * (1 - 2.0 / 90) * 2 / 2 + 0.01 * (1 - 5.0 / 10) * 62.5 / 5
    #expect(
      abs(minutes.interval.upperBound - minutes.mean - 1.959963984540054 * variance.squareRoot()) < 1e-9)
    #expect(returns.coveredShare == 1)
  }

  @Test("Answers from one place count as one, and answers of nothing or of days count for nothing")
  func oneWitness() throws {
    var sketch = NetworkSketch()
    sketch.places = (0..<10).map { .init(id: "v\($0)") }
    sketch.points = [.init(id: "p")]
    let returns = SurveyReturns(
      answers([(0, 4), (0, 6), (1, 9), (2, 0), (3, 1_440), (4, .nan)]), of: sketch.network)
    #expect(returns.byStratum[0].answers == 3)
    #expect(returns.byStratum[0].places == 2)
    #expect(returns.minutes?.mean == 7)
  }

  @Test("One answer, all answers alike, or none: no figure is infinite or missing without a word")
  func rim() {
    var sketch = NetworkSketch()
    sketch.places = (0..<10).map { .init(id: "v\($0)") }
    sketch.points = [.init(id: "p")]
    #expect(SurveyReturns(answers([]), of: sketch.network).minutes == nil)
    #expect(SurveyReturns(answers([(0, 5)]), of: sketch.network).minutes == nil)
    let alike = SurveyReturns(answers([(0, 5), (1, 5), (2, 5)]), of: sketch.network)
    #expect(alike.minutes?.mean == 5)
    #expect(alike.minutes?.interval == 5...5)
    #expect(SurveyReturns(answers([]), of: PaymentNetwork()).coveredShare == 0)
  }
}
