import TestSupport
import Testing

@testable import Planning

/// Certificates are judged by `Tests/check-certificate`, which shares no code with what made them.
@Suite("Certificates of p-center plans")
struct CenterCertificateTests {
  /// Rows in a plane, with ties, some with an existing point, some with few sites near.
  private func question(_ seed: Int) -> PCenter {
    var random = SeededGenerator(seed: 700 + seed)
    let (siteCount, rowCount) = (12, 30)
    func spot() -> (Int, Int) { (.random(in: 0...20, using: &random), .random(in: 0...20, using: &random)) }
    let (sites, rows) = ((0..<siteCount).map { _ in spot() }, (0..<rowCount).map { _ in spot() })
    let distances = AssignmentCosts(
      siteCount: siteCount,
      base: rows.map { _ in
        Int.random(in: 0..<4, using: &random) == 0 ? .random(in: 0...10, using: &random) : 40
      },
      rows: rows.map { row in
        sites.enumerated().map { ($0, abs($1.0 - row.0) + abs($1.1 - row.1)) }
      })
    var question = PCenter(distances, p: 1 + seed % 4)
    if seed % 2 == 1, question.p > 1 { (question.open, question.closed) = ([2], [5, 7]) }
    if seed % 5 == 4 {
      question.closed = Array(0..<siteCount).filter { !question.open.contains($0) && $0 > 2 }
    }
    return question
  }

  @Test("a program that shares no code finds every proof valid, and none that claims more")
  func valid() throws {
    var (certificates, tampered): ([CenterCertificate], [CenterCertificate]) = ([], [])
    for seed in 0..<30 {
      let question = question(seed)
      let answer = question.solve { false }
      #expect(answer.isProven)
      let certificate = CenterCertificate(of: answer, to: question)
      certificates.append(certificate)
      var more = certificate
      more.bound += 1
      tampered.append(more)
      more = certificate
      more.value -= 1
      tampered.append(more)
      if certificate.covering != nil {
        more = certificate
        more.covering = nil
        tampered.append(more)
        more = certificate
        more.p += certificate.sites.count
        tampered.append(more)
      }
    }
    #expect(certificates.contains { $0.covering != nil })
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
    let verdicts = try checkedByAnother(tampered)
    for (verdict, one) in zip(verdicts, tampered) { #expect(verdict != nil, "\(one.p) \(one.bound)") }
  }

  @Test("where the proof is not kept whole, the certificate claims no more than anybody can see")
  func weaker() throws {
    var certificates: [CenterCertificate] = []
    for seed in 0..<30 {
      let question = question(seed)
      var answer = question.solve { false }
      guard var proof = answer.proof else { continue }
      proof.bound = question.p - Set(question.open).count
      answer.proof = proof
      let certificate = CenterCertificate(of: answer, to: question)
      #expect(certificate.bound <= answer.bound && certificate.covering == nil)
      certificates.append(certificate)
    }
    #expect(certificates.contains { $0.bound > 0 })
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
  }
}
