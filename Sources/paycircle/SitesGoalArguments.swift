import ArgumentParser
import Planning
import Storage
import Travel
import Words

/// What single goals of `sites` ask for besides.
struct SitesGoalArguments: ParsableArguments {
  @Flag(
    help: .words(
      "With --goal coverage: count each place by the decay of the way to its nearest point, as surveys or volumes tell it (else half at 12 minutes), instead of all or nothing.",
      zh: "与 --goal coverage 合用:按到最近网点路程的衰减(由调查或业务量校准,否则 12 分钟减半)计入各村/社区,而非达标与否。"))
  var gradual = false

  @Option(
    help: .words(
      "With --goal relief: how busy the counters of a point may be at its peak.",
      zh: "与 --goal relief 合用:网点高峰时窗口利用率的上限。"))
  var limitUtilization = Percent(millionths: 850_000)

  @Option(
    help: .words(
      "With --goal relief: the longest way anybody is sent, with its unit.",
      zh: "与 --goal relief 合用:客户被安排前往网点的最长路程时间,须带单位。"))
  var reach = TravelTime.minutes(30)

  @Flag(
    help: .words(
      "With --goal relief: the payments of one place may go to several points, as a place needs that has more than any one point can take.",
      zh: "与 --goal relief 合用:同一村/社区的交费可分到多个网点;笔数超过单个网点容量的村/社区需要如此。"))
  var split = false

  @Option(
    help: .words(
      "With --goal relief: the most counters an opened site may have; the fewest that its payments need are proposed.",
      zh: "与 --goal relief 合用:新设网点最多的窗口数;方案给出满足业务量的最少窗口数。"))
  var maxCounters = 3

  @Option(
    help: .words(
      "With --goal relief and --budget: what each counter beyond the site's own number (1 where not stated) costs, with its unit.",
      zh: "与 --goal relief、--budget 合用:超出候选点自带窗口数(未注明为 1)的每个窗口的费用,须带单位。"))
  var counterCost: Yuan?

  @Option(
    help: .words(
      "With --goal visits: whose payments count: all; others, those of points that are not the company's own; nobody, those of people who would stay at home.",
      zh: "与 --goal visits 合用:计入谁的交费:all 全部;others 非本公司网点的;nobody 本来不会来交费的人的。"))
  var from = VisitSource.all

  @Option(
    help: .words(
      "With --from others: the operator whose points are the company's own. Default: business halls and self-service terminals are.",
      zh: "与 --from others 合用:本公司的运营方名称。默认营业厅和自助终端为本公司网点。"))
  var ownOperator: String?

  @Option(
    help: .words(
      "With --goal visits: staying at home draws like a village committee so far away, with its unit. Default: everybody comes.",
      zh: "与 --goal visits 合用:不来交费的吸引力相当于多远处的村委会网点,须带单位。默认人人都来。"))
  var stayHome: TravelTime?

  @Flag(
    help: .words(
      "In the JSON, also say which candidate stands for which.", zh: "在 JSON 中同时给出哪个候选点代表哪个。"))
  var showMerged = false

  func validate() throws {
    guard (1...100).contains(maxCounters) else {
      throw ValidationError(
        said(
          "--max-counters \(maxCounters): expected 1...100.", zh: "--max-counters \(maxCounters):应为 1...100。")
      )
    }
    guard limitUtilization.millionths > 0 else {
      throw ValidationError(
        said("--limit-utilization: expected above 0%.", zh: "--limit-utilization:应大于 0%。"))
    }
    guard reach.seconds <= 86_400 else {
      throw ValidationError(said("--reach: expected at most 24h.", zh: "--reach:不应超过 24h。"))
    }
  }

