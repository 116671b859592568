/// A place as a point of the unit sphere.
struct UnitVector {
  var x: Double
  var y: Double
  var z: Double

  init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  /// The place at a latitude and longitude in degrees. Each component is right to 7e-16.
  @inline(__always)
  init(latitude: Double, longitude: Double) {
    let (sine, cosine) = sineAndCosine(ofDegrees: SIMD2(latitude, longitude))
    self.init(x: cosine[0] * cosine[1], y: cosine[0] * sine[1], z: sine[0])
  }

  @inline(__always)
  func squaredChord(to other: UnitVector) -> Double {
    let (dx, dy, dz) = (other.x - x, other.y - y, other.z - z)
    return dx * dx + dy * dy + dz * dz
  }

  func dot(_ other: UnitVector) -> Double { x * other.x + y * other.y + z * other.z }

  var length: Double { dot(self).squareRoot() }
}

/// Turns the sphere so that a chosen direction becomes the x axis; y then points east of it and z north.
struct Rotation {
  private let forward: UnitVector
  private let east: UnitVector
  private let north: UnitVector

  /// - Parameter direction: any vector; one too short to have a direction leaves the sphere as it is.
  init(bringingToX direction: UnitVector) {
    let length = direction.length
    guard length > 1e-6 else {
      forward = UnitVector(x: 1, y: 0, z: 0)
      east = UnitVector(x: 0, y: 1, z: 0)
      north = UnitVector(x: 0, y: 0, z: 1)
      return
    }
    let f = UnitVector(x: direction.x / length, y: direction.y / length, z: direction.z / length)
    let across = (f.x * f.x + f.y * f.y).squareRoot()
    // At a pole every direction is east of it; any one will do.
    let e = across > 1e-6 ? UnitVector(x: -f.y / across, y: f.x / across, z: 0) : UnitVector(x: 0, y: 1, z: 0)
    forward = f
    east = e
    north = UnitVector(x: f.y * e.z - f.z * e.y, y: f.z * e.x - f.x * e.z, z: f.x * e.y - f.y * e.x)
  }

  @inline(__always)
  func turned(_ v: UnitVector) -> UnitVector {
    UnitVector(x: forward.dot(v), y: east.dot(v), z: north.dot(v))
  }
}
