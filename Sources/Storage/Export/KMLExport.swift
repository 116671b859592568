import Foundation
import Planning
import Words

/// Writes layers as KML 2.2 (OGC 07-147r2): a folder for each layer, a style for each class, a balloon with the facts of each row.
struct KMLExport {
  let layers: [(layer: ExportLayer, table: ExportTable)]
  let positions: PositionWriter
  let note: String?
  let language: Language
  /// Whether the icons travel in the file (KMZ); without, signs are told apart by color alone.
  let hasIcons: Bool
  /// How opening hours are said to people; `nil` for as files write them.
  let hoursInWords: ((OpeningHours) -> Bilingual)?

  func write(_ out: (String) throws(ExportError) -> Void) throws(ExportError) {
    try out(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n"
    )
    try out("<name>\(xmlEscaped(Glossary.promise[language]))</name>\n")
    let frame =
      positions.datum == .wgs84
      ? nil
      : Bilingual(
        en: "Positions are in \(positions.datum.rawValue), not in WGS-84.",
        zh: "坐标系为 \(positions.datum.rawValue),不是 WGS-84。")[language]
    let said = [note, frame].compactMap(\.self).joined(separator: " ")
    if !said.isEmpty { try out("<description>\(xmlEscaped(said))</description>\n") }
    for (layer, _) in layers { try out(styles(of: layer)) }
    for (layer, table) in layers {
      let style = LayerStyle(layer, in: language)
      try out("<Folder>\n<name>\(xmlEscaped(layer.title(in: language)))</name>\n")
      for row in 0..<table.count { try out(placemark(layer, table, row, style)) }
      try out("</Folder>\n")
    }
    try out("</Document>\n</kml>\n")
  }

  /// Writes a KMZ: the document, and the icons it shows.
  ///
  /// - Parameter path: the file's name for people, where `work` is another.
  func pack(at work: String, named path: String) throws(ExportError) {
    let archive = try ZipFile(at: work, named: path)
    try archive.add("doc.kml") { () throws(ExportError) in
      var buffer: [UInt8] = []
      func flush() throws(ExportError) {
        let bytes = buffer
        buffer.removeAll(keepingCapacity: true)
        try archive.write(bytes)
      }
      try self.write { text throws(ExportError) in
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= 1 << 18 { try flush() }
      }
      try flush()
    }
    for (name, png) in SignIcons.base64 {
      guard let bytes = Data(base64Encoded: png) else { continue }
      try archive.add("icons/\(name).png") { () throws(ExportError) in try archive.write([UInt8](bytes)) }
    }
    try archive.close()
  }

  private func styles(of layer: ExportLayer) -> String {
    LayerStyle(layer, in: language).classes.enumerated().map { number, one in
      var xml = "<Style id=\"\(layer.rawValue)-\(number)\">\n"
      if let icon = one.icon {
        // KML tints an icon by its color: one that has its own colors is left white.
        let color =
          hasIcons ? "ffffffff" : Self.color(one.fill == SignColor.white ? "#DDDDDD" : one.fill, alpha: 255)
        let image = hasIcons ? "<Icon><href>icons/\(icon).png</href></Icon>" : ""
        xml +=
          "<IconStyle><color>\(color)</color><scale>\(layer == .places ? 0.5 : 0.8)</scale>\(image)</IconStyle>\n"
        xml +=
          "<LabelStyle><scale>\(layer == .places || layer == .uncovered ? 0.6 : 0.8)</scale></LabelStyle>\n"
      } else {
        xml +=
          "<LineStyle><color>\(Self.color(SignColor.blue, alpha: 160))</color><width>1</width></LineStyle>\n"
        xml += "<PolyStyle><color>\(Self.color(one.fill, alpha: 80))</color></PolyStyle>\n"
      }
      return xml + "</Style>\n"
    }.joined()
  }

