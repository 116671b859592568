import ArgumentParser
import Foundation
import Geo
import Planning
import Reporting
import Storage
import Words

/// `paycircle export county.gpkg --format geojson --layer places --to places.geojson`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: said(
      "Write layers for other programs: GeoJSON, GeoPackage, KML, CSV, a spreadsheet; or the map, as SVG or PNG.",
      zh: "将图层导出为 GeoJSON、GeoPackage、KML、CSV 或电子表格,供其他程序使用;或将地图导出为 SVG、PNG。"),
    discussion: said(
      """
      places and uncovered carry the verdict on each place; circles is the ten-minute payment circle itself, merged,
      or with --each that of every point by itself. coverage and review are tables, for xlsx. all is every layer that the
      format can hold: gpkg (styled in QGIS), kml (.kmz: with icons) and xlsx. map is the drawn map of the report, with scale
      and legend: svg, or png by rsvg-convert (librsvg) on the PATH, --width pixels wide. The file appears whole or not at all.

      Example:
        paycircle export jiyuan.gpkg --format geojson --layer places --to places.geojson
        paycircle export jiyuan.gpkg --format csv --layer uncovered --to uncovered.csv
        paycircle export jiyuan.gpkg --format geojson --layer circles --datum gcj02 --to circles_gcj02.geojson
        paycircle export jiyuan.gpkg --format gpkg --layer all --to jiyuan-layers.gpkg
        paycircle export jiyuan.gpkg --format kml --layer all --to jiyuan.kmz
        paycircle export jiyuan.gpkg --format xlsx --layer all --language zh --to jiyuan.xlsx
        paycircle export jiyuan.gpkg --format geojson --layer plan --plan spring --to plan.geojson
        paycircle export jiyuan.gpkg --format geojson --layer circles --each --travel roads --to each.geojson
        paycircle export jiyuan.gpkg --format png --layer map --width 3000 --language zh --to jiyuan.png
      """,
      zh: """
        places 和 uncovered 带有每处的判定结果;circles 是合并后的十分钟交费圈,
        加 --each 则每个网点各自一个。coverage 和 review 是表格,用于 xlsx。all 为该格式能容纳的全部图层:
        gpkg(在 QGIS 中自带样式)、kml(.kmz 带图标)和 xlsx。map 为报告中的地图,带比例尺和图例:
        svg,或由 PATH 中的 rsvg-convert(librsvg)绘成的 png,宽 --width 像素。文件要么完整出现,要么不出现。

        示例:
          paycircle export jiyuan.gpkg --format geojson --layer places --to places.geojson
          paycircle export jiyuan.gpkg --format csv --layer uncovered --to uncovered.csv
          paycircle export jiyuan.gpkg --format geojson --layer circles --datum gcj02 --to circles_gcj02.geojson
          paycircle export jiyuan.gpkg --format gpkg --layer all --to jiyuan-layers.gpkg
          paycircle export jiyuan.gpkg --format kml --layer all --to jiyuan.kmz
          paycircle export jiyuan.gpkg --format xlsx --layer all --language zh --to jiyuan.xlsx
          paycircle export jiyuan.gpkg --format geojson --layer plan --plan 春季 --to plan.geojson
          paycircle export jiyuan.gpkg --format geojson --layer circles --each --travel roads --to each.geojson
          paycircle export jiyuan.gpkg --format png --layer map --width 3000 --language zh --to jiyuan.png
        """))

  @OptionGroup var input: AtlasArgument

  @Option(help: .words("The file's format.", zh: "文件格式。"))
  var format: ExportedFormat

  @Option(help: .words("What to write.", zh: "要导出的图层。"))
  var layer: ExportedLayer

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

  @Option(
    help: .words(
      "With --format png: the picture's width in pixels, 200 to 16000. Default: 2000, as good as print needs on A4.",
      zh: "与 --format png 合用:图片宽度(像素),200 至 16000。默认 2000,足够 A4 打印。"))
  var width: Int?

  @Option(
    help: .words(
      "With --format png, instead of --width: pixels for each unit of the drawing, which is 1000 wide: 0.2 to 16.",
      zh: "与 --format png 合用,替代 --width:图面宽 1000 单位,每单位的像素数,0.2 至 16。"))
  var scale: Double?

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try validateDrawing()
    if plan != nil, layer != .plan, layer != .all {
      throw ValidationError(said("--plan: for --layer plan.", zh: "--plan:只用于 --layer plan。"))
    }
    if each, layer != .circles {
      throw ValidationError(
        said(
          "--each: for --layer circles; \(layer.rawValue) has a row for each anyway.",
          zh: "--each:只用于 --layer circles;\(layer.rawValue) 本来就逐条导出。"))
    }
    if layer == .coverage || layer == .review, format != .xlsx {
      throw ValidationError(
        said(
          "--layer \(layer.rawValue): a table, for --format xlsx; expected one of places, points, candidates, circles, uncovered, plan.",
          zh:
            "--layer \(layer.rawValue):表格,只用于 --format xlsx;应为 places、points、candidates、circles、uncovered、plan 之一。"
        ))
    }
    if layer == .all, let rows = format.rows, !rows.holdsManyLayers, rows != .xlsx {
      throw ValidationError(
        said(
          "--layer all: \(format.rawValue) holds one layer; expected --format gpkg, kml or xlsx.",
          zh: "--layer all:\(format.rawValue) 只能容纳一个图层;应为 --format gpkg、kml 或 xlsx。"))
    }
    if layer == .circles, format == .xlsx {
      throw ValidationError(
        said(
          "--layer circles: a spreadsheet has no areas; expected --format geojson, gpkg, kml or csv.",
          zh: "--layer circles:电子表格不能存放面;应为 --format geojson、gpkg、kml 或 csv。"))
    }
  }

  func run() throws {
    let language = output.language
    try requireDistinct(
      outputs: [to], inputs: [input.atlas] + [question.standard].compactMap(\.self), language)
    if let rows = format.rows { try writeRows(as: rows) } else { try writeDrawing() }
    if output.json {
      try say(
        JSON.object([
          ("layer", .string(layer.rawValue)), ("format", .string(format.rawValue)), ("file", .string(to)),
        ]).text)
    }
  }

  private func writeRows(as format: ExportFormat) throws {
    let language = output.language
    warnOfDatum()
    var (network, options) = try question.asked(of: input, language)
    if layer == .coverage || layer == .all { options.breakdown = options.breakdown ?? .township }
    var contents = ExportContents(network, coverage(of: network, options))
    contents.plan = try storedPlan()
    contents.hoursInWords = { $0.words }
    let layers = layers(contents)
    if layers.contains(.circles) {
      if each {
        contents.pointCircles = try drawing(language) { try contents.coverage.paymentCircles(of: network) }
      } else {
        contents.circles = try paymentCircle(contents.coverage, network, language)
      }
    }
    if format == .xlsx {
      let sheets = try sheets(layers, contents, options)
      try writingOutput(language) { try writeWorkbook(sheets, note: contents.note, to: to) }
    } else {
      try writingOutput(language) {
        try export(layers, as: format, contents, datum: datum, in: language, to: to)
      }
    }
  }
}

