import Foundation
import Planning

/// Places and sites in a plane, as `make_siting.py` and the peers' generator write them.
struct Instance {
  var places: [(x: Double, y: Double)] = []
  var weights: [Int] = []
  var sites: [(x: Double, y: Double)] = []
  var radius: Double
  /// How many sites to choose.
  var count: Int

  /// Reads `demand.csv` (id,x,y,w), `sites.csv` (id,x,y,...) and `meta.json` (radius, p).
  init(folder: String) throws {
    let meta =
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: folder + "/meta.json")))
      as? [String: Any]
    guard let radius = meta?["radius"] as? Double, let count = meta?["p"] as? Int else {
      throw CocoaError(.fileReadCorruptFile)
    }
    self.radius = radius
    self.count = count
    try Self.forEachRow(folder + "/demand.csv") { row in
      places.append((row[1], row[2]))
      weights.append(Int(row[3]))
    }
    try Self.forEachRow(folder + "/sites.csv") { sites.append(($0[1], $0[2])) }
  }

  init(
    places: [(x: Double, y: Double)], weights: [Int], sites: [(x: Double, y: Double)], radius: Double,
    count: Int
  ) {
    (self.places, self.weights, self.sites, self.radius, self.count) = (places, weights, sites, radius, count)
  }

  private static func forEachRow(_ file: String, _ body: ([Double]) -> Void) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped) + [0]
    bytes.withUnsafeBytes { raw in
      guard var at = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
      let end = at + raw.count - 1
      while at < end, at.pointee != 10 { at += 1 }
      at += 1
      var row: [Double] = []
      while at < end {
        row.removeAll(keepingCapacity: true)
        while true {
          var next: UnsafeMutablePointer<CChar>?
          row.append(strtod(at, &next))
          guard let stop = next, stop > at else { return }
          at = UnsafePointer(stop)
          let isLast = at >= end || at.pointee != 44
          at += 1
          if isLast { break }
        }
        body(row)
      }
    }
  }

  /// The sites within the radius of each place, the rim included, one place after another.
  func sitesOfPlaces() -> FlatRows {
    var rows = FlatRows()
    forEachPlace { rows.append($0) }
    return rows
  }

  private func forEachPlace(_ body: (_ sites: [Int32]) -> Void) {
    let side = max(radius, 1e-9)
    let (left, bottom) = (sites.map(\.x).min() ?? 0, sites.map(\.y).min() ?? 0)
    let width = Int(((sites.map(\.x).max() ?? 0) - left) / side) + 1
    let height = Int(((sites.map(\.y).max() ?? 0) - bottom) / side) + 1
    var cells = [[Int32]](repeating: [], count: width * height)
    for (index, site) in sites.enumerated() {
      cells[Int((site.y - bottom) / side) * width + Int((site.x - left) / side)].append(Int32(index))
    }
    var found: [Int32] = []
    for place in places {
      found.removeAll(keepingCapacity: true)
      let (column, row) = (
        Int(((place.x - left) / side).rounded(.down)), Int(((place.y - bottom) / side).rounded(.down))
      )
      for y in row - 1...row + 1 where (0..<height).contains(y) {
        for x in column - 1...column + 1 where (0..<width).contains(x) {
          for site in cells[y * width + x] {
            let (dx, dy) = (sites[Int(site)].x - place.x, sites[Int(site)].y - place.y)
            if (dx * dx + dy * dy).squareRoot() <= radius { found.append(site) }
          }
        }
      }
      found.sort()
      body(found)
    }
  }
}
