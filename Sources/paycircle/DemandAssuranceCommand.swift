import ArgumentParser
import Planning
import Reporting
import Travel
import Words

/// `paycircle demand county.gpkg assurance`
struct DemandAssuranceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assurance",
    abstract: said(
      "Which points really work, whether they pay, and who loses what when one closes.",
      zh: "哪些网点真正发挥作用、是否划算,以及某个网点停业时谁受影响。"),
    discussion: said(
      """
      For every point: the customers who lose service when it closes, how the mean way grows, whether it is active, its margin
      and break-even volume. For every place: the point it hangs on, and its share of counter time (E2SFCA).

      Example:
        paycircle demand jiyuan.gpkg assurance
        paycircle demand jiyuan.gpkg assurance --subsidy 30 --json
      """,
      zh: """
        每个网点:停业时失去服务的户数、平均用时的变化、是否活跃、每月盈亏与保本笔数。
        每个村/社区:是否只依赖一个网点,以及可分得的窗口时间(E2SFCA)。

        示例:
          paycircle demand jiyuan.gpkg assurance
          paycircle demand jiyuan.gpkg assurance --subsidy 30 --json
        """))

  @OptionGroup var input: AtlasArgument
  @OptionGroup var question: CoverageArguments
  @OptionGroup var money: ViabilityArguments

  @Option(help: .words("How many of the latest months with volumes are averaged.", zh: "按最近几个有业务量的月份平均。"))
  var months = ViabilityOptions().months

  @OptionGroup var output: OutputOptions

  func validate() throws { try require("--months", Double(months), in: 1...1_200) }

  func run() throws {
    let (network, options) = try question.asked(of: input, output.language)
    let page = AssurancePage(
      network: network, villages: coverage(of: network, options).summary.villages,
      assurance: assurance(of: network, options), activity: PointActivity(network),
      viability: PointViability(network, money.options(months: months)),
      catchment: FloatingCatchment(network, options), language: output.language)
    if output.json { try say(page.document) } else { try say(page.lines.joined(separator: "\n")) }
  }
}
