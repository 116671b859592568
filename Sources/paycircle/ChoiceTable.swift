import Planning
import Travel
import Reporting
import Words

/// What is known of the choice, as tables for a terminal.
struct ChoiceTable {
  let network: PaymentNetwork
  let surveys: DistanceSurveyTable
  let estimate: ChoiceEstimate
  let language: Language

  var lines: [String] {
    var lines = [heading, "", formula, ""] + parameters + [""] + decays
    for profile in estimate.profiles { lines += [""] + self.profile(profile) }
    lines += [""] + notes
    if network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private var heading: String {
    switch estimate.evidence {
    case .surveys:
      word(
        "Who goes where, from \(Figures.whole(estimate.answers)) answers of \(Figures.whole(estimate.villages)) villages",
        "谁去哪里交费:据 \(Figures.whole(estimate.villages)) 个行政村的 \(Figures.whole(estimate.answers)) 份调查")
    case .volumes:
      estimate.isDrawn
        ? word(
          "Who goes where, from the volumes of \(Figures.whole(estimate.comparedPoints)) points, in whole neighborhoods drawn from \(Figures.whole(estimate.knownPoints))",
          "谁去哪里交费:据 \(Figures.whole(estimate.comparedPoints)) 个网点的业务量(从 \(Figures.whole(estimate.knownPoints)) 个网点中整片抽取)"
        )
        : word(
          "Who goes where, from the volumes of \(Figures.whole(estimate.comparedPoints)) points",
          "谁去哪里交费:据 \(Figures.whole(estimate.comparedPoints)) 个网点的业务量")
    case .assumptions:
      word("Who goes where, by assumption: no surveys, no volumes", "谁去哪里交费:没有调查和业务量,按假设计")
    }
  }

  private var formula: String {
    let decay =
      switch estimate.model.decay {
      case .exponential: "exp(-beta t)"
      case .power: "(1 + t)^-gamma"
      case .logLogistic: "1 / (1 + (t / t50)^gamma)"
      }
    let mode = estimate.options.mode.words[language]
    let way =
      estimate.options.travel == .roads
      ? word("along the roads", "沿道路") : word("by straight line and circuity", "直线乘绕行系数")
    let reach = estimate.options.reach
    return word(
      "share = attraction x f(t) / sum over the \(reach.nearest) nearest points and \(reach.nearestHalls) nearest business halls; "
        + "f = \(decay), t in minutes \(mode), \(way)",
      "份额 = 吸引力 × f(t) ÷ 最近 \(reach.nearest) 个网点与最近 \(reach.nearestHalls) 个营业厅之和;f = \(decay),t 为\(mode)分钟数,\(way)"
    )
  }

  private var parameters: [String] {
    var table = TextTable(
      header: [
        word("estimated", "估计的参数"), word("value", "估计值"), word("95 % from", "95 % 下限"), word("to", "上限"),
        word("chosen", "选择"), word("in reach of", "可选"), "",
      ], rightAligned: [1, 2, 3, 4, 5])
    for parameter in estimate.parameters {
      table.append([
        name(parameter.name), figure(parameter.value), figure(parameter.interval.lowerBound),
        figure(parameter.interval.upperBound), parameter.chosen.map { Figures.whole($0) } ?? "",
        parameter.withinReach.map { Figures.whole($0) } ?? "", weakness(parameter.weakness),
      ])
    }
    return table.lines + [
      word(
        "Attraction is beside 1 for: \(estimate.model.reference.words[language]).",
        "吸引力以\(estimate.model.reference.words[language])为 1。")
    ]
  }

  /// Three digits that matter, whatever the size.
  private func figure(_ value: Double) -> String {
    Figures.decimal(value, digits: abs(value) < 0.1 ? 4 : abs(value) < 10 ? 2 : 1)
  }

  private func name(_ name: String) -> String {
    if name == "t50" { return word("t50: minutes at which half are left", "t50:剩一半时的分钟数") }
    if name == "gamma" { return word("gamma: power of the decay", "gamma:衰减的幂") }
    if name == "beta" { return word("beta: decay per minute", "beta:每分钟衰减") }
    if name == "alpha_counters" { return word("alpha: power of the counters", "alpha:窗口数的幂") }
    let kind = PointKind.allCases.first { "attraction_" + $0.name == name }
    return word("attraction: ", "吸引力:") + (kind?.words[language] ?? name)
  }

  private func weakness(_ weakness: ChoiceEstimate.Weakness?) -> String {
    switch weakness {
    case nil: ""
    case .neverChosen: word("not identified: never chosen", "无法识别:从未被选")
    case .alwaysChosen: word("not identified: always chosen", "无法识别:总是被选")
    case .assumed: word("mostly assumption", "主要来自假设")
    }
  }

  private var decays: [String] {
    var table = TextTable(
      header: [word("decay", "衰减形式"), word("log-likelihood", "对数似然"), "AIC"], rightAligned: [1, 2])
    for fit in estimate.comparisons {
      table.append([
        fit.decay.rawValue, Figures.decimal(fit.logLikelihood, digits: 1),
        Figures.decimal(fit.aic, digits: 1),
      ])
    }
    return table.lines
  }

  private func profile(_ profile: LikelihoodProfile) -> [String] {
    var table = TextTable(
      header: [name(profile.name), word("likelihood lost", "似然损失"), ""], rightAligned: [0, 1])
    for step in profile.steps {
      // A full bar is the best value; it ends where the 95 % interval has been left three times over.
      let length = Int((20 * max(0, 1 - step.drop / (3 * LikelihoodProfile.limit))).rounded())
      table.append([
        figure(step.value), Figures.decimal(step.drop, digits: 2), String(repeating: "█", count: length),
      ])
    }
    return table.lines + [
      word(
        "Values that lose at most \(LikelihoodProfile.limit) lie within the 95 % interval.",
        "损失不超过 \(LikelihoodProfile.limit) 的值在 95 % 区间内。")
    ]
  }

  private var notes: [String] {
    var notes: [String] = []
    if !estimate.outOfReach.isEmpty {
      notes.append(
        word(
          "\(Figures.whole(estimate.outOfReach.count)) answers are set aside: they name a point that is not among those within reach, or was not open.",
          "有 \(Figures.whole(estimate.outOfReach.count)) 份调查未采用:所写网点不在可选范围内,或当时未营业。"))
    }
    if estimate.evidence == .surveys {
      notes.append(
        word(
          "Answers are taken to be from people asked at home. Where they were asked at the counter, the attraction of the kinds asked at is too large (choice-based sampling; Manski and Lerman 1977).",
          "调查应在住处进行;若在柜台进行,受访网点类型的吸引力会偏高(选择性抽样)。"))
    } else {
      notes.append(
        word(
          "Totals say little of who goes where: the decay and the attractions are weakly identified, and the variance of the volumes is \(Figures.decimal(estimate.dispersion, digits: 1)) times Poisson's, which the intervals count.",
          "总量难以说明谁去哪里:衰减与吸引力识别较弱;业务量的方差为泊松分布的 \(Figures.decimal(estimate.dispersion, digits: 1)) 倍,已计入区间。"))
    }
    if let calibration = estimate.options.calibration { notes.append(calibration.line(in: language)) }
    if !estimate.isConverged {
      notes.append(word("The search for the best parameters did not end.", "最优参数的搜索未收敛。"))
    }
    return notes
  }
}
