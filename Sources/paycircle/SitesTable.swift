import Planning
import Words

/// A proposal as a table for people.
struct SitesTable {
  let answer: SitesAnswer
  let language: Language

  /// How many places or points are listed.
  private static let listed = 20

  private var proposal: SiteProposal { answer.proposal }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  var lines: [String] {
    if let conflict = proposal.conflict { return rules.refusal(conflict) + notes }
    if let shortfall = proposal.shortfall { return impossible(shortfall) + notes }
    var lines = [headline, proof] + details.levels + [""]
    lines += proposal.chosen.isEmpty ? [nothing] : plan
    lines += [
      "", change(word("Before", "现状"), proposal.before), change(word("After", "实施后"), proposal.after),
    ]
    lines +=
      rules.lines + money + details.relief + SitesGainsTable(answer: answer, language: language).lines
      + losses
      + curve + alternatives + details.merged + notes
    return lines
  }

  private var rules: SitesRulesTable { SitesRulesTable(answer: answer, language: language) }

  private var headline: String {
    let count = Figures.whole(proposal.chosen.count)
    let of = Figures.whole(answer.sites.count)
    return word(
      "Open \(count) of \(of) candidates: \(goal) \(figure(proposal.value)) \(unit).",
      "在 \(of) 个候选点中新设 \(count) 个:\(goal) \(figure(proposal.value)) \(unit)。")
  }

  private var goal: String {
    switch (proposal.question.goal, proposal.question.limit) {
    case (.coverage, .target), (_, .within): word("the target takes", "达到目标需")
    case (.coverage, _):
      proposal.security == nil ? word("served", "达标") : word("served by two operators", "有两个运营方可去")
    case (.distance, _): word("all ways together", "路程总和")
    case (.worst, _): word("the longest way", "最长路程")
    case (.visits, _):
      proposal.question.rules.closesPoints
        ? word("payments a month captured, less what closed points lose,", "月均吸引交费(已扣除关闭网点所失)")
        : word("payments a month captured", "月均吸引交费")
    case (.relief, _), (.promise, _): details.settled
    }
  }

  private var details: SitesDetailsTable { SitesDetailsTable(answer: answer, language: language) }

  private var unit: String {
    switch proposal.unit {
    case .customers: Glossary.customers[language]
    case .payments: Glossary.payments[language]
    case .elderly: Glossary.elderly[language]
    case .fen: word("yuan", "元")
    case .sites: word("sites", "个网点")
    case .paymentSeconds: word("payment-seconds a month", "笔·秒/月")
    case .seconds: word("seconds", "秒")
    case .villages: word("villages", "个村")
    }
  }

  private func figure(_ value: Int) -> String {
    let divisor = proposal.details.divisor * (proposal.unit == .fen ? 100 : 1)
    return divisor == 1
      ? Figures.whole(value)
      : Figures.decimal(Double(value) / Double(divisor), digits: divisor == 100 ? 2 : 3)
  }

  private var proof: String {
    let interrupted =
      proposal.isInterrupted
      ? word(" Stopped early: another run may end elsewhere (not deterministic).", "提前中止:再次运行结果可能不同(不可复现)。")
      : ""
    if proposal.isProven {
      return word("Proven: no plan is better.", "已证明:没有更好的方案。") + interrupted
    }
    let gap = proposal.gap.isFinite ? Figures.percent(proposal.gap) : Figures.missing
    return word(
      "No plan is better than \(figure(proposal.bound)) (gap \(gap)).",
      "任何方案都不会好于 \(figure(proposal.bound))(差距 \(gap))。") + interrupted
  }

  private var nothing: String {
    word(
      "No candidate brings anything: nothing is opened.", "没有候选点能带来改善:不新设网点。")
  }

  private var plan: [String] {
    var table = TextTable(
      header: [
        "", word("site", "候选点"), word("gain", "增益"), word("places", "村/社区"), word("customers", "户数"),
        word("cost, yuan", "费用(元)"), word("yuan per customer", "每户费用"), word("payments a month", "月笔数"),
        word("95 %", "95 % 区间"),
      ], rightAligned: [0, 2, 3, 4, 5, 6, 7, 8])
    let places = answer.network.places
    for (order, one) in proposal.chosen.enumerated() {
      let customers = one.newlyServed.reduce(0) { $0 + places.customers[$1] }
      let cost = proposal.question.costsFen[one.site].map { Double($0) / 100 }
      let expected = answer.expectations?.chosen[order]
      table.append([
        "\(order + 1)", "\(answer.sites.ids[one.site]) \(answer.sites.names[one.site])",
        proposal.question.goal == .coverage ? gain(one.gain) : Figures.whole(one.gain),
        Figures.whole(one.newlyServed.count), Figures.whole(customers), Figures.decimal(cost, digits: 2),
        Figures.decimal(customers > 0 ? cost.map { $0 / Double(customers) } : nil, digits: 2),
        Figures.decimal(expected?.expected, digits: 0),
        expected.map {
          "\(Figures.decimal($0.interval.lowerBound, digits: 0))–\(Figures.decimal($0.interval.upperBound, digits: 0))"
        } ?? Figures.missing,
      ])
    }
    return table.lines
  }

  /// What a site adds, in the unit of the value.
  private func gain(_ gain: Int) -> String { proposal.details.divisor == 1 ? weight(gain) : figure(gain) }

  /// A gain of coverage in what places weigh.
  private func weight(_ gain: Int) -> String {
    proposal.question.coverage.weight == .arrears
      ? Figures.decimal(Double(gain) / 100, digits: 2) : Figures.whole(gain)
  }

