import Planning
import Words

// The sentences of the chapters on service at the points.
extension ReportSentences {
  /// When within an hour the hours of the week are judged.
  func halfPast(assumedOpen: Int) -> String {
    say(
      en:
        "Judged at half past each hour; \(Figures.whole(assumedOpen)) points without known hours are taken to be open.",
      zh: "按每小时的第 30 分钟判定；\(Figures.whole(assumedOpen)) 个营业时间不详的网点按营业计。")
  }

  /// What the peak is, and what is assumed of it.
  func peak(_ options: WaitingOptions) -> String {
    let (day, hour) = (
      Figures.decimal(options.peakDayFactor, digits: 1), Figures.percent(options.peakHourShare)
    )
    return say(
      en:
        "The peak is the busiest hour of the busiest day of a month. Assumed where not counted: \(day) times an average day, \(hour) of it in the busiest hour.",
      zh: "高峰指月内最忙一天的最忙一小时。未统计时假定：最忙日为平均日的 \(day) 倍，其中 \(hour) 在最忙一小时。")
  }

  /// What customers said, and how it was dealt with.
  func feedback(_ feedback: FeedbackSummary) -> String {
    let days = Figures.decimal(feedback.medianDaysToClose, digits: 1)
    return say(
      en:
        "Feedback: \(Figures.whole(feedback.total)), of which complaints \(Figures.whole(feedback.complaints)); open \(Figures.whole(feedback.open)); median days to close \(days).",
      zh:
        "客户反馈 \(Figures.whole(feedback.total)) 件，其中投诉 \(Figures.whole(feedback.complaints)) 件；待处理 \(Figures.whole(feedback.open)) 件；办结天数中位数 \(days)。"
    )
  }

  /// How many answers there are, and which were not used.
  func answers(_ count: Int, setAside: [String]) -> String {
    let aside = setAside.isEmpty ? Glossary.none[language] : setAside.joined(separator: separator)
    return say(
      en: "\(Figures.whole(count)) answers; set aside: \(aside).",
      zh: "共 \(Figures.whole(count)) 份回答；未采用：\(aside)。")
  }

  /// What the limits of control charts are.
  var controlLimits: String {
    say(
      en:
        "Limits are three standard deviations of chance alone (p and u charts), or 2.7 (EWMA, newest value weighed 0.2). What lies outside has a cause worth looking for.",
      zh: "控制限为纯随机波动的三倍标准差（p 图、u 图）或 2.7 倍（EWMA 图，最新值权重 0.2）。超出者必有原因，值得查找。")
  }
}
