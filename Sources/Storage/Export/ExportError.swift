public import Words

/// Why a file could not be written. Nothing is left where it should have been.
public struct ExportError: Error, Hashable, Sendable {
  /// The file that was to be written.
  public let path: String
  /// Why it was not, in the system's words.
  public let reason: String

  /// The error as a sentence.
  public var sentence: Bilingual {
    Bilingual(en: "\(path): cannot be written: \(reason)", zh: "\(path):无法写入:\(reason)")
  }
}
