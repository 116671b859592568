import ArgumentParser
import Planning
import Reporting
import Travel
import Words

/// `paycircle coverage county.gpkg --by township`
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Who is served by the ten-minute circle and the every-village rule, and who is not.",
    discussion: """
      A town place is served when the way to the nearest point that counts takes at most the limit; a village place
      when a point is assigned to its village, or lies within the village radius. The rim counts as within. Seconds
      are rounded up.

      Example:
        paycircle coverage jiyuan.gpkg --by township
        paycircle coverage jiyuan.gpkg --at "Sa 18:30" --method cash --json
      """)

  @OptionGroup var input: AtlasArgument
  @OptionGroup var question: CoverageArguments

  @Option(help: "Break the answer down by township, setting or terrain.")
  var by: CoverageOptions.Breakdown?

  @OptionGroup var output: OutputOptions

  func run() throws {
    var options = try question.options(output.language)
    options.breakdown = by
    let network = try input.network(output.language)
    let answer = coverage(of: network, options)
    if output.json {
      try say(
        CoverageJSON(network: network, coverage: answer, travel: question.travel.rawValue).document.text)
    } else {
      let table = CoverageTable(network: network, coverage: answer, language: output.language)
      try say(table.lines.joined(separator: "\n"))
    }
  }
}
