import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Visits under the planner's rules, judged by every set of sites in turn.
@Suite("Visits under rules")
struct SiteVisitsRulesTests {
  typealias Case = SiteProposalTests.Case

  /// A county whose places choose among sites by chance.
  private func county(_ seed: Int) -> (one: Case, question: SiteQuestion) {
    var one = Case.random(seed, onRoads: false)
    one.kept = seed % 4 == 0 ? one.kept : []
    var dice = SeededGenerator(seed: 500 + seed)
    var question = one.question(.sites(3), .visits)
    question.visits = CapturedVisits(
      siteCount: one.sites.count,
      rows: (0..<20).map { _ in
        .init(
          payments: Double(Int.random(in: 1...90, using: &dice)), standing: 1,
          sites: (0..<one.sites.count).filter { _ in Bool.random(using: &dice) }.map {
            ($0, Double.random(in: 0.1...2, using: &dice))
          })
      })
    return (one, question)
  }

  private func certificate(_ proposal: SiteProposal) throws -> CaptureCertificate {
    guard case .capture(let certificate)? = proposal.proof else {
      throw Missing.certificate
    }
    return certificate
  }

  private enum Missing: Error { case certificate }

  @Test(
    "spacing, townships, the poorest of them and a budget are kept to, and nothing that keeps to them draws more",
    arguments: 0..<10)
  func rules(seed: Int) throws {
    let judge = SiteRulesTests()
    var dice = SeededGenerator(seed: seed)
    let (one, plain) = county(seed)
    let visits = try #require(plain.visits)
    let spacing = Distance.meters([50, 300, 1_500, 6_000].randomElement(using: &dice)!)
    let perTownship = Int.random(in: 1...2, using: &dice)
    let atLeast = Int.random(in: 1...2, using: &dice)
    let townships = (0..<one.sites.count).map { judge.township(one, $0) }
    let poor = judge.poorest(one, 1)
    let sets = (0..<1 << one.sites.count).map { bits in
      (0..<one.sites.count).filter { bits >> $0 & 1 == 1 }
    }.filter { Set($0).isSuperset(of: one.kept) && Set($0).isDisjoint(with: one.forbidden) }
    func isAllowed(_ set: [Int], _ mask: Int, _ limit: SiteQuestion.Limit) -> Bool {
      switch limit {
      case .sites(let count): if set.count > count { return false }
      case .budget(let fen): if one.cost(set).map({ $0 > fen }) ?? true { return false }
      case .target, .within: return false
      }
      if mask & 1 > 0, !judge.keepsSpacing(one, .init(opened: set, closed: [], served: 0), spacing) {
        return false
      }
      let each = Dictionary(grouping: set.compactMap { townships[$0] }) { $0 }
      if mask & 2 > 0, each.values.contains(where: { $0.count > perTownship }) { return false }
      return mask & 4 == 0 || set.count { townships[$0].map(poor.contains) ?? false } >= atLeast
    }
    var certificates: [CaptureCertificate] = []
    for mask in 0..<8 {
      for limit in [SiteQuestion.Limit.sites(3), .budget(fen: 1_200 + (one.cost(one.kept) ?? 0))] {
        var question = plain
        question.limit = limit
        if mask & 1 > 0 { question.rules.spacing = spacing }
        if mask & 2 > 0 { question.rules.perTownship = perTownship }
        if mask & 4 > 0 { question.rules.poorest = .init(sites: atLeast, townships: 1) }
        let proposal = try one.network.proposal(question, among: one.sites)
        let opened = proposal.chosen.map(\.site)
        let best = sets.filter { isAllowed($0, mask, limit) }.map { visits.captured(by: $0) }.max()
        guard let best else {
          #expect(!proposal.isAnswered && proposal.conflict != nil && opened.isEmpty, "mask \(mask)")
          guard case .ruled(let proof)? = proposal.proof else { throw Missing.certificate }
          #expect(try checkedByAnother([proof]) == [nil])
          continue
        }
        #expect(proposal.isAnswered && proposal.value == best && proposal.isProven, "mask \(mask)")
        #expect(isAllowed(opened.sorted(), mask, limit) && visits.captured(by: opened) == best)
        #expect(proposal.chosen.reduce(0) { $0 + $1.gain } == best && proposal.unit == .payments)
        certificates.append(try certificate(proposal))
      }
    }
    #expect(try checkedByAnother(certificates).allSatisfy { $0 == nil })
  }

  @Test(
    "each phase draws the most that can be with the phases before, and keeps to the rules", arguments: 0..<8)
  func phases(seed: Int) throws {
    let judge = SiteRulesTests()
    let (one, plain) = county(seed)
    let visits = try #require(plain.visits)
    let townships = (0..<one.sites.count).map { judge.township(one, $0) }
    var question = plain
    question.rules.perTownship = 2
    let all = Set(0..<one.sites.count).subtracting(one.forbidden)
    for sizes in [PhaseSizes.sites([max(1, one.kept.count), 2, 1]), .budgets(fen: [1_000, 700])] {
      let plan = try one.network.phasedProposal(question, sizes, among: one.sites)
      guard plan.isAnswered else { continue }
      var open: [Int] = []
      for (number, phase) in plan.phases.enumerated() {
        let before = open
        let new = plan.chosen[open.count..<open.count + phase.siteCount].map(\.site)
        func isAllowed(_ set: Set<Int>) -> Bool {
          let own = set.subtracting(before)
          let each = Dictionary(grouping: set.compactMap { townships[$0] }) { $0 }
          guard set.isSuperset(of: before), set.isSuperset(of: one.kept), set.isSubset(of: all),
            each.values.allSatisfy({ $0.count <= 2 })
          else { return false }
          switch sizes {
          case .sites(let sizes): return own.count <= sizes[number]
          case .budgets(let sizes): return one.cost(own.sorted()).map { $0 <= sizes[number] } ?? false
          }
        }
        let best = (0..<1 << one.sites.count).map { bits in
          Set((0..<one.sites.count).filter { bits >> $0 & 1 == 1 })
        }.filter(isAllowed).map { visits.captured(by: $0.sorted()) }.max()
        open += new
        #expect(isAllowed(Set(open)) && phase.value == best && phase.bound == best)
        #expect(visits.captured(by: open) == phase.value)
        guard case .capture(let certificate)? = phase.proof else { throw Missing.certificate }
        #expect(try checkedByAnother([certificate]) == [nil])
      }
      #expect(plan.value == visits.captured(by: open) && plan.bound >= plan.value)
      #expect(plan.chosen.reduce(0) { $0 + $1.gain } == plan.value)
    }
  }

  @Test("of sites that bring nothing only those are opened that a rule asks for")
  func idle() throws {
    var (one, question) = county(3)
    (one.kept, question.kept, question.forbidden) = ([], [], [])
    question.visits = CapturedVisits(siteCount: one.sites.count, rows: [])
    #expect(try one.network.proposal(question, among: one.sites).chosen.isEmpty)
    question.rules.perTownship = 3
    #expect(try one.network.proposal(question, among: one.sites).chosen.isEmpty)
    question.rules.poorest = .init(sites: 1, townships: one.network.places.townshipNames.count)
    let asked = try one.network.proposal(question, among: one.sites)
    #expect(asked.chosen.count == 1 && asked.value == 0 && asked.isProven)
  }
}
