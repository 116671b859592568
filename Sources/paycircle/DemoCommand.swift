import ArgumentParser
import Foundation
import Planning
import Reporting
import Storage
import Words

/// `paycircle demo geodata/jiyuan --to reports/jiyuan`
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: said(
      "The whole main job on a folder of CSV files: atlas, coverage, report, map.",
      zh: "对一个 CSV 文件夹完成全部工作:图集、覆盖、报告、地图。"),
    discussion: said(
      """
      The folder holds files whose names begin with the kind they are of: boundaries, places, points, candidates,
      volumes, distance-surveys, service-surveys, feedback, channels.

      Example:
        paycircle demo geodata/jiyuan --to reports/jiyuan
      """,
      zh: """
        文件夹中的文件名以其类别开头:boundaries、places、points、candidates、volumes、
        distance-surveys、service-surveys、feedback、channels。

        示例:
          paycircle demo geodata/jiyuan --to reports/jiyuan
        """))

  @Argument(help: .words("The folder of files.", zh: "存放文件的文件夹。"), completion: .directory)
  var folder: String

  @Option(
    help: .words("The folder to write to, which is made when missing.", zh: "写入的文件夹,不存在时自动建立。"),
    completion: .directory)
  var to: String

  @Option(
    help: .words(
      "The time for the import journal, as YYYY-MM-DDThh:mm:ssZ. Default: now.",
      zh: "导入日志的时间,格式 YYYY-MM-DDThh:mm:ssZ。默认为现在。"))
  var stamp: String?

  @OptionGroup var output: OutputOptions

  /// The order in which kinds must come in.
  private static let order: [ImportKind] = [
    .boundaries, .places, .points, .candidates, .volumes, .distanceSurveys, .serviceSurveys, .feedback,
    .channels,
  ]

  func validate() throws {
    try requireTime(stamp)
  }

  func run() throws {
    let language = output.language
    let files = try filesByKind()
    try makeFolder()
    let atlas = path("atlas.gpkg")
    unlink(atlas)
    let time = stamp ?? ISO8601DateFormatter().string(from: Date())
    for (kind, names) in files {
      let request = ImportRequest(kind: kind, files: names, stamp: time)
      let result: ImportResult
      do {
        result = try ImportCommand.importing(request, into: atlas, refused: nil, language)
      } catch let error as ImportError {
        throw ImportCommand.failure(error, language)
      }
      try ImportCommand.report(result, isDryRun: false, toStandardError: true, language)
      if result.isRefused { throw Failure(status: .dataRefused, sentence: nil) }
    }

    let network = try failing(in: language) { try Atlas(path: atlas).network() }
    var options = CoverageOptions()
    options.breakdown = .township
    let answer = coverage(of: network, options)
    let circles = try paymentCircle(answer, network, language)
    var written = [atlas]
    try writingOutput(language) {
      for layer in [ExportLayer.places, .points, .uncovered, .circles] {
        let file = path("\(layer.rawValue).geojson")
        try export(
          layer, as: .geojson, network: network, coverage: answer, circles: circles, datum: .wgs84, to: file)
        written.append(file)
      }
      for reportLanguage in Language.allCases {
        let report = CoverageReport(
          network: network, coverage: answer, circles: circles, version: Paycircle.version, stamp: nil,
          language: reportLanguage)
        let file = path("report.\(reportLanguage.rawValue).html")
        try writeWhole(report.html(), to: file)
        written.append(file)
        let map = path("map.\(reportLanguage.rawValue).svg")
        try writeWhole(report.mapSVG(), to: map)
        written.append(map)
      }
    }

    if output.json {
      try say(
        JSON.object([
          ("files", .array(written.map(JSON.string))),
          (
            "coverage",
            CoverageJSON(network: network, coverage: answer).document
          ),
        ]).text)
    } else {
      try say(
        CoverageTable(network: network, coverage: answer, language: language).lines.joined(separator: "\n"))
      try say(Bilingual(en: "\nWritten:", zh: "\n已生成:")[language])
      for file in written { try say("  \(file)") }
    }
  }

  private func path(_ name: String) -> String { (to as NSString).appendingPathComponent(name) }

  /// The folder's files by the kind their names begin with, in the order they must come in.
  private func filesByKind() throws -> [(ImportKind, [String])] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(folder): cannot be read; expected a folder of CSV files",
          zh: "\(folder):无法读取;应为存放 CSV 文件的文件夹"),
        language: output.language)
    }
    let found = Self.order.map { kind in
      (
        kind,
        names.filter {
          $0.hasPrefix(kind.rawValue + ".") && ($0.hasSuffix(".csv") || $0.hasSuffix(".geojson"))
        }
        .map { (folder as NSString).appendingPathComponent($0) }
      )
    }
    guard found.contains(where: { $0.0 == .places && !$0.1.isEmpty }) else {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(folder): no file of places; expected one such as places.csv",
          zh: "\(folder):没有村/社区文件;应有 places.csv 之类的文件"), language: output.language)
    }
    return found.filter { !$0.1.isEmpty }
  }

  private func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(en: "\(to): the folder cannot be made", zh: "\(to):无法建立文件夹"),
        language: output.language)
    }
  }
}
