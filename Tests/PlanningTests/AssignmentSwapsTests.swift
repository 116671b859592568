import TestSupport
import Testing

@testable import Planning

/// Plans under exchange, and what is left of costs once sites are decided, judged by reading every row.
@Suite("Exchanges of p-median")
struct AssignmentSwapsTests {
  /// Many equal costs, sites that serve nothing and rows that nothing serves.
  private func random(_ seed: Int) -> (AssignmentCosts, SeededGenerator) {
    var rng = SeededGenerator(seed: 8_000 + seed)
    let sites = Int.random(in: 2...9, using: &rng)
    let rows = Int.random(in: 1...14, using: &rng)
    let most = [4, 60].randomElement(using: &rng)!
    let costs = AssignmentCosts(
      siteCount: sites, base: (0..<rows).map { _ in .random(in: 1...most, using: &rng) },
      rows: (0..<rows).map { _ in
        (0..<sites).filter { _ in Int.random(in: 0..<4, using: &rng) > 0 }.map {
          ($0, .random(in: 0...most, using: &rng))
        }
      })
    return (costs, rng)
  }

  /// What a row costs by each site of a plan, and without any; ascending.
  private func ways(_ costs: AssignmentCosts, _ row: Int, _ plan: [Int]) -> [Int] {
    let served = (costs.rowStart[row]..<costs.rowStart[row + 1]).filter {
      plan.contains(Int(costs.sites[$0]))
    }
    return (served.map { costs.costs[$0] } + [costs.base[row], costs.base[row]]).sorted()
  }

  @Test("after any sites came and went, every row knows its two cheapest", arguments: 0..<60)
  func comingAndGoing(seed: Int) {
    var (costs, rng) = random(seed)
    var swaps = AssignmentSwaps(costs, state: [Int8](repeating: 0, count: costs.siteCount))
    for _ in 0..<40 {
      let site = Int.random(in: 0..<costs.siteCount, using: &rng)
      if swaps.contains(site) { swaps.remove(site) } else { swaps.add(site) }
      let plan = swaps.plan
      #expect(swaps.value == costs.value(of: plan))
      for row in 0..<costs.rowCount {
        let ways = ways(costs, row, plan)
        #expect(swaps.firstAndSecond(of: row) == (ways[0], ways[1]))
      }
      for site in plan {
        #expect(swaps.loss(of: site) == costs.value(of: plan.filter { $0 != site }) - swaps.value)
      }
      for site in 0..<costs.siteCount where !plan.contains(site) {
        #expect(swaps.saving(of: site) == swaps.value - costs.value(of: plan + [site]))
      }
    }
  }

  @Test("filled up, each site saved most; exchanged, no other exchange saves anything", arguments: 0..<250)
  func best(seed: Int) {
    var (costs, rng) = random(seed)
    var state = [Int8](repeating: 0, count: costs.siteCount)
    for site in state.indices where Int.random(in: 0..<5, using: &rng) == 0 {
      state[site] = Bool.random(using: &rng) ? 1 : -1
    }
    let kept = state.indices.filter { state[$0] == 1 }
    let count = kept.count + Int.random(in: 0...3, using: &rng)
    var swaps = AssignmentSwaps(costs, state: state)
    swaps.fill(to: count)
    var greedy = kept
    while greedy.count < count {
      let value = costs.value(of: greedy)
      let left = state.indices.filter { state[$0] == 0 && !greedy.contains($0) }
      let savings = left.map { (value - costs.value(of: greedy + [$0]), $0) }
      guard let most = savings.map(\.0).max(), most > 0 else { break }
      greedy.append(savings.first { $0.0 == most }!.1)
    }
    #expect(swaps.plan == greedy)
    swaps.improve { false }
    let plan = swaps.plan
    #expect(swaps.value == costs.value(of: plan) && plan.count <= count && Set(plan).isSuperset(of: kept))
    #expect(plan.allSatisfy { state[$0] >= 0 })
    for out in plan where state[out] == 0 {
      for site in state.indices where state[site] == 0 && !plan.contains(site) {
        #expect(costs.value(of: plan.filter { $0 != out } + [site]) >= swaps.value, "\(out) for \(site)")
      }
    }
  }

  @Test(
    "what is left of costs is only what can still save something, and every plan costs the same by it",
    arguments: 0..<60)
  func rest(seed: Int) throws {
    var (costs, rng) = random(seed)
    let state = (0..<costs.siteCount).map { _ in Int8.random(in: -1...1, using: &rng) }
    let rest = try #require(costs.rest(state, below: .max))
    let open = state.indices.filter { state[$0] == 1 }
    let free = state.indices.filter { state[$0] == 0 }
    #expect(rest.base == costs.nearest(of: open))
    for row in rest.rows.indices {
      let entries = rest.costs.rowStart[row]..<rest.costs.rowStart[row + 1]
      #expect(!entries.isEmpty && rest.costs.base[row] == rest.base[rest.rows[row]])
      #expect(entries.allSatisfy { state[Int(rest.costs.sites[$0])] == 0 })
      #expect(entries.allSatisfy { rest.costs.costs[$0] < rest.costs.base[row] })
    }
    for bits in 0..<1 << free.count {
      let plan = free.indices.filter { bits >> $0 & 1 == 1 }.map { free[$0] }
      #expect(rest.costs.value(of: plan) == costs.value(of: open + plan))
    }
    let left = rest.costs.sites.count
    #expect(costs.rest(state, below: left + 1) != nil && costs.rest(state, below: left) == nil)
  }
}
