import Foundation
import Geo
import Planning
import TestSupport
import Testing

/// Comparisons are judged by going through all volumes once for every figure asked for.
@Suite("What became of a plan")
struct PlanVerificationTests {
  private static let months = ["2015-11", "2015-12", "2016-01", "2016-02", "2016-03", "2016-04"]

  private struct Town {
    var network = NetworkSketch().network
    var promise = PlanPromise(sites: [], points: [:], volumesUntil: "2015-12", keptOn: "2015-12-31")

    /// A point some meters north of 35°, with volumes by month.
    mutating func add(
      _ id: String, north meters: Double = 0, name: String = "", opened: String = "", closed: String = "",
      status: PointStatus = .active, _ volumes: [String: Int] = [:]
    ) {
      let row = network.points.count
      network.points.ids.append(id)
      network.points.names.append(name)
      network.points.kinds.append(.shop)
      network.points.latitudes.append(35 + meters / (6_371_008.8 * .pi / 180))
      network.points.longitudes.append(112.5)
      network.points.methods.append([.cash])
      network.points.statuses.append(status)
      network.points.hours.append(-1)
      network.points.places.append(-1)
      network.points.operators.append(0)
      network.points.counters.append(1)
      network.points.monthlyCostsFen.append(-1)
      network.points.feesPerPaymentFen.append(-1)
      network.points.openedOn.append(opened)
      network.points.closedOn.append(closed)
      network.points.phones.append("")
      network.volumes.months = PlanVerificationTests.months
      for (month, payments) in volumes.sorted(by: { $0.key < $1.key }) {
        network.volumes.points.append(Int32(row))
        network.volumes.monthIndices.append(Int32(PlanVerificationTests.months.firstIndex(of: month)!))
        network.volumes.payments.append(payments)
        network.volumes.amountsFen.append(-1)
        network.volumes.busiestDayPayments.append(-1)
      }
    }

    mutating func plan(_ id: String, north meters: Double = 0, name: String = "", expected: Double = 100) {
      promise.sites.append(
        .init(
          id: id, name: name,
          position: Coordinate(latitude: 35 + meters / (6_371_008.8 * .pi / 180), longitude: 112.5)!,
          forecast: .init(expected: expected, interval: expected / 2...expected * 2)))
    }

    mutating func know(_ id: String, expected: Double = 100) {
      promise.points[id] = .some(.init(expected: expected, interval: expected / 2...expected * 2))
    }

    var matched: [String?] {
      promise.matches(in: network.points).map { $0.map { network.points.ids[$0.point] } }
    }
  }

  @Test("a site is the new point with its id; else, within 100 m, the one of its name, else the nearest")
  func matching() {
    var town = Town()
    town.plan("C1", north: 0, name: "market")
    town.plan("C2", north: 0, name: "school")
    town.plan("C3", north: 1_000)
    town.plan("C4", north: 2_000)
    town.add("C1", north: 5_000)
    town.add("N1", north: 20)
    town.add("N2", north: 60, name: "school")
    town.add("N3", north: 1_100)
    town.add("N4", north: 2_100.01)
    #expect(town.matched == ["C1", "N2", "N3", nil])
    #expect(town.promise.matches(in: town.network.points)[0]?.isByID == true)
    #expect(town.promise.matches(in: town.network.points)[2]?.meters == 100)
  }

  @Test("no point that the plan knew is a site, unless it opened later; nor one still planned; nor one twice")
  func newOnly() {
    var town = Town()
    for i in 1...3 { town.plan("C\(i)", north: 0) }
    town.add("C1", north: 3)
    town.know("C1")
    town.add("P2", north: 1, opened: "2015-12-31")
    town.know("P2")
    town.add("P3", north: 9, opened: "2016-01-01")
    town.know("P3")
    town.add("P4", north: 2, status: .planned)
    town.add("P5", north: 4)
    #expect(town.matched == ["P5", "P3", nil])
  }

  @Test("months count from the first whole one after the opening, and until the one in which a point closed")
  func months() {
    func counted(opened: String, closed: String = "") -> [String] {
      var town = Town()
      town.plan("C1")
      town.add(
        "C1", opened: opened, closed: closed,
        Dictionary(uniqueKeysWithValues: PlanVerificationTests.months.map { ($0, 7) }))
      return PlanVerification(of: town.promise, in: town.network).sites[0].months.map(\.name)
    }
    #expect(counted(opened: "2016-02-01") == ["2016-02", "2016-03", "2016-04"])
    #expect(counted(opened: "2016-02-02") == ["2016-03", "2016-04"])
    #expect(counted(opened: "2015-12-31") == ["2016-01", "2016-02", "2016-03", "2016-04"])
    // What the forecast knew is no test of it; without a date the first month reported may be half a month.
    #expect(counted(opened: "2015-11-01") == ["2016-01", "2016-02", "2016-03", "2016-04"])
    #expect(counted(opened: "") == ["2016-02", "2016-03", "2016-04"])
    #expect(counted(opened: "2016-01-15", closed: "2016-04-20") == ["2016-02", "2016-03"])
  }

