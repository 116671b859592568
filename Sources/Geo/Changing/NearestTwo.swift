/// The two points nearest to a place, and how far they are.
package struct NearestTwo: Hashable, Sendable, BitwiseCopyable {
  /// How far the nearest is; infinite where there is none.
  package var firstMeters = Double.infinity
  /// How far the second nearest is; infinite where there is none.
  package var secondMeters = Double.infinity
  /// The number of the nearest; -1 where there is none.
  package var first: Int32 = -1
  /// The number of the second nearest; -1 where there is none.
  package var second: Int32 = -1

  /// Nobody.
  package init() {}

  /// Two neighbors known already.
  package init(first: Int32, firstMeters: Double, second: Int32, secondMeters: Double) {
    self.first = first
    self.firstMeters = firstMeters
    self.second = second
    self.secondMeters = secondMeters
  }

  /// Whether `point` is one of the two.
  @inline(__always)
  package func holds(_ point: Int32) -> Bool { first == point || second == point }

  /// Puts `point` where it belongs, if it is among the two nearest; says whether it is.
  ///
  /// - Parameter precedes: decides between points that are equally far.
  @inline(__always)
  package mutating func enter(
    _ point: Int32, at meters: Double, _ precedes: (Int32, Int32) -> Bool
  ) -> Bool {
    guard second < 0 || meters < secondMeters || meters == secondMeters && precedes(point, second) else {
      return false
    }
    if first < 0 || meters < firstMeters || meters == firstMeters && precedes(point, first) {
      (second, secondMeters) = (first, firstMeters)
      (first, firstMeters) = (point, meters)
    } else {
      (second, secondMeters) = (point, meters)
    }
    return true
  }
}

/// Positions that may move, numbered from 0.
package struct PositionTable: Hashable, Sendable {
  private var latitudes: [Double]
  private var longitudes: [Double]

  /// Numbers positions in their order.
  ///
  /// - Precondition: the arrays are equally long, below 2³¹, and hold only values that a `Coordinate` accepts.
  package init(latitudes: [Double], longitudes: [Double]) {
    requireCoordinates(latitudes, longitudes)
    precondition(latitudes.count < Int(Int32.max), "a table holds fewer than 2³¹ positions")
    self.latitudes = latitudes
    self.longitudes = longitudes
  }

  /// How many positions there are.
  package var count: Int { latitudes.count }

  /// The position with a number.
  package subscript(number: Int32) -> Coordinate<WGS84> {
    get {
      guard
        let position = Coordinate<WGS84>(
          latitude: latitudes[Int(number)], longitude: longitudes[Int(number)])
      else { preconditionFailure("a table holds positions on earth only") }
      return position
    }
    set {
      latitudes[Int(number)] = newValue.latitude
      longitudes[Int(number)] = newValue.longitude
    }
  }

  /// Gives the next number to a position.
  package mutating func append(_ position: Coordinate<WGS84>) {
    precondition(count + 1 < Int(Int32.max), "a table holds fewer than 2³¹ positions")
    latitudes.append(position.latitude)
    longitudes.append(position.longitude)
  }

  /// Takes the last number back.
  package mutating func removeLast() {
    latitudes.removeLast()
    longitudes.removeLast()
  }

  @inline(__always)
  func vector(_ number: Int32) -> UnitVector {
    UnitVector(latitude: latitudes[Int(number)], longitude: longitudes[Int(number)])
  }

  /// What `distance(to:)` says.
  @inline(__always)
  func meters(_ number: Int32, from place: Standpoint) -> Double {
    let latitude = latitudes[Int(number)]
    return greatCircleMeters(
      place.latitude, place.longitude, place.cosLatitude, latitude, longitudes[Int(number)],
      cosine(ofDegrees: latitude))
  }

  @inline(__always)
  func standpoint(_ number: Int32) -> Standpoint {
    Standpoint(latitude: latitudes[Int(number)], longitude: longitudes[Int(number)])
  }
}

/// Where distances are measured from.
struct Standpoint {
  let latitude: Double
  let longitude: Double
  let cosLatitude: Double
  let vector: UnitVector

  init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
    cosLatitude = cosine(ofDegrees: latitude)
    vector = UnitVector(latitude: latitude, longitude: longitude)
  }
}

/// The square of a chord that nothing as near as `meters` exceeds.
///
/// A chord is never longer than its arc. Components of unit vectors carry 1.5e-15 and `distance(to:)` a few units in the last
/// place (see Chord.swift), so 1e-12, six micrometers on the ground, is far more than rounding can make of it.
@inline(__always)
func squaredChord(reaching meters: Double) -> Double {
  let chord = meters / earthRadiusMeters + 1e-12
  return chord * chord
}
