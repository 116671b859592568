public import Geo

extension Coordinate where Frame == WGS84 {
  /// A coordinate typed into a test; traps on numbers that are off the earth.
  public static func at(_ latitude: Double, _ longitude: Double) -> Self {
    Self(latitude: latitude, longitude: longitude)!
  }
}
