import Planning
import Words

// The sentences of the first page and of the chapter on what has changed.
extension ReportSentences {
  /// What a share is a share of.
  enum Unit { case customers, villages }

  /// Whether a target is met, or by how much it is missed.
  ///
  /// - Parameter lacking: how many more it would take.
  func verdict(share: Double, target: Double, lacking: Int, of unit: Unit) -> String {
    guard share < target else { return SummaryWord.met[language] }
    let rounded = Figures.decimal((target - share) * 100, digits: 1)
    let points = rounded == "0.0" ? "<0.1" : rounded
    let count = Figures.whole(lacking)
    switch unit {
    case .customers:
      return say(
        en:
          "\(SummaryWord.missed[language]) by \(points) points: \(count) \(lacking == 1 ? "customer" : "customers")",
        zh: "\(SummaryWord.missed[language])，差 \(points) 个百分点，即 \(count) 户")
    case .villages:
      return say(
        en:
          "\(SummaryWord.missed[language]) by \(points) points: \(count) \(lacking == 1 ? "village" : "villages")",
        zh: "\(SummaryWord.missed[language])，差 \(points) 个百分点，即 \(count) 个村")
    }
  }

  /// That a table of townships ends before its end.
  func linesLeftOut(shown: Int, of count: Int) -> String {
    say(
      en:
        "The \(Figures.whole(shown)) of \(Figures.whole(count)) townships with the lowest shares; the total is that of all. "
        + "`paycircle coverage --by township` lists every one.",
      zh: "仅列覆盖率最低的 \(Figures.whole(shown)) 个，共 \(Figures.whole(count)) 个；合计为全部。"
        + "`paycircle coverage --by township` 可列出全部。")
  }

  /// Where those are who are not served.
  func inPlaces(_ places: Int) -> String {
    say(en: "in \(Figures.whole(places)) places", zh: "分布在 \(Figures.whole(places)) 处村/社区")
  }

  /// Who is farthest from the promise.
  func lowestTownships(_ townships: [(name: String, summary: CoverageSummary)]) -> String {
    let named = townships.map { township in
      let customers = township.summary.all.customers
      return say(
        en:
          "\(township.name) (\(Figures.percent(customers.share)), \(Figures.whole(customers.unserved)) not served)",
        zh: "\(township.name)（\(Figures.percent(customers.share))，未覆盖 \(Figures.whole(customers.unserved)) 户）"
      )
    }
    return say(
      en: "The lowest shares of customers served: \(named.joined(separator: ", ")).",
      zh: "客户覆盖率最低：\(named.joined(separator: "、"))。")
  }

  /// What is to be decided of a plan.
  func decision(_ plan: KeptPlan) -> String {
    let gained = Figures.whole(plan.servedAfter - plan.servedBefore)
    let costs = plan.sites.map(\.costFen)
    let cost =
      costs.contains(nil)
      ? nil : Figures.decimal(costs.reduce(0.0) { $0 + Double($1 ?? 0) } / 100, digits: 0)
    let sites = Figures.whole(plan.sites.count)
    let share = { (served: Int) in
      Figures.percent(plan.customers > 0 ? Double(served) / Double(plan.customers) : nil)
    }
    return say(
      en: "Whether to open the \(sites) \(plan.sites.count == 1 ? "site" : "sites") of plan \"\(plan.name)\""
        + (cost.map { " for \($0) yuan" } ?? "")
        + ": \(gained) customers more, \(share(plan.servedAfter)) of all instead of \(share(plan.servedBefore)).",
      zh: "是否按方案“\(plan.name)”开设 \(sites) 个网点" + (cost.map { "（费用 \($0) 元）" } ?? "")
        + "：新增覆盖 \(gained) 户，全部客户覆盖率由 \(share(plan.servedBefore)) 升至 \(share(plan.servedAfter))。")
  }

  /// What is to be decided of a scenario.
  func decision(_ outcome: ScenarioOutcome) -> String {
    let (before, after) = (outcome.before.summary.all.customers, outcome.after.summary.all.customers)
    let opening = Figures.decimal(Double(outcome.costs.openingFen) / 100, digits: 0)
    return say(
      en:
        "Whether to carry out \"\(outcome.scenario.name)\": \(Figures.signed(after.served - before.served)) customers, "
        + "\(Figures.percent(after.share)) of all instead of \(Figures.percent(before.share)); "
        + "\(Figures.whole(outcome.gained.count)) places gain and \(Figures.whole(outcome.lost.count)) lose"
        + (outcome.costs.openingFen > 0 ? "; opening costs \(opening) yuan." : "."),
      zh: "是否实施情景“\(outcome.scenario.name)”：达标户数 \(Figures.signed(after.served - before.served))，"
        + "全部客户覆盖率由 \(Figures.percent(before.share)) 变为 \(Figures.percent(after.share))；"
        + "\(Figures.whole(outcome.gained.count)) 处新达标，\(Figures.whole(outcome.lost.count)) 处不再达标"
        + (outcome.costs.openingFen > 0 ? "；开办费 \(opening) 元。" : "。"))
  }

