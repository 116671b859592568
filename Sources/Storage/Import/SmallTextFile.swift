import Foundation
import Words

/// A small text file that people write by hand: a standard, rules for roads, a scenario.
enum SmallTextFile {
  /// Why there is no text.
  enum Failure: Error {
    /// The file is missing or cannot be read.
    case unreadable(Bilingual)
    /// It is too large, or not UTF-8.
    case notText
  }

  /// What is said of a file that is not such a text.
  static let notText = Bilingual(
    en: "not a text in UTF-8 of at most 1 MiB", zh: "不是不超过 1 MiB 的 UTF-8 文本")

  /// The text of a file, at most 1 MiB of UTF-8 without zero bytes.
  ///
  /// - Parameter expected: what it should be, for the sentence about a folder.
  /// - Complexity: O(bytes).
  static func text(at path: String, expected: Bilingual) throws(Failure) -> String {
    do {
      try Atlas.requireReadable(path, expected: expected)
    } catch .missing {
      throw .unreadable(Bilingual(en: "no such file", zh: "没有这个文件"))
    } catch .unreadable(_, let reason) {
      throw .unreadable(reason)
    } catch {
      throw .unreadable(error.sentence)
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(Bilingual(en: "cannot be read", zh: "无法读取"))
    }
    guard data.count <= 1 << 20, let text = String(data: data, encoding: .utf8), !text.contains("\0") else {
      throw .notText
    }
    return text
  }
}
