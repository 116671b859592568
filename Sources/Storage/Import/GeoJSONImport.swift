import Words

/// Reads a GeoJSON FeatureCollection (RFC 7946): points with the columns as properties, or areas with a name.
///
/// Features are read one by one, so a collection of any size needs the memory of its largest feature. What makes the
/// whole file unusable may stand behind the features; it is thrown then, after their rows were handed on.
func readGeoJSON(
  _ reader: RowReader, _ source: SourceFile, row: (ImportRow, _ line: Int) throws -> Void
) throws -> ImportReading {
  try reader.requireGeometry(in: .geoJSON)
  var collection = try GeoJSONCollection(reader, source)
  return try collection.read(row)
}

private struct GeoJSONCollection {
  private let reader: RowReader
  private let json: JSONReader
  private let stream: TextStream
  private var reading: ImportReading
  private var properties: PropertyColumns
  private var members: Set<String> = []
  private var featureBytes: [UInt8] = []

  init(_ reader: RowReader, _ source: SourceFile) throws {
    self.reader = reader
    stream = try TextStream(source)
    json = JSONReader(stream)
    reading = ImportReading(
      format: .geoJSON, rowsRead: 0, rowsRefused: 0, ignoredColumns: [], sha256: source.sha256)
    properties = PropertyColumns(reader.columns)
  }

  mutating func read(_ row: (ImportRow, _ line: Int) throws -> Void) throws -> ImportReading {
    guard try json.peek() == UInt8(ascii: "{") else {
      throw refused(.words(en: "this JSON is a list", zh: "这个 JSON 是列表"), aCollection)
    }
    try json.members { name in
      members.insert(name)
      if name == "features", try json.peek() == UInt8(ascii: "[") {
        try json.elements { try feature(json.value(), row) }
      } else {
        try member(name, json.value())
      }
    }
    try json.finish()
    guard members.contains("type") else {
      throw refused(.words(en: "the object has no type", zh: "该对象没有 type 成员"), aCollection)
    }
    guard members.contains("features") else {
      throw refused(.words(en: "the collection has no features", zh: "该集合没有 features 成员"), aCollection)
    }
    reading.ignoredColumns = properties.ignored
    return reading
  }

  // MARK: - The collection

  private let aCollection = Bilingual(
    en: "a FeatureCollection with a list of features", zh: "含有 features 列表的 FeatureCollection")

  private func refused(_ found: ImportProblem.Found, _ expected: Bilingual, line: Int = 1) -> ImportError {
    .refused(ImportProblem(file: reader.file, line: line, found: found, expected: expected))
  }

  private func member(_ name: String, _ node: JSONNode) throws {
    func refuse(_ expected: Bilingual, _ found: String) -> ImportError {
      .refused(
        ImportProblem(
          file: reader.file, line: node.line, column: name, found: .quoting(found), expected: expected))
    }
    switch name {
    case "type":
      guard node.string == "FeatureCollection" else { throw refuse(aCollection, node.summary) }
    case "features": throw refuse(aCollection, node.summary)
    case "coordinates", "geometries", "geometry", "properties":
      // RFC 7946, 7.1.
      throw refuse(
        Bilingual(en: "no such member in a FeatureCollection", zh: "FeatureCollection 中没有该成员"), node.summary)
    case "bbox":
      guard isBox(node) else { throw refuse(fourOrSixNumbers, node.summary) }
    case "crs":
      let crs = node["properties"]?["name"]?.string
      guard let crs, geographicNames.contains(crs.uppercased()) else {
        throw refuse(
          Bilingual(
            en: "longitude and latitude on WGS-84 (EPSG:4326) or CGCS2000 (EPSG:4490)",
            zh: " WGS-84(EPSG:4326)或 CGCS2000(EPSG:4490)的经纬度"), crs ?? node.summary)
      }
    case "datum":
      // Written by our own export, because a map in another frame looks just like one in this.
      guard let datum = node.string.flatMap(ImportDatum.init(stated:)), datum.agrees(with: reader.datum)
      else {
        throw refuse(reader.datum.asAsked, node.summary)
      }
    default: break
    }
  }

  // MARK: - Features

  private mutating func feature(_ node: JSONNode, _ row: (ImportRow, _ line: Int) throws -> Void) throws {
    reading.rowsRead += 1
    reader.begin(line: node.line)
    if try isFeature(node), try takeProperties(node["properties"]), try reader.takeGeometry(node["geometry"])
    {
      // The cells point into these bytes.
      let value = try featureBytes.withUnsafeBufferPointer { bytes in
        properties.setCells(of: reader, from: bytes)
        return try reader.row()
      }
      if let value {
        try row(value, node.line)
        return
      }
    }
    reading.rowsRefused += 1
  }

