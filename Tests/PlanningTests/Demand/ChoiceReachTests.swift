import Geo
import Planning
import Testing
import Travel

@Suite("The points customers choose among")
struct ChoiceReachTests {
  @Test("are the nearest of all that count and the nearest halls, each once", arguments: 0..<12)
  func matchesFullScan(seed: Int) {
    var network = NetworkSketch.random(seed: seed).network
    let table = network.points
    for i in 0..<table.count { network.points.kinds[i] = i % 4 == 0 ? .businessHall : .shop }
    let counts = table.statuses.map { $0 == .active }
    var options = ChoiceReach()
    options.nearest = seed % 5 + 1
    options.nearestHalls = seed % 3
    let line = StraightLine(mode: .ebike)
    let reach = Reach.choices(of: network, counting: counts, options, mode: .ebike)
    #expect(reach.placeCount == network.places.count)
    for place in 0..<reach.placeCount {
      let here = network.places.coordinate(of: place)
      let all = (0..<table.count).filter { counts[$0] }.map {
        (point: $0, distance: here.distance(to: table.coordinate(of: $0)))
      }.sorted { ($0.distance, $0.point) < ($1.distance, $1.point) }
      let near = all.prefix(options.nearest)
      let halls = all.filter { network.points.kinds[$0.point] == .businessHall }.prefix(options.nearestHalls)
      let expected =
        Array(near) + halls.filter { hall in !near.contains { $0.point == hall.point } }
      #expect(reach[place].map { Int($0.point) } == expected.map(\.point), "place \(place)")
      #expect(
        reach[place].map { Int($0.seconds) }
          == expected.map { line.seconds(over: $0.distance, in: network.places.terrains[place]) })
      #expect(reach[place].map { Int($0.meters) } == expected.map { Int($0.distance.meters.rounded()) })
    }
  }

  @Test("take on the roads what people said they take", arguments: 0..<6)
  func roadFactor(seed: Int) {
    let network = RoadCounty.random(seed: seed).network
    let counts = [Bool](repeating: true, count: network.points.count)
    func reach(_ thousandths: Int) -> Reach {
      var factors = TravelFactors()
      factors[.walk].roadThousandths = thousandths
      return Reach.choices(of: network, counting: counts, travel: .roads, mode: .walk, factors: factors)
    }
    let (plain, slow) = (reach(1_000), reach(1_500))
    #expect(plain.entryCount == slow.entryCount && plain.entryCount > 100)
    for place in 0..<plain.placeCount {
      for (a, b) in zip(plain[place], slow[place]) {
        #expect(a.point == b.point && a.meters == b.meters)
        // Milliseconds are multiplied, then rounded up to seconds.
        #expect(abs(Double(b.seconds) - 1.5 * Double(a.seconds)) <= 1.5, "\(a), \(b)")
      }
    }

    // A candidate on a point's spot is as far as the point, whatever the factor, and as many places think of it.
    var options = ChoiceOptions()
    options.travel = .roads
    options.factors[.walk].roadThousandths = 1_500
    var sites = CandidateTable()
    for point in 0..<network.points.count {
      sites.append(
        network.points.kinds[point], network.points.latitudes[point], network.points.longitudes[point])
    }
    let newcomers = NewcomerReach(of: sites, in: network, reach: slow, options)
    for site in 0..<sites.count {
      let expected = (0..<slow.placeCount).compactMap { place in
        slow[place].first { Int($0.point) == site }.map { (place, $0.seconds) }
      }
      let found = Dictionary(
        uniqueKeysWithValues: newcomers[site].map { (Int($0.place), $0.seconds) })
      #expect(expected.allSatisfy { found[$0.0] == $0.1 }, "site \(site)")
    }
  }

  @Test("are none where no point counts, and all where there are few")
  func few() {
    let network = NetworkSketch(places: [.init(id: "a")], points: [.init(id: "p"), .init(id: "q")]).network
    #expect(Reach.choices(of: network, counting: [false, false], mode: .walk)[0].isEmpty)
    #expect(Reach.choices(of: network, counting: [true, true], mode: .walk)[0].map(\.point) == [0, 1])
  }
}
