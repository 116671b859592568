import Planning
import Reporting
import Words

/// The payments to expect, as tables for a terminal.
struct PaymentsTable {
  let answer: PaymentsAnswer
  let language: Language

  /// How many points and candidates are listed.
  private static let listed = 20

  private var network: PaymentNetwork { answer.network }

  var lines: [String] {
    var lines = [word("Payments in person a month", "每月线下交费笔数"), ""] + summary
    if answer.showsTownships { lines += [""] + townships }
    lines += [""] + points
    if let newcomers = answer.newcomers { lines += [""] + candidates(newcomers) }
    if network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private func rounded(_ value: Double?) -> String { Figures.decimal(value, digits: 0) }

  private var summary: [String] {
    let (forecast, reconciled, errors) = (answer.forecast, answer.reconciled, answer.errors)
    let plan = forecast.plan
    let own = word("each place's own", "各村/社区自己的")
    let share = plan.feeControlShare.map { Figures.percent($0) } ?? own
    func figure(_ value: Double) -> String { Figures.decimal(value, digits: 2) }
    var lines = [
      word(
        "Assumed: \(figure(plan.billsPerMonth)) bills and \(figure(plan.topUpsPerMonth)) top-ups a month; in person "
          + "\(Figures.percent(plan.inPersonShareOfBills)) and \(Figures.percent(plan.inPersonShareOfTopUps)), where the online share is not known; fee control: \(share)",
        "假设:每月账单 \(figure(plan.billsPerMonth)) 次、购电 \(figure(plan.topUpsPerMonth)) 次;线上占比未知时线下占比 "
          + "\(Figures.percent(plan.inPersonShareOfBills)) 和 \(Figures.percent(plan.inPersonShareOfTopUps));费控占比:\(share)"
      ),
      choice,
    ]
    if let calibration = answer.estimate.options.calibration { lines.append(calibration.line(in: language)) }
    if reconciled.isReconciled {
      let months = reconciled.volumes.months
      lines.append(
        word(
          "Reconciled with \(Figures.whole(reconciled.comparedPoints)) points' volumes of \(months.count) months (\(months.first?.name ?? "") to \(months.last?.name ?? "")): factor \(figure(reconciled.factor))",
          "已与 \(Figures.whole(reconciled.comparedPoints)) 个网点 \(months.count) 个月(\(months.first?.name ?? "")至\(months.last?.name ?? ""))的业务量核对:系数 \(figure(reconciled.factor))"
        ))
      let unknown = network.points.statuses.indices.count {
        network.points.statuses[$0] == .active && reconciled.volumes.means[$0] == nil
      }
      lines.append(
        word(
          "Active points without volumes: \(Figures.whole(unknown)), counted as not known. Payments at points nobody has within reach: \(rounded(reconciled.unexplained)).",
          "没有业务量的营业网点:\(Figures.whole(unknown)) 个,按未知处理。无人可达网点的笔数:\(rounded(reconciled.unexplained))。"))
      lines.append(
        word(
          "Model and volumes: error \(Figures.percent(errors.weightedError)) of all payments, median \(Figures.percent(errors.medianError)) of a point's; \(Figures.percent(errors.hitRate)) of the points within their 95 % interval",
          "模型与业务量:误差占总笔数 \(Figures.percent(errors.weightedError)),单点误差中位数 \(Figures.percent(errors.medianError));\(Figures.percent(errors.hitRate)) 的网点落在 95 % 区间内"
        ))
    } else {
      lines.append(
        reconciled.volumes.months.isEmpty
          ? word("Not reconciled: no volumes. The figures are assumptions.", "未核对:没有业务量,以下数字均为假设。")
          : word(
            "Not reconciled: the volumes hold no payments. The figures are assumptions.",
            "未核对:业务量均为零,以下数字均为假设。"))
    }
    let set = reconciled.volumes.repeatedRows + reconciled.volumes.negativeRows
    if set > 0 {
      lines.append(
        word(
          "Volumes set aside: \(Figures.whole(set)) rows with a month twice or a negative number.",
          "未采用的业务量:\(Figures.whole(set)) 行(月份重复或为负)。"))
    }
    if !reconciled.isSpreadMeasured {
      lines.append(
        word(
          "How much points differ from the model is assumed (\(Figures.percent(reconciled.spread))): too few volumes.",
          "网点与模型的离散程度为假设值(\(Figures.percent(reconciled.spread))):业务量太少。"))
    }
    lines.append(
      word(
        "All payments: \(rounded(forecast.demand.reduce(0, +))); of places without a point within reach: \(rounded(forecast.unreached))",
        "合计:\(rounded(forecast.demand.reduce(0, +))) 笔;其中无可达网点的村/社区:\(rounded(forecast.unreached)) 笔"))
    return lines
  }

  private var choice: String {
    let decay = answer.estimate.model.decay.rawValue
    return switch answer.estimate.evidence {
    case .surveys:
      word(
        "Choice: \(decay), from \(Figures.whole(answer.estimate.answers)) answers",
        "选择模型:\(decay),据 \(Figures.whole(answer.estimate.answers)) 份调查")
    case .volumes:
      word(
        "Choice: \(decay), from the volumes alone (\(Figures.whole(answer.estimate.comparedPoints)) of \(Figures.whole(answer.estimate.knownPoints)) points)",
        "选择模型:\(decay),仅据业务量(\(Figures.whole(answer.estimate.knownPoints)) 个网点中的 \(Figures.whole(answer.estimate.comparedPoints)) 个)"
      )
    case .assumptions:
      word("Choice: \(decay), by assumption: no surveys, no volumes", "选择模型:\(decay),没有调查和业务量,按假设计")
    }
  }

  private var townships: [String] {
    var table = TextTable(
      header: [
        Glossary.township[language], word("assumed", "假设"), word("observed", "实际"), word("of", "对应假设"),
        word("raw", "原始系数"), word("factor", "系数"),
      ], rightAligned: [1, 2, 3, 4, 5])
    for township in answer.reconciled.townships where township.places > 0 {
      table.append([
        township.name.isEmpty ? Glossary.notStated[language] : township.name, rounded(township.assumed),
        rounded(township.observed), rounded(township.compared),
        Figures.decimal(township.rawFactor, digits: 2),
        Figures.decimal(township.factor, digits: 2),
      ])
    }
    return table.lines
  }

  private var points: [String] {
    let active = network.points.statuses.indices.filter { answer.forecast.points[$0] != nil }
    let sorted = active.sorted {
      (-(answer.forecast.points[$0]?.expected ?? 0), $0) < (-(answer.forecast.points[$1]?.expected ?? 0), $1)
    }
    var table = TextTable(
      header: [
        word("point", "网点"), word("kind", "类型"), word("expected", "预计"), word("95 % from", "95 % 下限"),
        word("to", "上限"), word("observed", "实际"), word("months", "月数"),
      ], rightAligned: [2, 3, 4, 5, 6])
    for i in sorted.prefix(Self.listed) {
      let expectation = answer.forecast.points[i]
      table.append([
        "\(network.points.ids[i]) \(network.points.names[i])", network.points.kinds[i].words[language],
        rounded(expectation?.expected), rounded(expectation?.interval.lowerBound),
        rounded(expectation?.interval.upperBound), rounded(answer.reconciled.volumes.means[i]),
        Figures.whole(answer.reconciled.volumes.monthCounts[i]),
      ])
    }
    return table.lines + more(sorted.count)
  }

  private func candidates(_ newcomers: [PaymentForecast.Newcomer]) -> [String] {
    guard !newcomers.isEmpty else {
      return [word("The atlas has no candidate sites.", "图集中没有候选点。")]
    }
    let sites = network.candidates
    let sorted = newcomers.indices.sorted {
      (-newcomers[$0].expectation.expected, $0) < (-newcomers[$1].expectation.expected, $1)
    }
    var table = TextTable(
      header: [
        word("candidate, if it opened alone", "候选点(单独开设时)"), word("kind", "类型"), word("expected", "预计"),
        word("95 % from", "95 % 下限"), word("to", "上限"), word("who loses most", "减少最多的网点"),
      ], rightAligned: [2, 3, 4])
    for i in sorted.prefix(Self.listed) {
      let newcomer = newcomers[i]
      let losers = newcomer.losses.prefix(3).map {
        "\(network.points.ids[$0.point]) -\(rounded($0.payments))"
      }
      table.append([
        "\(sites.ids[i]) \(sites.names[i])",
        sites.kinds[i]?.words[language] ?? Glossary.notStated[language],
        rounded(newcomer.expectation.expected), rounded(newcomer.expectation.interval.lowerBound),
        rounded(newcomer.expectation.interval.upperBound), losers.joined(separator: "; "),
      ])
    }
    return table.lines + more(sorted.count)
  }

  private func more(_ count: Int) -> [String] {
    guard count > Self.listed else { return [] }
    let rest = Figures.whole(count - Self.listed)
    return [word("... and \(rest) more (all with --json)", "……另有 \(rest) 个(用 --json 查看全部)")]
  }
}
