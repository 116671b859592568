public import Geo
public import Planning
public import Words

extension CompassDirection {
  /// What people call the direction.
  public var words: Glossary {
    switch self {
    case .north: .north
    case .northeast: .northeast
    case .east: .east
    case .southeast: .southeast
    case .south: .south
    case .southwest: .southwest
    case .west: .west
    case .northwest: .northwest
    }
  }
}

extension PaymentGuide.Way {
  /// Where the point is, in words: 东北方向约 600 米, 南面约 2 公里, "about 600 m to the northeast". `RoundedDistance` says how the great
  /// circle is rounded; less than 5 m are "right here".
  public var directionWords: Bilingual {
    let distance = RoundedDistance(meters: Int(straightMeters))
    guard let direction, distance.meters > 0 else { return GuideWord.atThePlace.words }
    let isBetween = direction.rawValue % 2 == 1
    return Bilingual(
      en: "about \(distance.words[.english]) to the \(direction.words[.english])",
      zh: "\(direction.words[.chinese])\(isBetween ? "方向" : "面")约 \(distance.words[.chinese])")
  }
}

extension OpeningHours {
  /// The hours in words: 周一至周五 8:30-17:30；周六 9:00-12:00, "Mon–Fri 8:30–17:30; Sat 9:00–12:00".
  ///
  /// Days and times are those of `rules`; a closing after midnight is the next day's.
  public var words: Bilingual {
    if minutesPerWeek == 7 * 24 * 60 { return GuideWord.allDay.words }
    let rules = rules
    guard !rules.isEmpty else { return GuideWord.closed.words }
    return Bilingual(
      en: rules.map { "\(Self.english($0.days)) \(Self.times($0.spans, .english))" }.joined(separator: "; "),
      zh: rules.map { "\(Self.chinese($0.days)) \(Self.times($0.spans, .chinese))" }.joined(separator: "；"))
  }

  private static func times(_ spans: [Span], _ language: Language) -> String {
    spans.map { span in
      let isNight = span.closes <= span.opens
      let (opens, closes) = (clock(span.opens), clock(span.closes))
      let next = isNight ? GuideWord.nextDay[language] : ""
      return language == .chinese ? "\(opens)-\(next)\(closes)" : "\(opens)–\(closes)\(next)"
    }.joined(separator: language == .chinese ? "、" : ", ")
  }

  private static func clock(_ minute: Int) -> String {
    let rest = minute % 60
    return "\(minute / 60):" + (rest < 10 ? "0\(rest)" : "\(rest)")
  }

  private static func chinese(_ days: [ClosedRange<Int>]) -> String {
    if days == [0...6] { return GuideWord.everyDay[.chinese] }
    let names = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    return parts(days, names, to: "至").joined(separator: "、")
  }

  private static func english(_ days: [ClosedRange<Int>]) -> String {
    if days == [0...6] { return GuideWord.everyDay[.english] }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return parts(days, names, to: "–").joined(separator: ", ")
  }

  /// Three days or more in a row as a range.
  private static func parts(_ days: [ClosedRange<Int>], _ names: [String], to word: String) -> [String] {
    days.flatMap { run in
      run.count > 2 ? [names[run.lowerBound] + word + names[run.upperBound]] : run.map { names[$0] }
    }
  }
}

extension PaymentMethods {
  /// The methods in words, or that one has to ask.
  func sentence(_ language: Language) -> String {
    isEmpty
      ? GuideWord.methodsNotKnown[language]
      : words.map { $0[language] }.joined(separator: language == .chinese ? "、" : ", ")
  }
}

extension Channel {
  /// What is paid with, in words; as the file has it where the word is none of ours.
  public func mediumWords(_ language: Language) -> String {
    let words = medium.split(separator: ";").map { part in
      let word: Glossary? =
        switch part {
        case "prepaid_card": .prepaidCard
        case "account": .account
        case "wallet": .wallet
        case "transfer": .transfer
        default: PaymentMethods.words(forName: String(part))
        }
      return word?[language] ?? String(part)
    }
    return words.isEmpty ? Figures.missing : words.joined(separator: language == .chinese ? "、" : ", ")
  }
}
