import Geo

/// Writes a table as GeoJSON (RFC 7946), one feature a line.
struct GeoJSONExport {
  let table: ExportTable
  let positions: PositionWriter
  /// What is said at the top of files made from made-up data; `nil` for real ones.
  let note: String?

  func write(to file: SafeFile) throws(ExportError) {
    try file.write("{\"type\": \"FeatureCollection\"")
    if positions.datum != .wgs84 { try file.write(", \"datum\": \"\(positions.datum.rawValue)\"") }
    if let note { try file.write(", \"note\": \(Self.quoted(note))") }
    if let box = box() {
      let numbers = [box.west, box.south, box.east, box.north].map(PositionWriter.text)
      try file.write(", \"bbox\": [\(numbers.joined(separator: ", "))]")
    }
    try file.write(", \"features\": [")
    let keys = table.columns.map { Self.quoted($0) + ": " }
    for row in 0..<table.count {
      try file.write(row == 0 ? "\n" : ",\n")
      try file.write(feature(row, keys: keys))
    }
    try file.write("\n]}\n")
  }

  private func feature(_ row: Int, keys: [String]) -> String {
    let members = zip(keys, table.values(row)).map { $0 + Self.text($1) }
    return "{\"type\": \"Feature\", \"geometry\": \(geometry(table.shape(row))), "
      + "\"properties\": {\(members.joined(separator: ", "))}}"
  }

  private func geometry(_ shape: ExportTable.Shape) -> String {
    switch shape {
    case .point(let coordinate):
      return "{\"type\": \"Point\", \"coordinates\": \(Self.text(positions.position(coordinate)))}"
    case .area(let polygons):
      let parts = polygons.map { polygon in
        let rings = positions.rings(polygon).map { "[" + $0.map(Self.text).joined(separator: ", ") + "]" }
        return "[" + rings.joined(separator: ", ") + "]"
      }
      // RFC 7946, 3.2: what is nowhere has the geometry null.
      guard let first = parts.first else { return "null" }
      if parts.count == 1 { return "{\"type\": \"Polygon\", \"coordinates\": \(first)}" }
      return "{\"type\": \"MultiPolygon\", \"coordinates\": [\(parts.joined(separator: ", "))]}"
    }
  }

  /// The extent of all rows; `nil` where none is anywhere.
  ///
  /// A county on the 180th meridian has its west greater than its east (RFC 7946, 5.2), so that a map does not show the
  /// whole earth; what is wider than a quarter turn that way stays plain. No shape crosses that meridian itself, for
  /// circles are cut there.
  private func box() -> (west: Int, south: Int, east: Int, north: Int)? {
    var all = (west: Int.max, south: Int.max, east: Int.min, north: Int.min)
    // The least longitude of the eastern hemisphere, and the greatest of the western one.
    var inner = (east: halfTurn, west: -halfTurn)
    for row in 0..<table.count {
      for part in parts(of: table.shape(row)) {
        var west = Int.max
        var east = Int.min
        for position in part {
          west = min(west, position.x)
          east = max(east, position.x)
          all.south = min(all.south, position.y)
          all.north = max(all.north, position.y)
        }
        all.west = min(all.west, west)
        all.east = max(all.east, east)
        if east >= 0 { inner.east = min(inner.east, max(0, west)) }
        if west < 0 { inner.west = max(inner.west, min(0, east)) }
      }
    }
    guard all.west <= all.east else { return nil }
    let across = inner.west - inner.east + 2 * halfTurn
    let isAcross = all.west < 0 && all.east >= 0 && across <= halfTurn / 2
    return isAcross
      ? (inner.east, all.south, inner.west, all.north) : (all.west, all.south, all.east, all.north)
  }

  /// The positions of a point, or of each polygon of an area, which lies on one side of the 180th meridian.
  private func parts(of shape: ExportTable.Shape) -> [[(x: Int, y: Int)]] {
    switch shape {
    case .point(let coordinate): [[positions.position(coordinate)]]
    case .area(let polygons): polygons.map { positions.rings($0).flatMap(\.self) }
    }
  }

  private static func text(_ position: (x: Int, y: Int)) -> String {
    "[\(PositionWriter.text(position.x)), \(PositionWriter.text(position.y))]"
  }

  private static func text(_ value: ExportTable.Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .fen(let value): Money.yuan(fen: value)
    case .text(let value): quoted(value)
    }
  }

  /// A JSON string (RFC 8259, 7).
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { return "\"" + text + "\"" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// 180 degrees, in the ten-millionths that positions are written in.
private let halfTurn = 1_800_000_000
