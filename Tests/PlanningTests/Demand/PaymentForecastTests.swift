import Foundation
import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Payments to expect")
struct PaymentForecastTests {
  static var truth: ChoiceModel {
    var model = ChoiceModel(decay: .logLogistic, kinds: [.businessHall, .shop])
    model.coefficients = [log(12.0), log(3.0), log(9.0), log(2.0)]
    return model
  }

  private func county(seed: Int = 6, factor: Double = 0.8, spread: Double = 0.15) -> ChoiceCounty {
    var county = ChoiceCounty(seed: seed, truth: Self.truth, places: 90, points: 36)
    county.makeVolumes(seed: seed, spread: spread, factor: factor)
    return county
  }

  private func answers(_ county: ChoiceCounty) -> (ChoiceEstimate, DemandReconciliation) {
    let estimate = ChoiceEstimate(of: county.network, surveys: county.answers(8, seed: 5), county.options)
    return (estimate, DemandReconciliation(of: county.network, estimate, county.options.payments))
  }

  @Test("add up to the demand, and the factor is what the volumes were made with")
  func reconciles() throws {
    let county = county(spread: 0.05)
    let (estimate, reconciled) = answers(county)
    #expect(reconciled.isReconciled && reconciled.isSpreadMeasured)
    #expect(abs(reconciled.factor - 0.8) < 0.03)
    #expect(reconciled.townships.allSatisfy { abs($0.factor - 0.8) < 0.05 })
    let forecast = PaymentForecast(of: county.network, estimate, reconciled, by: InPersonPayments())
    let sum = forecast.points.reduce(0) { $0 + ($1?.expected ?? 0) }
    #expect(abs(sum - forecast.demand.reduce(0, +)) < 1e-6 * sum)
    let assumed = reconciled.townships.reduce(0) { $0 + $1.assumed }
    let judge = (0..<county.network.places.count).reduce(0) {
      $0 + InPersonPayments().perMonth(of: county.network.places, $1)
    }
    #expect(abs(assumed - judge) < 1e-6)
  }

