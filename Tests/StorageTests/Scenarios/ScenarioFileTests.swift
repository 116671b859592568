import Geo
import Planning
import Storage
import Testing
import Travel
import Words

@Suite("A scenario file")
struct ScenarioFileTests {
  private func read(_ text: String) throws(ImportError) -> ScenarioFile {
    try ScenarioFile(yaml: text, file: "plan.yaml")
  }

  private func sentence(_ text: String, _ language: Language = .english) -> String {
    do throws(ImportError) {
      _ = try read(text)
      return "accepted"
    } catch {
      return error.sentence[language]
    }
  }

  @Test("says changes in the obvious spellings, each the same change")
  func spellings() throws {
    func changes(_ item: String) throws -> [Change] { try read("changes:\n  - \(item)\n").scenario.changes }
    for item in ["close: P1", "close: [P1]", "close: {point_id: P1}", "{close: P1}", "close: {point_id: [P1]}"] {
      #expect(try changes(item) == [.close(point: "P1")], "\(item)")
    }
    #expect(try changes("close: [P1, P2]") == [.close(point: "P1"), .close(point: "P2")])
    for item in [
      "fee_control: 80%", "fee_control: 0.8", "fee_control: {share: 0.8}", "fee_control: {township: all, share: 80%}",
      "fee_control: 0.8\n    township: 全部",
    ] { #expect(try changes(item) == [.feeControl(township: nil, share: 0.8)], "\(item)") }
    for item in [
      "grow: {township: T, factor: 1.1}", "grow: {township: T, factor: +10%}", "grow: 1.1\n    township: T",
    ] { #expect(try changes(item) == [.grow(township: "T", millionths: 1_100_000)], "\(item)") }
    #expect(try changes("grow: -5%") == [.grow(township: nil, millionths: 950_000)])
    let target = try #require(Coordinate<WGS84>(latitude: 35.1, longitude: 112.5))
    for item in [
      "move: {point_id: P1, longitude: 112.5, latitude: 35.1}", "move: P1\n    longitude: 112.5\n    latitude: 35.1",
    ] { #expect(try changes(item) == [.move(point: "P1", to: target, place: nil)], "\(item)") }
    var settings = PointSettings()
    settings.methods = [.cash, .qr]
    settings.kind = .shop
    for item in [
      "set: {point_id: P1, methods: [cash, qr], kind: shop}", "set: {point_id: P1, methods: cash;qr, kind: 商超}",
    ] { #expect(try changes(item) == [.set(.point("P1"), settings)], "\(item)") }
    #expect(
      try changes("set: {where: {kind: bank, township: T}, methods: 'cash;qr', kind: shop}")
        == [.set(.all(kind: .bank, township: "T"), settings)])
    let corner = try #require(Coordinate<WGS84>(latitude: 35.2, longitude: 112.6))
    for item in [
      "road_closed: {line: [[112.5, 35.1], [112.6, 35.2]], modes: [car]}",
      "road_closed: {from: [112.5, 35.1], to: [112.6, 35.2], modes: car}",
    ] { #expect(try changes(item) == [.closeRoad(.line(from: target, to: corner), modes: [.car])], "\(item)") }
    #expect(
      try changes("road_closed: [3, 4]")
        == [3, 4].map { .closeRoad(.edge($0), modes: Set(TravelMode.allCases)) })
    for nothing in ["", "# a note\n", "changes: []\n", "changes:\n", "name: x\n"] {
      #expect(try read(nothing).scenario.changes.isEmpty)
    }
    #expect(try read("- close: P1\n").scenario.changes == [.close(point: "P1")])
    #expect(try read("").scenario.name == "plan" && read("name: 计划\n").scenario.name == "计划")
  }

  @Test("says where it is wrong: line, found, expected")
  func refusals() {
    let cases: [(String, String)] = [
      ("changes:\n  - shut: P1\n", #"plan.yaml:2: change "shut": expected one of open, close, move"#),
      ("name: x\nchange:\n  - close: P1\n", #"plan.yaml:2: key "change": expected the keys name, description, changes"#),
      ("changes: close\n", #"plan.yaml:1: changes "close": expected a list of changes"#),
      ("changes:\n  - close: P1\n  - close:\n", "plan.yaml:3: close: nothing; expected the keys point_id"),
      ("changes:\n  - close: []\n", "expected at least one id"),
      ("changes:\n  - {close: P1, open: P2}\n", #"plan.yaml:2: change "open": expected one change an item"#),
      ("changes:\n  - set: {point_id: P1}\n", "plan.yaml:2: nothing to set; expected the keys kind, methods"),
      ("changes:\n  - set: {point_id: P1,\n      hours: Mo-Fri 9-17}\n", #"plan.yaml:3: hours "Mo-Fri 9-17""#),
      ("changes:\n  - set: {point_id: P1, counters: -1}\n", #"counters "-1": expected a whole number 0...10000"#),
      ("changes:\n  - set: {point_id: P1, counters: 1.5}\n", #"counters "1.5""#),
      ("changes:\n  - set: {point_id: P1, methods: gold}\n", #"methods "gold": expected one of cash"#),
      ("changes:\n  - set: {point_id: P1, kind: kiosk}\n", #"kind "kiosk": expected one of business_hall"#),
      ("changes:\n  - set: {point_id: P1, status: gone}\n", #"status "gone": expected one of active"#),
      ("changes:\n  - set: {hours: 24/7}\n", "set without point_id; expected the key point_id"),
      ("changes:\n  - fee_control: 80\n", #"share "80": expected a share 0...1, or 0%...100%"#),
      ("changes:\n  - fee_control: 101%\n", #"share "101%""#),
      ("changes:\n  - grow: 10%\n", #"factor "10%": expected a factor 0...100"#),
      ("changes:\n  - grow: 1e3\n", #"factor "1e3""#),
      ("changes:\n  - grow: {township: T}\n", "plan.yaml:2: grow without factor"),
      ("changes:\n  - move: {point_id: P1, longitude: 35.1, latitude: 112.5}\n", #"latitude "112.5": expected -90...90"#),
      ("changes:\n  - move: {point_id: P1, longitude: 0, latitude: 0}\n", "expected a position; 0, 0"),
      ("changes:\n  - open: {point_id: P1, longitude: 112.5}\n", "open without latitude"),
      ("changes:\n  - open: {point_id: P1, monthly_cost_yuan: 1.234}\n", #"monthly_cost_yuan "1.234""#),
      ("changes:\n  - open: {point_id: P1, status: active}\n", #"key "status""#),
      ("changes:\n  - road_closed: {line: [[112.5, 35.1]]}\n", "expected two positions"),
      ("changes:\n  - road_closed: {modes: car}\n", "road_closed without from; expected edge: 1204"),
      ("changes:\n  - road_closed: {edge: 1, modes: boat}\n", #"modes "boat": expected walk, ebike or car"#),
      ("changes:\n  - close: P1\nchanges: []\n", "the key changes is given twice"),
      ("changes: [\n", "not valid YAML"), ("- 7\n", #"plan.yaml:1: change "7""#),
    ]
    for (text, part) in cases {
      let said = sentence(text)
      #expect(said.contains(part), "\(text): \(said)")
      #expect(sentence(text, .chinese).contains("应为"), "\(text)")
    }
  }

  @Test("names the line of a change that the network refuses")
  func changeErrors() throws {
    let file = try read("name: x\nchanges:\n  - close:\n      - P1\n      - P2\n  - grow: 2\n")
    #expect(
      file.problem(ChangeError(change: 1, reason: .unknownPoint("P2"))).sentence.english
        == #"plan.yaml:5: point_id "P2": expected the id of a point of the atlas"#)
    #expect(
      file.problem(ChangeError(change: 2, reason: .tooManyCustomers(place: "v"))).sentence.english.hasPrefix(
        "plan.yaml:6: place_id"))
    let made = ScenarioFile(Scenario(name: "n", description: "d", changes: file.scenario.changes), file: "made")
    #expect(made.problem(ChangeError(change: 1, reason: .alreadyClosed("P2"))).line == 5)
    #expect(try ScenarioFile(yaml: made.text, file: "made").problem(ChangeError(change: 1, reason: .noID)).line == 5)
  }

  @Test("written by the program reads back as the same changes")
  func roundTrip() throws {
    var point = OpenedPoint()
    point.id = "N\"1\\"
    point.name = "新店: #1\u{2028}x"
    point.kind = .postal
    point.position = Coordinate(latitude: -0.0000012, longitude: 112.512345678)
    point.operatorName = "yes"
    point.methods = [.cash, .citizenCard]
    point.hours = try OpeningHours(parsing: "Mo-Fr 08:30-17:30; Sa 09:00-12:00")
    point.counters = 3
    point.place = "007"
    point.openingCostFen = 123_456
    point.monthlyCostFen = 5
    point.feePerPaymentFen = 0
    var settings = PointSettings()
    settings.status = .suspended
    settings.counters = 0
    let here = try #require(Coordinate<WGS84>(latitude: 35.1, longitude: 112.5))
    var site = OpenedPoint()
    site.candidate = "C1"
    let scenario = Scenario(
      name: "a\nb", description: "two\tlines\n\"quoted\"",
      changes: [
        .open(point), .open(site), .close(point: "- {"), .move(point: "null", to: here, place: "w"),
        .set(.point("P1"), settings), .set(.all(kind: .shop, township: nil), settings),
        .grow(township: "T: x", millionths: 1_000_001), .feeControl(township: nil, share: 0.000_03),
        .closeRoad(.edge(7), modes: [.car, .walk]), .closeRoad(.line(from: here, to: here), modes: Set(TravelMode.allCases)),
      ])
    let text = ScenarioText.yaml(of: scenario)
    var again = try read(text).scenario
    if case .open(var read) = again.changes[0] {
      // Degrees are written to a ten-millionth.
      #expect(abs((read.position?.latitude ?? 0) + 0.0000012) < 1e-7)
      read.position = point.position
      again.changes[0] = .open(read)
    }
    #expect(again == scenario)
    #expect(ScenarioText.yaml(of: again) == text)
  }
}
