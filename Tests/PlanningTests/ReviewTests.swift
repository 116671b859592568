import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Review")
struct ReviewTests {
  /// A county where every point is fine: 30 shops, each beside 200 customers of its own.
  private static var clean: NetworkSketch {
    var sketch = NetworkSketch()
    for i in 0..<30 {
      let latitude = 35 + 0.02 * Double(i)
      sketch.places.append(.init(id: i < 10 ? "a0\(i)" : "a\(i)", latitude: latitude, customers: 200))
      var point = NetworkSketch.Point(id: i < 10 ? "p0\(i)" : "p\(i)", latitude: latitude)
      point.hours = "Mo-Fr 08:00-18:00"
      point.place = sketch.places[i].id
      point.volumes = [Int](repeating: 150, count: 12)
      point.monthlyCostFen = 4_000
      point.feeFen = 50
      sketch.points.append(point)
    }
    return sketch
  }

  private func items(
    _ sketch: NetworkSketch, _ surveys: Surveys = .init(), rules: Set<ReviewRule> = Set(ReviewRule.allCases),
    _ options: ReviewOptions = .init()
  ) -> [ReviewItem] {
    let network = sketch.network
    let evidence = ReviewEvidence(
      network, surveys, coverage: .init(), waiting: .init(), viability: .init(), months: 12)
    return review(of: network, surveys, evidence, rules: rules, options).items
  }

  private static func feedback(
    _ rows: [(date: String, point: Int, category: String, rating: Int, resolved: Bool?, on: String)]
  ) -> FeedbackTable {
    var table = FeedbackTable()
    table.categoryNames = Set(rows.map(\.category)).sorted()
    for (number, row) in rows.enumerated() {
      table.ids.append("F\(number)")
      table.dates.append(row.date)
      table.points.append(Int32(row.point))
      table.places.append(-1)
      table.categories.append(Int32(table.categoryNames.firstIndex(of: row.category)!))
      table.ratings.append(UInt8(row.rating))
      table.isResolved.append(row.resolved)
      table.resolvedOn.append(row.on)
      table.notes.append("")
    }
    return table
  }

  private static func complaints(_ counts: [Int: Int]) -> FeedbackTable {
    feedback(
      counts.sorted { $0.key < $1.key }.flatMap { point, count in
        (0..<count).map { _ in ("2015-06-01", point, "排队久", 2, true, "2015-06-03") }
      })
  }

  @Test("is silent on a county where everything is well")
  func clean() {
    #expect(items(Self.clean).isEmpty)
    #expect(items(Self.clean, .init(), rules: []).isEmpty)
  }

