import ArgumentParser
import Planning
import Reporting
import Storage
import Travel
import Words

/// `paycircle demand county.gpkg waiting`
struct DemandWaitingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiting",
    abstract: said(
      "How busy the counters are at the peak, and how long people wait.", zh: "高峰时窗口有多忙、要等多久。"),
    discussion: said(
      """
      The peak is the busiest hour of the busiest day of a month. Waits by Erlang C, with Allen and Cunneen's correction
      for variability; where more come than can be served, those of a growing backlog, and the point is overloaded.

      Example:
        paycircle demand jiyuan.gpkg waiting
        paycircle demand jiyuan.gpkg waiting --peak-hour-share 0.3 --json
      """,
      zh: """
        高峰指一个月中最忙一天的最忙一小时。等候按 Erlang C 公式并作 Allen-Cunneen 变异修正;
        来客多于处理能力时按积压计算,并标为超负荷。

        示例:
          paycircle demand jiyuan.gpkg waiting
          paycircle demand jiyuan.gpkg waiting --peak-hour-share 0.3 --json
        """))

  @OptionGroup var input: AtlasArgument
  @OptionGroup var assumptions: WaitingArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let network = try input.network(output.language)
    let surveys = try failing(in: output.language) { try Atlas(path: input.atlas).surveys() }
    let answer = waiting(at: network, surveys.services, assumptions.options)
    let page = WaitingPage(network: network, answer: answer, language: output.language)
    if output.json { try say(page.document) } else { try say(page.lines.joined(separator: "\n")) }
  }
}

/// The peaks as a table and as a document.
struct WaitingPage {
  let network: PaymentNetwork
  let answer: Waiting
  let language: Language

  /// How many points are listed for people.
  private static let listed = 20

  private var known: [Int] { answer.peaks.indices.filter { answer.peaks[$0] != nil } }

  private var withoutVolumes: [Int] {
    answer.peaks.indices.filter { answer.peaks[$0] == nil && network.points.statuses[$0] == .active }
  }

  var document: JSON {
    .object([
      ("assumptions", WaitingArguments.json(answer.options)),
      (
        "summary",
        .object([
          ("points", .int(known.count)), ("without_volumes", .int(withoutVolumes.count)),
          ("overloaded", .int(known.count { answer.peaks[$0]?.isOverloaded == true })),
          ("above_85_percent", .int(known.count { (answer.peaks[$0]?.utilization ?? 0) >= 0.85 })),
          ("surveys_set_aside", .int(answer.handling.setAside)),
        ])
      ),
      ("points", .array(known.map(point))),
      ("without_volumes", .array(withoutVolumes.map { .string(network.points.ids[$0]) })),
    ])
  }

  private func point(_ point: Int) -> JSON {
    guard let peak = answer.peaks[point] else { return .null }
    return .object([
      ("point_id", .string(network.points.ids[point])), ("name", .string(network.points.names[point])),
      ("kind", .string(network.points.kinds[point].name)),
      ("payments_per_month", .rounded(peak.paymentsPerMonth)), ("months", .int(peak.months)),
      ("peak_day_factor", .rounded(peak.peakDayFactor)),
      ("busiest_day_counted", .bool(peak.countsBusiestDay)),
      ("peak_hour_share", .rounded(peak.peakHourShare)), ("hours_assumed", .bool(peak.assumesHours)),
      ("arrivals_per_hour", .rounded(peak.arrivalsPerHour)),
      ("handling_seconds", .rounded(peak.handlingSeconds)), ("observations", .int(peak.observations)),
      ("handling_variability", .rounded(peak.handlingVariability)),
      ("counters", .int(peak.counters)), ("counters_assumed", .bool(peak.assumesCounters)),
      ("utilization", .rounded(peak.utilization)), ("mean_wait_seconds", .rounded(peak.meanWaitSeconds)),
      ("long_wait_share", .rounded(peak.longWaitShare)),
      ("short_wait_share", .rounded(peak.shortWaitShare)), ("overloaded", .bool(peak.isOverloaded)),
      ("backlog", .rounded(peak.backlog)),
    ])
  }

