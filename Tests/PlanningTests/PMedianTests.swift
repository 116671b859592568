import TestSupport
import Testing

@testable import Planning

@Suite("p-median")
struct PMedianTests {
  /// An instance small enough to try every plan; ties, zero costs, rows nothing serves and sites that serve nothing.
  private func random(_ rng: inout SeededGenerator) -> AssignmentCosts {
    let sites = Int.random(in: 1...9, using: &rng)
    let rows = Int.random(in: 0...14, using: &rng)
    let most = [3, 20, 1_000].randomElement(using: &rng)!
    let density = Double.random(in: 0.1...1, using: &rng)
    return AssignmentCosts(
      siteCount: sites, base: (0..<rows).map { _ in .random(in: 0...most, using: &rng) },
      rows: (0..<rows).map { _ in
        (0..<sites).shuffled(using: &rng).filter { _ in .random(in: 0...1, using: &rng) < density }
          .map { ($0, .random(in: 0...most, using: &rng)) }
      })
  }

  /// The least cost of all plans of at most `p` sites.
  private func leastByEnumeration(_ costs: AssignmentCosts, p: Int, open: [Int], closed: [Int]) -> Int {
    var least = Int.max
    for bits in 0..<(1 << costs.siteCount) {
      let plan = (0..<costs.siteCount).filter { bits >> $0 & 1 == 1 }
      guard plan.count <= p, open.allSatisfy(plan.contains), !closed.contains(where: plan.contains) else {
        continue
      }
      least = min(least, costs.value(of: plan))
    }
    return least
  }

  @Test("The plan is the best of all, and proven, whatever is open or closed", arguments: 0..<400)
  func enumeration(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let costs = random(&rng)
    let shuffled = (0..<costs.siteCount).shuffled(using: &rng)
    let p = Int.random(in: 0...costs.siteCount + 1, using: &rng)
    let open = Bool.random(using: &rng) ? [] : Array(shuffled.prefix(min(p, 2)))
    let closed =
      Bool.random(using: &rng) ? [] : Array(shuffled.suffix(max(0, min(2, costs.siteCount - open.count))))
    var question = PMedian(costs, p: p)
    question.open = open
    question.closed = closed
    let answer = question.solve { false }
    #expect(answer.value == leastByEnumeration(costs, p: p, open: open, closed: closed))
    #expect(answer.value == costs.value(of: answer.plan))
    #expect(answer.isProven)
    #expect(answer.plan.count <= p && answer.plan == answer.plan.sorted())
    #expect(open.allSatisfy(answer.plan.contains) && !closed.contains(where: answer.plan.contains))
    let second = question.solve { false }
    #expect(second.plan == answer.plan && second.nodes == answer.nodes)
    #expect(answer.proof.isWhole)
    #expect(holds(answer.proof, question))
  }

  /// Goes through a proof step by step with nothing but the definition of L(u).
  private func holds(_ proof: PMedianProof, _ question: PMedian) -> Bool {
    var next = 0
    func bound(_ prices: [Int], open: Set<Int>, closed: Set<Int>) -> Int {
      var rho = [Int](repeating: 0, count: question.costs.siteCount)
      for row in 0..<question.costs.rowCount {
        for entry in question.costs.rowStart[row]..<question.costs.rowStart[row + 1] {
          rho[Int(question.costs.sites[entry])] += min(
            0, question.costs.costs[entry] * proof.scale - prices[row])
        }
      }
      let free = rho.indices.filter { !open.contains($0) && !closed.contains($0) }.map { rho[$0] }.sorted()
      return prices.reduce(0, +) + open.reduce(0) { $0 + rho[$1] }
        + free.prefix(max(0, question.p - open.count)).reduce(0, +)
    }
    func part(_ open: Set<Int>, _ closed: Set<Int>) -> Bool {
      var (open, closed) = (open, closed)
      while true {
        guard next < proof.steps.count else { return false }
        let step = proof.steps[next]
        next += 1
        guard zip(step.prices, question.costs.base).allSatisfy({ $0 <= $1 * proof.scale }) else {
          return false
        }
        // No better plan exists where the bound exceeds value − 1, for costs are whole.
        func isHopeless(_ open: Set<Int>, _ closed: Set<Int>) -> Bool {
          open.count > question.p
            || bound(step.prices, open: open, closed: closed) > (proof.value - 1) * proof.scale
        }
        for site in step.closes where !isHopeless(open.union([site]), closed) { return false }
        for site in step.opens where !isHopeless(open, closed.union([site])) { return false }
        switch step.outcome {
        case .done: return isHopeless(open, closed)
        case .goesOn:
          open.formUnion(step.opens)
          closed.formUnion(step.closes)
        case .divides(let site):
          open.formUnion(step.opens)
          closed.formUnion(step.closes)
          return part(open.union([site]), closed) && part(open, closed.union([site]))
        }
      }
    }
    return part(Set(question.open), Set(question.closed)) && next == proof.steps.count
  }

  @Test("A proof that is tampered with does not hold")
  func tampering() {
    var rng = SeededGenerator(seed: 77)
    var refused = 0
    for _ in 0..<50 {
      let costs = random(&rng)
      let question = PMedian(costs, p: 2)
      let answer = question.solve { false }
      guard answer.value > 0 else { continue }
      var proof = answer.proof
      proof.value += 1
      #expect(!holds(proof, question))
      refused += 1
    }
    #expect(refused > 20)
  }

