import Foundation
public import Planning
import Travel

/// What a calibration was made from, as one hash.
///
/// Two atlases with the same surveys about places and points at the same positions have the same hash, whatever else is in
/// them; any change of an answer, of a position or of a terrain gives another.
public enum CalibrationInputs {
  /// The SHA-256 in lower-case hexadecimal of the distance surveys in the order of their ids, each with the positions of its
  /// place and point and the terrain of the place.
  ///
  /// A survey is its id, a zero byte, mode and terrain as a byte each, then meters, minutes (NaN where not said), the place's
  /// latitude and longitude and the point's, as IEEE 754 doubles, least byte first.
  ///
  /// - Parameters:
  ///   - surveys: positions of places and points in them are those of `network`.
  ///   - roadsSHA256: that of the saved roads, where minutes along them went into the calibration.
  /// - Complexity: O(*n*).
  public static func sha256(
    of surveys: DistanceSurveyTable, in network: PaymentNetwork, roadsSHA256: String?
  ) -> String {
    let (places, points) = (network.places, network.points)
    let hash = SHA256()
    var bytes = Array("paycircle distance surveys 1\nroads \(roadsSHA256 ?? "-")\n".utf8)
    func add(_ value: Double) {
      // One pattern for every NaN.
      withUnsafeBytes(of: (value.isNaN ? Double.nan : value).bitPattern.littleEndian) {
        bytes.append(contentsOf: $0)
      }
    }
    for row in 0..<surveys.count {
      let (place, point) = (Int(surveys.places[row]), Int(surveys.points[row]))
      surveys.ids.withUTF8(at: row) { bytes.append(contentsOf: $0) }
      bytes += [0, surveys.modes[row].rawValue, places.terrains[place].rawValue]
      add(surveys.meters[row])
      add(surveys.minutes[row])
      add(places.latitudes[place])
      add(places.longitudes[place])
      add(points.latitudes[point])
      add(points.longitudes[point])
      if bytes.count >= 1 << 16 {
        bytes.withUnsafeBytes { hash.update($0) }
        bytes.removeAll(keepingCapacity: true)
      }
    }
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }
}
