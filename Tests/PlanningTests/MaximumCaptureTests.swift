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

  @Test(
    "a program that shares no code finds every proof valid, also of a search that was stopped or too large to keep"
  )
  func valid() throws {
    var certificates: [CaptureCertificate] = []
    for seed in 0..<30 {
      var question = question(seed, sites: 14)
      let answer = question.solve { false }
      #expect(answer.certificate.isWhole && answer.certificate.bound == answer.bound)
      certificates.append(answer.certificate)
      certificates.append(question.solve { true }.certificate)
      question.certificateLimit = 1
      let short = question.solve { false }.certificate
      #expect(short.bound >= answer.value)
      certificates.append(short)
    }
    #expect(certificates.contains { $0.nodes.contains { $0.branch != nil } }, "some proofs divide")
    for verdict in try checkedByAnother(certificates) { #expect(verdict == nil) }
  }

  @Test("it refuses a bound, a value or a plan that is not so, and a proof that leaves something out")
  func tampered() throws {
    var tampered: [CaptureCertificate] = []
    for seed in 0..<20 {
      let certificate = question(seed, sites: 14).solve { false }.certificate
      guard certificate.value > 0 else { continue }
      var one = certificate
      one.value += 1
      one.bound += 1
      tampered.append(one)
      one = certificate
      one.bound -= 1
      tampered.append(one)
      // Without claims each row has the best of all sites for itself, which decides nothing.
      one = certificate
      one.nodes[0].claims = one.nodes[0].claims.map { _ in 0 }
      let all = Set(0..<14).subtracting(certificate.forbidden)
      let decides = one.nodes[0].branch == nil || !(one.nodes[0].closed + one.nodes[0].opened).isEmpty
      if decides, !one.nodes[0].claims.isEmpty,
        question(seed, sites: 14).problem.captured(by: all) > certificate.value
      {
        tampered.append(one)
      }
      one = certificate
      one.sites = Array(0...one.count)
      tampered.append(one)
      // Later nodes may prove what an earlier one proves once a better plan is known, but none is too few.
      one = certificate
      one.nodes = []
      tampered.append(one)
    }
    for verdict in try checkedByAnother(tampered) { #expect(verdict != nil) }
  }

  @Test("a row's most is that of all sets, whatever sites claim", arguments: 0..<60)
  func row(seed: Int) {
    var random = SeededGenerator(seed: 700 + seed)
    let row = CaptureRow.Row(
      payments: Int.random(in: 1...50_000, using: &random), standing: Int.random(in: 1...90, using: &random),
      opened: seed % 3 == 0 ? 0 : Int.random(in: 0...50, using: &random))
    let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in
      Int.random(in: 1...(seed % 2 == 0 ? 5 : 200), using: &random)
    }
    let claims = weights.map { weight in
      let alone = row.drawn(weight) - row.drawn(0)
      return Int.random(in: 0...max(1, alone), using: &random)
    }
    let best = (0..<1 << weights.count).reduce(0) { best, bits in
      let set = weights.indices.filter { bits >> $0 & 1 == 1 }
      return max(
        best, row.drawn(set.reduce(0) { $0 + weights[$1] }) - set.reduce(0) { $0 + claims[$1] })
    }
    var scratch = CaptureRow()
    let most = weights.withUnsafeBufferPointer { weights in
      claims.withUnsafeBufferPointer { scratch.most(row, weights, $0) }
    }
    #expect(most == best)
    let set = scratch.taken
    #expect(row.drawn(set.reduce(0) { $0 + weights[$1] }) - set.reduce(0) { $0 + claims[$1] } == best)
  }

  @Test("a place of the most payments that a row may have does not overflow")
  func largest() {
    let problem = CapturedVisits(
      siteCount: 2, rows: [.init(payments: 1e8, standing: 1e-12, sites: [(0, 1), (1, 1)])])
    let answer = MaximumCapture(problem, choosing: 2).solve { false }
    #expect(answer.value == answer.bound && answer.value > 99_999_000)
  }
}
