import ArgumentParser
import Foundation
import Words

/// The command line. Verbs parse, make one call, and print; rules live in the modules they call.
@main
struct Paycircle: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "paycircle",
    abstract:
      said(
        "Plan where people can pay their electricity bill: in town within ten minutes, in every village.",
        zh: "规划电费交费网点:城区十分钟,村村能交费。"),
    discussion: said(
      """
      A network of places and payment points lives in an atlas, one GeoPackage file that any GIS opens.

        paycircle import places places.csv --into county.gpkg
        paycircle import points points.csv --into county.gpkg
        paycircle coverage county.gpkg --by township
        paycircle report county.gpkg --to report.html

      Exit status: 0 done; 1 the answer is no; 64 wrong usage; 65 input data refused; 66 input missing or
      unreadable; 73 cannot write output; 74 disk or database failure.

      Shell completion: paycircle --generate-completion-script bash|zsh|fish
      """,
      zh: """
        村/社区和交费网点的数据存放在图集中,即一个任何 GIS 都能打开的 GeoPackage 文件。

          paycircle import places places.csv --into county.gpkg
          paycircle import points points.csv --into county.gpkg
          paycircle coverage county.gpkg --by township
          paycircle report county.gpkg --to report.html

        退出状态:0 完成;1 结果为“否”;64 用法错误;65 输入数据被拒绝;66 输入缺失或无法读取;
        73 无法写入输出;74 磁盘或数据库故障。

        Shell 补全:paycircle --generate-completion-script bash|zsh|fish
        """),
    version: version,
    subcommands: [
      DemoCommand.self, ImportCommand.self, CheckCommand.self, CoverageCommand.self, ReportCommand.self,
      ExportCommand.self, DemandCommand.self, ReviewCommand.self, SitesCommand.self, ScenarioCommand.self,
      GuideCommand.self,
    ])

  static func main() {
    // A write past the size the system allows must fail like a full disk, not end the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot(DemandCommand.reordered(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch let failure as Failure {
      failure.print()
      Foundation.exit(failure.status.rawValue)
    } catch {
      end(with: error)
    }
  }

  /// Ends after help, a completion script, or a command line that was refused.
  private static func end(with error: any Error) -> Never {
    guard Language.ofHelp == .chinese else { exit(withError: error) }
    let code = exitCode(for: error)
    let text = ChineseUsage.translated(fullMessage(for: error))
    if !text.isEmpty {
      if code == .success { print(text) } else { standardError(text) }
    }
    Foundation.exit(code.rawValue)
  }
}
