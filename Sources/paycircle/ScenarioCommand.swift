import ArgumentParser
import Foundation
import Planning
import Reporting
import Storage
import Travel
import Words

/// `paycircle scenario county.gpkg plan.yaml`
struct ScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: said(
      "What if: points opened, closed or moved, other hours, more fee control; before and after.",
      zh: "如果……会怎样:网点新设、关闭、迁移,营业时间或费控变化;前后对比。"),
    discussion: said(
      """
      A scenario is a list of changes in a YAML file, applied in order to the network as it is, which stays as it is:

        name: close one, open one
        changes:
          - close: P0171
          - open: {point_id: N1, kind: shop, longitude: 112.59, latitude: 35.09, place_id: 419001001001-01}
          - open: {candidate: C012}
          - move: {point_id: P0300, longitude: 112.60, latitude: 35.10}
          - set: {point_id: P0301, hours: "Mo-Su 08:00-20:00", counters: 2}
          - set: {where: {kind: shop, township: all}, methods: [cash, qr]}
          - grow: {township: all, factor: 1.1}
          - fee_control: 80%
          - road_closed: {line: [[112.590, 35.090], [112.595, 35.090]], modes: [car]}

      Scenarios are kept in the atlas by tasks in the place of the file: list; show NAME; save FILE (--name NAME);
      diff A B; copy A B; delete NAME; apply NAME makes one the network of record, with a line in the import journal;
      undo takes the last one back. NAME@2 is the second version. Ends with status 1 where closing is not advisable.

      Example:
        paycircle scenario jiyuan.gpkg plan.yaml
        paycircle scenario jiyuan.gpkg plan.yaml --compare other.yaml --json
        paycircle scenario jiyuan.gpkg --close P0171 --notice notice.html
        paycircle scenario jiyuan.gpkg save plan.yaml
        paycircle scenario jiyuan.gpkg --sweep "fee_control=50%..80%:5%" --chart sweep.svg
        paycircle scenario jiyuan.gpkg plan.yaml --draws 200 --seed 1
      """,
      zh: """
        情景是 YAML 文件中的变动列表,依次作用于现状网络,现状本身不变:

          name: 关一个开一个
          changes:
            - close: P0171
            - open: {point_id: N1, kind: shop, longitude: 112.59, latitude: 35.09, place_id: 419001001001-01}
            - open: {candidate: C012}
            - move: {point_id: P0300, longitude: 112.60, latitude: 35.10}
            - set: {point_id: P0301, hours: "Mo-Su 08:00-20:00", counters: 2}
            - set: {where: {kind: shop, township: all}, methods: [cash, qr]}
            - grow: {township: all, factor: 1.1}
            - fee_control: 80%
            - road_closed: {line: [[112.590, 35.090], [112.595, 35.090]], modes: [car]}

        情景可保存在图集中,在文件的位置写任务:list 列出;show 名称;save 文件(--name 名称);
        diff 甲 乙;copy 甲 乙;delete 名称;apply 名称 使其成为正式网络并记入导入日志;undo 撤销最近一次。
        名称@2 表示第二版。不宜停业时以状态 1 结束。

        示例:
          paycircle scenario jiyuan.gpkg plan.yaml
          paycircle scenario jiyuan.gpkg plan.yaml --compare other.yaml --json
          paycircle scenario jiyuan.gpkg --close P0171 --notice notice.html
          paycircle scenario jiyuan.gpkg save plan.yaml
          paycircle scenario jiyuan.gpkg --sweep "fee_control=50%..80%:5%" --chart sweep.svg
          paycircle scenario jiyuan.gpkg plan.yaml --draws 200 --seed 1
        """))

  @OptionGroup var input: AtlasArgument

  @Argument(
    help: .words(
      "The scenario: a file, or the name of one that the atlas keeps; or a task and its names.",
      zh: "情景文件,或图集中情景的名称;或任务及名称。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var scenario: [String] = []

  @Option(
    help: .words(
      "Another scenario to set beside it, a file or a name; may be repeated.", zh: "另一个用来对比的情景,文件或名称;可重复。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var compare: [String] = []

  @Option(
    help: .words(
      "Whether this point should close, in three steps: deficiency, impact, remedy.",
      zh: "评估该网点可否关闭:缺口、影响、补救三步。"))
  var close: String?

  @Option(
    help: .words(
      "With --close: a notice for customers, as .html or text.", zh: "与 --close 合用:给客户的公告,.html 或文本。"),
    completion: .file(extensions: ["html", "txt"]))
  var notice: String?

  @Option(
    help: .words(
      "Vary one thing, value after value: fee_control=50%..80%:5%, grow=1..1.5:0.1, within=5min..20min:5min, open=C001,C002 or close=P1,P2 one at a time.",
      zh:
        "逐值变化:fee_control=50%..80%:5%、grow=1..1.5:0.1、within=5min..20min:5min、open=C001,C002 或 close=P1,P2(逐个)。"
    ))
  var sweep: SweepArgument?

  @Option(
    help: .words("With --sweep: a chart, as an SVG file.", zh: "与 --sweep 合用:折线图(SVG 文件)。"),
    completion: .file(extensions: ["svg"]))
  var chart: String?

  @Option(
    help: .words(
      "Ask so many times again with factors of travel that could as well be true.", zh: "按出行系数的不确定性重复抽样的次数。"))
  var draws: Int?

  @Option(help: .words("The seed of the draws.", zh: "抽样的种子。"))
  var seed: UInt64 = 1

  @Option(
    help: .words("Write a page with a map of the changes (HTML).", zh: "写出含变动分布图的页面(HTML)。"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: .words("Write what changes as GeoJSON.", zh: "将变化写为 GeoJSON。"),
    completion: .file(extensions: ["geojson"]))
  var geojson: String?

  @Option(help: .words("The name a scenario is kept by. Default: its own.", zh: "保存情景所用的名称。默认用其自身的名称。"))
  var name: String?

  @Option(
    help: .words(
      "The time kept with a scenario, as YYYY-MM-DDThh:mm:ssZ. Default: now.",
      zh: "随情景保存的时间,格式 YYYY-MM-DDThh:mm:ssZ。默认为现在。"))
  var stamp: String?

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try requireTime(stamp)
    if name == "" { throw ValidationError(said("--name: expected a name.", zh: "--name:应给出名称。")) }
    if let draws, !(1...100_000).contains(draws) {
      throw ValidationError(
        said("--draws \(draws): expected 1...100000.", zh: "--draws \(draws):应为 1...100000。"))
    }
    func refuse(_ option: String, _ isWrong: Bool, without other: String) throws {
      if isWrong {
        throw ValidationError(said("\(option): expected \(other) too.", zh: "\(option):应同时给出 \(other)。"))
      }
    }
    try refuse("--notice", notice != nil && close == nil, without: "--close")
    try refuse("--chart", chart != nil && sweep == nil, without: "--sweep")
    if close != nil, sweep != nil || draws != nil || !compare.isEmpty || !scenario.isEmpty {
      throw ValidationError(
        said(
          "--close asks about the network as it is: expected no scenario, --compare, --sweep or --draws beside it.",
          zh: "--close 针对现状网络:不应同时给出情景、--compare、--sweep、--draws。"))
    }
    if sweep != nil, draws != nil || html != nil || geojson != nil || !compare.isEmpty {
      throw ValidationError(
        said(
          "--sweep: expected no --draws, --html, --geojson or --compare beside it.",
          zh: "--sweep 不应与 --draws、--html、--geojson、--compare 合用。"))
    }
    if scenario.isEmpty, close == nil, sweep == nil, draws == nil {
      throw ValidationError(
        said(
          "expected a scenario: a file, a name that the atlas keeps, or a task such as list.",
          zh: "应给出情景:文件、图集中的名称,或 list 之类的任务。"))
    }
  }

  func run() throws {
    let language = output.language
    let store = ScenarioStore(
      atlas: input.atlas, language: language, json: output.json,
      stamp: stamp ?? ISO8601DateFormatter().string(from: Date()))
    if let task = ScenarioTask(scenario) { return try store.run(task, name: name) }
    guard scenario.count <= 1 else {
      throw Failure(
        status: .usage,
        sentence: Bilingual(
          en: "scenario: expected one file or name, found \(scenario.count); --compare sets others beside it",
          zh: "scenario:应给出一个文件或名称,而有 \(scenario.count) 个;用 --compare 对比其他情景"),
        language: language)
    }
    try requireDistinct(
      outputs: [notice, chart, html, geojson].compactMap(\.self),
      inputs: [input.atlas] + scenario + compare + [question.standard].compactMap(\.self), language)
    let files = try (scenario + compare).map(store.file)
    let (network, options) = try question.asked(of: input, language)
    let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
    let baseline = ScenarioBaseline(of: network, options, surveys)
    if let close { return try assess(close, baseline) }
    if let sweep { return try answer(sweep, files.first, baseline, store) }
    let outcomes = try files.map { try store.outcome(of: $0, baseline) }
    try write(outcomes)
    let uncertainty = try uncertainty(outcomes, baseline)
    if output.json {
      try say(document(outcomes, uncertainty, baseline).text)
      return
    }
    for (number, outcome) in outcomes.enumerated() {
      if number > 0 { try say("") }
      try say(ScenarioTable(outcome: outcome, language: language).lines.joined(separator: "\n"))
    }
    if outcomes.count > 1 {
      try say(ScenarioComparison(outcomes: outcomes, language: language).lines.joined(separator: "\n"))
    }
    if let uncertainty { try say(uncertainty.lines.joined(separator: "\n")) }
  }

  private func document(
    _ outcomes: [ScenarioOutcome], _ uncertainty: UncertaintyPage?, _ baseline: ScenarioBaseline
  ) -> JSON {
    var members = ScenarioJSON.head(baseline.options)
    if let first = outcomes.first {
      members += ScenarioJSON(outcome: first).members
      members.append(
        ("compared", .array(outcomes.dropFirst().map { .object(ScenarioJSON(outcome: $0).members) })))
    }
    if let uncertainty { members.append(("uncertainty", uncertainty.document)) }
    members.append(("synthetic", .bool(baseline.network.sources.contains(where: \.isSynthetic))))
    return .object(members)
  }

  /// Writes the page and the GeoJSON, where they are asked for.
  private func write(_ outcomes: [ScenarioOutcome]) throws {
    guard let first = outcomes.first else { return }
    try writingOutput(output.language) {
      if let html {
        try writeWhole(
          ScenarioReport(outcomes, version: Paycircle.version, language: output.language).html(), to: html)
      }
      if let geojson { try writeWhole(ScenarioGeoJSON(outcome: first).text, to: geojson) }
    }
  }

  private func assess(_ id: String, _ baseline: ScenarioBaseline) throws {
    let language = output.language
    let points = baseline.network.points
    guard let point = (0..<points.count).first(where: { points.ids[$0] == id }) else {
      throw Failure(
        status: .dataRefused,
        sentence: Bilingual(
          en: "--close \(id): no such point; expected the id of a point of \(input.atlas)",
          zh: "--close \(id):没有这个网点;应为 \(input.atlas) 中网点的编码"), language: language)
    }
    guard points.statuses[point] != .closed else {
      throw Failure(
        status: .dataRefused,
        sentence: Bilingual(
          en: "--close \(id): it is closed; expected a point that is not", zh: "--close \(id):已关闭;应为尚未关闭的网点"),
        language: language)
    }
    let assessment = try baseline.assessment(ofClosing: point)
    try write([assessment.outcome])
    if let notice {
      let text = ClosureNotice(assessment, version: Paycircle.version, language: language)
      try writingOutput(language) {
        try writeWhole(notice.lowercased().hasSuffix(".html") ? text.html() : text.text(), to: notice)
      }
    }
    let page = ClosurePage(assessment: assessment, language: language)
    try say(output.json ? page.document.text : page.lines.joined(separator: "\n"))
    if assessment.verdict == .notAdvisable { throw Failure(status: .no, sentence: nil, language: language) }
  }

  private func answer(
    _ argument: SweepArgument, _ file: ScenarioFile?, _ baseline: ScenarioBaseline, _ store: ScenarioStore
  ) throws {
    let scenario = file?.scenario ?? Scenario()
    let steps: [SweepStep]
    do throws(ChangeError) {
      steps = try baseline.steps(of: argument.sweep, beside: scenario)
    } catch {
      // A change of the sweep itself stands after those of the file.
      let said = file ?? ScenarioFile(scenario, file: "--sweep")
      var problem = said.problem(error)
      if error.change >= scenario.changes.count {
        problem.file = "--sweep \(argument.name)"
        problem.line = nil
      }
      throw Failure(status: .dataRefused, sentence: problem.sentence, language: output.language)
    }
    let page = SweepPage(
      argument: argument, steps: steps, scenario: scenario, baseline: baseline, language: output.language)
    if let chart {
      let drawing = SweepChart(steps, labels: argument.labels, title: page.title, language: output.language)
      try writingOutput(output.language) { try writeWhole(drawing.svg() + "\n", to: chart) }
    }
    try say(output.json ? page.document.text : page.lines.joined(separator: "\n"))
  }

  /// How sure the coverage of each plan is; `nil` where nobody asked.
  private func uncertainty(_ outcomes: [ScenarioOutcome], _ baseline: ScenarioBaseline) throws
    -> UncertaintyPage?
  {
    guard let draws else { return nil }
    let calibration =
      baseline.options.calibration == nil
      ? nil : try failing(in: output.language) { try Atlas(path: input.atlas).calibration() }?.calibration
    let uncertainty = FactorUncertainty(calibration, about: baseline.options.factors)
    func drawn(_ network: PaymentNetwork) -> CoverageDraws {
      network.coverageDraws(baseline.options, uncertainty, count: draws, seed: seed)
    }
    let today = Bilingual(en: "as it is", zh: "现状")[output.language]
    return UncertaintyPage(
      uncertainty: uncertainty, seed: seed,
      plans: [(today, drawn(baseline.network))] + outcomes.map { ($0.scenario.name, drawn($0.network)) },
      language: output.language)
  }
}

/// Several scenarios side by side.
struct ScenarioComparison {
  let outcomes: [ScenarioOutcome]
  let language: Language

  var lines: [String] {
    var table = TextTable(
      header: [
        word("scenario", "情景"), word("customers served", "达标户数"), "%", word("gained", "新增"),
        word("lost", "减少"),
        word("elderly %", "老年 %"), word("mean min", "平均分钟"), "P90", word("with point", "有网点村"),
        word("monthly yuan", "每月元"),
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    func append(_ name: String, _ coverage: Coverage, _ elderly: Tally, _ outcome: ScenarioOutcome?) {
      let summary = coverage.summary
      table.append([
        name, Figures.whole(summary.all.customers.served), Figures.percent(summary.all.customers.share),
        outcome.map { Figures.whole($0.gained.count) } ?? "",
        outcome.map { Figures.whole($0.lost.count) } ?? "",
        Figures.percent(elderly.share), Figures.minutes(meanSeconds: summary.seconds.mean),
        Figures.minutes(seconds: summary.seconds.p90), Figures.whole(summary.villages.withPoint),
        outcome.map { Figures.decimal(Double($0.costs.monthlyFen) / 100, digits: 2) } ?? "",
      ])
    }
    append(word("as it is", "现状"), outcomes[0].before, outcomes[0].elderly(after: false), nil)
    for outcome in outcomes {
      append(outcome.scenario.name, outcome.after, outcome.elderly(after: true), outcome)
    }
    return [""] + table.lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}
