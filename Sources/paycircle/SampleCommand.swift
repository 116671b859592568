import ArgumentParser
import Planning
import Storage
import Words

/// `paycircle demand county.gpkg sample --n 400 --to form.csv`
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: said(
      "Draw a stratified sample of places for a distance survey, as a form to fill in; or say what came back.",
      zh: "抽取分层样本并生成交费距离调查表;不加参数则汇总已回收的调查。"),
    discussion: said(
      """
      Strata are terrain, minutes on foot to the nearest point, and the share on fee control. Each stratum gets places
      in proportion to its number of places times how much they differ (Neyman), as the map or an earlier survey says,
      but at least the floor. The same seed
      draws the same places. Fill in the form and import it as distance-surveys: lines nobody answered are counted.

      With --n or --margin the form goes to the file --to names, or to standard output. With neither, the surveys that
      the atlas has are weighed by stratum: mean minutes with their sampling error.

      Example:
        paycircle demand jiyuan.gpkg sample --n 400 --to form.csv
        paycircle import distance-surveys form.csv --into jiyuan.gpkg
        paycircle demand jiyuan.gpkg sample
      """,
      zh: """
        按地形、步行到最近网点的时间和费控占比分层;各层样本量按“地点数 × 差异”分配(Neyman,差异取自地图或以往调查),
        且不少于下限。同一种子抽到同样的地点。填好的表可直接作为 distance-surveys 导入,未作答的行只计数。

        给出 --n 或 --margin 时,调查表写入 --to 指定的文件,否则写到标准输出;
        两者都不给时,按层汇总图集中已有的调查:平均用时及抽样误差。

        示例:
          paycircle demand jiyuan.gpkg sample --n 400 --to form.csv
          paycircle import distance-surveys form.csv --into jiyuan.gpkg
          paycircle demand jiyuan.gpkg sample
        """))

  @OptionGroup var input: AtlasArgument

  @Option(name: .customLong("n"), help: .words("How many places to draw.", zh: "抽取的地点数。"))
  var count: Int?

  @Option(
    help: .words(
      "Draw as many places as it takes to know a share to within this, such as 5%.",
      zh: "按所需精度确定样本量,如 5%。"))
  var margin: PercentArgument?

  @Option(help: .words("People to ask at each place.", zh: "每处访问人数。"))
  var interviewsPerPlace = 1

  @Option(help: .words("The fewest places of a stratum.", zh: "每层至少抽取的地点数。"))
  var floor = 12

  @Option(
    help: .words(
      "How much more alike answers from one place are: 0 not at all, 1 the same. An assumption.",
      zh: "同一地点各答案的相似程度:0 无关,1 相同。为假设值。"))
  var likeness = 0.1

  @Option(help: .words("Names the draw.", zh: "随机种子。"))
  var seed = 1

  @Option(
    help: .words(
      "What the ids of the interviews begin with. Default: Q, the seed and a dash: another draw has other ids.",
      zh: "调查编码的前缀。默认为 Q 加种子加“-”,不同批次编码不同。"))
  var prefix: String?

  @Option(help: .words("The form to write.", zh: "要写入的调查表。"), completion: .file(extensions: ["csv"]))
  var to: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try require(
      count == nil || margin == nil, "--n and --margin: expected one of them.", "--n 与 --margin 只能给一个。")
    try require(count.map { $0 >= 1 } ?? true, "--n: expected a number from 1.", "--n:应为不小于 1 的整数。")
    try require(
      (1...100).contains(interviewsPerPlace), "--interviews-per-place: expected 1...100.",
      "--interviews-per-place:应为 1 至 100。")
    try require((0...10_000).contains(floor), "--floor: expected 0...10000.", "--floor:应为 0 至 10000。")
    try require((0...1).contains(likeness), "--likeness: expected 0...1.", "--likeness:应为 0 至 1。")
    try require(
      idPrefix.utf8.count <= 100 && idPrefix.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 },
      "--prefix: expected at most 100 bytes without control characters.", "--prefix:至多 100 字节,不含控制字符。")
    try require(
      to == nil || count != nil || margin != nil, "--to: expected --n or --margin beside it.",
      "--to:须同时给出 --n 或 --margin。")
  }

  private var idPrefix: String { prefix ?? "Q\(seed)-" }

  func run() throws {
    let language = output.language
    if let to { try requireDistinct(outputs: [to], inputs: [input.atlas], language) }
    let network = try input.network(language)
    let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
    guard count != nil || margin != nil else {
      let sheet = SampleSheet(network: network, language: language)
      let returns = SurveyReturns(surveys.distances, of: network)
      try say(
        output.json ? sheet.document(of: returns).text : sheet.lines(of: returns).joined(separator: "\n"))
      return
    }
    var plan = SurveySample.Plan()
    plan.interviewsPerPlace = interviewsPerPlace
    plan.floor = floor
    plan.likenessWithinPlace = likeness
    plan.seed = seed
    let population = network.places.customers.count { $0 > 0 }
    guard population > 0 else {
      throw Failure(
        status: .dataRefused,
        sentence: Bilingual(
          en: "\(input.atlas): no place with customers; expected places to draw from",
          zh: "\(input.atlas):没有户数大于 0 的地点,无从抽样"),
        language: language)
    }
    plan.places = count ?? SurveySample.placesNeeded(for: margin!.share, of: population, plan)
    let sample = SurveySample(of: network, plan, after: surveys.distances)
    if let to {
      try writingOutput(language) { try writeSurveyForm(sample, of: network, prefix: idPrefix, to: to) }
    }
    let sheet = SampleSheet(network: network, language: language)
    if output.json {
      try say(sheet.document(of: sample))
    } else if to != nil {
      try say(sheet.lines(of: sample).joined(separator: "\n"))
    } else {
      try say(surveyForm(sample, of: network, prefix: idPrefix).droppingLastLineEnd)
      standardError(sheet.lines(of: sample).joined(separator: "\n"))
    }
  }

  private func require(_ isGood: Bool, _ english: String, _ chinese: String) throws {
    if !isGood { throw ValidationError(said(english, zh: chinese)) }
  }
}

extension String {
  /// The text without the line end that `say` will put back.
  fileprivate var droppingLastLineEnd: String { hasSuffix("\r\n") ? String(dropLast()) + "\r" : self }
}

/// A share written in percent, such as `5%`.
struct PercentArgument: ExpressibleByArgument {
  var share: Double

  init?(argument: String) {
    guard argument.hasSuffix("%"), let percent = Double(argument.dropLast()), percent > 0, percent < 100
    else {
      return nil
    }
    share = percent / 100
  }
}