  @Test("a township that pays half as often is found, as far as its points tell")
  func townships() throws {
    var county = county(factor: 1, spread: 0.02)
    let places = county.network.places
    // The truth is made once more with half of the payments of township A.
    for i in 0..<places.count where places.townshipNames[Int(places.townships[i])] == "A" {
      county.network.places.customers[i] /= 2
    }
    county.makeVolumes(seed: 1, spread: 0.02)
    county.network.places.customers = places.customers
    let (_, reconciled) = answers(county)
    let found = Dictionary(uniqueKeysWithValues: reconciled.townships.map { ($0.name, $0) })
    let (a, c) = (try #require(found["A"]), try #require(found["C"]))
    // Neighbors share points, and one step puts back only part of the difference.
    #expect(a.factor < 0.75 && c.factor > 0.85, "\(a), \(c)")
    for township in reconciled.townships {
      let raw = try #require(township.rawFactor)
      #expect(abs(township.factor - reconciled.factor) <= abs(raw - reconciled.factor) + 1e-12)
    }
  }

  @Test("a point that is not known does not count as one that took nothing")
  func unknown() {
    var county = county(spread: 0.02)
    let full = answers(county).1.factor
    for point in 0..<12 { county.network.volumes.removePoint(Int32(point)) }
    let (_, reconciled) = answers(county)
    #expect(abs(reconciled.factor - full) < 0.05)
    #expect(reconciled.comparedPoints <= 24)
  }

  @Test("a plan for fee control changes payments by its formula, not the factors")
  func plan() {
    let county = county()
    let (estimate, reconciled) = answers(county)
    var plan = InPersonPayments()
    plan.feeControlShare = 0.8
    let planned = DemandReconciliation(of: county.network, estimate, plan)
    #expect(planned.townships == reconciled.townships)
    let before = PaymentForecast(of: county.network, estimate, reconciled, by: InPersonPayments())
    let after = PaymentForecast(of: county.network, estimate, reconciled, by: plan)
    // Nothing was known of fee control: 0.7 becomes 0.2 x 0.7 + 0.8 x 0.33 x 0.6.
    let ratio = (0.2 * 0.7 + 0.8 * 0.33 * 0.6) / 0.7
    for (old, new) in zip(before.demand, after.demand) {
      #expect(abs(new - old * ratio) < 1e-9 * max(1, old))
    }
  }

  @Test("have the slopes by the model's parameters that small steps find")
  func deltaMethod() {
    let county = county()
    let demand = (0..<county.network.places.count).map { Double(50 + $0) }
    func due(_ model: ChoiceModel) -> ExpectedPayments {
      ExpectedPayments(model, reach: county.reach, points: county.network.points, demand: demand)
    }
    let size = county.truth.parameterCount
    let here = due(county.truth)
    for p in 0..<size {
      var (up, down) = (county.truth, county.truth)
      up.coefficients[p] += 1e-5
      down.coefficients[p] -= 1e-5
      let (above, below) = (due(up), due(down))
      for point in here.payments.indices {
        let judge = (above.payments[point] - below.payments[point]) / 2e-5
        #expect(abs(here.slopes[point * size + p] - judge) < 1e-4 * max(1, abs(judge)))
      }
    }
  }

  @Test(
    "of a newcomer are what a fresh count with it finds, and what it gets the others lose", arguments: 0..<8)
  func newcomers(seed: Int) throws {
    var county = county(seed: seed)
    // Everybody considers every point, so that the set of those chosen among does not change.
    county.options.reach.nearest = 36
    let (estimate, reconciled) = answers(county)
    let kinds: [PointKind?] = [.shop, .businessHall, nil, .villageCommittee]
    var rng = SeededGenerator(seed: seed)
    let kind = kinds[seed % 4]
    let latitude = 35 + Double.random(in: -0.04...0.04, using: &rng)
    let longitude = 112.5 + Double.random(in: -0.04...0.04, using: &rng)
    county.network.candidates.append(kind, latitude, longitude)
    let forecast = PaymentForecast(of: county.network, estimate, reconciled, by: InPersonPayments())
    let newcomer = try #require(forecast.newcomers(of: county.network).first)
    #expect(newcomer.places == 90)

    var opened = county.network
    opened.points.append(kind ?? .villageCommittee, latitude, longitude)
    var judge = estimate.options
    judge.reach.nearest = 37
    let reach = Reach.choices(
      of: opened, counting: [Bool](repeating: true, count: 37), judge.reach, mode: judge.mode,
      factors: judge.factors)
    let due = ExpectedPayments(
      estimate.model, reach: reach, points: opened.points, demand: forecast.demand)
    #expect(abs(newcomer.expectation.expected - due.payments[36]) < 1e-5 * due.payments[36])
    let size = estimate.model.parameterCount
    let again = PaymentForecast.Expectation(
      expected: due.payments[36],
      parameterVariance: quadraticForm(
        estimate.covariance, Array(due.slopes[36 * size..<37 * size])), spread: reconciled.spread)
    #expect(abs(newcomer.expectation.interval.upperBound / again.interval.upperBound - 1) < 1e-4)
    let lost = newcomer.losses.reduce(0) { $0 + $1.payments }
    #expect(abs(lost - newcomer.expectation.expected) < 1e-4 * lost)
    #expect(newcomer.losses.map(\.payments) == newcomer.losses.map(\.payments).sorted(by: >))
    for loss in newcomer.losses {
      let before = try #require(forecast.points[loss.point]).expected
      #expect(abs(before - loss.payments - due.payments[loss.point]) < 1e-4 * max(1, before))
    }
  }

  @Test("a newcomer is thought of where it is no farther than the farthest of the nearest", arguments: 0..<6)
  func newcomerReach(seed: Int) {
    var county = county(seed: seed)
    county.options.reach.nearest = 4
    county.options.reach.nearestHalls = seed % 3
    var rng = SeededGenerator(seed: seed)
    for i in 0..<12 {
      county.network.candidates.append(
        i % 2 == 0 ? .businessHall : .shop, 35 + Double.random(in: -0.05...0.05, using: &rng),
        112.5 + Double.random(in: -0.05...0.05, using: &rng))
    }
    let reach = county.reach
    let found = NewcomerReach(of: county.network.candidates, in: county.network, reach: reach, county.options)
    #expect(found.siteCount == 12)
    for site in 0..<12 {
      var expected: [NewcomerReach.Entry] = []
      for place in 0..<county.network.places.count {
        let meters = county.network.places.coordinate(of: place).distance(
          to: county.network.candidates.coordinate(of: site))
        let seconds = county.options.line.seconds(over: meters, in: county.network.places.terrains[place])
        let row = Array(reach[place])
        let halls = row.filter { county.network.points.kinds[Int($0.point)] == .businessHall }
        let farthest = Int(row[3].seconds)
        let isHall = site % 2 == 0
        let limit =
          !isHall
          ? farthest
          : seed % 3 == 0
            ? Int.max : halls.count < seed % 3 ? .max : max(farthest, Int(halls[seed % 3 - 1].seconds))
        if seconds <= limit { expected.append(.init(place: Int32(place), seconds: Int32(seconds))) }
      }
      #expect(Array(found[site]) == expected, "site \(site)")
    }
  }

  @Test("hold the usual month of about 95 % of the points")
  func hits() throws {
    var (rate, counties) = (0.0, 0.0)
    for seed in 0..<12 {
      let county = county(seed: seed, spread: 0.25)
      let (estimate, reconciled) = answers(county)
      let errors = ForecastErrors(of: county.network, estimate, reconciled)
      #expect(errors.points == 36)
      #expect((errors.weightedError ?? 1) < 0.35)
      rate += try #require(errors.hitRate)
      counties += 1
    }
    #expect((0.90...0.99).contains(rate / counties), "\(rate / counties)")
  }

  @Test("follow a point that closes, moves or becomes a hall")
  func changes() throws {
    let county = county()
    let (estimate, reconciled) = answers(county)
    func expected(_ change: (inout PaymentNetwork) -> Void) -> [Double?] {
      var network = county.network
      change(&network)
      return PaymentForecast(of: network, estimate, reconciled, by: InPersonPayments()).points.map {
        $0?.expected
      }
    }
    let before = expected { _ in }
    let closed = expected { $0.points.statuses[5] = .closed }
    #expect(closed[5] == nil)
    let lost = try #require(before[5])
    let gained = closed.indices.reduce(0) { $0 + max(0, (closed[$1] ?? 0) - (before[$1] ?? 0)) }
    // A thirteenth point takes its place among the nearest, and a little from the others.
    #expect(abs(gained - lost) < 0.01 * gained)
    // Far away nobody has it among the nearest twelve.
    #expect(expected { $0.points.latitudes[5] = 60 }[5] == 0)
    let hall = try #require(expected { $0.points.kinds[5] = .businessHall }[5])
    #expect(hall > lost)
    #expect(expected { _ in } == before)
  }

  @Test("know how likely a number of payments is")
  func probability() {
    let even = PaymentForecast.Expectation(expected: 100, parameterVariance: 0, spread: 0.3)
    #expect(abs(even.probability(ofAtLeast: 100) - 0.5) < 1e-12)
    #expect(abs(even.probability(ofAtLeast: even.interval.lowerBound) - 0.975) < 1e-3)
    #expect(abs(even.probability(ofAtLeast: even.interval.upperBound) - 0.025) < 1e-3)
    #expect(even.probability(ofAtLeast: 0) == 1)
    let none = PaymentForecast.Expectation(expected: 0, parameterVariance: 0, spread: 0.3)
    #expect(none.interval == 0...3.69 && none.probability(ofAtLeast: 1) == 0)
  }

  @Test(
    "without volumes, with volumes of nothing, without points or places: finite, and said to be assumptions")
  func nothing() {
    var county = county()
    county.network.volumes = VolumeTable()
    expectFinite(county)
    county.network.volumes.months = ["2015-01"]
    for point in 0..<36 { county.network.volumes.append(point: point, month: 0, payments: 0) }
    expectFinite(county)
    for i in 0..<36 { county.network.points.statuses[i] = .planned }
    expectFinite(county)
    county.network = PaymentNetwork()
    expectFinite(county)
  }

  private func expectFinite(_ county: ChoiceCounty, _ location: SourceLocation = #_sourceLocation) {
    let estimate = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), county.options)
    let reconciled = DemandReconciliation(of: county.network, estimate, county.options.payments)
    #expect(!reconciled.isReconciled && reconciled.factor == 1, sourceLocation: location)
    #expect(!reconciled.isSpreadMeasured, sourceLocation: location)
    let forecast = PaymentForecast(of: county.network, estimate, reconciled, by: InPersonPayments())
    #expect(forecast.demand.allSatisfy { $0.isFinite }, sourceLocation: location)
    for point in forecast.points {
      guard let point else { continue }
      #expect(point.expected.isFinite && point.interval.upperBound.isFinite, sourceLocation: location)
    }
    let errors = ForecastErrors(of: county.network, estimate, reconciled)
    #expect(errors.hitRate?.isFinite ?? true, sourceLocation: location)
    #expect(errors.meanError?.isFinite ?? true, sourceLocation: location)
  }
}

extension CandidateTable {
  mutating func append(_ kind: PointKind?, _ latitude: Double, _ longitude: Double) {
    ids.append("c\(count + 1_000)")
    names.append("")
    latitudes.append(latitude)
    longitudes.append(longitude)
    places.append(-1)
    openingCostsFen.append(nil)
    monthlyCostsFen.append(nil)
    counters.append(0)
    kinds.append(kind)
  }
}

extension PointTable {
  mutating func append(_ kind: PointKind, _ latitude: Double, _ longitude: Double) {
    ids.append("z")
    names.append("")
    latitudes.append(latitude)
    longitudes.append(longitude)
    methods.append([])
    statuses.append(.active)
    hours.append(-1)
    places.append(-1)
    operators.append(0)
    counters.append(0)
    kinds.append(kind)
  }
}
