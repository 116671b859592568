import CMinizip
import Foundation

/// Writes files into a ZIP archive by minizip, all dated 1980-01-01, so that the same files make the same bytes.
final class ZipFile {
  private var archive: zipFile?
  private let path: String

  /// - Parameter path: the archive's name for people, where `work` is another.
  init(at work: String, named path: String) throws(ExportError) {
    self.path = path
    archive = zipOpen64(work, APPEND_STATUS_CREATE)
    guard archive != nil else {
      throw ExportError(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
  }

  deinit { if let archive { zipClose(archive, nil) } }

  /// Adds a file, whose bytes `body` writes.
  func add(_ name: String, _ body: () throws(ExportError) -> Void) throws(ExportError) {
    var information = zip_fileinfo()
    information.tmz_date = tm_zip(tm_sec: 0, tm_min: 0, tm_hour: 0, tm_mday: 1, tm_mon: 0, tm_year: 1980)
    try check(
      zipOpenNewFileInZip64(
        archive, name, &information, nil, 0, nil, 0, nil, Z_DEFLATED, Z_DEFAULT_COMPRESSION, 1))
    try body()
    try check(zipCloseFileInZip(archive))
  }

  /// Goes on with the file that is being added.
  func write(_ bytes: [UInt8]) throws(ExportError) {
    guard !bytes.isEmpty else { return }
    try check(zipWriteInFileInZip(archive, bytes, UInt32(clamping: bytes.count)))
  }

  /// Ends the archive.
  func close() throws(ExportError) {
    let status = zipClose(archive, nil)
    archive = nil
    try check(status)
  }

  private func check(_ status: Int32) throws(ExportError) {
    guard status == ZIP_OK else {
      let reason =
        status == ZIP_ERRNO
        ? String(cString: strerror(errno)).lowercased() : "the archive cannot be written (\(status))"
      throw ExportError(path: path, reason: reason)
    }
  }
}
