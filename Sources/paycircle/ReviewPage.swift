import Planning
import Reporting
import Storage
import Words

/// The list a manager acts on, as a table, a document and a file.
struct ReviewPage {
  let network: PaymentNetwork
  let surveys: Surveys
  let review: Review
  let waiting: WaitingOptions
  /// By which calibration people travel; `nil` for the defaults.
  let calibration: CalibrationReference?
  let language: Language

  /// How many rows of a rule are listed for people, unless they say.
  private static let listed = 8

  private func items(_ rule: ReviewRule, _ limit: Int?) -> ArraySlice<ReviewItem> {
    let items = review.items.filter { $0.rule == rule }
    return items.prefix(limit ?? items.count)
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}

extension ReviewPage {
  func document(_ limit: Int?) -> JSON {
    .object([
      ("assumptions", WaitingArguments.json(waiting)), ("thresholds", thresholds),
      ("calibration", calibration?.json ?? .null),
      (
        "counts",
        .object(
          ReviewRule.allCases.compactMap { rule in review.counts[rule].map { (rule.rawValue, .int($0)) } })
      ),
      ("items", .array(ReviewRule.allCases.flatMap { items($0, limit).map(item) })),
      ("feedback", feedback),
    ])
  }

  private var thresholds: JSON {
    let options = review.options
    return .object([
      ("busy", .rounded(options.utilization)), ("dormant_months", .int(options.dormantMonths)),
      ("margin_yuan", .rounded(options.marginYuan)),
      ("complaint_probability", .rounded(options.complaintProbability)),
      ("slow_ratio", .rounded(options.slowRatio)), ("nearest_customers", .int(options.nearestCustomers)),
      ("few_payments", .int(options.fewPayments)), ("customers_lost", .int(options.customersLost)),
    ])
  }

  private func item(_ item: ReviewItem) -> JSON {
    .object([
      ("rule", .string(item.rule.rawValue)),
      ("point_id", .string(network.points.ids[item.point])),
      ("name", .string(network.points.names[item.point])),
      ("township", .string(network.township(ofPoint: item.point))),
      ("figure", .rounded(item.figure)), ("threshold", .rounded(item.threshold)),
      ("customers", .int(item.customers)), ("missing", .array(item.missing.map(JSON.string))),
      ("finding", .string(item.finding[language])), ("action", .string(item.rule.action[language])),
    ])
  }

  private var feedback: JSON {
    let summary = review.feedback
    return .object([
      ("total", .int(summary.total)), ("complaints", .int(summary.complaints)), ("open", .int(summary.open)),
      ("resolved", .int(summary.resolved)), ("not_stated", .int(summary.notStated)),
      ("median_days_to_close", .rounded(summary.medianDaysToClose)), ("days_known", .int(summary.daysKnown)),
      ("located_share", .rounded(summary.locatedShare)), ("repeat_share", .rounded(summary.repeatShare)),
      (
        "oldest_open",
        summary.oldestOpen.map {
          .object([
            ("feedback_id", .string(surveys.feedback.ids[$0])), ("date", .string(surveys.feedback.dates[$0])),
            ("note", .string(surveys.feedback.notes[$0])),
          ])
        } ?? .null
      ),
    ])
  }

  /// All rows, for spreadsheet programs: UTF-8 with a byte order mark, lines ended by CR LF.
  var csv: String {
    var text = "\u{FEFF}rule,point_id,name,township,figure,threshold,customers,finding,action\r\n"
    for item in review.items {
      let cells = [
        item.rule.rawValue, network.points.ids[item.point], network.points.names[item.point],
        network.township(ofPoint: item.point), Self.number(item.figure), Self.number(item.threshold),
        "\(item.customers)", item.finding[language], item.rule.action[language],
      ]
      text +=
        cells.enumerated().map { column, cell in
          // Numbers stay numbers, a loss too: only texts are guarded against being run as formulas.
          (4...6).contains(column) ? cell : CSVCell.quoted(cell)
        }.joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return Figures.decimal(value, digits: 4).filter { $0 != "," }
  }
}

extension ReviewPage {
  func lines(_ limit: Int?) -> [String] {
    var lines: [String] = []
    let shown = limit ?? Self.listed
    for rule in ReviewRule.allCases {
      guard let count = review.counts[rule] else { continue }
      let name = rule.words[language]
      // In English a rule of one word is its own name.
      lines.append(
        (name == rule.rawValue ? name : "\(name) (\(rule.rawValue))") + ": \(Figures.whole(count))")
      lines.append(word("  what to do: ", "  建议:") + rule.action[language])
      var table = TextTable(
        header: [
          word("point", "网点"), word("township", "乡镇"), word("customers", "户数"), word("finding", "情况"),
        ], rightAligned: [2])
      for item in items(rule, shown) {
        table.append([
          "\(network.points.ids[item.point]) \(network.points.names[item.point])",
          network.township(ofPoint: item.point), Figures.whole(item.customers), item.finding[language],
        ])
      }
      if shown > 0 { lines += table.lines }
      if count > shown {
        lines.append(
          word(
            "... and \(Figures.whole(count - shown)) more (--limit, --to or --json for all)",
            "……另有 \(Figures.whole(count - shown)) 个(用 --limit、--to 或 --json 查看全部)"))
      }
      lines.append("")
    }
    if review.items.isEmpty { lines += [word("Nothing to act on.", "没有需要处理的问题。"), ""] }
    lines.append(feedbackSentence)
    if let oldest = review.feedback.oldestOpen {
      let table = surveys.feedback
      lines.append(
        word("Open longest: ", "最久未处理:")
          + "\(table.ids[oldest]) \(table.dates[oldest]) \(table.notes[oldest])")
    }
    lines.append(WaitingPage.assumed(waiting)[language])
    if let calibration { lines.append(calibration.line(in: language)) }
    return lines
  }

  private var feedbackSentence: String {
    let summary = review.feedback
    let days = Figures.decimal(summary.medianDaysToClose, digits: 1)
    return word(
      "Feedback: \(Figures.whole(summary.total)), complaints \(Figures.whole(summary.complaints)); open "
        + "\(Figures.whole(summary.open)), resolved \(Figures.whole(summary.resolved)), median days to close \(days); "
        + "complaints with a point or place named \(Figures.percent(summary.locatedShare)), repeated "
        + Figures.percent(summary.repeatShare),
      "客户反馈 \(Figures.whole(summary.total)) 件,投诉 \(Figures.whole(summary.complaints)) 件;待处理 "
        + "\(Figures.whole(summary.open)) 件,已处理 \(Figures.whole(summary.resolved)) 件,办结天数中位数 \(days);"
        + "投诉中指明网点或地点的 \(Figures.percent(summary.locatedShare)),重复投诉 \(Figures.percent(summary.repeatShare))")
  }
}
