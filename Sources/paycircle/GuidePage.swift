import Planning
import Reporting
import Travel
import Words

/// What was written of charts, and how complete they are: for people and as JSON.
struct GuidePage {
  let document: GuideDocument
  let guide: PaymentGuide
  let figures: GuideCompleteness

  func document(files: [String]) -> JSON {
    func share(_ part: Int, _ whole: Int) -> JSON { JSON(GuideCompleteness.share(part, of: whole)) }
    return .object([
      ("files", .array(files.map(JSON.string))),
      ("travel", .string(guide.options.coverage.travel.rawValue)),
      ("nearest", .int(guide.options.nearest)), ("reach_seconds", .int(guide.options.reach.seconds)),
      ("sheets", .int(guide.sheets.count)), ("ways", .int(guide.sheets.reduce(0) { $0 + $1.ways.count })),
      (
        "townships",
        .array(
          document.townships.map { township in
            .object([
              ("name", .string(township.name)), ("sheets", .int(township.sheets.count)),
              ("points", .int(township.points.count)), ("sheets_with_3_ways", .int(withChoice(township))),
            ])
          })
      ),
      (
        "completeness",
        .object([
          (
            "points",
            .object([
              ("total", .int(figures.points)), ("located", .int(figures.located)),
              ("located_share", share(figures.located, figures.points)),
              ("with_hours", .int(figures.withHours)),
              ("with_hours_share", share(figures.withHours, figures.points)),
              ("with_methods", .int(figures.withMethods)),
              ("with_methods_share", share(figures.withMethods, figures.points)),
              ("with_phone", .int(figures.withPhone)),
              ("with_phone_share", share(figures.withPhone, figures.points)),
            ])
          ),
          (
            "sheets",
            .object([
              ("total", .int(figures.sheets)), ("with_3_ways", .int(figures.sheetsWithChoice)),
              ("with_3_ways_share", share(figures.sheetsWithChoice, figures.sheets)),
            ])
          ),
        ])
      ),
    ])
  }

  func lines(files: [String], _ language: Language) -> [String] {
    let words = [
      Glossary.township[language], GuideWord.sheets[language], Glossary.points[language],
      GuideWord.sheetsWithChoice[language],
    ]
    var table = TextTable(header: words, rightAligned: [1, 2, 3])
    for township in document.townships {
      table.append([
        township.name, Figures.whole(township.sheets.count), Figures.whole(township.points.count),
        Figures.percent(GuideCompleteness.share(withChoice(township), of: township.sheets.count)),
      ])
    }
    var lines = table.lines + ["", "\(GuideWord.completeness[language]):"]
    lines += document.completenessRows.map { "  \($0.0): \($0.1)" }
    lines += ["", Bilingual(en: "Written:", zh: "已生成:")[language]] + files.map { "  \($0)" }
    return lines
  }

  private func withChoice(_ township: GuideDocument.Township) -> Int {
    township.sheets.count { guide.waysWithinReach(of: guide.sheets[$0]) >= GuideCompleteness.choice }
  }
}
