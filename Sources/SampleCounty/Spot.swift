/// A position in the county, in millionths of a degree: what the files say, so what everything is judged by.
struct Spot: Hashable {
  let longitudeE6: Int
  let latitudeE6: Int
  /// Meters east of 112.4° E.
  let east: Double
  /// Meters north of 35.1° N.
  let north: Double

  init(longitudeE6: Int, latitudeE6: Int) {
    self.longitudeE6 = longitudeE6
    self.latitudeE6 = latitudeE6
    east = Double(longitudeE6 - 112_400_000) / 1e6 * metersPerDegreeEast
    north = Double(latitudeE6 - 35_100_000) / 1e6 * metersPerDegreeNorth
  }

  /// The spot so many meters from 112.4° E, 35.1° N, rounded to a millionth of a degree (0.1 m).
  init(east: Double, north: Double) {
    self.init(
      longitudeE6: 112_400_000 + Int((east / metersPerDegreeEast * 1e6).rounded()),
      latitudeE6: 35_100_000 + Int((north / metersPerDegreeNorth * 1e6).rounded()))
  }

  /// Degrees east, with six decimals.
  var longitude: String { decimal(longitudeE6, places: 6) }

  /// Degrees north, with six decimals.
  var latitude: String { decimal(latitudeE6, places: 6) }

  /// Meters to `other` on the plane; within 0.3 % of the great circle inside the county.
  func meters(to other: Spot) -> Double {
    let (dx, dy) = (east - other.east, north - other.north)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// The spot so many meters away from this one.
  func moved(east dx: Double, north dy: Double) -> Spot { Spot(east: east + dx, north: north + dy) }
}

/// One degree of latitude on the sphere of radius 6,371,008.8 m.
let metersPerDegreeNorth = 111_195.08

/// One degree of longitude at 35.1° N: the above times cos 35.1° = 0.818150, written out because a cosine's last
/// bit differs between mathematical libraries.
let metersPerDegreeEast = 90_974.25

/// A closed ring of corners, the first not repeated.
typealias Ring = [Spot]

extension Ring {
  /// The enclosed square meters, positive where the ring runs counter-clockwise.
  var signedArea: Double {
    var twice = 0.0
    for (a, b) in zip(self, self[1...] + self[..<1]) { twice += a.east * b.north - b.east * a.north }
    return twice / 2
  }

  /// The ring, turned so that it runs counter-clockwise.
  var counterClockwise: Ring { signedArea < 0 ? reversed() : self }

  /// Whether `spot` lies within, by the even-odd rule, in whole numbers.
  func contains(_ spot: Spot) -> Bool {
    var inside = false
    var a = self[count - 1]
    for b in self {
      if (a.latitudeE6 > spot.latitudeE6) != (b.latitudeE6 > spot.latitudeE6) {
        let cross =
          (b.longitudeE6 - a.longitudeE6) * (spot.latitudeE6 - a.latitudeE6)
          - (spot.longitudeE6 - a.longitudeE6) * (b.latitudeE6 - a.latitudeE6)
        if (cross > 0) == (b.latitudeE6 > a.latitudeE6) { inside.toggle() }
      }
      a = b
    }
    return inside
  }

  /// Meters from `spot` to the nearest of the ring's sides.
  func meters(to spot: Spot) -> Double {
    var least = Double.infinity
    for (a, b) in zip(self, self[1...] + self[..<1]) {
      let (dx, dy) = (b.east - a.east, b.north - a.north)
      let along =
        ((spot.east - a.east) * dx + (spot.north - a.north) * dy) / Swift.max(dx * dx + dy * dy, 1e-9)
      let t = Swift.min(1, Swift.max(0, along))
      let (ex, ey) = (a.east + t * dx - spot.east, a.north + t * dy - spot.north)
      least = Swift.min(least, ex * ex + ey * ey)
    }
    return least.squareRoot()
  }
}
