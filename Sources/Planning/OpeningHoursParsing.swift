extension OpeningHours {
  /// Why a text is not opening hours: what was found, where, and what was expected there.
  public struct Problem: Error, Hashable, Sendable {
    /// What the reader was looking for.
    public enum Expected: Hashable, Sendable {
      /// The beginning of a rule: days, a time, `24/7` or `off`.
      case rule
      /// A day, `Mo`...`Su`, or `PH`, `SH`.
      case day
      /// The last day of a range, `Mo`...`Su`.
      case lastDay
      /// Times or `off`, after days.
      case times
      /// An opening time `hh:mm`, `00:00`...`23:59`.
      case openingTime
      /// The `-` between an opening and a closing time.
      case dash
      /// A closing time `hh:mm`, `00:00`...`24:00`.
      case closingTime
      /// A closing time other than the opening time; a whole day is `00:00-24:00`.
      case otherClosingTime
      /// `,` and more times, `;` and another rule, or the end.
      case separator
    }

    /// The character at which reading stopped; the first one is 1, the end of the text one past the last.
    public let position: Int
    /// What stands there: the word, at most twenty characters of it; empty at the end of the text.
    public let found: String
    /// What should stand there.
    public let expected: Expected

    /// Describes a problem.
    public init(position: Int, found: String, expected: Expected) {
      self.position = position
      self.found = found
      self.expected = expected
    }
  }

  /// Reads opening hours.
  ///
  ///     try OpeningHours(parsing: "Mo-Fr 08:30-12:00,13:30-17:30; Sa 09:00-12:00; PH off")
  ///
  /// The language is the part of OpenStreetMap's `opening_hours` (wiki.openstreetmap.org,
  /// "Key:opening_hours/specification") that a counter needs:
  /// - rules, separated by `;`. A later rule replaces what earlier ones said about the days it names.
  /// - days: `Mo`...`Su`, ranges that may run over the weekend (`Sa-Mo`), lists with commas; every day where
  ///   none is named.
  /// - times `hh:mm-hh:mm`, lists with commas, `24:00` for the end of the day. A time that closes before it
  ///   opens runs over midnight, from Sunday into Monday too. Those hours belong to the day they begin on: in
  ///   `Fr 22:00-02:00; Sa off` the point is open on Saturday until 02:00.
  /// - `off` or `closed` in place of times, and `24/7` for a rule of all days and hours.
  /// - `PH` and `SH` (public and school holidays) among the days. They are read and are no part of the week:
  ///   `PH off` changes nothing here.
  ///
  /// Spaces may stand between any two words, letters may be of either case, and an hour may have one digit. Days
  /// without times are refused although OpenStreetMap reads them as whole days: in a planner's table they are
  /// an unfinished cell. Full-width punctuation and Chinese names of days are refused as well.
  ///
  /// - Throws: the first problem met, from the left.
  /// - Complexity: O(*n* log *n*) in the length of the text.
  public init(parsing text: String) throws(Problem) {
    var reader = OpeningHoursReader(text)
    self.init(text: text, opening: try reader.week())
  }

  /// Lays the times of the seven days out over the week.
  private init(text: String, opening week: [[OpeningHoursReader.Span]]) {
    var open: [Interval] = []
    for (day, spans) in week.enumerated() {
      for span in spans {
        let start = day * minutesPerDay + span.opens
        let end = day * minutesPerDay + span.closes
        open.append(Interval(start: start, end: min(end, Planning.minutesPerWeek)))
        if end > Planning.minutesPerWeek {
          open.append(Interval(start: 0, end: end - Planning.minutesPerWeek))
        }
      }
    }
    self.text = text
    self.intervals = Self.joined(open)
  }

  /// The same minutes in ascending intervals that neither overlap nor touch.
  private static func joined(_ intervals: [Interval]) -> [Interval] {
    var joined: [Interval] = []
    for interval in intervals.sorted(by: { $0.start < $1.start }) {
      if let last = joined.last, interval.start <= last.end {
        joined[joined.count - 1] = Interval(start: last.start, end: max(last.end, interval.end))
      } else {
        joined.append(interval)
      }
    }
    return joined
  }
}

extension WeekMinute {
  /// Reads a day and a time, such as `Mo 09:00`, or returns `nil` where the text is anything else.
  ///
  /// `24:00` is refused: it is the next day's `00:00`.
  public init?(parsing text: String) {
    var reader = OpeningHoursReader(text)
    guard let minute = reader.moment() else { return nil }
    self.minute = minute
  }
}

/// Walks through a text of opening hours, one word at a time.
struct OpeningHoursReader {
  /// Open from `opens` until `closes`, in minutes since the midnight the day begins with; past 1440 after
  /// the next midnight.
  struct Span {
    let opens: Int
    let closes: Int
  }

  private typealias Expected = OpeningHours.Problem.Expected

  private let characters: [Character]
  private var next = 0

  init(_ text: String) { characters = Array(text) }

  /// The hours that begin on each of the seven days.
  mutating func week() throws(OpeningHours.Problem) -> [[Span]] {
    var week = [[Span]](repeating: [], count: 7)
    repeat {
      let (days, spans) = try rule()
      for day in days { week[day] = spans }
    } while try takeRuleSeparator()
    return week
  }

