import Foundation
import Planning
import Storage
import Words

/// What can be done with the scenarios that an atlas keeps.
enum ScenarioTask {
  case list
  case show(String)
  case save(String)
  case diff(String, String)
  case copy(String, String)
  case delete(String)
  case apply(String)
  case undo

  /// The task that words ask for; `nil` where they are none, as a file that is called like one.
  init?(_ words: [String]) {
    guard let first = words.first, !FileManager.default.fileExists(atPath: first) else { return nil }
    switch (first, words.count) {
    case ("list", 1): self = .list
    case ("show", 2): self = .show(words[1])
    case ("save", 2): self = .save(words[1])
    case ("diff", 3): self = .diff(words[1], words[2])
    case ("copy", 3): self = .copy(words[1], words[2])
    case ("delete", 2): self = .delete(words[1])
    case ("apply", 2): self = .apply(words[1])
    case ("undo", 1): self = .undo
    default: return nil
    }
  }
}

/// The scenarios of files and of an atlas.
struct ScenarioStore {
  let atlas: String
  let language: Language
  let json: Bool
  /// The time kept with what is written.
  let stamp: String

  /// A scenario by its file, or by the name the atlas keeps it by, with a version behind `@` or without.
  func file(_ word: String) throws -> ScenarioFile { try kept(word)?.file ?? read(word) }

  /// What a scenario changes, or the end of the command with the line that cannot be.
  func outcome(of file: ScenarioFile, _ baseline: ScenarioBaseline) throws -> ScenarioOutcome {
    do throws(ChangeError) {
      return try baseline.outcome(of: file.scenario)
    } catch {
      throw Failure(status: .dataRefused, sentence: file.problem(error).sentence, language: language)
    }
  }

  func run(_ task: ScenarioTask, name: String?) throws {
    switch task {
    case .list: try list()
    case .show(let word): try show(word)
    case .save(let word): try save(try file(word), name: name)
    case .diff(let a, let b): try diff(try file(a), try file(b))
    case .copy(let a, let b): try save(try file(a), name: b)
    case .delete(let word): try delete(word)
    case .apply(let word): try apply(word)
    case .undo: try undo()
    }
  }

  // MARK: - Finding

