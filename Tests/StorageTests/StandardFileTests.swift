import Geo
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Storage

@Suite("Standard files")
struct StandardFileTests {
  let folder = ScratchFolder()

  private func read(_ text: String) throws(StandardFileError) -> ServiceStandard {
    try ServiceStandard(yamlFile: folder.write(text, to: "s.yaml"))
  }

  @Test("reads the contract's example, and it is the default")
  func example() throws {
    let standard = try read(
      """
      name: 城区十分钟,村村能交费
      town:    {within: 10min, mode: walk}
      village: {point_in_village: true, village_radius: 1km}   # or {within: 10min, mode: ebike}
      """)
    #expect(standard == .tenMinutesAndEveryVillage)
  }

  @Test("reads minutes in the country, and other modes")
  func minutes() throws {
    let standard = try read("name: x\ntown:\n  within: 90s\nvillage:\n  within: 15min\n  mode: ebike\n")
    #expect(standard.townLimit == .seconds(90))
    #expect(standard.townMode == .walk)
    #expect(standard.village == .within(.minutes(15), .ebike))
    #expect(
      try read("name: x\ntown: {within: 1min, mode: car}\nvillage: {point_in_village: true}").village
        == .pointInVillage(radius: .kilometers(1)))
  }

  @Test("reads whether the way home counts; it does not unless it says so")
  func returnTrip() throws {
    let rest = "name: x\ntown: {within: 10min}\nvillage: {within: 5min}\n"
    #expect(try !read(rest).countsReturn)
    #expect(try !read(rest + "return_trip: false\n").countsReturn)
    #expect(try read(rest + "return_trip: true\n").countsReturn)
  }

  @Test(
    "says where and what was found, and what was expected",
    arguments: [
      ("", 1), ("- a\n", 1), ("name: [x\n", 2), ("name: x\nvillage: {point_in_village: true}", 1),
      ("name: x\ntown: {within: 10}\nvillage: {point_in_village: true}", 2),
      ("name: x\ntown: {within: 10min, mode: boat}\nvillage: {point_in_village: true}", 2),
      ("name: x\ntown: {within: 10min}\nvillage: {point_in_village: false}", 3),
      ("name: x\ntown: {within: 10min}\nvillage: {point_in_village: true, within: 5min}", 3),
      ("name: x\ntown: {within: 10min}\nvillage: {village_radius: 1km}", 3),
      ("name: x\ntown: {within: 10min}\nvillage: {point_in_village: true, village_radius: 1}", 3),
      ("name: x\ntown: {within: 10min}\nvillage: {}", 3),
      ("name: x\ntown: 10min\nvillage: {within: 5min}", 2),
      ("name: x\ntown: {within: 10min}\nvilage: {within: 5min}", 3), ("name: {}\ntown: {within: 1min}", 1),
      ("name: x\nreturn_trip: maybe\ntown: {within: 10min}\nvillage: {within: 5min}", 2),
      ("name: x\ntown: {within: 10min}\nvillage: {within: 5min}\nreturn_trip: 2", 4),
      ("name: x\ntown: {within: 10min}\nvillage: {within: 5min}\nreturn_trip: []", 4),
    ])
  func refused(text: String, line: Int) {
    do {
      let standard = try read(text)
      Issue.record("accepted as \(standard)")
    } catch {
      #expect(error.sentence.english.contains("s.yaml:\(line): "), "\(error.sentence.english)")
      #expect(error.sentence.english.contains("expected"))
      #expect(!error.isUnreadable)
    }
  }

  @Test("a missing file or a folder is unreadable, not refused")
  func unreadable() {
    for path in [folder.file("none.yaml"), folder.path] {
      #expect(throws: StandardFileError.self) { try ServiceStandard(yamlFile: path) }
      do { _ = try ServiceStandard(yamlFile: path) } catch {
        #expect(error.isUnreadable)
        #expect(path != folder.path || error.sentence.english.hasSuffix("expected a standard file (YAML)"))
      }
    }
  }

  @Test("no garbage brings it down", arguments: 0..<50)
  func garbage(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let alphabet = Array("name: town village {within: 10min, mode}\n-[]&*!|>'\"%@`#\t0")
    let text = String(
      (0..<Int.random(in: 0...200, using: &rng)).map { _ in alphabet.randomElement(using: &rng)! })
    _ = try? read(text)
  }
}
