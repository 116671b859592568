/// How many interviews there are about the way to the point.
private let interviews = 1_200

/// `distance-surveys.synthetic.csv`: people at home were asked where they pay, how they go, how far it is and how
/// long it takes.
///
/// Answers are made from `Truth`, then told as people tell them: minutes rounded to 5 or 10, lengths to 50 or 100
/// meters, some left out, a few grossly wrong.
func distanceSurveysFile(
  places: [Place], points: [Point], demand: Demand, using dice: inout Dice
) -> SampleFile {
  // Small and mountain places are asked more often than their numbers say, or nothing would be learned of them.
  let weights = places.indices.map { i in
    demand.monthlyPayments[i].squareRoot() * (places[i].terrain == .mountain ? 1.8 : 1)
  }
  let asked = dice.positions(interviews, by: weights)
  let rows = asked.enumerated().map { number, i in
    let choice = demand.choices[i][dice.position(by: demand.choices[i].map(\.share))]
    return answer(number, from: places[i], to: points[choice.point], using: &dice)
  }
  return SampleFile(
    name: "distance-surveys.synthetic.csv", header: "survey_id,place_id,point_id,mode,meters,minutes,date",
    rows: rows)
}

private func answer(_ number: Int, from place: Place, to point: Point, using dice: inout Dice) -> [String] {
  // A way is never shorter than the straight line.
  let circuity = max(1.02, Truth.circuity(in: place.terrain) * dice.factor(spread: Truth.circuitySpread))
  var meters = max(30, place.spot.meters(to: point.spot) * circuity)
  let mode = mode(over: meters, using: &dice)
  var minutes = travelSeconds(meters, by: mode) * dice.factor(spread: Truth.speedSpread) / 60
  if dice.happens(Truth.grossErrors) {
    // Li told as kilometers or the other way round, the way there and back, the wrong village on the form.
    switch dice.whole(in: 0...3) {
    case 0: meters *= 2
    case 1: meters /= 2
    case 2: minutes *= 2
    default: (meters, minutes) = (meters * dice.number(in: 2.5...6), minutes * dice.number(in: 2.5...6))
    }
  }
  let silence = dice.unit()
  let day =
    dice.happens(0.5)
    ? date(2015, dice.whole(in: 4...5), dice.whole(in: 1...30))
    : date(2015, dice.whole(in: 10...11), dice.whole(in: 1...30))
  return [
    "D" + padded(number + 1, 4), place.id, point.id, mode,
    silence < 0.22 ? "" : String(told(meters: meters, using: &dice)),
    silence > 0.95 ? "" : String(told(minutes: minutes, using: &dice)), day,
  ]
}

/// On foot up to some 1.5 km, then mostly by e-bike; a bus only where the way is long.
private func mode(over meters: Double, using dice: inout Dice) -> String {
  if dice.unit() > (meters - 600) / 1_800 { return "walk" }
  let others = [("ebike", 70.0), ("car", 15), ("bus", meters > 3_000 ? 25 : 0)]
  return others[dice.position(by: others.map(\.1))].0
}

private func travelSeconds(_ meters: Double, by mode: String) -> Double {
  switch mode {
  case "ebike": meters / Truth.ebikeMetersPerSecond
  case "car": meters / Truth.carMetersPerSecond
  case "bus": meters / Truth.busMetersPerSecond + Truth.busWaitSeconds
  default: meters / Truth.walkMetersPerSecond
  }
}

private func told(minutes: Double, using dice: inout Dice) -> Int {
  let kind = dice.unit()
  let grid = kind < Truth.roundedToFive ? 5 : kind < Truth.roundedToFive + Truth.roundedToTen ? 10 : 1
  // Nobody answers "none": what would round to nothing is told to the minute.
  let rounded = Int((minutes / Double(grid)).rounded()) * grid
  return rounded > 0 ? rounded : max(1, Int(minutes.rounded()))
}

private func told(meters: Double, using dice: inout Dice) -> Int {
  let grid = dice.one(of: [10, 50, 100])
  return max(10, Int((meters / Double(grid)).rounded()) * grid)
}