  /// Says what is wrong with the goal together with the limit.
  ///
  /// - Parameter isNumbered: whether there is a number of sites, a budget, or a number for each phase.
  func validate(_ goal: SiteQuestion.Goal, isNumbered: Bool, budget: Yuan?, curve: Bool) throws {
    if goal == .relief {
      guard isNumbered, !curve else {
        throw ValidationError(
          said(
            "--goal relief: expected --choose, --budget or --phases; --target, --curve and --phase-budgets are for other goals.",
            zh: "--goal relief:应使用 --choose、--budget 或 --phases;--target、--curve、--phase-budgets 用于其他目标。"))
      }
    }
    if split, goal != .relief {
      throw ValidationError(said("--split: for --goal relief.", zh: "--split:只用于 --goal relief。"))
    }
    if from != .all || ownOperator != nil || stayHome != nil, goal != .visits {
      throw ValidationError(
        said(
          "--from, --own-operator and --stay-home: for --goal visits.",
          zh: "--from、--own-operator、--stay-home:只用于 --goal visits。"))
    }
    if ownOperator != nil, from != .others {
      throw ValidationError(
        said("--own-operator: for --from others.", zh: "--own-operator:只用于 --from others。"))
    }
    if counterCost != nil, goal != .relief || budget == nil {
      throw ValidationError(
        said(
          "--counter-cost: for --goal relief with --budget.",
          zh: "--counter-cost:只用于 --goal relief 和 --budget。"))
    }
  }

  /// Adds what the goal needs to know to a question.
  func complete(
    _ question: inout SiteQuestion, _ network: PaymentNetwork, _ sites: CandidateTable,
    _ services: ServiceSurveyTable, _ expectations: SiteExpectations?, atlas: String, _ language: Language
  ) throws {
    if gradual { question.gradual = expectations?.decay ?? GradualDecay() }
    if question.goal == .visits {
      question.visits = try visits(
        network, sites, expectations, closesPoints: question.rules.closesPoints, atlas: atlas, language)
    }
    guard question.goal == .relief else { return }
    guard network.volumes.count > 0 else {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en:
            "\(atlas): no volumes; --goal relief expects an atlas that `paycircle import volumes` has put the points' payments into",
          zh: "\(atlas):没有业务量;--goal relief 需要已用 `paycircle import volumes` 导入网点业务量的图集"),
        language: language)
    }
    // Sites that are open are points like others: kinds, hours and handling times follow the same assumptions.
    let all = network.opening(Array(0..<sites.count), of: sites, unstated: question.coverage.unstatedKind)
    let capacities = PointCapacities(
      of: all, services, atMost: Double(limitUtilization.millionths) / 1_000_000)
    var relief = ReliefQuestion()
    (relief.reach, relief.isSplit) = (reach, split)
    relief.pointCapacities = (0..<network.points.count).map { capacities[$0] }
    relief.siteCapacities = (0..<sites.count).map { site in
      (1...maxCounters).map { capacities[network.points.count + site, counters: $0] }
    }
    relief.countersIncluded = sites.counters.map { max(1, Int($0)) }
    relief.counterCostFen = counterCost?.fen ?? 0
    relief.payments = expectations?.payments ?? []
    question.relief = relief
  }
}

extension SitesGoalArguments {
  private func visits(
    _ network: PaymentNetwork, _ sites: CandidateTable, _ expectations: SiteExpectations?,
    closesPoints: Bool, atlas: String, _ language: Language
  ) throws -> CapturedVisits {
    guard let expectations else {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en:
            "\(atlas): neither volumes nor distance surveys; --goal visits expects an atlas that one of them was imported into",
          zh: "\(atlas):既无业务量也无交费距离调查;--goal visits 需要其中之一"),
        language: language)
    }
    let own = try ownOperator.map { name in
      guard let position = network.points.operatorNames.firstIndex(of: name) else {
        throw Failure(
          status: .usage,
          sentence: Bilingual(
            en: "--own-operator \(name): no point has this operator; expected one of \(atlas)",
            zh: "--own-operator \(name):没有网点属于该运营方;应为 \(atlas) 中的运营方"),
          language: language)
      }
      return Int32(position)
    }
    return expectations.visits(
      sites, network, from: from, ownOperator: own, homeMinutes: stayHome.map { Double($0.seconds) / 60 },
      closesPoints: closesPoints)
  }
}

extension VisitSource: ExpressibleByArgument {}

extension Percent: CustomStringConvertible {
  init(millionths: Int) { self.millionths = millionths }

  var description: String { Figures.decimal(Double(millionths) / 10_000, digits: 0) + "%" }

  var defaultValueDescription: String { description }
}
