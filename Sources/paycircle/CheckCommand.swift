import ArgumentParser
import Planning
import Reporting
import Storage
import Travel
import Words

/// `paycircle check county.gpkg`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: said(
      "Say what in the data would make an answer wrong.",
      zh: "检查数据中会使结果出错的问题。"),
    discussion: said(
      """
      Errors make answers wrong, warnings may. The status is 1 when there are errors.

      Example:
        paycircle check jiyuan.gpkg
      """,
      zh: """
        错误会使结果出错,警告可能如此。有错误时退出状态为 1。

        示例:
          paycircle check jiyuan.gpkg
        """))

  @OptionGroup var input: AtlasArgument
  @OptionGroup var output: OutputOptions

  func run() throws {
    let language = output.language
    let network = try input.network(language)
    let (roads, rules) = try failing(in: language) { try savedRoads() }
    let findings =
      checkData(network) + checkRoads(network, roads, snapping: rules.snapping)
      + (try failing(in: language) { try surveyFindings(network) })
    let errors = findings.count { $0.rule.severity == .error }
    let warnings = findings.count - errors
    if output.json {
      let document = JSON.object([
        ("errors", .int(errors)), ("warnings", .int(warnings)),
        (
          "findings",
          .array(
            findings.map {
              .object([
                ("severity", .string($0.rule.severity.rawValue)), ("rule", .string($0.rule.name)),
                ("table", .string($0.table)), ("id", .string($0.id)),
                ("message", .string($0.sentence[language])),
              ])
            })
        ),
      ])
      try say(document)
    } else {
      for line in Self.lines(findings, language) { try say(line) }
      try say(
        Bilingual(en: "errors: \(errors), warnings: \(warnings)", zh: "错误 \(errors) 个,警告 \(warnings) 个")[
          language])
    }
    if errors > 0 { throw Failure(status: .no, sentence: nil) }
  }

  /// What is wrong with the distance surveys, and whether the newest calibration is of others.
  private func surveyFindings(_ network: PaymentNetwork) throws(AtlasError) -> [DataFinding] {
    let atlas = try Atlas(path: input.atlas)
    let surveys = try atlas.surveys().distances
    var outdated: Int?
    if let newest = try atlas.calibration(), try atlas.isOutdated(newest, surveys: surveys, network: network)
    {
      outdated = newest.id
    }
    return checkSurveys(surveys, of: network, outdatedCalibration: outdated)
  }

  /// The saved roads, every byte of them verified, and the rules they were made by.
  private func savedRoads() throws(AtlasError) -> (RoadsFound, RoadRules) {
    let atlas = try Atlas(path: input.atlas)
    do {
      try atlas.verifyRoads()
      guard let roads = try atlas.roads() else { return (.none, .standard) }
      return (.present(roads.file), try atlas.roadRules(of: roads))
    } catch {
      switch error {
      case .roadsMissing(let file, _): return (.missing(file: file), .standard)
      case .roadsDamaged(let file, _, _): return (.damaged(file: file), .standard)
      default: throw error
      }
    }
  }

  /// The findings as lines, at most twenty of a rule and table.
  private static func lines(_ findings: [DataFinding], _ language: Language) -> [String] {
    var lines: [String] = []
    var shown: [String: Int] = [:]
    for finding in findings {
      let group = "\(finding.table) \(finding.rule.name)"
      shown[group, default: 0] += 1
      if shown[group]! <= 20 {
        let severity: Bilingual =
          finding.rule.severity == .error
          ? Bilingual(en: "error", zh: "错误") : Bilingual(en: "warning", zh: "警告")
        lines.append("\(severity[language]): \(finding.sentence[language])")
      }
    }
    for (group, count) in shown.sorted(by: { $0.key < $1.key }) where count > 20 {
      lines.append(
        Bilingual(en: "... \(count - 20) more: \(group)", zh: "……另有 \(count - 20) 条:\(group)")[language])
    }
    return lines
  }
}
