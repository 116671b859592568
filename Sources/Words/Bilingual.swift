/// The same words in both languages, so that neither can be forgotten.
///
///     let title = Bilingual(en: "Coverage", zh: "覆盖情况")
///     title[.chinese]  // "覆盖情况"
public struct Bilingual: Hashable, Sendable {
  /// The English words.
  public let english: String
  /// The Chinese words.
  public let chinese: String

  /// Pairs the two.
  public init(en english: String, zh chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The words in `language`.
  public subscript(language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}
