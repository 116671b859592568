import Planning
import Reporting
import Storage
import Words

/// What a scenario changes, as a table for a terminal.
struct ScenarioTable {
  let outcome: ScenarioOutcome
  let language: Language

  /// How many places, and how many points that take over, are listed.
  private static let listed = 20
  private static let listedTakers = 8

  var lines: [String] {
    let scenario = outcome.scenario
    var lines = [scenario.name]
    if !scenario.description.isEmpty { lines.append(scenario.description) }
    lines.append(pointsLine)
    lines += [""] + coverage + ["", villages, minutes]
    lines += townships
    lines += places(outcome.gained, word("places gained", "新达标的村/社区"))
    lines += places(outcome.lost, word("places lost", "不再达标的村/社区"))
    lines += takeovers
    lines += [""] + [paymentsLine, waitingLine, viabilityLine].compactMap(\.self)
    lines += [activityLine, assuranceLine, costLine].compactMap(\.self)
    if let calibration = outcome.before.options.calibration { lines.append(calibration.line(in: language)) }
    if outcome.network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private var pointsLine: String {
    let o = outcome
    return word(
      "Changes: \(o.scenario.changes.count); points opened \(o.opened.count), closed \(o.closed.count), moved "
        + "\(o.moved.count), otherwise altered \(o.altered.count)",
      "变动 \(o.scenario.changes.count) 项;新设网点 \(o.opened.count) 个,关闭 \(o.closed.count) 个,迁移 "
        + "\(o.moved.count) 个,其他变更 \(o.altered.count) 个")
  }

  private var coverage: [String] {
    var table = TextTable(
      header: [
        word("customers served", "达标户数"), word("before", "之前"), "%", word("after", "之后"), "%", word("change", "变化"),
        word("points", "百分点"),
      ], rightAligned: [1, 2, 3, 4, 5, 6])
    func append(_ name: String, _ before: Tally, _ after: Tally) {
      var difference: Double?
      if let old = before.share, let new = after.share { difference = new - old }
      table.append([
        name, Figures.whole(before.served), Figures.percent(before.share), Figures.whole(after.served),
        Figures.percent(after.share), signed(after.served - before.served), Figures.points(difference),
      ])
    }
    let (before, after) = (outcome.before.summary, outcome.after.summary)
    append(word("all", "合计"), before.all.customers, after.all.customers)
    append(Glossary.town[language], before.town.customers, after.town.customers)
    append(Glossary.village[language], before.village.customers, after.village.customers)
    append(Glossary.elderly[language], outcome.elderly(after: false), outcome.elderly(after: true))
    return table.lines
  }

  private func signed(_ value: Int) -> String { (value > 0 ? "+" : "") + Figures.whole(value) }

  private var villages: String {
    let (before, after) = (outcome.before.summary.villages, outcome.after.summary.villages)
    func change(_ a: Int?, _ b: Int?) -> String {
      guard let a, let b else { return Glossary.notKnown[language] }
      return a == b ? Figures.whole(a) : "\(Figures.whole(a)) → \(Figures.whole(b))"
    }
    return word(
      "Villages with a point \(change(before.withPoint, after.withPoint)), effective "
        + "\(change(before.effective, after.effective)), secured \(change(before.secured, after.secured)), none within "
        + "60 min \(change(before.remote, after.remote)) (a point that opens is effective once somebody has paid there)",
      "有网点的行政村 \(change(before.withPoint, after.withPoint)),有效 "
        + "\(change(before.effective, after.effective)),有保障 \(change(before.secured, after.secured)),60 分钟内无网点 "
        + "\(change(before.remote, after.remote))(新设网点有业务后才计为有效)")
  }

  private var minutes: String {
    let (before, after) = (outcome.before.summary.seconds, outcome.after.summary.seconds)
    func change(_ a: String, _ b: String) -> String { a == b ? a : "\(a) → \(b)" }
    let mean = change(Figures.minutes(meanSeconds: before.mean), Figures.minutes(meanSeconds: after.mean))
    let p90 = change(Figures.minutes(seconds: before.p90), Figures.minutes(seconds: after.p90))
    let most = change(Figures.minutes(seconds: before.max), Figures.minutes(seconds: after.max))
    return word(
      "Minutes to the nearest point: mean \(mean), P90 \(p90), max \(most)",
      "到最近网点的分钟数:平均 \(mean),P90 \(p90),最长 \(most)")
  }

  private var townships: [String] {
    var table = TextTable(
      header: [
        word("township", "乡镇"), word("before", "之前"), word("after", "之后"), word("change", "变化"),
        word("mean min", "平均分钟"), word("after", "之后"),
      ], rightAligned: [1, 2, 3, 4, 5])
    var count = 0
    for (before, after) in zip(outcome.before.lines, outcome.after.lines)
    where before.summary.all != after.summary.all || before.summary.seconds != after.summary.seconds {
      count += 1
      table.append([
        before.key.isEmpty ? Glossary.notStated[language] : before.key,
        Figures.percent(before.summary.all.customers.share), Figures.percent(after.summary.all.customers.share),
        signed(after.summary.all.customers.served - before.summary.all.customers.served),
        Figures.minutes(meanSeconds: before.summary.seconds.mean),
        Figures.minutes(meanSeconds: after.summary.seconds.mean),
      ])
    }
    return count == 0 ? ["", word("No township changes.", "各乡镇均无变化。")] : [""] + table.lines
  }

  private func places(_ places: [Int], _ title: String) -> [String] {
    guard !places.isEmpty else { return [] }
    let table = outcome.network.places
    let worst = places.sorted { (-table.customers[$0], $0) < (-table.customers[$1], $1) }
    let customers = places.reduce(0) { $0 + table.customers[$1] }
    let elderly = places.reduce(0) { $0 + outcome.elderly(ofPlace: $1, after: true) }
    var text = TextTable(
      header: [
        title, word("customers", "户数"), Glossary.elderly[language], word("min before", "之前分钟"),
        word("after", "之后"), word("nearest point after", "之后最近网点"),
      ], rightAligned: [1, 2, 3, 4])
    func minutes(_ coverage: Coverage, _ i: Int) -> String {
      Figures.minutes(seconds: coverage.nearestPoints[i] < 0 ? nil : Int(coverage.seconds[i]))
    }
    for i in worst.prefix(Self.listed) {
      let point = Int(outcome.after.nearestPoints[i])
      text.append([
        "\(table.ids[i]) \(table.names[i])", Figures.whole(table.customers[i]),
        Figures.whole(outcome.elderly(ofPlace: i, after: true)), minutes(outcome.before, i),
        minutes(outcome.after, i),
        point < 0 ? Figures.missing : "\(outcome.network.points.ids[point]) \(outcome.network.points.names[point])",
      ])
    }
    var lines = [""] + text.lines
    lines.append(
      word(
        "\(Figures.whole(places.count)) places with \(Figures.whole(customers)) customers, "
          + "\(Figures.whole(elderly)) of them elderly",
        "共 \(Figures.whole(places.count)) 处,\(Figures.whole(customers)) 户,其中老年 \(Figures.whole(elderly)) 户"))
    return lines
  }

  // MARK: - Demand

  private var takeovers: [String] {
    guard let payments = outcome.payments else { return [] }
    return payments.takeovers.flatMap { takeover -> [String] in
      let points = outcome.network.points
      var table = TextTable(
        header: [
          word("who takes over", "接替网点"), word("per month", "每月笔数"), "%", word("busy before", "之前利用率"),
          word("after", "之后"), word("wait min", "等候分钟"), word("open when it was", "营业时间重合"), "",
        ], rightAligned: [1, 2, 3, 4, 5, 6])
      for taker in takeover.takers.prefix(Self.listedTakers) {
        let standIn = outcome.standIn(taker, for: takeover)
        table.append([
          "\(points.ids[taker.point]) \(points.names[taker.point])",
          Figures.decimal(taker.payments, digits: 0), Figures.percent(standIn.share),
          busy(standIn.utilizationBefore), busy(standIn.utilizationAfter),
          Figures.minutes(meanSeconds: standIn.waitSecondsAfter), Figures.percent(standIn.hoursShare),
          standIn.keepsUp == false ? word("cannot keep up", "无力接替") : "",
        ])
      }
      let rest = takeover.takers.dropFirst(Self.listedTakers)
      var lines = [
        "",
        word(
          "\(points.ids[takeover.point]) \(points.names[takeover.point]) leaves "
            + "\(Figures.decimal(takeover.payments, digits: 0)) payments a month; taken over by nobody "
            + Figures.decimal(takeover.unreached, digits: 0),
          "\(points.ids[takeover.point]) \(points.names[takeover.point]) 每月 "
            + "\(Figures.decimal(takeover.payments, digits: 0)) 笔;无人接替 "
            + "\(Figures.decimal(takeover.unreached, digits: 0)) 笔"),
      ]
      if !takeover.takers.isEmpty { lines += table.lines }
      if !rest.isEmpty {
        let sum = rest.reduce(0) { $0 + $1.payments }
        lines.append(
          word(
            "... and \(rest.count) others with \(Figures.decimal(sum, digits: 0)) together",
            "……另有 \(rest.count) 个网点共 \(Figures.decimal(sum, digits: 0)) 笔"))
      }
      lines.append(
        word(
          "Whether they keep enough money at hand (float) is not in the data.", "备用金是否充足,数据中没有。"))
      return lines
    }
  }

  private func busy(_ utilization: Double?) -> String {
    utilization.map { Figures.decimal($0 * 100, digits: 0) + "%" } ?? Figures.missing
  }

  private var paymentsLine: String? {
    guard let payments = outcome.payments else {
      return word(
        "Where people go to pay is not known: no surveys and no volumes.", "没有调查和业务量,无法判断客户去哪里交费。")
    }
    func perPoint(_ total: Double, _ network: PaymentNetwork) -> String {
      let working = network.points.statuses.count { $0 == .active }
      return working == 0 ? Figures.missing : Figures.decimal(total / Double(working), digits: 1)
    }
    let (before, after) = (
      Figures.decimal(payments.totalBefore, digits: 0), Figures.decimal(payments.totalAfter, digits: 0)
    )
    let (old, new) = (
      perPoint(payments.totalBefore, outcome.networkBefore), perPoint(payments.totalAfter, outcome.network)
    )
    return word(
      "Payments in person a month: \(before) → \(after); per working point \(old) → \(new)",
      "每月线下交费:\(before) → \(after) 笔;平均每个网点 \(old) → \(new) 笔")
  }

  private var waitingLine: String? {
    guard let waiting = outcome.waiting else { return nil }
    func busy(_ waiting: Waiting) -> Int { waiting.peaks.count { ($0?.utilization ?? 0) >= 0.85 } }
    func over(_ waiting: Waiting) -> Int { waiting.peaks.count { $0?.isOverloaded == true } }
    return word(
      "Points busy 85% or more at the peak: \(busy(waiting.before)) → \(busy(waiting.after)); overloaded "
        + "\(over(waiting.before)) → \(over(waiting.after))",
      "高峰利用率达 85% 的网点:\(busy(waiting.before)) → \(busy(waiting.after)) 个;超负荷 "
        + "\(over(waiting.before)) → \(over(waiting.after)) 个")
  }

  private var viabilityLine: String? {
    guard let viability = outcome.viability else { return nil }
    return word(
      "Points that earn fees and take fewer payments than they need: \(viability.before.belowBreakEven) → "
        + "\(viability.after.belowBreakEven)",
      "有手续费而业务量低于保本笔数的网点:\(viability.before.belowBreakEven) → \(viability.after.belowBreakEven) 个")
  }

  private var activityLine: String {
    let (before, after) = (outcome.activity.before, outcome.activity.after)
    return word(
      "Points with a payment in the latest month: \(before.active) of \(before.points) → \(after.active) of "
        + "\(after.points)",
      "最近一个月有业务的网点:\(before.active)/\(before.points) → \(after.active)/\(after.points)")
  }

  private var assuranceLine: String {
    let (before, after) = (outcome.assuranceBefore.singlePoint.customers, outcome.assuranceAfter.singlePoint.customers)
    return word(
      "Customers who hang on a single point: \(Figures.whole(before.served)) → \(Figures.whole(after.served))",
      "只依赖一个网点的户数:\(Figures.whole(before.served)) → \(Figures.whole(after.served))")
  }

  private var costLine: String? {
    let cost = outcome.costs
    if outcome.opened.isEmpty, outcome.closed.isEmpty, cost.monthlyFen == 0 { return nil }
    func yuan(_ fen: Double) -> String { Figures.decimal(fen / 100, digits: 2) }
    var line = word(
      "Costs: opening \(yuan(Double(cost.openingFen))) yuan, the month \(cost.monthlyFen > 0 ? "+" : "")\(yuan(Double(cost.monthlyFen))) yuan",
      "费用:开办 \(yuan(Double(cost.openingFen))) 元,每月 \(cost.monthlyFen > 0 ? "+" : "")\(yuan(Double(cost.monthlyFen))) 元")
    if cost.unknownOpening + cost.unknownMonthly > 0 {
      line += word(
        " (opening not known for \(cost.unknownOpening) points, the month for \(cost.unknownMonthly))",
        "(\(cost.unknownOpening) 个网点开办费未知,\(cost.unknownMonthly) 个月费未知)")
    }
    if let opening = cost.openingFenPerCustomer, let monthly = cost.monthlyFenPerCustomer {
      line += word(
        "; for each additional customer \(yuan(opening)) and \(yuan(monthly)) yuan",
        ";每新增覆盖一户 \(yuan(opening)) 元和每月 \(yuan(monthly)) 元")
    }
    return line
  }
}
