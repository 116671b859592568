import Geo
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("Files of rules for roads")
struct RoadRulesFileTests {
  let folder = ScratchFolder()

  private func read(_ text: String) throws(ImportError) -> RoadRules {
    try RoadRules(yamlFile: folder.write(text, to: "r.yaml"))
  }

  @Test("reads what the file names, and keeps the standard for the rest")
  func example() throws {
    var expected = RoadRules.standard
    expected.walk.standard = 5
    expected.walk.byHighway["steps"] = 1.8
    expected.walk.byHighway["trunk"] = 0
    expected.ebike.byHighway["track"] = 10
    expected.car.byHighway["primary_link"] = 33.5
    expected.car.byHighway["driveway"] = 8
    expected.walk.surface["mud"] = .times(0.4)
    expected.car.surface["gravel"] = .atMost(35)
    expected.car.tracktype["grade5"] = .no
    expected.ebike.smoothness["bad"] = .atMost(8)
    expected.usesFerries = true
    expected.shareOfPostedSpeed = 0.9
    expected.offRoadCircuity = 1.5
    expected.offRoadKilometersPerHour = 2.5
    expected.offRoadLimit = .meters(800)
    let rules = try read(
      """
      speeds:                     # 速度
        walk:  {default: 5km/h, steps: 0.5m/s, trunk: no}
        ebike: {track: 10 km/h}
        car:
          primary_link: 33.5km/h
          driveway: 8km/h
      surface: {walk: {mud: 0.4}, car: {gravel: 35km/h}}
      tracktype:  {car: {grade5: no}}
      smoothness: {ebike: {bad: 8km/h}}
      ferries: yes
      posted_limit_share: 0.9
      circuity_off_road: 1.5
      off_road: {speed: 2.5km/h, limit: 800m}
      """)
    #expect(rules == expected)
  }

  @Test("the example of the documentation is the standard")
  func documented() throws {
    let rules = try read(
      """
      speeds:
        walk:  {default: 4.5km/h, steps: 2km/h}
        ebike: {default: 15km/h, track: 12km/h}
        car:   {default: 25km/h, primary: 65km/h}
      surface:
        walk: {mud: 0.5}
        car:  {gravel: 40km/h}
      tracktype:  {car: {grade5: 20km/h}}
      smoothness: {ebike: {impassable: no}}
      ferries: no
      posted_limit_share: 0.8
      circuity_off_road: 1.3
      off_road: {speed: 4.5km/h, limit: 2km}
      """)
    #expect(rules == .standard)
    #expect(try read("ferries: false\n") == .standard)
  }

  @Test(
    "says where and what was found, and what was expected",
    arguments: [
      ("", 1), ("- a\n", 1), ("ferries: [x\n", 2), ("ferries: perhaps", 1), ("ferry: yes", 1),
      ("speeds:\n  walk: {default: 5}", 2), ("speeds:\n  walk: {default: 500km/h}", 2),
      ("speeds:\n  run: {steps: 5km/h}", 2),
      ("speeds:\n  walk: {stairs: 5km/h}", 2), ("speeds:\n  walk: {default: no}", 2),
      ("speeds:\n  walk: 5km/h", 2),
      ("speeds:\n  walk: {steps: -2km/h}", 2), ("speeds:\n  walk: {steps: 0km/h}", 2),
      ("speeds:\n  walk: {steps: 5mph}", 2),
      ("surface:\n  car: {gravel: 1.5}", 2), ("surface:\n  car: {gravel: 0}", 2),
      ("surface:\n  car: {gravle: 0.5}", 2),
      ("surface:\n  car: {gravel: nan}", 2), ("tracktype:\n  car: {grade6: no}", 2),
      ("smoothness:\n  car: {fine: no}", 2),
      ("posted_limit_share: 3", 1), ("circuity_off_road: 0.5", 1), ("off_road: {speed: 3km/h, limit: 2}", 1),
      ("off_road: {sped: 3km/h}", 1), ("off_road: {limit: 100km}", 1), ("ferries: {}", 1),
    ])
  func refused(text: String, line: Int) {
    do {
      let rules = try read(text)
      Issue.record("accepted as \(rules)")
    } catch {
      #expect(error.sentence.english.contains("r.yaml:\(line): "), "\(error.sentence.english)")
      #expect(error.sentence.english.contains("expected"))
      guard case .refused = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("a missing file or a folder is unreadable, not refused")
  func unreadable() {
    for path in [folder.file("none.yaml"), folder.path] {
      do {
        _ = try RoadRules(yamlFile: path)
        Issue.record("read")
      } catch {
        guard case .unreadable = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  @Test("no garbage brings it down", arguments: 0..<50)
  func garbage(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let alphabet = Array("speeds: walk {default: 5km/h, off_road}\n-[]&*!|>'\"%@`#\t0")
    let text = String(
      (0..<Int.random(in: 0...200, using: &rng)).map { _ in alphabet.randomElement(using: &rng)! })
    _ = try? read(text)
  }
}
