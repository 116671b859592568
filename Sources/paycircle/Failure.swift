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
      case .missing, .unreadable, .roadsMissing: .inputMissing
      case .notAnAtlas, .newerVersion, .noRoads: .dataRefused
      case .cannotWrite: .cannotWrite
      case .damaged, .busy, .openElsewhere, .diskFull, .roadsDamaged: .diskFailure
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

/// Writes a line to standard output.
///
/// - Throws: `Failure` where it cannot be written: half an answer must not end as if it were whole.
func say(_ line: String) throws {
  try Array((line + "\n").utf8).withUnsafeBytes(standardOutput)
}

/// Writes bytes to standard output.
///
/// - Throws: `Failure` where they cannot be written.
func standardOutput(_ bytes: UnsafeRawBufferPointer) throws {
  var written = 0
  while written < bytes.count {
    let step = write(STDOUT_FILENO, bytes.baseAddress! + written, bytes.count - written)
    guard step > 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(en: "standard output cannot be written: \(reason)", zh: "无法写入标准输出:\(reason)"))
    }
    written += step
  }
}

/// Makes sure that no file is written over one that is read, or written twice.
func requireDistinct(outputs: [String], inputs: [String], _ language: Language) throws {
  func identity(_ path: String) -> String {
    var information = stat()
    guard stat(path, &information) == 0 else {
      return URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
    // Devices and pipes may be named as often as one likes.
    return information.st_mode & S_IFMT == S_IFREG ? "\(information.st_dev):\(information.st_ino)" : path
  }
  var known = Set(inputs.map(identity))
  for output in outputs {
    guard known.insert(identity(output)).inserted else {
      throw Failure(
        status: .usage,
        sentence: Bilingual(
          en: "\(output): would be written over another file of this command; expected a file of its own",
          zh: "\(output):会覆盖本命令的另一个文件;请另取文件名"),
        language: language)
    }
  }
}

/// Writes a line to standard error.
func standardError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
