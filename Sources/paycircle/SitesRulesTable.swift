import Planning
import Words

/// What rules, phases and closed points add to a proposal's table.
struct SitesRulesTable {
  let answer: SitesAnswer
  let language: Language

  private var proposal: SiteProposal { answer.proposal }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  /// The points that close, the phases, and who has a second operator.
  var lines: [String] { poorest + closed + phases + security }

  private var poorest: [String] {
    guard !answer.poorest.isEmpty else { return [] }
    let names = answer.poorest.joined(separator: word(", ", "、"))
    return [word("Poorest townships: \(names).", "最薄弱乡镇:\(names)。")]
  }

  private var closed: [String] {
    guard proposal.question.rules.closesPoints else { return [] }
    if proposal.closed.isEmpty { return ["", word("No point is closed.", "不关闭现有网点。")] }
    var table = TextTable(
      header: [word("point that closes", "关闭的网点"), word("moves to", "迁往"), loss],
      rightAligned: [2])
    let points = answer.network.points
    for one in proposal.closed {
      table.append([
        "\(points.ids[one.point]) \(points.names[one.point])",
        one.movesTo.map { "\(answer.sites.ids[$0]) \(answer.sites.names[$0])" } ?? Figures.missing,
        amount(one.loss),
      ])
    }
    var lines = [""] + table.lines
    if let saved = answer.savedFen, saved > 0 {
      let yuan = Figures.decimal(Double(saved) / 100, digits: 2)
      lines.append(word("Closed points save \(yuan) yuan.", "关闭网点节省 \(yuan) 元。"))
    }
    if proposal.charge > 0 {
      let charge = amount(proposal.charge)
      lines.append(
        proposal.question.goal == .distance
          ? word(
            "Value and bound are more by \(charge): what --keep-unless charges for the points that close.",
            "方案值与界已加上 \(charge),即 --keep-unless 对关闭网点的要求。")
          : word(
            "Value and bound are less \(charge): what --keep-unless charges for the points that close.",
            "方案值与界已扣除 \(charge),即 --keep-unless 对关闭网点的要求。"))
    }
    return lines
  }

  /// What losses are counted in.
  private var loss: String {
    switch proposal.question.goal {
    case .distance: word("longer ways, payment-seconds", "增加的路程(笔·秒)")
    case .worst: word("longer way, seconds", "增加的最长路程(秒)")
    case .visits: word("payments lost, a month", "减少的交费(月笔数)")
    default: word("loss", "减少的达标权重")
    }
  }

  private func amount(_ value: Int) -> String {
    let divisor = proposal.details.divisor
    return divisor == 1 ? Figures.whole(value) : Figures.decimal(Double(value) / Double(divisor), digits: 3)
  }

  private var phases: [String] {
    guard !proposal.phases.isEmpty else { return [] }
    var table = TextTable(
      header: [
        word("phase", "期"), word("sites", "网点数"), word("reaches", "达到"), word("at most", "至多"),
        word("gap", "差距"),
      ], rightAligned: [0, 1, 2, 3, 4])
    for (number, phase) in proposal.phases.enumerated() {
      table.append([
        "\(number + 1)", Figures.whole(phase.siteCount), Figures.whole(phase.value),
        Figures.whole(phase.bound),
        phase.isProven
          ? word("proven", "已证明") : phase.gap.isFinite ? Figures.percent(phase.gap) : Figures.missing,
      ])
    }
    return [""] + table.lines + [
      word(
        "Each phase is held against the best given the phases before; the bound above is of all phases at once.",
        "各期的界以前期为既定;上方的界是各期一次完成时的界。")
    ]
  }

  private var security: [String] {
    guard let security = proposal.security else { return [] }
    func share(_ part: Int) -> String {
      security.total == 0 ? Figures.missing : Figures.percent(Double(part) / Double(security.total))
    }
    return [
      word(
        "Two operators: \(Figures.whole(security.before)) of \(Figures.whole(security.total)) before (\(share(security.before))), \(Figures.whole(security.after)) after (\(share(security.after)))",
        "有两个运营方可去:总计 \(Figures.whole(security.total)),现状 \(Figures.whole(security.before))(\(share(security.before))),实施后 \(Figures.whole(security.after))(\(share(security.after)))"
      )
    ]
  }

