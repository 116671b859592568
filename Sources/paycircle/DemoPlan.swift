import Planning
import Storage
import Words

/// The plan that the demo makes: five sites among the folder's candidates, and how much more of them would serve.
struct DemoPlan {
  let answer: SitesAnswer
  let stored: StoredPlan

  /// The name the atlas keeps it under, and how many sites it opens.
  static let name = "demo", sites = 5
  /// How far from it a plan may be that is nearly as good, in millionths of its value.
  private static let nearly = 1_000
  /// How far its curve goes.
  private static let curveLimit = 30

  /// Plans, and keeps the plan in the atlas; `nil` where there are no candidates.
  init?(
    on network: PaymentNetwork, _ options: CoverageOptions, atlas: String, stamp: String, _ language: Language
  ) throws {
    let sites = network.candidates
    guard sites.count > 0 else { return nil }
    var question = SiteQuestion(.sites(Self.sites))
    question.coverage = options
    question.coverage.breakdown = nil
    question.costsFen = (0..<sites.count).map { sites.costFen(of: $0, months: 0) }
    let surveys = try failing(in: language) { try Atlas(path: atlas).surveys() }
    do {
      let proposal = try network.proposal(question, among: sites)
      answer = SitesAnswer(
        network: network, sites: sites, source: .table, proposal: proposal, unviable: [],
        expectations: SiteExpectations(network, surveys, question.coverage)?
          .expectations(of: proposal, beside: network),
        curve: try network.coverageCurve(
          question, among: sites, upTo: max(Self.sites, min(Self.curveLimit, sites.count))),
        seconds: nil, limitUtilization: nil, listsMerged: false,
        alternatives: .init(
          plans: try network.alternatives(to: proposal, among: sites, count: 3, within: Self.nearly),
          millionths: Self.nearly))
    } catch {
      throw Failure(status: .dataRefused, sentence: error.sentence(atlas), language: language)
    }
    let document = SitesJSON(answer: answer, keepsForecast: true).document.text
    guard let plan = StoredPlan(name: Self.name, document: document) else { return nil }
    try failing(in: language) { try Atlas(path: atlas).keep(plan, stamp: stamp) }
    stored = try failing(in: language) { try Atlas(path: atlas).plan(named: Self.name) } ?? plan
  }
}
