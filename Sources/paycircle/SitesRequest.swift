import Planning
import Words

/// What the command line asks of the candidates, checked against them.
struct SitesRequest {
  let command: SitesCommand
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
    question.kept = try positions(of: command.keep, "--keep")
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
    return .target(millionths: command.target?.millionths ?? 0, cheapest: command.cheapest)
  }

  private func failure(_ status: Status, _ sentence: Bilingual) -> Failure {
    Failure(status: status, sentence: sentence, language: language)
  }

  private func positions(of list: IDList?, _ option: String) throws -> [Int] {
    guard let list else { return [] }
    var known: [String: Int] = [:]
    for i in 0..<sites.count { known[sites.ids[i]] = i }
    return try Set(
      list.ids.map { id in
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
    if let choose = command.choose, question.kept.count > choose {
      throw failure(
        .usage,
        Bilingual(
          en: "--keep names \(question.kept.count) sites; expected at most the \(choose) of --choose",
          zh: "--keep 列出了 \(question.kept.count) 个候选点;不应多于 --choose 的 \(choose) 个"))
    }
    guard command.budget != nil || command.cheapest else { return }
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
    if let budget = command.budget, sum > budget.fen {
      throw failure(
        .usage,
        Bilingual(
          en:
            "--keep: these sites cost \(yuan(sum)) yuan; expected at most the \(yuan(budget.fen)) of --budget",
          zh: "--keep:这些候选点共需 \(yuan(sum)) 元;不应超过 --budget 的 \(yuan(budget.fen)) 元"))
    }
  }

  private func checkCosts(_ question: SiteQuestion) throws {
    guard command.budget != nil || command.cheapest else { return }
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
