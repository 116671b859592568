import Foundation
import Planning
import TestSupport
import Travel

/// A seeded county of points of several kinds, whose customers choose by a model that is known.
struct ChoiceCounty {
  var network: PaymentNetwork
  let truth: ChoiceModel
  var options = ChoiceOptions()

  /// Places and points anywhere in a square of about 9 km, or of twice as many degrees; the first point is a committee.
  init(
    seed: Int, truth: ChoiceModel, places: Int = 40, points: Int = 15,
    kinds: [PointKind] = [.villageCommittee, .villageCommittee, .shop, .businessHall], degrees: Double = 0.04
  ) {
    var rng = SeededGenerator(seed: seed)
    var sketch = NetworkSketch()
    func near(_ middle: Double) -> Double { middle + .random(in: -degrees...degrees, using: &rng) }
    for i in 0..<places {
      var place = NetworkSketch.Place(id: "v\(i + 1_000)")
      place.latitude = near(35)
      place.longitude = near(112.5)
      place.customers = .random(in: 50...400, using: &rng)
      place.township = place.longitude < 112.487 ? "A" : place.longitude < 112.513 ? "B" : "C"
      sketch.places.append(place)
    }
    for i in 0..<points {
      var point = NetworkSketch.Point(id: "p\(i + 1_000)")
      point.latitude = near(35)
      point.longitude = near(112.5)
      point.kind = kinds[i % kinds.count]
      sketch.points.append(point)
    }
    network = sketch.network
    for i in 0..<points { network.points.counters[i] = .random(in: 1...6, using: &rng) }
    self.truth = truth
    options.decay = truth.decay
    options.usesCounters = truth.usesCounters
  }

  /// The points each place chooses among.
  var reach: Reach {
    .choices(
      of: network, counting: network.points.statuses.map { $0 != .planned }, options.reach,
      mode: options.mode, factors: options.factors
    )
  }

  /// The shares of place `i` by the formula, one power at a time.
  func shares(_ model: ChoiceModel, _ row: ArraySlice<Reach.Entry>) -> [Double] {
    let weights = row.map { entry in
      model.attraction(
        of: network.points.kinds[Int(entry.point)], counters: Int(network.points.counters[Int(entry.point)]))
        * model.decay(minutes: max(1, Double(entry.seconds)) / 60)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Answers of every place, drawn from the truth.
  func answers(_ count: Int, seed: Int) -> DistanceSurveyTable {
    var rng = SeededGenerator(seed: seed)
    let reach = reach
    var table = DistanceSurveyTable()
    for place in 0..<network.places.count {
      let shares = shares(truth, reach[place])
      for _ in 0..<count {
        var rest = Double.random(in: 0..<1, using: &rng)
        let slot = shares.firstIndex {
          rest -= $0
          return rest < 0
        }
        table.append(place: place, point: Int(reach[place][reach[place].startIndex + (slot ?? 0)].point))
      }
    }
    return table
  }

  /// Twelve months of volumes about what the truth expects, each point off by a lognormal factor of its own.
  mutating func makeVolumes(seed: Int, spread: Double = 0, factor: Double = 1) {
    var rng = SeededGenerator(seed: seed)
    func normal() -> Double {
      (-2 * log(1 - Double.random(in: 0..<1, using: &rng))).squareRoot()
        * cos(2 * .pi * Double.random(in: 0..<1, using: &rng))
    }
    let reach = reach
    var due = [Double](repeating: 0, count: network.points.count)
    for place in 0..<network.places.count {
      let payments = InPersonPayments().perMonth(of: network.places, place) * factor
      for (entry, share) in zip(reach[place], shares(truth, reach[place])) {
        due[Int(entry.point)] += payments * share
      }
    }
    network.volumes = VolumeTable()
    network.volumes.months = (1...12).map { "2015-" + ($0 < 10 ? "0" : "") + "\($0)" }
    for point in due.indices {
      let mean = due[point] * exp(spread * normal() - spread * spread / 2)
      for month in 0..<12 {
        network.volumes.append(
          point: point, month: month, payments: max(0, Int((mean + mean.squareRoot() * normal()).rounded())))
      }
    }
  }
}

extension DistanceSurveyTable {
  /// Adds an answer that names only who and where.
  mutating func append(place: Int, point: Int) {
    ids.append("s\(count)")
    dates.append("")
    modes.append(.walk)
    meters.append(100)
    minutes.append(.nan)
    points.append(Int32(point))
    places.append(Int32(place))
  }
}

extension VolumeTable {
  /// Adds a row.
  mutating func append(point: Int, month: Int, payments count: Int) {
    points.append(Int32(point))
    monthIndices.append(Int32(month))
    payments.append(count)
    amountsFen.append(-1)
    busiestDayPayments.append(-1)
  }
}
