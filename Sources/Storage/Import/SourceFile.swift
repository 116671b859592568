import Foundation
import Words

/// A file to import, opened, hashed, and looked through once: what it is and how it writes its characters.
///
/// The bytes are read in blocks of 1 MiB, so a file of any size costs the same memory.
final class SourceFile {
  /// The length of a block, and the most a single record of CSV may have, in bytes.
  static let blockSize = 1 << 20

  /// The file as the caller named it.
  let name: String
  /// A regular file with the same bytes: the file itself, or the copy made of a pipe.
  let regularPath: String
  /// What it is.
  let format: ImportFormat
  /// How it writes its characters: never `auto`.
  let encoding: ImportEncoding
  /// The length of its byte order mark: 0 or 3.
  let markLength: Int
  /// The SHA-256 of all its bytes.
  let sha256: String

  private let descriptor: Int32
  private let temporaryPath: String?

  /// Opens the file at `path` and looks through it.
  ///
  /// - Throws: `ImportError`: it cannot be read; it is empty or blank; it is a table but binary, UTF-16, not in the
  ///   encoding asked for, or has a line longer than `blockSize`.
  init(path: String, options: ImportOptions) throws {
    let original = open(path, O_RDONLY | O_CLOEXEC)
    guard original >= 0 else { throw Self.unreadable(path) }
    var information = stat()
    guard fstat(original, &information) == 0 else {
      let error = Self.unreadable(path)
      close(original)
      throw error
    }
    if information.st_mode & S_IFMT == S_IFDIR {
      close(original)
      throw Self.unreadable(path, code: EISDIR)
    }

    var temporary: (descriptor: Int32, path: String)?
    do {
      if information.st_mode & S_IFMT != S_IFREG { temporary = try Self.makeTemporaryFile(for: path) }
      let inspection = try Self.inspect(
        original, copyingTo: temporary?.descriptor, name: path, encoding: options.encoding)
      name = path
      format = inspection.format
      encoding = inspection.encoding
      markLength = inspection.markLength
      sha256 = inspection.sha256
    } catch {
      close(original)
      if let temporary {
        close(temporary.descriptor)
        unlink(temporary.path)
      }
      throw error
    }
    if let temporary {
      close(original)
      descriptor = temporary.descriptor
    } else {
      descriptor = original
    }
    regularPath = temporary?.path ?? path
    temporaryPath = temporary?.path
  }

  deinit {
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// Reads bytes from `offset` on until `block` is full or the file ends, and returns how many there were.
  func read(into block: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    try Self.read(descriptor, into: block, at: offset, name: name)
  }

  private static func read(
    _ descriptor: Int32, into block: UnsafeMutableRawBufferPointer, at offset: Int?, name: String
  ) throws -> Int {
    var filled = 0
    while filled < block.count, let start = block.baseAddress {
      let count =
        if let offset {
          pread(descriptor, start + filled, block.count - filled, offset + filled)
        } else {
          Foundation.read(descriptor, start + filled, block.count - filled)
        }
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw unreadable(name)
      }
    }
    return filled
  }
}

// MARK: - The first look

extension SourceFile {
  private struct Inspection {
    var format: ImportFormat
    var encoding: ImportEncoding
    var markLength: Int
    var sha256: String
  }

  private static func inspect(
    _ descriptor: Int32, copyingTo copy: Int32?, name: String, encoding: ImportEncoding
  ) throws -> Inspection {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16)
    defer { block.deallocate() }
    let hash = SHA256()
    var look: FirstLook?
    while true {
      // A pipe has no offsets; a regular file has not been read before.
      let count = try read(descriptor, into: block, at: nil, name: name)
      let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
      hash.update(bytes)
      if let copy { try write(bytes, to: copy, name: name) }
      if look == nil { look = try FirstLook(name: name, firstBlock: bytes, encoding: encoding) }
      try look?.update(bytes) { try lineNumber(at: $0, in: copy ?? descriptor, name: name) }
      if count < blockSize { break }
    }
    guard var look else { preconditionFailure("the loop looks at least once") }
    let source = copy ?? descriptor
    let decided = try look.finish(
      lineNumber: { try lineNumber(at: $0, in: source, name: name) },
      firstBadGB18030: { try firstBadGB18030(in: source, name: name) })
    return Inspection(
      format: look.format, encoding: decided, markLength: look.markLength, sha256: hash.finish())
  }

  /// The line the byte at `offset` is on, the first being 1. Only asked when something is wrong there.
  private static func lineNumber(at offset: Int, in descriptor: Int32, name: String) throws -> Int {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16)
    defer { block.deallocate() }
    var counter = LineCounter()
    var position = 0
    while position < offset {
      let wanted = UnsafeMutableRawBufferPointer(rebasing: block[..<min(blockSize, offset - position)])
      let count = try read(descriptor, into: wanted, at: position, name: name)
      guard count > 0 else { break }
      counter.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
      position += count
    }
    return counter.line
  }

  private static func firstBadGB18030(in descriptor: Int32, name: String) throws -> Int? {
    let decoder = try GB18030Decoder(name: name)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 16)
    let text = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * blockSize, alignment: 16)
    defer {
      block.deallocate()
      text.deallocate()
    }
    var position = 0
    while true {
      let count = try read(descriptor, into: block, at: position, name: name)
      let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
      let (consumed, _, isStuck) = decoder.decode(bytes, into: text)
      position += consumed
      if isStuck { return position }
      if count < blockSize {
        // What is left is either nothing, text that did not fit, or a character cut off by the end of the file.
        if consumed == count { return nil }
        if consumed == 0 { return position }
      }
    }
  }
}

// MARK: - Failures and copies

extension SourceFile {
  private static func unreadable(_ path: String, code: Int32 = errno) -> ImportError {
    let reason =
      switch code {
      case ENOENT, ENOTDIR: Bilingual(en: "no such file", zh: "没有这个文件")
      case EACCES, EPERM: Bilingual(en: "no permission to read it", zh: "没有读取权限")
      case EISDIR:
        Bilingual(en: "this is a directory; expected a file", zh: "这是一个目录;应为文件")
      default:
        Bilingual(
          en: "cannot be read: \(String(cString: strerror(code)).lowercased())",
          zh: "无法读取:\(String(cString: strerror(code)))")
      }
    return .unreadable(file: path, reason: reason)
  }

  private static func makeTemporaryFile(for path: String) throws -> (descriptor: Int32, path: String) {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/paycircle-import-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw noRoom(path) }
    return (descriptor, String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to copy: Int32, name: String) throws {
    var written = 0
    while written < bytes.count, let start = bytes.baseAddress {
      let count = Foundation.write(copy, start + written, bytes.count - written)
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw noRoom(name)
      }
    }
  }

  private static func noRoom(_ path: String, code: Int32 = errno) -> ImportError {
    let reason = String(cString: strerror(code)).lowercased()
    return .unreadable(
      file: path,
      reason: Bilingual(
        en: "cannot be copied to a temporary file: \(reason)", zh: "无法复制到临时文件:\(reason)"))
  }
}
