import ArgumentParser
import Foundation
import Planning
import Storage
import Travel
import Words

/// `paycircle sites county.gpkg --choose 20`
struct SitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites",
    abstract: said(
      "Where to open payment points, with a proof of how good the proposal is.",
      zh: "在哪里新设网点,并证明方案有多好。"),
    discussion: said(
      """
      Existing points stay and count; a site that is opened is judged like any other point. Goals: coverage, the most
      weight served; distance, the shortest ways of all in-person payments together; worst, the farthest place as near
      as possible; relief, no point busier at its peak than a limit, with as few payments as possible that find no
      place, and short ways; visits, the most payments that sites draw; promise, what planners usually want: first as
      few villages as possible below L3 (an effective point in the village), then the fewest customers outside the
      standard, then the shortest ways, then the least cost. Having no point to go to counts as a day's way. The bound is true: no plan within the limit is better.
      Stopped by --time-limit or Ctrl-C, the best plan so far is printed with its bound; it is not deterministic then.
      Ends with status 1 where --target cannot be reached.

      --verify holds a plan that --save kept against the volumes since. A site has become the point with its id, or a new
      point within 100 m: one of its name, else the nearest. New is what the plan did not know, or what opened after it.
      Months count from the first whole one after opening. Ends with status 66 where nothing can be compared yet.

      Example:
        paycircle sites jiyuan.gpkg --choose 20
        paycircle sites jiyuan.gpkg --budget 500000yuan --months 12 --weight elderly
        paycircle sites jiyuan.gpkg --target 95% --candidates grid:500m --json
        paycircle sites jiyuan.gpkg --goal distance --choose 5 --forbid C001,C002
        paycircle sites jiyuan.gpkg --choose 5 --curve --alternatives 3 --within-gap 0.1%
        paycircle sites jiyuan.gpkg --choose 5 --save spring
        paycircle sites jiyuan.gpkg --verify spring
        paycircle sites jiyuan.gpkg --goal relief --choose 10 --max-counters 2
        paycircle sites jiyuan.gpkg --gradual --choose 10
        paycircle sites jiyuan.gpkg --goal visits --choose 5 --from others
        paycircle sites jiyuan.gpkg --goal promise --choose 20
        paycircle sites jiyuan.gpkg --goal promise --choose 0 --relocate 5
        paycircle sites jiyuan.gpkg --choose 10 --spacing 800m --per-township 2
        paycircle sites jiyuan.gpkg --choose 0 --relocate 5 --keep-unless 0.1%
        paycircle sites jiyuan.gpkg --phases 10,10,20
      """,
      zh: """
        现有网点保留并计入;新设的网点与其他网点一样判定。目标:coverage 达标权重最大;
        distance 全部线下交费的路程总和最短;worst 最远的村/社区尽量近;
        relief 各网点高峰利用率不超限,无处可去的交费尽量少,路程尽量短;visits 新网点吸引的交费最多;
        promise 规划通常所要的:先使未达 L3(村内有有效网点)的村最少,再使未达标户数最少,再使路程最短,再使费用最低。无网点可去按一天路程计。
        界是真实的:限额内没有更好的方案。用 --time-limit 或 Ctrl-C 中止时,打印当时最好的方案及其界,
        此时结果不可复现。--target 无法达到时以状态 1 结束。

        --verify 将 --save 保存的方案与其后的业务量对照。候选点对应编码相同的网点,或 100 米内的新网点:
        先取同名者,再取最近者。方案未知的、或方案保存之后开业的网点为新网点。
        自开业后第一个完整月份起对照。尚无可对照时以状态 66 结束。

        示例:
          paycircle sites jiyuan.gpkg --choose 20
          paycircle sites jiyuan.gpkg --budget 500000yuan --months 12 --weight elderly
          paycircle sites jiyuan.gpkg --target 95% --candidates grid:500m --json
          paycircle sites jiyuan.gpkg --goal distance --choose 5 --forbid C001,C002
          paycircle sites jiyuan.gpkg --choose 5 --curve --alternatives 3 --within-gap 0.1%
          paycircle sites jiyuan.gpkg --choose 5 --save 春季
          paycircle sites jiyuan.gpkg --verify 春季
          paycircle sites jiyuan.gpkg --goal relief --choose 10 --max-counters 2
          paycircle sites jiyuan.gpkg --gradual --choose 10
          paycircle sites jiyuan.gpkg --goal visits --choose 5 --from others
          paycircle sites jiyuan.gpkg --goal promise --choose 20
          paycircle sites jiyuan.gpkg --goal promise --choose 0 --relocate 5
          paycircle sites jiyuan.gpkg --choose 10 --spacing 800m --per-township 2
          paycircle sites jiyuan.gpkg --choose 0 --relocate 5 --keep-unless 0.1%
          paycircle sites jiyuan.gpkg --phases 10,10,20
        """))

  @OptionGroup var input: AtlasArgument

  @Option(help: .words("Open at most so many sites, kept ones included.", zh: "最多新设的网点数,含 --keep 的。"))
  var choose: Int?

  @Option(
    help: .words(
      "Open sites that cost at most so much together, with its unit: 50000yuan.",
      zh: "新设总费用上限,须带单位:50000yuan。"))
  var budget: Yuan?

  @Option(
    help: .words(
      "What to reach by the fewest sites: a share of the weight, 95%; with --goal worst nobody farther than 15min, with --goal distance a mean way of 8min.",
      zh: "以最少网点达到的目标:权重占比 95%;--goal worst 为无人远于 15min,--goal distance 为平均路程 8min。"))
  var target: SiteTarget?

  @Flag(
    help: .words("With --target: the cheapest sites instead of the fewest.", zh: "与 --target 合用:费用最低,而非数量最少。")
  )
  var cheapest = false

  @Option(
    help: .words(
      "With --budget and --cheapest: the running costs of so many months count besides opening.",
      zh: "与 --budget、--cheapest 合用:除开办费外计入多少个月的运营费。"))
  var months = 0

  @Option(
    help: .words(
      "What a plan is to be good at: coverage, distance, worst, relief, visits or promise, which is what planners usually want.",
      zh: "方案的目标:coverage 覆盖、distance 路程、worst 最远者、relief 分流、visits 吸引交费、promise 承诺(规划通常所要)。"))
  var goal = SiteQuestion.Goal.coverage

  @Option(
    help: .words(
      "The sites to choose among: table, the atlas's candidates; places, at every place; grid:500m, in every cell where somebody lives.",
      zh: "候选点来源:table 图集中的候选点;places 每个村/社区;grid:500m 每个有客户的网格。"))
  var candidates = CandidateSource.table

  @Option(
    help: .words(
      "Sites that every plan opens, separated by commas; with --close and --relocate also points that stay.",
      zh: "必须新设的候选点,以逗号分隔;与 --close、--relocate 合用时也可列出不得关闭的网点。"))
  var keep: IDList?

  @Option(help: .words("Sites that no plan opens, separated by commas.", zh: "不得新设的候选点,以逗号分隔。"))
  var forbid: IDList?

  @Option(
    help: .words(
      "Leave out sites that could expect fewer payments a month even if they opened alone.",
      zh: "排除即使单独开设、月均预计笔数仍低于此数的候选点。"))
  var minPayments: Int?

  @Option(help: .words("Stop after so long, with its unit: 60s.", zh: "最长计算时间,须带单位:60s。"))
  var timeLimit: TravelTime?

  @Option(
    help: .words(
      "Be content when the bound is at most so far from the plan's value: 0.1%. Default: a proof.",
      zh: "方案与界的差距不超过此值即可:0.1%。默认求证明。"))
  var gap: Percent?

  @Flag(
    help: .words(
      "Say how many seconds the search took; the same question then no longer has the same bytes for an answer.",
      zh: "给出计算用时(秒);此时同样的问题输出不再逐字节相同。"))
  var timing = false

  @Flag(
    help: .words(
      "Also say how much 1, 2, 3 ... sites up to the plan's number can serve, at least and at most.",
      zh: "同时给出 1、2、3……个网点至少和至多能覆盖多少。"))
  var curve = false

  @Option(
    help: .words(
      "Also name so many other plans that are nearly as good and keep to the same rules, and which sites none of these does without; of phases the last varies.",
      zh: "另给出这么多个几乎同样好、遵守同样规则的方案,并指出它们都必设的网点;分期时只变动最后一期。"))
  var alternatives: Int?

  @Option(
    help: .words(
      "With --alternatives: how far from this plan's value a good plan may be.",
      zh: "与 --alternatives 合用:与本方案值的差距不超过此值即为相近方案。"))
  var withinGap: Percent?

  @Option(
    help: .words(
      "Write the proof of the bound, of each aim where there are several, to this file (JSON).",
      zh: "将界的证明(多个目标时逐一证明)写入此文件(JSON)。"),
    completion: .file(extensions: ["json"]))
  var certificate: String?

  @Option(
    help: .words(
      "Keep the plan in the atlas under this name, for `paycircle export --layer plan`.",
      zh: "以此名称将方案保存在图集中,供 `paycircle export --layer plan` 导出。"))
  var save: String?

  @Option(
    help: .words(
      "The time kept with the plan, as YYYY-MM-DDThh:mm:ssZ. Default: now.",
      zh: "随方案保存的时间,格式 YYYY-MM-DDThh:mm:ssZ。默认为现在。"))
  var stamp: String?

  @Option(
    help: .words(
      "Hold the plan kept under this name against the volumes since: nothing is planned.",
      zh: "将以此名称保存的方案与其后的业务量对照,不作规划。"))
  var verify: String?

  @OptionGroup var goals: SitesGoalArguments
  @OptionGroup(title: said("Rules", zh: "规则")) var rules: SitesRulesArguments
  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let language = output.language
    if let verify { return try report(on: verify) }
    if let certificate {
      try requireDistinct(
        outputs: [certificate], inputs: [input.atlas] + [question.standard].compactMap(\.self), language)
    }
    let interruption = Interruption(after: timeLimit)
    let (network, options) = try question.asked(of: input, language)
    let sites = candidates.sites(of: network)
    var asked = try SitesRequest(command: self, network: network, sites: sites, language: language)
      .question(options)
    let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
    let expectations = SiteExpectations(network, surveys, options)
    let unviable = try unviableSites(sites, network, expectations, keeping: asked.kept)
    asked.forbidden = Set(asked.forbidden).union(unviable.map(\.site)).sorted()
    try goals.complete(
      &asked, network, sites, surveys.services, expectations, atlas: input.atlas, language)
    let proposal: SiteProposal
    do {
      if let sizes = rules.sizes {
        proposal = try network.phasedProposal(asked, sizes, among: sites) { interruption.isDue }
      } else {
        proposal = try network.proposal(asked, among: sites) { interruption.isDue }
      }
    } catch {
      throw failure(error)
    }
    var answer = SitesAnswer(
      network: network, sites: sites, source: candidates, proposal: proposal, unviable: unviable,
      minPayments: minPayments,
      expectations: expectations?.expectations(of: proposal, beside: network),
      curve: curve ? try points(on: network, proposal, sites) { interruption.isDue } : nil,
      seconds: timing ? interruption.seconds : nil,
      limitUtilization: goal == .relief ? Double(goals.limitUtilization.millionths) / 1_000_000 : nil,
      listsMerged: goals.showMerged)
    let proof = try certificate.flatMap { _ in try proposal.proofText() }
    if let certificate, proof == nil { noteMissingProof(certificate) }
    if let alternatives, proposal.isAnswered {
      answer.alternatives = try others(alternatives, proposal, network, sites) { interruption.isDue }
    }
    if let certificate, let proof {
      try writingOutput(language) { try writeWhole(proof, to: certificate) }
    }
    let document = SitesJSON(answer: answer, keepsForecast: save != nil).document.text
    if let save, proposal.isAnswered, let plan = StoredPlan(name: save, document: document) {
      let time = stamp ?? ISO8601DateFormatter().string(from: Date())
      try failing(in: language) { try Atlas(path: input.atlas).keep(plan, stamp: time) }
    }
    try say(
      output.json
        ? document
        : SitesTable(answer: answer, language: language).lines.joined(separator: "\n"))
    if !proposal.isAnswered { throw Failure(status: .no, sentence: nil, language: language) }
  }

  private func noteMissingProof(_ file: String) {
    standardError(
      "paycircle: "
        + Bilingual(
          en:
            "--certificate \(file): nothing written; there is nothing to prove",
          zh: "--certificate \(file):未写入;无需证明")[output.language])
  }

  /// Other plans that are nearly as good.
  private func others(
    _ count: Int, _ proposal: SiteProposal, _ network: PaymentNetwork, _ sites: CandidateTable,
    _ shouldStop: @escaping () -> Bool
  ) throws -> SitesAnswer.Alternatives {
    let millionths = withinGap?.millionths ?? 10_000
    do {
      return SitesAnswer.Alternatives(
        plans: try network.alternatives(
          to: proposal, among: sites, count: count, within: millionths, shouldStop: shouldStop),
        millionths: millionths)
    } catch {
      throw failure(error)
    }
  }

  /// Says what became of a plan.
  private func report(on plan: String) throws {
    let (network, options) = try question.asked(of: input, output.language)
    let answer = try VerifyAnswer(of: plan, in: network, options, input, output.language)
    try say(
      output.json
        ? VerifyJSON(answer: answer).document.text
        : VerifyTable(answer: answer, language: output.language).lines.joined(separator: "\n"))
  }

  private func failure(_ error: SiteQuestionError) -> Failure {
    Failure(status: .dataRefused, sentence: error.sentence(input.atlas), language: output.language)
  }

  private func points(
    on network: PaymentNetwork, _ proposal: SiteProposal, _ sites: CandidateTable,
    _ shouldStop: () -> Bool
  ) throws -> [SiteCurvePoint] {
    do {
      return try network.coverageCurve(
        proposal.question, among: sites, upTo: max(choose ?? 0, proposal.chosen.count), shouldStop: shouldStop
      )
    } catch {
      throw failure(error)
    }
  }

  func validate() throws {
    try requireTime(stamp)
    if save == "" {
      throw ValidationError(said("--save: expected a name.", zh: "--save:应给出名称。"))
    }
    if let verify {
      guard !verify.isEmpty, limitCount == 0, save == nil, certificate == nil, !curve, alternatives == nil,
        keep == nil, forbid == nil, minPayments == nil
      else {
        throw ValidationError(
          said(
            "--verify: expected the name of a plan, and nothing to plan with it.",
            zh: "--verify:应给出方案名称,且不与规划选项合用。"))
      }
      return
    }
    try goals.validate(
      goal, isNumbered: choose != nil || budget != nil || rules.phases != nil, budget: budget, curve: curve)
    try checkTogether()
    guard (0...1_200).contains(months) else {
      throw ValidationError(
        said("--months \(months): expected 0...1200.", zh: "--months \(months):应为 0...1200。"))
    }
    if let minPayments, minPayments < 0 {
      throw ValidationError(
        said(
          "--min-payments \(minPayments): expected a number from 0 up.",
          zh: "--min-payments \(minPayments):应为不小于 0 的数。"))
    }
    if let alternatives, alternatives <= 0 {
      throw ValidationError(
        said(
          "--alternatives \(alternatives): expected a number from 1 up.",
          zh: "--alternatives \(alternatives):应为不小于 1 的数。"))
    }
    if withinGap != nil, alternatives == nil {
      throw ValidationError(said("--within-gap: for --alternatives.", zh: "--within-gap:只用于 --alternatives。"))
    }
    if cheapest, target == nil {
      throw ValidationError(said("--cheapest: for --target.", zh: "--cheapest:只用于 --target。"))
    }
  }

  /// The sites that could not live by themselves, kept ones aside.
  private func unviableSites(
    _ sites: CandidateTable, _ network: PaymentNetwork, _ expectations: SiteExpectations?, keeping kept: [Int]
  ) throws -> [(site: Int, expected: Double)] {
    guard let minPayments else { return [] }
    guard let expectations else {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en:
            "\(input.atlas): neither volumes nor distance surveys; --min-payments expects an atlas that one of them was imported into",
          zh: "\(input.atlas):既无业务量也无交费距离调查;--min-payments 需要其中之一"),
        language: output.language)
    }
    let alone = expectations.alone(sites, in: network)
    return sites.ids.indices.filter { alone[$0].expected < Double(minPayments) && !kept.contains($0) }
      .map { ($0, alone[$0].expected) }
  }
}

extension TextColumn {
  /// The positions of the texts.
  var indices: Range<Int> { 0..<count }
}

extension SiteQuestionError {
  func sentence(_ atlas: String) -> Bilingual {
    Bilingual(
      en:
        "\(atlas): weights or costs add up to more than can be planned with; expected sums below 10¹⁰ payments, 10¹⁸ of weight, 10¹⁵ fen",
      zh: "\(atlas):权重或费用之和过大,无法规划;笔数应低于 10¹⁰,权重应低于 10¹⁸,费用应低于 10¹⁵ 分")
  }
}
