/// What the argument parser itself says, in Chinese.
///
/// The library has its headings and refusals in English only and offers no way to replace them, so they are known here
/// by their wording. What is not known stays as it is; the tests ask for each, so that a new version of the library which
/// words them otherwise is noticed.
enum ChineseUsage {
  /// `text`, which is help or a refused command line, with the library's own words in Chinese.
  static func translated(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
      .joined(separator: "\n")
  }

  private static let headings = [
    ("OVERVIEW: ", "概述:"), ("USAGE: ", "用法:"), ("Usage: ", "用法:"), ("ARGUMENTS:", "参数:"), ("OPTIONS:", "选项:"),
    ("SUBCOMMANDS:", "子命令:"), ("Help:  ", "说明:"),
  ]

  private static let phrases = [
    (
      "Please use --generate-completion-script=<shell> with one of:",
      "请使用 --generate-completion-script=<shell>,其中 shell 为:"
    ),
    ("Show the version.", "显示版本号。"), ("Show help information.", "显示本帮助。"),
  ]

  private static func line(_ line: String) -> String {
    if line.hasPrefix("Error: ") { return "错误:" + refusal(String(line.dropFirst("Error: ".count))) }
    if line.hasPrefix("  See '") {
      return line.replacing("  See '", with: "  详见“").replacing("' for detailed help.", with: "”。")
        .replacing("' for more information.", with: "”。")
    }
    var line = line
    for (english, chinese) in headings where line.hasPrefix(english) {
      line = chinese + line.dropFirst(english.count)
    }
    for (english, chinese) in phrases { line = line.replacing(english, with: chinese) }
    // The library breaks lines at any space, also before and behind these words.
    return line.replacing(#/\(values:(?: |$)/#, with: "(可选值:")
      .replacing(#/(^ +|; |\()default:(?: |$)/#) { "\($0.1)默认:" }
  }

  /// The sentence after `Error: `.
  private static func refusal(_ text: String) -> String {
    if let match = text.wholeMatch(
      of: #/The value '(.*)' is invalid for '(.*?)'(?:\. Please provide one of (.*))?/#)
    {
      let offered = match.3.map { ";\(offer($0))" } ?? ""
      return "“\(match.2)”的值“\(match.1)”无效\(offered)"
    }
    if let match = text.wholeMatch(of: #/Missing expected argument '(.*)'/#) { return "缺少参数“\(match.1)”" }
    if let match = text.wholeMatch(of: #/Missing value for '(.*)'/#) { return "“\(match.1)”缺少值" }
    if let match = text.wholeMatch(of: #/Unknown option '(.*?)'(?:\. Did you mean '(.*)'\?)?/#) {
      return "未知选项“\(match.1)”" + (match.2.map { ";是否应为“\($0)”?" } ?? "")
    }
    if let match = text.wholeMatch(of: #/Unexpected argument '(.*)'/#) { return "多余的参数“\(match.1)”" }
    if let match = text.wholeMatch(of: #/(\d+) unexpected arguments: (.*)/#) {
      return "\(match.1) 个多余的参数:\(match.2)"
    }
    if let match = text.wholeMatch(
      of: #/The option '(.*)' does not take any value, but '(.*)' was specified\./#)
    {
      return "选项“\(match.1)”不带值,却给出了“\(match.2)”"
    }
    if let match = text.wholeMatch(of: #/Can't generate completion scripts for '(.*)'\./#) {
      return "无法为“\(match.1)”生成补全脚本"
    }
    return text
  }

  /// The values to choose from: on the same line, or on those that follow.
  private static func offer(_ list: Substring) -> String {
    if list == "the following:" { return "应为以下之一:" }
    let values = list.hasSuffix(".") ? list.dropLast() : list
    return "应为 "
      + values.replacing(" or ", with: "、").replacing(" and ", with: "、").replacing(", ", with: "、")
  }
}
