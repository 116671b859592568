import TestSupport
import Testing

@testable import Planning

/// Certificates are judged by `Tests/check-certificate`, which shares no code with what made them.
@Suite("Certificates of p-median plans")
struct MedianCertificateTests {
  /// Rows on a line, at random distances from sites: tight enough that proofs divide.
  private func question(_ seed: Int) -> PMedian {
    var random = SeededGenerator(seed: 900 + seed)
    let sites = (0..<14).map { _ in Int.random(in: 0...1_000, using: &random) }
    let rows = (0..<40).map { _ in Int.random(in: 0...1_000, using: &random) }
    let costs = AssignmentCosts(
      siteCount: sites.count, base: rows.map { _ in .random(in: 50...900, using: &random) },
      rows: rows.map { row in
        sites.enumerated().map { ($0, abs($1 - row) + Int.random(in: 0...300, using: &random)) }
      })
    var question = PMedian(costs, p: 3 + seed % 3)
    if seed % 2 == 1 { (question.open, question.closed) = ([2], [5, 7]) }
    return question
  }

  @Test("a program that shares no code finds every proof valid, and none that claims more")
  func valid() throws {
    var certificates: [MedianCertificate] = []
    for seed in 0..<20 {
      let question = question(seed)
      let answer = question.solve { false }
      let certificate = MedianCertificate(of: answer, to: question)
      #expect(certificate.isWhole && certificate.bound == answer.bound && answer.isProven)
      certificates.append(certificate)
    }
    #expect(certificates.contains { $0.steps.contains { $0.outcome == .divides } }, "some proofs divide")
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }

    var tampered: [MedianCertificate] = []
    for certificate in certificates {
      var more = certificate
      more.bound += 1
      tampered.append(more)
      more = certificate
      more.value -= 1
      tampered.append(more)
      more = certificate
      more.steps.removeLast()
      tampered.append(more)
    }
    for verdict in try checkedByAnother(tampered) { #expect(verdict != nil) }
  }

  @Test("of a search that was stopped, or too large to keep, proves what it says by its first prices")
  func root() throws {
    var certificates: [MedianCertificate] = []
    for seed in 0..<12 {
      var question = question(seed)
      let best = question.solve { false }.value
      question.longestProof = 1
      for answer in [question.solve { false }, question.solve { true }] {
        let certificate = MedianCertificate(of: answer, to: question)
        #expect(certificate.bound <= best)
        certificates.append(certificate)
      }
    }
    #expect(certificates.contains { !$0.isWhole && $0.bound > 0 })
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
  }

  @Test("stopped after any number of looks proves at least that nothing costs less than nothing")
  func stopped() throws {
    var certificates: [MedianCertificate] = []
    for seed in 0..<40 {
      var random = SeededGenerator(seed: 7_700 + seed)
      // Many sites near every row: at the first prices all of them together may be worth more than the rows pay.
      let costs = AssignmentCosts(
        siteCount: 14, base: (0..<70).map { _ in [2, 3, 4, 12, 12][Int.random(in: 0..<5, using: &random)] },
        rows: (0..<70).map { _ in (0..<14).map { ($0, .random(in: 0...4, using: &random)) } })
      var question = PMedian(costs, p: 6)
      question.open = [13]
      let best = question.solve { false }.value
      for patience in 0..<3 {
        var asked = 0
        let answer = question.solve {
          asked += 1
          return asked > patience
        }
        let certificate = MedianCertificate(of: answer, to: question)
        #expect((0...best).contains(certificate.bound) && certificate.bound <= answer.bound)
        certificates.append(certificate)
      }
    }
    #expect(certificates.contains { $0.bound == 0 && Set($0.steps[0].prices) == [0] })
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
  }
}
