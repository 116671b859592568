import ArgumentParser
import Foundation

/// The command line. Verbs parse, make one call, and print; rules live in the modules they call.
@main
struct Paycircle: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "paycircle",
    abstract:
      "Plan where people can pay their electricity bill: in town within ten minutes, in every village.",
    discussion: """
      A network of places and payment points lives in an atlas, one GeoPackage file that any GIS opens.

        paycircle import places places.csv --into county.gpkg
        paycircle import points points.csv --into county.gpkg
        paycircle coverage county.gpkg --by township
        paycircle report county.gpkg --to report.html

      Exit status: 0 done; 1 the answer is no; 64 wrong usage; 65 input data refused; 66 input missing or
      unreadable; 73 cannot write output; 74 disk or database failure.

      Shell completion: paycircle --generate-completion-script bash|zsh|fish
      """,
    version: version,
    subcommands: [
      DemoCommand.self, ImportCommand.self, CheckCommand.self, CoverageCommand.self, ReportCommand.self,
      ExportCommand.self,
    ])

  static func main() {
    // A write past the size the system allows must fail like a full disk, not end the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      failure.print()
      Foundation.exit(failure.status.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
