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
      blocks.append(.note(PlanWord.otherData[language]))
    }
    if network.places.count > 0 || network.points.count > 0 || !plan.sites.isEmpty {
      let map = ProposalMap(
        of: plan, gained: gained, in: network, coverage: coverage, language: language)
      blocks.append(.drawing(svg: map.svg(), caption: PlanWord.mapCaption[language]))
    }
    blocks.append(.table(siteTable(of: plan)))
    if let chart = CurveChart(plan: plan, language: language).svg() {
      blocks.append(.drawing(svg: chart, caption: PlanWord.curveCaption[language]))
    }
    if !plan.alternatives.isEmpty { blocks.append(.table(alternativeTable(of: plan))) }
    if !plan.core.isEmpty || !plan.alternatives.isEmpty { blocks.append(.note(core(of: plan))) }
    blocks += stillUnserved(after: gained)
    return .init(
      title: PlanWord.proposals[language], blocks: blocks, startsSheet: true)
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
        label: PlanWord.sitesToOpen[language], value: Figures.whole(plan.sites.count),
        detail: sentences.candidates(plan.candidates)),
      .init(
        label: PlanWord.customersGained[language], value: Figures.whole(gained), detail: ""),
      .init(
        label: PlanWord.servedThen[language],
        value: Figures.percent(share), detail: sentences.partOf(plan.servedAfter, plan.customers)),
      .init(
        label: PlanWord.cost[language], value: Figures.decimal(cost, digits: 0),
        detail: cost.map { gained > 0 ? sentences.eachGained($0 / Double(gained)) : "" } ?? ""),
    ]
  }

  private func figure(_ value: Double, of plan: KeptPlan) -> String {
    Figures.decimal(plan.unit == "fen" ? value / 100 : value, digits: plan.unit == "yuan" ? 2 : 0)
  }

  private func unit(of plan: KeptPlan) -> String {
    switch plan.unit {
    case "customers": PlanWord.unitCustomers[language]
    case "payments" where plan.goal == SiteQuestion.Goal.visits.rawValue:
      PlanWord.unitPaymentsCaptured[language]
    case "payments": PlanWord.unitPayments[language]
    case "elderly": PlanWord.unitElderly[language]
    case "fen": PlanWord.unitArrears[language]
    case "sites": PlanWord.unitSites[language]
    case "yuan": PlanWord.unitYuan[language]
    case "payment_seconds": PlanWord.unitPaymentSeconds[language]
    case "seconds": PlanWord.unitSeconds[language]
    case "villages": PlanWord.unitVillages[language]
    default: plan.unit
    }
  }

  /// How good the plan is, in plain words.
  private func proof(of plan: KeptPlan) -> String {
    let value = figure(plan.value, of: plan)
    let gap = plan.value == 0 ? nil : abs(plan.bound - plan.value) / abs(plan.value)
    return sentences.proof(
      of: plan, value: "\(value) \(unit(of: plan))", bound: figure(plan.bound, of: plan), gap: gap)
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
      caption: PlanWord.sitesTable[language],
      columns: [
        .text(""), .text(PlanWord.site[language]), .number(PlanWord.gain[language]),
        .number(PlanWord.places[language]),
        .number(PlanWord.customers[language]), .number(PlanWord.elderly[language]),
        .number(PlanWord.cost[language]),
        .number(PlanWord.yuanPerCustomer[language]),
        .number(PlanWord.paymentsPerMonth[language]),
        .number(PlanWord.interval[language]),
      ], rows: rows)
  }

  private func alternativeTable(of plan: KeptPlan) -> ReportPage.Table {
    func names(_ ids: [String]) -> String {
      ids.isEmpty ? Figures.missing : ids.joined(separator: sentences.comma)
    }
    return .init(
      caption: PlanWord.alternativesTable[language],
      columns: [
        .text(""), .text(PlanWord.without[language]),
        .text(PlanWord.instead[language]),
        .number(PlanWord.value[language]),
        .number(PlanWord.difference[language]),
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
    return sites.isEmpty ? PlanWord.noCore[language] : sentences.core(sites)
  }

  private func stillUnserved(after gained: [Int]) -> [ReportPage.Block] {
    let served = Set(gained)
    let places = network.places
    let rest = coverage.isServed.indices.filter { !coverage.isServed[$0] && !served.contains($0) }
    guard !rest.isEmpty else {
      return [
        .paragraph(PlanWord.allServed[language])
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
      .paragraph(sentences.stillUnserved(places: rest.count, customers: customers)),
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
