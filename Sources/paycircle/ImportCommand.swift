import ArgumentParser
import Foundation
import Storage
import Travel
import Words

/// What can be imported: rows of a table, or the roads and their heights.
enum ImportSubject: ExpressibleByArgument {
  case rows(ImportKind)
  case roads
  case elevation

  init?(argument: String) {
    switch argument {
    case "roads": self = .roads
    case "elevation": self = .elevation
    default:
      guard let kind = ImportKind(rawValue: argument) else { return nil }
      self = .rows(kind)
    }
  }

  static var allValueStrings: [String] { ImportKind.allCases.map(\.rawValue) + ["roads", "elevation"] }
}

extension ImportDatum: ExpressibleByArgument {}
extension ImportEncoding: ExpressibleByArgument {}

/// `paycircle import places villages.csv --into county.gpkg`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: said(
      "Bring files into an atlas: all rows, or none.",
      zh: "将文件导入图集:要么全部行,要么一行也不导入。"),
    discussion: said(
      """
      Reads CSV, GeoJSON and GeoPackage, told apart by their content. Import places, then points, then the rest, for
      rows may only refer to what is there. A row with a known id replaces that row. If any row is bad, nothing is
      imported and the status is 65, unless --skip-bad is given.

      Roads come from one OpenStreetMap file (.osm.pbf or .osm) and take the place of those before. They are saved in a
      file beside the atlas, NAME.HASH.roads: copy both. Heights (GeoTIFF in degrees, or SRTM .hgt) slow walkers and
      e-bikes on these roads by slope; import them again after new roads.

      Example:
        paycircle import places villages.csv --into county.gpkg
        paycircle import points points.csv --into county.gpkg --datum gcj02
        paycircle import volumes 2015-*.csv --into county.gpkg --skip-bad --refused refused.csv
        paycircle import roads henan.osm.pbf --into county.gpkg
        paycircle import elevation N35E112.hgt --into county.gpkg
      """,
      zh: """
        读取 CSV、GeoJSON 和 GeoPackage,按内容识别。请依次导入 places、points 和其余类别,
        因为行只能引用已有的内容。编码已存在的行会替换原有的行。只要有一行有误,
        就什么也不导入,退出状态为 65;使用 --skip-bad 时除外。

        道路来自一个 OpenStreetMap 文件(.osm.pbf 或 .osm),替换原有道路,保存在图集旁的文件
        NAME.HASH.roads 中:复制时请两个一起复制。高程(以度为单位的 GeoTIFF,或 SRTM .hgt)
        按坡度放慢步行和电动自行车;导入新道路后请重新导入。

        示例:
          paycircle import places villages.csv --into county.gpkg
          paycircle import points points.csv --into county.gpkg --datum gcj02
          paycircle import volumes 2015-*.csv --into county.gpkg --skip-bad --refused refused.csv
          paycircle import roads henan.osm.pbf --into county.gpkg
          paycircle import elevation N35E112.hgt --into county.gpkg
        """))

  @Argument(help: .words("What the files hold.", zh: "文件的类别。"))
  var kind: ImportSubject

  @Argument(help: .words("The files.", zh: "文件。"), completion: .file())
  var files: [String]

  @Option(
    help: .words("The atlas (.gpkg), which is made when missing.", zh: "图集(.gpkg),不存在时自动建立。"),
    completion: .file(extensions: ["gpkg"]))
  var into: String

  @Option(
    help: .words("The frame of the files' coordinates; only WGS-84 is stored.", zh: "文件坐标的坐标系;只存储 WGS-84。"))
  var datum = ImportDatum.wgs84

  @Option(help: .words("How CSV files write their characters.", zh: "CSV 文件的字符编码。"))
  var encoding = ImportEncoding.auto

  @Flag(help: .words("Empty the kind first.", zh: "先清空该类别。"))
  var replaceAll = false

  @Flag(help: .words("Only say what would happen.", zh: "试运行:只说明会发生什么。"))
  var dryRun = false

  @Flag(help: .words("Leave bad rows out instead of refusing everything.", zh: "略过有误的行,而不是全部拒绝。"))
  var skipBad = false

  @Option(
    help: .words("Write every problem to this CSV file.", zh: "将所有问题写入该 CSV 文件。"),
    completion: .file(extensions: ["csv"]))
  var refused: String?

  @Flag(help: .words("Say that the data are made up; reports then say so too.", zh: "注明数据为合成;报告也会注明。"))
  var synthetic = false

  @Option(
    help: .words(
      "What the tags of roads mean: a YAML file whose keys replace the standard's.",
      zh: "道路标签的含义:YAML 文件,其中的键替换标准规则。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var rules: String?

  @Option(
    help: .words(
      "The time for the journal, as YYYY-MM-DDThh:mm:ssZ. Default: now.",
      zh: "日志的时间,格式 YYYY-MM-DDThh:mm:ssZ。默认为现在。"))
  var stamp: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try requireTime(stamp)
    switch kind {
    case .rows(let rows):
      if rules != nil {
        throw ValidationError(
          said(
            "--rules: \(rows.rawValue) have none; expected `import roads`.",
            zh: "--rules:\(rows.rawValue) 没有规则;应为 `import roads`。"))
      }
    case .roads, .elevation:
      let name = if case .roads = kind { "roads" } else { "elevation" }
      let unfit = [
        ("--datum", datum != .wgs84), ("--encoding", encoding != .auto), ("--skip-bad", skipBad),
        ("--refused", refused != nil),
      ].filter(\.1).map(\.0)
      guard unfit.isEmpty else {
        throw ValidationError(
          said(
            "\(unfit.joined(separator: ", ")): for rows of a table; \(name) are WGS-84 and have no rows.",
            zh: "\(unfit.joined(separator: "、")):只用于表格的行;\(name) 为 WGS-84,没有行。"))
      }
      if case .elevation = kind, rules != nil {
        throw ValidationError(
          said(
            "--rules: elevation has none; expected `import roads`.",
            zh: "--rules:elevation 没有规则;应为 `import roads`。"))
      }
      if case .roads = kind, files.count > 1 {
        throw ValidationError(
          said(
            "roads come from one file; expected one, such as `osmium merge \(files.joined(separator: " ")) -o all.osm.pbf` makes.",
            zh: "道路来自一个文件;应为一个,例如由 `osmium merge \(files.joined(separator: " ")) -o all.osm.pbf` 生成。"))
      }
    }
  }

  func run() throws {
    let outputs = [into] + [refused].compactMap(\.self)
    try requireDistinct(outputs: outputs, inputs: files + [rules].compactMap(\.self), output.language)
    switch kind {
    case .rows(let kind): try importRows(kind)
    case .roads:
      try imported("roads") {
        let report = RoadImportReport(result: try roadRequest().run(into: into), isDryRun: dryRun)
        return (report.document, report.lines(output.language), report.warnings(output.language))
      }
    case .elevation:
      try imported("elevation") {
        let report = ElevationImportReport(result: try elevationRequest.run(into: into), isDryRun: dryRun)
        return (report.document, [report.line(output.language)], report.warnings(output.language))
      }
    }
  }

  private var time: String { stamp ?? ISO8601DateFormatter().string(from: Date()) }

  private func roadRequest() throws(ImportError) -> RoadImport {
    var request = RoadImport(file: files[0], stamp: time)
    if let rules { request.rules = try RoadRules(yamlFile: rules) }
    request.isDryRun = dryRun
    request.isSynthetic = synthetic
    return request
  }

  private var elevationRequest: ElevationImport {
    var request = ElevationImport(files: files, stamp: time)
    request.isDryRun = dryRun
    request.isSynthetic = synthetic
    return request
  }

  /// Runs an import that has no rows, and says what became of it.
  private func imported(
    _ kind: String, _ body: () throws -> (document: JSON, lines: [String], warnings: [String])
  ) throws {
    let language = output.language
    do {
      let (document, lines, warnings) = try failing(in: language, body)
      for warning in warnings { standardError(warning) }
      if output.json { try say(document.text) } else { for line in lines { try say(line) } }
    } catch let error as ImportError {
      if output.json {
        try say(
          Self.document(
            of: ImportResult(kind: .places, refusing: error), named: kind, isDryRun: dryRun, language
          ).text)
      }
      throw Self.failure(error, language)
    }
  }

  private func importRows(_ kind: ImportKind) throws {
    let language = output.language
    var request = ImportRequest(kind: kind, files: files, stamp: time)
    request.options.datum = datum
    request.options.encoding = encoding
    request.replacesAll = replaceAll
    request.isDryRun = dryRun
    request.skipsBad = skipBad
    request.isSynthetic = synthetic
    let result: ImportResult
    do {
      result = try Self.importing(request, into: into, refused: refused, language)
    } catch let error as ImportError {
      if output.json {
        let nothing = ImportResult(kind: kind, refusing: error)
        try say(Self.document(of: nothing, named: kind.rawValue, isDryRun: dryRun, language).text)
      }
      throw Self.failure(error, language)
    }
    if output.json {
      try say(Self.document(of: result, named: kind.rawValue, isDryRun: dryRun, language).text)
    }
    try Self.report(result, isDryRun: dryRun, toStandardError: output.json, language)
    if result.isRefused { throw Failure(status: .dataRefused, sentence: nil) }
  }

  /// Runs an import, with its progress on a terminal, and its problems in the file `refused`.
  static func importing(
    _ request: ImportRequest, into path: String, refused: String?, _ language: Language
  ) throws -> ImportResult {
    let progress = Progress()
    defer { progress.end() }
    do {
      let list = try refused.map { try ProblemFile(path: $0, language) }
      let result = try request.run(into: path, problem: { try list?.append($0) }, progress: progress.show)
      try list?.finish()
      return result
    } catch let error as AtlasError {
      throw Failure(error, language)
    }
  }

  /// What a file that could not be read at all means for the shell.
  static func failure(_ error: ImportError, _ language: Language) -> Failure {
    let status: Status = if case .unreadable = error { .inputMissing } else { .dataRefused }
    return Failure(status: status, sentence: error.sentence, language: language)
  }

  private static func document(
    of result: ImportResult, named kind: String, isDryRun: Bool, _ language: Language
  ) -> JSON {
    .object([
      ("kind", .string(kind)), ("read", .int(result.read)), ("added", .int(result.added)),
      ("updated", .int(result.updated)), ("unchanged", .int(result.unchanged)),
      ("refused", .int(result.refused)), ("unanswered", .int(result.unanswered)),
      ("imported", .bool(!result.isRefused && !isDryRun)),
      ("problem_count", .int(result.problemCount)),
      (
        "problems",
        .array(
          result.problems.map {
            .object([
              ("file", .string($0.file)), ("line", JSON($0.line)), ("column", JSON($0.column)),
              ("found", .string($0.found[language])), ("expected", .string($0.expected[language])),
            ])
          })
      ),
    ])
  }

  /// Says what became of an import, to people.
  static func report(
    _ result: ImportResult, isDryRun: Bool, toStandardError: Bool, _ language: Language
  ) throws {
    for ignored in result.ignoredColumns {
      let columns = ignored.columns.joined(separator: ", ")
      standardError(
        Bilingual(
          en: "\(ignored.file): columns not known, kept out: \(columns)",
          zh: "\(ignored.file):未识别的列,未导入:\(columns)")[language])
    }
    for problem in result.problems { standardError(problem.sentence[language]) }
    let more = result.problemCount - result.problems.count
    if more > 0 {
      standardError(Bilingual(en: "... and \(more) more problems", zh: "……另有 \(more) 个问题")[language])
    }
    let counts =
      Bilingual(
        en:
          "\(result.read) rows read: \(result.added) new, \(result.updated) changed, \(result.unchanged) unchanged, "
          + "\(result.refused) refused",
        zh: "读取 \(result.read) 行:新增 \(result.added),更新 \(result.updated),未变 \(result.unchanged),"
          + "拒绝 \(result.refused)")[language]
      + (result.unanswered == 0
        ? ""
        : Bilingual(en: ", \(result.unanswered) not answered", zh: ",未作答 \(result.unanswered)")[language])
    let verdict: Bilingual =
      if result.isRefused {
        Bilingual(en: "; nothing was imported", zh: ";未导入任何内容")
      } else if isDryRun {
        Bilingual(en: "; a dry run, nothing was imported", zh: ";试运行,未导入")
      } else {
        Bilingual(en: "", zh: "")
      }
    let line = "\(result.kind.rawValue): \(counts)\(verdict[language])"
    if toStandardError || result.isRefused { standardError(line) } else { try say(line) }
  }
}

/// Rows counted on a terminal, for what takes longer than a second.
final class Progress {
  private let start = Date()
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var hasShown = false

  func show(rows: Int) {
    guard isTerminal, Date().timeIntervalSince(start) > 1 else { return }
    hasShown = true
    FileHandle.standardError.write(Data("\r\(rows) …".utf8))
  }

  func end() {
    if hasShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
