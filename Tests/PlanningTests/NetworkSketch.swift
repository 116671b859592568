import Geo
import Planning
import TestSupport
import Travel

/// A network drawn by hand or by seed.
struct NetworkSketch {
  struct Place {
    var id: String
    var setting = Setting.town
    var latitude = 35.0
    var longitude = 112.5
    var customers = 100
    var township = "T"
    var village = ""
    var terrain = Terrain.plain
    var feeControl = Double.nan
    var online = Double.nan
    var elderly = Double.nan
    var arrears = 0
  }

  struct Point {
    var id: String
    var latitude = 35.0
    var longitude = 112.5
    var kind = PointKind.shop
    var methods: PaymentMethods = [.cash]
    var hours: String?
    var status = PointStatus.active
    var place: String?
    /// Payments of each month; below 0 for a month without a row.
    var volumes: [Int] = []
    /// Payments on the busiest day of each of those months; -1 where not known.
    var busiestDay = -1
    var operatorName = ""
    var counters = 1
    var monthlyCostFen = -1
    var feeFen = -1
    var openedOn = ""
    /// Whether somebody was there, visit by visit.
    var visits: [Bool] = []
  }

  var places: [Place] = []
  var points: [Point] = []

  /// The network, with places and points in ascending order of their ids.
  var network: PaymentNetwork {
    var network = PaymentNetwork()
    let places = places.sorted { $0.id < $1.id }
    let townships = Set(places.map(\.township)).sorted()
    var villages: [String] = []
    for place in places {
      network.places.ids.append(place.id)
      network.places.names.append("name of \(place.id)")
      network.places.settings.append(place.setting)
      network.places.latitudes.append(place.latitude)
      network.places.longitudes.append(place.longitude)
      network.places.customers.append(place.customers)
      network.places.terrains.append(place.terrain)
      network.places.townships.append(Int32(townships.firstIndex(of: place.township)!))
      let key = place.village.isEmpty ? "only \(place.id)" : place.village
      if !villages.contains(key) { villages.append(key) }
      network.places.villages.append(Int32(villages.firstIndex(of: key)!))
      network.places.feeControlShares.append(place.feeControl)
      network.places.onlineShares.append(place.online)
      network.places.elderlyShares.append(place.elderly)
      network.places.arrearsFen.append(place.arrears)
    }
    network.places.townshipNames = townships
    network.places.villageNames = TextColumn(villages)

    let points = points.sorted { $0.id < $1.id }
    var hours: [String] = []
    let months = points.map(\.volumes.count).max() ?? 0
    network.volumes.months = (0..<months).map { $0 < 9 ? "2015-0\($0 + 1)" : "2015-\($0 + 1)" }
    let operators = Set(points.map(\.operatorName)).sorted()
    for (number, point) in points.enumerated() {
      network.points.ids.append(point.id)
      network.points.names.append("name of \(point.id)")
      network.points.kinds.append(point.kind)
      network.points.latitudes.append(point.latitude)
      network.points.longitudes.append(point.longitude)
      network.points.methods.append(point.methods)
      network.points.statuses.append(point.status)
      if let text = point.hours {
        if !hours.contains(text) {
          hours.append(text)
          network.points.openingHours.append(try! OpeningHours(parsing: text))
        }
        network.points.hours.append(Int32(hours.firstIndex(of: text)!))
      } else {
        network.points.hours.append(-1)
      }
      network.points.places.append(Int32(places.firstIndex { $0.id == point.place } ?? -1))
      network.points.operators.append(Int32(operators.firstIndex(of: point.operatorName)!))
      network.points.counters.append(Int32(point.counters))
      network.points.monthlyCostsFen.append(point.monthlyCostFen)
      network.points.feesPerPaymentFen.append(point.feeFen)
      network.points.openedOn.append(point.openedOn)
      network.points.closedOn.append("")
      network.points.phones.append("")
      for isPresent in point.visits {
        network.visits.ids.append("x\(network.visits.count)")
        network.visits.points.append(Int32(number))
        network.visits.dates.append("2015-06-01")
        network.visits.isPresent.append(isPresent)
      }
      for (month, payments) in point.volumes.enumerated() where payments >= 0 {
        network.volumes.points.append(Int32(number))
        network.volumes.monthIndices.append(Int32(month))
        network.volumes.payments.append(payments)
        network.volumes.amountsFen.append(-1)
        network.volumes.busiestDayPayments.append(point.busiestDay)
      }
    }
    network.points.operatorNames = operators
    return network
  }

  /// A county of everything at once: towns and villages of several places, duplicate positions, points of all kinds,
  /// hours, methods and states, some assigned to villages, some without volumes.
  static func random(seed: Int, places: Int = 60, points: Int = 40) -> NetworkSketch {
    var rng = SeededGenerator(seed: seed)
    var sketch = NetworkSketch()
    let spread = [0.0, 0.005, 0.03, 0.2].randomElement(using: &rng)!
    func near(_ middle: Double, _ rng: inout SeededGenerator) -> Double {
      ((middle + .random(in: -spread...spread, using: &rng)) * 1e6).rounded() / 1e6
    }
    for i in 0..<places {
      var place = Place(id: "v\(i)")
      place.setting = Bool.random(using: &rng) ? .town : .village
      place.latitude = near(35, &rng)
      place.longitude = near(112.5, &rng)
      place.customers = Int.random(in: 0...9, using: &rng) == 0 ? 0 : .random(in: 1...900, using: &rng)
      place.township = ["A", "B", ""].randomElement(using: &rng)!
      place.village = Bool.random(using: &rng) ? "" : "w\(Int.random(in: 0..<places / 4 + 1, using: &rng))"
      place.terrain = Terrain.allCases.randomElement(using: &rng)!
      place.feeControl = Bool.random(using: &rng) ? .nan : .random(in: 0...1, using: &rng)
      place.online = Bool.random(using: &rng) ? .nan : .random(in: 0...1, using: &rng)
      place.elderly = Bool.random(using: &rng) ? .nan : .random(in: 0...1, using: &rng)
      place.arrears = .random(in: 0...100_000, using: &rng)
      sketch.places.append(place)
    }
    for i in 0..<points {
      var point = Point(id: "p\(i)")
      point.latitude = near(35, &rng)
      point.longitude = near(112.5, &rng)
      if Int.random(in: 0..<4, using: &rng) == 0, let place = sketch.places.randomElement(using: &rng) {
        (point.latitude, point.longitude) = (place.latitude, place.longitude)
      }
      point.kind = PointKind.allCases.randomElement(using: &rng)!
      point.methods = PaymentMethods(rawValue: .random(in: 0...15, using: &rng))
      point.hours = [nil, "24/7", "Mo-Fr 09:00-17:00", "Sa-Su 10:00-12:00", "Mo-Fr 09:00-12:00"]
        .randomElement(
          using: &rng)!
      point.status = Int.random(in: 0..<5, using: &rng) == 0 ? .closed : .active
      point.place = Bool.random(using: &rng) ? sketch.places.randomElement(using: &rng)?.id : nil
      point.volumes = (0..<3).map { _ in max(0, .random(in: -20...50, using: &rng)) }
      sketch.points.append(point)
    }
    // Drawn last, so that all else stays as it was.
    for i in sketch.points.indices {
      let misses = Int.random(in: 0...3, using: &rng)
      sketch.points[i].visits = (0..<Int.random(in: 0...24, using: &rng)).map { $0 >= misses }
    }
    return sketch
  }
}
