import Planning
import Reporting
import Travel
import Words

/// A survey's sample or its returns, as a table for people and as JSON.
struct SampleSheet {
  let network: PaymentNetwork
  let language: Language

  // MARK: - A sample

  func document(of sample: SurveySample) -> JSON {
    .object([
      ("seed", .int(sample.plan.seed)), ("places", .int(sample.places.count)),
      ("population", .int(sample.strata.placeCount)),
      ("interviews", .int(sample.places.count * sample.plan.interviewsPerPlace)),
      ("floor", .int(sample.plan.floor)), ("design_effect", .double(sample.plan.designEffect)),
      ("minutes_margin", finite(sample.minutesMargin)), ("share_margin", finite(sample.shareMargin)),
      (
        "strata",
        .array(
          sample.strata.keys.indices.map { h in
            .object(
              key(sample.strata.keys[h]) + [
                ("population", .int(sample.strata.members[h].count)),
                ("deviation_minutes", .double(sample.spreads[h])),
                ("places", .int(sample.allocation[h])),
              ])
          })
      ),
      ("place_ids", .array(sample.places.map { .string(network.places.ids[$0]) })),
    ])
  }

  func lines(of sample: SurveySample) -> [String] {
    var table = TextTable(
      header: heads + [word("places", "地点数"), word("deviation (min)", "标准差(分)"), word("drawn", "抽取")],
      rightAligned: [3, 4, 5])
    for (h, key) in sample.strata.keys.enumerated() {
      table.append(
        names(key) + [
          "\(sample.strata.members[h].count)", Figures.decimal(sample.spreads[h], digits: 1),
          "\(sample.allocation[h])",
        ])
    }
    var lines = table.lines
    lines.append("")
    lines.append(
      word(
        "\(sample.places.count) of \(sample.strata.placeCount) places, seed \(sample.plan.seed), design effect "
          + "\(Figures.decimal(sample.plan.designEffect, digits: 2)).",
        "\(sample.strata.placeCount) 处中抽取 \(sample.places.count) 处,种子 \(sample.plan.seed),设计效应 "
          + "\(Figures.decimal(sample.plan.designEffect, digits: 2))。"))
    if sample.minutesMargin.isFinite {
      lines.append(
        word(
          "Expected 95 % intervals: mean minutes ± \(Figures.decimal(sample.minutesMargin, digits: 2)); "
            + "a share at most ± \(Figures.decimal(sample.shareMargin * 100, digits: 1)) points.",
          "预计 95% 区间:平均用时 ±\(Figures.decimal(sample.minutesMargin, digits: 2)) 分钟;"
            + "占比至多 ±\(Figures.decimal(sample.shareMargin * 100, digits: 1)) 个百分点。"))
    } else {
      lines.append(
        word(
          "Some strata have no place drawn: no interval can be given. Draw more places.",
          "部分层未抽到地点,无法给出区间;请加大样本量。"))
    }
    return lines + [""] + advice
  }

  /// What the interviewers should know (domain notes on surveys: what makes answers wrong).
  private var advice: [String] {
    switch language {
    case .english:
      [
        "For the interviewers:",
        "- Go to the places on the list; at the counter one meets only those who come.",
        "- Ask who pays, not whoever opens; note when somebody answers for the old.",
        "- One way, not there and back. Meters, not li: 1 li is 500 m.",
        "- Ask when they left and when they arrived; guessed minutes come in fives and tens.",
        "- An e-bike is an e-bike, not a walk. Leave the line empty where nobody answers.",
      ]
    case .chinese:
      [
        "访员须知:",
        "· 按名单入户访问;只在柜台访问会漏掉不来的人。",
        "· 访问实际去交费的人;由他人代答时请注明,尤其是老年人。",
        "· 问单程,不问往返;距离记米,1 里为 500 米。",
        "· 问几点出发、几点到达;凭印象说的分钟数多是 5 和 10 的倍数。",
        "· 骑电动车不算步行;无人作答的行留空。",
      ]
    }
  }

  // MARK: - Returns

