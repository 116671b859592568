public import Planning
import Travel
public import Words

/// What scenarios change, as one HTML file with a difference map, for screen and A4.
///
///     let report = ScenarioReport([outcome], version: "0.1.0", language: .chinese)
///     try writeWhole(report.html(), to: "plan.html")
///
/// The same values make the same bytes on every machine. Names may hold any character; what markup or XML cannot carry is escaped.
public struct ScenarioReport: Sendable {
  private let outcomes: [ScenarioOutcome]
  private let version: String
  private let language: Language

  /// How many places of each kind are listed.
  private static let listed = 40

  /// A report on one scenario, or several side by side.
  ///
  /// - Precondition: there is at least one.
  public init(_ outcomes: [ScenarioOutcome], version: String, language: Language) {
    precondition(!outcomes.isEmpty, "at least one scenario is expected")
    self.outcomes = outcomes
    self.version = version
    self.language = language
  }

  /// The report as HTML that is also well-formed XML, without script and without anything to fetch.
  ///
  /// - Complexity: O(*places* + *points* + *corners of boundaries and roads*) for each scenario.
  public func html() -> String { ReportHTML(page: page).text() }

  /// The difference map of the first scenario, as an SVG element that stands alone.
  public func mapSVG() -> String { ScenarioMap(outcome: outcomes[0], language: language).svg() }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private var page: ReportPage {
    let first = outcomes[0]
    let isSynthetic = first.network.sources.contains(where: \.isSynthetic)
    var sections = outcomes.count > 1 ? [comparison] : []
    for outcome in outcomes { sections += self.sections(outcome) }
    return ReportPage(
      language: language,
      title: word("What if: ", "情景分析:") + outcomes.map(\.scenario.name).joined(separator: word(", ", "、")),
      subtitle: first.before.options.standard.name,
      warnings: isSynthetic ? [ReportWord.synthetic[language]] : [], sections: sections,
      foot: ["\(ReportWord.madeBy[language]) paycircle \(version)", ReportWord.internalMaterial[language]],
      sheetFoot: ReportWord.internalMaterial[language], generator: "paycircle \(version)")
  }

  private var comparison: ReportPage.Section {
    func row(_ name: String, _ coverage: Coverage, _ elderly: Tally, _ outcome: ScenarioOutcome?)
      -> [ReportPage.Cell]
    {
      let summary = coverage.summary
      return [
        .init(name), .init(Figures.whole(summary.all.customers.served)),
        .init(Figures.percent(summary.all.customers.share), bar: summary.all.customers.share),
        .init(outcome.map { Figures.whole($0.gained.count) } ?? ""),
        .init(outcome.map { Figures.whole($0.lost.count) } ?? ""), .init(Figures.percent(elderly.share)),
        .init(Figures.minutes(meanSeconds: summary.seconds.mean)),
        .init(Figures.whole(summary.villages.withPoint)),
      ]
    }
    let first = outcomes[0]
    return .init(
      title: word("Side by side", "并列对比"),
      blocks: [
        .table(
          .init(
            caption: "",
            columns: [
              .text(word("Scenario", "情景")), .number(word("Customers served", "达标户数")), .number("%"),
              .number(word("Places gained", "新达标")), .number(word("Places lost", "不再达标")),
              .number(word("Elderly %", "老年 %")), .number(word("Mean minutes", "平均分钟")),
              .number(word("Villages with a point", "有网点的行政村")),
            ],
            rows: [row(word("As it is", "现状"), first.before, first.elderly(after: false), nil)]
              + outcomes.map { row($0.scenario.name, $0.after, $0.elderly(after: true), $0) }))
      ])
  }

  private func sections(_ outcome: ScenarioOutcome) -> [ReportPage.Section] {
    let name = outcomes.count > 1 ? outcome.scenario.name + word(": ", ":") : ""
    var sections = [results(outcome, name)]
    sections.append(
      .init(
        title: name + word("Map of the changes", "变动分布图"),
        blocks: [
          .drawing(
            svg: ScenarioMap(outcome: outcome, language: language).svg(),
            caption: word(
              "Green discs become served, red crosses are no longer served; the rest is as it was.",
              "绿色圆点为新达标,红色叉为不再达标;其余不变。"))
        ]))
    if let townships = townships(outcome) {
      sections.append(.init(title: name + ReportWord.byTownship[language], blocks: [.table(townships)]))
    }
    for (places, title) in [
      (outcome.gained, word("Places gained", "新达标的村/社区")), (outcome.lost, word("Places lost", "不再达标的村/社区")),
    ] where !places.isEmpty {
      sections.append(.init(title: name + title, blocks: self.places(places, outcome)))
    }
    let takeovers = takeovers(outcome)
    if !takeovers.isEmpty {
      sections.append(.init(title: name + word("Who takes over", "由谁接替"), blocks: takeovers))
    }
    return sections
  }