  @Test("Stopped at once, the bound is still true and the plan still one of the plans", arguments: 0..<60)
  func stopped(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let costs = random(&rng)
    let p = Int.random(in: 0...costs.siteCount, using: &rng)
    let best = leastByEnumeration(costs, p: p, open: [], closed: [])
    var asked = 0
    let patience = seed % 5
    let answer = PMedian(costs, p: p).solve {
      asked += 1
      return asked > patience
    }
    #expect(answer.bound <= best && best <= answer.value)
    #expect(answer.value == costs.value(of: answer.plan))
    #expect(answer.gap >= 0 && answer.gap <= 1)
  }

  /// Three random sites are near to each row, so that a third of every site would be near to all: the bound of linear programming is far
  /// from the best plan, and searches divide again and again.
  private func scattered(_ seed: Int) -> PMedian {
    var rng = SeededGenerator(seed: 2_000 + seed)
    let (sites, rows, most) = (13, 50, [9, 40, 1_000][seed % 3])
    let costs = AssignmentCosts(
      siteCount: sites, base: (0..<rows).map { _ in most },
      rows: (0..<rows).map { _ in
        (0..<sites).shuffled(using: &rng).prefix(3).map { ($0, .random(in: 0...most / 4, using: &rng)) }
      })
    var question = PMedian(costs, p: 4 + seed % 2)
    if seed % 5 == 4 { (question.open, question.closed) = ([1], [6]) }
    return question
  }

  @Test("Where searches divide again and again, the plan is the best of all, and the proof holds")
  func dividing() {
    let all = (0..<24).map { dividing($0) }
    let nodes = all.map(\.nodes)
    #expect(all.count(where: \.isRootNear) > 12)
    #expect(nodes.count { $0 > 10 } > 6 && nodes.contains { $0 > 20 }, "\(nodes)")
  }

  private func dividing(_ seed: Int) -> (nodes: Int, isRootNear: Bool) {
    var question = scattered(seed)
    let best = leastByEnumeration(question.costs, p: question.p, open: question.open, closed: question.closed)
    let answer = question.solve { false }
    #expect(answer.value == best && answer.isProven && answer.proof.isWhole)
    #expect(holds(answer.proof, question))
    // A proof is kept as long as it may be, and otherwise cut to prices that prove something.
    question.longestProof = answer.proof.steps.count
    #expect(question.solve { false }.proof.isWhole)
    question.longestProof -= 1
    let cut = question.solve { false }
    #expect(cut.isProven && !cut.proof.isWhole && cut.proof.steps.count == 1)
    let certificate = MedianCertificate(of: cut, to: question)
    #expect(certificate.bound <= best)
    return (answer.nodes, certificate.bound * 2 > best)
  }

  @Test("Stopped at any moment while it divides, the bound is true", arguments: 0..<12)
  func stoppedDividing(seed: Int) {
    let question = scattered(seed)
    let best = leastByEnumeration(question.costs, p: question.p, open: question.open, closed: question.closed)
    var all = 0
    _ = question.solve {
      all += 1
      return false
    }
    for patience in stride(from: 0, to: all, by: max(1, all / 60)) {
      var asked = 0
      let answer = question.solve {
        asked += 1
        return asked > patience
      }
      #expect(answer.bound <= best && best <= answer.value, "stopped after \(patience) of \(all)")
    }
  }

  @Test("Asked only for plans below a value, it finds one or proves that there is none", arguments: 0..<100)
  func below(seed: Int) {
    var rng = SeededGenerator(seed: 1_000 + seed)
    let costs = random(&rng)
    let p = Int.random(in: 1...costs.siteCount, using: &rng)
    let best = leastByEnumeration(costs, p: p, open: [], closed: [])
    var question = PMedian(costs, p: p)
    question.below = best + Int.random(in: -1...1, using: &rng)
    let answer = question.solve { false }
    if best < question.below! {
      #expect(answer.value == best)
    } else {
      #expect(answer.bound >= question.below!)
    }
    #expect(answer.bound <= best)
  }

  @Test("Streets of villages: a hundred rows and sites are proven in whole numbers")
  func middleSize() {
    var rng = SeededGenerator(seed: 5)
    let spots = (0..<120).map { _ in
      (Int.random(in: 0...9_999, using: &rng), Int.random(in: 0...9_999, using: &rng))
    }
    let weights = spots.map { _ in Int.random(in: 1...500, using: &rng) }
    let rows = spots.indices.map { i in
      spots.indices.map { j in (j, weights[i] * (abs(spots[i].0 - spots[j].0) + abs(spots[i].1 - spots[j].1)))
      }
    }
    let costs = AssignmentCosts(siteCount: 120, base: rows.map { $0.map(\.1).max()! }, rows: rows)
    for p in [1, 4, 15, 60, 119, 120, 500] {
      let question = PMedian(costs, p: p)
      let answer = question.solve { false }
      #expect(answer.isProven)
      #expect(!answer.proof.isWhole || holds(answer.proof, question))
      if p >= 120 { #expect(answer.value == 0) }
    }
  }

  @Test("Nothing to serve, no site, or p = 0: the value is the sum of the bases")
  func rim() {
    #expect(PMedian(AssignmentCosts(siteCount: 0, base: [], rows: []), p: 3).solve { false }.value == 0)
    let costs = AssignmentCosts(siteCount: 2, base: [5, 7], rows: [[(0, 1)], [(1, 9)]])
    #expect(PMedian(costs, p: 0).solve { false }.value == 12)
    let one = PMedian(costs, p: 2).solve { false }
    #expect(one.value == 8 && one.plan == [0] && one.isProven)
  }
}
