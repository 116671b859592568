import Words

/// The codes of exported columns in words.
enum ExportWords {
  /// The columns whose texts are codes of the field; others, such as names and ids, may look like one by chance.
  private static let codedColumns: Set<String> = [
    "setting", "terrain", "reason", "kind", "methods", "status", "mode",
  ]

  /// What a plan does at a site, or with a point.
  static let actions = [
    "open": Bilingual(en: "open", zh: "新设"), "close": Bilingual(en: "close", zh: "关闭"),
    "move_here": Bilingual(en: "move here", zh: "迁入"), "move_away": Bilingual(en: "move away", zh: "迁出"),
  ]

  /// The word for a code such as `business_hall`, or for several with semicolons between; texts of other columns as they are.
  static func text(_ text: String, column: String, in language: Language) -> String {
    if column == "action", let action = actions[text] { return action[language] }
    guard codedColumns.contains(column) else { return text }
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      Glossary(code: String($0))
    }
    if parts.contains(nil) { return text }
    return parts.compactMap { $0?[language] }.joined(separator: Bilingual(en: ", ", zh: "、")[language])
  }
}
