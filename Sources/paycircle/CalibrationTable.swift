import Planning
import Reporting
import Travel
import Words

/// A calibration as tables for a terminal.
struct CalibrationTable {
  let answer: CalibrationAnswer
  let surveys: DistanceSurveyTable
  /// Its number in the atlas; `nil` where it was not kept.
  let id: Int?
  let isSynthetic: Bool
  let language: Language

  /// How many rejected answers are listed.
  private static let listed = 20

  private var calibration: Calibration { answer.calibration }

  var lines: [String] {
    var lines = [
      word(
        "\(Figures.whole(calibration.surveys)) distance surveys; intervals of 95 % from \(Figures.whole(calibration.draws)) draws, seed \(calibration.seed)",
        "交费距离调查 \(Figures.whole(calibration.surveys)) 份;95 % 区间由 \(Figures.whole(calibration.draws)) 次重抽样得出,种子 \(calibration.seed)"
      ), "",
    ]
    lines += factors(word("circuity", "绕行系数"), calibration.circuity)
    lines += [""] + factors(word("speed, m/s", "速度(米/秒)"), calibration.speed)
    if !calibration.roads.isEmpty {
      lines += [""] + factors(word("told ÷ road minutes", "自述÷沿路分钟"), calibration.roads)
      lines.append(
        word(
          "Times on roads are multiplied by the factor of the mode; those by terrain are for comparison.",
          "沿路用时乘以各出行方式的系数;分地形的系数仅供比较。"))
    }
    lines += [""] + shares + alike + slopes + setAside
    lines.append("")
    lines.append(
      id.map {
        word(
          "Kept as calibration \($0): coverage, sites, scenario, guide, report and export travel by it from now on.",
          "已保存为第 \($0) 次校准:此后 coverage、sites、scenario、guide、report、export 按此计算。")
      }
        ?? (calibration.isUsable
          ? word("Nothing was kept (--dry-run).", "未保存(--dry-run)。")
          : word("Nothing was kept: the defaults stand.", "未保存:仍用默认值。")))
    if isSynthetic {
      lines.append(word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。"))
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private func name(_ mode: TravelMode?) -> String { mode?.words[language] ?? word("all modes", "各方式") }

  private func factors(_ title: String, _ factors: [Calibration.Factor]) -> [String] {
    var table = TextTable(
      header: [
        title, "", word("used", "采用"), word("default", "默认"), word("answers say", "调查值"),
        word("95 % interval", "95 % 区间"), word("answers", "份数"), word("rejected", "剔除"), word("how", "方法"),
      ], rightAligned: [2, 3, 4, 5, 6, 7])
    for factor in factors where factor.answers > 0 || factor.mode == nil || factor.terrain == nil {
      table.append([
        name(factor.mode), factor.terrain?.words[language] ?? word("all terrains", "各地形"),
        Figures.decimal(factor.value, digits: 3), Figures.decimal(factor.standard, digits: 3),
        Figures.decimal(factor.estimate, digits: 3),
        factor.interval.map {
          "\(Figures.decimal($0.lowerBound, digits: 3))–\(Figures.decimal($0.upperBound, digits: 3))"
        } ?? Figures.missing, Figures.whole(factor.answers), Figures.whole(factor.rejected),
        factor.method.words[language],
      ])
    }
    return table.lines
  }

  private var shares: [String] {
    var table = TextTable(
      header: [
        word("within ten minutes", "十分钟内"), word("share", "占比"), word("95 % interval", "95 % 区间"),
        word("raw answers", "按回答"), word("multiples of 5", "5 的倍数"), word("median min", "中位分钟"),
        word("answers", "份数"),
      ], rightAligned: [1, 2, 3, 4, 5, 6])
    for share in calibration.shares {
      table.append([
        name(share.mode), Figures.percent(share.estimate),
        share.interval.map { "\(Figures.percent($0.lowerBound))–\(Figures.percent($0.upperBound))" }
          ?? Figures.missing, Figures.percent(share.naive), Figures.percent(share.heaping),
        Figures.decimal(share.medianMinutes, digits: 1), Figures.whole(share.answers),
      ])
    }
    return table.lines + [
      word(
        "Shares are of those asked. Raw answers overstate: 12 minutes are told as 10.",
        "占比以受访者计。直接按回答统计会偏高:12 分钟常答作 10 分钟。")
    ]
  }

  /// What answers that are too few or too much alike cannot say.
  private var alike: [String] {
    var lines: [String] = []
    if calibration.shares.contains(where: { $0.answers > 0 && $0.estimate == nil }) {
      lines.append(
        word(
          "No share where fewer than 20 answered, or all said the same one or two numbers of minutes.",
          "回答不足 20 份,或只答了一两种分钟数时,不给出占比。"))
    }
    let factors = calibration.circuity + calibration.speed + calibration.roads
    if factors.contains(where: { $0.interval.map { $0.lowerBound == $0.upperBound } ?? false }) {
      lines.append(
        word(
          "Where all answers are alike, the interval has no width: it does not say how far off they all may be.",
          "回答全部相同时区间没有宽度:不能说明它们共同的偏差。"))
    }
    return lines
  }

  private var slopes: [String] {
    calibration.slopes.map {
      let interval =
        "\(Figures.decimal($0.interval.lowerBound, digits: 3))...\(Figures.decimal($0.interval.upperBound, digits: 3))"
      return word(
        "\($0.terrain.words[language]): circuity \(Figures.decimal($0.atOneKilometer, digits: 2)) at 1 km; falls with distance by the power \(Figures.decimal($0.slope, digits: 3)) (\(interval))",
        "\($0.terrain.words[language]):1 公里处绕行系数 \(Figures.decimal($0.atOneKilometer, digits: 2));随距离按 \(Figures.decimal($0.slope, digits: 3)) 次幂下降(\(interval))"
      )
    }
  }

  private var setAside: [String] {
    guard !answer.rejections.isEmpty else { return [] }
    var lines = [""]
    for (reason, count) in calibration.setAside {
      lines.append(
        word(
          "\(Figures.whole(count)) set aside: \(reason.words[.english])",
          "\(Figures.whole(count)) 份未采用:\(reason.words[.chinese])"))
    }
    let wrong = answer.rejections.filter { $0.reason != .bus && $0.reason != .atThePoint }
    for rejection in wrong.prefix(Self.listed) {
      lines.append("  \(surveys.ids[Int(rejection.survey)]): \(rejection.reason.words[language])")
    }
    if wrong.count > Self.listed {
      lines.append(
        word(
          "  ... and \(Figures.whole(wrong.count - Self.listed)) more (all with --json)",
          "  ……另有 \(Figures.whole(wrong.count - Self.listed)) 条(用 --json 查看全部)"))
    }
    return lines
  }
}