extension ExportCommand {
  /// The layers of the map that are asked for; those that all would have nothing in are left out.
  private func layers(_ contents: ExportContents) -> [ExportLayer] {
    if let single = layer.single { return [single] }
    guard layer == .all else { return [] }
    return ExportLayer.allCases.filter { layer in
      switch layer {
      case .candidates: contents.network.candidates.count > 0
      case .plan: contents.plan != nil
      case .circles: format != .xlsx
      case .places, .points, .uncovered: true
      }
    }
  }

  private func sheets(
    _ layers: [ExportLayer], _ contents: ExportContents, _ options: CoverageOptions
  ) throws -> [Sheet] {
    let language = output.language
    var sheets: [Sheet] = []
    if layer == .coverage || layer == .all { sheets.append(Sheet(of: contents.coverage, in: language)) }
    sheets += layers.map { Sheet($0, contents, datum: datum, in: language) }
    if layer == .review || layer == .all {
      let network = contents.network
      let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
      let waiting = WaitingOptions()
      let evidence = ReviewEvidence(
        network, surveys, coverage: options, waiting: waiting, viability: ViabilityOptions(),
        months: waiting.months)
      sheets.append(Sheet(of: review(of: network, surveys, evidence), network, in: language))
    }
    return sheets
  }
}