  @Test("every rule finds the one point that is not, and no other rule does", arguments: ReviewRule.allCases)
  func rules(rule: ReviewRule) {
    var sketch = Self.clean
    var surveys = Surveys()
    var figure: Double?
    switch rule {
    case .overloaded: sketch.points[7].volumes = [Int](repeating: 1_800, count: 12)
    case .dormant:
      sketch.points[7].volumes = [Int](repeating: 150, count: 9) + [0, -1, 0]
      figure = 3
    case .lossMaking:
      sketch.points[7].volumes = [Int](repeating: 60, count: 12)
      figure = -10
    case .complainedOf: surveys.feedback = Self.complaints([7: 12, 3: 1, 4: 1, 5: 1])
    case .slow:
      for (point, seconds) in (0..<30).flatMap({ point in
        (0..<8).map { (point, (point == 7 ? 150 : 60) + $0) }
      }) {
        surveys.services.points.append(Int32(point))
        surveys.services.handlingSeconds.append(Int32(seconds))
      }
    case .poorlyPlaced:
      sketch.points[7].volumes = [Int](repeating: 20, count: 12)
      sketch.points[7].monthlyCostFen = 0
      sketch.places[7].customers = 49
      figure = 49
    case .missingData:
      sketch.points[7].hours = nil
      sketch.points[7].counters = 0
    case .singlePoint:
      sketch.places[7].customers = 500
      figure = 500
    }
    let found = items(sketch, surveys)
    #expect(found.map(\.rule) == [rule] && found.map(\.point) == [7], "\(found)")
    if let figure { #expect(found.first?.figure == figure) }
    if rule == .missingData { #expect(found.first?.missing == ["hours", "counters"]) }
    #expect(items(sketch, surveys, rules: Set(ReviewRule.allCases).subtracting([rule])).isEmpty)
    // A point that is closed already needs no action.
    sketch.points[7].status = .closed
    if rule != .singlePoint { #expect(items(sketch, surveys).isEmpty) }
  }

  @Test("thresholds count on their rim as they say")
  func rims() {
    var sketch = Self.clean
    sketch.places[7].customers = 499
    #expect(items(sketch).isEmpty)
    sketch.places[7].customers = 200
    sketch.points[7].volumes = [Int](repeating: 80, count: 12)
    #expect(items(sketch).isEmpty, "a margin of 0 is no loss")
    sketch.points[7].volumes = [Int](repeating: 150, count: 11) + [0]
    #expect(items(sketch).isEmpty, "one month without payments is not dormancy")
    sketch.points[7].volumes = []
    #expect(items(sketch).map(\.missing) == [["volumes"]])
    sketch.points[7].volumes = [Int](repeating: 29, count: 12)
    sketch.points[7].monthlyCostFen = 0
    sketch.places[7].customers = 50
    #expect(items(sketch).isEmpty, "fifty customers are not few")
    sketch.places[7].customers = 49
    #expect(items(sketch).map(\.rule) == [.poorlyPlaced])
    sketch.points[7].volumes = [Int](repeating: 30, count: 12)
    #expect(items(sketch).isEmpty, "thirty payments are not few")
  }

  @Test("the worst comes first, equals by id")
  func order() {
    var sketch = Self.clean
    for (point, payments) in [(4, 60), (9, 10), (2, 60), (20, 70)] {
      sketch.points[point].volumes = [Int](repeating: payments, count: 12)
    }
    sketch.places[12].customers = 600
    sketch.places[15].customers = 700
    #expect(items(sketch).map(\.point) == [9, 2, 4, 20, 15, 12])
  }

  @Test("one complaint about a tiny shop is never the county's worst", arguments: 0..<60)
  func tiny(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    var sketch = Self.clean
    var counts: [Int: Int] = [:]
    // Rates differ from point to point, in some counties wildly.
    for point in 0..<29 {
      sketch.points[point].volumes = [Int](repeating: .random(in: 20...800, using: &random), count: 12)
      counts[point] = Int.random(in: 0...(seed % 2 == 0 ? 3 : 20), using: &random) / (point % 4 + 1)
    }
    sketch.points[29].volumes = [2, 1]
    counts[29] = 1
    counts[0, default: 0] += 1
    let rates = ComplaintRates(Self.complaints(counts), sketch.network)
    let tiny = try #require(rates.rates[29])
    let county = try #require(rates.county)
    #expect(tiny.probability < 0.95)
    // Left alone it would be: one complaint in three payments.
    #expect(1.0 / 3 > 10 * county)
    #expect(
      rates.rates.compactMap { $0 }.allSatisfy { $0.shrunken.isFinite && (0...1).contains($0.probability) })
    let worst = try #require(
      rates.rates.indices.max { rates.rates[$0]!.probability < rates.rates[$1]!.probability })
    let raw = { (point: Int) in Double(counts[point] ?? 0) / rates.rates[point]!.payments }
    if raw(worst) > 2 * county, worst != 29 { #expect(rates.rates[worst]!.probability >= tiny.probability) }
  }

  @Test(
    "a point that is complained of eight times as often is flagged, and its neighbors seldom",
    arguments: 0..<20
  )
  func rates(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    var counts: [Int: Int] = [:]
    // 1,800 payments a year at a rate of 1 in 300 are 6 complaints; point 7 has 8 times as many.
    for point in 0..<30 {
      let mean = point == 7 ? 48.0 : 6
      counts[point] = (0..<1_800).count { _ in Double.random(in: 0..<1, using: &random) < mean / 1_800 }
    }
    let rates = ComplaintRates(Self.complaints(counts), Self.clean.network)
    #expect(try #require(rates.rates[7]).probability > 0.95)
    #expect(rates.rates.count { $0!.probability > 0.95 } <= 2)
    // The shrunken rate lies between the county's and the point's own.
    for point in 0..<30 {
      let rate = try #require(rates.rates[point])
      let own = Double(rate.complaints) / rate.payments
      let county = try #require(rates.county)
      #expect((min(own, county) - 1e-12...max(own, county) + 1e-12).contains(rate.shrunken))
    }
  }

  @Test("what chance explains is drawn all the way to the county")
  func homogeneous() throws {
    // 4, 6 or 8 complaints where 6 are expected: less than the 2.4 either way of chance.
    let counts = Dictionary(uniqueKeysWithValues: (0..<30).map { ($0, 4 + $0 % 3 * 2) })
    let rates = ComplaintRates(Self.complaints(counts), Self.clean.network)
    let county = try #require(rates.county)
    for rate in rates.rates {
      #expect(abs(try #require(rate).shrunken / county - 1) < 0.03)
      #expect(try #require(rate).probability < 0.01)
    }
  }

  @Test("praise and questions are no complaints, whatever they are rated")
  func friendly() {
    let table = Self.feedback([
      ("2015-06-01", 0, "表扬", 1, nil, ""), ("2015-06-01", 0, "咨询", 2, nil, ""),
      ("2015-06-01", 0, "", 2, nil, ""),
      ("2015-06-01", 0, "", 3, nil, ""), ("2015-06-01", 0, "", 0, nil, ""),
      ("2015-06-01", 0, "多收费", 5, nil, ""),
    ])
    #expect((0..<6).map(table.isComplaint) == [false, false, true, false, false, true])
  }

  @Test("complaints of months without volumes are left out, and none at all are no division by zero")
  func otherYears() {
    let rates = ComplaintRates(
      Self.feedback([("2014-12-31", 7, "多收费", 1, nil, ""), ("2016-01-01", 7, "多收费", 1, nil, "")]),
      Self.clean.network)
    #expect(rates.county == 0 && rates.rates.allSatisfy { $0 == nil })
    #expect(ComplaintRates(.init(), PaymentNetwork()).county == nil)
    var sketch = Self.clean
    for i in sketch.points.indices { sketch.points[i].volumes = [0] }
    #expect(ComplaintRates(Self.complaints([1: 3]), sketch.network).county == nil)
  }

  @Test("feedback is added up: open, resolved, days to close, repeats, the oldest")
  func feedback() {
    let summary = FeedbackSummary(
      Self.feedback([
        ("2015-02-27", 3, "多收费", 1, true, "2015-03-01"), ("2015-12-30", 3, "多收费", 1, true, "2016-01-04"),
        ("2016-02-28", 3, "排队久", 1, true, "2016-03-01"), ("2015-05-02", -1, "距离远", 1, false, ""),
        ("2015-05-01", 4, "排队久", 2, false, ""), ("2015-05-01", 4, "表扬", 5, nil, ""),
        ("2015-05-05", 4, "表扬", 5, true, "2015-05-01"), ("2015-05-05", 4, "表扬", 5, true, ""),
        ("2015-05-05", 4, "表扬", 5, true, "2015-05-05"), ("2015-05-05", 4, "表扬", 5, true, "2015-05-05"),
      ]))
    #expect(summary.total == 10 && summary.complaints == 5)
    #expect(summary.open == 2 && summary.resolved == 7 && summary.notStated == 1)
    // 2, 5, 2 days and twice the same day; a day before it came in is an error.
    #expect(summary.medianDaysToClose == 2 && summary.daysKnown == 5)
    #expect(summary.oldestOpen == 4)
    #expect(summary.locatedShare == 0.8)
    #expect(summary.repeatShare == 0.25)
    let none = FeedbackSummary(.init())
    #expect(none.medianDaysToClose == nil && none.locatedShare == nil && none.repeatShare == nil)
  }

  @Test("days are counted as the calendar does")
  func days() throws {
    // 1970-01-01 to 2000-01-01 are 10,957 days; 1900 has no leap day, 2000 has.
    let day = { try #require(dayNumber($0)) }
    #expect(try day("2000-01-01") - day("1970-01-01") == 10_957)
    #expect(try day("1900-03-01") - day("1900-02-28") == 1)
    #expect(try day("2000-03-01") - day("2000-02-28") == 2)
    #expect(try day("0001-01-01") - day("0000-12-31") == 1)
    for text in [
      "", "2015", "2015-13-01", "2015-00-01", "2015-1a-01", "15-01-01", "2015-01-01-01", "-015-01-01",
    ] {
      #expect(dayNumber(text) == nil, "\(text)")
    }
  }
}

@Suite("Activity and viability")
struct ActivityTests {
  private func point(_ volumes: [Int], opened: String = "") -> NetworkSketch.Point {
    var point = NetworkSketch.Point(id: "p")
    point.volumes = volumes
    point.openedOn = opened
    return point
  }

  @Test(
    "by the latest months in a row",
    arguments: [
      ([5, 5, 5, 1], PointActivity.State.active, 0), ([5, 5, 5, 0], .idle, 1),
      ([5, 5, -1, 0], .dormant60, 2),
      ([5, 0, 0, 0], .dormant90, 3), ([0, 0, 0, 0], .dormant90, 4), ([-1, -1, -1, -1], .unknown, 0),
      ([0, 0, 0, 30], .active, 0),
    ])
  func states(volumes: [Int], state: PointActivity.State, months: Int) {
    var other = point([9, 9, 9, 9])
    other.id = "q"
    let activity = PointActivity(NetworkSketch(places: [], points: [point(volumes), other]).network)
    #expect(activity.states == [state, .active])
    #expect(activity.monthsWithout == [months, 0])
    #expect(activity.busy == (volumes[3] >= 30 ? 1 : 0))
    #expect(activity.activeShare == (state == .active ? 1 : 0.5))
  }

  @Test("a point is not blamed for months before it opened, nor for the one in which it did")
  func opened() {
    let activity = PointActivity(
      NetworkSketch(places: [], points: [point([0, 0, 0, 0], opened: "2015-03-20")]).network)
    #expect(activity.monthsWithout == [1] && activity.states == [.idle])
  }

  @Test("per 1,000 km² where a county's boundary is known")
  func density() throws {
    var network = NetworkSketch(places: [], points: [point([1])]).network
    #expect(PointActivity(network).perThousandSquareKilometers(1) == nil)
    let square = [(35.0, 112.0), (35.0, 112.1), (35.1, 112.1), (35.1, 112.0)].map {
      Coordinate<WGS84>(latitude: $0, longitude: $1)!
    }
    network.boundaries = [
      Boundary(name: "t", level: "township", polygons: [Polygon(exterior: square)]),
      Boundary(name: "c", level: "county", polygons: [Polygon(exterior: square)]),
    ]
    // A tenth of a degree is 11.1195 km north and that times cos 35.05° east.
    let area = 11.1195 * 11.1195 * 0.81865
    #expect(
      abs(try #require(PointActivity(network).perThousandSquareKilometers(2)) / (2_000 / area) - 1) < 1e-3)
  }

  @Test("per 100,000 customers where there are any")
  func perCustomers() {
    let places = [200, 300].enumerated().map { NetworkSketch.Place(id: "v\($0)", customers: $1) }
    let network = NetworkSketch(places: places, points: [point([1])]).network
    #expect(PointActivity(network).perHundredThousandCustomers(2) == 400)
    let nobody = NetworkSketch(places: [], points: [point([1])]).network
    #expect(PointActivity(nobody).perHundredThousandCustomers(2) == nil)
  }

  @Test("an agent's month adds up, and breaks even where it says")
  func viability() throws {
    var sketch = point([100, 140, -1])
    sketch.monthlyCostFen = 9_000
    sketch.feeFen = 60
    var options = ViabilityOptions()
    (options.subsidyYuan, options.footfallShare, options.footfallMarginYuan) = (20, 0.1, 3)
    (options.costPerPaymentYuan, options.floatYuan, options.floatCostPerMonth) = (0.15, 1_000, 0.01)
    func balance(_ point: NetworkSketch.Point) -> PointViability.Balance? {
      PointViability(NetworkSketch(places: [], points: [point]).network, options).balances[0]
    }
    // 120 × (0.6 + 0.3 - 0.15) - (90 + 10 - 20) = 10; 80 ÷ 0.75 = 106.67.
    let month = try #require(balance(sketch))
    #expect(abs(month.marginYuan - 10) < 1e-9 && month.earnsFees)
    let needed = try #require(month.breakEvenPayments)
    #expect(abs(needed - 80 / 0.75) < 1e-9)
    #expect(abs((month.marginYuan + 80) / 120 * needed - 80) < 1e-9)

    sketch.feeFen = 0
    options.footfallShare = 0
    #expect(try #require(balance(sketch)).breakEvenPayments == nil)
    #expect(try !#require(balance(sketch)).earnsFees)
    options.subsidyYuan = 200
    #expect(try #require(balance(sketch)).breakEvenPayments == 0)
    sketch.monthlyCostFen = -1
    #expect(balance(sketch) == nil)
  }
}
