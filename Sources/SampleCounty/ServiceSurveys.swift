/// How many payments were timed at the counter.
private let observations = 1_500

/// `service-surveys.synthetic.csv`: seconds at the counter and in the queue, with the Chinese headers that the
/// import takes too.
///
/// Busier points are watched more often. Waiting grows with the payments per counter; one watch in twelve did not
/// note it.
func serviceSurveysFile(points: [Point], demand: Demand, using dice: inout Dice) -> SampleFile {
  let payments = demand.payments(at: points)
  let weights = points.indices.map { points[$0].works ? payments[$0].squareRoot() : 0 }
  let watched = dice.positions(observations, by: weights)
  let rows = watched.enumerated().map { number, j in
    let handling = usualHandlingSeconds(at: points[j].kind) * dice.factor(spread: 0.4)
    let load = min(0.85, payments[j] / Double(points[j].counters) / 1_500)
    let queues = dice.happens(0.3 + 0.6 * load)
    let wait = queues ? handling * (0.5 + load / (1 - load)) * dice.factor(spread: 0.7) : 0
    return [
      "S" + padded(number + 1, 4), points[j].id, String(max(8, Int(handling.rounded()))),
      dice.happens(1.0 / 12) ? "" : String(Int(wait.rounded())),
      date(2015, dice.whole(in: 3...12), dice.whole(in: 1...28)),
    ]
  }
  return SampleFile(
    name: "service-surveys.synthetic.csv", header: "survey_id,point_id,办理时长,等候时长,date", rows: rows)
}

/// The middle of the handling times: under a minute by card reader, under three minutes at agents, longer where
/// the counter does more than bills.
private func usualHandlingSeconds(at kind: Point.Kind) -> Double {
  switch kind {
  case .businessHall: 140
  case .bank: 170
  case .postal: 165
  case .ruralBank: 155
  case .selfService: 55
  case .shop: 70
  case .communityStation: 85
  case .villageCommittee: 80
  }
}
