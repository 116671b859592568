import Planning
import Words

// The chapter of proposals: what a kept plan opens, what it brings and how good it is.
extension ReportContents {
  /// How many places that stay unserved are named.
  private static let listed = 10

  /// The chapter; `nil` where no plan is kept.
  func proposalSection() -> ReportPage.Section? {
    guard let plan else { return nil }
    let gained = newlyServed(by: plan)
    var blocks: [ReportPage.Block] = [.headlines(headlines(of: plan)), .paragraph(proof(of: plan))]
    if plan.servedBefore != summary.all.customers.served || plan.customers != summary.all.customers.total {
      blocks.append(
        .note(
          sentences.say(
            en:
              "The plan was made of other data or another question than this report: its figures are those of its day.",
            zh: "方案所依据的数据或判定方式与本报告不同，其数字为当时的结果。")))
    }
    if network.places.count > 0 || network.points.count > 0 || !plan.sites.isEmpty {
      let map = ProposalMap(
        of: plan, gained: gained, in: network, coverage: coverage, language: language)
      blocks.append(.drawing(svg: map.svg(), caption: mapCaption))
    }
    blocks.append(.table(siteTable(of: plan)))
    if let chart = CurveChart(plan: plan, language: language).svg() {
      blocks.append(.drawing(svg: chart, caption: curveCaption))
    }
    if !plan.alternatives.isEmpty { blocks.append(.table(alternativeTable(of: plan))) }
    if !plan.core.isEmpty || !plan.alternatives.isEmpty { blocks.append(.note(core(of: plan))) }
    blocks += stillUnserved(after: gained)
    return .init(
      title: sentences.say(en: "Proposals", zh: "选址方案"), blocks: blocks, startsSheet: true)
  }

  /// The places of the plan that this report finds unserved, ascending.
  private func newlyServed(by plan: KeptPlan) -> [Int] {
    let ids = Set(plan.sites.flatMap(\.newlyServed))
    guard !ids.isEmpty else { return [] }
    return coverage.isServed.indices.filter { !coverage.isServed[$0] && ids.contains(network.places.ids[$0]) }
  }

  private func headlines(of plan: KeptPlan) -> [ReportPage.Figure] {
    let costs = plan.sites.map(\.costFen)
    let cost = costs.contains(nil) ? nil : costs.reduce(0.0) { $0 + Double($1 ?? 0) } / 100
    let gained = plan.servedAfter - plan.servedBefore
    let share = plan.customers > 0 ? Double(plan.servedAfter) / Double(plan.customers) : nil
    return [
      .init(
        label: sentences.say(en: "Sites to open", zh: "拟设网点"), value: Figures.whole(plan.sites.count),
        detail: sentences.say(
          en: "of \(Figures.whole(plan.candidates)) candidates",
          zh: "候选点共 \(Figures.whole(plan.candidates)) 个")),
      .init(
        label: sentences.say(en: "Customers gained", zh: "新增覆盖户数"), value: Figures.whole(gained), detail: ""),
      .init(
        label: sentences.say(en: "All customers served then", zh: "实施后全部客户覆盖率"),
        value: Figures.percent(share), detail: sentences.partOf(plan.servedAfter, plan.customers)),
      .init(
        label: sentences.say(en: "Cost, yuan", zh: "费用（元）"), value: Figures.decimal(cost, digits: 0),
        detail: cost.flatMap { cost in
          gained > 0
            ? sentences.say(
              en: "\(Figures.decimal(cost / Double(gained), digits: 2)) for each customer gained",
              zh: "每新增一户 \(Figures.decimal(cost / Double(gained), digits: 2)) 元") : nil
        } ?? ""),
    ]
  }

  private func figure(_ value: Double, of plan: KeptPlan) -> String {
    Figures.decimal(plan.unit == "fen" ? value / 100 : value, digits: plan.unit == "yuan" ? 2 : 0)
  }

