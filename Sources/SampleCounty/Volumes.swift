/// What one point took in one month of 2015.
struct Volume {
  let point: Int
  /// 1...12.
  let month: Int
  let payments: Int
  let amountFen: Int
  /// `nil` where nobody counted.
  let busiestDay: Int?
}

/// How payments swell and ebb over the year, in hundredths of the mean: the bills of winter and of the hottest
/// months, the return home for the spring festival (19 February 2015), year-end settling.
private let season = [108, 112, 95, 90, 90, 96, 106, 110, 100, 92, 95, 106]

/// Twelve months at every point that worked; each month adds up to 126,000 times the season, exactly.
///
/// A point closed or not yet open has no row. One village committee in sixteen fell asleep in summer: from then
/// on half of these report nothing and half report zero.
func volumes(at points: [Point], demand: Demand, places: [Place], using dice: inout Dice) -> [Volume] {
  let usual = demand.payments(at: points).map { $0 * dice.factor(spread: 0.15) }
  let asleepFrom = points.map { point in
    point.kind == .villageCommittee && dice.happens(1.0 / 16) ? dice.whole(in: 6...9) : 13
  }
  let silent = points.map { _ in dice.happens(0.5) }
  var volumes: [Volume] = []
  for month in 1...12 {
    let weights = points.indices.map { j in
      isOpen(points[j], in: month) && month < asleepFrom[j] ? usual[j] * dice.factor(spread: 0.08) : 0
    }
    let counts = apportioned(Demand.countyPayments * season[month - 1] / 100, by: weights)
    for (j, point) in points.enumerated() where isOpen(point, in: month) {
      if month >= asleepFrom[j] && silent[j] { continue }
      let town = places[point.place].isTown
      volumes.append(
        Volume(
          point: j, month: month, payments: counts[j],
          amountFen: amount(counts[j], town: town, month: month, using: &dice),
          busiestDay: dice.happens(0.04) ? nil : busiestDay(counts[j], hours: point.hours, using: &dice)))
    }
  }
  return volumes.sorted { ($0.point, $0.month) < ($1.point, $1.month) }
}

/// Whether the point took payments in a whole `month` of 2015; suspended points stopped after September.
private func isOpen(_ point: Point, in month: Int) -> Bool {
  let name = date(2015, month, 1)
  switch point.status {
  case .planned: return false
  case .suspended: return month <= 9
  case .closed: return point.closedOn.prefix(7) > name.prefix(7)
  case .active: return point.openedOn <= name
  }
}

/// Money of `payments` bills of 95 yuan in town and 62 in the country, more in summer.
private func amount(_ payments: Int, town: Bool, month: Int, using dice: inout Dice) -> Int {
  let summer = (7...8).contains(month) ? 1.25 : 1
  let fen = (town ? 9_500.0 : 6_200) * summer * dice.factor(spread: 0.12)
  return payments * Int(fen.rounded())
}

/// The most payments of one day: 1.5 to 4 times an average day.
private func busiestDay(_ payments: Int, hours: String, using dice: inout Dice) -> Int {
  let openDays = hours == "24/7" || hours.contains("Su") ? 30.0 : hours.contains(",We") ? 13 : 23
  let most = Double(payments) / openDays * dice.number(in: 1.5...4)
  return min(payments, Int(most.rounded(.up)))
}

/// `volumes.synthetic.csv`.
func volumesFile(_ volumes: [Volume], points: [Point]) -> SampleFile {
  SampleFile(
    name: "volumes.synthetic.csv", header: "point_id,month,payments,amount_yuan,busiest_day_payments",
    rows: volumes.map { volume in
      [
        points[volume.point].id, "2015-" + padded(volume.month, 2), String(volume.payments),
        decimal(volume.amountFen, places: 2), volume.busiestDay.map(String.init) ?? "",
      ]
    })
}