  func document(of returns: SurveyReturns) -> JSON {
    .object([
      ("population", .int(returns.strata.placeCount)),
      ("answers", .int(returns.byStratum.reduce(0) { $0 + $1.answers })),
      ("places", .int(returns.byStratum.reduce(0) { $0 + $1.places })),
      ("covered_share", .double(returns.coveredShare)),
      (
        "minutes",
        returns.minutes.map {
          .object([
            ("mean", .double($0.mean)), ("low", .double($0.interval.lowerBound)),
            ("high", .double($0.interval.upperBound)),
          ])
        } ?? .null
      ),
      (
        "strata",
        .array(
          returns.strata.keys.indices.map { h in
            let stratum = returns.byStratum[h]
            return .object(
              key(returns.strata.keys[h]) + [
                ("population", .int(returns.strata.members[h].count)), ("places", .int(stratum.places)),
                ("answers", .int(stratum.answers)), ("mean_minutes", JSON(stratum.mean)),
                ("deviation_minutes", JSON(stratum.deviation)),
              ])
          })
      ),
    ])
  }

  func lines(of returns: SurveyReturns) -> [String] {
    var table = TextTable(
      header: heads + [
        word("places", "地点数"), word("asked", "已访地点"), word("answers", "答卷"), word("mean (min)", "平均(分)"),
        word("deviation", "标准差"),
      ],
      rightAligned: [3, 4, 5, 6, 7])
    for (h, key) in returns.strata.keys.enumerated() {
      let stratum = returns.byStratum[h]
      table.append(
        names(key) + [
          "\(returns.strata.members[h].count)", "\(stratum.places)", "\(stratum.answers)",
          stratum.mean.map { Figures.decimal($0, digits: 1) } ?? "–",
          stratum.deviation.map { Figures.decimal($0, digits: 1) } ?? "–",
        ])
    }
    var lines = table.lines
    lines.append("")
    if let minutes = returns.minutes {
      lines.append(
        word(
          "Mean way, weighted by stratum: \(Figures.decimal(minutes.mean, digits: 1)) min, 95 % interval "
            + "\(Figures.decimal(minutes.interval.lowerBound, digits: 1))–\(Figures.decimal(minutes.interval.upperBound, digits: 1)); "
            + "the strata that answered hold \(Figures.percent(returns.coveredShare)) of the places.",
          "分层加权平均用时 \(Figures.decimal(minutes.mean, digits: 1)) 分钟,95% 区间 "
            + "\(Figures.decimal(minutes.interval.lowerBound, digits: 1))–\(Figures.decimal(minutes.interval.upperBound, digits: 1));"
            + "有答卷的层占全部地点的 \(Figures.percent(returns.coveredShare))。"))
    } else {
      lines.append(
        word(
          "Too few answers with minutes for an estimate: at least two places of one stratum are needed.",
          "含用时的答卷太少,无法估计:至少需要同一层的两处地点。"))
    }
    lines.append(
      word(
        "Ways by all modes, as people said them; shares within a limit need the calibration.",
        "含各种出行方式,按受访者所述;达标占比须经校准(demand calibrate)。"))
    return lines
  }

  // MARK: - Words

  private var heads: [String] {
    [word("terrain", "地形"), word("nearest point", "最近网点"), word("fee control", "费控")]
  }

  private func names(_ key: SurveyStrata.Key) -> [String] {
    [
      key.terrain.words[language],
      ["≤ 5 min", "5–10 min", "> 10 min"][Int(key.band.rawValue)]
        .in(language, ["5 分钟内", "5–10 分钟", "10 分钟以上"][Int(key.band.rawValue)]),
      ["under half", "half or more", "unknown"][Int(key.feeControl.rawValue)]
        .in(language, ["不足一半", "一半以上", "未知"][Int(key.feeControl.rawValue)]),
    ]
  }

  private func key(_ key: SurveyStrata.Key) -> [(String, JSON)] {
    [
      ("terrain", .string(key.terrain.name)), ("nearest_point", .string(key.band.name)),
      ("fee_control", .string(key.feeControl.name)),
    ]
  }

  private func word(_ english: String, _ chinese: String) -> String { english.in(language, chinese) }

  private func finite(_ value: Double) -> JSON { value.isFinite ? .double(value) : .null }
}

extension String {
  /// The text, or in Chinese its translation.
  fileprivate func `in`(_ language: Language, _ chinese: String) -> String {
    language == .chinese ? chinese : self
  }
}
