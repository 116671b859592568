import Foundation
import Geo
import TestSupport
import Testing

struct LocalPlaneTests {
  static let origins = [
    Coordinate.at(35.09, 112.59), .at(0, 0), .at(-33, 179.999), .at(70, -180), .at(90, 20), .at(-90, 0),
    .at(89.999, 10),
  ]

  @Test("Distance from the origin is that of the sphere, and the way back leads home", arguments: origins)
  func wayBack(origin: Coordinate<WGS84>) {
    let plane = LocalPlane(origin: origin)
    var generator = SeededGenerator(seed: 11)
    for reach in [1e-3, 1, 1_000, 100_000, 5_000_000, 19_000_000] {
      for _ in 0..<100 {
        let angle = Double.random(in: 0...(2 * .pi), using: &generator)
        let there = plane.coordinate(eastMeters: reach * cos(angle), northMeters: reach * sin(angle))
        let meters = plane.meters(of: there)
        #expect(abs(meters.east - reach * cos(angle)) < 1e-7 + reach * 1e-12)
        #expect(abs(meters.north - reach * sin(angle)) < 1e-7 + reach * 1e-12)
        #expect(abs(origin.distance(to: there).meters - reach) < 1e-7 + reach * 1e-10)
      }
    }
  }

  @Test("Every place on earth comes back")
  func everywhere() {
    var generator = SeededGenerator(seed: 12)
    for origin in Self.origins {
      let plane = LocalPlane(origin: origin)
      for _ in 0..<200 {
        let there = Coordinate.at(
          .random(in: -89...89, using: &generator), .random(in: -180...180, using: &generator))
        let meters = plane.meters(of: there)
        let back = plane.coordinate(eastMeters: meters.east, northMeters: meters.north)
        #expect(back.distance(to: there).meters < 1e-5)
      }
    }
  }

  @Test("North is up, east is right, also across the 180th meridian")
  func axes() {
    let plane = LocalPlane(origin: .at(0, 179.5))
    let degreeMeters = earthRadiusMeters * .pi / 180
    let across = plane.meters(of: .at(0, -179.5))
    #expect(abs(across.east - degreeMeters) < 1e-6 && abs(across.north) < 1e-6)
    let up = plane.meters(of: .at(1, 179.5))
    #expect(abs(up.east) < 1e-6 && abs(up.north - degreeMeters) < 1e-6)
    #expect(plane.coordinate(eastMeters: degreeMeters, northMeters: 0).longitude < -179.49)
    #expect(plane.meters(of: plane.origin) == (0, 0))
    #expect(plane.coordinate(eastMeters: 0, northMeters: 0) == plane.origin)
  }

  @Test(
    "Lengths are stretched by no more than stated, and never shrunk", arguments: [30_000.0, 100_000, 500_000])
  func stretch(reach: Double) {
    let angle = reach / earthRadiusMeters
    let most = angle / sin(angle)
    var generator = SeededGenerator(seed: 13)
    for origin in Self.origins {
      let plane = LocalPlane(origin: origin)
      for _ in 0..<200 {
        let a = place(within: reach, on: plane, using: &generator)
        let b = place(within: reach, on: plane, using: &generator)
        let (p, q) = (plane.meters(of: a), plane.meters(of: b))
        let flat = ((p.east - q.east) * (p.east - q.east) + (p.north - q.north) * (p.north - q.north))
          .squareRoot()
        let stretch = flat / a.distance(to: b).meters
        #expect(stretch > 1 - 1e-9 && stretch < most + 1e-9)
      }
    }
  }

  @Test("The point opposite the origin is half the circumference away in some direction")
  func opposite() {
    let meters = LocalPlane(origin: .at(0, 0)).meters(of: .at(0, 180))
    let length = (meters.east * meters.east + meters.north * meters.north).squareRoot()
    #expect(abs(length - earthRadiusMeters * .pi) < 1)
    let pole = LocalPlane(origin: .at(90, 0)).meters(of: .at(-90, 0))
    #expect(abs((pole.east * pole.east + pole.north * pole.north).squareRoot() - earthRadiusMeters * .pi) < 1)
  }

  private func place(
    within reach: Double, on plane: LocalPlane, using generator: inout SeededGenerator
  ) -> Coordinate<WGS84> {
    let angle = Double.random(in: 0...(2 * .pi), using: &generator)
    let length = reach * Double.random(in: 0...1, using: &generator).squareRoot()
    return plane.coordinate(eastMeters: length * cos(angle), northMeters: length * sin(angle))
  }
}
