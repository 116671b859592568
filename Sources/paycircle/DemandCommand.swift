import ArgumentParser
import Words

/// `paycircle demand county.gpkg calibrate`: what the surveys and the volumes say.
struct DemandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demand",
    abstract: said(
      "What the surveys and the volumes say: travel, demand, waiting, and which points really work.",
      zh: "由调研和业务量得出:出行、需求、等候,以及真正发挥作用的网点。"),
    discussion: said(
      """
      The task may stand before the atlas or after it.

      Example:
        paycircle demand jiyuan.gpkg calibrate
        paycircle demand jiyuan.gpkg payments --by township
        paycircle demand jiyuan.gpkg sample --n 400 --to form.csv
      """,
      zh: """
        任务可写在图集之前或之后。

        示例:
          paycircle demand jiyuan.gpkg calibrate
          paycircle demand jiyuan.gpkg payments --by township
          paycircle demand jiyuan.gpkg sample --n 400 --to form.csv
        """),
    subcommands: [
      CalibrateCommand.self, DemandChoiceCommand.self, DemandPaymentsCommand.self, SampleCommand.self,
      DemandWaitingCommand.self, DemandAssuranceCommand.self,
    ])

  /// The task may stand after the atlas, as in `demand county.gpkg calibrate`, where people look for it, or before.
  ///
  /// - Parameter arguments: the command line without the program's name.
  /// - Returns: the same with the task before the atlas.
  static func reordered(_ arguments: [String]) -> [String] {
    let tasks = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard arguments.count >= 3, arguments[0] == configuration.commandName, tasks.contains(arguments[2]),
      !tasks.contains(arguments[1])
    else { return arguments }
    return [arguments[0], arguments[2], arguments[1]] + arguments[3...]
  }
}
