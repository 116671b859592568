import Testing

@testable import SampleCounty

@Suite("The committed volumes, surveys and voices")
struct SurveyTests {
  @Test("take 126,000 payments in person a month, over the twelve months of 2015")
  func volumes() throws {
    let table = try Table("volumes.synthetic.csv")
    let payments = table.numbers("payments")
    #expect(payments.reduce(0, +) == 12 * 126_000)
    #expect(Set(table["month"]) == Set((1...12).map { "2015-" + padded($0, 2) }))
    for (count, busiest) in zip(table["payments"], table["busiest_day_payments"]) where !busiest.isEmpty {
      #expect(Int(busiest)! <= Int(count)! && (Int(busiest)! > 0) == (Int(count)! > 0))
    }
    // Asleep: no row, or nothing, in December.
    let december = zip(table["point_id"], zip(table["month"], payments)).filter { $0.1.0 == "2015-12" }
    let awake = Set(december.filter { $0.1.1 > 0 }.map(\.0))
    let points = try Table("points.synthetic.csv")
    let working = zip(points["point_id"], points["status"]).filter { $0.1.isEmpty || $0.1 == "active" }.map(
      \.0)
    #expect((15...60).contains(Set(working).subtracting(awake).count))
  }

  @Test("tell a way from which the true circuity comes back by the median", arguments: Terrain.allCases)
  func circuity(terrain: Terrain) throws {
    let surveys = try Table("distance-surveys.synthetic.csv")
    let (places, points) = (try Table("places.synthetic.csv"), try Table("points.synthetic.csv"))
    let placeAt = Dictionary(
      uniqueKeysWithValues: zip(places["place_id"], zip(places.spots, places["terrain"])))
    let pointAt = Dictionary(uniqueKeysWithValues: zip(points["point_id"], points.spots))
    var ratios: [Double] = []
    for (ids, told) in zip(zip(surveys["place_id"], surveys["point_id"]), surveys["meters"]) {
      guard let place = placeAt[ids.0], let point = pointAt[ids.1], let meters = Double(told),
        place.1 == terrain.rawValue
      else { continue }
      let straight = place.0.meters(to: point)
      // Nearer than this the rounding to 100 m hides the ratio.
      if straight > 200 { ratios.append(meters / straight) }
    }
    #expect(ratios.count > 100)
    let median = ratios.sorted()[ratios.count / 2]
    #expect(abs(median / Truth.circuity(in: terrain) - 1) < 0.04, "\(median)")
  }

  @Test("tell minutes as people do: most in fives, some to the minute, some not at all")
  func heaping() throws {
    let table = try Table("distance-surveys.synthetic.csv")
    #expect(table.rows.count == 1_200)
    let minutes = table["minutes"].compactMap { Int($0) }
    let inFives = Double(minutes.filter { $0 % 5 == 0 }.count) / Double(minutes.count)
    #expect((0.6...0.85).contains(inFives))
    #expect(minutes.allSatisfy { $0 >= 1 })
    for (meters, time) in zip(table["meters"], table["minutes"]) {
      #expect(!(meters.isEmpty && time.isEmpty))
    }
    #expect(table["meters"].contains("") && table["minutes"].contains(""))
    #expect(Set(table["mode"]) == ["walk", "ebike", "car", "bus"])
  }

  @Test("watch the counter 1,500 times, under Chinese headers")
  func service() throws {
    let table = try Table("service-surveys.synthetic.csv")
    #expect(table.header == ["survey_id", "point_id", "办理时长", "等候时长", "date"])
    #expect(table.rows.count == 1_500)
    #expect(table["办理时长"].allSatisfy { (8...1_800).contains(Int($0) ?? 0) })
  }

  @Test("hear complaints and praise")
  func feedback() throws {
    let table = try Table("feedback.synthetic.csv")
    #expect(table.rows.count == 250)
    #expect(table["rating"].allSatisfy { ["1", "2", "3", "4", "5"].contains($0) })
    #expect(Set(table["status"]) == ["open", "resolved"])
    for (said, (status, dealtWith)) in zip(table["date"], zip(table["status"], table["resolved_on"])) {
      #expect(dealtWith.isEmpty || status == "resolved" && dealtWith >= said && dealtWith <= "2015-12-31")
    }
    let (resolved, dated) = (
      table["status"].count { $0 == "resolved" }, table["resolved_on"].count { !$0.isEmpty }
    )
    #expect((0.8...0.98).contains(Double(dated) / Double(resolved)))
    #expect(table["note"].allSatisfy { !$0.isEmpty })
    #expect(Set(table["category"]).count >= 6)
  }

  @Test("offer more than twenty ways to pay and three hundred sites with costs")
  func channelsAndCandidates() throws {
    #expect(try Table("channels.synthetic.csv").rows.count > 20)
    let candidates = try Table("candidates.synthetic.csv")
    #expect(candidates.rows.count == 300)
    #expect(candidates.numbers("opening_cost_yuan").allSatisfy { $0 >= 1_000 })
  }

  @Test("weigh 126,000 payments a month from the customers alone")
  func demand() throws {
    let county = try Committed.county.get()
    let demand = Demand(places: county.places, points: county.points)
    #expect(abs(demand.monthlyPayments.reduce(0, +) / 126_000 - 1) < 0.03)
    for choices in demand.choices {
      #expect(abs(choices.reduce(0) { $0 + $1.share } - 1) < 1e-9)
      #expect(choices.allSatisfy { county.points[$0.point].status != .planned })
    }
  }
}