  var lines: [String] {
    let options = answer.options
    let (short, long) = (options.shortWait, options.longWait)
    var table = TextTable(
      header: [
        word("point", "网点"), word("per month", "月业务"), word("per hour", "高峰每时"), word("handling s", "办理秒"),
        word("counters", "窗口"), word("busy", "利用率"), word("wait min", "等候分钟"), ">\(short)", ">\(long)", "",
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7, 8])
    let busiest = known.sorted {
      let (a, b) = (answer.peaks[$0]?.utilization ?? 0, answer.peaks[$1]?.utilization ?? 0)
      return a != b ? a > b : $0 < $1
    }
    for point in busiest.prefix(Self.listed) {
      guard let peak = answer.peaks[point] else { continue }
      table.append([
        "\(network.points.ids[point]) \(network.points.names[point])",
        Figures.decimal(peak.paymentsPerMonth, digits: 0), Figures.decimal(peak.arrivalsPerHour, digits: 1),
        Figures.decimal(peak.handlingSeconds, digits: 0),
        Figures.whole(peak.counters) + (peak.assumesCounters ? "?" : ""),
        Figures.decimal(peak.utilization * 100, digits: 0) + "%",
        Figures.minutes(meanSeconds: peak.meanWaitSeconds), Figures.percent(peak.shortWaitShare),
        Figures.percent(peak.longWaitShare),
        peak.isOverloaded ? word("overloaded: backlog", "超负荷:按积压计") : "",
      ])
    }
    let overloaded = known.count { answer.peaks[$0]?.isOverloaded == true }
    let busy = known.count { (answer.peaks[$0]?.utilization ?? 0) >= 0.85 }
    return [
      word(
        "Points with volumes: \(Figures.whole(known.count)); busy 85% or more at the peak \(Figures.whole(busy)), "
          + "overloaded \(Figures.whole(overloaded)); without volumes \(Figures.whole(withoutVolumes.count))",
        "有业务量的网点 \(Figures.whole(known.count)) 个:高峰利用率达 85% 的 \(Figures.whole(busy)) 个,"
          + "超负荷 \(Figures.whole(overloaded)) 个;无业务量 \(Figures.whole(withoutVolumes.count)) 个"),
      Self.assumed(options)[language], "",
    ] + table.lines
      + (known.count > Self.listed
        ? [
          word(
            "... and \(Figures.whole(known.count - Self.listed)) more (all with --json)",
            "……另有 \(Figures.whole(known.count - Self.listed)) 个(用 --json 查看全部)")
        ] : [])
  }

  /// What was assumed, in a sentence.
  static func assumed(_ options: WaitingOptions) -> Bilingual {
    let share = Figures.decimal(options.peakHourShare * 100, digits: 0) + "%"
    let hours = Figures.decimal(Double(options.minutesOpenPerDay) / 60, digits: 1)
    let factor = Figures.decimal(options.peakDayFactor, digits: 1)
    let (arrival, handling) = (
      Figures.decimal(options.arrivalVariability, digits: 2),
      Figures.decimal(options.handlingVariability, digits: 2)
    )
    return Bilingual(
      en:
        "Assumed: latest \(options.months) months; busiest hour \(share) of the day; where not known, busiest day "
        + "\(factor) average days, \(options.daysOpenPerWeek) days of \(hours) h a week, handling "
        + "\(Figures.decimal(options.handlingSeconds, digits: 0)) s; variability \(arrival) (arrivals), \(handling) (handling)",
      zh: "假定:最近 \(options.months) 个月;最忙一小时占全天 \(share);未知时最忙日为平均日的 \(factor) 倍、"
        + "每周 \(options.daysOpenPerWeek) 天每天 \(hours) 小时、办理 \(Figures.decimal(options.handlingSeconds, digits: 0)) 秒;"
        + "变异 \(arrival)(到达)、\(handling)(办理)")
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}
