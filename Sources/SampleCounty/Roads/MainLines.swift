/// A main road of the county: where it starts and ends, and what it is called.
struct MainLine {
  let name: String
  let ref: String
  let isPrimary: Bool
  let from: Spot
  let to: Spot
}

/// The county's main roads. That these towns are joined by roads is real; names, numbers and courses are made up.
let mainLines: [MainLine] = {
  func seat(_ name: String) -> Spot {
    Township.all.first { $0.name.hasPrefix(name) }?.seat?.spot ?? Township.cityCenter
  }
  func gate(_ longitude: Int, _ latitude: Int) -> Spot {
    Spot(longitudeE6: longitude * 1_000, latitudeE6: latitude * 1_000)
  }
  func line(_ name: String, _ ref: String, _ primary: Bool, _ from: Spot, _ to: Spot) -> MainLine {
    MainLine(name: name, ref: ref, isPrimary: primary, from: from, to: to)
  }
  let city = Township.cityCenter
  return [
    line("济沁公路", "G990", true, city, seat("梨林")),
    line("济沁公路", "G990", true, seat("梨林"), gate(112_745, 35_070)),
    line("济邵公路", "G990", true, city, seat("承留")), line("济邵公路", "G990", true, seat("承留"), seat("王屋")),
    line("济邵公路", "G990", true, seat("王屋"), seat("邵原")),
    line("济邵公路", "G990", true, seat("邵原"), gate(112_055, 35_180)),
    line("济阳公路", "G991", true, city, seat("克井")),
    line("济阳公路", "G991", true, seat("克井"), gate(112_545, 35_214)),
    line("济洛公路", "G991", true, city, seat("轵城")), line("济洛公路", "G991", true, seat("轵城"), seat("坡头")),
    line("济洛公路", "G991", true, seat("坡头"), gate(112_520, 34_900)),
    line("五龙口路", "S980", false, city, seat("五龙口")),
    line("五龙口路", "S980", false, seat("五龙口"), gate(112_745, 35_195)),
    line("思礼路", "S981", false, city, seat("思礼")), line("王屋山路", "S981", false, seat("思礼"), seat("王屋")),
    line("克五路", "S982", false, seat("克井"), seat("五龙口")), line("五梨路", "S982", false, seat("五龙口"), seat("梨林")),
    line("梨轵路", "S982", false, seat("梨林"), seat("轵城")),
    line("轵孟路", "S983", false, seat("轵城"), gate(112_690, 35_020)),
    line("承坡路", "S984", false, seat("承留"), seat("坡头")), line("坡大路", "S985", false, seat("坡头"), seat("大峪")),
    line("承大路", "S986", false, seat("承留"), seat("大峪")), line("大冶路", "S985", false, seat("大峪"), seat("下冶")),
    line("冶邵路", "S987", false, seat("下冶"), seat("邵原")), line("王冶路", "S988", false, seat("王屋"), seat("下冶")),
    line("思克路", "S982", false, seat("思礼"), seat("克井")), line("承思路", "S984", false, seat("承留"), seat("思礼")),
  ]
}()

/// The straight way from `from` to `to`, bent in the middle again and again until no piece is longer than `step`.
///
/// - Parameters:
///   - bend: how far the middle of a piece moves, as a share of its length (one standard deviation).
func bentLine(
  from: Spot, to: Spot, step: Double, using dice: inout Dice, bend: (Spot, Double) -> Double
) -> [Spot] {
  let length = from.meters(to: to)
  guard length > step else { return [from, to] }
  let middle = displacedMiddle(
    of: from, and: to, by: bend(displacedMiddle(of: from, and: to, by: 0), length) * dice.bell())
  let first = bentLine(from: from, to: middle, step: step, using: &dice, bend: bend)
  return first + bentLine(from: middle, to: to, step: step, using: &dice, bend: bend).dropFirst()
}

/// The rivers' courses: three pieces of the real pattern (the Qin out of the mountains in the northeast, the Mang
/// with its northern arm through the city), drawn and not surveyed.
func riverCourses(using dice: inout Dice) -> [(name: String, course: [Spot])] {
  let sketches: [(String, [(Int, Int)])] = [
    (
      "沁河",
      [
        (112_618, 35_262), (112_652, 35_222), (112_672, 35_180), (112_706, 35_160), (112_722, 35_130),
        (112_752, 35_108),
      ]
    ),
    (
      "蟒河",
      [
        (112_300, 35_205), (112_352, 35_168), (112_410, 35_142), (112_470, 35_112), (112_545, 35_098),
        (112_600, 35_096),
        (112_660, 35_078), (112_744, 35_058),
      ]
    ),
    (
      "大店河",
      [
        (112_330, 35_070), (112_400, 35_052), (112_470, 35_050), (112_540, 35_036), (112_590, 35_020),
        (112_660, 34_992),
      ]
    ),
    ("逢石河", [(112_230, 35_200), (112_215, 35_150), (112_225, 35_090), (112_240, 35_030), (112_250, 34_960)]),
  ]
  return sketches.map { name, corners in
    let spots = corners.map { Spot(longitudeE6: $0.0 * 1_000, latitudeE6: $0.1 * 1_000) }
    var course = [spots[0]]
    for (a, b) in zip(spots, spots.dropFirst()) {
      course += bentLine(from: a, to: b, step: 160, using: &dice) { _, _ in 0.10 }.dropFirst()
    }
    return (name, course)
  }
}
