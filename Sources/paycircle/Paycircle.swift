import ArgumentParser

@main
struct Paycircle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paycircle", abstract: "Plan where people can pay their electricity bill.")
}
