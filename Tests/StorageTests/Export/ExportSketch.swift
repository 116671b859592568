import Geo
import Planning
import Storage
import TestSupport
import Travel

/// A small network with an answer to the coverage question, put together by hand.
struct ExportSketch {
  var network = PaymentNetwork()
  var coverage = Coverage(options: CoverageOptions())
  var circles: [Polygon] = []
  var plan: StoredPlan?

  /// Adds a place that is served by the nearest point, or not for a reason.
  mutating func addPlace(
    _ id: String, name: String, at latitude: Double, _ longitude: Double, township: String = "",
    served: Bool, nearest: Int32, seconds: Int32, meters: Int32, reason: UnservedReason? = nil
  ) {
    network.places.ids.append(id)
    network.places.names.append(name)
    network.places.settings.append(served ? .town : .village)
    network.places.latitudes.append(latitude)
    network.places.longitudes.append(longitude)
    network.places.customers.append(120)
    network.places.terrains.append(.hill)
    if !network.places.townshipNames.contains(township) { network.places.townshipNames.append(township) }
    network.places.townships.append(Int32(network.places.townshipNames.firstIndex(of: township)!))
    network.places.villages.append(Int32(network.places.villageNames.count))
    network.places.villageNames.append(name)
    network.places.feeControlShares.append(0.504)
    network.places.onlineShares.append(.nan)
    network.places.elderlyShares.append(.nan)
    network.places.arrearsFen.append(123_456)
    network.places.villageCodes.append("")
    coverage.isServed.append(served)
    coverage.nearestPoints.append(nearest)
    coverage.seconds.append(seconds)
    coverage.meters.append(meters)
    coverage.reasons.append(reason)
  }

  /// Adds a point that counts or does not.
  mutating func addPoint(
    _ id: String, name: String, at latitude: Double, _ longitude: Double, hours: String? = nil,
    place: Int32 = -1,
    operator operatorName: String = "", counts: Bool = true
  ) throws {
    network.points.ids.append(id)
    network.points.names.append(name)
    network.points.kinds.append(.shop)
    network.points.latitudes.append(latitude)
    network.points.longitudes.append(longitude)
    network.points.methods.append([.cash, .qr])
    network.points.statuses.append(counts ? .active : .suspended)
    network.points.hours.append(hours == nil ? -1 : Int32(network.points.openingHours.count))
    if let hours { network.points.openingHours.append(try OpeningHours(parsing: hours)) }
    network.points.places.append(place)
    if !network.points.operatorNames.contains(operatorName) {
      network.points.operatorNames.append(operatorName)
    }
    network.points.operators.append(Int32(network.points.operatorNames.firstIndex(of: operatorName)!))
    network.points.counters.append(0)
    network.points.monthlyCostsFen.append(-1)
    network.points.feesPerPaymentFen.append(-1)
    network.points.openedOn.append("")
    network.points.closedOn.append("")
    network.points.phones.append("")
    coverage.counts.append(counts)
  }

  /// Adds a candidate site.
  mutating func addCandidate(
    _ id: String, name: String, at latitude: Double, _ longitude: Double, place: Int32 = -1
  ) {
    network.candidates.ids.append(id)
    network.candidates.names.append(name)
    network.candidates.kinds.append(place < 0 ? nil : .postal)
    network.candidates.latitudes.append(latitude)
    network.candidates.longitudes.append(longitude)
    network.candidates.places.append(place)
    network.candidates.openingCostsFen.append(1_234_550)
    network.candidates.monthlyCostsFen.append(nil)
    network.candidates.counters.append(2)
  }

  /// Three places, two points, two candidates, an area with a hole, and names that need care.
  static func county() throws -> ExportSketch {
    var sketch = ExportSketch()
    sketch.addPlace(
      "A1", name: "东街社区", at: 35.0912345, 112.5912345, township: "济水街道", served: true, nearest: 1,
      seconds: 300, meters: 288)
    sketch.addPlace(
      "A2", name: "=cmd|' /C calc'!A0", at: -35.5, -112.25, township: "下冶镇", served: false, nearest: 0,
      seconds: 9_000, meters: 4_321, reason: .noPointInVillage)
    sketch.addPlace(
      "A3", name: "two\nlines, a \"quote\" and a \\", at: 35.2, 112.3, served: false, nearest: -1, seconds: 0,
      meters: 0, reason: .unreachable)
    try sketch.addPoint(
      "P1", name: "小卖部", at: 35.1, 112.6, hours: "Mo-Su 08:00-20:00", place: 1, operator: "邮政")
    try sketch.addPoint("P2", name: "@hall", at: 35.09, 112.59, counts: false)
    sketch.addCandidate("C1", name: "-1+2", at: 35.11, 112.61, place: 0)
    sketch.addCandidate("C2", name: "村口", at: 35.12, 112.62)
    let middle = Coordinate<WGS84>(latitude: 35.1, longitude: 112.6)!
    let ring = (0..<12).map { step in
      Coordinate<WGS84>(
        latitude: middle.latitude
          + [0.02, 0.0173, 0.01, 0, -0.01, -0.0173, -0.02, -0.0173, -0.01, 0, 0.01, 0.0173][step],
        longitude: middle.longitude
          + [0, 0.012, 0.021, 0.024, 0.021, 0.012, 0, -0.012, -0.021, -0.024, -0.021, -0.012][step])!
    }
    let apart = Coordinate<WGS84>(latitude: 35.3, longitude: 112.9)!
    sketch.circles = try coverageArea(
      around: ring + [apart], radii: (ring + [apart]).map { _ in .meters(700) })
    sketch.plan = StoredPlan(
      name: "春季",
      document: #"""
        {"chosen": [
          {"candidate_id": "c2", "order": 1, "gain": 120, "cost_yuan": 1800.5, "expected_payments_per_month": 168,
           "name": "南, \"北\"", "longitude": 112.5, "latitude": 35.1, "newly_served": ["v1"], "expected_low": 90.5, "expected_high": 300.25,
           "gains": {"newly_served": {"customers": 120}}},
          {"candidate_id": "c1", "order": 2, "gain": 0, "cost_yuan": null, "expected_payments_per_month": null,
           "name": "=1+1", "longitude": 112.6, "latitude": 35.2, "newly_served": []}
        ], "closed": [
          {"point_id": "P1", "name": "@老店", "action": "move", "loss": 3, "moves_to": "c1", "meters": 40,
           "longitude": 112.61, "latitude": 35.15}
        ]}
        """#)
    return sketch
  }

  /// As many places as asked for, with names made of anything.
  static func anyNames(_ count: Int, using rng: inout SeededGenerator) -> ExportSketch {
    let alphabet = Array("=+-@\t\r\n\"',;\\/{}[]:0 é\u{301}\u{0}\u{7F}\u{2028}村👨‍👩‍👧\u{2029}<&")
    var sketch = ExportSketch()
    for row in 0..<count {
      let name = String(
        (0..<Int.random(in: 0...8, using: &rng)).map { _ in alphabet.randomElement(using: &rng)! })
      sketch.addPlace(
        "\(row)", name: name, at: .random(in: -90...90, using: &rng), .random(in: -180...180, using: &rng),
        served: true,
        nearest: -1, seconds: 0, meters: 0)
    }
    return sketch
  }
}
