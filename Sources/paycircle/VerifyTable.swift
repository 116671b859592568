import Planning
import Storage
import Words

/// A plan held against what came, as tables for people.
struct VerifyTable {
  let answer: VerifyAnswer
  let language: Language

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private func rounded(_ value: Double?) -> String { Figures.decimal(value, digits: 0) }

  var lines: [String] {
    var lines = [
      word(
        "Plan \"\(answer.plan.name)\", kept on \(answer.promise.keptOn): \(opened) of \(answer.promise.sites.count) sites have opened.",
        "方案“\(answer.plan.name)”,保存于 \(answer.promise.keptOn):\(answer.promise.sites.count) 个网点中 \(opened) 个已开业。"
      ), "",
    ]
    lines += sites + [""] + months + [""] + errors + coverage
    lines += [
      "",
      word(
        "A usual month was forecast: seasons show as errors. Points that were there before are compared once all sites that have opened are.",
        "预测为平常月份的笔数,季节变化会表现为误差。原有网点自已开业的网点全部开业后开始对照。"),
    ]
    if !answer.truth.isWhole {
      lines.append(
        word(
          "The forecasts for them suppose that every site is open, which is not so yet.",
          "对原有网点的预测以全部网点开业为前提,目前尚未全部开业。"))
    }
    if answer.network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }

  private var opened: Int { answer.truth.sites.count { $0.match != nil } }

  private var sites: [String] {
    var table = TextTable(
      header: [
        "", word("site", "候选点"), word("point", "网点"), word("compared from", "对照起始"), word("months", "月数"),
        word("forecast", "预测月笔数"), word("95 %", "95 % 区间"), word("taken, mean", "实际月均"),
        word("within", "区间内月数"),
      ], rightAligned: [0, 4, 5, 6, 7, 8])
    for (order, (promised, site)) in zip(answer.promise.sites, answer.truth.sites).enumerated() {
      let months = site.months
      let mean =
        months.isEmpty ? nil : months.reduce(0) { $0 + Double($1.payments) } / Double(months.count)
      table.append([
        "\(order + 1)", "\(promised.id) \(promised.name)",
        site.match.map(point) ?? word("not opened yet", "尚未开业"), site.from ?? Figures.missing,
        Figures.whole(months.count), rounded(promised.forecast?.expected),
        promised.forecast.map { "\(rounded($0.interval.lowerBound))–\(rounded($0.interval.upperBound))" }
          ?? Figures.missing, rounded(mean), Figures.whole(months.count(where: \.isWithin)),
      ])
    }
    return table.lines
  }

  private func point(_ match: PlanPromise.Match) -> String {
    let id = answer.network.points.ids[match.point]
    return match.isByID
      ? word("\(id) (same id)", "\(id)(编码相同)")
      : word("\(id) (\(match.meters) m away)", "\(id)(相距 \(match.meters) 米)")
  }

  private var months: [String] {
    var table = TextTable(
      header: [
        word("month", "月份"), word("sites", "新网点"), word("forecast", "预测"), word("taken", "实际"), "MAPE",
        word("points before", "原有网点"), word("forecast", "预测"), word("taken", "实际"), "MAPE",
        word("within", "区间内"),
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    func cells(_ errors: PlanVerification.Errors) -> [String] {
      [
        Figures.whole(errors.count), rounded(errors.forecast), Figures.whole(errors.taken),
        Figures.percent(errors.meanError),
      ]
    }
    for month in answer.truth.months {
      table.append(
        [month.name] + cells(month.sites) + cells(month.points) + [Figures.percent(month.points.hitRate)])
    }
    return table.lines
  }

  private var errors: [String] {
    func line(_ name: String, _ errors: PlanVerification.Errors) -> String {
      word(
        "\(name): \(Figures.whole(errors.count)) months compared, MAPE \(Figures.percent(errors.meanError)), "
          + "within the interval \(Figures.percent(errors.hitRate))",
        "\(name):对照 \(Figures.whole(errors.count)) 个月次,MAPE \(Figures.percent(errors.meanError)),"
          + "区间内 \(Figures.percent(errors.hitRate))")
    }
    var lines = [
      line(word("Sites", "新网点"), answer.truth.siteErrors),
      line(word("Points before", "原有网点"), answer.truth.pointErrors),
    ]
    for horizon in answer.truth.horizons where horizon.errors.count > 0 {
      lines.append(
        word(
          "After \(horizon.months) months: \(horizon.errors.count) sites, MAPE \(Figures.percent(horizon.errors.meanError))",
          "\(horizon.months) 个月后:\(horizon.errors.count) 个新网点,MAPE \(Figures.percent(horizon.errors.meanError))"
        ))
    }
    return lines
  }

  private var coverage: [String] {
    let now = answer.now.summary.all.customers
    var lines: [String] = [""]
    if let promised = answer.plan.promisedCustomers {
      lines.append(
        word(
          "Promised: \(Figures.whole(promised.before)) to \(Figures.whole(promised.after)) of \(Figures.whole(promised.total)) customers served, \(Figures.whole(promised.after - promised.before)) more.",
          "承诺:\(Figures.whole(promised.total)) 户中达标由 \(Figures.whole(promised.before)) 户增至 \(Figures.whole(promised.after)) 户,增加 \(Figures.whole(promised.after - promised.before)) 户。"
        ))
    }
    lines.append(
      word(
        "Realized: \(Figures.whole(now.served)) of \(Figures.whole(now.total)) customers served, \(Figures.whole(answer.customersByOpened)) of them by the sites that have opened alone.",
        "实际:\(Figures.whole(now.total)) 户中 \(Figures.whole(now.served)) 户达标,其中仅因已开业的新网点达标 \(Figures.whole(answer.customersByOpened)) 户。"
      ))
    if answer.isSameQuestion == false {
      lines.append(
        word(
          "Coverage is asked in another way than it was for the plan: the two do not compare.",
          "覆盖的判定方式与方案保存时不同,两者不可直接比较。"))
    }
    return lines
  }
}
