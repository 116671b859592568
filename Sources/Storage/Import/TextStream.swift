import CIconv
import Foundation
import Words

/// The characters of a source file as UTF-8, in pieces, without a byte order mark.
final class TextStream {
  /// The file they come from.
  let source: SourceFile
  private let decoder: GB18030Decoder?
  private var position: Int
  private var isAtStart = true
  private let raw: UnsafeMutableRawBufferPointer

  /// Starts at the beginning of `source`.
  init(_ source: SourceFile) throws {
    self.source = source
    position = source.markLength
    decoder = source.encoding == .gb18030 ? try GB18030Decoder(name: source.name) : nil
    raw = .allocate(byteCount: decoder == nil ? 0 : SourceFile.blockSize / 4, alignment: 16)
  }

  deinit { raw.deallocate() }

  /// Fills some of `space`, which has room for at least 16 bytes, and returns how many bytes; 0 at the end.
  func read(into space: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let decoder else {
      let count = try source.read(into: space, at: position)
      position += count
      return count
    }
    while true {
      let count = try source.read(into: raw, at: position)
      let bytes = UnsafeRawBufferPointer(rebasing: raw[..<count])
      let (consumed, produced, isStuck) = decoder.decode(bytes, into: space)
      position += consumed
      // The first look has read every byte as GB18030, so this is a file that changes while it is read.
      guard !isStuck, consumed > 0 || count == 0 else { throw changed }
      guard isAtStart, produced > 0 else { return produced }
      isAtStart = false
      // GB18030 can write a byte order mark, too: 84 31 95 33.
      guard produced >= 3, space.starts(with: [0xEF, 0xBB, 0xBF]) else { return produced }
      guard produced > 3, let start = space.baseAddress else { continue }
      memmove(start, start + 3, produced - 3)
      return produced - 3
    }
  }

  private var changed: ImportError {
    .unreadable(
      file: source.name,
      reason: Bilingual(en: "the file changed while it was read", zh: "文件在读取过程中发生了变化"))
  }
}

/// Turns GB18030 into UTF-8, by the C library's iconv: five times as fast as Foundation.
final class GB18030Decoder {
  private let descriptor: iconv_t

  /// - Throws: `ImportError` when the C library came without its conversion tables.
  init(name: String) throws {
    descriptor = iconv_open("UTF-8", "GB18030")
    guard Int(bitPattern: descriptor) != -1 else {
      throw ImportError.unreadable(
        file: name,
        reason: Bilingual(
          en: "this system cannot read GB18030 (the C library's gconv modules are missing)",
          zh: "本系统无法读取 GB18030(缺少 C 库的 gconv 模块)"))
    }
  }

  deinit { iconv_close(descriptor) }

  /// Converts as much of `bytes` as is complete and fits.
  ///
  /// - Returns: how many bytes were used and made, and whether the next byte is not GB18030. What is left unused
  ///   otherwise did not fit, or is the beginning of a character.
  func decode(
    _ bytes: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int, isStuck: Bool) {
    guard let input = bytes.baseAddress, let output = text.baseAddress else { return (0, 0, false) }
    // iconv's interface is older than `const`; it does not write to its input.
    var from: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: input)
      .assumingMemoryBound(to: CChar.self)
    var to: UnsafeMutablePointer<CChar>? = output.assumingMemoryBound(to: CChar.self)
    var left = bytes.count
    var room = text.count
    let result = iconv(descriptor, &from, &left, &to, &room)
    let isStuck = result == UInt.max && errno == EILSEQ
    return (bytes.count - left, text.count - room, isStuck)
  }
}
