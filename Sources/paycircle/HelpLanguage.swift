import ArgumentParser
import Foundation
import Words

extension Language {
  /// The language of help and of refused command lines, which are wanted before the command line has been read: that of
  /// `--language` where it stands there and is known, else that of the environment.
  static let ofHelp = Language(
    ofHelp: CommandLine.arguments.dropFirst(), environment: ProcessInfo.processInfo.environment)

  /// The language of help for a command line and an environment; the last `--language` decides.
  init(ofHelp arguments: some Sequence<String>, environment: [String: String]) {
    var asked: Language?
    var isValue = false
    for argument in arguments {
      if isValue {
        asked = Language(rawValue: argument) ?? asked
        isValue = false
      } else if argument == "--language" {
        isValue = true
      } else if argument.hasPrefix("--language=") {
        asked = Language(rawValue: String(argument.dropFirst("--language=".count))) ?? asked
      }
    }
    self = asked ?? Language(environment: environment)
  }
}

extension ArgumentHelp {
  /// Help in both languages.
  static func words(_ english: String, zh chinese: String, valueName: String? = nil) -> ArgumentHelp {
    ArgumentHelp(said(english, zh: chinese), valueName: valueName)
  }
}

/// The text in the language of help.
func said(_ english: String, zh chinese: String) -> String {
  Bilingual(en: english, zh: chinese)[.ofHelp]
}
