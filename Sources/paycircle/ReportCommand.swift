import ArgumentParser
import Planning
import Reporting
import Storage
import Words

/// `paycircle report county.gpkg --to report.html`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the coverage report: one HTML file to read, print and keep.",
    discussion: """
      The file needs no network and no script. The same atlas and options make the same bytes. What the
      map's scale cannot show of the circles, it leaves out.

      Example:
        paycircle report jiyuan.gpkg --to report.html --language zh
      """)

  @OptionGroup var input: AtlasArgument

  @Option(help: "The HTML file to write.", completion: .file(extensions: ["html"]))
  var to: String

  @Option(help: "Also write the report's map, as an SVG file.", completion: .file(extensions: ["svg"]))
  var map: String?

  @Option(help: "A time to print as the time of making. Default: none.")
  var stamp: String?

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    try requireDistinct(
      outputs: [to] + [map].compactMap(\.self),
      inputs: [input.atlas] + [question.standard].compactMap(\.self),
      output.language)
    let report = try Self.report(
      of: try input.network(output.language), question, stamp: stamp, language: output.language)
    try writingOutput(output.language) {
      try writeWhole(report.html(), to: to)
      if let map { try writeWhole(report.mapSVG(), to: map) }
    }
    if output.json {
      try say(JSON.object([("file", .string(to)), ("map", JSON(map))]).text)
    }
  }

  /// The report of a network.
  static func report(
    of network: PaymentNetwork, _ question: CoverageArguments, stamp: String?, language: Language
  ) throws -> CoverageReport {
    var options = try question.options(language)
    options.breakdown = .township
    let answer = coverage(of: network, options)
    let circles = try paymentCircle(answer, network, language)
    return CoverageReport(
      network: network, coverage: answer, circles: circles,
      travel: question.travel.rawValue, version: Paycircle.version, stamp: stamp, language: language)
  }
}
