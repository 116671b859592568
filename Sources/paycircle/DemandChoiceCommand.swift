import ArgumentParser
import Planning
import Words

/// `paycircle demand county.gpkg choice`: who goes where.
struct DemandChoiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "choice",
    abstract: said(
      "Who goes where: how far people go, and how strongly each kind of point draws them.",
      zh: "谁去哪里交费:人们愿走多远,各类网点的吸引力多大。"),
    discussion: said(
      """
      From the distance surveys, where there are any: maximum likelihood of the choice among the twelve nearest points
      and the two nearest business halls, with errors robust by village. Else from the points' monthly volumes, and then
      with the slices of the likelihood that show how little these say. Forms of decay are compared by AIC.

      Example:
        paycircle demand jiyuan.gpkg choice
        paycircle demand jiyuan.gpkg choice --travel straight --decay log-logistic --json
      """,
      zh: """
        有交费距离调查时,对最近十二个网点和最近两个营业厅之间的选择作最大似然估计,标准误按行政村聚类;
        没有调查时由各网点的月度业务量估计,并列出似然剖面,说明业务量能说明多少。衰减形式按 AIC 比较。

        示例:
          paycircle demand jiyuan.gpkg choice
          paycircle demand jiyuan.gpkg choice --travel straight --decay log-logistic --json
        """))

  @OptionGroup var input: AtlasArgument
  @OptionGroup var question: ChoiceArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let language = output.language
    let (network, surveys, estimate) = try question.estimated(
      input, InPersonPayments(), profiles: true, language)
    guard estimate.evidence != .assumptions else { throw refusal(network, surveys, language) }
    if output.json {
      try say(ChoiceJSON(network: network, surveys: surveys.distances, estimate: estimate).document)
    } else {
      let table = ChoiceTable(
        network: network, surveys: surveys.distances, estimate: estimate, language: language)
      try say(table.lines.joined(separator: "\n"))
    }
  }

  /// Why nothing can be estimated.
  private func refusal(_ network: PaymentNetwork, _ surveys: Surveys, _ language: Language) -> Failure {
    let answers = surveys.distances.count
    let found: Bilingual
    if answers > 0 {
      found = Bilingual(
        en: "none of the \(answers) answers names a point that can be chosen from its place",
        zh: "\(answers) 份调查中没有一份所写的网点可从其所在村/社区选择")
    } else if network.volumes.count > 0 {
      found = Bilingual(en: "no surveys, and no payments in any month", zh: "没有调查,各月业务量均为零")
    } else {
      found = Bilingual(en: "no surveys and no volumes", zh: "没有调查,也没有业务量")
    }
    return Failure(
      status: answers > 0 || network.volumes.count > 0 ? .dataRefused : .inputMissing,
      sentence: Bilingual(
        en:
          "\(input.atlas): \(found[.english]); expected distance surveys (`paycircle import distance-surveys`) "
          + "or volumes (`paycircle import volumes`)",
        zh: "\(input.atlas):\(found[.chinese]);应先导入交费距离调查(`paycircle import distance-surveys`)"
          + "或业务量(`paycircle import volumes`)"),
      language: language)
  }
}