  private func results(_ outcome: ScenarioOutcome, _ name: String) -> ReportPage.Section {
    let (before, after) = (outcome.before.summary, outcome.after.summary)
    func served(_ label: String, _ a: Tally, _ b: Tally) -> ReportPage.Figure {
      let change = b.served - a.served
      return .init(
        label: label, value: Figures.percent(b.share),
        detail: word("before ", "之前 ") + Figures.percent(a.share)
          + word("; customers ", ";户数 ") + (change > 0 ? "+" : "") + Figures.whole(change))
    }
    func figure(_ label: String, _ a: String, _ b: String) -> ReportPage.Figure {
      .init(label: label, value: b, detail: a == b ? word("unchanged", "不变") : word("before ", "之前 ") + a)
    }
    func count(_ label: String, _ a: Int?, _ b: Int?) -> ReportPage.Figure {
      figure(label, Figures.whole(a), Figures.whole(b))
    }
    var figures = [
      figure(
        word("Mean minutes", "平均分钟"), Figures.minutes(meanSeconds: before.seconds.mean),
        Figures.minutes(meanSeconds: after.seconds.mean)),
      figure(
        "P90", Figures.minutes(seconds: before.seconds.p90), Figures.minutes(seconds: after.seconds.p90)),
      count(word("Villages with a point", "有网点的行政村"), before.villages.withPoint, after.villages.withPoint),
      count(
        word("Villages with an effective point", "有有效网点的行政村"), before.villages.effective,
        after.villages.effective),
      count(
        word("Customers on a single point", "只依赖一个网点的户数"),
        outcome.assuranceBefore.singlePoint.customers.served,
        outcome.assuranceAfter.singlePoint.customers.served),
    ]
    if let waiting = outcome.waiting {
      func over(_ waiting: Waiting) -> Int { waiting.peaks.count { $0?.isOverloaded == true } }
      figures.append(count(word("Overloaded points", "超负荷网点"), over(waiting.before), over(waiting.after)))
    }
    if let viability = outcome.viability {
      figures.append(
        count(
          word("Points below break-even", "低于保本笔数的网点"), viability.before.belowBreakEven,
          viability.after.belowBreakEven))
    }
    if let payments = outcome.payments {
      figures.append(
        figure(
          word("Payments in person a month", "每月线下交费笔数"), Figures.decimal(payments.totalBefore, digits: 0),
          Figures.decimal(payments.totalAfter, digits: 0)))
    }
    var blocks: [ReportPage.Block] = []
    if !outcome.scenario.description.isEmpty { blocks.append(.paragraph(outcome.scenario.description)) }
    blocks += [
      .headlines([
        served(word("All customers served", "全部客户达标率"), before.all.customers, after.all.customers),
        served(Glossary.town[language], before.town.customers, after.town.customers),
        served(Glossary.village[language], before.village.customers, after.village.customers),
        served(Glossary.elderly[language], outcome.elderly(after: false), outcome.elderly(after: true)),
      ]), .figures(figures), .list(changes(outcome)),
    ]
    return .init(title: name + ReportWord.results[language], blocks: blocks)
  }

  /// What becomes of the points, in sentences.
  private func changes(_ outcome: ScenarioOutcome) -> [String] {
    let points = outcome.network.points
    func list(_ positions: [Int], _ title: String) -> [String] {
      guard !positions.isEmpty else { return [] }
      let names = positions.prefix(12).map { "\(points.ids[$0]) \(points.names[$0])" }
      let more =
        positions.count > 12 ? word(" and \(positions.count - 12) more", "等 \(positions.count) 个") : ""
      return [title + names.joined(separator: word("; ", ";")) + more]
    }
    var lines = list(outcome.opened, word("Opened: ", "新设:")) + list(outcome.closed, word("Closed: ", "关闭:"))
    lines += list(outcome.moved, word("Moved: ", "迁移:")) + list(outcome.altered, word("Altered: ", "变更:"))
    let cost = outcome.costs
    if !outcome.opened.isEmpty || cost.monthlyFen != 0 {
      let opening = Figures.decimal(Double(cost.openingFen) / 100, digits: 2)
      let monthly =
        (cost.monthlyFen > 0 ? "+" : "") + Figures.decimal(Double(cost.monthlyFen) / 100, digits: 2)
      var line = word(
        "Costs: opening \(opening) yuan, the month \(monthly) yuan", "费用:开办 \(opening) 元,每月 \(monthly) 元")
      if let each = cost.openingFenPerCustomer {
        let text = Figures.decimal(each / 100, digits: 2)
        line += word("; opening for each additional customer \(text) yuan", ";每新增覆盖一户开办费 \(text) 元")
      }
      lines.append(line)
    }
    return lines.isEmpty ? [word("Nothing changes.", "没有变动。")] : lines
  }

