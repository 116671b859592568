import Geo
public import Planning
import Travel
public import Words

/// The formats of exported charts.
public enum GuideFormat: String, CaseIterable, Sendable {
  case geojson, csv
}

/// How the facts of a chart are said in words, which is for those who write for people to know.
public struct GuideTexts {
  /// Where a point is, seen from the place.
  public var direction: (PaymentGuide.Way) -> Bilingual
  /// When it is open.
  public var hours: (OpeningHours) -> Bilingual

  /// Takes both.
  public init(
    direction: @escaping (PaymentGuide.Way) -> Bilingual, hours: @escaping (OpeningHours) -> Bilingual
  ) {
    self.direction = direction
    self.hours = hours
  }
}

/// Writes charts of where to pay as a table, whole or not at all: a row for each way of each sheet, in their order.
///
/// As GeoJSON a row is a feature at the payment point; as CSV it has the point's longitude and latitude. A place without
/// ways has no row. `within_reach` says whether the way is no longer than the guide's reach.
///
/// - Complexity: O(rows) time; memory does not grow with the file.
public func export(
  _ guide: PaymentGuide, of network: PaymentNetwork, as format: GuideFormat, texts: GuideTexts,
  to path: String
) throws(ExportError) {
  let starts = guide.sheets.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.ways.count) }
  func find(_ row: Int) -> (sheet: PaymentGuide.Sheet, rank: Int) {
    var low = 0
    var high = starts.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return (guide.sheets[low], row - starts[low])
  }
  let (places, points) = (network.places, network.points)
  let table = ExportTable(
    columns: [
      "place_id", "place_name", "township", "village", "rank", "point_id", "point_name", "kind", "methods",
      "mode",
      "seconds", "minutes", "meters", "straight_meters", "direction", "direction_zh", "direction_en", "hours",
      "hours_zh", "hours_en", "phone", "nearest", "within_reach", "place_longitude", "place_latitude",
    ],
    count: starts[starts.count - 1],
    values: { row in
      let (sheet, rank) = find(row)
      let way = sheet.ways[rank]
      let (place, point) = (sheet.place, Int(way.point))
      let hours = points.openingHours(of: point)
      let words = texts.direction(way)
      let spoken = hours.map(texts.hours)
      return [
        .text(places.ids[place]), .text(places.names[place]),
        .init(places.townshipNames[Int(places.townships[place])]),
        .init(places.villageNames[Int(places.villages[place])]), .int(rank + 1), .text(points.ids[point]),
        .text(points.names[point]), .text(points.kinds[point].name),
        .init(points.methods[point].names.joined(separator: ";")),
        .text(guide.options.coverage.standard.mode(of: places.settings[place]).rawValue),
        .int(Int(way.seconds)), .int(way.minutes), .int(Int(way.meters)), .int(Int(way.straightMeters)),
        way.direction.map { .text($0.name) } ?? .null, .text(words[.chinese]), .text(words[.english]),
        hours.map { .text($0.text) } ?? .null, spoken.map { .text($0[.chinese]) } ?? .null,
        spoken.map { .text($0[.english]) } ?? .null, .init(points.phones[point]), .bool(way.isNearest),
        .bool(Int(way.seconds) <= guide.options.reach.seconds), .double(places.longitudes[place]),
        .double(places.latitudes[place]),
      ]
    },
    shape: { row in
      let (sheet, rank) = find(row)
      return .point(points.coordinate(of: Int(sheet.ways[rank].point)))
    })
  let positions = PositionWriter(datum: .wgs84)
  let note = syntheticNote(of: network)
  let file = try SafeFile(path: path)
  switch format {
  case .geojson: try GeoJSONExport(table: table, positions: positions, note: note).write(to: file)
  case .csv:
    try CSVExport(table: table, positions: positions, note: note, hasPolygons: false).write(to: file)
  }
  try file.commit()
}
