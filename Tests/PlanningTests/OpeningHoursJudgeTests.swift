import Planning
import TestSupport
import Testing

/// The reader against a slow judge: a week of minutes, each asked one by one of the rules taken apart with `split`.
@Suite("Opening hours, judged minute by minute")
struct OpeningHoursJudgeTests {
  @Test("agree with a judge that asks every minute of the week", arguments: 0..<150)
  func matchesJudge(seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let text = randomRules(using: &rng)
    let hours = try OpeningHours(parsing: text)
    let judged = openMinutes(of: text)

    let different = judged.indices.filter { hours.contains(WeekMinute(minute: $0)!) != judged[$0] }
    #expect(different.isEmpty, "\(text): \(different.prefix(3))")
    #expect(hours.minutesPerWeek == judged.count { $0 })
    for day in 0..<7 {
      #expect(hours.minutesOpen(onDay: day) == judged[(day * 1440)..<((day + 1) * 1440)].count { $0 })
    }
    for (a, b) in zip(hours.intervals, hours.intervals.dropFirst()) { #expect(a.end < b.start, "\(text)") }
  }

  @Test("read back what they print, and print it the same again", arguments: 0..<150)
  func roundTrip(seed: Int) throws {
    var rng = SeededGenerator(seed: 1_000 + seed)
    let text = randomRules(using: &rng)
    let hours = try OpeningHours(parsing: text)
    let again = try OpeningHours(parsing: hours.description)
    #expect(again.intervals == hours.intervals, "\(text) -> \(hours.description)")
    #expect(again.description == hours.description, "\(text)")
  }

  @Test("answer any text with hours or a problem inside it", arguments: 0..<20)
  func garbage(seed: Int) {
    var rng = SeededGenerator(seed: 2_000 + seed)
    for _ in 0..<500 {
      var characters = Array(randomRules(using: &rng))
      for _ in 0..<Int.random(in: 1...4, using: &rng) {
        let spoiler: Character = "MoTuPHSoff 0123456789:-;,/\t\n\r\0é中：；é👨‍👩‍👧".randomElement(using: &rng)!
        let place = Int.random(in: 0...characters.count, using: &rng)
        switch Int.random(in: 0..<3, using: &rng) {
        case 0: characters.insert(spoiler, at: place)
        case 1 where place < characters.count: characters[place] = spoiler
        default: characters = Array(characters.prefix(place))
        }
      }
      let text = String(characters)
      do {
        let hours = try OpeningHours(parsing: text)
        #expect(
          hours.intervals.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end <= 10080 }, "\(text)")
      } catch {
        #expect((1...(text.count + 1)).contains(error.position), "\(text)")
        #expect(text.dropFirst(error.position - 1).hasPrefix(error.found), "\(text)")
        #expect(error.found.isEmpty == (error.position == text.count + 1), "\(text)")
      }
    }
  }
}

private let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

/// One to five rules of the language, with every construct in them sooner or later.
private func randomRules(using rng: inout SeededGenerator) -> String {
  (0..<Int.random(in: 1...5, using: &rng)).map { _ in
    if Int.random(in: 0..<12, using: &rng) == 0 { return "24/7" }
    var selectors: [String] = []
    for _ in 0..<Int.random(in: 0...3, using: &rng) {
      switch Int.random(in: 0..<6, using: &rng) {
      case 0: selectors.append(["PH", "SH"].randomElement(using: &rng)!)
      case 1...3: selectors.append(days.randomElement(using: &rng)!)
      default: selectors.append(days.randomElement(using: &rng)! + "-" + days.randomElement(using: &rng)!)
      }
    }
    let times: String
    if Int.random(in: 0..<6, using: &rng) == 0 {
      times = ["off", "closed"].randomElement(using: &rng)!
    } else {
      times = (0..<Int.random(in: 1...3, using: &rng)).map { _ in randomSpan(using: &rng) }.joined(
        separator: ",")
    }
    return (selectors.isEmpty ? "" : selectors.joined(separator: ",") + " ") + times
  }.joined(separator: "; ")
}

private func randomSpan(using rng: inout SeededGenerator) -> String {
  func clock(_ minute: Int) -> String {
    let hour = minute / 60 < 10 ? "0\(minute / 60)" : "\(minute / 60)"
    return "\(hour):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
  }
  // Few different times, so that spans touch, nest and repeat.
  let opens = Int.random(in: 0..<48, using: &rng) * 30
  var closes = Int.random(in: 0...48, using: &rng) * 30
  if closes == opens { closes = 1440 }
  return clock(opens) + "-" + clock(closes)
}

/// Whether each minute of the week is open, by the definition: the last rule that names a day says what begins on it.
private func openMinutes(of text: String) -> [Bool] {
  let rules = text.split(separator: "; ").map(String.init)

  func names(_ rule: String, _ day: Int) -> Bool {
    guard let head = rule.split(separator: " ").first, head.first!.isUppercase else { return true }
    return head.split(separator: ",").contains { selector in
      let ends = selector.split(separator: "-").compactMap { days.firstIndex(of: String($0)) }
      guard let first = ends.first, let last = ends.last else { return false }
      return first <= last ? (first...last).contains(day) : day >= first || day <= last
    }
  }
  func minutes(_ clock: Substring) -> Int {
    let parts = clock.split(separator: ":")
    return Int(parts[0])! * 60 + Int(parts[1])!
  }
  /// From when until when the rule is open, in minutes after the midnight a day begins with.
  func spans(_ rule: String) -> [(opens: Int, closes: Int)] {
    let times = rule.split(separator: " ").last!
    if times == "24/7" { return [(0, 1440)] }
    if times == "off" || times == "closed" { return [] }
    return times.split(separator: ",").map { span in
      let ends = span.split(separator: "-").map(minutes)
      return (ends[0], ends[0] < ends[1] ? ends[1] : ends[1] + 1440)
    }
  }

  let spansOfDay = (0..<7).map { day in rules.last { names($0, day) }.map(spans) ?? [] }
  return (0..<10080).map { minute in
    let day = minute / 1440
    return spansOfDay[day].contains { $0.opens <= minute % 1440 && minute % 1440 < $0.closes }
      || spansOfDay[(day + 6) % 7].contains { minute % 1440 + 1440 < $0.closes }
  }
}