  private func isFeature(_ node: JSONNode) throws -> Bool {
    let aFeature = Bilingual(en: "a Feature", zh: "一个 Feature")
    guard case .object(let members) = node.value else {
      try reader.problem(nil, .quoting(node.summary), aFeature)
      return false
    }
    guard node["type"]?.string == "Feature" else {
      try reader.problem("type", .quoting(node["type"]?.summary ?? ""), aFeature)
      return false
    }
    for name in members.map(\.name) where ["coordinates", "geometries", "features"].contains(name) {
      try reader.problem(
        name, .quoting("{...}"), Bilingual(en: "no such member in a Feature", zh: "Feature 中没有该成员"))
    }
    switch node["id"]?.value {
    case nil, .string, .number: break
    default:
      try reader.problem(
        "id", .quoting(node["id"]?.summary ?? ""), Bilingual(en: "a text or a number", zh: "文字或数字"))
    }
    if let box = node["bbox"], !isBox(box) {
      try reader.problem("bbox", .quoting(box.summary), fourOrSixNumbers)
    }
    return !reader.hasProblem
  }

  /// Lays the properties that are columns out as bytes.
  private mutating func takeProperties(_ node: JSONNode?) throws -> Bool {
    featureBytes.removeAll(keepingCapacity: true)
    properties.beginRow()
    let values: [(name: String, node: JSONNode)]
    switch node?.value {
    case .object(let members): values = members
    case .null: values = []
    default:
      try reader.problem(
        "properties", .quoting(node?.summary ?? ""), Bilingual(en: "an object or null", zh: "对象或 null"))
      return false
    }
    for (name, value) in values {
      guard let column = properties.column(for: name) else { continue }
      let start = featureBytes.count
      switch value.value {
      case .null: break
      case .string(let text), .number(let text): featureBytes.append(contentsOf: text.utf8)
      case .bool, .array, .object:
        try reader.problem(
          column.name, .quoting(value.summary), Bilingual(en: "a text or a number", zh: "文字或数字"))
      }
      guard properties.note(column, start..<featureBytes.count) else {
        try reader.problem(column.name, .quoting(name), Bilingual(en: "this column once", zh: "该列只出现一次"))
        continue
      }
    }
    for column in properties.missing {
      let names = values.map(\.name).joined(separator: ", ")
      try reader.problem(
        column.name, .quoting(names, limit: 200),
        Bilingual(en: "a property \(column.name)", zh: "含有属性 \(column.name)"))
    }
    return !reader.hasProblem
  }
}

/// Which properties are columns.
private struct PropertyColumns {
  /// The properties that mean nothing here, in the order they were met; at most 1,000.
  private(set) var ignored: [String] = []
  private let columns: ImportColumns
  /// What has been looked up before: a property has the same name in a million features.
  private var known: [String: ImportColumn?] = [:]
  private var ranges: [(column: ImportColumn, range: Range<Int>)] = []

  init(_ columns: ImportColumns) { self.columns = columns }

  mutating func beginRow() { ranges.removeAll(keepingCapacity: true) }

  mutating func column(for name: String) -> ImportColumn? {
    if let column = known[name] { return column }
    let column = columns.column(for: name.trimmingBlanks)
    // The geometry says where, whatever the properties repeat.
    let result = column == .longitude || column == .latitude ? nil : column
    guard known.count < 1_000 else { return result }
    known[name] = .some(result)
    if result == nil { ignored.append(name) }
    return result
  }

  /// Remembers where a column's bytes are; `false` when it has some already.
  mutating func note(_ column: ImportColumn, _ range: Range<Int>) -> Bool {
    guard !ranges.contains(where: { $0.column == column }) else { return false }
    ranges.append((column, range))
    return true
  }

  /// The required columns that the row has no property for.
  var missing: [ImportColumn] {
    columns.required.filter { column in
      column != .longitude && column != .latitude && !ranges.contains { $0.column == column }
    }
  }

  func setCells(of reader: RowReader, from bytes: FieldBytes) {
    for (column, range) in ranges { reader.set(column, FieldBytes(rebasing: bytes[range])) }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var copy = self
    return copy.withUTF8 { $0.trimmed.text }
  }
}
