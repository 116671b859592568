import Foundation
import Storage
import Words

/// Every problem of an import as a CSV file, for the spreadsheet program the rows came from.
final class ProblemFile {
  private let file: SafeFile
  private let language: Language

  init(path: String, _ language: Language) throws {
    self.language = language
    do {
      file = try SafeFile(path: path)
      try file.write("\u{FEFF}file,line,column,found,expected\r\n")
    } catch {
      throw Failure(status: .cannotWrite, sentence: error.sentence, language: language)
    }
  }

  func append(_ problem: ImportProblem) throws {
    let cells = [
      problem.file, problem.line.map(String.init) ?? "", problem.column ?? "", problem.found[language],
      problem.expected[language],
    ]
    try write(cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n")
  }

  /// Puts the file in its place.
  func finish() throws {
    do { try file.commit() } catch {
      throw Failure(status: .cannotWrite, sentence: error.sentence, language: language)
    }
  }

  private func write(_ line: String) throws {
    do { try file.write(line) } catch {
      throw Failure(status: .cannotWrite, sentence: error.sentence, language: language)
    }
  }
}
