public import Geo
public import Planning

/// Writes a layer of a network to a file, whole or not at all.
///
///     try export(
///       .places, as: .geojson, network: network, coverage: coverage, circles: [], datum: .wgs84, to: "places.geojson")
///
/// Rows stand in the order of their ids, polygons in the order given. Coordinates have at most seven decimals (1 cm).
/// A file in another datum than WGS-84, or made from made-up data, says so.
///
/// - Parameters:
///   - circles: the polygons of the layer `circles`, merged; not looked at for the others.
///   - pointCircles: the areas of the points one by one, for the layer `circles` instead of the merged ones; a point
///     without an area has a row without a geometry.
///   - plan: the plan of the layer `plan`; not looked at for the others.
/// - Complexity: O(rows) time; memory does not grow with the file.
public func export(
  _ layer: ExportLayer, as format: ExportFormat, network: PaymentNetwork, coverage: Coverage,
  circles: [Polygon], pointCircles: [PointCircle]? = nil, plan: StoredPlan? = nil,
  datum: ExportDatum, to path: String
) throws(ExportError) {
  let table = ExportTable(layer, network, coverage, circles, pointCircles, plan)
  let positions = PositionWriter(datum: datum)
  let note = syntheticNote(of: network)
  let file = try SafeFile(path: path)
  switch format {
  case .geojson: try GeoJSONExport(table: table, positions: positions, note: note).write(to: file)
  case .csv:
    try CSVExport(table: table, positions: positions, note: note, hasPolygons: layer == .circles).write(
      to: file)
  }
  try file.commit()
}

/// What is said in files made from made-up data; `nil` for real ones.
func syntheticNote(of network: PaymentNetwork) -> String? {
  network.sources.contains(where: \.isSynthetic)
    ? "Synthetic data: made up for demonstration. 合成数据:为演示而生成。" : nil
}
