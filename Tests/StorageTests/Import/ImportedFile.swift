import Foundation
import Words

@testable import Storage

/// A file made for a test, and what reading it came to.
struct ImportedFile {
  var rows: [ImportRow] = []
  var lines: [Int] = []
  var problems: [ImportProblem] = []
  var reading: ImportReading?
  var error: ImportError?

  /// The English sentences of all problems and of the refusal, without the folder of the file.
  var sentences: [String] = []

  /// Writes `bytes` to a file called `name` and reads it.
  init(
    _ kind: ImportKind, named name: String = "t.csv", bytes: [UInt8], datum: ImportDatum = .wgs84,
    encoding: ImportEncoding = .auto
  ) throws {
    let folder = ScratchFolder()
    let path = folder.file(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try self.init(kind, path: path, datum: datum, encoding: encoding)
  }

  init(
    _ kind: ImportKind, named name: String = "t.csv", _ text: String, datum: ImportDatum = .wgs84,
    encoding: ImportEncoding = .auto
  ) throws {
    try self.init(kind, named: name, bytes: Array(text.utf8), datum: datum, encoding: encoding)
  }

  /// Reads the file at `path`.
  init(
    _ kind: ImportKind, path: String, datum: ImportDatum = .wgs84, encoding: ImportEncoding = .auto
  ) throws {
    var options = ImportOptions()
    options.datum = datum
    options.encoding = encoding
    var rows: [ImportRow] = []
    var lines: [Int] = []
    var problems: [ImportProblem] = []
    do {
      reading = try readFile(kind, path: path, options: options) {
        problems.append($0)
      } row: { row, line in
        rows.append(row)
        lines.append(line)
      }
    } catch let error as ImportError {
      self.error = error
    }
    self.rows = rows
    self.lines = lines
    self.problems = problems
    let folder = (path as NSString).deletingLastPathComponent + "/"
    sentences = (problems.map(\.sentence.english) + [error?.sentence.english].compactMap(\.self))
      .map { $0.replacingOccurrences(of: folder, with: "") }
  }

  /// The only row.
  var row: ImportRow? { rows.count == 1 ? rows[0] : nil }
}

/// A folder of real files that are no part of the project: `PAYCIRCLE_SHARED_DATA`, or `nil` where it is not there.
let sharedData: String? = {
  guard let path = ProcessInfo.processInfo.environment["PAYCIRCLE_SHARED_DATA"],
    FileManager.default.fileExists(atPath: path)
  else { return nil }
  return path
}()

/// The files in a folder of the shared data, sorted by name; none where it is not there.
func sharedFiles(_ folder: String, endingIn suffix: String) -> [String] {
  guard let sharedData else { return [] }
  let folder = "\(sharedData)/\(folder)"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
}