  /// A day and a time, and nothing else.
  mutating func moment() -> Int? {
    skipSpaces()
    guard let day = takeDay(), let minute = try? time(.openingTime) else { return nil }
    skipSpaces()
    return next == characters.count ? day * minutesPerDay + minute : nil
  }

  /// One rule: the days of the week it speaks of and their hours.
  private mutating func rule() throws(OpeningHours.Problem) -> (days: Set<Int>, spans: [Span]) {
    let everyDay = Set(0..<7)
    skipSpaces()
    if takeWord("24/7") { return (everyDay, [Span(opens: 0, closes: minutesPerDay)]) }
    if takeOff() { return (everyDay, []) }
    guard let first = peek else { throw problem(.rule) }
    if first.isDigit { return (everyDay, try spans()) }
    let days = try daySelector()
    skipSpaces()
    if takeOff() { return (days, []) }
    guard let digit = peek, digit.isDigit else { throw problem(.times) }
    return (days, try spans())
  }

  /// Days, ranges of days and holidays, separated by commas; the holidays are left out.
  private mutating func daySelector() throws(OpeningHours.Problem) -> Set<Int> {
    var days: Set<Int> = []
    var expected = Expected.rule
    repeat {
      defer { expected = .day }
      skipSpaces()
      if takeWord("PH") || takeWord("SH") { continue }
      guard let first = takeDay() else { throw problem(expected) }
      days.insert(first)
      if take("-") {
        skipSpaces()
        guard let last = takeDay() else { throw problem(.lastDay) }
        var day = first
        while day != last {
          day = (day + 1) % 7
          days.insert(day)
        }
      }
      expected = .day
    } while take(",")
    return days
  }

  /// Times of opening, separated by commas.
  private mutating func spans() throws(OpeningHours.Problem) -> [Span] {
    var spans: [Span] = []
    repeat {
      let opens = try time(.openingTime)
      guard take("-") else { throw problem(.dash) }
      skipSpaces()
      let start = next
      let closes = try time(.closingTime)
      if closes == opens {
        next = start
        throw problem(.otherClosingTime)
      }
      spans.append(Span(opens: opens, closes: closes < opens ? closes + minutesPerDay : closes))
    } while take(",")
    return spans
  }

  /// `hh:mm`, or `h:mm`, in minutes since midnight; `24:00` only where a closing time is expected.
  private mutating func time(_ expected: Expected) throws(OpeningHours.Problem) -> Int {
    skipSpaces()
    let start = next
    if let hour = takeNumber(digits: 1...2), peek == ":" {
      next += 1
      if let minute = takeNumber(digits: 2...2), minute < 60, peek?.isDigit != true {
        let minutes = hour * 60 + minute
        if minutes < minutesPerDay || (minutes == minutesPerDay && expected == .closingTime) {
          return minutes
        }
      }
    }
    next = start
    throw problem(expected)
  }

  /// Steps over a `;`; false at the end of the text, which may have one last `;`.
  private mutating func takeRuleSeparator() throws(OpeningHours.Problem) -> Bool {
    if take(";") {
      skipSpaces()
      return next < characters.count
    }
    guard next == characters.count else { throw problem(.separator) }
    return false
  }

  private var peek: Character? { next < characters.count ? characters[next] : nil }

  private mutating func skipSpaces() {
    while let character = peek, character == " " || character == "\t" { next += 1 }
  }

  /// Steps over `character`, and the spaces before it, if it comes next.
  private mutating func take(_ character: Character) -> Bool {
    skipSpaces()
    guard peek == character else { return false }
    next += 1
    return true
  }

  /// Steps over `word` if it comes next, in either case, and no longer word does.
  private mutating func takeWord(_ word: String) -> Bool {
    let end = next + word.count
    guard end <= characters.count, zip(characters[next..<end], word).allSatisfy(sameLetter) else {
      return false
    }
    guard end == characters.count || !(characters[end].isLetter || characters[end].isDigit) else {
      return false
    }
    next = end
    return true
  }

  private mutating func takeOff() -> Bool { takeWord("off") || takeWord("closed") }

  private mutating func takeDay() -> Int? {
    for (day, name) in dayNames.enumerated() where takeWord(name) { return day }
    return nil
  }

  private mutating func takeNumber(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, let digit = peek, digit.isDigit, let number = digit.wholeNumberValue {
      value = value * 10 + number
      count += 1
      next += 1
    }
    return digits.contains(count) ? value : nil
  }

  /// What stands at the place reading stopped, beside what was expected there.
  private func problem(_ expected: Expected) -> OpeningHours.Problem {
    let rest = characters[next...]
    let isBreak: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == ";" || $0 == "," }
    let word = rest.first.map(isBreak) == true ? rest.prefix(1) : rest.prefix { !isBreak($0) }
    return OpeningHours.Problem(position: next + 1, found: String(word.prefix(20)), expected: expected)
  }
}

/// Whether two letters differ in nothing but their case; letters outside ASCII are only like themselves.
private func sameLetter(_ a: Character, _ b: Character) -> Bool {
  guard let a = a.asciiValue, let b = b.asciiValue else { return a == b }
  return a | 0x20 == b | 0x20 && (a == b || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(a | 0x20))
}

extension Character {
  /// Whether it is one of the ten ASCII digits.
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) && isASCII }
}
