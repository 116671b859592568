import Foundation

/// Has `body` write a file by a library that wants a path, and puts it in its place, whole or not at all.
///
/// - Throws: what `body` throws, and where the target is a folder, a device or a pipe, or cannot be replaced. Then nothing is left.
func replaceFile(
  at path: String, _ body: (_ work: String) throws(ExportError) -> Void
) throws(ExportError) {
  // A write past RLIMIT_FSIZE must fail like a full disk, not end the process.
  signal(SIGXFSZ, SIG_IGN)
  let target = resolvedPath(path)
  var information = stat()
  if stat(target, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
    throw ExportError(path: path, reason: "it is not a regular file")
  }
  let place = FilePath(target)
  let work = place.sibling(".\(place.name).\(getpid()).paycircle-new")
  // What an earlier process of this number may have left would be taken for ours.
  unlink(work)
  func systemReason() -> String { String(cString: strerror(errno)).lowercased() }
  let descriptor = open(work, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw ExportError(path: path, reason: systemReason()) }
  close(descriptor)
  do throws(ExportError) {
    try body(work)
    let written = open(work, O_RDONLY | O_CLOEXEC)
    defer { if written >= 0 { close(written) } }
    guard written >= 0, fsync(written) == 0, rename(work, target) == 0 else {
      throw ExportError(path: path, reason: systemReason())
    }
  } catch {
    unlink(work)
    throw error
  }
}
