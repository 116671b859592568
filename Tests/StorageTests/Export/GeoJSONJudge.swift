import Foundation

/// A strict reader of RFC 7946, written apart from the writer: it says everything that is wrong with a document.
struct GeoJSONJudge {
  let document: [String: Any]
  private(set) var complaints: [String] = []

  /// The features, in their order.
  var features: [[String: Any]] { document["features"] as? [[String: Any]] ?? [] }

  /// The properties of each feature.
  var properties: [[String: Any]] { features.map { $0["properties"] as? [String: Any] ?? [:] } }

  init(_ data: Data) {
    let object = try? JSONSerialization.jsonObject(with: data)
    document = object as? [String: Any] ?? [:]
    if object == nil { complaints.append("not JSON") }
    if data.starts(with: [0xEF, 0xBB, 0xBF]) { complaints.append("RFC 8259, 8.1: a byte order mark") }
    if document["type"] as? String != "FeatureCollection" {
      complaints.append("3.3: not a FeatureCollection")
    }
    if document["crs"] != nil { complaints.append("4: a crs member") }
    // 7.1: members of one kind of object must not stand in another.
    for member in ["coordinates", "geometry", "geometries", "properties"] where document[member] != nil {
      complaints.append("7.1: a FeatureCollection with \(member)")
    }
    guard document["features"] is [[String: Any]] else {
      complaints.append("3.3: features are not an array of objects")
      return
    }
    var positions: [[Double]] = []
    for (index, feature) in features.enumerated() {
      if feature["type"] as? String != "Feature" {
        complaints.append("3.2: feature \(index) is not a Feature")
      }
      if !(feature["properties"] is [String: Any]) {
        complaints.append("3.2: feature \(index) has no properties")
      }
      for member in ["coordinates", "features", "geometries"] where feature[member] != nil {
        complaints.append("7.1: a Feature with \(member)")
      }
      // 3.2: a feature that is nowhere has the geometry null.
      if feature["geometry"] is NSNull { continue }
      guard let geometry = feature["geometry"] as? [String: Any] else {
        complaints.append("3.2: feature \(index) has no geometry")
        continue
      }
      positions += judge(geometry, of: index)
    }
    judgeBox(around: positions)
    judgeDigits(of: String(decoding: data, as: UTF8.self))
  }

  private mutating func judge(_ geometry: [String: Any], of index: Int) -> [[Double]] {
    switch geometry["type"] as? String {
    case "Point":
      guard let position = geometry["coordinates"] as? [Double], isPosition(position) else {
        complaints.append("3.1.1: feature \(index) has no position")
        return []
      }
      return [position]
    case "Polygon":
      return judge(geometry["coordinates"] as? [[[Double]]] ?? [], of: index)
    case "MultiPolygon":
      let polygons = geometry["coordinates"] as? [[[[Double]]]] ?? []
      if polygons.count < 2 { complaints.append("feature \(index) is a MultiPolygon of \(polygons.count)") }
      return polygons.flatMap { judge($0, of: index) }
    default:
      complaints.append("1.4: feature \(index) is no Point, Polygon or MultiPolygon")
      return []
    }
  }

  private mutating func judge(_ rings: [[[Double]]], of index: Int) -> [[Double]] {
    guard !rings.isEmpty else {
      complaints.append("3.1.6: feature \(index) has no rings")
      return []
    }
    for (number, ring) in rings.enumerated() {
      if ring.count < 4 {
        complaints.append("3.1.6: ring \(number) of feature \(index) has fewer than 4 positions")
      }
      if ring.first != ring.last {
        complaints.append("3.1.6: ring \(number) of feature \(index) is not closed")
      }
      if !ring.allSatisfy(isPosition) { complaints.append("3.1.1: feature \(index) leaves the earth") }
      let isCounterClockwise = doubledArea(ring) > 0
      if isCounterClockwise != (number == 0) {
        complaints.append("3.1.6: ring \(number) of feature \(index) is left-handed")
      }
      if zip(ring, ring.dropFirst()).contains(where: { $0.0 == $0.1 }) {
        complaints.append("ring \(number) of feature \(index) repeats a position")
      }
    }
    return rings.flatMap { $0 }
  }

  private func isPosition(_ numbers: [Double]) -> Bool {
    numbers.count == 2 && abs(numbers[0]) <= 180 && abs(numbers[1]) <= 90
  }

  private func doubledArea(_ ring: [[Double]]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
      sum + (edge.0[0] - ring[0][0]) * (edge.1[1] - ring[0][1]) - (edge.1[0] - ring[0][0])
        * (edge.0[1] - ring[0][1])
    }
  }

  private mutating func judgeBox(around positions: [[Double]]) {
    let box = document["bbox"] as? [Double]
    if positions.isEmpty {
      if box != nil { complaints.append("5: a bbox around nothing") }
      return
    }
    let (x, y) = (positions.map { $0[0] }, positions.map { $0[1] })
    if box != [x.min()!, y.min()!, x.max()!, y.max()!] {
      complaints.append("5: bbox \(box ?? []) is not the extent")
    }
  }

  /// 11.2: no more than seven decimals, in plain notation.
  private mutating func judgeDigits(of text: String) {
    for line in text.split(separator: "\n") {
      for key in ["\"coordinates\": ", "\"bbox\": "] {
        guard let start = line.range(of: key)?.upperBound else { continue }
        let numbers = line[start...].prefix { "[]-0123456789., eE+".contains($0) }.split {
          "[], ".contains($0)
        }
        for number in numbers
        where (number.split(separator: ".").dropFirst().first?.count ?? 0) > 7 || number.contains("e") {
          complaints.append("11.2: \(number) has too many digits")
        }
      }
    }
  }
}

/// Takes a CSV file apart as RFC 4180 says, byte by byte: rows of cells, lines ended by CR LF alone.
func csvRows(_ data: Data) -> [[String]]? {
  guard data.starts(with: [0xEF, 0xBB, 0xBF]) else { return nil }
  let (quote, comma, cr, lf) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"))
  var rows: [[String]] = []
  var row: [String] = []
  var rest = data.dropFirst(3)
  while !rest.isEmpty {
    var cell: [UInt8] = []
    if rest.first == quote {
      rest = rest.dropFirst()
      while let byte = rest.popFirst() {
        if byte != quote {
          cell.append(byte)
        } else if rest.first == quote {
          cell.append(rest.removeFirst())
        } else {
          break
        }
      }
    } else {
      while let byte = rest.first, byte != comma, byte != cr, byte != lf, byte != quote {
        cell.append(rest.removeFirst())
      }
    }
    row.append(String(decoding: cell, as: UTF8.self))
    guard let next = rest.popFirst() else { return nil }
    if next == comma { continue }
    guard next == cr, rest.popFirst() == lf else { return nil }
    rows.append(row)
    row = []
  }
  return rows
}
