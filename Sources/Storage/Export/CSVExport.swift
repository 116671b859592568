import Geo

/// Writes a table as CSV for spreadsheet programs: UTF-8 with a byte order mark, lines ended by CR LF, RFC 4180.
struct CSVExport {
  let table: ExportTable
  let positions: PositionWriter
  let note: String?
  let hasPolygons: Bool

  func write(to file: SafeFile) throws(ExportError) {
    var header = table.columns + (hasPolygons ? ["wkt"] : ["longitude", "latitude"])
    if positions.datum != .wgs84 { header.append("datum") }
    if note != nil { header.append("note") }
    try file.write("\u{FEFF}" + header.joined(separator: ",") + "\r\n")
    for row in 0..<table.count {
      var cells = table.values(row).map(Self.cell)
      switch table.shape(row) {
      case .point(let coordinate):
        let position = positions.position(coordinate)
        cells += [PositionWriter.text(position.x), PositionWriter.text(position.y)]
      case .area(let polygons): cells.append(polygons.isEmpty ? "" : "\"" + wellKnownText(polygons) + "\"")
      }
      if positions.datum != .wgs84 { cells.append(positions.datum.rawValue) }
      if let note { cells.append(CSVCell.quoted(note)) }
      try file.write(cells.joined(separator: ",") + "\r\n")
    }
  }

  private func wellKnownText(_ polygons: [Polygon]) -> String {
    let parts = polygons.map { polygon in
      let rings = positions.rings(polygon).map { ring in
        "("
          + ring.map { "\(PositionWriter.text($0.x)) \(PositionWriter.text($0.y))" }.joined(separator: ", ")
          + ")"
      }
      return "(" + rings.joined(separator: ", ") + ")"
    }
    return parts.count == 1
      ? "POLYGON " + parts[0] : "MULTIPOLYGON (" + parts.joined(separator: ", ") + ")"
  }

  private static func cell(_ value: ExportTable.Value) -> String {
    switch value {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .fen(let value): Money.yuan(fen: value)
    case .text(let value): CSVCell.quoted(value)
    }
  }
}

/// A cell of text in a CSV file.
public enum CSVCell {
  private static let formulaStarts = Set("=+-@\t\r".unicodeScalars)

  /// `cell` without the apostrophe that `quoted` put before it, or a spreadsheet program for the same reason.
  static func withoutGuard(_ cell: FieldBytes) -> FieldBytes {
    let apostrophe = UInt8(ascii: "'")
    guard cell.first == apostrophe, let start = cell.first(where: { $0 != apostrophe }),
      formulaStarts.contains(Unicode.Scalar(start))
    else { return cell }
    return FieldBytes(rebasing: cell.dropFirst())
  }

  /// The text, in quotation marks where RFC 4180 wants them, and with an apostrophe before what a spreadsheet program
  /// would run as a formula: a start with `=`, `+`, `-`, `@`, tab or carriage return (OWASP, "CSV Injection").
  ///
  /// The import takes that apostrophe away. So that it takes no other, a text that already has one there gets a second.
  public static func quoted(_ text: String) -> String {
    var text = text
    if let first = text.unicodeScalars.first(where: { $0 != "'" }), formulaStarts.contains(first) {
      text = "'" + text
    }
    guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return text }
    // By scalars: to Swift a quotation mark with an accent over it is another character.
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      quoted.append(scalar)
      if scalar == "\"" { quoted.append(scalar) }
    }
    quoted.append("\"")
    return String(quoted)
  }
}
