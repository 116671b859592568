import ArgumentParser
import Planning
import Reporting
import Storage
import Travel
import Words

/// `paycircle review county.gpkg --rule overloaded,dormant`
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: said(
      "The list a manager acts on: what is wrong with which point, and what to do.",
      zh: "问题清单:哪个网点有什么问题、该怎么办。"),
    discussion: said(
      """
      Rules: overloaded, dormant, loss_making, complained_of, slow, poorly_placed, missing_data, single_point. Each row
      has the figure found and the threshold it is held against; every threshold is an option.

      Example:
        paycircle review jiyuan.gpkg
        paycircle review jiyuan.gpkg --rule overloaded,dormant --language zh
        paycircle review jiyuan.gpkg --to review.csv
      """,
      zh: """
        规则:overloaded 超负荷、dormant 休眠、loss_making 亏损、complained_of 投诉集中、slow 办理慢、
        poorly_placed 位置不佳、missing_data 数据缺失、single_point 单点依赖。
        每条列出数值和阈值;阈值均可用选项修改。

        示例:
          paycircle review jiyuan.gpkg
          paycircle review jiyuan.gpkg --rule overloaded,dormant --language zh
          paycircle review jiyuan.gpkg --to review.csv
        """))

  @OptionGroup var input: AtlasArgument

  @Option(help: .words("Only these rules, separated by commas.", zh: "只用这些规则,以逗号分隔。"))
  var rule: RuleList?

  @Option(
    help: .words(
      "At most so many rows of each rule. Default: 8 in the table, all in JSON and files.",
      zh: "每条规则最多列出的行数。默认表格 8 行,JSON 和文件不限。"))
  var limit: Int?

  @Option(help: .words("Write all rows to this CSV file too.", zh: "同时将全部条目写入此 CSV 文件。"), completion: .file())
  var to: String?

  @OptionGroup var thresholds: ReviewThresholds
  @OptionGroup var question: CoverageArguments
  @OptionGroup var assumptions: WaitingArguments
  @OptionGroup var money: ViabilityArguments
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let limit { try require("--limit", Double(limit), in: 0...1e9) }
  }

  func run() throws {
    let language = output.language
    if let to {
      try requireDistinct(
        outputs: [to], inputs: [input.atlas] + [question.standard].compactMap(\.self), language)
    }
    let (network, options) = try question.asked(of: input, language)
    let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
    let waiting = assumptions.options
    let evidence = ReviewEvidence(
      network, surveys, coverage: options, waiting: waiting,
      viability: money.options(months: waiting.months), months: waiting.months)
    let answer = review(
      of: network, surveys, evidence, rules: rule?.rules ?? Set(ReviewRule.allCases),
      thresholds.options)
    let page = ReviewPage(
      network: network, surveys: surveys, review: answer, waiting: waiting,
      calibration: options.calibration, language: language)
    if let to { try writingOutput(language) { try writeWhole(page.csv, to: to) } }
    if output.json {
      try say(page.document(limit))
    } else {
      try say(page.lines(limit).joined(separator: "\n"))
    }
  }
}

/// A list of rules separated by commas, each of which must be known.
struct RuleList: ExpressibleByArgument {
  var rules: Set<ReviewRule> = []

  init?(argument: String) {
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let rule = ReviewRule(rawValue: String(word)) else { return nil }
      rules.insert(rule)
    }
  }

  static var allValueStrings: [String] { ReviewRule.allCases.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// From where on a figure is listed.
struct ReviewThresholds: ParsableArguments {
  @Option(help: .words("How busy counters may be at the peak.", zh: "overloaded:高峰窗口利用率上限。"))
  var busy = ReviewOptions().utilization

  @Option(help: .words("Months in a row without a payment.", zh: "dormant:连续无业务月数。"))
  var dormantMonths = ReviewOptions().dormantMonths

  @Option(help: .words("Yuan an agent should earn a month, at least.", zh: "loss_making:代收人每月最低盈余,元。"))
  var margin = ReviewOptions().marginYuan

  @Option(
    help: .words(
      "How sure it must be that the rate of complaints is more than twice the county's.",
      zh: "complained_of:投诉率超过全县两倍的概率下限。"))
  var complaintProbability = ReviewOptions().complaintProbability

  @Option(
    help: .words(
      "How many times as long as at its kind handling may take.", zh: "slow:办理时长与同类之比的上限。"))
  var slowRatio = ReviewOptions().slowRatio

  @Option(
    help: .words(
      "Customers who should have a point with few payments as their nearest, at least.",
      zh: "poorly_placed:以其为最近网点的户数下限。"))
  var nearestCustomers = ReviewOptions().nearestCustomers

  @Option(help: .words("Payments a month that are not few.", zh: "poorly_placed:每月笔数低于此值算很少。"))
  var fewPayments = ReviewOptions().fewPayments

  @Option(
    help: .words(
      "Customers who may lose service when one point closes.", zh: "single_point:一个网点停业时允许失去服务的户数。"))
  var customersLost = ReviewOptions().customersLost

  /// The thresholds as options of the library.
  var options: ReviewOptions {
    var options = ReviewOptions()
    options.utilization = busy
    options.dormantMonths = dormantMonths
    options.marginYuan = margin
    options.complaintProbability = complaintProbability
    options.slowRatio = slowRatio
    options.nearestCustomers = nearestCustomers
    options.fewPayments = fewPayments
    options.customersLost = customersLost
    return options
  }

  func validate() throws {
    try require("--busy", busy, in: 0...100)
    try require("--dormant-months", Double(dormantMonths), in: 1...1_200)
    try require("--margin", margin, in: -1e9...1e9)
    try require("--complaint-probability", complaintProbability, in: 0...1)
    try require("--slow-ratio", slowRatio, in: 0...1_000)
    try require("--nearest-customers", Double(nearestCustomers), in: 0...1e9)
    try require("--few-payments", Double(fewPayments), in: 0...1e9)
    try require("--customers-lost", Double(customersLost), in: 1...1e9)
  }
}
