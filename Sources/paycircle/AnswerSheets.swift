import Planning
import Reporting
import Storage
import Words

extension Sheet {
  /// What share is served: in all, in town and country, and by what the coverage is broken down by.
  init(of coverage: Coverage, in language: Language) {
    func word(_ english: String, _ chinese: String) -> String {
      Bilingual(en: english, zh: chinese)[language]
    }
    func number(_ value: Double?) -> Cell { value.map(Cell.decimal) ?? .empty }
    var rows: [[Cell]] = []
    func add(_ name: String, _ population: CoverageSummary.Population, _ times: CoverageSummary?) {
      let counts: [Cell] = [
        .text(name), .integer(population.places.total), .integer(population.places.served),
        number(population.places.share), .integer(population.customers.total),
        .integer(population.customers.served), number(population.customers.share),
      ]
      var minutes: [Cell] = [.empty, .empty, .empty, .empty]
      if let times {
        let (half, most) = (times.seconds.p50, times.seconds.p90)
        minutes = [
          number(times.seconds.mean.map { $0 / 60 }), number(half.map { Double($0) / 60 }),
          number(most.map { Double($0) / 60 }), .integer(times.unreachable),
        ]
      }
      rows.append(counts + minutes)
    }
    add(word("all", "合计"), coverage.summary.all, coverage.summary)
    add(Glossary.town[language], coverage.summary.town, nil)
    add(Glossary.village[language], coverage.summary.village, nil)
    for line in coverage.lines {
      add(line.key.isEmpty ? Glossary.notStated[language] : line.key, line.summary.all, line.summary)
    }
    self.init(
      name: word("Coverage", "覆盖率"),
      columns: [
        Column(word("Scope", "范围"), .text), Column(word("Places", "村/社区数"), .integer),
        Column(word("Places served", "已覆盖村/社区数"), .integer),
        Column(word("Share of places", "村/社区覆盖率"), .share), Column(word("Customers", "户数"), .integer),
        Column(word("Customers served", "已覆盖户数"), .integer),
        Column(word("Share of customers", "户数覆盖率"), .share),
        Column(word("Mean minutes", "平均用时（分钟）"), .minutes),
        Column(word("Median minutes", "用时中位数（分钟）"), .minutes),
        Column(word("P90 minutes", "用时P90（分钟）"), .minutes),
        Column(word("Places that reach none", "无可达网点的村/社区"), .integer),
      ], count: rows.count, row: { rows[$0] })
  }

  /// The list a manager acts on.
  init(of review: Review, _ network: PaymentNetwork, in language: Language) {
    func word(_ english: String, _ chinese: String) -> String {
      Bilingual(en: english, zh: chinese)[language]
    }
    self.init(
      name: word("Review", "待办清单"),
      columns: [
        Column(word("Rule", "规则"), .text), Column(ColumnWord.pointID[language], .text),
        Column(ColumnWord.name[language], .text), Column(ColumnWord.township[language], .text),
        Column(word("Figure", "数值"), .decimal), Column(word("Threshold", "阈值"), .decimal),
        Column(ColumnWord.customers[language], .integer), Column(word("Finding", "情况"), .text),
        Column(word("Suggested action", "建议措施"), .text),
      ], count: review.items.count
    ) { row in
      let item = review.items[row]
      return [
        .text(item.rule.words[language]), .text(network.points.ids[item.point]),
        .text(network.points.names[item.point]), .text(network.township(ofPoint: item.point)),
        item.figure.map(Cell.decimal) ?? .empty, item.threshold.map(Cell.decimal) ?? .empty,
        .integer(item.customers), .text(item.finding[language]), .text(item.rule.action[language]),
      ]
    }
  }
}
