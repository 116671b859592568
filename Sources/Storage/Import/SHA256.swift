import CCrypto

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
