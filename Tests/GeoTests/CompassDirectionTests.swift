import Foundation
import Geo
import TestSupport
import Testing

@Suite("Compass directions")
struct CompassDirectionTests {
  /// The bearing in degrees by the textbook formula, arctangent and all (Snyder 1987, 5-4b).
  private func bearing(_ a: Coordinate<WGS84>, _ b: Coordinate<WGS84>) -> Double {
    let radians = Double.pi / 180
    let turn = (b.longitude - a.longitude) * radians
    let (from, to) = (a.latitude * radians, b.latitude * radians)
    let degrees = atan2(sin(turn) * cos(to), cos(from) * sin(to) - sin(from) * cos(to) * cos(turn)) / radians
    return degrees < 0 ? degrees + 360 : degrees
  }

  @Test("are the nearest of eight to the textbook's bearing, near and far", arguments: 0..<8)
  func judge(seed: Int) {
    var random = SeededGenerator(seed: seed)
    var seen: Set<CompassDirection> = []
    for _ in 0..<2_000 {
      let a = Coordinate.at(
        .random(in: -85...85, using: &random), .random(in: -180...180, using: &random))
      let spread = [0.001, 0.1, 5].randomElement(using: &random)!
      var longitude = a.longitude + .random(in: -spread...spread, using: &random)
      if longitude > 180 { longitude -= 360 }
      if longitude < -180 { longitude += 360 }
      let b = Coordinate.at(a.latitude + .random(in: -spread...spread, using: &random), longitude)
      let eighth = bearing(a, b) / 45
      // Where the textbook's own rounding could decide, it does not judge.
      if abs((eighth - 0.5).rounded() - (eighth - 0.5)) < 1e-6 { continue }
      let expected = CompassDirection(rawValue: UInt8(Int(eighth.rounded()) % 8))
      #expect(a.direction(to: b) == expected, "\(a) \(b)")
      if let expected { seen.insert(expected) }
    }
    #expect(seen.count == 8)
  }

  @Test("of a place to itself is none, and the 180th meridian is no wall")
  func rims() {
    #expect(Coordinate.at(35, 112).direction(to: .at(35, 112)) == nil)
    #expect(Coordinate.at(35, 180).direction(to: .at(35, -180)) == nil)
    #expect(Coordinate.at(0, 179.9).direction(to: .at(0, -179.9)) == .east)
    #expect(Coordinate.at(0, -179.9).direction(to: .at(0.2, 179.9)) == .northwest)
    #expect(Coordinate.at(-90, 0).direction(to: .at(10, 20)) == .north)
    #expect(Coordinate.at(90, 0).direction(to: .at(10, 0)) == .south)
    #expect(Set(CompassDirection.allCases.map(\.name)).count == 8)
  }

  @Test("of nearest neighbors, a meter apart, are as of far ones")
  func short() {
    let home = Coordinate.at(35.09, 112.59)
    #expect(home.direction(to: .at(35.090009, 112.59)) == .north)
    #expect(home.direction(to: .at(35.090009, 112.590011)) == .northeast)
    #expect(home.direction(to: .at(35.09, 112.590011)) == .east)
    #expect(home.direction(to: .at(35.089991, 112.589989)) == .southwest)
  }
}
