extension OpeningHours: CustomStringConvertible {
  /// The hours in the words of `opening_hours`, the same for all texts that mean the same.
  ///
  ///     try OpeningHours(parsing: "Mo 9:00-12:00; Mo-We 08:00-12:00; Su off").description
  ///     // "Mo-We 08:00-12:00"
  ///
  /// Days with the same hours share a rule; rules are in the order of their first days. Reading the text again
  /// gives the same intervals.
  public var description: String {
    if minutesPerWeek == Planning.minutesPerWeek { return "24/7" }
    let texts = rules.map { rule in
      let spans = rule.spans.map { "\(Self.clock($0.opens))-\(Self.clock($0.closes))" }
      return "\(Self.names(of: rule.days)) \(spans.joined(separator: ","))"
    }
    return texts.isEmpty ? "off" : texts.joined(separator: "; ")
  }

  /// Days on which it opens at the same times.
  public struct Rule: Hashable, Sendable {
    /// The days, 0 for Monday ... 6 for Sunday, ascending; those in a row as one range.
    public var days: [ClosedRange<Int>]
    /// When it is open, in the order of opening.
    public var spans: [Span]
  }

  /// An opening and the closing after it, in minutes since midnight.
  public struct Span: Hashable, Sendable {
    /// In `0..<1440`.
    public var opens: Int
    /// In `1...1440`; at most `opens` where it closes after midnight.
    public var closes: Int
  }

  /// The hours as days that share their times, in the order of their first days; none where it never opens.
  ///
  ///     try OpeningHours(parsing: "Mo-We,Fr 08:00-12:00").rules[0].days  // [0...2, 4...4]
  public var rules: [Rule] {
    let week = spansByDay
    return (0..<7).filter { !week[$0].isEmpty && week.firstIndex(of: week[$0]) == $0 }.map { day in
      var runs: [ClosedRange<Int>] = []
      for other in 0..<7 where week[other] == week[day] {
        if let last = runs.last, last.upperBound == other - 1 {
          runs[runs.count - 1] = last.lowerBound...other
        } else {
          runs.append(other...other)
        }
      }
      return Rule(days: runs, spans: week[day])
    }
  }

  /// What begins on each day.
  private var spansByDay: [[Span]] {
    var week = [[Span]](repeating: [], count: 7)
    for interval in intervalsOverTheWeekend {
      var start = interval.start
      while start < interval.end {
        let opens = start % minutesPerDay
        let midnight = start - opens + minutesPerDay
        // A night is one span as long as it ends before the hour it began at; longer stretches are cut at midnight.
        let isNight = interval.end > midnight && interval.end - midnight < opens
        let end = isNight ? interval.end : min(interval.end, midnight)
        let closes = isNight ? end - midnight : end - start + opens
        week[start / minutesPerDay % 7].append(Span(opens: opens, closes: closes))
        start = end
      }
    }
    return week
  }

  /// The intervals with the night from Sunday to Monday in one piece, which then ends after minute 10080.
  private var intervalsOverTheWeekend: [Interval] {
    guard let first = intervals.first, let last = intervals.last, intervals.count > 1, first.start == 0,
      last.end == Planning.minutesPerWeek
    else { return intervals }
    return intervals[1..<(intervals.count - 1)]
      + [Interval(start: last.start, end: last.end + first.end)]
  }

  /// Days as in `opening_hours`: three or more in a row as a range.
  private static func names(of runs: [ClosedRange<Int>]) -> String {
    runs.map { run in
      let names = dayNames[run]
      return names.count > 2 ? "\(names.first!)-\(names.last!)" : names.joined(separator: ",")
    }.joined(separator: ",")
  }

  fileprivate static func clock(_ minute: Int) -> String {
    func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
  }
}

extension WeekMinute: CustomStringConvertible {
  /// The day and the time, such as `Mo 09:00`.
  public var description: String {
    "\(dayNames[minute / minutesPerDay]) \(OpeningHours.clock(minute % minutesPerDay))"
  }
}
