import ArgumentParser
import Planning
import Reporting
import Storage
import Words

/// `paycircle report county.gpkg --to report.html`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: said(
      "Write the coverage report: one HTML file to read, print and keep.",
      zh: "生成覆盖报告:一个可阅读、打印和留存的 HTML 文件。"),
    discussion: said(
      """
      The file needs no network and no script. The same atlas and options make the same bytes. What the
      map's scale cannot show of the circles, it leaves out. Where the atlas holds a plan, a chapter tells of it.
      Without a browser --pdf ends with status 73; the HTML is written.

      Example:
        paycircle report jiyuan.gpkg --to report.html --language zh
        paycircle report jiyuan.gpkg --to report.html --pdf
      """,
      zh: """
        文件无需网络和脚本。相同的图集和选项生成相同的字节。
        交费圈中地图比例尺显示不出的部分略去不画。图集中有方案时另有一章说明方案。
        没有浏览器时 --pdf 以状态 73 结束,HTML 照常写好。

        示例:
          paycircle report jiyuan.gpkg --to report.html --language zh
          paycircle report jiyuan.gpkg --to report.html --pdf
        """))

  @OptionGroup var input: AtlasArgument

  @Option(
    help: .words("The HTML file to write.", zh: "要写入的 HTML 文件。"), completion: .file(extensions: ["html"]))
  var to: String

  @Option(
    help: .words("Also write the report's map, as an SVG file.", zh: "另将报告中的地图写为 SVG 文件。"),
    completion: .file(extensions: ["svg"]))
  var map: String?

  @Option(
    help: .words(
      "The plan that the chapter of proposals tells of, by the name `paycircle sites --save` kept it under. Default: the newest.",
      zh: "选址方案一章所述的方案,即 `paycircle sites --save` 保存时的名称。默认为最新的。"))
  var plan: String?

  @Option(
    help: .words(
      "An earlier atlas (.gpkg) to compare with: the same question is asked of it anew.",
      zh: "用来对比的较早图集(.gpkg):对其重新提出同样的问题。"),
    completion: .file(extensions: ["gpkg"]))
  var compareWith: String?

  @Option(
    help: .words(
      "A scenario to set beside the network as it is, a file or the name of one that the atlas keeps; may be repeated.",
      zh: "与现状对比的情景,文件或图集中情景的名称;可重复。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var scenario: [String] = []

  @Option(
    help: .words(
      "The share of town customers that the first page holds coverage against. Default: 100%.",
      zh: "首页所对照的城区客户覆盖率目标。默认 100%。"))
  var townTarget: Percent?

  @Option(
    help: .words(
      "The share of villages with a payment point that the first page holds the villages against. Default: 100%.",
      zh: "首页所对照的有网点行政村比例目标。默认 100%。"))
  var villageTarget: Percent?

  @Flag(
    help: .words(
      "Also print the report to PDF, beside the HTML file, through Chromium or Chrome on the PATH.",
      zh: "另用 PATH 中的 Chromium 或 Chrome 将报告打印为 PDF,与 HTML 文件同名。"))
  var pdf = false

  @Option(help: .words("A time to print as the time of making. Default: none.", zh: "印在报告上的生成时间。默认不印。"))
  var stamp: String?

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    try requireDistinct(
      outputs: [to] + [map, printed].compactMap(\.self),
      inputs: [input.atlas] + scenario + [compareWith, question.standard].compactMap(\.self),
      output.language)
    let report = try self.report()
    try writingOutput(output.language) {
      try writeWhole(report.html(), to: to)
      if let map { try writeWhole(report.mapSVG(), to: map) }
    }
    if let printed { try PDFPrinter(output.language).print(to, to: printed) }
    if output.json {
      try say(JSON.object([("file", .string(to)), ("map", JSON(map)), ("pdf", JSON(printed))]).text)
    }
  }

  /// The PDF file, where one is asked for.
  private var printed: String? { pdf ? PDFPrinter.path(beside: to) : nil }

  private func report() throws -> CoverageReport {
    var (network, options) = try question.asked(of: input, output.language)
    options.breakdown = .township
    let answer = coverage(of: network, options)
    let circles = try mapCircles(answer, network, output.language)
    let evidence = try reportEvidence(network, options, atlas: input.atlas, output.language)
    return CoverageReport(
      network: network, coverage: answer, circles: circles, evidence: evidence, version: Paycircle.version,
      stamp: stamp, language: output.language, plan: try keptPlan(), targets: targets,
      change: try change(to: network, answer), scenarios: try outcomes(network, options))
  }

  private var targets: ReportTargets {
    func share(_ percent: Percent?) -> Double { percent.map { Double($0.millionths) / 1_000_000 } ?? 1 }
    return ReportTargets(townShare: share(townTarget), villageShare: share(villageTarget))
  }

  /// The same question of the earlier atlas, along its own roads where there are some; `nil` where none was given.
  private func change(to network: PaymentNetwork, _ answer: Coverage) throws -> CoverageChange? {
    guard let compareWith else { return nil }
    let language = output.language
    var options = answer.options
    let earlier = try failing(in: language) {
      let atlas = try Atlas(path: compareWith)
      var earlier = try atlas.network()
      if options.travel == .roads { earlier.roads = try atlas.networkRoads() }
      return earlier
    }
    if earlier.roads == nil { options.travel = .straight }
    return CoverageChange(from: earlier, coverage(of: earlier, options), to: network, answer)
  }

  /// What each scenario would change.
  private func outcomes(_ network: PaymentNetwork, _ options: CoverageOptions) throws -> [ScenarioOutcome] {
    guard !scenario.isEmpty else { return [] }
    let language = output.language
    let store = ScenarioStore(atlas: input.atlas, language: language, json: false, stamp: "")
    let files = try scenario.map(store.file)
    let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
    let baseline = ScenarioBaseline(of: network, options, surveys)
    return try files.map { try store.outcome(of: $0, baseline) }
  }

  /// The plan to tell of; `nil` where none was asked for and none is kept.
  private func keptPlan() throws -> KeptPlan? {
    let language = output.language
    let stored = try failing(in: language) { try Atlas(path: input.atlas).plan(named: plan) }
    guard stored == nil, let plan else { return stored?.told }
    throw Failure(
      status: .inputMissing,
      sentence: Bilingual(
        en: "\(input.atlas): no plan \"\(plan)\"; expected one that `paycircle sites --save NAME` has kept",
        zh: "\(input.atlas):没有方案 \"\(plan)\";应为 `paycircle sites --save 名称` 保存过的方案"),
      language: language)
  }
}

/// What the atlas's surveys, volumes and feedback say, by the calibration that the question was asked with.
func reportEvidence(
  _ network: PaymentNetwork, _ options: CoverageOptions, atlas path: String, _ language: Language
) throws -> ReportEvidence {
  try failing(in: language) {
    let atlas = try Atlas(path: path)
    let calibration = options.calibration == nil ? nil : try atlas.calibration()?.calibration
    return ReportEvidence(network, try atlas.surveys(), options, calibration: calibration)
  }
}