  private func read(_ path: String) throws -> ScenarioFile {
    do throws(ImportError) {
      return try ScenarioFile(yamlFile: path)
    } catch {
      guard case .unreadable(_, let reason) = error, !FileManager.default.fileExists(atPath: path) else {
        throw ImportCommand.failure(error, language)
      }
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(path): \(reason[.english]), and no scenario that \(atlas) keeps (`paycircle scenario \(atlas) list`)",
          zh: "\(path):\(reason[.chinese]),\(atlas) 中也没有这个情景(`paycircle scenario \(atlas) list`)"),
        language: language)
    }
  }

  /// A scenario that the atlas keeps, unless there is a file of that name.
  private func kept(_ word: String) throws -> (file: ScenarioFile, version: Int)? {
    guard !FileManager.default.fileExists(atPath: word) else { return nil }
    let stored = try failing(in: language) { () -> KeptScenario? in
      let atlas = try Atlas(path: atlas)
      if let exact = try atlas.scenario(named: word) { return exact }
      let parts = word.split(separator: "@", omittingEmptySubsequences: false)
      guard parts.count > 1, let version = parts.last.flatMap({ Int($0) }) else { return nil }
      return try atlas.scenario(named: parts.dropLast().joined(separator: "@"), version: version)
    }
    guard let stored else { return nil }
    do throws(ImportError) {
      return (try stored.file(), stored.version)
    } catch {
      throw ImportCommand.failure(error, language)
    }
  }

  // MARK: - Tasks

  private func list() throws {
    let (kept, applied) = try failing(in: language) {
      let atlas = try Atlas(path: atlas)
      return (try atlas.scenarios(), try atlas.scenarioApplications())
    }
    func state(_ application: ScenarioApplication) -> JSON {
      .object([
        ("name", .string(application.name)), ("version", JSON(application.version)),
        ("applied_at", .string(application.appliedAt)), ("undone_at", JSON(application.undoneAt)),
      ])
    }
    if json {
      try say(
        JSON.object([
          (
            "scenarios",
            .array(
              kept.map {
                .object([
                  ("name", .string($0.name)), ("version", .int($0.version)),
                  ("description", .string($0.description)), ("saved_at", .string($0.savedAt)),
                ])
              })
          ), ("applied", .array(applied.map(state))),
        ]).text)
      return
    }
    if kept.isEmpty { try say(word("No scenario is kept.", "没有保存的情景。")) }
    var table = TextTable(
      header: [word("scenario", "情景"), word("version", "版本"), word("kept at", "保存时间"), word("description", "说明")],
      rightAligned: [1])
    for one in kept { table.append([one.name, "\(one.version)", one.savedAt, one.description]) }
    if !kept.isEmpty { try say(table.lines.joined(separator: "\n")) }
    for one in applied {
      let name = one.name + (one.version.map { "@\($0)" } ?? "")
      let undone = one.undoneAt.map { word(", undone at \($0)", ",撤销于 \($0)") } ?? ""
      try say(word("applied at \(one.appliedAt): ", "应用于 \(one.appliedAt):") + name + undone)
    }
  }

  private func show(_ word: String) throws {
    guard let (file, version) = try kept(word) else { throw unknown(word) }
    if json {
      try say(
        JSON.object([
          ("name", .string(file.scenario.name)), ("version", .int(version)),
          ("description", .string(file.scenario.description)),
          ("changes", .array(file.scenario.changes.map { .string(ScenarioText.yaml(of: $0)) })),
          ("text", .string(file.text)),
        ]).text)
    } else {
      try say(file.text.hasSuffix("\n") ? String(file.text.dropLast()) : file.text)
    }
  }

  private func save(_ file: ScenarioFile, name: String?) throws {
    let name = name ?? file.scenario.name
    guard name.utf8.count <= 200, !name.isEmpty, !name.contains("\0") else {
      throw Failure(
        status: .dataRefused,
        sentence: Bilingual(en: "\(name): expected a name of 1 to 200 bytes", zh: "\(name):名称应为 1 至 200 字节"),
        language: language)
    }
    let version = try failing(in: language) { try Atlas(path: atlas).keep(file, named: name, stamp: stamp) }
    try report(
      [("name", .string(name)), ("version", .int(version))],
      Bilingual(en: "kept: \(name), version \(version)", zh: "已保存:\(name),第 \(version) 版"))
  }

  private func diff(_ a: ScenarioFile, _ b: ScenarioFile) throws {
    let (old, new) = (a.scenario.changes, b.scenario.changes)
    // In the order of the two lists: what both have in common, in the same order, is left out (longest common subsequence).
    let difference = new.difference(from: old)
    let removed = difference.removals.map { change -> Change in
      switch change { case .remove(_, let element, _), .insert(_, let element, _): element }
    }
    let added = difference.insertions.map { change -> Change in
      switch change { case .remove(_, let element, _), .insert(_, let element, _): element }
    }
    if json {
      func list(_ changes: [Change]) -> JSON { .array(changes.map { .string(ScenarioText.yaml(of: $0)) }) }
      try say(JSON.object([("removed", list(removed)), ("added", list(added))]).text)
      return
    }
    if removed.isEmpty, added.isEmpty { try say(word("The same changes.", "变动相同。")) }
    for change in removed { try say("- " + ScenarioText.yaml(of: change)) }
    for change in added { try say("+ " + ScenarioText.yaml(of: change)) }
  }

  private func delete(_ name: String) throws {
    let count = try failing(in: language) { try Atlas(path: atlas).deleteScenario(named: name, stamp: stamp) }
    if count == 0 { throw unknown(name) }
    try report(
      [("name", .string(name)), ("deleted_versions", .int(count))],
      Bilingual(en: "deleted: \(name), versions \(count)", zh: "已删除:\(name),共 \(count) 版"))
  }

  private func apply(_ word: String) throws {
    let kept = try kept(word)
    let file = try kept?.file ?? read(word)
    let applied: AppliedScenario
    do {
      applied = try failing(in: language) {
        try Atlas(path: atlas).apply(file, version: kept?.version, stamp: stamp)
      }
    } catch let error as ImportError {
      throw ImportCommand.failure(error, language)
    }
    try report(
      [
        ("name", .string(file.scenario.name)), ("version", JSON(kept?.version)),
        ("added", .int(applied.added)), ("updated", .int(applied.updated)),
      ],
      Bilingual(
        en: "applied: \(file.scenario.name); rows added \(applied.added), updated \(applied.updated)",
        zh: "已应用:\(file.scenario.name);新增 \(applied.added) 行,更新 \(applied.updated) 行"))
  }

  private func undo() throws {
    let undone: ScenarioApplication?
    do {
      undone = try failing(in: language) { try Atlas(path: atlas).undoScenario(stamp: stamp) }
    } catch let error as ImportError {
      throw ImportCommand.failure(error, language)
    }
    guard let undone else {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(atlas): no applied scenario to undo", zh: "\(atlas):没有可撤销的情景"), language: language)
    }
    try report(
      [("name", .string(undone.name)), ("version", JSON(undone.version))],
      Bilingual(en: "undone: \(undone.name)", zh: "已撤销:\(undone.name)"))
  }

  private func report(_ members: [(String, JSON)], _ sentence: Bilingual) throws {
    try say(json ? JSON.object(members).text : sentence[language])
  }

  private func unknown(_ name: String) -> Failure {
    Failure(
      status: .inputMissing,
      sentence: Bilingual(
        en: "\(name): no scenario that \(atlas) keeps (`paycircle scenario \(atlas) list`)",
        zh: "\(name):\(atlas) 中没有这个情景(`paycircle scenario \(atlas) list`)"),
      language: language)
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}
