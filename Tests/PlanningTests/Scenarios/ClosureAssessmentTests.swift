import Geo
import Planning
import Testing
import Travel

@Suite("A closure assessment")
struct ClosureAssessmentTests {
  private func assess(_ sketch: NetworkSketch, _ id: String, candidates: [String: Double] = [:]) throws
    -> ClosureAssessment
  {
    var network = sketch.network
    for (name, latitude) in candidates.sorted(by: { $0.key < $1.key }) {
      network.candidates.ids.append(name)
      network.candidates.names.append("site \(name)")
      network.candidates.kinds.append(nil)
      network.candidates.latitudes.append(latitude)
      network.candidates.longitudes.append(112.5)
      network.candidates.places.append(-1)
      network.candidates.openingCostsFen.append(nil)
      network.candidates.monthlyCostsFen.append(nil)
      network.candidates.counters.append(0)
    }
    let point = try #require((0..<network.points.count).first { network.points.ids[$0] == id })
    return try ScenarioBaseline(of: network, .init(), Surveys()).assessment(ofClosing: point)
  }

  private static let full = "Mo-Fr 09:00-17:00"

  /// A village 3 km from the next, each with an effective point of its own.
  private var villages: NetworkSketch {
    var sketch = NetworkSketch()
    for (number, latitude) in [35.0, 35.027].enumerated() {
      sketch.places.append(
        .init(id: "v\(number)", setting: .village, latitude: latitude, customers: 120, elderly: 0.5))
      sketch.points.append(
        .init(id: "p\(number)", latitude: latitude, hours: Self.full, place: "v\(number)", volumes: [40]))
    }
    return sketch
  }

  @Test("is not advisable where a village would lose its only effective point")
  func onlyPoint() throws {
    let assessment = try assess(villages, "p0", candidates: ["C1": 35.005, "C2": 35.4, "C3": 34.995])
    #expect(assessment.verdict == .notAdvisable && assessment.isDeficient && assessment.isSignificant)
    #expect(assessment.villagesLosingTheirPoint == [0])
    #expect(
      assessment.outcome.lost == [0] && assessment.affected == [0] && assessment.beyondFifteenMinutes == [0])
    #expect(assessment.customers(of: assessment.leftBehind) == 120)
    #expect(assessment.elderly(of: assessment.leftBehind) == 60)
    // The sites within a kilometer of the village, the first of equals first; the far one helps nobody, the place itself does.
    #expect(
      assessment.sites.map(\.id) == ["C1", "C3", "v0"] && assessment.sites.allSatisfy { $0.customers == 120 })
    // 3,002 m × 1.3 at 1.25 m/s.
    #expect(assessment.alternatives.map { $0.map(\.point) } == [[1]])
    let way = try #require(assessment.alternatives[0].first)
    #expect((3_100...3_150).contains(way.seconds) && (2_995...3_010).contains(way.meters))
    let means = try #require(assessment.meanSeconds)
    #expect(means.before == 0 && means.after == Double(assessment.outcome.after.seconds[0]))
  }

  @Test("is advisable where the village keeps another effective point")
  func anotherPoint() throws {
    var sketch = villages
    sketch.points.append(
      .init(id: "q", latitude: 35.001, hours: Self.full, place: "v0", volumes: [9]))
    let assessment = try assess(sketch, "p0")
    #expect(assessment.verdict == .advisable && !assessment.isDeficient && assessment.sites.isEmpty)
    // One that sleeps, or is open an hour a week, does not stand in.
    for index in [0, 1] {
      var sketch = sketch
      if index == 0 { sketch.points[2].volumes = [0] } else { sketch.points[2].hours = "Mo 09:00-10:00" }
      #expect(try assess(sketch, "p0").verdict == .notAdvisable)
    }
  }

  @Test("counts a dormant point as no loss to the village's ladder, and places without candidates as sites")
  func dormant() throws {
    var sketch = villages
    sketch.points[0].volumes = [0]
    let assessment = try assess(sketch, "p0")
    #expect(assessment.villagesLosingTheirPoint.isEmpty && assessment.outcome.lost == [0])
    #expect(assessment.verdict == .afterRemedy)
    #expect(assessment.sites.map(\.id) == ["v0"] && assessment.sites.allSatisfy { !$0.isCandidate })
  }

  @Test(
    "asks for a remedy where the town would have to walk too far, from twenty customers or five elderly on")
  func town() throws {
    func verdict(_ customers: Int, elderly: Double) throws -> ClosureAssessment.Verdict {
      var sketch = NetworkSketch()
      sketch.places = [.init(id: "a", customers: customers, elderly: elderly)]
      sketch.points = [.init(id: "p"), .init(id: "q", latitude: 35.01)]
      return try assess(sketch, "p").verdict
    }
    // 1,112 m: 19 minutes.
    #expect(try verdict(20, elderly: 0) == .afterRemedy && verdict(19, elderly: 0) == .advisable)
    #expect(try verdict(10, elderly: 0.5) == .afterRemedy && verdict(10, elderly: 0.4) == .advisable)
  }

  @Test("names who takes over and is closed at hours when the point was open")
  func hours() throws {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "a", customers: 500)]
    sketch.points = [
      .init(id: "p", hours: "Mo-Fr 08:00-18:00", volumes: [50]),
      .init(id: "q", hours: "Mo-Fr 08:00-13:00", volumes: [50]),
      .init(id: "r", hours: "24/7", volumes: [50]),
    ]
    let assessment = try assess(sketch, "p")
    #expect(assessment.longerHours.map(\.point) == [1] && assessment.longerHours[0].openShare == 0.5)
    #expect(abs(assessment.longerHours[0].paymentShare - 0.5) < 1e-6)
  }

  @Test("finds points that cannot keep up with what they take over")
  func overburdened() throws {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "a", customers: 9_000)]
    // One counter takes thirty an hour: 1,500 payments a month are 43 in the busiest hour.
    sketch.points = [
      .init(id: "p", hours: Self.full, volumes: [800]), .init(id: "q", hours: Self.full, volumes: [800]),
    ]
    let assessment = try assess(sketch, "p")
    #expect(assessment.overburdened == [1] && assessment.verdict == .afterRemedy)
  }
}
