import Planning
import Words

/// Other plans nearly as good, as a member of the JSON document.
struct SitesAlternativesJSON {
  let answer: SitesAnswer
  let others: SiteAlternatives
  /// How far from the best a good plan may be, in millionths.
  let millionths: Int

  /// - Parameter number: writes a value in the document's unit.
  func document(_ number: (Int) -> JSON) -> JSON {
    func ids(_ sites: [Int]) -> JSON { .array(sites.map { .string(answer.sites.ids[$0]) }) }
    func pointID(_ point: Int) -> JSON { .string(answer.network.points.ids[point]) }
    let closesPoints = answer.proposal.question.rules.closesPoints
    return .object(
      [
        ("within", .double(Double(millionths) / 1_000_000)), ("least_good_value", number(others.leastGood)),
        (
          "plans",
          .array(
            others.plans.map { plan in
              .object(
                [
                  ("value", number(plan.value)), ("beside_best", number(plan.value - answer.proposal.value)),
                  ("sites_not_shared", .int(plan.without.count + plan.instead.count)),
                  ("chosen", ids(plan.sites)),
                  ("without", ids(plan.without)), ("instead", ids(plan.instead)),
                ] + (closesPoints ? [("closed", .array(plan.closed.map(pointID)))] : []))
            })
        ),
        ("complete", .bool(others.isComplete)), ("interrupted", .bool(others.isInterrupted)),
        ("good_plans_found", .int(others.goodPlans)),
        ("core", ids(others.members.filter { $0.standing == .every }.map(\.site))),
        (
          "sites",
          .array(
            others.members.map { member in
              .object([
                ("candidate_id", .string(answer.sites.ids[member.site])),
                ("in_good_plans", .string(member.standing.rawValue)),
                ("good_plans_with_it", .int(member.plans)),
                ("value_without", member.valueWithout.map(number) ?? .null),
                ("bound_without", member.boundWithout.map(number) ?? .null),
                ("exchangeable_with", ids(member.exchangeableWith)),
              ])
            })
        ),
      ] + (closesPoints ? [("closures", closures(number, pointID))] : []))
  }
}

extension SitesAlternativesJSON {
  private func closures(_ number: (Int) -> JSON, _ id: (Int) -> JSON) -> JSON {
    .array(
      others.closures.map { one in
        .object([
          ("point_id", id(one.point)), ("in_good_plans", .string(one.standing.rawValue)),
          ("good_plans_with_it", .int(one.plans)),
          ("value_without", one.valueWithout.map(number) ?? .null),
          ("bound_without", one.boundWithout.map(number) ?? .null),
        ])
      })
  }
}

/// Other plans nearly as good, as tables for people.
struct SitesAlternativesTable {
  let answer: SitesAnswer
  let others: SiteAlternatives
  let millionths: Int
  let language: Language

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private func ids(_ sites: [Int]) -> String {
    sites.isEmpty ? Figures.missing : sites.map { answer.sites.ids[$0] }.joined(separator: ", ")
  }

  /// - Parameter figure: writes a value as people read it.
  func lines(_ figure: (Int) -> String) -> [String] {
    let share = "\(Figures.decimal(Double(millionths) / 10_000, digits: 4))%"
    var lines = [""]
    if others.plans.isEmpty {
      lines.append(
        others.isComplete
          ? word("No other plan is within \(share) of this one.", "没有其他方案与本方案的差距在 \(share) 以内。")
          : word("No other plan within \(share) was found.", "未找到差距在 \(share) 以内的其他方案。"))
    } else {
      let closesPoints = answer.proposal.question.rules.closesPoints
      var table = TextTable(
        header: [
          word("other plan", "其他方案"), word("value", "方案值"), word("beside this one", "与本方案相差"),
          word("without", "不设"), word("instead", "改设"),
        ] + (closesPoints ? [word("closes", "关闭")] : []), rightAligned: [0, 1, 2])
      for (number, plan) in others.plans.enumerated() {
        table.append(
          [
            "\(number + 1)", figure(plan.value), figure(plan.value - answer.proposal.value),
            ids(plan.without),
            ids(plan.instead),
          ] + (closesPoints ? [pointIDs(plan.closed)] : []))
      }
      lines += table.lines
      if others.isComplete {
        lines.append(word("There is no other within \(share).", "差距在 \(share) 以内的没有其他方案。"))
      }
    }
    var table = TextTable(
      header: [
        word("site", "候选点"), word("in good plans", "在相近方案中"), word("best without it", "不设时最好"),
        word("at most", "至多(界)"), word("exchangeable with", "可替换为"),
      ], rightAligned: [2, 3])
    for member in others.members {
      table.append([
        answer.sites.ids[member.site], standing(member.standing, member.plans),
        member.valueWithout.map(figure) ?? Figures.missing,
        member.boundWithout.map(figure) ?? Figures.missing, ids(member.exchangeableWith),
      ])
    }
    lines += [""] + table.lines
    return others.closures.isEmpty ? lines : lines + [""] + closures(figure)
  }

  private func pointIDs(_ points: [Int]) -> String {
    points.isEmpty ? Figures.missing : points.map { answer.network.points.ids[$0] }.joined(separator: ", ")
  }

  private func closures(_ figure: (Int) -> String) -> [String] {
    var table = TextTable(
      header: [
        word("closed point", "关闭的网点"), word("in good plans", "在相近方案中"), word("best if it stays", "保留时最好"),
        word("at most", "至多(界)"),
      ], rightAligned: [2, 3])
    for one in others.closures {
      table.append([
        answer.network.points.ids[one.point], standing(one.standing, one.plans),
        one.valueWithout.map(figure) ?? Figures.missing, one.boundWithout.map(figure) ?? Figures.missing,
      ])
    }
    return table.lines
  }

  private func standing(_ standing: SiteAlternatives.Standing, _ plans: Int) -> String {
    let count = word("\(plans) of \(others.goodPlans)", "\(others.goodPlans) 个中 \(plans) 个")
    return switch standing {
    case .every: word("in every one, proven", "全部包含(已证明)")
    case .most: word("in most (\(count) found)", "多数包含(已找到\(count))")
    case .exchangeable: word("exchangeable (\(count) found)", "可替换(已找到\(count))")
    case .unknown: word("not known: not proven", "未知:未证明")
    }
  }
}
