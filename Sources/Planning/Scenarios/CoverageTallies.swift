/// The figures of all places, and of each line of the breakdown where there are not too many.
struct CoverageTallies: Sendable {
  /// Beyond so many lines none is kept: a nation's townships would take more memory than everything else. They are then added up
  /// when asked for.
  private static let mostLines = 64

  private let places: PlaceTable
  private let weight: CoverageOptions.Weight
  /// The lines of the breakdown, in ascending order of the keys; empty without one.
  let groups: [(key: String, places: [Int])]
  /// By place, its line; empty where no line is kept.
  private var lines: [Int32] = []
  /// By village, the lines that its village places are in; empty where no line is kept.
  private var linesOfVillages: [[Int32]] = []
  /// All places, then each line that is kept.
  private var tallies: [CoverageTally]
  private var ladders: [LadderTally]

  init(_ places: PlaceTable, _ options: CoverageOptions) {
    self.places = places
    weight = options.weight
    groups = options.breakdown.map { Planning.groups(of: places, by: $0) } ?? []
    let kept = groups.count <= Self.mostLines ? groups.count : 0
    tallies = .init(repeating: CoverageTally(townshipCount: places.townshipNames.count), count: 1 + kept)
    ladders = .init(repeating: LadderTally(), count: 1 + kept)
    guard kept > 0 else { return }
    lines = [Int32](repeating: 0, count: places.count)
    linesOfVillages = .init(repeating: [], count: places.villageNames.count)
    for (line, group) in groups.enumerated() {
      for i in group.places {
        lines[i] = Int32(line)
        guard places.settings[i] == .village else { continue }
        let village = Int(places.villages[i])
        if linesOfVillages[village].last != Int32(line) { linesOfVillages[village].append(Int32(line)) }
      }
    }
  }

  /// Counts a place, or takes it out with a sign of -1.
  mutating func count(_ sign: Int, _ i: Int, _ place: PlaceFigures) {
    func count(_ tally: inout CoverageTally) {
      if sign > 0 { tally.add(place) } else { tally.subtract(place) }
    }
    count(&tallies[0])
    if !lines.isEmpty { count(&tallies[1 + Int(lines[i])]) }
  }

  /// Counts a village, or takes it out with a sign of -1.
  mutating func count(_ sign: Int, village: Int, _ standing: VillageSteps.Standing, isVillage: Bool) {
    guard isVillage else { return }
    ladders[0].count(sign, standing)
    guard !linesOfVillages.isEmpty else { return }
    for line in linesOfVillages[village] { ladders[1 + Int(line)].count(sign, standing) }
  }

  /// The figures of all places.
  func summary(knowsEffective: Bool) -> CoverageSummary { summary(0, knowsEffective) }

  /// The figures of each line.
  ///
  /// - Parameters:
  ///   - figures: those of a place.
  ///   - standings: of the villages.
  func lines(
    knowsEffective: Bool, standings: [VillageSteps.Standing], _ figures: (Int) -> PlaceFigures
  ) -> [Coverage.Line] {
    groups.enumerated().map { line, group in
      guard lines.isEmpty else {
        return Coverage.Line(key: group.key, summary: summary(1 + line, knowsEffective))
      }
      var tally = CoverageTally(townshipCount: places.townshipNames.count)
      var ladder = LadderTally()
      var seen: Set<Int32> = []
      for i in group.places {
        tally.add(figures(i))
        if places.settings[i] == .village, seen.insert(places.villages[i]).inserted {
          ladder.count(1, standings[Int(places.villages[i])])
        }
      }
      var summary = tally.summary
      summary.villages = ladder.ladder(knowsEffective: knowsEffective)
      return Coverage.Line(key: group.key, summary: summary)
    }
  }

  private func summary(_ at: Int, _ knowsEffective: Bool) -> CoverageSummary {
    var summary = tallies[at].summary
    summary.villages = ladders[at].ladder(knowsEffective: knowsEffective)
    return summary
  }

  /// Whether two tallies of the same county hold the same.
  func equals(_ other: CoverageTallies) -> Bool {
    ladders == other.ladders && zip(tallies, other.tallies).allSatisfy { $0.equals($1) }
  }
}
