import Foundation
import Words

/// A saved road graph on its way to the disk: the bytes of a file beside the atlas.
///
/// The file is called `ATLAS.HASH.roads`, by the atlas's name and the first twelve digits of its own SHA-256. So a new
/// graph never takes the place of the one that the atlas still names, and whoever is killed between the two files has
/// changed neither.
struct RoadSidecar {
  /// What the file holds.
  let bytes: [UInt8]
  /// The SHA-256 of the bytes, in lower-case hexadecimal.
  let sha256: String

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    sha256 = SHA256.of(bytes)
  }

  /// The version of the format, as `RoadNetworkFile` writes it.
  var formatVersion: Int {
    bytes.count < 12
      ? 0
      : bytes.withUnsafeBytes {
        Int(UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
      }
  }

  /// The name of the file for the atlas at `path`.
  static func name(atlas path: String, sha256: String) -> String {
    "\(FilePath(path).name).\(sha256.prefix(12)).roads"
  }

  /// Writes the file beside the atlas at `path`, down to the disk.
  ///
  /// - Throws: `AtlasError` when it cannot be written; then nothing is left of it.
  func write(beside path: String) throws(AtlasError) {
    let place = FilePath(path)
    let name = Self.name(atlas: path, sha256: sha256)
    let target = place.sibling(name)
    if let present = MappedFile(path: target), present.bytes.count == bytes.count,
      SHA256.of(present.bytes) == sha256
    {
      return
    }
    let workPath = place.sibling(".\(name).paycircle-new")
    let descriptor = open(workPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .lastFailure(writing: target) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let step = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress! + written, min($0.count - written, 1 << 30))
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else {
        let error = AtlasError.lastFailure(writing: target)
        unlink(workPath)
        throw error
      }
      written += step
    }
    guard fsync(descriptor) == 0, rename(workPath, target) == 0 else {
      let error = AtlasError.lastFailure(writing: target)
      unlink(workPath)
      throw error
    }
  }

  /// The graphs beside the atlas at `path` that it does not name: older ones, and what a killed writer left.
  ///
  /// Only who holds the atlas's lock may remove them.
  ///
  /// - Parameter sha256: that of the graph the atlas names; `nil` where it has no roads.
  static func strays(beside path: String, keeping sha256: String?) -> [String] {
    let place = FilePath(path)
    let kept = sha256.map { name(atlas: path, sha256: $0) }
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: place.folder.isEmpty ? "." : place.folder)) ?? []
    return names.filter { $0 != kept && isSidecar($0, of: place.name) }.map(place.sibling)
  }

  /// Whether `name` is that of a graph of this atlas, finished or not.
  private static func isSidecar(_ name: String, of atlas: String) -> Bool {
    var rest = name[...]
    if rest.hasPrefix("."), rest.hasSuffix(".paycircle-new") {
      rest = rest.dropFirst().dropLast(".paycircle-new".count)
    }
    guard rest.hasPrefix(atlas + "."), rest.hasSuffix(".roads") else { return false }
    let digits = rest.dropFirst(atlas.count + 1).dropLast(".roads".count)
    return digits.utf8.count == 12
      && digits.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}

extension AtlasError {
  /// Why the last system call could not write `path`.
  static func lastFailure(writing path: String) -> AtlasError {
    errno == ENOSPC || errno == EFBIG || errno == EDQUOT
      ? .diskFull(path: path)
      : .cannotWrite(path: path, reason: String(cString: strerror(errno)).lowercased())
  }
}
