public import Words

/// Why a row, or a whole file, was refused: where, what was found, what would have been accepted.
///
/// The person who must fix it has the spreadsheet open, not this source.
///
///     villages.csv:17: longitude "1125.9": expected -180...180
public struct ImportProblem: Error, Hashable, Sendable {
  /// The file, as the caller named it.
  public var file: String
  /// The line, counting the header as line 1; in a GeoPackage the feature's id. `nil` when it is the file as a whole.
  public var line: Int?
  /// The column's English name, such as `longitude`; `nil` when it is the row as a whole.
  public var column: String?
  /// What was there.
  public var found: Found
  /// What would have been accepted.
  public var expected: Bilingual

  /// What was found: the file's own characters, or a description of them.
  public enum Found: Hashable, Sendable {
    /// A value of the file, to be quoted. Always made by `quoting(_:)`, so it is short and prints safely.
    case value(String)
    /// A situation, in words.
    case words(Bilingual)

    /// A value of the file: at most `limit` characters of it, control and invisible characters escaped as `\u{1F}`.
    static func quoting(_ text: some StringProtocol, limit: Int = 80) -> Found {
      .value(printable(text, limit: limit))
    }

    /// Words whose English and Chinese are given.
    static func words(en: String, zh: String) -> Found { .words(Bilingual(en: en, zh: zh)) }

    /// What was found, without quotation marks.
    public subscript(language: Language) -> String {
      switch self {
      case .value(let text): text
      case .words(let words): words[language]
      }
    }
  }

  /// The problem as one sentence.
  public var sentence: Bilingual {
    let place = printable(file, limit: 1_000) + (line.map { ":\($0)" } ?? "")
    switch found {
    case .value(let text):
      let subject = column.map { "\($0) " } ?? ""
      return Bilingual(
        en: "\(place): \(subject)\"\(text)\": expected \(expected.english)",
        zh: "\(place): \(subject)“\(text)”:应为\(expected.chinese)")
    case .words(let words):
      let subject = column.map { "\($0): " } ?? ""
      return Bilingual(
        en: "\(place): \(subject)\(words.english); expected \(expected.english)",
        zh: "\(place): \(subject)\(words.chinese);应为\(expected.chinese)")
    }
  }
}

/// Why nothing of a file could be read.
public enum ImportError: Error, Hashable, Sendable {
  /// The file is missing, a directory, not permitted, or the disk failed (exit status 66).
  case unreadable(file: String, reason: Bilingual)
  /// The file was read, and is not what it should be (exit status 65).
  case refused(ImportProblem)

  /// The error as one sentence.
  public var sentence: Bilingual {
    switch self {
    case .unreadable(let file, let reason):
      Bilingual(
        en: "\(printable(file, limit: 1_000)): \(reason.english)",
        zh: "\(printable(file, limit: 1_000)):\(reason.chinese)")
    case .refused(let problem): problem.sentence
    }
  }
}

/// At most `limit` characters of `text` and an ellipsis, fit for a terminal: control, format and line-separating
/// characters are written as `\n`, `\t` or `\u{1F}`, so that no file can move the cursor or reverse the text.
///
/// - Complexity: O(`limit`).
func printable(_ text: some StringProtocol, limit: Int) -> String {
  // Most cells are short and plain; there may be millions of them.
  if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(text) }
  var result = ""
  var count = 0
  for scalar in text.unicodeScalars {
    if count == limit { return result + "…" }
    count += 1
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      }
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
