import Foundation
import Geo

/// The columns `longitude` and `latitude` of a CSV file without quotes.
struct CoordinateFile {
  private(set) var latitudes: [Double] = []
  private(set) var longitudes: [Double] = []

  var count: Int { latitudes.count }

  func coordinate(_ row: Int) -> Coordinate<WGS84> {
    Coordinate(latitude: latitudes[row], longitude: longitudes[row])!
  }

  init(_ path: String) throws {
    let text = try String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    var lines = text.utf8.split(separator: UInt8(ascii: "\n")).makeIterator()
    let head = (lines.next().map(fields) ?? []).map { String($0) }
    guard let x = head.firstIndex(of: "longitude"), let y = head.firstIndex(of: "latitude") else {
      try fail("\(path): line 1: found no columns longitude and latitude")
    }
    var number = 1
    while let line = lines.next() {
      number += 1
      let row = fields(line)
      guard row.count > max(x, y), let longitude = Double(row[x]), let latitude = Double(row[y]),
        Coordinate<WGS84>(latitude: latitude, longitude: longitude) != nil
      else { try fail("\(path): line \(number): found no longitude and latitude") }
      longitudes.append(longitude)
      latitudes.append(latitude)
    }
  }

  static func write(_ coordinates: [Coordinate<WGS84>], to path: String) throws {
    var text = "id,longitude,latitude\n"
    for (row, coordinate) in coordinates.enumerated() {
      text += "\(row),\(sevenDecimals(coordinate.longitude)),\(sevenDecimals(coordinate.latitude))\n"
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}

private func fields(_ line: Substring.UTF8View) -> [Substring] {
  let end = line.last == UInt8(ascii: "\r") ? line.index(before: line.endIndex) : line.endIndex
  return line[..<end].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
    Substring($0)
  }
}

/// A centimeter, as GeoJSON is written.
private func sevenDecimals(_ degrees: Double) -> String { String(format: "%.7f", degrees) }
