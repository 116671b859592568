import Foundation
import Geo

/// Places positions on a sheet 1,000 units wide: longitude and latitude as x and y, longitudes shortened by the
/// cosine of the middle latitude (plate carrée with one true parallel; Snyder 1987, USGS Paper 1395, p. 90).
///
/// Across a county of 100 km in middle latitudes the scale varies by about 1 %. Sheet positions are whole tenths
/// of a unit, so that the drawing is compact and its bytes do not hang on the last bit of a cosine.
struct MapProjection {
  /// The width of the sheet, in units.
  static let width = 1_000

  /// The height of the sheet, in units.
  let height: Int
  /// How many meters on the ground a unit stands for.
  let metersPerUnit: Double

  private let middleLatitude: Double
  private let middleLongitude: Double
  private let cosine: Double

  private static let metersPerDegree = earthRadiusMeters * .pi / 180

  /// A sheet that shows all of `extent` with a margin, between 400 and 1,050 units high.
  ///
  /// Less than a kilometer is widened to one: a single place still has a neighborhood.
  init(showing extent: MapExtent) {
    let (west, east) = extent.longitudes
    middleLatitude = extent.isEmpty ? 0 : (extent.south + extent.north) / 2
    middleLongitude = (west + east) / 2
    // At a pole a degree of longitude has no length; a hundredth keeps the arithmetic finite.
    cosine = max(0.01, cos(middleLatitude * .pi / 180))
    let wide = max(1_000, (east - west) * cosine * Self.metersPerDegree)
    let high = max(1_000, extent.isEmpty ? 0 : (extent.north - extent.south) * Self.metersPerDegree)
    metersPerUnit = max(wide / Double(Self.width - 60), high / 990)
    height = max(400, Int((high / metersPerUnit).rounded(.up)) + 60)
  }

  /// A sheet `height` units high that shows `whole` `zoom` times larger around the sheet position `center`.
  init(_ whole: MapProjection, center: SheetPosition, zoom: Int, height: Int) {
    self.height = height
    metersPerUnit = whole.metersPerUnit / Double(zoom)
    cosine = whole.cosine
    let eastward = Double(center.x) / 10 - Double(Self.width) / 2
    let southward = Double(center.y) / 10 - Double(whole.height) / 2
    middleLongitude =
      whole.middleLongitude + eastward * whole.metersPerUnit / Self.metersPerDegree / whole.cosine
    middleLatitude = whole.middleLatitude - southward * whole.metersPerUnit / Self.metersPerDegree
  }

  /// A sheet `height` units high that shows all of `extent` with a margin of `margin` units; at least 400 m are shown.
  init(showing extent: MapExtent, height: Int, margin: Int) {
    let (west, east) = extent.longitudes
    self.height = height
    middleLatitude = extent.isEmpty ? 0 : (extent.south + extent.north) / 2
    middleLongitude = (west + east) / 2
    cosine = max(0.01, cos(middleLatitude * .pi / 180))
    let wide = max(400, (east - west) * cosine * Self.metersPerDegree)
    let high = max(400, extent.isEmpty ? 0 : (extent.north - extent.south) * Self.metersPerDegree)
    metersPerUnit = max(
      wide / Double(max(100, Self.width - 2 * margin)), high / Double(max(100, height - 2 * margin)))
  }

  /// What the sheet shows of the earth, in degrees; its longitudes may pass 180.
  var ground: MapExtent.Plain {
    let up = Double(height) / 2 * metersPerUnit / Self.metersPerDegree
    let across = Double(Self.width) / 2 * metersPerUnit / Self.metersPerDegree / cosine
    return MapExtent.Plain(
      south: max(-90, middleLatitude - up), north: min(90, middleLatitude + up),
      west: middleLongitude - across, east: middleLongitude + across)
  }

  /// Where a position falls on the sheet, or beside it.
  func position(latitude: Double, longitude: Double) -> SheetPosition {
    let eastward = (longitude - middleLongitude).remainder(dividingBy: 360) * cosine
    let perTenth = Self.metersPerDegree / metersPerUnit * 10
    return SheetPosition(
      x: Self.width * 5 + Int((eastward * perTenth).rounded()),
      y: height * 5 - Int(((latitude - middleLatitude) * perTenth).rounded()))
  }

  /// Whether a sheet position lies on the sheet; the edge counts.
  func shows(_ position: SheetPosition) -> Bool {
    (0...Self.width * 10).contains(position.x) && (0...height * 10).contains(position.y)
  }
}

/// A position on a sheet, in whole tenths of a unit: right and down from the upper left corner.
struct SheetPosition: Hashable, Sendable {
  var x: Int
  var y: Int
}
