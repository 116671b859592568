import Words

/// The codes of exported columns in words.
enum ExportWords {
  /// The columns whose texts are codes of the field; others, such as names and ids, may look like one by chance.
  private static let codedColumns: Set<String> = [
    "setting", "terrain", "reason", "kind", "methods", "status", "mode",
  ]

  /// The word for a code such as `business_hall`, or for several with semicolons between; texts of other columns as they are.
  static func text(_ text: String, column: String, in language: Language) -> String {
    guard codedColumns.contains(column) else { return text }
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      Glossary(code: String($0))
    }
    if parts.contains(nil) { return text }
    return parts.compactMap { $0?[language] }.joined(separator: Bilingual(en: ", ", zh: "、")[language])
  }
}
