import CGEOS
import Geo
import TestSupport
import Testing

@testable import Travel

/// A field of unit cells, some of which rectangles cover: whatever unites the rectangles is judged by counting cells.
struct CellField {
  let side: Int
  let rectangles: [GridBox]
  private let isCovered: [Bool]

  init(side: Int, filledBy count: Int, using rng: inout SeededGenerator) {
    self.side = side
    var rectangles: [GridBox] = []
    for _ in 0..<count {
      let low = GridCorner(
        .random(in: 0..<Int32(side), using: &rng), .random(in: 0..<Int32(side), using: &rng))
      let size = GridCorner(.random(in: 1...4, using: &rng), .random(in: 1...4, using: &rng))
      rectangles.append(
        GridBox(low: low, high: pointwiseMin(low &+ size, GridCorner(repeating: Int32(side)))))
    }
    self.rectangles = rectangles
    isCovered = (0..<(side * side)).map { cell in
      let middle = GridCorner(Int32(2 * (cell % side) + 1), Int32(2 * (cell / side) + 1))
      return rectangles.contains { all($0.low &* 2 .< middle) && all(middle .< $0.high &* 2) }
    }
  }

  /// Checks that the polygons cover the covered cells, one polygon for those that share sides.
  func expect(_ polygons: [GridPolygon]) {
    expectValidAndApart(polygons)
    for cell in 0..<(side * side) {
      let middle = SIMD2(Double(cell % side) + 0.5, Double(cell / side) + 0.5)
      let owners = polygons.filter { polygon in polygon.rings.filter { winds($0, around: middle) }.count == 1
      }
      #expect(owners.count == (isCovered[cell] ? 1 : 0), "cell \(middle)")
    }
    #expect(polygons.count == parts())
  }

  /// How many sets of covered cells hang together by their sides.
  private func parts() -> Int {
    var isSeen = isCovered.map { !$0 }
    var parts = 0
    for start in isSeen.indices where !isSeen[start] {
      parts += 1
      var open = [start]
      isSeen[start] = true
      while let cell = open.popLast() {
        let (x, y) = (cell % side, cell / side)
        for (u, v) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
        where (0..<side).contains(u) && (0..<side).contains(v) && !isSeen[v * side + u] {
          isSeen[v * side + u] = true
          open.append(v * side + u)
        }
      }
    }
    return parts
  }
}

/// Checks with GEOS that polygons are valid, and that no two have area in common.
func expectValidAndApart(_ polygons: [GridPolygon]) {
  let geos = GEOS_init_r()
  let reader = GEOSWKTReader_create_r(geos)
  defer {
    GEOSWKTReader_destroy_r(geos, reader)
    GEOS_finish_r(geos)
  }
  let texts = polygons.map { polygon in
    "("
      + polygon.rings.map { ring in
        "(" + (ring + ring.prefix(1)).map { "\($0.x) \($0.y)" }.joined(separator: ",") + ")"
      }.joined(separator: ",") + ")"
  }
  // A collection of polygons is valid when each is, and none has area in common with another.
  for text in texts.map({ "POLYGON\($0)" }) + ["MULTIPOLYGON(\(texts.joined(separator: ",")))"]
  where !polygons.isEmpty {
    let geometry = GEOSWKTReader_read_r(geos, reader, text)
    defer { GEOSGeom_destroy_r(geos, geometry) }
    // Multipolygons must not touch along lines, but areas side by side would be one polygon here.
    #expect(geometry != nil && GEOSisValid_r(geos, geometry) == 1, "\(text)")
  }
  for polygon in polygons {
    #expect(doubledArea(of: polygon.rings[0]) > 0)
    for hole in polygon.rings.dropFirst() { #expect(doubledArea(of: hole) < 0) }
    for ring in polygon.rings {
      #expect(zip(ring, ring.dropFirst() + ring.prefix(1)).allSatisfy { $0 != $1 }, "a corner is repeated")
    }
  }
}

/// Whether a ring goes around a position.
func winds(_ ring: GridRing, around place: SIMD2<Double>) -> Bool {
  var isInside = false
  for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
    let (a, b) = (SIMD2<Double>(a), SIMD2<Double>(b))
    if (a.y > place.y) != (b.y > place.y), place.x < a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x) {
      isInside.toggle()
    }
  }
  return isInside
}

/// How deep a position lies within a convex ring; negative outside, by at least as much.
func depth(of place: SIMD2<Double>, in ring: [SIMD2<Int>]) -> Double {
  zip(ring, ring.dropFirst() + ring.prefix(1)).map { a, b in
    let way = SIMD2<Double>(b &- a)
    let part = place - SIMD2<Double>(a)
    return (way.x * part.y - way.y * part.x) / (way * way).sum().squareRoot()
  }.min() ?? -.infinity
}
