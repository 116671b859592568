import Planning
import Words

/// Who gains by each site of a plan and whom it takes payments from, as a table for people.
struct SitesGainsTable {
  let answer: SitesAnswer
  let language: Language

  /// How many of the points that lose to a site are named.
  private static let named = 3

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  var lines: [String] {
    guard !answer.proposal.chosen.isEmpty else { return [] }
    var table = TextTable(
      header: [
        "", word("site", "候选点"), word("elderly gained", "新增达标老年户"), word("customers nearer", "路程缩短户数"),
        word("minutes saved, mean", "平均缩短(分钟)"), word("reached for the first time", "首次可达户数"),
        word("takes most from (payments a month)", "主要来自(月笔数)"),
      ], rightAligned: [0, 2, 3, 4, 5])
    for (order, benefit) in answer.proposal.benefits(in: answer.network).enumerated() {
      table.append(
        ["\(order + 1)", answer.sites.ids[answer.proposal.chosen[order].site]] + cells(benefit) + [
          losers(order)
        ])
    }
    table.append(
      ["", word("whole plan", "整个方案")] + cells(answer.proposal.benefit(in: answer.network)) + [""])
    return [""] + table.lines
  }

  private func cells(_ benefit: SiteBenefit) -> [String] {
    [
      Figures.whole(benefit.newlyServed.elderly), Figures.whole(benefit.nearer.customers),
      Figures.decimal(benefit.meanSecondsSaved.map { Double($0) / 60 }, digits: 1),
      Figures.whole(benefit.firstReached.customers),
    ]
  }

  private func losers(_ order: Int) -> String {
    guard let expectations = answer.expectations else { return Figures.missing }
    let losses = expectations.lossesToSites[order].filter { $0.payments >= 0.5 }
    guard !losses.isEmpty else { return Figures.missing }
    let named = losses.prefix(Self.named).map {
      "\(answer.network.points.ids[$0.point]) -\(Figures.decimal($0.payments, digits: 0))"
    }
    let others = losses.count - named.count
    return named.joined(separator: ", ")
      + (others > 0 ? word(" + \(others) more", " 等 \(losses.count) 个") : "")
  }
}