  private func change(_ name: String, _ coverage: Coverage) -> String {
    let summary = coverage.summary
    return word(
      "\(name): \(Figures.whole(summary.all.customers.served)) of \(Figures.whole(summary.all.customers.total)) customers served "
        + "(\(Figures.percent(summary.all.customers.share))), \(Figures.whole(summary.all.places.served)) of "
        + "\(Figures.whole(summary.all.places.total)) places; mean \(Figures.minutes(meanSeconds: summary.seconds.mean)) min, "
        + "max \(Figures.minutes(seconds: summary.seconds.max)) min",
      "\(name):\(Figures.whole(summary.all.customers.total)) 户中 \(Figures.whole(summary.all.customers.served)) 户达标"
        + "(\(Figures.percent(summary.all.customers.share))),村/社区 \(Figures.whole(summary.all.places.total)) 处中 "
        + "\(Figures.whole(summary.all.places.served)) 处;平均 \(Figures.minutes(meanSeconds: summary.seconds.mean)) 分钟,"
        + "最长 \(Figures.minutes(seconds: summary.seconds.max)) 分钟")
  }

  private var money: [String] {
    guard !proposal.chosen.isEmpty, let fen = answer.costFen else { return [] }
    let gained =
      proposal.after.summary.all.customers.served - proposal.before.summary.all.customers.served
    let total = Double(fen) / 100
    let each = gained > 0 ? total / Double(gained) : nil
    return [
      word(
        "Cost \(Figures.decimal(total, digits: 2)) yuan; \(Figures.decimal(each, digits: 2)) yuan for each of \(Figures.whole(gained)) customers gained",
        "费用 \(Figures.decimal(total, digits: 2)) 元;新增达标 \(Figures.whole(gained)) 户,每户 \(Figures.decimal(each, digits: 2)) 元"
      )
    ]
  }

  private var losses: [String] {
    guard let losses = answer.expectations?.losses.filter({ $0.payments >= 0.5 }), !losses.isEmpty else {
      return []
    }
    var table = TextTable(
      header: [word("point that loses", "笔数减少的网点"), word("payments a month", "月笔数")], rightAligned: [1])
    for loss in losses.prefix(Self.listed) {
      let points = answer.network.points
      table.append([
        "\(points.ids[loss.point]) \(points.names[loss.point])",
        "-" + Figures.decimal(loss.payments, digits: 0),
      ])
    }
    return [""] + table.lines + more(losses.count)
  }

  private func more(_ count: Int) -> [String] {
    guard count > Self.listed else { return [] }
    return [
      word(
        "... and \(Figures.whole(count - Self.listed)) more (all with --json)",
        "……另有 \(Figures.whole(count - Self.listed)) 个(用 --json 查看全部)")
    ]
  }

  private var curve: [String] {
    guard let curve = answer.curve else { return [] }
    var table = TextTable(
      header: [word("sites", "网点数"), word("served at least", "至少达标"), word("at most", "至多达标")],
      rightAligned: [0, 1, 2])
    for point in curve { table.append(["\(point.sites)", weight(point.value), weight(point.bound)]) }
    return [""] + table.lines
  }

  private var alternatives: [String] {
    answer.alternatives.map {
      SitesAlternativesTable(
        answer: answer, others: $0.plans, millionths: $0.millionths, language: language
      ).lines(figure)
    } ?? []
  }

  private func impossible(_ shortfall: SiteProposal.Shortfall) -> [String] {
    let share = "\(Figures.decimal(shortfall.largestShare * 100, digits: 4))%"
    var lines =
      proposal.question.goal == .coverage
      ? [
        word(
          "The target cannot be reached: all candidates together serve \(share). Ask for at most --target \(share), or offer other candidates (--candidates places).",
          "目标无法达到:全部候选点合计只能达到 \(share)。请用不超过 --target \(share) 的目标,或扩大候选点范围(--candidates places)。")
      ]
      : [word("The target cannot be reached, not even by all candidates together.", "即使开设全部候选点,目标也无法达到。")]
    lines += rules.help(shortfall)
    let places = answer.network.places
    guard !shortfall.unservable.isEmpty else { return lines }
    var table = TextTable(
      header: [
        word("place no candidate serves", "没有候选点能覆盖的村/社区"), word("customers", "户数"),
        word("nearest candidate", "最近的候选点"), word("away", "距离"),
      ], rightAligned: [1, 3])
    for (slot, i) in shortfall.unservable.prefix(Self.listed).enumerated() {
      table.append(
        ["\(places.ids[i]) \(places.names[i])", Figures.whole(places.customers[i])]
          + rules.nearest(slot, shortfall))
    }
    lines += [
      "",
      word(
        "\(Figures.whole(shortfall.unservable.count)) places:",
        "共 \(Figures.whole(shortfall.unservable.count)) 处:"),
    ]
    return lines + table.lines + more(shortfall.unservable.count)
  }

  private var notes: [String] {
    var lines: [String] = []
    if !answer.unviable.isEmpty {
      lines.append(
        word(
          "\(Figures.whole(answer.unviable.count)) candidates were left out: too few payments even if they opened alone.",
          "\(Figures.whole(answer.unviable.count)) 个候选点未参与选择:即使单独开设,预计笔数仍过少。"))
      lines += rules.unviable(Self.listed)
    }
    if !proposal.beyondReach.isEmpty {
      lines.append(
        word(
          "\(Figures.whole(proposal.beyondReach.count)) places reach neither a point nor a candidate and are left out.",
          "\(Figures.whole(proposal.beyondReach.count)) 处村/社区到不了任何网点或候选点,未计入。"))
    }
    if let calibration = proposal.question.coverage.calibration {
      lines.append(calibration.line(in: language))
    }
    if answer.network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }
}
