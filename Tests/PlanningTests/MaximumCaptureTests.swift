import TestSupport
import Testing

@testable import Planning

/// Plans are judged by every set of sites in turn.
@Suite("Sites that capture payments")
struct MaximumCaptureTests {
  /// Places and sites on a line: some where nothing stands, some without payments, some sites alike.
  private func question(_ seed: Int, sites siteCount: Int = 9) -> MaximumCapture {
    var random = SeededGenerator(seed: 40 + seed)
    let spots = (0..<siteCount).map { _ in Int.random(in: 0...12, using: &random) }
    let rows = (0..<25).map { _ in
      let here = Int.random(in: 0...12, using: &random)
      return CapturedVisits.Row(
        payments: [0, 7.5, 120, 900.25].randomElement(using: &random)!,
        standing: [0, 0.2, 1, 5].randomElement(using: &random)!,
        sites: spots.indices.compactMap { site in
          let away = abs(spots[site] - here)
          return away > 5 ? nil : (site, 1 / Double(1 + away * away))
        })
    }
    var question = MaximumCapture(CapturedVisits(siteCount: siteCount, rows: rows), choosing: 1 + seed % 5)
    if seed % 3 == 1 { question.open = [seed % siteCount] }
    if seed % 3 == 2 { question.closed = [0, 4] }
    return question
  }

  private func optimum(_ question: MaximumCapture) -> Int {
    (0..<1 << question.problem.siteCount).reduce(0) { best, bits in
      let set = (0..<question.problem.siteCount).filter { bits >> $0 & 1 == 1 }
      guard set.count <= question.count, Set(set).isSuperset(of: question.open),
        Set(set).isDisjoint(with: question.closed)
      else { return best }
      return max(best, question.problem.captured(by: set))
    }
  }

  @Test("capture what the best of all sets captures, and it is proven", arguments: 0..<40)
  func best(seed: Int) {
    let question = question(seed)
    let answer = question.solve { false }
    #expect(answer.value == optimum(question))
    #expect(answer.bound == answer.value && !answer.isInterrupted)
    #expect(answer.value == question.problem.captured(by: answer.sites))
    #expect(answer.gains.reduce(0, +) == answer.value && answer.gains.allSatisfy { $0 >= 0 })
    #expect(answer.sites.count <= question.count && Set(answer.sites).isSuperset(of: question.open))
  }

  @Test("stopped at once still have a true bound", arguments: 0..<20)
  func stopped(seed: Int) {
    let question = question(seed)
    let answer = question.solve { true }
    #expect(answer.value == question.problem.captured(by: answer.sites))
    #expect(answer.value <= optimum(question) && optimum(question) <= answer.bound)
  }

  @Test("share by weight, take all where nothing stands, and nothing from nobody")
  func shares() {
    func captured(_ row: CapturedVisits.Row, _ sites: [Int]) -> Int {
      CapturedVisits(siteCount: 2, rows: [row]).captured(by: sites)
    }
    #expect(captured(.init(payments: 100, standing: 3, sites: [(0, 1)]), [0]) == 25)
    #expect(captured(.init(payments: 100, standing: 2, sites: [(0, 1), (1, 1)]), [0, 1]) == 50)
    #expect(captured(.init(payments: 100.5, standing: 0, sites: [(0, 1)]), [0]) == 100)
    #expect(captured(.init(payments: 0, standing: 1, sites: [(0, 1)]), [0]) == 0)
    #expect(captured(.init(payments: 100, standing: 3, sites: [(0, 1)]), []) == 0)
    let nobody = MaximumCapture(CapturedVisits(siteCount: 3, rows: []), choosing: 7).solve { false }
    #expect(nobody.sites.isEmpty && nobody.value == 0 && nobody.bound == 0)
  }
}
