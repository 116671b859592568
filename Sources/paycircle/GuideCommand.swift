import ArgumentParser
import Foundation
import Planning
import Reporting
import Storage
import Travel
import Words

/// `paycircle guide county.gpkg --to charts`
struct GuideCommand: ParsableCommand {
  /// What is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html, csv, geojson, xlsx
  }

  /// What a sheet is of.
  enum Unit: String, ExpressibleByArgument, CaseIterable {
    case place, village
  }

  static let configuration = CommandConfiguration(
    commandName: "guide",
    abstract: said(
      "Write charts of where to pay: a sheet to hang up for each place, a poster for each township.",
      zh: "生成交费图表:每个村/社区一张可张贴的图表,每个乡镇一张海报。"),
    discussion: said(
      """
      A sheet of A4 lists the nearest points and, within --reach, the nearest of each kind and of each way of paying: minutes,
      direction and distance in words, opening hours, a map, and the ways to pay that need no visit. A poster of A3 shows all
      points of a township. Without --single, --to is a folder: one HTML file a township, and last an index that leads to them.
      Each file appears whole or not at all. CSV, GeoJSON and XLSX are one file with the same facts.

      --pdf prints each HTML file through Chromium or Chrome on the PATH; without one the HTML is written, and the status is 73.
      Several thousand sheets make many megabytes: of a nation, take a --township at a time.

      Example:
        paycircle guide jiyuan.gpkg --to charts --by village
        paycircle guide jiyuan.gpkg --to wangwu.html --single --township 王屋镇 --large --pdf
        paycircle guide jiyuan.gpkg --to charts.csv --format csv
        paycircle guide jiyuan.gpkg --to charts.xlsx --format xlsx --by village --language zh
      """,
      zh: """
        A4 图表列出最近的网点,以及 --reach 内每类网点、每种交费方式最近的一处:分钟、方位和约数距离、
        营业时间、位置图,以及不用出门的交费途径。A3 海报列出一个乡镇的全部网点。不带 --single 时
        --to 是文件夹:每个乡镇一个 HTML 文件,最后写目录页。每个文件要么完整出现,要么不出现。
        CSV、GeoJSON 和 XLSX 是内容相同的单个文件。

        --pdf 用 PATH 中的 Chromium 或 Chrome 逐个打印 HTML;没有浏览器时只写 HTML,状态为 73。
        数千张图表有许多兆字节:全国数据请用 --township 逐个乡镇生成。

        示例:
          paycircle guide jiyuan.gpkg --to charts --by village
          paycircle guide jiyuan.gpkg --to wangwu.html --single --township 王屋镇 --large --pdf
          paycircle guide jiyuan.gpkg --to charts.csv --format csv
          paycircle guide jiyuan.gpkg --to charts.xlsx --format xlsx --by village --language zh
        """))

  @OptionGroup var input: AtlasArgument

  @Option(
    help: .words(
      "The folder to write to, which is made when missing; with --single, csv, geojson or xlsx the file.",
      zh: "写入的文件夹,不存在时自动建立;--single、csv、geojson 或 xlsx 时为文件。"), completion: .file())
  var to: String

  @Option(help: .words("The format: html, csv, geojson or xlsx.", zh: "格式:html、csv、geojson 或 xlsx。"))
  var format = Format.html

  @Option(
    help: .words(
      "Only these places, by their ids, separated by commas.", zh: "只生成这些村/社区,填编码,以逗号分隔。",
      valueName: "id,..."))
  var place: String?

  @Option(
    help: .words(
      "Only the places of this township, by its name; all for all of them.",
      zh: "只生成该乡镇(街道)的图表,填名称;all 为全部。"))
  var township = "all"

  @Option(
    help: .words(
      "What a sheet is of: place; or village, the administrative village, counted from where most of its people live.",
      zh: "一张图表对应:place 每个村/社区;village 每个行政村,从户数最多的一处起算。"))
  var by = Unit.place

  @Option(
    help: .words("How many of the nearest points a sheet lists, 1 to 10.", zh: "每张图表列出最近的几处网点,1 至 10。"))
  var nearest = 5

  @Option(
    help: .words(
      "How far the nearest point of each kind and way of paying may be, with its unit: 60min.",
      zh: "每类网点、每种方式最近一处的最长用时,须带单位:60min。"))
  var reach = TravelTime.minutes(60)

  @Flag(help: .words("All in one HTML file.", zh: "全部写入一个 HTML 文件。"))
  var single = false

  @Flag(help: .words("Large letters for the elderly: five points a sheet.", zh: "老年人大字版:每张五处网点。"))
  var large = false

  @Flag(help: .words("Also print each HTML file to PDF.", zh: "另将每个 HTML 文件打印为 PDF。"))
  var pdf = false

  @OptionGroup var question: CoverageArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...10).contains(nearest) else {
      throw ValidationError(
        said("--nearest \(nearest): expected 1 to 10.", zh: "--nearest \(nearest):应为 1 至 10。"))
    }
    if format != .html, single || large || pdf {
      throw ValidationError(
        said(
          "--single, --large, --pdf: for --format html.", zh: "--single、--large、--pdf:只用于 --format html。"))
    }
    if place != nil, township != "all" {
      throw ValidationError(
        said("--place, --township: expected one of the two.", zh: "--place、--township:只能用其中一个。"))
    }
  }

  func run() throws {
    let language = output.language
    let (network, coverage) = try question.asked(of: input, language)
    var options = GuideOptions(coverage)
    options.nearest = nearest
    options.reach = reach
    let chosen = try GuideSelection(place: place, township: township, atlas: input.atlas).places(
      in: network, language)
    let starts = by == .village ? network.places.seats(ofVillagesOf: chosen) : chosen
    let guide = paymentGuide(of: network, for: starts, options)
    var layout = GuideDocument.Layout()
    layout.isLarge = large
    layout.isByVillage = by == .village
    let document = GuideDocument(
      network: network, guide: guide, version: Paycircle.version, language: language, layout: layout)
    var files: [String] = []
    switch format {
    case .html:
      files = try GuideFiles(
        document: document, to: to, isSingle: single,
        inputs: [input.atlas] + [question.standard].compactMap(\.self),
        language: language
      ).write()
    case .csv, .geojson, .xlsx:
      try requireDistinct(
        outputs: [to], inputs: [input.atlas] + [question.standard].compactMap(\.self), language)
      try writingOutput(language) {
        try write(guide, of: network, in: document, note: syntheticNote(of: network))
      }
      files = [to]
    }
    let printed =
      pdf ? files.filter { ($0 as NSString).lastPathComponent != GuideFiles.indexName || single } : []
    let page = GuidePage(document: document, guide: guide, figures: guide.completeness(in: network))
    if pdf {
      let printer = try PDFPrinter(language)
      for file in printed { try printer.print(file, to: PDFPrinter.path(beside: file)) }
    }
    files += printed.map(PDFPrinter.path(beside:))
    if output.json {
      try say(page.document(files: files).text)
    } else {
      try say(page.lines(files: files, language).joined(separator: "\n"))
    }
  }

  /// Writes the charts as a table or as a workbook.
  private func write(
    _ guide: PaymentGuide, of network: PaymentNetwork, in document: GuideDocument, note: String?
  ) throws {
    if format == .xlsx {
      let sheets = GuideSheets(
        document: document, network: network, guide: guide, language: output.language)
      try writeWorkbook(sheets.all, note: note, to: to)
    } else {
      let texts = GuideTexts(direction: { $0.directionWords }, hours: { $0.words })
      try export(guide, of: network, as: format == .csv ? .csv : .geojson, texts: texts, to: to)
    }
  }
}