  @Test("errors are those of a count through all volumes", arguments: 0..<20)
  func errors(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    var town = Town()
    for i in 0..<3 {
      town.plan("C\(i)", north: Double(i) * 1_000, expected: .random(in: 20...200, using: &random))
    }
    func volumes(_ mean: Double) -> [String: Int] {
      var volumes: [String: Int] = [:]
      for month in Self.months where Int.random(in: 0..<5, using: &random) > 0 {
        volumes[month] =
          Int.random(in: 0..<6, using: &random) == 0 ? 0 : Int(mean * .random(in: 0.3...3, using: &random))
      }
      return volumes
    }
    let opened = ["2016-01-01", "2016-01-20", "2016-02-01"]
    let isOpen = (0..<3).map { $0 == 0 || Bool.random(using: &random) }
    for i in 0..<3 where isOpen[i] {
      town.add("C\(i)", north: Double(i) * 1_000, opened: opened[i], volumes(90))
    }
    for i in 0..<8 {
      town.add("P\(i)", north: 9_000 + Double(i) * 500, volumes(60))
      if i == 7 { town.promise.points["P7"] = .some(nil) } else { town.know("P\(i)", expected: 60) }
    }
    let truth = PlanVerification(of: town.promise, in: town.network)
    #expect(truth.isWhole == isOpen.allSatisfy { $0 })
    let starts = ["2016-01", "2016-02", "2016-02"]
    let from = (0..<3).filter { isOpen[$0] }.map { starts[$0] }.max()!
    var pairs: [(month: String, isSite: Bool, taken: Int, forecast: PlanPromise.Forecast)] = []
    for row in 0..<town.network.volumes.count {
      let id = town.network.points.ids[Int(town.network.volumes.points[row])]
      let month = town.network.volumes.months[Int(town.network.volumes.monthIndices[row])]
      let taken = town.network.volumes.payments[row]
      if let order = town.promise.sites.firstIndex(where: { $0.id == id }) {
        if month >= starts[order] { pairs.append((month, true, taken, town.promise.sites[order].forecast!)) }
      } else if let forecast = town.promise.points[id] ?? nil, month >= from {
        pairs.append((month, false, taken, forecast))
      }
    }
    func check(
      _ errors: PlanVerification.Errors,
      _ pairs: [(month: String, isSite: Bool, taken: Int, forecast: PlanPromise.Forecast)]
    ) {
      #expect(errors.count == pairs.count && errors.taken == pairs.reduce(0) { $0 + $1.taken })
      #expect(abs(errors.forecast - pairs.reduce(0) { $0 + $1.forecast.expected }) < 1e-6)
      let some = pairs.filter { $0.taken > 0 }
      let relative = some.map { abs(Double($0.taken) - $0.forecast.expected) / Double($0.taken) }
      let mean = some.isEmpty ? nil : relative.reduce(0, +) / Double(some.count)
      #expect((errors.meanError == nil) == (mean == nil) && abs((errors.meanError ?? 0) - (mean ?? 0)) < 1e-9)
      let hits = pairs.count { $0.forecast.interval.contains(Double($0.taken)) }
      #expect(errors.hitRate == (pairs.isEmpty ? nil : Double(hits) / Double(pairs.count)))
    }
    check(truth.siteErrors, pairs.filter(\.isSite))
    check(truth.pointErrors, pairs.filter { !$0.isSite })
    #expect(truth.months.map(\.name) == Set(pairs.map(\.month)).sorted())
    for month in truth.months {
      check(month.sites, pairs.filter { $0.isSite && $0.month == month.name })
      check(month.points, pairs.filter { !$0.isSite && $0.month == month.name })
    }
    let three = try #require(truth.horizons.first { $0.months == 3 }?.errors)
    let long = truth.sites.filter { $0.months.count >= 3 }
    #expect(three.count == long.count)
    #expect(
      three.taken
        == long.reduce(0) {
          $0 + Int((Double($1.months.prefix(3).reduce(0) { $0 + $1.payments }) / 3).rounded())
        })
  }

  @Test("nothing is compared where nothing has opened")
  func nothing() {
    var town = Town()
    town.plan("C1")
    town.know("P1")
    town.add("P1", north: 400, ["2016-02": 50])
    let truth = PlanVerification(of: town.promise, in: town.network)
    #expect(truth.isEmpty && !truth.isWhole && truth.points.isEmpty)
  }
}