  private func placemark(_ layer: ExportLayer, _ table: ExportTable, _ row: Int, _ style: LayerStyle)
    -> String
  {
    let values = table.values(row)
    var xml = "<Placemark>\n"
    if let column = table.columns.firstIndex(of: "name"), case .text(let name) = values[column] {
      xml += "<name>\(xmlEscaped(name))</name>\n"
    } else {
      xml += "<name>\(xmlEscaped(layer.title(in: language))) \(row + 1)</name>\n"
    }
    // Balloons show this; the same facts stand in ExtendedData for programs. What is escaped cannot end the section.
    xml += "<description><![CDATA[<table>"
    for (column, value) in zip(table.columns, values) where column != "name" {
      guard let text = spoken(value, column: column) else { continue }
      let heading = Self.heading(column)[language]
      xml += "<tr><th align=\"left\">\(xmlEscaped(heading))</th><td>\(xmlEscaped(text))</td></tr>"
    }
    xml += "</table>]]></description>\n"
    if let number = style.index(of: values, table.columns) {
      xml += "<styleUrl>#\(layer.rawValue)-\(number)</styleUrl>\n"
    }
    xml += "<ExtendedData>\n"
    for (column, value) in zip(table.columns, values) {
      guard let text = Self.text(value) else { continue }
      xml += "<Data name=\"\(xmlEscaped(column))\"><value>\(xmlEscaped(text))</value></Data>\n"
    }
    return xml + "</ExtendedData>\n\(geometry(table.shape(row)))</Placemark>\n"
  }

  private func geometry(_ shape: ExportTable.Shape) -> String {
    switch shape {
    case .point(let coordinate):
      return "<Point><coordinates>\(text(positions.position(coordinate)))</coordinates></Point>\n"
    case .area(let polygons):
      let parts = polygons.map { polygon in
        positions.rings(polygon).enumerated().map { number, ring in
          let edge = number == 0 ? "outerBoundaryIs" : "innerBoundaryIs"
          let corners = ring.map(text).joined(separator: " ")
          return "<\(edge)><LinearRing><coordinates>\(corners)</coordinates></LinearRing></\(edge)>"
        }.joined()
      }.filter { !$0.isEmpty }.map { "<Polygon>\($0)</Polygon>\n" }
      return parts.count == 1 ? parts[0] : "<MultiGeometry>\n\(parts.joined())</MultiGeometry>\n"
    }
  }

  private func text(_ position: (x: Int, y: Int)) -> String {
    "\(PositionWriter.text(position.x)),\(PositionWriter.text(position.y))"
  }

  /// KML's order is alpha, blue, green, red.
  private static func color(_ color: String, alpha: Int) -> String {
    let (red, green, blue) = colorParts(color)
    return [alpha, blue, green, red].map { part in
      let digits = String(part, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The value for programs; `nil` where there is none.
  private static func text(_ value: ExportTable.Value) -> String? {
    switch value {
    case .null: nil
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .fen(let value): Money.yuan(fen: value)
    case .text(let value): value
    }
  }

  /// What a value is, for people: seconds are told in minutes.
  private static func heading(_ column: String) -> Bilingual {
    switch column {
    case "seconds": Bilingual(en: "Minutes to nearest", zh: "到最近网点（分钟）")
    case "within_seconds": Bilingual(en: "Within (minutes)", zh: "时限（分钟）")
    default: ColumnWord(rawValue: column)?.words ?? Bilingual(en: column, zh: column)
    }
  }

  /// The value for people.
  private func spoken(_ value: ExportTable.Value, column: String) -> String? {
    switch value {
    case .text(let value) where column == "hours":
      hoursInWords.flatMap { say in (try? OpeningHours(parsing: value)).map { say($0)[language] } } ?? value
    case .int(let value) where column == "seconds" || column == "within_seconds":
      Figures.minutes(seconds: value)
    case .bool(let value): Bilingual(en: value ? "yes" : "no", zh: value ? "是" : "否")[language]
    case .double(let value) where column.hasSuffix("_share"): Figures.percent(value)
    case .text(let value): ExportWords.text(value, column: column, in: language)
    default: Self.text(value)
    }
  }
}
