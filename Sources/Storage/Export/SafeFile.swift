import Foundation

/// A file that appears whole or not at all: written beside its target, synced, renamed.
///
///     let file = try SafeFile(path: "places.csv")
///     try file.write("place_id\r\n")
///     try file.commit()
///
/// Dropped without `commit`, it leaves nothing. Through a link, the file behind it is replaced; a device or a pipe is
/// written to as it is, for it cannot be replaced.
public final class SafeFile {
  private let path: String
  /// The file the path leads to, which is replaced.
  private let target: String
  /// What is written first; `nil` where the target is written directly.
  private let workPath: String?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isCommitted = false

  private static let bufferBytes = 1 << 18

  /// Opens a file beside `path`.
  public init(path: String) throws(ExportError) {
    self.path = path
    // A write past RLIMIT_FSIZE must fail like a full disk, not end the process.
    signal(SIGXFSZ, SIG_IGN)
    target = resolvedPath(path)
    var information = stat()
    let exists = stat(target, &information) == 0
    if exists, information.st_mode & S_IFMT == S_IFDIR {
      throw ExportError(path: path, reason: "it is a folder")
    }
    if exists, information.st_mode & S_IFMT != S_IFREG {
      workPath = nil
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
    } else {
      let place = FilePath(target)
      let work = place.sibling(".\(place.name).\(getpid()).paycircle-new")
      workPath = work
      descriptor = open(work, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw ExportError(path: path, reason: Self.systemReason) }
    buffer.reserveCapacity(Self.bufferBytes)
  }

  deinit {
    close(descriptor)
    if !isCommitted, let workPath { unlink(workPath) }
  }

  /// Adds `text` in UTF-8.
  public func write(_ text: String) throws(ExportError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  /// Puts the file in its place.
  public func commit() throws(ExportError) {
    try flush()
    guard let workPath else { return }
    guard fsync(descriptor) == 0, rename(workPath, target) == 0 else {
      throw ExportError(path: path, reason: Self.systemReason)
    }
    isCommitted = true
  }

  private func flush() throws(ExportError) {
    var written = 0
    while written < buffer.count {
      let step = buffer.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      }
      guard step > 0 else { throw ExportError(path: path, reason: Self.systemReason) }
      written += step
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static var systemReason: String { String(cString: strerror(errno)).lowercased() }
}

/// The file a path leads to through links, or the path itself where there is none.
func resolvedPath(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

/// Writes `text` to `path`, whole or not at all.
public func writeWhole(_ text: String, to path: String) throws(ExportError) {
  let file = try SafeFile(path: path)
  try file.write(text)
  try file.commit()
}
