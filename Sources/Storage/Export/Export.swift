public import Geo
public import Planning
public import Words

/// What layers are made of.
public struct ExportContents: Sendable {
  /// The network the layers show.
  public let network: PaymentNetwork
  /// The verdict on each place.
  public let coverage: Coverage
  /// The polygons of the layer `circles`, merged; not looked at for the others.
  public var circles: [Polygon] = []
  /// The areas of the points one by one, for the layer `circles` instead of the merged ones; a point without an area has a row
  /// without a geometry.
  public var pointCircles: [PointCircle]?
  /// The plan of the layer `plan`; not looked at for the others.
  public var plan: StoredPlan?
  /// How opening hours are said to people, for balloons; `nil` for as files write them.
  public var hoursInWords: (@Sendable (OpeningHours) -> Bilingual)?

  /// A network and the verdict on it, without circles and without a plan.
  public init(_ network: PaymentNetwork, _ coverage: Coverage) {
    (self.network, self.coverage) = (network, coverage)
  }

  /// What is said of data that are made up; `nil` for real ones.
  public var note: String? { syntheticNote(of: network) }
}

/// Writes layers of a network to a file, whole or not at all.
///
///     try export([.places], as: .geojson, ExportContents(network, coverage), to: "places.geojson")
///
/// Rows stand in the order of their ids, polygons in the order given. Coordinates have at most seven decimals (1 cm).
/// A file in another datum than WGS-84, or made from made-up data, says so. A KML file whose name ends in `.kmz` is packed with
/// its icons. A GeoPackage has no row for what is nowhere.
///
/// - Parameters:
///   - layers: one for GeoJSON, CSV and XLSX; any number of different ones for GeoPackage and KML.
///   - language: that of labels and headings; the columns of GeoJSON, CSV and GeoPackage are the same in both.
/// - Precondition: as many layers as the format can hold; no `circles` in a workbook.
/// - Complexity: O(rows) time; memory does not grow with the file, but for the index of a GeoPackage.
public func export(
  _ layers: [ExportLayer], as format: ExportFormat, _ contents: ExportContents,
  datum: ExportDatum = .wgs84, in language: Language = .english, to path: String
) throws(ExportError) {
  precondition(
    layers.count == 1 || format.holdsManyLayers && layers.count == Set(layers).count && !layers.isEmpty,
    "\(format.rawValue) holds one layer; gpkg and kml hold several different ones")
  let tables = layers.map { layer in
    (
      layer: layer,
      table: ExportTable(
        layer, contents.network, contents.coverage, contents.circles, contents.pointCircles, contents.plan)
    )
  }
  let positions = PositionWriter(datum: datum)
  let note = contents.note
  switch format {
  case .geojson:
    let file = try SafeFile(path: path)
    try GeoJSONExport(table: tables[0].table, positions: positions, note: note).write(to: file)
    try file.commit()
  case .csv:
    let file = try SafeFile(path: path)
    let table = tables[0]
    try CSVExport(table: table.table, positions: positions, note: note, hasPolygons: table.layer == .circles)
      .write(to: file)
    try file.commit()
  case .xlsx:
    try writeWorkbook([Sheet(layers[0], contents, datum: datum, in: language)], note: note, to: path)
  case .gpkg:
    try replaceFile(at: path) { work throws(ExportError) in
      try GeoPackageExport(layers: tables, positions: positions, note: note, language: language)
        .write(to: work, named: path)
    }
  case .kml:
    let isPacked = path.lowercased().hasSuffix(".kmz")
    let kml = KMLExport(
      layers: tables, positions: positions, note: note, language: language, hasIcons: isPacked,
      hoursInWords: contents.hoursInWords)
    if isPacked {
      try replaceFile(at: path) { work throws(ExportError) in try kml.pack(at: work, named: path) }
    } else {
      let file = try SafeFile(path: path)
      try kml.write { text throws(ExportError) in try file.write(text) }
      try file.commit()
    }
  }
}

/// What is said in files made from made-up data; `nil` for real ones.
public func syntheticNote(of network: PaymentNetwork) -> String? {
  network.sources.contains(where: \.isSynthetic)
    ? "Synthetic data: made up for demonstration. 合成数据:为演示而生成。" : nil
}
