import Planning
import TestSupport
import Testing

@Suite("Customers in tenths")
struct EquityTenthsTests {
  private func sketch(seed: Int) -> NetworkSketch {
    var random = SeededGenerator(seed: seed)
    var sketch = NetworkSketch()
    for id in 0..<40 {
      sketch.places.append(
        .init(
          id: "V\(100 + id)", setting: Bool.random(using: &random) ? .town : .village,
          latitude: 35 + Double.random(in: -0.05...0.05, using: &random),
          longitude: 112.5 + Double.random(in: -0.05...0.05, using: &random),
          customers: Int.random(in: 0...37, using: &random), village: "v\(id / 3)",
          elderly: id % 5 == 0 ? .nan : Double.random(in: 0...1, using: &random)))
    }
    for id in 0..<6 {
      sketch.points.append(
        .init(
          id: "P\(id)", latitude: 35 + Double.random(in: -0.05...0.05, using: &random),
          longitude: 112.5 + Double.random(in: -0.05...0.05, using: &random)))
    }
    return sketch
  }

  @Test("are what standing in a line, ten to a customer, and counting off gives", arguments: 1...25)
  func judge(seed: Int) throws {
    let network = sketch(seed: seed).network
    let answer = coverage(of: network, .init())
    let found = try #require(EquityTenths(of: network, answer)).tenths
    var line: [Int] = []
    for place in (0..<network.places.count).sorted(by: { (answer.seconds[$0], $0) < (answer.seconds[$1], $1) }
    ) {
      line += Array(repeating: place, count: 10 * network.places.customers[place])
    }
    let size = line.count / 10
    #expect(found.count == 10 && size > 0)
    for (number, tenth) in found.enumerated() {
      let members = line[number * size..<(number + 1) * size]
      func mean(_ value: (Int) -> Double) -> Double { members.reduce(0) { $0 + value($1) } / Double(size) }
      func share(_ isMeant: (Int) -> Bool) -> Double { Double(members.count(where: isMeant)) / Double(size) }
      #expect(tenth.weight == size)
      #expect(abs(tenth.meanSeconds - mean { Double(answer.seconds[$0]) }) < 1e-9)
      #expect(abs(tenth.meanMeters - mean { Double(answer.meters[$0]) }) < 1e-9)
      #expect(tenth.longestSeconds == members.map { Int(answer.seconds[$0]) }.max())
      #expect(tenth.servedShare == share { answer.isServed[$0] })
      #expect(tenth.ruralShare == share { network.places.settings[$0] == .village })
      let known = members.filter { !network.places.elderlyShares[$0].isNaN }
      let elderly = known.reduce(0) { $0 + network.places.elderlyShares[$1] } / Double(known.count)
      if known.isEmpty {
        #expect(tenth.elderlyShare == nil)
      } else {
        #expect(abs((tenth.elderlyShare ?? -1) - elderly) < 1e-9)
      }
    }
    // The last one is what the summary calls the worst-served tenth.
    let worst = try #require(answer.summary.equity.worstTenthMeanSeconds)
    #expect(abs(found[9].meanSeconds - worst) < 1e-6)
  }

  @Test("leave out who reaches no point, and are none where nobody does")
  func unreached() throws {
    var sketch = sketch(seed: 2)
    sketch.points = []
    let empty = sketch.network
    #expect(EquityTenths(of: empty, coverage(of: empty, .init())) == nil)
    let network = self.sketch(seed: 2).network
    var answer = coverage(of: network, .init())
    answer.nearestPoints[0] = -1
    let tenths = try #require(EquityTenths(of: network, answer))
    #expect(tenths.unreachedCustomers == network.places.customers[0])
    #expect(tenths.tenths[0].weight == network.places.customers.dropFirst().reduce(0, +))
  }

  @Test("come beside the levels of the villages, which the ladder counts", arguments: 1...10)
  func levels(seed: Int) {
    var sketch = sketch(seed: seed)
    for id in sketch.points.indices {
      sketch.points[id].volumes = [5, id % 2]
      sketch.points[id].hours = "Mo-Su 08:00-18:00"
      sketch.points[id].place = "V\(100 + 5 * id)"
    }
    let answer = coverage(of: sketch.network, .init())
    let levels = answer.villageLevels.compactMap(\.self)
    let ladder = answer.summary.villages
    #expect(levels.count == ladder.total)
    #expect(levels.count { $0 == .remote } == ladder.remote)
    #expect(levels.count { $0 >= .reachable } == ladder.reachable)
    #expect(levels.count { $0 >= .withPoint } == ladder.withPoint && ladder.withPoint > 0)
    #expect(levels.count { $0 >= .effective } == ladder.effective)
    #expect(levels.count { $0 == .secured } == ladder.secured)
  }
}
