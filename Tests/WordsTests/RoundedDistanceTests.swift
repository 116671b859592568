import Testing
import Words

@Suite("Rounded distances")
struct RoundedDistanceTests {
  @Test(
    "are what people can pace, in meters and from a kilometer on in kilometers",
    arguments: [
      (0, 0, "0 米", "0 m"), (4, 0, "0 米", "0 m"), (5, 10, "10 米", "10 m"), (94, 90, "90 米", "90 m"),
      (95, 100, "100 米", "100 m"), (99, 100, "100 米", "100 m"), (100, 100, "100 米", "100 m"),
      (124, 100, "100 米", "100 m"), (125, 150, "150 米", "150 m"), (612, 600, "600 米", "600 m"),
      (974, 950, "950 米", "950 m"), (975, 1_000, "1 公里", "1 km"), (1_049, 1_000, "1 公里", "1 km"),
      (1_050, 1_100, "1.1 公里", "1.1 km"), (9_949, 9_900, "9.9 公里", "9.9 km"),
      (9_950, 10_000, "10 公里", "10 km"), (10_499, 10_000, "10 公里", "10 km"),
      (10_500, 11_000, "11 公里", "11 km"), (1_234_567, 1_235_000, "1,235 公里", "1,235 km"),
    ])
  func steps(meters: Int, rounded: Int, chinese: String, english: String) {
    let distance = RoundedDistance(meters: meters)
    #expect(distance.meters == rounded)
    #expect(distance.words == Bilingual(en: english, zh: chinese))
  }

  @Test("never fall as the way grows, and are never off by more than half a step")
  func monotone() {
    var last = 0
    for meters in 0..<30_000 {
      let rounded = RoundedDistance(meters: meters).meters
      #expect(rounded >= last)
      let step = meters < 100 ? 10 : meters < 1_000 ? 50 : meters < 10_000 ? 100 : 1_000
      #expect(2 * abs(rounded - meters) <= step)
      last = rounded
    }
  }
}
