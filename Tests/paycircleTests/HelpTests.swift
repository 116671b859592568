import Foundation
import Testing

/// Help, refused command lines and shell completion, in both languages.
@Suite("Help")
struct HelpTests {
  static let verbs = [
    "demo", "import", "check", "coverage", "report", "export", "review", "sites", "demand", "scenario",
    "guide",
  ]

  private let program = Program()

  @Test("of every verb has an example and says what each option is for, in both languages", arguments: verbs)
  func examples(verb: String) {
    for (language, example, options) in [("en", "Example:", "OPTIONS:"), ("zh", "示例:", "选项:")] {
      let ending = program.run(verb, "--help", "--language", language)
      #expect(ending.status == 0 && ending.error.isEmpty)
      #expect(ending.output.contains(example) && ending.output.contains(options), "\(ending.output)")
      #expect(ending.output.contains("  paycircle \(verb) "), "\(ending.output)")
    }
  }

  @Test("is wholly in the language of the locale or of the option", arguments: [[]] + verbs.map { [$0] })
  func languages(verb: [String]) {
    func output(_ arguments: [String], _ environment: [String: String]) -> String {
      let (process, output, _) = program.start(verb + arguments, environment: environment)
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return text
    }
    let chinese = output(["--help"], ["LC_ALL": "zh_CN.UTF-8"])
    // Verbs, options and values stay as they are typed; no other word of English is left.
    let prose = chinese.split(separator: "\n").filter { !$0.contains("paycircle ") }.joined(separator: "\n")
      .replacing(#/--?[a-z-]+|<[^>]*>|\([^()]*\)|(?m:^  [a-z]+ )/#, with: "")
    let words = prose.matches(of: #/[A-Za-z]+ [a-z]{2,} [a-z]{2,}/#).map { String($0.0) }
    #expect(words.isEmpty, "\(words)")
    #expect(!chinese.contains("default:") && !chinese.contains("values:"))
    if !verb.isEmpty {
      #expect(output(["--help", "--language", "zh"], [:]) == chinese)
      #expect(output(["--help", "--language=zh"], [:]) == chinese)
      #expect(!output(["--help", "--language", "en"], ["LC_ALL": "zh_CN.UTF-8"]).contains("选项"))
    }
  }

  @Test(
    "A command line that is refused is told why in Chinese too, with the same status",
    arguments: [
      (["coverage"], "错误:缺少参数“<atlas>”"),
      (["coverage", "a", "--within", "10"], "错误:“--within <within>”的值“10”无效"),
      (["coverage", "a", "--by", "x"], "错误:“--by <by>”的值“x”无效;应为 'township'、'setting'、'terrain'"),
      (["coverage", "a", "--kind", "x"], "错误:“--kind <kind>”的值“x”无效;应为以下之一:"),
      (["coverage", "a", "--within"], "错误:“--within <within>”缺少值"),
      (["coverage", "a", "--withn", "1min"], "错误:未知选项“--withn”;是否应为“--within”?"),
      (["coverage", "a", "--zzzzzzzz"], "错误:未知选项“--zzzzzzzz”"),
      (["coverage", "a", "b"], "错误:多余的参数“b”"),
      (["coverage", "a", "b", "c"], "错误:2 个多余的参数:'b', 'c'"),
      (["coverage", "a", "--json=1"], "错误:选项“--json”不带值,却给出了“1”"),
      (["--generate-completion-script", "tcsh"], "错误:无法为“tcsh”生成补全脚本\n请使用 "),
      (["import", "places", "a.csv", "--into", "b", "--stamp", "now"], "错误:--stamp “now”:应为"),
    ])
  func refusals(arguments: [String], sentence: String) {
    let (process, _, file) = program.start(arguments, environment: ["LANG": "zh_CN.UTF-8", "LC_ALL": ""])
    process.waitUntilExit()
    let error = String(decoding: FileManager.default.contents(atPath: file.path) ?? Data(), as: UTF8.self)
    #expect(process.terminationStatus == 64)
    #expect(error.hasPrefix(sentence), "\(error)")
    #expect(error.contains("用法:paycircle") && !error.contains("Usage"), "\(error)")
  }

  @Test(
    "completion scripts are scripts their shells read", arguments: ["bash", "zsh", "fish"], ["en", "zh"])
  func completion(shell: String, language: String) throws {
    let environment = ["LC_ALL": language == "zh" ? "zh_CN.UTF-8" : "C"]
    let ending = program.run("--generate-completion-script", shell, environment: environment)
    #expect(ending.status == 0 && ending.error.isEmpty)
    #expect(ending.output.contains("coverage") && ending.output.contains("township"))
    for word in ["village_committee", "citizen_card"] { #expect(ending.output.contains(word), "\(word)") }
    // Only bash is sure to be there; it can read without running.
    guard shell == "bash" else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-n", program.write(ending.output, to: "completion.bash")]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
