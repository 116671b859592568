import Planning
import Words

// The sentences of what scenarios change.
extension ReportSentences {
  /// What stands before the change under a share, and how many customers the change is.
  func before(_ share: Double?, customers: Int) -> String {
    say(
      en: "before \(Figures.percent(share)); customers \(Figures.signed(customers))",
      zh: "之前 \(Figures.percent(share))；户数 \(Figures.signed(customers))")
  }

  /// What stands between the parts of a list.
  var separator: String { say(en: "; ", zh: "；") }

  /// A word and what it heads.
  func headed(_ head: String, _ text: String) -> String { head + say(en: ": ", zh: "：") + text }

  /// Names in a row, and how many are not named.
  func listed(_ names: [String], more: Int = 0) -> String {
    names.joined(separator: say(en: "; ", zh: "、"))
      + (more > 0 ? say(en: " and \(more) more", zh: "等 \(names.count + more) 个") : "")
  }

  /// What the difference map shows.
  var differenceMap: String {
    say(
      en: "Green discs become served, red crosses are no longer served; the rest is as it was.",
      zh: "绿色圆点为新达标，红色叉为不再达标；其余不变。")
  }

  /// What a scenario costs.
  func costs(_ cost: ScenarioCosts) -> String {
    let opening = Figures.decimal(Double(cost.openingFen) / 100, digits: 2)
    let monthly = Figures.signed(Double(cost.monthlyFen) / 100, digits: 2)
    let each = cost.openingFenPerCustomer.map { Figures.decimal($0 / 100, digits: 2) }
    return say(
      en: "Costs: opening \(opening) yuan, the month \(monthly) yuan"
        + (each.map { "; opening for each additional customer \($0) yuan" } ?? ""),
      zh: "费用：开办 \(opening) 元，每月 \(monthly) 元" + (each.map { "；每新增覆盖一户开办费 \($0) 元" } ?? ""))
  }

  /// How many people live in some places.
  func population(places: Int, customers: Int, elderly: Int) -> String {
    say(
      en:
        "\(Figures.whole(places)) places with \(Figures.whole(customers)) customers, \(Figures.whole(elderly)) of them "
        + "elderly.",
      zh: "共 \(Figures.whole(places)) 处，\(Figures.whole(customers)) 户，其中老年 \(Figures.whole(elderly)) 户。")
  }

  /// Which places a table names.
  func withMostCustomers(_ count: Int) -> String {
    say(en: "The \(count) with most customers", zh: "户数最多的 \(count) 处")
  }

  /// What a point that closes leaves behind.
  func takeover(_ point: String, payments: Double, nobody: Double) -> String {
    let total = Figures.decimal(payments, digits: 0)
    let left = Figures.decimal(nobody, digits: 0)
    return say(
      en: "\(point): \(total) payments a month, taken over by nobody \(left)",
      zh: "\(point)：每月 \(total) 笔，无人接替 \(left) 笔")
  }

  /// What nobody knows of those who take over.
  var floatUnknown: String {
    say(
      en: "Whether they keep enough money at hand (float) is not in the data.", zh: "备用金是否充足，数据中没有。")
  }
}
