import ArgumentParser
import Foundation
import Planning
import Storage
import Words

/// `paycircle demand county.gpkg calibrate`
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: said(
      "Learn from the distance surveys how fast people are and how far their ways wind.",
      zh: "由交费距离调查得出出行速度和绕行系数。"),
    discussion: said(
      """
      The estimates are kept in the atlas; coverage, sites, scenario, guide, report and export then travel by them
      (--calibration none for the defaults). Gross errors are rejected and listed; times are known to be rounded, so the share within ten
      minutes is not that of the raw answers.

      Example:
        paycircle demand jiyuan.gpkg calibrate
        paycircle demand jiyuan.gpkg calibrate --dry-run --json
      """,
      zh: """
        结果保存在图集中,之后 coverage、sites、scenario、guide、report、export 按此计算(--calibration none 恢复默认值)。
        明显错误的回答剔除并列出;回答的分钟数多为约数,十分钟内占比因此不能直接按回答统计。

        示例:
          paycircle demand jiyuan.gpkg calibrate
          paycircle demand jiyuan.gpkg calibrate --dry-run --json
        """))

  @OptionGroup var input: AtlasArgument

  @Option(
    help: .words(
      "Whether minutes are also compared with those along the roads: straight or roads. Default: roads where the atlas has them.",
      zh: "是否还与沿道路的用时比较:straight 否、roads 是。图集有道路时默认 roads。"))
  var travel: Travel?

  @Option(help: .words("The seed of the resampling.", zh: "重抽样的随机种子。"))
  var seed: UInt64 = 1

  @Option(
    help: .words(
      "How many times the answers are drawn again for an interval: 40...100000.",
      zh: "每个区间的重抽样次数:40...100000。"))
  var draws = 1_000

  @Flag(help: .words("Only say what the surveys give; keep nothing.", zh: "只给出结果,不保存。"))
  var dryRun = false

  @Option(
    help: .words(
      "The time kept with the calibration, as YYYY-MM-DDThh:mm:ssZ. Default: now.",
      zh: "随校准保存的时间,格式 YYYY-MM-DDThh:mm:ssZ。默认为现在。"))
  var stamp: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try requireTime(stamp)
    guard (40...100_000).contains(draws) else {
      throw ValidationError(
        said("--draws \(draws): expected 40...100000.", zh: "--draws \(draws):应为 40...100000。"))
    }
  }

  func run() throws {
    let language = output.language
    var network = try input.network(language)
    let atlas = try failing(in: language) { try Atlas(path: input.atlas) }
    let surveys = try failing(in: language) { try atlas.surveys() }.distances
    guard surveys.count > 0 else {
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en:
            "\(input.atlas): no distance surveys; expected an atlas that `paycircle import distance-surveys` has put answers into",
          zh: "\(input.atlas):没有交费距离调查;应为已用 `paycircle import distance-surveys` 导入调查的图集"),
        language: language)
    }
    if travel != .straight { network.roads = try failing(in: language) { try atlas.networkRoads() } }
    if travel == .roads, network.roads == nil { throw Failure.noRoads(input.atlas, language) }
    var options = CalibrationOptions()
    options.seed = seed
    options.draws = draws
    options.usesRoads = network.roads != nil
    let answer = calibrate(surveys, of: network, options)

    let roads = options.usesRoads ? try failing(in: language) { try atlas.roadsSHA256() } : nil
    let inputs = CalibrationInputs.sha256(of: surveys, in: network, roadsSHA256: roads)
    var kept: StoredCalibration?
    if !dryRun, answer.calibration.isUsable {
      let time = stamp ?? ISO8601DateFormatter().string(from: Date())
      kept = try failing(in: language) {
        try atlas.keep(answer.calibration, inputsSHA256: inputs, stamp: time)
      }
    }
    if output.json {
      let document = CalibrationJSON(
        answer: answer, surveys: surveys, network: network, inputsSHA256: inputs, id: kept?.id)
      try say(document.document)
    } else {
      let table = CalibrationTable(
        answer: answer, surveys: surveys, id: kept?.id,
        isSynthetic: network.sources.contains(where: \.isSynthetic),
        language: language)
      try say(table.lines.joined(separator: "\n"))
    }
    guard answer.calibration.isUsable else {
      throw Failure(
        status: .no,
        sentence: Bilingual(
          en:
            "\(input.atlas): nothing is kept: none of the \(surveys.count) answers gives a factor that can be",
          zh: "\(input.atlas):未保存:\(surveys.count) 份调查中没有一份能得出可用的系数"),
        language: language)
    }
  }
}