  /// What is to be decided where nothing was proposed.
  ///
  /// - Parameter most: the township with most customers who are not served.
  func openDecision(
    unserved population: CoverageSummary.Population, most: (name: String, customers: Int)?
  ) -> String {
    guard population.customers.unserved > 0 else {
      return say(
        en: "Nobody is left to reach: whether every point of today is to be kept.",
        zh: "没有未覆盖的客户：是否保持现有全部网点。")
    }
    let where_ =
      most.map {
        say(
          en: ", most of them in \($0.name) (\(Figures.whole($0.customers)))",
          zh: "（\($0.name)最多，\(Figures.whole($0.customers)) 户）")
      } ?? ""
    return say(
      en: "How the \(Figures.whole(population.customers.unserved)) customers of "
        + "\(Figures.whole(population.places.unserved)) places who are not served shall be reached\(where_). "
        + "`paycircle sites` proposes where.",
      zh: "如何覆盖尚未达标的 \(Figures.whole(population.places.unserved)) 处村/社区、"
        + "\(Figures.whole(population.customers.unserved)) 户\(where_)。`paycircle sites` 可给出选址方案。")
  }

  /// What has changed since the last report.
  func changed(_ change: CoverageChange) -> String {
    let (a, b) = (change.earlier.all.customers, change.later.all.customers)
    let difference = a.share.flatMap { a in b.share.map { $0 - a } }
    return say(
      en: "Since the last report the share of all customers served went from \(Figures.percent(a.share)) to "
        + "\(Figures.percent(b.share)) (\(percentagePoints(difference))). \(Figures.whole(change.gained.count)) places are "
        + "newly served, \(Figures.whole(change.lost.count)) no longer; \(Figures.whole(change.added.count)) are new in the "
        + "data, \(Figures.whole(change.removed.count)) are gone. \(Figures.whole(change.opened.count)) points were added, "
        + "\(Figures.whole(change.closed.count)) count no more.",
      zh: "自上次报告以来，全部客户覆盖率由 \(Figures.percent(a.share)) 变为 \(Figures.percent(b.share))"
        + "（\(percentagePoints(difference))）。新增覆盖 \(Figures.whole(change.gained.count)) 处，不再覆盖 "
        + "\(Figures.whole(change.lost.count)) 处；数据中新增 \(Figures.whole(change.added.count)) 处村/社区、减少 "
        + "\(Figures.whole(change.removed.count)) 处；网点新增 \(Figures.whole(change.opened.count)) 个、减少 "
        + "\(Figures.whole(change.closed.count)) 个。")
  }

  /// Whether the two answers are of one kind.
  func comparability(_ change: CoverageChange) -> String {
    guard !change.isComparable else {
      return say(
        en:
          "Both were asked anew with the same standard, speeds and way of travel: the change is that of points, places and "
          + "customers. A report printed in its day with another calibration may show other figures.",
        zh: "两次均按同一标准、速度和出行算法重新计算，变化来自网点、村/社区和户数。当时印发的报告若采用另一次校准，数字可能不同。")
    }
    let reasons = change.differences.map { difference in
      switch difference {
      case .travel(let earlier, _):
        earlier == .straight
          ? say(en: "then by straight line, now along the roads", zh: "上次按直线，本次沿道路")
          : say(en: "then along the roads, now by straight line", zh: "上次沿道路，本次按直线")
      case .roads: say(en: "the roads come from other files", zh: "道路数据来自不同文件")
      case .question: say(en: "another standard or other points that count", zh: "标准或计入的网点范围不同")
      case .factors: say(en: "other speeds and circuities", zh: "速度和绕行系数不同")
      }
    }
    return say(
      en:
        "NOT COMPARABLE without care: \(reasons.joined(separator: "; ")). Part of the change is the method's, not the "
        + "network's.",
      zh: "不可直接比较：\(reasons.joined(separator: "；"))。部分变化来自方法，而非网点本身。")
  }

  /// That there is no earlier report.
  var nothingToCompare: String {
    say(
      en: "No earlier atlas was given, so nothing is said of change (`--compare-with`).",
      zh: "未给出上次的图集，故不说明变化（`--compare-with`）。")
  }

  /// The points that are there now and were not, or the other way round, by name.
  func pointNames(_ names: [String], _ word: SummaryWord, of count: Int) -> String {
    let list = names.joined(separator: say(en: "; ", zh: "；"))
    let more =
      count > names.count
      ? say(en: " and \(Figures.whole(count - names.count)) more", zh: "等 \(Figures.whole(count)) 个") : ""
    return say(en: "\(word[language]): \(list)\(more).", zh: "\(word[language])：\(list)\(more)。")
  }
}
