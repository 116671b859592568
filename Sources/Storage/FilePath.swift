/// Where a file lies and what it is called.
///
///     FilePath("reports/county.html").sibling(".new")  // "reports/.new"
///
/// Foundation's own functions for this are left alone: on Linux, `deletingLastPathComponent` traps on a path of one
/// character (Swift 6.3).
struct FilePath {
  /// The folder with its slash; empty where the path names none.
  let folder: String
  /// What follows the last slash.
  let name: String

  init(_ path: String) {
    // By bytes: a slash with an accent over it is another character to Swift, and a slash to the system.
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    folder = String(path[..<end])
    name = String(path[end...])
  }

  /// The path of the file called `name` in the same folder.
  func sibling(_ name: String) -> String { folder + name }
}