  private func townships(_ outcome: ScenarioOutcome) -> ReportPage.Table? {
    let rows = zip(outcome.before.lines, outcome.after.lines).filter { before, after in
      before.summary.all != after.summary.all || before.summary.seconds != after.summary.seconds
    }.map { before, after -> [ReportPage.Cell] in
      let (old, new) = (before.summary.all.customers, after.summary.all.customers)
      let change = new.served - old.served
      return [
        .init(before.key.isEmpty ? Glossary.notStated[language] : before.key),
        .init(Figures.percent(old.share)),
        .init(Figures.percent(new.share), bar: new.share),
        .init((change > 0 ? "+" : "") + Figures.whole(change)),
        .init(Figures.minutes(meanSeconds: before.summary.seconds.mean)),
        .init(Figures.minutes(meanSeconds: after.summary.seconds.mean)),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return .init(
      caption: word("Townships that change", "有变化的乡镇"),
      columns: [
        .text(Glossary.township[language]), .number(word("Before", "之前")), .number(word("After", "之后")),
        .number(word("Customers", "户数变化")), .number(word("Mean minutes before", "平均分钟(之前)")),
        .number(word("After", "之后")),
      ], rows: rows)
  }

  private func places(_ places: [Int], _ outcome: ScenarioOutcome) -> [ReportPage.Block] {
    let table = outcome.network.places
    let most = places.sorted { (-table.customers[$0], $0) < (-table.customers[$1], $1) }
    func minutes(_ coverage: Coverage, _ place: Int) -> String {
      Figures.minutes(seconds: coverage.nearestPoints[place] < 0 ? nil : Int(coverage.seconds[place]))
    }
    let rows = most.prefix(Self.listed).map { place -> [ReportPage.Cell] in
      let point = Int(outcome.after.nearestPoints[place])
      return [
        .init("\(table.ids[place]) \(table.names[place])"), .init(Figures.whole(table.customers[place])),
        .init(Figures.whole(outcome.elderly(ofPlace: place, after: true))),
        .init(minutes(outcome.before, place)),
        .init(minutes(outcome.after, place)),
        .init(point < 0 ? Figures.missing : outcome.network.points.names[point]),
      ]
    }
    let customers = places.reduce(0) { $0 + table.customers[$1] }
    let elderly = places.reduce(0) { $0 + outcome.elderly(ofPlace: $1, after: true) }
    return [
      .paragraph(
        word(
          "\(Figures.whole(places.count)) places with \(Figures.whole(customers)) customers, \(Figures.whole(elderly)) of them elderly.",
          "共 \(Figures.whole(places.count)) 处,\(Figures.whole(customers)) 户,其中老年 \(Figures.whole(elderly)) 户。"
        )),
      .table(
        .init(
          caption: places.count > Self.listed
            ? word("The \(Self.listed) with most customers", "户数最多的 \(Self.listed) 处") : "",
          columns: [
            .text(Glossary.places[language]), .number(Glossary.customers[language]),
            .number(word("Elderly", "老年户")), .number(word("Minutes before", "之前分钟")),
            .number(word("After", "之后")),
            .text(word("Nearest point after", "之后最近网点")),
          ], rows: Array(rows))),
    ]
  }

  private func takeovers(_ outcome: ScenarioOutcome) -> [ReportPage.Block] {
    guard let payments = outcome.payments, !payments.takeovers.isEmpty else { return [] }
    let points = outcome.network.points
    var blocks: [ReportPage.Block] = payments.takeovers.prefix(12).map { takeover in
      let rows = takeover.takers.prefix(6).map { taker -> [ReportPage.Cell] in
        let standIn = outcome.standIn(taker, for: takeover)
        func busy(_ value: Double?) -> String {
          value.map { Figures.decimal($0 * 100, digits: 0) + "%" } ?? Figures.missing
        }
        return [
          .init("\(points.ids[taker.point]) \(points.names[taker.point])"),
          .init(Figures.decimal(taker.payments, digits: 0)),
          .init(Figures.percent(standIn.share), bar: standIn.share),
          .init(busy(standIn.utilizationAfter)), .init(Figures.percent(standIn.hoursShare)),
          .init(
            standIn.keepsUp.map { $0 ? word("yes", "能") : word("no", "不能") } ?? Glossary.notKnown[language]),
        ]
      }
      let total = Figures.decimal(takeover.payments, digits: 0)
      let nobody = Figures.decimal(takeover.unreached, digits: 0)
      return .table(
        .init(
          caption: word(
            "\(points.ids[takeover.point]) \(points.names[takeover.point]): \(total) payments a month, taken over by nobody \(nobody)",
            "\(points.ids[takeover.point]) \(points.names[takeover.point]):每月 \(total) 笔,无人接替 \(nobody) 笔"),
          columns: [
            .text(Glossary.points[language]), .number(word("Per month", "每月笔数")), .number("%"),
            .number(word("Busy at the peak", "高峰利用率")), .number(word("Open when it was", "营业时间重合")),
            .text(word("Keeps up", "能否接替")),
          ], rows: Array(rows)))
    }
    blocks.append(
      .note(
        word(
          "Whether they keep enough money at hand (float) is not in the data.", "备用金是否充足,数据中没有。")))
    return blocks
  }
}
