import ArgumentParser
import Planning
import Reporting
import Storage
import Travel
import Words

/// `paycircle coverage county.gpkg --by township`
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: said(
      "Who is served by the ten-minute circle and the every-village rule, and who is not.",
      zh: "按“城区十分钟、村村能交费”统计达标与未达标的村/社区。"),
    discussion: said(
      """
      A town place is served when the way to the nearest point that counts takes at most the limit; a village place
      when a point is assigned to its village, or lies within the village radius. The rim counts as within. Seconds
      are rounded up.

      Example:
        paycircle coverage jiyuan.gpkg --by township
        paycircle coverage jiyuan.gpkg --at "Sa 18:30" --method cash --json
        paycircle coverage jiyuan.gpkg --with-waiting
      """,
      zh: """
        城区:到最近计入网点的用时不超过限值即达标。农村:所属行政村有网点,
        或村半径内有网点即达标。恰在边界上算达标。秒数向上取整。

        示例:
          paycircle coverage jiyuan.gpkg --by township
          paycircle coverage jiyuan.gpkg --at "Sa 18:30" --method cash --json
          paycircle coverage jiyuan.gpkg --with-waiting
        """))

  @OptionGroup var input: AtlasArgument
  @OptionGroup var question: CoverageArguments

  @Option(
    help: .words(
      "Break the answer down by township, setting or terrain.", zh: "分组统计:township 乡镇、setting 城乡、terrain 地形。")
  )
  var by: CoverageOptions.Breakdown?

  @Flag(
    help: .words(
      "Count the wait at the peak and the handling besides the way, for all who are judged by minutes.",
      zh: "按分钟判定时,除路程外还计入高峰等候和办理时长。"))
  var withWaiting = false

  @OptionGroup var assumptions: WaitingArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    var (network, options) = try question.asked(of: input, output.language)
    options.breakdown = by
    let answer = coverage(of: network, options, delays: try delays(network))
    if output.json {
      try say(
        CoverageJSON(network: network, coverage: answer).document)
    } else {
      let table = CoverageTable(network: network, coverage: answer, language: output.language)
      try say(table.lines.joined(separator: "\n"))
    }
  }

  /// What each point takes besides the way; `nil` where nobody asked.
  private func delays(_ network: PaymentNetwork) throws -> [Int32]? {
    guard withWaiting else { return nil }
    let surveys = try failing(in: output.language) { try Atlas(path: input.atlas).surveys() }
    return waiting(at: network, surveys.services, assumptions.options).delaySeconds
  }
}
