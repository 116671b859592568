import Planning
import TestSupport
import Testing
import Travel

@Suite("What has become of coverage")
struct CoverageChangeTests {
  /// Two snapshots that share most ids; some places and points are in one of them only.
  private func snapshots(seed: Int) -> (NetworkSketch, NetworkSketch) {
    var random = SeededGenerator(seed: seed)
    func spread() -> Double { Double.random(in: -0.02...0.02, using: &random) }
    func place(_ id: Int) -> NetworkSketch.Place {
      .init(
        id: "V\(id)", latitude: 35 + spread(), longitude: 112.5 + spread(),
        customers: Int.random(in: 1...300, using: &random))
    }
    func point(_ id: Int) -> NetworkSketch.Point {
      .init(
        id: "P\(id)", latitude: 35 + spread(), longitude: 112.5 + spread(),
        status: Bool.random(using: &random) ? .active : .suspended)
    }
    var (before, now) = (NetworkSketch(), NetworkSketch())
    for id in 0..<60 {
      let place = place(id)
      if id % 7 != 0 { before.places.append(place) }
      if id % 11 != 0 { now.places.append(place) }
    }
    for id in 0..<25 {
      if id % 5 != 0 { before.points.append(point(id)) }
      if id % 6 != 0 { now.points.append(point(id)) }
    }
    return (before, now)
  }

  @Test("is what comparing every id with every other one gives", arguments: 1...20)
  func judge(seed: Int) {
    let (old, new) = snapshots(seed: seed)
    let (before, now) = (old.network, new.network)
    let (first, second) = (coverage(of: before, .init()), coverage(of: now, .init()))
    let change = CoverageChange(from: before, first, to: now, second)

    func position(_ id: String, in ids: TextColumn) -> Int? { (0..<ids.count).first { ids[$0] == id } }
    let places = 0..<now.places.count
    let was = places.map { position(now.places.ids[$0], in: before.places.ids).map { first.isServed[$0] } }
    #expect(change.gained == places.filter { was[$0] == false && second.isServed[$0] })
    #expect(change.lost == places.filter { was[$0] == true && !second.isServed[$0] })
    #expect(change.added == places.filter { was[$0] == nil })
    #expect(
      change.removed
        == (0..<before.places.count).filter { position(before.places.ids[$0], in: now.places.ids) == nil })
    #expect(
      change.opened
        == (0..<now.points.count).filter { point in
          let old = position(now.points.ids[point], in: before.points.ids)
          return second.counts[point] && old.map { first.counts[$0] } != true
        })
    #expect(
      change.closed
        == (0..<before.points.count).filter { point in
          let new = position(before.points.ids[point], in: now.points.ids)
          return first.counts[point] && new.map { second.counts[$0] } != true
        })
    #expect(change.closedNames.count == change.closed.count)
    #expect(change.earlier == first.summary && change.later == second.summary && change.isComparable)
    #expect(!change.gained.isEmpty || !change.lost.isEmpty || !change.opened.isEmpty)
  }

  @Test("of a network beside itself is nothing")
  func nothing() {
    let network = snapshots(seed: 3).0.network
    let answer = coverage(of: network, .init())
    let change = CoverageChange(from: network, answer, to: network, answer)
    #expect(change.gained.isEmpty && change.lost.isEmpty && change.added.isEmpty && change.removed.isEmpty)
    #expect(change.opened.isEmpty && change.closed.isEmpty && change.isComparable)
  }

  @Test("says what else is different")
  func differences() {
    let network = snapshots(seed: 4).0.network
    let answer = coverage(of: network, .init())
    func differences(_ alter: (inout Coverage) -> Void) -> [CoverageChange.Difference] {
      var earlier = answer
      alter(&earlier)
      return CoverageChange(from: network, earlier, to: network, answer).differences
    }
    #expect(
      differences { $0.options.travel = .roads } == [.travel(earlier: .roads, later: .straight)])
    #expect(differences { $0.options.standard.limit(to: .minutes(15)) } == [.question])
    #expect(differences { $0.options.kinds = [.bank] } == [.question])
    #expect(differences { $0.options.breakdown = .terrain }.isEmpty)

    // On roads the files count, whatever they are called.
    var (old, new) = (network, network)
    var along = answer
    along.options.travel = .roads
    func roads(_ hash: String, _ file: String) -> DataSource {
      DataSource(kind: "roads", file: file, sha256: hash, rows: 1, isSynthetic: false)
    }
    old.sources = [roads("a", "2024.pbf")]
    new.sources = [roads("a", "2025.pbf")]
    #expect(CoverageChange(from: old, along, to: new, along).isComparable)
    new.sources = [roads("b", "2024.pbf")]
    #expect(CoverageChange(from: old, along, to: new, along).differences == [.roads])
    #expect(CoverageChange(from: old, answer, to: new, answer).isComparable)
  }
}
