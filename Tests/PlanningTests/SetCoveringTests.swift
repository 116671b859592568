import Planning
import TestSupport
import Testing

@Suite("Set covering")
struct SetCoveringTests {
  @Test("covers everyone by the cheapest of all choices", arguments: CoveringSketch.Kind.allCases, 0..<25)
  func matchesEnumeration(kind: CoveringSketch.Kind, seed: Int) {
    let sketch = CoveringSketch(kind, seed: seed)
    for hasCosts in [true, false] { coverAll(sketch, hasCosts: hasCosts) }
  }

  private func coverAll(_ sketch: CoveringSketch, hasCosts: Bool) {
    var question = SetCovering(costs: hasCosts ? sketch.costs : nil)
    (question.kept, question.forbidden) = (sketch.kept, sketch.forbidden)
    let answer = question.plan(for: sketch.table)
    let price = { (sites: Set<Int>) in hasCosts ? sketch.cost(sites) : sites.count }
    #expect(answer.plan.value == sketch.choices.filter(sketch.coversAll).map(price).min())
    #expect(answer.plan.isProven && !answer.plan.isInterrupted)
    #expect(sketch.coversAll(Set(answer.plan.sites)) && price(Set(answer.plan.sites)) == answer.plan.value)
    #expect(answer.plan.sites.allSatisfy { sketch.isAllowed($0) && !sketch.kept.contains($0) })
    let lost = sketch.sitesOfPlaces.indices.filter { place in
      sketch.sitesOfPlaces[place].allSatisfy { !sketch.isAllowed(Int($0)) }
    }
    #expect(answer.unservable == lost)
  }

  @Test("covers a share by the cheapest of all choices", arguments: CoveringSketch.Kind.allCases, 0..<12)
  func partMatchesEnumeration(kind: CoveringSketch.Kind, seed: Int) {
    let sketch = CoveringSketch(kind, seed: seed)
    for hasCosts in [true, false] { coverPart(sketch, hasCosts: hasCosts) }
  }

  private func coverPart(_ sketch: CoveringSketch, hasCosts: Bool) {
    let choices = sketch.choices
    let most = choices.map(sketch.covered).max() ?? 0
    let price = { (sites: Set<Int>) in hasCosts ? sketch.cost(sites) : sites.count }
    for target in [0, most / 2, most - most / 10, most] {
      var question = PartialCovering(target: target, costs: hasCosts ? sketch.costs : nil)
      (question.kept, question.forbidden) = (sketch.kept, sketch.forbidden)
      let plan = question.plan(for: sketch.table)
      #expect(plan?.value == choices.filter { sketch.covered($0) >= target }.map(price).min())
      #expect(plan?.isProven == true)
      if let sites = plan.map({ Set($0.sites) }) {
        #expect(sketch.covered(sites) >= target && price(sites) == plan?.value)
      }
      question.target = most + 1
      #expect(question.plan(for: sketch.table) == nil)
    }
  }

  @Test("has a cover and a true bound whenever it is stopped", arguments: 0..<2)
  func stopsAnywhere(seed: Int) {
    let table = lattice(side: 14, seed: seed)
    let best = SetCovering().plan(for: table).plan
    #expect(best.isProven)
    let target = table.servableWeight * 9 / 10
    let part = PartialCovering(target: target).plan(for: table)
    #expect(part?.isProven == true)
    for patience in [0, 1, 2, 3, 5, 8, 13, 21] {
      var asked = 0
      let stop = {
        asked += 1
        return asked > patience
      }
      let answer = SetCovering().plan(for: table, shouldStop: stop)
      #expect(answer.plan.bound <= best.value && best.value <= answer.plan.value)
      #expect(answer.plan.isProven || answer.plan.isInterrupted)
      asked = 0
      let some = PartialCovering(target: target).plan(for: table, shouldStop: stop)
      #expect((some?.bound ?? .max) <= (part?.value ?? 0) && (part?.value ?? 0) <= (some?.value ?? 0))
    }
  }

  @Test(
    "the triangle: three places, each covered by two of three sites, need two sites where fractions say one and a half"
  )
  func triangle() {
    let table = CoverTable(
      siteCount: 3, weights: [1, 1, 1], sitesOfPlaces: FlatRows([[0, 1], [1, 2], [0, 2]]))
    let plan = SetCovering().plan(for: table).plan
    #expect(plan.value == 2 && plan.isProven)
    let dear = SetCovering(costs: [10, 1 << 49, 7]).plan(for: table).plan
    #expect(dear.sites.sorted() == [0, 2] && dear.value == 17 && dear.isProven)
  }

  @Test(
    "odd circles of sites, side by side: fractions lose a half in each, and the proof needs them all",
    arguments: [3, 5])
  func circles(count: Int) {
    var rows: [[Int32]] = []
    for circle in 0..<Int32(count) {
      for k in 0..<Int32(5) { rows.append([circle * 5 + k, circle * 5 + (k + 1) % 5]) }
    }
    let table = CoverTable(
      siteCount: count * 5, weights: [Int](repeating: 1, count: rows.count), sitesOfPlaces: FlatRows(rows))
    let plan = SetCovering().plan(for: table).plan
    #expect(plan.value == 3 * count && plan.isProven)
    #expect(PartialCovering(target: 5 * count).plan(for: table)?.value == 3 * count)
    #expect(PartialCovering(target: 4 * count).plan(for: table)?.value == 2 * count)
  }
}
