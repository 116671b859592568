import ArgumentParser
import Geo
import Planning
import Storage
import Words

extension ExportFormat: ExpressibleByArgument {}
extension ExportLayer: ExpressibleByArgument {}
extension ExportDatum: ExpressibleByArgument {}

/// `paycircle export county.gpkg --format geojson --layer places --to places.geojson`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: said(
      "Write a layer for other programs: GeoJSON or CSV.",
      zh: "将图层导出为 GeoJSON 或 CSV,供其他程序使用。"),
    discussion: said(
      """
      places and uncovered carry the verdict on each place; circles is the ten-minute payment circle itself, merged,
      or with --each that of every point by itself. The file appears whole or not at all.

      Example:
        paycircle export jiyuan.gpkg --format geojson --layer places --to places.geojson
        paycircle export jiyuan.gpkg --format csv --layer uncovered --to uncovered.csv
        paycircle export jiyuan.gpkg --format geojson --layer circles --datum gcj02 --to circles.geojson
        paycircle export jiyuan.gpkg --format geojson --layer plan --plan spring --to plan.geojson
        paycircle export jiyuan.gpkg --format geojson --layer circles --each --travel roads --to each.geojson
      """,
      zh: """
        places 和 uncovered 带有每处的判定结果;circles 是合并后的十分钟交费圈,
        加 --each 则每个网点各自一个。文件要么完整出现,要么不出现。

        示例:
          paycircle export jiyuan.gpkg --format geojson --layer places --to places.geojson
          paycircle export jiyuan.gpkg --format csv --layer uncovered --to uncovered.csv
          paycircle export jiyuan.gpkg --format geojson --layer circles --datum gcj02 --to circles.geojson
          paycircle export jiyuan.gpkg --format geojson --layer plan --plan 春季 --to plan.geojson
          paycircle export jiyuan.gpkg --format geojson --layer circles --each --travel roads --to each.geojson
        """))

  @OptionGroup var input: AtlasArgument

  @Option(help: .words("The file's format.", zh: "文件格式。"))
  var format: ExportFormat

  @Option(help: .words("What to write.", zh: "要导出的图层。"))
  var layer: ExportLayer

  @Option(help: .words("The file to write.", zh: "要写入的文件。"), completion: .file())
  var to: String

  @Option(help: .words("The frame of the coordinates written.", zh: "导出坐标的坐标系。"))
  var datum = ExportDatum.wgs84

  @Flag(
    help: .words(
      "With --layer circles: one row for each point that counts, not merged.",
      zh: "与 --layer circles 合用:每个计入网点一行,不合并。"))
  var each = false

  @Option(
    help: .words(
      "With --layer plan: the name it was saved under. Default: the newest.",
      zh: "与 --layer plan 合用:方案名称。默认为最新的。"))
  var plan: String?

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if plan != nil, layer != .plan {
      throw ValidationError(said("--plan: for --layer plan.", zh: "--plan:只用于 --layer plan。"))
    }
    if each, layer != .circles {
      throw ValidationError(
        said(
          "--each: for --layer circles; \(layer.rawValue) has a row for each anyway.",
          zh: "--each:只用于 --layer circles;\(layer.rawValue) 本来就逐条导出。"))
    }
  }

  func run() throws {
    try requireDistinct(
      outputs: [to], inputs: [input.atlas] + [question.standard].compactMap(\.self), output.language)
    let (network, options) = try question.asked(of: input, output.language)
    let answer = coverage(of: network, options)
    let circles =
      layer == .circles && !each
      ? try drawing(output.language) { try answer.paymentCircle(of: network) } : []
    let plan = layer == .plan ? try storedPlan() : nil
    let pointCircles = each ? try drawing(output.language) { try answer.paymentCircles(of: network) } : nil
    try writingOutput(output.language) {
      try export(
        layer, as: format, network: network, coverage: answer, circles: circles,
        pointCircles: pointCircles, plan: plan, datum: datum, to: to)
    }
    if output.json {
      try say(
        JSON.object([
          ("layer", .string(layer.rawValue)), ("format", .string(format.rawValue)), ("file", .string(to)),
        ]).text)
    }
  }
}

extension ExportCommand {
  /// The plan that is asked for.
  private func storedPlan() throws -> StoredPlan {
    let language = output.language
    let stored = try failing(in: language) { try Atlas(path: input.atlas).plan(named: plan) }
    guard let stored else {
      let name = plan.map { " \"\($0)\"" } ?? ""
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(input.atlas): no plan\(name); expected one that `paycircle sites --save NAME` has kept",
          zh: "\(input.atlas):没有方案\(name);应为 `paycircle sites --save 名称` 保存过的方案"),
        language: language)
    }
    return stored
  }
}

/// The ten-minute circle as polygons.
func paymentCircle(_ answer: Coverage, _ network: PaymentNetwork, _ language: Language) throws -> [Polygon] {
  try drawing(language) { try answer.paymentCircle(of: network) }
}

/// Runs `body`, turning trouble with drawing into the end of the command.
private func drawing<Answer>(_ language: Language, _ body: () throws -> Answer) throws -> Answer {
  do {
    return try body()
  } catch {
    throw Failure(
      status: .diskFailure,
      sentence: Bilingual(en: "the circles could not be drawn: \(error)", zh: "无法绘制交费圈:\(error)"),
      language: language)
  }
}

/// Runs `body`, turning trouble with the file it writes into the end of the command.
func writingOutput(_ language: Language, _ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as ExportError {
    throw Failure(status: .cannotWrite, sentence: error.sentence, language: language)
  }
}
