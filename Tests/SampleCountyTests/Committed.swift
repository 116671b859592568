import Foundation

@testable import SampleCounty

/// The files of `geodata/jiyuan`, as they are committed, and the county made anew from its seed.
enum Committed {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("geodata/jiyuan", isDirectory: true)

  static func text(of name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Made once: every test reads the same county.
  static let county: Result<County, any Error> = Result {
    County(villages: try Village.table(from: try text(of: "villages.csv")))
  }

  /// Its files, made once as well.
  static let files: Result<[SampleFile], any Error> = county.map(\.files)
}

/// A committed CSV file, read the plain way: a line is a row, and no field holds a quotation mark.
struct Table {
  let header: [String]
  let rows: [[String]]

  init(_ name: String) throws {
    let lines = try Committed.text(of: name).split(separator: "\n")
    header = lines[0].split(separator: ",").map(String.init)
    rows = lines.dropFirst().map { line in
      // Between quotation marks, every second piece, a comma is a character like any other.
      var fields = [""]
      for (i, piece) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
        let parts = i % 2 == 1 ? [piece] : piece.split(separator: ",", omittingEmptySubsequences: false)
        fields[fields.count - 1] += parts.first ?? ""
        fields += parts.dropFirst().map(String.init)
      }
      return fields
    }
  }

  /// The values of one column, top to bottom.
  subscript(column: String) -> [String] {
    guard let i = header.firstIndex(of: column) else { return [] }
    return rows.map { $0.indices.contains(i) ? $0[i] : "a row too short" }
  }

  func numbers(_ column: String) -> [Double] { self[column].map { Double($0) ?? .nan } }

  var spots: [Spot] {
    zip(numbers("longitude"), numbers("latitude")).map {
      Spot(longitudeE6: Int(($0 * 1e6).rounded()), latitudeE6: Int(($1 * 1e6).rounded()))
    }
  }
}
