import ArgumentParser
import Storage

/// What can be written: a layer of a map, a table of answers, the drawn map, or all that the format can hold.
enum ExportedLayer: String, CaseIterable, ExpressibleByArgument {
  case places, points, candidates, circles, uncovered, plan, coverage, review, map, all

  /// The layer of a map; `nil` for tables, for the drawn map and for all.
  var single: ExportLayer? { ExportLayer(rawValue: rawValue) }
}

/// The formats of exported files: those that hold rows, and those that hold a drawing.
enum ExportedFormat: String, CaseIterable, ExpressibleByArgument {
  case geojson, csv, gpkg, kml, xlsx, svg, png

  /// The format of rows; `nil` for a drawing.
  var rows: ExportFormat? { ExportFormat(rawValue: rawValue) }

  /// Whether it holds a drawing.
  var isDrawing: Bool { rows == nil }
}

extension ExportDatum: ExpressibleByArgument {}
