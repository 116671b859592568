import ArgumentParser
import Planning
import Travel

/// What is assumed about the peak at the counters.
struct WaitingArguments: ParsableArguments {
  @Option(help: .words("How many of the latest months with volumes are averaged.", zh: "按最近几个有业务量的月份平均。"))
  var months = WaitingOptions().months

  @Option(
    help: .words(
      "Payments on the busiest day of a month, in average days, where no busiest day was counted.",
      zh: "未统计最忙日时,最忙日业务量为平均日的倍数。"))
  var peakDayFactor = WaitingOptions().peakDayFactor

  @Option(
    help: .words("The share of a day's payments in its busiest hour.", zh: "一天业务量中最忙一小时的占比。"))
  var peakHourShare = WaitingOptions().peakHourShare

  @Option(
    help: .words(
      "Time at the counter where no payment was timed anywhere, with its unit.", zh: "没有任何办理时限调查时的办理时长,须带单位。")
  )
  var handling = TravelTime.seconds(Int(WaitingOptions().handlingSeconds))

  @Option(
    help: .words(
      "Squared coefficient of variation of the times between arrivals; 1: people come independently.",
      zh: "到达间隔变异系数的平方;1 表示相互独立。"))
  var arrivalVariability = WaitingOptions().arrivalVariability

  @Option(
    help: .words(
      "The same of handling times, where fewer than twenty were timed.", zh: "办理时长变异系数的平方,用于观测不足二十次时。"))
  var handlingVariability = WaitingOptions().handlingVariability

  @Option(
    help: .words("Days open a week where the hours are not known.", zh: "营业时间未知时,每周营业天数。"))
  var daysOpen = WaitingOptions().daysOpenPerWeek

  @Option(
    help: .words("Time open on such a day, with its unit.", zh: "营业时间未知时,每天营业时长,须带单位。"))
  var hoursOpen = TravelTime.minutes(WaitingOptions().minutesOpenPerDay)

  @Option(help: .words("Longer waits are counted as long.", zh: "超过此时长计为久等。"))
  var longWait = WaitingOptions().longWait

  /// The assumptions as options of the library.
  var options: WaitingOptions {
    var options = WaitingOptions()
    options.months = months
    options.peakDayFactor = peakDayFactor
    options.peakHourShare = peakHourShare
    options.handlingSeconds = Double(handling.seconds)
    options.arrivalVariability = arrivalVariability
    options.handlingVariability = handlingVariability
    options.daysOpenPerWeek = daysOpen
    options.minutesOpenPerDay = hoursOpen.seconds / 60
    options.longWait = longWait
    return options
  }

  func validate() throws {
    try require("--months", Double(months), in: 1...1_200)
    try require("--peak-day-factor", peakDayFactor, in: 1...31)
    try require("--peak-hour-share", peakHourShare, in: 0...1)
    try require("--handling", Double(handling.seconds), in: 0...86_400, unit: "s")
    try require("--arrival-variability", arrivalVariability, in: 0...100)
    try require("--handling-variability", handlingVariability, in: 0...100)
    try require("--days-open", Double(daysOpen), in: 1...7)
    try require("--hours-open", Double(hoursOpen.seconds) / 60, in: 1...1_440, unit: "min")
  }

  /// The assumptions, by the names of the options.
  static func json(_ options: WaitingOptions) -> JSON {
    .object([
      ("months", .int(options.months)),
      ("peak_day_factor", .rounded(options.peakDayFactor)),
      ("peak_hour_share", .rounded(options.peakHourShare)),
      ("handling_seconds", .rounded(options.handlingSeconds)),
      ("arrival_variability", .rounded(options.arrivalVariability)),
      ("handling_variability", .rounded(options.handlingVariability)),
      ("days_open_per_week", .int(options.daysOpenPerWeek)),
      ("minutes_open_per_day", .int(options.minutesOpenPerDay)),
      ("long_wait_seconds", .int(options.longWait.seconds)),
    ])
  }
}

/// What is assumed about an agent's money.
struct ViabilityArguments: ParsableArguments {
  @Option(help: .words("What the company pays each agent a month besides fees, in yuan.", zh: "手续费之外每月补贴,元。"))
  var subsidy = 0.0

  @Option(help: .words("The share of payers who also buy something.", zh: "交费后顺带购物的占比。"))
  var footfallShare = 0.0

  @Option(help: .words("The margin of what such a payer buys, in yuan.", zh: "顺带购物的毛利,元。"))
  var footfallMargin = 0.0

  @Option(help: .words("What a payment costs the agent, in yuan.", zh: "代收人每笔的成本,元。"))
  var paymentCost = 0.0

  @Option(help: .words("The money tied up in the till, in yuan.", zh: "占用的备用金,元。"))
  var float = 0.0

  @Option(help: .words("What that money costs in a month, as a share of it.", zh: "备用金每月的资金成本率。"))
  var floatCost = 0.0

  /// The assumptions as options of the library.
  func options(months: Int) -> ViabilityOptions {
    var options = ViabilityOptions()
    options.months = months
    options.subsidyYuan = subsidy
    options.footfallShare = footfallShare
    options.footfallMarginYuan = footfallMargin
    options.costPerPaymentYuan = paymentCost
    options.floatYuan = float
    options.floatCostPerMonth = floatCost
    return options
  }

  func validate() throws {
    try require("--subsidy", subsidy, in: 0...1e9)
    try require("--footfall-share", footfallShare, in: 0...1)
    try require("--footfall-margin", footfallMargin, in: 0...1e6)
    try require("--payment-cost", paymentCost, in: 0...1e6)
    try require("--float", float, in: 0...1e9)
    try require("--float-cost", floatCost, in: 0...1)
  }

  /// The assumptions, by the names of the options.
  static func json(_ options: ViabilityOptions) -> JSON {
    .object([
      ("months", .int(options.months)), ("subsidy_yuan", .rounded(options.subsidyYuan)),
      ("footfall_share", .rounded(options.footfallShare)),
      ("footfall_margin_yuan", .rounded(options.footfallMarginYuan)),
      ("payment_cost_yuan", .rounded(options.costPerPaymentYuan)),
      ("float_yuan", .rounded(options.floatYuan)),
      ("float_cost_per_month", .rounded(options.floatCostPerMonth)),
    ])
  }
}

/// Refuses a number outside a range, NaN too.
func require(_ option: String, _ value: Double, in range: ClosedRange<Double>, unit: String = "") throws {
  guard !range.contains(value) else { return }
  func text(_ value: Double) -> String { (value == value.rounded() ? "\(Int(value))" : "\(value)") + unit }
  let span = "\(text(range.lowerBound))...\(text(range.upperBound))"
  throw ValidationError(
    said(
      "\(option) \"\(value)\": expected \(span).", zh: "\(option) “\(value)”:应为 \(span)。"))
}

extension JSON {
  /// A number with four decimals, so that the last bits of a mathematical library do not show; `null` for what is none.
  static func rounded(_ value: Double?) -> JSON {
    guard let value, value.isFinite else { return .null }
    guard abs(value) < 1e11 else { return .double(value) }
    let rounded = (value * 10_000).rounded() / 10_000
    return .double(rounded == 0 ? 0 : rounded)
  }
}
