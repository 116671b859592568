import TestSupport

@testable import Travel

/// A town of streets on a grid with turn restrictions over nodes and ways, and travel by car on it by the definition: from node
/// to node of the ways as drawn, asking the restrictions themselves.
struct RandomRestrictions {
  private(set) var sketch = RoadSketch()
  private var rules: [Rule] = []
  private var steps: [Step] = []

  /// From a node of a way to the next one.
  struct Step: Hashable {
    var way: Int64
    var from: Int64
    var to: Int64
  }

  /// A restriction, with the steps that lead in, over what is between and out.
  private struct Rule {
    var isOnly: Bool
    var entry: Step
    var between: [Step]
    var exit: Step
  }

  private static let side: Int64 = 3

  init(seed: Int) {
    var random = SeededGenerator(seed: seed)
    for id in 0..<Self.side * Self.side {
      // Streets that are 100 m and a little more long: no two ways take equally long by chance only.
      sketch.nodes.append(
        .init(
          id: id,
          latitude: 350_000_000 + 9_000 * Int32(id / Self.side) + .random(in: 0...2_000, using: &random),
          longitude: 1_125_000_000 + 11_000 * Int32(id % Self.side) + .random(in: 0...2_000, using: &random)))
    }
    for id in 0..<Self.side * Self.side {
      for next in [id + 1, id + Self.side]
      where next == id + 1 ? next % Self.side > 0 : next < Self.side * Self.side {
        if Int.random(in: 0..<6, using: &random) > 0 { addWay([id, next], &random) }
      }
    }
    addLongWays(&random)
    for _ in 0..<9 { addRule(&random) }
  }

  private mutating func addWay(_ refs: [Int64], _ random: inout SeededGenerator) {
    let isOneWay = Int.random(in: 0..<4, using: &random) == 0
    let turned = Bool.random(using: &random) ? refs : refs.reversed()
    let id = Int64(sketch.ways.count + 1)
    sketch.ways.append(
      .init(
        id: id, refs: turned,
        tags: ["highway": "residential"].merging(isOneWay ? ["oneway": "yes"] : [:]) { $1 }))
    for (a, b) in zip(turned, turned.dropFirst()) {
      steps.append(Step(way: id, from: a, to: b))
      if !isOneWay { steps.append(Step(way: id, from: b, to: a)) }
    }
  }

  /// Joins some streets to ways that run on over a crossing.
  private mutating func addLongWays(_ random: inout SeededGenerator) {
    let old = sketch.ways
    sketch.ways = []
    steps = []
    var rest = old.map(\.refs)
    while let refs = rest.popLast() {
      if let at = rest.indices.filter({ Set(rest[$0]).intersection(refs).count == 1 }).randomElement(
        using: &random),
        Int.random(in: 0..<3, using: &random) == 0
      {
        let other = rest.remove(at: at)
        let middle = Set(refs).intersection(other).first!
        addWay([refs.first { $0 != middle }!, middle, other.first { $0 != middle }!], &random)
      } else {
        addWay(refs, &random)
      }
    }
  }

  /// Drives at random: in by the end of a way, over none, one or two whole ways, out by the end of another.
  private mutating func addRule(_ random: inout SeededGenerator) {
    func way(_ id: Int64) -> [Int64] { sketch.ways[Int(id) - 1].refs }
    func isEnd(_ node: Int64, of id: Int64) -> Bool { way(id).first == node || way(id).last == node }
    guard let entry = steps.filter({ isEnd($0.to, of: $0.way) }).randomElement(using: &random) else { return }
    var used = [entry.way]
    var node = entry.to
    var nodes: Set<Int64> = [node]
    var between: [Step] = []
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let next = sketch.ways.filter { !used.contains($0.id) && isEnd(node, of: $0.id) }
      guard let over = next.randomElement(using: &random) else { return }
      let refs = over.refs.first == node ? over.refs : over.refs.reversed()
      let whole = zip(refs, refs.dropFirst()).map { Step(way: over.id, from: $0, to: $1) }
      guard whole.allSatisfy(steps.contains), nodes.isDisjoint(with: refs.dropFirst()) else { return }
      between += whole
      nodes.formUnion(refs)
      used.append(over.id)
      node = refs.last!
    }
    let exits = steps.filter { $0.from == node && !used.contains($0.way) && isEnd(node, of: $0.way) }
    guard let exit = exits.randomElement(using: &random) else { return }
    // Roads that touch both ends leave open what is meant, and are dropped with a reason: another test's matter.
    if !between.isEmpty, isEnd(entry.to, of: exit.way), isEnd(node, of: entry.way) { return }
    let isOnly = Int.random(in: 0..<3, using: &random) == 0
    let via =
      used.count == 1
      ? [RoadSketch.Member("node", node, "via")]
      : used.dropFirst().map { RoadSketch.Member("way", $0, "via") }
    sketch.relation(
      [RoadSketch.Member("way", entry.way, "from")] + via.shuffled(using: &random)
        + [RoadSketch.Member("way", exit.way, "to")],
      ["type": "restriction", "restriction": isOnly ? "only_straight_on" : "no_left_turn"])
    rules.append(Rule(isOnly: isOnly, entry: entry, between: between, exit: exit))
  }

  private func isForbidden(_ driven: [Step], then next: Step) -> Bool {
    rules.contains { rule in
      let whole = [rule.entry] + rule.between
      // How much of the way in and over was driven last, the entry at least.
      return whole.indices.contains { last in
        guard driven.last == whole[last], Array(driven.suffix(last + 1)) == Array(whole[...last]) else {
          return false
        }
        let isAtEnd = last == whole.count - 1
        // From the entry alone nobody need go on over the ways between.
        if rule.isOnly { return (isAtEnd || last > 0) && next != (isAtEnd ? rule.exit : whole[last + 1]) }
        return isAtEnd && next == rule.exit
          || last > 0 && next.from == whole[last].to && next.to == whole[last].from
      }
    }
  }

  /// The time from a node to every node that can be reached; `milliseconds` is what a step takes. Cars turn round at
  /// junctions only.
  func times(
    from start: Int64, junctions: Set<Int64>, milliseconds: (Step) -> Int
  ) -> [Int64: Int] {
    let memory = rules.map { $0.between.count + 1 }.max() ?? 1
    var best: [[Step]: Int] = [[]: 0]
    var times: [Int64: Int] = [start: 0]
    var open: [[Step]] = [[]]
    while let driven = open.popLast() {
      let node = driven.last?.to ?? start
      for next in steps where next.from == node && !isForbidden(driven, then: next) {
        if let last = driven.last, last.from == next.to, !junctions.contains(node) { continue }
        let history = Array((driven + [next]).suffix(memory))
        let time = best[driven]! + milliseconds(next)
        guard time < best[history] ?? .max else { continue }
        best[history] = time
        times[next.to] = min(times[next.to] ?? .max, time)
        open.insert(history, at: 0)
      }
    }
    return times
  }
}
