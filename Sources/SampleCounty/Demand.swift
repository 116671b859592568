/// Who pays where: payments in person of each place, and how its people choose among points.
///
/// Huff's model (1964): a place's payments divide among points in proportion to attraction times the log-logistic
/// decay of `Truth`. Only the twelve points of most weight are kept.
struct Demand {
  /// A point and the share of a place's payments that it gets.
  struct Choice {
    let point: Int
    let share: Double
  }

  /// Payments in person each month: one bill a month, a third of that for customers on fee control; whoever pays
  /// online does not come, and people on fee control come a little less often still. With 50.4 % on fee control
  /// and 30 % online this is about 126,000 for 281,746 customers.
  let monthlyPayments: [Double]
  /// For each place, its choices; they sum to 1.
  let choices: [[Choice]]
  /// Whole payments a month in the county, on average over a year.
  static let countyPayments = 126_000

  init(places: [Place], points: [Point]) {
    monthlyPayments = places.map { place in
      let (fee, online) = (Double(place.feeControl) / 1_000, Double(place.online) / 1_000)
      return Double(place.customers) * (1 - online) * ((1 - fee) + fee * 0.33 * 6 / 7)
    }
    let attractions = points.map { $0.status == .planned ? 0 : Truth.attraction(of: $0.kind) }
    let spots = points.map(\.spot)
    choices = places.map { place in
      var weights = attractions
      for (j, spot) in spots.enumerated() { weights[j] *= decay(minutes: walkMinutes(from: place, to: spot)) }
      // Sorting only what can matter: few walk past a point that is two hundred times as likely.
      let least = (weights.max() ?? 0) / 200
      let strongest = weights.indices.filter { weights[$0] > least }
        .sorted { (weights[$0], $1) > (weights[$1], $0) }.prefix(12)
      let sum = strongest.reduce(0) { $0 + weights[$1] }
      return strongest.map { Choice(point: $0, share: weights[$0] / sum) }
    }
  }

  /// What each point gets of all monthly payments, still unrounded.
  func payments(at points: [Point]) -> [Double] {
    var sums = points.map { _ in 0.0 }
    for (i, payments) in monthlyPayments.enumerated() {
      for choice in choices[i] { sums[choice.point] += payments * choice.share }
    }
    return sums
  }
}

/// Minutes on foot, along the average way in the place's terrain.
func walkMinutes(from place: Place, to spot: Spot) -> Double {
  place.spot.meters(to: spot) * Truth.circuity(in: place.terrain) / Truth.walkMetersPerSecond / 60
}

private func decay(minutes: Double) -> Double {
  let t = minutes / Truth.halfMinutes
  return 1 / (1 + t * t * t)
}
