import Geo
import Words

/// What a bounding box is made of.
let fourOrSixNumbers = Bilingual(en: "four or six numbers", zh: "四个或六个数字")

/// The names under which longitude and latitude on WGS-84 or CGCS2000 go in the `crs` member of 2008.
let geographicNames: Set<String> = [
  "URN:OGC:DEF:CRS:OGC:1.3:CRS84", "URN:OGC:DEF:CRS:OGC::CRS84", "OGC:CRS84", "EPSG:4326", "EPSG:4490",
  "URN:OGC:DEF:CRS:EPSG::4326", "URN:OGC:DEF:CRS:EPSG::4490",
]

/// Whether a value is a bounding box (RFC 7946, 5).
func isBox(_ node: JSONNode) -> Bool {
  guard let values = node.array else { return false }
  return (values.count == 4 || values.count == 6) && values.allSatisfy { $0.double != nil }
}

extension ImportDatum {
  /// Whether its positions are taken as they are.
  var isWGS84: Bool { self == .wgs84 || self == .cgcs2000 }
}

extension RowReader {
  /// Takes the feature's geometry, or reports what is wrong with it.
  func takeGeometry(_ node: JSONNode?) throws -> Bool {
    let expected =
      kind == .boundaries
      ? Bilingual(en: "a Polygon or MultiPolygon", zh: " Polygon 或 MultiPolygon")
      : Bilingual(en: "a Point", zh: " Point")
    guard let node, case .object(let members) = node.value else {
      try problem("geometry", .quoting(node?.summary ?? ""), expected)
      return false
    }
    for name in members.map(\.name) where ["geometry", "properties", "features"].contains(name) {
      try problem(name, .quoting("{...}"), Bilingual(en: "no such member in a geometry", zh: "几何对象中没有该成员"))
      return false
    }
    if let box = node["bbox"], !isBox(box) {
      try problem("bbox", .quoting(box.summary), fourOrSixNumbers)
      return false
    }
    let coordinates = node["coordinates"]
    switch (node["type"]?.string, kind) {
    case ("Point", let kind) where kind != .boundaries:
      guard let coordinates, let place = try jsonPosition(coordinates) else {
        if !hasProblem { try problem("coordinates", .quoting(""), aPosition) }
        return false
      }
      geometry = place
    case ("Polygon", .boundaries):
      guard let polygon = try jsonPolygon(coordinates) else { return false }
      polygons = [polygon]
    case ("MultiPolygon", .boundaries):
      guard let parts = coordinates?.array, !parts.isEmpty else {
        try problem(
          "coordinates", .quoting(coordinates?.summary ?? ""), Bilingual(en: "polygons", zh: "多边形列表"))
        return false
      }
      for part in parts {
        guard let polygon = try jsonPolygon(part) else { return false }
        polygons.append(polygon)
      }
    default:
      try problem("geometry", .quoting(node["type"]?.summary ?? ""), expected)
      return false
    }
    return true
  }

  private func jsonPosition(_ node: JSONNode) throws -> (longitude: Double, latitude: Double)? {
    guard let values = node.array, values.count == 2 || values.count == 3, let longitude = values[0].double,
      let latitude = values[1].double, values.count == 2 || values[2].double != nil
    else {
      let text = node.array.map { "[" + $0.prefix(5).map(\.summary).joined(separator: ", ") + "]" }
      try problem("coordinates", .quoting(text ?? node.summary), aPosition)
      return nil
    }
    return (longitude, latitude)
  }

  private func jsonPolygon(_ node: JSONNode?) throws -> Polygon? {
    guard let rings = node?.array else {
      try problem("coordinates", .quoting(node?.summary ?? ""), Bilingual(en: "a list of rings", zh: "环的列表"))
      return nil
    }
    var closedRings: [[(longitude: Double, latitude: Double)]] = []
    for ring in rings {
      guard let positions = ring.array else {
        try problem(
          "coordinates", .quoting(ring.summary), Bilingual(en: "a ring of positions", zh: "由坐标组成的环"))
        return nil
      }
      var corners: [(longitude: Double, latitude: Double)] = []
      for position in positions {
        guard let corner = try jsonPosition(position) else { return nil }
        corners.append(corner)
      }
      closedRings.append(corners)
    }
    return try polygon(closedRings: closedRings)
  }
}

private let aPosition = Bilingual(
  en: "longitude, latitude and perhaps a height", zh: "经度、纬度(可有高程)")
