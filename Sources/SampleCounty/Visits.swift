/// `visits.synthetic.csv`: whether somebody was at the points of few hours when inspectors came at a published time, under
/// Chinese headers.
///
/// Four in five of these points are visited once a month, the others too seldom to judge. Seven in ten keep their times but for
/// one in forty; the rest miss one in four.
func visitsFile(points: [Point], using dice: inout Dice) -> SampleFile {
  var rows: [[String]] = []
  for point in points where point.status == .active && open[point.hours] != nil {
    let months = dice.happens(0.8) ? Array(1...12) : [2, 5, 8, 11]
    let absent = dice.happens(0.7) ? 0.025 : 0.25
    for month in months where date(2015, month, 1) >= point.openedOn {
      let days = (1...28).filter { open[point.hours]!.contains(weekday(month, $0)) }
      rows.append([
        "X" + padded(rows.count + 1, 4), point.id, date(2015, month, dice.one(of: days)),
        dice.happens(absent) ? "否" : "是",
      ])
    }
  }
  return SampleFile(name: "visits.synthetic.csv", header: "visit_id,网点编码,巡查日期,在岗", rows: rows)
}

/// The published times that are fewer than four hours on five days a week, with their days: 0 is Monday.
private let open = ["Mo,We,Fr 09:00-11:30": [0, 2, 4], "Tu,Th 09:00-11:30; Sa 08:30-10:30": [1, 3, 5]]

/// The day of the week in 2015, whose first day was a Thursday.
private func weekday(_ month: Int, _ day: Int) -> Int {
  let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
  return (before[month - 1] + day - 1 + 3) % 7
}