  private func unit(of plan: KeptPlan) -> String {
    switch plan.unit {
    case "customers": sentences.say(en: "customers served", zh: "户达标")
    case "payments": sentences.say(en: "payments a month served", zh: "笔/月达标")
    case "elderly": sentences.say(en: "elderly customers served", zh: "户老年客户达标")
    case "fen": sentences.say(en: "yuan overdue within reach", zh: "元欠费在达标范围内")
    case "sites": sentences.say(en: "sites", zh: "个网点")
    case "yuan": sentences.say(en: "yuan", zh: "元")
    case "payment_seconds": sentences.say(en: "payment-seconds a month on the way", zh: "笔·秒/月路程")
    case "seconds": sentences.say(en: "seconds to the farthest place", zh: "秒（最远村/社区）")
    case "villages": sentences.say(en: "villages", zh: "个村")
    default: plan.unit
    }
  }

  /// How good the plan is, in plain words.
  private func proof(of plan: KeptPlan) -> String {
    let value = figure(plan.value, of: plan)
    let kept =
      plan.keptOn.isEmpty
      ? "" : sentences.say(en: ", kept on \(plan.keptOn)", zh: "，保存于 \(plan.keptOn)")
    let head = sentences.say(
      en: "Plan \"\(plan.name)\"\(kept): \(value) \(unit(of: plan)).",
      zh: "方案“\(plan.name)”\(kept)：\(value) \(unit(of: plan))。")
    if plan.isProven {
      return head
        + sentences.say(
          en:
            " It is proven that no other choice from these candidates within the same limit is better: the bound equals the value, the gap is zero.",
          zh: "已证明：在相同限制下从这些候选点中任选，都不会更好（界等于方案值，差距为零）。")
    }
    let gap = plan.value == 0 ? nil : abs(plan.bound - plan.value) / abs(plan.value)
    return head
      + sentences.say(
        en:
          " No other choice from these candidates within the same limit can be better than \(figure(plan.bound, of: plan)), so that at most \(Figures.percent(gap)) could still be gained.",
        zh: "在相同限制下从这些候选点中任选，都不会好于 \(figure(plan.bound, of: plan))，即至多还可改进 \(Figures.percent(gap))。")
  }

  private var mapCaption: String {
    sentences.say(
      en:
        "The numbers stand in the order to open the sites, and for the rows of the table below. Crosses are places that stay unserved.",
      zh: "编号为开设次序，与下表各行对应；叉号为仍未覆盖的村/社区。")
  }

  private var curveCaption: String {
    sentences.say(
      en:
        "What the best plan found for each number of sites serves, and what no plan of so many can exceed; the ring is this plan.",
      zh: "各网点数下已找到的最好方案的覆盖量，以及任何方案都不会超过的上界；圆圈为本方案。")
  }

  private func siteTable(of plan: KeptPlan) -> ReportPage.Table {
    func whole(_ value: Double?) -> String { Figures.decimal(value, digits: 0) }
    let rows = plan.sites.enumerated().map { order, site in
      let each = site.customersGained.flatMap { customers in
        site.costFen.flatMap { fen($0, perCustomers: customers) }
      }
      return [
        Cell("\(order + 1)"), Cell(site.name.isEmpty ? site.id : "\(site.id) \(site.name)"),
        Cell(figure(Double(site.gain), of: plan)),
        Cell(Figures.whole(site.newlyServed.count)), Cell(Figures.whole(site.customersGained)),
        Cell(Figures.whole(site.elderlyGained)),
        Cell(Figures.decimal(site.costFen.map { Double($0) / 100 }, digits: 2)),
        Cell(Figures.decimal(each.map { Double($0) / 100 }, digits: 2)), Cell(whole(site.forecast?.expected)),
        Cell(
          site.forecast.map { "\(whole($0.interval.lowerBound))–\(whole($0.interval.upperBound))" }
            ?? Figures.missing),
      ]
    }
    return .init(
      caption: sentences.say(en: "The sites, in the order to open them", zh: "拟设网点（按开设次序）"),
      columns: [
        .text(""), .text(sentences.say(en: "site", zh: "拟设网点")), .number(sentences.say(en: "gain", zh: "增益")),
        .number(sentences.say(en: "places", zh: "村/社区")),
        .number(sentences.say(en: "customers", zh: "户数")), .number(sentences.say(en: "elderly", zh: "老年户")),
        .number(sentences.say(en: "cost, yuan", zh: "费用（元）")),
        .number(sentences.say(en: "yuan per customer", zh: "每户（元）")),
        .number(sentences.say(en: "payments a month", zh: "预计月笔数")),
        .number(sentences.say(en: "95\u{A0}% of months", zh: "95% 区间")),
      ], rows: rows)
  }

