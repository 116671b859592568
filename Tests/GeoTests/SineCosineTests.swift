import Foundation
import TestSupport
import Testing

@testable import Geo

struct SineCosineTests {
  @Test("Sines and cosines are the library's, to its last digits", arguments: 0..<4)
  func sinesAndCosines(seed: Int) {
    var generator = SeededGenerator(seed: seed)
    let corners = stride(from: -180.0, through: 180, by: 45).flatMap { [$0, $0.nextUp, $0.nextDown] }
      .filter { abs($0) <= 180 }
    let angles = corners + (0..<4_000).map { _ in Double.random(in: -180...180, using: &generator) }
    for angle in angles {
      let (sine, cosine) = sineAndCosine(ofDegrees: SIMD2(angle, -angle))
      // The library's angle is rounded to 4e-16 radians before it starts.
      let radians = angle * .pi / 180
      #expect(abs(sine[0] - sin(radians)) < 7e-16, "sine of \(angle)°")
      #expect(abs(cosine[0] - cos(radians)) < 7e-16, "cosine of \(angle)°")
      #expect(sine[1] == -sine[0] && cosine[1] == cosine[0], "\(angle)° and its opposite")
      #expect(Geo.cosine(ofDegrees: angle) == cosine[0])
    }
  }

  @Test("Right angles are exact")
  func rightAngles() {
    let quarters: [(Double, Double, Double)] = [
      (0, 0, 1), (90, 1, 0), (180, 0, -1), (-90, -1, 0), (-180, 0, -1),
    ]
    for (angle, sine, cosine) in quarters {
      let found = sineAndCosine(ofDegrees: SIMD2(angle, angle))
      #expect(found.sine == SIMD2(sine, sine) && found.cosine == SIMD2(cosine, cosine), "\(angle)°")
    }
  }

  @Test("Distances are the haversine formula's by the library, short and long", arguments: 0..<4)
  func distances(seed: Int) {
    var generator = SeededGenerator(seed: seed)
    for power in -7...2 {
      for _ in 0..<100 {
        let latitude = Double.random(in: -89...89, using: &generator)
        let longitude = Double.random(in: -179...179, using: &generator)
        let step = pow(10, Double(power))
        let other = Coordinate<WGS84>.at(
          min(90, max(-90, latitude + .random(in: -step...step, using: &generator))),
          min(180, max(-180, longitude + .random(in: -step...step, using: &generator))))
        let place = Coordinate<WGS84>.at(latitude, longitude)
        let halfNorth = sin((other.latitude - latitude) * .pi / 360)
        let halfEast = sin((other.longitude - longitude) * .pi / 360)
        let h =
          halfNorth * halfNorth
          + cos(latitude * .pi / 180) * cos(other.latitude * .pi / 180) * halfEast * halfEast
        let expected = 2 * earthRadiusMeters * asin(min(1, h.squareRoot()))
        let found = place.distance(to: other).meters
        #expect(abs(found - expected) <= 1e-9 + 1e-14 * expected, "\(place) to \(other)")
      }
    }
  }
}
