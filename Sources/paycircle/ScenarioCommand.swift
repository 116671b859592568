import ArgumentParser
import Foundation
import Planning
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

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  @Option(help: .words("The name a scenario is kept by. Default: its own.", zh: "保存情景所用的名称。默认用其自身的名称。"))
  var name: String?

  @Option(
    help: .words(
      "The time kept with a scenario, as YYYY-MM-DDThh:mm:ssZ. Default: now.",
      zh: "随情景保存的时间,格式 YYYY-MM-DDThh:mm:ssZ。默认为现在。"))
  var stamp: String?

  func validate() throws {
    try requireTime(stamp)
    if name == "" { throw ValidationError(said("--name: expected a name.", zh: "--name:应给出名称。")) }
  }

  func run() throws {
    let store = ScenarioStore(
      atlas: input.atlas, language: output.language, json: output.json,
      stamp: stamp ?? ISO8601DateFormatter().string(from: Date()))
    if let task = ScenarioTask(scenario) { return try store.run(task, name: name) }
    guard scenario.count == 1 else {
      throw Failure(
        status: .usage,
        sentence: Bilingual(
          en: "scenario: expected one file or name, found \(scenario.count); --compare sets others beside it",
          zh: "scenario:应给出一个文件或名称,而有 \(scenario.count) 个;用 --compare 对比其他情景"),
        language: output.language)
    }
    let files = try ([scenario[0]] + compare).map(store.file)
    let (network, options) = try question.asked(of: input, output.language)
    let surveys = try failing(in: output.language) { try Atlas(path: input.atlas).surveys() }
    let baseline = ScenarioBaseline(of: network, options, surveys)
    let outcomes = try files.map { try store.outcome(of: $0, baseline) }
    if output.json {
      try say(document(outcomes).text)
    } else {
      for (number, outcome) in outcomes.enumerated() {
        if number > 0 { try say("") }
        try say(ScenarioTable(outcome: outcome, language: output.language).lines.joined(separator: "\n"))
      }
      if outcomes.count > 1 {
        try say(ScenarioComparison(outcomes: outcomes, language: output.language).lines.joined(separator: "\n"))
      }
    }
  }

  private func document(_ outcomes: [ScenarioOutcome]) -> JSON {
    let first = outcomes[0]
    return .object(
      ScenarioJSON.head(first.before.options) + ScenarioJSON(outcome: first).members + [
        ("compared", .array(outcomes.dropFirst().map { .object(ScenarioJSON(outcome: $0).members) })),
        ("synthetic", .bool(first.network.sources.contains(where: \.isSynthetic))),
      ])
  }
}

/// Several scenarios side by side.
struct ScenarioComparison {
  let outcomes: [ScenarioOutcome]
  let language: Language

  var lines: [String] {
    var table = TextTable(
      header: [
        word("scenario", "情景"), word("customers served", "达标户数"), "%", word("gained", "新增"), word("lost", "减少"),
        word("elderly %", "老年 %"), word("mean min", "平均分钟"), "P90", word("with point", "有网点村"),
        word("monthly yuan", "每月元"),
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    func append(_ name: String, _ coverage: Coverage, _ elderly: Tally, _ outcome: ScenarioOutcome?) {
      let summary = coverage.summary
      table.append([
        name, Figures.whole(summary.all.customers.served), Figures.percent(summary.all.customers.share),
        outcome.map { Figures.whole($0.gained.count) } ?? "", outcome.map { Figures.whole($0.lost.count) } ?? "",
        Figures.percent(elderly.share), Figures.minutes(meanSeconds: summary.seconds.mean),
        Figures.minutes(seconds: summary.seconds.p90), Figures.whole(summary.villages.withPoint),
        outcome.map { Figures.decimal(Double($0.costs.monthlyFen) / 100, digits: 2) } ?? "",
      ])
    }
    append(word("as it is", "现状"), outcomes[0].before, outcomes[0].elderly(after: false), nil)
    for outcome in outcomes { append(outcome.scenario.name, outcome.after, outcome.elderly(after: true), outcome) }
    return [""] + table.lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}
