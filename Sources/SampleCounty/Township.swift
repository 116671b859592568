/// One of the county's sixteen sub-districts and towns.
struct Township {
  /// The code of the National Bureau of Statistics.
  let code: String
  let name: String
  /// What its area is drawn around. Sites and weights were chosen so that sizes and neighbors look like the
  /// county's; they are no survey.
  let site: Spot
  /// How far its area reaches beyond its neighbors', in square meters (the weight of a power diagram).
  let weight: Double
  /// Where its town is, and the village the town grew around; `nil` for the five sub-districts.
  let seat: (spot: Spot, village: String)?

  /// Whether it is one of the five sub-districts that make up the city.
  var isSubdistrict: Bool { seat == nil }

  private init(
    _ code: String, _ name: String, at site: (Int, Int), weight: Double, seat: (Int, Int, String)? = nil
  ) {
    self.code = code
    self.name = name
    self.site = Spot(longitudeE6: site.0 * 1_000, latitudeE6: site.1 * 1_000)
    self.weight = weight * 1e6
    self.seat = seat.map { (Spot(longitudeE6: $0.0 * 1_000, latitudeE6: $0.1 * 1_000), $0.2) }
  }

  /// All sixteen, in the order of their codes. Positions in thousandths of a degree, weights in square kilometers.
  static let all = [
    Township("419001001", "沁园街道", at: (112_594, 35_062), weight: 18.6),
    Township("419001002", "济水街道", at: (112_596, 35_092), weight: 16.6),
    Township("419001003", "北海街道", at: (112_556, 35_080), weight: -1.5),
    Township("419001004", "天坛街道", at: (112_572, 35_121), weight: 15.4),
    Township("419001005", "玉泉街道", at: (112_636, 35_096), weight: 25.2),
    Township("419001100", "克井镇", at: (112_528, 35_180), weight: 55.8, seat: (112_548, 35_152, "克井")),
    Township("419001101", "五龙口镇", at: (112_692, 35_180), weight: 68.4, seat: (112_690, 35_148, "五龙头")),
    Township("419001102", "轵城镇", at: (112_608, 35_010), weight: 53.3, seat: (112_606, 35_038, "西轵城")),
    Township("419001103", "承留镇", at: (112_442, 35_040), weight: 1.1, seat: (112_496, 35_062, "承留")),
    Township("419001104", "邵原镇", at: (112_126, 35_191), weight: -43.1, seat: (112_128, 35_166, "邵原")),
    Township("419001105", "坡头镇", at: (112_495, 34_945), weight: -1.0, seat: (112_510, 34_944, "坡头")),
    Township("419001106", "梨林镇", at: (112_708, 35_070), weight: 48.0, seat: (112_706, 35_080, "梨林")),
    Township("419001107", "大峪镇", at: (112_335, 34_987), weight: -63.9, seat: (112_362, 34_968, "桥沟")),
    Township("419001108", "思礼镇", at: (112_402, 35_160), weight: -18.7, seat: (112_425, 35_128, "思礼")),
    Township("419001109", "王屋镇", at: (112_267, 35_146), weight: -50.6, seat: (112_274, 35_116, "王屋")),
    Township("419001110", "下冶镇", at: (112_176, 35_040), weight: -123.6, seat: (112_178, 35_044, "下冶")),
  ]

  /// The middle of the city, where shops and banks are densest.
  static let cityCenter = Spot(longitudeE6: 112_592_000, latitudeE6: 35_084_000)
}
