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
    let week = spansByDay
    var rules: [String] = []
    for day in 0..<7 where !week[day].isEmpty && week.firstIndex(of: week[day]) == day {
      let days = (0..<7).filter { week[$0] == week[day] }
      rules.append("\(Self.names(of: days)) \(week[day].joined(separator: ","))")
    }
    return rules.isEmpty ? "off" : rules.joined(separator: "; ")
  }

  /// What begins on each day, as `hh:mm-hh:mm`.
  private var spansByDay: [[String]] {
    var week = [[String]](repeating: [], count: 7)
    for interval in intervalsOverTheWeekend {
      var start = interval.start
      while start < interval.end {
        let opens = start % minutesPerDay
        let midnight = start - opens + minutesPerDay
        // A night is one span as long as it ends before the hour it began at; longer stretches are cut at midnight.
        let isNight = interval.end > midnight && interval.end - midnight < opens
        let end = isNight ? interval.end : min(interval.end, midnight)
        let closes = isNight ? end - midnight : end - start + opens
        week[start / minutesPerDay % 7].append("\(Self.clock(opens))-\(Self.clock(closes))")
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

  /// Ascending days, with three or more in a row as a range.
  private static func names(of days: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for day in days {
      if let last = runs.last, last.upperBound == day - 1 {
        runs[runs.count - 1] = last.lowerBound...day
      } else {
        runs.append(day...day)
      }
    }
    return runs.map { run in
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
