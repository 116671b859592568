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
      map's scale cannot show of the circles, it leaves out. Without a browser --pdf ends with status 73; the HTML is written.

      Example:
        paycircle report jiyuan.gpkg --to report.html --language zh
        paycircle report jiyuan.gpkg --to report.html --pdf
      """,
      zh: """
        文件无需网络和脚本。相同的图集和选项生成相同的字节。
        交费圈中地图比例尺显示不出的部分略去不画。没有浏览器时 --pdf 以状态 73 结束,HTML 照常写好。

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
      inputs: [input.atlas] + [question.standard].compactMap(\.self),
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
    let circles = try paymentCircle(answer, network, output.language)
    let evidence = try reportEvidence(network, options, atlas: input.atlas, output.language)
    return CoverageReport(
      network: network, coverage: answer, circles: circles, evidence: evidence, version: Paycircle.version, stamp: stamp,
      language: output.language)
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
