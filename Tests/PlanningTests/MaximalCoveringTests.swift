import Planning
import TestSupport
import Testing

@Suite("Maximal covering")
struct MaximalCoveringTests {
  @Test("covers as much as the best of all choices", arguments: CoveringSketch.Kind.allCases, 0..<25)
  func matchesEnumeration(kind: CoveringSketch.Kind, seed: Int) {
    let sketch = CoveringSketch(kind, seed: seed)
    let choices = sketch.choices
    for count in [0, 1, 2, 3, sketch.siteCount / 2, sketch.siteCount + 3] {
      var question = MaximalCovering(.sites(count))
      (question.kept, question.forbidden) = (sketch.kept, sketch.forbidden)
      let plan = question.plan(for: sketch.table)
      // A site that costs nothing stands for no site here: every site counts as one.
      let best = choices.filter { $0.count <= count }.map(sketch.covered).max()
      #expect(plan.value == best)
      #expect(plan.bound == plan.value && plan.isProven && plan.gap == 0 && !plan.isInterrupted)
      check(plan, sketch)
      #expect(plan.sites.count <= count)
    }
  }

  @Test("spends a budget as well as the best of all choices", arguments: CoveringSketch.Kind.allCases, 0..<25)
  func matchesEnumerationWithinBudget(kind: CoveringSketch.Kind, seed: Int) {
    let sketch = CoveringSketch(kind, seed: seed)
    let choices = sketch.choices
    for budget in [0, 7, 20, 45, 1_000] {
      var question = MaximalCovering(.budget(budget, costs: sketch.costs))
      (question.kept, question.forbidden) = (sketch.kept, sketch.forbidden)
      let plan = question.plan(for: sketch.table)
      #expect(plan.value == choices.filter { sketch.cost($0) <= budget }.map(sketch.covered).max())
      #expect(plan.isProven)
      check(plan, sketch)
      #expect(sketch.cost(Set(plan.sites)) <= budget)
    }
  }

  /// The plan is what it says it is.
  private func check(_ plan: SitePlan, _ sketch: CoveringSketch) {
    #expect(Set(plan.sites).count == plan.sites.count)
    #expect(plan.sites.allSatisfy { sketch.isAllowed($0) && !sketch.kept.contains($0) })
    #expect(sketch.covered(Set(plan.sites)) == plan.value)
    var standing: Set<Int> = []
    for (site, gain) in zip(plan.sites, plan.gains) {
      let before = sketch.covered(standing)
      let gains = plan.sites.filter { !standing.contains($0) }.map {
        sketch.covered(standing.union([$0])) - before
      }
      standing.insert(site)
      #expect(gain == sketch.covered(standing) - before)
      #expect(gain == gains.max(), "the sites come in the order that brings most first")
    }
  }

  @Test("has a plan and a true bound whenever it is stopped", arguments: 0..<60)
  func stopsAnywhere(seed: Int) {
    let sketch = CoveringSketch(.knotted, seed: seed)
    let best = sketch.choices.filter { $0.count <= 3 }.map(sketch.covered).max() ?? 0
    for patience in [0, 1, 2, 3, 5, 8, 13, 21] {
      var asked = 0
      var question = MaximalCovering(.sites(3))
      (question.kept, question.forbidden) = (sketch.kept, sketch.forbidden)
      let plan = question.plan(for: sketch.table) {
        asked += 1
        return asked > patience
      }
      #expect(plan.value <= best && best <= plan.bound)
      #expect(sketch.covered(Set(plan.sites)) == plan.value)
      #expect(plan.isProven || plan.isInterrupted)
    }
  }

  @Test("is content with a gap, when asked to be, and says how large it is", arguments: 0..<5)
  func stopsAtGap(seed: Int) {
    let table = lattice(side: 14, seed: seed)
    var question = MaximalCovering(.sites(9))
    let best = question.plan(for: table)
    question.gap = 0.05
    let plan = question.plan(for: table)
    #expect(best.isProven)
    #expect(plan.gap <= 0.05)
    #expect(plan.value <= best.value && best.value <= plan.bound)
  }

  @Test("proves by branching what bounds alone do not, and always the same", arguments: 0..<6)
  func branches(seed: Int) {
    let table = lattice(side: 9, seed: seed)
    let plan = MaximalCovering(.sites(5)).plan(for: table)
    #expect(plan.isProven)
    #expect(plan.value == exhaustive(table, 5))
    #expect(plan == MaximalCovering(.sites(5)).plan(for: table))
  }

