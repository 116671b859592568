import CCrypto
import Foundation

/// The SHA-256 of bytes that arrive in pieces (FIPS 180-4), by libcrypto, which uses the processor's own instructions.
///
///     let hash = SHA256()
///     hash.update(bytes)
///     hash.finish()  // "ba7816bf…"
final class SHA256 {
  private let context = EVP_MD_CTX_new()

  init() {
    let isReady = EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(isReady == 1, "libcrypto offers no SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds `bytes`.
  func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest in lower-case hexadecimal. Nothing may be added afterwards.
  func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension SHA256 {
  /// The digest of `bytes`.
  static func of(_ bytes: some ContiguousBytes) -> String {
    let hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// The digest of all bytes of an open file, or `nil` with the reason in `errno`.
  static func ofFile(_ descriptor: Int32) -> String? {
    let hash = SHA256()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    var offset = 0
    while true {
      let count = pread(descriptor, block.baseAddress, block.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return hash.finish() }
      hash.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
      offset += count
    }
  }
}
