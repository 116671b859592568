import Planning
import Words

// The sentences of the township sheets and of the chapters on equity and on the quality of the data.
extension ReportSentences {
  /// That not every township has a sheet.
  func sheetsLeftOut(shown: Int, of count: Int, withMaps: Bool) -> String {
    let maps =
      withMaps
      ? "" : say(en: " Maps are left out: the network is too large.", zh: "网点和村/社区过多，分表不附地图。")
    return say(
      en:
        "Of \(Figures.whole(count)) townships the \(Figures.whole(shown)) with the lowest shares have a sheet.",
      zh: "共 \(Figures.whole(count)) 个乡镇（街道），仅覆盖率最低的 \(Figures.whole(shown)) 个有分表。") + maps
  }

  /// How many villages of a township are below the target.
  func belowTarget(_ below: Int, of villages: Int, _ wanted: VillageLevel) -> String {
    let level = wanted.words[language]
    guard villages > 0 else {
      return say(en: "It has no administrative villages on the ladder.", zh: "没有列入阶梯的行政村。")
    }
    return below == 0
      ? say(
        en:
          "All of its \(Figures.whole(villages)) administrative villages have reached the target (\(level)).",
        zh: "\(Figures.whole(villages)) 个行政村均达到目标阶梯（\(level)）。")
      : say(
        en:
          "\(Figures.whole(below)) of its \(Figures.whole(villages)) administrative villages are below the target "
          + "(\(level)); those on the lowest level with most customers are listed.",
        zh: "\(Figures.whole(villages)) 个行政村中 \(Figures.whole(below)) 个未达目标阶梯（\(level)）；表列阶梯最低、户数最多者。")
  }

  /// The remotest tenth beside the rest.
  func remotestTenth(_ tenths: EquityTenths) -> String {
    let last = tenths.tenths[9]
    let others = tenths.tenths.dropLast()
    let rest = others.reduce(0) { $0 + $1.meanSeconds } / 9
    let served = others.reduce(0) { $0 + $1.servedShare } / 9
    let times = rest > 0 ? Figures.decimal(last.meanSeconds / rest, digits: 1) : Figures.missing
    return say(
      en:
        "The tenth of customers with the longest way takes \(minutes(meanSeconds: last.meanSeconds)) on average, the other "
        + "nine tenths \(minutes(meanSeconds: rest)): \(times) times as long. \(Figures.percent(last.servedShare)) of that "
        + "tenth are served, \(Figures.percent(served)) of the others; \(Figures.percent(last.ruralShare)) of it live in the "
        + "country.",
      zh: "用时最长的十分之一客户平均 \(minutes(meanSeconds: last.meanSeconds))，其余十分之九平均 "
        + "\(minutes(meanSeconds: rest))，前者为后者的 \(times) 倍。前者覆盖率 \(Figures.percent(last.servedShare))，后者 "
        + "\(Figures.percent(served))；前者 \(Figures.percent(last.ruralShare)) 在农村。")
  }

  /// The measures of evenness.
  func evenness(_ equity: CoverageSummary.Equity, unreached: Int) -> String {
    var text = say(
      en:
        "Gini coefficient of the minutes \(Figures.decimal(equity.gini, digits: 3)) (0: all alike). Share of all customers "
        + "served minus that of the elderly: \(percentagePoints(equity.elderlyGap)). Lowest share of a township: "
        + "\(Figures.percent(equity.lowestTownshipShare)).",
      zh: "用时基尼系数 \(Figures.decimal(equity.gini, digits: 3))（完全相同为 0）。全部客户覆盖率减老年客户覆盖率："
        + "\(percentagePoints(equity.elderlyGap))。乡镇（街道）最低覆盖率：\(Figures.percent(equity.lowestTownshipShare))。"
    )
    if unreached > 0 {
      text += say(
        en: " \(Figures.whole(unreached)) customers reach no point and are in no tenth.",
        zh: "另有 \(Figures.whole(unreached)) 户无可达网点，不计入十等分。")
    }
    return text
  }

  /// Where the measures come from, and what is not known.
  var equitySources: String {
    say(
      en:
        "Tenths as in a Lorenz curve (Lorenz 1905; for transport Delbosc and Currie 2011); the last is the conditional value "
        + "at risk CVaR90 (Rockafellar and Uryasev 2000). Incomes are not in the data: remote is measured, poor is not.",
      zh: "十等分同洛伦兹曲线（Lorenz 1905；用于交通见 Delbosc、Currie 2011）；最后一组即条件风险值 CVaR90"
        + "（Rockafellar、Uryasev 2000）。数据中没有收入，只能衡量偏远，不能衡量贫困。")
  }

  /// What decimals of a degree mean.
  var decimalsRule: String {
    say(
      en:
        "The third decimal of a degree is about 100 m on the ground, the fourth 10 m, the fifth 1 m: with three decimals a "
        + "way of ten minutes is uncertain by a fifth.",
      zh: "度的小数第三位约合地面 100 米，第四位 10 米，第五位 1 米；只有三位小数时，十分钟路程约有五分之一的不确定性。")
  }

  /// That the check found nothing.
  var nothingFound: String {
    say(en: "The check of the data finds nothing.", zh: "数据检查未发现问题。")
  }

  /// How to make the same report again.
  func reproducible(generator: String) -> String {
    say(
      en:
        "\(generator) makes the same bytes of the same atlas and options, on any machine. The files below are those whose "
        + "rows are in the atlas, with their SHA-256.",
      zh: "\(generator) 对相同的图集和选项在任何机器上生成相同的字节。下表为图集所含数据的来源文件及其 SHA-256。")
  }
}
