import Geo
import Planning
import TestSupport
import Testing
import Travel

/// Scenarios, judged by the same county drawn anew with the change in it.
@Suite("A scenario")
struct ScenarioTests {
  private func baseline(_ sketch: NetworkSketch, _ options: CoverageOptions = .init()) -> ScenarioBaseline {
    ScenarioBaseline(of: sketch.network, options, Surveys())
  }

  private func expectSame(_ a: Coverage, _ b: Coverage) {
    #expect(a.summary == b.summary)
    #expect(a.isServed == b.isServed && a.seconds == b.seconds && a.meters == b.meters)
    #expect(a.nearestPoints == b.nearestPoints && a.reasons == b.reasons)
    #expect(a.lines.map(\.key) == b.lines.map(\.key) && a.lines.map(\.summary) == b.lines.map(\.summary))
  }

  @Test("without changes equals the baseline exactly, in every figure", arguments: 0..<8)
  func empty(seed: Int) throws {
    let outcome = try baseline(.random(seed: seed)).outcome(of: Scenario())
    expectSame(outcome.before, outcome.after)
    #expect(outcome.gained.isEmpty && outcome.lost.isEmpty)
    #expect(
      outcome.opened.isEmpty && outcome.closed.isEmpty && outcome.moved.isEmpty && outcome.altered.isEmpty)
    #expect(outcome.assuranceBefore.closures == outcome.assuranceAfter.closures)
    let payments = try #require(outcome.payments)
    #expect(payments.before == payments.after && payments.totalBefore == payments.totalAfter)
    let waiting = try #require(outcome.waiting)
    #expect(waiting.before.peaks == waiting.after.peaks)
    #expect(outcome.viability?.before.balances == outcome.viability?.after.balances)
    #expect(outcome.costs.openingFen == 0 && outcome.costs.monthlyFen == 0 && outcome.costs.customers == 0)
  }

  /// A county and the same county with a change drawn into it: what a scenario must come to.
  @Test("answers as the county would that is drawn with its changes", arguments: 0..<12)
  func redrawn(seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let sketch = NetworkSketch.random(seed: 100 + seed)
    var drawn = sketch
    var changes: [Change] = []
    for _ in 0..<6 {
      let i = Int.random(in: drawn.points.indices, using: &rng)
      let id = drawn.points[i].id
      switch Int.random(in: 0..<5, using: &rng) {
      case 0:
        guard drawn.points[i].status != .closed else { continue }
        drawn.points[i].status = .closed
        changes.append(.close(point: id))
      case 1:
        let place = drawn.places.randomElement(using: &rng)!
        (drawn.points[i].latitude, drawn.points[i].longitude) = (place.latitude, place.longitude)
        drawn.points[i].place = place.id
        let target = Coordinate<WGS84>(latitude: place.latitude, longitude: place.longitude)!
        changes.append(.move(point: id, to: target, place: place.id))
      case 2:
        drawn.points[i].hours = "Mo-Su 00:00-24:00"
        drawn.points[i].kind = .bank
        drawn.points[i].methods = [.qr]
        drawn.points[i].status = .active
        var settings = PointSettings()
        settings.hours = try OpeningHours(parsing: "Mo-Su 00:00-24:00")
        settings.kind = .bank
        settings.methods = [.qr]
        settings.status = .active
        changes.append(.set(.point(id), settings))
      case 3:
        for k in drawn.places.indices where drawn.places[k].township == "A" {
          drawn.places[k].customers = Int((Double(drawn.places[k].customers) * 1.5).rounded())
        }
        changes.append(.grow(township: "A", millionths: 1_500_000))
      default:
        for k in drawn.places.indices { drawn.places[k].feeControl = 0.8 }
        changes.append(.feeControl(township: nil, share: 0.8))
      }
    }
    var options = CoverageOptions()
    options.breakdown = .township
    options.weight = .payments
    options.moment = WeekMinute(parsing: "Mo 10:00")
    let outcome = try baseline(sketch, options).outcome(of: Scenario(changes: changes))
    expectSame(outcome.after, coverage(of: drawn.network, options))
    expectSame(outcome.before, coverage(of: sketch.network, options))
    #expect(
      outcome.gained
        == outcome.after.isServed.indices.filter { outcome.after.isServed[$0] && !outcome.before.isServed[$0] })
    #expect(
      outcome.lost
        == outcome.after.isServed.indices.filter { !outcome.after.isServed[$0] && outcome.before.isServed[$0] })
  }

  @Test("that opens a point makes nobody worse off, and never loses a place", arguments: 0..<10)
  func openingNeverHurts(seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let sketch = NetworkSketch.random(seed: 200 + seed)
    var changes: [Change] = []
    for number in 0..<3 {
      var point = OpenedPoint()
      point.id = "new \(number)"
      let place = sketch.places.randomElement(using: &rng)!
      point.position = Coordinate(
        latitude: place.latitude + .random(in: -0.01...0.01, using: &rng), longitude: place.longitude)
      point.place = Bool.random(using: &rng) ? place.id : nil
      changes.append(.open(point))
    }
    let outcome = try baseline(sketch).outcome(of: Scenario(changes: changes))
    #expect(outcome.lost.isEmpty && outcome.opened.count == 3)
    for place in outcome.before.seconds.indices where outcome.before.nearestPoints[place] >= 0 {
      #expect(outcome.after.seconds[place] <= outcome.before.seconds[place])
    }
    // What the new ones take, the others leave: nobody pays more often for having a point.
    let payments = try #require(outcome.payments)
    #expect(abs(payments.totalBefore - payments.totalAfter) < 1e-6)
    for point in 0..<sketch.points.count {
      #expect(payments.after[point] <= payments.before[point] + 1e-9)
    }
  }

  @Test("that changes something elsewhere changes nothing else")
  func unrelated() throws {
    var sketch = NetworkSketch()
    for (number, longitude) in [112.5, 112.501, 113.5, 113.501].enumerated() {
      sketch.places.append(.init(id: "v\(number)", longitude: longitude, township: longitude < 113 ? "W" : "E"))
      sketch.points.append(.init(id: "p\(number)", longitude: longitude, volumes: [30, 30]))
    }
    let outcome = try baseline(sketch).outcome(of: Scenario(changes: [.close(point: "p3")]))
    #expect(outcome.before.lines[1].key == "W" && outcome.before.lines[1].summary == outcome.after.lines[1].summary)
    #expect(outcome.closed == [3] && outcome.lost.isEmpty)
    #expect(outcome.after.seconds[0...2] == outcome.before.seconds[0...2] && outcome.after.seconds[3] > 0)
    let network = outcome.network
    #expect(network.places.customers == outcome.networkBefore.places.customers)
    #expect(network.volumes.payments == outcome.networkBefore.volumes.payments)
  }

  @Test("leaves every payment of a point that closes to others, in proportion to what they draw")
  func takeover() throws {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v", customers: 1_000)]
    // Three shops in one place draw alike, and took 60, 30 and 10 payments: so those are their factors.
    sketch.points = [
      .init(id: "a", volumes: [60], counters: 1), .init(id: "b", hours: "Mo-Fr 09:00-17:00", volumes: [30]),
      .init(id: "c", hours: "Mo-Fr 09:00-13:00", volumes: [10]),
    ]
    let outcome = try baseline(sketch).outcome(of: Scenario(changes: [.close(point: "b")]))
    let payments = try #require(outcome.payments)
    #expect(zip(payments.before, [60, 30, 10]).allSatisfy { abs($0 - $1) < 0.01 }, "\(payments.before)")
    let takeover = try #require(payments.takeovers.first)
    #expect(takeover.point == 1 && abs(takeover.payments - 30) < 0.01 && takeover.unreached == 0)
    #expect(takeover.takers.map(\.point) == [0, 2])
    #expect(abs(takeover.takers[0].payments - 30 * 6 / 7) < 0.01)
    #expect(abs(takeover.takers[1].payments - 30 * 1 / 7) < 0.01)
    #expect(abs(payments.after[0] - 60 - 30 * 6 / 7) < 0.01 && payments.after[1] == 0)
    let standIn = outcome.standIn(takeover.takers[1], for: takeover)
    #expect(standIn.hoursShare == 0.5)
    #expect(outcome.standIn(takeover.takers[0], for: takeover).hoursShare == nil)
    let (before, after) = (try #require(standIn.utilizationBefore), try #require(standIn.utilizationAfter))
    // Rounded to whole payments: 10 become 14.
    #expect(abs(after / before - 1.4) < 1e-9 && standIn.keepsUp == true)
  }

  @Test("that closes the last point leaves the payments to nobody, and that of a village its customers")
  func lastPoint() throws {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v", setting: .village, customers: 400, elderly: 0.25)]
    sketch.points = [.init(id: "p", place: "v", volumes: [40])]
    let outcome = try baseline(sketch).outcome(of: Scenario(changes: [.close(point: "p")]))
    #expect(outcome.lost == [0] && outcome.after.reasons == [.noPointInVillage])
    #expect(outcome.elderly(after: false).served == 100 && outcome.elderly(after: true).served == 0)
    let takeover = try #require(outcome.payments?.takeovers.first)
    #expect(takeover.takers.isEmpty && abs(takeover.unreached - takeover.payments) < 1e-9)
  }

  @Test("grows customers to the nearest whole, and the payments with them")
  func growth() throws {
    var sketch = NetworkSketch()
    sketch.places = [
      .init(id: "a", customers: 5, township: "A"), .init(id: "b", customers: 5, township: "B"),
    ]
    sketch.points = [.init(id: "p", volumes: [10])]
    let network = try sketch.network.applying([.grow(township: "A", millionths: 1_100_000)])
    #expect(network.places.customers == [6, 5])
    let all = try baseline(sketch).outcome(of: Scenario(changes: [.grow(township: nil, millionths: 2_000_000)]))
    let payments = try #require(all.payments)
    #expect(abs(payments.totalAfter - 2 * payments.totalBefore) < 1e-9)
    #expect(all.waiting?.after.peaks[0]?.paymentsPerMonth == 20)
  }

  @Test("selects points by kind and township, by the nearest place where none is assigned")
  func selection() throws {
    var sketch = NetworkSketch()
    sketch.places = [
      .init(id: "a", longitude: 112.5, township: "A"), .init(id: "b", longitude: 112.6, township: "B"),
    ]
    sketch.points = [
      .init(id: "1", longitude: 112.51, kind: .shop), .init(id: "2", longitude: 112.59, kind: .shop),
      .init(id: "3", longitude: 112.5, kind: .shop, place: "b"), .init(id: "4", longitude: 112.6, kind: .bank),
    ]
    var settings = PointSettings()
    settings.counters = 7
    func counters(_ kind: PointKind?, _ township: String?) throws -> [Int32] {
      try sketch.network.applying([.set(.all(kind: kind, township: township), settings)]).points.counters
    }
    #expect(try counters(.shop, "A") == [7, 1, 1, 1])
    #expect(try counters(.shop, "B") == [1, 7, 7, 1])
    #expect(try counters(nil, "B") == [1, 7, 7, 7])
    #expect(try counters(.shop, nil) == [7, 7, 7, 1])
    #expect(throws: ChangeError(change: 0, reason: .nothingSelected)) { try counters(.postal, nil) }
  }

  @Test("opens at a candidate what the candidate says, unless it is said otherwise")
  func candidates() throws {
    var network = NetworkSketch(places: [.init(id: "v", customers: 10)]).network
    network.candidates.ids.append("C1")
    network.candidates.names.append("site")
    network.candidates.kinds.append(.bank)
    network.candidates.latitudes.append(35.001)
    network.candidates.longitudes.append(112.5)
    network.candidates.places.append(0)
    network.candidates.openingCostsFen.append(100_000)
    network.candidates.monthlyCostsFen.append(5_000)
    network.candidates.counters.append(2)
    var point = OpenedPoint()
    point.candidate = "C1"
    let outcome = try ScenarioBaseline(of: network, .init(), Surveys()).outcome(
      of: Scenario(changes: [.open(point)]))
    let points = outcome.network.points
    #expect(points.ids[0] == "C1" && points.names[0] == "site" && points.kinds == [.bank])
    #expect(points.places == [0] && points.counters == [2] && points.statuses == [.active])
    #expect(outcome.gained == [0] && outcome.costs.openingFen == 100_000 && outcome.costs.monthlyFen == 5_000)
    #expect(outcome.costs.openingFenPerCustomer == 10_000 && outcome.costs.monthlyFenPerCustomer == 500)
    point.id = "mine"
    point.kind = .shop
    point.openingCostFen = 7
    let other = try network.applying([.open(point)]).points
    #expect(other.ids[0] == "mine" && other.kinds == [.shop])
  }

  @Test("says which change cannot be made, and why")
  func refusals() {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v", customers: 9_000_000)]
    sketch.points = [.init(id: "p")]
    let network = sketch.network
    var nameless = OpenedPoint()
    nameless.position = Coordinate(latitude: 35, longitude: 112.5)
    var known = nameless
    known.id = "p"
    var nowhere = OpenedPoint()
    nowhere.id = "n"
    var strange = OpenedPoint()
    strange.candidate = "c"
    var far = nameless
    far.id = "far"
    far.position = Coordinate(latitude: 35, longitude: 114)
    let cases: [(Change, ChangeError.Reason)] = [
      (.close(point: "x"), .unknownPoint("x")), (.open(nameless), .noID), (.open(known), .pointExists("p")),
      (.open(nowhere), .noPosition), (.open(strange), .unknownCandidate("c")),
      (.open(far), .offTheMap(far.position!, kilometers: 137)),
      (.move(point: "p", to: far.position!, place: nil), .offTheMap(far.position!, kilometers: 137)),
      (.move(point: "p", to: nameless.position!, place: "w"), .unknownPlace("w")),
      (.grow(township: "X", millionths: 1), .unknownTownship("X")),
      (.grow(township: nil, millionths: 2_000_000), .tooManyCustomers(place: "v")),
      (.feeControl(township: "X", share: 1), .unknownTownship("X")),
      (.closeRoad(.edge(0), modes: [.car]), .noRoads),
    ]
    for (change, reason) in cases {
      #expect(throws: ChangeError(change: 1, reason: reason)) {
        try network.applying([.feeControl(township: nil, share: 0.5), change])
      }
    }
    #expect(throws: ChangeError(change: 1, reason: .alreadyClosed("p"))) {
      try network.applying([.close(point: "p"), .close(point: "p")])
    }
  }

  @Test("does not touch the network it is applied to")
  func baselineStays() throws {
    let network = NetworkSketch.random(seed: 7).network
    let first = coverage(of: network, .init())
    _ = try network.applying([.close(point: network.points.ids[0] == "p0" ? "p1" : "p0")])
    expectSame(first, coverage(of: network, .init()))
  }
}
