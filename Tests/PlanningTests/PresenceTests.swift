import Planning
import Testing

@Suite("Points of few hours that keep their published times")
struct PresenceTests {
  @Test(
    "are those found at nine tenths of ten visits or more, rim included",
    arguments: [
      (10, 9, Presence.State.present), (10, 10, .present), (10, 8, .absent), (9, 9, .unknown),
      (0, 0, .unknown),
      (20, 18, .present), (20, 17, .absent), (29, 27, .present), (29, 26, .absent), (10, 0, .absent),
    ])
  func states(visits: Int, present: Int, state: Presence.State) {
    var table = VisitTable()
    // Another point's visits are between its own, and are not its own.
    for visit in 0..<visits {
      table.points += [1, 0]
      table.isPresent += [visit < present, visit % 2 == 0]
    }
    #expect(Presence(table, pointCount: 3).states[1] == state)
    #expect(Presence(table, pointCount: 3).states[2] == .unknown)
  }

  /// A village with a point that opens two mornings a week.
  private func village(_ visits: [Bool], hours: String? = "Tu,Th 09:00-11:30", payments: Int = 5)
    -> PaymentNetwork
  {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v", setting: .village), .init(id: "w", setting: .village, longitude: 112.9)]
    sketch.points = [
      .init(id: "p", hours: hours, place: "v", volumes: [9, payments], visits: visits),
      .init(id: "q", longitude: 112.9, hours: "Mo-Fr 08:00-17:00", place: "w", volumes: [9, 9]),
    ]
    return sketch.network
  }

  private func ladder(_ network: PaymentNetwork) -> CoverageSummary.VillageLadder {
    coverage(of: network, CoverageOptions()).summary.villages
  }

  @Test("make their village effective, and are counted by what is known of them")
  func ladder() throws {
    let kept = ladder(village(.init(repeating: true, count: 10)))
    #expect(kept.effective == 2 && kept.partTime?.present == 1 && kept.partTime?.unknown == 0)
    // Still only a part of a full point's hours.
    #expect(kept.effectiveProRata == 1.25)
    let missed = ladder(village([false, false] + .init(repeating: true, count: 8)))
    #expect(missed.effective == 1 && missed.partTime?.absent == 1)
    let few = ladder(village(.init(repeating: true, count: 9)))
    #expect(few.effective == 1 && few.partTime?.unknown == 1)
    // No published hours, or no payment: visits do not make up for these.
    let always = [Bool](repeating: true, count: 20)
    #expect(ladder(village(always, hours: nil)).effective == 1)
    #expect(ladder(village(always, payments: 0)).effective == 1)
    #expect(ladder(village(always, payments: 0)).partTime == .init())
    // A full point needs no visits, and none count against it.
    let full = ladder(village(.init(repeating: false, count: 20), hours: "Mo-Fr 08:00-12:00"))
    #expect(full.effective == 2 && full.partTime == .init())
  }
}