  /// The most that so many sites cover, by trying all with the sum of what the rest could add as the only shortcut.
  private func exhaustive(_ table: CoverTable, _ count: Int) -> Int {
    let rows = table.rows.transposed(columnCount: table.siteCount)
    var best = 0
    func go(_ site: Int, _ left: Int, _ value: Int, _ covered: Set<Int32>) {
      best = max(best, value)
      guard left > 0, site < table.siteCount else { return }
      let gains = (site..<table.siteCount).map { site in
        rows[site].reduce(0) { covered.contains($1) ? $0 : $0 + table.weights[Int($1)] }
      }
      guard value + gains.sorted(by: >).prefix(left).reduce(0, +) > best else { return }
      if gains[0] > 0 { go(site + 1, left - 1, value + gains[0], covered.union(rows[site])) }
      go(site + 1, left, value, covered)
    }
    go(0, count, 0, [])
    return best
  }

  @Test("a total of the greatest weight allowed does not overflow, whatever the budget")
  func greatestWeights() {
    let most = CoverTable.greatestTotalWeight
    let table = CoverTable(
      siteCount: 3, weights: [most / 2, most / 4, most / 4],
      sitesOfPlaces: FlatRows([[0, 1], [1, 2], [0, 2]]))
    for limit in [
      MaximalCovering.Limit.sites(1), .budget(1 << 54, costs: [1 << 54, 1 << 54, (1 << 55) - 1]),
    ] {
      let plan = MaximalCovering(limit).plan(for: table)
      #expect(plan.value == most / 4 * 3 && plan.isProven)
    }
    #expect(MaximalCovering(.sites(2)).plan(for: table).value == most)
  }

  @Test("no rows, no sites, or nothing allowed: nothing is covered, and that is proven")
  func nothing() {
    for (table, question) in [
      (CoverTable(siteCount: 0, weights: [], sitesOfPlaces: FlatRows()), MaximalCovering(.sites(2))),
      (CoverTable(siteCount: 3, weights: [5], sitesOfPlaces: FlatRows([[]])), MaximalCovering(.sites(2))),
      (CoverTable(siteCount: 1, weights: [5], sitesOfPlaces: FlatRows([[0]])), MaximalCovering(.sites(0))),
    ] {
      let plan = question.plan(for: table)
      #expect(plan.sites.isEmpty && plan.value == 0 && plan.bound == 0 && plan.isProven)
    }
    let table = CoverTable(siteCount: 1, weights: [5], sitesOfPlaces: FlatRows([[0]]))
    var question = MaximalCovering(.sites(1))
    #expect(question.plan(for: table).sites == [0])
    question.forbidden = [0]
    #expect(question.plan(for: table).value == 0)
    question.kept = [0]
    #expect(question.plan(for: table).value == 5)
    #expect(question.plan(for: table).sites.isEmpty)
  }

  @Test("the curve's values are plans and its bounds are true, for every number of sites", arguments: 0..<30)
  func curve(seed: Int) {
    let sketch = CoveringSketch(CoveringSketch.Kind.allCases[seed % 5], seed: seed)
    let curve = CoverageCurve(
      of: sketch.table, upTo: sketch.siteCount + 1, kept: sketch.kept, forbidden: sketch.forbidden)
    let choices = sketch.choices
    for count in 0...sketch.siteCount + 1 {
      let best = choices.filter { $0.count <= count }.map(sketch.covered).max() ?? 0
      #expect(curve.values[count] <= best && best <= curve.bounds[count])
      #expect(
        curve.sites[count].count <= count && sketch.covered(Set(curve.sites[count])) == curve.values[count])
    }
    #expect(!curve.isInterrupted)
  }

  @Test("the curve is close to the proven values where plans are large", arguments: 0..<2)
  func curveIsClose(seed: Int) {
    let table = lattice(side: 14, seed: seed)
    let curve = CoverageCurve(of: table, upTo: 12)
    for count in [3, 6, 9, 12] {
      let plan = MaximalCovering(.sites(count)).plan(for: table)
      #expect(curve.values[count] * 100 >= plan.value * 93)
      #expect(curve.bounds[count] * 100 <= plan.value * 105)
    }
  }
}

/// Places on a grid of streets; every fourth corner by chance is a site that covers what is at most two steps away.
func lattice(side: Int, seed: Int) -> CoverTable {
  var dice = SeededGenerator(seed: seed)
  var sites: [(Int, Int)] = []
  for x in 0..<side {
    for y in 0..<side where Int.random(in: 0..<4, using: &dice) == 0 { sites.append((x, y)) }
  }
  var table = CoverTable.Builder(siteCount: sites.count)
  for x in 0..<side {
    for y in 0..<side {
      let near = sites.indices.filter { abs(sites[$0].0 - x) + abs(sites[$0].1 - y) <= 2 }
      table.append(weight: Int.random(in: 1...50, using: &dice), sites: near.map { Int32($0) })
    }
  }
  return table.finished()
}
