import Planning
import Words

// The sentences of the chapter of proposals.
extension ReportSentences {
  /// What stands between names.
  var comma: String { say(en: ", ", zh: "、") }

  /// How many candidates a plan chose from.
  func candidates(_ count: Int) -> String {
    say(en: "of \(Figures.whole(count)) candidates", zh: "候选点共 \(Figures.whole(count)) 个")
  }

  /// What a customer gained costs.
  func eachGained(_ yuan: Double) -> String {
    say(
      en: "\(Figures.decimal(yuan, digits: 2)) for each customer gained",
      zh: "每新增一户 \(Figures.decimal(yuan, digits: 2)) 元")
  }

  /// How good a plan is, in plain words.
  ///
  /// - Parameters:
  ///   - value: the plan's value with its unit.
  ///   - gap: how much could still be gained, as a part of the value.
  func proof(of plan: KeptPlan, value: String, bound: String, gap: Double?) -> String {
    let kept =
      plan.keptOn.isEmpty ? "" : say(en: ", kept on \(plan.keptOn)", zh: "，保存于 \(plan.keptOn)")
    let head = say(
      en: "Plan \"\(plan.name)\"\(kept): \(value).", zh: "方案“\(plan.name)”\(kept)：\(value)。")
    if plan.isProven {
      return head
        + say(
          en:
            " It is proven that no other choice from these candidates within the same limit is better: the bound equals the value, the gap is zero.",
          zh: "已证明：在相同限制下从这些候选点中任选，都不会更好（界等于方案值，差距为零）。")
    }
    return head
      + say(
        en:
          " No other choice from these candidates within the same limit can be better than \(bound), so that at most \(Figures.percent(gap)) could still be gained.",
        zh: "在相同限制下从这些候选点中任选，都不会好于 \(bound)，即至多还可改进 \(Figures.percent(gap))。")
  }

  /// The sites that no nearly as good plan does without.
  func core(_ sites: [String]) -> String {
    say(
      en: "In every plan that is nearly as good, as is proven: \(sites.joined(separator: comma)).",
      zh: "已证明所有相近方案都必设：\(sites.joined(separator: comma))。")
  }

  /// Who is left.
  func stillUnserved(places: Int, customers: Double) -> String {
    let count = Figures.decimal(customers, digits: 0)
    return say(
      en: "Still unserved then: \(Figures.whole(places)) places with \(count) customers; those with most:",
      zh: "实施后仍未覆盖：\(Figures.whole(places)) 处、\(count) 户；户数最多的为：")
  }

  /// The map of proposals for those who cannot see it.
  func proposalMap(sites: Int, gained: Int, unserved: Int) -> String {
    say(
      en:
        "\(Figures.whole(sites)) sites, \(Figures.whole(gained)) places newly served, \(Figures.whole(unserved)) still not.",
      zh: "拟设 \(Figures.whole(sites)) 个，新增覆盖 \(Figures.whole(gained)) 处，仍未覆盖 \(Figures.whole(unserved)) 处。")
  }
}
