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
      "With --goal relief: the payments of one place may go to several points.",
      zh: "与 --goal relief 合用:同一村/社区的交费可分到多个网点。"))
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
  func validate(_ goal: SiteQuestion.Goal, choose: Int?, budget: Yuan?, curve: Bool) throws {
    if goal == .relief {
      guard choose != nil || budget != nil, !curve else {
        throw ValidationError(
          said(
            "--goal relief: expected --choose or --budget; --target and --curve are for --goal coverage.",
            zh: "--goal relief:应使用 --choose 或 --budget;--target、--curve 用于 --goal coverage。"))
      }
    }
    if gradual, goal != .coverage || choose == nil || curve {
      throw ValidationError(
        said(
          "--gradual: for --goal coverage with --choose, without --curve.",
          zh: "--gradual:只用于 --goal coverage 和 --choose,不能与 --curve 合用。"))
    }
    if split, goal != .relief {
      throw ValidationError(said("--split: for --goal relief.", zh: "--split:只用于 --goal relief。"))
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

extension Percent: CustomStringConvertible {
  init(millionths: Int) { self.millionths = millionths }

  var description: String { Figures.decimal(Double(millionths) / 10_000, digits: 0) + "%" }

  var defaultValueDescription: String { description }
}
