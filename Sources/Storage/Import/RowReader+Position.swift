import Geo
import Words

extension RowReader {
  /// The row's position, from its geometry or its two columns, moved to WGS-84.
  func position() throws -> Coordinate<WGS84>? {
    guard try isInAskedDatum() else { return nil }
    if let geometry {
      return try position(
        geometry.longitude, geometry.latitude, quoting: ("\(geometry.longitude)", "\(geometry.latitude)"))
    }
    guard let longitude = try degrees(.longitude, longitudeRange),
      let latitude = try degrees(.latitude, latitudeRange)
    else { return nil }
    return try position(
      longitude, latitude,
      quoting: (self[.longitude].text, self[.latitude].text))
  }

  /// Whether the row's own word on its frame, if it has one, is the frame that was asked for.
  ///
  /// Our own exports in another frame carry such a column, because a map in one frame looks just like one in another.
  private func isInAskedDatum() throws -> Bool {
    let cell = self[.datum]
    guard !cell.isEmpty else { return true }
    let stated = ImportDatum(stated: FieldBytes(rebasing: cell.prefix(100)).text)
    if let stated, stated.agrees(with: datum) { return true }
    try problem(.datum, cell, datum.asAsked)
    return false
  }

  private func degrees(_ column: ImportColumn, _ range: Bilingual) throws -> Double? {
    guard let cell = try required(column, range) else { return nil }
    if let value = cell.decimal { return value }
    try problem(column, cell, range + cell.numberAdvice)
    return nil
  }

  private func position(
    _ longitude: Double, _ latitude: Double, quoting text: @autoclosure () -> (String, String)
  ) throws -> Coordinate<WGS84>? {
    if abs(latitude) <= 90, abs(longitude) <= 180, longitude != 0 || latitude != 0 {
      return datum.wgs84(longitude: longitude, latitude: latitude)
    }
    let (longitudeText, latitudeText) = text()
    if longitude == 0, latitude == 0 {
      try problem(
        "longitude", .quoting("\(longitudeText), \(latitudeText)"),
        Bilingual(
          en: "a position; 0, 0 says that none is known there", zh: "实际位置;0, 0 表示位置未知"))
    } else if abs(latitude) > 90, abs(latitude) <= 180, abs(longitude) <= 90 {
      try problem(
        "latitude", .quoting(latitudeText),
        latitudeRange
          + swappedQuestion)
    } else {
      if abs(longitude) > 180 { try problem("longitude", .quoting(longitudeText), longitudeRange) }
      if abs(latitude) > 90 { try problem("latitude", .quoting(latitudeText), latitudeRange) }
    }
    return nil
  }
}

// MARK: - Areas

extension RowReader {
  /// A polygon from rings of (longitude, latitude) in the file's own frame, each repeating its first position at its
  /// end; `nil`, reported, when they are no polygon.
  func polygon(closedRings rings: [[(longitude: Double, latitude: Double)]]) throws -> Polygon? {
    var moved: [[Coordinate<WGS84>]] = []
    for ring in rings {
      var corners: [Coordinate<WGS84>] = []
      corners.reserveCapacity(ring.count)
      for (longitude, latitude) in ring {
        guard let corner = datum.wgs84(longitude: longitude, latitude: latitude) else {
          let isSwapped = abs(latitude) <= 180 && abs(longitude) <= 90
          try problem(
            "geometry", .quoting("\(longitude), \(latitude)"),
            Bilingual(en: "longitude -180...180, latitude -90...90", zh: "经度 -180...180,纬度 -90...90")
              + (isSwapped ? swappedQuestion : nil))
          return nil
        }
        corners.append(corner)
      }
      moved.append(corners)
    }
    do throws(Polygon.RingDefect) {
      return try Polygon(closedRings: moved).normalized
    } catch {
      switch error.reason {
      case .noRing:
        try problem(
          "geometry", .words(en: "a polygon without a ring", zh: "没有环的多边形"),
          Bilingual(en: "an outer ring", zh: "有外环"))
      case .tooFewPositions(let found):
        try problem(
          "geometry",
          .words(
            en: "ring \(error.ring + 1) has \(found) positions", zh: "第 \(error.ring + 1) 个环有 \(found) 个坐标"),
          Bilingual(en: "at least four", zh: "至少四个"))
      case .notClosed:
        try problem(
          "geometry", .words(en: "ring \(error.ring + 1) is not closed", zh: "第 \(error.ring + 1) 个环没有闭合"),
          Bilingual(en: "a last position that repeats the first", zh: "最后一个坐标与第一个相同"))
      }
      return nil
    }
  }
}

private let longitudeRange = Bilingual(en: "-180...180", zh: " -180...180")
private let latitudeRange = Bilingual(en: "-90...90", zh: " -90...90")
private let swappedQuestion = Bilingual(
  en: "; are longitude and latitude swapped?", zh: ";经度和纬度是否颠倒?")

extension ImportDatum {
  /// The frame a file names, in capitals or not, such as `WGS-84`; `nil` when it is none of these.
  init?(stated name: String) {
    self.init(rawValue: name.lowercased().filter { $0 != "-" && $0 != " " && $0 != "_" })
  }

  /// Whether numbers in this frame may be read as if they were in `other`.
  func agrees(with other: ImportDatum) -> Bool { self == other || (isWGS84 && other.isWGS84) }

  /// What is expected of a file that names its frame.
  var asAsked: Bilingual {
    Bilingual(
      en: "the frame that was asked for, \(rawValue) (--datum says which)",
      zh: "所要求的坐标系 \(rawValue)(由 --datum 指定)")
  }

  /// The same place on WGS-84, or `nil` when the values are not on the earth.
  func wgs84(longitude: Double, latitude: Double) -> Coordinate<WGS84>? {
    switch self {
    case .wgs84, .cgcs2000: Coordinate<WGS84>(latitude: latitude, longitude: longitude)
    case .gcj02: Coordinate<GCJ02>(latitude: latitude, longitude: longitude)?.wgs84
    case .bd09: Coordinate<BD09>(latitude: latitude, longitude: longitude)?.wgs84
    }
  }
}
