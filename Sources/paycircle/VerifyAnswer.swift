import Planning
import Storage
import Words

/// All that `sites --verify` says.
struct VerifyAnswer {
  let network: PaymentNetwork
  let plan: StoredPlan
  let promise: PlanPromise
  let truth: PlanVerification
  /// The coverage today, and what it would be without the sites that have opened.
  let now: Coverage
  let without: Coverage
  /// Whether coverage is asked as it was for the plan; `nil` where the plan does not say.
  let isSameQuestion: Bool?

  /// Holds a plan of an atlas against what came.
  ///
  /// - Throws: `Failure` with status 66 where there is no such plan, it was kept without forecasts, or there is nothing to
  ///   compare yet.
  init(
    of name: String, in network: PaymentNetwork, _ options: CoverageOptions, _ input: AtlasArgument,
    _ language: Language
  ) throws {
    func missing(_ english: String, _ chinese: String) -> Failure {
      Failure(
        status: .inputMissing,
        sentence: Bilingual(en: "\(input.atlas): \(english)", zh: "\(input.atlas):\(chinese)"),
        language: language)
    }
    let stored = try failing(in: language) { try Atlas(path: input.atlas).plan(named: name) }
    guard let stored else {
      throw missing(
        "no plan \"\(name)\"; expected one that `paycircle sites --save NAME` has kept",
        "没有方案 \"\(name)\";应为 `paycircle sites --save 名称` 保存过的方案")
    }
    guard let promise = stored.promise, promise.sites.contains(where: { $0.forecast != nil }) else {
      throw missing(
        "plan \"\(name)\" was kept without forecasts; expected one saved where there were volumes or distance surveys",
        "方案 \"\(name)\" 保存时没有预测;应为在有业务量或交费距离调查时保存的方案")
    }
    let truth = PlanVerification(of: promise, in: network)
    guard !truth.isEmpty else {
      let closed = truth.sites.indices.filter { truth.sites[$0].match == nil }.map { promise.sites[$0].id }
      guard closed.count < promise.sites.count else {
        throw missing(
          "no site of plan \"\(name)\" has opened; expected points with their ids, or new ones within 100 m of them",
          "方案 \"\(name)\" 的网点均未开业;应有与候选点编码相同的网点,或其 100 米内新设的网点")
      }
      throw missing(
        "no volumes since the sites of plan \"\(name)\" opened; expected a whole month after \(promise.volumesUntil.isEmpty ? promise.keptOn : promise.volumesUntil)",
        "方案 \"\(name)\" 的网点开业后还没有业务量;应有 \(promise.volumesUntil.isEmpty ? promise.keptOn : promise.volumesUntil) 之后的完整月份"
      )
    }
    self.network = network
    plan = stored
    self.promise = promise
    self.truth = truth
    now = coverage(of: network, options)
    var unopened = network
    for site in truth.sites { if let match = site.match { unopened.points.statuses[match.point] = .planned } }
    without = coverage(of: unopened, options)
    isSameQuestion = stored.question.isEmpty ? nil : stored.question == options.words
  }

  /// Customers served by the sites that have opened.
  var customersByOpened: Int { now.summary.all.customers.served - without.summary.all.customers.served }
}
