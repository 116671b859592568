import Geo
import Planning
import Travel
import Words

/// The sentences of the report that carry numbers, each written twice side by side.
struct ReportSentences {
  let language: Language

  init(_ language: Language) { self.language = language }

  /// One of the two.
  func say(en english: String, zh chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  /// `60` as "1 minute", `90` as "90 seconds".
  func duration(seconds: Int) -> String {
    guard seconds % 60 == 0 else {
      return say(en: "\(Figures.whole(seconds)) seconds", zh: "\(Figures.whole(seconds)) 秒")
    }
    let minutes = seconds / 60
    return say(
      en: "\(Figures.whole(minutes)) \(minutes == 1 ? "minute" : "minutes")",
      zh: "\(Figures.whole(minutes)) 分钟")
  }

  private func speed(of mode: TravelMode, _ factors: TravelFactors) -> String {
    let perSecond = factors[mode].metersPerSecond(in: .plain)
    guard Terrain.allCases.allSatisfy({ factors[mode].metersPerSecond(in: $0) == perSecond }) else {
      return say(
        en: "\(perSecondByTerrain(mode, factors)) m/s (\(terrains))",
        zh: "每秒 \(perSecondByTerrain(mode, factors)) 米（\(terrains)）")
    }
    return say(
      en:
        "\(Figures.decimal(perSecond * 3.6, digits: 1)) km/h (\(Figures.decimal(perSecond, digits: 2)) m/s)",
      zh:
        "每小时 \(Figures.decimal(perSecond * 3.6, digits: 1)) 公里（每秒 \(Figures.decimal(perSecond, digits: 2)) 米）"
    )
  }

  /// The speeds over the terrains, in the order of `terrains`; one number where they are all the same.
  func perSecondByTerrain(_ mode: TravelMode, _ factors: TravelFactors) -> String {
    let speeds = Terrain.allCases.map { factors[mode].metersPerSecond(in: $0) }
    let isOne = speeds.allSatisfy { $0 == speeds[0] }
    return (isOne ? [speeds[0]] : speeds).map { Figures.decimal($0, digits: 2) }.joined(separator: "/")
  }

  /// The terrains in the order of figures between slashes.
  var terrains: String { Terrain.allCases.map { $0.words[language] }.joined(separator: "/") }

  /// A circuity: a calibrated one is known to more than a tenth.
  func circuity(_ value: Double, _ options: CoverageOptions) -> String {
    Figures.decimal(value, digits: options.factors == .defaults ? 1 : 2)
  }

  /// Which calibration travel goes by; `nil` where by none.
  func calibrated(_ options: CoverageOptions) -> String? {
    options.calibration.map {
      say(
        en:
          "Travel goes by calibration \($0.id) of the atlas, from \(Figures.whole($0.surveys)) distance surveys "
          + "(SHA-256 \($0.inputsSHA256.prefix(12))).",
        zh:
          "出行参数取自图集第 \($0.id) 次校准，依据 \(Figures.whole($0.surveys)) 份交费距离调查（SHA-256 \($0.inputsSHA256.prefix(12))）。"
      )
    }
  }

  /// The speed where it is one for all ways; on roads it is the roads'.
  private func atSpeed(of mode: TravelMode, _ options: CoverageOptions) -> String {
    switch options.travel {
    case .straight:
      say(en: ", at \(speed(of: mode, options.factors))", zh: "；速度\(speed(of: mode, options.factors))")
    case .roads: say(en: " along the roads", zh: "；沿道路计算")
    }
  }

  /// What the town is promised.
  func townRule(_ options: CoverageOptions) -> String {
    let standard = options.standard
    let limit = duration(seconds: standard.townLimit.seconds)
    let mode = standard.townMode.words[language]
    return say(
      en: "Town: a place is served when a payment point that counts lies within \(limit) \(mode)"
        + "\(atSpeed(of: standard.townMode, options)). Exactly \(limit) is within.",
      zh: "城区：村/社区\(mode) \(limit)内（含 \(limit)）能到达计入的网点，即为覆盖\(atSpeed(of: standard.townMode, options))。")
  }

  /// What the country is promised.
  func villageRule(_ options: CoverageOptions) -> String {
    let standard = options.standard
    switch standard.village {
    case .pointInVillage(let radius):
      let length = length(meters: Int(radius.meters.rounded()))
      return say(
        en:
          "Village: a place is served when a payment point that counts is assigned to its administrative village, or "
          + "lies within \(length) of it by great circle. Minutes play no part in this rule.",
        zh: "农村：所在行政村内有计入的网点，或村/社区直线 \(length)内（含）有计入的网点，即为覆盖；不按分钟判定。")
    case .within(let time, let mode):
      let limit = duration(seconds: time.seconds)
      return say(
        en:
          "Village: a place is served when a payment point that counts lies within \(limit) \(mode.words[language])"
          + "\(atSpeed(of: mode, options)). Exactly \(limit) is within.",
        zh: "农村：村/社区\(mode.words[language]) \(limit)内（含 \(limit)）能到达计入的网点，即为覆盖\(atSpeed(of: mode, options))。")
    }
  }

  /// Meters as meters, or as kilometers where that takes no decimals.
  func length(meters: Int) -> String {
    meters >= 1_000 && meters % 1_000 == 0
      ? Figures.whole(meters / 1_000) + "\u{A0}" + ReportWord.kilometers[language]
      : Figures.whole(meters) + "\u{A0}" + ReportWord.meters[language]
  }

  /// How far the town's limit reaches over each terrain by straight line.
  func circuity(_ options: CoverageOptions) -> String {
    let standard = options.standard
    let travel = StraightLine(mode: standard.townMode, factors: options.factors)
    let parts = Terrain.allCases.map { terrain in
      let reach = Int(travel.distance(within: standard.townLimit, in: terrain).meters.rounded(.down))
      let factor = circuity(travel.circuity(in: terrain), options)
      return say(
        en: "\(terrain.words[language]) ×\u{A0}\(factor) (the limit reaches \(Figures.whole(reach))\u{A0}m)",
        zh: "\(terrain.words[language]) × \(factor)（时限内可达直线 \(Figures.whole(reach)) 米）")
    }
    return say(
      en:
        "Ways wind: the great-circle distance is stretched by the place's terrain: \(parts.joined(separator: ", ")).",
      zh: "道路弯曲：直线距离按村/社区地形放大：\(parts.joined(separator: "；"))。")
  }

  /// What makes a point count.
  func whatCounts(_ options: CoverageOptions, assumedOpen: Int) -> String {
    var parts = [say(en: "it is active", zh: "状态为营业")]
    if !options.kinds.isEmpty {
      let words = PointKind.allCases.filter(options.kinds.contains).map { $0.words[language] }
      parts.append(
        say(en: "its kind is \(words.joined(separator: " or "))", zh: "类型为\(words.joined(separator: "或"))"))
    }
    if !options.methods.isEmpty {
      let words = options.methods.words.map { $0[language] }
      parts.append(
        say(en: "it accepts \(words.joined(separator: " or "))", zh: "支持\(words.joined(separator: "或"))"))
    }
    if let moment = options.moment {
      parts.append(say(en: "it is open on \(weekMinute(moment))", zh: "在\(weekMinute(moment))营业"))
    }
    var sentence = say(
      en: "A payment point counts when \(parts.joined(separator: ", and ")).",
      zh: "计入的网点：\(parts.joined(separator: ",且"))。")
    if options.moment != nil {
      sentence += say(
        en: " \(Figures.whole(assumedOpen)) points whose hours are not known were taken to be open.",
        zh: "其中 \(Figures.whole(assumedOpen)) 个网点营业时间未知，按营业计。")
    }
    return sentence
  }

  private func weekMinute(_ moment: WeekMinute) -> String {
    let days = [
      ("Monday", "周一"), ("Tuesday", "周二"), ("Wednesday", "周三"), ("Thursday", "周四"), ("Friday", "周五"),
      ("Saturday", "周六"), ("Sunday", "周日"),
    ]
    let day = days[min(6, moment.minute / 1_440)]
    let hour = moment.minute / 60 % 24
    let minute = moment.minute % 60
    let clock = (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    return say(en: "\(day.0) at \(clock)", zh: "\(day.1) \(clock) ")
  }

  /// What the percentages are parts of, and what the times are weighted by.
  func whatIsCounted(_ options: CoverageOptions) -> String {
    let weight = options.weight.words[language]
    return say(
      en:
        "Shares of customers are parts of all electricity customers of the places listed; shares of places count each "
        + "place once. Times and distances are weighted by \(weight).",
      zh: "客户覆盖率以所列村/社区的全部用电客户为分母，村/社区覆盖率每处计一次；用时和距离按\(weight)加权。")
  }

  /// The finding in two or three sentences.
  func finding(_ coverage: Coverage) -> String {
    let summary = coverage.summary
    let standard = coverage.options.standard
    var sentences: [String] = []
    if summary.town.customers.total > 0 {
      let limit = duration(seconds: standard.townLimit.seconds)
      let mode = standard.townMode.words[language]
      sentences.append(
        say(
          en:
            "In town \(Figures.percent(summary.town.customers.share)) of customers have a payment point within \(limit) "
            + "\(mode).",
          zh: "城区 \(Figures.percent(summary.town.customers.share)) 的客户\(mode) \(limit)内有交费网点。"))
    }
    if summary.villages.total > 0 {
      let villages = summary.villages
      let share = Double(villages.withPoint) / Double(villages.total)
      sentences.append(
        say(
          en:
            "In the country \(Figures.whole(villages.withPoint)) of \(Figures.whole(villages.total)) administrative "
            + "villages (\(Figures.percent(share))) have a payment point of their own.",
          zh: "农村 \(Figures.whole(villages.total)) 个行政村中，\(Figures.whole(villages.withPoint)) 个"
            + "（\(Figures.percent(share))）村内有交费网点。"))
    }
    let customers = summary.all.customers
    if customers.total > 0 {
      sentences.append(
        customers.unserved == 0
          ? say(en: "Every customer is served.", zh: "全部客户均已覆盖。")
          : say(
            en: "\(Figures.whole(customers.unserved)) of \(Figures.whole(customers.total)) customers, in "
              + "\(Figures.whole(summary.all.places.unserved)) places, are not served.",
            zh: "全部 \(Figures.whole(customers.total)) 户中，尚有 \(Figures.whole(customers.unserved)) 户（分布在 "
              + "\(Figures.whole(summary.all.places.unserved)) 处村/社区）未达到服务标准。"))
    }
    return sentences.joined(separator: language == .english ? " " : "")
  }

  /// `part` of `whole`, under a percentage.
  func partOf(_ part: Int, _ whole: Int) -> String {
    say(
      en: "\(Figures.whole(part)) of \(Figures.whole(whole))",
      zh: "\(Figures.whole(part)) / \(Figures.whole(whole))")
  }

  /// A number of minutes with its unit.
  func minutes(meanSeconds: Double?) -> String {
    guard meanSeconds != nil else { return Figures.missing }
    return Figures.minutes(meanSeconds: meanSeconds) + say(en: " min", zh: " 分钟")
  }

  /// Percentage points with their unit.
  func percentagePoints(_ difference: Double?) -> String {
    guard difference != nil else { return Figures.missing }
    return Figures.points(difference) + say(en: " points", zh: " 个百分点")
  }

  /// How the worst places were chosen.
  func worstRule(shown: Int, of unserved: Int) -> String {
    say(
      en:
        "The \(Figures.whole(shown)) of \(Figures.whole(unserved)) unserved places with most customers; equal numbers in "
        + "the order of their ids.",
      zh: "未覆盖的 \(Figures.whole(unserved)) 处中户数最多的 \(Figures.whole(shown)) 处；户数相同按编码排序。")
  }

  /// How many ways to pay there are.
  func channelCount(inPerson: Int, remote: Int) -> String {
    say(
      en: "\(Figures.whole(inPerson + remote)) ways to pay: \(Figures.whole(inPerson)) in person, "
        + "\(Figures.whole(remote)) from home.",
      zh:
        "共 \(Figures.whole(inPerson + remote)) 种途径：到场 \(Figures.whole(inPerson)) 种，线上 \(Figures.whole(remote)) 种。"
    )
  }
}
