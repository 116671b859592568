/// How many people said something.
private let voices = 250

/// One thing people say: what about, how they rate it, in which words, and whom it is about.
private struct Topic: Sendable {
  let category: String
  let ratings: [Int]
  let notes: [String]
  let weight: Double
  /// Whether this place and the point its people use give rise to it.
  let arises: @Sendable (Place, Point, _ walkMinutes: Double) -> Bool
}

private let topics = [
  Topic(
    category: "距离远", ratings: [1, 2, 2, 3],
    notes: ["离家太远,来回要走一个多小时", "组里老人多,走山路去交费不方便", "希望在我们组也设一个交费点", "下雨天路不好走,去不了"],
    weight: 5, arises: { _, _, minutes in minutes > 20 }),
  Topic(
    category: "时间不便", ratings: [1, 2, 3],
    notes: ["下班后已经关门,周末也不开", "门上写的时间和实际不一样", "农忙时没有人"],
    weight: 3, arises: { _, point, _ in point.kind == .villageCommittee }),
  Topic(
    category: "时间不便", ratings: [1, 1, 2],
    notes: ["一周只开几个上午,去了两次都关门", "逢集那天反而不开"],
    weight: 8, arises: { _, point, _ in point.hours.hasSuffix("09:00-11:30") || point.hours.hasPrefix("Tu") }),
  Topic(
    category: "排队久", ratings: [1, 2, 3],
    notes: ["月底排队半个多小时", "只开一个窗口,等得太久", "和办别的业务的人排在一起"],
    weight: 3, arises: { _, point, _ in [.businessHall, .bank, .postal, .ruralBank].contains(point.kind) }),
  Topic(
    category: "设备故障", ratings: [1, 2],
    notes: ["终端不识别纸币", "机器死机,交了费没有凭条", "刷卡机连不上网"],
    weight: 3, arises: { _, point, _ in point.kind == .selfService || point.methods == "cash;card" }),
  Topic(
    category: "零钱不足", ratings: [2, 3],
    notes: ["店里找不开零钱", "备用金用完了,让明天再来"],
    weight: 1.5, arises: { _, point, _ in point.kind == .shop || point.kind == .villageCommittee }),
  Topic(
    category: "多收费", ratings: [1],
    notes: ["要求另收一元手续费", "说要买东西才给代收"],
    weight: 0.6, arises: { _, point, _ in point.kind == .shop }),
  Topic(
    category: "服务态度", ratings: [1, 2],
    notes: ["态度生硬,问什么都不说", "不肯打印凭条"],
    weight: 1.2, arises: { _, _, _ in true }),
  Topic(
    category: "咨询", ratings: [3, 4],
    notes: ["问市民一卡通能不能交电费", "问费控户怎样查余额", "问微信怎样绑定户号"],
    weight: 1.2, arises: { _, _, _ in true }),
  Topic(
    category: "表扬", ratings: [4, 5, 5],
    notes: ["家门口的小超市就能交费,走十几米就到", "店主耐心,帮老人查余额", "营业厅人员主动引导用终端", "交费很快,不到一分钟"],
    weight: 2.5, arises: { _, _, minutes in minutes < 12 }),
]

/// `feedback.synthetic.csv`: complaints, questions and praise of 2015, about points and about missing points.
///
/// - Parameter closing: the dice for the days it took to deal with each: its own, so that what was said stays as it was.
func feedbackFile(
  places: [Place], points: [Point], demand: Demand, using dice: inout Dice, closing: inout Dice
) -> SampleFile {
  var days = (0..<voices).map { _ in date(2015, dice.whole(in: 1...12), dice.whole(in: 1...28)) }
  days.sort()
  let speakers = dice.positions(voices, by: demand.monthlyPayments.map { $0.squareRoot() })
  let rows = speakers.enumerated().map { number, i in
    let choice = demand.choices[i][dice.position(by: demand.choices[i].map(\.share))]
    let minutes = walkMinutes(from: places[i], to: points[choice.point].spot)
    let fitting = topics.filter { $0.arises(places[i], points[choice.point], minutes) }
    let topic = fitting[dice.position(by: fitting.map(\.weight))]
    // Who finds every point too far names none; some do not say where they live.
    let namesPoint = topic.category != "距离远" && dice.happens(0.95)
    let namesPlace = !namesPoint || dice.happens(0.75)
    let month = Int(days[number].dropFirst(5).prefix(2)) ?? 12
    let rating = String(dice.one(of: topic.ratings))
    let isResolved = dice.happens(month < 11 ? 0.9 : 0.45)
    let resolvedOn = closingDay(after: days[number], using: &closing)
    return [
      "F" + padded(number + 1, 3), days[number], namesPoint ? points[choice.point].id : "",
      namesPlace ? places[i].id : "", topic.category, rating,
      isResolved ? "resolved" : "open", isResolved ? resolvedOn : "", dice.one(of: topic.notes),
    ]
  }
  return SampleFile(
    name: "feedback.synthetic.csv",
    header: "feedback_id,date,point_id,place_id,category,rating,status,resolved_on,note",
    rows: rows)
}

/// The day on which something said on `day` of 2015 was dealt with: some five days later, seldom months, never past the year.
/// Empty for one in twelve, where nobody noted it.
private func closingDay(after day: String, using dice: inout Dice) -> String {
  let took = Int((5 * dice.factor(spread: 0.9)).rounded())
  let isNoted = !dice.happens(1.0 / 12)
  let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  guard isNoted, let month = Int(day.dropFirst(5).prefix(2)), let first = Int(day.suffix(2)) else {
    return ""
  }
  var left = min(lengths[..<(month - 1)].reduce(0, +) + first + took, 365)
  for (number, length) in lengths.enumerated() {
    if left <= length { return date(2015, number + 1, left) }
    left -= length
  }
  return ""
}
