public import Planning
import Travel
public import Words

/// The notice that hangs at a point that closes: where customers of each village can go instead.
///
///     let notice = ClosureNotice(assessment, version: "0.1.0", language: .chinese)
///     notice.html(), notice.text()
///
/// Where a point's phone number is known it stands behind the hours.
public struct ClosureNotice: Sendable {
  private let assessment: ClosureAssessment
  private let version: String
  private let language: Language

  /// A notice for the customers of a point that an assessment is about.
  public init(_ assessment: ClosureAssessment, version: String, language: Language) {
    self.assessment = assessment
    self.version = version
    self.language = language
  }

  /// The notice as HTML that is also well-formed XML, without script and without anything to fetch.
  public func html() -> String { ReportHTML(page: page).text() }

  /// The notice as plain text.
  public func text() -> String {
    var lines = [title, "", lead, ""]
    for (place, entries) in zip(assessment.affected, assessment.alternatives) {
      lines.append(network.places.names[place])
      if entries.isEmpty { lines.append("  " + nothing) }
      for (number, entry) in entries.enumerated() {
        let point = Int(entry.point)
        lines.append("  \(number + 1). \(network.points.names[point])")
        lines.append(
          "     "
            + [minutes(entry) + " " + word("min", "分钟"), meters(entry), hours(point), methods(point)]
            .filter { !$0.isEmpty }.joined(separator: word("; ", ";")))
      }
    }
    if assessment.affected.isEmpty { lines.append(word("Nobody has to go farther.", "没有客户需要走更远的路。")) }
    lines += ["", travel]
    if isSynthetic { lines += [ReportWord.synthetic[language]] }
    return lines.joined(separator: "\n") + "\n"
  }

  private var network: PaymentNetwork { assessment.outcome.network }
  private var isSynthetic: Bool { network.sources.contains(where: \.isSynthetic) }
  private var name: String { network.points.names[assessment.point] }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private var title: String {
    word("Notice: \(name) will no longer take payments", "公告:\(name)将停止受理电费交费")
  }

  private var lead: String {
    word(
      "Customers of electricity: \(name) will close. You can pay at the points below instead; the nearest comes first.",
      "各位电力客户:\(name)将停止营业。您可以改到下列网点交费,最近的排在前面。")
  }

  private var nothing: String {
    word("No other point can be reached; please ask for a visit.", "没有其他可达网点,请联系供电所上门服务。")
  }

  private var travel: String {
    let options = assessment.outcome.before.options
    let mode = options.standard.townMode.words[language]
    let along =
      options.travel == .roads
      ? word("along the roads", "沿道路") : word("by straight line, lengthened by terrain", "按直线距离并计入绕行")
    return word("Minutes one way \(mode), \(along).", "用时为\(mode)单程,\(along)计算。")
  }

  private var page: ReportPage {
    var rows: [[ReportPage.Cell]] = []
    for (place, entries) in zip(assessment.affected, assessment.alternatives) {
      let name = network.places.names[place]
      if entries.isEmpty {
        rows.append([.init(name), .init(nothing), .init(""), .init(""), .init(""), .init("")])
      }
      for (number, entry) in entries.enumerated() {
        let point = Int(entry.point)
        rows.append([
          .init(number == 0 ? name : ""), .init(network.points.names[point]), .init(minutes(entry)),
          .init(meters(entry)), .init(hours(point)), .init(methods(point)),
        ])
      }
    }
    let table = ReportPage.Table(
      caption: "",
      columns: [
        .text(word("Where you live", "您所在的村/社区")), .text(word("Where you can pay", "可前往的网点")),
        .number(word("Minutes", "分钟")), .number(word("Way", "路程")), .text(word("Open", "营业时间")),
        .text(word("Ways to pay", "交费方式")),
      ], rows: rows)
    let blocks: [ReportPage.Block] = [
      .paragraph(lead),
      rows.isEmpty ? .paragraph(word("Nobody has to go farther.", "没有客户需要走更远的路。")) : .table(table),
      .note(travel),
    ]
    return ReportPage(
      language: language, title: title, subtitle: Glossary.promise[language],
      warnings: isSynthetic ? [ReportWord.synthetic[language]] : [],
      sections: [.init(title: word("Where to go instead", "替代网点"), blocks: blocks)],
      foot: ["\(ReportWord.madeBy[language]) paycircle \(version)"], sheetFoot: name,
      generator: "paycircle \(version)")
  }

  /// Whole minutes, rounded up.
  private func minutes(_ entry: Reach.Entry) -> String { Figures.whole((Int(entry.seconds) + 59) / 60) }

  private func meters(_ entry: Reach.Entry) -> String {
    Figures.whole(Int(entry.meters)) + " " + ReportWord.meters[language]
  }

  /// When it is open, and whom to call.
  private func hours(_ point: Int) -> String {
    let hours = network.points.openingHours(of: point).map {
      language == .chinese ? Self.chinese($0.description) : $0.description
    }
    let phone = network.points.phones[point]
    return (hours ?? word("ask for the hours", "营业时间请咨询"))
      + (phone.isEmpty ? "" : word("; phone \(phone)", ";电话 \(phone)"))
  }

  /// Opening hours in the words of `opening_hours`, in Chinese: `Mo-Fr 08:00-12:00; Sa off` is 周一至周五 08:00-12:00;周六休息.
  static func chinese(_ hours: String) -> String {
    if hours == "24/7" { return "全天" }
    var text = hours
    for (day, name) in zip(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], "一二三四五六日") {
      text = text.replacing("-\(day)", with: "至周\(name)").replacing(day, with: "周\(name)")
    }
    return text.replacing("; ", with: ";").replacing(",周", with: "、周").replacing("off", with: "休息")
  }

  private func methods(_ point: Int) -> String {
    network.points.methods[point].words.map { $0[language] }.joined(separator: word(", ", "、"))
  }
}
