import Planning
import Travel
import Words

// The sentences of the charts of where to pay.
extension GuideDocument {
  func say(en english: String, zh chinese: String) -> String { Bilingual(en: english, zh: chinese)[language] }

  /// The days on which the data of places and points came in, the newest of each.
  private var dates: String {
    func newest(_ kind: String) -> String? {
      network.sources.filter { $0.kind == kind && !$0.importedOn.isEmpty }.map(\.importedOn).max()
    }
    let dates = Set([newest("places"), newest("points")].compactMap(\.self)).sorted()
    guard !dates.isEmpty else { return "" }
    return say(
      en: " Data as imported on \(dates.joined(separator: " and ")).",
      zh: "数据导入日期：\(dates.joined(separator: "、"))。")
  }

  /// What every page says at its foot.
  var origin: String {
    (isSynthetic ? GuideWord.synthetic[language] + say(en: ". ", zh: "。") : "")
      + ReportWord.internalMaterial[language] + dates + say(en: " ", zh: "") + ReportWord.madeBy[language]
      + " paycircle \(version)"
  }

  /// What the rows of a sheet are, and how they were measured.
  func definition(of sheet: PaymentGuide.Sheet, dropped: Int) -> String {
    let options = guide.options
    let mode = options.coverage.standard.mode(of: network.places.settings[sheet.place]).words[language]
    let minutes = ReportSentences(language).duration(seconds: options.reach.seconds)
    let measured =
      options.coverage.travel == .roads
      ? say(
        en: "Minutes \(mode), one way, along the roads, rounded up; ",
        zh: "用时按\(mode)单程沿道路计算，不足 1 分钟进为 1 分钟；")
      : say(
        en: "Minutes \(mode), one way, by straight line with the bends usual in the terrain, rounded up; ",
        zh: "用时按\(mode)单程、直线距离乘地形绕行系数计算，不足 1 分钟进为 1 分钟；")
    let rest = dropped == 0 ? "" : say(en: " \(dropped) more are not shown.", zh: "另有 \(dropped) 处未列出。")
    return measured
      + say(
        en:
          "directions and rounded distances are straight. Listed are the nearest \(options.nearest) points, and within "
          + "\(minutes) the nearest of each kind and of each way of paying.\(rest) Hours as reported: see the notice at the point.",
        zh: "方位和约数距离为直线。列出最近的 \(options.nearest) 处，以及 \(minutes)内每类网点、每种交费方式最近的一处。\(rest)营业时间以网点公示为准。")
  }

  /// How many points a poster lists.
  func pointCount(_ count: Int) -> String {
    say(en: "\(Figures.whole(count)) points", zh: "共 \(Figures.whole(count)) 处")
  }

  /// How complete the charts are, at the foot of a poster.
  var completenessLine: String {
    completenessRows.prefix(4).map { "\($0.0) \($0.1)" }.joined(separator: say(en: "; ", zh: "；"))
      + say(
        en: " (all townships). Hours as reported: see the notice at the point.", zh: "（全部乡镇）。营业时间以网点公示为准。")
  }

  /// From which place of a village a sheet counts.
  func counted(from seat: String) -> String { say(en: "counted from \(seat)", zh: "从\(seat)起算") }

  /// The head of the minutes.
  func minutesHead(_ mode: String, onRoads: Bool) -> String {
    onRoads ? say(en: "\(mode), by road", zh: "\(mode)（沿路）") : mode
  }

  /// The head of direction and distance, with the hours below them where letters are large.
  func distanceHead(withHours: Bool) -> String {
    GuideWord.distance[language] + (withHours ? say(en: ", hours", zh: "、营业时间") : "")
  }
}
