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
      "The whole main job on a folder of files: atlas, coverage, proposals, report, map.",
      zh: "对一个数据文件夹完成全部工作:图集、覆盖、选址、报告、地图。"),
    discussion: said(
      """
      The folder holds files whose names begin with the kind they are of: boundaries, places, points, candidates,
      volumes, distance-surveys, service-surveys, visits, feedback, channels; and roads, as one OpenStreetMap file
      (roads.*.osm.pbf or .osm). With roads, everything is computed along them, and their graph is saved in a file
      beside the atlas, atlas.gpkg.HASH.roads: copy both. With candidates, the best five are proposed with a proof and
      kept as the plan "demo".

      Example:
        paycircle demo geodata/jiyuan --to reports/jiyuan
      """,
      zh: """
        文件夹中的文件名以其类别开头:boundaries、places、points、candidates、volumes、
        distance-surveys、service-surveys、visits、feedback、channels;以及 roads,为一个 OpenStreetMap 文件
        (roads.*.osm.pbf 或 .osm)。有道路时一切沿道路计算,路网保存在图集旁的文件
        atlas.gpkg.HASH.roads 中:复制时请两个一起复制。有候选点时给出其中最好的五个及其证明,并保存为方案 demo。

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
    .boundaries, .places, .points, .candidates, .volumes, .distanceSurveys, .serviceSurveys, .visits,
    .feedback, .channels,
  ]

  func validate() throws {
    try requireTime(stamp)
  }

  func run() throws {
    let language = output.language
    let names = try namesInFolder()
    let files = try filesByKind(names)
    let roads = try roadFile(names)
    try makeFolder()
    let atlas = path("atlas.gpkg")
    unlink(atlas)
    let time = stamp ?? ISO8601DateFormatter().string(from: Date())
    for (kind, files) in files {
      let request = ImportRequest(kind: kind, files: files, stamp: time)
      let result: ImportResult
      do {
        result = try ImportCommand.importing(request, into: atlas, refused: nil, language)
      } catch let error as ImportError {
        throw ImportCommand.failure(error, language)
      }
      try ImportCommand.report(result, isDryRun: false, toStandardError: true, language)
      if result.isRefused { throw Failure(status: .dataRefused, sentence: nil) }
    }
    if let roads { try importRoads(roads, into: atlas, time) }

    var network = try failing(in: language) { try Atlas(path: atlas).network() }
    network.roads = try failing(in: language) { try Atlas(path: atlas).networkRoads() }
    var options = CoverageOptions()
    options.breakdown = .township
    if network.roads != nil { options.travel = .roads }
    let answer = coverage(of: network, options)
    let circles = try paymentCircle(answer, network, language)
    let evidence = try reportEvidence(network, options, atlas: atlas, language)
    let plan = try DemoPlan(on: network, options, atlas: atlas, stamp: time, language)
    var contents = ExportContents(network, answer)
    contents.circles = circles
    contents.plan = plan?.stored
    var written = [atlas] + sidecars
    try writingOutput(language) {
      for layer in [ExportLayer.places, .points, .uncovered, .circles] {
        let file = path("\(layer.rawValue).geojson")
        try export([layer], as: .geojson, contents, to: file)
        written.append(file)
      }
      for format in plan == nil ? [] : [ExportFormat.geojson, .csv] {
        let file = path("plan.\(format.rawValue)")
        try export([.plan], as: format, contents, to: file)
        written.append(file)
      }
      for reportLanguage in Language.allCases {
        let report = CoverageReport(
          network: network, coverage: answer, circles: circles, evidence: evidence,
          version: Paycircle.version,
          stamp: nil, language: reportLanguage, plan: plan?.stored.told)
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
          ("sites", plan.map { SitesJSON(answer: $0.answer).document } ?? .null),
        ]).text)
    } else {
      try say(
        CoverageTable(network: network, coverage: answer, language: language).lines.joined(separator: "\n"))
      if let plan {
        try say(Bilingual(en: "\nWhere to open five more points:\n", zh: "\n若新设五个网点:\n")[language])
        try say(SitesTable(answer: plan.answer, language: language).lines.joined(separator: "\n"))
      }
      try say(Bilingual(en: "\nWritten:", zh: "\n已生成:")[language])
      for file in written { try say("  \(file)") }
    }
  }

  private func path(_ name: String) -> String { (to as NSString).appendingPathComponent(name) }

  /// Brings the roads in, and says what became of them on standard error.
  private func importRoads(_ file: String, into atlas: String, _ time: String) throws {
    let language = output.language
    do {
      let result = try failing(in: language) { try RoadImport(file: file, stamp: time).run(into: atlas) }
      let report = RoadImportReport(result: result, isDryRun: false)
      for line in report.warnings(language) + report.lines(language).suffix(1) { standardError(line) }
    } catch let error as ImportError {
      throw ImportCommand.failure(error, language)
    }
  }

  /// The road graph beside the atlas; every import clears away the one of an earlier demo.
  private var sidecars: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: to)) ?? []
    return names.filter { $0.hasPrefix("atlas.gpkg.") && $0.hasSuffix(".roads") }.sorted().map(path)
  }

  private func namesInFolder() throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(folder): cannot be read; expected a folder of files",
          zh: "\(folder):无法读取;应为存放数据文件的文件夹"),
        language: output.language)
    }
  }

  /// The one file of roads among `names`, if there is one.
  private func roadFile(_ names: [String]) throws -> String? {
    let found = names.filter {
      $0.hasPrefix("roads.") && ($0.hasSuffix(".osm.pbf") || $0.hasSuffix(".osm"))
    }
    guard found.count < 2 else {
      throw Failure(
        status: .dataRefused,
        sentence: Bilingual(
          en:
            "\(folder): roads come from one file, not from \(found.joined(separator: ", ")); expected one, such as "
            + "`osmium merge` makes",
          zh: "\(folder):道路来自一个文件,而非 \(found.joined(separator: "、"));应为一个,例如由 `osmium merge` 生成"),
        language: output.language)
    }
    return found.first.map((folder as NSString).appendingPathComponent)
  }

  /// The folder's files by the kind their names begin with, in the order they must come in.
  private func filesByKind(_ names: [String]) throws -> [(ImportKind, [String])] {
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
