import Planning
import TestSupport
import Testing

@Suite("Coverage by hour of the week, and by way to pay")
struct CoverageByHourTests {
  private func network(_ seed: Int) throws -> PaymentNetwork {
    var network = NetworkSketch.random(seed: seed).network
    let texts = ["Mo-Fr 08:30-17:30; Sa 09:00-12:00", "24/7", "Mo-Su 07:00-07:30", "Su 23:30-24:00"]
    network.points.openingHours = try texts.map { try OpeningHours(parsing: $0) }
    for point in 0..<network.points.count { network.points.hours[point] = Int32(point % 5) - 1 }
    return network
  }

  @Test("every hour is what the coverage question says of its half past", arguments: 0..<5)
  func hours(seed: Int) throws {
    let network = try network(seed)
    let week = coverageByHour(of: network, CoverageOptions())
    #expect(week.hours.count == 168)
    for hour in 0..<168 {
      var options = CoverageOptions()
      options.moment = WeekMinute(minute: hour * 60 + 30)
      let answer = coverage(of: network, options)
      #expect(week.hours[hour] == answer.summary.all, "hour \(hour)")
      #expect(week.assumedOpen == answer.assumedOpen)
    }
    #expect(week.distinct == 3)
  }

  @Test("each kind and each way is what the coverage question says of it alone", arguments: 0..<5)
  func ways(seed: Int) throws {
    let network = try network(seed)
    var options = CoverageOptions()
    for narrowed in [false, true] {
      if narrowed { options.kinds = [.shop, .bank, .villageCommittee] }
      let answer = coverageByWay(of: network, options)
      for line in answer.kinds {
        var alone = options
        alone.kinds = [line.way]
        let direct = coverage(of: network, alone)
        #expect(line.population == direct.summary.all && line.points == direct.counts.count { $0 })
        #expect(line.points > 0 && (!narrowed || options.kinds.contains(line.way)))
      }
      for line in answer.methods {
        var alone = options
        alone.methods = line.way
        #expect(line.population == coverage(of: network, alone).summary.all)
      }
      #expect(Set(answer.kinds.map(\.way)).count == answer.kinds.count && !answer.kinds.isEmpty)
    }
  }
}
