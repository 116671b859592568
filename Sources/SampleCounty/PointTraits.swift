/// Gives `points` their methods, hours, counters, costs, dates and statuses.
func describe(_ points: inout [Point], places: [Place], using dice: inout Dice) {
  for i in points.indices {
    let town = places[points[i].place].isTown
    points[i].methods = methods(of: points[i].kind, town: town, using: &dice)
    points[i].hours = hours(of: points[i].kind, town: town, using: &dice)
    points[i].counters = counters(of: points[i].kind, town: town, using: &dice)
    (points[i].monthlyCostFen, points[i].feeFen) = costs(of: points[i].kind, town: town, using: &dice)
    points[i].openedOn = openingDay(of: points[i].kind, using: &dice)
  }
  interrupt(&points, using: &dice)
}

private func methods(of kind: Point.Kind, town: Bool, using dice: inout Dice) -> String {
  switch kind {
  case .businessHall: return "cash;card;qr;citizen_card"
  case .selfService: return dice.happens(0.6) ? "cash;card;citizen_card" : "card;qr;citizen_card"
  case .bank, .postal: return "cash;card"
  case .ruralBank: return "cash;card;citizen_card"
  case .shop: return dice.happens(0.7) ? "cash;qr" : "cash;card;qr"
  case .communityStation: return dice.happens(0.5) ? "cash;card;citizen_card" : "cash;qr;citizen_card"
  case .villageCommittee:
    // A card reader where the line carries it; two points in a hundred take cards only.
    return dice.happens(town ? 0.8 : 0.55) ? "cash;card" : dice.happens(0.04) ? "card" : "cash"
  }
}

private func hours(of kind: Point.Kind, town: Bool, using dice: inout Dice) -> String {
  let choices: [(text: String, weight: Double)] =
    switch kind {
    case .businessHall:
      town && dice.happens(0.3)
        ? [("Mo-Su 08:00-18:00", 1)]
        : [("Mo-Fr 08:30-17:30; Sa 09:00-12:00", 2), ("Mo-Fr 08:00-17:30; Sa,Su 09:00-16:00", 1)]
    case .selfService: [("24/7", 5), ("Mo-Su 07:30-21:00", 3), ("Mo-Su 08:00-18:00", 3)]
    case .bank: [("Mo-Fr 08:30-17:00; Sa 09:00-16:00", 2), ("Mo-Fr 09:00-17:00", 1)]
    case .postal: [("Mo-Su 08:30-17:00", 1), ("Mo-Sa 08:30-12:00,14:00-17:00", town ? 0.5 : 2)]
    case .ruralBank:
      town
        ? [("Mo-Fr 08:30-17:00; Sa,Su 09:00-16:00", 1)]
        : [("Mo-Fr 08:30-12:00,14:00-17:30; Sa 09:00-12:00", 3), ("Mo-Sa 08:30-12:00,14:00-17:00", 1)]
    case .shop: [("Mo-Su 07:00-21:00", 3), ("Mo-Su 06:30-20:30", 2), ("Mo-Su 08:00-22:00", town ? 2 : 0.2)]
    case .communityStation: [("Mo-Fr 08:30-12:00,14:30-18:00", 3), ("Mo-Sa 08:00-12:00,15:00-18:00", 1)]
    case .villageCommittee:
      [
        ("Mo-Fr 08:00-12:00,14:30-17:30", 10), ("Mo-Fr 08:30-11:30,15:00-18:00", 6), ("Mo-Su 08:00-12:00", 3),
        ("Mo-Fr 08:30-17:30; Sa 09:00-12:00", town ? 6 : 2), ("Mo,We,Fr 09:00-11:30", town ? 0 : 1.6),
        ("Tu,Th 09:00-11:30; Sa 08:30-10:30", town ? 0 : 0.7), ("", 1),
      ]
    }
  return choices[dice.position(by: choices.map(\.weight))].text
}

private func counters(of kind: Point.Kind, town: Bool, using dice: inout Dice) -> Int {
  switch kind {
  case .businessHall: town ? dice.whole(in: 2...5) : 2
  case .bank, .postal, .ruralBank: dice.whole(in: town ? 2...4 : 1...3)
  case .selfService: dice.whole(in: 1...2)
  case .shop, .communityStation, .villageCommittee: 1
  }
}

/// What the company pays each month for the point, and for each payment, in fen.
private func costs(of kind: Point.Kind, town: Bool, using dice: inout Dice) -> (monthly: Int, fee: Int) {
  switch kind {
  case .businessHall: (dice.whole(in: town ? 320...460 : 150...230) * 10_000, 0)
  case .selfService: (dice.whole(in: 45...90) * 1_000, 0)
  case .bank: (0, 50)
  case .postal: (0, 60)
  case .ruralBank: (0, 40)
  case .shop: (dice.whole(in: 3...8) * 1_000, 80)
  case .communityStation: (dice.whole(in: 5...10) * 1_000, 50)
  case .villageCommittee: (dice.whole(in: 3...6) * 1_000, 50)
  }
}

/// The social agents, shops and stations, all opened in 2015, and no other point did.
private func openingDay(of kind: Point.Kind, using dice: inout Dice) -> String {
  let years =
    switch kind {
    case .businessHall: 1998...2010
    case .selfService: 2012...2014
    case .bank, .postal: 2009...2013
    case .ruralBank: 2013...2014
    case .shop, .communityStation: 2015...2015
    case .villageCommittee: 2012...2014
    }
  return date(
    dice.whole(in: years), dice.whole(in: years == 2015...2015 ? 2...9 : 1...12), dice.whole(in: 1...28))
}

/// Closes, suspends and announces a few points: twenty-two of 755.
private func interrupt(_ points: inout [Point], using dice: inout Dice) {
  func some(_ count: Int, _ kind: Point.Kind, _ dice: inout Dice) -> ArraySlice<Int> {
    dice.shuffled(points.indices.filter { points[$0].kind == kind && points[$0].status == .active }).prefix(
      count)
  }
  for i in some(2, .shop, &dice) + some(5, .villageCommittee, &dice) {
    points[i].status = .closed
    points[i].closedOn = date(2015, dice.whole(in: 10...12), dice.whole(in: 1...28))
  }
  for i in some(3, .selfService, &dice) + some(6, .villageCommittee, &dice) { points[i].status = .suspended }
  for i in some(3, .selfService, &dice) + some(3, .villageCommittee, &dice) {
    points[i].status = .planned
    points[i].openedOn = date(2016, dice.whole(in: 3...9), 1)
  }
}
