import Geo
import TestSupport
import Testing

struct CoordinateTests {
  @Test("Coordinates off the earth are refused")
  func range() {
    #expect(Coordinate<WGS84>(latitude: 90.0001, longitude: 0) == nil)
    #expect(Coordinate<WGS84>(latitude: 0, longitude: -180.0001) == nil)
    #expect(Coordinate<WGS84>(latitude: .nan, longitude: 0) == nil)
    #expect(Coordinate<WGS84>(latitude: -90, longitude: 180) != nil)
  }

  @Test("A quarter of the way around the earth is a quarter of its circumference")
  func quarter() {
    let quarter = earthRadiusMeters * .pi / 2
    #expect(abs(Coordinate.at(0, 0).distance(to: .at(0, 90)).meters - quarter) < 1e-6)
    #expect(abs(Coordinate.at(0, 45).distance(to: .at(90, 0)).meters - quarter) < 1e-6)
  }

  @Test("The farthest places are half the circumference apart, never NaN")
  func antipodes() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      let a = Coordinate.at(
        .random(in: -90...90, using: &generator), .random(in: -180...180, using: &generator))
      let b = Coordinate.at(-a.latitude, a.longitude > 0 ? a.longitude - 180 : a.longitude + 180)
      #expect(abs(a.distance(to: b).meters - earthRadiusMeters * .pi) < 1)
    }
  }

  @Test("There is no distance between a place and itself, and it is the same both ways")
  func symmetry() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let a = Coordinate.at(
        .random(in: -90...90, using: &generator), .random(in: -180...180, using: &generator))
      let b = Coordinate.at(
        .random(in: -90...90, using: &generator), .random(in: -180...180, using: &generator))
      #expect(a.distance(to: a) == .zero)
      #expect(abs(a.distance(to: b).meters - b.distance(to: a).meters) < 1e-6)
    }
  }
}