// The drawn map.
extension ExportCommand {
  /// How wide the picture is, in pixels.
  private var pixels: Int {
    width ?? scale.map { Int(($0 * 1_000).rounded()) } ?? MapPicture.usualWidth
  }

  private func validateDrawing() throws {
    guard format.isDrawing == (layer == .map) else {
      throw ValidationError(
        format.isDrawing
          ? said(
            "--format \(format.rawValue): a drawing; expected --layer map.",
            zh: "--format \(format.rawValue):图形格式;应为 --layer map。")
          : said(
            "--layer map: a drawing; expected --format svg or png.",
            zh: "--layer map:图形;应为 --format svg 或 png。"))
    }
    if width != nil || scale != nil, format != .png {
      throw ValidationError(
        said("--width, --scale: for --format png.", zh: "--width、--scale:只用于 --format png。"))
    }
    if width != nil, scale != nil {
      throw ValidationError(
        said("--width, --scale: expected one of the two.", zh: "--width、--scale:只能用其中一个。"))
    }
    if let width, !MapPicture.widths.contains(width) {
      throw ValidationError(
        said("--width \(width): expected 200 to 16000.", zh: "--width \(width):应为 200 至 16000。"))
    }
    if let scale, !(0.2...16).contains(scale) {
      throw ValidationError(
        said("--scale \(scale): expected 0.2 to 16.", zh: "--scale \(scale):应为 0.2 至 16。"))
    }
    if format.isDrawing, datum != .wgs84 {
      throw ValidationError(
        said(
          "--datum: a drawing has no coordinates; expected a format of rows.",
          zh: "--datum:图形中没有坐标;应为其他格式。"))
    }
  }

  /// Draws the map as the report has it.
  private func writeDrawing() throws {
    let language = output.language
    let picture = format == .png ? try MapPicture(language) : nil
    let (network, options) = try question.asked(of: input, language)
    let coverage = coverage(of: network, options)
    let report = CoverageReport(
      network: network, coverage: coverage, circles: try mapCircles(coverage, network, language),
      version: Paycircle.version, stamp: nil, language: language)
    if let picture {
      try picture.draw(report.mapSVG(), width: pixels, to: to)
    } else {
      try writingOutput(language) { try writeWhole(report.mapSVG(), to: to) }
    }
  }

  /// Says that a file in another datum than everybody expects should be called so.
  private func warnOfDatum() {
    guard datum != .wgs84, !to.lowercased().contains(datum.rawValue) else { return }
    let name = (to as NSString).lastPathComponent
    let ending = (name as NSString).pathExtension
    let clear =
      (name as NSString).deletingPathExtension + "_\(datum.rawValue)" + (ending.isEmpty ? "" : ".\(ending)")
    standardError(
      "paycircle: "
        + Bilingual(
          en:
            "\(to): positions are in \(datum.rawValue), hundreds of meters from WGS-84; a name such as \(clear) would say so",
          zh: "\(to):坐标系为 \(datum.rawValue),与 WGS-84 相差数百米;建议文件名注明,例如 \(clear)")[output.language])
  }
}

extension ExportCommand {
  /// The plan that is asked for; `nil` where none is, or all are and there is none.
  private func storedPlan() throws -> StoredPlan? {
    guard layer == .plan || layer == .all else { return nil }
    let language = output.language
    let stored = try failing(in: language) { try Atlas(path: input.atlas).plan(named: plan) }
    guard stored != nil || layer == .all && plan == nil else {
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

/// The ten-minute circle as a map shows it: nothing where it could not be seen.
func mapCircles(_ answer: Coverage, _ network: PaymentNetwork, _ language: Language) throws -> [Polygon] {
  CoverageReport.showsCircles(of: network, answer.options) ? try paymentCircle(answer, network, language) : []
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
