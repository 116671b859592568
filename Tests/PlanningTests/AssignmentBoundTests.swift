import TestSupport
import Testing

@testable import Planning

/// L(u) and what it says of each site, judged by trying every set of sites that a plan may have.
@Suite("The bound of p-median")
struct AssignmentBoundTests {
  /// Where there are more places in a plan than free sites, as many, or fewer.
  enum Room: String, CaseIterable {
    case more, asMany, fewer
  }

  /// An instance with ties and sites that serve nothing; prices anywhere from 0 to the base.
  private func random(_ rng: inout SeededGenerator) -> (AssignmentCosts, AssignmentBound) {
    let sites = Int.random(in: 2...7, using: &rng)
    let rows = Int.random(in: 1...8, using: &rng)
    let most = [4, 50].randomElement(using: &rng)!
    let idle = Set((0..<sites).filter { _ in Int.random(in: 0..<4, using: &rng) == 0 })
    let costs = AssignmentCosts(
      siteCount: sites, base: (0..<rows).map { _ in .random(in: 1...most, using: &rng) },
      rows: (0..<rows).map { _ in
        (0..<sites).filter { !idle.contains($0) && Bool.random(using: &rng) }.map {
          ($0, .random(in: 0...most, using: &rng))
        }
      })
    var bound = AssignmentBound(costs)
    for row in 0..<rows { bound.prices[row] = .random(in: 0...costs.base[row] * bound.scale, using: &rng) }
    return (costs, bound)
  }

  /// L(u) times the scale, over every set of at most `p` sites with all that are open and none that are closed; `nil` without any.
  private func least(
    _ costs: AssignmentCosts, _ bound: AssignmentBound, p: Int, open: Set<Int>, closed: Set<Int>
  ) -> Int? {
    let sums = (0..<costs.siteCount).map { site in
      (0..<costs.rowCount).reduce(0) { sum, row in
        (costs.rowStart[row]..<costs.rowStart[row + 1]).reduce(sum) {
          Int(costs.sites[$1]) == site ? $0 + min(0, costs.costs[$1] * bound.scale - bound.prices[row]) : $0
        }
      }
    }
    return (0..<1 << costs.siteCount).compactMap { bits in
      let plan = Set((0..<costs.siteCount).filter { bits >> $0 & 1 == 1 })
      guard plan.count <= p, plan.isSuperset(of: open), plan.isDisjoint(with: closed) else { return nil }
      return plan.reduce(bound.prices.reduce(0, +)) { $0 + sums[$1] }
    }.min()
  }

  @Test(
    "is the least of all sets, and says what each free site in or out would make of it",
    arguments: Room.allCases, 0..<60)
  func everySet(room: Room, seed: Int) {
    var rng = SeededGenerator(seed: 4_000 + seed)
    var (costs, bound) = random(&rng)
    let shuffled = (0..<costs.siteCount).shuffled(using: &rng)
    let open = Set(shuffled.prefix(.random(in: 0...1, using: &rng)))
    let closed = Set(shuffled.dropFirst(2).prefix(.random(in: 0...1, using: &rng)))
    let undecided = (0..<costs.siteCount).filter { !open.contains($0) && !closed.contains($0) }
    let free = undecided.filter { costs.columnStart[$0] < costs.columnStart[$0 + 1] }
    let slots =
      switch room {
      case .more: free.count + Int.random(in: 1...2, using: &rng)
      case .asMany: free.count
      case .fewer: Int.random(in: 0...max(0, free.count - 1), using: &rng)
      }
    let p = open.count + slots
    bound.evaluate(costs, p: p, open: open.sorted(), free: free)
    #expect(bound.scaled == least(costs, bound, p: p, open: open, closed: closed))
    #expect(bound.value * bound.scale >= bound.scaled && (bound.value - 1) * bound.scale < bound.scaled)
    #expect(bound.taken.count == open.count + min(slots, free.count) && open.isSubset(of: bound.taken))
    for site in undecided {
      if bound.taken.contains(site) {
        #expect(
          bound.scaled(without: site) == least(costs, bound, p: p, open: open, closed: closed.union([site])),
          "without \(site)")
      } else if slots > 0 {
        #expect(
          bound.scaled(with: site) == least(costs, bound, p: p, open: open.union([site]), closed: closed),
          "with \(site)")
        for other in bound.taken where !open.contains(other) && free.contains(site) {
          #expect((bound.reduced[other], other) < (bound.reduced[site], site), "the lower one of equals")
        }
      }
    }
    // What was taken before is forgotten.
    let scaled = bound.scaled
    bound.evaluate(costs, p: p, open: open.sorted(), free: free)
    #expect(bound.scaled == scaled)
  }

  @Test("prices are divided as finely as sums of bases allow, at most in parts of 2^-14")
  func scale() {
    for (sum, scale) in [(0, 1 << 14), (1 << 46, 1 << 14), ((1 << 46) + 1, 1 << 13), (1 << 52, 1 << 8)] {
      let bound = AssignmentBound(AssignmentCosts(siteCount: 0, base: [sum], rows: [[]]))
      #expect(bound.scale == scale && bound.prices == [sum * scale])
    }
  }
}
