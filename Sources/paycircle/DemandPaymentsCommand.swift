import ArgumentParser
import Planning
import Words

/// `paycircle demand county.gpkg payments`: how many payments each point can expect.
struct DemandPaymentsCommand: ParsableCommand {
  /// What the factors are shown by.
  enum Breakdown: String, CaseIterable, ExpressibleByArgument {
    case township
  }

  static let configuration = CommandConfiguration(
    commandName: "payments",
    abstract: said(
      "How many payments each point, and any candidate, can expect a month.",
      zh: "每个网点、每个候选点每月预计的交费笔数。"),
    discussion: said(
      """
      Payments of a place = customers x [(1 - f) x bills x in person + f x top-ups x in person], f the share on fee
      control; then times a factor that reconciles them with the volumes of the points, township by township. They
      divide among points as `demand choice` finds. Intervals hold a single month with 95 % probability.

      Example:
        paycircle demand jiyuan.gpkg payments --by township --candidates
        paycircle demand jiyuan.gpkg payments --fee-control-share 0.8
      """,
      zh: """
        村/社区的线下笔数 = 户数 ×[(1 − f)× 账单数 × 线下占比 + f × 购电次数 × 线下占比],f 为费控占比;
        再乘以按乡镇与网点业务量核对的系数,按 `demand choice` 的结果分到各网点。区间以 95 % 的概率包含单月笔数。

        示例:
          paycircle demand jiyuan.gpkg payments --by township --candidates
          paycircle demand jiyuan.gpkg payments --fee-control-share 0.8
        """))

  @OptionGroup var input: AtlasArgument
  @OptionGroup var assumptions: PaymentAssumptions
  @OptionGroup var question: ChoiceArguments

  @Option(help: .words("Show the factors by township.", zh: "按乡镇列出核对系数。"))
  var by: Breakdown?

  @Flag(
    help: .words(
      "Also say what each candidate could expect, and who would lose.", zh: "同时列出各候选点的预计笔数,以及哪些网点减少。"))
  var candidates = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let language = output.language
    let plan = assumptions.plan
    let (network, _, estimate) = try question.estimated(
      input, assumptions.reconciled, profiles: false, language)
    guard network.points.statuses.contains(.active) else {
      throw Failure(
        status: .dataRefused,
        sentence: Bilingual(
          en: "\(input.atlas): no active payment point; expected at least one (`paycircle import points`)",
          zh: "\(input.atlas):没有营业的交费网点;应至少有一个(`paycircle import points`)"),
        language: language)
    }
    let reconciled = DemandReconciliation(of: network, estimate, assumptions.reconciled)
    let forecast = PaymentForecast(of: network, estimate, reconciled, by: plan)
    let answer = PaymentsAnswer(
      network: network, estimate: estimate, reconciled: reconciled, forecast: forecast,
      errors: ForecastErrors(of: network, estimate, reconciled, after: forecast),
      showsTownships: by == .township,
      newcomers: candidates ? forecast.newcomers(of: network) : nil)
    if output.json {
      try say(PaymentsJSON(answer: answer).document)
    } else {
      try say(PaymentsTable(answer: answer, language: language).lines.joined(separator: "\n"))
    }
  }
}

/// How often customers come in person, as options.
struct PaymentAssumptions: ParsableArguments {
  @Option(help: .words("Bills a month of a customer without fee control.", zh: "非费控客户每月账单数。"))
  var billsPerMonth = InPersonPayments().billsPerMonth

  @Option(help: .words("Top-ups a month of a customer on fee control.", zh: "费控客户每月购电次数。"))
  var topUpsPerMonth = InPersonPayments().topUpsPerMonth

  @Option(
    help: .words(
      "Share of bills paid in person where a place's online share is not known.", zh: "线上占比未知时,账单的线下占比。"))
  var inPersonBills = InPersonPayments().inPersonShareOfBills

  @Option(
    help: .words(
      "Share of top-ups made in person where a place's online share is not known.", zh: "线上占比未知时,购电的线下占比。"))
  var inPersonTopUps = InPersonPayments().inPersonShareOfTopUps

  @Option(
    help: .words(
      "A plan: this share of customers on fee control everywhere, 0...1. Default: each place's own.",
      zh: "设想:各处费控占比均为此值(0...1)。默认用各村/社区自己的占比。"))
  var feeControlShare: Double?

  /// The assumptions the volumes are compared with: each place's own share of fee control.
  var reconciled: InPersonPayments {
    var payments = InPersonPayments()
    payments.billsPerMonth = billsPerMonth
    payments.topUpsPerMonth = topUpsPerMonth
    payments.inPersonShareOfBills = inPersonBills
    payments.inPersonShareOfTopUps = inPersonTopUps
    return payments
  }

  /// The assumptions of the forecast.
  var plan: InPersonPayments {
    var payments = reconciled
    payments.feeControlShare = feeControlShare
    return payments
  }

  func validate() throws {
    func require(_ name: String, _ value: Double, _ range: ClosedRange<Double>) throws {
      guard range.contains(value) else {
        let most = range.upperBound
        throw ValidationError(
          said(
            "\(name) \"\(value)\": expected a number in 0...\(Int(most)).",
            zh: "\(name) “\(value)”:应为 0...\(Int(most)) 之间的数。"))
      }
    }
    try require("--bills-per-month", billsPerMonth, 0...100)
    try require("--top-ups-per-month", topUpsPerMonth, 0...100)
    try require("--in-person-bills", inPersonBills, 0...1)
    try require("--in-person-top-ups", inPersonTopUps, 0...1)
    if let feeControlShare { try require("--fee-control-share", feeControlShare, 0...1) }
  }
}

/// All that `demand payments` says.
struct PaymentsAnswer {
  let network: PaymentNetwork
  let estimate: ChoiceEstimate
  let reconciled: DemandReconciliation
  let forecast: PaymentForecast
  let errors: ForecastErrors
  let showsTownships: Bool
  let newcomers: [PaymentForecast.Newcomer]?
}
