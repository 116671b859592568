import Foundation

/// A folder of a test's own, gone with it.
final class ScratchFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "paycircle-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes `text` to a file, and gives its path.
  func write(_ text: String, to name: String) -> String {
    try! Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// The names of the folder's files.
  var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// The bytes of a file.
  func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: file(name)) }
}
