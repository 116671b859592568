import Planning

/// The sheet that every map of a network is drawn on: a window with the ground, a frame, and room below for what signs mean.
struct MapSheet {
  let projection: MapProjection
  let title: String
  /// What the map shows, for those who cannot see it.
  let description: String

  /// The drawing as an SVG element that stands alone.
  ///
  /// - Parameters:
  ///   - legendHeight: the room below the window, in units.
  ///   - ground: draws into the window; what lies beyond it is not seen.
  ///   - legend: draws below it.
  func svg(
    legendHeight: Int, ground: (inout MarkupWriter) -> Void, legend: (inout MarkupWriter) -> Void
  ) -> String {
    let height = projection.height + legendHeight
    var sheet = MarkupWriter()
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "width": "\(MapProjection.width)", "height": "\(height)",
      "viewBox": "0 0 \(MapProjection.width) \(height)", "role": "img", "aria-label": title,
      "font-family": Charts.fontFamily, "font-size": "14", "fill": "#222",
    ]
    sheet.element("svg", attributes) { sheet in
      sheet.element("title", title)
      sheet.element("desc", description)
      sheet.empty("rect", ["width": "\(MapProjection.width)", "height": "\(height)", "fill": "#fff"])
      let window: KeyValuePairs = [
        "width": "\(MapProjection.width)", "height": "\(projection.height)", "overflow": "hidden",
      ]
      sheet.element("svg", window) { window in
        window.empty(
          "rect",
          ["width": "\(MapProjection.width)", "height": "\(projection.height)", "fill": "#F3F5F6"])
        ground(&window)
      }
      sheet.empty(
        "rect",
        [
          "x": "1", "y": "1", "width": "\(MapProjection.width - 2)", "height": "\(projection.height - 2)",
          "fill": "none", "stroke": "#999",
        ])
      legend(&sheet)
    }
    return sheet.text
  }

  /// Draws the boundaries whose level is meant, as one path.
  func outline(
    _ boundaries: [Boundary], where isMeant: (String) -> Bool, fill: String = "none", stroke: String,
    width: String, dash: String = "none", on sheet: inout MarkupWriter
  ) {
    var path = PathData()
    for boundary in boundaries where isMeant(boundary.level) {
      for polygon in boundary.polygons { path.outline(polygon, in: projection) }
    }
    guard !path.text.isEmpty else { return }
    sheet.empty(
      "path",
      [
        "d": path.text, "fill": fill, "fill-rule": "evenodd", "stroke": stroke, "stroke-width": width,
        "stroke-linejoin": "round", "stroke-dasharray": dash,
      ])
  }

  /// Draws the townships' outlines, then the county's over them.
  func outlineTownshipsAndCounty(_ boundaries: [Boundary], on sheet: inout MarkupWriter) {
    outline(
      boundaries, where: { $0 == "township" }, stroke: "#8A8A8A", width: "1", dash: "5 3", on: &sheet)
    outline(boundaries, where: { $0 == "county" }, stroke: "#333", width: "2.2", on: &sheet)
  }
}

extension PaymentNetwork {
  /// Whom the licenses of what is drawn ask to be named, each once.
  ///
  /// - Parameter drawsRoads: roads that are not drawn need not be named.
  func attributions(drawsRoads: Bool) -> [String] {
    var named: [String] = []
    for source in sources where !source.attribution.isEmpty {
      if source.kind == "roads", !drawsRoads { continue }
      if !named.contains(source.attribution) { named.append(source.attribution) }
    }
    return named
  }
}
