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
    let reach = Reach.choices(of: network, counting: counts, options, line: line)
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

  @Test("are none where no point counts, and all where there are few")
  func few() {
    let network = NetworkSketch(places: [.init(id: "a")], points: [.init(id: "p"), .init(id: "q")]).network
    let line = StraightLine(mode: .walk)
    #expect(Reach.choices(of: network, counting: [false, false], line: line)[0].isEmpty)
    #expect(Reach.choices(of: network, counting: [true, true], line: line)[0].map(\.point) == [0, 1])
  }
}
