/// A language people read paycircle's words in.
public enum Language: String, CaseIterable, Sendable {
  case chinese = "zh"
  case english = "en"

  /// The language of a POSIX locale environment: the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set and
  /// not empty decides. Chinese when it starts with `zh`, otherwise English.
  ///
  ///     Language(environment: ["LANG": "zh_CN.UTF-8"])  // .chinese
  public init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    self = locale?.lowercased().hasPrefix("zh") == true ? .chinese : .english
  }
}