  private func alternativeTable(of plan: KeptPlan) -> ReportPage.Table {
    func names(_ ids: [String]) -> String {
      ids.isEmpty ? Figures.missing : ids.joined(separator: sentences.say(en: ", ", zh: "、"))
    }
    return .init(
      caption: sentences.say(en: "Other plans that are nearly as good", zh: "几乎同样好的其他方案"),
      columns: [
        .text(""), .text(sentences.say(en: "without", zh: "不设")),
        .text(sentences.say(en: "instead", zh: "改设")),
        .number(sentences.say(en: "value", zh: "方案值")),
        .number(sentences.say(en: "beside this plan", zh: "与本方案相差")),
      ],
      rows: plan.alternatives.enumerated().map { number, other in
        [
          Cell("\(number + 1)"), Cell(names(other.without)), Cell(names(other.instead)),
          Cell(figure(other.value, of: plan)), Cell(figure(other.value - plan.value, of: plan)),
        ]
      })
  }

  private func core(of plan: KeptPlan) -> String {
    let sites = plan.sites.map(\.id).filter(plan.core.contains)
    guard !sites.isEmpty else {
      return sentences.say(
        en: "No single site is in every plan that is nearly as good: each can be exchanged.",
        zh: "没有任何网点是所有相近方案都必设的：每个都可以替换。")
    }
    return sentences.say(
      en: "In every plan that is nearly as good, as is proven: \(sites.joined(separator: ", ")).",
      zh: "已证明所有相近方案都必设：\(sites.joined(separator: "、"))。")
  }

  private func stillUnserved(after gained: [Int]) -> [ReportPage.Block] {
    let served = Set(gained)
    let places = network.places
    let rest = coverage.isServed.indices.filter { !coverage.isServed[$0] && !served.contains($0) }
    guard !rest.isEmpty else {
      return [
        .paragraph(sentences.say(en: "With this plan every place is served.", zh: "方案实施后，所有村/社区均达标。"))
      ]
    }
    let customers = rest.reduce(0.0) { $0 + Double(places.customers[$1]) }
    let most = rest.sorted { (places.customers[$1], $0) < (places.customers[$0], $1) }.prefix(Self.listed)
    let rows = most.map { place in
      let township = places.townshipNames[Int(places.townships[place])]
      return [
        Cell(places.names[place]), Cell(township.isEmpty ? Glossary.notStated[language] : township),
        Cell(places.settings[place].words[language]), Cell(Figures.whole(places.customers[place])),
        Cell(coverage.reasons[place]?.words[language] ?? Figures.missing),
      ]
    }
    return [
      .paragraph(
        sentences.say(
          en:
            "Still unserved then: \(Figures.whole(rest.count)) places with \(Figures.decimal(customers, digits: 0)) customers; those with most:",
          zh: "实施后仍未覆盖：\(Figures.whole(rest.count)) 处、\(Figures.decimal(customers, digits: 0)) 户；户数最多的为：")),
      .table(
        .init(
          caption: "",
          columns: [
            .text(ReportWord.place[language]), .text(ReportWord.township[language]),
            .text(ReportWord.setting[language]), .number(ReportWord.customers[language]),
            .text(ReportWord.reason[language]),
          ], rows: rows)),
    ]
  }
}
