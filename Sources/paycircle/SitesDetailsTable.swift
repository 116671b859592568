import Planning
import Words

/// What single goals say besides, for people.
struct SitesDetailsTable {
  let answer: SitesAnswer
  let language: Language

  /// How many points are listed.
  private static let listed = 20

  private var details: SiteDetails { answer.proposal.details }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  func name(_ level: SiteDetails.Level.Name) -> String {
    switch level {
    case .villagesBelowL3: word("villages below L3", "未达 L3 的村")
    case .villagesWithoutPoint: word("villages without a point", "无网点的村")
    case .customersUnserved: word("customers outside the standard", "未达标户数")
    case .travel: word("all ways together", "路程总和")
    case .cost: word("cost", "费用")
    case .sites: word("sites", "新设网点")
    case .paymentsUnplaced: word("payments that find no place", "无处可去的交费")
    }
  }

  /// The aim that the value is of.
  var settled: String {
    let levels = details.levels
    return (levels.first { !$0.isProven } ?? levels.first { $0.value != 0 } ?? levels.last)
      .map { name($0.name) } ?? ""
  }

  /// One line for each aim, the first one first.
  var levels: [String] {
    details.levels.enumerated().map { order, level in
      func figure(_ value: Int) -> String {
        level.name == .cost ? Figures.decimal(Double(value) / 100, digits: 2) : Figures.whole(value)
      }
      let proof =
        level.isProven
        ? word("proven", "已证明") : word("at least \(figure(level.bound))", "至少 \(figure(level.bound))")
      return "  \(order + 1). \(name(level.name)): \(figure(level.value)) (\(proof))"
    }
  }

  /// How busy points are in a relief plan.
  var relief: [String] {
    guard let plan = details.relief, let limit = answer.limitUtilization else { return [] }
    let points = answer.network.points
    let unplaced = plan.unplaced.reduce(0, +)
    var lines = [
      "",
      word(
        "Payments that find no place within reach and capacity: \(Figures.whole(plan.unplacedBefore)) today, \(Figures.whole(unplaced)) with the plan.",
        "在路程和容量内无处可去的交费:现状 \(Figures.whole(plan.unplacedBefore)) 笔,实施后 \(Figures.whole(unplaced)) 笔。"),
    ]
    if !answer.proposal.chosen.isEmpty {
      var table = TextTable(
        header: [
          word("site", "候选点"), word("counters", "窗口"), word("payments a month", "月笔数"),
          word("can take", "容量"),
          word("utilization at the peak", "高峰利用率"),
        ], rightAligned: [1, 2, 3, 4])
      for (one, load) in zip(answer.proposal.chosen, plan.sites) {
        table.append([
          answer.sites.ids[one.site], "\(load.counters ?? 1)", Figures.whole(load.payments),
          Figures.whole(load.capacity), utilization(load, limit),
        ])
      }
      lines += table.lines
    }
    let busiest = plan.points.indices.filter { (plan.points[$0]?.payments ?? 0) > 0 }.sorted { a, b in
      guard let x = plan.points[a], let y = plan.points[b] else { return false }
      let (left, right) = (
        Double(x.payments) / Double(max(1, x.capacity)), Double(y.payments) / Double(max(1, y.capacity))
      )
      return (right, a) < (left, b)
    }
    guard !busiest.isEmpty else { return lines }
    var table = TextTable(
      header: [
        word("busiest points of today", "现有网点中最忙的"), word("payments a month", "月笔数"), word("can take", "容量"),
        word("utilization at the peak", "高峰利用率"),
      ], rightAligned: [1, 2, 3])
    for point in busiest.prefix(Self.listed) {
      guard let load = plan.points[point] else { continue }
      table.append([
        "\(points.ids[point]) \(points.names[point])", Figures.whole(load.payments),
        Figures.whole(load.capacity), utilization(load, limit),
      ])
    }
    return lines + [""] + table.lines
  }

  private func utilization(_ load: ReliefPlan.Load, _ limit: Double) -> String {
    load.capacity > 0
      ? Figures.percent(limit * Double(load.payments) / Double(load.capacity)) : Figures.missing
  }

  /// How many candidates others stand for.
  var merged: [String] {
    guard let merging = details.merging, !merging.standIns.isEmpty || !merging.idle.isEmpty else { return [] }
    return [
      "",
      word(
        "Candidates: \(Figures.whole(merging.sameCount)) serve the same as another one, \(Figures.whole(merging.dominatedCount)) no more than another one, \(Figures.whole(merging.idle.count)) bring nobody anything; others stand for them.",
        "候选点:\(Figures.whole(merging.sameCount)) 个与另一个服务范围相同,\(Figures.whole(merging.dominatedCount)) 个不优于另一个,\(Figures.whole(merging.idle.count)) 个不带来任何改善;均已合并。"
      ),
    ]
  }
}