  /// Why no plan keeps to the rules, and what would help.
  func refusal(_ conflict: RuleConflict) -> [String] {
    var lines = [word("No plan keeps to the rules.", "没有符合规则的方案。")]
    if !conflict.keptTooNear.isEmpty {
      let ids = conflict.keptTooNear.map { answer.sites.ids[$0] }.joined(separator: word(", ", "、"))
      lines.append(
        word(
          "--keep: \(ids) lie nearer than --spacing to each other or to a point that stays.",
          "--keep:\(ids) 彼此或与保留网点的距离小于 --spacing。"))
    }
    if let most = conflict.mostInPoorest {
      lines.append(
        word(
          "At most \(most) sites can be opened in the poorest townships (\(answer.poorest.joined(separator: ", "))): ask for at most --at-least \(most).",
          "最薄弱乡镇(\(answer.poorest.joined(separator: "、")))最多可新设 \(most) 个:请用不超过 --at-least \(most) 的数。"))
    }
    if let meters = conflict.largestSpacingMeters {
      lines.append(
        word("Or ask for at most --spacing \(meters)m.", "或用不超过 --spacing \(meters)m 的间距。"))
    }
    if let most = conflict.mostClosed {
      lines.append(
        word(
          "Only \(most) points may be closed: ask for at most --close \(most).",
          "可关闭的网点只有 \(most) 个:请用不超过 --close \(most) 的数。"))
    }
    return lines
  }

  /// What would make a target reachable.
  func help(_ shortfall: SiteProposal.Shortfall) -> [String] {
    var lines: [String] = []
    if let fewest = shortfall.fewest, shortfall.mostWeight > 0 {
      let isMoney = proposal.question.costsMatter
      func amount(_ value: Int) -> String {
        isMoney
          ? word(
            "\(Figures.decimal(Double(value) / 100, digits: 2)) yuan",
            "\(Figures.decimal(Double(value) / 100, digits: 2)) 元")
          : word("\(Figures.whole(value)) sites", "\(Figures.whole(value)) 个网点")
      }
      let proof =
        fewest.value == fewest.bound
        ? word("proven", "已证明") : word("at least \(amount(fewest.bound))", "至少需 \(amount(fewest.bound))")
      lines.append(
        word(
          "That much takes \(amount(fewest.value)) (\(proof)).", "达到该值需 \(amount(fewest.value))(\(proof))。"))
    }
    guard let relaxation = shortfall.relaxation else { return lines }
    guard relaxation.helps else {
      return lines + [
        word("No limit of at most a day makes the target reachable.", "即使放宽到一天的路程,目标也无法达到。")
      ]
    }
    var steps: [String] = []
    func time(_ seconds: Int) -> String { "\(Figures.minutes(seconds: seconds)) min (\(seconds)s)" }
    if let seconds = relaxation.townSeconds {
      steps.append(
        proposal.question.goal == .coverage
          ? word("town places within \(time(seconds))", "城区放宽到 \(time(seconds))")
          : word("a target of \(time(seconds))", "目标放宽到 \(time(seconds))"))
    }
    if let seconds = relaxation.villageSeconds {
      steps.append(word("villages within \(time(seconds))", "农村放宽到 \(time(seconds))"))
    }
    if let meters = relaxation.villageMeters {
      steps.append(word("villages within \(meters)m of a point", "农村放宽到距网点 \(meters)m"))
    }
    if steps.isEmpty { return lines }
    return lines + [
      word("The least that helps: ", "最小的放宽:") + steps.joined(separator: word(" and ", ",")) + word(".", "。")
    ]
  }

  /// How far the candidate is that comes nearest to a place.
  func nearest(_ slot: Int, _ shortfall: SiteProposal.Shortfall) -> [String] {
    guard let all = shortfall.relaxation?.nearest, slot < all.count else {
      return [Figures.missing, Figures.missing]
    }
    let one = all[slot]
    let way =
      one.seconds.map { "\(Figures.minutes(seconds: $0)) min" } ?? one.meters.map { "\(Figures.whole($0)) m" }
    return [
      one.site.map { "\(answer.sites.ids[$0]) \(answer.sites.names[$0])" } ?? Figures.missing,
      way ?? Figures.missing,
    ]
  }

  /// The sites left out for too few payments.
  func unviable(_ listed: Int) -> [String] {
    guard !answer.unviable.isEmpty, let least = answer.minPayments else { return [] }
    var table = TextTable(
      header: [word("site left out", "未参与的候选点"), word("payments a month", "月笔数"), word("asked for", "要求")],
      rightAligned: [1, 2])
    for one in answer.unviable.prefix(listed) {
      table.append([
        "\(answer.sites.ids[one.site]) \(answer.sites.names[one.site])",
        Figures.decimal(one.expected, digits: 1), Figures.whole(least),
      ])
    }
    return [""] + table.lines
  }
}
