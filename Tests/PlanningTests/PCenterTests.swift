import TestSupport
import Testing

@testable import Planning

@Suite("p-center")
struct PCenterTests {
  @Test("The radius is the least of all plans, and proven, whatever is open or closed", arguments: 0..<300)
  func enumeration(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let sites = Int.random(in: 1...8, using: &rng)
    let most = [2, 9, 1_000].randomElement(using: &rng)!
    let density = Double.random(in: 0.2...1, using: &rng)
    let rows = Int.random(in: 0...12, using: &rng)
    let distances = AssignmentCosts(
      siteCount: sites, base: (0..<rows).map { _ in .random(in: most / 2...most, using: &rng) },
      rows: (0..<rows).map { _ in
        (0..<sites).filter { _ in .random(in: 0...1, using: &rng) < density }
          .map { ($0, .random(in: 0...most, using: &rng)) }
      })
    let shuffled = (0..<sites).shuffled(using: &rng)
    let p = Int.random(in: 0...sites + 1, using: &rng)
    var question = PCenter(distances, p: p)
    if Bool.random(using: &rng) { question.open = Array(shuffled.prefix(min(p, 1))) }
    if Bool.random(using: &rng) {
      question.closed = Array(shuffled.suffix(min(2, sites - question.open.count)))
    }
    var least = Int.max
    for bits in 0..<(1 << sites) {
      let plan = (0..<sites).filter { bits >> $0 & 1 == 1 }
      guard plan.count <= p, question.open.allSatisfy(plan.contains),
        !question.closed.contains(where: plan.contains)
      else { continue }
      least = min(least, question.radius(of: plan))
    }
    let answer = question.solve { false }
    #expect(answer.radius == least)
    #expect(answer.isProven)
    #expect(answer.radius == question.radius(of: answer.plan))
    #expect(answer.plan.count <= p && question.open.allSatisfy(answer.plan.contains))
    #expect(!question.closed.contains(where: answer.plan.contains))
  }

  @Test("Stopped at any moment, the bound is true", arguments: 0..<12)
  func stopped(patience: Int) {
    var rng = SeededGenerator(seed: patience)
    let spots = (0..<30).map { _ in
      (Int.random(in: 0...999, using: &rng), Int.random(in: 0...999, using: &rng))
    }
    let rows = spots.map { a in
      spots.enumerated().map { ($0.offset, abs(a.0 - $0.element.0) + abs(a.1 - $0.element.1)) }
    }
    let distances = AssignmentCosts(siteCount: 30, base: rows.map { $0.map(\.1).max()! + 1 }, rows: rows)
    let best = PCenter(distances, p: 5).solve { false }
    #expect(best.isProven)
    var asked = 0
    let answer = PCenter(distances, p: 5).solve {
      asked += 1
      return asked > patience
    }
    #expect(answer.bound <= best.radius && best.radius <= answer.radius)
  }
}
