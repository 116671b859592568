import Planning
import Travel
import Words

/// What the command line asks of the candidates, checked against them.
struct SitesRequest {
  let command: SitesCommand
  let network: PaymentNetwork
  let sites: CandidateTable
  let language: Language

  /// The question, or the end of the command with a sentence that says what is wrong with it.
  func question(_ options: CoverageOptions) throws -> SiteQuestion {
    let atlas = command.input.atlas
    guard sites.count > 0 else {
      throw failure(
        .inputMissing,
        Bilingual(
          en:
            "\(atlas): no candidates (--candidates \(command.candidates)); expected an atlas that `paycircle import candidates` has put some into",
          zh: "\(atlas):没有候选点(--candidates \(command.candidates));应为已用 `paycircle import candidates` 导入候选点的图集"
        ))
    }
    var question = SiteQuestion(limit)
    question.goal = command.goal
    question.coverage = options
    question.gap = Double(command.gap?.millionths ?? 0) / 1_000_000
    let keptPoints = keptPoints
    question.kept = try positions(
      of: command.keep, "--keep", but: Set(keptPoints.map { network.points.ids[$0] }))
    question.rules = command.rules.rules(months: command.months, keptPoints: keptPoints)
    question.forbidden = try positions(of: command.forbid, "--forbid")
    question.costsFen = (0..<sites.count).map { sites.costFen(of: $0, months: command.months) }
    let both = Set(question.kept).intersection(question.forbidden).min()
    if let both {
      throw failure(
        .usage,
        Bilingual(
          en: "--keep and --forbid both name \(sites.ids[both]); expected each site in one of them",
          zh: "--keep 和 --forbid 都列出了 \(sites.ids[both]);每个候选点只能在其中之一"))
    }
    try checkKept(question)
    try checkCosts(question)
    return question
  }

  private var limit: SiteQuestion.Limit {
    if let choose = command.choose { return .sites(choose) }
    if let budget = command.budget { return .budget(fen: budget.fen) }
    switch (command.target, command.rules.sizes) {
    case (.time(let time), _): return .within(seconds: min(86_400, time.seconds), cheapest: command.cheapest)
    case (.share(let millionths), _): return .target(millionths: millionths, cheapest: command.cheapest)
    case (nil, .sites(let sizes)): return .sites(sizes.first ?? 0)
    case (nil, .budgets(let sizes)): return .budget(fen: sizes.first ?? 0)
    case (nil, nil): preconditionFailure("the command's validation asks for a limit")
    }
  }

  /// The points among the ids of `--keep`, where points may close.
  private var keptPoints: [Int] {
    guard let keep = command.keep, command.rules.close != nil || command.rules.relocate != nil else {
      return []
    }
    let ids = Set(keep.ids).subtracting((0..<sites.count).map { sites.ids[$0] })
    return (0..<network.points.count).filter { ids.contains(network.points.ids[$0]) }
  }

  private func failure(_ status: Status, _ sentence: Bilingual) -> Failure {
    Failure(status: status, sentence: sentence, language: language)
  }

  private func positions(of list: IDList?, _ option: String, but others: Set<String> = []) throws
    -> [Int]
  {
    guard let list else { return [] }
    var known: [String: Int] = [:]
    for i in 0..<sites.count { known[sites.ids[i]] = i }
    return try Set(
      list.ids.filter { !others.contains($0) }.map { id in
        guard let position = known[id] else {
          throw failure(
            .usage,
            Bilingual(
              en: "\(option) \(id): no such candidate; expected ids of --candidates \(command.candidates)",
              zh: "\(option) \(id):没有这个候选点;应为 --candidates \(command.candidates) 中的编码"))
        }
        return position
      }
    ).sorted()
  }

  private func checkKept(_ question: SiteQuestion) throws {
    if case .sites(let count) = question.limit, question.kept.count > count {
      let option = command.choose == nil ? "--phases" : "--choose"
      throw failure(
        .usage,
        Bilingual(
          en: "--keep names \(question.kept.count) sites; expected at most the \(count) of \(option)",
          zh: "--keep 列出了 \(question.kept.count) 个候选点;不应多于 \(option) 的 \(count) 个"))
    }
    guard question.costsMatter else { return }
    var sum = 0
    for site in question.kept {
      guard let cost = question.costsFen[site] else {
        throw failure(
          .inputMissing,
          Bilingual(
            en:
              "--keep \(sites.ids[site]): its cost is not known; expected \(columns) in the table of candidates",
            zh: "--keep \(sites.ids[site]):费用未知;候选点表中应有 \(columns)"))
      }
      sum += min(cost, 1 << 50)
    }
    if case .budget(let fen) = question.limit, sum > fen {
      let option = command.budget == nil ? "--phase-budgets" : "--budget"
      throw failure(
        .usage,
        Bilingual(
          en: "--keep: these sites cost \(yuan(sum)) yuan; expected at most the \(yuan(fen)) of \(option)",
          zh: "--keep:这些候选点共需 \(yuan(sum)) 元;不应超过 \(option) 的 \(yuan(fen)) 元"))
    }
  }

  private func checkCosts(_ question: SiteQuestion) throws {
    guard question.costsMatter else { return }
    let unknown = question.costsFen.count { $0 == nil }
    if unknown == sites.count {
      throw failure(
        .inputMissing,
        Bilingual(
          en:
            "\(command.input.atlas): no candidate has a cost (--candidates \(command.candidates)); expected \(columns) in the table of candidates",
          zh: "\(command.input.atlas):候选点都没有费用(--candidates \(command.candidates));候选点表中应有 \(columns)"))
    }
    if unknown > 0 {
      standardError(
        "paycircle: "
          + Bilingual(
            en: "\(unknown) candidates without \(columns) are left out",
            zh: "\(unknown) 个候选点缺少 \(columns),未参与选择")[language])
    }
  }

  private var columns: String {
    command.months > 0 ? "opening_cost_yuan, monthly_cost_yuan" : "opening_cost_yuan"
  }

  private func yuan(_ fen: Int) -> String { Figures.decimal(Double(fen) / 100, digits: 2) }
}

extension CandidateTable {
  /// What opening site `i` costs, with the running costs of so many months; `nil` where it is not known.
  func costFen(of i: Int, months: Int) -> Int? {
    guard let opening = openingCostsFen[i] else { return nil }
    guard months > 0 else { return opening }
    guard let monthly = monthlyCostsFen[i] else { return nil }
    let running = monthly.multipliedReportingOverflow(by: months)
    let sum = running.partialValue.addingReportingOverflow(opening)
    return running.overflow || sum.overflow ? .max : sum.partialValue
  }
}
