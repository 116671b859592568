import Foundation
import Storage
import Words

/// How a command ends, as sysexits.h numbers it.
enum Status: Int32 {
  case no = 1
  case usage = 64
  case dataRefused = 65
  case inputMissing = 66
  case cannotWrite = 73
  case diskFailure = 74
}

/// The end of a command that could not be done, with a sentence for whoever asked.
struct Failure: Error {
  var status: Status
  /// `nil` where everything has been said already.
  var sentence: Bilingual?

  /// The language the sentence is printed in.
  var language = Language(environment: ProcessInfo.processInfo.environment)

  func print() {
    guard let sentence else { return }
    standardError("paycircle: \(sentence[language])")
  }
}

extension Failure {
  /// What an atlas's trouble means for the shell.
  init(_ error: AtlasError, _ language: Language) {
    let status: Status =
      switch error {
      case .missing, .unreadable: .inputMissing
      case .notAnAtlas, .newerVersion: .dataRefused
      case .cannotWrite: .cannotWrite
      case .damaged, .busy, .openElsewhere, .diskFull: .diskFailure
      }
    self.init(status: status, sentence: error.sentence, language: language)
  }
}

/// Runs `body`, turning the atlas's errors into the end of the command.
func failing<T>(in language: Language, _ body: () throws -> T) throws -> T {
  do {
    return try body()
  } catch let error as AtlasError {
    throw Failure(error, language)
  }
}

/// Writes a line to standard error.
func standardError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
